//! What the words around an act say it is about.
//!
//! In: the places of a clause and of what surrounds it. Out: the issue, and where it is
//! named. Refuses to know: what is done about it.

use super::{Agenda, Issue};
use record::Span;

/// A clause that shows an act and the words around it, as places in the shadow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passage {
    /// The clause.
    pub clause: Span,
    /// The sentence that it stands in.
    pub sentence: Span,
    /// The report that it belongs to, part by part; empty for the narration.
    pub report: Vec<Span>,
    /// The heading above it.
    pub heading: Option<Span>,
}

impl Agenda {
    /// The issue of an act, and the words that name it: those nearest to the act that
    /// name one. They are its clause, else the report that it belongs to, the sentence,
    /// the heading above.
    pub fn issue_at(&self, shadow: &str, passage: &Passage) -> Option<(&Issue, Span)> {
        let Passage { clause, sentence, .. } = *passage;
        let part = passage.report.iter().find(|part| part.overlaps(clause)).copied();
        let around = [Some(clause), part, Some(sentence), passage.heading];
        around.into_iter().flatten().find_map(|span| {
            let words = shadow.get(span.start..span.end)?;
            self.issue_of(words).map(|issue| (issue, span))
        })
    }
}
