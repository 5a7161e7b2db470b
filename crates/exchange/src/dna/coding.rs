//! Moves as DNA codes them: who, for whom, on which concept, with or against.
//!
//! In: moves. Out: the values of DNA's variables, and where each is coded. Refuses to
//! know: DNA's tables.

use crate::error::Error;
use crate::headline::headline;
use crate::telling::Telling;
use ledger::{Actor, Filter, Ledger, MoveLine};
use record::Act;
use std::collections::BTreeMap;

/// A value that a variable has, with what DNA keeps of it beside: type, alias, notes.
pub(super) type Entity = [String; 3];

/// What is coded of one account.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Coded {
    /// Somebody is for or against a concept.
    Statement {
        /// The person; empty where none is named.
        person: String,
        /// The party.
        organization: String,
        /// The issue.
        concept: String,
        /// Whether the act brings the issue forward.
        agreement: bool,
    },
    /// An act that takes no side on a concept, in words.
    Annotation(String),
}

/// What is coded where in a document's bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub span: (usize, usize),
    pub coded: Coded,
}

/// All that is coded.
#[derive(Debug, Default)]
pub(super) struct Coding {
    /// By variable (person, organization, concept), the values with what is kept beside.
    pub entities: [BTreeMap<String, Entity>; 3],
    /// By document, what is coded in it.
    pub places: BTreeMap<String, Vec<Place>>,
}

impl Coding {
    pub fn of(
        ledger: &Ledger,
        filter: &Filter,
        telling: &Telling,
    ) -> Result<Coding, Error> {
        let actors = ledger.actors(None, &Filter::default(), &str::to_owned)?;
        let people = actors.iter().filter(|actor| actor.kind == "person");
        let mut by_name: BTreeMap<&str, &Actor> = BTreeMap::new();
        for actor in people {
            by_name.entry(&actor.name).or_insert(actor);
        }
        let mut coding = Coding::default();
        for line in ledger.moves(filter)? {
            for coded in coding.code(&line, &by_name, telling) {
                for account in &line.accounts {
                    let place = Place { span: account.span, coded: coded.clone() };
                    let places = coding.places.entry(account.document.clone());
                    places.or_default().push(place);
                }
            }
        }
        Ok(coding)
    }

    /// A move as it is coded: once for each of the parties whose act it is.
    fn code(
        &mut self,
        line: &MoveLine,
        people: &BTreeMap<&str, &Actor>,
        telling: &Telling,
    ) -> Vec<Coded> {
        let side = Act::from_code(&line.act).map(brings_forward);
        let (Some(issue), Some(agreement)) = (&line.issue, side) else {
            return vec![annotation(line, telling)];
        };
        if line.modality == "negated" {
            return vec![annotation(line, telling)];
        }
        let concept = self.value(2, telling.issue(issue), || {
            [String::new(), issue.clone(), String::new()]
        });
        let known = line.by.as_deref().and_then(|by| people.get(by));
        let person = known.map_or_else(String::new, |actor| {
            self.value(0, &actor.name, || person(actor, telling))
        });
        let parties = match line.actor.as_slice() {
            [] => vec![String::new()],
            codes => codes.to_vec(),
        };
        let coded = |code: String| Coded::Statement {
            person: person.clone(),
            organization: self.value(1, telling.party(&code), || {
                ["party".to_owned(), code.clone(), String::new()]
            }),
            concept: concept.clone(),
            agreement,
        };
        parties.into_iter().map(coded).collect()
    }

    /// A value of a variable, noted with what is kept beside it.
    fn value(
        &mut self,
        variable: usize,
        value: &str,
        beside: impl FnOnce() -> Entity,
    ) -> String {
        let value = short(value);
        if !value.is_empty() {
            let entities = &mut self.entities[variable];
            entities.entry(value.clone()).or_insert_with(|| beside().map(|t| short(&t)));
        }
        value
    }
}

fn annotation(line: &MoveLine, telling: &Telling) -> Coded {
    Coded::Annotation(headline("move", &line.json(), telling))
}

fn person(actor: &Actor, telling: &Telling) -> Entity {
    let party = actor.party.as_deref().unwrap_or_default();
    let aliases = ["zh-Hans", "zh-Hant", "ru"].map(|tag| actor.names.get(tag));
    let mut aliases: Vec<&String> = aliases.into_iter().flatten().collect();
    aliases.retain(|alias| **alias != actor.name);
    aliases.dedup();
    let aliases: Vec<&str> = aliases.into_iter().map(String::as_str).collect();
    [telling.party(party).to_owned(), aliases.join("; "), actor.id.clone()]
}

/// Whether an act brings its issue forward. Who asks for something is for it: of `RUS
/// REQUEST guarantees` and `USA REJECT guarantees` DNA makes a disagreement.
fn brings_forward(act: Act) -> bool {
    match act {
        Act::Agree
        | Act::Support
        | Act::Concede
        | Act::Cooperate
        | Act::Aid
        | Act::Retreat
        | Act::Request => true,
        Act::Reject
        | Act::Accuse
        | Act::Threaten
        | Act::Protest
        | Act::Sanction
        | Act::Mobilize
        | Act::Coerce
        | Act::Assault => false,
    }
}

/// Text as DNA's short fields take it: fewer than 191 characters, on one line.
pub(super) fn short(text: &str) -> String {
    let line: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect::<String>()
        .trim()
        .to_owned();
    if line.chars().count() < 191 {
        return line;
    }
    line.chars().take(189).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(act: &str, issue: Option<&str>, modality: &str) -> MoveLine {
        MoveLine {
            id: "1".to_owned(),
            actor: vec!["RUS".to_owned(), "BLR".to_owned()],
            by: Some("Nobody".to_owned()),
            by_id: None,
            act: act.to_owned(),
            target: Vec::new(),
            issue: issue.map(str::to_owned),
            modality: modality.to_owned(),
            condition: None,
            due: None,
            occurred_on: None,
            confidence: 0.5,
            accounts: Vec::new(),
        }
    }

    #[test]
    fn acts_of_two_parties_are_two_statements_with_a_side() {
        let mut coding = Coding::default();
        let mut code =
            |line: &MoveLine| coding.code(line, &BTreeMap::new(), &Telling::default());
        let of = |organization: &str, agreement: bool| Coded::Statement {
            person: String::new(),
            organization: organization.to_owned(),
            concept: "arms".to_owned(),
            agreement,
        };
        let rejected = code(&line("REJECT", Some("arms"), "actual"));
        assert_eq!(rejected, [of("RUS", false), of("BLR", false)]);
        let asked = code(&line("REQUEST", Some("arms"), "future"));
        assert_eq!(asked, [of("RUS", true), of("BLR", true)]);
        let denied = code(&line("REJECT", Some("arms"), "negated"));
        assert_eq!(denied, [Coded::Annotation("RUS, BLR REJECT, denied on arms".into())]);
        let loose = code(&line("SUPPORT", None, "actual"));
        assert_eq!(loose, [Coded::Annotation("RUS, BLR SUPPORT".into())]);
        assert_eq!(coding.entities[1].len(), 2);
    }

    #[test]
    fn short_fields_are_short_enough() {
        assert_eq!(short(" 一\n二 "), "一 二");
        assert_eq!(short(&"长".repeat(190)), "长".repeat(190));
        assert_eq!(short(&"长".repeat(191)).chars().count(), 190);
    }
}
