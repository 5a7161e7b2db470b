//! The overlapping runs of letters that a body is compared by.
//!
//! In: a body folded to one script. Out: a hash for every place where a whole shingle
//! begins. Refuses to know: which of them are kept.
//!
//! A unit is one Chinese or Japanese character, or one word or number of other writing. A
//! shingle is a run of units that weighs [`SHINGLE`], a word weighing as much as two
//! characters. Its hash is a polynomial of its units, carried from place to place in one
//! pass over the text.

/// How much a shingle weighs: eight Chinese characters, or four words.
pub const SHINGLE: u32 = 8;
/// No shingle has more units.
const MOST_UNITS: usize = SHINGLE as usize;

/// The shingles of a body.
pub(super) struct Shingles {
    /// One hash for every place where a whole shingle begins, in text order.
    pub hashes: Vec<u64>,
    /// What the body weighs: its Chinese characters, and twice its words.
    pub weight: u32,
}

impl Shingles {
    /// Cuts a body into shingles; whatever is neither letter nor digit is dropped.
    pub fn of(text: &str) -> Shingles {
        let mut roll = Roll::new(text.len() / 3);
        let mut word = Word::default();
        for c in text.chars().map(narrow) {
            match class(c) {
                Class::Ideograph => {
                    word.end(&mut roll);
                    roll.push(mix(u64::from(c)), 1);
                }
                Class::Other => word.end(&mut roll),
                Class::Digit => word.add(c, true, &mut roll),
                Class::Letter => word.add(c, false, &mut roll),
            }
        }
        word.end(&mut roll);
        Shingles { hashes: roll.hashes, weight: roll.weight }
    }
}

/// The polynomial of the last units, kept up as the text goes on.
struct Roll {
    hashes: Vec<u64>,
    weight: u32,
    /// Hash and weight of the units since the start of the shingle at work, the first of
    /// them at `first`, round about.
    units: [(u64, u32); MOST_UNITS],
    first: usize,
    count: usize,
    hash: u64,
    /// What these units weigh: less than a shingle.
    open: u32,
}

impl Roll {
    fn new(length: usize) -> Roll {
        Roll {
            hashes: Vec::with_capacity(length),
            weight: 0,
            units: [(0, 0); MOST_UNITS],
            first: 0,
            count: 0,
            hash: 0,
            open: 0,
        }
    }

    #[inline]
    fn push(&mut self, unit: u64, weight: u32) {
        self.weight = self.weight.saturating_add(weight);
        self.units[(self.first + self.count) % MOST_UNITS] = (unit, weight);
        self.count += 1;
        self.hash = self.hash.wrapping_mul(BASE).wrapping_add(unit);
        self.open += weight;
        while self.open >= SHINGLE {
            self.hashes.push(mix(self.hash));
            let (unit, weight) = self.units[self.first];
            self.first = (self.first + 1) % MOST_UNITS;
            self.count -= 1;
            let gone = unit.wrapping_mul(POWERS[self.count % MOST_UNITS]);
            self.hash = self.hash.wrapping_sub(gone);
            self.open -= weight;
        }
    }
}

/// The word or number that is being read.
#[derive(Default)]
struct Word {
    hash: u64,
    is_open: bool,
    is_number: bool,
}

impl Word {
    #[inline]
    fn end(&mut self, roll: &mut Roll) {
        if self.is_open {
            roll.push(self.hash, 2);
            self.is_open = false;
        }
    }

    fn add(&mut self, c: char, is_number: bool, roll: &mut Roll) {
        if is_number != self.is_number {
            self.end(roll);
        }
        if !self.is_open {
            (self.hash, self.is_open, self.is_number) = (1, true, is_number);
        }
        if c.is_ascii() {
            return self.add_lower(c.to_ascii_lowercase());
        }
        c.to_lowercase().for_each(|lower| self.add_lower(lower));
    }

    fn add_lower(&mut self, lower: char) {
        self.hash = mix(self.hash.rotate_left(5) ^ u64::from(lower));
    }
}

/// What a character is to a shingle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Ideograph,
    Letter,
    Digit,
    Other,
}

#[inline]
fn class(c: char) -> Class {
    match u32::from(c) {
        // The commonest first, so that hardly a character is looked up in Unicode's tables.
        0x3040..=0x30ff | 0x3400..=0x9fff => Class::Ideograph,
        0x30..=0x39 => Class::Digit,
        0x41..=0x5a | 0x61..=0x7a => Class::Letter,
        0..=0x7f | 0x2010..=0x205f | 0x3000..=0x3004 | 0x3008..=0x3020 => Class::Other,
        0xf900..=0xfaff | 0x20000..=0x3ffff => Class::Ideograph,
        _ if c.is_numeric() => Class::Digit,
        _ if c.is_alphabetic() => Class::Letter,
        _ => Class::Other,
    }
}

/// Full-width letters and digits as their common forms: ２０２１ is 2021.
#[inline]
fn narrow(c: char) -> char {
    match u32::from(c) {
        code @ 0xff01..=0xff5e => char::from_u32(code - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// The finaliser of MurmurHash3: every bit of the number tells on every bit of the hash.
#[inline]
fn mix(number: u64) -> u64 {
    let mut hash = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

/// An odd number with its bits well mixed: the base of the polynomial of a shingle.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// The powers of the base, from the power 0 on.
const POWERS: [u64; MOST_UNITS] = {
    let mut powers = [1u64; MOST_UNITS];
    let mut at = 1;
    while at < MOST_UNITS {
        powers[at] = powers[at - 1].wrapping_mul(BASE);
        at += 1;
    }
    powers
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_ranges_agree_with_unicode() {
        for c in '\0'..=char::MAX {
            let is_known = match class(c) {
                Class::Ideograph => true,
                Class::Digit => c.is_numeric(),
                Class::Letter => c.is_alphanumeric() && !c.is_numeric(),
                Class::Other => !c.is_alphanumeric(),
            };
            assert!(is_known, "{c:?} {:?}", class(c));
        }
    }

    #[test]
    fn a_shingle_has_the_same_hash_wherever_it_stands() {
        let alone = Shingles::of("渡口边的谈判破裂").hashes;
        assert_eq!(alone.len(), 1);
        for text in ["昨日，渡口边的谈判破裂。", "No. 7：渡口边的谈判破裂 again"]
        {
            assert!(Shingles::of(text).hashes.contains(&alone[0]), "{text}");
        }
    }

    #[test]
    fn words_weigh_two_and_numbers_end_words() {
        assert_eq!(Shingles::of("Rooms 12a, ａｂ 会谈").weight, 2 * 4 + 2);
        assert_eq!(Shingles::of("one two three four").hashes.len(), 1);
        assert_eq!(Shingles::of("one two three").hashes.len(), 0);
        // From each of 会, 谈 and "one" a shingle begins; the last weighs eight as well.
        assert_eq!(Shingles::of("会谈 one two three four").hashes.len(), 3);
    }
}
