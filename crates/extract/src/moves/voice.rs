//! In whose voice a clause is told, and whose act it may show.
//!
//! In: a clause. Out: parties that may act in it, each with the place that it has there:
//! the speaker whose words the clause is, its subject, the agent behind 被, the subject of a
//! clause before. Refuses to know: acts; which of the parties does act is for the model.

use super::{Room, party};
use crate::shadow::MARKUP;
use record::{ActorType, EntityId, Mention, MentionForm, Span};

/// The place that a party has in a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It speaks, and the clause is its words.
    Speaker,
    /// It is the clause's subject.
    Subject,
    /// It stands behind 被 or 遭: 遭俄军袭击.
    Agent,
    /// It stands behind another preposition: 因俄罗斯入侵.
    Oblique,
    /// It owns what follows: 俄罗斯的要求.
    Owner,
    /// It stands behind the subject without a preposition.
    Object,
    /// It is the subject of a clause before in the same sentence.
    Inherited,
    /// It is the subject of the sentence before.
    Topic,
}

impl Role {
    /// Its name in the model's features.
    pub fn code(self) -> &'static str {
        match self {
            Role::Speaker => "speaker",
            Role::Subject => "subject",
            Role::Agent => "agent",
            Role::Oblique => "oblique",
            Role::Owner => "owner",
            Role::Object => "object",
            Role::Inherited => "inherited",
            Role::Topic => "topic",
        }
    }
}

/// Who may act in a clause, and who tells it.
#[derive(Debug, Clone)]
pub struct Voice {
    /// Whose act it would be.
    pub actor: Vec<String>,
    /// Through whom.
    pub by: Option<EntityId>,
    /// The statement whose content or cue the clause is.
    pub statement: Option<usize>,
    /// The actor's place.
    pub role: Role,
    /// The party of the clause's own subject, where it is another's: 俄罗斯 in Ukraine's
    /// words 俄罗斯袭击了….
    pub other: Option<String>,
    /// Whether the clause names its own subject.
    pub has_subject: bool,
    /// Where the actor's name ends; what acts stands behind it.
    pub from: usize,
}

impl Voice {
    /// Whether the clause is the actor's own words.
    pub fn is_said(&self) -> bool {
        self.role == Role::Speaker
    }
}

/// The voices of a clause: its speaker's, and one for every party that it names.
pub fn of_clause(room: &Room, clause: Span) -> Vec<Voice> {
    let report = report_of(room, clause);
    let mut voices: Vec<Voice> = Vec::new();
    voices.extend(report.and_then(|at| spoken(room, clause, at)));
    let source = report.and_then(|at| room.statements[at].speaker_surface.as_ref());
    let subject = party::subject(room, clause).map(|m| m.id);
    for group in groups(room, clause) {
        let last = group[group.len() - 1];
        // The speaker beside the cue has a voice already.
        if source.is_some_and(|source| source.span.overlaps(last.evidence.span)) {
            continue;
        }
        let is_subject = group.iter().any(|m| Some(m.id) == subject);
        let role = role(room, clause, group[0], last, is_subject);
        let Some(voice) = named(room, clause, &group, role, report) else { continue };
        if !voices.iter().any(|known| known.actor == voice.actor) {
            voices.push(voice);
        }
    }
    if report.is_none() && !opens_with_name(room, clause) {
        let before = match inherited(room, clause) {
            Some(before) => Some((before, Role::Inherited)),
            None if subject.is_none() => topic(room, clause).map(|m| (m, Role::Topic)),
            None => None,
        };
        let voice = before.and_then(|(m, role)| named(room, clause, &[m], role, None));
        voices.extend(voice.filter(|v| !voices.iter().any(|k| k.actor == v.actor)));
    }
    voices
}

/// The innermost report that opens in a clause, else the innermost that holds it.
fn report_of(room: &Room, clause: Span) -> Option<usize> {
    let middle = clause.start + clause.len() / 2;
    room.statements
        .iter()
        .enumerate()
        .filter(|(_, s)| {
            let part = s.content.iter().find(|part| part.span.overlaps(clause));
            part.is_some_and(|part| {
                part.span.holds(middle)
                    || part.span.contains(clause)
                    || s.cue.as_ref().is_some_and(|cue| clause.contains(cue.span))
            })
        })
        .max_by_key(|(_, s)| s.cue.as_ref().map_or(s.span.start, |cue| cue.span.start))
        .map(|(at, _)| at)
}

fn spoken(room: &Room, clause: Span, at: usize) -> Option<Voice> {
    let statement = &room.statements[at];
    let entity = &room.entities[statement.speaker.0 as usize];
    if entity.is_private {
        return None;
    }
    let mut actor = party::of_entity(room, statement.speaker, clause.start)?;
    // 布林肯与德国、法国的外长表示: all of them.
    if let Some(source) = &statement.speaker_surface {
        for mention in party::heads(room, source.span) {
            let more = party::of_entity(room, mention.entity, clause.start);
            for party in more.into_iter().flatten() {
                if !actor.contains(&party) {
                    actor.push(party);
                }
            }
        }
    }
    let person = entity.kind == ActorType::Person;
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
        role: Role::Speaker,
        has_subject: subject.is_some(),
        other,
        from: clause.start,
    })
}

/// The parties' mentions of a clause, those that are joined (A、B和C) side by side.
fn groups<'a>(room: &'a Room, clause: Span) -> Vec<Vec<&'a Mention>> {
    let mut groups: Vec<Vec<&Mention>> = Vec::new();
    for mention in party::heads(room, clause) {
        let entity = &room.entities[mention.entity.0 as usize];
        let place =
            entity.kind == ActorType::Place && mention.form != MentionForm::Metonym;
        if place || entity.kind == ActorType::Outlet || entity.is_private {
            continue;
        }
        let joined = groups.last().and_then(|group| group.last()).is_some_and(|before| {
            let between = room.page.shadow.get(before.phrase.end..mention.phrase.start);
            let between = between.unwrap_or("x").trim_matches([MARKUP, ' ']);
            matches!(between, "" | "、" | "和" | "与" | "及" | "以及" | "同")
        });
        match groups.last_mut().filter(|_| joined) {
            Some(group) => group.push(mention),
            None => groups.push(vec![mention]),
        }
    }
    groups
}

fn role(
    room: &Room,
    clause: Span,
    first: &Mention,
    last: &Mention,
    is_subject: bool,
) -> Role {
    let shadow = room.page.shadow;
    let before = shadow[..first.phrase.start].trim_end_matches(MARKUP);
    let after = shadow.get(last.phrase.end..).unwrap_or("").trim_start_matches(MARKUP);
    if before.ends_with(['被', '遭'])
        || before.ends_with("遭到")
        || before.ends_with("受到")
    {
        Role::Agent
    } else if after.starts_with('的') {
        Role::Owner
    } else if is_subject {
        Role::Subject
    } else if party::is_oblique(room, clause, first) {
        Role::Oblique
    } else {
        Role::Object
    }
}

fn named(
    room: &Room,
    clause: Span,
    group: &[&Mention],
    role: Role,
    report: Option<usize>,
) -> Option<Voice> {
    let mut actor: Vec<String> = Vec::new();
    for mention in group {
        let more = party::of_entity(room, mention.entity, clause.start);
        for party in more.into_iter().flatten() {
            if !actor.contains(&party) {
                actor.push(party);
            }
        }
    }
    let last = group.last()?;
    let entity = &room.entities[last.entity.0 as usize];
    if actor.is_empty() || entity.is_private {
        return None;
    }
    let person = entity.kind == ActorType::Person;
    Some(Voice {
        actor,
        by: person.then_some(last.entity),
        statement: report,
        role,
        other: None,
        has_subject: role == Role::Subject,
        from: match role {
            Role::Inherited | Role::Topic => clause.start,
            _ => last.phrase.end,
        },
    })
}

/// The subject of the nearest clause before that names one, in the same sentence:
/// …，并要求….
fn inherited<'a>(room: &'a Room, clause: Span) -> Option<&'a Mention> {
    let sentence = room.clauses.sentence_of(clause.start);
    let before = Span::new(sentence.start, clause.start);
    room.clauses.within(before).iter().rev().find_map(|&c| party::subject(room, c))
}

/// Whether a name stands at the clause's start, adverbs aside.
fn opens_with_name(room: &Room, clause: Span) -> bool {
    party::heads(room, clause).first().is_some_and(|m| {
        crate::statement::gap(room.page.shadow, Span::new(clause.start, m.phrase.start))
            == 0
    })
}

/// The first subject of the sentence before, in the same paragraph.
fn topic<'a>(room: &'a Room, clause: Span) -> Option<&'a Mention> {
    let sentences = room.page.sentences;
    let here =
        sentences.partition_point(|s| s.span.start <= clause.start).checked_sub(1)?;
    let before = sentences.get(here.checked_sub(1)?)?;
    if before.paragraph != sentences[here].paragraph {
        return None;
    }
    room.clauses.within(before.span).iter().find_map(|&c| party::subject(room, c))
}
