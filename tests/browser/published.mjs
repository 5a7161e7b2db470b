// The dossier as files: the same bytes twice, links that lead to files, all of it from a
// disk, where a page can fetch nothing.

import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { barriers, overhang, watched } from "./browser.mjs";
import { check, none, same } from "./checks.mjs";
import { links } from "./places.mjs";
import { run, scratch } from "./program.mjs";
import { timeline } from "./reading.mjs";

const filesOf = (folder) => readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((one) => one.isFile()).map((one) => join(one.parentPath ?? one.path, one.name)).sort();

function bytes(once, twice) {
  const [one, two] = [once, twice].map((folder) => filesOf(folder).map((file) => file.slice(folder.length)));
  same("two runs give the same files", one, two);
  none("with the same bytes", one.filter((file) => !readFileSync(once + file).equals(readFileSync(twice + file))));
}

function wholeness(folder) {
  const broken = [];
  const outward = [];
  for (const file of filesOf(folder).filter((file) => file.endsWith(".html"))) {
    const text = readFileSync(file, "utf8");
    const ids = new Set([...text.matchAll(/\sid="([^"]*)"/gu)].map(([, id]) => id));
    for (const link of links(text)) {
      const [address, fragment] = link.split("#");
      if (/^[a-z]+:/u.test(address)) {
        if (!/^https?:/u.test(address) || new RegExp(`(src|action)="${address.slice(0, 30)}`, "u").test(text)) outward.push(`${file} ${link}`);
        continue;
      }
      if (address.startsWith("/")) broken.push(`${file} ${link}`);
      else if (address === "" && fragment && !fragment.startsWith(":~:") && !ids.has(fragment)) broken.push(`${file} ${link}`);
      else if (address !== "" && !existsSync(resolve(dirname(file), address.split("?")[0]))) broken.push(`${file} ${link}`);
    }
  }
  none("every link leads to a file that is there", broken);
  none("and nothing is fetched from elsewhere", outward);
}

async function searching(page, folder, language, shots) {
  const found = {};
  for (const words of ["北约", "北約", "\"俄罗斯总统\"", "ryab*", "没有这个词的"]) {
    await page.goto(pathToFileURL(join(folder, language === "zh" ? "zh/timeline.html" : "timeline.html")).href);
    await page.fill("#search", words);
    await Promise.all([page.waitForURL(/search\.html\?/u), page.locator("#search").press("Enter")]);
    await page.waitForFunction(() => document.querySelector("[data-found]").childElementCount > 0);
    found[words] = await page.locator(".lines .title a").evaluateAll((all) =>
      all.map((one) => one.getAttribute("href").split("#")[0]));
    const marked = await page.locator(".lines blockquote mark").allInnerTexts();
    if (words.startsWith("北")) {
      check(`hits of ${words} are marked in files, in ${language}`,
        marked.length >= found[words].length && marked.every((one) => one === "北约" || one === "北約"), marked.join(" "));
      await page.screenshot({ path: join(shots, `search-${language}-published.png`), fullPage: true });
    }
  }
  check(`files are searched, in ${language}`, found["北约"].length >= 5);
  same("the same in either script", found["北约"], found["北約"]);
  check("words in quotation marks stand together", found["\"俄罗斯总统\""].length > 0);
  check("a word that no document has is said to have none", found["没有这个词的"].length === 0
    && await page.locator(".absent").isVisible());
  await page.goto(pathToFileURL(join(folder, "search.html")).href);
  await page.locator("form[data-search] input").fill("北约");
  await page.locator("form[data-search] button").click();
  await page.waitForURL(/q=/u);
  await page.locator(".lines .title a").first().click();
  await page.waitForURL(/\/document\//u);
  check("a hit leads to its document's file", await page.locator(".text").count() > 0);
  await page.goto(`${pathToFileURL(join(folder, "search.html")).href}?q=${encodeURIComponent("<img src=x onerror=window.pwned=1>")}`);
  check("a script that is searched for is words in files too", await page.evaluate(() => window.pwned === undefined
    && document.querySelector("[data-found]").textContent.includes("<img src=x")));
  return found;
}

/** Documents that the server finds and files too. */
async function alike(page, base, found) {
  for (const [words, files] of Object.entries(found)) {
    await page.goto(`${base}/search?q=${encodeURIComponent(words)}`);
    const served = await page.locator(".lines .title a").evaluateAll((all) =>
      all.map((one) => one.getAttribute("href").split(/[?#]/u)[0].slice(1)));
    same(`files find what the server finds by ${words}`, files.map((file) => file.replace(".html", "")), served);
  }
}

async function walking(page, folder, language) {
  const at = (file) => pathToFileURL(join(folder, language === "zh" ? "zh" : ".", file)).href;
  await page.goto(at("positions.html"));
  await page.locator("a.cell").first().click();
  await page.waitForURL(/\/positions\/.*\.html/u);
  check(`a position opens from a disk, in ${language}`, await page.locator("#beside .steps > li").count() > 0);
  await page.locator("#beside cite a").first().click();
  await page.waitForURL(/\/document\//u);
  check("and leads to its sentence", await page.locator(":target").isVisible());
  await page.locator(".language").click();
  await page.waitForURL(language === "zh" ? /\/document\// : /\/zh\/document\//u);
  same("and to its other language", await page.evaluate(() => document.documentElement.lang), language === "zh" ? "en" : "zh-Hans");
}

/** All of it. */
export async function published({ browser, axe }, base, ledger, shots) {
  mkdirSync(shots, { recursive: true });
  const [once, twice] = ["once", "twice"].map((name) => join(scratch, name));
  for (const folder of [once, twice]) run("publish", folder, ledger);
  bytes(once, twice);
  wholeness(once);
  const { page, context, seen } = await watched(browser);
  for (const language of ["en", "zh"]) {
    const file = pathToFileURL(join(once, language === "zh" ? "zh/timeline.html" : "timeline.html")).href;
    const left = await timeline(page, { address: file, isFile: true, language });
    if (language === "en") {
      const serving = await watched(browser, { base });
      const there = await timeline(serving.page, { address: `${base}/timeline`, isFile: false, language });
      same("files and the server narrow alike", left, there);
      await serving.context.close();
    }
    await walking(page, once, language);
    const found = await searching(page, once, language, shots);
    if (language === "en") await alike(page, base, found);
  }
  for (const file of ["index.html", "timeline.html", "zh/positions.html", "zh/search.html", "meetings.html"]) {
    await page.goto(pathToFileURL(join(once, file)).href);
    none(`${file} has no barrier`, await barriers(page, axe));
  }
  none("nothing went wrong in files", [...seen.errors, ...seen.failed]);
  await context.close();
  const phone = await watched(browser, { size: "phone" });
  await phone.page.goto(`${pathToFileURL(join(once, "zh/search.html")).href}?q=${encodeURIComponent("北约")}`);
  check("a published search fits a phone", await overhang(phone.page) <= 0);
  await phone.context.close();
  const plain = await watched(browser, { script: false });
  await plain.page.goto(pathToFileURL(join(once, "search.html")).href);
  check("without script a published search says why it is none", await plain.page.locator("noscript .notice").count() > 0);
  await plain.page.goto(pathToFileURL(join(once, "timeline.html")).href);
  check("and a published timeline shows no form that does nothing", !(await plain.page.locator("form.filters").isVisible()));
  await plain.context.close();
}
