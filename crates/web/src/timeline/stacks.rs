//! The moves above the line: one mark each, or bars where there are too many.
//!
//! In: dots and their places. Out: marks in columns. Refuses to know: meetings, labels.

use super::scale::Scale;
use super::{Dot, round};
use crate::Tone;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Width and height of one dot, with the space around it.
pub(super) const CELL: f64 = 10.0;
/// The most dots in one column before columns become bars.
const STACK: usize = 12;
/// The width of a column of three bars.
const BARS: f64 = 18.0;
/// The width of one bar.
const BAR: f64 = 5.0;
/// The height of the highest bar.
const BAR_HEIGHT: f64 = 80.0;

/// The dots, column by column.
pub(super) struct Stacks<'a> {
    columns: BTreeMap<i64, Vec<&'a Dot>>,
    spans: Vec<(f64, f64)>,
    /// How many dots the highest column has, or the highest bar stands for.
    highest: usize,
    are_bars: bool,
}

impl<'a> Stacks<'a> {
    pub fn of(dots: &'a [Dot], scale: &Scale) -> Stacks<'a> {
        let single = columns(dots, scale, CELL);
        let highest = single.values().map(Vec::len).max().unwrap_or(0);
        let places = dots.iter().filter(|dot| !dot.when.is_exact());
        let places = places.filter_map(|dot| scale.place(dot.when));
        let spans = places.filter(|(from, to)| to - from > CELL).collect();
        if highest <= STACK {
            return Stacks { columns: single, spans, highest, are_bars: false };
        }
        let columns = columns(dots, scale, BARS);
        let counts =
            columns.values().flat_map(|dots| Tone::ALL.map(|tone| count(dots, tone)));
        let highest = counts.max().unwrap_or(1);
        Stacks { columns, spans, highest, are_bars: true }
    }

    pub fn height(&self) -> f64 {
        if self.are_bars { BAR_HEIGHT } else { self.highest as f64 * CELL }
    }

    pub fn draw(&self, axis: f64) -> Markup {
        let low = round(axis - 2.0);
        html! {
            @for (from, to) in &self.spans {
                line.span x1=(round(*from)) x2=(round(*to)) y1=(low) y2=(low) {}
            }
            @for (column, dots) in &self.columns {
                @if self.are_bars {
                    (self.bars(dots, *column as f64 * BARS, axis))
                } @else {
                    @let x = (*column as f64 + 0.5) * CELL;
                    @for (row, dot) in dots.iter().enumerate() {
                        (shape(dot, x, axis - (row as f64 + 0.5) * CELL - 2.0))
                    }
                }
            }
        }
    }

    /// Three bars side by side, as high as they stand for many.
    fn bars(&self, dots: &[&Dot], x: f64, axis: f64) -> Markup {
        let unit = BAR_HEIGHT / self.highest as f64;
        html! {
            @for (index, tone) in Tone::ALL.into_iter().enumerate() {
                @let count = count(dots, tone);
                @let high = count as f64 * unit;
                @if count > 0 {
                    rect class=(tone.class()) x=(round(x + 1.0 + index as f64 * (BAR + 0.5)))
                        y=(round(axis - high)) width=(BAR) height=(round(high)) {
                        title { (count) }
                    }
                }
            }
        }
    }
}

fn columns<'a>(
    dots: &'a [Dot],
    scale: &Scale,
    width: f64,
) -> BTreeMap<i64, Vec<&'a Dot>> {
    let mut columns: BTreeMap<i64, Vec<&Dot>> = BTreeMap::new();
    for dot in dots {
        let Some((from, to)) = scale.place(dot.when) else { continue };
        let column = ((from + to) / 2.0 / width).floor() as i64;
        columns.entry(column).or_default().push(dot);
    }
    for column in columns.values_mut() {
        column.sort_by_key(|dot| (dot.tone, dot.when));
    }
    columns
}

fn count(dots: &[&Dot], tone: Tone) -> usize {
    dots.iter().filter(|dot| dot.tone == tone).count()
}

/// A circle asks, a square opposes, a diamond comes closer.
fn shape(dot: &Dot, x: f64, y: f64) -> Markup {
    let class = dot.tone.class();
    let diamond = format!("M{} {}l4.8 4.8l-4.8 4.8l-4.8 -4.8z", round(x), round(y - 4.8));
    let (left, top) = (round(x - 3.8), round(y - 3.8));
    let about = html! { title { (dot.about) } };
    html! {
        @match dot.tone {
            Tone::Asking => {
                circle class=(class) cx=(round(x)) cy=(round(y)) r="4" { (about) }
            }
            Tone::Conflict => {
                rect class=(class) x=(left) y=(top) width="7.6" height="7.6" { (about) }
            }
            Tone::Cooperation => { path class=(class) d=(diamond) { (about) } }
        }
    }
}
