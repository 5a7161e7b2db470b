//! Dates that a document states of itself: `2022年1月10日 16:26`, `3/23/2023 3:18 AM UTC`.
//!
//! In: a line or an attribute. Out: ISO 8601 and where the date stands. Refuses to know:
//! relative dates, and dates inside the article; those are read with the time expressions.

use super::marks::Marks;

/// A date as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stamp {
    /// `2022-01-10`, `2022-01-10T16:26`, `2021-12-08T20:18:04Z`.
    pub value: String,
    /// The bytes that it takes.
    pub span: (usize, usize),
    /// The same digits with day and month changed about, where that is a date too.
    pub swapped: Option<String>,
}

impl Stamp {
    /// The day: the first ten characters.
    pub fn day(&self) -> &str {
        self.value.get(..10).unwrap_or(&self.value)
    }
}

/// The first date in `text`.
pub(super) fn read_stamp(text: &str, marks: &Marks) -> Option<Stamp> {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut last_word = 0;
    while at < bytes.len() {
        let is_digit = bytes[at].is_ascii_digit();
        if is_digit && (at == 0 || !bytes[at - 1].is_ascii_alphanumeric()) {
            let found = numeric(text, at).or_else(|| day_month(text, at, marks));
            if let Some(stamp) = found {
                return Some(stamp);
            }
            at += digits(bytes, at);
            continue;
        }
        // Months are named in Latin and Cyrillic letters only.
        let is_letter =
            bytes[at].is_ascii_alphabetic() || matches!(bytes[at], 0xd0..=0xd3);
        if is_letter && (at == 0 || at > last_word) {
            let len = word_len(&text[at..]);
            if let Some(stamp) = month_day(text, at, len, marks) {
                return Some(stamp);
            }
            at += len.max(1);
            last_word = at.saturating_sub(1);
            continue;
        }
        at += 1;
    }
    None
}

/// A date that is nearly all of a line: `发布时间：2024/03/19 05:30`.
pub(super) fn read_dateline(line: &str, marks: &Marks) -> Option<Stamp> {
    if line.len() > 120 {
        return None;
    }
    let stamp = read_stamp(line, marks)?;
    let rest = [&line[..stamp.span.0], &line[stamp.span.1..]];
    let words = rest.iter().flat_map(|part| part.chars()).filter(|c| c.is_alphanumeric());
    let weights = words.map(|c| if c >= '\u{2e80}' { 3 } else { 1 });
    (weights.sum::<usize>() <= 24).then_some(stamp)
}

fn digits(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count()
}

fn word_len(text: &str) -> usize {
    text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len())
}

fn number(text: &str, at: &mut usize, longest: usize) -> Option<u32> {
    let len = digits(text.as_bytes(), *at);
    if len == 0 || len > longest {
        return None;
    }
    let value = text[*at..*at + len].parse().ok();
    *at += len;
    value
}

fn take<'t>(text: &'t str, at: &mut usize, marks: &[&'t str]) -> Option<&'t str> {
    let rest = text.get(*at..)?;
    let spaces = rest.len() - rest.trim_start_matches(' ').len();
    let mark = marks.iter().find(|mark| rest[spaces..].starts_with(**mark))?;
    *at += spaces + mark.len();
    let rest = &text[*at..];
    *at += rest.len() - rest.trim_start_matches(' ').len();
    Some(mark)
}

/// `2022-01-10`, `2022年1月10日`, `10/01/2022`, `10.01.2022`.
fn numeric(text: &str, from: usize) -> Option<Stamp> {
    let mut at = from;
    let first = number(text, &mut at, 4)?;
    let mark = take(text, &mut at, &["年", "-", "/", "."])?;
    let second = number(text, &mut at, 2)?;
    if first > 999 {
        let next = if mark == "年" { "月" } else { mark };
        take(text, &mut at, &[next])?;
        let month_end = text[..at].trim_end().len();
        let third = number(text, &mut at, 2);
        if third.is_none() && mark == "年" {
            let value = valid(first, second, 1)?;
            let value = value[..7].to_owned();
            return Some(Stamp { value, span: (from, month_end), swapped: None });
        }
        let mut value = valid(first, second, third?)?;
        let mut end = at;
        if mark == "年" && take(text, &mut at, &["日"]).is_some() {
            end = text[..at].trim_end().len();
        }
        end = clock(text, end, &mut value);
        return Some(Stamp { value, span: (from, end), swapped: None });
    }
    if mark == "年" || mark == "-" && first > 31 {
        return None;
    }
    take(text, &mut at, &[mark])?;
    let year = number(text, &mut at, 4).filter(|year| *year > 999)?;
    let mut clocked = String::new();
    let end = clock(text, at, &mut clocked);
    let american = text[at..end].contains(['M', 'm']);
    let day_first = valid(year, second, first);
    let month_first = valid(year, first, second);
    let (value, other) =
        if american { (month_first, day_first) } else { (day_first, month_first) };
    let (value, other) = if value.is_none() { (other, None) } else { (value, other) };
    let swapped = other.map(|other| other + &clocked);
    Some(Stamp { value: value? + &clocked, span: (from, end), swapped })
}

/// `8 Dec 2021`, `10 января 2022`.
fn day_month(text: &str, from: usize, marks: &Marks) -> Option<Stamp> {
    let mut at = from;
    let day = number(text, &mut at, 2)?;
    take(text, &mut at, &["-", " ", ""])?;
    let len = word_len(&text[at..]);
    let month = month_of(&text[at..at + len], marks)?;
    at += len;
    take(text, &mut at, &[",", ".", "-", ""])?;
    let year = number(text, &mut at, 4).filter(|year| *year > 999)?;
    let mut value = valid(year, u32::from(month), day)?;
    let end = clock(text, at, &mut value);
    Some(Stamp { value, span: (from, end), swapped: None })
}

/// `January 10, 2022`.
fn month_day(text: &str, from: usize, len: usize, marks: &Marks) -> Option<Stamp> {
    let month = month_of(&text[from..from + len], marks)?;
    let mut at = from + len;
    take(text, &mut at, &[".", ""])?;
    let day = number(text, &mut at, 2)?;
    take(text, &mut at, &["th", "st", "nd", "rd", ""])?;
    take(text, &mut at, &[",", ""])?;
    let year = number(text, &mut at, 4).filter(|year| *year > 999)?;
    let mut value = valid(year, u32::from(month), day)?;
    let end = clock(text, at, &mut value);
    Some(Stamp { value, span: (from, end), swapped: None })
}

fn month_of(word: &str, marks: &Marks) -> Option<u8> {
    if word.is_empty() || word.len() > 24 {
        return None;
    }
    marks.month(&word.to_lowercase())
}

fn valid(year: u32, month: u32, day: u32) -> Option<String> {
    let (y, m, d) =
        (i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    let date = jiff::civil::Date::new(y, m, d).ok()?;
    (1900..2100).contains(&y).then(|| date.to_string())
}

/// Reads a time of day behind a date and adds it; the end of what was read.
fn clock(text: &str, from: usize, value: &mut String) -> usize {
    let mut at = from;
    let rest = &text[at..];
    let gap = rest.len()
        - rest
            .trim_start_matches(|c: char| {
                matches!(c, ' ' | 'T' | ',' | '-' | '–' | '·' | '|')
            })
            .len();
    at += gap;
    let Some(mut hour) = number(text, &mut at, 2) else { return from };
    if !text[at..].starts_with([':', '：', '.']) {
        return from;
    }
    at += text[at..].chars().next().map_or(1, char::len_utf8);
    let Some(minute) = number(text, &mut at, 2) else { return from };
    let mut second = None;
    if text[at..].starts_with(':') {
        at += 1;
        second = number(text, &mut at, 2);
        if text[at..].starts_with('.') {
            at += 1;
            at += digits(text.as_bytes(), at);
        }
    }
    let spaces = text[at..].len() - text[at..].trim_start_matches(' ').len();
    let half = text.get(at + spaces..at + spaces + 2).unwrap_or("").to_ascii_lowercase();
    if half == "am" || half == "pm" {
        hour = hour % 12 + if half == "pm" { 12 } else { 0 };
        at += spaces + 2;
    }
    if hour > 24 || minute > 59 {
        return from;
    }
    value.push_str(&format!("T{hour:02}:{minute:02}"));
    if let Some(second) = second {
        value.push_str(&format!(":{second:02}"));
    }
    zone(text, at, value)
}

fn zone(text: &str, from: usize, value: &mut String) -> usize {
    let rest = &text[from..];
    let spaces = rest.len() - rest.trim_start_matches(' ').len();
    let rest = &rest[spaces..];
    let at = from + spaces;
    for name in ["UTC", "GMT", "Z"] {
        let is_end = |c: char| !c.is_alphanumeric() && c != '+';
        if rest.starts_with(name) && rest[name.len()..].chars().next().is_none_or(is_end)
        {
            value.push('Z');
            return at + name.len();
        }
    }
    let bytes = rest.as_bytes();
    let sign = bytes.first().filter(|byte| matches!(byte, b'+' | b'-'));
    let Some(sign) = sign.filter(|_| spaces == 0 || digits(bytes, 1) == 4) else {
        return from;
    };
    let hours = digits(bytes, 1);
    let (hours, minutes, len) = match (hours, bytes.get(3)) {
        (4, _) => (&rest[1..3], &rest[3..5], 5),
        (2, Some(b':')) if digits(bytes, 4) == 2 => (&rest[1..3], &rest[4..6], 6),
        (2, _) => (&rest[1..3], "00", 3),
        _ => return from,
    };
    if hours == "00" && minutes == "00" {
        value.push('Z');
    } else {
        value.push_str(&format!("{}{hours}:{minutes}", char::from(*sign)));
    }
    at + len
}

/// A date in an address: `/2022/01/11/`, `/11/01/2022/`, `20220110-`, `/2022/01/` alone.
pub(super) fn date_in_address(url: &str) -> Option<String> {
    let bytes = url.as_bytes();
    let mut month_only = None;
    let mut at = 0;
    while at < bytes.len() {
        let len = digits(bytes, at);
        if len == 0 {
            at += 1;
            continue;
        }
        let part = &url[at..at + len];
        let before = at.checked_sub(1).map(|before| bytes[before]);
        let after = bytes.get(at + len).copied();
        let cut = |byte: Option<u8>| byte.is_none_or(|b| !b.is_ascii_alphanumeric());
        if len == 8 && part.starts_with("20") && cut(before) && cut(after) {
            let parse = |range: std::ops::Range<usize>| part[range].parse().unwrap_or(0);
            if let Some(date) = valid(parse(0..4), parse(4..6), parse(6..8)) {
                return Some(date);
            }
        }
        if len <= 4 && cut(before) {
            if let Some(date) = parted(url, at) {
                return Some(date);
            }
            if month_only.is_none() && len == 4 && before == Some(b'/') {
                month_only = year_month(url, at);
            }
        }
        at += len;
    }
    month_only
}

fn parted(url: &str, from: usize) -> Option<String> {
    let mut at = from;
    let first = number(url, &mut at, 4)?;
    let mark = take(url, &mut at, &["/", "-", "_"])?;
    let second = number(url, &mut at, 2)?;
    take(url, &mut at, &[mark])?;
    let third = number(url, &mut at, 4)?;
    let is_cut = url.as_bytes().get(at).is_none_or(|byte| !byte.is_ascii_digit());
    match (first, third) {
        (2000..2100, 1..=31) if is_cut => valid(first, second, third),
        (1..=31, 2000..2100) if is_cut => valid(third, second, first),
        _ => None,
    }
}

fn year_month(url: &str, from: usize) -> Option<String> {
    let mut at = from;
    let year = number(url, &mut at, 4).filter(|year| (2000..2100).contains(year))?;
    take(url, &mut at, &["/"])?;
    let month = number(url, &mut at, 2)?;
    take(url, &mut at, &["/"])?;
    valid(year, month, 1).map(|date| date[..7].to_owned())
}

/// Milliseconds since 1970 as ISO 8601, to the second.
pub(super) fn of_millis(millis: i64) -> Option<String> {
    let stamp = jiff::Timestamp::from_millisecond(millis).ok()?;
    let second = jiff::Timestamp::from_second(stamp.as_second()).ok()?;
    Some(second.to_string())
}
