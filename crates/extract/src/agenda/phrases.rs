//! The phrases of an agenda, found in one pass.
//!
//! In: phrases with what they speak for. Out: which issues, tracks and instruments a text
//! names. Refuses to know: the agenda's labels and parties.

use crate::shadow::FoldTable;
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder};
use record::Span;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a phrase speaks for; the numbers are places in the agenda's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Speaks {
    /// The issue, on its own.
    Issue(usize),
    /// One part of an issue's evidence: the issue and the number of the part.
    Part(usize, usize),
    /// The track.
    Track(usize),
    /// The instrument.
    Instrument(usize),
}

/// A phrase's uses, and whether it is only the beginning of a word.
#[derive(Debug, Clone, Default)]
struct Uses {
    whole: Vec<Speaks>,
    stem: Vec<Speaks>,
}

/// All phrases of an agenda.
#[derive(Clone, Default)]
pub(super) struct Phrases {
    automaton: Option<Arc<CharwiseDoubleArrayAhoCorasick<u32>>>,
    uses: Vec<Uses>,
    /// The phrases, folded, in the order of `uses`.
    words: Vec<String>,
    /// For every issue how many parts its evidence has.
    parts: Vec<usize>,
}

impl std::fmt::Debug for Phrases {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} phrases", self.uses.len())
    }
}

/// Collects phrases while an agenda is read.
#[derive(Default)]
pub(super) struct PhraseList {
    uses: BTreeMap<String, Uses>,
    parts: BTreeMap<usize, usize>,
}

impl PhraseList {
    /// Adds a phrase, folded as the shadow is; `расширени*` is the beginning of a word.
    pub fn add(&mut self, fold: &FoldTable, phrase: &str, speaks: Speaks) {
        if let Speaks::Part(issue, part) = speaks {
            let parts = self.parts.entry(issue).or_insert(0);
            *parts = (*parts).max(part + 1);
        }
        let stem = phrase.ends_with('*');
        let folded: String =
            phrase.trim_end_matches('*').chars().map(|c| fold.fold(c)).collect();
        if folded.is_empty() {
            return;
        }
        let uses = self.uses.entry(folded).or_default();
        let uses = if stem { &mut uses.stem } else { &mut uses.whole };
        if !uses.contains(&speaks) {
            uses.push(speaks);
        }
    }

    /// Makes the phrases ready to be looked for among so many issues.
    pub fn build(self, issues: usize) -> Result<Phrases, String> {
        let parts =
            (0..issues).map(|at| self.parts.get(&at).copied().unwrap_or(0)).collect();
        let (words, uses): (Vec<String>, Vec<Uses>) = self.uses.into_iter().unzip();
        let automaton = match words.is_empty() {
            true => None,
            false => Some(Arc::new(
                CharwiseDoubleArrayAhoCorasickBuilder::new()
                    .build_with_values(words.iter().zip(0u32..))
                    .map_err(|cause| cause.to_string())?,
            )),
        };
        Ok(Phrases { automaton, uses, words, parts })
    }
}

/// How much one issue's phrases cover of a clause.
#[derive(Default, Clone)]
struct Evidence {
    covered: usize,
    first: usize,
    parts: BTreeMap<usize, (usize, usize)>,
}

impl Phrases {
    /// Every phrase in a text with what it speaks for, in the order of its start.
    fn found(&self, text: &str) -> Vec<(Span, Speaks)> {
        let mut found = Vec::new();
        let Some(automaton) = &self.automaton else { return found };
        for hit in automaton.find_overlapping_iter(text) {
            let span = Span::new(hit.start(), hit.end());
            if joins(text, span.start) {
                continue;
            }
            let uses = &self.uses[hit.value() as usize];
            found.extend(uses.stem.iter().map(|speaks| (span, *speaks)));
            if !joins(text, span.end) {
                found.extend(uses.whole.iter().map(|speaks| (span, *speaks)));
            }
        }
        found.sort_unstable_by_key(|(span, speaks)| {
            (span.start, Reverse(span.end), *speaks)
        });
        found
    }

    /// Every phrase with what it speaks for, in the order of the phrases.
    pub fn all(&self) -> impl Iterator<Item = (&str, Speaks)> {
        self.words.iter().zip(&self.uses).flat_map(|(words, uses)| {
            let speaks = uses.whole.iter().chain(&uses.stem);
            speaks.map(move |speaks| (words.as_str(), *speaks))
        })
    }

    /// The phrases of a text that speak for something there, in order: one inside a
    /// longer one that speaks for an issue is left out, as in [`Phrases::issues`].
    pub fn telling(&self, text: &str) -> Vec<(Span, Speaks)> {
        let mut longest = Span::default();
        let mut telling = self.found(text);
        telling.retain(|(span, speaks)| {
            let Speaks::Issue(_) = speaks else { return true };
            let is_inside = longest != *span && longest.contains(*span);
            if !is_inside {
                longest = *span;
            }
            !is_inside
        });
        telling
    }

    /// The issues of a clause, the one whose phrases cover most of it first. A phrase
    /// inside a longer one (北约 in 北约东扩) says nothing of its own.
    pub fn issues(&self, clause: &str, weight: impl Fn(usize) -> u32) -> Vec<usize> {
        let found = self.found(clause);
        let mut evidence: BTreeMap<usize, Evidence> = BTreeMap::new();
        let mut longest = Span::default();
        for (span, speaks) in found {
            match speaks {
                Speaks::Issue(issue) => {
                    if longest != span && longest.contains(span) {
                        continue;
                    }
                    longest = span;
                    let of = evidence.entry(issue).or_default();
                    if of.covered == 0 {
                        of.first = span.start;
                    }
                    of.covered += letters(span, clause);
                }
                Speaks::Part(issue, part) => {
                    let of = evidence.entry(issue).or_default();
                    let known = of.parts.entry(part).or_insert((0, span.start));
                    known.0 = known.0.max(letters(span, clause));
                }
                Speaks::Track(_) | Speaks::Instrument(_) => {}
            }
        }
        let mut ranked: Vec<(usize, usize, usize)> = Vec::new();
        for (issue, mut of) in evidence {
            let parts = self.parts.get(issue).copied().unwrap_or(0);
            if parts > 0 && of.parts.len() == parts {
                if of.covered == 0 {
                    of.first = of.parts.values().map(|part| part.1).min().unwrap_or(0);
                }
                let together: usize = of.parts.values().map(|part| part.0).sum();
                of.covered = of.covered.max(together);
            }
            if of.covered > 0 {
                ranked.push((
                    of.covered * weight(issue).max(1) as usize,
                    of.first,
                    issue,
                ));
            }
        }
        ranked.sort_unstable_by_key(|(covered, first, issue)| {
            (Reverse(*covered), *first, *issue)
        });
        ranked.into_iter().map(|(_, _, issue)| issue).collect()
    }

    /// The tracks that a text names, each with the letters of its longest phrase.
    pub fn tracks(&self, text: &str) -> BTreeMap<usize, usize> {
        let mut tracks = BTreeMap::new();
        for (span, speaks) in self.found(text) {
            if let Speaks::Track(track) = speaks {
                let longest = tracks.entry(track).or_insert(0);
                *longest = letters(span, text).max(*longest);
            }
        }
        tracks
    }

    /// The instruments that a text names, the longest name at each place.
    pub fn instruments(&self, text: &str) -> Vec<(Span, usize)> {
        let mut kept: Vec<(Span, usize)> = Vec::new();
        for (span, speaks) in self.found(text) {
            if let Speaks::Instrument(instrument) = speaks
                && kept.last().is_none_or(|(last, _)| last.end <= span.start)
            {
                kept.push((span, instrument));
            }
        }
        kept
    }
}

fn letters(span: Span, text: &str) -> usize {
    span.of(text).chars().count()
}

/// Whether two letters of an alphabet meet at this byte, so that it is inside a word: the
/// NPT in ANPT. Chinese has no such place.
fn joins(text: &str, at: usize) -> bool {
    let alphabetic = |c: char| c.is_alphanumeric() && (c as u32) < 0x2000;
    let (before, after) = (text[..at].chars().next_back(), text[at..].chars().next());
    before.is_some_and(alphabetic) && after.is_some_and(alphabetic)
}
