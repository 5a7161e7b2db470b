//! Mentions and dates in, meetings out.

use crate::{Error, Page, lexicon::TsvRow};
use record::{Entity, Meeting, Mention, Rule, Statement, Timex};

/// A word of meetings: 会晤, 视频峰会.
#[derive(Debug, Clone)]
pub struct MeetingWord {
    /// The word.
    pub text: String,
    /// What it tells: `meeting`, `call`, `video`, `session`, `visit`, …
    pub class: String,
    /// The row's address.
    pub rule: Rule,
}

impl MeetingWord {
    pub(crate) fn read(row: &TsvRow) -> Result<MeetingWord, Error> {
        Ok(MeetingWord {
            text: row.cell("word")?.to_owned(),
            class: row.cell("class")?.to_owned(),
            rule: row.rule(),
        })
    }
}

/// Finds the meetings that the article tells of.
pub(crate) fn find_meetings(
    _page: &Page,
    _entities: &[Entity],
    _mentions: &[Mention],
    _timexes: &[Timex],
    _statements: &[Statement],
) -> Vec<Meeting> {
    Vec::new()
}
