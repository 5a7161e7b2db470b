//! How far two sounds are from each other.
//!
//! In: sounds as the reader writes them: vowels `a e i o u`, all else consonants. Out: a
//! distance, and whether given names may be one person's. Refuses to know: who bears them.

/// A vowel that differs, or that only one of two names has: desks write them as they please.
const VOWEL: u32 = 2;
/// A consonant that differs from another of its sort: 津 and 金 for *zhin*.
const LIKE: u32 = 3;
/// Any other difference.
const OTHER: u32 = 8;
/// Consonants that desks exchange for each other.
const SORTS: &[&str] = &["khsc", "mn"];

/// How far two sounds are from each other: 0 for the same, 1 where nothing agrees.
pub(super) fn distance(a: &str, b: &str) -> f32 {
    if a == b {
        return 0.0;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let longest = a.len().max(b.len()) as u32;
    let mut row: Vec<u32> = vec![0];
    b.iter().for_each(|c| row.push(row[row.len() - 1] + extra(*c)));
    for &x in &a {
        let mut corner = row[0];
        row[0] += extra(x);
        for (j, &y) in b.iter().enumerate() {
            let swapped = corner + apart(x, y);
            corner = row[j + 1];
            row[j + 1] = swapped.min(corner + extra(x)).min(row[j] + extra(y));
        }
    }
    (row[b.len()] as f32 / (longest * OTHER) as f32 * 2.0).min(1.0)
}

fn extra(c: char) -> u32 {
    if is_vowel(c) { VOWEL } else { OTHER / 2 }
}

fn apart(x: char, y: char) -> u32 {
    let alike = |sort: &&str| sort.contains(x) && sort.contains(y);
    match (is_vowel(x), is_vowel(y)) {
        _ if x == y => 0,
        (true, true) => VOWEL,
        (false, false) if SORTS.iter().any(alike) => LIKE,
        _ => OTHER,
    }
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}
