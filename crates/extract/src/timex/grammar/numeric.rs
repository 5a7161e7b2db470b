//! Dates in digits: 3/23/2023, 2018-05-16, 08 Dec 2021, 3.3 in a headline.
//!
//! In: a reader at a number or a month's name. Out: an expression. Refuses to know: which
//! of two numbers is the day.

use super::{Calendar, Class, Expr, Month, Reader, Year};
use crate::{lang::numeral::Numeral, timex::words};
use record::ParagraphKind;

impl Reader<'_, '_> {
    /// Reads a date in digits that begins with `first`.
    pub(super) fn digits(&mut self, first: Numeral) -> Option<Expr> {
        if first.is_han {
            return None;
        }
        let from = self.at;
        let expr = self
            .attempt(|r| r.three_numbers(first))
            .or_else(|| self.attempt(|r| r.day_name_year(first)))
            .or_else(|| self.attempt(|r| r.headline_day(first)))?;
        let next = self.page.shadow[self.at..].chars().next();
        if next.is_some_and(|c| c.is_ascii_digit() || matches!(c, '/' | '%' | '％')) {
            self.at = from;
            return None;
        }
        self.rules.push(words::rule("digits"));
        Some(expr)
    }

    /// 2018-05-16, 2024/03/19, 10/01/2022, 11.01.2022.
    fn three_numbers(&mut self, first: Numeral) -> Option<Expr> {
        self.at += first.len;
        let mark = ['-', '/', '.'].into_iter().find(|mark| self.mark(*mark))?;
        let second = self.number().filter(|n| !n.is_han && n.width <= 2)?;
        if !self.mark(mark) {
            return None;
        }
        let third = self.number().filter(|n| !n.is_han)?;
        if first.width == 4 && third.width <= 2 {
            return full(first.value, second.value, third.value);
        }
        if first.width <= 2 && third.width == 4 && mark != '-' {
            let (a, b) = (first.value, second.value);
            let fits = (1..=12).contains(&a.min(b)) && (1..=31).contains(&a.max(b));
            let year = i16::try_from(third.value).ok()?;
            return match mark {
                _ if !fits => None,
                // Dots are European: the day comes first.
                '.' => full(third.value, b, a),
                _ => Some(Expr::Numeric(a as i8, b as i8, year)),
            };
        }
        None
    }

    /// 08 Dec 2021, 8 December 2021.
    fn day_name_year(&mut self, first: Numeral) -> Option<Expr> {
        self.at += first.len;
        let month = self.take(&[Class::MonthName])?.number;
        self.mark(',');
        let year = self.number().filter(|n| !n.is_han && n.width == 4)?;
        full(year.value, month, first.value)
    }

    /// Dec 8, 2021.
    pub(super) fn name_day_year(&mut self) -> Option<Expr> {
        let month = self.take(&[Class::MonthName])?.number;
        self.mark('.');
        let day = self.number().filter(|n| !n.is_han && n.width <= 2)?;
        self.mark(',');
        let year = self.number().filter(|n| !n.is_han && n.width == 4)?;
        full(year.value, month, day.value)
    }

    /// 3.3 in a headline: a month and a day, where no unit follows.
    fn headline_day(&mut self, first: Numeral) -> Option<Expr> {
        let paragraph = self.page.article.paragraph_at(self.at)?;
        if paragraph.kind != ParagraphKind::Title || first.width > 2 {
            return None;
        }
        self.at += first.len;
        if !self.mark('.') {
            return None;
        }
        let second = self.number().filter(|n| !n.is_han && n.width <= 2)?;
        let rest = self.page.shadow.get(self.at..paragraph.span.end)?;
        let ends = rest.chars().next().is_none_or(|c| c.is_whitespace());
        if !ends || !(1..=12).contains(&first.value) || !(1..=31).contains(&second.value)
        {
            return None;
        }
        let month = Some(Month::Given(first.value as i8));
        let day = Some(second.value as i8);
        Some(Expr::Calendar(Calendar { month, day, ..Calendar::default() }))
    }
}

fn full(year: i64, month: i64, day: i64) -> Option<Expr> {
    let fits = (1000..=2200).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day);
    fits.then(|| {
        Expr::Calendar(Calendar {
            year: Some(Year::Given(year as i16)),
            month: Some(Month::Given(month as i8)),
            day: Some(day as i8),
            ..Calendar::default()
        })
    })
}
