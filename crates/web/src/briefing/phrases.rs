//! The sentences of a briefing, before they are laid out.
//!
//! In: a briefing and the reader's language. Out: plain text without markup. Refuses to
//! know: Markdown, HTML.

use super::{
    Account, Briefing, DocumentLine, Issue, MeetingLine, MoveLine, Speaker,
    StatementLine, order,
};
use crate::timeline::{Dot, Ring};
use crate::words::*;
use crate::{Tone, When};
use record::Status;
use std::collections::{BTreeMap, BTreeSet};

/// Below this the entry is drawn as doubtful.
const DOUBT: f64 = 0.7;

/// How many parties are named before the rest is counted.
const PARTIES_NAMED: usize = 5;

/// How many speakers are quoted where a briefing is kept short.
const SPEAKERS_SHOWN: usize = 10;

/// Codes of parties whose English name has an article in a sentence.
const WITH_ARTICLE: [&str; 11] =
    ["ARE", "CSTO", "EU", "GBR", "NLD", "OSCE", "PHL", "UN", "USA", "VAT", "IAEA"];

/// A briefing with the language that it is told in.
pub(super) struct Phrases<'a> {
    pub briefing: &'a Briefing,
    pub language: Language,
}

/// What stands under one date of the list by date.
pub(super) enum Entry<'a> {
    Meeting(&'a MeetingLine),
    Move(Option<&'a str>, &'a MoveLine),
}

impl<'a> Phrases<'a> {
    /// `As of 13 January 2022`.
    pub fn as_of(&self) -> Option<String> {
        let when = When::parse(self.briefing.as_of.as_deref()?)?;
        Some(self.language.fill(AS_OF, &[&when.words(self.language)]))
    }

    /// How many documents, by whom, over which time, and what they tell of.
    pub fn headline(&self) -> Vec<String> {
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
                let span = self.from_to(*first, *last);
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

    fn from_to(&self, first: When, last: When) -> String {
        let [from, to] = [first, last].map(|when| when.words(self.language));
        if from == to { from } else { self.language.fill(FROM_TO, &[&from, &to]) }
    }

    /// A date in words, or that there is none.
    pub fn date(&self, date: Option<&str>, none: Word) -> String {
        match date.and_then(When::parse) {
            Some(when) => when.words(self.language),
            None => self.language.say(none).to_owned(),
        }
    }

    /// The day of a move or a statement: when it happened, else when it was reported.
    pub fn day(&self, date: Option<&str>, is_reported: bool) -> String {
        let day = self.date(date, UNDATED_LINE);
        let is_dated = date.and_then(When::parse).is_some();
        if is_reported && is_dated { self.language.fill(REPORTED, &[&day]) } else { day }
    }

    pub fn names(&self, parties: &[String]) -> Vec<String> {
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

    /// `Russia → United States, NATO`.
    pub fn sides(&self, line: &MoveLine) -> String {
        let comma = if self.language == Language::Zh { "、" } else { ", " };
        let actor = match line.actor.as_slice() {
            [] => self.language.say(NO_PARTY).to_owned(),
            actor => self.names(actor).join(comma),
        };
        match line.target.as_slice() {
            [] => actor,
            target => format!("{actor} → {}", self.names(target).join(comma)),
        }
    }

    /// What is said of a move beside its sides and its act: how real, by when, on what.
    pub fn qualities(&self, line: &MoveLine) -> Vec<String> {
        let l = self.language;
        let mut said: Vec<String> = Vec::new();
        said.extend(line.by.clone());
        said.extend(l.modality(line.modality).map(str::to_owned));
        if let Some(condition) = &line.condition {
            said.push(l.fill(IF, &[condition]));
        } else if line.conditional {
            said.push(l.say(CONDITIONAL).to_owned());
        }
        if line.due.is_some() {
            said.push(l.fill(DUE, &[&self.date(line.due.as_deref(), NO_DATE)]));
        }
        if is_doubtful(line.confidence) {
            said.push(l.say(LOW_CONFIDENCE).to_owned());
        }
        said
    }

    /// `3 moves by Russia and NATO, 7 December 2021 to 10 January 2022; 2 origins.`
    pub fn issue_summary(&self, issue: &Issue) -> String {
        let l = self.language;
        let parties = self.issue_parties(issue);
        let mut days: Vec<When> = issue
            .moves
            .iter()
            .filter_map(|line| When::parse(line.date.as_deref()?))
            .collect();
        days.sort();
        let span = match (days.first(), days.last()) {
            (Some(first), Some(last)) => {
                l.fill(ISSUE_DATES, &[&self.from_to(*first, *last)])
            }
            _ => String::new(),
        };
        let accounts: Vec<Account> =
            issue.moves.iter().flat_map(|line| line.accounts.clone()).collect();
        let origins = l.count(self.briefing.origins(&accounts), ORIGINS);
        l.fill(
            ISSUE_SUMMARY,
            &[&l.count(issue.moves.len(), MOVES), &parties, &span, &origins],
        )
    }

    /// Whose moves they are, those with the most first.
    fn issue_parties(&self, issue: &Issue) -> String {
        let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
        for party in issue.moves.iter().flat_map(|line| &line.actor) {
            *counts.entry(party).or_default() += 1;
        }
        let mut parties: Vec<(&String, usize)> = counts.into_iter().collect();
        parties.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let parties: Vec<String> = parties.into_iter().map(|(p, _)| p.clone()).collect();
        let others = parties.len().saturating_sub(PARTIES_NAMED);
        match parties.as_slice() {
            [] => self.language.say(NO_PARTY).to_owned(),
            all if others < 2 => self.told_names(all),
            all => {
                let comma = if self.language == Language::Zh { "、" } else { ", " };
                let named: Vec<String> = all[..PARTIES_NAMED]
                    .iter()
                    .map(|party| self.told_name(party))
                    .collect();
                let count = self.language.count(others, OTHER_PARTIES);
                self.language.fill(AND_OTHERS, &[&named.join(comma), &count])
            }
        }
    }

    pub fn issue_label<'b>(&self, issue: &'b Issue) -> &'b str {
        issue.label.as_deref().unwrap_or_else(|| self.language.say(NO_ISSUE))
    }

    /// An issue's moves to show, the most told and surest ones in order of time, and how
    /// many more there are.
    pub fn moves<'b>(&self, issue: &'b Issue) -> (Vec<&'b MoveLine>, usize) {
        let mut moves: Vec<&MoveLine> = issue.moves.iter().collect();
        moves.sort_by(|a, b| {
            let told = |line: &MoveLine| self.briefing.origins(&line.accounts);
            told(b).cmp(&told(a)).then(b.confidence.total_cmp(&a.confidence))
        });
        moves.truncate(self.briefing.limit.unwrap_or(usize::MAX));
        moves.sort_by_key(|line| order(line.date.as_deref()));
        let hidden = issue.moves.len() - moves.len();
        (moves, hidden)
    }

    /// Speakers to quote, and a sentence that names the others.
    pub fn main_speakers(&self) -> (&'a [Speaker], Option<String>) {
        let speakers = &self.briefing.speakers;
        let most =
            if self.briefing.limit.is_some() { SPEAKERS_SHOWN } else { usize::MAX };
        let (main, rest) = speakers.split_at(speakers.len().min(most));
        let names: Vec<String> = rest.iter().map(|s| s.name.clone()).collect();
        let count = self.language.count(rest.len(), OTHER_SPEAKERS);
        let sentence =
            self.language.fill(SPEAKER_LEFT_OUT, &[&count, &self.language.list(&names)]);
        (main, (!rest.is_empty()).then_some(sentence))
    }

    /// A speaker's statements to quote, the surest in order of time, and how many more
    /// there are.
    pub fn shown_statements<'b>(
        &self,
        speaker: &'b Speaker,
    ) -> (Vec<&'b StatementLine>, usize) {
        let mut statements: Vec<&StatementLine> = speaker.statements.iter().collect();
        let most = self.briefing.limit.map_or(usize::MAX, |limit| limit.div_ceil(2));
        statements.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
        statements.truncate(most);
        let hidden = speaker.statements.len() - statements.len();
        statements.sort_by_key(|line| order(line.said_on.as_deref()));
        (statements, hidden)
    }

    /// Everything dated, by date, then everything else.
    pub fn by_date(&self) -> Vec<(String, Vec<Entry<'a>>)> {
        let mut entries: Vec<(Option<&str>, Entry)> = Vec::new();
        for meeting in &self.briefing.meetings {
            entries.push((meeting.start.as_deref(), Entry::Meeting(meeting)));
        }
        for issue in &self.briefing.issues {
            for line in self.moves(issue).0 {
                let entry = Entry::Move(issue.label.as_deref(), line);
                entries.push((line.date.as_deref(), entry));
            }
        }
        entries.sort_by_key(|(date, _)| order(*date));
        let mut days: Vec<(String, Vec<Entry>)> = Vec::new();
        for (date, entry) in entries {
            let day = self.date(date, UNDATED);
            match days.last_mut() {
                Some((last, entries)) if *last == day => entries.push(entry),
                _ => days.push((day, vec![entry])),
            }
        }
        days
    }
}

impl Phrases<'_> {
    /// Who met: `Russia and United States`.
    pub fn meeting_parties(&self, meeting: &MeetingLine) -> String {
        match meeting.parties.as_slice() {
            [] if !meeting.participants.is_empty() => {
                self.language.list(&meeting.participants)
            }
            [] => self.language.say(NO_PARTY).to_owned(),
            parties => self.told_names(parties),
        }
    }

    /// What is said of a meeting beside its date and parties.
    pub fn meeting_qualities(&self, meeting: &MeetingLine) -> Vec<String> {
        let l = self.language;
        let mut said: Vec<String> = Vec::new();
        said.extend(l.level(meeting.level).map(str::to_owned));
        said.extend(l.format(meeting.format).map(str::to_owned));
        said.extend(meeting.place.clone());
        if self.is_overdue(meeting) {
            let status = l.status(meeting.status);
            said.push(format!("{status}{}{}", l.comma(), l.say(NO_ACCOUNT_OF_IT)));
        } else {
            said.push(l.status(meeting.status).to_owned());
        }
        if !meeting.minutes.is_empty() {
            let lengths: Vec<String> =
                meeting.minutes.iter().map(|m| self.length(*m)).collect();
            said.push(lengths.join(l.say(OR)));
        }
        if is_doubtful(meeting.confidence) {
            said.push(l.say(LOW_CONFIDENCE).to_owned());
        }
        said
    }

    fn length(&self, minutes: u32) -> String {
        let l = self.language;
        let mut parts = Vec::new();
        if minutes >= 60 {
            parts.push(l.fill(HOURS, &[&(minutes / 60).to_string()]));
        }
        if minutes % 60 > 0 || minutes == 0 {
            parts.push(l.fill(MINUTES, &[&(minutes % 60).to_string()]));
        }
        parts.join(if l == Language::En { "\u{a0}" } else { "" })
    }

    /// Whether a meeting was to have taken place by now and no account tells that it did.
    fn is_overdue(&self, meeting: &MeetingLine) -> bool {
        let day = meeting.start.as_deref().and_then(When::parse);
        let now = self.briefing.as_of.as_deref().and_then(When::parse);
        meeting.status == Status::Planned
            && day.zip(now).is_some_and(|(day, now)| day.last < now.first)
    }

    /// The last and the next meeting, in sentences.
    pub fn meeting_summary(&self) -> Vec<String> {
        let (b, l) = (self.briefing, self.language);
        if b.meetings.is_empty() {
            return vec![l.say(NO_MEETINGS).to_owned()];
        }
        let now = b.as_of.as_deref().and_then(When::parse);
        let (mut last, mut next) = (None, None);
        for meeting in b.meetings() {
            let Some(day) = meeting.start.as_deref().and_then(When::parse) else {
                continue;
            };
            let is_past = now.is_none_or(|now| day.first <= now.last);
            if meeting.status == Status::Held && is_past {
                last = Some(meeting);
            }
            let is_open = matches!(meeting.status, Status::Planned | Status::Proposed);
            if is_open && now.is_some_and(|now| day.last >= now.first) {
                next = next.or(Some(meeting));
            }
        }
        let told = |word, meeting: &MeetingLine| {
            l.fill(word, &[&self.meeting_in_a_phrase(meeting)])
        };
        vec![
            last.map_or(l.say(NO_HELD_MEETING).to_owned(), |m| told(LAST_MEETING, m)),
            next.map_or(l.say(NO_NEXT_MEETING).to_owned(), |m| told(NEXT_MEETING, m)),
        ]
    }

    fn meeting_in_a_phrase(&self, meeting: &MeetingLine) -> String {
        let date = self.date(meeting.start.as_deref(), UNDATED_MEETING);
        let mut parts = vec![self.meeting_parties(meeting)];
        parts.extend(meeting.place.clone());
        parts.push(date);
        parts.join(self.language.comma())
    }

    /// The outlet of an account, and what its document derives from.
    pub fn outlet(&self, account: &Account) -> String {
        let outlet = self
            .briefing
            .document(account.document)
            .and_then(|document| document.outlet.clone());
        outlet.unwrap_or_else(|| self.language.say(NO_OUTLET).to_owned())
    }

    /// How a document derives from others, or that it is its outlet's own; `plain` takes
    /// the markup out of what the document says.
    pub fn lineage(&self, document: &DocumentLine, plain: fn(&str) -> String) -> String {
        let l = self.language;
        let said: Vec<String> = document
            .lineage
            .iter()
            .map(|lineage| {
                let word = match lineage.kind.as_str() {
                    "reprint" => REPRINT,
                    "translation" => TRANSLATION,
                    "digest" => DIGEST,
                    _ => CITES,
                };
                let number = lineage.document.map(|number| format!(" [{number}]"));
                l.fill(word, &[&(plain(&lineage.to) + &number.unwrap_or_default())])
            })
            .collect();
        if said.is_empty() { l.say(OWN).to_owned() } else { said.join(l.comma()) }
    }

    /// The date of a document, and whether it was inferred.
    pub fn published(&self, document: &DocumentLine) -> String {
        let date = self.date(document.published.as_deref(), NO_DATE);
        if document.inferred && document.published.is_some() {
            self.language.fill(INFERRED, &[&date])
        } else {
            date
        }
    }

    /// A speaker's office and party.
    pub fn standing(&self, speaker: &Speaker) -> String {
        let party = speaker.party.as_deref().map(|party| self.briefing.name(party));
        let party = party.filter(|party| *party != speaker.name);
        let parts: Vec<String> =
            [party, speaker.role.clone()].into_iter().flatten().collect();
        parts.join(self.language.comma())
    }

    /// When, to whom and where something was said.
    pub fn circumstances(&self, line: &StatementLine) -> Vec<String> {
        let l = self.language;
        let mut said = vec![self.day(line.said_on.as_deref(), line.is_reported)];
        said.extend(line.addressee.as_ref().map(|whom| l.fill(TO, &[whom])));
        said.extend(line.occasion.clone());
        if is_doubtful(line.confidence) {
            said.push(l.say(LOW_CONFIDENCE).to_owned());
        }
        said
    }

    /// How many statements and documents stand behind a speaker.
    pub fn speaker_summary(&self, speaker: &Speaker) -> String {
        let l = self.language;
        let documents: BTreeSet<usize> = speaker
            .statements
            .iter()
            .flat_map(|line| line.accounts.iter().map(|account| account.document))
            .collect();
        l.fill(
            SPEAKER_SUMMARY,
            &[
                &l.count(speaker.statements.len(), STATEMENTS),
                &l.count(documents.len(), DOCUMENTS),
            ],
        )
    }

    /// The dots of the timeline.
    pub fn dots(&self) -> Vec<Dot> {
        let issues = self.briefing.issues.iter();
        let lines = issues.flat_map(|issue| issue.moves.iter().map(move |l| (issue, l)));
        let dots = lines.filter_map(|(issue, line)| {
            let when = When::parse(line.date.as_deref()?)?;
            let label = issue.label.as_deref().map(|label| format!(", {label}"));
            Some(Dot {
                when,
                tone: Tone::of(line.act),
                about: format!(
                    "{}: {} {}{}",
                    when.short(self.language),
                    self.sides(line),
                    self.language.act(line.act),
                    label.unwrap_or_default()
                ),
            })
        });
        dots.collect()
    }

    /// The rings of the timeline.
    pub fn rings(&self) -> Vec<Ring> {
        let rings = self.briefing.meetings.iter().filter_map(|meeting| {
            let when = When::parse(meeting.start.as_deref()?)?;
            let place = meeting.place.clone();
            let how = place
                .or_else(|| self.language.format(meeting.format).map(str::to_owned))
                .unwrap_or_else(|| self.meeting_parties(meeting));
            let parties = meeting.parties.join("–");
            let what = if parties.is_empty() {
                how.clone()
            } else {
                format!("{how}, {parties}")
            };
            Some(Ring {
                when,
                label: what,
                is_held: meeting.status == Status::Held,
                weight: meeting.accounts.len(),
                about: format!(
                    "{}: {}, {}",
                    when.short(self.language),
                    self.meeting_parties(meeting),
                    self.meeting_qualities(meeting).join(", ")
                ),
            })
        });
        rings.collect()
    }
}

/// Whether an entry is shown as doubtful.
pub(super) fn is_doubtful(confidence: f64) -> bool {
    confidence < DOUBT
}
