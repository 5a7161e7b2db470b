//! Markup in, blocks out, in one pass over the source.
//!
//! In: HTML, whole pages or fragments, well formed or not. Out: blocks with their offsets
//! in the source, links, and what a page says of itself in its head. Refuses to know:
//! which block is the article.
//!
//! A tree would have to be walked, and aligned with the source again, since parsers that
//! build one keep no offsets; and a hundred thousand nested tags overflow more than one of
//! them. This scan keeps a list of what is open, and every loop goes forward only.

use super::attribute::{attribute, raw_attribute};
use super::draft::{Draft, Hints};
use super::entity;
use super::marks::Marks;
use record::ParagraphKind;

/// What a page's head and its script blocks say.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// `(name or property, content)` of every `meta`.
    pub meta: Vec<(String, String)>,
    /// The text of every JSON-LD block.
    pub json_ld: Vec<String>,
    /// The canonical address.
    pub canonical: Option<String>,
    /// The block that holds the `title` element.
    pub title: Option<usize>,
    /// `datetime` of the first `time` elements.
    pub times: Vec<String>,
    /// The `lang` of the page.
    pub lang: Option<String>,
    /// The deepest nesting.
    pub depth: usize,
}

/// One element that is open.
struct Open {
    name: Name,
    /// What its words are, inherited.
    tag: Option<ParagraphKind>,
    class: Option<ParagraphKind>,
    level: u8,
    item: bool,
    /// Not shown to readers: `display: none`.
    hidden: bool,
    link: bool,
    strong: bool,
    /// In the element that the page itself calls the article's body.
    article: bool,
}

/// An element's name: its number in [`KNOWN`], or a hash of any other.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Name(u64);

/// The scan of one source; fed ranges in order.
pub(super) struct Scan<'s, 'd> {
    source: &'s str,
    draft: &'d mut Draft,
    marks: &'d Marks,
    head: Head,
    open: Vec<Open>,
    /// How many elements are open beyond those in `open`.
    deeper: usize,
    hidden: usize,
    /// From here on no `>` occurs, so that an open tag is text.
    no_more_ends: bool,
    /// A quotation mark was never closed; they are not heeded any more.
    loose_quotes: bool,
    no_more_comment_ends: bool,
    picture: bool,
}

/// Elements nested deeper are not told apart.
const DEEPEST: usize = 2048;

const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "button",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "iframe",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "noscript",
    "ol",
    "option",
    "p",
    "pre",
    "section",
    "select",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
    "video",
];
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta",
    "param", "source", "track", "wbr",
];
/// Elements whose text is not for readers.
const SKIPPED: &[&str] =
    &["iframe", "noembed", "noframes", "script", "style", "textarea", "xmp"];
/// Elements whose inside is not for readers, tags and all.
const UNSHOWN: &[&str] = &["audio", "canvas", "object", "svg", "template", "video"];

impl<'s, 'd> Scan<'s, 'd> {
    /// A scan that writes into `draft`.
    pub fn new(source: &'s str, draft: &'d mut Draft, marks: &'d Marks) -> Scan<'s, 'd> {
        Scan {
            source,
            draft,
            marks,
            head: Head::default(),
            open: Vec::new(),
            deeper: 0,
            hidden: 0,
            no_more_ends: false,
            loose_quotes: false,
            no_more_comment_ends: false,
            picture: false,
        }
    }

    /// Reads `source[from..to]`; a tag that is cut off at `to` is dropped.
    pub fn feed(&mut self, from: usize, to: usize) {
        let bytes = self.source.as_bytes();
        let mut at = from;
        let mut text_from = from;
        while at < to {
            match bytes[at] {
                b'<' => {
                    let Some(end) = self.markup(at, to, text_from) else {
                        at += 1;
                        continue;
                    };
                    at = end;
                    text_from = end;
                }
                b'&' => {
                    if let Some((c, len)) = entity::decode(&self.source[at..to]) {
                        self.text(text_from, at);
                        self.decoded(c, at);
                        at += len;
                        text_from = at;
                    } else {
                        at += 1;
                    }
                }
                _ => at += 1,
            }
        }
        self.text(text_from, to);
    }

    /// Ends the scan and hands over what the head said.
    pub fn finish(mut self) -> Head {
        self.draft.end_link();
        self.draft.close();
        self.draft.set_strong(false);
        std::mem::take(&mut self.head)
    }

    fn text(&mut self, from: usize, to: usize) {
        if from >= to || self.hidden > 0 {
            return;
        }
        if !self.draft.has_words() {
            let bytes = &self.source.as_bytes()[from..to];
            if bytes.iter().all(u8::is_ascii_whitespace) {
                return;
            }
            let hints = self.hints();
            self.draft.open(from, hints);
        }
        self.draft.write(self.source, from, to);
    }

    fn decoded(&mut self, c: char, at: usize) {
        if self.hidden > 0 {
            return;
        }
        if !self.draft.has_words() {
            if c.is_whitespace() {
                return;
            }
            let hints = self.hints();
            self.draft.open(at, hints);
        }
        self.draft.write_decoded(c, at);
    }

    fn hints(&mut self) -> Hints {
        let picture = std::mem::take(&mut self.picture);
        let Some(open) = self.open.last() else {
            return Hints { picture, ..Hints::default() };
        };
        Hints {
            tag: open.tag,
            class: open.class,
            level: open.level,
            item: open.item,
            picture,
            article: open.article,
            ..Hints::default()
        }
    }

    /// Reads the markup at `at`; its end, or `None` when it is a mere `<`.
    fn markup(&mut self, at: usize, to: usize, text_from: usize) -> Option<usize> {
        let bytes = self.source.as_bytes();
        let next = *bytes.get(at + 1).filter(|_| at + 1 < to)?;
        match next {
            b'!' | b'?' => {
                self.text(text_from, at);
                Some(self.skip_comment(at, to))
            }
            b'/' if bytes.get(at + 2).is_some_and(u8::is_ascii_alphabetic) => {
                let end = self.tag_end(at + 2, to)?;
                self.text(text_from, at);
                let name = lower_name(bytes, at + 2, end);
                self.end_tag(&name);
                Some(end)
            }
            b'a'..=b'z' | b'A'..=b'Z' => {
                let end = self.tag_end(at + 1, to)?;
                let name = lower_name(bytes, at + 1, end);
                if name.contains(':') && name.contains('/') {
                    return None;
                }
                self.text(text_from, at);
                // A name is cut at so many bytes, be it inside a character: `<a𐂀…`.
                let from = (at + 1 + name.len()).min(end);
                let attributes = self.source.get(from..end).unwrap_or("");
                Some(self.start_tag(&name, attributes, end, to))
            }
            _ => None,
        }
    }

    /// One past the `>` that ends the tag, quotation marks heeded as long as they close.
    fn tag_end(&mut self, from: usize, to: usize) -> Option<usize> {
        if self.no_more_ends {
            return None;
        }
        let bytes = self.source.as_bytes();
        if !self.loose_quotes {
            let mut quote = None;
            for (at, &byte) in bytes[from..to].iter().enumerate() {
                match (quote, byte) {
                    (None, b'>') => return Some(from + at + 1),
                    (None, b'"' | b'\'') if bytes[from + at - 1] == b'=' => {
                        quote = Some(byte)
                    }
                    (Some(open), byte) if open == byte => quote = None,
                    _ => {}
                }
            }
            if quote.is_some() {
                self.loose_quotes = true;
            }
        }
        match bytes[from..to].iter().position(|byte| *byte == b'>') {
            Some(at) => Some(from + at + 1),
            None => {
                self.no_more_ends = true;
                None
            }
        }
    }

    fn skip_comment(&mut self, at: usize, to: usize) -> usize {
        if self.source[at..to].starts_with("<!--") && !self.no_more_comment_ends {
            match self.source[at + 4..to].find("-->") {
                Some(end) => return at + 4 + end + 3,
                None => self.no_more_comment_ends = true,
            }
        }
        self.tag_end(at + 1, to).unwrap_or(at + 2)
    }

    fn start_tag(
        &mut self,
        name: &str,
        attributes: &str,
        end: usize,
        to: usize,
    ) -> usize {
        let is_block = BLOCKS.binary_search(&name).is_ok();
        if is_block {
            self.draft.close();
        }
        if SKIPPED.binary_search(&name).is_ok() {
            return self.skip_element(name, attributes, end, to);
        }
        match name {
            "meta" => self.meta(attributes),
            "link" => self.link_element(attributes),
            "p" | "li" | "section" | "article" | "table" | "h1" | "h2" | "h3" | "h4" => {
                self.picture = false;
            }
            "img" | "picture" => {
                self.picture = !self.draft.has_words();
                self.draft.hint(|hints| hints.ends_group = true);
            }
            "br" | "hr" if !self.draft.has_words() => self.draft.end_group(),
            "time" => self.head.times.extend(
                attribute(attributes, "datetime").filter(|_| self.head.times.len() < 8),
            ),
            "html" => self.head.lang = attribute(attributes, "lang"),
            _ => {}
        }
        if VOID.binary_search(&name).is_ok() || attributes.ends_with("/>") {
            return end;
        }
        if matches!(name, "p" | "li" | "td" | "th" | "tr" | "option" | "dt" | "dd") {
            self.close_sibling(name);
        }
        if self.open.len() >= DEEPEST {
            self.deeper += 1;
            self.head.depth = DEEPEST + self.deeper;
            return end;
        }
        let opened = self.opened(name, attributes);
        if opened.link {
            let url = attribute(attributes, "href").unwrap_or_default();
            self.draft.start_link(&url);
        }
        if opened.strong {
            self.draft.set_strong(true);
        }
        self.hidden += usize::from(opened.hidden);
        self.open.push(opened);
        self.head.depth = self.head.depth.max(self.open.len());
        if name == "title" && self.head.title.is_none() {
            self.head.title = Some(self.draft.blocks.len());
        }
        end
    }

    /// What is open once this tag is: what it says itself, else what it stands in.
    fn opened(&self, name: &str, attributes: &str) -> Open {
        let outer = self.open.last();
        let level = match name.as_bytes() {
            [b'h', digit @ b'1'..=b'6'] => digit - b'0',
            _ => outer.map_or(0, |open| open.level),
        };
        let (tag, class) = self.kinds(name, attributes);
        // A tooltip inside a sentence: `<span class="tooltip hidden">`.
        let is_inline = BLOCKS.binary_search(&name).is_err();
        let unshown = UNSHOWN.binary_search(&name).is_ok()
            || is_inline && class == Some(ParagraphKind::Debris)
            || attributes.contains("display:none")
            || attributes.contains("display: none");
        Open {
            name: name_of(name),
            tag: tag.or(outer.and_then(|open| open.tag)),
            class: class.or(outer.and_then(|open| open.class)),
            level,
            item: name == "li" || outer.is_some_and(|open| open.item && name != "p"),
            hidden: unshown,
            link: name == "a",
            strong: matches!(name, "b" | "strong"),
            article: outer.is_some_and(|open| open.article)
                || is_article_body(attributes),
        }
    }

    fn kinds(
        &self,
        name: &str,
        attributes: &str,
    ) -> (Option<ParagraphKind>, Option<ParagraphKind>) {
        let tag = match name {
            "nav" | "button" | "select" | "form" | "label" | "menu" => {
                Some(ParagraphKind::Navigation)
            }
            "aside" => Some(ParagraphKind::Related),
            "figcaption" | "small" => Some(ParagraphKind::Caption),
            "time" => Some(ParagraphKind::Byline),
            _ => None,
        };
        // Classes of the page and the article itself name layouts: `has-sidebar`.
        let is_outer =
            matches!(name, "html" | "body" | "article" | "main" | "a" | "p" | "img");
        if is_outer || attributes.len() < 4 {
            return (tag, None);
        }
        let mut class = None;
        for key in ["class", "id", "role", "itemprop", "rel"] {
            if let Some(value) = raw_attribute(attributes, key) {
                class = class.or(self.marks.class_kind(value));
            }
        }
        (tag, class)
    }

    /// A paragraph, row or item that opens ends the one before it.
    fn close_sibling(&mut self, name: &str) {
        let wanted = name_of(name);
        let from = self.open.len().saturating_sub(8);
        let tail = &self.open[from..];
        let Some(at) = tail.iter().rposition(|open| open.name == wanted) else { return };
        let walls =
            ["ul", "ol", "table", "div", "section", "article", "blockquote", "td"];
        if tail[at + 1..].iter().any(|open| walls.iter().any(|w| name_of(w) == open.name))
        {
            return;
        }
        self.pop_to(from + at);
    }

    fn end_tag(&mut self, name: &str) {
        if BLOCKS.binary_search(&name).is_ok() {
            self.draft.close();
            if name == "br" {
                return;
            }
        }
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        let wanted = name_of(name);
        // A closing tag whose partner lies further out than this closes nothing; without
        // the bound a page of stray closing tags would be searched again and again.
        let from = self.open.len().saturating_sub(64);
        let at = self.open[from..].iter().rposition(|open| open.name == wanted);
        if let Some(at) = at {
            self.pop_to(from + at);
        }
    }

    fn pop_to(&mut self, len: usize) {
        while self.open.len() > len {
            let Some(open) = self.open.pop() else { return };
            self.hidden -= usize::from(open.hidden);
            if open.link {
                self.draft.end_link();
            }
            if open.strong {
                self.draft.set_strong(false);
            }
        }
    }

    /// Passes over `script` and its like; JSON-LD is kept.
    fn skip_element(
        &mut self,
        name: &str,
        attributes: &str,
        from: usize,
        to: usize,
    ) -> usize {
        if attributes.ends_with("/>") && name != "script" {
            return from;
        }
        let bytes = &self.source.as_bytes()[from..to];
        let close = name.len() + 2;
        let mut at = 0;
        let end = loop {
            let Some(found) = bytes[at..].iter().position(|byte| *byte == b'<') else {
                break bytes.len();
            };
            at += found;
            let tail = &bytes[at..];
            if tail.len() >= close
                && tail[1] == b'/'
                && tail[2..close].eq_ignore_ascii_case(name.as_bytes())
            {
                break at;
            }
            at += 1;
        };
        if name == "script"
            && attributes.contains("ld+json")
            && self.head.json_ld.len() < 16
        {
            self.head.json_ld.push(self.source[from..from + end].to_owned());
        }
        let tail = from + end;
        self.tag_end(tail.min(to), to).filter(|_| tail < to).unwrap_or(to)
    }

    fn meta(&mut self, attributes: &str) {
        if self.head.meta.len() >= 256 {
            return;
        }
        let name = attribute(attributes, "property")
            .or_else(|| attribute(attributes, "name"))
            .or_else(|| attribute(attributes, "itemprop"));
        if let (Some(name), Some(content)) = (name, attribute(attributes, "content")) {
            self.head.meta.push((name.to_ascii_lowercase(), content));
        }
    }

    fn link_element(&mut self, attributes: &str) {
        if attribute(attributes, "rel").is_some_and(|rel| rel == "canonical") {
            self.head.canonical = attribute(attributes, "href");
        }
    }
}

/// Whether an element is what its page calls the article's body.
fn is_article_body(attributes: &str) -> bool {
    const NAMES: &[&str] = &[
        "articleBody",
        "article-body",
        "article__body",
        "article_body",
        "articlebody",
        "entry-content",
        "post-content",
        "story-body",
        "article-text",
        "article__text",
    ];
    if attributes.len() < 16 {
        return false;
    }
    let values = ["itemprop", "class", "id"].into_iter();
    let mut values = values.filter_map(|key| raw_attribute(attributes, key));
    values.any(|value| value.split_ascii_whitespace().any(|word| NAMES.contains(&word)))
}

fn lower_name(bytes: &[u8], from: usize, to: usize) -> String {
    let name = &bytes[from..to];
    let len = name
        .iter()
        .take(40)
        .take_while(|b| !b.is_ascii_whitespace() && !matches!(b, b'>' | b'/'))
        .count();
    String::from_utf8_lossy(&name[..len]).to_ascii_lowercase()
}

fn name_of(name: &str) -> Name {
    // FNV-1a; two names of one page will not collide in 64 bits.
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    });
    Name(hash)
}
