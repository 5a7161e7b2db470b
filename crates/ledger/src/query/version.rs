//! One statement in the words of each outlet, and how these differ.
//!
//! In: the wordings of one statement. Out: for each what it has otherwise than the first.
//! Refuses to know: which of two wordings is right.

use crate::derive::table::Rules;
use serde_json::{Value, json};
use std::sync::LazyLock;

/// A statement in one account's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The document.
    pub document: String,
    /// The verb that reports.
    pub cue: Option<String>,
    /// The words.
    pub words: String,
    /// Where it differs from the first version.
    pub differs: Vec<Difference>,
}

/// One place where a version has other words than the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// `cue`, `number`, `condition` or `words`.
    pub kind: &'static str,
    /// What the first version has there; empty where it has nothing.
    pub first: String,
    /// What this version has there.
    pub here: String,
}

impl Version {
    /// The version as the list commands print it.
    pub fn json(&self) -> Value {
        let differs =
            |d: &Difference| json!({"kind": d.kind, "first": d.first, "here": d.here});
        json!({
            "document": self.document,
            "cue": self.cue,
            "words": self.words,
            "differs": self.differs.iter().map(differs).collect::<Vec<_>>(),
        })
    }
}

/// Versions longer than so many letters are not compared letter by letter.
const LONG: usize = 600;

/// Words that make a condition; dropped or added they change what was said.
static CONDITIONS: LazyLock<Rules> =
    LazyLock::new(|| Rules::parse(include_str!("../../rules/conditions.tsv")));

/// Says of every version how it differs from the first.
pub(super) fn compare(versions: &mut [Version]) {
    let Some((first, others)) = versions.split_first_mut() else { return };
    for other in others {
        other.differs.clear();
        if let (Some(one), Some(two)) = (&first.cue, &other.cue)
            && one != two
        {
            let (first, here) = (one.clone(), two.clone());
            other.differs.push(Difference { kind: "cue", first, here });
        }
        other.differs.extend(differences(&first.words, &other.words));
    }
}

/// The stretches that differ, in the order of the text.
fn differences(first: &str, here: &str) -> Vec<Difference> {
    let (one, two): (Vec<char>, Vec<char>) =
        (first.chars().collect(), here.chars().collect());
    if first == here || one.len() > LONG || two.len() > LONG {
        return Vec::new();
    }
    let mut found = Vec::new();
    let (mut from, mut to) = ((0, 0), (0, 0));
    for (a, b) in common(&one, &two).into_iter().chain([(one.len(), two.len())]) {
        if (a, b) != to {
            let (first, here): (String, String) =
                (one[from.0..a].iter().collect(), two[from.1..b].iter().collect());
            let kind = kind(&first, &here);
            let is_mark = |text: &str| !text.chars().any(char::is_alphanumeric);
            if !(is_mark(&first) && is_mark(&here)) {
                found.push(Difference { kind, first, here });
            }
        }
        from = (a + 1, b + 1);
        to = from;
    }
    found
}

fn kind(first: &str, here: &str) -> &'static str {
    let has_number = |text: &str| text.chars().any(|c| c.is_ascii_digit());
    let has_condition =
        |text: &str| CONDITIONS.iter().any(|row| text.contains(row.cell("word")));
    if has_number(first) || has_number(here) {
        "number"
    } else if has_condition(first) != has_condition(here) {
        "condition"
    } else {
        "words"
    }
}

/// The places of a longest run of letters that both have in one order.
fn common(one: &[char], two: &[char]) -> Vec<(usize, usize)> {
    let width = two.len() + 1;
    let mut longest = vec![0u16; (one.len() + 1) * width];
    for a in (0..one.len()).rev() {
        for b in (0..two.len()).rev() {
            longest[a * width + b] = if one[a] == two[b] {
                longest[(a + 1) * width + b + 1] + 1
            } else {
                longest[(a + 1) * width + b].max(longest[a * width + b + 1])
            };
        }
    }
    let (mut a, mut b, mut pairs) = (0, 0, Vec::new());
    while a < one.len() && b < two.len() {
        if one[a] == two[b] {
            pairs.push((a, b));
            (a, b) = (a + 1, b + 1);
        } else if longest[(a + 1) * width + b] >= longest[a * width + b + 1] {
            a += 1;
        } else {
            b += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(cue: &str, words: &str) -> Version {
        Version {
            document: String::new(),
            cue: Some(cue.to_owned()),
            words: words.to_owned(),
            differs: Vec::new(),
        }
    }

    #[test]
    fn a_changed_number_a_dropped_condition_and_another_verb_are_told() {
        let mut versions = [
            version("警告", "如果对方越线，我们会在3天内回应"),
            version("表示", "我们会在5天内回应"),
            version("警告", "如果对方越线，我们会在3天内回应"),
        ];
        compare(&mut versions);
        let kinds: Vec<&str> = versions[1].differs.iter().map(|d| d.kind).collect();
        assert_eq!(kinds, ["cue", "condition", "number"]);
        assert!(versions[2].differs.is_empty());
    }

    #[test]
    fn every_condition_is_told_in_its_example() {
        for row in CONDITIONS.iter() {
            let (word, example) = (row.cell("word"), row.cell("example"));
            assert!(example.contains(word), "{word} is not in {example}");
            assert_eq!(kind(example, ""), "condition", "{example}");
        }
    }

    #[test]
    fn marks_alone_are_no_difference() {
        let mut versions = [version("说", "谈判，很好"), version("说", "谈判很好。")];
        compare(&mut versions);
        assert!(versions[1].differs.is_empty());
    }
}
