//! What value an expression has.
//!
//! In: expressions in text order. Out: their values, each with what it was counted from.
//! Refuses to know: how they are written.

mod calendar;

use super::{
    anchor::{self, Base, days_between},
    context,
    grammar::{Expr, Found, Length, Side, Unit},
};
use crate::Page;
use jiff::{ToSpan, civil::Date};
use record::{Anchor, Span, TimexKind};

/// How exactly a value names its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Grain {
    Day,
    Month,
    Year,
}

/// A stretch of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stretch {
    first: Date,
    last: Date,
    grain: Grain,
    is_interval: bool,
}

impl Stretch {
    fn day(day: Date) -> Stretch {
        Stretch { first: day, last: day, grain: Grain::Day, is_interval: false }
    }
    fn days(first: Date, last: Date) -> Stretch {
        Stretch { first, last, grain: Grain::Day, is_interval: true }
    }
    fn month(day: Date) -> Stretch {
        let (first, last) = (day.first_of_month(), day.last_of_month());
        Stretch { first, last, grain: Grain::Month, is_interval: false }
    }
    fn year(day: Date) -> Stretch {
        let (first, last) = (day.first_of_year(), day.last_of_year());
        Stretch { first, last, grain: Grain::Year, is_interval: false }
    }
    /// From the beginning of `first` to the end of `last`.
    fn between(first: Stretch, last: Stretch) -> Stretch {
        Stretch { last: last.last, is_interval: true, ..first }
    }
    /// ISO 8601.
    fn value(&self) -> String {
        let (first, last) = (point(self.first, self.grain), point(self.last, self.grain));
        if self.is_interval { format!("{first}/{last}") } else { first }
    }
}

fn point(date: Date, grain: Grain) -> String {
    match grain {
        Grain::Day => date.to_string(),
        Grain::Month => format!("{:04}-{:02}", date.year(), date.month()),
        Grain::Year => format!("{:04}", date.year()),
    }
}

/// The value of one expression.
pub(super) struct Read {
    pub kind: TimexKind,
    pub value: String,
    pub modifier: Option<String>,
    pub anchor: Option<Anchor>,
}

/// Resolves expressions in text order, knowing what was named before.
pub(super) struct Clock<'p, 'a> {
    page: &'p Page<'a>,
    article: Option<Base>,
    /// Where each report counts, and its expression's number.
    reports: Vec<(Span, usize)>,
    /// Days of the reports that were resolved.
    rendered: Vec<(Span, Base)>,
    /// Days named before, and where.
    days: Vec<(usize, Date)>,
    /// The last stretch named before, and where.
    last: Option<(usize, Stretch)>,
    /// Where the last expression ends.
    last_end: usize,
}

impl<'p, 'a> Clock<'p, 'a> {
    /// A clock for one article.
    pub fn new(page: &'p Page<'a>, found: &[Found]) -> Clock<'p, 'a> {
        Clock {
            page,
            article: anchor::of_article(page, found),
            reports: anchor::reports(page, found),
            rendered: Vec::new(),
            days: Vec::new(),
            last: None,
            last_end: 0,
        }
    }

    /// The value of the expression with this number; none when it needs an anchor and there
    /// is none, or says nothing of the calendar.
    pub fn read(&mut self, number: usize, found: &Found) -> Option<Read> {
        let plain =
            |kind, value| Some(Read { kind, value, modifier: None, anchor: None });
        match &found.expr {
            Expr::Length(length) => return plain(TimexKind::Duration, duration(*length)),
            Expr::Set => return plain(TimexKind::Set, "XXXX".to_owned()),
            Expr::Counted(length, side) if !self.is_dated(*length, *side, found.span) => {
                return plain(TimexKind::Duration, duration(*length));
            }
            _ => {}
        }
        let base = self.base(found);
        let stretch = self.stretch(&found.expr, found.span, base)?;
        self.remember(number, found, stretch);
        let anchor = base
            .filter(|_| !is_explicit(&found.expr))
            .map(|base| Anchor { value: base.day.to_string(), why: base.why.to_owned() });
        let kind = if found.timed { TimexKind::Time } else { TimexKind::Date };
        Some(Read { kind, value: stretch.value(), modifier: None, anchor })
    }

    fn remember(&mut self, number: usize, found: &Found, stretch: Stretch) {
        let at = found.span.start;
        self.last = Some((at, stretch));
        self.last_end = found.span.end;
        // 明天 and 后天 in one report both count from the day of its words.
        let is_relative = matches!(found.expr, Expr::DayOffset(_));
        if stretch.grain != Grain::Day || stretch.is_interval || is_relative {
            return;
        }
        self.days.push((at, stretch.first));
        let Some(article) = self.article else { return };
        for (span, of) in &self.reports {
            if *of == number && anchor::may_render(stretch.first, article) {
                let base = Base { day: stretch.first, is_exact: true, why: "dateline" };
                self.rendered.push((*span, base));
            }
        }
    }

    /// What the expression is counted from.
    fn base(&self, found: &Found) -> Option<Base> {
        let at = found.span.start;
        let rendered = self.rendered.iter().rev().find(|(span, _)| span.holds(at));
        let base = rendered.map(|(_, base)| *base).or(self.article);
        if matches!(found.expr, Expr::DayOffset(_)) {
            return self.said(found, base).or(base);
        }
        base
    }

    /// The day of the words that 明天 stands in: the day last named, when that is not long
    /// before the article or leads to the quotation in the same paragraph.
    fn said(&self, found: &Found, base: Option<Base>) -> Option<Base> {
        if !context::is_reported(self.page, found.span) {
            return None;
        }
        let &(at, day) = self.days.last()?;
        let days = base.map_or(0, |base| days_between(day, base.day));
        let paragraph = self.page.article.paragraph_at(found.span.start)?;
        let is_quoted = context::is_quoted(self.page, found.span);
        let leads = is_quoted && paragraph.span.holds(at) && days >= 0;
        let is_recent = (0..=3).contains(&days);
        (leads || is_recent).then_some(Base { day, is_exact: true, why: "said" })
    }

    /// The day last named, when it stands close before: in the same paragraph.
    fn day_before(&self, span: Span) -> Option<Date> {
        let paragraph = self.page.article.paragraph_at(span.start)?;
        let &(at, day) = self.days.last()?;
        paragraph.span.holds(at).then_some(day)
    }

    /// Whether a counted length points at a date; 两小时前 and 十天内第三次 do not.
    fn is_dated(&self, length: Length, side: Side, span: Span) -> bool {
        let is_clock = matches!(length.unit, Unit::Hour | Unit::Minute);
        match side {
            _ if is_clock => false,
            Side::Within => context::looks_ahead(self.page, span),
            // 未来50年 is no date that anybody would keep.
            Side::Past | Side::Coming => length.unit != Unit::Year,
            _ => true,
        }
    }

    fn stretch(&self, expr: &Expr, span: Span, base: Option<Base>) -> Option<Stretch> {
        let exact = base.filter(|base| base.is_exact).map(|base| base.day);
        match expr {
            Expr::Calendar(date) => self.calendar(*date, span, base),
            Expr::Numeric(a, b, year) => {
                anchor::numeric(*a, *b, *year, base.map(|base| base.day))
                    .map(Stretch::day)
            }
            Expr::DayOffset(days) => {
                Some(Stretch::day(exact?.checked_add(days.days()).ok()?))
            }
            Expr::NextDay(days) => {
                let day = self.day_before(span)?;
                Some(Stretch::day(day.checked_add(days.days()).ok()?))
            }
            Expr::Week(weeks, day) => self.week(*weeks, *day, span, exact?),
            Expr::Same(years) => self.same_last_year(*years, base?.day),
            Expr::Decade(year) => {
                let first = Stretch::year(Date::new(*year, 1, 1).ok()?);
                let last = Stretch::year(Date::new(year.checked_add(9)?, 1, 1).ok()?);
                Some(Stretch::between(first, last))
            }
            Expr::Counted(length, side) => self.counted(*length, *side, span, base?),
            Expr::Interval(first, last) => self.interval(first, last, span, base),
            Expr::Length(_) | Expr::Set => None,
        }
    }

    /// 周三 looks back to the nearest, its own day too, unless the clause looks ahead; 上周
    /// and 下周 are whole weeks from Monday.
    fn week(
        &self,
        weeks: Option<i64>,
        day: Option<i64>,
        span: Span,
        base: Date,
    ) -> Option<Stretch> {
        let today = i64::from(base.weekday().to_monday_one_offset());
        let Some(weeks) = weeks else {
            let wanted = day?;
            let days = if wanted == 8 { 6 } else { wanted } - today;
            let ahead = context::looks_ahead(self.page, span);
            let offset = if ahead { days.rem_euclid(7) } else { -(-days).rem_euclid(7) };
            let first = base.checked_add(offset.days()).ok()?;
            return Some(day_or_weekend(first, wanted));
        };
        let monday = base.checked_add((weeks * 7 - today + 1).days()).ok()?;
        let Some(wanted) = day else {
            return Some(Stretch::days(monday, monday.checked_add(6.days()).ok()?));
        };
        // A Sunday's press counts 上周六 and 下周三 from the week that begins.
        let begins = if today == 7 && weeks != 0 { 7 } else { 0 };
        let days = begins + if wanted == 8 { 5 } else { wanted - 1 };
        let first = monday.checked_add(days.days()).ok()?;
        Some(day_or_weekend(first, wanted))
    }

    fn counted(
        &self,
        length: Length,
        side: Side,
        span: Span,
        base: Base,
    ) -> Option<Stretch> {
        let (from, sign) = match side {
            Side::Before | Side::Past => (base.day, -1),
            Side::Within | Side::Coming => (base.day, 1),
            // 三天后 in a narration counts from the day named before it.
            Side::After => match self.last {
                Some((at, last)) if context::sentence(self.page, span).holds(at) => {
                    (last.first, 1)
                }
                _ if context::looks_ahead(self.page, span) => (base.day, 1),
                _ => (self.day_before(span)?, 1),
            },
        };
        let is_exact = base.is_exact || matches!(length.unit, Unit::Year | Unit::Month);
        let to = is_exact.then(|| shifted(from, length, sign)).flatten()?;
        match side {
            Side::Before | Side::After => Some(match length.unit {
                Unit::Year if length.halves % 2 == 0 => Stretch::year(to),
                Unit::Year | Unit::Month => Stretch::month(to),
                _ => Stretch::day(to),
            }),
            _ => Some(Stretch::days(from.min(to), from.max(to))),
        }
    }
}

fn day_or_weekend(first: Date, wanted: i64) -> Stretch {
    match first.tomorrow() {
        Ok(second) if wanted == 8 => Stretch::days(first, second),
        _ => Stretch::day(first),
    }
}

/// Whether the words themselves name the time in full.
fn is_explicit(expr: &Expr) -> bool {
    use super::grammar::{Calendar, Year};
    match expr {
        Expr::Calendar(Calendar { year: Some(Year::Given(_)), .. })
        | Expr::Numeric(..)
        | Expr::Decade(_) => true,
        Expr::Interval(first, _) => is_explicit(first),
        _ => false,
    }
}

fn shifted(from: Date, length: Length, sign: i64) -> Option<Date> {
    let halves = length.halves * sign;
    let span = match length.unit {
        Unit::Year => (halves * 6).months(),
        Unit::Month => jiff::Span::new()
            .try_months(halves / 2)
            .ok()?
            .try_days(halves % 2 * 15)
            .ok()?,
        Unit::Week => (halves * 7 / 2).days(),
        Unit::Day => (halves / 2).days(),
        Unit::Hour | Unit::Minute => return None,
    };
    from.checked_add(span).ok()
}

/// ISO 8601: `P3D`, `PT2H30M`.
fn duration(length: Length) -> String {
    let whole = length.halves / 2;
    let has_half = length.halves % 2 == 1;
    match length.unit {
        Unit::Year if has_half => format!("P{}M", length.halves * 6),
        Unit::Year => format!("P{whole}Y"),
        Unit::Month if has_half => format!("P{whole}M15D"),
        Unit::Month => format!("P{whole}M"),
        Unit::Week => format!("P{whole}W"),
        Unit::Day if has_half => format!("P{whole}DT12H"),
        Unit::Day => format!("P{whole}D"),
        Unit::Hour if has_half => format!("PT{}M", whole * 60 + 30),
        Unit::Hour => format!("PT{whole}H"),
        Unit::Minute => format!("PT{whole}M"),
    }
}
