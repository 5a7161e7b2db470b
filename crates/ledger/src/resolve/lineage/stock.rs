//! Stock passages: what a series prints in every piece, an outlet under every article.
//!
//! In: how many documents have each token of one document. Out: the tokens of passages
//! that say nothing of kinship. Refuses to know: where the counts come from.

use std::collections::BTreeSet;

/// As many documents may have a passage before it can be stock.
pub const FEW: usize = 4;
/// As many times more documents than the document's common passage must have it.
const CONTRAST: usize = 4;

/// The tokens of a document whose passages stand in far more documents than half
/// of it do. A report that fifty outlets reprint has no stock, since all of it stands in fifty
/// documents, nor has a digest of which that report is half; the foreword of a column of
/// fifty pieces is stock.
pub fn stock(counts: &[(u32, usize)]) -> BTreeSet<u32> {
    let mut all: Vec<usize> = counts.iter().map(|&(_, documents)| documents).collect();
    if all.iter().all(|&documents| documents <= FEW) {
        return BTreeSet::new();
    }
    let middle = all.len() / 2;
    let common = *all.select_nth_unstable(middle).1;
    let limit = FEW.max(CONTRAST * common);
    let stock = counts.iter().filter(|&&(_, documents)| documents > limit);
    stock.map(|&(token, _)| token).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::lineage::sample::sentences;
    use crate::resolve::lineage::{Sketch, overlap};

    fn counted(sketch: &Sketch, of: impl Fn(u32) -> usize) -> BTreeSet<u32> {
        let counts: Vec<(u32, usize)> =
            sketch.tokens().iter().map(|&token| (token, of(token))).collect();
        stock(&counts)
    }

    #[test]
    fn a_foreword_is_stock_and_goes() {
        let (foreword, one, other) =
            (sentences(1, 8), sentences(2, 30), sentences(3, 30));
        let one = Sketch::of(&[&foreword[..], &one[..]].concat().concat());
        let other = Sketch::of(&[&foreword[..], &other[..]].concat().concat());
        let both: BTreeSet<u32> = other.tokens().iter().copied().collect();
        let found = counted(&one, |token| if both.contains(&token) { 60 } else { 1 });
        assert!(!found.is_empty());
        let before = overlap(&one, &other).containment();
        let after = overlap(&one.without(&found), &other.without(&found)).containment();
        assert!(before > 0.2 && after < 0.1, "{before} {after}");
    }

    #[test]
    fn a_report_that_all_reprint_is_no_stock() {
        let sketch = Sketch::of(&sentences(4, 30).concat());
        assert!(counted(&sketch, |_| 60).is_empty());
        assert!(stock(&[]).is_empty());
    }
}
