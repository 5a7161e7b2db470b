//! Views of the ledger: what a person reads.
//!
//! In: rows of the ledger, made ready as a [`Briefing`]. Out: Markdown, a self-contained
//! HTML page, a timeline picture in SVG. Refuses to know: files, arguments, the clock, how
//! a row was read. The same input gives the same bytes.

mod briefing;
pub mod pages;
mod passage;
mod passages;
mod pictures;
mod publish;
pub mod server;
mod strings;
mod timeline;
mod tone;
mod when;
mod words;

pub use briefing::{
    Account, Block, Briefing, Column, DocumentLine, Issue, Lineage, Link, MeetingLine,
    MoveLine, OpenItem, Position, Role, Run, Speaker, StatementLine, Style, markdown,
    outline, page,
};
pub use passage::Passage;
pub use passages::Passages;
pub use publish::{Broken, Publication};
pub use timeline::{Dot, Drawing, Ring, draw};
pub use tone::Tone;
pub use when::{When, days_from};
pub use words::Language;
