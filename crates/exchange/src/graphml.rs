//! Who met, acted towards, spoke about whom, as a network (GraphML).
//!
//! In: meetings or moves. Out: parties and people as nodes, one edge for each meeting of a
//! pair or act of one towards another, so that tools can filter before they merge. Refuses
//! to know: layouts. Gephi, visone and networkx read graphs whose edges are all directed
//! or all undirected, so each network is a file of its own.

use crate::error::Error;
use crate::telling::Telling;
use crate::xml::escape;
use ledger::{Account, Actor, Filter, Ledger, MeetingLine, MoveLine};
use record::Act;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

/// Which network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Network {
    /// Which parties and which people met; undirected.
    Meetings,
    /// Which party acted towards which.
    #[default]
    Moves,
    /// Through whom a party acted towards which: who said what of whom; directed.
    Speakers,
}

/// Writes a network of what a filter wants.
///
/// # Errors
/// If the ledger cannot be read or `out` cannot be written to.
pub fn graphml(
    ledger: &Ledger,
    filter: &Filter,
    network: Network,
    telling: &Telling,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let actors = ledger.actors(None, &Filter::default(), &str::to_owned)?;
    let mut graph = Graph::of(actors, telling);
    match network {
        Network::Meetings => {
            for line in ledger.meetings(filter)? {
                graph.met(&line);
            }
        }
        Network::Moves => {
            for line in ledger.moves(filter)? {
                for actor in &line.actor {
                    let from = graph.party(actor);
                    graph.acted(from, &line);
                }
            }
        }
        Network::Speakers => {
            for line in ledger.moves(filter)? {
                if let Some(by) = &line.by {
                    let from = graph.person(by);
                    graph.acted(from, &line);
                }
            }
        }
    }
    graph.write(network, out)
}

/// A column of nodes or edges.
struct Key {
    name: &'static str,
    kind: &'static str,
}

const fn key(name: &'static str, kind: &'static str) -> Key {
    Key { name, kind }
}

const NODE: &[Key] = &[
    key("label", "string"),
    key("kind", "string"),
    key("party", "string"),
    key("actor", "string"),
    key("documents", "int"),
];

const MET: &[Key] = &[
    key("meeting", "string"),
    key("between", "string"),
    key("date", "string"),
    key("level", "string"),
    key("format", "string"),
    key("place", "string"),
    key("status", "string"),
    key("track", "string"),
    key("confidence", "double"),
    key("origins", "int"),
    key("evidence", "string"),
];

const ACTED: &[Key] = &[
    key("move", "string"),
    key("act", "string"),
    key("tone", "string"),
    key("issue", "string"),
    key("issue_label", "string"),
    key("date", "string"),
    key("modality", "string"),
    key("conditional", "boolean"),
    key("by", "string"),
    key("confidence", "double"),
    key("origins", "int"),
    key("evidence", "string"),
];

/// The values of a node or an edge, in the order of its keys; empty ones are left out.
type Values = Vec<String>;

struct Edge {
    id: String,
    from: String,
    to: String,
    values: Values,
}

struct Graph<'a> {
    telling: &'a Telling,
    actors: BTreeMap<String, Actor>,
    nodes: BTreeMap<String, Values>,
    edges: Vec<Edge>,
}

impl<'a> Graph<'a> {
    fn of(actors: Vec<Actor>, telling: &'a Telling) -> Graph<'a> {
        let mut by_name = BTreeMap::new();
        // Those named in most documents come first, and of two with one name stay.
        for actor in actors {
            by_name.entry(actor.name.clone()).or_insert(actor);
        }
        Graph { telling, actors: by_name, nodes: BTreeMap::new(), edges: Vec::new() }
    }

    fn party(&mut self, code: &str) -> String {
        let node = format!("party:{code}");
        if !self.nodes.contains_key(&node) {
            let of = |actor: &&Actor| {
                actor.party.as_deref() == Some(code) && actor.kind != "person"
            };
            let state = |actor: &&Actor| actor.kind == "state";
            let known: Vec<&Actor> = self.actors.values().filter(of).collect();
            // The state itself, not one of its ministries.
            let one = known.iter().copied().find(state).or_else(|| {
                known.iter().copied().max_by_key(|actor| (actor.documents, &actor.id))
            });
            let kind = one.map_or("party", |one| one.kind.as_str()).to_owned();
            let documents = one.map(|one| one.documents.to_string());
            let values = vec![
                self.telling.party(code).to_owned(),
                kind,
                code.to_owned(),
                one.map(|one| one.id.clone()).unwrap_or_default(),
                documents.unwrap_or_default(),
            ];
            self.nodes.insert(node.clone(), values);
        }
        node
    }

    fn person(&mut self, name: &str) -> String {
        let one = self.actors.get(name);
        let node = match one {
            Some(one) => format!("actor:{}", one.id),
            None => format!("name:{name}"),
        };
        let values = vec![
            name.to_owned(),
            one.map_or("person", |one| one.kind.as_str()).to_owned(),
            one.and_then(|one| one.party.clone()).unwrap_or_default(),
            one.map(|one| one.id.clone()).unwrap_or_default(),
            one.map(|one| one.documents.to_string()).unwrap_or_default(),
        ];
        self.nodes.entry(node.clone()).or_insert(values);
        node
    }

    fn met(&mut self, line: &MeetingLine) {
        let parties: Vec<String> = line.parties.iter().map(|p| self.party(p)).collect();
        let people: Vec<String> =
            line.participants.iter().map(|name| self.person(name)).collect();
        for (between, nodes) in [("parties", parties), ("people", people)] {
            for (from, to) in pairs(&nodes) {
                let values = vec![
                    line.id.clone(),
                    between.to_owned(),
                    line.start.clone().unwrap_or_default(),
                    known(&line.level),
                    known(&line.format),
                    line.place.clone().unwrap_or_default(),
                    line.status.clone(),
                    line.track.clone().unwrap_or_default(),
                    line.confidence.to_string(),
                    origins(&line.accounts),
                    evidence(&line.accounts),
                ];
                let id = format!("meeting:{} {from} {to}", line.id);
                self.edges.push(Edge { id, from, to, values });
            }
        }
    }

    fn acted(&mut self, from: String, line: &MoveLine) {
        for target in &line.target {
            let to = self.party(target);
            let issue = line.issue.as_deref().unwrap_or_default();
            let values = vec![
                line.id.clone(),
                line.act.clone(),
                Act::from_code(&line.act).map(tone).unwrap_or_default().to_owned(),
                issue.to_owned(),
                self.telling.issue(issue).to_owned(),
                line.date().unwrap_or_default().to_owned(),
                line.modality.clone(),
                line.condition.is_some().to_string(),
                line.by.clone().unwrap_or_default(),
                line.confidence.to_string(),
                origins(&line.accounts),
                evidence(&line.accounts),
            ];
            let id = format!("move:{} {from} {to}", line.id);
            self.edges.push(Edge { id, from: from.clone(), to, values });
        }
    }

    fn write(&self, network: Network, out: &mut dyn Write) -> Result<(), Error> {
        let (direction, keys) = match network {
            Network::Meetings => ("undirected", MET),
            Network::Moves | Network::Speakers => ("directed", ACTED),
        };
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(out, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">")?;
        for (of, prefix, keys) in [("node", "n", NODE), ("edge", "e", keys)] {
            for Key { name, kind } in keys {
                writeln!(
                    out,
                    "<key id=\"{prefix}_{name}\" for=\"{of}\" attr.name=\"{name}\" \
                     attr.type=\"{kind}\"/>"
                )?;
            }
        }
        writeln!(out, "<graph id=\"G\" edgedefault=\"{direction}\">")?;
        for (id, values) in &self.nodes {
            writeln!(out, "<node id=\"{}\">", escape(id))?;
            data("n", NODE, values, out)?;
            writeln!(out, "</node>")?;
        }
        for Edge { id, from, to, values } in &self.edges {
            let [id, from, to] = [id, from, to].map(|text| escape(text));
            writeln!(out, "<edge id=\"{id}\" source=\"{from}\" target=\"{to}\">")?;
            data("e", keys, values, out)?;
            writeln!(out, "</edge>")?;
        }
        writeln!(out, "</graph>\n</graphml>")?;
        Ok(out.flush()?)
    }
}

fn data(
    prefix: &str,
    keys: &[Key],
    values: &[String],
    out: &mut dyn Write,
) -> Result<(), Error> {
    for (Key { name, .. }, value) in keys.iter().zip(values) {
        if !value.is_empty() {
            writeln!(out, "<data key=\"{prefix}_{name}\">{}</data>", escape(value))?;
        }
    }
    Ok(())
}

/// Every two different nodes, once.
fn pairs(nodes: &[String]) -> Vec<(String, String)> {
    let nodes: BTreeSet<&String> = nodes.iter().collect();
    let nodes: Vec<&String> = nodes.into_iter().collect();
    let with = |(at, one): (usize, &&String)| {
        let one = (*one).clone();
        let others = nodes[at + 1..].iter().map(|other| (one.clone(), (*other).clone()));
        others.collect::<Vec<_>>()
    };
    nodes.iter().enumerate().flat_map(with).collect()
}

fn known(word: &str) -> String {
    if word == "unknown" { String::new() } else { word.to_owned() }
}

fn origins(accounts: &[Account]) -> String {
    let origins: BTreeSet<&str> =
        accounts.iter().map(|one| one.origin.as_str()).collect();
    origins.len().to_string()
}

fn evidence(accounts: &[Account]) -> String {
    accounts.first().map(|one| one.evidence.clone()).unwrap_or_default()
}

/// What an act does to the talks.
fn tone(act: Act) -> &'static str {
    match act {
        Act::Request => "asking",
        Act::Reject
        | Act::Accuse
        | Act::Threaten
        | Act::Protest
        | Act::Sanction
        | Act::Mobilize
        | Act::Coerce
        | Act::Assault => "conflict",
        Act::Agree
        | Act::Support
        | Act::Concede
        | Act::Cooperate
        | Act::Aid
        | Act::Retreat => "cooperation",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line() -> MoveLine {
        MoveLine {
            id: "1".to_owned(),
            actor: vec!["RUS".to_owned()],
            by: Some("A \"<\" B".to_owned()),
            by_id: None,
            act: "REJECT".to_owned(),
            target: vec!["USA".to_owned(), "NATO".to_owned()],
            issue: None,
            modality: "actual".to_owned(),
            condition: None,
            due: None,
            occurred_on: None,
            confidence: 0.5,
            accounts: Vec::new(),
        }
    }

    #[test]
    fn an_act_towards_two_is_two_edges_and_names_are_escaped() {
        let telling = Telling::default();
        let mut graph = Graph::of(Vec::new(), &telling);
        let line = line();
        let from = graph.person(line.by.as_deref().expect("somebody acts"));
        graph.acted(from, &line);
        let mut out = Vec::new();
        graph.write(Network::Speakers, &mut out).expect("memory can be written to");
        let text = String::from_utf8(out).expect("it is UTF-8");
        assert_eq!(text.matches("<edge ").count(), 2);
        assert_eq!(text.matches("<node ").count(), 3);
        assert!(text.contains("source=\"name:A &quot;&lt;&quot; B\""), "{text}");
        assert!(text.contains("<data key=\"e_tone\">conflict</data>"));
        assert!(!text.contains("e_issue\">"), "an empty value is left out");
    }

    #[test]
    fn a_pair_is_told_once() {
        let nodes = ["b", "a", "b", "c"].map(str::to_owned);
        let told: Vec<String> =
            pairs(&nodes).into_iter().map(|(a, b)| format!("{a}{b}")).collect();
        assert_eq!(told, ["ab", "ac", "bc"]);
    }
}
