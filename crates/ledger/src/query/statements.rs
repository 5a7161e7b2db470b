//! Reported speech, in the order in which it was said.

use super::version::{Version, compare};
use super::{
    ACCOUNT_WIDTH, Account, Asked, Entries, Filter, Rare, account, identity, list, merge,
    name, part, place,
};
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
    /// The speaker's id in the list of actors; not printed.
    pub speaker_id: String,
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
    /// The words of each account, in the order of these, and how they differ.
    pub versions: Vec<Version>,
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
        "versions",
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
            "versions": self.versions.iter().map(Version::json).collect::<Vec<_>>(),
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
        asked.dated(filter, "coalesce(m.said_on, c.published_on)");
        asked.at_least(filter, "m.confidence");
        asked.actor(filter, "", "e.reading = m.reading AND e.number = m.speaker");
        if let Some(party) = &filter.party {
            asked.and(
                "EXISTS (SELECT 1 FROM entities e WHERE e.reading = m.reading \
                 AND e.number = m.speaker AND e.party = ? COLLATE NOCASE)",
                [party],
            );
        }
        if let Some(issue) = &filter.issue {
            asked.and(
                "EXISTS (SELECT 1 FROM moves a WHERE a.reading = j.reading \
                 AND a.statement = j.number AND a.issue = ? COLLATE NOCASE)",
                [issue],
            );
        }
        let entries = Entries {
            record: "statement",
            table: "statements",
            columns: format!(
                "{}, {}, e.party, {}, m.kind,
                 (SELECT json_group_array(words) FROM (SELECT words FROM evidence v
                  WHERE v.reading = j.reading AND v.record = 'statement'
                  AND v.number = j.number AND v.part = 'content' ORDER BY v.place)),
                 {}, m.said_on, {},
                 (SELECT json_group_array(name) FROM (SELECT n.name FROM statement_chain h
                  JOIN entities n ON n.reading = h.reading AND n.number = h.entity
                  WHERE h.reading = j.reading AND h.statement = j.number
                  ORDER BY h.number)),
                 m.confidence, {}",
                name("e"),
                part("statement", "speaker"),
                part("statement", "cue"),
                part("statement", "addressee"),
                part("statement", "occasion"),
                identity("e"),
            ),
            joins: "JOIN entities e ON e.reading = m.reading AND e.number = m.speaker",
        };
        let rare = [
            Rare {
                value: filter.party.as_ref(),
                tables: "entities e INDEXED BY entities_party CROSS JOIN statements s \
                         ON s.reading = e.reading AND s.speaker = e.number",
                is_it: "e.party = ? COLLATE NOCASE",
                join: "s.reading, s.number",
            },
            Rare {
                value: filter.issue.as_ref(),
                tables: "moves INDEXED BY moves_issue",
                is_it: "issue = ? COLLATE NOCASE AND statement IS NOT NULL",
                join: "reading, statement AS number",
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
        let mut lines = list().map_err(|cause| self.error("list statements", cause))?;
        lines.sort_by(|a, b| {
            place(a.date(), &a.accounts).cmp(&place(b.date(), &b.accounts))
        });
        Ok(lines)
    }
}

/// One statement of all its accounts: as the first to be published has it.
fn join(entry: &str, accounts: Vec<StatementLine>) -> StatementLine {
    let mut accounts = accounts.into_iter();
    let mut line = accounts.next().expect("an entry has an account");
    line.id = entry.to_owned();
    for other in accounts {
        line.party = line.party.or(other.party);
        line.addressee = line.addressee.or(other.addressee);
        line.said_on = line.said_on.or(other.said_on);
        line.occasion = line.occasion.or(other.occasion);
        line.confidence = line.confidence.max(other.confidence);
        line.versions.extend(other.versions);
        line.accounts.extend(other.accounts);
    }
    compare(&mut line.versions);
    line
}

fn line(row: &Row<'_>) -> rusqlite::Result<(String, StatementLine)> {
    let at = |column| ACCOUNT_WIDTH + column;
    let account = account(row)?;
    let cue: Option<String> = row.get(at(3))?;
    let content = list(row, at(5))?;
    let version = Version {
        document: account.document.clone(),
        cue: cue.clone(),
        words: content.concat(),
        differs: Vec::new(),
    };
    let line = StatementLine {
        id: String::new(),
        speaker: row.get(at(0))?,
        speaker_id: row.get(at(11))?,
        speaker_surface: row.get(at(1))?,
        party: row.get(at(2))?,
        cue,
        kind: row.get(at(4))?,
        content,
        addressee: row.get(at(6))?,
        said_on: row.get(at(7))?,
        occasion: row.get(at(8))?,
        chain: list(row, at(9))?,
        confidence: row.get(at(10))?,
        versions: vec![version],
        accounts: vec![account],
    };
    Ok((row.get(at(12))?, line))
}
