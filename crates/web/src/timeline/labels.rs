//! Labels below the line that never lie on one another.
//!
//! In: where each label's stem stands and its words, the most important first. Out: a row
//! and a side for each. Refuses to know: dates, meetings.

/// The height of one row of labels.
pub(super) const ROW: f64 = 15.0;
/// Space kept between two labels of a row.
const GAP: f64 = 8.0;
/// Space between a stem and its words.
const INDENT: f64 = 4.0;

/// A label with its place.
#[derive(Debug, Clone)]
pub(super) struct Label {
    /// Where its stem stands.
    pub stem: f64,
    /// Where its words begin.
    pub x: f64,
    /// The width of its words.
    pub width: f64,
    /// The row, 0 being nearest to the line.
    pub row: usize,
    /// The words.
    pub text: String,
}

impl Label {
    /// Where the words stand below rings at `y`.
    pub fn baseline(&self, y: f64) -> f64 {
        y + 18.0 + self.row as f64 * ROW
    }

    /// Where its words are held, and by which end: the one beside its stem.
    pub fn anchor(&self) -> (f64, &'static str) {
        let end = self.x + self.width;
        let is_left = end <= self.stem;
        if is_left { (end, "end") } else { (self.x, "start") }
    }

    fn covers(&self, x: f64) -> bool {
        self.x - 1.0 <= x && x <= self.x + self.width + 1.0
    }

    fn clashes(&self, other: &Label) -> bool {
        self.row == other.row
            && self.x < other.x + other.width + GAP
            && other.x < self.x + self.width + GAP
    }
}

/// Gives each label the row and side where it lies on no other label and the fewest stems
/// cross words. A label wider than the picture is cut.
pub(super) fn place(wanted: &[(f64, String)], width: f64) -> Vec<Label> {
    let mut wanted: Vec<(f64, String)> = wanted
        .iter()
        .map(|(stem, text)| (*stem, cut(text, width - 2.0 * INDENT)))
        .collect();
    wanted.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
    // From the right, so that words run right over stems that are shorter than theirs;
    // those too near the right edge first, from the left, with their words on the left.
    let is_edge = |(stem, text): &(f64, String)| stem + INDENT + measure(text) > width;
    let (edge, mut inner): (Vec<_>, Vec<_>) = wanted.into_iter().partition(is_edge);
    inner.reverse();
    let mut placed: Vec<Label> = Vec::new();
    for (stem, text) in edge.into_iter().chain(inner) {
        let label = best(stem, text, width, &placed);
        placed.push(label);
    }
    placed.sort_by(|a, b| a.stem.total_cmp(&b.stem).then(a.row.cmp(&b.row)));
    placed
}

fn best(stem: f64, text: String, width: f64, placed: &[Label]) -> Label {
    let wide = measure(&text);
    let (right, left) = (stem + INDENT, stem - INDENT - wide);
    let mut sides = vec![(right, 0.0), (left, 0.4)];
    sides.retain(|(x, _)| *x >= 0.0 && x + wide <= width);
    if sides.is_empty() {
        // Too wide for either side: across the stem, in the middle of the room there is.
        sides.push(((stem - wide / 2.0).min(width - wide).max(0.0), 0.0));
    }
    let mut best: Option<(f64, Label)> = None;
    // A row below every other is always free, so there is a best one.
    for row in 0..=placed.len() {
        for &(x, price) in &sides {
            let label = Label { stem, x, width: wide, row, text: text.clone() };
            if placed.iter().any(|other| label.clashes(other)) {
                continue;
            }
            let cost = price + row as f64 + 6.0 * crossings(&label, placed) as f64;
            if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                best = Some((cost, label));
            }
        }
    }
    best.expect("the row below all others is free").1
}

/// How many stems would run through words.
fn crossings(label: &Label, placed: &[Label]) -> usize {
    let through =
        |stem: &Label, words: &Label| words.row < stem.row && words.covers(stem.stem);
    placed.iter().filter(|other| through(other, label) || through(label, other)).count()
}

/// A careful estimate of the width of words at eleven units, never too small.
pub(super) fn measure(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { narrow(c) } else { 11.5 }).sum()
}

fn narrow(c: char) -> f64 {
    match c {
        ' ' | ',' | '.' | 'i' | 'l' | 'j' | 't' | 'f' | 'r' | ':' | '/' => 4.6,
        'm' | 'w' | 'M' | 'W' => 10.5,
        'A'..='Z' => 8.2,
        _ => 6.8,
    }
}

fn cut(text: &str, width: f64) -> String {
    let mut kept = text.to_owned();
    if measure(&kept) > width {
        while measure(&kept) + measure("…") > width && kept.pop().is_some() {}
        kept.push('…');
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(stems: &[f64], width: f64) -> Vec<Label> {
        let wanted: Vec<(f64, String)> = stems
            .iter()
            .enumerate()
            .map(|(n, stem)| (*stem, format!("10 Jan Geneva {n}, RUS–USA")))
            .collect();
        let labels = place(&wanted, width);
        assert_eq!(labels.len(), stems.len());
        for (n, label) in labels.iter().enumerate() {
            assert!(label.x >= 0.0 && label.x + label.width <= width + 0.01, "{label:?}");
            for other in &labels[n + 1..] {
                assert!(!label.clashes(other), "{label:?} lies on {other:?}");
            }
        }
        labels
    }

    #[test]
    fn labels_do_not_overlap() {
        check(&[10.0, 400.0, 800.0], 960.0);
        check(&[700.0, 705.0, 710.0, 800.0, 850.0, 940.0, 955.0], 960.0);
        check(&[0.0; 12], 300.0);
        let crowd: Vec<f64> = (0..40).map(|n| f64::from(n * n % 97) * 9.7).collect();
        check(&crowd, 960.0);
    }

    #[test]
    fn apart_they_share_the_first_row() {
        assert!(check(&[10.0, 400.0, 760.0], 960.0).iter().all(|l| l.row == 0));
    }

    #[test]
    fn words_wider_than_the_picture_are_cut() {
        let labels = place(&[(50.0, "会".repeat(60))], 200.0);
        assert!(labels[0].text.ends_with('…') && labels[0].width <= 200.0);
    }
}
