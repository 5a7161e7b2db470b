//! What documents tell together: lineage, one actor per person, one meeting per meeting,
//! one statement and one move however many outlets tell of it.
//!
//! In: readings that were just appended. Out: rows of the tables of `002_resolve.sql`.
//! Refuses to know: how a reading was made, the order in which readings came.
//!
//! Everything here is a function of the readings that stand. [`keys`] notes what a reading
//! is compared by; [`settle`] then looks at what these keys touch and at nothing else:
//! documents that share marks ([`lineage`]), name forms of one sound ([`actors`]),
//! accounts of one day ([`meetings`], [`joins`]). Each of these is settled as a whole, so
//! adding in any order ends in the same rows.

pub mod actors;
mod counts;
pub(crate) mod day;
mod descent;
mod joins;
mod keys;
mod likeness;
pub mod lineage;
mod meetings;
mod names;
mod origins;

pub(crate) use counts::all as count_all;
pub(crate) use keys::write as write_keys;
pub(crate) use likeness::Pairs;

use joins::Table;
use rusqlite::{Connection, Result};
use std::collections::BTreeSet;

/// What an entity is called, for comparing it with those of other documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Name {
    /// The name in one script.
    pub folded: String,
    /// How it sounds, so that spellings of one foreign name are alike; empty for none.
    pub sound: String,
    /// The strings that name it in the text, in one script and in the entity's order.
    pub surfaces: Vec<String>,
    /// Its offices, likewise, without the name of the party before them.
    pub offices: Vec<String>,
}

/// Readings that came and went in one transaction.
#[derive(Debug, Default)]
pub(crate) struct Change {
    /// Readings whose keys were just written.
    pub fresh: Vec<i64>,
    /// Readings that no longer stand.
    pub gone: Vec<i64>,
}

impl Change {
    /// A reading came, in the place of another where there was one.
    pub fn replace(&mut self, old: Option<i64>, new: i64) {
        match old.and_then(|old| self.fresh.iter().position(|fresh| *fresh == old)) {
            // It came and went in one transaction: nothing has seen it, only its keys are.
            Some(at) => self.gone.push(self.fresh.remove(at)),
            None => self.gone.extend(old),
        }
        self.fresh.push(new);
    }
    /// A reading that stood alone can be compared now.
    pub fn again(&mut self, reading: i64) {
        self.fresh.push(reading);
    }
}

/// Brings every table up to date after a change.
pub(crate) fn settle(at: &Connection, change: &Change) -> Result<()> {
    let mut meetings = meetings::Touched::default();
    let mut statements = BTreeSet::new();
    let mut moves = BTreeSet::new();
    let counted = names::counted(at, change)?;
    // What a reading that is gone was one with is settled as if it had never been.
    for &reading in &change.gone {
        statements.extend(joins::remove(at, Table::Statements, reading)?);
        moves.extend(joins::remove(at, Table::Moves, reading)?);
        meetings::remove(at, reading, &mut meetings)?;
    }
    let relatives = origins::settle(at, change)?;
    for &reading in &relatives.apart {
        statements.extend(joins::dissolve(at, Table::Statements, reading)?);
        moves.extend(joins::dissolve(at, Table::Moves, reading)?);
    }
    for &reading in change.fresh.iter().chain(&relatives.together) {
        statements.extend(joins::accounts_of(at, Table::Statements, reading)?);
        moves.extend(joins::accounts_of(at, Table::Moves, reading)?);
    }
    for &reading in &change.fresh {
        meetings::touch(at, reading, &mut meetings)?;
    }
    names::settle(at, &change.fresh, &counted)?;
    for &reading in &change.gone {
        keys::remove(at, reading)?;
    }
    let kin = |reading| descent::kin(at, reading);
    joins::settle(at, Table::Statements, &statements, &kin)?;
    joins::settle(at, Table::Moves, &moves, &kin)?;
    meetings::settle(at, &meetings)
}
