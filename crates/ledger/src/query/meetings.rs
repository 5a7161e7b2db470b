//! Talks, calls, summits and sessions, by their first day.

use super::{ACCOUNT, ACCOUNT_WIDTH, Account, Asked, Filter, account, list, part};
use crate::{Error, Ledger};
use rusqlite::{Row, params_from_iter};
use serde_json::{Value, json};

/// One meeting with its accounts.
#[derive(Debug, Clone, PartialEq)]
pub struct MeetingLine {
    /// Its identifier, derived from content.
    pub id: String,
    /// The parties.
    pub parties: Vec<String>,
    /// The persons named as taking part.
    pub participants: Vec<String>,
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
            "accounts": super::accounts_json(&self.accounts),
        })
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
        for party in [&filter.party, &filter.toward].into_iter().flatten() {
            asked.and(
                "EXISTS (SELECT 1 FROM meeting_parties q WHERE q.reading = m.reading \
                 AND q.meeting = m.number AND q.party = ? COLLATE NOCASE)",
                [party],
            );
        }
        if let Some(issue) = &filter.issue {
            asked.and(
                "EXISTS (SELECT 1 FROM moves a WHERE a.reading = m.reading \
                 AND a.issue = ? COLLATE NOCASE)",
                [issue],
            );
        }
        let sql = format!(
            "WITH p AS MATERIALIZED (
               SELECT m.reading, m.number, m.starts_on AS at
               FROM current c JOIN meetings m ON m.reading = c.reading
               WHERE {} ORDER BY at IS NULL, at, c.document, m.number LIMIT {})
             SELECT {ACCOUNT}, m.id,
               (SELECT json_group_array(party) FROM (SELECT party FROM meeting_parties q
                WHERE q.reading = p.reading AND q.meeting = p.number ORDER BY q.number)),
               (SELECT json_group_array(name) FROM (SELECT n.name
                FROM meeting_participants q
                JOIN entities n ON n.reading = q.reading AND n.number = q.entity
                WHERE q.reading = p.reading AND q.meeting = p.number ORDER BY q.number)),
               m.level, m.format, m.place, m.starts_on, m.ends_on, m.duration_minutes,
               m.status, {}, m.track, m.confidence
             FROM p JOIN current c ON c.reading = p.reading
             JOIN meetings m ON m.reading = p.reading AND m.number = p.number
             JOIN evidence w ON w.reading = p.reading AND w.record = 'meeting'
               AND w.number = p.number AND w.part = 'whole' AND w.place = 0
             ORDER BY p.at IS NULL, p.at, c.document, m.number",
            asked.conditions(),
            asked.limit,
            part("meeting", "outcome"),
        );
        let list = || {
            let mut rows = self.connection.prepare_cached(&sql)?;
            rows.query_map(params_from_iter(asked.values()), line)?
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        list().map_err(|cause| self.error("list meetings", cause))
    }
}

fn line(row: &Row<'_>) -> rusqlite::Result<MeetingLine> {
    let at = |column| ACCOUNT_WIDTH + column;
    Ok(MeetingLine {
        id: row.get(at(0))?,
        parties: list(row, at(1))?,
        participants: list(row, at(2))?,
        level: row.get(at(3))?,
        format: row.get(at(4))?,
        place: row.get(at(5))?,
        start: row.get(at(6))?,
        end: row.get(at(7))?,
        duration_minutes: row.get(at(8))?,
        status: row.get(at(9))?,
        outcome: row.get(at(10))?,
        track: row.get(at(11))?,
        confidence: row.get(at(12))?,
        accounts: vec![account(row)?],
    })
}
