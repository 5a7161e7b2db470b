//! A document's readable text.

use crate::{DocumentId, Span};

codes! {
    /// The raw form that a document was captured in.
    Form {
        /// Markdown, with a navigation line, picture links and emphasis.
        Markdown = "markdown",
        /// Jekyll front matter before Markdown or HTML.
        FrontMatter = "front-matter",
        /// A stamp of milliseconds, `[title](url)`, `------`, then HTML.
        Stamped = "stamped",
        /// A whole HTML page.
        Page = "html-page",
        /// HTML without a page around it.
        Fragment = "html-fragment",
        /// Plain text, the title first and a rights notice last.
        Plain = "plain",
    }
}

codes! {
    /// What a paragraph is in its article. Only headings and body are what the article says.
    ParagraphKind {
        /// The headline.
        Title = "title",
        /// Who wrote, translated, edited or reprinted it, and when: `作者：…`.
        Byline = "byline",
        /// A heading between paragraphs.
        Heading = "heading",
        /// A paragraph of the article itself.
        Body = "body",
        /// A translator's or editor's comment that is not the source's.
        Note = "note",
        /// The words under a picture, and photo credits.
        Caption = "caption",
        /// Links back and forth in the site.
        Navigation = "navigation",
        /// Invitations to share, follow or subscribe.
        Share = "share",
        /// Disclaimers and rights notices.
        Rights = "rights",
        /// Links to other articles, references, tags.
        Related = "related",
        /// Anything else that is not the article: `Array`, scripts' leftovers.
        Debris = "debris",
    }
}

impl ParagraphKind {
    /// Whether the paragraph is part of what the article says.
    pub fn is_body(self) -> bool {
        matches!(self, ParagraphKind::Body | ParagraphKind::Heading)
    }
    /// Whether names and dates are looked for in it.
    pub fn is_read(self) -> bool {
        self.is_body()
            || matches!(
                self,
                ParagraphKind::Title
                    | ParagraphKind::Byline
                    | ParagraphKind::Note
                    | ParagraphKind::Caption
            )
    }
}

/// One paragraph: where it stands in the text, and in the file as it was captured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// What it is.
    pub kind: ParagraphKind,
    /// Its bytes of `Article::text`.
    pub span: Span,
    /// The bytes of the document (not of the text) that it was taken from.
    pub document: Span,
    /// Runs that stand in both, in order: `(offset in Article::text, offset in the
    /// document, length in the text)`; between two runs lie tags, entities or white space.
    /// In a document that is not UTF-8 a run maps its start only: it is one character,
    /// its length that of the document's bytes, and a text's end maps to the byte behind.
    pub runs: Vec<(usize, usize, usize)>,
}

json_fields!(Paragraph { kind, span, document, runs });

/// When an article was published, and how that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// ISO 8601: `2022-01-10`, `2022-01-10T16:26`, `2021-12-08T20:18:04Z`, or `2022-01`.
    pub value: String,
    /// Where it stands: `front matter`, `json-ld`, `text`, `stamp`, `url`, `given`, …
    pub from: String,
    /// Whether it was inferred (from an address, picture paths, the latest dated news)
    /// and not stated.
    pub inferred: bool,
}

json_fields!(Published { value, from, inferred });

/// A link that says where the article comes from or what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// `self`, `reprint` (轉載自), `reference` (参考链接), `translation` or `other`.
    pub rel: String,
    /// The address.
    pub url: String,
    /// The words of the link.
    pub words: String,
}

json_fields!(Link { rel, url, words });

/// Who published the article and whose article it renders.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// The outlet that published this document: `GNews`, `RFI`.
    pub outlet: Option<String>,
    /// The author as the document names them.
    pub author: Option<String>,
    /// The translator as the document names them.
    pub translator: Option<String>,
    /// The outlet whose article this one translates, reprints or digests.
    pub origin: Option<String>,
    /// Outlets that the text says it relies on.
    pub cites: Vec<String>,
}

json_fields!(Source { outlet, author, translator, origin, cites });

/// A document's readable text, with what is known about its publication.
///
/// `text` holds every paragraph, boilerplate too, in document order, joined by one line
/// feed; `paragraphs` tells what each is. The words are the document's own: only markup,
/// entities and runs of white space are gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// The document that it was read from.
    pub document: DocumentId,
    /// How the document was captured.
    pub form: Form,
    /// The character encoding that the bytes were decoded from: `UTF-8`, `GB18030`.
    pub charset: String,
    /// BCP 47: `zh-Hans`, `zh-Hant`, `en`, `ru`, `uk`; `und` where it cannot be told.
    pub language: String,
    /// The headline's words.
    pub title: Option<String>,
    /// Outlet, author, translator, origin.
    pub source: Source,
    /// When it was published.
    pub published_on: Option<Published>,
    /// The place of a dateline: `日内瓦`.
    pub dateline: Option<String>,
    /// The article's own address.
    pub url: Option<String>,
    /// Links that tell of its lineage.
    pub links: Vec<Link>,
    /// Every paragraph's words.
    pub text: String,
    /// What each paragraph is, and where; in order, without overlap.
    pub paragraphs: Vec<Paragraph>,
    /// Why there is no body, when there is none: `empty`, `binary`, `no readable text`.
    pub empty: Option<String>,
}

json_fields!(Article {
    document,
    form,
    charset,
    language,
    title,
    source,
    published_on,
    dateline,
    url,
    links,
    text,
    paragraphs,
    empty,
});

impl Article {
    /// The body: headings and paragraphs that are the article's own, one a line.
    pub fn body(&self) -> String {
        let parts: Vec<&str> = self
            .paragraphs
            .iter()
            .filter(|p| p.kind.is_body())
            .map(|p| p.span.of(&self.text))
            .collect();
        parts.join("\n")
    }
    /// The paragraph that holds the byte at `at`.
    pub fn paragraph_at(&self, at: usize) -> Option<&Paragraph> {
        let next = self.paragraphs.partition_point(|p| p.span.start <= at);
        self.paragraphs[..next].last().filter(|p| at <= p.span.end)
    }
    /// Where a span of the text stands in the document's bytes as captured.
    pub fn in_document(&self, span: Span) -> Span {
        let start = self.document_offset(span.start, false);
        let end = self.document_offset(span.end, true);
        Span::new(start, end)
    }
    fn document_offset(&self, at: usize, is_end: bool) -> usize {
        // An end belongs to the run that holds the byte before it.
        let probe = if is_end { at.saturating_sub(1) } else { at };
        let Some(paragraph) = self.paragraph_at(probe) else { return 0 };
        let next = paragraph.runs.partition_point(|run| run.0 <= probe);
        match paragraph.runs[..next].last() {
            Some(&(text, document, len)) if at <= text + len => document + (at - text),
            Some(&(_, document, len)) => document + len,
            None if is_end => paragraph.document.end,
            None => paragraph.document.start,
        }
    }
}
