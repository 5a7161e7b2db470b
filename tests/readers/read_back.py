"""Exports a ledger of the sample and one more document in every form and reads each with its real reader.

    python read_back.py PROGRAM OUT

Called by `run`, which has the readers installed. A kind of export is a module beside this
one with a function `run(checks)`; another kind is another module in KINDS.
"""

import sys
from pathlib import Path

import calendars
import dna
import networks
import tables
from checks import Checks

# `tables` comes first: the others compare with the lists that it asks for. What is read
# back of `demarche brief --format pdf|docx` is to stand here as a module `papers`.
KINDS = [tables, networks, calendars, dna]


def main():
    program, out = sys.argv[1], Path(sys.argv[2]).resolve()
    sample = Path(__file__).resolve().parents[2] / "examples" / "geneva"
    checks = Checks(program, out / "sample.db", out)
    checks.demarche("add", sample, "--ledger", checks.ledger)
    # Deadlines, and what must be escaped, counted or quoted: the sample has neither.
    odd = Path(__file__).with_name("deadlines.txt")
    checks.demarche("add", odd, "--published", "2031-01-14", "--ledger", checks.ledger)
    for kind in KINDS:
        checks.check(f"{kind.__name__}: all its checks were made", lambda: kind.run(checks) or True)
    print(f"{checks.passed} passed, {checks.failed} failed")
    sys.exit(bool(checks.failed))


if __name__ == "__main__":
    main()
