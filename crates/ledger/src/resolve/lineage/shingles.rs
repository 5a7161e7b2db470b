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
        let units = Units::of(text);
        let mut hashes = Vec::with_capacity(units.hashes.len());
        // The polynomial of the units from `start` on, kept up as the text goes on.
        let (mut start, mut open, mut hash, mut weight) = (0, 0u32, 0u64, 0u32);
        for (at, (&unit, &of_unit)) in units.hashes.iter().zip(&units.weights).enumerate()
        {
            let of_unit = u32::from(of_unit);
            weight = weight.saturating_add(of_unit);
            hash = hash.wrapping_mul(BASE).wrapping_add(unit);
            open += of_unit;
            while open >= SHINGLE {
                hashes.push(mix(hash));
                let power = POWERS[(at - start) % MOST_UNITS];
                hash = hash.wrapping_sub(units.hashes[start].wrapping_mul(power));
                open -= u32::from(units.weights[start]);
                start += 1;
            }
        }
        Shingles { hashes, weight }
    }
}

/// The units of a body, in text order.
struct Units {
    hashes: Vec<u64>,
    weights: Vec<u8>,
}

impl Units {
    fn of(text: &str) -> Units {
        let length = text.len() / 3;
        let (hashes, weights) = (Vec::with_capacity(length), Vec::with_capacity(length));
        let mut units = Units { hashes, weights };
        let mut word = Word::default();
        for c in text.chars().map(narrow) {
            let class = class(c);
            if class == Class::Ideograph {
                word.end(&mut units);
                units.push(mix(u64::from(c)), 1);
            } else if class == Class::Other {
                word.end(&mut units);
            } else {
                word.add(c, class == Class::Digit, &mut units);
            }
        }
        word.end(&mut units);
        units
    }

    #[inline]
    fn push(&mut self, hash: u64, weight: u8) {
        self.hashes.push(hash);
        self.weights.push(weight);
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
    fn end(&mut self, units: &mut Units) {
        if self.is_open {
            units.push(self.hash, 2);
            self.is_open = false;
        }
    }

    fn add(&mut self, c: char, is_number: bool, units: &mut Units) {
        if is_number != self.is_number {
            self.end(units);
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
