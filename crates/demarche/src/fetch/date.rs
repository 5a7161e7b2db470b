//! Dates as feeds and tables write them.
//!
//! In: `2022-01-10T16:26:41Z`, `2022/1/10`, `2022年1月10日`, `Mon, 10 Jan 2022 15:45:01
//! GMT`, seconds or milliseconds since 1970. Out: the day, ISO 8601. Refuses to know: dates
//! inside texts, and days that could as well be months: 10/01/2022.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The day of a date, if it can be told.
pub fn read(text: &str) -> Option<String> {
    let text = text.trim();
    from_year_first(text)
        .or_else(|| from_clock(text))
        .or_else(|| {
            let moment = jiff::fmt::rfc2822::DateTimeParser::new().parse_zoned(text);
            moment.ok().map(|moment| moment.date())
        })
        .map(|date| date.to_string())
}

fn from_year_first(text: &str) -> Option<Date> {
    let numbers: Vec<&str> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|number| !number.is_empty())
        .take(3)
        .collect();
    let [year, month, day] = numbers[..] else { return None };
    if !text.starts_with(year) || year.len() != 4 || month.len() > 2 || day.len() > 2 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

fn from_clock(text: &str) -> Option<Date> {
    let number: i64 = text.parse().ok()?;
    let moment = match text.len() {
        8 => return from_digits(text),
        9..=10 => Timestamp::from_second(number),
        12..=13 => Timestamp::from_millisecond(number),
        _ => return None,
    };
    moment.ok().map(|moment| moment.to_zoned(TimeZone::UTC).date())
}

fn from_digits(text: &str) -> Option<Date> {
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<i16>().ok();
    Date::new(number(0, 4)?, number(4, 6)? as i8, number(6, 8)? as i8).ok()
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn days_are_told_from_what_feeds_write() {
        for text in [
            "2022-01-10",
            "2022-01-10T16:26:41+01:00",
            "2022/1/10 16:26",
            "2022年1月10日",
            "20220110",
            "Mon, 10 Jan 2022 15:45:01 GMT",
            "1641829501000",
            "1641829501",
        ] {
            assert_eq!(read(text).as_deref(), Some("2022-01-10"), "{text}");
        }
        for text in ["10/01/2022", "yesterday", "", "2022", "99999999999999999999"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
