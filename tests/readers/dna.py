"""The Discourse Network Analyzer's file, read by SQLite with DNA's own definitions."""

import base64
import hashlib
import json
import sqlite3
from pathlib import Path

HERE = Path(__file__).resolve().parent
# A file that DNA itself has made, where one lies beside the repository.
SAMPLE = HERE.parents[2] / "shared" / "interop" / "sample.dna"

# What DNA makes of a new file beside its tables: types of statements, their variables.
TYPES = [(1, "DNA Statement", 239, 208, 51), (2, "NPF Story Element", 100, 200, 190),
         (3, "Annotation", 211, 211, 211)]
VARIABLES = [
    (1, "person", "short text", 1), (2, "organization", "short text", 1),
    (3, "concept", "short text", 1), (4, "agreement", "boolean", 1),
    (5, "narrator", "short text", 2), (6, "victim", "short text", 2),
    (7, "villain", "short text", 2), (8, "plot", "short text", 2),
    (9, "hero", "short text", 2), (10, "policy solution", "short text", 2),
    (11, "note", "long text", 3)]
FOR = {"AGREE", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST"}


def run(checks):
    path = checks.out / "talks.dna"
    checks.export("dna", "--out", path)
    file = sqlite3.connect(path)
    own = sqlite3.connect(":memory:")
    own.executescript((HERE / "dna.sql").read_text(encoding="utf-8"))
    checks.same("dna: the tables are DNA's to the letter", schema(file), schema(own))
    for table, rows in (("STATEMENTTYPES", TYPES), ("VARIABLES", VARIABLES)):
        checks.same(f"dna: {table} are DNA's", every(file, table), rows)
    if SAMPLE.exists():
        sample = sqlite3.connect(f"file:{SAMPLE}?mode=ro&immutable=1", uri=True)
        checks.same("dna: the tables are those of DNA's sample", schema(file), schema(sample))
        for table in ("SETTINGS", "STATEMENTTYPES", "VARIABLES", "ATTRIBUTEVARIABLES"):
            checks.same(f"dna: {table} are those of DNA's sample",
                        every(file, table), every(sample, table))
    whole(checks, file)
    texts(checks, file)
    coded(checks, file)
    again = checks.out / "again.dna"
    checks.export("dna", "--out", again)
    checks.same("dna: twice the same bytes", again.read_bytes(), path.read_bytes())
    checks.check("dna: without a file it is refused", "--out" in checks.refused("dna"))


def schema(file):
    return file.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()


def every(file, table):
    return file.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()


def whole(checks, file):
    checks.same("dna: the file is whole",
                file.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
    checks.same("dna: no reference hangs in the air",
                file.execute("PRAGMA foreign_key_check").fetchall(), [])
    coders = dict(file.execute("SELECT Name, Password FROM CODERS"))
    checks.check("dna: the password of both coders is demarche",
                 sorted(coders) == ["Admin", "Demarche"]
                 and all(opens(kept, "demarche") for kept in coders.values())
                 and not opens(coders["Admin"], "another"))
    # DNA looks the relations of two coders up without asking whether there are any.
    checks.same("dna: every coder sees the other's work",
                file.execute("SELECT Coder, OtherCoder, viewStatements FROM CODERRELATIONS "
                             "ORDER BY 1").fetchall(), [(1, 2, 1), (2, 1, 1)])
    missing = """SELECT count(*) FROM ENTITIES e JOIN ATTRIBUTEVARIABLES a USING (VariableId)
                 LEFT JOIN ATTRIBUTEVALUES v
                   ON v.EntityId = e.ID AND v.AttributeVariableId = a.ID
                 WHERE v.ID IS NULL"""
    checks.same("dna: every value has its attributes", file.execute(missing).fetchone()[0], 0)
    incomplete = """SELECT count(*) FROM STATEMENTS s JOIN VARIABLES v USING (StatementTypeId)
        LEFT JOIN (SELECT StatementId, VariableId FROM DATASHORTTEXT
                   UNION ALL SELECT StatementId, VariableId FROM DATALONGTEXT
                   UNION ALL SELECT StatementId, VariableId FROM DATABOOLEAN) d
          ON d.StatementId = s.ID AND d.VariableId = v.ID
        WHERE d.StatementId IS NULL"""
    checks.same("dna: every statement has all its variables",
                file.execute(incomplete).fetchone()[0], 0)


def opens(kept, password):
    """Whether DNA takes a password: a salt of 16 bytes, SHA-256 a hundred thousand times."""
    kept = base64.b64decode(kept)
    digest = hashlib.sha256(kept[:16] + password.encode()).digest()
    for _ in range(99_999):
        digest = hashlib.sha256(digest).digest()
    return digest == kept[16:]


def texts(checks, file):
    wanted = {row["id"]: row for row in checks.lists["documents"]}
    found = {notes.split("\n")[0]: (title, source)
             for title, source, notes in file.execute("SELECT Title, Source, Notes FROM DOCUMENTS")}
    checks.same("dna: every document with title and outlet", found,
                {one: (row["title"], row["outlet"] or "") for one, row in wanted.items()})


def coded(checks, file):
    """Every account of a move, where Java counts it, with what it was coded as."""
    statements = """SELECT d.Notes, d.Text, s.Start, s.Stop, p.Value, o.Value, c.Value, b.Value
        FROM STATEMENTS s JOIN DOCUMENTS d ON d.ID = s.DocumentId
        JOIN DATASHORTTEXT x ON x.StatementId = s.ID AND x.VariableId = 1
        JOIN ENTITIES p ON p.ID = x.Entity AND p.VariableId = 1
        JOIN DATASHORTTEXT y ON y.StatementId = s.ID AND y.VariableId = 2
        JOIN ENTITIES o ON o.ID = y.Entity AND o.VariableId = 2
        JOIN DATASHORTTEXT z ON z.StatementId = s.ID AND z.VariableId = 3
        JOIN ENTITIES c ON c.ID = z.Entity AND c.VariableId = 3
        JOIN DATABOOLEAN b ON b.StatementId = s.ID AND b.VariableId = 4
        WHERE s.StatementTypeId = 1"""
    people = {row["name"] for row in checks.lists["actors"] if row["type"] == "person"}
    codes = dict(file.execute(
        "SELECT e.Value, a.AttributeValue FROM ENTITIES e JOIN ATTRIBUTEVALUES a "
        "ON a.EntityId = e.ID AND a.AttributeVariableId IN (5, 6)"))
    found = sorted(
        (notes.split("\n")[0], java(text, start, stop), person, codes[party], codes[concept],
         bool(agreement))
        for notes, text, start, stop, person, party, concept, agreement in file.execute(statements)
    )
    sided = [row for row in checks.lists["moves"]
             if row["issue"] and row["modality"] != "negated"]
    wanted = sorted(
        (account["document"], account["evidence"], row["by"] if row["by"] in people else "",
         actor, row["issue"], row["act"] in FOR)
        for row in sided for actor in row["actor"].split(";") for account in row["accounts"]
    )
    checks.same("dna: every act on an issue is a statement over its words", found, wanted)
    checks.check("dna: some stand behind a character of two UTF-16 units", any(
        "😀" in text.encode("utf-16-le")[: 2 * start].decode("utf-16-le")
        for text, start in file.execute("SELECT d.Text, s.Start FROM STATEMENTS s "
                                        "JOIN DOCUMENTS d ON d.ID = s.DocumentId")))
    checks.check("dna: both sides are there", {True, False} == {row[5] for row in found})
    notes = """SELECT d.Notes, d.Text, s.Start, s.Stop, l.Value FROM STATEMENTS s
        JOIN DOCUMENTS d ON d.ID = s.DocumentId
        JOIN DATALONGTEXT l ON l.StatementId = s.ID AND l.VariableId = 11
        WHERE s.StatementTypeId = 3"""
    found = sorted((about.split("\n")[0], java(text, start, stop))
                   for about, text, start, stop, note in file.execute(notes) if note)
    kept = {json.dumps(row) for row in sided}
    wanted = sorted((account["document"], account["evidence"])
                    for row in checks.lists["moves"] if json.dumps(row) not in kept
                    for account in row["accounts"])
    checks.same("dna: every other act is an annotation over its words", found, wanted)


def java(text, start, stop):
    """The part of a text that Java's substring gives."""
    return text.encode("utf-16-le")[2 * start:2 * stop].decode("utf-16-le")
