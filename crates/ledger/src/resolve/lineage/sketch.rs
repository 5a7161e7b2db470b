//! A few hundred marks that stand for a body of text.
//!
//! In: a body folded to one script. Out: its [`Sketch`]. Refuses to know: what the words
//! mean, punctuation, spaces, paragraphs, the width of digits.
//!
//! Every shingle (a run of eight letters, `shingles.rs`) has a hash that is the same for
//! ever; those below a threshold are the marks. The threshold depends on the length only by
//! halving, so a short text's marks, thinned to the long one's threshold, are what the long
//! one would have kept of it.
//!
//! Tokens are chosen by winnowing (Schleimer, Wilkerson, Aiken 2003): the least hash of
//! every window of shingles. A run of text as long as a window that stands in two documents
//! gives both the same token. A wider window's choices are among a narrower one's, so texts
//! of any length meet.

use super::overlap::shared_places;
use super::shingles::Shingles;
use std::borrow::Cow;
use std::collections::BTreeSet;

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
/// Marks are sorted by so many of their leading bits at once.
const BUCKET_BITS: u32 = 8;

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
        let Shingles { hashes: shingles, weight } = Shingles::of(folded_body);
        let level = level_for(&shingles);
        let (marks, places_of_marks) = marks(&shingles, level);
        let chosen = tokens(&shingles);
        let mut places = Vec::with_capacity(chosen.len());
        let mut before = 0;
        for &token in &chosen {
            let more = &places_of_marks[before..];
            before += more.iter().take_while(|&&mark| (mark as usize) < token).count();
            places.push(before as u16);
        }
        let tokens = chosen.into_iter().map(|at| token_of(shingles[at])).collect();
        let sorted = sorted(&marks, level);
        Sketch { level, weight, marks, sorted, tokens, places }
    }

    /// The sketch without the passages around some tokens: those that [`super::stock`]
    /// finds. Every mark goes with the token that is nearest.
    pub fn without(&self, stock: &BTreeSet<u32>) -> Cow<'_, Sketch> {
        if stock.is_empty() || !self.tokens.iter().any(|token| stock.contains(token)) {
            return Cow::Borrowed(self);
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
        Cow::Owned(Sketch {
            level: self.level,
            weight: (f64::from(self.weight) * kept) as u32,
            sorted: sorted(&marks, self.level),
            marks,
            tokens,
            places,
        })
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
        if rest.len() != 4 * marks + 6 * tokens || marks > LONG {
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
        if !words.iter().all(|&mark| u64::from(mark) < limit) || !places.is_sorted() {
            return None;
        }
        let sorted = sorted(&words, level);
        let is_set = sorted.windows(2).all(|pair| pair[0].0 < pair[1].0);
        is_set.then_some(Sketch { level, weight, marks: words, sorted, tokens, places })
    }
}

/// Marks with their places, sorted by mark. Marks are spread evenly below the limit of
/// their level, so one pass puts each about where it belongs.
fn sorted(marks: &[u32], level: u8) -> Vec<(u32, u32)> {
    let bucket = |mark: u32| (mark << level >> (32 - BUCKET_BITS)) as usize;
    let mut ends = [0u32; 1 << BUCKET_BITS];
    marks.iter().for_each(|&mark| ends[bucket(mark)] += 1);
    let mut end = 0;
    for count in &mut ends {
        end += *count;
        *count = end;
    }
    let mut sorted = vec![(0, 0); marks.len()];
    for (place, &mark) in marks.iter().enumerate().rev() {
        let end = &mut ends[bucket(mark)];
        *end -= 1;
        sorted[*end as usize] = (mark, place as u32);
    }
    for at in 1..sorted.len() {
        let mut hole = at;
        while hole > 0 && sorted[hole - 1] > sorted[hole] {
            sorted.swap(hole - 1, hole);
            hole -= 1;
        }
    }
    sorted
}

/// Numbers that were seen: a table at least twice as large as there are numbers.
struct Seen {
    places: Vec<u32>,
    has_zero: bool,
}

impl Seen {
    /// A table with a free place always left when it has seen `most` numbers.
    fn for_up_to(most: usize) -> Seen {
        Seen { places: vec![0; (2 * most).next_power_of_two().max(2)], has_zero: false }
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

/// The half of a shingle's hash that decides whether it is a mark, and is the mark.
const MARK: u64 = 0xffff_ffff_0000_0000;

fn mark_of(hash: u64) -> u32 {
    (hash >> 32) as u32
}

/// Marks of a level are below this.
pub(super) fn limit_of(level: u8) -> u64 {
    (1 << 32) >> level.min(31)
}

/// The lowest level at which a text has no more marks than it may.
fn level_for(shingles: &[u64]) -> u8 {
    let fits = |level: u8| {
        let most = if level < COMMON_LEVEL { COMMON } else { LONG };
        shingles.len() <= most || !has_more(&below(shingles, level), most)
    };
    // Nobody says the same so often that of so many shingles a level less would do.
    if shingles.len() <= 4 * COMMON && fits(COMMON_LEVEL - 1) {
        // What is too much at one level is so at all below.
        return (0..COMMON_LEVEL).find(|&level| fits(level)).unwrap_or_default();
    }
    (COMMON_LEVEL..31).find(|&level| fits(level)).unwrap_or(31)
}

/// Where the shingles stand that are below the limit of a level, as `(mark, place)` in one
/// number, in text order.
fn below(shingles: &[u64], level: u8) -> Vec<u64> {
    let limit = limit_of(level);
    let mut all = vec![0; shingles.len()];
    let mut count = 0;
    for (hash, at) in shingles.iter().zip(0u64..) {
        // No branch: one in four is below, and nobody can foretell which.
        all[count] = (hash & MARK) | at;
        count += usize::from(hash >> 32 < limit);
    }
    all.truncate(count);
    all
}

/// Whether there are more different marks than `most`.
fn has_more(below: &[u64], most: usize) -> bool {
    if below.len() <= most {
        return false;
    }
    let mut seen = Seen::for_up_to(most + 1);
    below.iter().filter(|&&hash| seen.is_new(mark_of(hash))).nth(most).is_some()
}

/// The marks of a level, each once, and where they first stand among the shingles.
fn marks(shingles: &[u64], level: u8) -> (Vec<u32>, Vec<u32>) {
    let below = below(shingles, level);
    let mut seen = Seen::for_up_to(below.len());
    let mut marks = Vec::with_capacity(below.len());
    let mut places = Vec::with_capacity(below.len());
    for hash in below {
        if seen.is_new(mark_of(hash)) {
            marks.push(mark_of(hash));
            places.push(hash as u32);
        }
    }
    (marks, places)
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
    let mut chosen = Vec::with_capacity(3 * shingles.len() / window.max(1) + 1);
    let first_least = |from: usize| {
        let within = shingles[from..from + window].iter().zip(from..);
        within.reduce(|least, next| if next.0 < least.0 { next } else { least })
    };
    let Some((mut least, mut place)) = first_least(0) else { return chosen };
    chosen.push(place);
    for (at, hash) in shingles.iter().enumerate().skip(window) {
        if hash < least {
            (least, place) = (hash, at);
        } else if place + window <= at
            && let Some(next) = first_least(at + 1 - window)
        {
            (least, place) = next;
        } else {
            continue;
        }
        chosen.push(place);
    }
    let mut seen = Seen::for_up_to(chosen.len());
    chosen.retain(|&at| seen.is_new(token_of(shingles[at])));
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
