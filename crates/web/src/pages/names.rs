//! What parties, issues and places are called in the reader's language.
//!
//! In: the tables and the agenda, as the program hands them over. Out: names for codes.
//! Refuses to know: where names come from.

use crate::Language;
use std::collections::BTreeMap;

/// A name in English and in Chinese.
pub type Both = [String; 2];

/// The names of the parties, issues and places of one negotiation.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// By code: `RUS`.
    pub parties: BTreeMap<String, Both>,
    /// The issues of the agenda, in its order: id and label.
    pub issues: Vec<(String, Both)>,
    /// By English name.
    pub places: BTreeMap<String, String>,
}

impl Names {
    /// What a party is called; its code where it has no name.
    pub fn party<'a>(&'a self, code: &'a str, language: Language) -> &'a str {
        pick(self.parties.get(code), language).unwrap_or(code)
    }

    /// The label of an issue; its id where it has none.
    pub fn issue<'a>(&'a self, id: &'a str, language: Language) -> &'a str {
        let row = self.issues.iter().find(|(one, _)| one == id);
        pick(row.map(|(_, label)| label), language).unwrap_or(id)
    }

    /// What a place is called that the ledger names in English.
    pub fn place<'a>(&'a self, name: &'a str, language: Language) -> &'a str {
        match language {
            Language::En => name,
            Language::Zh => self.places.get(name).map_or(name, String::as_str),
        }
    }

    /// Several parties in one phrase: `Russia and the United States`.
    pub fn parties(&self, codes: &[String], language: Language) -> String {
        let names: Vec<String> =
            codes.iter().map(|code| self.party(code, language).to_owned()).collect();
        language.list(&names)
    }

    /// Where an issue stands in the agenda; those that it lacks come last.
    pub fn issue_rank(&self, id: &str) -> usize {
        self.issues.iter().position(|(one, _)| one == id).unwrap_or(usize::MAX)
    }
}

fn pick(names: Option<&Both>, language: Language) -> Option<&str> {
    let [english, chinese] = names?;
    let name = match language {
        Language::Zh if !chinese.is_empty() => chinese,
        _ => english,
    };
    Some(name.as_str()).filter(|name| !name.is_empty())
}
