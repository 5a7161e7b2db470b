//! How names sound, whatever letters they are written with.
//!
//! In: `shared/letters.tsv` (what Latin and Cyrillic letters stand for), `zh/sounds.tsv`
//! (Chinese characters that stand for another sound in names than their own), the
//! syllables, and `zh/variants.tsv` (characters written for others). Out: a name's sounds in one alphabet: consonants `p t k h s c l n m f` and
//! vowels `a e i o u`; 里亚布科夫, Ryabkov and Рябков are `liapkof`, `lapkof`, `lapkof`.
//! Refuses to know: whose names they are.

use super::Syllables;
use crate::{
    Error,
    lexicon::{Rows, TsvRow},
};
use std::collections::BTreeMap;

/// Chinese initials and the sound that they stand for; 瓦 spells *va* as often as *wa*.
const INITIALS: &[(&str, &str)] = &[
    ("b", "p"),
    ("p", "p"),
    ("m", "m"),
    ("f", "f"),
    ("w", "f"),
    ("d", "t"),
    ("t", "t"),
    ("n", "n"),
    ("l", "l"),
    ("r", "l"),
    ("g", "k"),
    ("k", "k"),
    ("h", "h"),
    ("j", "c"),
    ("q", "c"),
    ("zh", "c"),
    ("ch", "c"),
    ("z", "s"),
    ("c", "s"),
    ("s", "s"),
    ("x", "s"),
    ("sh", "s"),
    ("y", ""),
    ("", ""),
];
/// Chinese rimes without their nasal end, and the vowel that they stand for.
const RIMES: &[(&str, &str)] = &[
    ("a", "a"),
    ("ia", "a"),
    ("ua", "a"),
    ("ai", "e"),
    ("uai", "a"),
    ("e", "e"),
    ("ei", "e"),
    ("ie", "e"),
    ("ue", "e"),
    ("ve", "e"),
    ("er", ""),
    ("o", "o"),
    ("uo", "o"),
    ("ao", "o"),
    ("iao", "o"),
    ("ou", "o"),
    ("io", "o"),
    ("u", "u"),
    ("iu", "u"),
    ("iou", "u"),
    ("i", "i"),
    ("ui", "i"),
    ("uei", "i"),
    ("v", "i"),
];

/// What letters and characters stand for.
#[derive(Debug, Clone, Default)]
pub struct Sounds {
    letters: BTreeMap<String, &'static str>,
    characters: BTreeMap<char, &'static str>,
    variants: BTreeMap<char, char>,
    longest: usize,
}

impl Sounds {
    pub(crate) fn load(
        letters: &Rows,
        characters: &Rows,
        variants: &Rows,
    ) -> Result<Sounds, Error> {
        let mut sounds = Sounds::default();
        for row in letters.iter() {
            let word = row.cell("letters")?;
            sounds.longest = sounds.longest.max(word.chars().count());
            sounds.letters.insert(word.to_owned(), sound(&row)?);
        }
        for row in characters.iter() {
            let character = one(&row, "character")?;
            sounds.characters.insert(character, sound(&row)?);
        }
        for row in variants.iter() {
            let character = one(&row, "character")?;
            sounds.variants.insert(character, one(&row, "standard")?);
        }
        Ok(sounds)
    }

    /// The character that another one is written for in names: 篪 for 箎, 边 for 辺.
    pub fn standard(&self, c: char) -> char {
        self.variants.get(&c).copied().unwrap_or(c)
    }

    /// The sounds of a Chinese spelling; a character that spells no name stands for itself.
    pub fn of_characters(&self, part: &str, syllables: &Syllables) -> String {
        let mut sounds = String::new();
        for c in part.chars() {
            match (self.characters.get(&c), syllables.sound(c)) {
                (Some(own), _) => sounds.push_str(own),
                (None, Some((initial, rime))) => {
                    push_syllable(initial, rime, &mut sounds)
                }
                (None, None) => sounds.push(c),
            }
        }
        // 安娜 and 阿娜; 特德 has both its consonants.
        sounds.replace("nn", "n")
    }

    /// The sounds of a Latin or Cyrillic spelling, in small letters. *r* and *l* before no
    /// vowel are left out, as 谢尔曼 and 舍曼 differ in them, and *h* likewise.
    pub fn of_letters(&self, part: &str) -> String {
        let part: Vec<char> = part.chars().collect();
        let mut sounds = String::new();
        let mut at = 0;
        while at < part.len() {
            let longest = self.longest.min(part.len() - at);
            let unit = (1..=longest).rev().find_map(|length| {
                let word: String = part[at..at + length].iter().collect();
                self.letters.get(&word).map(|sound| (*sound, length))
            });
            let (sound, length) = unit.unwrap_or(("", 1));
            sounds.push_str(sound);
            at += length;
        }
        let whole: Vec<char> = without_twins(&sounds).chars().collect();
        let heard = |at: usize| {
            let open = whole.get(at + 1).copied().is_some_and(is_vowel);
            at == 0 || open || !matches!(whole[at], 'l' | 'h')
        };
        let heard: String =
            (0..whole.len()).filter(|&at| heard(at)).map(|at| whole[at]).collect();
        without_twins(&heard)
    }
}

/// The consonants of a sound, those that desks exchange as one: spellings of one name have
/// the same frame.
pub fn frame(sounds: &str) -> String {
    sounds
        .chars()
        .filter(|c| !is_vowel(*c))
        .map(|c| match c {
            'k' | 'h' | 's' | 'c' => 'k',
            'm' => 'n',
            other => other,
        })
        .collect()
}

fn one(row: &TsvRow, column: &str) -> Result<char, Error> {
    let mut characters = row.cell(column)?.chars();
    match (characters.next(), characters.next()) {
        (Some(character), None) => Ok(character),
        _ => Err(row.problem(format!("{column:?} is one character"))),
    }
}

fn sound(row: &TsvRow) -> Result<&'static str, Error> {
    let sound = row.cell("sound")?;
    match sound.chars().all(|c| "ptkhsclnmfaeiou".contains(c)) {
        true => Ok(sound),
        false => Err(row.problem(format!("{sound:?} is not of the sounds of names"))),
    }
}

fn push_syllable(initial: &str, rime: &str, sounds: &mut String) {
    let of = |table: &[(&str, &'static str)], key: &str| {
        table.iter().find(|(name, _)| *name == key).map_or("", |(_, sound)| *sound)
    };
    let bare = rime.trim_end_matches('g').trim_end_matches('n');
    sounds.push_str(of(INITIALS, initial));
    sounds.push_str(of(RIMES, bare));
    if bare.len() < rime.len() {
        sounds.push('n');
    }
}

/// Doubled consonants once: Muller, Schmidt.
fn without_twins(sounds: &str) -> String {
    let mut kept = String::new();
    for c in sounds.chars() {
        if is_vowel(c) || !kept.ends_with(c) {
            kept.push(c);
        }
    }
    kept
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}
