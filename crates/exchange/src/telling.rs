//! In which words an export is told.
//!
//! In: the language of the reader, and labels of an agenda. Out: the name of a party, an
//! issue, a place; the code itself where none is known. Refuses to know: where labels come
//! from.

use std::collections::BTreeMap;

/// The language that headings and labels are told in; evidence keeps its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Chinese in Simplified script.
    Zh,
}

impl Language {
    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Zh => "zh-Hans",
        }
    }
}

/// The words of an export: a language, a title, labels by code. Without labels the codes
/// stand for themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Telling {
    /// The language.
    pub language: Language,
    /// What the whole is called: the negotiation's or the ledger's name.
    pub title: Option<String>,
    /// The labels of issues, by id: `security-guarantees`.
    pub issues: BTreeMap<String, String>,
    /// The names of parties, by code: `RUS`.
    pub parties: BTreeMap<String, String>,
    /// The names of places, by their usual English name: `Geneva`.
    pub places: BTreeMap<String, String>,
}

impl Telling {
    /// What an issue is called.
    pub(crate) fn issue<'a>(&'a self, id: &'a str) -> &'a str {
        self.issues.get(id).map_or(id, String::as_str)
    }
    /// What a party is called.
    pub(crate) fn party<'a>(&'a self, code: &'a str) -> &'a str {
        self.parties.get(code).map_or(code, String::as_str)
    }
    /// What a place is called.
    pub(crate) fn place<'a>(&'a self, name: &'a str) -> &'a str {
        self.places.get(name).map_or(name, String::as_str)
    }
    /// What parties are called, in their order.
    pub(crate) fn parties<'a>(&'a self, codes: impl Iterator<Item = &'a str>) -> String {
        let names: Vec<&str> = codes.map(|code| self.party(code)).collect();
        names.join(match self.language {
            Language::En => ", ",
            Language::Zh => "、",
        })
    }
}
