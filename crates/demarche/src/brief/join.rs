//! Which lines of a briefing tell of one thing.
//!
//! In: the ledger's lines, each with one document's account. Out: groups of them. Refuses
//! to know: how a group is told.
//!
//! The ledger joins accounts of one meeting, statement or move. For the reader's eye this
//! joins moves further: the same act on the same issue on one day in two documents, in
//! whatever words.

use ledger::MoveLine;
use std::collections::BTreeSet;

/// How alike two sentences are when one is taken for a copy of the other.
const ALIKE: f64 = 0.7;

/// Groups of moves that are one move told by several documents.
pub fn moves(lines: Vec<MoveLine>, fold: &dyn Fn(&str) -> String) -> Vec<Vec<MoveLine>> {
    group(lines, |one, other| {
        let day = |line: &MoveLine| {
            line.date().map(|date| date[..date.len().min(10)].to_owned())
        };
        let documents = |line: &MoveLine| -> BTreeSet<String> {
            line.accounts.iter().map(|account| account.document.clone()).collect()
        };
        let is_same_act = one.act == other.act
            && one.actor == other.actor
            && one.issue == other.issue
            && one.modality == other.modality;
        let is_copy = || {
            let words = |line: &MoveLine| {
                line.accounts.first().map(|account| fold(&account.evidence))
            };
            words(one).zip(words(other)).is_some_and(|(a, b)| likeness(&a, &b) >= ALIKE)
        };
        let is_same_day = one.occurred_on.is_some()
            && other.occurred_on.is_some()
            && day(one) == day(other)
            && one.issue.is_some()
            && one.condition.is_some() == other.condition.is_some();
        is_same_act
            && documents(one).is_disjoint(&documents(other))
            && (is_same_day || is_copy())
    })
}

/// Puts each line into the first group all of whose lines it is one with.
fn group<T>(lines: Vec<T>, is_one: impl Fn(&T, &T) -> bool) -> Vec<Vec<T>> {
    let mut groups: Vec<Vec<T>> = Vec::new();
    for line in lines {
        match groups
            .iter_mut()
            .find(|group| group.iter().all(|other| is_one(other, &line)))
        {
            Some(group) => group.push(line),
            None => groups.push(vec![line]),
        }
    }
    groups
}

/// How much two texts share: the part of their pairs of neighbouring letters that both
/// have, from 0 to 1.
pub fn likeness(one: &str, other: &str) -> f64 {
    let pairs = |text: &str| -> BTreeSet<(char, char)> {
        let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
        letters.windows(2).map(|pair| (pair[0], pair[1])).collect()
    };
    let (a, b) = (pairs(one), pairs(other));
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    2.0 * a.intersection(&b).count() as f64 / (a.len() + b.len()) as f64
}

#[cfg(test)]
mod tests {
    use super::likeness;

    #[test]
    fn copies_are_alike_and_others_are_not() {
        assert!(likeness("俄方要求北约作出保证。", "俄方要求北约作出保证") > 0.9);
        assert!(likeness("俄方要求北约作出保证", "美方拒绝了草案中的条款") < 0.2);
        assert!(likeness("", "俄方") < 0.1);
    }
}
