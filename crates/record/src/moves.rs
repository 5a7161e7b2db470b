//! What a party does or says to the other side.

use crate::{Act, EntityId, Evidence, Modality};

/// What an act hangs on: 如果出现军事升级.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The clause.
    pub evidence: Evidence,
}

json_fields!(Condition { evidence });

/// One act of a party towards others, told by the narration or by a speaker for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Move {
    /// Whose act it is: parties, more than one for a joint act.
    pub actor: Vec<String>,
    /// The person or body through whom the party acts.
    pub by: Option<EntityId>,
    /// The PLOVER type.
    pub act: Act,
    /// Towards whom: parties.
    pub recipient: Vec<String>,
    /// The agenda's issue, or a label proposed from the words.
    pub issue: Option<String>,
    /// How real it is told to be.
    pub modality: Modality,
    /// What it hangs on.
    pub condition: Option<Condition>,
    /// By when, ISO 8601.
    pub due: Option<String>,
    /// When it was done, ISO 8601.
    pub occurred_on: Option<String>,
    /// The index in `Reading::statements` of the report that tells it.
    pub statement: Option<usize>,
    /// The clause that shows it; the trigger's row comes first among the rules.
    pub evidence: Evidence,
    /// The probability that a careful reader would enter it so, 0 to 1.
    pub confidence: f64,
}

json_fields!(Move {
    actor,
    by,
    act,
    recipient,
    issue,
    modality,
    condition,
    due,
    occurred_on,
    statement,
    evidence,
    confidence,
});
