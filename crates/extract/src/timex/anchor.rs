//! What relative expressions are counted from.
//!
//! In: a page and its unresolved expressions. Out: the day of the article, and of the
//! report that a paragraph renders. Refuses to know: how a value is made of it.

use super::{
    context,
    grammar::{Calendar, Expr, Found, Month, Year},
};
use crate::Page;
use jiff::civil::Date;
use record::{ParagraphKind, Span};

/// A day that is counted from, as exactly as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Base {
    /// The day; the month's last where only the month is known.
    pub day: Date,
    /// Whether the day itself is known.
    pub is_exact: bool,
    /// Why it counts: `publication`, `dateline`, `relied`, `text`.
    pub why: &'static str,
}

/// How far a report's own day may lie before the publication that renders it.
const REPORT_DAYS: i32 = 10;
/// How far the day of an article relied on may lie before the publication.
const RELIED_DAYS: i32 = 7;

/// The day of the article: its publication, the article relied on, else dates in the text.
pub(super) fn of_article(page: &Page, found: &[Found]) -> Option<Base> {
    let published = page.article.published_on.as_ref().and_then(|p| stated(&p.value));
    if let Some(base) = published.filter(|base| base.is_exact) {
        return Some(relied_on(page, base).unwrap_or(base));
    }
    in_text(found, published).or(published)
}

/// `2022-01-10T16:26`, `2022-01`, `2022`.
fn stated(value: &str) -> Option<Base> {
    let why = "publication";
    if let Some(day) = value.get(..10).and_then(|day| day.parse().ok()) {
        return Some(Base { day, is_exact: true, why });
    }
    let year = value.get(..4)?.parse().ok()?;
    let month = value.get(5..7).and_then(|month| month.parse().ok()).unwrap_or(12);
    let day = Date::new(year, month, 1).ok()?.last_of_month();
    Some(Base { day, is_exact: false, why })
}

/// The day in the address of the article that this one renders:
/// `https://www.rbc.ru/politics/11/01/2022/…`.
fn relied_on(page: &Page, published: Base) -> Option<Base> {
    let rendered = ["reference", "translation"];
    page.article
        .links
        .iter()
        .filter(|link| rendered.contains(&link.rel.as_str()))
        .flat_map(|link| days_of_address(&link.url))
        .find(|day| (0..=RELIED_DAYS).contains(&days_between(*day, published.day)))
        .map(|day| Base { day, is_exact: true, why: "relied" })
}

fn days_of_address(url: &str) -> Vec<Date> {
    let parts: Vec<&str> =
        url.split(['/', '-', '_', '.']).filter(|part| !part.is_empty()).collect();
    let mut days = Vec::new();
    for three in parts.windows(3) {
        let numbers: Vec<i16> =
            three.iter().filter_map(|part| part.parse().ok()).collect();
        let &[a, b, c] = &numbers[..] else { continue };
        for (year, month, day) in [(a, b, c), (c, b, a), (c, a, b)] {
            if (1990..=2100).contains(&year)
                && let (Ok(month), Ok(day)) = (i8::try_from(month), i8::try_from(day))
                && let Ok(date) = Date::new(year, month, day)
            {
                days.push(date);
            }
        }
    }
    days
}

/// The latest day that the text itself dates, not after the publication's month where that
/// is known. Without any publication only days with a year count.
fn in_text(found: &[Found], published: Option<Base>) -> Option<Base> {
    let limit = published.map(|base| base.day);
    let days = found.iter().filter_map(|found| match found.expr {
        Expr::Calendar(Calendar {
            year,
            month: Some(Month::Given(month)),
            day: Some(day),
            ..
        }) => match (year, limit) {
            (Some(Year::Given(year)), _) => Date::new(year, month, day).ok(),
            (None, Some(limit)) => nearest_year(limit, month, day),
            _ => None,
        },
        Expr::Numeric(a, b, year) => numeric(a, b, year, limit),
        _ => None,
    });
    let day = days.filter(|day| limit.is_none_or(|limit| *day <= limit)).max()?;
    // A date of long ago says nothing about a publication of this month.
    if limit.is_some_and(|limit| days_between(day, limit) > 31) {
        return None;
    }
    Some(Base { day, is_exact: true, why: "text" })
}

/// Day and month in the order that lies nearer to `near`; month first where that tells
/// nothing.
pub(super) fn numeric(a: i8, b: i8, year: i16, near: Option<Date>) -> Option<Date> {
    let month_first = Date::new(year, a, b).ok();
    let day_first = Date::new(year, b, a).ok();
    match (month_first, day_first, near) {
        (Some(m), Some(d), Some(near)) => {
            let is_nearer = days_between(d, near).abs() < days_between(m, near).abs();
            Some(if is_nearer { d } else { m })
        }
        _ => month_first.or(day_first),
    }
}

/// The month and day in the year that puts them nearest to `near`; news tells more of what
/// has been, so the future counts half again as far.
pub(super) fn nearest_year(near: Date, month: i8, day: i8) -> Option<Date> {
    (-1..=1)
        .filter_map(|years| Date::new(near.year() + years, month, day).ok())
        .min_by_key(|date| match days_between(*date, near) {
            past if past >= 0 => past * 2,
            ahead => -ahead * 3,
        })
}

/// Days from `from` to `to`.
pub(super) fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// The reports that paragraphs render: from where to where, and the day's expression.
///
/// One in the first body paragraph (基辅，2 月 28 日（路透社）——) counts for the whole
/// article, a later one for its paragraph: a digest has one in each.
pub(super) fn reports(page: &Page, found: &[Found]) -> Vec<(Span, usize)> {
    let paragraphs = &page.article.paragraphs;
    let first_body = paragraphs.iter().find(|p| p.kind == ParagraphKind::Body);
    let mut reports = Vec::new();
    for (at, expression) in found.iter().enumerate() {
        let Some(paragraph) = page.article.paragraph_at(expression.span.start) else {
            continue;
        };
        if !expression.expr.is_day() || !context::is_report(page, expression.span) {
            continue;
        }
        let is_first = first_body.is_some_and(|first| first.span == paragraph.span);
        let end = if is_first { page.article.text.len() } else { paragraph.span.end };
        reports.push((Span::new(paragraph.span.start, end), at));
    }
    reports
}

/// Whether a report of `day` may be what an article of `article` renders.
pub(super) fn may_render(day: Date, article: Base) -> bool {
    let days = days_between(day, article.day);
    if article.why == "relied" {
        // The report may be later than the address of what it relies on.
        (-RELIED_DAYS..=REPORT_DAYS).contains(&days)
    } else if article.is_exact {
        (-1..=REPORT_DAYS).contains(&days)
    } else {
        (-1..=31).contains(&days)
    }
}
