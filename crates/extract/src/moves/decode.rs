//! From the model's probabilities to moves.
//!
//! In: candidates and what the model makes of each. Out: moves, one for one act however
//! many clauses tell it. Refuses to know: features.

use super::{Clausal, Room, code, features};
use crate::model::Features;
use record::{Act, Move, Span};

/// The least probability that there is an act at all. Above one half would favour
/// precision, below it recall. This and the two below were chosen on the half of the
/// annotated articles that may be looked at, read by models made without it.
const LEAST: f64 = 0.35;

/// The least probability of an act of a certain kind: a wrong line costs more than a
/// missing one.
const LEAST_SURE: f64 = 0.15;

/// The least probability of a second party's act in one clause.
const SECOND: f64 = 0.35;

/// The likeliest act of each candidate in which a party acts, and how probable that is.
pub fn judge(room: &Room, all: &[Clausal]) -> Vec<Option<(Act, f64)>> {
    let models = &room.page.lexicon.models;
    let mut features = Features::default();
    let mut probabilities = Vec::new();
    (0..all.len())
        .map(|at| {
            features::of(room, all, at, &mut features);
            let acts = models.moves.probability(&features, "yes");
            if acts < LEAST {
                return None;
            }
            models.acts.probabilities(&features, &mut probabilities);
            let (class, likely) = models
                .acts
                .classes()
                .iter()
                .zip(&probabilities)
                .max_by(|a, b| a.1.total_cmp(b.1))?;
            let probability = crate::model::kept(acts * f64::from(*likely));
            let act = Act::from_code(class)?;
            (probability >= LEAST_SURE).then_some((act, probability))
        })
        .collect()
}

/// Leaves of the parties of one clause the likeliest to act, and another only where that is
/// likely by itself.
fn keep_likeliest(all: &[Clausal], judged: &mut [Option<(Act, f64)>]) {
    let mut from = 0;
    for clause in all.chunk_by(|a, b| a.clause == b.clause) {
        let judged = &mut judged[from..from + clause.len()];
        from += clause.len();
        let best = (0..judged.len())
            .filter(|&at| judged[at].is_some())
            .max_by(|&a, &b| strength(&judged[a]).total_cmp(&strength(&judged[b])));
        for (at, judged) in judged.iter_mut().enumerate() {
            if Some(at) != best && strength(judged) < SECOND {
                *judged = None;
            }
        }
    }
}

/// Codes what the model found; neighbouring clauses of one act are one move.
pub fn moves(
    room: &Room,
    all: &[Clausal],
    mut judged: Vec<Option<(Act, f64)>>,
) -> Vec<Move> {
    keep_likeliest(all, &mut judged);
    let mut moves: Vec<Move> = Vec::new();
    let mut last: Option<usize> = None;
    for (at, judged) in judged.into_iter().enumerate() {
        let Some((act, probability)) = judged else { continue };
        let here = &all[at];
        let more = last.filter(|&last| {
            let before = &all[last];
            before.sentence == here.sentence
                && before.voice.actor == here.voice.actor
                && before.voice.statement == here.voice.statement
                && near(before.clause, here.clause)
        });
        last = Some(at);
        if let Some(earlier) = moves.last_mut().filter(|_| more.is_some())
            && (earlier.act == act || earlier.confidence.min(probability) < ANOTHER)
        {
            if probability > earlier.confidence {
                *earlier = code(room, here, act, probability);
            }
            continue;
        }
        moves.push(code(room, here, act, probability));
    }
    moves
}

/// The least probability of another act of the same party in a neighbouring clause.
const ANOTHER: f64 = 0.3;

fn strength(judged: &Option<(Act, f64)>) -> f64 {
    judged.map_or(0.0, |(_, probability)| probability)
}

fn near(before: Span, after: Span) -> bool {
    before.end + 3 >= after.start
}
