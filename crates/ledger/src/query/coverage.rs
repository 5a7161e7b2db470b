//! The words of documents with the places of what was read in them.
//!
//! In: a filter. Out: one [`Coverage`] after another, in the order of documents. Refuses
//! to know: what anybody looks for in the words.

use super::{Asked, Filter};
use crate::{Error, Ledger};
use record::Span;
use rusqlite::{Row, params_from_iter};
use std::collections::BTreeMap;

/// One document's words and where its names, time expressions and moves stand in them.
/// All places count bytes of `text` unless they say otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Coverage {
    /// The document's id.
    pub document: String,
    /// The headline.
    pub title: Option<String>,
    /// What it was written in: `zh-Hans`.
    pub language: String,
    /// The readable text, boilerplate too.
    pub text: String,
    /// The sentences of the body, in order, each with the number of its paragraph.
    pub sentences: Vec<(Span, usize)>,
    /// Where somebody or something is named, or a day is told, in order.
    pub names: Vec<Naming>,
    /// The moves that it tells of, in order.
    pub moves: Vec<MovePlace>,
}

/// A name in its place: 伊朗, 拉夫罗夫, 周一.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naming {
    /// Where it stands.
    pub span: Span,
    /// `person`, `state`, `organisation`, `place`, `outlet` …, or `time`.
    pub kind: String,
    /// How it is named: `name`, `short`, `title`, `pronoun` …; `time` for a day.
    pub form: String,
    /// The side that it speaks for, or the state that a place lies in.
    pub party: Option<String>,
}

/// A move in its place, with what else is told there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovePlace {
    /// The move's id.
    pub id: String,
    /// The words that tell it.
    pub span: Span,
    /// The same words in the document's bytes.
    pub in_document: Span,
    /// The report that it stands in, part by part; empty for the narration.
    pub report: Vec<Span>,
    /// The heading above it.
    pub heading: Option<Span>,
    /// The issue that it was read with.
    pub issue: Option<String>,
}

impl Ledger {
    /// Shows the words of the documents that a filter wants, oldest first, undated ones
    /// last; a party keeps those that name it.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn each_coverage(
        &self,
        filter: &Filter,
        mut see: impl FnMut(Coverage),
    ) -> Result<(), Error> {
        let mut asked = Asked::new(filter);
        asked.between(filter, "c.published_on");
        if let Some(party) = &filter.party {
            asked.and(
                "EXISTS (SELECT 1 FROM entities e WHERE e.reading = c.reading \
                 AND e.party = ? COLLATE NOCASE)",
                [party],
            );
        }
        let sql = format!(
            "SELECT c.reading, c.document, a.title, a.language, a.text
             FROM current c JOIN articles a ON a.reading = c.reading WHERE {}
             ORDER BY c.published_on IS NULL, c.published_on, c.document LIMIT {}",
            asked.conditions(),
            asked.limit
        );
        let mut walk = || {
            let mut rows = self.connection.prepare_cached(&sql)?;
            let mut rows = rows.query(params_from_iter(asked.values()))?;
            while let Some(row) = rows.next()? {
                let reading: i64 = row.get(0)?;
                see(Coverage {
                    document: row.get(1)?,
                    title: row.get(2)?,
                    language: row.get(3)?,
                    text: row.get(4)?,
                    sentences: self.sentences(reading)?,
                    names: self.namings(reading)?,
                    moves: self.move_places(reading)?,
                });
            }
            Ok(())
        };
        walk().map_err(|cause| self.error("walk through documents", cause))
    }

    fn spans(&self, reading: i64, sql: &str) -> rusqlite::Result<Vec<Span>> {
        let mut rows = self.connection.prepare_cached(sql)?;
        rows.query_map([reading], |row| span(row, 0))?.collect()
    }

    fn sentences(&self, reading: i64) -> rusqlite::Result<Vec<(Span, usize)>> {
        let mut rows = self.connection.prepare_cached(SENTENCES)?;
        rows.query_map([reading], |row| {
            Ok((span(row, 0)?, row.get::<_, i64>(2)?.max(0) as usize))
        })?
        .collect()
    }

    fn namings(&self, reading: i64) -> rusqlite::Result<Vec<Naming>> {
        let mut rows = self.connection.prepare_cached(NAMINGS)?;
        rows.query_map([reading], |row| {
            Ok(Naming {
                span: span(row, 0)?,
                kind: row.get(2)?,
                party: row.get(3)?,
                form: row.get(4)?,
            })
        })?
        .collect()
    }

    fn move_places(&self, reading: i64) -> rusqlite::Result<Vec<MovePlace>> {
        let headings = self.spans(reading, HEADINGS)?;
        let mut reports: BTreeMap<i64, Vec<Span>> = BTreeMap::new();
        let mut rows = self.connection.prepare_cached(REPORTS)?;
        let mut rows = rows.query([reading])?;
        while let Some(row) = rows.next()? {
            reports.entry(row.get(2)?).or_default().push(span(row, 0)?);
        }
        let mut rows = self.connection.prepare_cached(MOVES)?;
        rows.query_map([reading], |row| {
            let at = span(row, 0)?;
            let statement: Option<i64> = row.get(6)?;
            let above = headings.partition_point(|heading| heading.start <= at.start);
            Ok(MovePlace {
                id: row.get(4)?,
                span: at,
                in_document: span(row, 2)?,
                report: statement
                    .and_then(|number| reports.get(&number).cloned())
                    .unwrap_or_default(),
                heading: above.checked_sub(1).map(|last| headings[last]),
                issue: row.get(5)?,
            })
        })?
        .collect()
    }
}

const SENTENCES: &str =
    "SELECT start, end, paragraph FROM sentences WHERE reading = ?1 ORDER BY start, end";

const HEADINGS: &str = "SELECT start, end FROM paragraphs
     WHERE reading = ?1 AND kind = 'heading' ORDER BY start";

const REPORTS: &str = "SELECT start, end, number FROM evidence
     WHERE reading = ?1 AND record = 'statement' AND part = 'content'
     ORDER BY number, place";

const NAMINGS: &str = "SELECT w.start AS start, w.end AS end, e.type, e.party, m.form
     FROM mentions m
     JOIN entities e ON e.reading = m.reading AND e.number = m.entity
     JOIN evidence w ON w.reading = m.reading AND w.record = 'mention'
       AND w.number = m.number AND w.part = 'whole' AND w.place = 0
     WHERE m.reading = ?1
     UNION ALL
     SELECT w.start, w.end, 'time', NULL, 'time' FROM evidence w
     WHERE w.reading = ?1 AND w.record = 'timex' AND w.part = 'whole'
     ORDER BY start, end";

const MOVES: &str = "SELECT w.start, w.end, w.document_start, w.document_end,
       m.id, m.issue, m.statement
     FROM moves m
     JOIN evidence w ON w.reading = m.reading AND w.record = 'move'
       AND w.number = m.number AND w.part = 'whole' AND w.place = 0
     WHERE m.reading = ?1 ORDER BY w.start, w.end, m.number";

fn span(row: &Row<'_>, column: usize) -> rusqlite::Result<Span> {
    let (start, end): (i64, i64) = (row.get(column)?, row.get(column + 1)?);
    Ok(Span::new(start.max(0) as usize, end.max(start).max(0) as usize))
}
