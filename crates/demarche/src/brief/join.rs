//! Which lines of a briefing tell of one thing.
//!
//! In: the ledger's lines, each with one document's account. Out: groups of them. Refuses
//! to know: how a group is told.
//!
//! This joins for the reader's eye only and only where little can go wrong: meetings of
//! the same parties on one day, the same act on the same issue on one day in two
//! documents, words that two documents report alike. What the ledger itself joins comes
//! in as one line already.

use ledger::{MeetingLine, MoveLine, StatementLine};
use std::collections::BTreeSet;

/// How alike two sentences are when one is taken for a copy of the other.
const ALIKE: f64 = 0.7;

/// Groups of meetings that are one meeting.
pub fn meetings(lines: Vec<MeetingLine>) -> Vec<Vec<MeetingLine>> {
    group(lines, is_one_meeting)
}

fn is_one_meeting(one: &MeetingLine, other: &MeetingLine) -> bool {
    let is_elsewhere = matches!((&one.place, &other.place), (Some(a), Some(b)) if a != b);
    if one.start != other.start || is_elsewhere {
        return false;
    }
    let set = |line: &MeetingLine| -> BTreeSet<String> {
        line.parties.iter().cloned().collect()
    };
    let (a, b) = (set(one), set(other));
    let is_day = one.start.as_deref().is_some_and(|day| day.len() >= 10);
    if is_day {
        // One account may leave a party out that another names.
        return !a.is_empty() && !b.is_empty() && (a.is_subset(&b) || b.is_subset(&a));
    }
    a == b && one.place == other.place && one.status == other.status
}

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

/// Groups of statements that are the same words in several documents.
pub fn statements(
    lines: Vec<StatementLine>,
    fold: &dyn Fn(&str) -> String,
) -> Vec<Vec<StatementLine>> {
    let words = |line: &StatementLine| fold(&line.content.concat());
    group(lines, |one, other| {
        let is_same_document = one
            .accounts
            .iter()
            .any(|a| other.accounts.iter().any(|b| a.document == b.document));
        one.speaker == other.speaker
            && !is_same_document
            && likeness(&words(one), &words(other)) >= ALIKE
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
