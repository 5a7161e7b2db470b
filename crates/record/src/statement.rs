//! Reported speech and writing.

use crate::{EntityId, Evidence, Span};

codes! {
    /// How much of the content stands in quotation marks (PARC 3.0).
    Kind {
        /// All of it.
        Direct = "direct",
        /// None of it.
        Indirect = "indirect",
        /// Part of it.
        Mixed = "mixed",
    }
}

/// Speech or writing that the text attributes to somebody: source, cue, content.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Whose words they are.
    pub speaker: EntityId,
    /// The words that name the speaker nearest the cue; a pronoun as it stands.
    pub speaker_surface: Option<Evidence>,
    /// The verb that reports: 表示, 说; none for words that only continue a speaker's.
    pub cue: Option<Evidence>,
    /// Direct, indirect or mixed.
    pub kind: Kind,
    /// What was said, in one or more parts, without the quotation marks around the whole.
    pub content: Vec<Evidence>,
    /// To whom: 记者, 普京.
    pub addressee: Option<Evidence>,
    /// Where it was said: 记者会, 电视采访.
    pub occasion: Option<Evidence>,
    /// When it was said, ISO 8601.
    pub said_on: Option<String>,
    /// Through whom it came, nearest first: outlets and agencies.
    pub chain: Vec<EntityId>,
    /// From the source to the end of the content.
    pub span: Span,
    /// The probability that a careful reader would enter it so, 0 to 1.
    pub confidence: f64,
}

json_fields!(Statement {
    speaker,
    speaker_surface,
    cue,
    kind,
    content,
    addressee,
    occasion,
    said_on,
    chain,
    span,
    confidence,
});
