//! Acts of parties, in the order in which they were done.

use super::{ACCOUNT, ACCOUNT_WIDTH, Account, Asked, Filter, account, list, part};
use crate::{Error, Ledger};
use rusqlite::{Row, params_from_iter};
use serde_json::{Value, json};

/// One move with its accounts.
#[derive(Debug, Clone, PartialEq)]
pub struct MoveLine {
    /// Its identifier, derived from content.
    pub id: String,
    /// Whose act it is: parties.
    pub actor: Vec<String>,
    /// The person or body through whom the party acts.
    pub by: Option<String>,
    /// The PLOVER type.
    pub act: String,
    /// Towards whom: parties.
    pub target: Vec<String>,
    /// What it is about.
    pub issue: Option<String>,
    /// How real it is told to be.
    pub modality: String,
    /// What it hangs on.
    pub condition: Option<String>,
    /// By when.
    pub due: Option<String>,
    /// When it was done.
    pub occurred_on: Option<String>,
    /// How sure the reader was.
    pub confidence: f64,
    /// Where it is told.
    pub accounts: Vec<Account>,
}

impl MoveLine {
    /// The keys that the line prints with.
    pub const KEYS: &'static [&'static str] = &[
        "id",
        "actor",
        "by",
        "act",
        "target",
        "issue",
        "modality",
        "conditional",
        "condition",
        "due",
        "occurred_on",
        "confidence",
        "origins",
        "accounts",
    ];

    /// The line as it is printed for programs.
    pub fn json(&self) -> Value {
        json!({
            "id": self.id,
            "actor": self.actor.join(";"),
            "by": self.by,
            "act": self.act,
            "target": self.target,
            "issue": self.issue,
            "modality": self.modality,
            "conditional": self.condition.is_some(),
            "condition": self.condition,
            "due": self.due,
            "occurred_on": self.occurred_on,
            "confidence": self.confidence,
            "origins": super::origins(&self.accounts),
            "accounts": super::accounts_json(&self.accounts),
        })
    }

    /// The day that it is sorted by: when it was done, else when it was published.
    pub fn date(&self) -> Option<&str> {
        let published = self.accounts.first().and_then(|a| a.published.as_deref());
        self.occurred_on.as_deref().or(published)
    }
}

impl Ledger {
    /// The moves that a filter wants, oldest first, undated ones last; `party` is whose
    /// act it is, `toward` whom it is directed at.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn moves(&self, filter: &Filter) -> Result<Vec<MoveLine>, Error> {
        let mut asked = Asked::new(filter);
        asked.between(filter, "coalesce(m.occurred_on, c.published_on)");
        asked.at_least(filter, "m.confidence");
        for (role, party) in [("actor", &filter.party), ("target", &filter.toward)] {
            if let Some(party) = party {
                asked.and(
                    &format!(
                        "EXISTS (SELECT 1 FROM move_parties q WHERE q.reading = m.reading \
                         AND q.move = m.number AND q.role = '{role}' \
                         AND q.party = ? COLLATE NOCASE)"
                    ),
                    [party],
                );
            }
        }
        if let Some(issue) = &filter.issue {
            asked.and("m.issue = ? COLLATE NOCASE", [issue]);
        }
        let parties = |role: &str| {
            format!(
                "(SELECT json_group_array(party) FROM (SELECT party FROM move_parties q
                  WHERE q.reading = p.reading AND q.move = p.number
                  AND q.role = '{role}' ORDER BY q.number))"
            )
        };
        let sql = format!(
            "WITH p AS MATERIALIZED (
               SELECT m.reading, m.number, coalesce(m.occurred_on, c.published_on) AS at
               FROM current c JOIN moves m ON m.reading = c.reading
               WHERE {} ORDER BY at IS NULL, at, c.document, m.number LIMIT {})
             SELECT {ACCOUNT}, m.id, {}, e.name, m.act, {}, m.issue, m.modality, {},
               m.due, m.occurred_on, m.confidence
             FROM p JOIN current c ON c.reading = p.reading
             JOIN moves m ON m.reading = p.reading AND m.number = p.number
             LEFT JOIN entities e ON e.reading = m.reading AND e.number = m.by
             JOIN evidence w ON w.reading = p.reading AND w.record = 'move'
               AND w.number = p.number AND w.part = 'whole' AND w.place = 0
             ORDER BY p.at IS NULL, p.at, c.document, m.number",
            asked.conditions(),
            asked.limit,
            parties("actor"),
            parties("target"),
            part("move", "condition"),
        );
        let list = || {
            let mut rows = self.connection.prepare_cached(&sql)?;
            rows.query_map(params_from_iter(asked.values()), line)?
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        list().map_err(|cause| self.error("list moves", cause))
    }
}

fn line(row: &Row<'_>) -> rusqlite::Result<MoveLine> {
    let at = |column| ACCOUNT_WIDTH + column;
    Ok(MoveLine {
        id: row.get(at(0))?,
        actor: list(row, at(1))?,
        by: row.get(at(2))?,
        act: row.get(at(3))?,
        target: list(row, at(4))?,
        issue: row.get(at(5))?,
        modality: row.get(at(6))?,
        condition: row.get(at(7))?,
        due: row.get(at(8))?,
        occurred_on: row.get(at(9))?,
        confidence: row.get(at(10))?,
        accounts: vec![account(row)?],
    })
}
