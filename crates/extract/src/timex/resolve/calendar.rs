//! The year and month that a date leaves out.
//!
//! In: a partial date, what was named before it, the anchor. Out: a stretch of the
//! calendar. Refuses to know: how the date is written.

use super::{Clock, Grain, Stretch};
use crate::timex::{
    anchor::{Base, days_between, nearest_year},
    context,
    grammar::{Calendar, Expr, Month, Year},
};
use jiff::{ToSpan, civil::Date};
use record::Span;

/// How far from the anchor a bare 9日 counts from it rather than from the month named
/// before.
const NEAR_DAYS: i32 = 20;

impl Clock<'_, '_> {
    /// 2022年1月10日, 去年12月底, 3月, 9日.
    pub(super) fn calendar(
        &self,
        date: Calendar,
        span: Span,
        base: Option<Base>,
    ) -> Option<Stretch> {
        let year = match date.year {
            Some(Year::Given(year)) => Some(year),
            Some(Year::Offset(years)) => Some(base?.day.year().checked_add(years)?),
            None => None,
        };
        if let Some((first, last)) = date.months {
            return season(year?, first, last, self.is_winter_before(base, year?, first));
        }
        let Some(month) = date.month else {
            return match date.day {
                Some(day) => self.bare_day(day, span, base).map(Stretch::day),
                None => Some(match date.year {
                    Some(_) => Stretch::year(Date::new(year?, 1, 1).ok()?),
                    None => return None,
                }),
            };
        };
        let first = match (month, year) {
            (Month::Given(month), Some(year)) => Date::new(year, month, 1).ok()?,
            (Month::Offset(months), _) => {
                base?.day.first_of_month().checked_add(months.months()).ok()?
            }
            (Month::Given(month), None) => {
                self.month_near(month, date.day, span, base)?
            }
        };
        of_month(first, date)
    }

    /// The month in the year that the sentence names, else in the nearest one: nearest to
    /// the anchor, the next where the clause looks ahead.
    fn month_near(
        &self,
        month: i8,
        day: Option<i8>,
        span: Span,
        base: Option<Base>,
    ) -> Option<Date> {
        if let Some(year) = self.year_before(span, base) {
            return Date::new(year, month, 1).ok();
        }
        let base = base?;
        if context::looks_ahead(self.page, span) {
            let of_year = |year| Date::new(year, month, 1).ok();
            let this = of_year(base.day.year())?;
            let end = match day {
                Some(day) => Date::new(this.year(), month, day).ok()?,
                None => this.last_of_month(),
            };
            // 原定3月2日 on 3 March is no date of next year.
            let passed = days_between(end, base.day);
            return if passed > 90 { of_year(base.day.year() + 1) } else { Some(this) };
        }
        let day = day.unwrap_or(15).min(28);
        if context::looks_back(self.page, span) {
            // 9月举行了会议, told in May, is last year's.
            let this = Date::new(base.day.year(), month, day).ok()?;
            let is_ahead = this.first_of_month() > base.day;
            let year = base.day.year() - i16::from(is_ahead);
            return Date::new(year, month, 1).ok();
        }
        let near = nearest_year(base.day, month, day)?;
        Some(near.first_of_month())
    }

    /// A year that the same sentence names in full and that is not about the anchor's.
    fn year_before(&self, span: Span, base: Option<Base>) -> Option<i16> {
        let (at, last) = self.last?;
        let sentence = context::sentence(self.page, span);
        let year = last.first.year();
        let is_far = base.is_none_or(|base| (year - base.day.year()).abs() > 1);
        (sentence.holds(at) && is_far && !last.is_interval).then_some(year)
    }

    /// 9日: in the month named before, or the nearest to the anchor.
    fn bare_day(&self, day: i8, span: Span, base: Option<Base>) -> Option<Date> {
        let inherited = self.in_month_before(day, span);
        if inherited.is_some() && self.is_listed(span) {
            return inherited;
        }
        let Some(base) = base else { return inherited };
        let ahead = context::looks_ahead(self.page, span);
        let this = base.day.first_of_month();
        if !base.is_exact {
            return inherited.or_else(|| Date::new(this.year(), this.month(), day).ok());
        }
        let near = [-1i64, 0, 1]
            .iter()
            .filter_map(|months| {
                let month = this.checked_add(months.months()).ok()?;
                Date::new(month.year(), month.month(), day).ok()
            })
            .min_by_key(|date| {
                let past = days_between(*date, base.day);
                match (past >= 0, ahead) {
                    (true, false) => past,
                    (false, false) => -past * 3 / 2,
                    (true, true) => past * 3,
                    (false, true) => -past,
                }
            });
        let is_near =
            near.is_some_and(|near| days_between(near, base.day).abs() <= NEAR_DAYS);
        let is_far = inherited
            .is_some_and(|day| days_between(day, base.day).abs() > 2 * NEAR_DAYS);
        if is_far || !is_near { inherited.or(near) } else { near }
    }

    /// Whether only 、 or 和 stands between the expression before and this: 2月24日和25日.
    fn is_listed(&self, span: Span) -> bool {
        let between = Span::new(self.last_end, span.start).of(self.page.shadow);
        matches!(between.trim(), "、" | "和" | "及" | "与" | "或")
    }

    fn in_month_before(&self, day: i8, span: Span) -> Option<Date> {
        let before = self.day_before(span).or_else(|| {
            let (at, last) = self.last?;
            let near = context::sentence(self.page, span).holds(at);
            (near && last.grain == Grain::Month).then_some(last.first)
        })?;
        Date::new(before.year(), before.month(), day).ok()
    }

    /// 去年同期: the stretch named before, so many years on.
    pub(super) fn same_last_year(&self, years: i16, base: Date) -> Option<Stretch> {
        let year = base.year().checked_add(years)?;
        match self.last {
            Some((_, last)) if last.grain != Grain::Year => {
                let back = i32::from(last.first.year()) - i32::from(year);
                let first = last.first.checked_sub(back.years()).ok()?;
                Some(Stretch::month(first))
            }
            _ => Some(Stretch::year(Date::new(year, 1, 1).ok()?)),
        }
    }

    /// 1月9日至10日: the end takes what it leaves out from the beginning.
    pub(super) fn interval(
        &self,
        first: &Expr,
        last: &Expr,
        span: Span,
        base: Option<Base>,
    ) -> Option<Stretch> {
        let from = self.stretch(first, span, base)?;
        let Expr::Calendar(end) = last else {
            let mut to = self.stretch(last, span, base)?;
            if to.last < from.first && matches!(last, Expr::Week(..)) {
                // 本周一至周三: the end lies ahead of the beginning.
                let days = days_between(to.first, from.first);
                let weeks = i64::from(days).div_euclid(7) + 1;
                to = Stretch::day(to.last.checked_add((weeks * 7).days()).ok()?);
            }
            return Some(if from.first <= to.last {
                Stretch::between(from, to)
            } else {
                from
            });
        };
        let mut end = *end;
        if end.month.is_none() && end.day.is_some() {
            end.month = Some(Month::Given(from.first.month()));
        }
        if end.year.is_none() {
            end.year = Some(Year::Given(from.first.year()));
        }
        let mut to = self.calendar(end, span, base)?;
        if to.last < from.first {
            // 12月30日至1月2日.
            end.year = Some(Year::Given(from.first.year().checked_add(1)?));
            to = self.calendar(end, span, base)?;
        }
        let grain = if from.grain == to.grain { from.grain } else { Grain::Day };
        Some(Stretch { grain, ..Stretch::between(from, to) })
    }

    /// Whether 冬季 in this year is the one that began in the year before.
    fn is_winter_before(&self, base: Option<Base>, year: i16, first: i8) -> bool {
        first == 12
            && base.is_some_and(|base| base.day.year() == year && base.day.month() < 6)
    }
}

fn of_month(first: Date, date: Calendar) -> Option<Stretch> {
    if let Some(day) = date.day {
        let day = Date::new(first.year(), first.month(), day).ok()?;
        return Some(Stretch::day(day));
    }
    if let Some((from, to)) = date.days {
        let from = Date::new(first.year(), first.month(), from).ok()?;
        let to = to.min(first.days_in_month());
        let to = Date::new(first.year(), first.month(), to).ok()?;
        return Some(Stretch::days(from, to));
    }
    Some(Stretch::month(first))
}

fn season(year: i16, first: i8, last: i8, began_before: bool) -> Option<Stretch> {
    let year = if began_before { year.checked_sub(1)? } else { year };
    let from = Stretch::month(Date::new(year, first, 1).ok()?);
    if first == last {
        return Some(from);
    }
    let year = if last < first { year.checked_add(1)? } else { year };
    let to = Stretch::month(Date::new(year, last, 1).ok()?);
    Some(Stretch::between(from, to))
}
