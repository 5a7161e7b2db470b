//! The ledger: one SQLite file that is only ever appended to.
//!
//! In: documents and their readings. Out: rows that rest on evidence, and a canonical
//! dump. Refuses to know: how a reading was made, files other than its own, the clock.
//!
//! [`Ledger::append`] stores what was read of one document; a newer reading supersedes the
//! older one and never alters it. The queries ([`Ledger::statements`] and its sisters)
//! see the reading of each document that stands. The tables are described in
//! `migrations/`, so that people can ask them with their own tools.
//!
//! [`resolve`] joins what several documents tell of one thing, in the transaction that
//! appends them: lineage, actors, meetings, statements, moves. An entry has an account of
//! every document that tells of it.

mod append;
mod derive;
mod dump;
mod error;
mod folded;
mod id;
mod open;
mod query;
pub mod resolve;
mod rows;
mod verify;

pub use append::{Entry, Given, Outcome, Read, Standing};
pub use derive::disputes::DisputeKind;
pub use derive::open::{OpenKind, OpenStatus};
pub use derive::positions::Change;
pub use error::Error;
pub use open::{Ledger, VERSION};
pub use query::{
    Account, Actor, Carried, ChangeLine, Compared, Coverage, Derived, Difference,
    DisputeLine, DisputedValue, DocumentLine, Event, EventKind, Filter, Lineage, Loss,
    Mark, MeetingLine, Merged, MoveLine, MovePlace, Named, Naming, OpenLine,
    PositionLine, PositionStep, RoleSpan, Said, SearchHit, SourceLine, StandingLine,
    StandingStep, StatementLine, StripMonth, SurfaceCount, Version, Voice,
};
pub use resolve::Name;
pub use verify::Fault;
