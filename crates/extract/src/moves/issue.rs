//! Which issue an act is about.
//!
//! In: a clause. Out: the agenda's issue. Refuses to know: the act.

use super::{Room, voice::Voice};
use record::Span;

/// The agenda's issue of a clause, else of the words around it: the report that the clause
/// belongs to, the sentence, the paragraph's heading.
pub fn of(room: &Room, clause: Span, sentence: Span, voice: &Voice) -> Option<String> {
    let shadow = room.page.shadow;
    let named =
        |span: Span| room.page.agenda.issue_of(span.of(shadow)).map(|i| i.id.clone());
    let report = || {
        let statement = &room.statements[voice.statement?];
        named(statement.content.iter().find(|part| part.span.overlaps(clause))?.span)
    };
    named(clause).or_else(report).or_else(|| named(sentence)).or_else(|| {
        let heading = room.heading_before(clause.start)?;
        named(heading)
    })
}
