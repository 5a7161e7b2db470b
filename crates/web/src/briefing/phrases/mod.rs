//! The sentences of a briefing, before they are laid out.
//!
//! In: a briefing and the reader's language. Out: plain text without markup. Refuses to
//! know: Markdown, HTML.

mod documents;
mod meetings;
mod moves;
mod open;
mod picture;
mod positions;
mod speakers;

use super::{Briefing, DocumentLine, MeetingLine, MoveLine};
use crate::When;
use crate::words::*;
use std::collections::BTreeSet;

/// Below this the entry is drawn as doubtful.
const DOUBT: f64 = 0.7;

/// Codes of parties whose English name has an article in a sentence.
const WITH_ARTICLE: [&str; 11] =
    ["ARE", "CSTO", "EU", "GBR", "NLD", "OSCE", "PHL", "UN", "USA", "VAT", "IAEA"];

/// A briefing with the language that it is told in.
pub(in crate::briefing) struct Phrases<'a> {
    pub briefing: &'a Briefing,
    pub language: Language,
}

/// What stands under one date of the list by date.
pub(in crate::briefing) enum Entry<'a> {
    Meeting(&'a MeetingLine),
    Move(Option<&'a str>, &'a MoveLine),
}

impl Phrases<'_> {
    /// `As of 13 January 2022`.
    pub(in crate::briefing) fn as_of(&self) -> Option<String> {
        let when = When::parse(self.briefing.as_of.as_deref()?)?;
        Some(self.language.fill(AS_OF, &[&when.words(self.language)]))
    }

    /// How many documents, by whom, over which time, and what they tell of.
    pub(in crate::briefing) fn headline(&self) -> Vec<String> {
        let (b, l) = (self.briefing, self.language);
        let read: Vec<&DocumentLine> =
            b.documents.iter().filter(|document| document.unread.is_none()).collect();
        if read.is_empty() {
            return vec![l.say(NOTHING_READ).to_owned()];
        }
        let outlets: BTreeSet<&str> =
            read.iter().filter_map(|d| d.outlet.as_deref()).collect();
        let origins: BTreeSet<&str> = read.iter().map(|d| d.origin.as_str()).collect();
        let counts = [
            l.count(read.len(), DOCUMENTS),
            l.count(outlets.len(), OUTLETS),
            l.count(origins.len(), ORIGINS),
        ];
        let mut days: Vec<When> =
            read.iter().filter_map(|d| When::parse(d.published.as_deref()?)).collect();
        days.sort();
        let [documents, outlets, origin_count] = counts.each_ref().map(String::as_str);
        let first = match (days.first(), days.last()) {
            (Some(first), Some(last)) => {
                let span = self.days_between(*first, *last);
                l.fill(HEADLINE, &[documents, outlets, origin_count, &span])
            }
            _ => l.fill(HEADLINE_UNDATED, &[documents, outlets, origin_count]),
        };
        let mut sentences = vec![first, self.holdings()];
        if read.len() < b.documents.len() {
            let count = l.count(b.documents.len() - read.len(), OTHER_DOCUMENTS);
            sentences.push(l.fill(UNREAD, &[&count]));
        }
        if read.iter().any(|d| d.lineage.iter().any(|l| l.kind != "cites")) {
            sentences.push(l.say(ONE_ORIGIN_NOTE).to_owned());
        }
        sentences
    }

    fn holdings(&self) -> String {
        let (b, l) = (self.briefing, self.language);
        let moves: usize = b.issues.iter().map(|issue| issue.moves.len()).sum();
        let statements: usize = b.speakers.iter().map(|s| s.statements.len()).sum();
        l.fill(
            HEADLINE_HOLDS,
            &[
                &l.count(b.meetings.len(), MEETINGS),
                &l.count(moves, MOVES),
                &l.count(statements, STATEMENTS),
                &l.count(b.speakers.len(), SPEAKERS),
            ],
        )
    }

    fn days_between(&self, first: When, last: When) -> String {
        let [from, to] = [first, last].map(|when| when.words(self.language));
        if from == to { from } else { self.language.fill(FROM_TO, &[&from, &to]) }
    }

    /// A date in words, or that there is none.
    pub(in crate::briefing) fn date(&self, date: Option<&str>, none: Word) -> String {
        match date.and_then(When::parse) {
            Some(when) => when.words(self.language),
            None => self.language.say(none).to_owned(),
        }
    }

    /// The day of a move or a statement: when it happened, else when it was reported.
    pub(in crate::briefing) fn day(
        &self,
        date: Option<&str>,
        is_reported: bool,
    ) -> String {
        let day = self.date(date, UNDATED_LINE);
        let is_dated = date.and_then(When::parse).is_some();
        if is_reported && is_dated { self.language.fill(REPORTED, &[&day]) } else { day }
    }

    pub(in crate::briefing) fn names(&self, parties: &[String]) -> Vec<String> {
        parties.iter().map(|party| self.briefing.name(party)).collect()
    }

    /// A party as a sentence names it: `the United States`.
    fn told_name(&self, party: &str) -> String {
        let name = self.briefing.name(party);
        let has_article = self.language == Language::En && WITH_ARTICLE.contains(&party);
        if has_article { format!("the {name}") } else { name }
    }

    /// Parties as a sentence names them: `Russia and the United States`.
    fn told_names(&self, parties: &[String]) -> String {
        let names: Vec<String> = parties.iter().map(|p| self.told_name(p)).collect();
        self.language.list(&names)
    }
}

/// Whether an entry is shown as doubtful.
pub(in crate::briefing) fn is_doubtful(confidence: f64) -> bool {
    confidence < DOUBT
}
