"""CSV, JSON Lines and Parquet, read by csv, json, DuckDB and pandas."""

import csv
import json

import duckdb
import pandas

# The list commands, by list.
COMMANDS = {
    "documents": "documents",
    "actors": "who",
    "statements": "statements",
    "moves": "moves",
    "meetings": "meetings",
    "positions": "positions",
    "open": "open",
    "disputes": "disputes",
    "sources": "sources",
}


def wanted(checks):
    """The rows of every list, as the list commands print them."""
    lists = {
        name: json.loads(checks.demarche(command, "--format", "json", "--ledger", checks.ledger))
        for name, command in COMMANDS.items()
    }
    lists["accounts"] = [
        {
            "kind": kind,
            "entry": row["id"],
            "document": account["document"],
            "outlet": account["outlet"],
            "published": account["published"],
            "origin": account["origin"],
            "span_start": account["span"][0],
            "span_end": account["span"][1],
            "evidence": account["evidence"],
        }
        for kind in ("statement", "move", "meeting")
        for row in lists[kind + "s"]
        for account in row["accounts"]
    ]
    return lists


def plain(rows, like):
    """Rows as they are in JSON: what a column holds as JSON text is read where the list
    command has an array or an object there; the rules of accounts are not compared."""
    result = []
    for row, model in zip(rows, like):
        told = {}
        for key, value in row.items():
            if key == "rules":
                continue
            if hasattr(value, "tolist"):
                value = value.tolist()
            if isinstance(value, float) and value != value:
                value = None
            deep = isinstance(model.get(key), (list, dict))
            if isinstance(value, str) and deep:
                value = json.loads(value)
            told[key] = value
        result.append(told)
    return result


def run(checks):
    checks.lists = lists = wanted(checks)
    for form in ("csv", "jsonl", "parquet"):
        checks.export(form, "--out", checks.out / form)
        files = sorted(path.name for path in (checks.out / form).iterdir())
        checks.same(f"{form}: a file for every list and nothing beside", files,
                    sorted(f"{name}.{form}" for name in lists))
    for name, rows in lists.items():
        checks.check(f"{name}: the sample has some", len(rows) > 0)
        keys = list(rows[0]) + (["rules"] if name == "accounts" else [])
        from_jsonl(checks, name, rows)
        from_csv(checks, name, rows, keys)
        from_duckdb(checks, name, rows, keys)
        from_pandas(checks, name, rows, keys)
    questions(checks)
    single(checks)


def from_jsonl(checks, name, rows):
    with open(checks.out / "jsonl" / f"{name}.jsonl", encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines]
    if name == "accounts":
        checks.check("jsonl accounts: rules are named",
                     any(rule.startswith("zh/") for row in found for rule in row["rules"]))
        found = plain(found, rows)
    checks.same(f"jsonl {name}: the rows of the list command", found, rows)


def from_csv(checks, name, rows, keys):
    with open(checks.out / "csv" / f"{name}.csv", encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        found = list(reader)
    checks.same(f"csv {name}: the columns of the list command", reader.fieldnames, keys)

    def typed(row, model):
        told = {}
        for key in model:
            value = row[key]
            if model[key] is None:
                value = None if value == "" else value
            elif not isinstance(model[key], str):
                value = json.loads(value)
            told[key] = value
        return told

    found = [typed(row, model) for row, model in zip(found, rows, strict=True)]
    checks.same(f"csv {name}: the rows of the list command", found, rows)


def from_duckdb(checks, name, rows, keys):
    path = checks.out / "parquet" / f"{name}.parquet"
    found = duckdb.sql(f"SELECT * FROM '{path}'")
    checks.same(f"DuckDB {name}: the columns of the list command", found.columns, keys)
    told = [dict(zip(found.columns, row)) for row in found.fetchall()]
    checks.same(f"DuckDB {name}: as many rows", len(told), len(rows))
    checks.same(f"DuckDB {name}: the rows of the list command", plain(told, rows), rows)


def from_pandas(checks, name, rows, keys):
    frame = pandas.read_parquet(checks.out / "parquet" / f"{name}.parquet")
    checks.same(f"pandas {name}: rows and columns", (len(frame), list(frame.columns)),
                (len(rows), keys))
    told = frame.astype(object).where(frame.notna(), None).to_dict("records")
    checks.same(f"pandas {name}: the rows of the list command", plain(told, rows), rows)


def questions(checks):
    """What people ask of such files, in SQL and in pandas."""
    moves = checks.out / "parquet" / "moves.parquet"
    asked = duckdb.sql(
        f"SELECT t.target, count(*) FROM '{moves}', UNNEST(target) AS t(target) "
        "GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    told = {}
    for row in checks.lists["moves"]:
        for target in row["target"]:
            told[target] = told.get(target, 0) + 1
    checks.same("DuckDB: lists are unnested", asked, sorted(told.items()))
    types = dict(duckdb.sql(f"SELECT column_name, column_type FROM (DESCRIBE FROM '{moves}')")
                 .fetchall())
    wanted_types = {"target": "VARCHAR[]", "confidence": "DOUBLE", "origins": "BIGINT",
                    "conditional": "BOOLEAN", "accounts": "VARCHAR", "due": "VARCHAR"}
    checks.same("DuckDB: columns have their types",
                {key: types[key] for key in wanted_types}, wanted_types)
    frame = pandas.read_parquet(moves)
    by_act = frame.groupby("act")["confidence"].mean().round(6).to_dict()
    means = {}
    for row in checks.lists["moves"]:
        means.setdefault(row["act"], []).append(row["confidence"])
    checks.same("pandas: numbers are numbers", by_act,
                {act: round(sum(all_) / len(all_), 6) for act, all_ in sorted(means.items())})


def single(checks):
    for form in ("csv", "jsonl", "parquet"):
        whole = (checks.out / form / f"moves.{form}").read_bytes()
        checks.same(f"{form}: one list on standard output is the file of the folder",
                    checks.export(form, "--what", "moves"), whole)
        checks.export(form, "--what", "moves", "--out", checks.out / f"one.{form}")
        checks.same(f"{form}: one list in a file likewise",
                    (checks.out / f"one.{form}").read_bytes(), whole)
    few = json.loads(checks.demarche("moves", "--party", "USA", "--format", "json",
                                     "--ledger", checks.ledger))
    lines = checks.export("jsonl", "--what", "moves", "--party", "USA").decode().splitlines()
    checks.same("jsonl: a filter is the list command's", [json.loads(one) for one in lines], few)
    checks.check("a list that there is not is refused with the lists that there are",
                 "statements" in checks.refused("csv", "--what", "movements"))
    checks.check("lists without a folder are refused", "--out" in checks.refused("parquet"))
    missing = checks.out / "no" / "such" / "moves.csv"
    checks.check("a file in no folder is refused",
                 str(missing) in checks.refused("csv", "--what", "moves", "--out", missing))
    checks.check("a full disk is told",
                 checks.refused("csv", "--what", "moves", "--out", "/dev/full") != "")
