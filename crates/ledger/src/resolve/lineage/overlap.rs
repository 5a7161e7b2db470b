//! How much of one body stands in another.
//!
//! In: two sketches. Out: the shares, and how far what they share runs in the same order.
//! Refuses to know: which of the two was first.

use super::Sketch;
use super::sketch::limit_of;

/// What two bodies share, told by their marks.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Overlap {
    /// The share of the first body that stands in the second, 0 to 1.
    pub first_in_second: f64,
    /// The share of the second body that stands in the first.
    pub second_in_first: f64,
    /// How much of what they share runs in the same order in both: 1 for a copy, about 0
    /// for stock phrases that stand here and there.
    pub in_order: f64,
    /// How long the longest passage that stands in both is, about: in Chinese characters.
    pub passage: u32,
    /// How much they share in all, about, likewise.
    pub length: u32,
    /// How many marks they share: below a handful the shares mean little.
    pub shared: usize,
}

impl Overlap {
    /// The same seen from the second body.
    pub fn turned(self) -> Overlap {
        Overlap {
            first_in_second: self.second_in_first,
            second_in_first: self.first_in_second,
            ..self
        }
    }
    /// The larger of the two shares.
    pub fn containment(&self) -> f64 {
        self.first_in_second.max(self.second_in_first)
    }
}

/// Compares two bodies.
pub fn overlap(first: &Sketch, second: &Sketch) -> Overlap {
    let level = first.level().max(second.level());
    let (a, b) = (first.sorted_at(level), second.sorted_at(level));
    let places = shared_places(a, b);
    let share = |of: usize| if of == 0 { 0.0 } else { places.len() as f64 / of as f64 };
    Overlap {
        first_in_second: share(a.len()),
        second_in_first: share(b.len()),
        in_order: in_order(places.iter().map(|&(_, second)| second)),
        passage: longest_run(&places, first, second, level),
        length: (places.len() as u32) << level.min(20),
        shared: places.len(),
    }
}

/// As many bits has a sieve, a power of two.
const SIEVE_BITS: usize = 1 << 14;

/// The marks of one body by their low bits alone, to see at a glance that another body
/// shares hardly any.
pub(super) struct Sieve {
    bits: Vec<u64>,
}

impl Sieve {
    /// The sieve of a body.
    pub fn of(sketch: &Sketch) -> Sieve {
        let mut bits = vec![0; SIEVE_BITS / 64];
        for mark in sketch.marks() {
            let at = *mark as usize % SIEVE_BITS;
            bits[at / 64] |= 1 << (at % 64);
        }
        Sieve { bits }
    }

    /// How many of some marks the body has at most: of 200 marks of another body, two or
    /// three pass by chance.
    pub fn passes(&self, marks: &[(u32, u32)]) -> usize {
        let bit = |mark: u32| {
            let at = mark as usize % SIEVE_BITS;
            self.bits[at / 64] >> (at % 64) & 1
        };
        marks.iter().map(|&(mark, _)| bit(mark)).sum::<u64>() as usize
    }
}

/// How many marks both have, at the threshold of both; quicker than [`overlap`].
pub(super) fn shared_count(first: &Sketch, second: &Sketch) -> usize {
    let level = first.level().max(second.level());
    let (a, b) = (first.sorted_at(level), second.sorted_at(level));
    let (mut i, mut j, mut count) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        // No branches: which of the two is less nobody can foretell.
        let (one, other) = (a[i].0, b[j].0);
        count += usize::from(one == other);
        i += usize::from(one <= other);
        j += usize::from(other <= one);
    }
    count
}

/// Where the marks that both have stand in each, by their place in the first.
pub(super) fn shared_places(a: &[(u32, u32)], b: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let mut places = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                places.push((a[i].1, b[j].1));
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    places.sort_unstable();
    places
}

/// How many marks follow each other in both, with none between, and what text they stand
/// for.
fn longest_run(places: &[(u32, u32)], first: &Sketch, second: &Sketch, level: u8) -> u32 {
    let between = |sketch: &Sketch, from: u32, to: u32| {
        let limit = limit_of(level);
        let marks = sketch.marks().get(from as usize + 1..to as usize);
        marks.is_some_and(|marks| marks.iter().all(|&mark| u64::from(mark) >= limit))
    };
    let (mut longest, mut run) = (u32::from(!places.is_empty()), 1);
    for pair in places.windows(2) {
        let ((a, b), (next_a, next_b)) = (pair[0], pair[1]);
        let goes_on = between(first, a, next_a) && between(second, b, next_b);
        run = if goes_on { run + 1 } else { 1 };
        longest = longest.max(run);
    }
    longest << level.min(20)
}

/// The length of the longest increasing chain of `places`, as a share of what goes beyond
/// the chain that chance gives: 2√n of n places in random order.
fn in_order(places: impl Iterator<Item = u32>) -> f64 {
    let mut count = 0usize;
    // The least last place of an increasing chain of each length.
    let mut ends: Vec<u32> = Vec::new();
    for place in places {
        count += 1;
        let at = ends.partition_point(|&end| end < place);
        match ends.get_mut(at) {
            Some(end) => *end = place,
            None => ends.push(place),
        }
    }
    let (count, chain) = (count as f64, ends.len() as f64);
    let chance = (2.0 * count.sqrt()).min(count - 1.0);
    if count < 2.0 { 0.0 } else { ((chain - chance) / (count - chance)).clamp(0.0, 1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::lineage::sample::{prose, sentences};

    fn of(text: &str) -> Sketch {
        Sketch::of(text)
    }

    #[test]
    fn a_copy_is_wholly_in_its_original_and_in_order() {
        let text = prose(1, 40);
        let whole = overlap(&of(&text), &of(&text));
        assert_eq!((whole.first_in_second, whole.second_in_first), (1.0, 1.0));
        assert_eq!(whole.in_order, 1.0);
    }

    #[test]
    fn a_third_is_in_the_whole_and_the_whole_is_not_in_it() {
        let text = sentences(2, 60);
        let found = overlap(&of(&text[20..40].concat()), &of(&text.concat()));
        assert!(found.first_in_second > 0.9, "{found:?}");
        assert!((0.2..0.5).contains(&found.second_in_first), "{found:?}");
        assert!(found.in_order > 0.9, "{found:?}");
    }

    #[test]
    fn an_excerpt_is_found_in_a_book() {
        let book = sentences(3, 4000);
        let found = overlap(&of(&book[2000..2060].concat()), &of(&book.concat()));
        assert!(found.first_in_second > 0.8, "{found:?}");
    }

    #[test]
    fn sentences_in_another_order_are_shared_and_not_in_order() {
        let mut text = sentences(4, 60);
        let whole = of(&text.concat());
        // A stride of 23 through 60 sentences visits each once.
        text = (0..60).map(|at| text[at * 23 % 60].clone()).collect();
        let found = overlap(&whole, &of(&text.concat()));
        assert!(found.first_in_second > 0.5, "{found:?}");
        assert!((16..100).contains(&found.passage), "{found:?}");
        assert!(found.in_order < 0.3, "{found:?}");
    }

    #[test]
    fn no_shared_mark_is_kept_back_by_a_sieve() {
        for (one, other, cut) in [(7, 8, 40), (9, 10, 400), (11, 12, 4000)] {
            let mixed =
                [&sentences(one, 40)[..20], &sentences(other, cut)[..20]].concat();
            let (a, b) = (of(&mixed.concat()), of(&sentences(one, 40).concat()));
            let shared = overlap(&a, &b).shared;
            let passing = Sieve::of(&a).passes(b.sorted_at(a.level().max(b.level())));
            assert!((shared..=shared + 12).contains(&passing), "{shared} {passing}");
            assert_eq!(shared_count(&a, &b), shared);
        }
    }

    #[test]
    fn two_texts_share_nothing() {
        let found = overlap(&of(&prose(5, 40)), &of(&prose(6, 40)));
        assert!(found.containment() < 0.1, "{found:?}");
        assert_eq!(overlap(&of(""), &of("")), Overlap::default());
    }
}
