//! Sentences in, time expressions out.

use crate::{Error, Page, lexicon::TsvRow};
use record::{Rule, Timex};

/// A word of the calendar: 周一, 去年, 月底.
#[derive(Debug, Clone)]
pub struct CalendarWord {
    /// The word.
    pub text: String,
    /// What it does: `weekday`, `day-offset`, `year-offset`, …
    pub class: String,
    /// Its value under that class: `1`, `-1`, `END`.
    pub value: String,
    /// The row's address.
    pub rule: Rule,
}

impl CalendarWord {
    pub(crate) fn read(row: &TsvRow) -> Result<CalendarWord, Error> {
        Ok(CalendarWord {
            text: row.cell("word")?.to_owned(),
            class: row.cell("class")?.to_owned(),
            value: row.cell("value")?.to_owned(),
            rule: row.rule(),
        })
    }
}

/// Finds calendar expressions and resolves them.
pub(crate) fn find_timexes(_page: &Page) -> Vec<Timex> {
    Vec::new()
}
