// The browser: contexts, pages that are watched, what axe says of them.

import { createRequire } from "node:module";
import { join } from "node:path";
import { readFileSync } from "node:fs";

/** A desk and a hand. */
export const SIZES = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };

/** Starts Debian's chromium; `home` is where the packages are installed. */
export async function start(home) {
  const need = createRequire(join(home, "package.json"));
  const { chromium } = need("playwright-core");
  const axe = readFileSync(need.resolve("axe-core/axe.min.js"), "utf8");
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    // Root in a container has no sandbox to make.
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  return { browser, axe };
}

/** A page that notes what goes wrong in it and what it asks of whom. */
export async function watched(browser, { size = "desktop", dark = false, script = true, base = null } = {}) {
  const context = await browser.newContext({
    viewport: SIZES[size],
    isMobile: size === "phone",
    hasTouch: size === "phone",
    colorScheme: dark ? "dark" : "light",
    javaScriptEnabled: script,
  });
  // A busy machine is slow, not wrong.
  context.setDefaultTimeout(90_000);
  const page = await context.newPage();
  const seen = { errors: [], elsewhere: [], failed: [] };
  page.on("console", (said) => {
    if (said.type() === "error") seen.errors.push(`${said.text()} at ${said.location().url}`);
  });
  page.on("pageerror", (problem) => seen.errors.push(String(problem)));
  page.on("request", (request) => {
    const url = request.url();
    if (base !== null && !url.startsWith(base) && !url.startsWith("data:")) seen.elsewhere.push(url);
  });
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText ?? "";
    if (why !== "net::ERR_ABORTED") seen.failed.push(`${request.url()} ${why}`);
  });
  return { page, context, seen };
}

/** Serious and critical barriers in a page. */
export async function barriers(page, axe) {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const found = await window.axe.run(document, {
      resultTypes: ["violations"],
      // It would fetch the style again, which a page from a disk may not.
      preload: false,
    });
    return found.violations
      .filter((one) => one.impact === "serious" || one.impact === "critical")
      .flatMap((one) => one.nodes.map((node) => {
        const why = node.any.concat(node.all, node.none)[0]?.message ?? "";
        return `${one.id} ${node.target.join(" ")} ${why}`;
      }));
  });
}

/** How far a page is wider than its window: a phone's window grows with what it shows. */
export const overhang = async (page) => {
  const wide = await page.evaluate(() =>
    Math.max(document.documentElement.scrollWidth, document.body.scrollWidth));
  return wide - page.viewportSize().width;
};
