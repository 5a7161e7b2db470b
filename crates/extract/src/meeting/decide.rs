//! Which entries are meetings that a careful reader would list, and on which day.
//!
//! In: entries. Out: candidates, an entry with each day that it may have, and the meetings
//! that the models choose of them. Refuses to know: weights.

use super::{
    Stage,
    circumstance::When,
    features,
    join::{self, Entry},
};
use crate::model::{Candidate, Features, Model};
use record::{Format, Meeting, Status};

/// The least probability of a meeting; measured on the articles that the model was trained
/// on, each left out in its turn.
const LEAST: f64 = 0.4;

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
            Source::Carried => "carried",
        }
    }
}

/// A day that an entry may have.
#[derive(Debug, Clone)]
pub(super) struct Dating {
    pub source: Source,
    pub when: Option<When>,
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
    let mut all: Vec<Dating> = Vec::new();
    let mut add = |source, when: Option<When>| {
        if all.iter().all(|known| known.when != when) {
            all.push(Dating { source, when });
        }
    };
    let own = entry.first.when.clone();
    let is_dated = own.is_some();
    if is_dated {
        add(Source::Own, own);
    }
    add(if is_dated { Source::Dropped } else { Source::None }, None);
    if !is_dated {
        add(Source::Now, now(stage));
    }
    if let Some(carried) = carried(stage, entry) {
        add(Source::Carried, Some(carried));
    }
    all.retain(|dating| dating.source == Source::None || dating.when.is_some() || is_dated);
    all
}

/// The month of the publication.
fn now(stage: &Stage) -> Option<When> {
    let published = &stage.page.article.published_on.as_ref()?.value;
    Some(When { from: published.get(..7)?.to_owned(), until: None })
}

/// The day named last before the entry's best telling, within its paragraph.
fn carried(stage: &Stage, entry: &Entry) -> Option<When> {
    let word = entry.best().word;
    let paragraph = stage.page.article.paragraph_at(word.start)?.span;
    let timex = stage.timexes.iter().rev().find(|timex| {
        let at = timex.evidence.span;
        timex.is_calendar() && at.end <= word.start && at.start >= paragraph.start
    })?;
    super::circumstance::when(timex)
}

/// The meetings among entries.
pub(super) fn choose(stage: &Stage, entries: &[Entry]) -> Vec<Meeting> {
    let models = &stage.page.lexicon.models;
    let mut features = Features::default();
    let mut meetings: Vec<Meeting> = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        let mut best: Option<(f64, Dating)> = None;
        for dating in datings(stage, entry) {
            features::of(stage, entries, at, &dating, &mut features);
            let probability = models.meetings.probability(&features, "yes");
            if best.as_ref().is_none_or(|(known, _)| probability > *known) {
                best = Some((probability, dating));
            }
        }
        let Some((confidence, dating)) = best.filter(|(p, _)| *p >= LEAST) else {
            continue;
        };
        features::of(stage, entries, at, &dating, &mut features);
        let status = likeliest(&models.meeting_status, &features, Status::from_code)
            .unwrap_or(entry.first.status);
        let format = likeliest(&models.meeting_format, &features, Format::from_code);
        let usual = entry.first.format.unwrap_or_else(|| join::usual_format(&entry.first));
        let format = format.unwrap_or(usual);
        let decided = Decided { when: dating.when, status, format, confidence };
        meetings.push(join::meeting(stage, entry, decided));
    }
    meetings
}

fn likeliest<T>(
    model: &Model,
    features: &Features,
    read: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let mut out = Vec::new();
    model.probabilities(features, &mut out);
    let best = (0..out.len()).max_by(|a, b| out[*a].total_cmp(&out[*b]))?;
    read(model.classes()[best])
}

/// Every entry with every day that it may have.
pub(super) fn candidates(stage: &Stage, entries: &[Entry]) -> Vec<Candidate> {
    let mut features = Features::named();
    let mut all = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        for dating in datings(stage, entry) {
            features::of(stage, entries, at, &dating, &mut features);
            all.push(Candidate {
                model: "meetings",
                span: entry.best().sentence,
                parties: entry.first.parties.clone(),
                date: dating.when.map(|when| when.from),
                group: at,
                features: features.names(),
            });
        }
    }
    all
}
