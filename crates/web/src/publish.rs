//! The dossier as files: every page that a reader can reach.
//!
//! In: a ledger and the languages. Out: files, one after the other, each with its path.
//! Refuses to know: where they are written. Pages are found as a reader finds them, by
//! their links, so no link of a published dossier leads nowhere.

use crate::Language;
use crate::pages::{Asked, Lens, Medium, Place, Refused, Room, file, page};
use crate::server::ASSETS;
use ledger::Filter;
use record::{Article, Paragraph, ParagraphKind};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Above this many bytes of text a published dossier is searched by titles alone.
const WORDS: usize = 24 << 20;

/// The Chinese characters whose other script is told to a published dossier.
const IDEOGRAPHS: std::ops::RangeInclusive<char> = '\u{4e00}'..='\u{9fff}';

/// What is published.
pub struct Publication<'a> {
    /// The ledger and its names.
    pub room: Room<'a>,
    /// Only what had been published by this day.
    pub as_of: Option<String>,
    /// The languages of the pages, English first.
    pub languages: Vec<Language>,
}

/// What takes a file: its path from the root, its bytes, how many pages are to follow.
pub type Take<'a> = dyn FnMut(&str, &[u8], usize) -> std::io::Result<()> + 'a;

/// Why publishing ended early.
#[derive(Debug)]
pub enum Broken {
    /// A page could not be made: its file and why.
    Page(String, Box<Refused>),
    /// What was given a file did not take it.
    Write(std::io::Error),
}

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Broken::Page(file, cause) => write!(f, "cannot make {file}: {cause}"),
            Broken::Write(cause) => write!(f, "cannot write: {cause}"),
        }
    }
}

impl std::error::Error for Broken {}

impl Publication<'_> {
    /// Hands over every file: its path from the root, `/` between folders, and its bytes;
    /// how many pages are known to follow. The same ledger gives the same files.
    ///
    /// # Errors
    /// If a page cannot be made, or `write` fails.
    pub fn each(&self, write: &mut Take<'_>) -> Result<(), Broken> {
        let mut known: BTreeSet<String> = BTreeSet::new();
        let mut next: VecDeque<(Language, Place)> = VecDeque::new();
        for language in &self.languages {
            for (place, _) in Place::BAR {
                known.insert(file(&place, *language));
                next.push_back((*language, place));
            }
            known.insert(file(&Place::Search, *language));
            next.push_back((*language, Place::Search));
        }
        while let Some((language, place)) = next.pop_front() {
            let name = file(&place, language);
            let asked = Asked {
                place,
                lens: Lens { as_of: self.as_of.clone(), ..Lens::default() },
                language,
                medium: Medium::Files,
            };
            let text = page(&self.room, &asked)
                .map_err(|cause| Broken::Page(name.clone(), Box::new(cause)))?;
            for linked in links(&name, &text) {
                let Some((language, place)) =
                    Place::parse(linked.trim_end_matches(".html"))
                else {
                    continue;
                };
                if self.languages.contains(&language) && known.insert(linked) {
                    next.push_back((language, place));
                }
            }
            write(&name, text.as_bytes(), next.len()).map_err(Broken::Write)?;
        }
        for (name, _, text) in ASSETS {
            write(&format!("static/{name}"), text.as_bytes(), 0)
                .map_err(Broken::Write)?;
        }
        let words = self
            .words()
            .map_err(|cause| Broken::Page("words.js".to_owned(), Box::new(cause)))?;
        write("static/words.js", words.as_bytes(), 0).map_err(Broken::Write)
    }

    /// What a published dossier is searched by: a script, since a page from a disk may
    /// load one and nothing else.
    fn words(&self) -> Result<String, Refused> {
        let filter = Filter { as_of: self.as_of.clone(), ..Filter::default() };
        let mut size = 0;
        let mut rows = Vec::new();
        let mut folds: BTreeMap<char, char> = BTreeMap::new();
        for document in self.room.ledger.documents(&filter)? {
            let article = self.room.ledger.article(&document.id)?;
            let mut text =
                article.map(|article| beside_title(&article)).unwrap_or_default();
            size += text.len();
            if size > WORDS {
                text.clear();
            }
            let title = document.title.clone().unwrap_or_default();
            for (c, plain) in text.chars().chain(title.chars()).zip(
                (self.room.fold)(&text).chars().chain((self.room.fold)(&title).chars()),
            ) {
                if c != plain {
                    folds.insert(c, plain);
                }
            }
            rows.push(json!([
                Place::Document(document.id.clone()).path() + ".html",
                title,
                document.outlet,
                document.published,
                match &document.script {
                    Some(script) => format!("{}-{script}", document.language),
                    None => document.language,
                },
                text,
            ]));
        }
        // A reader may ask for words that no document has written so.
        let ideographs: String = IDEOGRAPHS.flat_map(|c| [c, '\n']).collect();
        let plain = (self.room.fold)(&ideographs);
        folds.extend(
            ideographs.chars().zip(plain.chars()).filter(|(c, plain)| c != plain),
        );
        let folds: BTreeMap<String, String> = folds
            .into_iter()
            .map(|(c, plain)| (c.to_string(), plain.to_string()))
            .collect();
        // A script may be read as a page's text by nobody, but `</script>` in it costs nothing
        // to avoid.
        let index = json!({ "folds": folds, "documents": rows }).to_string();
        Ok(format!("window.demarcheWords = {};\n", index.replace("</", "<\\/")))
    }
}

/// All that an article says beside its title, which stands on its own; first its body, since
/// a hit there tells more than one in a caption.
fn beside_title(article: &Article) -> String {
    let (body, rest): (Vec<&Paragraph>, Vec<&Paragraph>) = article
        .paragraphs
        .iter()
        .filter(|p| p.kind != ParagraphKind::Title)
        .partition(|p| p.kind.is_body());
    let kept = body.into_iter().chain(rest);
    kept.map(|p| p.span.of(&article.text)).collect::<Vec<_>>().join("\n")
}

/// The pages that a page leads to, as paths from the root.
fn links(from: &str, text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let folder: Vec<&str> = from.split('/').collect();
    for attribute in ["href=\"", "src=\""] {
        for (at, _) in text.match_indices(attribute) {
            let rest = &text[at + attribute.len()..];
            let Some(end) = rest.find('"') else { continue };
            let address = rest[..end].split('#').next().unwrap_or_default();
            if !address.ends_with(".html") || address.contains("//") {
                continue;
            }
            let mut parts: Vec<&str> = folder[..folder.len() - 1].to_vec();
            for part in address.split('/') {
                match part {
                    ".." => drop(parts.pop()),
                    part => parts.push(part),
                }
            }
            let path = parts.join("/");
            found.insert(match path.as_str() {
                "index.html" => file(&Place::Today, Language::En),
                "zh/index.html" => file(&Place::Today, Language::Zh),
                _ => path,
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::links;

    #[test]
    fn links_are_found_from_the_root() {
        let page = r##"<a href="../actor/1.html#b3"><a href="2.html"><a href="#x">
            <a href="https://example.org/a.html"><iframe src="../captured/3.html">"##;
        let found: Vec<String> = links("meeting/9.html", page).into_iter().collect();
        assert_eq!(found, ["actor/1.html", "captured/3.html", "meeting/2.html"]);
        let found: Vec<String> = links("zh/meeting/9.html", page).into_iter().collect();
        assert_eq!(found, ["zh/actor/1.html", "zh/captured/3.html", "zh/meeting/2.html"]);
    }
}
