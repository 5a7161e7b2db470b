#!/usr/bin/env python3
"""Finds kin among the documents of a set with datasketch: MinHash and locality hashing.

    datasketch_pairs.py SET [--ours SECONDS]

Reads SET/bodies.jsonl, which `reprints run` writes: the letters of the bodies as Demarche's
reader and fold give them, so that both compare the same text, and cutting the letters out
is not counted. Shingles are eight letters long, as ours are; 128 permutations, datasketch's
own default; hashing by zlib's crc32, which is several times faster than its default SHA-1.

Three ways, each with its best threshold of those tried, chosen on this very set (which
favours datasketch): MinHashLSH with the candidates' estimated Jaccard similarity; the same
with containment computed from it and the sets' sizes; MinHashLSHEnsemble, which is made
for containment. Direction is by date, undated documents last, then by size: datasketch
itself has none. Time is the processor's, of one thread.
"""
import json
import sys
import time
import zlib
from pathlib import Path

from datasketch import MinHash, MinHashLSH, MinHashLSHEnsemble

SHINGLE = 8
PERMUTATIONS = 128


def load(folder):
    rows = [json.loads(line) for line in open(folder / "bodies.jsonl", encoding="utf-8")]
    truth = {}
    for line in open(folder / "truth.tsv", encoding="utf-8").read().splitlines()[1:]:
        child, parent, kind = line.split("\t")
        truth[frozenset((child, parent))] = (child, kind)
    # Bodies without words would all be alike.
    rows = [row for row in rows if len(row["letters"]) >= SHINGLE]
    return rows, truth


def sketch(rows):
    """MinHashes of all bodies, and the sizes of their sets of shingles."""
    sets = []
    for row in rows:
        letters = row["letters"]
        count = len(letters) - SHINGLE + 1
        sets.append({letters[at : at + SHINGLE].encode() for at in range(count)})
    # `bulk` draws the permutations once, as datasketch advises.
    hashes = MinHash.bulk(map(list, sets), num_perm=PERMUTATIONS, hashfunc=zlib.crc32)
    sizes = [len(shingles) for shingles in sets]
    return hashes, sizes


def lsh(hashes, threshold):
    """Pairs that share a bucket, with their estimated similarity."""
    index = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS)
    with index.insertion_session() as session:
        for at, minhash in enumerate(hashes):
            session.insert(at, minhash, check_duplication=False)
    pairs = {}
    for at, minhash in enumerate(hashes):
        for other in index.query(minhash):
            if other > at:
                pairs[at, other] = minhash.jaccard(hashes[other])
    return pairs


def ensemble(hashes, sizes, threshold):
    """The same by containment of the one in the other."""
    index = MinHashLSHEnsemble(threshold=threshold, num_perm=PERMUTATIONS, num_part=16)
    index.index((at, minhash, sizes[at]) for at, minhash in enumerate(hashes))
    pairs = {}
    for at, minhash in enumerate(hashes):
        for other in index.query(minhash, sizes[at]):
            if other != at:
                pair = (min(at, other), max(at, other))
                if pair not in pairs:
                    pairs[pair] = minhash.jaccard(hashes[other])
    return pairs


def containment(pair, similarity, sizes):
    """The larger share of one set that is in the other."""
    one, other = (sizes[at] for at in pair)
    return min(1.0, similarity * (one + other) / (1 + similarity) / min(one, other))


def is_later(one, other):
    """Whether the first of two is the later by date, then by size."""
    key = lambda row: (row["published"] is None, row["published"] or "", -len(row["letters"]))
    return key(one) > key(other)


def figures(pairs, rows, truth):
    right = turned = 0
    by_kind = {}
    for one, other in pairs:
        names = frozenset((rows[one]["name"], rows[other]["name"]))
        if names not in truth:
            continue
        child, kind = truth[names]
        later = rows[one] if is_later(rows[one], rows[other]) else rows[other]
        right, turned = right + (later["name"] == child), turned + (later["name"] != child)
        by_kind[kind] = by_kind.get(kind, 0) + 1
    hit = right + turned
    return {
        "precision": hit / max(len(pairs), 1),
        "recall": hit / len(truth),
        "direction": right / max(hit, 1),
        "kinds": by_kind,
    }


def best(found, score, rows, truth):
    """The cut of `score` with the best F1 on this set."""
    best = None
    for cut in [step / 50 for step in range(1, 50)]:
        kept = [pair for pair, similarity in found.items() if score(pair, similarity) >= cut]
        f = figures(kept, rows, truth)
        f1 = 2 * f["precision"] * f["recall"] / max(f["precision"] + f["recall"], 1e-9)
        if best is None or f1 > best[0]:
            best = (f1, cut, f)
    return best


def main():
    folder = Path(sys.argv[1])
    ours = float(sys.argv[3]) if sys.argv[2:3] == ["--ours"] else None
    rows, truth = load(folder)
    start = time.process_time()
    hashes, sizes = sketch(rows)
    sketched = time.process_time() - start
    ways = []
    for threshold in (0.05, 0.1, 0.2):
        ways.append((f"LSH {threshold}", lambda t=threshold: lsh(hashes, t)))
    for threshold in (0.3,):
        ways.append((f"Ensemble {threshold}", lambda t=threshold: ensemble(hashes, sizes, t)))
    similar = lambda pair, similarity: similarity
    contained = lambda pair, similarity: containment(pair, similarity, sizes)
    results = []
    for name, find in ways:
        start = time.process_time()
        found = find()
        # The score of every pair is part of the work, choosing the cut is not.
        for pair, similarity in found.items():
            contained(pair, similarity)
        took = sketched + time.process_time() - start
        for score_name, score in (("Jaccard", similar), ("containment", contained)):
            f1, cut, f = best(found, score, rows, truth)
            results.append((f1, f"{name}, {score_name} from {cut:.2f}", f, took, len(found)))
    results.sort(key=lambda result: -result[0])
    print("datasketch\tprecision\trecall\tdirection\tseconds\ttimes ours\tpairs compared")
    for f1, name, f, took, compared in results:
        times = f"{took / ours:.1f}" if ours else "-"
        print(
            f"{name}\t{f['precision']:.4f}\t{f['recall']:.4f}\t{f['direction']:.4f}"
            f"\t{took:.2f}\t{times}\t{compared}"
        )
    kinds = {}
    for child, kind in truth.values():
        kinds[kind] = kinds.get(kind, 0) + 1
    of_best = results[0][2]["kinds"]
    for kind in sorted(kinds):
        print(f"best, {kind}\trecall {of_best.get(kind, 0) / kinds[kind]:.4f}")
    print(f"sketching alone\t{sketched:.2f} s")


if __name__ == "__main__":
    main()
