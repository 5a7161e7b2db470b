//! The names that an agenda adds to the gazetteer.
//!
//! In: an agenda. Out: rows like the gazetteer's. Refuses to know: whether the gazetteer
//! has them already.

use super::{Agenda, Names};
use crate::lexicon::Name;
use record::{ActorType, Rule};

pub(super) fn names_of(agenda: &Agenda) -> Vec<Name> {
    let parties = agenda.parties.iter().filter(|party| party.names != Names::default());
    let parties = parties.map(|party| {
        let code = party.code.as_str();
        let state = code.len() == 3 && code.chars().all(|c| c.is_ascii_uppercase());
        let kind = if state { ActorType::State } else { ActorType::Organisation };
        row(kind, code, &party.name, Some(code), &party.names)
    });
    let people = agenda.people.iter().map(|person| {
        let key = key_of(&person.name);
        row(ActorType::Person, &key, &person.name, person.party.as_deref(), &person.names)
    });
    parties.chain(people).collect()
}

fn row(
    kind: ActorType,
    key: &str,
    name: &str,
    party: Option<&str>,
    names: &Names,
) -> Name {
    let id = format!("{}:{key}", kind.code());
    let rule = Rule::new(&format!("agenda:{id}"));
    Name {
        id,
        kind,
        party: party.map(str::to_owned),
        name: name.to_owned(),
        metonym: None,
        domains: Vec::new(),
        zh: names.zh.clone(),
        zh_short: Vec::new(),
        en: names.en.clone(),
        ru: names.ru.clone(),
        rule,
    }
}

/// A name as ids write it: sergei-ryabkov.
fn key_of(name: &str) -> String {
    let mut key = String::new();
    for c in name.to_lowercase().chars() {
        match c.is_alphanumeric() {
            true => key.push(c),
            false if !key.is_empty() && !key.ends_with('-') => key.push('-'),
            false => {}
        }
    }
    key.trim_end_matches('-').to_owned()
}
