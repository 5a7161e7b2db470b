//! Whole pages: which blocks are the article, and what the head says.
//!
//! In: a page's source, its blocks, its head. Out: blocks marked as inside or outside the
//! article, metadata. Refuses to know: languages.
//!
//! `dom_smoothie` picks the article as a browser's reader mode does. It returns text
//! without offsets, so its choice is laid over the blocks of our own scan, in order.

use super::draft::Draft;
use super::html::Head;
use serde_json::Value;

/// What a page says of itself, wherever it says so.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Metadata {
    /// `(ISO date, where it stands)`, best first.
    pub published: Vec<(String, &'static str)>,
    /// The headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The site or publisher.
    pub outlet: Option<String>,
    /// Its own address.
    pub url: Option<String>,
}

/// Larger pages, and pages nested deeper, are read without a tree: building one for them
/// takes more time or stack than any article is worth.
const LARGEST: usize = 4 << 20;
const DEEPEST: usize = 300;

/// Marks the blocks that stand outside the article.
pub(super) fn mark_article(source: &str, head: &Head, draft: &mut Draft) {
    if draft.blocks.len() < 4 {
        return;
    }
    let told: Vec<bool> = draft.blocks.iter().map(|block| block.hints.article).collect();
    // The page's own word is better than a guess, and a readout of four lines is too short
    // for one: reader mode takes the footer for the article.
    let mut inside = if kept(draft, &told) >= 150 {
        told
    } else {
        if source.len() > LARGEST || head.depth > DEEPEST {
            return;
        }
        let Some(content) = main_text(source) else { return };
        lay_over(draft, &content)
    };
    let size = kept(draft, &inside);
    // Reader mode that kept a cookie notice is worse than none.
    if size < 150
        || (size < 400
            && size * 4 < draft.text.len()
            && !draft.blocks.iter().any(|b| b.hints.article))
    {
        return;
    }
    fill_holes(draft, &mut inside);
    for (block, inside) in draft.blocks.iter_mut().zip(inside) {
        block.hints.outside = !inside;
    }
}

fn kept(draft: &Draft, inside: &[bool]) -> usize {
    let blocks = draft.blocks.iter().zip(inside);
    blocks.filter(|(_, is)| **is).map(|(block, _)| block.span.len()).sum()
}

/// A lead over the article, or a paragraph in a box of its own, is the article's when it
/// stands between the headline and the article's last block and reads like text.
fn fill_holes(draft: &Draft, inside: &mut [bool]) {
    let Some(last) = inside.iter().rposition(|is| *is) else { return };
    let first = inside.iter().position(|is| *is).unwrap_or(0);
    let headline = draft.blocks[..first].iter().rposition(|block| block.hints.level == 1);
    let from = headline.unwrap_or(first);
    for (at, block) in draft.blocks.iter().enumerate().take(last).skip(from) {
        let words = block.span.of(&draft.text);
        let is_text = words.len() > 50
            && block.linked * 3 < words.len()
            && super::sort::ends_sentence(words)
            && block.hints.tag.is_none()
            && block.hints.class.is_none();
        inside[at] |= is_text || (block.hints.level == 1 && Some(at) == headline);
    }
}

fn main_text(source: &str) -> Option<String> {
    let config = dom_smoothie::Config {
        max_elements_to_parse: 60_000,
        disable_json_ld: true,
        ..dom_smoothie::Config::default()
    };
    let mut readability =
        dom_smoothie::Readability::new(source, None, Some(config)).ok()?;
    let article = readability.parse().ok()?;
    Some(letters(&article.text_content))
}

/// Which blocks stand in `content`, each behind the one before it.
fn lay_over(draft: &Draft, content: &str) -> Vec<bool> {
    const NEAR: usize = 4000;
    let mut at = 0;
    let mut inside = Vec::with_capacity(draft.blocks.len());
    for block in &draft.blocks {
        let key = letters(block.span.of(&draft.text));
        let rest = &content[at..];
        let reach =
            if key.len() < 60 && at > 0 { super::marks::upto(rest, NEAR) } else { rest };
        let found = if key.is_empty() { None } else { reach.find(&key) };
        if let Some(found) = found {
            at += found + key.len();
        }
        inside.push(found.is_some());
    }
    inside
}

fn letters(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Gathers what the head says: JSON-LD first, then OpenGraph and `meta`, then `time`.
pub(super) fn read_metadata(head: &Head) -> Metadata {
    let mut metadata = Metadata::default();
    for block in &head.json_ld {
        if let Ok(value) = serde_json::from_str::<Value>(block.trim()) {
            read_json_ld(&value, &mut metadata, 0);
        }
    }
    let meta = |names: &[&str]| {
        names.iter().find_map(|name| {
            let found =
                head.meta.iter().find(|(key, value)| key == name && !value.is_empty());
            found.map(|(_, value)| value.clone())
        })
    };
    let published = meta(&[
        "article:published_time",
        "og:published_time",
        "datepublished",
        "publishdate",
        "pubdate",
        "article:published",
        "parsely-pub-date",
        "sailthru.date",
        "dc.date.issued",
        "dc.date",
        "dcterms.date",
        "publish_date",
        "publish-date",
        "weibo: article:create_at",
        "date",
    ]);
    metadata.published.extend(published.map(|date| (date, "meta")));
    metadata
        .published
        .extend(head.times.iter().take(3).map(|date| (date.clone(), "time")));
    metadata.title =
        metadata.title.or_else(|| meta(&["og:title", "twitter:title", "title"]));
    metadata.author =
        metadata.author.or_else(|| meta(&["author", "article:author", "dc.creator"]));
    metadata.author = metadata.author.filter(|author| !author.starts_with("http"));
    metadata.outlet = meta(&["og:site_name", "application-name"]).or(metadata.outlet);
    let canonical = head.canonical.clone().filter(|url| url.starts_with("http"));
    metadata.url =
        canonical.or_else(|| meta(&["og:url", "twitter:url"])).or(metadata.url);
    metadata
}

fn read_json_ld(value: &Value, metadata: &mut Metadata, depth: usize) {
    match value {
        Value::Array(items) if depth < 4 => {
            items
                .iter()
                .take(64)
                .for_each(|item| read_json_ld(item, metadata, depth + 1));
        }
        Value::Object(fields) => {
            if let Some(graph) = fields.get("@graph").filter(|_| depth < 4) {
                read_json_ld(graph, metadata, depth + 1);
            }
            let text =
                |key: &str| fields.get(key).and_then(Value::as_str).map(str::to_owned);
            let Some(date) = text("datePublished") else { return };
            metadata.published.push((date, "json-ld"));
            metadata.title = metadata.title.take().or_else(|| text("headline"));
            let author = fields.get("author").and_then(name_in);
            metadata.author = metadata.author.take().or(author);
            let publisher = fields.get("publisher").and_then(name_in);
            metadata.outlet = metadata.outlet.take().or(publisher);
            metadata.url = metadata.url.take().or_else(|| text("url"));
        }
        _ => {}
    }
}

fn name_in(value: &Value) -> Option<String> {
    match value {
        Value::String(name) => Some(name.clone()),
        Value::Object(fields) => fields.get("name")?.as_str().map(str::to_owned),
        Value::Array(items) => items.first().and_then(name_in),
        _ => None,
    }
}
