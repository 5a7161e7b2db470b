//! Days to places on the line.
//!
//! In: the dates to draw. Out: one or more stretches of line with their ticks; dates far
//! from the rest are in none. Refuses to know: what happened on a day.

use super::labels::measure;
use crate::When;
use crate::words::Language;
use jiff::civil::Date;

/// The size of the words over ticks, which `measure` is for.
pub(super) const TICK_SIZE: f64 = 11.0;
/// Space left and right of the line.
const MARGIN: f64 = 12.0;
/// The width of a break between two stretches.
const BREAK: f64 = 26.0;
/// A gap of fewer days never breaks the line.
const EMPTY: i64 = 60;
/// Dates no further than this from the main ones always belong to them.
const NEAR: i64 = 550;
/// The least part of the line that a stretch gets.
const LEAST_SHARE: f64 = 0.15;

/// One unbroken stretch of the line.
#[derive(Debug, Clone)]
struct Stretch {
    first: i64,
    last: i64,
    from: f64,
    to: f64,
}

impl Stretch {
    fn x(&self, day: i64) -> f64 {
        let part = (day - self.first) as f64 / (self.last - self.first).max(1) as f64;
        self.from + part * (self.to - self.from)
    }
}

/// Where each day stands.
#[derive(Debug, Clone)]
pub(super) struct Scale {
    stretches: Vec<Stretch>,
}

/// A mark over the line, with words where there is room for them.
#[derive(Debug, Clone)]
pub(super) struct Tick {
    pub x: f64,
    pub label: Option<String>,
    pub anchor: &'static str,
}

impl Scale {
    /// A scale `width` wide on which most of the dates have a place; none without dates.
    pub fn of(mut days: Vec<When>, width: f64) -> Option<Scale> {
        days.sort_by_key(|when| when.middle());
        if days.is_empty() {
            return None;
        }
        let groups = split(without_outliers(&days), 2);
        let spans: Vec<(i64, i64)> = groups.into_iter().map(reach).collect();
        let room = width - 2.0 * MARGIN - BREAK * spans.len().saturating_sub(1) as f64;
        // A short stretch beside a long one keeps enough room to be seen.
        let days: f64 = spans.iter().map(|(first, last)| (last - first) as f64).sum();
        let share =
            |(first, last): &(i64, i64)| ((last - first) as f64).max(days * LEAST_SHARE);
        let shares: Vec<f64> = spans.iter().map(share).collect();
        let total: f64 = shares.iter().sum();
        let mut stretches = Vec::new();
        let mut from = MARGIN;
        for ((first, last), share) in spans.into_iter().zip(shares) {
            let to = from + room * share / total;
            stretches.push(Stretch { first, last, from, to });
            from = to + BREAK;
        }
        Some(Scale { stretches })
    }

    /// From where to where a date lies, cut to its stretch; none for a date that is in no
    /// stretch, or so vague that it would cover most of one.
    pub fn place(&self, when: When) -> Option<(f64, f64)> {
        let middle = when.middle();
        let is_in = |s: &&Stretch| s.first <= middle && middle <= s.last;
        let stretch = self.stretches.iter().find(is_in)?;
        let (first, last) = (When::number(when.first), When::number(when.last));
        if is_vague(first, last, stretch.last - stretch.first) {
            return None;
        }
        Some((stretch.x(first.max(stretch.first)), stretch.x(last.min(stretch.last))))
    }

    /// The ends of each stretch.
    pub fn lines(&self) -> Vec<(f64, f64)> {
        self.stretches.iter().map(|stretch| (stretch.from, stretch.to)).collect()
    }

    /// The middles of the breaks.
    pub fn breaks(&self) -> Vec<f64> {
        let pairs = self.stretches.windows(2);
        pairs.map(|pair| (pair[0].to + pair[1].from) / 2.0).collect()
    }

    /// Ticks at days, weeks, months or years, as close as their words allow.
    pub fn ticks(&self, language: Language) -> Vec<Tick> {
        let mut ticks = Vec::new();
        for stretch in &self.stretches {
            let step = Step::for_stretch(stretch, language);
            let mut free = stretch.from - MARGIN;
            let mut year = None;
            for day in step.days(stretch) {
                let x = stretch.x(When::number(day));
                let text = step.label(day, year != Some(day.year()), language);
                let wide = measure(&text);
                // A label starts at its tick unless it would leave the picture there.
                let is_end = x + wide > stretch.to + MARGIN;
                let start = if is_end { x - wide } else { x };
                let fits = start >= free;
                if fits {
                    free = start + wide + 6.0;
                    year = Some(day.year());
                }
                let anchor = if is_end { "end" } else { "start" };
                ticks.push(Tick { x, label: fits.then_some(text), anchor });
            }
            if ticks.iter().all(|tick| tick.label.is_none()) {
                let first = When::day(stretch.first);
                let day = When { first, last: first };
                let label = Some(day.short(language));
                ticks.push(Tick { x: stretch.from, label, anchor: "start" });
            }
        }
        ticks
    }
}

/// Whether a date covers too much of a stretch to be drawn on it.
fn is_vague(first: i64, last: i64, stretch: i64) -> bool {
    last - first > 31 && (last - first) * 3 > stretch
}

/// Drops the few dates that lie far from all the others, such as 1986 and 2014 beside a
/// year of talks; they are better told in words.
fn without_outliers(days: &[When]) -> &[When] {
    // The shortest window that holds three quarters of the dates.
    let most = days.len() - days.len() / 4;
    let length = |from: usize| days[from + most - 1].middle() - days[from].middle();
    let Some(mut first) = (0..=days.len() - most).min_by_key(|from| length(*from)) else {
        return days;
    };
    let mut last = first + most - 1;
    // Of a handful of dates none is an exception unless it is a glaring one.
    let patience = if days.len() < 6 { 4 } else { 1 };
    let reach = length(first).max(NEAR) * patience;
    // What is no further from it than it is long belongs to it.
    while first > 0 && days[first].middle() - days[first - 1].middle() <= reach {
        first -= 1;
    }
    while last + 1 < days.len() && days[last + 1].middle() - days[last].middle() <= reach
    {
        last += 1;
    }
    &days[first..=last]
}

/// Splits sorted dates where more than half of the line would be empty, at most `depth`
/// times in a row.
fn split(days: &[When], depth: u32) -> Vec<&[When]> {
    let gap = |at: &usize| days[*at].middle() - days[*at - 1].middle();
    // A single date is no stretch of its own.
    let widest = (2..days.len().saturating_sub(1)).max_by_key(gap);
    let Some(at) = widest.filter(|_| depth > 0) else { return vec![days] };
    let whole = days[days.len() - 1].middle() - days[0].middle();
    if gap(&at) < EMPTY || gap(&at) * 2 <= whole {
        return vec![days];
    }
    let (before, after) = days.split_at(at);
    [split(before, depth - 1), split(after, depth - 1)].concat()
}

/// The first and last day of a stretch, with a little air on both sides.
fn reach(group: &[When]) -> (i64, i64) {
    let middles = group.iter().map(|when| when.middle());
    let (least, most) = (middles.clone().min(), middles.max());
    let (least, most) = (least.unwrap_or(0), most.unwrap_or(0));
    let mut ends = (least, most);
    for when in group {
        let (first, last) = (When::number(when.first), When::number(when.last));
        if !is_vague(first, last, most - least) {
            ends = (ends.0.min(first), ends.1.max(last));
        }
    }
    let air = ((ends.1 - ends.0) / 40).max(1);
    (ends.0 - air, ends.1 + air)
}

/// How far apart ticks are.
#[derive(Clone, Copy, PartialEq)]
enum Step {
    Days(i64),
    Months(i64),
}

impl Step {
    fn for_stretch(stretch: &Stretch, language: Language) -> Step {
        let room = stretch.to - stretch.from;
        let days = (stretch.last - stretch.first).max(1) as f64;
        let word = match language {
            Language::En => 40.0,
            Language::Zh => 52.0,
        };
        let steps = [
            (Step::Days(1), 1.0),
            (Step::Days(7), 7.0),
            (Step::Months(1), 30.4),
            (Step::Months(3), 91.3),
            (Step::Months(12), 365.2),
            (Step::Months(60), 1826.2),
            (Step::Months(120), 3652.4),
        ];
        let fits = |(_, length): &&(Step, f64)| length / days * room >= word;
        steps.iter().find(fits).map_or(Step::Months(300), |step| step.0)
    }

    /// The days on the stretch that get a tick.
    fn days(self, stretch: &Stretch) -> Vec<Date> {
        let (first, last) = (stretch.first, stretch.last);
        match self {
            // Day 4 was a Monday.
            Step::Days(step) => (first..=last)
                .filter(|day| (day - 4).rem_euclid(step) == 0)
                .map(When::day)
                .collect(),
            Step::Months(step) => {
                let count =
                    |day: Date| i64::from(day.year()) * 12 + i64::from(day.month()) - 1;
                let months = count(When::day(first))..=count(When::day(last));
                months
                    .filter(|month| month.rem_euclid(step) == 0)
                    .filter_map(|month| {
                        let year = i16::try_from(month.div_euclid(12)).ok()?;
                        Date::new(year, month.rem_euclid(12) as i8 + 1, 1).ok()
                    })
                    .filter(|day| (first..=last).contains(&When::number(*day)))
                    .collect()
            }
        }
    }

    fn label(self, day: Date, has_year: bool, language: Language) -> String {
        let last = match self {
            Step::Days(_) => day,
            Step::Months(12..) => day.last_of_year(),
            Step::Months(_) => day.last_of_month(),
        };
        let when = When { first: day, last };
        if has_year || self == Step::Months(12) {
            return when.short(language);
        }
        match (self, language) {
            (Step::Months(1..=3), Language::En) => {
                when.short(language).chars().take(3).collect()
            }
            (Step::Months(1..=3), Language::Zh) => format!("{}月", day.month()),
            _ => when.brief(language),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(days: &[&str]) -> Scale {
        let days = days.iter().map(|day| When::parse(day).expect("a date")).collect();
        Scale::of(days, 960.0).expect("there are dates")
    }

    #[test]
    fn history_does_not_squeeze_the_talks() {
        let mut days = vec!["1986", "2006", "2014"];
        days.extend(["2021-11-19", "2021-11-26", "2021-12-07", "2022-01-10"]);
        days.extend(["2022-01-12", "2022-01-13", "2021-12-17", "2021-12-30"]);
        days.push("2022-01-13");
        let scale = scale(&days);
        assert_eq!(scale.lines().len(), 1);
        assert_eq!(scale.place(When::parse("1986").expect("a date")), None);
        let x =
            |day: &str| scale.place(When::parse(day).expect("a date")).expect("drawn").0;
        assert!(x("2021-11-19") < 60.0 && x("2022-01-13") > 900.0);
    }

    #[test]
    fn half_a_year_of_silence_is_a_break() {
        let scale = scale(&[
            "2021-05-19",
            "2021-06-16",
            "2021-12-07",
            "2021-12-30",
            "2022-01-10",
            "2022-01-13",
        ]);
        assert_eq!(scale.lines().len(), 2);
    }

    #[test]
    fn two_rounds_years_apart_get_a_break() {
        let scale = scale(&[
            "2013-11-20",
            "2013-11-24",
            "2014-07-01",
            "2021-04-06",
            "2021-06-20",
            "2021-11-29",
            "2022-03-01",
        ]);
        assert_eq!(scale.lines().len(), 2);
        assert_eq!(scale.breaks().len(), 1);
    }

    #[test]
    fn ticks_fit_the_span() {
        let labels = |days: &[&str]| -> Vec<String> {
            let ticks = scale(days).ticks(Language::En);
            ticks.into_iter().filter_map(|tick| tick.label).collect()
        };
        let months = labels(&["2021-05-19", "2021-09-16", "2022-01-13"]);
        assert_eq!(months[..2], ["Jun 2021", "Jul"]);
        assert!(months.contains(&"Jan 2022".to_owned()), "{months:?}");
        let days = labels(&["2022-01-10", "2022-01-13"]);
        assert_eq!(days[..2], ["9 Jan 2022", "10 Jan"]);
        assert!(!labels(&["2022-01-10"]).is_empty());
        assert!(
            labels(&["2008-08-08", "2010-01-01", "2013-02-01", "2020-01-01"])
                .contains(&"2010".to_owned())
        );
    }
}
