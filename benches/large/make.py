#!/usr/bin/env python3
"""Multiplies a corpus: every copy of an article has other names, numbers and dates.

    benches/large/make.py CORPUS COUNT OUT

CORPUS holds the folders `talks` and `mixed`. COUNT documents are written into OUT, a
thousand a folder, in an order that mixes all articles; the first ten thousand of a large
set are the small set. Copy 0 of an article is the article itself. In the others

- the syllables of every transliterated name (with a point between its parts) are moved on
  in a list of syllables, so that a name is another name of the same form everywhere in the
  copy;
- years move by one number for the copy, days and months by another, so that what was on one
  day stays on one day;
- every other number of two digits and more gets other digits of the same count.
"""

import hashlib
import pathlib
import re
import sys

SYLLABLES = "巴贝达德尔菲夫戈哈霍基加卡科克拉莱兰里利林卢鲁马梅米莫姆纳内尼诺帕佩普恰萨塞什斯塔特瓦维沃乌西希谢雅亚叶伊扎泽"
NAME = re.compile("[%s]{1,6}(?:[·‧•・][%s]{1,6})+" % (SYLLABLES, SYLLABLES))
DATE = re.compile(r"((?:19|20)\d\d)([-/.年])(\d{1,2})([-/.月])(\d{1,2})")
YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
DAY = re.compile(r"(\d{1,2})月(\d{1,2})日")
NUMBER = re.compile(r"(?<![\d/.=_-])\d{2,}(?![\d/.=_-])")


def dice(*parts):
    text = "|".join(str(part) for part in parts)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def names(text, copy):
    """Full names, and the family names of these wherever they stand alone."""
    found = {}
    step = 1 + copy % (len(SYLLABLES) - 1)
    moved = {c: SYLLABLES[(i + step) % len(SYLLABLES)] for i, c in enumerate(SYLLABLES)}
    for match in NAME.finditer(text):
        parts = re.split("[·‧•・]", match.group())
        for part in (match.group(), parts[-1]):
            if len(part) > 1:
                found[part] = "".join(moved.get(c, c) for c in part)
    if not found:
        return text
    longest = sorted(found, key=len, reverse=True)
    pattern = re.compile("|".join(re.escape(name) for name in longest))
    return pattern.sub(lambda match: found[match.group()], text)


def dates(text, copy):
    years = copy % 7 - 3
    days = dice("days", copy) % 27

    def day(number):
        return (int(number) - 1 + days) % 28 + 1

    def date(match):
        year, one, month, other, number = match.groups()
        return f"{int(year) + years}{one}{month}{other}{day(number):02}"

    text = DATE.sub(date, text)
    text = DAY.sub(lambda m: f"{m.group(1)}月{day(m.group(2))}日", text)
    return YEAR.sub(lambda m: str(int(m.group()) + years), text)


def numbers(text, copy):
    def other(match):
        digits = match.group()
        if re.fullmatch(r"(?:19|20)\d\d", digits):
            return digits
        low = 10 ** (len(digits) - 1)
        return str(low + dice(copy, digits) % (9 * low))

    return NUMBER.sub(other, text)


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    corpus, count, out = pathlib.Path(sys.argv[1]), int(sys.argv[2]), pathlib.Path(sys.argv[3])
    articles = sorted(
        path for folder in ("talks", "mixed") for path in (corpus / folder).rglob("*")
        if path.is_file()
    )
    if not articles:
        sys.exit(f"there are no articles in {corpus}/talks and {corpus}/mixed")
    most = -(-100_000 // len(articles))
    order = sorted(
        ((path, copy) for path in articles for copy in range(most)),
        key=lambda one: dice(one[0].name, one[1]),
    )
    for number, (path, copy) in enumerate(order[:count]):
        text = path.read_text(encoding="utf-8", errors="replace")
        if copy:
            text = numbers(dates(names(text, copy), copy), copy)
        folder = out / f"{number // 1000:03}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{path.stem}-{copy}{path.suffix}").write_text(text, encoding="utf-8")


main()
