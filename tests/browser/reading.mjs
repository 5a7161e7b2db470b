// The dossier as it is read: narrowing the timeline, following a position to its sentence,
// searching in either script, in the dark, on paper, as of a day.

import { statSync } from "node:fs";
import { join } from "node:path";
import { watched } from "./browser.mjs";
import { check, none, same } from "./checks.mjs";
import { ask, run } from "./program.mjs";
import { crawl } from "./places.mjs";

const rows = (text) => JSON.parse(text);

/** What of a timeline is visible: of marks and of lines, what they are filtered by. */
const visible = (page) => page.evaluate(() => {
  const shown = (selector) => [...document.querySelectorAll(selector)]
    .filter((one) => getComputedStyle(one).display !== "none")
    .map(({ dataset }) => ({ party: dataset.party, issue: dataset.issue, act: dataset.act, outlet: dataset.outlet }));
  return { marks: shown("svg.lanes [data-party]"), lines: shown(".lines > .line") };
});

/** Narrows a timeline by its form and says what is left. */
async function narrowed(page, fields, isFile) {
  for (const [key, value] of Object.entries(fields)) {
    const field = page.locator(`#f-${key}`);
    if (key === "outlet" && !isFile) await field.fill(value);
    else await field.selectOption(value);
  }
  if (!isFile) await Promise.all([page.waitForURL(/\?/u), page.click(".filters button")]);
  return visible(page);
}

/** The same filters in a server and in files leave the same marks and lines. */
export async function timeline(page, { address, isFile, language }) {
  const told = isFile ? "published" : "served";
  await page.goto(address);
  const all = await visible(page);
  check(`the timeline has marks and lines, ${told} in ${language}`, all.marks.length > 20 && all.lines.length > 20);
  const left = {};
  const cases = [
    ["party", { party: "RUS" }, (one) => one.party.split(" ").includes("RUS")],
    ["act", { act: "REQUEST" }, (one) => one.act === "REQUEST"],
    ["both", { party: "USA", act: "REJECT" }, (one) => one.party.split(" ").includes("USA") && one.act === "REJECT"],
    ["issue", { issue: "strike-weapons-deployment" }, (one) => one.issue.split(" ").includes("strike-weapons-deployment")],
    ["outlet", { outlet: "北岭电讯" }, (one) => one.outlet.split("\n").includes("北岭电讯")],
  ];
  for (const [name, fields, fits] of cases) {
    await page.goto(address);
    const { marks, lines } = await narrowed(page, fields, isFile);
    // Lines of the whole are cut off at sixty: compared with the marks they are all there.
    check(`narrowed by ${name} there are fewer, ${told} in ${language}`,
      marks.length > 0 && marks.length < all.marks.length && lines.length > 0 && lines.length < all.lines.length,
      `${marks.length} of ${all.marks.length} marks, ${lines.length} of ${all.lines.length} lines`);
    // Which issues a meeting is on only its documents know.
    const wrong = [...marks, ...lines].filter((one) => !fits(one) && !(name === "issue" && !isFile && one.act === ""));
    none(`and they are the right ones, by ${name}`, wrong);
    same(`and none is missing, by ${name}`, marks.filter(fits).length, all.marks.filter(fits).length);
    left[name] = { marks: marks.length, lines: lines.length };
  }
  return left;
}

async function position(page, base, language) {
  const folder = language === "zh" ? "/zh" : "";
  await page.goto(`${base}${folder}/positions`);
  await page.evaluate(() => { window.stayed = true; });
  const cell = page.locator("a.cell.conflict").first();
  const to = await cell.getAttribute("href");
  await cell.click();
  await page.waitForFunction(() => document.querySelectorAll("#beside .steps > li").length > 0);
  check(`a cell opens its history beside it, in ${language}`, await page.evaluate(() => window.stayed === true));
  same("and the address is that of the position", new URL(page.url()).pathname, to);
  check("and the cell is marked as open", await cell.getAttribute("aria-current") === "true");
  const live = await page.locator("#beside").innerText();
  const evidence = await page.locator("#beside blockquote p").first();
  const words = await evidence.locator("mark").first().innerText();
  const answer = await ask(base, to);
  check("and it is a page of its own at that address", answer.status === 200);
  await page.goto(base + to);
  same("which says the same", await page.locator("#beside").innerText(), live);
  const title = await page.title();
  check("under a title of its own", title.length > 10 && title.includes("·"));
  await page.goto(`${base}${folder}/positions`);
  await page.locator("a.cell.conflict").first().click();
  await page.waitForURL(`**${to}`);
  await page.goBack();
  await page.waitForFunction(() => !document.querySelector("#beside .steps"));
  same("and the way back closes it", new URL(page.url()).pathname, `${folder}/positions`);
  await page.goto(base + to);
  await page.locator("#beside cite a").first().click();
  await page.waitForURL(/\/document\//u);
  const target = page.locator(":target");
  same(`the sentence is marked in the document, in ${language}`, await target.count(), 1);
  const box = await target.boundingBox();
  const view = page.viewportSize();
  check("and stands in the window", box !== null && box.y >= 0 && box.y < view.height, JSON.stringify(box));
  const around = await target.evaluate((one) => one.closest("p, h2, h3")?.textContent ?? one.textContent);
  check("and has the words", around.includes(words), `${words} is not in ${around.slice(0, 120)}`);
}

async function searching(page, base, language) {
  const folder = language === "zh" ? "/zh" : "";
  const found = {};
  for (const words of ["北约", "北約"]) {
    await page.goto(`${base}${folder}/`);
    await page.keyboard.press("/");
    await page.keyboard.type(words);
    await Promise.all([page.waitForURL(/\/search\?/u), page.keyboard.press("Enter")]);
    found[words] = await page.locator(".lines .title a").evaluateAll((all) =>
      all.map((one) => one.getAttribute("href").split(/[?#]/u)[0]));
    const marked = await page.locator(".lines blockquote mark").allInnerTexts();
    check(`hits of ${words} are marked, in ${language}`,
      marked.length >= found[words].length && marked.every((one) => one === "北约" || one === "北約"), marked.join(" "));
  }
  check(`documents of both scripts are found, in ${language}`, found["北约"].length >= 5);
  same("and the same by either", found["北约"], found["北約"]);
  await page.locator(".lines .title a").first().click();
  await page.waitForURL(/\/document\//u);
  check("a hit leads to its document", await page.locator(".text").count() > 0);
}

async function darkness(page, base) {
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await page.goto(`${base}/`);
  const light = await paper();
  await page.click(".theme");
  const dark = await paper();
  check("the switch darkens the page", light !== dark, dark);
  await page.click(".bar nav a[href='/meetings']");
  await page.waitForURL("**/meetings");
  same("and the next one", await paper(), dark);
  await page.keyboard.press("d");
  same("and d lights it again", await paper(), light);
}

async function paper(page, base, shots) {
  await page.emulateMedia({ media: "print" });
  for (const [name, path] of [["positions", "/positions/RUS/nato-enlargement"], ["meetings", "/zh/meetings"], ["today", "/"]]) {
    await page.goto(base + path);
    const shows = (selector) => page.locator(selector).first().isVisible();
    check(`${name} on paper has no navigation`,
      !(await shows(".bar nav")) && !(await shows(".tools")) && !(await shows(".keys-hint")));
    check(`${name} on paper has its evidence`, await shows("blockquote p") && await shows("blockquote cite"));
    const file = join(shots, `${name}.pdf`);
    await page.pdf({ path: file, format: "A4", printBackground: false });
    check(`${name} on paper is a document`, statSync(file).size > 10_000, `${statSync(file).size} bytes`);
  }
  await page.emulateMedia({ media: "screen" });
}

async function asOf(page, base, ledger) {
  const day = "2021-12-31";
  const later = rows(run("documents", "--ledger", ledger, "--format", "json"))
    .filter((one) => (one.published ?? "9999").slice(0, 10) > day);
  const known = later.filter((one) => one.published);
  check("the sample has documents that came later", known.length >= 3);
  await page.goto(`${base}/positions`);
  const before = await page.locator("main").innerText();
  await page.fill("#as-of", "31 December 2021");
  await Promise.all([page.waitForURL(/as_of=/u), page.locator("#as-of").press("Enter")]);
  const after = await page.locator("main").innerText();
  check("as of a day other things stand", before !== after);
  await page.click(".bar nav a[href^='/documents']");
  await page.waitForURL(/\/documents/u);
  check("and the day stays on the next page", page.url().includes(`as_of=${day}`), page.url());
  const counted = (await page.locator(".lede").innerText()).match(/\d+/u)?.[0];
  const listed = await page.locator(".documents tbody tr").count();
  same("and only documents of that time are counted", counted, String(listed));
  const pages = await crawl(base, `as_of=${day}`);
  const told = [];
  for (const [path, one] of pages) {
    if (one.status !== 200) told.push(`${path} ${one.status}`);
    for (const document of known) {
      if (one.text.includes(document.id)) told.push(`${path} has ${document.title}`);
    }
  }
  none(`nothing that came later is on any of ${pages.size} pages`, [...new Set(told)]);
  await page.goto(`${base}/positions?as_of=yesterday`);
  check("a day that is none is refused in words", await page.locator(".notice").isVisible());
}

/** All of it on a served dossier. */
export async function reading({ browser }, base, ledger, shots) {
  const { page, context, seen } = await watched(browser, { base });
  for (const language of ["en", "zh"]) {
    await timeline(page, { address: `${base}${language === "zh" ? "/zh" : ""}/timeline`, isFile: false, language });
    await position(page, base, language);
    await searching(page, base, language);
  }
  const mark = await page.goto(`${base}/timeline`).then(() => page.locator("svg.lanes a[data-act='REQUEST']").first());
  await mark.dispatchEvent("click");
  await page.waitForURL(/\/move\//u);
  check("a mark opens its evidence", await page.locator("blockquote mark").count() > 0);
  await darkness(page, base);
  await paper(page, base, shots);
  await asOf(page, base, ledger);
  none("nothing went wrong while reading", [...seen.errors, ...seen.failed, ...seen.elsewhere]);
  await context.close();
}
