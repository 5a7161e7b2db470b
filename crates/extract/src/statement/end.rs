//! Where an indirect report ends within its sentence.
//!
//! In: where it starts, its cue and its speaker. Out: the likeliest end. Refuses to know:
//! quotations that are the whole content. Every clause that ends is a place where the
//! report may stop; rules propose (`turns_back`), the model `ends` says how likely each
//! stop is, and of all ends the one is taken that most probably agrees with the true one.

use super::{
    Room, clause,
    cue::{CueClass, Cueing},
    features,
    source::Source,
};
use crate::{model::Candidate, shadow::MARKUP};
use record::Span;

/// A report whose end is looked for.
#[derive(Clone, Copy)]
pub struct Telling<'t> {
    /// The cues of the sentence.
    pub cueings: &'t [Cueing],
    /// Which of them reports.
    pub at: usize,
    /// Whose words they are.
    pub source: &'t Source,
}

/// Two ends agree when the shorter content has at least this share of the longer.
const AGREES: f64 = 0.6;

/// The end of a report that starts where `span` starts, at most where `span` ends, and how
/// likely it is that the true end agrees.
pub fn find(room: &Room, span: Span, told: Telling) -> (usize, f64) {
    let cueing = told.cueings[told.at];
    let demands = matches!(cueing.class, CueClass::Ask | CueClass::Judge);
    let clauses = room.clauses.around(span);
    if let Some(first) = clauses.first() {
        // 要求…停火的信息: the report is part of a noun's phrase.
        let within = room.page.shadow[..cueing.span.start].ends_with('在');
        let end = head_noun(room, Span::new(span.start, first.end));
        if let Some(end) = end.filter(|_| demands || within) {
            return (end, 0.8);
        }
    }
    let mut places: Vec<(usize, f64)> = Vec::with_capacity(clauses.len());
    let mut left = 1.0;
    let clauses = at_dashes(room, clauses);
    for (number, pair) in clauses.windows(2).enumerate() {
        let next = pair[1];
        if next.start >= span.end {
            break;
        }
        let so_far = Span::new(span.start, next.start);
        let hand = !is_adverbial(room, so_far)
            && turns_back(room, next, &told.cueings[told.at + 1..], demands);
        let stop = room.ask(&room.page.lexicon.models.ends, "stop", |features| {
            let place = Place { number, next, so_far, end: span.end, hand };
            features::of_end(room, told, place, features);
            let said =
                clause::trim(room.page.shadow, so_far, &['，', ',', '；', '—', MARKUP]);
            Candidate::bare("ends", cueing.span, said)
        });
        places.push((next.start, left * stop));
        left *= 1.0 - stop;
    }
    places.push((span.end, left));
    likeliest(span.start, &places)
}

/// Clauses cut at dashes outside of quotations too.
fn at_dashes(room: &Room, clauses: &[Span]) -> Vec<Span> {
    let mut pieces = Vec::with_capacity(clauses.len());
    for clause in clauses {
        let mut start = clause.start;
        for (at, dash) in clause.of(room.page.shadow).match_indices("——") {
            let at = clause.start + at;
            if at > start && !room.in_quote(at) {
                pieces.push(Span::new(start, at));
                start = at + dash.len();
            }
        }
        pieces.push(Span::new(start, clause.end));
    }
    pieces
}

/// A place where a report may stop.
#[derive(Clone, Copy)]
pub struct Place {
    /// How many clauses of it end before.
    pub number: usize,
    /// The clause that would be left out.
    pub next: Span,
    /// The report up to here.
    pub so_far: Span,
    /// Where the sentence ends.
    pub end: usize,
    /// Whether the rules stop here.
    pub hand: bool,
}

/// Of several ends the one that most probably agrees with the true one.
fn likeliest(start: usize, places: &[(usize, f64)]) -> (usize, f64) {
    let mut best = (start, -1.0);
    for &(end, own) in places {
        let length = end.saturating_sub(start) as f64;
        let agreed: f64 = places
            .iter()
            .filter(|(other, _)| {
                let other = other.saturating_sub(start) as f64;
                length.min(other) >= AGREES * length.max(other)
            })
            .map(|(_, probability)| probability)
            .sum();
        // Of ends that agree equally well the likelier one.
        let value = agreed + 0.1 * own;
        if value > best.1 {
            best = (end, value);
        }
    }
    (best.0, best.1.clamp(0.0, 1.0))
}

/// Whether a clause is no more of the report before it: it has a cue and perhaps a subject
/// of its own, or turns back to the narration.
fn turns_back(room: &Room, clause: Span, later: &[Cueing], demands: bool) -> bool {
    let shadow = room.page.shadow;
    let opens = clause::skip(shadow, clause.start, &[MARKUP]);
    let joint = room.word("conjunction", opens);
    let turn = joint.is_some_and(|word| {
        matches!(
            word.of(shadow),
            "但" | "但是" | "然而" | "不过" | "而" | "随后" | "之后"
        )
    });
    let goes_on =
        joint.is_some_and(|word| matches!(word.of(shadow), "而且" | "并且" | "且"));
    if let Some(cue) = later.iter().find(|c| c.is_plain && clause.holds(c.span.start)) {
        let lead = Span::new(opens, cue.span.start);
        let subjects =
            room.heads_in(lead).filter(|m| !room.in_quote(m.evidence.span.start)).count();
        let near = lead.of(shadow).chars().filter(|&c| c != MARKUP).count() <= 10;
        let other = subjects > 0 && starts_with_subject(room, opens) && !goes_on;
        return subjects == 0 && near || turn || other;
    }
    // …，但他没有宣布: back to the narration with the same speaker's pronoun.
    let after = joint.map_or(opens, |word| word.end);
    let pronoun = room.word("pronoun", clause::skip(shadow, after, &[MARKUP])).is_some();
    let comma = shadow[after..].starts_with('，');
    turn && pronoun && !comma
        || room.word("narration", opens).is_some()
        || demands && !goes_on && room.word("narration-of-demand", opens).is_some()
}

/// Whether content so far is only the adverbial of what comes: 周一在会谈中，.
pub fn is_adverbial(room: &Room, span: Span) -> bool {
    const CLOSES: &[char] =
        &['中', '时', '后', '前', '上', '下', '间', '际', '看', '面', '此'];
    const OPENS: &[&str] =
        &["在", "当", "从", "自", "对", "就", "周", "关于", "根据", "除", "与", "随"];
    let text = span.of(room.page.shadow).trim_end_matches(['，', ',', ' ', MARKUP]);
    let conjunction = room
        .word("conjunction", span.start)
        .is_some_and(|word| word.end >= span.start + text.len());
    let short = text.chars().count() <= 24;
    let opens = OPENS.iter().any(|word| text.starts_with(word));
    conjunction || short && text.ends_with(CLOSES) && opens
}

/// The end of content that is part of a noun's phrase: 要求…停火[的信息].
fn head_noun(room: &Room, span: Span) -> Option<usize> {
    let hit = room.page.lexicon.word_hits(room.page.hits, "head-noun", span).next()?;
    let words =
        Span::new(span.start, hit.span.start).of(room.page.shadow).chars().count();
    (words >= 2 && !room.in_quote(hit.span.start)).then_some(hit.span.start)
}

fn starts_with_subject(room: &Room, at: usize) -> bool {
    room.heads_in(Span::new(at.saturating_sub(1), at + 30)).next().is_some_and(|m| {
        let lead = room.page.shadow.get(at..m.phrase.start).unwrap_or("");
        lead.chars().count() <= 4
    })
}
