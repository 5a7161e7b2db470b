//! How documents derive from each other.
//!
//! In: a sketch of each body and what each document states of itself. Out: the documents
//! that it derives from, how, and how sure that is. Refuses to know: files, tables, the
//! order in which documents came.
//!
//! [`Sketch::of`] keeps a few hundred marks of a body, [`Sketch::tokens`] some dozens of
//! them under which documents that may be kin are looked up, [`stock`] tells which of these
//! are of passages that every piece of a series has, to be left out of the sketches
//! ([`Sketch::without`]), [`overlap`] compares two sketches, [`precedes`] says which of two
//! documents was first, [`derivation`] what the later one is of the earlier, [`parents`]
//! chooses among all that might be, and [`break_cycles`] makes sure that nothing comes from
//! itself.

mod address;
mod derive;
mod direction;
mod facts;
mod overlap;
mod parents;
#[cfg(test)]
mod sample;
mod shingles;
mod sketch;
mod stock;

pub use address::normal_address;
pub use derive::{Derivation, Kind, derivation};
pub use direction::{Precedence, Reason, precedes};
pub use facts::Facts;
pub use overlap::{Overlap, overlap};
pub use parents::{Body, Parent, break_cycles, parents, parents_without};
pub use sketch::Sketch;
pub use stock::{FEW, stock};

/// A token that more documents share than this is a stock phrase (a rights notice, an
/// invitation to subscribe) and finds no kin.
pub const COMMON_TOKEN: usize = 256;
