//! Articles of the corpus that are kin before anything is made of them.
//!
//! In: the corpus. Out: every pair that shares more than stock passages, found by all
//! marks and not by tokens alone. Refuses to know: which of them a person calls kin.

use crate::index::Index;
use crate::shelf::Paper;
use ledger::resolve::lineage::{Sketch, overlap};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// A pair that shares at least this much of one of the two is looked at.
const SHARE: f64 = 0.12;

/// Prints pairs, most alike first: shares, order, longest passage, names.
pub fn print(papers: &[Paper]) {
    let sketches: Vec<Sketch> =
        papers.par_iter().map(|paper| Sketch::of(&paper.folded)).collect();
    let index = Index::of(&sketches);
    let mut places: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, sketch) in sketches.iter().enumerate() {
        sketch.marks().iter().for_each(|&mark| places.entry(mark).or_default().push(at));
    }
    let mut pairs: Vec<_> = (0..papers.len())
        .into_par_iter()
        .flat_map_iter(|at| {
            let (_, stock) = index.ask(at, &sketches[at]);
            let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
            for mark in sketches[at].marks() {
                places[mark].iter().filter(|&&o| o > at).for_each(|&other| {
                    *shared.entry(other).or_default() += 1;
                });
            }
            shared.retain(|_, count| *count >= 4);
            let sketches = &sketches;
            let own = sketches[at].without(&stock);
            shared.into_keys().filter_map(move |other| {
                let found = overlap(&own, &sketches[other].without(&stock));
                (found.containment() >= SHARE && found.shared >= 4)
                    .then_some((at, other, found))
            })
        })
        .collect();
    pairs.sort_by(|a, b| b.2.containment().total_cmp(&a.2.containment()));
    for (at, other, found) in pairs {
        println!(
            "{:.2}\t{:.2}\t{:.2}\t{}\t{}\t{}\t{}",
            found.first_in_second,
            found.second_in_first,
            found.in_order,
            found.passage,
            found.shared,
            papers[at].name,
            papers[other].name
        );
    }
}
