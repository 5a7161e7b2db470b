//! A date of the ledger as calendars and feeds want it: first and last day, an instant.
//!
//! In: ISO 8601 text, whole or partial. Out: days, instants. Refuses to know: today.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// The days that a date covers: one for `2022-01-10`, a month for `2022-01`, a year for
/// `2014`, more for `2022-01-09/2022-01-10`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Days {
    /// The first day.
    pub first: Date,
    /// The last day; never before the first.
    pub last: Date,
}

impl Days {
    /// Reads `2022-01-10`, `2022-01-10T16:26`, `2022-01`, `2022` or `A/B`; nothing else.
    pub fn parse(text: &str) -> Option<Days> {
        if let Some((from, to)) = text.split_once('/') {
            let (from, to) = (Days::parse(from)?, Days::parse(to)?);
            return Some(Days { first: from.first, last: to.last.max(from.first) });
        }
        let day = text.split(['T', ' ']).next()?;
        let parts: Vec<&str> = day.split('-').collect();
        match parts.as_slice() {
            [year] => {
                let first = Date::new(whole(year, 4)?, 1, 1).ok()?;
                Some(Days { first, last: first.last_of_year() })
            }
            [year, month] => {
                let month = i8::try_from(whole(month, 2)?).ok()?;
                let first = Date::new(whole(year, 4)?, month, 1).ok()?;
                Some(Days { first, last: first.last_of_month() })
            }
            [_, _, _] => {
                let first: Date = day.parse().ok()?;
                Some(Days { first, last: first })
            }
            _ => None,
        }
    }

    /// The days from the first of one date to the last of another.
    pub fn until(self, end: Option<&str>) -> Days {
        let last = end.and_then(Days::parse).map_or(self.last, |end| end.last);
        Days { first: self.first, last: last.max(self.first) }
    }

    /// The day behind the last one, as calendars count ends.
    pub fn end(self) -> Date {
        self.last.tomorrow().unwrap_or(self.last)
    }
}

/// A number of exactly so many digits.
fn whole(text: &str, digits: usize) -> Option<i16> {
    let is_number = text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

/// The instant of a publication. Where no offset is told it is taken as UTC, where no time
/// is told as the beginning of the day.
pub(crate) fn instant(text: &str) -> Option<Timestamp> {
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some(instant);
    }
    let told = text.parse::<DateTime>().ok();
    let told =
        told.or_else(|| Days::parse(text).map(|days| days.first.at(0, 0, 0, 0)))?;
    TimeZone::UTC.to_timestamp(told).ok()
}

/// The latest of some publications.
pub(crate) fn latest<'a>(texts: impl Iterator<Item = &'a str>) -> Option<Timestamp> {
    texts.filter_map(instant).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partial_dates_cover_all_their_days() {
        let days = |text: &str| {
            Days::parse(text).map(|days| format!("{} {}", days.first, days.last))
        };
        assert_eq!(days("2022-01-10T16:26").as_deref(), Some("2022-01-10 2022-01-10"));
        assert_eq!(days("2024-02").as_deref(), Some("2024-02-01 2024-02-29"));
        assert_eq!(days("2014").as_deref(), Some("2014-01-01 2014-12-31"));
        assert_eq!(days("2022-01-09/2022-01").as_deref(), Some("2022-01-09 2022-01-31"));
        for odd in ["", "P3D", "2022-W03", "2022-13", "２０２２", "-2022", "2022-1-1"]
        {
            assert_eq!(days(odd), None, "{odd}");
        }
    }

    #[test]
    fn instants_without_an_offset_are_utc() {
        let at = |text: &str| instant(text).map(|instant| instant.to_string());
        assert_eq!(at("2022-01-10").as_deref(), Some("2022-01-10T00:00:00Z"));
        assert_eq!(at("2022-01-10T16:26").as_deref(), Some("2022-01-10T16:26:00Z"));
        let there = at("2022-01-10T16:26:05+08:00");
        assert_eq!(there.as_deref(), Some("2022-01-10T08:26:05Z"));
        assert_eq!(at("soon"), None);
    }
}
