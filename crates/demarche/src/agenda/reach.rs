//! What an agenda catches: for every issue the moves that would get it, and by which
//! phrases.
//!
//! In: an agenda and pages. Out: counts. Refuses to know: whether an issue is the right
//! one.

use super::sources::{Page, Told};
use extract::Agenda;
use extract::agenda::Topic;
use std::collections::{BTreeMap, BTreeSet};

/// The moves that would get an issue.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Caught {
    /// How many.
    pub moves: usize,
    /// The numbers of the documents that tell of them.
    pub documents: BTreeSet<usize>,
    /// By which phrases, and how many moves each.
    pub phrases: BTreeMap<String, usize>,
    /// The other issues that the same words name, and in how many moves.
    pub rivals: BTreeMap<String, usize>,
}

/// What an agenda catches of the moves of pages.
#[derive(Debug, Default)]
pub struct Reach {
    /// The moves of every issue that gets any, by its id.
    pub issues: BTreeMap<String, Caught>,
    /// For every phrase the moves near which it stands, whether or not it decides.
    pub near: BTreeMap<String, usize>,
    /// How many moves there are.
    pub moves: usize,
    /// Those that get no issue: the number of the page and of the move on it.
    pub missed: BTreeSet<(usize, usize)>,
}

/// Follows every move of the pages to the issue that the agenda would give it.
pub fn reach(agenda: &Agenda, pages: &[Page]) -> Reach {
    let mut reach = Reach::default();
    for (document, page) in pages.iter().enumerate() {
        for (number, told) in page.moves.iter().enumerate() {
            reach.moves += 1;
            near(agenda, page, told, &mut reach);
            let Some((issue, span)) = agenda.issue_at(&page.text, &told.passage) else {
                reach.missed.insert((document, number));
                continue;
            };
            let words = span.of(&page.text);
            let caught = reach.issues.entry(issue.id.clone()).or_default();
            caught.moves += 1;
            caught.documents.insert(document);
            let own = agenda.phrases_in(words).into_iter();
            let own = own.filter(|(_, p)| p.topic == Topic::Issue(&issue.id));
            let own: BTreeSet<&str> = own.map(|(_, phrase)| phrase.words).collect();
            for phrase in own {
                *caught.phrases.entry(phrase.to_owned()).or_default() += 1;
            }
            for rival in agenda.issues_in(words).into_iter().skip(1) {
                *caught.rivals.entry(rival.id.clone()).or_default() += 1;
            }
        }
    }
    reach
}

fn near(agenda: &Agenda, page: &Page, told: &Told, reach: &mut Reach) {
    let words = told.passage.sentence.join(told.passage.clause).of(&page.text);
    let found = agenda.phrases_in(words).into_iter();
    let found: BTreeSet<&str> = found.map(|(_, phrase)| phrase.words).collect();
    for phrase in found {
        *reach.near.entry(phrase.to_owned()).or_default() += 1;
    }
}
