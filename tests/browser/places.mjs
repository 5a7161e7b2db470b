// Which pages there are: found by their links, as readers find them.

import { ask } from "./program.mjs";

/** The kinds of page, and what the address of each begins with below its language. */
export const KINDS = {
  today: /^$/u,
  timeline: /^timeline$/u,
  year: /^timeline\/\d{4}$/u,
  month: /^timeline\/\d{4}-\d\d$/u,
  day: /^timeline\/\d{4}-\d\d-\d\d$/u,
  positions: /^positions$/u,
  position: /^positions\/[^/]+\/[^/]+$/u,
  party: /^party\/[^/]+$/u,
  issue: /^issue\/[^/]+$/u,
  meetings: /^meetings$/u,
  meeting: /^meeting\/[^/]+$/u,
  actors: /^actors$/u,
  actor: /^actor\/[^/]+$/u,
  statement: /^statement\/[^/]+$/u,
  move: /^move\/[^/]+$/u,
  documents: /^documents$/u,
  document: /^document\/[^/]+$/u,
  captured: /^captured\/[^/]+$/u,
  sources: /^sources$/u,
  source: /^source\/[^/]+$/u,
  open: /^open$/u,
  disputes: /^disputes$/u,
  search: /^search$/u,
};

/** What a path is: its language and its kind. */
export function kindOf(path) {
  const language = /^\/zh(?:\/|$)/u.test(path) ? "zh" : "en";
  const rest = path.replace(/^\/zh(?=\/|$)/u, "").replace(/^\//u, "");
  const kind = Object.keys(KINDS).find((kind) => KINDS[kind].test(rest));
  return { language, kind };
}

/** The addresses in a page, as a browser reads them. */
export function links(text) {
  const found = text.matchAll(/\b(?:href|src|action)="([^"]*)"/gu);
  return [...found].map(([, address]) => address.replaceAll("&amp;", "&"));
}

/** Every page that the first ones lead to, with the answer to it, by path. */
export async function crawl(base, query = "") {
  const pages = new Map();
  const next = ["/", "/zh", `/search?q=${encodeURIComponent("北约")}`, `/zh/search?q=${encodeURIComponent("北约")}`];
  // No page of the sample links a day; months with many lines do.
  next.push("/timeline/2022-01-10", "/zh/timeline/2022-01-10");
  while (next.length > 0) {
    const path = next.shift();
    const plain = path.split("?")[0];
    if (pages.has(plain)) continue;
    const separator = path.includes("?") ? "&" : "?";
    const answer = await ask(base, path + (query ? separator + query : ""));
    pages.set(plain, { path, ...answer });
    for (const address of links(answer.text)) {
      const { kind } = kindOf(address.split(/[?#]/u)[0]);
      if (address.startsWith("/") && kind && kind !== "search") next.push(address.split(/[?#]/u)[0]);
    }
  }
  return pages;
}

/** How much a page shows: accounts side by side first. */
const fullness = ({ text, size }) => (text.match(/class="account"/gu) ?? []).length * 1e6 + size;

/** One page of each kind in each language: the one that shows most. */
export function oneOfEach(pages) {
  const chosen = new Map();
  for (const [plain, page] of pages) {
    const { language, kind } = kindOf(plain);
    const key = `${language} ${kind}`;
    const isFuller = !chosen.has(key) || fullness(page) > fullness(chosen.get(key));
    if (kind && isFuller) chosen.set(key, { ...page, language, kind });
  }
  return [...chosen.values()];
}
