//! The briefing: what was said and done, by issue and by date, with its evidence.
//!
//! In: lines made from rows of the ledger. Out: one account of them in Markdown or HTML.
//! Refuses to know: where the rows were kept, how they were joined.

mod markdown;
mod outline;
mod page;
mod phrases;

pub use markdown::markdown;
pub use outline::{Block, Column, Link, Role, Run, Style, outline};
pub use page::page;

use crate::{Passage, When};
use ledger::{Change, OpenKind, OpenStatus};
use record::{Act, Format, Kind, Level, Modality, Span, Status};
use std::collections::{BTreeMap, BTreeSet};

/// All that a briefing says, before it is put into words.
#[derive(Debug, Clone, Default)]
pub struct Briefing {
    /// What the talks are called.
    pub title: String,
    /// The day that planned and held are told apart by, ISO 8601.
    pub as_of: Option<String>,
    /// The documents; the first is cited as 1.
    pub documents: Vec<DocumentLine>,
    /// Meetings, in any order.
    pub meetings: Vec<MeetingLine>,
    /// Where parties stand on issues, in any order.
    pub positions: Vec<Position>,
    /// What is asked, promised, threatened or planned, in any order.
    pub open_items: Vec<OpenItem>,
    /// Issues with what was done about each, the most told of first.
    pub issues: Vec<Issue>,
    /// Issues of the agenda that no document touches, by label.
    pub silent: Vec<String>,
    /// Speakers, the most quoted first.
    pub speakers: Vec<Speaker>,
    /// The name of each party in the language of the briefing, by code: `RUS`, `Russia`.
    pub names: BTreeMap<String, String>,
    /// At most this many lines are shown for one issue, the surest ones, and half as many
    /// for one speaker; what is left out is counted. None: all.
    pub limit: Option<usize>,
}

/// One document as it is listed and cited.
#[derive(Debug, Clone, Default)]
pub struct DocumentLine {
    /// Its path or name.
    pub path: String,
    /// Its address.
    pub url: Option<String>,
    /// The outlet that published it.
    pub outlet: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// BCP 47.
    pub language: String,
    /// When it was published, ISO 8601.
    pub published: Option<String>,
    /// Whether that date was inferred.
    pub inferred: bool,
    /// What it derives from.
    pub lineage: Vec<Lineage>,
    /// What its origin is called; documents with the same one are one origin.
    pub origin: String,
    /// Why nothing was read from it.
    pub unread: Option<String>,
}

/// How a document derives from another.
#[derive(Debug, Clone, Default)]
pub struct Lineage {
    /// `reprint`, `translation`, `digest` or `cites`.
    pub kind: String,
    /// What the document or outlet is called.
    pub to: String,
    /// The number of the document it is, where that one is listed too.
    pub document: Option<usize>,
}

/// One document's telling of an entry.
#[derive(Debug, Clone)]
pub struct Account {
    /// The number of the document, from 1.
    pub document: usize,
    /// Bytes of the document as captured.
    pub bytes: Span,
    /// The sentence.
    pub passage: Passage,
}

/// Where one party stands on one issue.
#[derive(Debug, Clone)]
pub struct Position {
    /// The label of the issue.
    pub issue: String,
    /// The party code.
    pub party: String,
    /// The act that says where it stands.
    pub act: Act,
    /// Whether that act hangs on something.
    pub is_conditional: bool,
    /// Since when it has stood so, ISO 8601.
    pub since: String,
    /// What the last that is told of it changed.
    pub change: Change,
    /// The day of that.
    pub changed_on: String,
    /// Who tells of the first day and of the last.
    pub accounts: Vec<Account>,
}

/// One promise, deadline, threat, request or meeting to come.
#[derive(Debug, Clone)]
pub struct OpenItem {
    /// What sort of thing it is.
    pub kind: OpenKind,
    /// Whose it is: a party code.
    pub party: String,
    /// Towards whom: party codes.
    pub toward: Vec<String>,
    /// The label of the issue.
    pub issue: Option<String>,
    /// By when, or on which day, ISO 8601.
    pub due: Option<String>,
    /// The day that it is first told of.
    pub since: Option<String>,
    /// What became of it.
    pub status: OpenStatus,
    /// Who tells of it, the best account first.
    pub accounts: Vec<Account>,
    /// What met, answered or ended it.
    pub closed_by: Option<Account>,
}

/// One issue and the moves about it.
#[derive(Debug, Clone, Default)]
pub struct Issue {
    /// Its label; none for moves on no issue of the agenda.
    pub label: Option<String>,
    /// What was done, in any order.
    pub moves: Vec<MoveLine>,
}

/// One act of a party.
#[derive(Debug, Clone)]
pub struct MoveLine {
    /// When it was done, ISO 8601.
    pub date: Option<String>,
    /// Whether `date` is only the day on which it was reported.
    pub is_reported: bool,
    /// Whose act it is: party codes.
    pub actor: Vec<String>,
    /// Through whom.
    pub by: Option<String>,
    /// What it is.
    pub act: Act,
    /// Towards whom: party codes.
    pub target: Vec<String>,
    /// How real it is told to be.
    pub modality: Modality,
    /// Whether it hangs on a condition.
    pub conditional: bool,
    /// The words of the condition.
    pub condition: Option<String>,
    /// By when, ISO 8601.
    pub due: Option<String>,
    /// 0 to 1.
    pub confidence: f64,
    /// Who tells it, the best account first.
    pub accounts: Vec<Account>,
}

/// One speaker and what they said.
#[derive(Debug, Clone, Default)]
pub struct Speaker {
    /// The name.
    pub name: String,
    /// The party code they speak for.
    pub party: Option<String>,
    /// The office.
    pub role: Option<String>,
    /// What they said, in any order.
    pub statements: Vec<StatementLine>,
}

/// One piece of reported speech.
#[derive(Debug, Clone)]
pub struct StatementLine {
    /// When it was said, ISO 8601.
    pub said_on: Option<String>,
    /// Whether `said_on` is only the day on which it was reported.
    pub is_reported: bool,
    /// The verb that reports it.
    pub cue: Option<String>,
    /// Direct, indirect or mixed.
    pub kind: Kind,
    /// To whom.
    pub addressee: Option<String>,
    /// Where it was said.
    pub occasion: Option<String>,
    /// 0 to 1.
    pub confidence: f64,
    /// Who tells it.
    pub accounts: Vec<Account>,
}

/// One meeting, over all accounts of it.
#[derive(Debug, Clone)]
pub struct MeetingLine {
    /// The first day, ISO 8601.
    pub start: Option<String>,
    /// The last day, where there are several.
    pub until: Option<String>,
    /// Party codes.
    pub parties: Vec<String>,
    /// Names of those who took part.
    pub participants: Vec<String>,
    /// Their rank.
    pub level: Level,
    /// How it is held.
    pub format: Format,
    /// Where.
    pub place: Option<String>,
    /// What became of it.
    pub status: Status,
    /// The lengths that the accounts give, in minutes, shortest first.
    pub minutes: Vec<u32>,
    /// 0 to 1.
    pub confidence: f64,
    /// Who tells it, the best account first.
    pub accounts: Vec<Account>,
}

impl Briefing {
    /// The document with a number from 1.
    fn document(&self, number: usize) -> Option<&DocumentLine> {
        self.documents.get(number.checked_sub(1)?)
    }

    /// The name of a party.
    fn name(&self, party: &str) -> String {
        self.names.get(party).cloned().unwrap_or_else(|| party.to_owned())
    }

    /// How many origins stand behind some accounts.
    fn origins(&self, accounts: &[Account]) -> usize {
        let origins: BTreeSet<&str> = accounts
            .iter()
            .filter_map(|account| self.document(account.document))
            .map(|document| document.origin.as_str())
            .collect();
        origins.len()
    }

    /// Accounts to quote in full, and those that only repeat one of them in another
    /// document, such as a reprint.
    fn quoted<'a>(
        &self,
        accounts: &'a [Account],
    ) -> (Vec<&'a Account>, Vec<&'a Account>) {
        let cited: BTreeSet<usize> = accounts.iter().map(|a| a.document).collect();
        accounts.iter().partition(|account| {
            let lineage = self.document(account.document).map(|d| &d.lineage[..]);
            let sources = lineage.unwrap_or_default().iter();
            !sources.filter_map(|l| l.document).any(|number| cited.contains(&number))
        })
    }

    /// Meetings in order of time, the undated last.
    fn meetings(&self) -> Vec<&MeetingLine> {
        let mut meetings: Vec<&MeetingLine> = self.meetings.iter().collect();
        meetings.sort_by_key(|meeting| order(meeting.start.as_deref()));
        meetings
    }
}

/// The place of a date among others: partial dates after the days that they begin with,
/// no date at all last.
fn order(date: Option<&str>) -> (bool, Option<When>) {
    let when = date.and_then(When::parse);
    (when.is_none(), when)
}
