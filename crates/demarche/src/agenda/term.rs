//! Terms: the words that say what a set of sentences is about.
//!
//! In: cut sentences. Out: terms with the sentences that hold them, the most telling
//! first. Refuses to know: who speaks, and what becomes of the terms.
//!
//! Chinese has no spaces, so a term is a run of characters that stands beside many others
//! (浓缩 is always followed by 铀 and is no term; 浓缩铀 is), whose parts meet more often
//! than by chance, and that more of the documents hold than general articles do.

use super::sources::Cut;
use super::words::Words;
use std::collections::{BTreeMap, BTreeSet};

/// Words and the sentences that hold them.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// The words.
    pub words: String,
    /// The numbers of the sentences.
    pub sentences: BTreeSet<usize>,
    /// The numbers of the documents.
    pub documents: BTreeSet<usize>,
    /// How many moves the sentences tell of.
    pub moves: usize,
    /// How many times as many documents hold it as general articles.
    pub excess: f64,
    /// Whether it is used like a verb: behind 将, before 了.
    pub is_verb: bool,
    /// Whether it is known to be talked about in talks.
    pub is_known: bool,
}

impl Term {
    /// How telling it is: how many moves it stands with, and how seldom elsewhere.
    pub fn weight(&self) -> f64 {
        self.moves as f64 * self.excess.ln()
    }
}

/// What a run of words must have to be a term.
#[derive(Debug, Clone, Copy)]
pub struct Bar {
    /// In how many sentences it is at least.
    pub sentences: usize,
    /// In how many documents.
    pub documents: usize,
    /// How many times as many documents as of general articles.
    pub excess: f64,
}

/// No run of more characters is looked at.
const LONGEST: usize = 10;

/// A run that has the same neighbour more often than this goes on there.
const MOST_ALIKE: f64 = 0.55;

/// The parts of a term meet at least this many times as often as by chance.
const BOUND: f64 = 4.0;

/// A run is left out when this share of it stands in one longer term, or in several.
const COVERED: f64 = 0.6;
const COVERED_BY_ALL: f64 = 0.8;

/// A run is used like a verb that stands beside the marks of verbs so often.
const FEWEST_MARKS: usize = 2;
const MARKED: f64 = 0.1;

/// What is counted of one run of words.
#[derive(Default)]
struct Counted<'t> {
    count: usize,
    sentences: BTreeSet<usize>,
    before: BTreeMap<&'t str, usize>,
    after: BTreeMap<&'t str, usize>,
}

/// The terms of sentences of so many documents, the most telling first.
pub fn mine(cuts: &[Cut], documents: usize, words: &Words, bar: Bar) -> Vec<Term> {
    let runs = count(cuts, bar.sentences);
    let single = runs.iter().filter(|(run, _)| tokens(run).len() == 1);
    let total: usize = single.map(|(_, counted)| counted.count).sum();
    let mut terms: Vec<Term> = Vec::new();
    for (run, counted) in &runs {
        // What is known to be talked about need not show that it is a word.
        let is_known = words.english(run).is_some();
        let is_sound = is_known
            || (words.is_term(run)
                && is_alone(&counted.before, counted.count)
                && is_alone(&counted.after, counted.count)
                && is_bound(run, counted.count, &runs, total));
        let is_sound = is_sound && counted.sentences.len() >= bar.sentences;
        if !is_sound {
            continue;
        }
        let held: BTreeSet<usize> =
            counted.sentences.iter().map(|at| cuts[*at].document).collect();
        let share = (held.len() as f64 + 0.5) / (documents as f64 + 1.0);
        let excess = share / words.share(run);
        let least = if is_known { bar.excess / 2.0 } else { bar.excess };
        if held.len() >= bar.documents && excess >= least {
            terms.push(Term {
                words: (*run).to_owned(),
                moves: counted.sentences.iter().map(|at| cuts[*at].moves).sum(),
                sentences: counted.sentences.clone(),
                documents: held,
                excess,
                is_verb: is_verb(counted, words),
                is_known,
            });
        }
    }
    let mut terms = uncovered(terms);
    terms.sort_by(|a, b| {
        b.weight().total_cmp(&a.weight()).then_with(|| a.words.cmp(&b.words))
    });
    terms
}

/// Counts every run that enough sentences hold, with what stands beside it.
fn count(cuts: &[Cut], least: usize) -> BTreeMap<&str, Counted<'_>> {
    let mut runs: BTreeMap<&str, Counted> = BTreeMap::new();
    // Single characters and words are counted for what they would come to by chance.
    for length in 1..=LONGEST {
        let mut longer: BTreeMap<&str, Counted> = BTreeMap::new();
        for (number, cut) in cuts.iter().enumerate() {
            for run in &cut.runs {
                let tokens = tokens(run);
                for at in 0..(tokens.len() + 1).saturating_sub(length) {
                    let end = at + length;
                    let of = &run[tokens[at].0..tokens[end - 1].1];
                    // No run is more frequent than what it begins with.
                    let is_seen = |part: &str| {
                        runs.get(part).is_some_and(|c| c.sentences.len() >= least)
                    };
                    if length > 1 && !is_seen(&run[tokens[at].0..tokens[end - 2].1]) {
                        continue;
                    }
                    let counted = longer.entry(of).or_default();
                    counted.count += 1;
                    counted.sentences.insert(number);
                    if let Some(before) = at.checked_sub(1).map(|b| tokens[b]) {
                        *counted.before.entry(&run[before.0..before.1]).or_default() += 1;
                    }
                    if let Some(after) = tokens.get(end) {
                        *counted.after.entry(&run[after.0..after.1]).or_default() += 1;
                    }
                }
            }
        }
        if length > 1 {
            longer.retain(|_, counted| counted.sentences.len() >= least);
        }
        runs.extend(longer);
    }
    runs
}

/// The places of a run's tokens: one character of Chinese, one word of other scripts.
fn tokens(run: &str) -> Vec<(usize, usize)> {
    let is_letter = |c: char| c.is_alphanumeric() && !is_chinese(c);
    let mut tokens: Vec<(usize, usize)> = Vec::new();
    let mut is_open = false;
    for (at, c) in run.char_indices() {
        let end = at + c.len_utf8();
        let goes_on = is_letter(c) || matches!(c, '-' | '·');
        match tokens.last_mut() {
            Some(last) if is_open && goes_on => last.1 = end,
            _ if c == ' ' || (goes_on && !is_letter(c)) => {}
            _ => tokens.push((at, end)),
        }
        is_open = goes_on;
    }
    tokens
}

fn is_chinese(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c)
}

/// Whether a run stands beside different words, or beside none.
fn is_alone(beside: &BTreeMap<&str, usize>, count: usize) -> bool {
    let most = beside.values().copied().max().unwrap_or(0);
    most as f64 <= MOST_ALIKE * count as f64
}

/// Whether the parts of a run belong together wherever it is split.
fn is_bound(
    run: &str,
    count: usize,
    runs: &BTreeMap<&str, Counted>,
    total: usize,
) -> bool {
    let tokens = tokens(run);
    match tokens.as_slice() {
        // A number or a single character says nothing, JCPOA does.
        [_] => run.chars().count() > 2 && run.chars().all(char::is_alphabetic),
        tokens => (1..tokens.len()).all(|at| {
            let (left, right) = (&run[..tokens[at - 1].1], &run[tokens[at].0..]);
            let often =
                |part: &str| runs.get(part).map_or(1, |counted| counted.count) as f64;
            count as f64 * total as f64 >= BOUND * often(left) * often(right)
        }),
    }
}

/// Whether a run stands beside the marks of verbs.
fn is_verb(counted: &Counted, words: &Words) -> bool {
    let before = counted.before.iter().filter(|(word, _)| words.leads_verb(word));
    let after = counted.after.iter().filter(|(word, _)| words.follows_verb(word));
    let marks: usize = before.chain(after).map(|(_, count)| count).sum();
    marks >= FEWEST_MARKS && marks as f64 >= MARKED * counted.count as f64
}

/// Leaves out terms that are hardly ever seen outside longer ones.
fn uncovered(terms: Vec<Term>) -> Vec<Term> {
    let is_covered = |term: &Term| {
        let own = term.sentences.len() as f64;
        let longer = terms.iter().filter(|longer| {
            longer.words.len() > term.words.len() && longer.words.contains(&term.words)
        });
        let mut all: BTreeSet<&usize> = BTreeSet::new();
        for longer in longer {
            if longer.sentences.len() as f64 >= COVERED * own {
                return true;
            }
            all.extend(&longer.sentences);
        }
        all.len() as f64 >= COVERED_BY_ALL * own
    };
    let is_left_out = |term: &Term| !term.is_known && is_covered(term);
    let covered: Vec<bool> = terms.iter().map(is_left_out).collect();
    let kept = terms.into_iter().zip(covered).filter(|(_, is_covered)| !is_covered);
    kept.map(|(term, _)| term).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BAR: Bar = Bar { sentences: 3, documents: 2, excess: 3.0 };

    fn cuts(sentences: &[&str]) -> Vec<Cut> {
        let runs = |words: &str| words.split('，').map(str::to_owned).collect();
        let cut = |(document, words): (usize, &&str)| Cut {
            document,
            runs: runs(words),
            moves: 1,
        };
        sentences.iter().enumerate().map(cut).collect()
    }

    fn mined(sentences: &[&str]) -> Vec<String> {
        let cuts = cuts(sentences);
        let terms = mine(&cuts, cuts.len(), &Words::load(), BAR);
        terms.into_iter().map(|term| term.words).collect()
    }

    #[test]
    fn run_that_always_goes_on_is_no_term() {
        let terms = mined(&[
            "甲国愿就稀土配额让步",
            "乙国的稀土配额太低",
            "稀土配额必须提高",
            "取消稀土配额",
        ]);
        assert_eq!(terms, ["稀土配额"]);
    }

    #[test]
    fn words_that_every_article_has_are_no_terms() {
        let terms = mined(&[
            "他表示不满，渔船扣留",
            "她表示失望，渔船遭撞",
            "谁表示遗憾，释放渔船",
            "都表示欢迎，等渔船回港",
        ]);
        assert_eq!(terms, ["渔船"]);
    }

    #[test]
    fn latin_words_are_terms_whole() {
        let terms = mined(&["重启 RCEP 很难", "没有RCEP了", "RCEP 已死", "谈 RCEP"]);
        assert_eq!(terms, ["RCEP"]);
    }

    #[test]
    fn too_few_sentences_make_no_term() {
        assert_eq!(mined(&["稀土配额", "乙国的稀土配额"]), Vec::<String>::new());
    }

    #[test]
    fn order_of_sentences_does_not_show() {
        let mut sentences = [
            "稀土配额让步",
            "乙国的稀土配额",
            "稀土配额太低",
            "渔船",
            "放渔船",
            "渔船回",
        ];
        let forward = mined(&sentences);
        sentences.reverse();
        assert_eq!(forward, mined(&sentences));
        assert_eq!(forward.len(), 2, "{forward:?}");
    }
}
