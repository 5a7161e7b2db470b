//! Which entries are meetings that a careful reader would list, and on which day.
//!
//! In: entries. Out: candidates, an entry with each day that it may have, and the meetings
//! that the models choose of them. Refuses to know: weights.

use super::{
    Stage,
    circumstance::When,
    features,
    guess::How,
    join::{self, Entry},
};
use crate::model::{Candidate, Features};
use record::{Format, Meeting, Span, Status};

/// The least probability of a meeting that is not enough by rule: more likely than not.
const LEAST: f64 = 0.5;

/// Where the day of a candidate comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// Its tellings date it.
    Own,
    /// It has no day, though its tellings date it.
    Dropped,
    /// It has no day.
    None,
    /// The month of the publication.
    Now,
    /// A day named before its word in the sentence.
    Before,
    /// A day named behind its word in the sentence.
    After,
    /// The day named last before it in its paragraph.
    Carried,
}

impl Source {
    pub fn code(self) -> &'static str {
        match self {
            Source::Own => "own",
            Source::Dropped => "dropped",
            Source::None => "none",
            Source::Now => "now",
            Source::Before => "before",
            Source::After => "after",
            Source::Carried => "carried",
        }
    }
}

/// A day that an entry may have.
#[derive(Debug, Clone)]
pub(super) struct Dating {
    pub source: Source,
    pub when: Option<When>,
    /// Where it stands, where it stands in the best telling's sentence or paragraph.
    pub at: Option<Span>,
}

/// What is decided of an entry.
pub(super) struct Decided {
    pub when: Option<When>,
    pub status: Status,
    pub format: Format,
    pub confidence: f64,
}

/// The days that an entry may have.
fn datings(stage: &Stage, entry: &Entry) -> Vec<Dating> {
    let best = entry.best();
    let sentence = stage.calendar_within(best.sentence);
    let mut all: Vec<Dating> = Vec::new();
    let own = entry.first.when.clone();
    let none = if own.is_some() { Source::Dropped } else { Source::None };
    if let Some(when) = own {
        let is_it = |timex: &&record::Timex| {
            super::circumstance::when(timex).is_some_and(|other| other.from == when.from)
        };
        let at = sentence.clone().find(is_it).map(|timex| timex.evidence.span);
        all.push(Dating { source: Source::Own, when: Some(when), at });
    }
    all.push(Dating { source: none, when: None, at: None });
    for timex in sentence {
        let at = timex.evidence.span;
        let is_before = at.end <= best.word.start;
        let source = if is_before { Source::Before } else { Source::After };
        add(&mut all, source, super::circumstance::when(timex), Some(at));
    }
    if let Some(timex) = carried(stage, entry) {
        let at = timex.evidence.span;
        add(&mut all, Source::Carried, super::circumstance::when(timex), Some(at));
    }
    let day = |dating: &Dating| dating.when.as_ref().is_some_and(|w| w.from.len() >= 10);
    let is_dated = all.iter().any(|dating| dating.source == Source::Own && day(dating));
    if !is_dated {
        add(&mut all, Source::Now, now(stage), None);
    }
    all
}

/// Adds a day that is not there yet.
fn add(all: &mut Vec<Dating>, source: Source, when: Option<When>, at: Option<Span>) {
    let Some(when) = when else { return };
    let same = |known: &When| known.from == when.from;
    if all.iter().all(|known| !known.when.as_ref().is_some_and(same)) {
        all.push(Dating { source, when: Some(when), at });
    }
}

/// The month of the publication.
fn now(stage: &Stage) -> Option<When> {
    let published = &stage.page.article.published_on.as_ref()?.value;
    Some(When { from: published.get(..7)?.to_owned(), until: None })
}

/// The day named last before the entry's best telling, within its paragraph.
fn carried<'s>(stage: &'s Stage, entry: &Entry) -> Option<&'s record::Timex> {
    let word = entry.best().word;
    let paragraph = stage.page.article.paragraph_at(word.start)?.span;
    let before = Span::new(paragraph.start, word.start.max(paragraph.start));
    stage.calendar_within(before).last()
}

/// For each entry the first of those that it cannot stand beside: other readings of its
/// word. The first of several with each of the others is no other reading.
fn groups(entries: &[Entry]) -> Vec<usize> {
    let alone = |entry: &Entry| entry.best().how == How::Split;
    let of = |(at, entry): (usize, &Entry)| {
        let word = entry.best().word;
        let is_rule =
            |other: &&Entry| other.best().word == word && other.best().how == How::Rule;
        // 分别与…会谈 makes several by rule: each stands for itself.
        if alone(entry) || entries.iter().filter(is_rule).count() > 1 {
            return at;
        }
        let same = |other: &Entry| other.best().word == word && !alone(other);
        entries.iter().position(same).unwrap_or(at)
    };
    entries.iter().enumerate().map(of).collect()
}

/// The meetings among entries: those that are enough by rule, on the day that the rules give
/// them, and others that the model is sure of. The model tells how sure each is.
pub(super) fn choose(stage: &Stage, entries: &[Entry]) -> Vec<Meeting> {
    let model = &stage.page.lexicon.models.meetings;
    let groups = groups(entries);
    let mut features = Features::default();
    // The odds of each reading against none, and of all readings of a group.
    let mut readings: Vec<(f64, usize, Dating)> = Vec::new();
    let mut all: Vec<f64> = vec![1.0; entries.len()];
    for (at, entry) in entries.iter().enumerate() {
        for dating in datings(stage, entry) {
            features::of(stage, entries, at, &dating, &mut features);
            let alone = model.probability(&features, "yes");
            let odds = alone / (1.0 - alone).max(1e-9);
            all[groups[at]] += odds;
            readings.push((odds, at, dating));
        }
    }
    let is_rule = |at: usize| !entries[at].is_weak && entries[at].best().how == How::Rule;
    let mut chosen: Vec<Chosen> = Vec::new();
    for (odds, at, dating) in readings {
        let confidence = odds / all[groups[at]];
        let by_rule = is_rule(at) && is_by_rule(stage, &entries[at], &dating);
        let taken = (0..entries.len()).any(|n| groups[n] == groups[at] && is_rule(n));
        if by_rule || (!taken && confidence >= LEAST) {
            chosen.push(Chosen { confidence, at, dating });
        }
    }
    chosen.iter().map(|chosen| told(stage, entries, chosen)).collect()
}

/// Whether the rules give an entry this day: its own, or the month of the news where it is
/// told as held.
fn is_by_rule(stage: &Stage, entry: &Entry, dating: &Dating) -> bool {
    let known = &entry.first;
    let is_news =
        known.status == Status::Held && !known.is_earlier && now(stage).is_some();
    match dating.source {
        Source::Own => true,
        Source::Now => known.when.is_none() && is_news,
        Source::None => !is_news,
        _ => false,
    }
}

/// What is chosen.
struct Chosen {
    confidence: f64,
    at: usize,
    dating: Dating,
}

/// The meeting chosen; its status and format are the rules'.
fn told(stage: &Stage, entries: &[Entry], chosen: &Chosen) -> Meeting {
    let entry = &entries[chosen.at];
    let usual = || join::usual_format(&entry.first);
    let decided = Decided {
        when: chosen.dating.when.clone(),
        status: entry.first.status,
        format: entry.first.format.unwrap_or_else(usual),
        // Four digits are all it is good for, and are read back as they were written.
        confidence: (chosen.confidence * 1e4).round() / 1e4,
    };
    join::meeting(stage, entry, decided)
}

/// Every entry with every day that it may have.
pub(super) fn candidates(stage: &Stage, entries: &[Entry]) -> Vec<Candidate> {
    let mut features = Features::named();
    let groups = groups(entries);
    let mut all = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        for dating in datings(stage, entry) {
            features::of(stage, entries, at, &dating, &mut features);
            all.push(Candidate {
                model: "meetings",
                anchor: None,
                span: entry.best().sentence,
                parties: entry.first.parties.clone(),
                date: dating.when.map(|when| when.from),
                group: groups[at],
                features: features.names(),
            });
        }
    }
    all
}
