"""Dates by JioNLP's `extract_time`, written as annotations write them.

    jionlp_dates.py TEXT_DIR PUBLISHED.json OUT_DIR

Runs in JioNLP's environment. PUBLISHED gives each text's reference day. JioNLP answers with
a first and a last second; here that becomes a day, a month, a year or an interval, and where
the annotators' convention is another (月底 is the month, a season three whole months, hours
are no dates) theirs is applied, so that only reading is compared. Durations and recurring
times are no dates either.
"""
import calendar
import json
import logging
import re
import sys
from datetime import date
from pathlib import Path

import jionlp

# Hours, and words for now or for a day told before: no dates to the annotators.
NO_DATE = re.compile(
    "现在|目前|当[天日晚]|(凌晨|清晨|早上|上午|中午|下午|晚上|半夜|白天|晚间)?"
    r"(\d{1,2}[:：]\d\d([:：]\d\d)?|[\d一二三四五六七八九十]{1,3}[点时].*)?"
)
# 1997年以来 is 1997 to the annotators, who leave out what opens an end.
OPEN = re.compile("^[从自](?=.)|(以来|之前|以前|之后|以后|起)$")
SEASON = {"春": (3, 5), "夏": (6, 8), "秋": (9, 11), "冬": (12, 14)}


def value(text, start, end):
    """`YYYY-MM-DD`, `YYYY-MM`, `YYYY` or an interval of one of them."""
    for name, (first, last) in SEASON.items():
        if name in text and not re.search("[春中]节|[春秋]分|立[春夏秋冬]|[夏冬]至", text):
            months = [start.year * 12 + m - 1 for m in (first, last)]
            return "/".join(f"{m // 12}-{m % 12 + 1:02}" for m in months)
    if start == end:
        return start.isoformat()
    if re.search("[月年][初底末]$", text) and (start.year, start.month) == (end.year, end.month):
        return f"{start:%Y-%m}"
    if re.search("年初$", text):
        return f"{start.year}-01"
    if re.search("年[底末]$", text):
        return f"{end.year}-12"
    whole_months = start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]
    if whole_months and (start.month, end.month) == (1, 12):
        ends = [str(start.year), str(end.year)]
    elif whole_months:
        ends = [f"{start:%Y-%m}", f"{end:%Y-%m}"]
    else:
        ends = [start.isoformat(), end.isoformat()]
    return ends[0] if ends[0] == ends[1] else "/".join(ends)


def day(second):
    """The day of `2022-01-10 23:59:59`; none of an open end."""
    try:
        return date.fromisoformat(second[:10])
    except ValueError:
        return None


def reference(published):
    """The day to count from; of a month its last, as Demarche takes it."""
    parts = [int(p) for p in published.split("-")]
    if len(parts) == 2:
        parts.append(calendar.monthrange(*parts)[1])
    return dict(zip(("year", "month", "day"), parts))


def dates(text, published):
    """The distinct dates of a text."""
    found = {}
    base = reference(published)
    for paragraph in filter(str.strip, text.split("\n")):
        for hit in jionlp.ner.extract_time(paragraph, time_base=base):
            words = hit["text"]
            if hit["type"] not in ("time_point", "time_span") or NO_DATE.fullmatch(words):
                continue
            span, closed = hit["detail"]["time"], OPEN.sub("", words)
            if closed != words:
                try:
                    span = jionlp.parse_time(closed, time_base=base)["time"]
                    words = closed
                except ValueError:
                    pass  # then as it came
            if isinstance(span, list) and any(ends := list(map(day, span))):
                start, end = ends[0] or ends[1], ends[1] or ends[0]
                entry = value(words, start, end)
                found[words, entry] = {"text": words, "value": entry}
    return list(found.values())


def main():
    texts, published, out = map(Path, sys.argv[1:4])
    # It logs the traceback of what it cannot read, and goes on.
    logging.disable(logging.CRITICAL)
    out.mkdir(exist_ok=True)
    days = json.loads(published.read_text("utf-8"))
    for path in sorted(texts.glob("*.txt")):
        found = dates(path.read_text("utf-8"), days[path.stem])
        (out / f"{path.stem}.json").write_text(
            json.dumps({"statements": [], "dates": found}, ensure_ascii=False), "utf-8"
        )


if __name__ == "__main__":
    main()
