//! Talks, calls, summits and sessions, by their first day.

use super::{
    ACCOUNT_WIDTH, Account, Asked, Entries, Filter, Rare, account, identity, list, merge,
    name, part, place,
};
use crate::{Error, Ledger};
use rusqlite::{Row, params_from_iter};
use serde_json::{Value, json};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// One meeting with its accounts.
#[derive(Debug, Clone, PartialEq)]
pub struct MeetingLine {
    /// Its identifier, derived from content.
    pub id: String,
    /// The parties.
    pub parties: Vec<String>,
    /// The persons named as taking part.
    pub participants: Vec<String>,
    /// Their ids in the list of actors, in the same order; not printed.
    pub participant_ids: Vec<String>,
    /// The rank of those who meet.
    pub level: String,
    /// How it is held.
    pub format: String,
    /// The place's usual English name.
    pub place: Option<String>,
    /// The first day.
    pub start: Option<String>,
    /// The last day of a meeting of several days.
    pub end: Option<String>,
    /// How long it lasted.
    pub duration_minutes: Option<u32>,
    /// What became of it.
    pub status: String,
    /// What came of it.
    pub outcome: Option<String>,
    /// The agenda's track.
    pub track: Option<String>,
    /// How sure the reader was.
    pub confidence: f64,
    /// What single accounts have otherwise.
    pub said: Vec<Said>,
    /// Where it is told.
    pub accounts: Vec<Account>,
}

impl MeetingLine {
    /// The keys that the line prints with.
    pub const KEYS: &'static [&'static str] = &[
        "id",
        "parties",
        "participants",
        "level",
        "format",
        "place",
        "start",
        "end",
        "duration_minutes",
        "status",
        "outcome",
        "track",
        "confidence",
        "origins",
        "accounts",
    ];

    /// The line as it is printed for programs.
    pub fn json(&self) -> Value {
        json!({
            "id": self.id,
            "parties": self.parties,
            "participants": self.participants,
            "level": self.level,
            "format": self.format,
            "place": self.place,
            "start": self.start,
            "end": self.end,
            "duration_minutes": self.duration_minutes,
            "status": self.status,
            "outcome": self.outcome,
            "track": self.track,
            "confidence": self.confidence,
            "origins": super::origins(&self.accounts),
            "accounts": self.accounts.iter().map(|account| self.account(account)).collect::<Vec<_>>(),
        })
    }
}

impl MeetingLine {
    /// An account, with what it has otherwise under `differs`.
    fn account(&self, account: &Account) -> Value {
        let mut json = account.json();
        let said = self.said.iter().filter(|said| said.document == account.document);
        let differs: serde_json::Map<String, Value> = said
            .flat_map(|said| &said.otherwise)
            .map(|(key, value)| ((*key).to_owned(), value.clone()))
            .collect();
        json["differs"] = Value::Object(differs);
        json
    }
}

impl Ledger {
    /// The meetings that a filter wants, oldest first, undated ones last; an issue keeps
    /// the meetings of documents that tell of acts on it.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn meetings(&self, filter: &Filter) -> Result<Vec<MeetingLine>, Error> {
        let mut asked = Asked::new(filter);
        asked.between(filter, "m.starts_on");
        asked.at_least(filter, "m.confidence");
        asked.actor(
            filter,
            "JOIN meeting_participants q ON q.reading = e.reading AND q.entity = e.number",
            "q.reading = m.reading AND q.meeting = m.number",
        );
        for party in [&filter.party, &filter.toward].into_iter().flatten() {
            asked.and(
                "EXISTS (SELECT 1 FROM meeting_parties q WHERE q.reading = j.reading \
                 AND q.meeting = j.number AND q.party = ? COLLATE NOCASE)",
                [party],
            );
        }
        if let Some(issue) = &filter.issue {
            asked.and(
                "EXISTS (SELECT 1 FROM moves a WHERE a.reading = j.reading \
                 AND a.issue = ? COLLATE NOCASE)",
                [issue],
            );
        }
        let entries = Entries {
            record: "meeting",
            table: "meetings",
            columns: format!(
                "(SELECT json_group_array(party) FROM (SELECT party FROM meeting_parties q
                  WHERE q.reading = m.reading AND q.meeting = m.number ORDER BY q.number)),
                 (SELECT json_group_array(name) FROM (SELECT {} AS name
                  FROM meeting_participants q
                  JOIN entities n ON n.reading = q.reading AND n.number = q.entity
                  WHERE q.reading = m.reading AND q.meeting = m.number ORDER BY q.number)),
                 m.level, m.format, m.place, m.starts_on, m.ends_on, m.duration_minutes,
                 m.status, {}, m.track, m.confidence,
                 (SELECT json_group_array(id) FROM (SELECT {} AS id
                  FROM meeting_participants q
                  JOIN entities n ON n.reading = q.reading AND n.number = q.entity
                  WHERE q.reading = m.reading AND q.meeting = m.number ORDER BY q.number))",
                name("n"),
                part("meeting", "outcome"),
                identity("n"),
            ),
            joins: "",
        };
        let rare = [
            Rare {
                value: filter.toward.as_ref(),
                tables: "meeting_parties INDEXED BY meeting_parties_party",
                is_it: "party = ? COLLATE NOCASE",
                join: "reading, meeting AS number",
            },
            Rare {
                value: filter.party.as_ref(),
                tables: "meeting_parties INDEXED BY meeting_parties_party",
                is_it: "party = ? COLLATE NOCASE",
                join: "reading, meeting AS number",
            },
            Rare {
                value: filter.issue.as_ref(),
                tables: "moves INDEXED BY moves_issue",
                is_it: "issue = ? COLLATE NOCASE",
                join: "DISTINCT reading",
            },
        ];
        let list = || {
            let lead = entries.lead(&self.connection, filter, &rare)?;
            let sql = entries.sql(&asked, filter, &lead);
            let mut rows = self.connection.prepare_cached(&sql)?;
            let rows =
                rows.query_map(params_from_iter(asked.of_entries(filter, &lead)), line)?;
            merge(rows, |entry, accounts| join(entry, &accounts))
        };
        let mut lines = list().map_err(|cause| self.error("list meetings", cause))?;
        lines.sort_by(|a, b| {
            place(a.start.as_deref(), &a.accounts)
                .cmp(&place(b.start.as_deref(), &b.accounts))
        });
        Ok(lines)
    }
}

/// What one account has otherwise than the line that all accounts make.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The document.
    pub document: String,
    /// What it says of each attribute that it has otherwise, by the attribute's key.
    pub otherwise: Vec<(&'static str, Value)>,
}

/// One meeting of all its accounts. Of each attribute stands what most independent
/// origins say, of two equals what the surer account has.
fn join(entry: &str, accounts: &[MeetingLine]) -> MeetingLine {
    let fullest = accounts
        .iter()
        .max_by(|a, b| a.parties.len().cmp(&b.parties.len()).then(surer(a, b)))
        .expect("an entry has an account");
    let mut line = fullest.clone();
    line.id = entry.to_owned();
    line.start = vote(accounts, |one| one.start.clone().filter(|day| day.len() >= 10))
        .or_else(|| vote(accounts, |one| one.start.clone()));
    line.end = vote(accounts, |one| one.end.clone());
    line.place = vote(accounts, |one| one.place.clone());
    let known = |word: &String| (word != "unknown").then(|| word.clone());
    let unknown = || "unknown".to_owned();
    line.format = vote(accounts, |one| known(&one.format)).unwrap_or_else(unknown);
    line.level = vote(accounts, |one| known(&one.level)).unwrap_or_else(unknown);
    line.duration_minutes = vote(accounts, |one| one.duration_minutes);
    line.track = vote(accounts, |one| one.track.clone());
    line.status = status(accounts);
    line.outcome = accounts.iter().find_map(|one| one.outcome.clone());
    line.participants.clear();
    line.participant_ids.clear();
    let named = |one: &'_ MeetingLine| {
        let ids = one.participant_ids.iter().cloned();
        one.participants.iter().cloned().zip(ids).collect::<Vec<_>>()
    };
    for (name, id) in accounts.iter().flat_map(named) {
        if !line.participants.contains(&name) {
            line.participants.push(name);
            line.participant_ids.push(id);
        }
    }
    let sure = accounts.iter().map(|one| one.confidence);
    line.confidence = sure.fold(0.0, f64::max);
    line.accounts = accounts.iter().flat_map(|one| one.accounts.clone()).collect();
    line.said = accounts.iter().filter_map(|one| otherwise(one, &line)).collect();
    line
}

fn surer(one: &MeetingLine, other: &MeetingLine) -> Ordering {
    one.confidence.total_cmp(&other.confidence)
}

/// What most origins say.
fn vote<T: Ord + Clone>(
    accounts: &[MeetingLine],
    of: impl Fn(&MeetingLine) -> Option<T>,
) -> Option<T> {
    let mut votes: BTreeMap<T, (BTreeSet<&str>, f64)> = BTreeMap::new();
    for account in accounts {
        if let Some(value) = of(account) {
            let (origins, confidence) = votes.entry(value).or_default();
            origins.extend(account.accounts.iter().map(|a| a.origin.as_str()));
            *confidence = confidence.max(account.confidence);
        }
    }
    let most = votes
        .into_iter()
        .max_by(|(_, a), (_, b)| a.0.len().cmp(&b.0.len()).then(a.1.total_cmp(&b.1)));
    most.map(|(value, _)| value)
}

/// What became of a meeting: it was held where somebody says so; else what the last
/// account says, since plans change.
fn status(accounts: &[MeetingLine]) -> String {
    let told = |one: &MeetingLine| one.accounts.first().and_then(|a| a.published.clone());
    if accounts.iter().any(|one| one.status == "held") {
        return "held".to_owned();
    }
    let last = accounts.iter().max_by(|a, b| told(a).cmp(&told(b)).then(surer(a, b)));
    last.map(|one| one.status.clone()).unwrap_or_default()
}

fn otherwise(account: &MeetingLine, line: &MeetingLine) -> Option<Said> {
    let mut otherwise = Vec::new();
    let mut note = |key, said: Value, stands: Value| {
        let is_known = !said.is_null() && said != "unknown" && said != json!([]);
        if is_known && said != stands {
            otherwise.push((key, said));
        }
    };
    // In whatever order they are named.
    let sides = |one: &MeetingLine| one.parties.iter().cloned().collect::<BTreeSet<_>>();
    if sides(account) != sides(line) {
        note("parties", json!(account.parties), json!(line.parties));
    }
    note("level", json!(account.level), json!(line.level));
    note("format", json!(account.format), json!(line.format));
    note("place", json!(account.place), json!(line.place));
    note("start", json!(account.start), json!(line.start));
    note("end", json!(account.end), json!(line.end));
    note("status", json!(account.status), json!(line.status));
    let minutes = (account.duration_minutes, line.duration_minutes);
    note("duration_minutes", json!(minutes.0), json!(minutes.1));
    let document = account.accounts.first()?.document.clone();
    (!otherwise.is_empty()).then_some(Said { document, otherwise })
}

fn line(row: &Row<'_>) -> rusqlite::Result<(String, MeetingLine)> {
    let at = |column| ACCOUNT_WIDTH + column;
    let line = MeetingLine {
        id: String::new(),
        parties: list(row, at(0))?,
        participants: list(row, at(1))?,
        participant_ids: list(row, at(12))?,
        level: row.get(at(2))?,
        format: row.get(at(3))?,
        place: row.get(at(4))?,
        start: row.get(at(5))?,
        end: row.get(at(6))?,
        duration_minutes: row.get(at(7))?,
        status: row.get(at(8))?,
        outcome: row.get(at(9))?,
        track: row.get(at(10))?,
        confidence: row.get(at(11))?,
        said: Vec::new(),
        accounts: vec![account(row)?],
    };
    Ok((row.get(at(13))?, line))
}
