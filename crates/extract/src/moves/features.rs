//! What the model of acts is told about a clause.
//!
//! In: clauses with their voices and what the triggers propose. Out: named features.
//! Refuses to know: weights.

use super::{Clausal, Room, act, party};
use crate::{lexicon::Table, model::Features, shadow::MARKUP};
use record::{ActorType, MentionForm};

/// The features of the candidate `all[at]`.
///
/// | template | says |
/// | --- | --- |
/// | `role`, `teller`, `subject`, `speaker` | the actor's place, who tells it, whose clause it is |
/// | `rule`, `rule-role`, `rule-teller`, `rule-sure` | the act that the weightiest trigger proposes |
/// | `act`, `nact`, `trigger`, `first-act`, `gap` | the triggers behind the actor, with their negation |
/// | `act-ahead` | those before it |
/// | `cue`, `cue-here`, `cue-class` | the verb of the report, in this clause or before it |
/// | `place` | where in its report the clause stands |
/// | `before`, `after` | what is proposed for the clauses beside it |
/// | `others`, `words`, `has` | other parties in it, its length, small words |
/// | `han`, `opens`, `closes` | pairs of characters, names replaced by whose they are |
pub fn of(room: &Room, all: &[Clausal], at: usize, out: &mut Features) {
    out.clear();
    let here = &all[at];
    let voice = &here.voice;
    let role = voice.role.code();
    out.add("role", role);
    // Whose words the clause is, where it is not the actor's.
    let teller = match voice.statement.map(|at| &room.statements[at]) {
        _ if voice.is_said() => "self",
        None => "narration",
        Some(statement) => {
            let entity = &room.entities[statement.speaker.0 as usize];
            match &entity.party {
                _ if entity.is_private => "private",
                None => "nobody",
                Some(party) if voice.actor.contains(party) => "own",
                Some(_) => "other",
            }
        }
    };
    out.add_parts("teller", &[role, "/", teller]);
    let subject = match (&voice.other, voice.has_subject) {
        (Some(_), _) => "other",
        (None, true) => "self",
        (None, false) => "none",
    };
    out.add_parts("subject", &[role, "/", subject]);
    out.add("kind-of-actor", if voice.by.is_some() { "person" } else { "party" });
    triggers(room, here, teller, subject, out);
    report(room, here, out);
    neighbours(all, at, out);
    small_words(room, here, out);
    letters(room, here, out);
}

fn triggers(
    room: &Room,
    here: &Clausal,
    teller: &str,
    subject: &str,
    out: &mut Features,
) {
    let role = here.voice.role.code();
    match &here.proposal {
        None => out.add_parts("rule", &["none/", role]),
        Some(proposal) => {
            let act = proposal.act.code();
            out.add("rule", act);
            out.add_parts("rule-role", &[act, "/", role, "/", subject]);
            out.add_parts("rule-teller", &[act, "/", role, "/", teller]);
            let sure = if proposal.confidence >= 0.7 { "/sure" } else { "/unsure" };
            out.add_parts("rule-sure", &[act, sure]);
            // Whatever act it is.
            out.add_parts("shows", &[role, sure]);
            out.add_parts("shows-told", &[role, "/", teller, sure]);
            out.add_parts("shows-whose", &[role, "/", subject]);
        }
    }
    let mut after = 0;
    for shown in act::triggers(room, here.clause) {
        let trigger = &room.page.lexicon.triggers[shown.row];
        let act = trigger.act.code();
        if shown.span.start < here.voice.from {
            out.add_parts("act-ahead", &[act, "/", role]);
            continue;
        }
        let template = if shown.is_negated { "nact" } else { "act" };
        out.add(template, act);
        out.add_parts("weight", &[strength(trigger.weight), "/", role]);
        if shown.is_negated {
            out.add_parts("negated", &[role]);
        }
        out.add_parts(template, &[act, "/", role]);
        out.add(if shown.is_negated { "ntrigger" } else { "trigger" }, &trigger.text);
        if shown.is_noun {
            out.add("act-noun", act);
        }
        if after == 0 {
            out.add_parts("first-act", &[act, "/", role]);
            let gap = crate::statement::gap(
                room.page.shadow,
                record::Span::new(here.voice.from, shown.span.start),
            );
            let gap = match gap {
                0..=1 => "touches",
                2..=5 => "near",
                _ => "far",
            };
            out.add_parts("gap", &[role, "/", gap]);
        }
        after += 1;
    }
}

fn strength(weight: i32) -> &'static str {
    match weight {
        ..=1 => "slight",
        2..=3 => "weak",
        4 => "middling",
        _ => "strong",
    }
}

fn report(room: &Room, here: &Clausal, out: &mut Features) {
    let Some(statement) = here.voice.statement.map(|at| &room.statements[at]) else {
        return;
    };
    let entity = &room.entities[statement.speaker.0 as usize];
    out.add("speaker", entity.kind.code());
    out.add("kind", statement.kind.code());
    let Some(cue) = &statement.cue else {
        out.add("cue", "none");
        return;
    };
    let words = cue.span.of(room.page.shadow);
    let is_here = here.clause.contains(cue.span);
    out.add(if is_here { "cue-here" } else { "cue" }, words);
    let row = cue.rules.first().and_then(|rule| room.page.lexicon.cue_of(rule));
    if let Some(cue) = row {
        let place = if is_here { "here/" } else { "before/" };
        out.add_parts("cue-class", &[place, cue.class.code()]);
    }
    let mut content = statement.content.iter().map(|part| part.span);
    let inside: usize = content
        .clone()
        .map(|span| {
            room.clauses
                .around(span)
                .iter()
                .filter(|c| c.start < here.clause.start)
                .count()
        })
        .sum();
    let place = match inside {
        0 => "first",
        1 => "second",
        _ => "later",
    };
    out.add("place", place);
    if content.next_back().is_some_and(|span| span.end <= here.clause.end) {
        out.add("place", "last");
    }
}

fn neighbours(all: &[Clausal], at: usize, out: &mut Features) {
    let here = &all[at];
    let same = |other: &&Clausal| {
        other.sentence == here.sentence
            && other.clause != here.clause
            && other.voice.actor == here.voice.actor
    };
    let code = |other: Option<&Clausal>| match other {
        None => "edge",
        Some(other) => other.proposal.as_ref().map_or("none", |p| p.act.code()),
    };
    let before = all[..at].iter().rev().take(4).find(same);
    let after = all[at + 1..].iter().take(4).find(same);
    out.add("before", code(before));
    out.add("after", code(after));
    if let (Some(before), Some(proposal)) = (before, &here.proposal) {
        let again = before.proposal.as_ref().is_some_and(|p| p.act == proposal.act);
        out.add("again", if again { "yes" } else { "no" });
    }
}

fn small_words(room: &Room, here: &Clausal, out: &mut Features) {
    let page = room.page;
    for hit in page.hits.within(Table::Words, here.clause) {
        let class = page.lexicon.words[hit.row as usize].class.as_str();
        if matches!(
            class,
            "negation" | "condition" | "narration" | "hearsay" | "collective"
        ) {
            out.add("has", class);
        }
    }
    if !page.hits.within(Table::MeetingWords, here.clause).is_empty() {
        out.add("has", "meeting");
    }
    let mut others = 0;
    for mention in party::heads(room, here.clause) {
        let entity = &room.entities[mention.entity.0 as usize];
        let place =
            entity.kind == ActorType::Place && mention.form != MentionForm::Metonym;
        let other = entity.party.as_ref().is_some_and(|p| !here.voice.actor.contains(p));
        others += usize::from(other && !place);
    }
    let others = match others {
        0 => "0",
        1 => "1",
        _ => "2",
    };
    out.add("others", others);
    let words = here.clause.of(page.shadow).chars().filter(|&c| c != MARKUP).count();
    let words = match words {
        0..=6 => "short",
        7..=14 => "middle",
        15..=30 => "long",
        _ => "very-long",
    };
    out.add("words", words);
}

/// Pairs of characters of the clause, its names replaced by whose they are: S the actor's
/// own, O another party's, N anybody else's.
fn letters(room: &Room, here: &Clausal, out: &mut Features) {
    let mut text: Vec<char> = Vec::with_capacity(here.clause.len() / 3);
    let heads = party::heads(room, here.clause);
    let mut names = heads.iter().peekable();
    let mut past = here.clause.start;
    for (at, c) in here.clause.of(room.page.shadow).char_indices() {
        let at = here.clause.start + at;
        while let Some(mention) = names.next_if(|m| m.evidence.span.start <= at) {
            if mention.evidence.span.start == at && at >= past {
                text.push(whose(room, here, mention.entity.0 as usize));
                past = mention.evidence.span.end;
            }
        }
        if at >= past && c != MARKUP && !c.is_whitespace() {
            text.push(if c.is_ascii_digit() { '0' } else { c });
        }
    }
    let mut buffer = [0u8; 8];
    for pair in text.windows(2) {
        let first = pair[0].encode_utf8(&mut buffer).len();
        let second = pair[1].encode_utf8(&mut buffer[first..]).len();
        if let Ok(words) = std::str::from_utf8(&buffer[..first + second]) {
            out.add_light("han", words);
        }
    }
    for &c in &text {
        out.add_light("one", c.encode_utf8(&mut buffer));
    }
}

fn whose(room: &Room, here: &Clausal, entity: usize) -> char {
    match &room.entities[entity].party {
        Some(party) if here.voice.actor.contains(party) => 'S',
        Some(_) => 'O',
        None => 'N',
    }
}
