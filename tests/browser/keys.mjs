// The dossier without a mouse.

import { watched } from "./browser.mjs";
import { check, none, same } from "./checks.mjs";

const active = (page) => page.evaluate(() => {
  const here = document.activeElement;
  return { tag: here.tagName, id: here.id, name: here.className?.baseVal ?? here.className ?? "" };
});

/** The place of the focused line among its like; -1 for none. */
const walked = (page, selector) => page.evaluate((selector) =>
  [...document.querySelectorAll(selector)].indexOf(document.activeElement), selector);

async function lines(page, base) {
  await page.goto(`${base}/timeline`);
  for (const [key, place] of [["j", 0], ["j", 1], ["j", 2], ["k", 1]]) {
    await page.keyboard.press(key);
    same(`${key} goes to line ${place + 1}`, await walked(page, "main .line"), place);
  }
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/document\//u);
  check("Enter opens the line's sentence", await page.locator(":target").count() === 1, page.url());
  await page.goto(`${base}/positions`);
  await page.keyboard.press("j");
  check("j goes to a cell of the positions", (await active(page)).name.includes("cell"));
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("#beside .steps > li"));
  check("Enter opens its history", new URL(page.url()).pathname.startsWith("/positions/"));
}

async function signs(page, base) {
  await page.goto(`${base}/`);
  await page.keyboard.press("/");
  same("/ goes to the search", (await active(page)).id, "search");
  await page.keyboard.press("Escape");
  check("Esc leaves it", (await active(page)).id !== "search");
  await page.keyboard.press("g");
  same("g goes to the day", (await active(page)).id, "as-of");
  await page.keyboard.type("j?/");
  same("letters in a field are letters", await page.inputValue("#as-of"), "j?/");
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  check("? shows the keys", await page.locator("#keys").isVisible());
  await page.keyboard.press("Escape");
  check("Esc closes them", !(await page.locator("#keys").isVisible()));
}

async function tabs(page, base) {
  await page.goto(`${base}/positions`);
  await page.keyboard.press("Tab");
  const skip = page.locator(".skip");
  check("the first Tab shows the way to the page",
    (await active(page)).name === "skip" && (await skip.boundingBox()).x >= 0);
  await page.evaluate(() => { window.stayed = true; });
  await page.keyboard.press("Enter");
  await page.waitForURL(/#main$/u);
  await page.keyboard.press("Tab");
  check("which stays on it", await page.evaluate(() => window.stayed === true));
  check("and leaves the bar out", await page.evaluate(() => Boolean(document.activeElement.closest("main"))));
  for (const path of ["/positions", "/meetings"]) {
    await page.goto(base + path);
    const wanted = await page.evaluate(() => {
      const all = [...document.querySelectorAll("a[href], button, input, select, [tabindex='0']")]
        .filter((one) => one.checkVisibility() && !one.matches("[type=hidden]"));
      all.forEach((one, at) => { one.dataset.stop = at; });
      return all.length;
    });
    const reached = new Set();
    for (let at = 0; at < wanted + 3; at += 1) {
      await page.keyboard.press("Tab");
      reached.add(await page.evaluate(() => document.activeElement.dataset?.stop ?? ""));
    }
    reached.delete("");
    same(`Tab reaches all of ${path}`, reached.size, wanted);
  }
  await page.goto(`${base}/meetings`);
  await page.keyboard.press("j");
  const outline = await page.evaluate(() => {
    const style = getComputedStyle(document.activeElement);
    return `${style.outlineStyle} ${style.boxShadow} ${style.backgroundColor}`;
  });
  check("what has the focus shows it", !/^none none rgba\(0, 0, 0, 0\)$/u.test(outline), outline);
}

/** All of it. */
export async function keys({ browser }, base) {
  const { page, context, seen } = await watched(browser, { base });
  await lines(page, base);
  await signs(page, base);
  await tabs(page, base);
  none("nothing went wrong by keyboard", [...seen.errors, ...seen.failed]);
  await context.close();
}
