// The dossier as nobody should use it: unknown names, hostile addresses, other methods and
// hosts, a ledger that is replaced, broken or taken away, an article that is scripts.

import { copyFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { watched } from "./browser.mjs";
import { check, none, same } from "./checks.mjs";
import { ask, run, scratch, serve } from "./program.mjs";
import { crawl, kindOf } from "./places.mjs";

const HEX = "0123456789abcdef".repeat(4);
const TRACE = /panicked|backtrace|\.rs:\d+|stack overflow|RUST_/u;

async function unknown(base) {
  for (const folder of ["", "/zh"]) {
    const names = ["meeting", "actor", "statement", "move", "document", "captured"]
      .map((kind) => `${folder}/${kind}/${HEX}`);
    names.push(`${folder}/positions/XXX/nothing`, `${folder}/timeline/2021-13`, `${folder}/timeline/now`,
      `${folder}/nowhere`, `${folder}/document/..`, `${folder}/document/%2e%2e%2f%2e%2e%2fetc%2fpasswd`,
      `${folder}/meeting/_00`, `${folder}/meeting/%00`, `${folder}/source/no-such-outlet`);
    const wrong = [];
    for (const name of names) {
      const { status, text, headers } = await ask(base, name);
      const isPage = /text\/html/u.test(headers["content-type"]) && (text.match(/<h1/gu) ?? []).length === 1;
      if (status !== 404 || !isPage || TRACE.test(text) || !/class="reason"/u.test(text)) wrong.push(`${name} ${status}`);
    }
    none(`unknown names have a page with the reason, below ${folder || "/"}`, wrong);
  }
}

async function queries(base) {
  const values = [
    "<script>window.pwned=1</script>", "\"><img src=x onerror=window.pwned=1>", "'--", "\" OR \"a\"=\"a", "%00", "%ff%fe",
    "\u202eabc", "\u2066\u2067", "*", "\"", "^", "NEAR(a b)", "a*b*c*", "-", "(", ")", "{", "北".repeat(1000), "A".repeat(3000),
    "%", "%2", "%zz", "&&&&", "=====", ";drop table documents;", "2021-99-99", "../../etc/passwd", "\u0000",
  ];
  const keys = ["q", "as_of", "since", "party", "issue", "outlet", "act", "kind", "from", "to", "sort", "part", "nothing"];
  const wrong = [];
  for (const path of ["/search", "/zh/search", "/timeline", "/positions", "/", "/open", "/disputes", "/documents", "/actors"]) {
    for (const value of values) {
      const written = /^%/u.test(value) ? value : encodeURIComponent(value);
      const asked = (path.endsWith("search") ? ["q"] : keys).map((key) => `${key}=${written}`);
      for (const query of path.endsWith("search") || written.length > 200 ? asked : [asked.join("&")]) {
        const { status, text } = await ask(base, `${path}?${query}`);
        const isFine = status === 200 || (status === 414 && path.length + query.length > 4000);
        if (!isFine || TRACE.test(text)) wrong.push(`${path}?${query.slice(0, 60)} ${status}`);
        if (/<script>window|<img src=x/u.test(text)) wrong.push(`${path}?${query.slice(0, 60)} unescaped`);
        if (/[\u202e\u2066\u2067]/u.test(text.replace(/value="[^"]*"/gu, ""))) wrong.push(`${path}?${query.slice(0, 60)} turns the text`);
      }
    }
  }
  none("hostile query strings get a page and stay words", wrong);
  const long = await ask(base, `/search?q=${"x".repeat(5000)}`);
  same("5,000 characters are too long an address", long.status, 414);
}

async function doors(base) {
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"]) {
    same(`${method} is refused`, (await ask(base, "/", { method })).status, 405);
  }
  const { port } = new URL(base);
  for (const host of ["evil.example", `evil.example:${port}`, "127.0.0.1.evil.example", "0.0.0.0"]) {
    same(`the host “${host}” is refused`, (await ask(base, "/", { headers: { Host: host } })).status, 403);
  }
  same("the machine's own name is not", (await ask(base, "/", { headers: { Host: `localhost:${port}` } })).status, 200);
  const head = await ask(base, "/", { method: "HEAD" });
  check("HEAD has no body", head.status === 200 && head.size === 0);
}

/** An article of script tags, handlers, frames and characters that turn the text. */
const POISON = `<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8">
<title>外长<script>window.pwned=1</script>会谈</title>
<meta name="author" content="&lt;script&gt;window.pwned=1&lt;/script&gt;">
<meta property="og:site_name" content="&lt;img src=x onerror=window.pwned=1&gt;日报">
<meta http-equiv="refresh" content="0;url=javascript:window.pwned=1">
<link rel="stylesheet" href="http://203.0.113.1/a.css"><base href="http://203.0.113.1/">
<script>window.pwned=1; parent.pwned=1; top.pwned=1</script></head>
<body onload="window.pwned=1"><article><h1>外长&lt;script&gt;window.pwned=1&lt;/script&gt;会谈</h1>
<p>2022年1月10日</p>
<p>俄罗斯外长说，俄方要求北约不再东扩。&lt;script&gt;window.pwned=1&lt;/script&gt;<script>window.pwned=1</script></p>
<p>美国国务卿表示，美方拒绝俄方的要求。<img src="http://203.0.113.1/x.png" onerror="window.pwned=1"><svg onload="window.pwned=1"></svg></p>
<p>双方同意\u202e继续\u2066谈判。<a href="javascript:window.pwned=1">全文</a>
<iframe srcdoc="&lt;script&gt;top.pwned=1&lt;/script&gt;"></iframe><object data="data:text/html,<script>top.pwned=1</script>"></object></p>
<style>body{background:url(http://203.0.113.1/b)}</style><form action="http://203.0.113.1/"><button>x</button></form>
</article></body></html>`;

async function poison({ browser }) {
  const folder = join(scratch, "poison");
  mkdirSync(folder);
  writeFileSync(join(folder, "article.html"), POISON);
  writeFileSync(join(folder, "plain.txt"), "“<script>window.pwned=1</script>”\n\n2022年1月10日\n\n"
    + "俄罗斯外长拉夫罗夫说，俄方要求<img src=x onerror=window.pwned=1>北约不再东扩。\n\n");
  const ledger = join(scratch, "poison.db");
  run("add", folder, "--ledger", ledger);
  const served = await serve(ledger);
  const { page, context, seen } = await watched(browser, { base: served.base });
  const pages = await crawl(served.base);
  const ran = [];
  const kinds = new Set();
  for (const [path, one] of pages) {
    kinds.add(kindOf(path).kind);
    if (one.status !== 200) ran.push(`${path} ${one.status}`);
    if (/<script(?![^>]* src="\/static\/)|\son\w+=|javascript:|http-equiv/iu.test(one.text.replace(/&lt;.*?&gt;/gsu, "")
      .replace(/>[^<]*</gu, "><"))) ran.push(`${path} has a script or a handler`);
    await page.goto(served.base + one.path, { waitUntil: "load" });
    // What runs in a frame would reach for its parent; a frame without scripts has no window to ask.
    if (await page.evaluate(() => window.pwned !== undefined)) ran.push(`${path} ran it`);
  }
  check("the articles of scripts are read and have pages", kinds.has("document") && kinds.has("captured"));
  none(`nothing of them is run on ${pages.size} pages`, ran);
  none("and nothing asked of anybody", seen.elsewhere);
  const document = [...pages.keys()].find((path) => kindOf(path).kind === "document");
  await page.goto(served.base + document);
  const frames = await page.locator("iframe").evaluateAll((all) => all.map((one) => one.getAttribute("sandbox")));
  check("the original stands in a sandbox without scripts", frames.length > 0
    && frames.every((one) => one !== null && !/allow-(scripts|same-origin|forms)/u.test(one)), JSON.stringify(frames));
  await page.locator("details:has(iframe) summary").click();
  await page.frameLocator("iframe").locator(".captured").waitFor();
  check("opened, it shows and runs nothing", await page.evaluate(() => window.pwned === undefined));
  none("and the browser has nothing to complain of", seen.errors);
  const texts = [...pages.values()].map((one) => one.text).join("\n");
  check("and the words are there to be read", texts.includes("window.pwned=1"));
  await context.close();
  await served.stop();
}

/** Answers until one is as wished, for two seconds. */
async function until(base, path, isIt) {
  let answer;
  for (let turn = 0; turn < 20; turn += 1) {
    answer = await ask(base, path);
    if (isIt(answer)) break;
    await new Promise((done) => setTimeout(done, 100));
  }
  return answer;
}

async function replaced(sample) {
  const ledger = join(scratch, "moving.db");
  const other = join(scratch, "other.db");
  copyFileSync(sample, ledger);
  const folder = join(scratch, "other");
  mkdirSync(folder);
  writeFileSync(join(folder, "one.txt"), "山谷报：两国外长会晤\n\n2023年3月5日\n\n"
    + "中国外长与美国国务卿3月4日在日内瓦会晤。中方要求美方取消关税。\n");
  run("add", folder, "--ledger", other);
  const served = await serve(ledger);
  const before = await ask(served.base, "/documents");
  check("a ledger is served", before.status === 200 && before.text.includes("/document/"));
  renameSync(other, ledger);
  const isOther = ({ text }) => text.includes("两国外长会晤");
  const after = await until(served.base, "/documents", isOther);
  check("another one put in its place is shown", isOther(after) && after.status === 200);
  check("and nothing of the first", !after.text.includes("雷克雅未克"));
  const says = ({ status, text, headers }) =>
    status === 503 && /text\/html/u.test(headers["content-type"]) && /class="reason"[^>]*>[^<]{10,}/u.test(text)
    && !TRACE.test(text) && (text.match(/<h1/gu) ?? []).length === 1;
  for (const [what, spoil] of [
    ["cut off", () => writeFileSync(ledger, "SQLite format 3\0")],
    ["no ledger at all", () => writeFileSync(ledger, "no ledger at all\n".repeat(400))],
    ["empty", () => writeFileSync(ledger, "")],
    ["gone", () => rmSync(ledger)],
    ["a folder", () => mkdirSync(ledger)],
  ]) {
    for (const end of ["-wal", "-shm"]) rmSync(ledger + end, { force: true });
    spoil();
    for (const path of ["/documents", "/zh/positions", "/search?q=%E5%8C%97%E7%BA%A6"]) {
      const answer = await until(served.base, path, says);
      check(`a ledger that is ${what} gives a page with the reason at ${path}`, says(answer),
        `${answer.status} ${answer.text.slice(0, 200)}`);
    }
  }
  rmSync(ledger, { recursive: true });
  copyFileSync(sample, ledger);
  const again = await until(served.base, "/documents", ({ status }) => status === 200);
  check("and once it is back it is shown again", again.status === 200 && again.text.includes("雷克雅未克"));
  await served.stop();
}

/** All of it. */
export async function hostile(tools, base, sample) {
  await unknown(base);
  await queries(base);
  await doors(base);
  await poison(tools);
  await replaced(sample);
  const { page, context, seen } = await watched(tools.browser, { base });
  await page.goto(`${base}/search?q=${encodeURIComponent("<img src=x onerror=window.pwned=1>")}`);
  check("a script that is searched for is words", await page.evaluate(() => window.pwned === undefined
    && document.querySelector("h1").textContent.includes("<img src=x")));
  await page.goto(`${base}/meeting/${HEX}`);
  check("a page that is none has a way back", await page.locator("main a[href='/']").isVisible());
  // The browser itself says of a 404 that it is one.
  none("nothing went wrong among the hostile", seen.errors.filter((one) => !one.includes("404")));
  await context.close();
}
