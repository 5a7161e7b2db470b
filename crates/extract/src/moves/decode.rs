//! From the model's probabilities to moves.
//!
//! In: candidates and what the model makes of each. Out: moves, one for one act however
//! many clauses tell it. Refuses to know: features.

use super::{Clausal, Room, code};
use crate::model::Model;
use record::{Act, Move, Span};

/// The least probability that there is an act at all. Above one half would favour
/// precision, below it recall; measured on the articles that the model was trained on,
/// each left out in its turn.
const LEAST: f32 = 0.45;

/// The likeliest act and the probability that there is one; none below `LEAST`.
pub fn choose(model: &Model, probabilities: &[f32]) -> Option<(Act, f64)> {
    let mut none = 0.0;
    let mut best: Option<(f32, Act)> = None;
    for (class, &value) in model.classes().iter().zip(probabilities) {
        match Act::from_code(class) {
            None => none = value,
            Some(act) if best.is_none_or(|b| value > b.0) => best = Some((value, act)),
            Some(_) => {}
        }
    }
    let (value, act) = best?;
    (1.0 - none >= LEAST).then_some((act, f64::from(value)))
}

/// Codes what the model found; neighbouring clauses of one act are one move.
pub fn moves(room: &Room, all: &[Clausal], judged: Vec<Option<(Act, f64)>>) -> Vec<Move> {
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
        if let Some(earlier) = moves.last_mut().filter(|m| more.is_some() && m.act == act)
        {
            earlier.confidence = earlier.confidence.max(probability);
            continue;
        }
        moves.push(code(room, here, act, probability));
    }
    moves
}

fn near(before: Span, after: Span) -> bool {
    before.end + 3 >= after.start
}
