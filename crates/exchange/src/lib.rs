//! The ledger in the forms that other tools open.
//!
//! In: a ledger and what is asked of it. Out: files and streams in other tools' forms.
//! Refuses to know: how the ledger keeps its rows, who asks, the clock.
//!
//! Heavy dependencies of single forms stay behind this crate's door.

pub mod paper;
