// Every page, as it is answered, and one of each kind as it is shown: whole, quiet, set in
// its language, without barriers, on a desk and on a phone, by day and by night.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { barriers, overhang, watched } from "./browser.mjs";
import { check, none, same } from "./checks.mjs";
import { crawl, KINDS, kindOf, oneOfEach } from "./places.mjs";

const LARGEST = 200 * 1024;

/** Passages in a page that say nothing of their language. */
const mute = () =>
  [...document.querySelectorAll("blockquote p, .text p, .text h2, .text h3, q, .hit ~ .evidence .title a")]
    .filter((one) => !one.closest("main [lang]"))
    .map((one) => one.outerHTML.slice(0, 80));

/** All pages over their links, without a browser. */
export async function answered(base) {
  const pages = await crawl(base);
  const list = [...pages.entries()];
  none(`each of ${list.length} pages is answered`,
    list.filter(([, page]) => page.status !== 200).map(([path, page]) => `${path} ${page.status}`));
  none("each is under 200 KB",
    list.filter(([, page]) => page.size >= LARGEST).map(([path, page]) => `${path} ${page.size}`));
  none("each has one first heading, but captured ones",
    list.filter(([path, page]) => kindOf(path).kind !== "captured"
      && (page.text.match(/<h1[\s>]/gu) ?? []).length !== 1).map(([path]) => path));
  none("each says its language", list.filter(([path, page]) => {
    const tag = /<html lang="([^"]*)"/u.exec(page.text)?.[1];
    return tag !== (kindOf(path).language === "zh" ? "zh-Hans" : "en");
  }).map(([path]) => path));
  none("each is served with a policy that runs the program's own script alone",
    list.filter(([, page]) => {
      const policy = page.headers["content-security-policy"] ?? "";
      return !policy.includes("default-src 'none'") || policy.includes("unsafe");
    }).map(([path]) => path));
  const chosen = oneOfEach(pages);
  for (const language of ["en", "zh"]) {
    const kinds = chosen.filter((one) => one.language === language).map((one) => one.kind).sort();
    same(`pages of every kind are there in ${language}`, kinds, Object.keys(KINDS).sort());
  }
  return chosen.sort((a, b) => `${a.language}${a.kind}` < `${b.language}${b.kind}` ? -1 : 1);
}

/** Which pictures of a page are kept. */
const isKept = (kind, language, size, dark) =>
  (size === "desktop" && !dark) || language === "zh" && size === "phone" && !dark
  || language === "en" && size === "desktop" && dark || language === "en" && size === "phone" && dark;

/** One page of each kind in a browser. */
export async function shown({ browser, axe }, base, chosen, shots) {
  mkdirSync(shots, { recursive: true });
  for (const size of ["desktop", "phone"]) {
    for (const dark of [false, true]) {
      const { page, context, seen } = await watched(browser, { size, dark, base });
      for (const { path, language, kind } of chosen) {
        const name = `${kind} in ${language}, ${size}${dark ? ", dark" : ""}`;
        seen.errors.length = 0;
        await page.goto(base + path, { waitUntil: "load" });
        const faults = [...seen.errors, ...seen.failed];
        if (size === "desktop" && !dark) faults.push(...(await page.evaluate(mute)).map((one) => `no lang: ${one}`));
        if (size === "phone") {
          const over = await overhang(page);
          if (over > 0) faults.push(`${over} pixels wider than the window`);
        }
        faults.push(...await barriers(page, axe));
        none(name, [...new Set(faults)]);
        if (isKept(kind, language, size, dark)) {
          const file = `${kind}-${language}-${size}${dark ? "-dark" : ""}.png`;
          await page.screenshot({ path: join(shots, file), fullPage: true });
        }
      }
      none(`nothing is asked of anybody else, ${size}${dark ? ", dark" : ""}`, seen.elsewhere);
      await context.close();
    }
  }
}

/** The pages without script: what can be read is all there. */
export async function scriptless({ browser }, base, chosen) {
  const plain = await watched(browser, { script: false, base });
  const full = await watched(browser, { base });
  for (const { path, language, kind } of chosen) {
    const texts = [];
    for (const { page } of [plain, full]) {
      await page.goto(base + path, { waitUntil: "load" });
      const root = page.locator(kind === "captured" ? "body" : "main");
      texts.push((await root.innerText()).replace(/\s+/gu, " ").trim());
    }
    check(`${kind} in ${language} reads the same without script`,
      texts[0] === texts[1] && texts[0].length > 40, `${texts[0].length} and ${texts[1].length} characters`);
  }
  await plain.page.goto(`${base}/timeline`);
  await plain.page.selectOption("#f-act", "REQUEST");
  await plain.page.click(".filters button");
  check("a timeline is narrowed without script", plain.page.url().includes("act=REQUEST"), plain.page.url());
  await plain.page.goto(`${base}/positions`);
  const cell = plain.page.locator("a.cell").first();
  const to = await cell.getAttribute("href");
  await cell.click();
  await plain.page.waitForURL(`**${to}`);
  check("a position is a page of its own without script",
    await plain.page.locator("#beside .steps > li").count() > 0);
  check("a button that needs script is not shown", !(await plain.page.locator(".theme").isVisible()));
  await plain.context.close();
  await full.context.close();
}
