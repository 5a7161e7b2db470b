//! Other readings of who meets.
//!
//! In: a word of a meeting and what the rules make of it. Out: further tellings with other
//! parties, for the model to judge against the rules' own. Refuses to know: which is right.

use super::{
    circumstance::is_body,
    party::{Side, add, parties},
    scene::Scene,
    tell::{Telling, people},
    words::Class,
};
use record::Span;

/// How the parties of a telling were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// By the rules of the clause.
    Rule,
    /// The first named in the sentence and the last before the word.
    Ends,
    /// The first named in the sentence and the first behind the word.
    Across,
    /// The two named last before the word.
    Last,
    /// The one that the sentence before is about and one of this sentence.
    Topic,
    /// Those of the meeting told of last.
    Told,
    /// The two that the article names most.
    Main,
    /// The first of several with each of the others.
    Split,
    /// A body alone, in whose session the meeting is.
    Body,
}

impl How {
    pub fn code(self) -> &'static str {
        match self {
            How::Rule => "rule",
            How::Ends => "ends",
            How::Across => "across",
            How::Last => "last",
            How::Topic => "topic",
            How::Told => "told",
            How::Main => "main",
            How::Split => "split",
            How::Body => "body",
        }
    }
}

/// Readings of one word, none with parties that another has.
struct Readings<'t> {
    known: Vec<Vec<String>>,
    found: Vec<(How, Vec<Side>)>,
    rules: &'t [Telling],
}

impl Readings<'_> {
    fn add(&mut self, how: How, sides: Vec<Side>) {
        let list = parties(&sides);
        let fits = list.len() > 1 || (how == How::Body && list.len() == 1);
        let same = |known: &Vec<String>| {
            known.len() == list.len() && known.iter().all(|party| list.contains(party))
        };
        let by_rule = self.rules.iter().any(|told| same(&told.parties));
        if fits && !by_rule && !self.known.iter().any(same) {
            self.known.push(list);
            self.found.push((how, sides));
        }
    }
}

/// Tellings of the word with other parties than the rules found.
pub(super) fn readings(
    scene: &Scene,
    rules: &[Telling],
    before: &[Telling],
) -> Vec<Telling> {
    let stage = scene.stage;
    let mut readings = Readings { known: Vec::new(), found: Vec::new(), rules };
    let ahead = Span::new(scene.sentence.start, scene.span.start);
    let named = stage.participants(ahead, scene.span);
    let behind = scene.after();
    let first = named.iter().find(|side| side.person.is_some()).or(named.first());
    let last = named.last();
    let pair = |a: Option<&Side>, b: Option<&Side>| match (a, b) {
        (Some(a), Some(b)) => vec![a.clone(), b.clone()],
        _ => Vec::new(),
    };
    readings.add(How::Ends, pair(first, last));
    readings.add(How::Across, pair(first, behind.first()));
    readings.add(How::Last, last_two(&named));
    let topic = topic(scene);
    readings.add(How::Topic, pair(topic.as_ref(), last));
    readings.add(How::Topic, pair(topic.as_ref(), behind.first()));
    if let Some(told) = before.iter().rev().find(|told| told.parties.len() > 1) {
        readings.add(How::Told, told.parties.iter().map(|p| side(p, scene)).collect());
    }
    readings.add(How::Main, stage.main.iter().map(|p| side(p, scene)).collect());
    if let [told] = rules
        && told.parties.len() > 2
    {
        let (one, others) = told.parties.split_at(1);
        for other in others {
            readings.add(How::Split, vec![side(&one[0], scene), side(other, scene)]);
        }
    }
    if matches!(scene.word.class, Class::Session | Class::Summit) {
        let body = named.iter().rev().chain(&behind).find(|side| is_body(&side.party));
        let actor = first.filter(|side| !is_body(&side.party)).or(topic.as_ref());
        readings.add(How::Body, pair(actor, body));
    }
    let body = named.iter().rev().chain(&behind).find(|side| is_body(&side.party));
    readings.add(How::Body, body.cloned().into_iter().collect());
    let tell = |(how, sides): (How, Vec<Side>)| Telling {
        how,
        ..scene.telling(parties(&sides), people(&sides), false, None)
    };
    readings.found.into_iter().map(tell).collect()
}

fn side(party: &str, scene: &Scene) -> Side {
    Side { party: party.to_owned(), person: None, phrase: scene.span, is_place: false }
}

/// The two distinct parties named last.
fn last_two(named: &[Side]) -> Vec<Side> {
    let mut list: Vec<String> = Vec::new();
    let mut sides: Vec<Side> = Vec::new();
    for side in named.iter().rev() {
        if list.len() == 2 && !list.contains(&side.party) {
            break;
        }
        add(&mut list, &side.party);
        sides.push(side.clone());
    }
    sides.reverse();
    sides
}

/// The one that the sentences before in the paragraph are about.
fn topic(scene: &Scene) -> Option<Side> {
    let paragraph = scene.stage.page.article.paragraph_at(scene.sentence.start)?.span;
    let before = Span::new(paragraph.start, scene.sentence.start.max(paragraph.start));
    let named = scene.stage.participants(before, scene.span);
    named.iter().find(|side| side.person.is_some()).or(named.first()).cloned()
}
