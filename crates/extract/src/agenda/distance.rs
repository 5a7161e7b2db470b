//! The nearest of a few words to a misspelt one.
//!
//! In: a word and the words that could be meant. Out: what to say about it. Refuses to
//! know: what the words are for.

/// How many letters are to be put in, taken out or changed to make one word the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut corner = i;
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let changed = corner + usize::from(from != *to);
            corner = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}

/// A question when one of the known words is near, otherwise the list of them.
pub(super) fn did_you_mean<'k>(
    word: &str,
    known: impl Iterator<Item = &'k str>,
    what: &str,
) -> String {
    let known: Vec<&str> = known.collect();
    let near = known
        .iter()
        .map(|one| (distance(&word.to_lowercase(), &one.to_lowercase()), *one))
        .filter(|(far, one)| *far <= 2 && *far < one.chars().count())
        .min_by_key(|(far, _)| *far);
    match near {
        Some((_, one)) => format!("did you mean {one:?}?"),
        None if known.is_empty() => format!("there are no {what} yet: add one"),
        None if known.len() <= 24 => format!("{what} are {}", known.join(", ")),
        None => format!("no {what} come near it"),
    }
}
