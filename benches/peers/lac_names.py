"""Names by LAC, and LAC's speed on one core.

    lac_names.py TEXT_DIR OUT.json

Runs in LAC's environment. OUT holds, for each text, the distinct people (PER) and places
(LOC), and the seconds of CPU that all texts took, by the way in which they were given.
"""
import json
import os
import re
import sys
import time
from pathlib import Path

from LAC import LAC

# What stands between the parts of a transliterated name; LAC makes tokens of it.
POINT = re.compile(r"[·•∙・‧.．\\—-]+")
PASSES = 5


def names(words, tags):
    """The people and the places of one paragraph; parts joined by a point are one name."""
    found = {"PER": [], "LOC": []}
    at = 0
    while at < len(words):
        tag, end = tags[at], at + 1
        if tag == "PER":
            while True:
                point = end
                while point < len(words) and POINT.fullmatch(words[point]):
                    point += 1
                if point == end or point >= len(words) or tags[point] != "PER":
                    break
                end = point + 1
        if tag in found:
            found[tag].append("".join(words[at:end]))
        at = end
    return found


def seconds(run):
    """The CPU time of one pass: the least of some, as other work on the machine only adds."""
    times = []
    for _ in range(PASSES):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return min(times)


def main():
    texts, out = Path(sys.argv[1]), Path(sys.argv[2])
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    lac = LAC(mode="lac")
    articles = {
        path.stem: [line.strip() for line in path.read_text("utf-8").split("\n") if line.strip()]
        for path in sorted(texts.glob("*.txt"))
    }
    result = {}
    for ident, paragraphs in articles.items():
        people, places = set(), set()
        for paragraph in paragraphs:
            found = names(*lac.run(paragraph))
            people.update(found["PER"])
            places.update(found["LOC"])
        result[ident] = {"people": sorted(people), "places": sorted(places)}

    every = [p for paragraphs in articles.values() for p in paragraphs]
    by_length = sorted(every, key=len)
    took = {
        "a paragraph at a time": seconds(lambda: [lac.run(p) for p in every]),
        "an article at a time": seconds(lambda: [lac.run(ps) for ps in articles.values()]),
        "32 of like length at a time": seconds(
            lambda: [lac.run(by_length[i : i + 32]) for i in range(0, len(by_length), 32)]
        ),
    }
    out.write_text(json.dumps({"names": result, "seconds": took}, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main()
