//! Meetings and moves on lanes, one for each party: marks where they are few, bars by
//! month where they are many.
//!
//! In: events with their days. Out: an `svg` in which every mark leads to its page. An
//! act's shape says what it does to the talks, a ring is a meeting, what is hollow is
//! planned or in doubt, a line is a date that is not exact.

use super::round;
use crate::{Language, Tone, When};
use jiff::civil::Date;
use maud::{Markup, html};

/// The width of a picture, in its own units.
const WIDTH: f64 = 960.0;
/// Where the lanes begin, behind their names.
const LEFT: f64 = 118.0;
const RIGHT: f64 = 12.0;
const HEAD: f64 = 22.0;
const LANE: f64 = 34.0;
/// The room that a mark takes.
const CELL: f64 = 9.0;

/// One mark.
pub(crate) struct Mark {
    /// The days that it covers.
    pub when: When,
    /// Whose lanes it is on, as numbers of lanes.
    pub lanes: Vec<usize>,
    /// The tone of an act; none of a meeting.
    pub tone: Option<Tone>,
    /// Whether it is drawn hollow: not held, or in doubt.
    pub is_open: bool,
    /// Where it leads to.
    pub address: String,
    /// What it is, in words.
    pub about: String,
    /// What a filter asks of it: keys and values.
    pub data: [(&'static str, String); 4],
}

/// How much there is of one month on one lane.
pub(crate) struct Bar {
    /// The month, or year.
    pub when: When,
    /// The lane's number.
    pub lane: usize,
    /// Acts by tone, and meetings.
    pub tones: [usize; 3],
    /// How many meetings.
    pub meetings: usize,
    /// Where it leads to.
    pub address: String,
    /// What it is, in words.
    pub about: String,
}

/// The days that a picture shows.
struct Axis {
    first: i64,
    last: i64,
}

impl Axis {
    fn of(days: &[When]) -> Option<Axis> {
        let first = days.iter().map(|when| When::number(when.first)).min()?;
        let last = days.iter().map(|when| When::number(when.last)).max()?;
        Some(Axis { first, last: last.max(first + 1) })
    }

    fn x(&self, day: i64) -> f64 {
        let part = (day - self.first) as f64 / (self.last - self.first) as f64;
        LEFT + 8.0 + part.clamp(0.0, 1.0) * (WIDTH - LEFT - RIGHT - 16.0)
    }

    /// Where the ticks stand, and what they are called: days, months or years.
    fn ticks(&self, language: Language) -> Vec<(f64, String)> {
        let days = self.last - self.first;
        let first = When::day(self.first);
        let mut ticks = Vec::new();
        let mut day = if days <= 40 { first } else { first.first_of_month() };
        let months = match days {
            0..=40 => 0,
            41..=400 => 1,
            401..=1100 => 3,
            1101..=3000 => 12,
            _ => 12 * (days / 3000 + 1),
        };
        if months >= 12 {
            day = first.first_of_year();
        }
        while When::number(day) <= self.last && ticks.len() < 40 {
            if When::number(day) >= self.first {
                let when = if months >= 12 {
                    When { first: day, last: day.last_of_year() }
                } else if months > 0 {
                    When { first: day, last: day.last_of_month() }
                } else {
                    When { first: day, last: day }
                };
                let said =
                    if months == 0 { when.brief(language) } else { when.short(language) };
                ticks.push((self.x(When::number(day)), said));
            }
            let step = if months == 0 { (days / 8).max(1) } else { 0 };
            let span = jiff::Span::new().months(months).days(step);
            match day.checked_add(span) {
                Ok(next) if next > day => day = next,
                _ => break,
            }
        }
        ticks
    }
}

/// Draws single marks; `lanes` are the names of the lanes.
pub(crate) fn marks(
    lanes: &[String],
    marks: &[Mark],
    label: &str,
    language: Language,
) -> Markup {
    let days: Vec<When> = marks.iter().map(|mark| mark.when).collect();
    let Some(axis) = Axis::of(&days) else { return html! {} };
    let height = HEAD + LANE * lanes.len() as f64 + 6.0;
    let places = places(lanes.len(), marks, &axis);
    html! {
        svg.lanes viewBox={ "0 0 " (WIDTH) " " (round(height)) } role="group" aria-label=(label) {
            (ground(lanes, &axis, language, height))
            @for (mark, rows) in marks.iter().zip(&places) {
                a href=(mark.address) data-party=(mark.data[0].1) data-issue=(mark.data[1].1)
                    data-act=(mark.data[2].1) data-outlet=(mark.data[3].1) {
                    title { (mark.about) }
                    @for (x, y) in rows { (shape(mark, *x, *y, &axis)) }
                    @if mark.tone.is_none() && rows.len() > 1 {
                        @let ys: Vec<f64> = rows.iter().map(|(_, y)| *y).collect();
                        @let (top, low) = (ys.iter().copied().fold(f64::MAX, f64::min), ys.iter().copied().fold(0.0, f64::max));
                        line.tie x1=(round(rows[0].0)) x2=(round(rows[0].0)) y1=(round(top + 4.0)) y2=(round(low - 4.0)) {}
                    }
                }
            }
        }
    }
}

/// Draws bars by month.
pub(crate) fn bars(
    lanes: &[String],
    bars: &[Bar],
    label: &str,
    language: Language,
) -> Markup {
    let days: Vec<When> = bars.iter().map(|bar| bar.when).collect();
    let Some(axis) = Axis::of(&days) else { return html! {} };
    let height = HEAD + LANE * lanes.len() as f64 + 6.0;
    let most = bars.iter().flat_map(|bar| bar.tones).max().unwrap_or(1).max(1) as f64;
    html! {
        svg.lanes viewBox={ "0 0 " (WIDTH) " " (round(height)) } role="group" aria-label=(label) {
            (ground(lanes, &axis, language, height))
            @for bar in bars {
                @let from = axis.x(When::number(bar.when.first));
                @let wide = (axis.x(When::number(bar.when.last)) - from).max(2.0);
                @let base = HEAD + LANE * (bar.lane as f64 + 1.0) - 8.0;
                a href=(bar.address) {
                    title { (bar.about) }
                    rect.reach x=(round(from)) y=(round(base - LANE + 8.0)) width=(round(wide)) height=(LANE) {}
                    @for (at, tone) in Tone::ALL.iter().enumerate() {
                        @let tall = (bar.tones[at] as f64 / most).sqrt() * (LANE - 12.0);
                        @if bar.tones[at] > 0 {
                            rect class=(tone.class()) x=(round(from + wide / 3.2 * at as f64)) y=(round(base - tall))
                                width=(round((wide / 3.2 - 0.3).max(0.6))) height=(round(tall)) {}
                        }
                    }
                    @if bar.meetings > 0 {
                        circle.ring cx=(round(from + wide / 2.0)) cy=(round(base + 4.0)) r=(round((1.2 + (bar.meetings as f64).sqrt() / 2.0).min(3.6))) {}
                    }
                }
            }
        }
    }
}

fn ground(lanes: &[String], axis: &Axis, language: Language, height: f64) -> Markup {
    let mut free = 0.0;
    let ticks: Vec<(f64, Option<String>)> = axis
        .ticks(language)
        .into_iter()
        .map(|(x, said)| {
            // A label that would run into the one before is left out; its tick stays.
            let wide: f64 =
                said.chars().map(|c| if c.is_ascii() { 6.0 } else { 11.0 }).sum();
            let fits = x >= free && x + wide < WIDTH;
            if fits {
                free = x + wide + 10.0;
            }
            (x, fits.then_some(said))
        })
        .collect();
    html! {
        @for (x, said) in &ticks {
            line.tick x1=(round(*x)) x2=(round(*x)) y1=(HEAD - 6.0) y2=(round(height - 4.0)) {}
            @if let Some(said) = said { text x=(round(*x)) y="11" { (said) } }
        }
        @for (at, name) in lanes.iter().enumerate() {
            @let y = HEAD + LANE * (at as f64 + 0.5);
            text.lane x="0" y=(round(y + 4.0)) { (name) }
            line.axis x1=(LEFT) x2=(WIDTH - RIGHT) y1=(round(HEAD + LANE * (at as f64 + 1.0) - 1.0))
                y2=(round(HEAD + LANE * (at as f64 + 1.0) - 1.0)) {}
        }
    }
}

/// Where each mark stands on each of its lanes: in its day, a row further up or down where
/// another one is there already.
fn places(lanes: usize, marks: &[Mark], axis: &Axis) -> Vec<Vec<(f64, f64)>> {
    const ROWS: [f64; 3] = [0.0, -CELL, CELL];
    let mut taken: Vec<[f64; 3]> = vec![[f64::MIN; 3]; lanes];
    let mut order: Vec<usize> = (0..marks.len()).collect();
    order.sort_by_key(|at| (marks[*at].when.middle(), *at));
    let mut places = vec![Vec::new(); marks.len()];
    for at in order {
        let mark = &marks[at];
        let x = axis.x(mark.when.middle());
        for lane in mark.lanes.iter().filter(|lane| **lane < lanes) {
            let rows = &mut taken[*lane];
            let free = (0..ROWS.len()).find(|row| x - rows[*row] >= CELL);
            let row = free.unwrap_or_else(|| {
                (0..ROWS.len()).min_by(|a, b| rows[*a].total_cmp(&rows[*b])).unwrap_or(0)
            });
            let at_x = x.max(rows[row] + if free.is_some() { 0.0 } else { 3.0 });
            rows[row] = at_x;
            let y = HEAD + LANE * (*lane as f64 + 0.5) + ROWS[row] - 1.0;
            places[at].push((at_x.min(WIDTH - RIGHT), y));
        }
    }
    places
}

fn shape(mark: &Mark, x: f64, y: f64, axis: &Axis) -> Markup {
    let (from, to) = (When::number(mark.when.first), When::number(mark.when.last));
    let open = if mark.is_open { " hollow" } else { "" };
    let (rx, ry) = (round(x), round(y));
    html! {
        @if to > from && axis.x(to) - axis.x(from) > 6.0 {
            line.span x1=(round(axis.x(from))) x2=(round(axis.x(to))) y1=(ry) y2=(ry) {}
        }
        @match mark.tone {
            None => circle class={ "ring" (open) } cx=(rx) cy=(ry) r="4" {},
            Some(Tone::Asking) => circle class={ "asking" (open) } cx=(rx) cy=(ry) r="3.6" {},
            Some(Tone::Conflict) => rect class={ "conflict" (open) } x=(round(x - 3.3)) y=(round(y - 3.3)) width="6.6" height="6.6" {},
            Some(Tone::Cooperation) => path class={ "cooperation" (open) } d={ "M" (rx) " " (round(y - 4.6)) "l4.4 4.6-4.4 4.6-4.4-4.6z" } {},
        }
    }
}

/// The first and last day of a period, `2022` or `2022-01`.
pub(crate) fn days_of(period: &str) -> Option<(Date, Date)> {
    let when = When::parse(period)?;
    Some((when.first, when.last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(day: &str) -> Mark {
        Mark {
            when: When::parse(day).expect("a day"),
            lanes: vec![0],
            tone: Some(Tone::Asking),
            is_open: false,
            address: "/move/1".to_owned(),
            about: "<b>".to_owned(),
            data: ["party", "issue", "act", "outlet"].map(|key| (key, String::new())),
        }
    }

    #[test]
    fn marks_of_one_day_do_not_hide_each_other() {
        let marks: Vec<Mark> =
            ["2022-01-10", "2022-01-10", "2022-01-10", "2022-03-01"].map(mark).into();
        let days: Vec<When> = marks.iter().map(|mark| mark.when).collect();
        let axis = Axis::of(&days).expect("days");
        let mut at: Vec<(i64, i64)> = places(1, &marks, &axis)
            .concat()
            .iter()
            .map(|(x, y)| (*x as i64, *y as i64))
            .collect();
        at.sort_unstable();
        at.dedup();
        assert_eq!(at.len(), 4);
    }

    #[test]
    fn words_in_a_picture_are_words() {
        let svg = super::marks(&["A".to_owned()], &[mark("2022-01")], "x", Language::En);
        let svg = svg.into_string();
        assert!(svg.contains("&lt;b&gt;") && !svg.contains("<b>"));
    }
}
