//! A date as the ledger keeps it, for showing and drawing.
//!
//! In: ISO 8601 text, whole or partial. Out: the days that it covers and the words for it.
//! Refuses to know: today.

use crate::words::{Language, MONTHS, SHORT_MONTHS};
use jiff::civil::Date;

/// The days that a date covers: one for `2022-01-10`, a month for `2022-01`, a year for
/// `2014`, more for `2022-01-09/2022-01-10`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct When {
    /// The first day.
    pub first: Date,
    /// The last day; the first one again where the date is exact.
    pub last: Date,
}

/// How exact a date is.
#[derive(PartialEq)]
enum Grain {
    Day,
    Month,
    Year,
    Span,
}

impl When {
    /// Reads `2022-01-10`, `2022-01-10T16:26`, `2022-01`, `2022` or `A/B`; nothing else.
    pub fn parse(text: &str) -> Option<When> {
        if let Some((from, to)) = text.split_once('/') {
            let (from, to) = (When::parse(from)?, When::parse(to)?);
            return Some(When { first: from.first, last: to.last.max(from.first) });
        }
        let day = text.split(['T', ' ']).next()?;
        let mut parts = day.split('-').map(|part| part.parse::<i16>().ok());
        let year = parts.next()??;
        let Some(month) = parts.next() else {
            let first = Date::new(year, 1, 1).ok()?;
            return Some(When { first, last: first.last_of_year() });
        };
        let month = i8::try_from(month?).ok()?;
        let Some(day) = parts.next() else {
            let first = Date::new(year, month, 1).ok()?;
            return Some(When { first, last: first.last_of_month() });
        };
        let first = Date::new(year, month, i8::try_from(day?).ok()?).ok()?;
        Some(When { first, last: first })
    }

    /// Whether it names one day.
    pub fn is_exact(self) -> bool {
        self.first == self.last
    }

    /// The number of a day, counted from 1970.
    pub fn number(day: Date) -> i64 {
        let epoch = Date::constant(1970, 1, 1);
        day.duration_since(epoch).as_hours() / 24
    }

    /// The day with a number from [`When::number`]; the last one possible beyond that.
    pub fn day(number: i64) -> Date {
        let span = jiff::Span::new().try_days(number).unwrap_or_default();
        Date::constant(1970, 1, 1).saturating_add(span)
    }

    /// The middle of the days that it covers, as a number.
    pub fn middle(self) -> i64 {
        (When::number(self.first) + When::number(self.last)) / 2
    }

    fn grain(self) -> Grain {
        if self.is_exact() {
            Grain::Day
        } else if self.first == self.first.first_of_month()
            && self.last == self.first.last_of_month()
        {
            Grain::Month
        } else if self.first == self.first.first_of_year()
            && self.last == self.first.last_of_year()
        {
            Grain::Year
        } else {
            Grain::Span
        }
    }

    /// In words: `10 January 2022`, `January 2022`, `2022`; in Chinese `2022年1月10日`.
    pub fn words(self, language: Language) -> String {
        self.with(language, &MONTHS)
    }

    /// In few words: `10 Jan 2022`.
    pub fn short(self, language: Language) -> String {
        self.with(language, &SHORT_MONTHS)
    }

    /// Without the year: `10 Jan`; the whole where it is not a day.
    pub fn brief(self, language: Language) -> String {
        let day = self.first;
        match (self.grain(), language) {
            (Grain::Day, Language::En) => {
                format!("{} {}", day.day(), month(&SHORT_MONTHS, day))
            }
            (Grain::Day, Language::Zh) => format!("{}月{}日", day.month(), day.day()),
            _ => self.short(language),
        }
    }

    fn with(self, language: Language, months: &[&str; 12]) -> String {
        let day = self.first;
        let (y, m, d) = (day.year(), day.month(), day.day());
        match (self.grain(), language) {
            (Grain::Year, Language::En) => y.to_string(),
            (Grain::Year, Language::Zh) => format!("{y}年"),
            (Grain::Month, Language::En) => format!("{} {y}", month(months, day)),
            (Grain::Month, Language::Zh) => format!("{y}年{m}月"),
            (Grain::Day, Language::En) => format!("{d} {} {y}", month(months, day)),
            (Grain::Day, Language::Zh) => format!("{y}年{m}月{d}日"),
            (Grain::Span, _) => {
                let [from, to] = [self.first, self.last]
                    .map(|day| When { first: day, last: day }.with(language, months));
                match language {
                    Language::En => format!("{from} to {to}"),
                    Language::Zh => format!("{from}至{to}"),
                }
            }
        }
    }
}

/// The name of a day's month.
fn month<'a>(names: &[&'a str; 12], day: Date) -> &'a str {
    names[usize::from(day.month().unsigned_abs()) - 1]
}

/// A day some days before or after another one, ISO 8601; of a month or a year its last day
/// is counted from.
pub fn days_from(day: &str, days: i64) -> Option<String> {
    let when = When::parse(day)?;
    Some(When::day(When::number(when.last) + days).to_string())
}

#[cfg(test)]
mod tests {
    use super::{Language, When};

    #[test]
    fn partial_dates_cover_their_days() {
        let said = |text: &str| When::parse(text).map(|when| when.words(Language::En));
        assert_eq!(said("2022-01-10").as_deref(), Some("10 January 2022"));
        assert_eq!(said("2021-12-08T20:18:04Z").as_deref(), Some("8 December 2021"));
        assert_eq!(said("2021-02").as_deref(), Some("February 2021"));
        assert_eq!(said("2014").as_deref(), Some("2014"));
        assert_eq!(
            said("2022-01-09/2022-01-10").as_deref(),
            Some("9 January 2022 to 10 January 2022")
        );
        for odd in ["", "P2D", "2021-13-01", "2021-02-30", "soon"] {
            assert_eq!(said(odd), None, "{odd}");
        }
    }

    #[test]
    fn day_numbers_go_both_ways() {
        for text in ["1969-12-31", "1970-01-01", "2022-01-10"] {
            let when = When::parse(text).expect("a date");
            assert_eq!(When::day(When::number(when.first)), when.first);
        }
    }
}
