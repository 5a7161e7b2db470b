//! Mentions and dates in, meetings out.
//!
//! In: a page with its names, dates and words of meetings. Out: each talk, call, session or
//! visit that the text tells of, once, with every place that tells of it. Refuses to know:
//! what was said or agreed there.
//!
//! `tell` finds the places that tell of one (`scene` who is named around a word, `visit` who
//! goes to whom, `guess` who else it may be), `party` tells who can meet, `circumstance` when, where,
//! how and whether; `join` makes one entry of all places that tell of the same; `decide` asks
//! the model which entries are meetings, and on which day.

mod circumstance;
mod decide;
mod features;
mod guess;
mod join;
mod party;
mod scene;
mod tell;
#[cfg(test)]
pub(crate) mod tests;
mod visit;
mod words;

pub use words::MeetingWord;

use crate::{Page, model::Candidate};
use record::{Entity, Meeting, Mention, Span, Statement, Timex};

/// What every part of this step reads.
struct Stage<'s, 'a> {
    page: &'s Page<'a>,
    entities: &'s [Entity],
    mentions: &'s [Mention],
    timexes: &'s [Timex],
    statements: &'s [Statement],
    /// The two parties that the article names most.
    main: Vec<String>,
}

impl<'s, 'a> Stage<'s, 'a> {
    fn new(
        page: &'s Page<'a>,
        entities: &'s [Entity],
        mentions: &'s [Mention],
        timexes: &'s [Timex],
        statements: &'s [Statement],
    ) -> Stage<'s, 'a> {
        let mut counts: Vec<(usize, &str)> = Vec::new();
        for mention in mentions {
            let entity = &entities[mention.entity.0 as usize];
            let Some(party) = entity.party.as_deref() else { continue };
            match counts.iter_mut().find(|(_, known)| *known == party) {
                Some((count, _)) => *count += 1,
                None => counts.push((1, party)),
            }
        }
        counts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        let main = counts.iter().take(2).map(|(_, party)| (*party).to_owned()).collect();
        Stage { page, entities, mentions, timexes, statements, main }
    }

    /// The calendar times within a stretch of text.
    fn calendar_within(&self, span: Span) -> impl Iterator<Item = &'s Timex> + Clone {
        let from = self.timexes.partition_point(|t| t.evidence.span.start < span.start);
        self.timexes[from..]
            .iter()
            .take_while(move |t| t.evidence.span.end <= span.end)
            .filter(|t| t.is_calendar())
    }
}

/// Finds the meetings that the article tells of.
pub(crate) fn find_meetings(
    page: &Page,
    entities: &[Entity],
    mentions: &[Mention],
    timexes: &[Timex],
    statements: &[Statement],
) -> Vec<Meeting> {
    let stage = Stage::new(page, entities, mentions, timexes, statements);
    let entries = join::entries(tell::find(&stage));
    decide::choose(&stage, &entries)
}

/// The candidates that the models of meetings decide on, with their features by name.
pub(crate) fn candidates(
    page: &Page,
    entities: &[Entity],
    mentions: &[Mention],
    timexes: &[Timex],
    statements: &[Statement],
) -> Vec<Candidate> {
    let stage = Stage::new(page, entities, mentions, timexes, statements);
    let entries = join::entries(tell::find(&stage));
    decide::candidates(&stage, &entries)
}
