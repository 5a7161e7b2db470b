//! What happened, day by day: meetings and moves, and what was said where that is wanted.

use super::{Account, Filter};
use crate::{Error, Ledger};
use serde_json::{Value, json};

/// What sort of entry an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventKind {
    /// A meeting.
    Meeting,
    /// A move.
    Move,
    /// A statement.
    Statement,
}

impl EventKind {
    /// The word that it prints as.
    pub fn code(self) -> &'static str {
        match self {
            EventKind::Meeting => "meeting",
            EventKind::Move => "move",
            EventKind::Statement => "statement",
        }
    }
}

/// One line of a timeline.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The day, month or year, or an interval; none where nothing dates it.
    pub date: Option<String>,
    /// Whether the date is only that of publication.
    pub is_dated_by_publication: bool,
    /// What sort of entry it is.
    pub kind: EventKind,
    /// The entry's identifier.
    pub id: String,
    /// Who takes part: of a move, whose act it is.
    pub parties: Vec<String>,
    /// Towards whom a move is directed.
    pub target: Vec<String>,
    /// What it is, in a few words: `REQUEST nato-enlargement`.
    pub what: String,
    /// How sure the reader was.
    pub confidence: f64,
    /// Where it is told.
    pub accounts: Vec<Account>,
}

impl Event {
    /// The keys that the line prints with.
    pub const KEYS: &'static [&'static str] = &[
        "date",
        "dated_by",
        "kind",
        "id",
        "parties",
        "target",
        "what",
        "evidence",
        "outlet",
        "confidence",
        "origins",
        "accounts",
    ];

    /// The line as it is printed for programs.
    pub fn json(&self) -> Value {
        let first = self.accounts.first();
        json!({
            "date": self.date,
            "dated_by": if self.is_dated_by_publication { "publication" } else { "text" },
            "kind": self.kind.code(),
            "id": self.id,
            "parties": self.parties,
            "target": self.target,
            "what": self.what,
            "evidence": first.map(|account| &account.evidence),
            "outlet": first.and_then(|account| account.outlet.as_ref()),
            "confidence": self.confidence,
            "origins": super::origins(&self.accounts),
            "accounts": super::accounts_json(&self.accounts),
        })
    }
}

impl Ledger {
    /// The meetings and moves that a filter wants, with statements where they are wanted
    /// too, oldest first, undated ones last.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn timeline(
        &self,
        filter: &Filter,
        with_statements: bool,
    ) -> Result<Vec<Event>, Error> {
        // Each list is asked for as many as are wanted in all: which they are shows only
        // when they are put in order.
        let mut events: Vec<Event> = Vec::new();
        events.extend(self.meetings(filter)?.into_iter().map(|m| Event {
            what: meeting_words(&m),
            date: m.start,
            is_dated_by_publication: false,
            kind: EventKind::Meeting,
            id: m.id,
            parties: m.parties,
            target: Vec::new(),
            confidence: m.confidence,
            accounts: m.accounts,
        }));
        events.extend(self.moves(filter)?.into_iter().map(|m| Event {
            date: m.date().map(str::to_owned),
            is_dated_by_publication: m.occurred_on.is_none(),
            kind: EventKind::Move,
            what: move_words(&m),
            id: m.id,
            parties: m.actor,
            target: m.target,
            confidence: m.confidence,
            accounts: m.accounts,
        }));
        if with_statements {
            events.extend(self.statements(filter)?.into_iter().map(|s| Event {
                date: s.date().map(str::to_owned),
                is_dated_by_publication: s.said_on.is_none(),
                kind: EventKind::Statement,
                what: s.speaker.clone(),
                id: s.id,
                parties: s.party.into_iter().collect(),
                target: Vec::new(),
                confidence: s.confidence,
                accounts: s.accounts,
            }));
        }
        events.sort_by(|a, b| place(a).cmp(&place(b)));
        events.truncate(filter.limit.unwrap_or(usize::MAX));
        Ok(events)
    }
}

/// Where an event stands in order; by content alone, so that it is the same in every
/// ledger of the same documents.
fn place(event: &Event) -> impl Ord + use<'_> {
    // 2022-01-10T16:26 and 2022-01-10 are the same day.
    let day = event.date.as_deref().map(|date| date.get(..10).unwrap_or(date));
    let account = event.accounts.first().map(|a| (a.document.as_str(), a.span.0));
    (day.is_none(), day, event.kind, account, &event.id)
}

fn meeting_words(meeting: &super::MeetingLine) -> String {
    let known = |word: &str| (word != "unknown").then(|| word.to_owned());
    let words =
        [Some(meeting.status.clone()), known(&meeting.level), known(&meeting.format)];
    let mut what = words.into_iter().flatten().collect::<Vec<_>>().join(", ");
    if let Some(place) = &meeting.place {
        what.push_str(&format!(", {place}"));
    }
    what
}

fn move_words(line: &super::MoveLine) -> String {
    let mut what = line.act.clone();
    if let Some(issue) = &line.issue {
        what.push_str(&format!(" {issue}"));
    }
    if line.condition.is_some() {
        what.push_str(" (if)");
    }
    what
}
