//! Mentions and dates in, meetings out.
//!
//! In: a page with its names, dates and words of meetings. Out: each talk, call, session or
//! visit that the text tells of, once, with every place that tells of it. Refuses to know:
//! what was said or agreed there.
//!
//! `tell` finds the places that tell of one (`scene` who is named around a word, `visit` who
//! goes to whom), `party` tells who can meet, `circumstance` when, where,
//! how and whether; `join` makes one entry of all places that tell of the same.

mod circumstance;
mod join;
mod party;
mod scene;
mod tell;
#[cfg(test)]
pub(crate) mod tests;
mod visit;
mod words;

pub use words::MeetingWord;

use crate::Page;
use record::{Entity, Meeting, Mention, Statement, Timex};

/// What every part of this step reads.
struct Stage<'s, 'a> {
    page: &'s Page<'a>,
    entities: &'s [Entity],
    mentions: &'s [Mention],
    timexes: &'s [Timex],
}

/// Finds the meetings that the article tells of.
pub(crate) fn find_meetings(
    page: &Page,
    entities: &[Entity],
    mentions: &[Mention],
    timexes: &[Timex],
    _statements: &[Statement],
) -> Vec<Meeting> {
    let stage = Stage { page, entities, mentions, timexes };
    let tellings = tell::find(&stage);
    join::meetings(&stage, tellings)
}
