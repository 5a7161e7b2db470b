//! Article in, sentences and quotations out.

mod quote;

pub use quote::{Quote, find_doubts, find_quotes};

use crate::lang::zh;
use record::{Article, Sentence, Span};

/// Splits the paragraphs that are read; each paragraph's sentences cover it with no gap
/// and no overlap. A stop inside quotation marks ends no sentence; one just before the
/// closing mark ends the sentence after it when no comma or word carries on.
pub fn split_sentences(
    article: &Article,
    shadow: &str,
    quotes: &[Quote],
) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    for (number, paragraph) in article.paragraphs.iter().enumerate() {
        if !paragraph.kind.is_read() {
            continue;
        }
        let mut start = paragraph.span.start;
        for end in breaks(shadow, paragraph.span, quotes) {
            sentences.push(Sentence { span: Span::new(start, end), paragraph: number });
            start = end;
        }
        if start < paragraph.span.end {
            let span = Span::new(start, paragraph.span.end);
            sentences.push(Sentence { span, paragraph: number });
        }
    }
    sentences
}

/// The byte after each sentence of a paragraph but the last.
fn breaks(shadow: &str, paragraph: Span, quotes: &[Quote]) -> Vec<usize> {
    let text = paragraph.of(shadow);
    let mut ends = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !zh::ends_sentence(c) {
            continue;
        }
        let mut end = paragraph.start + at + c.len_utf8();
        while let Some(&(next, c)) = chars.peek() {
            if !(zh::ends_sentence(c) || c.is_whitespace() || is_closing(c)) {
                break;
            }
            chars.next();
            end = paragraph.start + next + c.len_utf8();
        }
        let open =
            quotes.iter().any(|q| q.depth == 0 && q.span.start < end && end < q.span.end);
        if !open && end < paragraph.end {
            ends.push(end);
        }
    }
    ends
}

fn is_closing(c: char) -> bool {
    matches!(c, '”' | '’' | '"' | '）' | ')' | '》' | '】' | '」' | '』')
}
