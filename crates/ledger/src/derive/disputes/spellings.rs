//! One actor spelt two ways within one article.
//!
//! In: the spellings that articles use of one person, folded to one script. Out: those
//! that differ by more than script, shortening or a given name. Refuses to know: which
//! spelling is right.

use super::{Dispute, DisputeKind};
use std::collections::BTreeMap;

/// One spelling of a person in one article.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Spelt {
    /// The actor's id.
    pub actor: String,
    /// The usual English name, else the fullest in the text.
    pub name: String,
    /// The side that the person speaks for.
    pub party: Option<String>,
    /// Whether the gazetteer or the agenda knows that the spellings are one person's.
    pub is_known: bool,
    /// The article's document.
    pub document: String,
    /// The spelling, folded.
    pub folded: String,
}

/// What stands between given name and surname.
const POINTS: &[char] = &['·', '•', '‧', '・', '-', '－', '–', '—'];

/// The surname of a foreign name in Chinese characters.
fn surname(folded: &str) -> Option<&str> {
    let last = folded.rsplit(POINTS).next()?;
    let count = last.chars().count();
    let is_han = last.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    (is_han && (2..=6).contains(&count)).then_some(last)
}

/// The given name before a surname, where one stands there.
fn given(folded: &str) -> Option<&str> {
    folded.rsplit_once(POINTS).map(|(given, _)| given)
}

/// Whether two given names are of two persons, whom the reader took for one: 伊芙琳 and
/// 阿莫斯.
fn are_strangers(a: &str, b: &str) -> bool {
    given(a).zip(given(b)).is_some_and(|(a, b)| shared(a, b) == 0)
}

/// How many characters two names share in order.
fn shared(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row = vec![0; b.len() + 1];
    for one in a.chars() {
        let mut before = 0;
        for (at, other) in b.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if one == *other { before + 1 } else { above.max(row[at]) };
            before = above;
        }
    }
    row[b.len()]
}

/// Whether two surnames sound like one name written twice: 里亚布科夫 and 瑞博科夫.
fn is_respelt(a: &str, b: &str, is_known: bool) -> bool {
    let (long, short) = (a.chars().count().max(b.chars().count()), a.chars().count());
    let short = short.min(b.chars().count());
    let shared = shared(a, b);
    let is_part = a.contains(b) || b.contains(a);
    // Names that only an article's form makes one person must be closer to each other.
    let least = if is_known { long.min(4).div_ceil(2) } else { long - 1 };
    !is_part && long - short <= 1 && shared >= least && (is_known || long == short)
}

/// The persons whose name an article spells in two ways, one dispute a person.
pub(crate) fn respelt(spelt: &[Spelt]) -> Vec<Dispute> {
    let mut articles: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (number, one) in spelt.iter().enumerate() {
        articles.entry((&one.actor, &one.document)).or_default().push(number);
    }
    let mut actors: BTreeMap<&str, BTreeMap<&str, Vec<usize>>> = BTreeMap::new();
    for ((actor, _), numbers) in articles {
        let names: Vec<(&str, usize)> = numbers
            .iter()
            .filter_map(|number| Some((surname(&spelt[*number].folded)?, *number)))
            .collect();
        for (name, number) in &names {
            let differs = |(other, at): &&(&str, usize)| {
                let one = &spelt[*number];
                let is_stranger = numbers.iter().chain([at]).any(|of| {
                    let other_name = &spelt[*of].folded;
                    are_strangers(&one.folded, other_name)
                        || (surname(other_name) == Some(name)
                            && are_strangers(other_name, &spelt[*at].folded))
                });
                // 岸田文雄 and a misread 岸田发言 are longer forms of 岸田.
                let is_longer = names.iter().any(|(stem, _)| {
                    stem != name
                        && stem != other
                        && name.starts_with(stem)
                        && other.starts_with(stem)
                });
                !is_longer && !is_stranger && is_respelt(name, other, one.is_known)
            };
            if names.iter().any(|other| differs(&other)) {
                actors.entry(actor).or_default().entry(name).or_default().push(*number);
            }
        }
    }
    let dispute = |values: BTreeMap<&str, Vec<usize>>| {
        let mut values: Vec<(String, Vec<usize>)> =
            values.into_iter().map(|(name, all)| (name.to_owned(), all)).collect();
        values.sort_by_key(|(_, numbers)| std::cmp::Reverse(numbers.len()));
        let one = &spelt[values[0].1[0]];
        Dispute {
            kind: DisputeKind::Spelling,
            about: format!("how to spell {}", one.name),
            parties: one.party.iter().cloned().collect(),
            values,
        }
    };
    actors.into_values().map(dispute).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelt(document: &str, folded: &str) -> Spelt {
        Spelt {
            actor: "x".to_owned(),
            name: "X".to_owned(),
            party: None,
            is_known: true,
            document: document.to_owned(),
            folded: folded.to_owned(),
        }
    }

    #[test]
    fn one_name_written_twice() {
        assert!(is_respelt("里亚布科夫", "瑞博科夫", true));
        assert!(!is_respelt("里亚布科夫", "瑞博科夫", false));
        assert!(is_respelt("季莫费耶夫", "季莫菲耶夫", false));
        assert!(is_respelt("普京", "普亭", true));
        assert!(!is_respelt("川普", "特朗普", true));
        assert!(!is_respelt("拉夫罗夫", "罗夫", true));
    }

    #[test]
    fn two_spellings_count_within_one_article() {
        let apart = [spelt("a", "谢尔曼"), spelt("b", "舍尔曼")];
        assert_eq!(respelt(&apart), []);
        let both =
            [spelt("a", "温迪·谢尔曼"), spelt("a", "舍尔曼"), spelt("b", "谢尔曼")];
        let [dispute] = &respelt(&both)[..] else { panic!() };
        let mut values = dispute.values.clone();
        values.sort();
        assert_eq!(
            values,
            [("舍尔曼".to_owned(), vec![1]), ("谢尔曼".to_owned(), vec![0])]
        );
        let longer = [spelt("a", "岸田"), spelt("a", "岸田文雄"), spelt("a", "岸田发言")];
        assert_eq!(respelt(&longer), []);
        let strangers = [
            spelt("a", "阿莫斯·霍赫曼"),
            spelt("a", "霍赫曼"),
            spelt("a", "伊琳·霍克曼"),
        ];
        assert_eq!(respelt(&strangers), []);
    }
}
