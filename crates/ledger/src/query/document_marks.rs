//! Everything that was read from one document, where it stands in its text.
//!
//! In: a document. Out: the stretches of its text that made an entry, a name or a date,
//! and the documents that derive from it. Refuses to know: how marks are drawn.

use super::list;
use crate::{Error, Ledger};
use record::Span;
use rusqlite::Row;

/// A stretch of a document's text that was read as something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// `mention`, `timex`, `role`, `statement`, `move` or `meeting`.
    pub record: String,
    /// `whole`, or the piece of it: `speaker`, `cue`, `content`, `condition` …
    pub part: String,
    /// Where it stands in the article's text.
    pub span: Span,
    /// Where it stands in the document's bytes.
    pub in_document: Span,
    /// The rows of the word lists that made it, most telling first.
    pub rules: Vec<String>,
    /// The entry that it belongs to: the id of a statement, a move, a meeting or an actor;
    /// none of a
    /// place or a time expression.
    pub entry: Option<String>,
    /// What it is: an actor's name, the value of a time expression, an act, a status.
    pub about: String,
    /// The party of an actor, the day that a time expression was counted from.
    pub beside: Option<String>,
}

/// A document that derives from another one.
#[derive(Debug, Clone, PartialEq)]
pub struct Derived {
    /// `reprint`, `translation`, `digest` or `cites`.
    pub kind: String,
    /// The document that derives.
    pub document: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// When.
    pub published: Option<String>,
    /// How sure it is.
    pub confidence: f64,
    /// What tells which of the two was first.
    pub why: String,
}

impl Ledger {
    /// The marks of a document, in text order, the longer ones first.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn marks(&self, document: &str) -> Result<Vec<Mark>, Error> {
        self.marks_within(document, Span::new(0, usize::MAX))
    }

    /// The marks of a document that reach into a stretch of its text.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn marks_within(
        &self,
        document: &str,
        stretch: Span,
    ) -> Result<Vec<Mark>, Error> {
        let end = i64::try_from(stretch.end).unwrap_or(i64::MAX);
        let stretch = (document, stretch.start as i64, end);
        let find = || {
            let mut marks = Vec::new();
            for sql in MARKS {
                let mut rows = self.connection.prepare_cached(sql)?;
                let rows = rows.query_map(stretch, mark)?;
                marks.extend(rows.collect::<rusqlite::Result<Vec<_>>>()?);
            }
            Ok(marks)
        };
        let mut marks: Vec<Mark> =
            find().map_err(|cause| self.error("find the marks of a document", cause))?;
        marks.sort_by(|a, b| {
            let place = |mark: &Mark| (mark.span.start, std::cmp::Reverse(mark.span.end));
            place(a).cmp(&place(b)).then_with(|| a.record.cmp(&b.record))
        });
        Ok(marks)
    }

    /// The documents that derive from a document, the earliest first.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn derived_from(&self, document: &str) -> Result<Vec<Derived>, Error> {
        let find = || {
            let mut rows = self.connection.prepare_cached(DERIVED)?;
            rows.query_map([document], |row| {
                Ok(Derived {
                    kind: row.get(0)?,
                    document: row.get(1)?,
                    outlet: row.get(2)?,
                    published: row.get(3)?,
                    confidence: row.get(4)?,
                    why: row.get(5)?,
                })
            })?
            .collect::<rusqlite::Result<Vec<_>>>()
        };
        find().map_err(|cause| self.error("find what derives from a document", cause))
    }
}

/// One question for each kind of record; all have the same columns.
const MARKS: [&str; 5] = [
    "SELECT w.record, w.part, w.start, w.end, w.document_start, w.document_end, w.rules,
       CASE e.type WHEN 'place' THEN NULL ELSE coalesce(
         (SELECT i.identity FROM identities i WHERE i.actor = e.actor), e.actor) END,
       e.name, e.party
     FROM current c
     JOIN evidence w ON w.reading = c.reading AND w.record = 'mention' AND w.part = 'whole'
     JOIN mentions m ON m.reading = w.reading AND m.number = w.number
     JOIN entities e ON e.reading = m.reading AND e.number = m.entity
     WHERE c.document = ?1 AND w.end > ?2 AND w.start < ?3",
    "SELECT w.record, w.part, w.start, w.end, w.document_start, w.document_end, w.rules,
       NULL, t.value, t.anchor
     FROM current c
     JOIN evidence w ON w.reading = c.reading AND w.record = 'timex' AND w.part = 'whole'
     JOIN timexes t ON t.reading = w.reading AND t.number = w.number
     WHERE c.document = ?1 AND w.end > ?2 AND w.start < ?3",
    "SELECT w.record, w.part, w.start, w.end, w.document_start, w.document_end, w.rules,
       j.entry, s.kind, NULL
     FROM current c
     JOIN evidence w ON w.reading = c.reading AND w.record = 'statement'
     JOIN statements s ON s.reading = w.reading AND s.number = w.number
     JOIN statement_joins j ON j.reading = w.reading AND j.number = w.number
     WHERE c.document = ?1 AND w.end > ?2 AND w.start < ?3",
    "SELECT w.record, w.part, w.start, w.end, w.document_start, w.document_end, w.rules,
       j.entry, m.act, m.issue
     FROM current c
     JOIN evidence w ON w.reading = c.reading AND w.record = 'move'
     JOIN moves m ON m.reading = w.reading AND m.number = w.number
     JOIN move_joins j ON j.reading = w.reading AND j.number = w.number
     WHERE c.document = ?1 AND w.end > ?2 AND w.start < ?3",
    "SELECT w.record, w.part, w.start, w.end, w.document_start, w.document_end, w.rules,
       j.entry, m.status, m.starts_on
     FROM current c
     JOIN evidence w ON w.reading = c.reading AND w.record = 'meeting'
     JOIN meetings m ON m.reading = w.reading AND m.number = w.number
     JOIN meeting_joins j ON j.reading = w.reading AND j.number = w.number
     WHERE c.document = ?1 AND w.end > ?2 AND w.start < ?3",
];

const DERIVED: &str =
    "SELECT d.kind, k.document, k.outlet, k.published_on, d.confidence, d.why
     FROM current c JOIN derivations d ON d.parent = c.reading AND d.stands
     JOIN current k ON k.reading = d.reading
     WHERE c.document = ?1
     ORDER BY k.published_on IS NULL, k.published_on, k.document";

fn mark(row: &Row<'_>) -> rusqlite::Result<Mark> {
    let span = |at: usize| -> rusqlite::Result<Span> {
        let (start, end): (i64, i64) = (row.get(at)?, row.get(at + 1)?);
        Ok(Span::new(start.max(0) as usize, end.max(start).max(0) as usize))
    };
    Ok(Mark {
        record: row.get(0)?,
        part: row.get(1)?,
        span: span(2)?,
        in_document: span(4)?,
        rules: list(row, 6)?,
        entry: row.get(7)?,
        about: row.get(8)?,
        beside: row.get(9)?,
    })
}
