//! Dates in words: 去年12月底, 周三晚, 上世纪60年代, 三天后, 1月9日至10日.
//!
//! In: a reader at a number or a word. Out: an expression. Refuses to know: what day it
//! is.

use super::{Calendar, Class, Expr, Length, Month, Reader, Side, Unit, Year};
use crate::lang::{
    numeral::{self, Numeral},
    zh,
};

impl Reader<'_, '_> {
    /// Reads an expression, with the part of the day and the end of the interval after it.
    pub(super) fn expression(&mut self, numeral: Option<Numeral>) -> Option<Expr> {
        if numeral.is_none()
            && let Some(every) = self.take(&[Class::Every])
        {
            // 每月9日, 每周一; 每周 is one by itself.
            let day = self.weekday_after().map(|day| Expr::Week(None, Some(day)));
            let is_whole = !every.value.is_empty();
            let repeated = day.or_else(|| self.single(None));
            return if is_whole || repeated.is_some() { Some(Expr::Set) } else { None };
        }
        let first = self.single(numeral)?;
        let first = self.with_time(first);
        let is_end =
            matches!(first, Expr::Calendar(_) | Expr::Week(..) | Expr::Decade(_));
        if !is_end {
            return Some(first);
        }
        match self.attempt(|r| r.interval_end(&first)) {
            Some(last) => {
                let last = self.with_time(last);
                Some(Expr::Interval(Box::new(first), Box::new(last)))
            }
            None => Some(first),
        }
    }

    /// Reads one expression without what follows it.
    fn single(&mut self, numeral: Option<Numeral>) -> Option<Expr> {
        let number = match numeral {
            Some(number) => Some(number),
            None => numeral::numeral(self.page.shadow.get(self.gap()..self.limit)?),
        };
        if let Some(number) = number {
            self.at = self.gap();
            return self
                .digits(number)
                .or_else(|| self.attempt(|r| r.decade(None)))
                .or_else(|| self.attempt(Self::calendar))
                .or_else(|| self.attempt(Self::counted));
        }
        self.attempt(Self::spanning)
            .or_else(|| self.attempt(Self::of_century))
            .or_else(|| self.attempt(Self::calendar))
            .or_else(|| self.attempt(Self::relative))
            .or_else(|| self.attempt(Self::name_day_year))
            .or_else(|| self.attempt(Self::counted))
    }

    /// 周三, 上周三, 上周末, 明天, 次日.
    fn relative(&mut self) -> Option<Expr> {
        if let Some(word) = self.take(&[Class::DayOffset]) {
            return Some(Expr::DayOffset(word.number));
        }
        if let Some(word) = self.take(&[Class::NextDay]) {
            return Some(Expr::NextDay(word.number));
        }
        if let Some(word) = self.take(&[Class::WeekOffset]) {
            let day = self.weekday_after();
            if day.is_none() {
                self.take(&[Class::YearPart]).filter(|word| word.value.is_empty());
            }
            return Some(Expr::Week(Some(word.number), day));
        }
        if let Some(word) = self.take(&[Class::Weekday]) {
            return Some(Expr::Week(None, Some(word.number)));
        }
        self.take(&[Class::Weekend]).map(|_| Expr::Week(None, Some(8)))
    }

    /// 三 or 末 after 上周.
    fn weekday_after(&mut self) -> Option<i64> {
        let next = self.page.shadow.get(self.at..self.limit)?.chars().next()?;
        let day = if next == '末' { 8 } else { numeral::weekday(next)? };
        let end = self.at + next.len_utf8();
        let span = record::Span::new(self.at, end);
        let other = self.page.hits.within(crate::lexicon::Table::Calendar, span);
        let is_other = other.iter().any(|hit| {
            let word = &self.page.lexicon.calendar[hit.row as usize];
            hit.span.end > end && word.class == Class::NoDate
        });
        if is_other || crate::timex::context::name_runs_over(self.page, span) {
            return None;
        }
        self.at = end;
        Some(day)
    }

    /// [year] [part of the year] [month] [part of the month] [day].
    fn calendar(&mut self) -> Option<Expr> {
        let mut date = Calendar { year: self.attempt(Self::year), ..Calendar::default() };
        if let Some(Year::Offset(years)) = date.year
            && self.take(&[Class::Same]).is_some()
        {
            return Some(Expr::Same(years));
        }
        date.month = self.attempt(Self::month);
        if date.month.is_none() {
            let edge = if date.year.is_some() {
                self.take(&[Class::YearEdge, Class::YearPart])
            } else {
                self.take(&[Class::YearEdge])
            };
            if let Some(edge) = edge {
                date.year = date.year.or(Some(Year::Offset(0)));
                date.months = edge.range();
                return Some(Expr::Calendar(date));
            }
            if date.year.is_none() {
                return self.part_of_this().or_else(|| self.bare_day());
            }
            return Some(Expr::Calendar(date));
        }
        date.day = self.attempt(|r| r.day(true));
        if date.day.is_none()
            && let Some(part) = self.take(&[Class::MonthPart])
        {
            date.days = part.range();
        } else if date.day.is_none() && date.month.is_some() {
            self.take(&[Class::Within]);
        }
        Some(Expr::Calendar(date))
    }

    /// 今夏, 月底.
    fn part_of_this(&mut self) -> Option<Expr> {
        let mut date = Calendar::default();
        if let Some(word) = self.take(&[Class::ThisSeason]) {
            date.year = Some(Year::Offset(0));
            date.months = word.range();
        } else {
            self.take(&[Class::MonthEdge])?;
            date.month = Some(Month::Offset(0));
        }
        Some(Expr::Calendar(date))
    }

    fn year(&mut self) -> Option<Year> {
        if let Some(word) = self.take(&[Class::YearOffset]) {
            return Some(Year::Offset(word.number as i16));
        }
        let number = self.number()?;
        if !number.is_han && number.width == 2 {
            return self.short_year(number.value);
        }
        if number.width != 4 || !(1000..=2200).contains(&number.value) {
            return None;
        }
        let unit = self.unit_or_range(Class::Year, number.value);
        unit.then_some(Year::Given(number.value as i16))
    }

    /// 21年 before a month or a part of the year; alone it is a length.
    fn short_year(&mut self, year: i64) -> Option<Year> {
        self.take(&[Class::Year])?;
        let at = self.at;
        let goes_on = self.attempt(Self::month).is_some()
            || self.take(&[Class::YearEdge]).is_some();
        self.at = at;
        let century = if year < 50 { 2000 } else { 1900 };
        goes_on.then_some(Year::Given((century + year) as i16))
    }

    fn month(&mut self) -> Option<Month> {
        if let Some(word) = self.take(&[Class::MonthOffset]) {
            return Some(Month::Offset(word.number as i32));
        }
        let number = self.number().filter(|n| (1..=12).contains(&n.value))?;
        let unit = self.unit_or_range(Class::Month, number.value);
        unit.then_some(Month::Given(number.value as i8))
    }

    /// Takes the unit after a number; in 9至10日, 1-3月 and 2014-2016年 the first number has
    /// none of its own.
    fn unit_or_range(&mut self, unit: Class, first: i64) -> bool {
        if self.take(&[unit]).is_some() {
            return true;
        }
        let (at, rules) = (self.at, self.rules.len());
        let ahead = self.attempt(|r| {
            r.take(&[Class::Through])?;
            let last = r.number().filter(|last| last.value > first)?;
            r.take(&[unit]).map(|_| last)
        });
        self.at = at;
        self.rules.truncate(rules);
        ahead.is_some()
    }

    /// A day of the month.
    fn day(&mut self, in_month: bool) -> Option<i8> {
        let number = self.number().filter(|n| (1..=31).contains(&n.value))?;
        let unit = self.unit_or_range(Class::Day, number.value)
            || (in_month && self.take(&[Class::DayColloquial]).is_some());
        unit.then_some(number.value as i8)
    }

    /// 9日 on its own; 两日, 三日内 and 连续三日 are lengths.
    fn bare_day(&mut self) -> Option<Expr> {
        let start = self.gap();
        let number = numeral::numeral(self.page.shadow.get(start..)?)?;
        let day =
            self.attempt(|r| r.day(false)).or_else(|| self.colloquial_day(start))?;
        let text = self.page.shadow.get(start..)?;
        let one_or_two =
            number.is_han && text.starts_with(['一', '两']) && number.width == 1;
        let as_length =
            self.peek(self.at, &[Class::Within, Class::Before, Class::After]).is_some();
        let counted = self.page.shadow[..start].ends_with([
            '第', '每', '近', '期', '达', '续', '去', '来', '数', '约', '共', '各', '前',
            '后',
        ]);
        if one_or_two || as_length || counted {
            return None;
        }
        Some(Expr::Calendar(Calendar { day: Some(day), ..Calendar::default() }))
    }

    /// 10号 at the head of a clause or after 在; 西伯利亚力量2号 is no day.
    fn colloquial_day(&mut self, start: usize) -> Option<i8> {
        let before = self.page.shadow[..start].chars().next_back();
        let placed = before.is_none_or(|c| {
            zh::ends_clause(c)
                || matches!(c, '在' | '于' | '从' | '到' | '至' | '和' | '“')
        });
        let number = self.number().filter(|n| placed && (1..=31).contains(&n.value))?;
        self.take(&[Class::DayColloquial]).map(|_| number.value as i8)
    }

    /// 上世纪60年代.
    fn of_century(&mut self) -> Option<Expr> {
        let century = self.take(&[Class::CenturyOffset])?.number;
        self.decade(Some(20 + century))
    }

    /// 20世纪90年代, 90年代.
    fn decade(&mut self, century: Option<i64>) -> Option<Expr> {
        let mut number = self.number()?;
        let mut first = century.map(|c| c * 100);
        if first.is_none() && self.take(&[Class::Century]).is_some() {
            first = (1..=22).contains(&number.value).then_some((number.value - 1) * 100);
            first?;
            number = self.number()?;
        }
        let is_year = first.is_none() && number.width == 4;
        if !is_year && number.value >= 100 || number.value % 10 != 0 {
            return None;
        }
        self.take(&[Class::Decade])?;
        let base = if is_year { 0 } else { first.unwrap_or(1900) };
        Some(Expr::Decade(i16::try_from(base + number.value).ok()?))
    }

    /// 三天, 三天前, 两个半小时.
    fn counted(&mut self) -> Option<Expr> {
        let start = self.at;
        let length = self.length()?;
        let side = match self.take(&[Class::Before, Class::After, Class::Within]) {
            Some(word) if word.class == Class::Before => Side::Before,
            Some(word) if word.class == Class::After => Side::After,
            Some(_) => Side::Within,
            None => return Some(Expr::Length(length)),
        };
        // 在…的三天后: counted from what happened, which is not a date.
        if self.page.shadow[..start].ends_with(['的', '第', '数', '几']) {
            return Some(Expr::Length(length));
        }
        Some(Expr::Counted(length, side))
    }

    /// 过去三天, 未来三个月.
    fn spanning(&mut self) -> Option<Expr> {
        let word = self.take(&[Class::PastSpan, Class::ComingSpan])?;
        let length = self.length()?;
        let side = if word.class == Class::PastSpan { Side::Past } else { Side::Coming };
        self.take(&[Class::Within]);
        Some(Expr::Counted(length, side))
    }

    fn length(&mut self) -> Option<Length> {
        let mut halves = 0;
        let number = self.attempt(Self::number);
        if let Some(number) = number {
            halves = number.value.checked_mul(2).filter(|halves| *halves < 2000)?;
            // 两个半小时.
            if self.attempt(|r| r.half_before_unit()).is_some() {
                halves += 1;
            }
        } else if self.mark('半') {
            halves = 1;
        }
        if halves == 0 {
            return None;
        }
        let has_half = halves % 2 == 1;
        if has_half && self.take(&[Class::Month]).is_some() {
            return Some(Length { halves, unit: Unit::Month });
        }
        let unit = match self.take(&[Class::Length])?.value.as_str() {
            "Y" => Unit::Year,
            "M" => Unit::Month,
            "W" => Unit::Week,
            "D" => Unit::Day,
            "h" => Unit::Hour,
            _ => Unit::Minute,
        };
        if halves % 2 == 0 && self.mark('半') {
            halves += 1;
        }
        Some(Length { halves, unit })
    }

    fn half_before_unit(&mut self) -> Option<()> {
        (self.mark('个') && self.mark('半')).then_some(())?;
        self.peek(self.at, &[Class::Length, Class::Month]).map(|_| ())
    }

    /// Takes a part of the day, hours and a date in brackets after an expression.
    fn with_time(&mut self, expr: Expr) -> Expr {
        if !expr.is_day() {
            return expr;
        }
        if let Some(date) = self.attempt(|r| r.in_brackets(&expr)) {
            return date;
        }
        if matches!(expr, Expr::Calendar(_)) {
            // 1月10日星期一.
            self.take(&[Class::Weekday]);
        }
        while self.take(&[Class::DayPart]).is_some() {
            self.timed = true;
        }
        while self.attempt(Self::clock).is_some() {
            self.timed = true;
        }
        expr
    }

    fn clock(&mut self) -> Option<()> {
        self.number().filter(|n| n.value < 60)?;
        self.take(&[Class::Clock]).map(|_| ())
    }

    /// 星期二(12月7日), 12月7日（星期二）: the date counts.
    fn in_brackets(&mut self, outside: &Expr) -> Option<Expr> {
        if !self.mark('(') && !self.mark('（') {
            return None;
        }
        let inside = self.single(None)?;
        if !self.mark(')') && !self.mark('）') {
            return None;
        }
        match (outside, inside) {
            (
                Expr::Week(_, Some(_)),
                date @ Expr::Calendar(Calendar { day: Some(_), .. }),
            ) => Some(date),
            (date @ Expr::Calendar(_), Expr::Week(None, Some(_))) => Some(date.clone()),
            _ => None,
        }
    }

    /// 至10日 after 1月9日: the end of the same sort of expression.
    fn interval_end(&mut self, first: &Expr) -> Option<Expr> {
        self.take(&[Class::Through])?;
        let last = self.single(None)?;
        let fits = match (first, &last) {
            (Expr::Calendar(a), Expr::Calendar(b)) => {
                a.day.is_some() == b.day.is_some()
                    && (a.month.is_some() || b.month.is_none() || a.day.is_some())
            }
            (Expr::Week(..), Expr::Week(..)) | (Expr::Decade(_), Expr::Decade(_)) => true,
            _ => false,
        };
        fits.then_some(last)
    }
}
