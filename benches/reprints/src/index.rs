//! An index of tokens in memory, as the ledger keeps one in full-text tables.
//!
//! In: sketches. Out: for each document those that share a token with it which is not too
//! common, and the counts of its tokens. Refuses to know: what the documents say.

use ledger::resolve::lineage::{COMMON_TOKEN, Sketch, stock};
use std::collections::{BTreeSet, HashMap};

/// Which documents have each token.
pub struct Index {
    documents: HashMap<u32, Vec<u32>>,
}

impl Index {
    /// Indexes sketches by their place in the list.
    pub fn of(sketches: &[Sketch]) -> Index {
        let mut documents: HashMap<u32, Vec<u32>> = HashMap::new();
        for (at, sketch) in (0u32..).zip(sketches) {
            for &token in sketch.tokens() {
                documents.entry(token).or_default().push(at);
            }
        }
        Index { documents }
    }

    /// The candidates for kinship with a document, and its stock tokens.
    pub fn ask(&self, at: usize, sketch: &Sketch) -> (BTreeSet<usize>, BTreeSet<u32>) {
        let mut counts = Vec::with_capacity(sketch.tokens().len());
        let mut candidates = BTreeSet::new();
        for token in sketch.tokens() {
            let documents = self.documents.get(token).map_or(&[][..], Vec::as_slice);
            counts.push((*token, documents.len()));
            if documents.len() <= COMMON_TOKEN {
                candidates.extend(documents.iter().map(|&other| other as usize));
            }
        }
        candidates.remove(&at);
        (candidates, stock(&counts))
    }
}
