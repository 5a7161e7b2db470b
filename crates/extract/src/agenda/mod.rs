//! One negotiation: its parties, issues, tracks, instruments and people.
//!
//! In: a TOML text. Out: an [`Agenda`]. Refuses to know: where the file lies.

use crate::lexicon::Name;

/// A negotiation as its user describes it.
#[derive(Debug, Clone, Default)]
pub struct Agenda {
    /// What the negotiation is called.
    pub title: String,
}

impl Agenda {
    /// Names that the agenda adds to the gazetteer.
    pub fn names(&self) -> Vec<Name> {
        Vec::new()
    }
}
