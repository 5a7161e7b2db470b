//! Parties and people: who acts and speaks in a ledger.
//!
//! In: the ledger's moves and actors. Out: rows of an agenda, those who act most first.
//! Refuses to know: what they act on.

use super::toml::Row;
use anyhow::Result;
use ledger::{Actor, MoveLine};
use std::collections::{BTreeMap, BTreeSet};

/// How often a party acts and is acted towards.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Deeds {
    /// How many moves are its own.
    pub done: usize,
    /// How many are directed at it.
    pub met: usize,
}

/// Every party with its moves, those with most first.
pub fn deeds(moves: &[MoveLine]) -> Vec<(String, Deeds)> {
    let mut deeds: BTreeMap<&str, Deeds> = BTreeMap::new();
    for line in moves {
        for party in line.actor.iter().collect::<BTreeSet<_>>() {
            deeds.entry(party).or_default().done += 1;
        }
        for party in line.target.iter().collect::<BTreeSet<_>>() {
            deeds.entry(party).or_default().met += 1;
        }
    }
    let mut deeds: Vec<(String, Deeds)> =
        deeds.into_iter().map(|(party, deeds)| (party.to_owned(), deeds)).collect();
    deeds.sort_by(|a, b| {
        let most = |deeds: Deeds| deeds.done + deeds.met;
        most(b.1).cmp(&most(a.1)).then_with(|| a.0.cmp(&b.0))
    });
    deeds
}

/// A party of the gazetteer: English and Chinese names by code.
pub type PartyNames = BTreeMap<String, [String; 2]>;

/// The gazetteer's parties.
pub fn party_names() -> Result<PartyNames> {
    let names = extract::lexicon::party_names()?;
    Ok(names
        .into_iter()
        .map(|[code, english, chinese]| (code, [english, chinese]))
        .collect())
}

/// A party is proposed outright with at least this many moves and this share of them.
const FEWEST_DEEDS: usize = 3;
const LEAST_SHARE: f64 = 0.02;

/// No more parties are listed, nor people.
const MOST_PARTIES: usize = 24;
const MOST_PEOPLE: usize = 40;

/// The parties of an agenda, by how often they act.
pub fn parties(deeds: &[(String, Deeds)], moves: usize, known: &PartyNames) -> Vec<Row> {
    let listed = deeds.iter().filter(|(_, deeds)| deeds.done + deeds.met > 1);
    listed
        .take(MOST_PARTIES)
        .map(|(code, Deeds { done, met })| {
            let note = format!("{done} moves by it, {met} towards it");
            let often = done + met;
            let is_often =
                often >= FEWEST_DEEDS && often as f64 >= LEAST_SHARE * moves as f64;
            match known.get(code) {
                Some([english, chinese]) => Row::new("party", is_often)
                    .note(&format!("{chinese}: {note}"))
                    .text("code", code)
                    .text("name", english),
                None => Row::new("party", false)
                    .note(&format!("{note}; the gazetteer has no code for it"))
                    .text("code", code)
                    .text("name", code)
                    .lists("names", &[("zh", std::slice::from_ref(code))]),
            }
        })
        .collect()
}

/// A person is proposed outright who speaks or acts at least this often.
const FEWEST_WORDS: usize = 2;

/// The people of an agenda, those who speak and act most first.
pub fn people(
    actors: &[Actor],
    known: &PartyNames,
    is_named: &dyn Fn(&str) -> bool,
) -> Vec<Row> {
    let mut people: Vec<&Actor> = actors
        .iter()
        .filter(|actor| actor.kind == "person" && actor.statements + actor.moves > 0)
        .collect();
    people.sort_by(|a, b| {
        let often = |actor: &Actor| actor.statements + actor.moves;
        often(b)
            .cmp(&often(a))
            .then_with(|| a.name.cmp(&b.name))
            .then_with(|| a.id.cmp(&b.id))
    });
    let all: Vec<Vec<String>> =
        people.iter().map(|person| names(person, is_named)).collect();
    let times = |name: &String| all.iter().filter(|names| names.contains(name)).count();
    let mut seen = BTreeSet::new();
    people
        .iter()
        .zip(&all)
        .map(|(person, names)| {
            // A name that several people have tells nobody apart.
            let own = names.iter().filter(|name| times(name) == 1).cloned();
            (*person, own.collect::<Vec<_>>())
        })
        .filter(|(person, names)| !names.is_empty() && seen.insert(&person.name))
        .take(MOST_PEOPLE)
        .map(|(person, names)| row(person, names, known))
        .collect()
}

/// A person's names, every spelling that is long enough to be no other word, without
/// those that one document runs into another word (岸田访).
fn names(person: &Actor, is_named: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut names: Vec<(String, usize)> = Vec::new();
    for surface in &person.surfaces {
        let name = plain(&surface.text);
        match names.iter_mut().find(|known| known.0 == name) {
            Some(known) => known.1 += surface.documents,
            None if name.chars().count() > 1 && is_named(&surface.text) => {
                names.push((name, surface.documents));
            }
            None => {}
        }
    }
    let runs_on = |(name, documents): &(String, usize)| {
        *documents == 1
            && names.iter().any(|(shorter, documents)| {
                *documents > 1
                    && name.split_once(shorter.as_str()).is_some_and(|(before, after)| {
                        let joined = [before.chars().next_back(), after.chars().next()];
                        name != shorter && !joined.iter().flatten().any(|c| is_joint(*c))
                    })
            })
    };
    names.iter().filter(|name| !runs_on(name)).map(|(name, _)| name.clone()).collect()
}

/// Whether this stands between the parts of a foreign name.
fn is_joint(c: char) -> bool {
    matches!(c, '·' | '‧' | '•' | '・' | '.' | '-' | '－' | ' ')
}

/// A name or an office without the marks that articles put into it.
fn plain(text: &str) -> String {
    let plain = text.replace("[[zh:", "").replace("]]", "");
    plain.chars().filter(|c| !c.is_control() && *c != '\\').collect()
}

fn row(person: &Actor, all: Vec<String>, known: &PartyNames) -> Row {
    let often = person.statements + person.moves;
    let note = format!(
        "{} statements, {} moves, in {} documents",
        person.statements, person.moves, person.documents
    );
    let is_latin = |name: &&String| name.is_ascii();
    let is_russian = |name: &&String| name.chars().any(|c| ('а'..='я').contains(&c));
    let latin: Vec<String> =
        all.iter().filter(is_latin).filter(|n| **n != person.name).cloned().collect();
    let russian: Vec<String> = all.iter().filter(is_russian).cloned().collect();
    let chinese: Vec<String> =
        all.into_iter().filter(|name| !is_latin(&name) && !is_russian(&name)).collect();
    let mut row = Row::new("person", often >= FEWEST_WORDS).note(&note);
    row = row.text("name", &plain(&person.name));
    if let Some(party) = person.party.as_ref().filter(|party| known.contains_key(*party))
    {
        row = row.text("party", party);
    }
    // The office that was given last, the shorter of two of one day.
    let last = person.roles.iter().max_by(|a, b| {
        a.to.cmp(&b.to)
            .then_with(|| b.text.len().cmp(&a.text.len()))
            .then_with(|| b.text.cmp(&a.text))
    });
    if let Some(role) = last {
        row = row.text("role", &plain(&role.text));
    }
    row.lists("names", &[("zh", &chinese), ("en", &latin), ("ru", &russian)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use ledger::{RoleSpan, SurfaceCount};

    fn person(name: &str, surfaces: &[&str], statements: usize) -> Actor {
        let surface =
            |text: &&str| SurfaceCount { text: (*text).to_owned(), documents: 1 };
        let role = |text: &str, to: &str| RoleSpan {
            text: text.to_owned(),
            from: None,
            to: Some(to.to_owned()),
        };
        Actor {
            id: name.to_owned(),
            name: name.to_owned(),
            names: BTreeMap::new(),
            kind: "person".to_owned(),
            party: Some("NOR".to_owned()),
            roles: vec![role("渔业大臣", "2021-01-01"), role("外交大臣", "2022-01-01")],
            surfaces: surfaces.iter().map(surface).collect(),
            statements,
            moves: 0,
            documents: 1,
            merged: Vec::new(),
        }
    }

    fn written(people: &[Actor]) -> String {
        let known = party_names().expect("the gazetteer");
        let mut out = String::new();
        super::people(people, &known, &|name| name != "官员")
            .iter()
            .for_each(|row| row.write(&mut out));
        out
    }

    #[test]
    fn person_with_the_latest_office_and_all_names() {
        let out =
            written(&[person("Kari Nordmann", &["努尔曼", "努爾曼", "Nordmann"], 3)]);
        assert!(out.contains("\nparty = \"NOR\"\nrole = \"外交大臣\"\n"), "{out}");
        assert!(
            out.contains("{ zh = [\"努尔曼\", \"努爾曼\"], en = [\"Nordmann\"] }"),
            "{out}"
        );
    }

    #[test]
    fn name_that_two_people_have_names_neither() {
        let out =
            written(&[person("A", &["努尔曼", "老努"], 3), person("B", &["努尔曼"], 2)]);
        assert!(!out.contains("努尔曼") && out.contains("老努"), "{out}");
        assert_eq!(out.matches("[[person]]").count(), 1, "{out}");
    }

    #[test]
    fn office_is_no_name_and_markup_no_part_of_one() {
        let out = written(&[
            person("A", &["[[zh:努尔曼]]", "官员"], 3),
            person("B", &["官员"], 2),
        ]);
        assert!(out.contains("{ zh = [\"努尔曼\"] }"), "{out}");
        assert_eq!(out.matches("[[person]]").count(), 1, "{out}");
    }

    #[test]
    fn who_spoke_once_is_commented_out() {
        let out = written(&[person("Kari Nordmann", &["努尔曼"], 1)]);
        assert!(out.contains("#[[person]]"), "{out}");
    }
}
