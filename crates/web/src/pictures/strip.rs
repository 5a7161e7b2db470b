//! The strip of months on every page: moves above the line, meetings below it.

use super::round;
use crate::pages::{Asked, Place};
use crate::{Language, Tone};
use ledger::StripMonth;
use maud::{Markup, html};
use record::Act;

const AXIS: f64 = 50.0;
const HEIGHT: f64 = 74.0;
/// The highest bar.
const BAR: f64 = 36.0;
/// The most months that are drawn; of more, the fullest stretch of so many.
const MOST: usize = 60;
/// The most on a narrow screen.
const FEW: usize = 18;

/// One month as it is drawn.
struct Month<'a> {
    number: i32,
    tones: [usize; 3],
    held: usize,
    other: usize,
    row: &'a StripMonth,
}

/// The first and last month that the strip shows, of those that are counted.
pub(crate) fn stretch(rows: &[StripMonth]) -> Option<(String, String)> {
    let months: Vec<Month<'_>> = rows.iter().filter_map(month).collect();
    let shown = fullest(&months, MOST);
    Some((shown.first()?.row.month.clone(), shown.last()?.row.month.clone()))
}

/// Draws the months; each leads to its page of the timeline. On a narrow screen there are
/// fewer of them.
pub(crate) fn strip(asked: &Asked, rows: &[StripMonth]) -> Markup {
    html! {
        div.wide { (drawn(asked, rows, 860.0, MOST)) }
        div.narrow { (drawn(asked, rows, 380.0, FEW)) }
    }
}

fn drawn(asked: &Asked, rows: &[StripMonth], width: f64, most: usize) -> Markup {
    let months: Vec<Month<'_>> = rows.iter().filter_map(month).collect();
    let shown = fullest(&months, most);
    let (Some(first), Some(last)) = (shown.first(), shown.last()) else {
        return html! { p.absent { (asked.text("strip.none")) } };
    };
    let count = f64::from(last.number - first.number + 1);
    let step = (width - 16.0) / count;
    let bar = (step / 4.0).clamp(1.5, 9.0);
    let most =
        shown.iter().flat_map(|month| month.tones).max().unwrap_or(1).max(1) as f64;
    // Areas of few and of many are both to be seen, so heights grow with the root.
    let height = |n: usize| if n == 0 { 0.0 } else { (n as f64 / most).sqrt() * BAR };
    let x = |number: i32| 8.0 + f64::from(number - first.number) * step;
    html! {
        svg.strip viewBox={ "0 0 " (width) " " (HEIGHT) } role="group" aria-label=(asked.text("strip.label")) {
            line.axis x1="0" x2=(width) y1=(AXIS) y2=(AXIS) {}
            @for (at, label) in labels(first.number, last.number, step, asked.language) {
                text x=(round(x(at))) y="10" { (label) }
                line.tick x1=(round(x(at))) x2=(round(x(at))) y1="13" y2=(AXIS) {}
            }
            @for month in shown {
                a href=(asked.to(&Place::Timeline(Some(month.row.month.clone())))) {
                    title { (about(asked, month)) }
                    rect.reach x=(round(x(month.number))) y="12" width=(round(step)) height=(HEIGHT - 12.0) {}
                    @for (at, tone) in Tone::ALL.iter().enumerate() {
                        @let tall = height(month.tones[at]);
                        @if tall > 0.0 {
                            rect class=(tone.class()) x=(round(x(month.number) + 1.0 + bar * at as f64))
                                y=(round(AXIS - tall)) width=(round(bar - 0.6)) height=(round(tall)) {}
                        }
                    }
                    @if month.held > 0 {
                        circle.ring cx=(round(x(month.number) + 1.5 * bar)) cy=(AXIS + 11.0)
                            r=(round(ring(month.held))) {}
                    }
                    @if month.other > 0 {
                        circle.ring.open cx=(round(x(month.number) + 1.5 * bar + if month.held > 0 { 9.0_f64.min(step / 2.0) } else { 0.0 }))
                            cy=(AXIS + 11.0) r=(round(ring(month.other) * 0.8)) {}
                    }
                }
            }
        }
    }
}

fn ring(count: usize) -> f64 {
    (2.5 + (count as f64).sqrt()).min(7.0)
}

fn month(row: &StripMonth) -> Option<Month<'_>> {
    let (year, month) = row.month.split_once('-')?;
    let number = year.parse::<i32>().ok()? * 12 + month.parse::<i32>().ok()? - 1;
    let mut tones = [0; 3];
    for (code, count) in &row.moves {
        if let Some(tone) = Act::from_code(code).map(Tone::of) {
            tones[tone as usize] += count;
        }
    }
    let held = row.meetings.get("held").copied().unwrap_or(0);
    let other: usize = row.meetings.values().sum::<usize>() - held;
    Some(Month { number, tones, held, other, row })
}

/// The months that are drawn: all where they lie close enough, else the stretch of them
/// that holds most.
fn fullest<'a, 'b>(months: &'b [Month<'a>], most: usize) -> &'b [Month<'a>] {
    let weight =
        |month: &Month<'_>| month.tones.iter().sum::<usize>() + month.held + month.other;
    let mut best = (0, 0..0);
    let mut from = 0;
    let mut sum = 0;
    for (at, month) in months.iter().enumerate() {
        sum += weight(month);
        while (month.number - months[from].number) as usize >= most {
            sum -= weight(&months[from]);
            from += 1;
        }
        if sum >= best.0 {
            best = (sum, from..at + 1);
        }
    }
    // Single far months at either end would press the rest together.
    let mut range = best.1;
    let total = best.0.max(1);
    while range.len() > 1 {
        let head = &months[range.start];
        let gap = months[range.start + 1].number - head.number;
        if gap < 6 || weight(head) * 50 > total {
            break;
        }
        range.start += 1;
    }
    &months[range]
}

/// The labels over the strip: years, and months where there is room.
fn labels(first: i32, last: i32, step: f64, language: Language) -> Vec<(i32, String)> {
    let every =
        [1, 3, 6, 12, 24].into_iter().find(|every| step * f64::from(*every) >= 62.0);
    let every = every.unwrap_or(48);
    (first..=last)
        .filter(|number| number % every == 0 || (*number == first && every == 1))
        .map(|number| {
            let text =
                format!("{}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1);
            let year = number.div_euclid(12);
            let said = if every >= 12 { format!("{year}") } else { text };
            let label = crate::When::parse(&said).map(|when| when.short(language));
            (number, label.unwrap_or(said))
        })
        .collect()
}

fn about(asked: &Asked, month: &Month<'_>) -> String {
    let moves: usize = month.tones.iter().sum();
    format!(
        "{}: {}, {}",
        asked.date(Some(&month.row.month)),
        asked.language.number("n.moves", moves),
        asked.language.number("n.meetings", month.held + month.other)
    )
}
