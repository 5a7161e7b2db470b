//! How words and numbers make an expression.
//!
//! In: a page. Out: expressions, unresolved, in text order. Refuses to know: what day it
//! is.

mod numeric;
mod phrase;

use super::words::{Class, word_at};
use crate::{Page, lang::numeral, lexicon::Table, shadow::MARKUP};
use record::{Rule, Span};

/// A year as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Year {
    /// 2014年.
    Given(i16),
    /// 去年: years from the anchor's.
    Offset(i16),
}

/// A month as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Month {
    /// 12月.
    Given(i8),
    /// 上个月: months from the anchor's.
    Offset(i32),
}

/// What a length is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// 年.
    Year,
    /// 个月.
    Month,
    /// 周.
    Week,
    /// 天.
    Day,
    /// 小时.
    Hour,
    /// 分钟.
    Minute,
}

/// 三天, 两个半小时.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Length {
    /// Twice the count, so that halves are whole.
    pub halves: i64,
    /// What is counted.
    pub unit: Unit,
}

/// Where a counted length lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// 三天前.
    Before,
    /// 三天后.
    After,
    /// 三天内.
    Within,
    /// 过去三天.
    Past,
    /// 未来三天.
    Coming,
}

/// A part of a calendar date, each where the text has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Calendar {
    /// 2014年, 去年.
    pub year: Option<Year>,
    /// The months that 年底, 第一季度, 夏季 stand for.
    pub months: Option<(i8, i8)>,
    /// 12月, 上个月.
    pub month: Option<Month>,
    /// The days that 下旬 stands for.
    pub days: Option<(i8, i8)>,
    /// 10日.
    pub day: Option<i8>,
}

/// What the words of an expression say.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expr {
    /// 2022年1月10日, 去年底, 3月, 9日.
    Calendar(Calendar),
    /// 10/01/2022: day and month in either order.
    Numeric(i8, i8, i16),
    /// 明天: days from the anchor.
    DayOffset(i64),
    /// 上周, 上周三, 周三, 周末: weeks from the anchor's where stated; 1 to 7, or 8 for the
    /// weekend.
    Week(Option<i64>, Option<i64>),
    /// 去年同期: years from the anchor's.
    Same(i16),
    /// 20世纪90年代: the first year.
    Decade(i16),
    /// 三天后.
    Counted(Length, Side),
    /// 次日.
    NextDay(i64),
    /// 三天.
    Length(Length),
    /// 每周一.
    Set,
    /// 1月9日至10日.
    Interval(Box<Expr>, Box<Expr>),
}

impl Expr {
    /// Whether it names one day.
    pub fn is_day(&self) -> bool {
        match self {
            Expr::Calendar(calendar) => calendar.day.is_some(),
            Expr::Week(_, day) => day.is_some_and(|day| day <= 7),
            Expr::Numeric(..) | Expr::DayOffset(_) | Expr::NextDay(_) => true,
            _ => false,
        }
    }
}

/// An expression where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    /// What it says.
    pub expr: Expr,
    /// Where, a part of the day too.
    pub span: Span,
    /// Whether a part of the day follows: 5月19日晚.
    pub timed: bool,
    /// The rows that read it.
    pub rules: Vec<Rule>,
}

/// Finds the expressions of every sentence.
pub(super) fn find(page: &Page) -> Vec<Found> {
    let mut found = Vec::new();
    for sentence in page.sentences {
        let mut at = sentence.span.start;
        while at < sentence.span.end {
            let Some(c) = page.shadow.get(at..).and_then(|rest| rest.chars().next())
            else {
                break;
            };
            if let Some(expression) = at_place(page, at, c, sentence.span.end) {
                let end = expression.span.end;
                match no_date(page, at).filter(|other| *other > end) {
                    Some(other) => at = other,
                    None => {
                        found.push(expression);
                        at = end;
                    }
                }
                continue;
            }
            // A number that begins no date is passed over whole: 123日 holds no 23日.
            at += numeral::numeral(&page.shadow[at..])
                .filter(|number| number.len > 0)
                .map_or(c.len_utf8(), |number| number.len);
        }
    }
    found
}

/// Where a word that only looks like a date ends: 五月花.
fn no_date(page: &Page, at: usize) -> Option<usize> {
    let first = page.hits.at(Table::Calendar, at)?;
    let word = &page.lexicon.calendar[first.row as usize];
    (word.class == Class::NoDate).then_some(first.span.end)
}

fn at_place(page: &Page, at: usize, c: char, limit: usize) -> Option<Found> {
    let numeral = numeral::numeral(&page.shadow[at..]);
    if numeral.is_none()
        && page.hits.within(Table::Calendar, Span::new(at, at + 1)).is_empty()
    {
        return None;
    }
    let mut reader = Reader { page, at, limit, rules: Vec::new(), timed: false };
    let expr = reader.expression(numeral)?;
    let end = page.shadow[..reader.at].chars().next_back();
    let is_digits = c.is_ascii_alphanumeric() && end.is_some_and(|c| c.is_ascii());
    if follows_word(page.shadow, at, is_digits) {
        return None;
    }
    let span = with_markup(page, Span::new(at, reader.at.min(limit)));
    Some(Found { expr, span, timed: reader.timed, rules: reader.rules })
}

/// The span with the markup that it opens or closes: `[[zh:2025]] 年`.
fn with_markup(page: &Page, span: Span) -> Span {
    if !span.of(page.shadow).contains(MARKUP) {
        return span;
    }
    let words = span.of(&page.article.text);
    let (opened, closed) = (words.matches("[[").count(), words.matches("]]").count());
    let before = &page.shadow[..span.start];
    let after = &page.shadow[span.end..];
    let start = before.trim_end_matches(MARKUP).len();
    let end = span.end + (after.len() - after.trim_start_matches(MARKUP).len());
    Span::new(
        if closed > opened { start } else { span.start },
        if opened > closed { end } else { span.end },
    )
}

/// Whether a digit or address mark stands right before, or a letter before a date in
/// digits: no date begins inside `politics/11/01/2022/`, one does in CNN9月22日.
fn follows_word(text: &str, at: usize, is_digits: bool) -> bool {
    let first = text[at..].chars().next();
    first.is_some_and(|c| c.is_ascii_alphanumeric())
        && text[..at].chars().next_back().is_some_and(|c| {
            c.is_ascii_digit()
                || matches!(c, '/' | '_' | '.' | '=' | '%' | '$')
                || (is_digits && (c.is_ascii_alphabetic() || c == '-'))
        })
}

/// Reads one expression from a place onwards.
struct Reader<'p, 'a> {
    page: &'p Page<'a>,
    at: usize,
    limit: usize,
    rules: Vec<Rule>,
    timed: bool,
}

impl<'a> Reader<'_, 'a> {
    /// Takes the longest word of one of `classes` that comes next.
    fn take(&mut self, classes: &[Class]) -> Option<&'a super::CalendarWord> {
        let at = self.gap();
        let (word, end) = self.peek(at, classes)?;
        self.at = end;
        self.rules.push(word.rule.clone());
        Some(word)
    }

    fn peek(
        &self,
        at: usize,
        classes: &[Class],
    ) -> Option<(&'a super::CalendarWord, usize)> {
        word_at(self.page, at, classes).filter(|(_, end)| *end <= self.limit)
    }

    /// Takes the number that comes next.
    fn number(&mut self) -> Option<numeral::Numeral> {
        let at = self.gap();
        let number = numeral::numeral(self.page.shadow.get(at..self.limit)?)?;
        self.at = at + number.len;
        Some(number)
    }

    /// Where the next word begins: past spaces and markup inside names.
    fn gap(&self) -> usize {
        let rest = self.page.shadow.get(self.at..self.limit).unwrap_or("");
        self.at + (rest.len() - rest.trim_start_matches([' ', '\u{a0}', MARKUP]).len())
    }

    /// Reads on, and steps back when nothing comes of it.
    fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let (at, rules) = (self.at, self.rules.len());
        let result = read(self);
        if result.is_none() {
            self.at = at;
            self.rules.truncate(rules);
        }
        result
    }

    /// Whether the next character is `c`; takes it.
    fn mark(&mut self, c: char) -> bool {
        let found =
            self.page.shadow.get(self.at..self.limit).unwrap_or("").starts_with(c);
        if found {
            self.at += c.len_utf8();
        }
        found
    }
}
