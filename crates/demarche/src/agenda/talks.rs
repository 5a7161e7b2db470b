//! Tracks and instruments: talks that recur, and the texts that are argued over.
//!
//! In: meetings, and names that end like treaties or talks. Out: rows of an agenda, the
//! most frequent first. Refuses to know: issues.

use super::people::PartyNames;
use super::sources::{Cut, Page};
use super::term::{self, Bar, Term};
use super::toml::Row;
use super::words::{Head, Words, id};
use ledger::MeetingLine;
use std::collections::{BTreeMap, BTreeSet};

/// A name of a text or of talks is in at least so many sentences and documents.
const BAR: Bar = Bar { sentences: 3, documents: 2, excess: 0.0 };

/// A title between 《 and 》 is in at least so many documents.
const FEWEST_TITLED: usize = 2;

/// No more tracks are listed, nor instruments.
const MOST: usize = 16;

/// A track with fewer meetings is commented out.
const FEWEST_MEETINGS: usize = 2;

/// Names found in a ledger that end like treaties or talks.
pub struct Headed {
    /// Names of texts, and how many documents have each.
    pub instruments: Vec<(String, usize)>,
    /// Names of talks.
    pub talks: Vec<(String, usize)>,
}

/// Looks for names of texts and of talks.
pub fn headed(pages: &[Page], cuts: &[Cut], words: &Words) -> Headed {
    let terms = term::mine(cuts, pages.len(), words, BAR);
    let named = |wanted: Head| {
        let is_wanted =
            move |term: &&Term| words.head(&term.words).is_some_and(|h| h.0 == wanted);
        terms
            .iter()
            .filter(is_wanted)
            .map(|term| (term.words.clone(), term.documents.len()))
    };
    let mut instruments: BTreeMap<String, usize> = named(Head::Instrument).collect();
    for (title, documents) in titled(pages, words) {
        instruments.insert(title, documents);
    }
    let ranked = |names: BTreeMap<String, usize>| {
        let mut names: Vec<(String, usize)> = names.into_iter().collect();
        names.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        names.truncate(MOST);
        names
    };
    Headed {
        instruments: ranked(instruments),
        talks: ranked(named(Head::Talks).collect()),
    }
}

/// The titles of texts between 《 and 》 that several documents have.
fn titled(pages: &[Page], words: &Words) -> BTreeMap<String, usize> {
    let mut titles: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for page in pages {
        for piece in page.text.split('《').skip(1) {
            let Some((title, _)) = piece.split_once('》') else { continue };
            let title: String = title.chars().filter(|c| !c.is_control()).collect();
            let is_text =
                words.head(&title).is_some_and(|head| head.0 == Head::Instrument);
            if is_text && title.chars().count() < 40 {
                titles.entry(title).or_default().insert(&page.document);
            }
        }
    }
    let titles = titles.into_iter().map(|(title, documents)| (title, documents.len()));
    titles.filter(|(_, documents)| *documents >= FEWEST_TITLED).collect()
}

/// The instruments of an agenda.
pub fn instruments(headed: &Headed, words: &Words) -> Vec<Row> {
    let row = |(name, documents): &(String, usize)| {
        Row::new("instrument", true)
            .note(&format!("in {documents} documents"))
            .text("id", &id(name, words))
            .labels("label", &[("en", words.english(name).unwrap_or("")), ("zh", name)])
            .lists("phrases", &[("zh", std::slice::from_ref(name))])
    };
    headed.instruments.iter().map(row).collect()
}

/// Meetings of the same parties.
#[derive(Default)]
struct Series<'m> {
    meetings: usize,
    documents: BTreeSet<&'m str>,
    formats: BTreeMap<&'m str, usize>,
    places: BTreeMap<&'m str, usize>,
}

/// The tracks of an agenda: meetings of the same parties, then talks that have a name.
pub fn tracks(
    meetings: &[MeetingLine],
    headed: &Headed,
    known: &PartyNames,
    words: &Words,
) -> Vec<Row> {
    let mut series: BTreeMap<BTreeSet<&str>, Series> = BTreeMap::new();
    for meeting in meetings {
        let parties: BTreeSet<&str> =
            meeting.parties.iter().map(String::as_str).collect();
        if parties.len() < 2 || !parties.iter().all(|party| known.contains_key(*party)) {
            continue;
        }
        let series = series.entry(parties).or_default();
        series.meetings += 1;
        series.documents.extend(meeting.accounts.iter().map(|a| a.document.as_str()));
        *series.formats.entry(&meeting.format).or_default() += 1;
        if let Some(place) = &meeting.place {
            *series.places.entry(place).or_default() += 1;
        }
    }
    let mut series: Vec<(BTreeSet<&str>, Series)> = series.into_iter().collect();
    series.sort_by(|a, b| b.1.meetings.cmp(&a.1.meetings).then_with(|| a.0.cmp(&b.0)));
    series.truncate(MOST);
    let held = series.iter().map(|(parties, series)| held(parties, series, known, words));
    let named = headed.talks.iter().map(|(name, documents)| {
        Row::new("track", false)
            .note(&format!("in {documents} documents"))
            .text("id", &id(name, words))
            .labels("label", &[("zh", name)])
            .lists("phrases", &[("zh", std::slice::from_ref(name))])
    });
    held.chain(named).collect()
}

fn held(
    parties: &BTreeSet<&str>,
    series: &Series,
    known: &PartyNames,
    words: &Words,
) -> Row {
    let counted = |counts: &BTreeMap<&str, usize>| {
        let counts: Vec<String> =
            counts.iter().map(|(what, count)| format!("{what} {count}")).collect();
        counts.join(", ")
    };
    let names = |at: usize| {
        let names = parties.iter().filter_map(|party| known.get(*party));
        names.map(|names| names[at].as_str()).collect::<Vec<_>>()
    };
    let Series { meetings, documents, .. } = series;
    let mut note = format!(
        "{meetings} meetings in {} documents: {}",
        documents.len(),
        counted(&series.formats)
    );
    if !series.places.is_empty() {
        note = format!("{note}; {}", counted(&series.places));
    }
    let codes: Vec<String> = parties.iter().map(|party| party.to_lowercase()).collect();
    let listed: Vec<String> = parties.iter().map(|party| (*party).to_owned()).collect();
    Row::new("track", *meetings >= FEWEST_MEETINGS)
        .note(&note)
        .text("id", &id(&codes.join("-"), words))
        .labels("label", &[("en", &names(0).join(", ")), ("zh", &names(1).join("、"))])
        .list("parties", &listed)
}
