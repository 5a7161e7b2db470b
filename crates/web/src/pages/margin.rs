//! The notes beside a document's text: what every mark in it is, and what made it.
//!
//! In: marks, and the entries that they belong to. Out: numbered notes for statements,
//! moves and meetings, a note for each name and each date. Refuses to know: how the text
//! is cut.

use super::controls::visible;
use super::marked::is_entry;
use super::{Asked, Place, Room, Shown};
use ledger::{Filter, Mark, MeetingLine, MoveLine, StatementLine};
use maud::{Markup, html};
use record::Article;
use std::collections::BTreeMap;

/// The most rows of the word lists that one note names.
const RULES: usize = 5;

/// What one note is about: an entry, a name, a date.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum About<'a> {
    Entry(&'a str, &'a str),
    Name(&'a str, &'a str),
    Date(&'a str, Option<&'a str>),
}

/// One note.
struct Note<'a> {
    about: About<'a>,
    /// The mark that it is numbered by.
    first: &'a Mark,
    count: usize,
    rules: Vec<&'a str>,
}

/// The notes of one part of a document, in text order.
pub(super) struct Margin<'a> {
    notes: Vec<Note<'a>>,
    /// The note of each mark.
    of: Vec<Option<usize>>,
    numbers: BTreeMap<(&'a str, &'a str), usize>,
}

/// The entries of a part, as the lists have them.
struct Lines {
    statements: BTreeMap<String, StatementLine>,
    moves: BTreeMap<String, MoveLine>,
    meetings: BTreeMap<String, MeetingLine>,
}

impl<'a> Margin<'a> {
    /// Gathers what the marks of a part are about.
    pub fn of(marks: &'a [Mark]) -> Margin<'a> {
        let mut margin =
            Margin { notes: Vec::new(), of: Vec::new(), numbers: BTreeMap::new() };
        let mut known: BTreeMap<About<'a>, usize> = BTreeMap::new();
        for mark in marks {
            let about = match (mark.record.as_str(), mark.entry.as_deref()) {
                ("mention", id) => About::Name(id.unwrap_or_default(), &mark.about),
                ("timex", _) => About::Date(&mark.about, mark.beside.as_deref()),
                (record @ ("statement" | "move" | "meeting"), Some(entry)) => {
                    About::Entry(record, entry)
                }
                _ => {
                    margin.of.push(None);
                    continue;
                }
            };
            let at = *known.entry(about.clone()).or_insert_with(|| {
                let rules = Vec::new();
                margin.notes.push(Note { about, first: mark, count: 0, rules });
                margin.notes.len() - 1
            });
            let note = &mut margin.notes[at];
            if is_entry(mark) && !is_entry(note.first) {
                note.first = mark;
            }
            note.count += 1;
            for rule in &mark.rules {
                if !note.rules.contains(&rule.as_str()) {
                    note.rules.push(rule);
                }
            }
            margin.of.push(Some(at));
        }
        margin.number();
        margin
    }

    /// Numbers the entries as they come in the text.
    fn number(&mut self) {
        for note in &self.notes {
            if let About::Entry(record, entry) = note.about
                && is_entry(note.first)
            {
                let number = self.numbers.len() + 1;
                self.numbers.insert((record, entry), number);
            }
        }
    }

    /// The anchor of the note that a mark leads to; entries have their number instead.
    pub fn note_of(&self, mark: usize) -> Option<String> {
        let at = self.of.get(mark).copied().flatten()?;
        match self.notes[at].about {
            About::Entry(..) => None,
            About::Name(..) => Some(format!("a{at}")),
            About::Date(..) => Some(format!("t{at}")),
        }
    }

    /// The number of the note of an entry.
    pub fn number_of(&self, mark: &Mark) -> Option<usize> {
        let entry = mark.entry.as_deref()?;
        self.numbers.get(&(mark.record.as_str(), entry)).copied()
    }

    /// How many notes of a record there are.
    pub fn count(&self, record: &str) -> usize {
        self.numbers.keys().filter(|(one, _)| *one == record).count()
    }

    /// The notes.
    pub fn notes(
        &self,
        room: &Room<'_>,
        asked: &Asked,
        article: &Article,
    ) -> Shown<Markup> {
        let lines = self.lines(room, asked)?;
        let part = |record: &'static str, title: &'static str| {
            let notes = self.notes.iter().filter(
                |note| matches!(note.about, About::Entry(one, _) if one == record),
            );
            let rows: Vec<Markup> =
                notes.filter_map(|note| self.entry(room, asked, note, &lines)).collect();
            html! {
                @if !rows.is_empty() {
                    h3 id=(record) { (asked.text(title)) }
                    ol.notes { @for row in rows { (row) } }
                }
            }
        };
        let others = |wanted: fn(&About<'_>) -> bool| {
            self.notes.iter().enumerate().filter(move |(_, note)| wanted(&note.about))
        };
        let names: Vec<Markup> = others(|about| matches!(about, About::Name(..)))
            .map(|(at, note)| self.name(room, asked, at, note))
            .collect();
        let dates: Vec<Markup> = others(|about| matches!(about, About::Date(..)))
            .map(|(at, note)| self.date(asked, at, note, article))
            .collect();
        Ok(html! {
            (part("statement", "document.statements"))
            (part("move", "document.moves"))
            (part("meeting", "document.meetings"))
            @if !names.is_empty() {
                h3 id="names" { (asked.text("document.names")) }
                ul.notes { @for one in names { (one) } }
            }
            @if !dates.is_empty() {
                h3 id="dates" { (asked.text("document.dates")) }
                ul.notes { @for one in dates { (one) } }
            }
        })
    }

    fn lines(&self, room: &Room<'_>, asked: &Asked) -> Shown<Lines> {
        let filter = |record: &str| {
            let ids = self.numbers.keys().filter(|(one, _)| *one == record);
            let only: Vec<String> = ids.map(|(_, entry)| (*entry).to_owned()).collect();
            Filter {
                only: Some(only),
                as_of: asked.lens.as_of.clone(),
                ..Filter::default()
            }
        };
        let statements = room.ledger.statements(&filter("statement"))?;
        let moves = room.ledger.moves(&filter("move"))?;
        let meetings = room.ledger.meetings(&filter("meeting"))?;
        Ok(Lines {
            statements: statements
                .into_iter()
                .map(|line| (line.id.clone(), line))
                .collect(),
            moves: moves.into_iter().map(|line| (line.id.clone(), line)).collect(),
            meetings: meetings.into_iter().map(|line| (line.id.clone(), line)).collect(),
        })
    }

    fn entry(
        &self,
        room: &Room<'_>,
        asked: &Asked,
        note: &Note<'_>,
        lines: &Lines,
    ) -> Option<Markup> {
        let number = self.number_of(note.first)?;
        let About::Entry(record, id) = note.about else { return None };
        let claim = match record {
            "statement" => {
                lines.statements.get(id).map(|line| statement(room, asked, line))
            }
            "move" => lines.moves.get(id).map(|line| act(room, asked, line)),
            _ => lines.meetings.get(id).map(|line| meeting(room, asked, line)),
        };
        let place = match record {
            "statement" => Place::Statement(id.to_owned()),
            "move" => Place::Move(id.to_owned()),
            _ => Place::Meeting(id.to_owned()),
        };
        Some(html! {
            li id={ "n" (number) } {
                a.ref href={ "#b" (note.first.in_document.start) }
                    aria-label=(asked.language.number("document.back", number)) { (number) }
                " "
                @match claim {
                    Some(claim) => a href=(asked.to(&place)) { (claim) },
                    // Nothing had been told of it by the day asked for: it has no page.
                    None => (asked.text("document.later")),
                }
                (rules(&note.rules))
            }
        })
    }

    fn name(&self, room: &Room<'_>, asked: &Asked, at: usize, note: &Note<'_>) -> Markup {
        let About::Name(id, name) = note.about else { return html! {} };
        html! {
            li id={ "a" (at) } {
                @if id.is_empty() {
                    bdi { (room.names.place(name, asked.language)) }
                } @else {
                    a href=(asked.to(&Place::Actor(id.to_owned()))) { bdi { (visible(&called(room, asked, id, name))) } }
                }
                @if let Some(party) = &note.first.beside {
                    " · " (room.names.party(party, asked.language))
                }
                " · " (asked.language.number("n.places", note.count))
                (rules(&note.rules))
            }
        }
    }

    fn date(
        &self,
        asked: &Asked,
        at: usize,
        note: &Note<'_>,
        article: &Article,
    ) -> Markup {
        let About::Date(value, anchor) = note.about else { return html! {} };
        let words = article.text.get(note.first.span.start..note.first.span.end);
        html! {
            li id={ "t" (at) } {
                bdi lang=(article.language) { (visible(words.unwrap_or_default())) } ": "
                (said(asked, value))
                @if let Some(anchor) = anchor {
                    " · " (asked.language.with("document.anchor", &[&said(asked, anchor)]))
                }
                @if note.count > 1 { " · " (asked.language.number("n.places", note.count)) }
                (rules(&note.rules))
            }
        }
    }
}

/// A date in words, a duration as ISO 8601 has it.
fn said(asked: &Asked, value: &str) -> String {
    crate::When::parse(value)
        .map_or_else(|| value.to_owned(), |when| when.words(asked.language))
}

fn statement(room: &Room<'_>, asked: &Asked, line: &StatementLine) -> Markup {
    html! {
        bdi { (visible(&called(room, asked, &line.speaker_id, &line.speaker))) }
        @if let Some(party) = &line.party { " (" (room.names.party(party, asked.language)) ")" }
        @if let Some(kind) = asked.language.find(&format!("kind.{}", line.kind)) { " · " (kind) }
        @if let Some(day) = &line.said_on { " · " (asked.short_date(day)) }
    }
}

/// What an actor is called in the page's language; what the ledger calls it where that
/// cannot be told.
fn called(room: &Room<'_>, asked: &Asked, id: &str, name: &str) -> String {
    room.called(asked, id, name).unwrap_or_else(|_| name.to_owned())
}

fn act(room: &Room<'_>, asked: &Asked, line: &MoveLine) -> Markup {
    html! {
        @if line.actor.is_empty() { (asked.text("no-party")) }
        @else { (room.names.parties(&line.actor, asked.language)) }
        " " (room.act(asked, &line.act))
        @if !line.target.is_empty() { " → " (room.names.parties(&line.target, asked.language)) }
        @if let Some(issue) = &line.issue { " · " (room.names.issue(issue, asked.language)) }
    }
}

fn meeting(room: &Room<'_>, asked: &Asked, line: &MeetingLine) -> Markup {
    html! {
        (room.meeting_title(asked, line))
        @if let Some(word) = asked.language.find(&format!("status.{}", line.status)) { " · " (word) }
        @if let Some(day) = &line.start { " · " (asked.short_date(day)) }
    }
}

/// The rows of the word lists that made a mark.
fn rules(rules: &[&str]) -> Markup {
    html! {
        @if !rules.is_empty() {
            span.rules {
                @for rule in rules.iter().take(RULES) { code { (rule) } " " }
                @if rules.len() > RULES { "+" (rules.len() - RULES) }
            }
        }
    }
}
