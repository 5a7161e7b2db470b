-- What open items and positions are told from, side by side: pieced together from the tables
-- of the readings they were read from pages all over a large ledger.
--
-- Like those of the second and third migrations, the tables hold what follows from the
-- readings that stand.

-- The acts that make open items. `id` is the move's own, `kind` promise, deadline, threat or
-- request, `targets` a JSON list; `matter` are the words without the names in them, `account`
-- is a JSON list of document, outlet, words, start, end, day of publication and rows of the
-- word lists.
CREATE TABLE noted (
    party      TEXT NOT NULL COLLATE NOCASE,
    on_day     TEXT NOT NULL,
    reading    INTEGER NOT NULL REFERENCES readings (key),
    number     INTEGER NOT NULL,
    id         TEXT NOT NULL,
    issue      TEXT NOT NULL COLLATE NOCASE,
    published  TEXT NOT NULL,
    kind       TEXT NOT NULL,
    targets    TEXT NOT NULL,
    confidence REAL NOT NULL,
    due        TEXT,
    condition  TEXT,
    matter     TEXT NOT NULL,
    account    TEXT NOT NULL,
    PRIMARY KEY (party, on_day, reading, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX noted_issue ON noted (issue, party, on_day);
CREATE INDEX noted_reading ON noted (reading);
DROP INDEX stances_open;
DROP INDEX stances_open_issue;
ALTER TABLE stances DROP COLUMN kind;

-- The move's own id, the entry that it belongs to, and whom its document has it from: those of
-- `move_joins` and `origins`, where a history can be read without them.
ALTER TABLE stances ADD COLUMN id TEXT NOT NULL DEFAULT '';
ALTER TABLE stances ADD COLUMN entry TEXT NOT NULL DEFAULT '';
ALTER TABLE stances ADD COLUMN origin TEXT NOT NULL DEFAULT '';
-- A ledger of the first form that was mended may lack who told first what stands alone.
INSERT OR IGNORE INTO origins
SELECT reading, reading, coalesce(origin, outlet, substr(document, 1, 12)) FROM current;
UPDATE stances SET (id, entry) = (SELECT j.id, j.entry FROM move_joins j
    WHERE j.reading = stances.reading AND j.number = stances.number),
  origin = (SELECT o.origin FROM origins o WHERE o.reading = stances.reading);

-- Meetings that are to come: what the account of each has, and an index of the plans.
ALTER TABLE meeting_joins ADD COLUMN status TEXT NOT NULL DEFAULT '';
UPDATE meeting_joins SET status = m.status FROM meetings m
  WHERE m.reading = meeting_joins.reading AND m.number = meeting_joins.number;
DROP INDEX meeting_joins_day;
CREATE INDEX meeting_joins_day ON meeting_joins (on_day, entry, status, key);
CREATE INDEX meeting_joins_plans ON meeting_joins (on_day, entry, reading, number)
  WHERE status = 'planned';

-- The accounts of `told`, a JSON list of such lists. What was told without them is stale.
ALTER TABLE steps ADD COLUMN accounts TEXT NOT NULL DEFAULT '[]';
INSERT OR IGNORE INTO stale SELECT DISTINCT party, issue FROM stances WHERE issue <> '';
