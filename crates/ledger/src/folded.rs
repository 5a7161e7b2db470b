//! Words of a folded text, for the full-text index.
//!
//! In: text folded by the caller, with the offsets of the original. Out: its index terms
//! with their places. Refuses to know: how text is folded, what a word means.
//!
//! Chinese is written without spaces and most of its words are two characters long, so a
//! run of Chinese gives its overlapping pairs, and its last character once more alone:
//! 北约东扩 gives 北约, 约东, 东扩, 扩. A query of two characters is then one term, a longer
//! one a phrase, and a single character the beginning of a term.

use record::Span;

/// One term of the index and where it stands.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Term {
    pub words: String,
    pub span: Span,
}

/// The terms of a folded text in text order.
pub(crate) fn terms(text: &str) -> Vec<Term> {
    let mut terms = Vec::new();
    for run in runs(text) {
        match run.is_han {
            true => pair_up(&run, &mut terms),
            false => terms.push(Term { words: run.text.to_lowercase(), span: run.span }),
        }
    }
    terms
}

/// The terms of a text in one line, as they go into the index.
pub(crate) fn indexed(text: &str) -> String {
    let mut line = String::with_capacity(text.len() * 2);
    for term in terms(text) {
        line.push_str(&term.words);
        line.push(' ');
    }
    line
}

/// One thing that a query asks for: terms that follow each other.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub terms: Vec<String>,
    /// Whether the last term may go on.
    pub is_prefix: bool,
}

impl Phrase {
    /// The phrase as FTS5 writes it.
    pub fn expression(&self) -> String {
        let star = if self.is_prefix { "*" } else { "" };
        format!("\"{}\"{star}", self.terms.join(" "))
    }

    /// Where the phrase stands among the terms of a text.
    pub fn find(&self, terms: &[Term]) -> Vec<Span> {
        let Some((last, first)) = self.terms.split_last() else { return Vec::new() };
        terms
            .windows(self.terms.len())
            .filter(|window| {
                let end = &window[first.len()].words;
                let ends =
                    if self.is_prefix { end.starts_with(last) } else { end == last };
                ends && first
                    .iter()
                    .zip(*window)
                    .all(|(asked, term)| *asked == term.words)
            })
            .map(|window| {
                let start = window[0].span.start;
                let end = &window[first.len()];
                // 北* meets the pair 北约: only what was asked for is shown.
                match self.is_prefix && !last.is_empty() && is_han_text(last) {
                    true => Span::new(start, end.span.start + last.len()),
                    false => Span::new(start, end.span.end),
                }
            })
            .collect()
    }
}

/// The phrases of a folded query: words apart are looked for apart, words in quotation
/// marks together; a word that ends in `*` may go on.
pub(crate) fn phrases(query: &str) -> Vec<Phrase> {
    let mut phrases = Vec::new();
    for (at, part) in query.split(['"', '“', '”']).enumerate() {
        match at % 2 {
            1 => phrases.extend(phrase(part)),
            _ => phrases.extend(part.split_whitespace().filter_map(phrase)),
        }
    }
    phrases
}

fn phrase(words: &str) -> Option<Phrase> {
    let mut terms: Vec<String> = Vec::new();
    let mut is_prefix = words.ends_with('*');
    let runs: Vec<Run> = runs(words).collect();
    for (at, run) in runs.iter().enumerate() {
        if !run.is_han {
            terms.push(run.text.to_lowercase());
            continue;
        }
        let mut pairs = Vec::new();
        pair_up(run, &mut pairs);
        // The last character alone is a term only where a run ends, and a query may stop
        // within one; a query of a single character is the beginning of a pair.
        let is_last = at + 1 == runs.len();
        match pairs.len() {
            1 => is_prefix |= is_last,
            _ if is_last => {
                pairs.pop();
            }
            _ => {}
        }
        terms.extend(pairs.into_iter().map(|pair| pair.words));
    }
    (!terms.is_empty()).then_some(Phrase { terms, is_prefix })
}

struct Run<'a> {
    text: &'a str,
    span: Span,
    is_han: bool,
}

/// Stretches of Chinese and stretches of other letters and digits.
fn runs(text: &str) -> impl Iterator<Item = Run<'_>> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = rest.find(|&(_, c)| c.is_alphanumeric())?;
        let is_han = is_han(first);
        let mut end = start + first.len_utf8();
        while let Some((at, c)) =
            rest.next_if(|&(_, c)| c.is_alphanumeric() && self::is_han(c) == is_han)
        {
            end = at + c.len_utf8();
        }
        Some(Run { text: &text[start..end], span: Span::new(start, end), is_han })
    })
}

fn pair_up(run: &Run<'_>, terms: &mut Vec<Term>) {
    let mut chars = run.text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = match chars.peek() {
            Some(&(next, following)) => next + following.len_utf8(),
            None => at + c.len_utf8(),
        };
        let span = Span::new(run.span.start + at, run.span.start + end);
        terms.push(Term { words: run.text[at..end].to_owned(), span });
    }
}

fn is_han_text(text: &str) -> bool {
    text.chars().next().is_some_and(is_han)
}

fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3400..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        terms(text).into_iter().map(|term| term.words).collect()
    }

    #[test]
    fn chinese_gives_pairs_and_a_last_character() {
        assert_eq!(
            words("北约东扩，NATO 30国"),
            ["北约", "约东", "东扩", "扩", "nato", "30", "国"]
        );
    }

    #[test]
    fn a_pair_is_one_term_and_a_longer_word_a_phrase() {
        assert_eq!(phrases("北约")[0].expression(), "\"北约\"");
        assert_eq!(phrases("北约东扩")[0].expression(), "\"北约 约东 东扩\"");
        assert_eq!(phrases("北")[0].expression(), "\"北\"*");
        assert_eq!(phrases("Open Door").len(), 2);
        assert_eq!(phrases("\"Open Door\"")[0].expression(), "\"open door\"");
        assert_eq!(phrases("сирийск*")[0].expression(), "\"сирийск\"*");
        assert!(phrases("，。 \" ").is_empty());
    }

    #[test]
    fn hits_are_where_the_words_stand() {
        let text = "反对北约东扩，北约说。北";
        let all = terms(text);
        let found = |query: &str| -> Vec<&str> {
            let spans = phrases(query)[0].find(&all);
            spans.into_iter().map(|span| &text[span.start..span.end]).collect()
        };
        assert_eq!(found("北约"), ["北约", "北约"]);
        assert_eq!(found("北约东扩"), ["北约东扩"]);
        assert_eq!(found("北"), ["北", "北", "北"]);
    }

    #[test]
    fn a_query_within_a_run_of_two_scripts_is_found() {
        let text = "约30国参加";
        assert_eq!(phrases("约30国")[0].find(&terms(text)).len(), 1);
    }
}
