//! Which issue an act is about.
//!
//! In: a clause. Out: the agenda's issue. Refuses to know: the act.

use super::{Room, voice::Voice};
use crate::agenda::Passage;
use record::Span;

/// The agenda's issue of a clause, else of the words around it.
pub fn of(room: &Room, clause: Span, sentence: Span, voice: &Voice) -> Option<String> {
    let report = voice.statement.map_or_else(Vec::new, |at| {
        room.statements[at].content.iter().map(|part| part.span).collect()
    });
    let sentences = room.page.sentences;
    let at = sentences.partition_point(|s| s.span.start < sentence.start);
    let paragraph = sentences.get(at).map(|sentence| sentence.paragraph);
    let before = at.checked_sub(1).map(|before| &sentences[before]);
    let before = before.filter(|before| Some(before.paragraph) == paragraph);
    let before = before.map(|before| before.span);
    let heading = room.heading_before(clause.start);
    let passage = Passage { clause, sentence, before, report, heading };
    room.page
        .agenda
        .issue_at(room.page.shadow, &passage)
        .map(|(issue, _)| issue.id.clone())
}
