-- What documents tell together.
--
-- The tables of the first migration hold what each document says and never change. Those
-- below hold what follows from all of them: which document derives from which, which name
-- forms are one actor, which accounts are one meeting, one statement, one move. They are a
-- function of the readings that stand, the same in whatever order these came, and are
-- brought up to date in the transaction that appends a reading; so their rows may be
-- replaced, and `demarche verify` makes them again and compares.
--
-- One entry has many accounts, which share `entry`:
--
--   SELECT j.entry, count(DISTINCT o.origin) AS origins
--   FROM meeting_joins j JOIN origins o USING (reading) GROUP BY j.entry;

-- What is compared of a document's text, made when its reading was appended; `marks` is
-- a list of 32-bit numbers, hashes of sampled runs of letters in text order. `most` is the
-- greatest number of documents that one of its tokens in `marks` stands in, `stock` those
-- of them that stand in every piece of a series and tell nothing.
CREATE TABLE sketches (
    reading INTEGER PRIMARY KEY REFERENCES readings (key),
    marks   BLOB NOT NULL,
    most    INTEGER NOT NULL,
    stock   BLOB NOT NULL
) STRICT;

-- A few of those marks, to find documents that share some.
CREATE TABLE marks (
    token   INTEGER NOT NULL,
    reading INTEGER NOT NULL REFERENCES readings (key),
    PRIMARY KEY (token, reading)
) STRICT, WITHOUT ROWID;

-- The address under which a document is published (`is_own`) and those that it says it
-- renders, each in the form in which two addresses of one page are equal.
CREATE TABLE addresses (
    address TEXT NOT NULL,
    reading INTEGER NOT NULL REFERENCES readings (key),
    is_own  INTEGER NOT NULL,
    PRIMARY KEY (address, reading)
) STRICT, WITHOUT ROWID;
CREATE INDEX addresses_reading ON addresses (reading);

-- From which documents a document derives; `kind` is reprint, translation, digest or
-- cites, `rank` 0 the one that most of it comes from, `why` what tells which was first.
-- Where documents would derive from each other in a ring, its least sure link does not
-- stand.
CREATE TABLE derivations (
    reading    INTEGER NOT NULL,
    parent     INTEGER NOT NULL,
    rank       INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    confidence REAL NOT NULL,
    why        TEXT NOT NULL,
    stands     INTEGER NOT NULL,
    PRIMARY KEY (reading, parent)
) STRICT, WITHOUT ROWID;
CREATE INDEX derivations_parent ON derivations (parent);

-- Who told a document's content first: `root` is the reading at the end of its line of
-- derivation, `origin` the outlet that this one has it from, else its own outlet, else
-- the first digits of its id.
CREATE TABLE origins (
    reading INTEGER PRIMARY KEY,
    root    INTEGER NOT NULL,
    origin  TEXT NOT NULL
) STRICT;
CREATE INDEX origins_origin ON origins (origin);

-- Every form of a name that some reading gives an entity that is no place: `actor`,
-- `name`, `type`, `party` and `known` are those of `entities`, `folded` the name in one
-- script, `sound` how it sounds, `block` a key that all forms of one actor share,
-- `documents` how many standing readings have it, `private` in how many of these the
-- bearer speaks for nobody.
CREATE TABLE forms (
    actor      TEXT PRIMARY KEY,
    block      TEXT NOT NULL,
    folded     TEXT NOT NULL,
    sound      TEXT NOT NULL,
    name       TEXT NOT NULL,
    type       TEXT NOT NULL,
    party      TEXT,
    known      TEXT,
    private    INTEGER NOT NULL,
    documents  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX forms_block ON forms (block);

-- The offices (`kind` role) and the strings (`kind` surface) that readings give a form,
-- these also in one script, and how many readings do.
CREATE TABLE form_words (
    actor     TEXT NOT NULL,
    kind      TEXT NOT NULL,
    text      TEXT NOT NULL,
    folded    TEXT NOT NULL,
    documents INTEGER NOT NULL,
    PRIMARY KEY (actor, kind, text, folded)
) STRICT, WITHOUT ROWID;

-- Who is one actor: `identity` is what lists give as an actor's id, `why` what made the
-- form one with the identity's head, empty for the head.
CREATE TABLE identities (
    actor    TEXT PRIMARY KEY,
    identity TEXT NOT NULL,
    why      TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX identities_identity ON identities (identity);

-- Which accounts tell of one entry; those that are compared lie side by side. `key` and `day` say with which others an account is
-- compared: `key` who speaks or acts and how, the parties of a meeting; `day` the day that
-- is meant, empty where none is known. `told` orders accounts: the day of publication,
-- `~` where it is unknown. `pairs` are hashes of the account's neighbouring letters, `what`
-- is that by which accounts of one day are one in any words, empty for none. `id` is the
-- account's own, `entry` that of the entry, `on_day` the entry's day, `~` if none.
CREATE TABLE statement_joins (
    reading INTEGER NOT NULL REFERENCES readings (key),
    number  INTEGER NOT NULL,
    key     TEXT NOT NULL,
    day     TEXT NOT NULL,
    dated   INTEGER NOT NULL,
    told    TEXT NOT NULL,
    id      TEXT NOT NULL,
    entry   TEXT NOT NULL,
    on_day  TEXT NOT NULL,
    what    TEXT NOT NULL,
    pairs   BLOB NOT NULL,
    PRIMARY KEY (key, day, reading, number)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX statement_joins_reading ON statement_joins (reading, number);
CREATE INDEX statement_joins_entry ON statement_joins (entry);
CREATE INDEX statement_joins_day ON statement_joins (on_day, entry);

CREATE TABLE move_joins (
    reading INTEGER NOT NULL REFERENCES readings (key),
    number  INTEGER NOT NULL,
    key     TEXT NOT NULL,
    day     TEXT NOT NULL,
    dated   INTEGER NOT NULL,
    told    TEXT NOT NULL,
    id      TEXT NOT NULL,
    entry   TEXT NOT NULL,
    on_day  TEXT NOT NULL,
    what    TEXT NOT NULL,
    pairs   BLOB NOT NULL,
    PRIMARY KEY (key, day, reading, number)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX move_joins_reading ON move_joins (reading, number);
CREATE INDEX move_joins_entry ON move_joins (entry);
CREATE INDEX move_joins_day ON move_joins (on_day, entry);

-- Whose acts on what, for positions and open items: one row for each party of a move.
-- `issue` is empty for none, `on_day` the day of the act or of the words, `~` for none,
-- `published` the document's, empty for none. `kind` is what sort of open item the act
-- makes: promise, deadline, threat, request, empty for none. `is_own` tells whether the
-- side itself or the narration tells it, `targets` is a JSON list.
CREATE TABLE stances (
    party          TEXT NOT NULL COLLATE NOCASE,
    issue          TEXT NOT NULL COLLATE NOCASE,
    on_day         TEXT NOT NULL,
    reading        INTEGER NOT NULL REFERENCES readings (key),
    number         INTEGER NOT NULL,
    published      TEXT NOT NULL,
    kind           TEXT NOT NULL,
    act            TEXT NOT NULL,
    modality       TEXT NOT NULL,
    is_conditional INTEGER NOT NULL,
    targets        TEXT NOT NULL,
    confidence     REAL NOT NULL,
    is_own         INTEGER NOT NULL,
    PRIMARY KEY (party, issue, on_day, reading, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX stances_issue ON stances (issue, party, on_day);
CREATE INDEX stances_reading ON stances (reading);
CREATE INDEX stances_open ON stances (party, on_day) WHERE kind <> '';
CREATE INDEX meetings_status ON meetings (status, starts_on);

-- `month` is that of the day that is meant, or of publication where none is known.
CREATE TABLE meeting_joins (
    reading INTEGER NOT NULL REFERENCES readings (key),
    number  INTEGER NOT NULL,
    key     TEXT NOT NULL,
    day     TEXT NOT NULL,
    month   TEXT NOT NULL,
    told    TEXT NOT NULL,
    id      TEXT NOT NULL,
    entry   TEXT NOT NULL,
    on_day  TEXT NOT NULL,
    PRIMARY KEY (reading, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX meeting_joins_key ON meeting_joins (key, month);
CREATE INDEX meeting_joins_of ON meeting_joins (day);
CREATE INDEX meeting_joins_entry ON meeting_joins (entry);
CREATE INDEX meeting_joins_day ON meeting_joins (on_day, entry);

-- What an older ledger holds stands alone until it is read again.
INSERT INTO origins
SELECT reading, reading, coalesce(origin, outlet, substr(document, 1, 12)) FROM current;
INSERT INTO identities SELECT DISTINCT actor, actor, '' FROM entities;
INSERT INTO statement_joins
SELECT c.reading, s.number, '', '', 0, coalesce(substr(c.published_on, 1, 10), '~'), s.id,
       s.id, coalesce(s.said_on, substr(c.published_on, 1, 10), '~'), '', x''
FROM current c JOIN statements s USING (reading);
INSERT INTO move_joins
SELECT c.reading, m.number, '', '', 0, coalesce(substr(c.published_on, 1, 10), '~'), m.id,
       m.id, coalesce(m.occurred_on, substr(c.published_on, 1, 10), '~'), '', x''
FROM current c JOIN moves m USING (reading);
INSERT OR IGNORE INTO stances
SELECT q.party, coalesce(m.issue, ''),
       coalesce(m.occurred_on, substr(c.published_on, 1, 10), '~'), m.reading, m.number,
       coalesce(c.published_on, ''), '', m.act, m.modality, 0,
       (SELECT json_group_array(t.party) FROM move_parties t
        WHERE t.reading = m.reading AND t.move = m.number AND t.role = 'target'),
       m.confidence, 1
FROM current c JOIN moves m USING (reading)
JOIN move_parties q ON q.reading = m.reading AND q.move = m.number AND q.role = 'actor';
INSERT INTO meeting_joins
SELECT c.reading, m.number, '', '', '', coalesce(substr(c.published_on, 1, 10), '~'),
       m.id, m.id, coalesce(m.starts_on, '~')
FROM current c JOIN meetings m USING (reading);
