//! From which of many documents one derives.
//!
//! In: one document and all that may be its kin. Out: its parents. Refuses to know: how
//! candidates are found; in which order they stand makes no difference.
//!
//! The parent that explains most of the child comes first, then whatever explains what is
//! still open: a digest of two articles has both as its parents, and a third copy has the
//! first and not the second as well.

use super::derive::{FEW, Glance, Kind, may_derive};
use super::overlap::{Sieve, shared_count};
use super::{Facts, Overlap, Reason, Sketch, derivation, overlap, precedes};
use record::DocumentId;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Parents whose shares differ by less are equally good; the earliest is taken.
const AS_GOOD: f64 = 0.04;
/// As much better a named origin counts.
const NAMED: f64 = 0.2;

/// One document as lineage sees it.
#[derive(Debug, Clone, Copy)]
pub struct Body<'a> {
    /// What it states of itself.
    pub facts: &'a Facts,
    /// What its body is compared by.
    pub sketch: &'a Sketch,
}

/// A document that another derives from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parent {
    /// The earlier document.
    pub document: DocumentId,
    /// How the later one derives from it.
    pub kind: Kind,
    /// How sure that is, kinship and direction together: 0 to 1, two digits.
    pub confidence: f64,
    /// Why it is taken to be the earlier one.
    pub reason: Reason,
    /// What the bodies share, the later one first.
    pub overlap: Overlap,
}

/// A passage that is as much of the earlier document is that document, however many have it.
const WHOLE: f64 = 0.7;
/// It is a report and not a foreword with a line behind it from this weight on.
const REPORT: u32 = 400;

struct Candidate<'a> {
    parent: Parent,
    body: Body<'a>,
    is_linked: bool,
    /// The child's marks that it explains.
    marks: Vec<u32>,
}

impl Candidate<'_> {
    /// The share of the child's marks, at the threshold of both, that it alone explains.
    fn gain(&self, explained: &BTreeSet<u32>) -> f64 {
        if self.marks.is_empty() {
            return 0.0;
        }
        let open = self.marks.iter().filter(|mark| !explained.contains(mark)).count();
        self.parent.overlap.first_in_second * open as f64 / self.marks.len() as f64
    }
    /// Whether most of what it explains is still open.
    fn is_new(&self, explained: &BTreeSet<u32>) -> bool {
        let open = self.marks.iter().filter(|mark| !explained.contains(mark)).count();
        open >= 4 && 2 * open >= self.marks.len()
    }
    fn date(&self) -> (bool, Option<&str>, DocumentId) {
        let date = self.body.facts.published.as_deref();
        (date.is_none(), date, self.parent.document)
    }
}

/// The documents among `others` that `child` derives from, best first.
pub fn parents<'a>(
    child: Body<'a>,
    others: impl IntoIterator<Item = Body<'a>>,
) -> Vec<Parent> {
    parents_without(child, others, &BTreeSet::new())
}

/// The same, the child's stock passages left aside: `stock` are their tokens
/// ([`super::stock`]).
pub fn parents_without<'a>(
    child: Body<'a>,
    others: impl IntoIterator<Item = Body<'a>>,
    stock: &BTreeSet<u32>,
) -> Vec<Parent> {
    let others = others.into_iter();
    let mut others = others.filter(|other| may_be_first(other, &child)).peekable();
    if others.peek().is_none() {
        return Vec::new();
    }
    let child = Child::of(child, stock);
    let mut open: Vec<Candidate<'a>> =
        others.filter_map(|other| child.candidate(other)).collect();
    let child = child.body;
    open.sort_by(|a, b| a.date().cmp(&b.date()));
    open.dedup_by_key(|candidate| candidate.parent.document);
    let mut explained = BTreeSet::new();
    let mut chosen = Vec::new();
    let (linked, mut open): (Vec<_>, Vec<_>) =
        open.into_iter().partition(|candidate| candidate.is_linked);
    for candidate in linked {
        explained.extend(&candidate.marks);
        chosen.push(candidate.parent);
    }
    loop {
        open.retain(|candidate| candidate.is_new(&explained));
        let Some(at) = best(child, &open, &explained) else { break };
        let candidate = open.remove(at);
        explained.extend(&candidate.marks);
        chosen.push(candidate.parent);
    }
    chosen
}

/// Whether what the two state leaves it open that `other` is before `child`, which spares
/// half of all comparisons.
fn may_be_first(other: &Body<'_>, child: &Body<'_>) -> bool {
    if child.facts.document == other.facts.document {
        return false;
    }
    let weights = (child.sketch.weight(), other.sketch.weight());
    let stated = precedes(child.facts, other.facts, weights, &Overlap::default());
    !(stated.is_first && stated.reason < Reason::Contained)
}

/// The document whose parents are looked for.
struct Child<'a, 's> {
    body: Body<'a>,
    stock: &'s BTreeSet<u32>,
    sieve: Sieve,
    /// Its sketch without its stock passages, where it has any.
    own: Option<(Cow<'a, Sketch>, Sieve)>,
}

impl<'a, 's> Child<'a, 's> {
    fn of(body: Body<'a>, stock: &'s BTreeSet<u32>) -> Child<'a, 's> {
        let own = (!stock.is_empty()).then(|| body.sketch.without(stock));
        let own = own.map(|own| {
            let sieve = Sieve::of(&own);
            (own, sieve)
        });
        Child { body, stock, sieve: Sieve::of(body.sketch), own }
    }

    /// Whether a closer look may find that the child derives from another.
    fn may_derive(&self, other: Body<'_>) -> bool {
        let level = self.body.sketch.level().max(other.sketch.level());
        let marks = other.sketch.sorted_at(level);
        let glance = |own: &Sketch, sieve: &Sieve, of_parent| {
            let mut shared = sieve.passes(marks);
            if shared >= FEW {
                shared = shared_count(own, other.sketch);
            }
            Glance { shared, of_child: own.sorted_at(level).len(), of_parent }
        };
        let may_be_report =
            || self.sieve.passes(marks) as f64 >= WHOLE * marks.len() as f64;
        let glance = match &self.own {
            // How much of the parent is no stock passage is not known yet.
            Some((own, sieve)) if !may_be_report() => glance(own, sieve, 0),
            _ => glance(self.body.sketch, &self.sieve, marks.len()),
        };
        may_derive(self.body.facts, other.facts, glance)
    }

    fn candidate(&self, other: Body<'a>) -> Option<Candidate<'a>> {
        if !self.may_derive(other) {
            return None;
        }
        let child = self.body;
        let mut shared = overlap(child.sketch, other.sketch);
        let weights = (child.sketch.weight(), other.sketch.weight());
        let is_report = shared.second_in_first >= WHOLE && weights.1 >= REPORT;
        let own = self.own.as_ref().filter(|_| !is_report);
        let rest = own.map(|(own, _)| (own, other.sketch.without(self.stock)));
        if let Some((own, rest)) = &rest {
            shared = overlap(own, rest);
        }
        let found = derivation(child.facts, other.facts, &shared)?;
        let order = precedes(child.facts, other.facts, weights, &shared);
        if order.is_first {
            return None;
        }
        let marks = match &rest {
            Some((own, rest)) => own.shared_with(rest),
            None => child.sketch.shared_with(other.sketch),
        };
        let confidence = found.confidence * order.reason.confidence();
        let parent = Parent {
            document: other.facts.document,
            kind: found.kind,
            confidence: (confidence * 100.0).round() / 100.0,
            reason: order.reason,
            overlap: shared,
        };
        let is_linked = child.facts.links_to(other.facts).is_some();
        Some(Candidate { parent, body: other, is_linked, marks })
    }
}

/// The candidate that explains most of what is open; of those about as good the earliest.
/// They stand in the order of their dates.
fn best(
    child: Body<'_>,
    open: &[Candidate<'_>],
    explained: &BTreeSet<u32>,
) -> Option<usize> {
    let worth = |candidate: &Candidate<'_>| {
        let is_named = child.facts.states_origin(candidate.body.facts);
        // Who only quotes comes after all who explain.
        let is_cited = candidate.parent.kind == Kind::Cites;
        candidate.gain(explained) + f64::from(u8::from(is_named)) * NAMED
            - f64::from(u8::from(is_cited))
    };
    let most = open.iter().map(worth).reduce(f64::max)?;
    open.iter().position(|candidate| worth(candidate) >= most - AS_GOOD)
}

/// Opens every ring of documents that derive from each other at its least sure place, so
/// that nothing comes from itself. Which place that is depends on the ring alone.
pub fn break_cycles(all: &mut BTreeMap<DocumentId, Vec<Parent>>) {
    loop {
        let core = core_of(all);
        let weakest = core
            .iter()
            .flat_map(|child| all[child].iter().map(move |parent| (*child, parent)))
            .filter(|(child, parent)| reaches(all, &core, parent.document, *child))
            .max_by_key(|(child, parent)| {
                let doubt = Reverse((parent.confidence * 100.0) as u32);
                (parent.reason, doubt, *child, parent.document)
            });
        let Some((child, parent)) = weakest else { break };
        let document = parent.document;
        if let Some(parents) = all.get_mut(&child) {
            parents.retain(|parent| parent.document != document);
        }
    }
}

/// What is left when documents without parents, and then those without such parents, are
/// taken away: rings and what hangs on them.
fn core_of(all: &BTreeMap<DocumentId, Vec<Parent>>) -> BTreeSet<DocumentId> {
    let mut children: BTreeMap<DocumentId, Vec<DocumentId>> = BTreeMap::new();
    let mut waiting: BTreeMap<DocumentId, usize> = BTreeMap::new();
    let has_parents = |id: &DocumentId| all.get(id).is_some_and(|all| !all.is_empty());
    for (child, parents) in all.iter().filter(|(_, parents)| !parents.is_empty()) {
        let known = parents.iter().filter(|parent| has_parents(&parent.document));
        waiting.insert(*child, known.clone().count());
        for parent in known {
            children.entry(parent.document).or_default().push(*child);
        }
    }
    let mut free: Vec<DocumentId> =
        waiting.iter().filter(|(_, count)| **count == 0).map(|(id, _)| *id).collect();
    while let Some(parent) = free.pop() {
        waiting.remove(&parent);
        for child in children.get(&parent).into_iter().flatten() {
            if let Some(count) = waiting.get_mut(child) {
                *count -= 1;
                if *count == 0 {
                    free.push(*child);
                }
            }
        }
    }
    waiting.into_keys().collect()
}

/// Whether `from` derives from `to` through documents of `core`.
fn reaches(
    all: &BTreeMap<DocumentId, Vec<Parent>>,
    core: &BTreeSet<DocumentId>,
    from: DocumentId,
    to: DocumentId,
) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        if at == to {
            return true;
        }
        if core.contains(&at) && seen.insert(at) {
            open.extend(all[&at].iter().map(|parent| parent.document));
        }
    }
    false
}

#[cfg(test)]
#[path = "parents_tests.rs"]
mod tests;
