//! Days as the tables write them.

use jiff::{ToSpan, civil::Date};

/// The day of an ISO 8601 value that names one: `2022-01-10T16:26` is `2022-01-10`.
pub(crate) fn day(value: &str) -> Option<&str> {
    value.get(..10).filter(|day| day.parse::<Date>().is_ok())
}

/// The day so many days later, or earlier where the number is negative.
pub(crate) fn later(day: &str, days: i64) -> Option<String> {
    let day: Date = day.parse().ok()?;
    day.checked_add(days.days()).ok().map(|day| day.to_string())
}

/// How many days lie between two days, negative where the second is earlier.
pub(crate) fn between(from: &str, to: &str) -> Option<i64> {
    let (from, to): (Date, Date) = (from.parse().ok()?, to.parse().ok()?);
    Some(i64::from((to - from).get_days()))
}

/// The month of a day.
pub(crate) fn month(day: &str) -> &str {
    day.get(..7).unwrap_or(day)
}
