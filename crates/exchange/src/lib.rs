//! The ledger in the forms that other tools open.
//!
//! In: a ledger, a filter, and the words to tell it in. Out: tables, networks, a calendar,
//! a feed, a timeline, a coded corpus, in other tools' forms. Refuses to know: how the
//! ledger keeps its rows, who asks, the clock. The same ledger gives the same bytes.
//!
//! Heavy dependencies of single forms stay behind this crate's door. A form that is a
//! stream takes `impl Write`; [`beside`] puts it into a file that is never seen half
//! written.

mod atom;
mod beside;
mod days;
mod dna;
mod error;
mod graphml;
mod headline;
mod ical;
pub mod paper;
mod tables;
mod telling;
mod timelinejs;
mod words;
mod xml;

pub use atom::{Feed, Page, atom};
pub use beside::beside;
pub use dna::dna;
pub use error::Error;
pub use graphml::{Network, graphml};
pub use ical::ical;
pub use tables::{Form, List, table, tables};
pub use telling::{Language, Telling};
pub use timelinejs::timelinejs;
