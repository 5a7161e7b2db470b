// What the pages can do beyond being read: the theme, the keys, evidence without leaving
// the page. All of it is there without this file too, one page further away.
"use strict";

(() => {
  const root = document.documentElement;
  const stored = (() => {
    try { return localStorage.getItem("theme"); } catch { return null; }
  })();
  if (stored === "dark" || stored === "light") root.dataset.theme = stored;

  const isDark = () =>
    root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;

  function turn() {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* a page from a disk */ }
  }

  // The lines that j and k walk through: whatever says of itself that it can be walked to.
  const lines = () =>
    [...document.querySelectorAll("main .line, main .cell, main .steps > li, main tbody tr[tabindex], main .mark")]
      .filter((line) => line.offsetParent !== null);

  function walk(by) {
    const all = lines();
    if (all.length === 0) return;
    const here = all.findIndex((line) => line.contains(document.activeElement));
    const next = all[Math.max(0, Math.min(all.length - 1, here < 0 ? 0 : here + by))];
    if (!next.hasAttribute("tabindex") && next.tagName !== "A") next.tabIndex = 0;
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  const address = () => location.pathname + location.search;
  let here = address();

  // Evidence beside the page: the same page is fetched and only its right half taken. A
  // page from a disk cannot fetch and follows the link.
  async function openBeside(link) {
    const beside = document.getElementById("beside");
    if (!beside || !location.protocol.startsWith("http")) return false;
    const answer = await fetch(link.href);
    if (!answer.ok) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("beside");
    if (!fresh) return false;
    beside.replaceWith(document.adoptNode(fresh));
    for (const one of document.querySelectorAll("[data-beside][aria-current]")) {
      one.removeAttribute("aria-current");
    }
    link.setAttribute("aria-current", "true");
    document.title = page.title;
    const title = document.querySelector("h1");
    const told = page.querySelector("h1");
    if (title && told) title.textContent = told.textContent;
    history.pushState(null, "", link.href);
    here = address();
    fresh.focus({ preventScroll: matchMedia("(min-width: 62rem)").matches });
    return true;
  }

  function enter(line) {
    const link = line.matches("a") ? line : line.querySelector("cite a, .title a") ?? line.querySelector("a");
    if (link) link.click();
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-theme-switch]")) return turn();
    const link = event.target.closest("a[data-beside]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    openBeside(link).then(
      (opened) => { if (!opened) location.href = link.href; },
      () => { location.href = link.href; },
    );
  });
  // The way back to another page of the history; to another place of the same one it is
  // the browser's.
  addEventListener("popstate", () => { if (address() !== here) location.reload(); });

  document.addEventListener("keydown", (event) => {
    const field = event.target.closest?.("input, select, textarea");
    if (field) {
      if (event.key === "Escape") field.blur();
      return;
    }
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const focus = (id) => { document.getElementById(id)?.focus(); event.preventDefault(); };
    switch (event.key) {
      case "j": return walk(1);
      case "k": return walk(-1);
      case "/": return focus("search");
      case "g": return focus("as-of");
      case "d": return turn();
      case "?": return document.getElementById("keys")?.showModal();
      case "Enter": {
        const line = event.target.closest?.(".line, .steps > li, tbody tr[tabindex]");
        if (line === event.target) enter(line);
        return;
      }
    }
  });

  // Files cannot be asked: what a timeline is narrowed to is left, the rest is hidden.
  function narrow(form) {
    const asked = Object.fromEntries(new FormData(form));
    const among = (listed, one, apart) => !one || (listed ?? "").split(apart).includes(one);
    let shown = 0, all = 0;
    for (const one of document.querySelectorAll("main [data-party]")) {
      const said = one.dataset;
      const fits = among(said.party, asked.party, " ") && among(said.issue, asked.issue, " ")
        && among(said.act, asked.act, " ") && among(said.outlet, asked.outlet, "\n");
      one.toggleAttribute("hidden", !fits);
      if (!one.matches(".line")) continue;
      all += 1;
      if (fits) shown += 1;
    }
    const told = form.querySelector("[data-shown]");
    if (told) told.textContent = told.dataset.shown.replace("{0}", shown).replace("{1}", all);
  }

  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-theme-switch]")) button.hidden = false;
    for (const form of document.querySelectorAll("form[data-filters]")) {
      form.hidden = false;
      form.addEventListener("change", () => narrow(form));
      form.addEventListener("submit", (event) => event.preventDefault());
      // A browser that comes back to a page keeps what was chosen.
      narrow(form);
    }
  });
})();
