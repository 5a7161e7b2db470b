//! When an article was published, and how that is known.
//!
//! In: what the document says of itself, and its sorted blocks. Out: one date. Refuses to
//! know: relative dates.
//!
//! What is stated goes before what the reader was given, and that before what can only be
//! inferred. The milliseconds of a stamp tell when the page was captured, so they count as
//! inferred, and help to tell `10/01/2022` in January from the same digits in October.

use super::draft::Draft;
use super::form::Opening;
use super::marks::Marks;
use super::page::Metadata;
use super::stamp::{Stamp, date_in_address, of_millis, read_dateline, read_stamp};
use jiff::{ToSpan, civil::Date};
use record::{ParagraphKind, Published};

/// What the search for a date looks at.
pub(super) struct Evidence<'a> {
    /// The decoded source.
    pub source: &'a str,
    /// Front matter and stamp.
    pub opening: &'a Opening,
    /// The page's head.
    pub metadata: &'a Metadata,
    /// The blocks and what they are.
    pub draft: &'a Draft,
    /// One kind a block.
    pub kinds: &'a [ParagraphKind],
    /// The article's own address.
    pub url: Option<&'a str>,
    /// The date to assume where the document has none.
    pub hint: Option<&'a str>,
    /// Months and labels.
    pub marks: &'a Marks,
}

/// Finds the date of publication.
pub(super) fn find_published(evidence: &Evidence<'_>) -> Option<Published> {
    let stated = |value: String, from: &str| {
        Some(Published { value, from: from.to_owned(), inferred: false })
    };
    let front = evidence.opening.front.as_ref().and_then(|front| {
        let keys = ["published_time", "published", "datepublished", "pubdate", "date"];
        let value = front.value(evidence.source, &keys)?;
        read_stamp(&value, evidence.marks)
    });
    if let Some(stamp) = front {
        return stated(stamp.value, "front matter");
    }
    for (text, from) in &evidence.metadata.published {
        if let Some(stamp) = read_stamp(text, evidence.marks) {
            return stated(stamp.value, from);
        }
    }
    if let Some((value, from)) = in_text(evidence) {
        return stated(value, from);
    }
    if let Some(hint) = evidence.hint {
        return stated(hint.to_owned(), "given");
    }
    infer(evidence)
}

/// A date that stands alone, or in the line that says who wrote it.
fn in_text(evidence: &Evidence<'_>) -> Option<(String, &'static str)> {
    let mut byline: Option<Stamp> = None;
    let mut alone: Option<Stamp> = None;
    let blocks = evidence.draft.blocks.iter().zip(evidence.kinds).take(400);
    for (block, _) in blocks.filter(|(_, kind)| **kind == ParagraphKind::Byline) {
        let words = block.span.of(&evidence.draft.text);
        if block.hints.code {
            byline = byline.or_else(|| read_stamp(words, evidence.marks));
        } else if alone.is_none() {
            alone = read_dateline(words, evidence.marks).filter(|s| s.value.len() >= 10);
        }
    }
    let settle = |stamp: Stamp| settle_order(stamp, evidence);
    match (byline.map(settle), alone.map(settle)) {
        // The mirror's hour is the reprint's; the article's own line stands nearer to it.
        (Some(byline), Some(alone)) if days_apart(&byline, &alone) > 2 => {
            Some((byline, "byline"))
        }
        (_, Some(alone)) => Some((alone, "text")),
        (Some(byline), None) => Some((byline, "byline")),
        (None, None) => None,
    }
}

/// Chooses between day first and month first by what else is known of the day.
fn settle_order(stamp: Stamp, evidence: &Evidence<'_>) -> String {
    let Some(swapped) = &stamp.swapped else { return stamp.value };
    let captured = evidence.opening.millis.and_then(of_millis);
    let in_url = evidence.url.and_then(date_in_address).filter(|date| date.len() >= 10);
    let near = in_url.or(captured).or_else(|| date_in_pictures(evidence.source));
    // Of a month alone the middle is near enough to tell April from November.
    let near = near.map(|near| if near.len() < 10 { near + "-15" } else { near });
    let Some(near) = near else { return stamp.value };
    if days_apart(swapped, &near) < days_apart(stamp.day(), &near) {
        return swapped.clone();
    }
    stamp.value
}

fn days_apart(one: &str, other: &str) -> i64 {
    let day = |text: &str| text.get(..10)?.parse::<jiff::civil::Date>().ok();
    let (Some(one), Some(other)) = (day(one), day(other)) else { return i64::MAX };
    i64::from((one - other).get_days()).abs()
}

fn infer(evidence: &Evidence<'_>) -> Option<Published> {
    let inferred = |value: String, from: &str| {
        Some(Published { value, from: from.to_owned(), inferred: true })
    };
    let in_url = evidence.url.and_then(date_in_address);
    if let Some(date) = in_url.clone().filter(|date| date.len() >= 10) {
        return inferred(date, "url");
    }
    let month = in_url.or_else(|| date_in_pictures(evidence.source));
    if let Some(date) = month.clone().filter(|date| date.len() >= 10) {
        return inferred(date, "pictures");
    }
    let serial = evidence.url.and_then(|url| evidence.marks.serials.day_of(url));
    let names = days_in_names(evidence.source);
    if let Some(day) = near_serial(&names, serial) {
        return inferred(day.to_string(), "pictures");
    }
    if let Some(serial) = serial {
        // The number's day is good to a day or two; what the text dates is nearer.
        let told = days_near(evidence, serial);
        return match told.into_iter().max() {
            Some(day) => inferred(day.to_string(), "text"),
            None => inferred(serial.to_string(), "url"),
        };
    }
    if let Some(date) = latest_in_text(evidence, month.as_deref()) {
        return inferred(date, "text");
    }
    if let Some(stamp) = evidence.opening.millis.and_then(of_millis) {
        return inferred(stamp, "stamp");
    }
    if let (None, Some(date)) = (&month, latest_of_event(evidence)) {
        return inferred(date, "text");
    }
    inferred(month?, "pictures")
}

/// The latest day that the headline and the first paragraphs name without a year, in the
/// year of an event that the text calls by its year: “西方-2021”. A year alone (2014年)
/// would not do: it is more often one that is long past.
fn latest_of_event(evidence: &Evidence<'_>) -> Option<String> {
    let year = year_of_event(&evidence.draft.text)?;
    let days = words_of(evidence, 12).flat_map(|words| {
        let months = (1..=12).map(|month| format!("{year}-{month:02}"));
        months.flat_map(|month| days_of_month(words, &month)).collect::<Vec<_>>()
    });
    days.map(|(day, _)| day).max().map(|day| day.to_string())
}

/// The latest year that ends a name in quotation marks, behind a hyphen.
fn year_of_event(text: &str) -> Option<u32> {
    let ends = text.match_indices(['”', '"', '」', '』', '’']);
    let years = ends.filter_map(|(at, _)| {
        let digits = super::marks::from_end(&text[..at], 4);
        let before = text[..at - digits.len()].chars().next_back()?;
        let is_hyphen = matches!(before, '-' | '－' | '–' | '—' | '‐');
        let year: u32 = digits.parse().ok().filter(|_| is_hyphen)?;
        (2000..2100).contains(&year).then_some(year)
    });
    years.max()
}

/// The latest of the days in pictures' names, not past the number's day where that is
/// known; a picture used again tells nothing.
fn near_serial(names: &[Date], serial: Option<Date>) -> Option<Date> {
    let latest = names.iter().copied().max()?;
    let Some(serial) = serial else { return Some(latest) };
    let fits = |day: &&Date| (-3..=2).contains(&(**day - serial).get_days());
    names.iter().filter(fits).copied().max()
}

/// The days that uploaded pictures' names hold: the second of uploading in
/// `1-195_1654053973.png`, the day in `截屏2022-03-16-下午2.14.29.png`.
fn days_in_names(source: &str) -> Vec<Date> {
    let mut days = Vec::new();
    for (at, _) in source.match_indices("/uploads/20").take(64) {
        let path = super::marks::upto(&source[at + 1..], 160);
        let path = path.split([')', '"', ' ', '\n']).next().unwrap_or(path);
        let Some(name) = path.rsplit('/').next() else { continue };
        let second = name.split(['_', '.']).filter(|part| part.len() == 10);
        let second = second.filter_map(|part| part.parse::<i64>().ok());
        let mut second = second.filter_map(|second| of_millis(second.checked_mul(1000)?));
        let day = second.next_back().or_else(|| date_in_address(name));
        days.extend(day.and_then(|day| day.get(..10)?.parse::<Date>().ok()));
    }
    days
}

/// The days that the headline and the first paragraphs name, from a few before to one after
/// the number's day; without a year the year is the number's.
fn days_near(evidence: &Evidence<'_>, serial: Date) -> Vec<Date> {
    let off = |day: &Date| (*day - serial).get_days();
    let mut reports: Vec<Date> = Vec::new();
    let mut days: Vec<Date> = Vec::new();
    for words in first_words(evidence) {
        let mut rest = words;
        while let Some(stamp) = read_stamp(rest, evidence.marks) {
            days.extend(stamp.day().parse::<Date>().ok());
            rest = &rest[stamp.span.1.max(1)..];
        }
        // Of the months around it only those within reach.
        for reach in [-4, 4] {
            let Ok(day) = serial.checked_add(reach.days()) else { continue };
            let month = format!("{:04}-{:02}", day.year(), day.month());
            for (day, is_of_report) in days_of_month(words, &month) {
                days.push(day);
                if is_of_report {
                    reports.push(day);
                }
            }
        }
    }
    days.retain(|day| (-4..=1).contains(&off(day)));
    // 据某报4月10日报道: what is relied on was out before, whatever the number says.
    days.extend(reports.into_iter().filter(|day| (-4..=4).contains(&off(day))));
    days
}

/// The latest month in the paths of uploaded pictures, `/uploads/2022/03/`; the day too
/// where the path goes on with day, hour, minute and second: `/2021/05/21140414/`.
fn date_in_pictures(source: &str) -> Option<String> {
    let mut latest: Option<String> = None;
    for (at, _) in source.match_indices("/20").take(64) {
        let path = super::marks::upto(&source[at..], 9);
        let Some(month) = date_in_address(path).filter(|date| date.len() == 7) else {
            continue;
        };
        let before = super::marks::from_end(&source[..at], 100);
        if !["upload", "image", "photo"].iter().any(|word| before.contains(word)) {
            continue;
        }
        let day = day_of_upload(super::marks::upto(&source[at + path.len()..], 9));
        latest =
            latest.max(Some(day.map_or(month.clone(), |day| format!("{month}-{day}"))));
    }
    latest
}

fn day_of_upload(path: &str) -> Option<&str> {
    let bytes = path.as_bytes();
    let is_stamp = bytes.len() == 9 && bytes[..8].iter().all(u8::is_ascii_digit);
    let (day, hour) = (path.get(..2)?, path.get(2..4)?);
    let fits = ("01"..="31").contains(&day) && hour < "24" && bytes.last() == Some(&b'/');
    (is_stamp && fits).then_some(day)
}

/// The beginning of the headline and of each of the first paragraphs.
fn first_words<'e>(evidence: &'e Evidence<'_>) -> impl Iterator<Item = &'e str> {
    words_of(evidence, 4)
}

/// The beginning of the headline and of so many paragraphs.
fn words_of<'e>(
    evidence: &'e Evidence<'_>,
    paragraphs: usize,
) -> impl Iterator<Item = &'e str> {
    let blocks = evidence.draft.blocks.iter().zip(evidence.kinds);
    let read = blocks.filter(|(_, kind)| {
        matches!(
            kind,
            ParagraphKind::Title | ParagraphKind::Body | ParagraphKind::Heading
        )
    });
    let words = |block: &super::draft::Block| {
        super::marks::upto(block.span.of(&evidence.draft.text), 1200)
    };
    read.take(paragraphs).map(move |(block, _)| words(block))
}

/// The latest day that the headline and the first paragraphs name; a day without a year
/// takes the year of the pictures, when it falls in their month.
fn latest_in_text(evidence: &Evidence<'_>, month: Option<&str>) -> Option<String> {
    let mut latest = None;
    for words in first_words(evidence) {
        let mut rest = words;
        while let Some(stamp) = read_stamp(rest, evidence.marks) {
            let fits = month.is_none_or(|month| stamp.value.starts_with(month));
            if fits && stamp.value.len() >= 10 {
                latest = latest.max(Some(stamp.day().to_owned()));
            }
            rest = &rest[stamp.span.1.max(1)..];
        }
        if let Some(month) = month {
            let day = days_of_month(words, month).into_iter().max();
            latest = latest.max(day.map(|(day, _)| day.to_string()));
        }
    }
    latest
}

/// What follows the day of a report, in both scripts.
const REPORTS: &[&str] =
    &["报道", "报导", "消息", "報導", "報道", "讯", "訊", "电", "電"];

/// Every `3月10日` of `words` that falls in `2022-03`, and whether it is the day of a report.
fn days_of_month(words: &str, month: &str) -> Vec<(Date, bool)> {
    let mut days = Vec::new();
    let Some(wanted) = month.get(5..7).and_then(|m| m.parse::<u32>().ok()) else {
        return days;
    };
    for (at, _) in words.match_indices('月') {
        let before = words[..at].trim_end();
        let digits = before.bytes().rev().take_while(u8::is_ascii_digit).count();
        let found: Option<u32> = before[before.len() - digits..].parse().ok();
        let after = words[at + "月".len()..].trim_start();
        let len = after.bytes().take_while(u8::is_ascii_digit).count();
        let Ok(day) = after[..len].parse::<u32>() else { continue };
        let is_day = after[len..].trim_start().starts_with(['日', '号', '號']);
        if found == Some(wanted) && is_day && (1..=31).contains(&day) {
            let next = after[len..].trim_start().get(3..).unwrap_or("").trim_start();
            let is_of_report = REPORTS.iter().any(|word| next.starts_with(word));
            let day = format!("{month}-{day:02}").parse::<Date>().ok();
            days.extend(day.map(|day| (day, is_of_report)));
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use super::{days_of_month, year_of_event};

    #[test]
    fn an_event_called_by_its_year_dates_the_text() {
        assert_eq!(year_of_event("观察员参加了“东方-2018”和“西方-2021”演习"), Some(2021));
        assert_eq!(year_of_event("他说，“北溪-2”和2014年的事都不会再谈"), None);
    }

    #[test]
    fn the_day_of_a_report_is_told_from_a_day_to_come() {
        let days =
            days_of_month("据晨报4月10日报道，外长将于4月12日访问邻国。", "2022-04");
        let days: Vec<_> = days.iter().map(|(day, told)| (day.day(), *told)).collect();
        assert_eq!(days, [(10, true), (12, false)]);
    }
}
