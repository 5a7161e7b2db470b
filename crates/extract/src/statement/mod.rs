//! Mentions in, statements out: source, cue, content.

use crate::{Error, Page, lexicon::TsvRow};
use record::{Entity, Mention, Rule, Statement, Timex};

/// A verb that reports: 表示, 说.
#[derive(Debug, Clone)]
pub struct Cue {
    /// The words.
    pub text: String,
    /// What it does.
    pub class: String,
    /// The row's address.
    pub rule: Rule,
}

impl Cue {
    pub(crate) fn read(row: &TsvRow) -> Result<Cue, Error> {
        Ok(Cue {
            text: row.cell("cue")?.to_owned(),
            class: row.cell("class")?.to_owned(),
            rule: row.rule(),
        })
    }
}

/// Finds reported speech and whose it is.
pub(crate) fn attribute(
    _page: &Page,
    _entities: &[Entity],
    _mentions: &[Mention],
    _timexes: &[Timex],
) -> Vec<Statement> {
    Vec::new()
}
