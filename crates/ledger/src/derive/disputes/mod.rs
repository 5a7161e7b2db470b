//! Where accounts cannot all be true, or one of them is odd.
//!
//! In: what single accounts say, as plain values. Out: disputes, each with its values and
//! the accounts of each. Refuses to know: SQL, how text is folded.
//!
//! One file a kind: [`events`] (an odd name out), [`instruments`] (a reply that names
//! another treaty), [`meetings`] (places, durations, whether it was held), [`spellings`]
//! (one actor spelt two ways in one article), [`terms`] (what a meeting is not to be
//! called). Few and true is better than many: each asks for more than a difference.

pub(crate) mod events;
pub(crate) mod instruments;
pub(crate) mod meetings;
pub(crate) mod spellings;
pub(crate) mod terms;

/// What the accounts differ in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DisputeKind {
    /// How long a meeting took.
    Duration,
    /// Which treaty two sides of one exchange speak of.
    Instrument,
    /// One name within what is otherwise told alike.
    Name,
    /// In which city a meeting was.
    Place,
    /// Whether a meeting was held.
    Status,
    /// What to call a meeting.
    Term,
    /// How one actor's name is spelt within one article.
    Spelling,
}

impl DisputeKind {
    /// The word that it prints as.
    pub fn code(self) -> &'static str {
        match self {
            DisputeKind::Duration => "duration",
            DisputeKind::Instrument => "instrument",
            DisputeKind::Name => "name",
            DisputeKind::Place => "place",
            DisputeKind::Spelling => "spelling",
            DisputeKind::Status => "status",
            DisputeKind::Term => "term",
        }
    }
}

/// One dispute.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Dispute {
    /// What the accounts differ in.
    pub kind: DisputeKind,
    /// What they are about: `RUS annexed, 2014`.
    pub about: String,
    /// The parties that it concerns, in order of name.
    pub parties: Vec<String>,
    /// Each value with the numbers of what says so, the best told first.
    pub values: Vec<(String, Vec<usize>)>,
}
