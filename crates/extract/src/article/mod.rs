//! Document in, article out: decoding, raw forms, boilerplate, publication.

use crate::lexicon::Lexicon;
use record::{
    Article, Document, Form, Paragraph, ParagraphKind, Published, Source, Span,
};

/// Reads a document's text, title and publication. (Placeholder: plain paragraphs.)
pub fn read_article(document: &Document, _lexicon: &Lexicon) -> Article {
    let raw = String::from_utf8_lossy(&document.bytes).into_owned();
    let mut paragraphs = Vec::new();
    let mut text = String::new();
    let mut at = 0;
    let mut title = None;
    for line in raw.split_inclusive('\n') {
        let words = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        if words.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        let kind = if title.is_none() {
            title = Some(words.to_owned());
            ParagraphKind::Title
        } else {
            ParagraphKind::Body
        };
        let from = text.len();
        text.push_str(words);
        paragraphs.push(Paragraph {
            kind,
            span: Span::new(from, text.len()),
            document: Span::new(start, start + words.len()),
            runs: vec![(from, start, words.len())],
        });
    }
    Article {
        document: document.id,
        form: Form::Plain,
        charset: "UTF-8".to_owned(),
        language: "zh-Hans".to_owned(),
        title,
        source: Source::default(),
        published_on: document.published_hint.as_ref().map(|value| Published {
            value: value.clone(),
            from: "given".to_owned(),
            inferred: false,
        }),
        dateline: None,
        url: None,
        links: Vec::new(),
        text,
        paragraphs,
        empty: None,
    }
}

/// Makes a document of captured bytes and the name that they were read from.
pub fn document(path: &str, bytes: Vec<u8>) -> Document {
    use sha2::Digest;
    Document {
        id: record::DocumentId(sha2::Sha256::digest(&bytes).into()),
        path: path.to_owned(),
        url: None,
        retrieved_at: None,
        published_hint: None,
        bytes,
    }
}
