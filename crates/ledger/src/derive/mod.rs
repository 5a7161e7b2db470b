//! What follows from the entries: positions, open items, disputes.
//!
//! In: what the ledger's entries say, as plain values. Out: what follows, each line with
//! the entries that it rests on. Refuses to know: SQL, the clock, what a word means.
//!
//! The rules are tables in `rules/`, one example in plain words a row, for an expert to
//! read and argue with: [`stances`](positions) say what an act tells of where a side
//! stands, `changes` what follows when one stance comes after another, `needs` how sure
//! the ledger must be before it says so; `open`, `closings`, `deeds` and `hedges` what is
//! still open and what closes it.

pub(crate) mod history;
pub(crate) mod open;
pub(crate) mod planned;
pub(crate) mod positions;
pub(crate) mod table;
