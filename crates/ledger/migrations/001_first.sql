-- The ledger's first shape.
--
-- Nothing in these tables is ever changed or deleted: triggers refuse it. A correction is
-- a new reading whose `supersedes` names the older one; the view `current` holds the
-- reading of each document that no other supersedes, and is what to join with:
--
--   SELECT c.outlet, c.published_on, m.act, m.issue, e.words
--   FROM moves m JOIN current c USING (reading)
--   JOIN evidence e ON e.reading = m.reading AND e.record = 'move'
--                  AND e.number = m.number AND e.part = 'whole';
--
-- `key` and `reading` are row numbers of this file and mean nothing outside it; `id` is
-- derived from content and is the same in every ledger that holds the same documents.
-- Dates are ISO 8601 text, parties ISO 3166-1 alpha-3 or an organisation's short name.
-- `start` and `end` count UTF-8 bytes of `articles.text`; `document_start` and
-- `document_end` count bytes of `documents.bytes`. Both are half-open.

-- The bytes as they were captured. `id` is their SHA-256.
CREATE TABLE documents (
    key   INTEGER PRIMARY KEY,
    id    TEXT NOT NULL UNIQUE,
    size  INTEGER NOT NULL,
    bytes BLOB NOT NULL
) STRICT;

-- Where those bytes were found, and what was said beside them (the other columns of a
-- CSV row, say). One document may lie in several places.
CREATE TABLE captures (
    key            INTEGER PRIMARY KEY,
    id             TEXT NOT NULL UNIQUE,
    document       INTEGER NOT NULL REFERENCES documents (key),
    path           TEXT NOT NULL,
    url            TEXT,
    published_hint TEXT,
    title          TEXT,
    outlet         TEXT,
    author         TEXT,
    retrieved_at   TEXT
) STRICT;
CREATE INDEX captures_document ON captures (document, path);

-- All that was read from a document by one version of the program, its word lists and
-- the agenda (`generated_by`). `digest` tells whether two readings say the same.
CREATE TABLE readings (
    key          INTEGER PRIMARY KEY,
    id           TEXT NOT NULL UNIQUE,
    document     INTEGER NOT NULL REFERENCES documents (key),
    capture      INTEGER NOT NULL REFERENCES captures (key),
    generated_by TEXT NOT NULL,
    digest       TEXT NOT NULL,
    supersedes   INTEGER UNIQUE REFERENCES readings (key)
) STRICT;
CREATE INDEX readings_document ON readings (document);
-- A document's readings are one chain: only one of them supersedes nothing.
CREATE UNIQUE INDEX readings_first ON readings (document) WHERE supersedes IS NULL;

-- The readable text and what is known about its publication. `cites` is a JSON list;
-- `origin` is the outlet whose article this one renders; `empty` says why there is no body.
CREATE TABLE articles (
    reading            INTEGER PRIMARY KEY REFERENCES readings (key),
    form               TEXT NOT NULL,
    charset            TEXT NOT NULL,
    language           TEXT NOT NULL,
    title              TEXT,
    outlet             TEXT,
    author             TEXT,
    translator         TEXT,
    origin             TEXT,
    cites              TEXT NOT NULL,
    published_on       TEXT,
    published_from     TEXT,
    published_inferred INTEGER,
    dateline           TEXT,
    url                TEXT,
    empty              TEXT,
    text               TEXT NOT NULL
) STRICT;
CREATE INDEX articles_published ON articles (published_on);

-- Links that say where an article comes from: `rel` is self, reprint, reference,
-- translation or other.
CREATE TABLE links (
    reading INTEGER NOT NULL REFERENCES readings (key),
    number  INTEGER NOT NULL,
    rel     TEXT NOT NULL,
    url     TEXT NOT NULL,
    words   TEXT NOT NULL,
    PRIMARY KEY (reading, number)
) STRICT, WITHOUT ROWID;

-- The text, paragraph by paragraph, boilerplate too: `kind` tells what each is. `runs` is
-- a JSON list of [offset in the text, offset in the document, length].
CREATE TABLE paragraphs (
    reading        INTEGER NOT NULL REFERENCES readings (key),
    number         INTEGER NOT NULL,
    kind           TEXT NOT NULL,
    start          INTEGER NOT NULL,
    end            INTEGER NOT NULL,
    document_start INTEGER NOT NULL,
    document_end   INTEGER NOT NULL,
    runs           TEXT NOT NULL,
    PRIMARY KEY (reading, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE sentences (
    reading   INTEGER NOT NULL REFERENCES readings (key),
    number    INTEGER NOT NULL,
    paragraph INTEGER NOT NULL,
    start     INTEGER NOT NULL,
    end       INTEGER NOT NULL,
    PRIMARY KEY (reading, number)
) STRICT, WITHOUT ROWID;

-- What entries rest on. `record` is role, mention, timex, statement, move or meeting and
-- `number` its number in that table; `part` is 'whole' for all of it, else a piece:
-- speaker, cue, content, addressee, occasion (of a statement), condition (of a move),
-- mention, outcome (of a meeting). `place` counts the pieces of one name. `rules` is a
-- JSON list of the rows of the word lists that fired.
CREATE TABLE evidence (
    reading        INTEGER NOT NULL REFERENCES readings (key),
    record         TEXT NOT NULL,
    number         INTEGER NOT NULL,
    part           TEXT NOT NULL,
    place          INTEGER NOT NULL,
    start          INTEGER NOT NULL,
    end            INTEGER NOT NULL,
    document_start INTEGER NOT NULL,
    document_end   INTEGER NOT NULL,
    words          TEXT NOT NULL,
    rules          TEXT NOT NULL,
    PRIMARY KEY (reading, record, number, part, place)
) STRICT, WITHOUT ROWID;

-- Who is meant. `actor` is the same for one actor in all documents: of `known` (the row
-- of the gazetteer or agenda) where there is one, else of name, party and type.
CREATE TABLE entities (
    reading    INTEGER NOT NULL REFERENCES readings (key),
    number     INTEGER NOT NULL,
    actor      TEXT NOT NULL,
    known      TEXT,
    name       TEXT NOT NULL,
    type       TEXT NOT NULL,
    party      TEXT,
    is_private INTEGER NOT NULL,
    PRIMARY KEY (reading, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX entities_actor ON entities (actor);

-- The distinct strings that name an entity in its text, in order of first use.
CREATE TABLE surfaces (
    reading INTEGER NOT NULL REFERENCES readings (key),
    entity  INTEGER NOT NULL,
    number  INTEGER NOT NULL,
    text    TEXT NOT NULL,
    PRIMARY KEY (reading, entity, number)
) STRICT, WITHOUT ROWID;

-- The offices that a text gives an entity; evidence under the same number.
CREATE TABLE roles (
    reading INTEGER NOT NULL REFERENCES readings (key),
    number  INTEGER NOT NULL,
    entity  INTEGER NOT NULL,
    text    TEXT NOT NULL,
    PRIMARY KEY (reading, number)
) STRICT, WITHOUT ROWID;

-- Where entities are named or pointed at; the phrase is the whole of the naming, offices
-- and all.
CREATE TABLE mentions (
    reading      INTEGER NOT NULL REFERENCES readings (key),
    number       INTEGER NOT NULL,
    entity       INTEGER NOT NULL,
    form         TEXT NOT NULL,
    phrase_start INTEGER NOT NULL,
    phrase_end   INTEGER NOT NULL,
    PRIMARY KEY (reading, number)
) STRICT, WITHOUT ROWID;

-- Time expressions; `anchor` is the day that a relative one was counted from.
CREATE TABLE timexes (
    reading    INTEGER NOT NULL REFERENCES readings (key),
    number     INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    value      TEXT NOT NULL,
    modifier   TEXT,
    anchor     TEXT,
    anchor_why TEXT,
    PRIMARY KEY (reading, number)
) STRICT, WITHOUT ROWID;

-- Reported speech. `speaker` is an entity's number; the words are in `evidence`.
CREATE TABLE statements (
    reading    INTEGER NOT NULL REFERENCES readings (key),
    number     INTEGER NOT NULL,
    id         TEXT NOT NULL,
    speaker    INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    said_on    TEXT,
    confidence REAL NOT NULL,
    PRIMARY KEY (reading, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX statements_id ON statements (id);

-- Through whom a statement came, nearest first.
CREATE TABLE statement_chain (
    reading   INTEGER NOT NULL REFERENCES readings (key),
    statement INTEGER NOT NULL,
    number    INTEGER NOT NULL,
    entity    INTEGER NOT NULL,
    PRIMARY KEY (reading, statement, number)
) STRICT, WITHOUT ROWID;

-- What a party does towards another; `by` is the entity through whom it acts,
-- `statement` the number of the report that tells it.
CREATE TABLE moves (
    reading     INTEGER NOT NULL REFERENCES readings (key),
    number      INTEGER NOT NULL,
    id          TEXT NOT NULL,
    by          INTEGER,
    act         TEXT NOT NULL,
    issue       TEXT,
    modality    TEXT NOT NULL,
    due         TEXT,
    occurred_on TEXT,
    statement   INTEGER,
    confidence  REAL NOT NULL,
    PRIMARY KEY (reading, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX moves_id ON moves (id);

-- Whose act it is (`role` actor) and towards whom (`role` target).
CREATE TABLE move_parties (
    reading INTEGER NOT NULL REFERENCES readings (key),
    move    INTEGER NOT NULL,
    role    TEXT NOT NULL CHECK (role IN ('actor', 'target')),
    number  INTEGER NOT NULL,
    party   TEXT NOT NULL,
    PRIMARY KEY (reading, move, role, number)
) STRICT, WITHOUT ROWID;

-- Talks, calls, summits, sessions.
CREATE TABLE meetings (
    reading          INTEGER NOT NULL REFERENCES readings (key),
    number           INTEGER NOT NULL,
    id               TEXT NOT NULL,
    format           TEXT NOT NULL,
    level            TEXT NOT NULL,
    place            TEXT,
    starts_on        TEXT,
    ends_on          TEXT,
    status           TEXT NOT NULL,
    duration_minutes INTEGER,
    track            TEXT,
    confidence       REAL NOT NULL,
    PRIMARY KEY (reading, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX meetings_id ON meetings (id);

CREATE TABLE meeting_parties (
    reading INTEGER NOT NULL REFERENCES readings (key),
    meeting INTEGER NOT NULL,
    number  INTEGER NOT NULL,
    party   TEXT NOT NULL,
    PRIMARY KEY (reading, meeting, number)
) STRICT, WITHOUT ROWID;

-- The persons named as taking part, as entities.
CREATE TABLE meeting_participants (
    reading INTEGER NOT NULL REFERENCES readings (key),
    meeting INTEGER NOT NULL,
    number  INTEGER NOT NULL,
    entity  INTEGER NOT NULL,
    PRIMARY KEY (reading, meeting, number)
) STRICT, WITHOUT ROWID;

-- Where the reader was not sure, and why.
CREATE TABLE doubts (
    reading INTEGER NOT NULL REFERENCES readings (key),
    number  INTEGER NOT NULL,
    start   INTEGER NOT NULL,
    end     INTEGER NOT NULL,
    reason  TEXT NOT NULL,
    PRIMARY KEY (reading, number)
) STRICT, WITHOUT ROWID;

-- The words of every reading, folded to one script: Chinese as overlapping pairs of
-- characters (a run's last character once more alone), other scripts word by word.
-- `rowid` is the reading.
CREATE VIRTUAL TABLE search USING fts5 (
    words, content = '', tokenize = "unicode61 remove_diacritics 0"
);

-- The reading of each document that stands, with what a person calls the document by.
CREATE VIEW current AS
SELECT r.key AS reading, d.id AS document, d.key AS document_key,
       a.outlet, a.origin, a.title, a.published_on, a.language
FROM readings r
JOIN documents d ON d.key = r.document
JOIN articles a ON a.reading = r.key
WHERE NOT EXISTS (SELECT 1 FROM readings newer WHERE newer.supersedes = r.key);

CREATE TRIGGER documents_no_update BEFORE UPDATE ON documents
BEGIN SELECT RAISE(ABORT, 'rows of documents are never changed: append one that supersedes'); END;
CREATE TRIGGER documents_no_delete BEFORE DELETE ON documents
BEGIN SELECT RAISE(ABORT, 'rows of documents are never deleted: append one that supersedes'); END;
CREATE TRIGGER captures_no_update BEFORE UPDATE ON captures
BEGIN SELECT RAISE(ABORT, 'rows of captures are never changed: append one that supersedes'); END;
CREATE TRIGGER captures_no_delete BEFORE DELETE ON captures
BEGIN SELECT RAISE(ABORT, 'rows of captures are never deleted: append one that supersedes'); END;
CREATE TRIGGER readings_no_update BEFORE UPDATE ON readings
BEGIN SELECT RAISE(ABORT, 'rows of readings are never changed: append one that supersedes'); END;
CREATE TRIGGER readings_no_delete BEFORE DELETE ON readings
BEGIN SELECT RAISE(ABORT, 'rows of readings are never deleted: append one that supersedes'); END;
CREATE TRIGGER articles_no_update BEFORE UPDATE ON articles
BEGIN SELECT RAISE(ABORT, 'rows of articles are never changed: append one that supersedes'); END;
CREATE TRIGGER articles_no_delete BEFORE DELETE ON articles
BEGIN SELECT RAISE(ABORT, 'rows of articles are never deleted: append one that supersedes'); END;
CREATE TRIGGER links_no_update BEFORE UPDATE ON links
BEGIN SELECT RAISE(ABORT, 'rows of links are never changed: append one that supersedes'); END;
CREATE TRIGGER links_no_delete BEFORE DELETE ON links
BEGIN SELECT RAISE(ABORT, 'rows of links are never deleted: append one that supersedes'); END;
CREATE TRIGGER paragraphs_no_update BEFORE UPDATE ON paragraphs
BEGIN SELECT RAISE(ABORT, 'rows of paragraphs are never changed: append one that supersedes'); END;
CREATE TRIGGER paragraphs_no_delete BEFORE DELETE ON paragraphs
BEGIN SELECT RAISE(ABORT, 'rows of paragraphs are never deleted: append one that supersedes'); END;
CREATE TRIGGER sentences_no_update BEFORE UPDATE ON sentences
BEGIN SELECT RAISE(ABORT, 'rows of sentences are never changed: append one that supersedes'); END;
CREATE TRIGGER sentences_no_delete BEFORE DELETE ON sentences
BEGIN SELECT RAISE(ABORT, 'rows of sentences are never deleted: append one that supersedes'); END;
CREATE TRIGGER evidence_no_update BEFORE UPDATE ON evidence
BEGIN SELECT RAISE(ABORT, 'rows of evidence are never changed: append one that supersedes'); END;
CREATE TRIGGER evidence_no_delete BEFORE DELETE ON evidence
BEGIN SELECT RAISE(ABORT, 'rows of evidence are never deleted: append one that supersedes'); END;
CREATE TRIGGER entities_no_update BEFORE UPDATE ON entities
BEGIN SELECT RAISE(ABORT, 'rows of entities are never changed: append one that supersedes'); END;
CREATE TRIGGER entities_no_delete BEFORE DELETE ON entities
BEGIN SELECT RAISE(ABORT, 'rows of entities are never deleted: append one that supersedes'); END;
CREATE TRIGGER surfaces_no_update BEFORE UPDATE ON surfaces
BEGIN SELECT RAISE(ABORT, 'rows of surfaces are never changed: append one that supersedes'); END;
CREATE TRIGGER surfaces_no_delete BEFORE DELETE ON surfaces
BEGIN SELECT RAISE(ABORT, 'rows of surfaces are never deleted: append one that supersedes'); END;
CREATE TRIGGER roles_no_update BEFORE UPDATE ON roles
BEGIN SELECT RAISE(ABORT, 'rows of roles are never changed: append one that supersedes'); END;
CREATE TRIGGER roles_no_delete BEFORE DELETE ON roles
BEGIN SELECT RAISE(ABORT, 'rows of roles are never deleted: append one that supersedes'); END;
CREATE TRIGGER mentions_no_update BEFORE UPDATE ON mentions
BEGIN SELECT RAISE(ABORT, 'rows of mentions are never changed: append one that supersedes'); END;
CREATE TRIGGER mentions_no_delete BEFORE DELETE ON mentions
BEGIN SELECT RAISE(ABORT, 'rows of mentions are never deleted: append one that supersedes'); END;
CREATE TRIGGER timexes_no_update BEFORE UPDATE ON timexes
BEGIN SELECT RAISE(ABORT, 'rows of timexes are never changed: append one that supersedes'); END;
CREATE TRIGGER timexes_no_delete BEFORE DELETE ON timexes
BEGIN SELECT RAISE(ABORT, 'rows of timexes are never deleted: append one that supersedes'); END;
CREATE TRIGGER statements_no_update BEFORE UPDATE ON statements
BEGIN SELECT RAISE(ABORT, 'rows of statements are never changed: append one that supersedes'); END;
CREATE TRIGGER statements_no_delete BEFORE DELETE ON statements
BEGIN SELECT RAISE(ABORT, 'rows of statements are never deleted: append one that supersedes'); END;
CREATE TRIGGER statement_chain_no_update BEFORE UPDATE ON statement_chain
BEGIN SELECT RAISE(ABORT, 'rows of statement_chain are never changed: append one that supersedes'); END;
CREATE TRIGGER statement_chain_no_delete BEFORE DELETE ON statement_chain
BEGIN SELECT RAISE(ABORT, 'rows of statement_chain are never deleted: append one that supersedes'); END;
CREATE TRIGGER moves_no_update BEFORE UPDATE ON moves
BEGIN SELECT RAISE(ABORT, 'rows of moves are never changed: append one that supersedes'); END;
CREATE TRIGGER moves_no_delete BEFORE DELETE ON moves
BEGIN SELECT RAISE(ABORT, 'rows of moves are never deleted: append one that supersedes'); END;
CREATE TRIGGER move_parties_no_update BEFORE UPDATE ON move_parties
BEGIN SELECT RAISE(ABORT, 'rows of move_parties are never changed: append one that supersedes'); END;
CREATE TRIGGER move_parties_no_delete BEFORE DELETE ON move_parties
BEGIN SELECT RAISE(ABORT, 'rows of move_parties are never deleted: append one that supersedes'); END;
CREATE TRIGGER meetings_no_update BEFORE UPDATE ON meetings
BEGIN SELECT RAISE(ABORT, 'rows of meetings are never changed: append one that supersedes'); END;
CREATE TRIGGER meetings_no_delete BEFORE DELETE ON meetings
BEGIN SELECT RAISE(ABORT, 'rows of meetings are never deleted: append one that supersedes'); END;
CREATE TRIGGER meeting_parties_no_update BEFORE UPDATE ON meeting_parties
BEGIN SELECT RAISE(ABORT, 'rows of meeting_parties are never changed: append one that supersedes'); END;
CREATE TRIGGER meeting_parties_no_delete BEFORE DELETE ON meeting_parties
BEGIN SELECT RAISE(ABORT, 'rows of meeting_parties are never deleted: append one that supersedes'); END;
CREATE TRIGGER meeting_participants_no_update BEFORE UPDATE ON meeting_participants
BEGIN SELECT RAISE(ABORT, 'rows of meeting_participants are never changed: append one that supersedes'); END;
CREATE TRIGGER meeting_participants_no_delete BEFORE DELETE ON meeting_participants
BEGIN SELECT RAISE(ABORT, 'rows of meeting_participants are never deleted: append one that supersedes'); END;
CREATE TRIGGER doubts_no_update BEFORE UPDATE ON doubts
BEGIN SELECT RAISE(ABORT, 'rows of doubts are never changed: append one that supersedes'); END;
CREATE TRIGGER doubts_no_delete BEFORE DELETE ON doubts
BEGIN SELECT RAISE(ABORT, 'rows of doubts are never deleted: append one that supersedes'); END;
