//! Marked text for tests: both input and answer.
//!
//! In: `外长{timex:12月7日=2021-12-07}抵达`. Out: the plain words, the marks, an article of
//! them, a page read from it. Refuses to know: which step is tested.

use crate::{Agenda, Page, Reader, sentence, shadow::Shadow};
use record::{
    Article, DocumentId, Form, Paragraph, ParagraphKind, Published, Source, Span,
};

/// One mark: its tag, its place in the plain text, and its value after `=`.
pub(crate) type Mark = (String, Span, Option<String>);

/// Splits `一{timex:二=v}三` into the plain text and its marks.
pub(crate) fn unmark(marked: &str) -> (String, Vec<Mark>) {
    let mut text = String::new();
    let mut marks = Vec::new();
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let (tag, after) = after.split_once(':').expect("a mark has a tag");
        let (words, after) = after.split_once('}').expect("a mark is closed");
        let (words, value) = match words.split_once('=') {
            Some((words, value)) => (words, Some(value.to_owned())),
            None => (words, None),
        };
        let start = text.len();
        text.push_str(words);
        marks.push((tag.to_owned(), Span::new(start, text.len()), value));
        rest = after;
    }
    text.push_str(rest);
    (text, marks)
}

/// An article of one body paragraph a line.
pub(crate) fn article(text: &str, published: Option<&str>) -> Article {
    let mut paragraphs = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let span = Span::new(at, at + line.len());
        paragraphs.push(Paragraph {
            kind: ParagraphKind::Body,
            span,
            document: span,
            runs: vec![(at, at, line.len())],
        });
        at += line.len() + 1;
    }
    Article {
        document: DocumentId::default(),
        form: Form::Plain,
        charset: "UTF-8".to_owned(),
        language: "zh-Hans".to_owned(),
        title: None,
        source: Source::default(),
        published_on: published.map(|value| Published {
            value: value.to_owned(),
            from: "given".to_owned(),
            inferred: false,
        }),
        dateline: None,
        url: None,
        links: Vec::new(),
        text: text.to_owned(),
        paragraphs,
        empty: None,
    }
}

thread_local! {
    static READER: Reader =
        Reader::new(Agenda::default()).expect("the built-in language data loads");
}

/// Reads a page of `article` with the built-in language data.
pub(crate) fn with_page<T>(article: &Article, read: impl FnOnce(&Page) -> T) -> T {
    READER.with(|reader| {
        let shadow = Shadow::fold(&article.text, reader.lexicon().fold());
        let hits = reader.lexicon().scan(shadow.as_str());
        let quotes = sentence::find_quotes(article, shadow.as_str());
        let sentences = sentence::split_sentences(article, shadow.as_str(), &quotes);
        read(&Page {
            article,
            shadow: shadow.as_str(),
            hits: &hits,
            sentences: &sentences,
            quotes: &quotes,
            lexicon: reader.lexicon(),
            agenda: reader.agenda(),
            ablation: crate::Ablation::default(),
        })
    })
}
