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
//! Joining what several documents tell of one thing (lineage, one meeting per meeting,
//! matched statements) belongs in a room of its own, `resolve/`, between `append` and
//! `query`: it reads the rows of many readings and appends rows that say which belong
//! together. Until it stands, an entry has the account of one document, and actors are one
//! where the gazetteer knows them as one, or where name, party and type agree.

mod append;
mod derive;
mod dump;
mod error;
mod folded;
mod id;
mod open;
mod query;
mod rows;

pub use append::{Entry, Given, Outcome, Read, Standing};
pub use derive::disputes::DisputeKind;
pub use derive::open::{OpenKind, OpenStatus};
pub use derive::positions::Change;
pub use error::Error;
pub use open::{Ledger, VERSION};
pub use query::{
    Account, Actor, Compared, DisputeLine, DisputedValue, DocumentLine, Event, EventKind,
    Filter, Lineage, MeetingLine, MoveLine, OpenLine, PositionLine, PositionStep,
    RoleSpan, SearchHit, StatementLine, SurfaceCount,
};
