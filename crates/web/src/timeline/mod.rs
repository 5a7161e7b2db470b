//! The timeline picture: moves above a line of months, meetings below it.
//!
//! In: dated dots and rings. Out: SVG, and in words what lies too far off to be drawn.
//! Refuses to know: briefings, pages. Colours come from the page's style (`--asking` and
//! so on) with defaults of its own, so that the picture also stands alone.

mod labels;
mod scale;
mod stacks;

use crate::words::*;
use crate::{Tone, When};
use maud::{Markup, PreEscaped, html};
use scale::{Scale, TICK_SIZE};
use stacks::{CELL, Stacks};
use std::collections::BTreeMap;

/// A move on the picture.
#[derive(Debug, Clone)]
pub struct Dot {
    /// When.
    pub when: When,
    /// Its colour and shape.
    pub tone: Tone,
    /// What is shown when the pointer rests on it.
    pub about: String,
}

/// A meeting on the picture.
#[derive(Debug, Clone)]
pub struct Ring {
    /// When.
    pub when: When,
    /// What is written beside it: `Geneva, RUS–USA`.
    pub label: String,
    /// Whether it took place; otherwise its ring is dashed.
    pub is_held: bool,
    /// How many accounts tell of it; the most told of get a label first.
    pub weight: usize,
    /// What is shown when the pointer rests on it.
    pub about: String,
}

/// A picture, and what is not in it.
#[derive(Debug, Clone)]
pub struct Drawing {
    /// The `svg` element; empty when nothing is dated.
    pub svg: String,
    /// What lies too far from the rest to be drawn: `2014: …`.
    pub aside: Vec<String>,
}

/// Where the line of months is written.
const HEAD: f64 = 14.0;
/// The most meetings that get a label.
const LABELS: usize = 14;

const STYLE: &str = ".timeline text{font:11px system-ui,sans-serif;\
fill:var(--soft,#6b6f76)}\
.timeline .asking{fill:var(--asking,#3b5b9b)}\
.timeline .conflict{fill:var(--conflict,#a83222)}\
.timeline .cooperation{fill:var(--cooperation,#1f6f5f)}\
.timeline .axis{stroke:var(--hair,#d9d7d0);fill:none}\
.timeline .tick{stroke:var(--hair,#d9d7d0);stroke-dasharray:1 3}\
.timeline .stem{stroke:var(--hair,#d9d7d0)}\
.timeline .ring{fill:var(--paper,#fcfbf8);stroke:var(--ink,#1d1e20);stroke-width:1.3}\
.timeline .open{stroke-dasharray:2 1.6}\
.timeline .span{stroke:var(--soft,#6b6f76);stroke-dasharray:1 2}\
.timeline .flag{fill:var(--ink,#1d1e20);paint-order:stroke;\
stroke:var(--paper,#fcfbf8);stroke-width:4px;stroke-linejoin:round}";

/// Draws moves and meetings, `width` units wide.
pub fn draw(dots: &[Dot], rings: &[Ring], width: f64, language: Language) -> Drawing {
    let days = dots.iter().map(|dot| dot.when).chain(rings.iter().map(|ring| ring.when));
    let Some(scale) = Scale::of(days.collect(), width) else {
        return Drawing { svg: String::new(), aside: Vec::new() };
    };
    let aside = aside(dots, rings, &scale, language);
    let stacks = Stacks::of(dots, &scale);
    let axis = HEAD + 12.0 + stacks.height();
    let (flags, depth) = flags(rings, &scale, axis, width, language);
    let height = axis + 14.0 + depth;
    let svg = html! {
        svg.timeline xmlns="http://www.w3.org/2000/svg" role="img"
            viewBox={ "0 0 " (round(width)) " " (round(height)) }
            aria-label=(language.say(TIMELINE_LABEL)) {
            title { (language.say(TIMELINE_LABEL)) }
            style { (PreEscaped(STYLE)) }
            (ticks(&scale, axis, language))
            @for (from, to) in scale.lines() {
                line.axis x1=(round(from)) x2=(round(to)) y1=(round(axis)) y2=(round(axis)) {}
            }
            @for x in scale.breaks() {
                path.axis d={ "M" (round(x - 5.0)) " " (round(axis + 5.0)) "l4 -10m3 10l4 -10" } {}
            }
            (stacks.draw(axis))
            (flags)
        }
    };
    Drawing { svg: svg.into_string(), aside }
}

/// What the scale leaves out, oldest first.
fn aside(dots: &[Dot], rings: &[Ring], scale: &Scale, language: Language) -> Vec<String> {
    let about = dots.iter().map(|dot| (dot.when, dot.about.as_str()));
    let about = about.chain(rings.iter().map(|ring| (ring.when, ring.about.as_str())));
    let mut far: Vec<(When, &str)> =
        about.filter(|(when, _)| scale.place(*when).is_none()).collect();
    far.sort();
    far.dedup();
    let mut said: BTreeMap<When, Vec<&str>> = BTreeMap::new();
    for (when, about) in far {
        said.entry(when).or_default().push(about);
    }
    said.into_iter()
        .map(|(when, about)| match about.as_slice() {
            [one] => (*one).to_owned(),
            many => {
                let count = language.count(many.len(), ENTRIES);
                format!("{}: {count}", when.short(language))
            }
        })
        .collect()
}

fn ticks(scale: &Scale, axis: f64, language: Language) -> Markup {
    html! {
        @for tick in scale.ticks(language) {
            line.tick x1=(round(tick.x)) x2=(round(tick.x)) y1=(round(HEAD + 6.0)) y2=(round(axis)) {}
            @if let Some(label) = tick.label {
                text x=(round(tick.x)) y=(round(HEAD)) text-anchor=(tick.anchor)
                    font-size=(TICK_SIZE) { (label) }
            }
        }
    }
}

/// The rings with their labels, and how deep they reach below the line.
fn flags(
    rings: &[Ring],
    scale: &Scale,
    axis: f64,
    width: f64,
    language: Language,
) -> (Markup, f64) {
    let mut drawn: Vec<(f64, f64, &Ring)> = rings
        .iter()
        .filter_map(|ring| scale.place(ring.when).map(|(from, to)| (from, to, ring)))
        .collect();
    drawn.sort_by(|a, b| a.2.weight.cmp(&b.2.weight).reverse().then(a.0.total_cmp(&b.0)));
    let wanted: Vec<(f64, String)> = drawn
        .iter()
        .take(LABELS)
        .map(|(from, to, ring)| {
            let text = format!("{} {}", ring.when.brief(language), ring.label);
            ((from + to) / 2.0, text)
        })
        .collect();
    let labels = labels::place(&wanted, width);
    let rows = labels.iter().map(|label| label.row + 1).max().unwrap_or(0);
    let y = axis + 9.0;
    let markup = html! {
        @for label in &labels {
            line.stem x1=(round(label.stem)) x2=(round(label.stem)) y1=(round(y)) y2=(round(label.baseline(y) - 4.0)) {}
        }
        @for (from, to, _) in drawn.iter().filter(|(from, to, _)| to - from > CELL) {
            line.span x1=(round(*from)) x2=(round(*to)) y1=(round(y)) y2=(round(y)) {}
        }
        @for (from, to, ring) in &drawn {
            @let class = if ring.is_held { "ring" } else { "ring open" };
            circle class=(class) cx=(round((from + to) / 2.0)) cy=(round(y)) r="4.2" { title { (ring.about) } }
        }
        @for label in &labels {
            @let (x, anchor) = label.anchor();
            text.flag x=(round(x)) y=(round(label.baseline(y))) text-anchor=(anchor) { (label.text) }
        }
    };
    (markup, if rows == 0 { 6.0 } else { rows as f64 * labels::ROW + 14.0 })
}

/// A coordinate with one digit, so that pictures are small and the same everywhere.
fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
