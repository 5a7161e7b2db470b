-- What lists need at hand to be quick in a large ledger.
--
-- Like the tables of the second migration, those below hold what follows from the readings
-- that stand; they are made again from them when the readings change.

-- Who takes part, as lists are asked for: by party, in any case of its letters.
CREATE INDEX move_parties_party ON move_parties (party COLLATE NOCASE, role);
CREATE INDEX meeting_parties_party ON meeting_parties (party COLLATE NOCASE);
CREATE INDEX entities_party ON entities (party COLLATE NOCASE) WHERE party IS NOT NULL;
CREATE INDEX moves_issue ON moves (issue COLLATE NOCASE) WHERE issue IS NOT NULL;

-- Documents in the order of lists; by who published them, whom they have it from, where
-- they lie.
CREATE INDEX articles_order ON articles (published_on IS NULL, published_on);
CREATE INDEX articles_newest ON articles (published_on DESC);
CREATE INDEX articles_outlet ON articles (outlet COLLATE NOCASE);
CREATE INDEX origins_of ON origins (origin COLLATE NOCASE);
CREATE INDEX captures_path ON captures (path);

-- What documents of the last days tell; entries and days of what is looked up, so that the
-- words that are compared need not be read past.
CREATE INDEX statement_joins_told ON statement_joins (told);
CREATE INDEX move_joins_told ON move_joins (told, on_day, entry, id);
CREATE INDEX meeting_joins_told ON meeting_joins (told);
DROP INDEX statement_joins_reading;
CREATE INDEX statement_joins_reading ON statement_joins (reading, number, on_day, entry);
DROP INDEX move_joins_reading;
CREATE INDEX move_joins_reading ON move_joins (reading, number, on_day, entry);
DROP INDEX meeting_joins_key;
CREATE INDEX meeting_joins_key ON meeting_joins (key, month, on_day, entry);

-- Where each party stands on each issue: `stands` is the number of the step that says it.
CREATE TABLE standings (
    party  TEXT NOT NULL COLLATE NOCASE,
    issue  TEXT NOT NULL COLLATE NOCASE,
    stands INTEGER NOT NULL,
    PRIMARY KEY (party, issue)
) STRICT, WITHOUT ROWID;

-- The steps by which it came there, oldest first: `targets` is a JSON list of parties,
-- `origins` how many independent ones tell the step, `told` a JSON list of the surest
-- accounts, each [reading, number of the move, entry]; `compared` is the number of the
-- step that it is compared with.
CREATE TABLE steps (
    party          TEXT NOT NULL COLLATE NOCASE,
    issue          TEXT NOT NULL COLLATE NOCASE,
    number         INTEGER NOT NULL,
    date           TEXT NOT NULL,
    act            TEXT NOT NULL,
    is_conditional INTEGER NOT NULL,
    change         TEXT NOT NULL,
    since          TEXT NOT NULL,
    targets        TEXT NOT NULL,
    origins        INTEGER NOT NULL,
    told           TEXT NOT NULL,
    compared       INTEGER,
    PRIMARY KEY (party, issue, number)
) STRICT, WITHOUT ROWID;

-- The sides and issues whose steps are to be made again; until then they are made when
-- they are asked for.
CREATE TABLE stale (
    party TEXT NOT NULL COLLATE NOCASE,
    issue TEXT NOT NULL COLLATE NOCASE,
    PRIMARY KEY (party, issue)
) STRICT, WITHOUT ROWID;
INSERT INTO stale SELECT DISTINCT party, issue FROM stances WHERE issue <> '';

-- What the words of an act tell as done, of the things that can be promised.
CREATE TABLE deeds_done (
    party   TEXT NOT NULL COLLATE NOCASE,
    deed    TEXT NOT NULL,
    on_day  TEXT NOT NULL,
    reading INTEGER NOT NULL REFERENCES readings (key),
    number  INTEGER NOT NULL,
    PRIMARY KEY (party, deed, on_day, reading, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX deeds_done_reading ON deeds_done (reading);
CREATE INDEX stances_open_issue ON stances (issue, on_day) WHERE kind <> '';

-- How many moves there are of each act in a month, by whose act it is and on which issue;
-- the rows with an empty party or issue count those of all. A move is counted where the
-- account of it that was published first has it; `told` is the month of that publication,
-- `~` where it is unknown.
CREATE TABLE move_counts (
    party TEXT NOT NULL COLLATE NOCASE,
    issue TEXT NOT NULL COLLATE NOCASE,
    told  TEXT NOT NULL,
    month TEXT NOT NULL,
    act   TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (party, issue, told, month, act)
) STRICT, WITHOUT ROWID;
INSERT INTO move_counts
SELECT p.party, i.issue, substr(j.told, 1, 7), substr(j.on_day, 1, 7), m.act, count(*)
FROM move_joins j
JOIN moves m ON m.reading = j.reading AND m.number = j.number
JOIN (SELECT DISTINCT reading, move, party FROM move_parties WHERE role = 'actor'
      UNION ALL SELECT reading, number, '' FROM moves) p
  ON p.reading = j.reading AND p.move = j.number
JOIN (SELECT reading, number, issue FROM moves WHERE issue IS NOT NULL
      UNION ALL SELECT reading, number, '' FROM moves) i
  ON i.reading = j.reading AND i.number = j.number
WHERE j.id = j.entry AND j.on_day <> '~' GROUP BY 1, 2, 3, 4, 5;

-- The same of meetings by their status, and the months that are to be counted again.
CREATE TABLE meeting_counts (
    month  TEXT NOT NULL,
    party  TEXT NOT NULL COLLATE NOCASE,
    issue  TEXT NOT NULL COLLATE NOCASE,
    status TEXT NOT NULL,
    count  INTEGER NOT NULL,
    PRIMARY KEY (month, party, issue, status)
) STRICT, WITHOUT ROWID;
CREATE INDEX meeting_counts_party ON meeting_counts (party, issue, month, status, count);
CREATE TABLE stale_months (
    month TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
INSERT INTO stale_months
SELECT DISTINCT substr(on_day, 1, 7) FROM meeting_joins WHERE on_day <> '~';

-- Readings of an older form, whose names are not among `forms` until they are read again.
CREATE TABLE unkeyed (
    reading INTEGER PRIMARY KEY REFERENCES readings (key)
) STRICT;
INSERT INTO unkeyed
SELECT reading FROM current WHERE reading NOT IN (SELECT reading FROM sketches);
