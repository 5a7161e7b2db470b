// Searching a published dossier: its words come as a script of their own (words.js), since
// a page from a disk may load a script and nothing else. Words are matched as the ledger
// matches them: all of them, in either Chinese script, words in quotation marks together,
// ryab* the beginning of a word. What documents say is only ever set as text.
"use strict";

(() => {
  const form = document.querySelector("form[data-search]");
  const found = document.querySelector("[data-found]");
  const words = window.demarcheWords;
  if (!form || !found || !words) return;
  const say = form.dataset;
  const HAN = "\\u3400-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  const OTHER = `(?![${HAN}])[\\p{L}\\p{N}]`;
  const SHOWN = 100, BEFORE = 14, AFTER = 50;

  const plain = (text) => {
    let folded = "";
    for (const char of text) {
      const one = (words.folds[char] ?? char).toLowerCase();
      folded += one.length === char.length ? one : char;
    }
    return folded;
  };

  // What is asked for: an expression for each word, or words in quotation marks.
  function phrases(query) {
    const parts = query.split(/["“”「」„«»]/u);
    const asked = parts.flatMap((part, at) => (at % 2 ? [part] : part.split(/\s+/u)));
    return asked.map(phrase).filter(Boolean);
  }

  function phrase(asked) {
    const runs = plain(asked).match(new RegExp(`[${HAN}]+|(?:${OTHER})+`, "gu"));
    if (!runs) return null;
    const isHan = (run) => new RegExp(`^[${HAN}]`, "u").test(run);
    let pattern = isHan(runs[0]) ? "" : `(?<!${OTHER})`;
    runs.forEach((run, at) => {
      if (at > 0) pattern += `[^\\p{L}\\p{N}]${isHan(run) === isHan(runs[at - 1]) ? "+" : "*"}`;
      pattern += run;
    });
    if (!isHan(runs.at(-1)) && !asked.trimEnd().endsWith("*")) pattern += `(?!${OTHER})`;
    return new RegExp(pattern, "gu");
  }

  // Where the phrases stand in a text, none within another.
  function places(text, asked) {
    const all = asked.flatMap((one) =>
      [...text.matchAll(one)].map((match) => [match.index, match.index + match[0].length]));
    all.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    const kept = [];
    for (const place of all) if (!kept.length || kept.at(-1)[1] <= place[0]) kept.push(place);
    return kept;
  }

  let documents = null;
  function folded() {
    documents ??= words.documents
      .map(([file, title, outlet, date, language, text]) => ({
        file, title, outlet, date, language, text,
        folded: { title: plain(title), text: plain(text) },
      }))
      .sort((a, b) => (a.date ?? "") < (b.date ?? "") ? 1 : (a.date ?? "") > (b.date ?? "") ? -1
        : a.file < b.file ? -1 : 1);
    return documents;
  }

  function search(query) {
    const asked = phrases(query);
    if (asked.length === 0) return [];
    const hits = [];
    for (const one of folded()) {
      const whole = `${one.folded.title}\n${one.folded.text}`;
      if (!asked.every((phrase) => whole.search(phrase) >= 0)) continue;
      const inText = places(one.folded.text, asked);
      const inTitle = places(one.folded.title, asked);
      hits.push({ ...one, inText, inTitle, count: inText.length + inTitle.length });
    }
    return hits;
  }

  const node = (name, properties, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  // The words around the first hit of the text, within their paragraph, hits marked.
  function snippet(hit) {
    const [text, marks] = hit.inText.length ? [hit.text, hit.inText] : [hit.title, hit.inTitle];
    const [first, last] = marks[0];
    const floor = text.lastIndexOf("\n", first) + 1;
    const line = text.indexOf("\n", last);
    const ceiling = line < 0 ? text.length : line;
    const start = first - [...text.slice(floor, first)].slice(-BEFORE).join("").length;
    const end = last + [...text.slice(last, ceiling)].slice(0, AFTER).join("").length;
    const passage = node("p", { lang: hit.language, dir: "auto" });
    if (start > floor) passage.append("…");
    let at = start;
    for (const [from, to] of marks.filter(([from, to]) => from >= start && to <= end)) {
      passage.append(text.slice(at, from), node("mark", {}, text.slice(from, to)));
      at = to;
    }
    passage.append(text.slice(at, end));
    if (end < ceiling) passage.append("…");
    return [passage, text.slice(first, last)];
  }

  const language = document.documentElement.lang.startsWith("zh") ? "zh-CN" : "en-GB";
  const days = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" });
  const day = (date) => {
    if (!date) return say.undated;
    const known = /^\d{4}-\d\d-\d\d/u.exec(date);
    return known ? days.format(new Date(`${known[0]}T00:00:00Z`)) : date;
  };
  const times = (count) => {
    const [one, many] = say.times.split("|");
    return (count === 1 ? one : (many ?? one)).replace("{0}", () => count);
  };

  function line(hit) {
    const [passage, marked] = snippet(hit);
    const at = `${hit.file}#:~:text=${encodeURIComponent(marked).replaceAll("-", "%2D")}`;
    return node("li", { class: "line", tabindex: "0" },
      node("div", { class: "claim hit" },
        node("span", { class: "date" }, day(hit.date)),
        node("span", { class: "sides" }, node("bdi", {}, hit.outlet ?? say.noOutlet)),
        node("span", { class: "more" }, times(hit.count))),
      node("div", { class: "evidence" },
        node("p", { class: "title" },
          node("a", { href: at, lang: hit.language, dir: "auto" }, hit.title || hit.file)),
        node("blockquote", {}, passage)));
  }

  function show(query) {
    const asked = query.trim().slice(0, 200);
    for (const field of document.querySelectorAll("input[name=q]")) field.value = asked;
    found.replaceChildren();
    if (asked === "") return;
    const title = say.title.replace("{0}", () => asked);
    document.querySelector("h1").textContent = title;
    document.title = `${title} · ${document.title.split(" · ").at(-1)}`;
    const hits = search(asked);
    if (hits.length === 0) {
      found.append(node("p", { class: "absent" }, say.none.replace("{0}", () => asked)));
      return;
    }
    found.append(node("ul", { class: "lines" }, ...hits.slice(0, SHOWN).map(line)));
    if (hits.length > SHOWN) found.append(node("p", { class: "more" }, say.more));
  }

  form.hidden = false;
  show(new URLSearchParams(location.search).get("q") ?? "");
})();
