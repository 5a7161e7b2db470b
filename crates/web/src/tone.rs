//! The three colours of acts.
//!
//! In: an act. Out: what it does to the talks, which gives it its colour and its shape.
//! Refuses to know: how the colour looks; that is the style sheet's.

use record::Act;

/// What an act does to the talks: it asks, it opposes, or it comes closer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// A demand, a proposal, an invitation; drawn as a circle.
    Asking,
    /// A refusal, a charge, a threat and what follows; drawn as a square.
    Conflict,
    /// An offer, a concession, joint work, help; drawn as a diamond.
    Cooperation,
}

impl Tone {
    /// Every tone, in the order in which they are drawn and explained.
    pub const ALL: [Tone; 3] = [Tone::Asking, Tone::Conflict, Tone::Cooperation];

    /// The tone of an act.
    pub fn of(act: Act) -> Tone {
        match act {
            Act::Request => Tone::Asking,
            Act::Reject
            | Act::Accuse
            | Act::Threaten
            | Act::Protest
            | Act::Sanction
            | Act::Mobilize
            | Act::Coerce
            | Act::Assault => Tone::Conflict,
            Act::Agree
            | Act::Support
            | Act::Concede
            | Act::Cooperate
            | Act::Aid
            | Act::Retreat => Tone::Cooperation,
        }
    }

    /// The class that the style sheet gives its colour to.
    pub fn class(self) -> &'static str {
        match self {
            Tone::Asking => "asking",
            Tone::Conflict => "conflict",
            Tone::Cooperation => "cooperation",
        }
    }
}
