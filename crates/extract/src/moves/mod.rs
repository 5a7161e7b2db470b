//! Statements in, moves out: who does what to whom, on which issue.

use crate::{Error, Page, lexicon::TsvRow};
use record::{Act, Entity, Mention, Move, Rule, Statement, Timex};

/// A word that shows an act: 要求, 拒绝.
#[derive(Debug, Clone)]
pub struct Trigger {
    /// The words.
    pub text: String,
    /// The PLOVER type that it shows.
    pub act: Act,
    /// The row's address.
    pub rule: Rule,
}

impl Trigger {
    pub(crate) fn read(row: &TsvRow) -> Result<Trigger, Error> {
        let act = row.cell("act")?;
        let Some(act) = Act::from_code(act) else {
            return Err(row.problem(format!("{act:?} is no PLOVER type")));
        };
        Ok(Trigger { text: row.cell("trigger")?.to_owned(), act, rule: row.rule() })
    }
}

/// Finds acts and codes them.
pub(crate) fn code_moves(
    _page: &Page,
    _entities: &[Entity],
    _mentions: &[Mention],
    _timexes: &[Timex],
    _statements: &[Statement],
) -> Vec<Move> {
    Vec::new()
}
