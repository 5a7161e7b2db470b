//! From the model's probabilities to moves.
//!
//! In: candidates and what the model makes of each. Out: moves, one for one act however
//! many clauses tell it. Refuses to know: features.

use super::{Clausal, Room, code, features};
use crate::model::Features;
use record::{Act, Move, Span};

/// The least probability that there is an act at all. Above one half would favour
/// precision, below it recall; measured on the articles that the model was trained on,
/// each left out in its turn.
const LEAST: f64 = 0.35;

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
            Some((Act::from_code(class)?, acts * f64::from(*likely)))
        })
        .collect()
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
