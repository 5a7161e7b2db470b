//! Sentences in, mentions and the entities they mean out.

use crate::{Error, Page, lexicon::TsvRow};
use record::{Entity, Mention, Rule};

/// An office: 外长, 新闻秘书.
#[derive(Debug, Clone)]
pub struct Title {
    /// The words.
    pub text: String,
    /// `leaders`, `ministers`, `deputies`, `officials`, `spokesperson`, `expert`,
    /// `journalist` or `private`.
    pub rank: String,
    /// The row's address.
    pub rule: Rule,
}

impl Title {
    pub(crate) fn read(row: &TsvRow) -> Result<Title, Error> {
        Ok(Title {
            text: row.cell("title")?.to_owned(),
            rank: row.cell("rank")?.to_owned(),
            rule: row.rule(),
        })
    }
}

/// Finds who is named, where, and which mentions mean one actor.
pub(crate) fn find_mentions(_page: &Page) -> (Vec<Entity>, Vec<Mention>) {
    (Vec::new(), Vec::new())
}
