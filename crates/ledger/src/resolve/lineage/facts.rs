//! What one document states of itself.
//!
//! In: an article. Out: the facts that tell of its lineage. Refuses to know: its body.

use super::normal_address;
use record::{Article, DocumentId};

/// What one document states of its publication and of whose article it renders.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// The document.
    pub document: DocumentId,
    /// When it was published, ISO 8601: a month, a day, or a time.
    pub published: Option<String>,
    /// Whether that was inferred and not stated.
    pub is_inferred: bool,
    /// Who published it: `GNews`.
    pub outlet: Option<String>,
    /// The outlet whose article it says that it renders: `RBC`.
    pub origin: Option<String>,
    /// Its translator.
    pub translator: Option<String>,
    /// Its author.
    pub author: Option<String>,
    /// The outlets that it says it relies on.
    pub cites: Vec<String>,
    /// Its own address, normal.
    pub address: Option<String>,
    /// `(rel, address)` of its links to one page each, the address normal.
    pub links: Vec<(String, String)>,
    /// BCP 47: `zh-Hans`, `ru`.
    pub language: String,
    /// The headline, folded to one script.
    pub title: Option<String>,
}

impl Facts {
    /// The facts of an article; `folded_title` is its headline folded to Simplified.
    pub fn of(article: &Article, folded_title: Option<String>) -> Facts {
        let source = &article.source;
        let published = article.published_on.as_ref();
        let links = article.links.iter();
        Facts {
            document: article.document,
            published: published.map(|published| published.value.clone()),
            is_inferred: published.is_some_and(|published| published.inferred),
            outlet: source.outlet.clone(),
            origin: source.origin.clone(),
            translator: source.translator.clone(),
            author: source.author.clone(),
            cites: source.cites.clone(),
            address: article.url.as_deref().and_then(normal_address),
            links: links
                .filter_map(|link| Some((link.rel.clone(), normal_address(&link.url)?)))
                .collect(),
            language: article.language.clone(),
            title: folded_title,
        }
    }

    /// The addresses that it says it renders: its links of `rel` reprint, translation and
    /// reference, but not its own.
    pub fn rendered(&self) -> impl Iterator<Item = (&str, &str)> {
        let is_named = |rel: &str| matches!(rel, "reprint" | "translation" | "reference");
        let links = self.links.iter().map(|(rel, to)| (rel.as_str(), to.as_str()));
        links.filter(move |&(rel, to)| {
            is_named(rel) && Some(to) != self.address.as_deref()
        })
    }

    /// The one address that it renders, when it links to exactly one page as its source:
    /// two documents that name the same have one origin.
    pub fn rendered_address(&self) -> Option<&str> {
        let mut all = self.rendered().map(|(_, to)| to);
        let first = all.next()?;
        all.all(|to| to == first).then_some(first)
    }

    /// How the document links to another's own address, if it does.
    pub fn links_to(&self, other: &Facts) -> Option<&str> {
        let address = other.address.as_deref()?;
        self.rendered().find(|&(_, to)| to == address).map(|(rel, _)| rel)
    }

    /// Whether it states that it renders an article of the other's outlet.
    pub fn states_origin(&self, other: &Facts) -> bool {
        let outlet = other.outlet.as_deref();
        outlet.is_some()
            && self.origin.as_deref() == outlet
            && self.outlet.as_deref() != outlet
    }

    /// Whether it says that it relies on the other's outlet.
    pub fn cites(&self, other: &Facts) -> bool {
        let outlet = other.outlet.as_deref();
        self.outlet.as_deref() != outlet
            && outlet.is_some_and(|outlet| self.cites.iter().any(|cited| cited == outlet))
    }

    /// The language without script or region: `zh`.
    pub fn base_language(&self) -> &str {
        self.language.split('-').next().unwrap_or_default()
    }
}
