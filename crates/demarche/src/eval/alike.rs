//! How alike two texts are, as the gold scorer counts it.
//!
//! In: two texts. Out: a share from 0 to 1. Refuses to know: what the texts are. The
//! matching is Ratcliff and Obershelp's as Python's `difflib` does it without its
//! heuristics, so that figures agree with `score.py` to the last digit.

use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// The text without what two annotators may write differently: widths, case, spaces,
/// punctuation, symbols and control characters.
pub fn plain(text: &str) -> String {
    let folded = text.nfkc().collect::<String>().to_lowercase();
    folded.chars().filter(|&c| is_kept(c)).collect()
}

fn is_kept(c: char) -> bool {
    !matches!(
        c.general_category_group(),
        GeneralCategoryGroup::Punctuation
            | GeneralCategoryGroup::Separator
            | GeneralCategoryGroup::Symbol
            | GeneralCategoryGroup::Other
    )
}

/// How alike two whole texts are; texts of very different length are not at all.
pub fn similarity(a: &[char], b: &[char]) -> f64 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    if a == b {
        return 1.0;
    }
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    if (short as f64) / (long as f64) < 0.55 {
        return 0.0;
    }
    2.0 * Matcher::new(a, b).matches() as f64 / (a.len() + b.len()) as f64
}

/// The longest run that stands in both, over the shorter text.
pub fn overlap(a: &[char], b: &[char]) -> f64 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let run = Matcher::new(a, b).longest(0..a.len(), 0..b.len());
    run.len as f64 / a.len().min(b.len()) as f64
}

/// A run of characters that stands in both texts.
struct Run {
    a: usize,
    b: usize,
    len: usize,
}

/// Two texts, the second one indexed by character.
struct Matcher<'t> {
    a: &'t [char],
    b_len: usize,
    places: HashMap<char, Vec<usize>>,
}

impl<'t> Matcher<'t> {
    fn new(a: &'t [char], b: &[char]) -> Matcher<'t> {
        let mut places: HashMap<char, Vec<usize>> = HashMap::new();
        for (at, &c) in b.iter().enumerate() {
            places.entry(c).or_default().push(at);
        }
        Matcher { a, b_len: b.len(), places }
    }

    /// The characters matched when the longest common run is taken, then the longest on
    /// either side of it, and so on.
    fn matches(&self) -> usize {
        let mut left = vec![(0..self.a.len(), 0..self.b_len)];
        let mut matched = 0;
        while let Some((a, b)) = left.pop() {
            let run = self.longest(a.clone(), b.clone());
            if run.len == 0 {
                continue;
            }
            matched += run.len;
            left.push((a.start..run.a, b.start..run.b));
            left.push((run.a + run.len..a.end, run.b + run.len..b.end));
        }
        matched
    }

    /// The longest run common to two stretches; of equals the first in `a`, then in `b`.
    fn longest(&self, a: std::ops::Range<usize>, b: std::ops::Range<usize>) -> Run {
        let mut best = Run { a: a.start, b: b.start, len: 0 };
        // The runs that end at the character before, and at this one: place in b, length.
        let mut before: Vec<(usize, usize)> = Vec::new();
        let mut now: Vec<(usize, usize)> = Vec::new();
        for i in a {
            now.clear();
            let places = self.places.get(&self.a[i]).map_or(&[][..], Vec::as_slice);
            let from = places.partition_point(|&j| j < b.start);
            let mut last = 0;
            for &j in places[from..].iter().take_while(|&&j| j < b.end) {
                while before.get(last).is_some_and(|&(place, _)| place + 1 < j) {
                    last += 1;
                }
                let len = match before.get(last) {
                    Some(&(place, len)) if place + 1 == j => len + 1,
                    _ => 1,
                };
                if len > best.len {
                    best = Run { a: i + 1 - len, b: j + 1 - len, len };
                }
                now.push((j, len));
            }
            std::mem::swap(&mut before, &mut now);
        }
        best
    }
}

/// Pairs the items of two lists one to one, the best first, none below `floor`.
///
/// Of equal scores the later items pair first, as `score.py` has it.
pub fn pair_up(
    gold: usize,
    system: usize,
    score: impl Fn(usize, usize) -> f64,
    floor: f64,
) -> Vec<(usize, usize)> {
    let mut cells: Vec<(f64, usize, usize)> = Vec::new();
    for i in 0..gold {
        cells.extend((0..system).map(|j| (score(i, j), i, j)));
    }
    cells.retain(|cell| cell.0 >= floor && cell.0 > 0.0);
    cells.sort_by(|x, y| y.0.total_cmp(&x.0).then((y.1, y.2).cmp(&(x.1, x.2))));
    let (mut golds, mut systems) = (vec![false; gold], vec![false; system]);
    let mut pairs = Vec::new();
    for (_, i, j) in cells {
        if !golds[i] && !systems[j] {
            golds[i] = true;
            systems[j] = true;
            pairs.push((i, j));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn widths_case_and_marks_do_not_count() {
        assert_eq!(plain("“ＮＡＴＯ，第 ５ 条！”"), "nato第5条");
        assert_eq!(plain("ΟΔΟΣ ①"), "οδος1");
    }

    // Expected values are those that Python 3 prints for
    // `SequenceMatcher(None, a, b, autojunk=False).ratio()`.
    #[test]
    fn ratio_is_that_of_difflib() {
        let ratio = |a: &str, b: &str| similarity(&chars(a), &chars(b));
        assert_eq!(ratio("abcd", "bcde"), 0.75);
        assert_eq!(ratio("qabxcd", "abycdf"), 0.6666666666666666);
        assert_eq!(ratio("会谈很难但有用", "会谈有用但很难"), 0.5714285714285714);
        assert_eq!(ratio("ab", "abcd"), 0.0);
    }

    #[test]
    fn overlap_counts_the_longest_run() {
        let share = |a: &str, b: &str| overlap(&chars(a), &chars(b));
        assert_eq!(share("莫斯科要求答复", "要求答复"), 1.0);
        assert_eq!(share("莫斯科要求答复", "要求书面答复"), 2.0 / 6.0);
        assert_eq!(share("", "要求"), 0.0);
    }

    #[test]
    fn of_equal_pairs_the_later_come_first() {
        assert_eq!(pair_up(2, 2, |_, _| 1.0, 0.5), vec![(1, 1), (0, 0)]);
        assert_eq!(pair_up(2, 1, |i, _| 1.0 - i as f64 / 2.0, 0.5), vec![(0, 0)]);
        assert_eq!(pair_up(1, 1, |_, _| 0.0, 0.0), vec![]);
    }
}
