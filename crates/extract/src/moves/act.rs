//! Which act a clause shows.
//!
//! In: a clause and its voice. Out: the act that the weightiest of its triggers shows.
//! Refuses to know: parties beyond the voice.

use super::{Room, Scope, Trigger, voice::Voice};
use crate::lexicon::Table;
use record::{Act, Rule, Span};

/// An act proposed for a clause.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// The PLOVER type.
    pub act: Act,
    /// Whether a negation turned the trigger.
    pub is_negated: bool,
    /// Whether it is told to come.
    pub is_future: bool,
    /// The triggers, weightiest first.
    pub rules: Vec<Rule>,
    /// How sure that is, 0 to 1.
    pub confidence: f64,
}

/// One trigger of a clause, whatever it shows there.
#[derive(Debug, Clone, Copy)]
pub struct Shown {
    /// Its row.
    pub row: usize,
    /// Where it stands.
    pub span: Span,
    /// Whether a negation turns it.
    pub is_negated: bool,
    /// Whether it stands as a noun.
    pub is_noun: bool,
}

/// The triggers of a clause, the longest at each place, rows of one word side by side.
pub fn triggers(room: &Room, clause: Span) -> Vec<Shown> {
    let page = room.page;
    let mut shown = Vec::new();
    let mut done = Span::new(clause.start, clause.start);
    for hit in page.hits.within(Table::Triggers, clause) {
        if hit.span.start < done.end && hit.span != done {
            continue;
        }
        done = hit.span;
        let near = Span::new(hit.span.start.saturating_sub(9), hit.span.end);
        let is_masked = page
            .lexicon
            .word_hits(page.hits, "no-trigger", near)
            .any(|mask| mask.span.contains(hit.span) && mask.span.len() > hit.span.len());
        if !is_masked {
            shown.push(Shown {
                row: hit.row as usize,
                span: hit.span,
                is_negated: is_negated(room, clause, hit.span),
                is_noun: is_noun(room, clause, hit.span),
            });
        }
    }
    shown
}

/// The act of a clause, if a trigger in it shows one.
pub fn propose(room: &Room, clause: Span, voice: &Voice) -> Option<Proposal> {
    let page = room.page;
    let mut best: Option<(i32, Act, bool, Rule)> = None;
    let mut rules: Vec<Rule> = Vec::new();
    // What acts stands behind its name.
    let triggers = triggers(room, clause);
    for &found in triggers.iter().filter(|t| t.span.start >= voice.from) {
        let trigger = &page.lexicon.triggers[found.row];
        let Some((act, weight, negated)) = shows(room, clause, voice, found, trigger)
        else {
            continue;
        };
        rules.push(trigger.rule.clone());
        if best.as_ref().is_none_or(|b| weight > b.0) {
            best = Some((weight, act, negated, trigger.rule.clone()));
        }
    }
    let (weight, act, is_negated, rule) = best?;
    rules.retain(|other| *other != rule);
    rules.insert(0, rule);
    let is_future =
        ["将", "会", "计划", "打算"].iter().any(|w| clause.of(page.shadow).contains(w));
    let confidence = (0.35 + 0.08 * f64::from(weight)).clamp(0.3, 0.9);
    Some(Proposal { act, is_negated, is_future, rules, confidence })
}

/// What a trigger shows in this voice: its act, its weight, whether it is negated.
fn shows(
    room: &Room,
    clause: Span,
    voice: &Voice,
    hit: Shown,
    trigger: &Trigger,
) -> Option<(Act, i32, bool)> {
    let is_cue = voice.statement.is_some_and(|at| {
        room.statements[at].cue.as_ref().is_some_and(|cue| cue.span.overlaps(hit.span))
    });
    match trigger.scope {
        Scope::Said if !voice.is_said() => return None,
        Scope::Told if voice.is_said() && !is_cue => return None,
        _ => {}
    }
    if trigger.scope == Scope::Told && !is_cue && hit.is_noun {
        return None;
    }
    // 如果普京希望…: what is only supposed is no act.
    if !is_cue && is_supposed(room, clause) {
        return None;
    }
    // 各国都必须同意: what must still come about is no promise.
    let before = Span::new(clause.start, hit.span.start).of(room.page.shadow);
    if trigger.act == Act::Agree && before.ends_with(['须', '应', '否']) {
        return None;
    }
    let negated = hit.is_negated;
    let weight = trigger.weight + if is_cue { 4 } else { 0 };
    if negated {
        return trigger.negated.map(|act| (act, weight, true));
    }
    // What a speaker says of another's acts is blame for them.
    let act = match (&voice.other, trigger.act, is_cue) {
        (Some(_), Act::Assault | Act::Coerce | Act::Mobilize | Act::Sanction, false) => {
            Act::Accuse
        }
        (Some(_), Act::Agree | Act::Concede | Act::Aid | Act::Threaten, false)
            if voice.is_said() =>
        {
            return None;
        }
        (_, act, _) => act,
    };
    Some((act, weight, false))
}

/// Whether a trigger is a noun here: behind 的, or before 的, 行动 or 事件, or opening its
/// clause where no subject stands before it.
fn is_noun(room: &Room, clause: Span, trigger: Span) -> bool {
    let shadow = room.page.shadow;
    let before = Span::new(clause.start, trigger.start).of(shadow);
    let after = shadow.get(trigger.end..).unwrap_or("");
    let of =
        before.ends_with(['的', '被', '遭', '次', '该']) && !before.ends_with("目的");
    const NOUNS: &[&str] = &["的", "行动", "事件", "问题", "议题", "者", "罪", "方面"];
    of && !before.ends_with(['被', '遭'])
        || NOUNS.iter().any(|word| after.starts_with(word))
}

/// Whether a clause is itself a condition: a word for conditions opens it, and no
/// consequence follows in it.
fn is_supposed(room: &Room, clause: Span) -> bool {
    let opens = room.page.lexicon.word_hits(room.page.hits, "condition", clause).next();
    let consequence = ["将", "就会", "便会", "会"]
        .iter()
        .any(|word| clause.of(room.page.shadow).contains(word));
    opens.is_some_and(|hit| hit.span.of(room.page.shadow) != "否则") && !consequence
}

/// Whether a negation stands before a trigger in its clause with nothing but small words
/// between.
fn is_negated(room: &Room, clause: Span, trigger: Span) -> bool {
    // 没有就此作出任何承诺: what ends its clause is the object of 没有.
    let ahead = Span::new(clause.start, trigger.start).of(room.page.shadow);
    let tail = Span::new(trigger.end, clause.end.max(trigger.end)).of(room.page.shadow);
    let ends = tail.chars().all(|c| !crate::lang::zh::is_han(c));
    if ends && ["没有", "并未", "未能"].iter().any(|word| ahead.contains(word)) {
        return true;
    }
    let reach =
        Span::new(clause.start.max(trigger.start.saturating_sub(12)), trigger.start);
    room.page.lexicon.word_hits(room.page.hits, "negation", reach).any(|hit| {
        hit.span.end <= trigger.start
            && Span::new(hit.span.end, trigger.start).of(room.page.shadow).chars().count()
                <= 2
    })
}

/// The condition that an act hangs on: a clause of this sentence that a word for
/// conditions opens.
pub fn condition(room: &Room, sentence: Span, clause: Span) -> Option<Span> {
    let opens = |span: Span| {
        room.page.lexicon.word_hits(room.page.hits, "condition", span).next().filter(
            |hit| {
                let before = Span::new(span.start, hit.span.start).of(room.page.shadow);
                before.chars().count() <= 12
            },
        )
    };
    if let Some(hit) = opens(clause) {
        return Some(Span::new(hit.span.start, trim_end(room, clause)));
    }
    let before =
        room.clauses.before(clause).filter(|before| sentence.contains(*before))?;
    let hit = opens(before)?;
    Some(Span::new(hit.span.start, trim_end(room, before)))
}

fn trim_end(room: &Room, clause: Span) -> usize {
    let text = clause.of(room.page.shadow);
    let trimmed = text.trim_end_matches(['，', ',', '。', '；', ' ', '”', '\u{1}']);
    clause.start + trimmed.len()
}
