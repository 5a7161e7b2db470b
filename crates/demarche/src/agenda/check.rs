//! `demarche agenda check`: whether an agenda can be used, and what it would catch.
//!
//! In: an agenda and, if the user names one, a ledger. Out: for every issue its moves and
//! phrases; phrases that never stand near a move or speak for two issues; terms, parties
//! and people that the agenda does not name. Refuses to know: how to mend it.

use super::people;
use super::reach::{self, Reach};
use super::sources::{self, Names, Page};
use super::term::{self, Bar};
use super::words::Words;
use crate::Ended;
use crate::arguments::{CheckArguments, ReadFormat};
use crate::reader::Fold;
use anyhow::Result;
use extract::Agenda;
use extract::agenda::{Phrase, Topic};
use ledger::Filter;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What a term must have to be told as missed.
const BAR: Bar = Bar { sentences: 3, documents: 2, excess: 3.0 };

/// No more terms, people and parties are told as missed.
const MOST: usize = 15;

/// Who acts or speaks less often than this is not missed.
const FEWEST: usize = 3;

/// Runs `demarche agenda check`.
pub fn run(asked: &CheckArguments) -> Result<Ended> {
    let agenda = super::load(Some(&asked.file))?.agenda;
    let usable = format!("{} can be used", asked.file.display());
    let Some(ledger) = asked.ledger() else {
        match asked.format {
            ReadFormat::Table => crate::print::line(&usable)?,
            ReadFormat::Json => {
                let conflicts: Value =
                    conflicts(&agenda).iter().map(conflict_json).collect();
                crate::print::line(
                    &json!({"usable": true, "conflicts": conflicts}).to_string(),
                )?;
            }
        }
        return Ok(Ended::Done);
    };
    let ledger = ledger.open()?;
    let fold = Fold::load();
    let pages = sources::pages(&ledger, &Filter::default(), &[], &fold)?;
    let report = report(&agenda, &pages, &ledger, &fold)?;
    match asked.format {
        ReadFormat::Json => crate::print::line(&report.json(&agenda).to_string())?,
        ReadFormat::Table => {
            crate::print::line(&usable)?;
            crate::print::line(report.text(&agenda).trim_end())?;
        }
    }
    Ok(Ended::Done)
}

/// A phrase and the issues that it speaks for.
type Conflict<'a> = (&'a str, BTreeSet<&'a str>);

/// What an agenda catches and misses of a ledger.
struct Report {
    reach: Reach,
    /// By issue, the phrases that stand near no move.
    idle: BTreeMap<String, BTreeSet<String>>,
    /// The most telling terms of moves that get no issue: moves and documents.
    terms: Vec<Missed>,
    /// Parties that act and are not named: moves by them and towards them.
    parties: Vec<Missed>,
    /// People who speak and act and are not named.
    people: Vec<Missed>,
}

/// Something that the agenda lacks.
struct Missed {
    name: String,
    /// How many moves (and statements, for people) it has.
    times: usize,
    /// How many documents have it; of a party they are not counted.
    documents: Option<usize>,
    /// Whether the gazetteer knows it all the same.
    is_known: bool,
}

fn report(
    agenda: &Agenda,
    pages: &[Page],
    ledger: &ledger::Ledger,
    fold: &Fold,
) -> Result<Report> {
    let reach = reach::reach(agenda, pages);
    let mut idle: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for Phrase { topic, words, .. } in agenda.phrases() {
        if let Topic::Issue(issue) = topic
            && !reach.near.contains_key(words)
        {
            idle.entry(issue.to_owned()).or_default().insert(words.to_owned());
        }
    }
    let numbers: BTreeMap<&str, usize> =
        pages.iter().enumerate().map(|(at, page)| (page.document.as_str(), at)).collect();
    let cuts = sources::cut(pages, Names::Cut, |page, told| {
        let number = page.moves.iter().position(|one| std::ptr::eq(one, told));
        let page = numbers.get(page.document.as_str());
        page.zip(number).is_some_and(|(page, at)| reach.missed.contains(&(*page, at)))
    });
    let terms = term::mine(&cuts, pages.len(), &Words::load(), BAR);
    let terms = terms.into_iter().filter(|term| term.moves > 0).take(MOST);
    let terms = terms.map(|term| Missed {
        name: term.words,
        times: term.moves,
        documents: Some(term.documents.len()),
        is_known: false,
    });
    Ok(Report {
        idle,
        terms: terms.collect(),
        parties: missed_parties(agenda, ledger)?,
        people: missed_people(agenda, pages, ledger, fold)?,
        reach,
    })
}

fn missed_parties(agenda: &Agenda, ledger: &ledger::Ledger) -> Result<Vec<Missed>> {
    let known = people::party_names()?;
    let named: BTreeSet<&str> = agenda.parties.iter().map(|p| p.code.as_str()).collect();
    let deeds = people::deeds(&ledger.moves(&Filter::default())?);
    let missed = deeds.into_iter().filter(|(code, _)| !named.contains(code.as_str()));
    let missed = missed.map(|(code, deeds)| Missed {
        times: deeds.done + deeds.met,
        documents: None,
        is_known: known.contains_key(&code),
        name: code,
    });
    Ok(missed.filter(|missed| missed.times >= FEWEST).take(MOST).collect())
}

fn missed_people(
    agenda: &Agenda,
    pages: &[Page],
    ledger: &ledger::Ledger,
    fold: &Fold,
) -> Result<Vec<Missed>> {
    let apply = |text: &str| fold.apply(text);
    let mut named = BTreeSet::new();
    for person in &agenda.people {
        let names =
            person.names.zh.iter().chain(&person.names.en).chain(&person.names.ru);
        named.extend(names.map(|name| apply(name)));
        named.insert(person.name.clone());
    }
    // Somebody without a name (一名发言人) cannot be put into an agenda.
    let is_name: BTreeSet<&str> = pages.iter().flat_map(Page::people).collect();
    let mut missed: Vec<Missed> = Vec::new();
    for actor in ledger.actors(None, &Filter::default(), &apply)? {
        let times = actor.statements + actor.moves;
        let names: Vec<String> = actor.surfaces.iter().map(|s| apply(&s.text)).collect();
        let is_named =
            named.contains(&actor.name) || names.iter().any(|name| named.contains(name));
        let has_name = names.iter().any(|name| is_name.contains(name.as_str()));
        if actor.kind != "person" || is_named || !has_name || times < FEWEST {
            continue;
        }
        missed.push(Missed {
            is_known: actor.name.is_ascii(),
            name: actor.name,
            times,
            documents: Some(actor.documents),
        });
    }
    missed.sort_by(|a, b| b.times.cmp(&a.times).then_with(|| a.name.cmp(&b.name)));
    missed.truncate(MOST);
    Ok(missed)
}

/// The phrases that speak for more than one issue on their own.
fn conflicts(agenda: &Agenda) -> Vec<Conflict<'_>> {
    let mut issues: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for Phrase { topic, words, is_part } in agenda.phrases() {
        if let Topic::Issue(issue) = topic
            && !is_part
        {
            issues.entry(words).or_default().insert(issue);
        }
    }
    issues.into_iter().filter(|(_, issues)| issues.len() > 1).collect()
}

fn conflict_json((phrase, issues): &Conflict) -> Value {
    json!({"phrase": phrase, "issues": issues})
}

impl Report {
    fn json(&self, agenda: &Agenda) -> Value {
        let issue = |issue: &extract::agenda::Issue| {
            let caught = self.reach.issues.get(&issue.id).cloned().unwrap_or_default();
            json!({
                "id": issue.id,
                "moves": caught.moves,
                "documents": caught.documents.len(),
                "phrases": caught.phrases,
                "never": self.idle.get(&issue.id).cloned().unwrap_or_default(),
                "rivals": caught.rivals,
            })
        };
        let missed = |missed: &Missed| {
            json!({
                "name": missed.name,
                "times": missed.times,
                "documents": missed.documents,
                "in_gazetteer": missed.is_known,
            })
        };
        let term = |term: &Missed| json!({"term": term.name, "moves": term.times, "documents": term.documents});
        json!({
            "usable": true,
            "moves": self.reach.moves,
            "without_issue": self.reach.missed.len(),
            "issues": agenda.issues.iter().map(issue).collect::<Vec<_>>(),
            "conflicts": conflicts(agenda).iter().map(conflict_json).collect::<Vec<_>>(),
            "missed_terms": self.terms.iter().map(term).collect::<Vec<_>>(),
            "missed_parties": self.parties.iter().map(missed).collect::<Vec<_>>(),
            "missed_people": self.people.iter().map(missed).collect::<Vec<_>>(),
        })
    }

    fn text(&self, agenda: &Agenda) -> String {
        let Reach { moves, missed, .. } = &self.reach;
        let mut lines =
            vec![format!("{} of {moves} moves get an issue", moves - missed.len())];
        let mut issues: Vec<_> = agenda.issues.iter().collect();
        let caught = |id: &str| self.reach.issues.get(id).cloned().unwrap_or_default();
        issues.sort_by_key(|issue| std::cmp::Reverse(caught(&issue.id).moves));
        for issue in issues {
            lines.push(String::new());
            self.issue_lines(&issue.id, &mut lines);
        }
        let listed = |head: &str, items: Vec<String>, lines: &mut Vec<String>| {
            if !items.is_empty() {
                lines.extend([String::new(), head.to_owned()]);
                lines.extend(items.into_iter().map(|item| format!("  {item}")));
            }
        };
        let conflict = |(phrase, issues): &Conflict| {
            let issues: Vec<&str> = issues.iter().copied().collect();
            format!("{phrase}: {}; the first in the file wins", issues.join(", "))
        };
        let conflicts = conflicts(agenda).iter().map(conflict).collect();
        listed("Phrases that speak for two issues", conflicts, &mut lines);
        let told = |missed: &Missed| missed.told();
        let terms = self.terms.iter().map(told).collect();
        listed("Terms of moves that get no issue", terms, &mut lines);
        let parties = self.parties.iter().map(told).collect();
        listed("Parties that the agenda does not name", parties, &mut lines);
        let people = self.people.iter().map(told).collect();
        listed("People that the agenda does not name", people, &mut lines);
        lines.join("\n")
    }

    fn issue_lines(&self, id: &str, lines: &mut Vec<String>) {
        let caught = self.reach.issues.get(id).cloned().unwrap_or_default();
        lines.push(format!(
            "{id}: {} moves in {} documents",
            caught.moves,
            caught.documents.len()
        ));
        let counted = |counts: &BTreeMap<String, usize>| {
            let mut counts: Vec<_> = counts.iter().collect();
            counts.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
            let counts: Vec<String> =
                counts.iter().map(|(w, n)| format!("{w} {n}")).collect();
            counts.join(", ")
        };
        if !caught.phrases.is_empty() {
            lines.push(format!("  by {}", counted(&caught.phrases)));
        }
        if !caught.rivals.is_empty() {
            lines.push(format!("  where also named: {}", counted(&caught.rivals)));
        }
        if let Some(idle) = self.idle.get(id) {
            let idle: Vec<&str> = idle.iter().map(String::as_str).collect();
            lines.push(format!("  never near a move: {}", idle.join(", ")));
        }
    }
}

impl Missed {
    fn told(&self) -> String {
        let Missed { name, times, .. } = self;
        let known = if self.is_known { "; the gazetteer knows the name" } else { "" };
        match self.documents {
            Some(documents) => {
                format!("{name}: {times} times, in {documents} documents{known}")
            }
            None => format!("{name}: {times} times{known}"),
        }
    }
}
