//! Document in, article out: decoding, raw forms, boilerplate, publication.
//!
//! In: a document's bytes. Out: an [`Article`] whose every paragraph knows what it is and
//! where it stands in the file as captured. Refuses to know: names, time expressions,
//! anything that a sentence says.
//!
//! The steps, each in a file of its own: `decode` bytes to characters; `form` and `front`
//! what stands before the text; `markdown` and `html` the text's blocks, with offsets, into
//! a `draft`; `page` which blocks of a whole page are the article; `sort` what every block
//! is, by the tables in `marks`; `published`, `source`, `language` what is known of it.

mod attribute;
mod credit;
mod decode;
mod draft;
mod entity;
mod form;
mod front;
mod html;
mod language;
mod markdown;
pub(crate) mod marks;
mod page;
mod published;
mod serial;
mod sort;
mod source;
mod stamp;

pub(crate) use credit::people_credited;
pub use language::Scripts;
pub use marks::Marks;

use crate::lexicon::Lexicon;
use decode::Decoded;
use draft::{Draft, Hints};
use form::Opening;
use html::{Head, Scan};
use page::Metadata;
use record::{
    Article, Document, Form, Paragraph, ParagraphKind, Published, Source, Span,
};
use sort::Tables;

/// Reads a document's text, title and publication; never fails, whatever the bytes.
pub fn read_article(document: &Document, lexicon: &Lexicon) -> Article {
    if document.bytes.iter().all(u8::is_ascii_whitespace) {
        return no_article(document, "empty");
    }
    let Some(decoded) = decode::decode(&document.bytes) else {
        return no_article(document, decode::BINARY);
    };
    let source = &*decoded.text;
    let opening = form::find_form(source);
    let mut draft = Draft::with_room(source.len().min(1 << 20));
    let head = draw(source, &opening, &mut draft, lexicon);
    draft.finish();
    let metadata = page::read_metadata(&head);
    let title = find_title(&draft, &opening, &head, &metadata);
    let tables = Tables { marks: &lexicon.marks, fold: lexicon.fold() };
    let kinds = sort::sort_blocks(&draft, title, &tables);
    let provenance = source::find_source(&source::Evidence {
        source,
        opening: &opening,
        metadata: &metadata,
        draft: &draft,
        kinds: &kinds,
        given_url: document.url.as_deref(),
        lexicon,
    });
    let published_on = published::find_published(&published::Evidence {
        source,
        opening: &opening,
        metadata: &metadata,
        draft: &draft,
        kinds: &kinds,
        url: provenance.url.as_deref(),
        hint: document.published_hint.as_deref(),
        marks: &lexicon.marks,
    });
    let title = title.map(|at| draft.words(at).to_owned()).or(metadata.title);
    let (text, paragraphs) = settle(draft, &kinds, &decoded);
    let mut article = Article {
        document: document.id,
        form: opening.form,
        charset: decoded.charset.to_owned(),
        language: String::new(),
        title,
        source: provenance.source,
        published_on,
        dateline: provenance.dateline,
        url: provenance.url,
        links: provenance.links,
        text,
        paragraphs,
        empty: None,
    };
    article.language = language_of(&article, lexicon).to_owned();
    article.empty = why_empty(&article).map(str::to_owned);
    article
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

fn no_article(document: &Document, why: &str) -> Article {
    let given = document.published_hint.clone();
    Article {
        document: document.id,
        form: Form::Plain,
        charset: "und".to_owned(),
        language: "und".to_owned(),
        title: None,
        source: Source::default(),
        published_on: given.map(|value| Published {
            value,
            from: "given".to_owned(),
            inferred: false,
        }),
        dateline: None,
        url: document.url.clone(),
        links: Vec::new(),
        text: String::new(),
        paragraphs: Vec::new(),
        empty: Some(why.to_owned()),
    }
}

/// Writes every block of the document into `draft`: front matter's title first, then the
/// linked title, then the text in its own form.
fn draw(source: &str, opening: &Opening, draft: &mut Draft, lexicon: &Lexicon) -> Head {
    if let Some(front) = &opening.front {
        front.write(source, &["title", "headline"], draft);
    }
    if let Some(((from, to), _)) = opening.link {
        draft.open(from, Hints::default());
        draft.write(source, from, to);
        draft.close();
    }
    match opening.inner {
        Form::Page | Form::Fragment => {
            let mut scan = Scan::new(source, draft, &lexicon.marks);
            scan.feed(opening.body, source.len());
            let head = scan.finish();
            if opening.inner == Form::Page {
                page::mark_article(&source[opening.body..], &head, draft);
            }
            head
        }
        Form::Plain => {
            markdown::read_plain(source, opening.body, draft);
            Head::default()
        }
        _ => {
            markdown::read_markdown(source, opening.body, draft, &lexicon.marks);
            Head::default()
        }
    }
}

/// The block of the headline.
fn find_title(
    draft: &Draft,
    opening: &Opening,
    head: &Head,
    metadata: &Metadata,
) -> Option<usize> {
    let is_given = opening.front.is_some() || opening.link.is_some();
    let first = draft.blocks.first()?;
    // Front matter's title and the linked title are the blocks that start before the text.
    if is_given && first.raw.start < opening.body {
        return Some(0);
    }
    let heads = draft.blocks.iter().enumerate().take(400);
    let top = |deepest: u8| {
        heads.clone().find(|(_, b)| {
            (1..=deepest).contains(&b.hints.level) && b.linked * 2 < b.span.len()
        })
    };
    match opening.inner {
        Form::Page => page_title(draft, head, metadata),
        Form::Fragment => top(2).map(|(at, _)| at),
        Form::Markdown => {
            let early = |(at, _): &(usize, _)| *at < 12;
            top(2).or_else(|| top(6).filter(early)).map(|(at, _)| at)
        }
        _ => plain_title(draft),
    }
}

/// The heading that the page's own title starts with, else the longest, else `title`.
fn page_title(draft: &Draft, head: &Head, metadata: &Metadata) -> Option<usize> {
    let given = metadata.title.as_deref().or(head.title.map(|at| draft.words(at)));
    let key = |words: &str| -> String {
        words.chars().filter(|c| c.is_alphanumeric()).collect()
    };
    let given = given.map(key).unwrap_or_default();
    let headings =
        draft.blocks.iter().enumerate().filter(|(_, b)| matches!(b.hints.level, 1 | 2));
    let fits = headings.clone().find(|(at, _)| {
        let words = key(draft.words(*at));
        words.len() > 8 && (given.starts_with(&words) || words.starts_with(&given))
    });
    let first = headings.clone().find(|(_, b)| b.hints.level == 1 && !b.hints.outside);
    fits.or(first).map(|(at, _)| at).or(head.title.filter(|at| *at < draft.blocks.len()))
}

/// The first line, when it is short and reads like no sentence of the text.
fn plain_title(draft: &Draft) -> Option<usize> {
    let mut lines = draft.blocks.iter().enumerate();
    // Corpora put an identifier, a language and an address before the text.
    let (at, block) = lines.find(|(_, block)| {
        let words = block.span.of(&draft.text);
        let is_code = !words.contains(' ') && words.is_ascii() && words.len() < 24;
        !is_code && !words.starts_with("http")
    })?;
    let words = block.span.of(&draft.text);
    let is_only = at + 1 == draft.blocks.len();
    let is_sentence =
        sort::ends_sentence(words) && !words.ends_with(['?', '？', '!', '！', '…']);
    let stands_alone = block.hints.ends_group && words.chars().count() < 120;
    let is_title =
        words.chars().count() <= 200 && !is_only && (!is_sentence || stands_alone);
    is_title.then_some(at)
}

/// Turns blocks into paragraphs, and offsets in the characters into bytes of the document.
fn settle(
    draft: Draft,
    kinds: &[ParagraphKind],
    decoded: &Decoded<'_>,
) -> (String, Vec<Paragraph>) {
    let mut walk = decoded.walk();
    let mut paragraphs = Vec::with_capacity(draft.blocks.len());
    for (block, kind) in draft.blocks.into_iter().zip(kinds) {
        let start = walk.byte(block.raw.start);
        let runs = decoded.cut_runs(&draft.text, block.runs, &mut walk);
        let end = walk.byte(block.raw.end);
        let document = Span::new(start, end);
        paragraphs.push(Paragraph { kind: *kind, span: block.span, document, runs });
    }
    (draft.text, paragraphs)
}

fn language_of(article: &Article, lexicon: &Lexicon) -> &'static str {
    let of = |text: &str| language::tell_language(text, &lexicon.scripts, lexicon.fold());
    let mut sample = String::new();
    for paragraph in article.paragraphs.iter().filter(|p| p.kind.is_body()) {
        sample.push_str(marks::upto(paragraph.span.of(&article.text), 900));
        sample.push('\n');
        if sample.len() > 2400 {
            break;
        }
    }
    let told = of(&sample);
    // A text of a few words is in the language of its headline.
    match &article.title {
        Some(title) if told == "und" && sample.len() < 200 => of(title),
        _ => told,
    }
}

fn why_empty(article: &Article) -> Option<&'static str> {
    let has = |kind: ParagraphKind| article.paragraphs.iter().any(|p| p.kind == kind);
    if has(ParagraphKind::Body) {
        return None;
    }
    if article.paragraphs.is_empty() {
        return Some("no readable text");
    }
    Some(if article.paragraphs.iter().all(|p| p.kind == ParagraphKind::Title) {
        "only a title"
    } else {
        "only a title and boilerplate"
    })
}
