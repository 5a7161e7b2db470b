//! What a reader can be made to do without, to measure what each part is worth.
//!
//! In: nothing. Out: which parts are left out. Refuses to know: how the others fare.

/// The parts that a reading is made without; by default none.
///
/// ```
/// use extract::{Ablation, Agenda, Reader};
///
/// let bare = Ablation { people: true, ..Ablation::default() };
/// let reader = Reader::without(Agenda::default(), bare)?;
/// assert!(reader.lexicon().names.by_id("person:vladimir-putin").is_none());
/// # Ok::<(), extract::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ablation {
    /// No list of people, neither the gazetteer's nor the agenda's: people are found by
    /// the form of their names only.
    pub people: bool,
    /// Nobody is whom a pronoun, an office, a short name or another spelling means: every
    /// wording is somebody of its own.
    pub coreference: bool,
    /// No agenda: neither its names nor its issues, tracks and instruments.
    pub agenda: bool,
}
