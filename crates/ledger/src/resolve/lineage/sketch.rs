//! A few hundred marks that stand for a body of text.
//!
//! In: a body folded to one script. Out: its [`Sketch`]. Refuses to know: what the words
//! mean, punctuation, spaces, paragraphs, the width of digits.
//!
//! A unit is one Chinese or Japanese character, or one word or number of other writing. A
//! shingle is a run of units that weighs [`SHINGLE`], a word weighing as much as two
//! characters. Every shingle has a hash that is the same for ever; those below a threshold
//! are the marks. The threshold depends on the length only by halving, so a short text's
//! marks, thinned to the long one's threshold, are what the long one would have kept of it.
//!
//! Tokens are chosen by winnowing (Schleimer, Wilkerson, Aiken 2003): the least hash of
//! every window of shingles. A run of text as long as a window that stands in two documents
//! gives both the same token. A wider window's choices are among a narrower one's, so texts
//! of any length meet.

use super::overlap::shared_places;
use std::collections::{BTreeSet, VecDeque};

/// How much a shingle weighs: eight Chinese characters, or four words.
pub const SHINGLE: u32 = 8;
/// As many marks as a text may have before its threshold is halved.
const COMMON: usize = 320;
/// The level at which the limit is [`LONG`]: one shingle in four is a mark.
const COMMON_LEVEL: u8 = 2;
/// As many marks as any text may have.
const LONG: usize = 1024;
/// As many tokens as any text may have.
const MOST_TOKENS: usize = 512;
/// Sketches written in another way begin with another number.
const VERSION: u8 = 1;
const HEAD: usize = 10;

/// What is kept of a body to compare it by: about 200 marks of an article of 1,200
/// characters, in text order, and some dozens of tokens to look it up by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sketch {
    /// One shingle in two to the power of this is a mark.
    level: u8,
    /// What the body weighs: its Chinese characters, and twice its words.
    weight: u32,
    /// Marks in text order, each once, where it first stands.
    marks: Vec<u32>,
    /// `(mark, place among the marks)`, sorted.
    sorted: Vec<(u32, u32)>,
    tokens: Vec<u32>,
    /// How many marks stand before each token.
    places: Vec<u16>,
}

impl Sketch {
    /// Sketches a body: its headings and paragraphs, in order, folded to Simplified, one
    /// a line.
    pub fn of(folded_body: &str) -> Sketch {
        let units = units(folded_body);
        let weight = units.iter().fold(0u32, |sum, unit| sum.saturating_add(unit.weight));
        let shingles = shingles(&units);
        let level = level_for(&shingles);
        let limit = limit_of(level);
        let chosen = tokens(&shingles);
        let mut next = chosen.iter().peekable();
        let (mut marks, mut places) = (Vec::new(), Vec::new());
        let mut seen = Seen::new();
        for (at, &hash) in shingles.iter().enumerate() {
            if next.next_if(|&&token| token == at).is_some() {
                places.push(marks.len() as u16);
            }
            let mark = mark_of(hash);
            let is_mark = u64::from(mark) < limit && marks.len() < LONG;
            if is_mark && seen.is_new(mark) {
                marks.push(mark);
            }
        }
        let tokens = chosen.into_iter().map(|at| token_of(shingles[at])).collect();
        Sketch { level, weight, tokens, places, ..Sketch::of_marks(marks) }
    }

    fn of_marks(marks: Vec<u32>) -> Sketch {
        let mut sorted: Vec<(u32, u32)> =
            marks.iter().zip(0..).map(|(&mark, at)| (mark, at)).collect();
        sorted.sort_unstable();
        Sketch { marks, sorted, ..Sketch::default() }
    }

    /// The sketch without the passages around some tokens: those that [`super::stock`]
    /// finds. Every mark goes with the token that is nearest.
    pub fn without(&self, stock: &BTreeSet<u32>) -> Sketch {
        if !self.tokens.iter().any(|token| stock.contains(token)) {
            return self.clone();
        }
        let mut marks = Vec::with_capacity(self.marks.len());
        let mut token = 0;
        for (at, &mark) in self.marks.iter().enumerate() {
            let middle = |token: usize| -> Option<usize> {
                let next = self.places.get(token + 1)?;
                Some((usize::from(self.places[token]) + usize::from(*next)) / 2)
            };
            while middle(token).is_some_and(|middle| middle <= at) {
                token += 1;
            }
            if !stock.contains(&self.tokens[token]) {
                marks.push(mark);
            }
        }
        let kept = marks.len() as f64 / self.marks.len().max(1) as f64;
        let tokens = self.tokens.iter().zip(&self.places);
        let (tokens, places) = tokens.filter(|(token, _)| !stock.contains(token)).unzip();
        Sketch {
            level: self.level,
            weight: (f64::from(self.weight) * kept) as u32,
            tokens,
            places,
            ..Sketch::of_marks(marks)
        }
    }

    /// What documents that share text with this one are looked up by: any run of about 60
    /// characters that two articles of common length share gives both a token.
    pub fn tokens(&self) -> &[u32] {
        &self.tokens
    }

    /// The marks in text order.
    pub fn marks(&self) -> &[u32] {
        &self.marks
    }

    /// How long the body is: its Chinese characters, and twice its words.
    pub fn weight(&self) -> u32 {
        self.weight
    }

    pub(super) fn level(&self) -> u8 {
        self.level
    }

    /// `(mark, place)` of the marks below the threshold of `level`, sorted by mark.
    pub(super) fn sorted_at(&self, level: u8) -> &[(u32, u32)] {
        let limit = limit_of(level);
        let end = self.sorted.partition_point(|&(mark, _)| u64::from(mark) < limit);
        &self.sorted[..end]
    }

    /// The marks that another sketch has as well, at the threshold of both.
    pub(super) fn shared_with(&self, other: &Sketch) -> Vec<u32> {
        let level = self.level.max(other.level);
        let places = shared_places(self.sorted_at(level), other.sorted_at(level));
        places.into_iter().map(|(place, _)| self.marks[place as usize]).collect()
    }

    /// The sketch as it is stored: a head, four bytes a mark, six a token.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes =
            Vec::with_capacity(HEAD + 4 * self.marks.len() + 6 * self.tokens.len());
        bytes.extend([VERSION, self.level]);
        bytes.extend(self.weight.to_le_bytes());
        bytes.extend((self.marks.len() as u16).to_le_bytes());
        bytes.extend((self.tokens.len() as u16).to_le_bytes());
        for word in self.marks.iter().chain(&self.tokens) {
            bytes.extend(word.to_le_bytes());
        }
        self.places.iter().for_each(|place| bytes.extend(place.to_le_bytes()));
        bytes
    }

    /// Reads a stored sketch; none where the bytes are damaged or of another version.
    pub fn from_bytes(bytes: &[u8]) -> Option<Sketch> {
        let (head, rest) = bytes.split_at_checked(HEAD)?;
        let [VERSION, level @ 0..=31, w0, w1, w2, w3, m0, m1, t0, t1] = *head else {
            return None;
        };
        let weight = u32::from_le_bytes([w0, w1, w2, w3]);
        let (marks, tokens) =
            (u16::from_le_bytes([m0, m1]), u16::from_le_bytes([t0, t1]));
        let (marks, tokens) = (usize::from(marks), usize::from(tokens));
        if rest.len() != 4 * marks + 6 * tokens {
            return None;
        }
        let (words, places) = rest.split_at(4 * (marks + tokens));
        let mut words: Vec<u32> = words
            .chunks_exact(4)
            .map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]]))
            .collect();
        let places: Vec<u16> = places
            .chunks_exact(2)
            .map(|place| u16::from_le_bytes([place[0], place[1]]))
            .collect();
        let tokens = words.split_off(marks);
        let limit = limit_of(level);
        let is_low = words.iter().all(|&mark| u64::from(mark) < limit);
        let sketch = Sketch { level, weight, tokens, places, ..Sketch::of_marks(words) };
        let is_set = sketch.sorted.windows(2).all(|pair| pair[0].0 < pair[1].0);
        (is_low && is_set && sketch.places.is_sorted()).then_some(sketch)
    }
}

/// Which marks were seen: a table twice as large as there are marks.
struct Seen {
    places: Vec<u32>,
    has_zero: bool,
}

impl Seen {
    fn new() -> Seen {
        // There are never more than LONG marks, so a place is always free.
        Seen { places: vec![0; 2 * LONG], has_zero: false }
    }
    fn is_new(&mut self, mark: u32) -> bool {
        if mark == 0 {
            return !std::mem::replace(&mut self.has_zero, true);
        }
        let last = self.places.len() - 1;
        let mut at = (mark.wrapping_mul(0x9e37_79b1) >> 7) as usize & last;
        while self.places[at] != 0 {
            if self.places[at] == mark {
                return false;
            }
            at = (at + 1) & last;
        }
        self.places[at] = mark;
        true
    }
}

struct Unit {
    hash: u64,
    weight: u32,
}

/// The characters and words of a text; whatever is neither letter nor digit is dropped.
fn units(text: &str) -> Vec<Unit> {
    let mut units = Vec::with_capacity(text.len() / 3);
    let mut word: Option<u64> = None;
    let mut is_number = false;
    for c in text.chars().map(narrow) {
        let goes_on = c.is_alphanumeric() && !is_ideograph(c);
        if word.is_some() && (!goes_on || c.is_numeric() != is_number) {
            units.extend(word.take().map(|hash| Unit { hash, weight: 2 }));
        }
        if goes_on {
            is_number = c.is_numeric();
            for lower in c.to_lowercase() {
                word = Some(mix(word.unwrap_or(1).rotate_left(5) ^ u64::from(lower)));
            }
        } else if is_ideograph(c) {
            units.push(Unit { hash: mix(u64::from(c)), weight: 1 });
        }
    }
    units.extend(word.map(|hash| Unit { hash, weight: 2 }));
    units
}

/// Full-width letters and digits as their common forms: ２０２１ is 2021.
fn narrow(c: char) -> char {
    match u32::from(c) {
        code @ 0xff01..=0xff5e => char::from_u32(code - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

fn is_ideograph(c: char) -> bool {
    matches!(
        u32::from(c),
        0x3040..=0x30ff | 0x3400..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff
    )
}

/// The finaliser of MurmurHash3: every bit of the number tells on every bit of the hash.
fn mix(number: u64) -> u64 {
    let mut hash = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

/// An odd number with its bits well mixed: the base of the polynomial of a shingle.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// One hash for every place where a whole shingle begins, in text order.
fn shingles(units: &[Unit]) -> Vec<u64> {
    let mut powers = [1u64; SHINGLE as usize + 1];
    for at in 1..powers.len() {
        powers[at] = powers[at - 1].wrapping_mul(BASE);
    }
    let mut hashes = Vec::with_capacity(units.len());
    // The polynomial of the units from `start` to `end`, kept up as both go on.
    let (mut end, mut weight, mut hash) = (0, 0, 0u64);
    for (start, unit) in units.iter().enumerate() {
        while weight < SHINGLE && end < units.len() {
            weight += units[end].weight;
            hash = hash.wrapping_mul(BASE).wrapping_add(units[end].hash);
            end += 1;
        }
        if weight < SHINGLE {
            break;
        }
        hashes.push(mix(hash));
        weight -= unit.weight;
        hash = hash.wrapping_sub(unit.hash.wrapping_mul(powers[end - start - 1]));
    }
    hashes
}

/// The half of a shingle's hash that decides whether it is a mark, and is the mark.
fn mark_of(hash: u64) -> u32 {
    (hash >> 32) as u32
}

/// Marks of a level are below this.
pub(super) fn limit_of(level: u8) -> u64 {
    (1 << 32) >> level.min(31)
}

/// The lowest level at which a text has no more marks than it may.
fn level_for(shingles: &[u64]) -> u8 {
    if shingles.len() <= COMMON {
        return 0;
    }
    // Nobody says the same so often that of so many shingles a level less would do.
    let least = if shingles.len() > 4 * COMMON { COMMON_LEVEL } else { 0 };
    let limit = limit_of(least);
    let marks = shingles.iter().map(|&hash| mark_of(hash));
    let mut marks: Vec<u32> = marks.filter(|&mark| u64::from(mark) < limit).collect();
    marks.sort_unstable();
    marks.dedup();
    let count = |level| {
        let limit = limit_of(level);
        marks.partition_point(|&mark| u64::from(mark) < limit)
    };
    let most = |level| if level < COMMON_LEVEL { COMMON } else { LONG };
    (least..31).find(|&level| count(level) <= most(level)).unwrap_or(31)
}

/// How many shingles a window has, of which the least hash gives the token.
fn window(shingles: usize) -> usize {
    match shingles {
        0..400 => 16,
        400..3000 => 48,
        _ => 128,
    }
}

/// The half of a shingle's hash that does not decide whether it is a token, and is the
/// token, so that tokens are spread over all numbers.
fn token_of(hash: u64) -> u32 {
    hash as u32
}

/// Where the least shingle of every window stands, each once, in text order; of a very
/// long text those of the least hashes.
fn tokens(shingles: &[u64]) -> Vec<usize> {
    let window = window(shingles.len()).min(shingles.len());
    let mut falling: VecDeque<usize> = VecDeque::new();
    let mut chosen: Vec<usize> = Vec::new();
    for (at, hash) in shingles.iter().enumerate() {
        while falling.back().is_some_and(|&last| shingles[last] > *hash) {
            falling.pop_back();
        }
        falling.push_back(at);
        if falling.front().is_some_and(|&first| first + window <= at) {
            falling.pop_front();
        }
        if at + 1 >= window
            && let Some(&least) = falling.front()
            && chosen.last() != Some(&least)
        {
            chosen.push(least);
        }
    }
    let mut seen = BTreeSet::new();
    chosen.retain(|&at| seen.insert(token_of(shingles[at])));
    if chosen.len() > MOST_TOKENS {
        let mut least: Vec<u64> = chosen.iter().map(|&at| shingles[at]).collect();
        least.sort_unstable();
        chosen.retain(|&at| shingles[at] < least[MOST_TOKENS]);
    }
    chosen
}

#[cfg(test)]
#[path = "sketch_tests.rs"]
mod tests;
