//! In whose voice a clause is told, and whose act it may show.
//!
//! In: a clause. Out: parties that may act in it. Refuses to know: acts.

use super::{Room, party};
use record::{EntityId, Mention, Span};

/// Who acts in a clause, and who tells it.
#[derive(Debug, Clone)]
pub struct Voice {
    /// Whose act it would be.
    pub actor: Vec<String>,
    /// Through whom.
    pub by: Option<EntityId>,
    /// The statement whose content or cue the clause is.
    pub statement: Option<usize>,
    /// Whether the clause stands in the words of a speaker.
    pub is_said: bool,
    /// The party of the clause's own subject, where it is another's: 俄罗斯 in Ukraine's
    /// words 俄罗斯袭击了….
    pub other: Option<String>,
}

/// The voices of a clause: the speaker whose content it is; else the subject of the
/// narration.
pub fn of_clause(room: &Room, clause: Span) -> Vec<Voice> {
    let middle = clause.start + clause.len() / 2;
    let in_content = room
        .statements
        .iter()
        .enumerate()
        .filter(|(_, s)| s.content.iter().any(|part| part.span.overlaps(clause)))
        .filter(|(_, s)| {
            let part = s.content.iter().find(|part| part.span.overlaps(clause));
            part.is_some_and(|part| part.span.holds(middle) || part.span.contains(clause))
                || s.cue.as_ref().is_some_and(|cue| clause.contains(cue.span))
        });
    // The innermost report that opens in this clause, else the innermost that holds it.
    let innermost = in_content
        .max_by_key(|(_, s)| s.cue.as_ref().map_or(s.span.start, |cue| cue.span.start));
    if let Some((at, _)) = innermost {
        return spoken(room, clause, at).into_iter().collect();
    }
    narrated(room, clause).into_iter().collect()
}

fn spoken(room: &Room, clause: Span, at: usize) -> Option<Voice> {
    let statement = &room.statements[at];
    let entity = &room.entities[statement.speaker.0 as usize];
    if entity.is_private {
        return None;
    }
    let actor = party::of_entity(room, statement.speaker, clause.start)?;
    let person = entity.kind == record::ActorType::Person;
    // The subject is looked for behind the cue.
    let from = statement
        .cue
        .as_ref()
        .filter(|cue| clause.contains(cue.span))
        .map_or(clause.start, |cue| cue.span.end);
    let subject = party::subject(room, Span::new(from, clause.end));
    let other = subject
        .and_then(|m| party::of_entity(room, m.entity, clause.start))
        .filter(|parties| parties.iter().all(|p| !actor.contains(p)))
        .and_then(|parties| parties.into_iter().next());
    Some(Voice {
        actor,
        by: person.then_some(statement.speaker),
        statement: Some(at),
        is_said: true,
        other,
    })
}

fn narrated(room: &Room, clause: Span) -> Option<Voice> {
    let own = party::subject(room, clause);
    let subject: &Mention = match own {
        Some(subject) => subject,
        None => {
            // …，并要求…: the subject of the clause before, in the same sentence.
            let before = room.clauses.before(clause)?;
            let words = clause.of(room.page.shadow);
            let goes_on = ["并", "还", "也", "同时", "而且", "以及", "且"]
                .iter()
                .any(|word| words.starts_with(word));
            party::subject(room, before).filter(|_| goes_on)?
        }
    };
    let entity = &room.entities[subject.entity.0 as usize];
    if entity.is_private {
        return None;
    }
    let actor = party::of_entity(room, subject.entity, clause.start)?;
    let person = entity.kind == record::ActorType::Person;
    Some(Voice {
        actor,
        by: person.then_some(subject.entity),
        statement: None,
        is_said: false,
        other: None,
    })
}
