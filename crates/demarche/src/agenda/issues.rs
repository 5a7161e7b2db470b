//! Issues: terms that stand for one thing.
//!
//! In: terms, the most telling first. Out: groups of them, each led by its most telling
//! one. Refuses to know: documents, parties, what an issue is called in other languages.

use super::term::Term;
use std::collections::BTreeSet;

/// Terms that stand for one thing, the most telling first: 人质, 释放人质, 被扣押者.
pub struct Group {
    /// The terms; there is at least one.
    pub terms: Vec<Term>,
}

impl Group {
    /// Adds a term, unless there are enough, or it is the lead with one character more
    /// (名人质): that is seldom a word, and the lead finds it.
    fn add(&mut self, term: Term) {
        let lead = self.lead();
        let length = |words: &str| words.chars().count();
        let is_stub =
            term.words.contains(lead) && length(&term.words) == length(lead) + 1;
        if !is_stub && self.terms.len() < MOST_TERMS {
            self.terms.push(term);
        }
    }

    /// The term that it is called by.
    pub fn lead(&self) -> &str {
        self.terms.first().map_or("", |term| term.words.as_str())
    }
}

/// Two terms stand for one thing when this share of their sentences is the same.
const TOGETHER: f64 = 0.4;

/// A term that is part of the lead goes with it when this share of its sentences does.
const MOSTLY: f64 = 0.5;

/// An issue has no more phrases than somebody reads.
const MOST_TERMS: usize = 10;

/// Groups terms: each goes to the group that it is nearest to, else it leads a new one.
pub fn group(terms: Vec<Term>, most: usize) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for term in terms {
        let near = |group: &Group| near(&term, group);
        let nearest = (0..groups.len())
            .map(|at| (near(&groups[at]), at))
            .filter(|(near, _)| *near > 0.0)
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        match nearest {
            Some((_, at)) => groups[at].add(term),
            None if groups.len() < most => groups.push(Group { terms: vec![term] }),
            None => {}
        }
    }
    groups
}

/// How near a term is to a group: 0 for a stranger.
fn near(term: &Term, group: &Group) -> f64 {
    let Some(lead) = group.terms.first() else { return 0.0 };
    let shared =
        |a: &Term, b: &Term| a.sentences.intersection(&b.sentences).count() as f64;
    let both = shared(term, lead);
    let alike = 2.0 * both / (term.sentences.len() + lead.sentences.len()) as f64;
    // 停火协议 goes with 停火, and 释放人质 with 人质.
    if term.words.contains(&lead.words) {
        return 1.0 + alike;
    }
    let is_part = lead.words.contains(&term.words);
    if is_part && both >= MOSTLY * term.sentences.len() as f64 {
        return 1.0 + alike;
    }
    // 铀浓缩 goes with 浓缩铀: the same characters in another order.
    let is_turned =
        term.words.chars().count() > 2 && letters(&term.words) == letters(&lead.words);
    match is_turned || (!is_part && alike >= TOGETHER) {
        true => f64::from(u8::from(is_turned)) + alike.max(f64::MIN_POSITIVE),
        false => 0.0,
    }
}

fn letters(words: &str) -> BTreeSet<char> {
    words.chars().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(words: &str, sentences: &[usize]) -> Term {
        Term {
            words: words.to_owned(),
            sentences: sentences.iter().copied().collect(),
            documents: sentences.iter().copied().collect(),
            moves: sentences.len(),
            excess: 10.0,
            is_verb: false,
            is_known: false,
        }
    }

    fn grouped(terms: Vec<Term>) -> Vec<Vec<String>> {
        let words =
            |group: Group| group.terms.into_iter().map(|term| term.words).collect();
        group(terms, 9).into_iter().map(words).collect()
    }

    #[test]
    fn longer_terms_go_with_the_one_inside_them() {
        let terms = vec![
            term("渔船", &[1, 2, 3, 4]),
            term("稀土配额", &[5, 6, 7]),
            term("扣押渔船", &[1]),
        ];
        assert_eq!(grouped(terms), [vec!["渔船", "扣押渔船"], vec!["稀土配额"]]);
    }

    #[test]
    fn terms_of_the_same_sentences_go_together() {
        let terms = vec![
            term("渔船", &[1, 2, 3, 4]),
            term("船员", &[2, 3, 4, 9]),
            term("关税", &[4, 10, 11, 12, 13]),
        ];
        assert_eq!(grouped(terms), [vec!["渔船", "船员"], vec!["关税"]]);
    }

    #[test]
    fn general_part_of_a_lead_stands_alone() {
        let terms = vec![term("停渔协议", &[1, 2]), term("协议", &[1, 5, 6, 7, 8])];
        assert_eq!(grouped(terms), [vec!["停渔协议"], vec!["协议"]]);
    }

    #[test]
    fn same_characters_in_another_order_are_one_issue() {
        let terms = vec![term("配额制", &[1, 2]), term("制配额", &[7, 8])];
        assert_eq!(grouped(terms), [vec!["配额制", "制配额"]]);
    }
}
