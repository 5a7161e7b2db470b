//! Acts of parties, in the order in which they were done.

use super::{
    ACCOUNT_WIDTH, Account, Asked, Entries, Filter, Rare, account, identity, list, merge,
    name, part, place,
};
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
    /// The id of that person or body in the list of actors; not printed.
    pub by_id: Option<String>,
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
        asked.dated(filter, "coalesce(m.occurred_on, c.published_on)");
        asked.at_least(filter, "m.confidence");
        asked.actor(filter, "", "e.reading = m.reading AND e.number = m.by");
        if let Some(act) = &filter.act {
            asked.and("m.act = ? COLLATE NOCASE", [act]);
        }
        for (role, party) in [("actor", &filter.party), ("target", &filter.toward)] {
            if let Some(party) = party {
                asked.and(
                    &format!(
                        "EXISTS (SELECT 1 FROM move_parties q WHERE q.reading = j.reading \
                         AND q.move = j.number AND q.role = '{role}' \
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
                  WHERE q.reading = j.reading AND q.move = j.number
                  AND q.role = '{role}' ORDER BY q.number))"
            )
        };
        let entries = Entries {
            record: "move",
            table: "moves",
            columns: format!(
                "{}, {}, m.act, {}, m.issue, m.modality, {}, m.due, m.occurred_on,
                 m.confidence, {}",
                parties("actor"),
                name("e"),
                parties("target"),
                part("move", "condition"),
                identity("e"),
            ),
            joins: "LEFT JOIN entities e ON e.reading = m.reading AND e.number = m.by",
        };
        let rare = [
            Rare {
                value: filter.toward.as_ref(),
                tables: "move_parties INDEXED BY move_parties_party",
                is_it: "role = 'target' AND party = ? COLLATE NOCASE",
                join: "reading, move AS number",
            },
            Rare {
                value: filter.party.as_ref(),
                tables: "move_parties INDEXED BY move_parties_party",
                is_it: "role = 'actor' AND party = ? COLLATE NOCASE",
                join: "reading, move AS number",
            },
            Rare {
                value: filter.issue.as_ref(),
                tables: "moves INDEXED BY moves_issue",
                is_it: "issue = ? COLLATE NOCASE",
                join: "reading, number",
            },
        ];
        let list = || {
            let lead = entries.lead(&self.connection, filter, &rare)?;
            let sql = entries.sql(&asked, filter, &lead);
            let mut rows = self.connection.prepare_cached(&sql)?;
            let rows =
                rows.query_map(params_from_iter(asked.of_entries(filter, &lead)), line)?;
            merge(rows, join)
        };
        let mut lines = list().map_err(|cause| self.error("list moves", cause))?;
        lines.sort_by(|a, b| {
            place(a.date(), &a.accounts).cmp(&place(b.date(), &b.accounts))
        });
        Ok(lines)
    }
}

/// One move of all its accounts: as the first to be published has it, and surer where
/// another is.
fn join(entry: &str, accounts: Vec<MoveLine>) -> MoveLine {
    let mut accounts = accounts.into_iter();
    let mut line = accounts.next().expect("an entry has an account");
    line.id = entry.to_owned();
    for other in accounts {
        line.issue = line.issue.or(other.issue);
        if line.by.is_none() {
            (line.by, line.by_id) = (other.by, other.by_id);
        }
        line.condition = line.condition.or(other.condition);
        line.due = line.due.or(other.due);
        line.occurred_on = line.occurred_on.or(other.occurred_on);
        line.confidence = line.confidence.max(other.confidence);
        if line.target.is_empty() {
            line.target = other.target;
        }
        line.accounts.extend(other.accounts);
    }
    line
}

fn line(row: &Row<'_>) -> rusqlite::Result<(String, MoveLine)> {
    let at = |column| ACCOUNT_WIDTH + column;
    let line = MoveLine {
        id: String::new(),
        actor: list(row, at(0))?,
        by: row.get(at(1))?,
        by_id: row.get(at(10))?,
        act: row.get(at(2))?,
        target: list(row, at(3))?,
        issue: row.get(at(4))?,
        modality: row.get(at(5))?,
        condition: row.get(at(6))?,
        due: row.get(at(7))?,
        occurred_on: row.get(at(8))?,
        confidence: row.get(at(9))?,
        accounts: vec![account(row)?],
    };
    Ok((row.get(at(11))?, line))
}
