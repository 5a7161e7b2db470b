//! The rows of `calendar.tsv`.
//!
//! In: a table's cells. Out: words with a class and a value. Refuses to know: how words
//! make an expression.

use crate::{Error, Page, lexicon::Table, lexicon::TsvRow};
use record::{Rule, Span};

macro_rules! classes {
    ($($(#[$note:meta])* $class:ident = $code:literal),+ $(,)?) => {
        /// What a word of the calendar does.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Class { $($(#[$note])* $class),+ }
        impl Class {
            fn from_code(code: &str) -> Option<Class> {
                match code { $($code => Some(Class::$class),)+ _ => None }
            }
        }
    };
}

classes! {
    /// 年 after a number.
    Year = "year",
    /// 月 after a number.
    Month = "month",
    /// 日 after a number.
    Day = "day",
    /// 号 after a number: a day only where a month or its place shows it.
    DayColloquial = "day-colloquial",
    /// 昨天: days from the anchor.
    DayOffset = "day-offset",
    /// 周三: Monday is 1.
    Weekday = "weekday",
    /// 周末.
    Weekend = "weekend",
    /// 上周, alone or before 三 or 末: weeks from the anchor's.
    WeekOffset = "week-offset",
    /// 上个月: months from the anchor's.
    MonthOffset = "month-offset",
    /// 去年: years from the anchor's.
    YearOffset = "year-offset",
    /// 年底, 第一季度: months of a year, after a year or alone.
    YearEdge = "year-edge",
    /// 底 after a year.
    YearPart = "year-part",
    /// 今春.
    ThisSeason = "this-season",
    /// 月底, alone.
    MonthEdge = "month-edge",
    /// 下旬 after a month: its days.
    MonthPart = "month-part",
    /// 晚上 after a day.
    DayPart = "day-part",
    /// 时, 分 after a number after a day.
    Clock = "clock",
    /// 小时 after a number.
    Length = "length",
    /// 前 after a length.
    Before = "before",
    /// 后 after a length.
    After = "after",
    /// 内 after a length.
    Within = "within",
    /// 过去 before a length.
    PastSpan = "past-span",
    /// 未来 before a length.
    ComingSpan = "coming-span",
    /// 次日: days from the day named before.
    NextDay = "next-day",
    /// 同期 after a year: the month named before.
    Same = "same",
    /// 至 between two ends.
    Through = "through",
    /// 年代 after a number.
    Decade = "decade",
    /// 世纪 after a number.
    Century = "century",
    /// 上世纪: centuries from the anchor's.
    CenturyOffset = "century-offset",
    /// Dec.
    MonthName = "month-name",
    /// 每: what follows is a repetition.
    Every = "every",
    /// 将: what stands with it is to come.
    Future = "future",
    /// 报道 after a date: the day of a report.
    Report = "report",
    /// 日内瓦: characters that look like a date's and are none.
    NoDate = "no-date",
}

/// A word of the calendar: 周一, 去年, 月底.
#[derive(Debug, Clone)]
pub struct CalendarWord {
    /// The word.
    pub text: String,
    /// What it does.
    pub(crate) class: Class,
    /// Its value under that class: `1`, `-1`, `01/10`.
    pub value: String,
    /// The value where it is one number.
    pub(crate) number: i64,
    /// The row's address.
    pub rule: Rule,
}

impl CalendarWord {
    pub(crate) fn read(row: &TsvRow) -> Result<CalendarWord, Error> {
        let class = row.cell("class")?;
        let Some(class) = Class::from_code(class) else {
            return Err(row.problem(format!("{class:?} is no class of calendar words")));
        };
        let value = row.cell("value")?;
        Ok(CalendarWord {
            text: row.cell("word")?.to_owned(),
            class,
            value: value.to_owned(),
            number: value.parse().unwrap_or(0),
            rule: row.rule(),
        })
    }

    /// The two numbers of a value such as `06/08`; the same twice for `12`.
    pub(crate) fn range(&self) -> Option<(i8, i8)> {
        let (from, to) = self.value.split_once('/').unwrap_or((&self.value, &self.value));
        Some((from.parse().ok()?, to.parse().ok()?))
    }
}

/// The longest word of one of `classes` that starts at a byte, and where it ends.
pub(super) fn word_at<'a>(
    page: &Page<'a>,
    at: usize,
    classes: &[Class],
) -> Option<(&'a CalendarWord, usize)> {
    let found =
        page.hits.within(Table::Calendar, Span::new(at, at + 1)).iter().find_map(
            |hit| {
                let word = &page.lexicon.calendar[hit.row as usize];
                classes.contains(&word.class).then_some((word, hit.span.end))
            },
        )?;
    (!runs_into_other(page, Span::new(at, found.1), found.0.class)).then_some(found)
}

/// Whether a word that is no date, or a name, begins in `span` and runs past its end: 周日
/// in 上周日内瓦.
fn runs_into_other(page: &Page, span: Span, class: Class) -> bool {
    let calendar = &page.lexicon.calendar;
    let other = page.hits.within(Table::Calendar, span).iter().any(|hit| {
        hit.span.end > span.end && calendar[hit.row as usize].class == Class::NoDate
    });
    // 10日日本外相: the unit after a number is no part of a name.
    let is_unit = matches!(class, Class::Year | Class::Month | Class::Day);
    other || (!is_unit && super::context::name_runs_over(page, span))
}

/// The address of a rule of this step that is no row.
pub(super) fn rule(name: &str) -> Rule {
    Rule::new(&format!("zh/calendar:{name}"))
}
