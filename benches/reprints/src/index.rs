//! An index of tokens in memory, as the ledger keeps one in full-text tables.
//!
//! In: sketches. Out: for each document those that share a token with it which is not too
//! common, and the counts of its tokens. Refuses to know: what the documents say.

use ledger::resolve::lineage::{COMMON_TOKEN, Sketch, stock};
use std::collections::BTreeSet;

/// Which documents have each token.
pub struct Index {
    /// The documents of the first token, then those of the second, and so on.
    documents: Vec<u32>,
    /// From where to where the documents of each token of each document stand.
    lists: Vec<(u32, u32)>,
    /// Where the lists of each document begin.
    starts: Vec<usize>,
}

impl Index {
    /// Indexes sketches by their place in the list.
    pub fn of(sketches: &[Sketch]) -> Index {
        let mut starts = vec![0];
        for sketch in sketches {
            starts.push(starts[starts.len() - 1] + sketch.tokens().len());
        }
        let tokens = sketches.iter().flat_map(Sketch::tokens);
        let mut slots: Vec<u64> = tokens
            .zip(0u64..)
            .map(|(&token, slot)| u64::from(token) << 32 | slot)
            .collect();
        slots.sort_unstable();
        let owners: Vec<u32> = (0u32..)
            .zip(sketches)
            .flat_map(|(at, sketch)| std::iter::repeat_n(at, sketch.tokens().len()))
            .collect();
        let documents = slots.iter().map(|&slot| owners[slot as u32 as usize]).collect();
        let mut lists = vec![(0, 0); slots.len()];
        let mut from = 0u32;
        for list in slots.chunk_by(|one, other| one >> 32 == other >> 32) {
            let to = from + list.len() as u32;
            list.iter().for_each(|&slot| lists[slot as u32 as usize] = (from, to));
            from = to;
        }
        Index { documents, lists, starts }
    }

    /// The candidates for kinship with a document, and its stock tokens.
    pub fn ask(&self, at: usize, sketch: &Sketch) -> (Vec<u32>, BTreeSet<u32>) {
        let mut counts = Vec::with_capacity(sketch.tokens().len());
        let mut candidates = Vec::new();
        let lists = &self.lists[self.starts[at]..self.starts[at + 1]];
        for (token, &(from, to)) in sketch.tokens().iter().zip(lists) {
            let documents = &self.documents[from as usize..to as usize];
            counts.push((*token, documents.len()));
            if (2..=COMMON_TOKEN).contains(&documents.len()) {
                candidates.extend(documents);
            }
        }
        candidates.sort_unstable();
        candidates.dedup();
        candidates.retain(|&other| other as usize != at);
        (candidates, stock(&counts))
    }
}
