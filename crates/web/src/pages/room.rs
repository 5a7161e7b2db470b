//! What every page is made from: the ledger, the names, what is asked for, where it goes.
//!
//! In: a ledger and an address. Out: the words and links that all pages share. Refuses to
//! know: what any one page shows.

use super::{Lens, Names, Place, Shown};
use crate::{Language, When};
use ledger::{Account, Ledger};
use maud::{Markup, html};

/// Folds a text to one script, every offset the same place.
pub type Fold = dyn Fn(&str) -> String + Send + Sync;

/// Where pages go, which decides what an address looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Medium {
    /// A server answers: addresses begin at its root and may ask for anything.
    Server,
    /// Files in a folder: addresses are relative, and end in `.html`.
    Files,
}

/// A ledger and what is needed to show it.
pub struct Room<'a> {
    /// The ledger.
    pub ledger: &'a Ledger,
    /// What codes are called.
    pub names: &'a Names,
    /// Brings words to one script.
    pub fold: &'a Fold,
    /// What the negotiation, or the ledger, is called.
    pub title: &'a str,
}

/// One page that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Which page.
    pub place: Place,
    /// What is looked through.
    pub lens: Lens,
    /// The language that the page is told in.
    pub language: Language,
    /// Where it goes.
    pub medium: Medium,
}

impl Asked {
    /// The phrase of a key in the page's language.
    pub(crate) fn text(&self, key: &'static str) -> &'static str {
        self.language.text(key)
    }

    /// The address of another page in the same language, as of the same day.
    pub(crate) fn to(&self, place: &Place) -> String {
        let lens = Lens { as_of: self.lens.as_of.clone(), ..Lens::default() };
        self.address(place, &lens, self.language)
    }

    /// The address of a page through a lens of its own; files have no lens.
    pub(crate) fn through(&self, place: &Place, lens: &Lens) -> String {
        self.address(place, lens, self.language)
    }

    /// The address of this page in another language.
    pub(crate) fn in_language(&self, language: Language) -> String {
        self.address(&self.place, &self.lens, language)
    }

    /// The address of a file of the program's own, a style sheet or a script.
    pub(crate) fn asset(&self, name: &str) -> String {
        match self.medium {
            Medium::Server => format!("/static/{name}"),
            Medium::Files => format!("{}static/{name}", self.up()),
        }
    }

    fn address(&self, place: &Place, lens: &Lens, language: Language) -> String {
        match self.medium {
            Medium::Server => {
                let path = place.path();
                let folder = if language == Language::Zh { "/zh" } else { "" };
                let slash =
                    if path.is_empty() && language == Language::Zh { "" } else { "/" };
                format!("{folder}{slash}{path}{}", lens.query())
            }
            Medium::Files => format!("{}{}", self.up(), file(place, language)),
        }
    }

    /// The way from this page's file to the root of the folder.
    fn up(&self) -> String {
        "../".repeat(file(&self.place, self.language).matches('/').count())
    }

    /// A date in words, or that there is none.
    pub(crate) fn date(&self, date: Option<&str>) -> String {
        match date.and_then(When::parse) {
            Some(when) => when.words(self.language),
            None => self.text("undated").to_owned(),
        }
    }

    /// A date in few words; as it stands where it is none.
    pub(crate) fn short_date(&self, date: &str) -> String {
        When::parse(date)
            .map_or_else(|| date.to_owned(), |when| when.short(self.language))
    }

    /// The link to a page with words in it.
    pub(crate) fn link(&self, place: &Place, words: &str) -> Markup {
        html! { a href=(self.to(place)) { (words) } }
    }
}

/// The file of a page, from the root of a folder: `zh/meeting/12ab.html`.
pub fn file(place: &Place, language: Language) -> String {
    let path = place.path();
    let path = if path.is_empty() { "index" } else { &path };
    let folder = if language == Language::Zh { "zh/" } else { "" };
    format!("{folder}{path}.html")
}

impl Room<'_> {
    /// The link to a party by its name.
    pub(crate) fn party(&self, asked: &Asked, code: &str) -> Markup {
        let name = self.names.party(code, asked.language);
        asked.link(&Place::Party(code.to_owned()), name)
    }

    /// The links to several parties, joined as a sentence does.
    pub(crate) fn parties(&self, asked: &Asked, codes: &[String]) -> Markup {
        let last = codes.len().saturating_sub(1);
        html! {
            @if codes.is_empty() { (asked.text("no-party")) }
            @for (at, code) in codes.iter().enumerate() {
                @if at > 0 { (asked.text(if at == last { "list.and" } else { "list.comma" })) }
                (self.party(asked, code))
            }
        }
    }

    /// The link to an issue by its label.
    pub(crate) fn issue(&self, asked: &Asked, id: &str) -> Markup {
        let label = self.names.issue(id, asked.language);
        asked.link(&Place::Issue(id.to_owned()), label)
    }

    /// Who tells it: how many accounts by how many independent origins.
    pub(crate) fn told_by(&self, asked: &Asked, accounts: &[Account]) -> String {
        let origins: std::collections::BTreeSet<&str> =
            accounts.iter().map(|account| account.origin.as_str()).collect();
        let accounts = asked.language.number("n.accounts", accounts.len());
        format!(
            "{accounts}{}{}",
            asked.text("comma"),
            asked.language.number("n.origins", origins.len())
        )
    }

    /// The link to an actor by the name that it has in the page's language.
    pub(crate) fn actor(&self, asked: &Asked, id: &str, name: &str) -> Shown<Markup> {
        let place = Place::Actor(id.to_owned());
        Ok(
            html! { a href=(asked.to(&place)) { bdi { (self.called(asked, id, name)?) } } },
        )
    }

    /// What an actor is called in the page's language, `name` being what the ledger calls
    /// it: in Chinese a party by its table, others as documents write it most fully.
    pub(crate) fn called(&self, asked: &Asked, id: &str, name: &str) -> Shown<String> {
        if asked.language == Language::En || !name.is_ascii() {
            return Ok(name.to_owned());
        }
        let of_party = self.names.parties.values().find(|both| both[0] == name);
        if let Some([_, chinese]) = of_party.filter(|both| !both[1].is_empty()) {
            return Ok(chinese.clone());
        }
        let surfaces = self.ledger.surfaces(id)?;
        let is_chinese =
            |text: &str| text.chars().all(|c| !c.is_alphabetic() || c >= '\u{2e80}');
        let chosen = surfaces
            .iter()
            .filter(|(text, _)| is_chinese(text))
            // A full name has its dot; else what is written most often.
            .max_by_key(|(text, documents)| {
                (text.contains('·'), *documents, std::cmp::Reverse(text))
            });
        Ok(chosen.map_or_else(|| name.to_owned(), |(text, _)| text.clone()))
    }

    /// Whether a name is that of a party.
    pub(crate) fn is_called(&self, party: &str, name: &str) -> bool {
        self.names
            .parties
            .get(party)
            .is_some_and(|both| both.iter().any(|one| one == name))
    }
}
