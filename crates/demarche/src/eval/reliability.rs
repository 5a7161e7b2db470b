//! Whether the reader's confidence means what it says.
//!
//! In: entries with their confidence and whether the gold has them. Out: a reliability
//! diagram: in each tenth of confidence the share that is right, beside how many there
//! are. Refuses to know: how confidence comes about.

use super::Scored;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// One entry of a reading, judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// `statements`, `moves` or `meetings`.
    pub of: &'static str,
    /// The language and script of its article: `zh-Hant`.
    pub language: String,
    /// The reader's confidence.
    pub confidence: f64,
    /// Whether the gold has it; a statement with the right speaker.
    pub is_right: bool,
}

const KINDS: [&str; 3] = ["statements", "moves", "meetings"];
const BINS: usize = 10;

/// The judged entries of one document; those without a confidence are left out.
pub fn judge(scored: &Scored) -> Vec<Judged> {
    let Scored { system, outcome, .. } = scored;
    let language = system.language.clone().unwrap_or_else(|| "und".to_owned());
    let mut judged = Vec::new();
    let mut add = |of, pairs: &[(usize, usize)], confidences: Vec<Option<f64>>| {
        let right: BTreeSet<usize> = pairs.iter().map(|pair| pair.1).collect();
        for (at, confidence) in confidences.into_iter().enumerate() {
            let Some(confidence) = confidence else { continue };
            let (language, is_right) = (language.clone(), right.contains(&at));
            judged.push(Judged { of, language, confidence, is_right });
        }
    };
    let statements = system.statements.iter().map(|s| s.confidence).collect();
    add(KINDS[0], &outcome.attributed, statements);
    add(KINDS[1], &outcome.moves, system.moves.iter().map(|m| m.confidence).collect());
    let meetings = system.meetings.iter().map(|m| m.confidence).collect();
    add(KINDS[2], &outcome.meetings, meetings);
    judged
}

/// The entries whose confidence lies in one tenth.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Bin {
    count: usize,
    right: usize,
    confidence: f64,
}

impl Bin {
    fn mean(self) -> f64 {
        self.confidence / self.count.max(1) as f64
    }
    fn share(self) -> f64 {
        self.right as f64 / self.count.max(1) as f64
    }
}

fn bins<'j>(entries: impl Iterator<Item = &'j Judged>) -> [Bin; BINS] {
    let mut bins = [Bin::default(); BINS];
    for entry in entries {
        let at = (entry.confidence.clamp(0.0, 1.0) * BINS as f64) as usize;
        let bin = &mut bins[at.min(BINS - 1)];
        bin.count += 1;
        bin.right += usize::from(entry.is_right);
        bin.confidence += entry.confidence;
    }
    bins
}

/// The mean distance between confidence and truth, weighted by how many entries are in
/// each tenth (expected calibration error).
fn distance(bins: &[Bin]) -> f64 {
    let all: usize = bins.iter().map(|bin| bin.count).sum();
    let sum: f64 =
        bins.iter().map(|b| b.count as f64 * (b.mean() - b.share()).abs()).sum();
    sum / all.max(1) as f64
}

// The picture: one panel for each kind of entry, side by side.
const SIDE: f64 = 220.0;
const GAP: f64 = 70.0;
const TOP: f64 = 90.0;
const BARS: f64 = 60.0;
const COLOURS: [&str; 4] = ["#0b5394", "#b45f06", "#38761d", "#741b47"];

/// Draws the diagram as SVG: above, share right against confidence, one line for each
/// language; below, how many entries each tenth holds.
pub fn diagram(judged: &[Judged]) -> String {
    let languages: BTreeSet<&str> = judged.iter().map(|j| j.language.as_str()).collect();
    let width = GAP + KINDS.len() as f64 * (SIDE + GAP);
    let height = TOP + SIDE + 30.0 + BARS + 60.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"sans-serif\" font-size=\"11\" role=\"img\">\n\
         <title>Confidence against the share that is right</title>\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\n"
    );
    for (at, kind) in KINDS.iter().enumerate() {
        let x = GAP + at as f64 * (SIDE + GAP);
        let mut by_language = BTreeMap::new();
        for &language in &languages {
            let own = judged.iter().filter(|j| j.of == *kind && j.language == language);
            by_language.insert(language, bins(own));
        }
        panel(&mut svg, x, kind, &by_language);
    }
    svg.push_str("</svg>\n");
    svg
}

fn panel(
    svg: &mut String,
    x: f64,
    kind: &str,
    by_language: &BTreeMap<&str, [Bin; BINS]>,
) {
    let bottom = TOP + SIDE;
    text(svg, x, TOP - 66.0, "start", &format!("{kind}: share right by confidence"));
    let _ = writeln!(
        svg,
        "<rect x=\"{x}\" y=\"{TOP}\" width=\"{SIDE}\" height=\"{SIDE}\" fill=\"none\" \
         stroke=\"#999\"/>\n<line x1=\"{x}\" y1=\"{bottom}\" x2=\"{}\" y2=\"{TOP}\" \
         stroke=\"#999\" stroke-dasharray=\"4 4\"/>",
        x + SIDE
    );
    for tick in [0.0, 0.5, 1.0] {
        text(svg, x + tick * SIDE, bottom + 14.0, "middle", &tick.to_string());
        text(svg, x - 6.0, bottom - tick * SIDE + 4.0, "end", &tick.to_string());
    }
    let most = by_language.values().flatten().map(|bin| bin.count).max().unwrap_or(0);
    for (at, (language, bins)) in by_language.iter().enumerate() {
        let colour = COLOURS[at % COLOURS.len()];
        curve(svg, x, bins, colour);
        bars(svg, x, bins, colour, (at, by_language.len(), most));
        let all: usize = bins.iter().map(|bin| bin.count).sum();
        let legend = format!("{language}: {all} entries, off by {:.3}", distance(bins));
        let y = TOP - 50.0 + 13.0 * at as f64;
        let _ = writeln!(
            svg,
            "<circle cx=\"{}\" cy=\"{}\" r=\"4\" fill=\"{colour}\"/>",
            x + 4.0,
            y - 4.0
        );
        text(svg, x + 14.0, y, "start", &legend);
    }
    let floor = bottom + 30.0 + BARS;
    text(svg, x, floor + 14.0, "start", &format!("entries in each tenth (most {most})"));
}

fn curve(svg: &mut String, x: f64, bins: &[Bin], colour: &str) {
    let place = |bin: &Bin| (x + bin.mean() * SIDE, TOP + (1.0 - bin.share()) * SIDE);
    let filled: Vec<&Bin> = bins.iter().filter(|bin| bin.count > 0).collect();
    let points: Vec<String> = filled
        .iter()
        .map(|bin| place(bin))
        .map(|(x, y)| format!("{x:.1},{y:.1}"))
        .collect();
    let points = points.join(" ");
    let _ = writeln!(
        svg,
        "<polyline points=\"{points}\" fill=\"none\" stroke=\"{colour}\"/>"
    );
    for bin in filled {
        let (x, y) = place(bin);
        let _ = writeln!(
            svg,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\" fill=\"{colour}\">\
             <title>{} of {} right, confidence {:.2}</title></circle>",
            bin.right,
            bin.count,
            bin.mean()
        );
    }
}

/// The bars of one language; `place` is its number, of how many, and the most in a bin.
fn bars(
    svg: &mut String,
    x: f64,
    bins: &[Bin],
    colour: &str,
    place: (usize, usize, usize),
) {
    let (at, of, most) = place;
    let floor = TOP + SIDE + 30.0 + BARS;
    let slot = SIDE / BINS as f64;
    let wide = (slot - 4.0) / of as f64;
    for (number, bin) in bins.iter().enumerate().filter(|(_, bin)| bin.count > 0) {
        let high = BARS * bin.count as f64 / most.max(1) as f64;
        let left = x + number as f64 * slot + 2.0 + at as f64 * wide;
        let _ = writeln!(
            svg,
            "<rect x=\"{left:.1}\" y=\"{:.1}\" width=\"{wide:.1}\" height=\"{high:.1}\" \
             fill=\"{colour}\"><title>{} entries</title></rect>",
            floor - high,
            bin.count
        );
    }
}

fn text(svg: &mut String, x: f64, y: f64, anchor: &str, words: &str) {
    let words = words.replace('&', "&amp;").replace('<', "&lt;");
    let _ = writeln!(
        svg,
        "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{words}</text>"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(confidence: f64, right: usize, of: usize) -> Vec<Judged> {
        let entry = |at| Judged {
            of: "moves",
            language: "zh-Hant".to_owned(),
            confidence,
            is_right: at < right,
        };
        (0..of).map(entry).collect()
    }

    #[test]
    fn a_reader_as_sure_as_it_is_right_is_off_by_nothing() {
        let judged = [entries(0.75, 3, 4), entries(0.25, 1, 4)].concat();
        assert!(distance(&bins(judged.iter())) < 1e-12);
        assert!((distance(&bins(entries(1.0, 1, 2).iter())) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn the_diagram_names_each_language_and_counts_its_entries() {
        let svg = diagram(&entries(0.75, 3, 4));
        assert!(svg.contains("zh-Hant: 4 entries, off by 0.000"));
        assert!(svg.contains("3 of 4 right"));
    }
}
