//! The parts that a long document is shown in.
//!
//! In: an article. Out: stretches of its text, one a page, and in which of them a byte of
//! the document stands. Refuses to know: what is marked in a part.

use super::{Asked, Lens, Medium, Place, Room};
use record::{Article, Span};

/// About so many bytes of text stand in one part that a server gives. Where every clause
/// is an entry, marks and notes make a page nine times as long as its text, and no page is
/// to be longer than 200 KB.
const PART: usize = 18_000;
/// Of a document in files there is one page only, which may be longer.
const FILE: usize = 180_000;

/// About so many bytes stand in one part.
fn most(medium: Medium) -> usize {
    match medium {
        Medium::Server => PART,
        Medium::Files => FILE,
    }
}

/// The stretches of an article's text that its parts show; one at least. A part ends with
/// a paragraph, where one ends near by, else with a sentence, else with a character.
pub(super) fn parts(article: &Article, medium: Medium) -> Vec<Span> {
    let (text, most) = (&article.text, most(medium));
    let mut parts = Vec::new();
    let mut start = 0;
    while text.len() - start > most + most / 4 {
        let end = end_of_part(article, start, most);
        parts.push(Span::new(start, end));
        start = end;
    }
    parts.push(Span::new(start, text.len()));
    parts
}

fn end_of_part(article: &Article, start: usize, most: usize) -> usize {
    let latest = article.text.floor_char_boundary(start + most);
    let earliest = article.text.floor_char_boundary(latest - most / 4);
    let next = article.paragraphs.partition_point(|p| p.span.start <= latest);
    let paragraph = article.paragraphs[..next].last().map_or(0, |p| p.span.start);
    if paragraph > earliest {
        return paragraph;
    }
    let room = &article.text[earliest..latest];
    let sentence = room.char_indices().rev().find(|(_, c)| "。！？\n".contains(*c));
    sentence.map_or(latest, |(at, c)| earliest + at + c.len_utf8())
}

/// In which part, counted from 1, a byte of the document stands.
fn part_of(article: &Article, byte: usize) -> usize {
    let next = article.paragraphs.partition_point(|p| p.document.start <= byte);
    let Some(paragraph) = article.paragraphs[..next].last() else { return 1 };
    let run = paragraph.runs.partition_point(|run| run.1 <= byte);
    let at = match paragraph.runs[..run].last() {
        Some(&(text, document, length)) => text + (byte - document).min(length),
        None => paragraph.span.start,
    };
    let parts = parts(article, Medium::Server);
    parts.iter().position(|part| at < part.end).map_or(1, |part| part + 1)
}

/// The address of the part of a document in which a byte of it stands.
pub(super) fn address(
    room: &Room<'_>,
    asked: &Asked,
    document: &str,
    byte: usize,
) -> String {
    let place = Place::Document(document.to_owned());
    let size = room.ledger.text_size(document).ok().flatten();
    let is_long = size.is_some_and(|size| size > PART + PART / 4);
    if !is_long || asked.medium == Medium::Files {
        return asked.to(&place);
    }
    // Few documents are so long, and only for them the text is fetched.
    let article = room.ledger.article(document).ok().flatten();
    let part = article.map_or(1, |article| part_of(&article, byte));
    to_part(asked, &place, part)
}

/// The address of a part of a document.
pub(super) fn to_part(asked: &Asked, place: &Place, part: usize) -> String {
    let lens = Lens {
        as_of: asked.lens.as_of.clone(),
        part: Some(part).filter(|part| *part > 1),
        ..Lens::default()
    };
    asked.through(place, &lens)
}

#[cfg(test)]
mod tests {
    use super::*;
    use record::{Paragraph, ParagraphKind};

    fn article(paragraphs: &[String]) -> Article {
        let mut text = String::new();
        let mut listed = Vec::new();
        for words in paragraphs {
            let start = text.len();
            text.push_str(words);
            let span = Span::new(start, text.len());
            text.push('\n');
            listed.push(Paragraph {
                kind: ParagraphKind::Body,
                span,
                document: Span::new(start + 7, span.end + 7),
                runs: vec![(start, start + 7, span.len())],
            });
        }
        text.pop();
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
            text,
            paragraphs: listed,
            empty: None,
        }
    }

    #[test]
    fn parts_cover_the_text_and_end_with_paragraphs() {
        let article = article(&vec!["双方没有谈拢。".repeat(40); 300]);
        let parts = parts(&article, Medium::Server);
        assert!(parts.len() > 5);
        assert_eq!((parts[0].start, parts[parts.len() - 1].end), (0, article.text.len()));
        for pair in parts.windows(2) {
            assert_eq!(pair[0].end, pair[1].start);
            assert!(article.paragraphs.iter().any(|p| p.span.start == pair[0].end));
            assert!(pair[0].len() <= PART);
        }
    }

    #[test]
    fn one_endless_paragraph_is_cut_between_characters() {
        for words in ["没完没了", "没有谈拢。"] {
            let article = article(&[words.repeat(40_000)]);
            let parts = parts(&article, Medium::Server);
            assert!(
                parts.iter().all(|part| article.text.get(part.start..part.end).is_some())
            );
            assert!(parts.iter().all(|part| part.len() <= PART + PART / 4));
        }
        assert_eq!(parts(&article(&[]), Medium::Files), [Span::new(0, 0)]);
    }

    #[test]
    fn bytes_are_found_in_their_part() {
        let article = article(&vec!["双方没有谈拢。".repeat(40); 300]);
        for (number, part) in parts(&article, Medium::Server).iter().enumerate() {
            let inside = article.in_document(Span::new(part.start, part.start + 3)).start;
            assert_eq!(part_of(&article, inside), number + 1);
        }
        assert_eq!(part_of(&article, 0), 1);
    }
}
