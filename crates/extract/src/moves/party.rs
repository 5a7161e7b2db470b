//! Parties of a clause: its subject's and those it turns to.
//!
//! In: mentions. Out: parties. Refuses to know: acts.

use super::{Room, voice::Voice};
use crate::{lexicon::Table, shadow::MARKUP};
use record::{Act, ActorType, EntityId, Mention, MentionForm, Span};

/// The parties that an entity speaks for; for 双方, 三国外长 the parties named last side by
/// side before it, as many as the word says.
pub fn of_entity(room: &Room, id: EntityId, at: usize) -> Option<Vec<String>> {
    let entity = &room.entities[id.0 as usize];
    if let Some(party) = &entity.party {
        return Some(vec![party.clone()]);
    }
    let mention = room.mentions.iter().find(|m| m.entity == id)?;
    let joint =
        mention.evidence.rules.iter().any(|rule| rule.as_str().starts_with("zh/words:"));
    if entity.kind == ActorType::Person && joint {
        let words = mention.evidence.span.of(room.page.shadow);
        let own = named_inside(room, mention.evidence.span);
        if own.len() > 1 {
            return Some(own);
        }
        let group = group_before(room, at, count(words));
        return (group.len() > 1).then_some(group);
    }
    (entity.kind == ActorType::Organisation).then(|| vec![entity.name.clone()])
}

/// How many a collective says they are: 三国 three; none where it does not say.
fn count(words: &str) -> Option<usize> {
    const NUMBERS: &[(char, usize)] = &[
        ('双', 2),
        ('两', 2),
        ('二', 2),
        ('三', 3),
        ('四', 4),
        ('五', 5),
        ('六', 6),
        ('七', 7),
    ];
    words.chars().find_map(|c| NUMBERS.iter().find(|n| n.0 == c).map(|n| n.1))
}

/// The parties whose letters stand in the words themselves: 中俄两国.
fn named_inside(room: &Room, span: Span) -> Vec<String> {
    let mut parties = Vec::new();
    for hit in room.page.hits.within(Table::Names, span) {
        let (name, _, _) = room.page.lexicon.names.of_hit(hit.row);
        let fits = hit.span.end <= span.end && name.kind == ActorType::State;
        if let Some(party) = name.party.as_ref().filter(|p| fits && !parties.contains(*p))
        {
            parties.push(party.clone());
        }
    }
    parties
}

/// The parties that a collective means: the group of that many named last side by side
/// (美俄, 俄罗斯与美国), else, for two, the different parties named last.
fn group_before(room: &Room, at: usize, count: Option<usize>) -> Vec<String> {
    const FAR: usize = 60;
    let until = room.mentions.partition_point(|m| m.evidence.span.start < at);
    let parties: Vec<(&Mention, &String)> = room.mentions
        [until.saturating_sub(FAR)..until]
        .iter()
        .filter(|m| {
            let place = room.entities[m.entity.0 as usize].kind == ActorType::Place;
            !place || m.form == MentionForm::Metonym
        })
        .filter_map(|m| Some((m, room.entities[m.entity.0 as usize].party.as_ref()?)))
        .collect();
    let mut group: Vec<String> = Vec::new();
    let mut groups: Vec<Vec<String>> = Vec::new();
    for (at, (mention, party)) in parties.iter().enumerate() {
        let beside = at.checked_sub(1).is_some_and(|before| {
            let from = parties[before].0.phrase.end;
            let between = room.page.shadow.get(from..mention.phrase.start);
            let between = between.unwrap_or("x").trim_matches([MARKUP, ' ']);
            matches!(between, "" | "与" | "和" | "同" | "、" | "跟" | "及" | "以及")
        });
        if !beside {
            groups.push(std::mem::take(&mut group));
        }
        if !group.contains(party) {
            group.push((*party).clone());
        }
    }
    groups.push(group);
    let fits = |group: &&Vec<String>| match count {
        Some(count) => group.len() == count,
        None => group.len() > 1,
    };
    if let Some(group) = groups.iter().rev().find(fits) {
        return group.clone();
    }
    let mut pair: Vec<String> = Vec::new();
    for (_, party) in parties.iter().rev().filter(|_| count == Some(2)) {
        if !pair.contains(party) {
            pair.push((*party).clone());
        }
        if pair.len() == 2 {
            break;
        }
    }
    pair.reverse();
    pair
}

/// The mention that is a clause's subject: the first that stands outside of another's
/// phrase and behind no preposition.
pub fn subject<'a>(room: &'a Room, clause: Span) -> Option<&'a Mention> {
    heads(room, clause).into_iter().find(|mention| {
        let entity = &room.entities[mention.entity.0 as usize];
        let place =
            entity.kind == ActorType::Place && mention.form != MentionForm::Metonym;
        !place && entity.kind != ActorType::Outlet && !is_oblique(room, clause, mention)
    })
}

/// Mentions that start in a span, outside of others' phrases.
pub fn heads<'a>(room: &'a Room, span: Span) -> Vec<&'a Mention> {
    let from = room.mentions.partition_point(|m| m.evidence.span.start < span.start);
    let inside: Vec<&Mention> = room.mentions[from..]
        .iter()
        .take_while(|m| m.evidence.span.start < span.end)
        .collect();
    inside
        .iter()
        .copied()
        .filter(|m| {
            !inside.iter().any(|other| {
                other.id != m.id
                    && other.phrase.contains(m.phrase)
                    && other.phrase.len() > m.phrase.len()
            })
        })
        .collect()
}

/// Whether a mention stands behind a preposition of its clause.
pub fn is_oblique(room: &Room, clause: Span, mention: &Mention) -> bool {
    let before = room.page.shadow[..mention.phrase.start].trim_end_matches(MARKUP).len();
    room.page
        .lexicon
        .word_ending(room.page.hits, "preposition", before)
        .is_some_and(|hit| hit.span.start >= clause.start)
}

/// Towards whom: the other parties of the clause; for a demand made of a party within the
/// words, that party; else the hearer.
pub fn recipients(room: &Room, clause: Span, voice: &Voice, act: Act) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut add = |party: &String| {
        if !voice.actor.contains(party) && !found.contains(party) {
            found.push(party.clone());
        }
    };
    if let Some(other) = &voice.other {
        add(other);
    }
    for mention in heads(room, clause) {
        let entity = &room.entities[mention.entity.0 as usize];
        let place =
            entity.kind == ActorType::Place && mention.form != MentionForm::Metonym;
        if let Some(party) = entity.party.as_ref().filter(|_| !place) {
            add(party);
        }
    }
    if found.is_empty()
        && let Some(statement) = voice.statement.map(|at| &room.statements[at])
    {
        let words = Span::new(statement.span.start, statement.span.end);
        for mention in heads(room, words) {
            let entity = &room.entities[mention.entity.0 as usize];
            if let Some(party) = &entity.party
                && entity.kind != ActorType::Place
                && !voice.actor.contains(party)
                && !found.contains(party)
            {
                found.push(party.clone());
            }
        }
        found.truncate(2);
    }
    if act == Act::Agree && voice.actor.len() > 1 {
        found.clear();
    }
    found.truncate(3);
    found
}
