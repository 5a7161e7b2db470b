//! Asking the ledger: lists of what stands, each entry with its accounts.
//!
//! In: a filter. Out: rows in a fixed order, and the JSON that they print as. Refuses to
//! know: who asks, and how a list is laid out on a screen.

mod actors;
mod disputes;
mod documents;
mod lineage;
mod meetings;
mod moves;
mod open;
mod positions;
mod search;
mod statements;
mod timeline;
mod told;

pub use actors::{Actor, RoleSpan, SurfaceCount};
pub use disputes::{DisputeLine, DisputedValue};
pub use documents::DocumentLine;
pub use lineage::Lineage;
pub use meetings::MeetingLine;
pub use moves::MoveLine;
pub use open::OpenLine;
pub use positions::{Compared, PositionLine, PositionStep};
pub use search::SearchHit;
pub use statements::StatementLine;
pub use timeline::{Event, EventKind};

use rusqlite::{Row, ToSql};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Which entries are wanted; an empty filter wants all.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// The party that speaks, acts, meets or is named.
    pub party: Option<String>,
    /// The party that an act is directed at.
    pub toward: Option<String>,
    /// The issue.
    pub issue: Option<String>,
    /// The outlet that published the document.
    pub outlet: Option<String>,
    /// The first day, ISO 8601 (`2022-01-10`, `2022-01` or `2022`).
    pub from: Option<String>,
    /// The last day, likewise.
    pub to: Option<String>,
    /// Only documents published by this day.
    pub as_of: Option<String>,
    /// The least confidence.
    pub min_confidence: Option<f64>,
    /// At most so many entries.
    pub limit: Option<usize>,
}

/// Where one document tells of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The document's id.
    pub document: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// The words.
    pub evidence: String,
    /// Where they stand in the document's bytes.
    pub span: (usize, usize),
    /// Whom the document has it from: the outlet that it renders, else itself.
    pub origin: String,
    /// When the document was published.
    pub published: Option<String>,
    /// The rows of the lexicon that made the entry, most telling first; not printed.
    pub rules: Vec<String>,
}

impl Account {
    /// The account as the list commands print it.
    pub fn json(&self) -> Value {
        json!({
            "document": self.document,
            "outlet": self.outlet,
            "evidence": self.evidence,
            "span": [self.span.0, self.span.1],
            "origin": self.origin,
            "published": self.published,
        })
    }
}

/// How many accounts are independent of each other: the count of distinct origins.
fn origins(accounts: &[Account]) -> usize {
    accounts.iter().map(|account| &account.origin).collect::<BTreeSet<_>>().len()
}

fn accounts_json(accounts: &[Account]) -> Value {
    accounts.iter().map(Account::json).collect()
}

/// The columns that every account is read from, where `c` is the view `current` and `w`
/// the evidence of the whole entry.
const ACCOUNT: &str = "c.document, c.outlet, w.words, w.document_start, w.document_end, \
                       coalesce(c.origin, c.outlet, substr(c.document, 1, 12)), \
                       c.published_on, w.rules";

/// Whom a document has an entry from, as [`ACCOUNT`] reads it.
const ORIGIN: &str = "coalesce(c.origin, c.outlet, substr(c.document, 1, 12))";

/// The number of columns in [`ACCOUNT`].
const ACCOUNT_WIDTH: usize = 8;

fn account(row: &Row<'_>) -> rusqlite::Result<Account> {
    let span: (i64, i64) = (row.get(3)?, row.get(4)?);
    Ok(Account {
        document: row.get(0)?,
        outlet: row.get(1)?,
        evidence: row.get(2)?,
        span: (span.0.max(0) as usize, span.1.max(0) as usize),
        origin: row.get(5)?,
        published: row.get(6)?,
        rules: list(row, 7)?,
    })
}

/// A column that holds a JSON list of strings.
fn list(row: &Row<'_>, column: usize) -> rusqlite::Result<Vec<String>> {
    let text: String = row.get(column)?;
    Ok(serde_json::from_str(&text).unwrap_or_default())
}

/// One piece of an entry's evidence, as a scalar subquery; `p` is the picked entry.
fn part(record: &str, part: &str) -> String {
    format!(
        "(SELECT words FROM evidence WHERE reading = p.reading AND record = '{record}' \
         AND number = p.number AND part = '{part}' AND place = 0)"
    )
}

/// The conditions of one question and their values, in the order of the question marks.
struct Asked {
    conditions: Vec<String>,
    values: Vec<Box<dyn ToSql>>,
    limit: i64,
}

impl Asked {
    /// The conditions that hold for every list: `c` is the view `current`.
    fn new(filter: &Filter) -> Asked {
        let limit = filter.limit.map_or(-1, |limit| limit as i64);
        let mut asked = Asked { conditions: Vec::new(), values: Vec::new(), limit };
        if let Some(day) = &filter.as_of {
            asked.and("c.published_on <= ? || '~'", [day]);
        }
        if let Some(outlet) = &filter.outlet {
            asked.and("c.outlet = ? COLLATE NOCASE", [outlet]);
        }
        asked
    }

    fn and<'v>(&mut self, condition: &str, values: impl IntoIterator<Item = &'v String>) {
        self.conditions.push(condition.to_owned());
        self.values.extend(
            values.into_iter().map(|value| Box::new(value.clone()) as Box<dyn ToSql>),
        );
    }

    /// Keeps what falls, even in part, between the filter's days. Days may be known only
    /// to the month or year, or be an interval A/B; `~` sorts after every digit.
    fn between(&mut self, filter: &Filter, date: &str) {
        if let Some(from) = &filter.from {
            let end = format!(
                "CASE instr({date}, '/') WHEN 0 THEN {date} \
                 ELSE substr({date}, instr({date}, '/') + 1) END"
            );
            self.and(&format!("({end}) || '~' >= ?"), [from]);
        }
        if let Some(to) = &filter.to {
            self.and(&format!("{date} <= ? || '~'"), [to]);
        }
    }

    fn at_least(&mut self, filter: &Filter, confidence: &str) {
        if let Some(least) = filter.min_confidence {
            self.conditions.push(format!("{confidence} >= ?"));
            self.values.push(Box::new(least));
        }
    }

    fn conditions(&self) -> String {
        match self.conditions.is_empty() {
            true => "1".to_owned(),
            false => self.conditions.join(" AND "),
        }
    }

    fn values(&self) -> impl Iterator<Item = &dyn ToSql> {
        self.values.iter().map(|value| &**value)
    }
}
