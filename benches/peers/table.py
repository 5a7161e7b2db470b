"""Prepares the texts, reads them with Demarche, and sets its figures beside the peers'.

    table.py prepare GOLD WORK DEMARCHE
    table.py compare GOLD WORK DEMARCHE [--errors]

Standard library only. README.md beside this file says what counts.
"""
import csv
import json
import os
import re
import resource
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

# How many times over the texts are read when speed is taken, so that starting cancels out.
COPIES = 20
# Titles and descriptions: with one of them a surface is no mere name.
DESCRIBED = re.compile(
    "官员|官員|职员|職員|外交官|军官|軍官|[长長]官|人士|人员|人員|[领領][导導袖]|首[脑腦相]|[总總][统統理]|大臣|主席"
    "|[部外防财財市省州县縣行校军軍议議司局院社团團][长長]$|[书書][记記]|大使|代表|[专專][员員家]|[发發]言人|秘[书書]"
    "|[负負][责責]|王[储儲]|[国國]王|教皇|教宗|[学學記记]者|目[击擊]者|消息|[来來]源|[们們]|[双雙]方|[两兩]|、"
)
# Bodies, sides and collectives that stand for a state but are no name of a place.
NO_PLACE = re.compile(
    "政府|[当當]局|官方|方面|政[权權]|代表[团團]|盟友|[伙夥]伴|[国國]家|[两兩双雙三]|[方宫宮院府军軍]$"
    "|中共$|(?<!埃)及|、"
)
NOTHING = re.compile("(?!)")
HAN = re.compile("[\u3400-\u9fff]")


def scorer(gold):
    """The module that scores readings, beside the annotated articles."""
    sys.path.insert(0, str(gold))
    import score

    return score


def load(path):
    return json.loads(path.read_text("utf-8"))


def fresh(path):
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return path


def prepare(gold, work, program):
    """Lays out texts and annotations without the archive's [[zh:…]] marks, and our readings."""
    texts, notes = fresh(work / "text"), fresh(work / "gold")
    bare = lambda path: re.sub(r"\[\[zh:(.*?)\]\]", r"\1", path.read_text("utf-8"))
    for path in sorted((gold / "json").glob("*.json")):
        (notes / path.name).write_text(bare(path), "utf-8")
        # The first line, where it is in brackets, is a note to the annotator.
        text = re.sub(r"\A\[published.*\n", "", bare(gold / "text" / f"{path.stem}.txt"))
        (texts / f"{path.stem}.txt").write_text(text, "utf-8")
    many = fresh(work / "many")
    for path in texts.iterdir():
        for copy in range(COPIES):
            shutil.copy(path, many / f"{path.stem}-{copy}.txt")
    read(program, gold, texts, fresh(work / "demarche"))
    with open(gold / "published.csv", encoding="utf-8") as table:
        given = {row["id"]: row["published"] for row in csv.DictReader(table)}
    ours = {p.stem: load(p)["source"]["published"] for p in (work / "demarche").iterdir()}
    # Where no date is given, the peer counts from the one that we found in the text.
    days = {ident: (given.get(ident) or ours[ident])[:10] for ident in sorted(ours)}
    (work / "published.json").write_text(json.dumps(days), "utf-8")


def read(program, gold, texts, out=None):
    """Reads a folder of texts on one core, to nowhere if need be; the seconds of CPU it took."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    spent = lambda: sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
    before = spent()
    command = [program, "read", texts, "--dates", gold / "published.csv"]
    command += ["--out", out] if out else []
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return spent() - before


class Names:
    """Says which of a tool's names are right, wrong, or not for the annotation to say."""

    def __init__(self, norm, notes, cities):
        self.norm, self.cities = norm, cities
        self.city_names = {n for names in cities.values() for n in names}
        self.states = set().union(*(self.of_states(note) for note in notes.values()))

    def keep(self, surfaces, barred, latin=False, letters=False):
        """The surfaces that are names, normalised."""
        kept = set()
        for surface in surfaces:
            name = self.norm(surface)
            if len(name) < (1 if letters else 2) or barred.search(surface):
                continue
            if latin or HAN.search(name):
                kept.add(name)
        return kept

    def people(self, actors, **scripts):
        surfaces = surfaces_of(actors, ("person",))
        return self.keep(surfaces, DESCRIBED, **scripts)

    def of_states(self, note):
        return self.keep(surfaces_of(note["actors"], ("state",)), NO_PLACE, letters=True)

    def places(self, note, text):
        """States and metonyms that the article names, and the cities that meetings were in."""
        met = {meeting["place"] for meeting in note["meetings"]}
        cities = {n for place in met for n in self.cities.get(place, ()) if n in text}
        return self.of_states(note) | cities

    def apart(self, surfaces):
        """LAC takes states' letters that stand together (中美) for one name: each is one."""
        letters = {state for state in self.states if len(state) == 1}
        return [n for s in surfaces for n in (s if letters.issuperset(s) else [s])]

    def wrong_places(self, found, right, note, text):
        """What was found and is no place here: other actors, states that are not named."""
        others = self.keep(
            surfaces_of(note["actors"], ("person", "organisation", "outlet")), NOTHING, latin=True
        )
        people = sorted(self.people(note["actors"]), key=len, reverse=True)
        outside = text
        for person in people:
            outside = outside.replace(person, "|")
        return {
            name
            for name in found - right - self.city_names
            if name in others or name in self.states or name not in outside
        }


def surfaces_of(actors, kinds):
    """Surfaces of actors of some kinds; joint ones (`A; B`) are left out."""
    return [
        surface
        for actor in actors
        if actor["type"] in kinds and ";" not in actor["name"]
        for surface in actor["surfaces"]
    ]


def half(place):
    return "look" if place % 2 == 0 else "check"


def tally_names(names, score, work, lac):
    """Tallies by task, tool and half; misses of the half to look at by task and tool."""
    tallies, errors, unjudged = {}, {}, Counter()
    empty = lambda: {"missed": Counter(), "wrong": Counter(), "not judged": Counter()}
    for place, path in enumerate(sorted((work / "gold").glob("*.json"))):
        note, ours = load(path), load(work / "demarche" / path.name)
        theirs = lac[path.stem]
        text = names.norm((work / "text" / f"{path.stem}.txt").read_text("utf-8"))
        our_places = surfaces_of(ours["actors"], ("state",))
        our_places += [s for place in ours["places"] for s in place["surfaces"]]
        found = {}
        for task, latin in (("people", False), ("people, Latin letters too", True)):
            found[task] = (
                names.people(note["actors"], latin=latin),
                {
                    "Demarche": names.people(ours["actors"], latin=latin),
                    "LAC": names.keep(theirs["people"], DESCRIBED, latin=latin),
                },
            )
        all_right = names.places(note, text)
        for task, letters in (("places", False), ("places, single letters too", True)):
            long = lambda some: {n for n in some if (letters or len(n) > 1) and HAN.search(n)}
            right, by_tool = long(all_right), {}
            for tool, surfaces in (
                ("Demarche", our_places),
                ("LAC", names.apart(theirs["places"]) if letters else theirs["places"]),
            ):
                every = names.keep(surfaces, NO_PLACE, letters=letters)
                wrong = names.wrong_places(every, all_right, note, text)
                by_tool[tool] = (every & right) | wrong
                open_names = every - all_right - wrong
                unjudged[task, tool] += len(open_names)
                if half(place) == "look":
                    kinds = errors.setdefault((task, tool), empty())
                    kinds["not judged"].update(open_names)
            found[task] = right, by_tool
        for task, (right, by_tool) in found.items():
            for tool, got in by_tool.items():
                for part in ("whole", half(place)):
                    tally = tallies.setdefault((task, tool, part), score.Tally())
                    tally.add(len(got & right), len(right), len(got))
                if half(place) == "look":
                    kinds = errors.setdefault((task, tool), empty())
                    kinds["missed"].update(right - got)
                    kinds["wrong"].update(got - right)
    return tallies, errors, unjudged


def tally_dates(score, work):
    """Tallies of dates by tool and half, by the scorer of the annotations."""
    tallies = {}
    for part in ("whole", "look", "check"):
        folder = fresh(work / f"gold-{part}")
        for place, path in enumerate(sorted((work / "gold").glob("*.json"))):
            if part in ("whole", half(place)):
                shutil.copy(path, folder)
        for tool, out in (("Demarche", "demarche"), ("JioNLP", "jionlp-dates")):
            tallies["dates", tool, part] = score.score(str(folder), str(work / out))["dates"]
    return tallies


def print_quality(rows):
    print("| task | tool | P | R | F1 | F1 look | F1 check | gold | found |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for task, tool in dict.fromkeys((task, tool) for task, tool, _ in rows):
        row = rows[task, tool, "whole"]
        figures = [row["p"], row["r"], row["f1"]]
        figures += [rows[task, tool, part]["f1"] for part in ("look", "check")]
        cells = [f"{figure:.3f}" for figure in figures] + [row["gold"], row["system"]]
        print(f"| {task} | {tool} | " + " | ".join(map(str, cells)) + " |")


def print_speed(work, program, gold, lac_seconds):
    """Megabytes a second, by CPU time on one core."""
    size = sum(path.stat().st_size for path in (work / "text").iterdir()) / 1e6
    passes = []
    for _ in range(5):
        once = read(program, gold, work / "text")
        many = read(program, gold, work / "many")
        passes.append(((many - once) / (COPIES - 1), once))
    took, once = min(passes)
    print("| tool | MB/s | Demarche is faster |\n| --- | --- | --- |")
    print(f"| Demarche, everything it reads | {size / took:.2f} | |")
    print(f"| the same, its start of {once - took:.2f} s counted | {size / once:.2f} | |")
    for way, seconds in lac_seconds.items():
        print(f"| LAC, {way} | {size / seconds:.3f} | {seconds / took:.0f} times |")


def main():
    step, gold, work, program = sys.argv[1], *map(Path, sys.argv[2:5])
    program = program.resolve()
    score = scorer(gold)
    if step == "prepare":
        prepare(gold, work, program)
        return
    lac = load(work / "lac.json")
    notes = {path.stem: load(path) for path in (work / "gold").glob("*.json")}
    with open(Path(__file__).parent / "cities.tsv", encoding="utf-8") as table:
        cities = {
            row["name"]: [score.norm(n) for n in row["zh"].split("|")]
            for row in csv.DictReader(table, delimiter="\t")
        }
    names = Names(score.norm, notes, cities)
    tallies, errors, unjudged = tally_names(names, score, work, lac["names"])
    rows = {key: tally.row() for key, tally in tallies.items()}
    print_quality(rows | tally_dates(score, work))
    print()
    print_speed(work, program, gold, lac["seconds"])
    left = ", ".join(f"{tool} {n}" for (task, tool), n in unjudged.items() if task == "places")
    print(f"\nPlaces found that the annotation does not judge: {left}.")
    if "--errors" in sys.argv:
        for (task, tool), kinds in errors.items():
            for kind, words in kinds.items():
                if words:
                    listed = sorted(words.items(), key=lambda item: (-item[1], item[0]))
                    print(f"{task}, {tool}, {kind}:", *(f"{w} {n}" for w, n in listed))


if __name__ == "__main__":
    main()
