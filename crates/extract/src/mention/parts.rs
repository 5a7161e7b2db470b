//! What names and offices are made of.
//!
//! In: `shared/given.tsv` (spellings of one given name), `shared/name-parts.tsv` (words
//! that belong to the family name behind them, and what family names that begin like a
//! given name end with) and `zh/offices.tsv` (words for one office). Out: a name's parts,
//! an office's usual word. Refuses to know: who bears the name.

use super::Sounds;
use crate::{Error, lang::zh, lexicon::Rows, shadow::FoldTable};
use std::collections::BTreeMap;

/// The tables.
#[derive(Debug, Clone, Default)]
pub struct NameParts {
    /// For every spelling of a given name how its usual English form sounds.
    given: BTreeMap<String, String>,
    /// For every particle whether a name may open with it: von, but not de.
    particles: BTreeMap<&'static str, bool>,
    endings: Vec<&'static str>,
    offices: BTreeMap<&'static str, &'static str>,
}

impl NameParts {
    pub(crate) fn load(
        tables: [&Rows; 3],
        sounds: &Sounds,
        fold: &FoldTable,
    ) -> Result<NameParts, Error> {
        let [given, words, offices] = tables;
        let mut parts = NameParts::default();
        for row in given.iter() {
            let name = row.cell("name")?;
            let sound = sounds.of_letters(&name.to_lowercase());
            for spelling in row.list("spellings")?.into_iter().chain([name]) {
                let spelling = spelling.chars().map(|c| fold.fold(c)).collect::<String>();
                parts.given.insert(spelling.to_lowercase(), sound.clone());
            }
        }
        for row in words.iter() {
            let part = row.cell("part")?;
            match row.cell("class")? {
                "opening" => _ = parts.particles.insert(part, true),
                "particle" => _ = parts.particles.insert(part, false),
                "ending" => parts.endings.push(part),
                other => return Err(row.problem(format!("{other:?} is no class"))),
            }
        }
        for row in offices.iter() {
            parts.offices.insert(row.cell("office")?, row.cell("standard")?);
        }
        Ok(parts)
    }

    /// How a given name sounds in its usual form: 沃洛季米尔 as Vladimir.
    pub fn given(&self, spelling: &str) -> Option<&str> {
        self.given.get(spelling).map(String::as_str)
    }

    /// The parts of a name, family name last, particles joined to it: 冯·德莱恩 is one.
    pub fn split<'n>(&self, name: &'n str) -> Vec<String> {
        let points: &[char] = match name.chars().any(zh::is_han) {
            true => &['·'],
            false => &[' ', '-', '–', '.', ',', '·', '\''],
        };
        let is_suffix = |part: &&str| matches!(*part, "jr" | "sr" | "ii" | "iii");
        let words: Vec<&'n str> = name
            .split(points)
            .filter(|part| !part.is_empty() && !is_suffix(part))
            .collect();
        let mut parts: Vec<String> = Vec::new();
        let mut open = String::new();
        for (at, word) in words.iter().enumerate() {
            let joins = self.particles.get(word).is_some_and(|opens| *opens || at > 0);
            open.push_str(word);
            if !joins || at + 1 == words.len() {
                parts.push(std::mem::take(&mut open));
            }
        }
        match parts.as_slice() {
            [whole] if words.len() == 1 => self.unjoined(whole).unwrap_or(parts),
            _ => parts,
        }
    }

    /// The parts of a Chinese spelling that leaves the point out: 杰克沙利文. A family name
    /// that begins like a given name, 安德烈耶夫, stays whole.
    fn unjoined(&self, whole: &str) -> Option<Vec<String>> {
        if self.given.contains_key(whole) || !whole.starts_with(zh::is_han) {
            return None;
        }
        let ends = whole.char_indices().map(|(at, _)| at).skip(2);
        let cut = ends.filter(|at| self.given.contains_key(&whole[..*at])).last()?;
        let family = &whole[cut..];
        let length = family.chars().count();
        let may_go_on =
            length <= 3 && self.endings.iter().any(|ending| family.ends_with(ending));
        (length >= 2 && !may_go_on)
            .then(|| vec![whole[..cut].to_owned(), family.to_owned()])
    }

    /// An office with the usual word for it: 英国外长 for 英国外交大臣.
    pub fn office(&self, words: &str) -> String {
        let ends = words.char_indices().map(|(at, _)| at);
        let found =
            ends.filter_map(|at| Some((at, *self.offices.get(&words[at..])?))).next();
        match found {
            Some((at, standard)) => format!("{}{standard}", &words[..at]),
            None => words.to_owned(),
        }
    }
}
