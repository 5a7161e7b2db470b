//! The nouns of the ledger.
//!
//! In: nothing. Out: the types that every other crate passes around. Refuses to know:
//! how a record was read, where it is kept, how it is shown.
//!
//! Terms are the field's own: quotations as in PARC 3.0 and PolNeAR (source, cue,
//! content), acts as in PLOVER, time expressions as in TIMEX3 (ISO 24617-1), parties as
//! ISO 3166-1 alpha-3, languages as BCP 47.
//!
//! ```
//! use record::Span;
//! let text = "里亚布科夫说，莫斯科需要答复。";
//! let speaker = Span::new(0, "里亚布科夫".len());
//! assert_eq!(speaker.of(text), "里亚布科夫");
//! ```

#[macro_use]
mod json;

mod act;
mod actor;
mod article;
mod document;
mod evidence;
mod meeting;
mod moves;
mod reading;
mod span;
mod statement;
mod timex;

pub use act::{Act, Modality};
pub use actor::{ActorType, Entity, EntityId, Mention, MentionForm, MentionId, Role};
pub use article::{Article, Form, Link, Paragraph, ParagraphKind, Published, Source};
pub use document::{Document, DocumentId};
pub use evidence::{Evidence, Rule};
pub use meeting::{Format, Level, Meeting, Status};
pub use moves::{Condition, Move};
pub use reading::{Doubt, Reading, Sentence};
pub use span::Span;
pub use statement::{Kind, Statement};
pub use timex::{Anchor, Timex, TimexKind};
