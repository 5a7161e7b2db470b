//! What a meeting is not to be called, beside those who call it so.
//!
//! In: folded text, the table `terms`. Out: the word that is refused, and where. Refuses to
//! know: which meeting is meant.

use crate::derive::table::Rules;
use std::sync::LazyLock;

static TERMS: LazyLock<Rules> =
    LazyLock::new(|| Rules::parse(include_str!("../../../rules/terms.tsv")));

/// The words that are looked for.
pub(crate) fn words() -> Vec<&'static str> {
    TERMS.iter().map(|row| row.cell("before")).collect()
}

/// The words that a folded text will not have a meeting called, each with its place.
pub(crate) fn refused(text: &str) -> Vec<(usize, &'static str)> {
    let mut found = Vec::new();
    for row in TERMS.iter() {
        for (at, before) in text.match_indices(row.cell("before")) {
            let rest = text[at + before.len()..].trim_start_matches(['“', '"', '「']);
            let noun = row.cell("nouns").split(';').find(|noun| rest.starts_with(noun));
            found.extend(noun.map(|noun| (at, noun)));
        }
    }
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_is_found_in_its_example() {
        for row in TERMS.iter() {
            let found = refused(row.cell("example"));
            assert_eq!(found.len(), 1, "{}", row.cell("example"));
            assert_eq!(found[0].1, "谈判");
        }
        assert_eq!(refused("他称其为谈判。他不称其为朋友。"), []);
    }
}
