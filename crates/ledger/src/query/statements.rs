//! Reported speech, in the order in which it was said.

use super::{ACCOUNT, ACCOUNT_WIDTH, Account, Asked, Filter, account, list, part};
use crate::{Error, Ledger};
use rusqlite::{Row, params_from_iter};
use serde_json::{Value, json};

/// One statement with its accounts.
#[derive(Debug, Clone, PartialEq)]
pub struct StatementLine {
    /// Its identifier, derived from content.
    pub id: String,
    /// Whose words they are.
    pub speaker: String,
    /// The words that name the speaker nearest the cue.
    pub speaker_surface: Option<String>,
    /// The side that the speaker speaks for.
    pub party: Option<String>,
    /// The verb that reports.
    pub cue: Option<String>,
    /// `direct`, `indirect` or `mixed`.
    pub kind: String,
    /// What was said.
    pub content: Vec<String>,
    /// To whom.
    pub addressee: Option<String>,
    /// When it was said.
    pub said_on: Option<String>,
    /// Where it was said.
    pub occasion: Option<String>,
    /// Through whom it came, nearest first.
    pub chain: Vec<String>,
    /// How sure the reader was.
    pub confidence: f64,
    /// Where it is told.
    pub accounts: Vec<Account>,
}

impl StatementLine {
    /// The keys that the line prints with.
    pub const KEYS: &'static [&'static str] = &[
        "id",
        "speaker",
        "speaker_surface",
        "party",
        "cue",
        "kind",
        "content",
        "addressee",
        "said_on",
        "occasion",
        "chain",
        "confidence",
        "origins",
        "accounts",
    ];

    /// The line as it is printed for programs.
    pub fn json(&self) -> Value {
        json!({
            "id": self.id,
            "speaker": self.speaker,
            "speaker_surface": self.speaker_surface,
            "party": self.party,
            "cue": self.cue,
            "kind": self.kind,
            "content": self.content,
            "addressee": self.addressee,
            "said_on": self.said_on,
            "occasion": self.occasion,
            "chain": self.chain,
            "confidence": self.confidence,
            "origins": super::origins(&self.accounts),
            "accounts": super::accounts_json(&self.accounts),
        })
    }

    /// The day that it is sorted by: when it was said, else when it was published.
    pub fn date(&self) -> Option<&str> {
        let published = self.accounts.first().and_then(|a| a.published.as_deref());
        self.said_on.as_deref().or(published)
    }
}

impl Ledger {
    /// The statements that a filter wants, oldest first, undated ones last.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn statements(&self, filter: &Filter) -> Result<Vec<StatementLine>, Error> {
        let mut asked = Asked::new(filter);
        asked.between(filter, "coalesce(s.said_on, c.published_on)");
        asked.at_least(filter, "s.confidence");
        if let Some(party) = &filter.party {
            asked.and("e.party = ? COLLATE NOCASE", [party]);
        }
        if let Some(issue) = &filter.issue {
            asked.and(
                "EXISTS (SELECT 1 FROM moves m WHERE m.reading = s.reading \
                 AND m.statement = s.number AND m.issue = ? COLLATE NOCASE)",
                [issue],
            );
        }
        let sql = format!(
            "WITH p AS MATERIALIZED (
               SELECT s.reading, s.number, coalesce(s.said_on, c.published_on) AS at
               FROM current c JOIN statements s ON s.reading = c.reading
               JOIN entities e ON e.reading = s.reading AND e.number = s.speaker
               WHERE {} ORDER BY at IS NULL, at, c.document, s.number LIMIT {})
             SELECT {ACCOUNT}, s.id, e.name, {}, e.party, {}, s.kind,
               (SELECT json_group_array(words) FROM (SELECT words FROM evidence v
                WHERE v.reading = p.reading AND v.record = 'statement'
                AND v.number = p.number AND v.part = 'content' ORDER BY v.place)),
               {}, s.said_on, {},
               (SELECT json_group_array(name) FROM (SELECT n.name FROM statement_chain h
                JOIN entities n ON n.reading = h.reading AND n.number = h.entity
                WHERE h.reading = p.reading AND h.statement = p.number
                ORDER BY h.number)),
               s.confidence
             FROM p JOIN current c ON c.reading = p.reading
             JOIN statements s ON s.reading = p.reading AND s.number = p.number
             JOIN entities e ON e.reading = s.reading AND e.number = s.speaker
             JOIN evidence w ON w.reading = p.reading AND w.record = 'statement'
               AND w.number = p.number AND w.part = 'whole' AND w.place = 0
             ORDER BY p.at IS NULL, p.at, c.document, s.number",
            asked.conditions(),
            asked.limit,
            part("statement", "speaker"),
            part("statement", "cue"),
            part("statement", "addressee"),
            part("statement", "occasion"),
        );
        let list = || {
            let mut rows = self.connection.prepare_cached(&sql)?;
            rows.query_map(params_from_iter(asked.values()), line)?
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        list().map_err(|cause| self.error("list statements", cause))
    }
}

fn line(row: &Row<'_>) -> rusqlite::Result<StatementLine> {
    let at = |column| ACCOUNT_WIDTH + column;
    Ok(StatementLine {
        id: row.get(at(0))?,
        speaker: row.get(at(1))?,
        speaker_surface: row.get(at(2))?,
        party: row.get(at(3))?,
        cue: row.get(at(4))?,
        kind: row.get(at(5))?,
        content: list(row, at(6))?,
        addressee: row.get(at(7))?,
        said_on: row.get(at(8))?,
        occasion: row.get(at(9))?,
        chain: list(row, at(10))?,
        confidence: row.get(at(11))?,
        accounts: vec![account(row)?],
    })
}
