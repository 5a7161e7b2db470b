//! What is known of words beside a ledger: which are general, which begin no term, what
//! treaties and talks are called, what a term is in English.
//!
//! In: the tables in `agenda/`. Out: answers about single words. Refuses to know: any
//! document.

use std::collections::{BTreeMap, BTreeSet};

const BACKGROUND: &str = include_str!("../../agenda/background.tsv");
const GLOSSARY: &str = include_str!("../../agenda/glossary.tsv");
const HEADS: &str = include_str!("../../agenda/heads.tsv");
const STOP: &str = include_str!("../../agenda/stop.tsv");

/// What a name ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Head {
    /// A text that parties argue over: 条约, 备忘录.
    Instrument,
    /// An occasion to meet: 会谈, 峰会.
    Talks,
}

/// Words that need no ledger to be known.
pub struct Words {
    background: BTreeMap<&'static str, f64>,
    /// Words that no term begins with, and none ends with.
    fronts: BTreeSet<&'static str>,
    backs: BTreeSet<&'static str>,
    /// Words that begin a term though what they begin with may not: 和平.
    kept: BTreeSet<&'static str>,
    /// Characters that stand in no term.
    inner: BTreeSet<&'static str>,
    /// Words behind which, and before which, a verb stands: 将, 了.
    before_verbs: BTreeSet<&'static str>,
    after_verbs: BTreeSet<&'static str>,
    /// Words that are no terms by themselves.
    general: BTreeSet<&'static str>,
    heads: Vec<(&'static str, Head)>,
    english: BTreeMap<&'static str, &'static str>,
}

/// The share of general articles that hold a word of which no more is known than that it
/// is not in the table.
const RARE: f64 = 0.005;

/// How many characters the longest runs of the background have.
const LONGEST: usize = 4;

impl Words {
    /// Reads the tables.
    pub fn load() -> Words {
        let rows = |table: &'static str| {
            let rows = table.lines().skip(1);
            rows.filter_map(|row| {
                let mut cells = row.split('\t');
                Some((cells.next()?, cells.next()?))
            })
        };
        let share = |cell: &str| cell.parse::<f64>().ok().map(|count| count / 1000.0);
        let background = rows(BACKGROUND).filter_map(|(w, cell)| Some((w, share(cell)?)));
        let of = |classes: &[&str]| {
            let rows = rows(STOP).filter(|row| classes.contains(&row.1));
            rows.map(|row| row.0).collect()
        };
        let head = |class: &str| match class {
            "instrument" => Head::Instrument,
            _ => Head::Talks,
        };
        let mut heads: Vec<_> = rows(HEADS).map(|(w, class)| (w, head(class))).collect();
        heads.sort_by_key(|(word, _)| (std::cmp::Reverse(word.len()), *word));
        Words {
            background: background.collect(),
            fronts: of(&["edge"]),
            backs: of(&["edge", "back"]),
            kept: of(&["keep"]),
            inner: of(&["inner"]),
            before_verbs: of(&["verb-after"]),
            after_verbs: of(&["verb-before"]),
            general: of(&["whole"]),
            heads,
            english: rows(GLOSSARY).collect(),
        }
    }

    /// The share of general articles that hold a word, at most: a longer word is no more
    /// frequent than any run of it.
    pub fn share(&self, word: &str) -> f64 {
        let known = |run: &str| self.background.get(run).copied().unwrap_or(RARE);
        let places: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
        if places.len() <= LONGEST {
            return known(word);
        }
        let end = |at: usize| places.get(at).copied().unwrap_or(word.len());
        let runs =
            (0..=places.len() - LONGEST).map(|at| &word[places[at]..end(at + LONGEST)]);
        runs.map(known).fold(1.0, f64::min)
    }

    /// Whether a term may consist of these words.
    pub fn is_term(&self, word: &str) -> bool {
        let is_general = [&self.general, &self.fronts, &self.backs]
            .into_iter()
            .any(|words| words.contains(word));
        let starts: Vec<usize> = word.char_indices().map(|(at, _)| at).skip(1).collect();
        let kept = |end: usize| self.kept.contains(&word[..end]);
        let is_kept = || kept(word.len()) || starts.iter().any(|at| kept(*at));
        !is_general
            && (starts.iter().all(|at| !self.fronts.contains(&word[..*at])) || is_kept())
            && starts.iter().all(|at| !self.backs.contains(&word[*at..]))
            && !self.inner.iter().any(|part| word.contains(part))
    }

    /// Whether what stands behind this is a verb: 将, 同意.
    pub fn leads_verb(&self, before: &str) -> bool {
        self.before_verbs.contains(before)
    }

    /// Whether what stands before this is a verb: 了.
    pub fn follows_verb(&self, after: &str) -> bool {
        self.after_verbs.contains(after)
    }

    /// What a name ends with, where more stands before it; and where that begins.
    pub fn head(&self, name: &str) -> Option<(Head, usize)> {
        let found = self.heads.iter().find(|(word, _)| name.ends_with(word))?;
        let at = name.len() - found.0.len();
        (at > 0).then_some((found.1, at))
    }

    /// What a term is called in English, where that is known.
    pub fn english(&self, term: &str) -> Option<&'static str> {
        self.english.get(term).copied()
    }
}

/// A name as ids are written: letters, digits and hyphens, in English where a term's
/// English name is known.
pub fn id(name: &str, words: &Words) -> String {
    let name = words.english(name).unwrap_or(name).to_lowercase();
    let name = name.strip_prefix("the ").unwrap_or(&name);
    let parts =
        name.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The word that a row's example marks, and the example without the mark.
    fn marked(example: &str) -> (String, String) {
        let (before, rest) = example.split_once('{').expect("a mark");
        let (mark, after) = rest.split_once('}').expect("its end");
        let (_, word) = mark.split_once(':').expect("a word");
        (word.to_owned(), format!("{before}{word}{after}"))
    }

    #[test]
    fn every_row_is_read_in_its_example() {
        let words = Words::load();
        for table in [GLOSSARY, HEADS, STOP] {
            let mut last = ("", "");
            for row in table.lines().skip(1) {
                let cells: Vec<&str> = row.split('\t').collect();
                let &[word, class, example] = cells.as_slice() else {
                    panic!("{row:?} has not three cells")
                };
                assert!(last < (word, class), "{last:?} stands before {word:?}");
                last = (word, class);
                let (shown, plain) = marked(example);
                assert_eq!(shown, word, "{row:?}");
                match class {
                    "edge" | "back" | "whole" => {
                        assert!(!words.is_term(word), "{row:?}");
                        let (first, last) =
                            (format!("{word}关税"), format!("关税{word}"));
                        assert!(class != "edge" || !words.is_term(&first), "{row:?}");
                        assert!(class == "whole" || !words.is_term(&last), "{row:?}");
                    }
                    "inner" => {
                        assert!(!words.is_term(&format!("关税{word}停火")), "{row:?}");
                    }
                    "verb-after" => assert!(words.leads_verb(word), "{row:?}"),
                    "verb-before" => assert!(words.follows_verb(word), "{row:?}"),
                    "keep" => assert!(words.is_term(&format!("{word}配额")), "{row:?}"),
                    "instrument" | "talks" => {
                        let end = plain.find(word).expect("the word") + word.len();
                        let found = words.head(&plain[..end]).map(|found| found.0);
                        let is_talks = found == Some(Head::Talks);
                        assert_eq!(is_talks, class == "talks", "{row:?}");
                        assert!(found.is_some(), "{row:?}");
                    }
                    english => assert_eq!(words.english(word), Some(english)),
                }
            }
        }
    }

    #[test]
    fn background_is_sorted_and_counts_a_share() {
        let rows: Vec<&str> = BACKGROUND.lines().skip(1).collect();
        assert!(rows.is_sorted() && rows.len() > 5000);
        let words = Words::load();
        assert!(words.share("表示") > 0.3 && words.share("离心机组件") <= RARE);
    }

    #[test]
    fn edges_cut_terms_off_whole_words() {
        let words = Words::load();
        assert!(words.is_term("钢铁关税"));
        assert!(!words.is_term("的关税") && !words.is_term("关税以及"));
        assert!(!words.is_term("政府") && words.is_term("临时政府"));
    }
}
