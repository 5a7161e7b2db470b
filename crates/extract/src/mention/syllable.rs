//! The characters that foreign names are written with, and how alike two names sound.
//!
//! In: `zh/syllables.tsv`, one character and its syllable a row. Out: whether a character
//! is one of them, and a distance between names that knows 普京 from 普丁 by one initial.
//! Refuses to know: whose names they are.

use crate::{
    Error,
    lexicon::{Rows, TsvRow},
};

/// One character of the transliteration tables: 里, `l` and `i`.
#[derive(Debug, Clone, Copy)]
struct Syllable {
    character: char,
    initial: &'static str,
    rime: &'static str,
    /// Whether it is a small word as often: it counts beside an interpunct only.
    is_word: bool,
}

/// The table, by character.
#[derive(Debug, Clone, Default)]
pub struct Syllables {
    rows: Vec<Syllable>,
}

/// Initials that the tables of different desks write for one sound.
const INITIALS: &[&[&str]] = &[
    &["b", "p", "m"],
    &["d", "t"],
    &["g", "k", "h"],
    &["l", "r", "n"],
    &["zh", "j", "z", "d"],
    &["ch", "q", "c", "j"],
    &["sh", "x", "s"],
    &["f", "w", "h", "v", "b"],
    &["", "y", "w"],
];
/// Rimes that are written for one sound, without their nasal ends.
const RIMES: &[&[&str]] = &[
    &["a", "ia", "ua", "ai"],
    &["o", "uo", "u", "ou", "ao", "e"],
    &["e", "ie", "ei", "ai", "i", "v", "ve"],
    &["i", "ui", "ei", "u"],
    &["iu", "u", "iou"],
    &["ia", "u", "e", "i"],
];
/// What a syllable costs that only one of two names has: 亚 in 里亚布科夫.
const EXTRA: f32 = 0.5;

impl Syllables {
    pub(crate) fn load(rows: &Rows) -> Result<Syllables, Error> {
        let mut syllables =
            rows.iter().map(|row| read(&row)).collect::<Result<Vec<_>, Error>>()?;
        syllables.sort_by_key(|row| row.character);
        Ok(Syllables { rows: syllables })
    }

    fn of(&self, c: char) -> Option<Syllable> {
        let at = self.rows.binary_search_by_key(&c, |row| row.character).ok()?;
        Some(self.rows[at])
    }

    /// The initial and the final of a character: `l` and `i` of 里.
    pub(super) fn sound(&self, c: char) -> Option<(&'static str, &'static str)> {
        self.of(c).map(|row| (row.initial, row.rime))
    }

    /// Whether foreign names are written with `c`.
    pub fn is_in_names(&self, c: char) -> bool {
        self.of(c).is_some_and(|row| !row.is_word)
    }

    /// Whether `c` may stand in a part of a name beside an interpunct.
    pub fn is_in_parts(&self, c: char) -> bool {
        self.of(c).is_some()
    }

    /// Whether all characters are of foreign names.
    pub fn spell(&self, name: &str) -> bool {
        name.chars().all(|c| self.is_in_parts(c))
    }

    /// How far two names are from each other, 0 for the same sounds to 1; by the longer
    /// one's length.
    pub fn distance(&self, a: &str, b: &str) -> f32 {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let longest = a.len().max(b.len());
        if longest == 0 || longest > 24 {
            return if a == b { 0.0 } else { 1.0 };
        }
        let mut row: Vec<f32> = (0..=b.len()).map(|at| at as f32 * EXTRA).collect();
        for (i, &x) in a.iter().enumerate() {
            let mut corner = row[0];
            row[0] = (i + 1) as f32 * EXTRA;
            for (j, &y) in b.iter().enumerate() {
                let swapped = corner + self.apart(x, y);
                corner = row[j + 1];
                row[j + 1] = swapped.min(corner + EXTRA).min(row[j] + EXTRA);
            }
        }
        row[b.len()] / longest as f32
    }

    fn apart(&self, x: char, y: char) -> f32 {
        if x == y {
            return 0.0;
        }
        let (Some(x), Some(y)) = (self.of(x), self.of(y)) else { return 1.0 };
        let step = |same: bool, near: bool, close: f32| match (same, near) {
            (true, _) => 0.0,
            (false, true) => close,
            (false, false) => 0.5,
        };
        let initial =
            step(x.initial == y.initial, share(INITIALS, x.initial, y.initial), 0.25);
        let rime = step(x.rime == y.rime, alike(x.rime, y.rime), 0.2);
        initial + rime
    }
}

fn read(row: &TsvRow) -> Result<Syllable, Error> {
    let mut characters = row.cell("character")?.chars();
    let (Some(character), None) = (characters.next(), characters.next()) else {
        return Err(row.problem("a row is of one character".to_owned()));
    };
    let is_word = match row.cell("use")? {
        "name" => false,
        "part" => true,
        other => return Err(row.problem(format!("{other:?} is no use of a character"))),
    };
    Ok(Syllable {
        character,
        initial: row.cell("initial")?,
        rime: row.cell("final")?,
        is_word,
    })
}

fn share(groups: &[&[&str]], x: &str, y: &str) -> bool {
    groups.iter().any(|group| group.contains(&x) && group.contains(&y))
}

fn alike(x: &str, y: &str) -> bool {
    let bare = |rime: &str| -> String {
        rime.trim_end_matches('g').trim_end_matches('n').trim_end_matches('r').to_owned()
    };
    let (x, y) = (bare(x), bare(y));
    x == y || share(RIMES, &x, &y)
}

#[cfg(test)]
mod tests {
    use crate::{Ablation, Agenda, lexicon::Lexicon};

    #[test]
    fn spellings_of_one_name_are_near_and_other_names_far() {
        let lexicon = Lexicon::load(&Agenda::empty(), Ablation::default())
            .expect("the tables are sound");
        let near = [
            ("普京", "普丁"),
            ("普丁", "蒲亭"),
            ("泽连斯基", "泽伦斯基"),
            ("里亚布科夫", "瑞博科夫"),
            ("季莫费耶夫", "季莫菲耶夫"),
            ("川普", "川普"),
        ];
        for (a, b) in near {
            let apart = lexicon.syllables.distance(a, b);
            assert!(apart <= 0.26, "{a} {b}: {apart}");
        }
        for (a, b) in [("沙利文", "布林肯"), ("拉夫罗夫", "里亚布科夫"), ("拜登", "普京")]
        {
            let apart = lexicon.syllables.distance(a, b);
            assert!(apart > 0.26, "{a} {b}: {apart}");
        }
    }
}
