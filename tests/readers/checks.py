"""Checks that are told one a line and counted."""

import subprocess
import traceback


class Checks:
    """What was checked, and the program that is checked."""

    def __init__(self, program, ledger, out):
        self.program, self.ledger, self.out = program, ledger, out
        self.passed = self.failed = 0
        self.lists = {}

    def check(self, what, holds, told=""):
        """One check: `holds` is true, or a function that raises or tells whether."""
        try:
            holds = holds() if callable(holds) else holds
        except Exception:
            holds, told = False, traceback.format_exc().strip()
        if holds:
            self.passed += 1
        else:
            self.failed += 1
        print(f"{'ok    ' if holds else 'FAILED'} {what}" + (f": {told}" if told and not holds else ""))
        return bool(holds)

    def same(self, what, found, wanted):
        """One check that two values are the same; the first difference is told."""
        told = ""
        if found != wanted:
            told = f"found {str(found)[:300]}, wanted {str(wanted)[:300]}"
            if isinstance(found, list) and isinstance(wanted, list):
                for at, (one, other) in enumerate(zip(found, wanted)):
                    if one != other:
                        told = f"at {at}: found {str(one)[:400]}, wanted {str(other)[:400]}"
                        break
                else:
                    told = f"found {len(found)} of them, wanted {len(wanted)}"
        return self.check(what, found == wanted, told)

    def demarche(self, *arguments):
        """The program's output; an error of it is an error here."""
        command = [self.program, *map(str, arguments)]
        run = subprocess.run(command, capture_output=True, check=False)
        if run.returncode != 0:
            raise RuntimeError(f"{' '.join(command)}: {run.stderr.decode()}")
        return run.stdout

    def export(self, *arguments):
        return self.demarche("export", *arguments, "--ledger", self.ledger)

    def refused(self, *arguments):
        """What the program says where it refuses; nothing where it does not."""
        command = [self.program, "export", *map(str, arguments), "--ledger", str(self.ledger)]
        run = subprocess.run(command, capture_output=True, check=False)
        return run.stderr.decode() if run.returncode == 1 else ""
