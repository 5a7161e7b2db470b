//! The sentence behind an account.
//!
//! In: an account of the ledger and the article that it is from. Out: its whole sentence
//! with the words marked that made the entry. Refuses to know: what the entry says.

use crate::Passage;
use ledger::{Account, Ledger};
use record::{Article, Span};
use std::collections::BTreeMap;

/// Articles that passages are cut from, fetched once each.
pub struct Passages<'a> {
    ledger: &'a Ledger,
    fold: &'a dyn Fn(&str) -> String,
    articles: BTreeMap<String, Option<Article>>,
}

impl<'a> Passages<'a> {
    /// Passages from the articles of a ledger.
    pub fn new(ledger: &'a Ledger, fold: &'a dyn Fn(&str) -> String) -> Passages<'a> {
        Passages { ledger, fold, articles: BTreeMap::new() }
    }

    /// The passage of an account; the words that its rules name are marked, and `others`.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn of(
        &mut self,
        account: &Account,
        others: &[&str],
    ) -> Result<Passage, ledger::Error> {
        let fold = self.fold;
        let Some(article) = self.article(&account.document)? else {
            return Ok(Passage::marking(&account.evidence, "und", others));
        };
        let language = article.language.clone();
        let Some(entry) = place(article, account) else {
            return Ok(Passage::marking(&account.evidence, &language, others));
        };
        let sentence = sentence(article, entry);
        let folded = fold(entry.of(&article.text));
        let rule_words = account.rules.iter().filter_map(|rule| word_of(rule));
        let words = rule_words.map(fold).chain(others.iter().map(|word| fold(word)));
        let mut marks: Vec<Span> = Vec::new();
        for word in words.filter(|word| !word.is_empty()) {
            let Some(at) = folded.find(&word) else { continue };
            let start = entry.start + at - sentence.start;
            let mark = Span::new(start, start + word.len());
            if !marks.iter().any(|other| other.overlaps(mark)) {
                marks.push(mark);
            }
        }
        marks.sort();
        Ok(Passage { text: sentence.of(&article.text).to_owned(), language, marks })
    }

    fn article(&mut self, document: &str) -> Result<Option<&Article>, ledger::Error> {
        if !self.articles.contains_key(document) {
            let article = self.ledger.article(document)?;
            self.articles.insert(document.to_owned(), article);
        }
        Ok(self.articles.get(document).and_then(Option::as_ref))
    }
}

/// Where an account's words stand in the article's text: the ledger has the place in the
/// document's bytes.
fn place(article: &Article, account: &Account) -> Option<Span> {
    let words = account.evidence.as_str();
    if words.is_empty() {
        return None;
    }
    let found = article.text.match_indices(words);
    let mut spans = found.map(|(at, words)| Span::new(at, at + words.len()));
    let first = spans.clone().next();
    spans.find(|span| article.in_document(*span).start == account.span.0).or(first)
}

/// The word that a rule is about: 要求 for `zh/triggers:要求`.
pub(crate) fn word_of(rule: &str) -> Option<&str> {
    let (table, word) = rule.split_once(':')?;
    let is_word_list =
        ["triggers", "meetings", "cues"].iter().any(|t| table.ends_with(t));
    is_word_list.then_some(word)
}

/// The whole sentence, or sentences, that an entry stands in.
fn sentence(article: &Article, entry: Span) -> Span {
    let text = &article.text;
    let paragraph = article.paragraph_at(entry.start);
    let (first, last) = paragraph
        .map_or((0, text.len()), |paragraph| (paragraph.span.start, paragraph.span.end));
    let (Some(before), Some(after)) =
        (text.get(first..entry.start), text.get(entry.end..last.max(entry.end)))
    else {
        return entry;
    };
    let start = before.char_indices().rev().find(|(at, c)| is_end(*c, &before[*at..]));
    let start = start.map_or(first, |(at, c)| {
        let closed = &before[at + c.len_utf8()..];
        let rest = closed.trim_start_matches(is_closing).trim_start();
        first + before.len() - rest.len()
    });
    let has_ended = text.get(..entry.end).is_some_and(|head| {
        head.trim_end_matches(is_closing).ends_with(['。', '！', '？'])
    });
    let end = if has_ended {
        let closed = after.len() - after.trim_start_matches(is_closing).len();
        entry.end + closed
    } else {
        let end = after.char_indices().find(|(at, c)| is_end(*c, &after[*at..]));
        end.map_or(last.max(entry.end), |(at, c)| {
            let rest = &after[at + c.len_utf8()..];
            let closed = rest.len() - rest.trim_start_matches(is_closing).len();
            entry.end + at + c.len_utf8() + closed
        })
    };
    Span::new(start, end)
}

/// Whether a sentence ends with this character, which `rest` begins with.
fn is_end(c: char, rest: &str) -> bool {
    match c {
        '。' | '！' | '？' | '\n' => true,
        // 2.5, U.S. and rbc.ru do not end a sentence.
        '.' | '!' | '?' => rest[1..].starts_with(char::is_whitespace),
        _ => false,
    }
}

fn is_closing(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』' | '）' | ')' | '"')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(text: &str) -> Article {
        let document = Span::new(0, text.len());
        Article {
            document: record::DocumentId::default(),
            form: record::Form::Plain,
            charset: "UTF-8".to_owned(),
            language: "zh-Hans".to_owned(),
            title: None,
            source: record::Source::default(),
            published_on: None,
            dateline: None,
            url: None,
            links: Vec::new(),
            text: text.to_owned(),
            paragraphs: vec![record::Paragraph {
                kind: record::ParagraphKind::Body,
                span: document,
                document,
                runs: vec![(0, 0, text.len())],
            }],
            empty: None,
        }
    }

    fn check(text: &str, entry: &str, expected: &str) {
        let at = text.find(entry).expect("the entry is there");
        let span = sentence(&article(text), Span::new(at, at + entry.len()));
        assert_eq!(span.of(text), expected);
    }

    #[test]
    fn sentence_around_a_clause() {
        check("天晴。俄方要求答复，并等待。散会。", "要求答复", "俄方要求答复，并等待。");
        check("他说：“不行。”俄方离席。", "俄方离席", "俄方离席。");
        check("他说：“不行。”俄方离席。", "“不行。”", "他说：“不行。”");
        check("俄方离席", "俄方", "俄方离席");
        check("At 2.5 km. Moscow said no. End.", "Moscow", "Moscow said no.");
    }
}
