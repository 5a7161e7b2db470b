//! Surnames that Chinese, Korean and Japanese names begin with.
//!
//! In: `zh/surnames.tsv`. Out: the surname at the start of a name. Refuses to know: given
//! names, which any characters may be.

use crate::{Error, lexicon::Rows, shadow::FoldTable};
use std::collections::BTreeMap;

/// The table, by surname.
#[derive(Debug, Clone, Default)]
pub struct Surnames {
    /// Whether each is a Japanese one.
    rows: BTreeMap<String, bool>,
}

impl Surnames {
    pub(crate) fn load(rows: &Rows, fold: &FoldTable) -> Result<Surnames, Error> {
        let mut surnames = BTreeMap::new();
        for row in rows.iter() {
            let is_japanese = match row.cell("kind")? {
                "japanese" => true,
                "chinese" => false,
                other => return Err(row.problem(format!("{other:?} is no kind"))),
            };
            let surname = row.cell("surname")?.chars().map(|c| fold.fold(c)).collect();
            surnames.insert(surname, is_japanese);
        }
        Ok(Surnames { rows: surnames })
    }

    /// Whether `c` alone is a Chinese or Korean surname: 王, 金.
    pub fn is_single(&self, c: char) -> bool {
        self.rows.contains_key(c.encode_utf8(&mut [0; 4]) as &str)
    }

    /// The surname of two or three characters that a name starts with: 高市, 欧阳.
    pub fn long<'n>(&self, name: &'n str) -> Option<&'n str> {
        let mut ends = name.char_indices().map(|(at, c)| at + c.len_utf8());
        let two = ends.nth(1)?;
        let three = ends.next().and_then(|end| name.get(..end));
        three
            .filter(|start| self.rows.contains_key(*start))
            .or_else(|| name.get(..two).filter(|start| self.rows.contains_key(*start)))
    }

    /// Whether a name is a Japanese surname alone: 高市.
    pub fn is_japanese(&self, name: &str) -> bool {
        self.rows.get(name).copied().unwrap_or(false)
    }

    /// The surname of a Japanese name in full: 高市 of 高市早苗.
    pub fn of_whole<'n>(&self, name: &'n str) -> Option<&'n str> {
        let surname = self.long(name)?;
        let given = name[surname.len()..].chars().count();
        let plain = name.chars().all(crate::lang::zh::is_han);
        let japanese = self.rows.get(surname).copied().unwrap_or(false);
        ((1..=3).contains(&given) && plain && japanese).then_some(surname)
    }
}
