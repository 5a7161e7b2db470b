//! One negotiation: its parties, issues, tracks, instruments and people.
//!
//! In: a TOML text. Out: an [`Agenda`], which tells what a clause is about. Refuses to
//! know: where the file lies, and what anyone does about an issue.

mod distance;
mod names;
mod passage;
mod phrases;
mod read;

use crate::Error;
use crate::lexicon::Name;
pub use passage::Passage;
use phrases::{Phrases, Speaks};
use record::Span;

/// The talks on security in Europe, the agenda when none is given.
const EUROPEAN_SECURITY: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/agenda/european-security.toml"));

/// A text in one or more languages: `{ en = "Crimea", zh = "克里米亚" }`.
pub type Labels = std::collections::BTreeMap<String, String>;

/// A side of the negotiation: RUS, NATO.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// ISO 3166-1 alpha-3, or an organisation's short name.
    pub code: String,
    /// The usual English name; the code where the agenda gives none.
    pub name: String,
    /// Names that the agenda adds to the gazetteer's, by language.
    pub names: Names,
}

/// What is negotiated about: nato-enlargement, 北约扩大.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// Its name in data: `nord-stream-2`.
    pub id: String,
    /// Its name for readers, by language.
    pub label: Labels,
    /// How much its phrases count beside other issues' (1 unless the agenda says more).
    pub weight: u32,
}

/// A row of meetings that belong together: the NATO-Russia Council.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Track {
    /// Its name in data: `nato-russia-council`.
    pub id: String,
    /// Its name for readers, by language.
    pub label: Labels,
    /// Whose talks these are.
    pub parties: Vec<String>,
    /// Where they are held, as articles write it.
    pub places: Vec<String>,
}

/// A treaty, draft or statement that the parties argue over: 《中程核力量条约》.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instrument {
    /// Its name in data: `inf-treaty`.
    pub id: String,
    /// Its name for readers, by language.
    pub label: Labels,
}

/// Somebody who negotiates, with the names that the agenda adds to the gazetteer's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The usual English name.
    pub name: String,
    /// The side that the person speaks for.
    pub party: Option<String>,
    /// The person's office, in the agenda's words.
    pub role: Option<String>,
    /// Names by language.
    pub names: Names,
}

/// Names by language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// In Chinese, either script.
    pub zh: Vec<String>,
    /// In English.
    pub en: Vec<String>,
    /// In Russian.
    pub ru: Vec<String>,
}

/// What a phrase of an agenda shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic<'a> {
    /// The issue with this id.
    Issue(&'a str),
    /// The track with this id.
    Track(&'a str),
    /// The instrument with this id.
    Instrument(&'a str),
}

/// Words of an agenda and what they show: 北约东扩, for nato-enlargement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Phrase<'a> {
    /// What it shows.
    pub topic: Topic<'a>,
    /// The words, folded to one script as the text is that they are looked for in.
    pub words: &'a str,
    /// Whether they show it only together with others (`all`).
    pub is_part: bool,
}

/// A negotiation as its user describes it.
///
/// ```
/// use extract::Agenda;
///
/// let agenda = Agenda::parse(
///     r#"
///     title = "Steel and aluminium"
///
///     [[issue]]
///     id = "steel-tariffs"
///     label = { en = "Steel tariffs", zh = "钢铁关税" }
///     phrases = { zh = ["钢铁关税", "钢铝关税"], en = ["steel tariffs"] }
///     "#,
/// )?;
/// let issue = agenda.issue_of("双方同意推迟钢铝关税").map(|issue| issue.id.as_str());
/// assert_eq!(issue, Some("steel-tariffs"));
///
/// let mistake = Agenda::parse("[[isue]]\nid = \"steel\"").unwrap_err().to_string();
/// assert!(mistake.contains("line 1") && mistake.contains("did you mean \"issue\""));
/// # Ok::<(), extract::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Agenda {
    /// What the negotiation is called.
    pub title: String,
    /// The languages that its phrases are written in.
    pub languages: Vec<String>,
    /// The sides.
    pub parties: Vec<Party>,
    /// The issues, in the order of the file.
    pub issues: Vec<Issue>,
    /// The tracks, in the order of the file.
    pub tracks: Vec<Track>,
    /// The instruments, in the order of the file.
    pub instruments: Vec<Instrument>,
    /// The people, in the order of the file.
    pub people: Vec<Person>,
    phrases: Phrases,
}

impl Default for Agenda {
    fn default() -> Agenda {
        Agenda::builtin()
    }
}

impl Agenda {
    /// Reads an agenda's text.
    ///
    /// # Errors
    /// If it has mistakes; the error tells each with its line and what to mend.
    pub fn parse(text: &str) -> Result<Agenda, Error> {
        read::read_agenda(text)
    }

    /// The talks on security in Europe.
    pub fn builtin() -> Agenda {
        Agenda::parse(EUROPEAN_SECURITY).unwrap_or_else(|mistake| {
            debug_assert!(false, "the built-in agenda has a mistake: {mistake}");
            Agenda::empty()
        })
    }

    /// An agenda of nothing: moves are coded without issues.
    pub fn empty() -> Agenda {
        Agenda {
            title: String::new(),
            languages: Vec::new(),
            parties: Vec::new(),
            issues: Vec::new(),
            tracks: Vec::new(),
            instruments: Vec::new(),
            people: Vec::new(),
            phrases: Phrases::default(),
        }
    }

    /// Names that the agenda adds to the gazetteer.
    pub fn names(&self) -> Vec<Name> {
        names::names_of(self)
    }

    /// The issue that a clause of the shadow is about: the one whose phrases cover most of
    /// it; of two alike the one named first in the clause.
    pub fn issue_of(&self, shadow_clause: &str) -> Option<&Issue> {
        self.issues_in(shadow_clause).into_iter().next()
    }

    /// The issues that a clause of the shadow touches, the surest first.
    pub fn issues_in(&self, shadow_clause: &str) -> Vec<&Issue> {
        let weights = |at: usize| self.issues[at].weight;
        let ranked = self.phrases.issues(shadow_clause, weights);
        ranked.into_iter().map(|at| &self.issues[at]).collect()
    }

    /// Every phrase, by what it shows.
    pub fn phrases(&self) -> Vec<Phrase<'_>> {
        let mut phrases: Vec<Phrase> = self
            .phrases
            .all()
            .map(|(words, speaks)| self.phrase(words, speaks))
            .collect();
        phrases.sort_unstable();
        phrases
    }

    /// The phrases in a text of the shadow, in order; one inside a longer one of an issue
    /// says nothing of its own.
    pub fn phrases_in<'a>(&'a self, text: &'a str) -> Vec<(Span, Phrase<'a>)> {
        let found = self.phrases.telling(text).into_iter();
        found.map(|(span, speaks)| (span, self.phrase(span.of(text), speaks))).collect()
    }

    fn phrase<'a>(&'a self, words: &'a str, speaks: Speaks) -> Phrase<'a> {
        let is_part = matches!(speaks, Speaks::Part(..));
        let topic = match speaks {
            Speaks::Issue(at) | Speaks::Part(at, _) => Topic::Issue(&self.issues[at].id),
            Speaks::Track(at) => Topic::Track(&self.tracks[at].id),
            Speaks::Instrument(at) => Topic::Instrument(&self.instruments[at].id),
        };
        Phrase { topic, words, is_part }
    }

    /// The track that a meeting belongs to, by the words that tell of it, its place among
    /// them, and its parties.
    pub fn track_of(&self, parties: &[&str], words: &str) -> Option<&Track> {
        let named = self.phrases.tracks(words);
        let mut best: Option<(usize, &Track)> = None;
        for (at, track) in self.tracks.iter().enumerate() {
            let has = |code: &&str| track.parties.iter().any(|party| party == code);
            let same = !track.parties.is_empty()
                && track.parties.len() == parties.len()
                && parties.iter().all(has);
            let phrase = named.get(&at).copied().unwrap_or(0);
            if phrase == 0 && !same {
                continue;
            }
            let place = track.places.iter().any(|place| words.contains(place.as_str()));
            let score = 4 * phrase + 3 * usize::from(same) + usize::from(place);
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, track));
            }
        }
        best.map(|(_, track)| track)
    }

    /// The instruments that a text of the shadow names, and where.
    pub fn instruments_in(&self, text: &str) -> Vec<(Span, &Instrument)> {
        let found = self.phrases.instruments(text);
        found.into_iter().map(|(span, at)| (span, &self.instruments[at])).collect()
    }
}

#[cfg(test)]
mod tests;
