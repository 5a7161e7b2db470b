"""GraphML, read by networkx."""

from itertools import combinations

import networkx


def read(checks, name, *filters):
    path = checks.out / f"{name}.graphml"
    checks.export("graphml", "--what", name, "--out", path, *filters)
    return networkx.read_graphml(path, force_multigraph=True)


def run(checks):
    moves(checks)
    meetings(checks)
    speakers(checks)
    plain = networkx.parse_graphml(checks.export("graphml").decode())
    checks.check("graphml: moves are what is written where nothing is said", plain.is_directed())
    checks.check("graphml: a network that there is not is refused",
                 "speakers" in checks.refused("graphml", "--what", "friends"))


def moves(checks):
    graph = read(checks, "moves")
    checks.check("networkx moves: directed", graph.is_directed())
    rows = checks.lists["moves"]
    wanted = sorted(
        (f"party:{actor}", f"party:{target}", row["id"], row["act"], row["issue"] or "",
         row["origins"], row["conditional"], row["confidence"])
        for row in rows for actor in row["actor"].split(";") if actor for target in row["target"]
    )
    found = sorted(
        (one, other, told["move"], told["act"], told.get("issue", ""), told["origins"],
         told["conditional"], told["confidence"])
        for one, other, told in graph.edges(data=True)
    )
    checks.same("networkx moves: an edge for every actor and target of a move", found, wanted)
    checks.check("networkx moves: the sample has many", len(found) > 10)
    tones = {told["tone"] for *_, told in graph.edges(data=True)}
    checks.check("networkx moves: acts have a tone",
                 tones and tones <= {"asking", "conflict", "cooperation"}, tones)
    parties = {actor for row in rows for actor in row["actor"].split(";") if actor}
    parties |= {target for row in rows for target in row["target"]}
    checks.same("networkx moves: nodes are parties",
                sorted(told["party"] for _, told in graph.nodes(data=True)), sorted(parties))
    labels = {told["party"]: told["label"] for _, told in graph.nodes(data=True)}
    checks.same("networkx moves: parties have names", labels.get("USA"), "United States")
    evidence = {row["accounts"][0]["evidence"] for row in rows}
    checks.check("networkx moves: evidence is as it was",
                 all(told["evidence"] in evidence for *_, told in graph.edges(data=True)))


def meetings(checks):
    graph = read(checks, "meetings")
    checks.check("networkx meetings: undirected", not graph.is_directed())
    wanted = sorted(
        (*pair, row["id"], row["status"])
        for row in checks.lists["meetings"]
        for pair in combinations(sorted({f"party:{one}" for one in row["parties"]}), 2)
    )
    found = sorted(
        (*sorted((one, other)), told["meeting"], told["status"])
        for one, other, told in graph.edges(data=True) if told["between"] == "parties"
    )
    checks.same("networkx meetings: an edge for every pair of parties", found, wanted)
    wanted = sorted(
        (*pair, row["id"])
        for row in checks.lists["meetings"]
        for pair in combinations(sorted(set(row["participants"])), 2)
    )
    label = {node: told["label"] for node, told in graph.nodes(data=True)}
    found = sorted(
        (*sorted((label[one], label[other])), told["meeting"])
        for one, other, told in graph.edges(data=True) if told["between"] == "people"
    )
    checks.same("networkx meetings: an edge for every pair of people", found, wanted)
    checks.check("networkx meetings: the sample has both", len(wanted) > 0)


def speakers(checks):
    graph = read(checks, "speakers")
    label = {node: told["label"] for node, told in graph.nodes(data=True)}
    wanted = sorted(
        (row["by"], target, row["id"])
        for row in checks.lists["moves"] if row["by"] for target in row["target"]
    )
    found = sorted(
        (label[one], graph.nodes[other]["party"], told["move"])
        for one, other, told in graph.edges(data=True)
    )
    checks.same("networkx speakers: an edge for everybody through whom a party acts", found, wanted)
    checks.check("networkx speakers: people have a party",
                 any(told.get("kind") == "person" and told.get("party")
                     for _, told in graph.nodes(data=True)))
