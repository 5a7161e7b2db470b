//! The figures in print.
//!
//! In: tallies and outcomes. Out: text and JSON. Refuses to know: how anything was scored.

use super::Scored;
use super::score::{Measure, Tally};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// The figures as a table for people.
pub fn table(sums: &BTreeMap<Measure, Tally>) -> String {
    let mut out = format!(
        "{:18}{:>7}{:>7}{:>7}{:>7}{:>8}\n",
        "measure", "P", "R", "F1", "gold", "system"
    );
    for (measure, tally) in sums {
        let (name, r) = (measure.name(), tally.recall());
        let row = if measure.is_recall() {
            format!("{name:18}{:7}{r:7.3}{:7}{:7}", "", "", tally.gold)
        } else {
            let (p, f1) = (tally.precision(), tally.f1());
            format!("{name:18}{p:7.3}{r:7.3}{f1:7.3}{:7}{:8}", tally.gold, tally.system)
        };
        out.push_str(&row);
        out.push('\n');
    }
    out
}

/// The figures as one object, keyed by measure.
pub fn figures(sums: &BTreeMap<Measure, Tally>) -> Value {
    let row = |(measure, tally): (&Measure, &Tally)| {
        let figures = json!({
            "p": tally.precision(),
            "r": tally.recall(),
            "f1": tally.f1(),
            "gold": tally.gold,
            "system": tally.system,
        });
        (measure.name().to_owned(), figures)
    };
    Value::Object(sums.iter().map(row).collect::<Map<String, Value>>())
}

/// The measures that fall short of their floors, each with both figures.
pub fn shortfalls(
    sums: &BTreeMap<Measure, Tally>,
    floors: &Map<String, Value>,
) -> Vec<String> {
    let mut short = Vec::new();
    for (name, least) in floors {
        let least = least.as_f64().unwrap_or(f64::INFINITY);
        match sums.iter().find(|(measure, _)| measure.name() == name) {
            Some((_, tally)) if tally.headline() >= least => {}
            Some((_, tally)) => {
                short.push(format!("{name} {:.3} < {least}", tally.headline()));
            }
            None => short.push(format!("{name} is no measure")),
        }
    }
    short
}

/// What was missed and what was made up in one document; empty when all is right.
pub fn errors(scored: &Scored) -> String {
    let mut out = String::new();
    statement_errors(scored, &mut out);
    move_errors(scored, &mut out);
    let Scored { gold, outcome, .. } = scored;
    for (_, talk) in unpaired(&gold.meetings, outcome.meetings.iter().map(|p| p.0)) {
        let parties = talk.parties.join(" ");
        let date = or_none(&talk.date);
        let words = clip(&talk.evidence, 50);
        let _ = writeln!(out, "  missed meeting: {parties} {date} {words}");
    }
    for (_, date) in unpaired(&gold.dates, outcome.dates.iter().map(|p| p.0)) {
        let _ = writeln!(out, "  missed date: {} = {}", date.text, or_none(&date.value));
    }
    if out.is_empty() { out } else { format!("{}\n{out}", scored.id) }
}

fn statement_errors(scored: &Scored, out: &mut String) {
    let Scored { gold, system, outcome, .. } = scored;
    let found = &outcome.statements;
    for (_, said) in unpaired(&gold.statements, found.iter().map(|p| p.0)) {
        let (who, cue) = (or_none(&said.speaker), or_none(&said.cue));
        let words = clip(&said.content, 60);
        let _ = writeln!(out, "  missed {}: {who} {cue}: {words}", said.kind);
    }
    for (_, said) in unpaired(&system.statements, found.iter().map(|p| p.1)) {
        let (who, cue) = (or_none(&said.speaker), or_none(&said.cue));
        let _ = writeln!(out, "  spurious: {who} {cue}: {}", clip(&said.content, 60));
    }
    for pair in found.iter().filter(|pair| !outcome.attributed.contains(pair)) {
        let (want, have) = (&gold.statements[pair.0], &system.statements[pair.1]);
        let (who, not) = (or_none(&want.speaker), or_none(&have.speaker));
        let words = clip(&want.content, 50);
        let _ = writeln!(out, "  wrong speaker: {who} but {not}: {words}");
    }
}

fn move_errors(scored: &Scored, out: &mut String) {
    let Scored { gold, system, outcome, .. } = scored;
    for (_, deed) in unpaired(&gold.moves, outcome.moves.iter().map(|p| p.0)) {
        let (who, act) = (or_none(&deed.actor), or_none(&deed.act));
        let target = deed.target.join(" ");
        let words = clip(&deed.evidence, 60);
        let _ = writeln!(out, "  missed move: {who} {act} [{target}]: {words}");
    }
    for (_, deed) in unpaired(&system.moves, outcome.moves.iter().map(|p| p.1)) {
        let (who, act) = (or_none(&deed.actor), or_none(&deed.act));
        let _ =
            writeln!(out, "  spurious move: {who} {act}: {}", clip(&deed.evidence, 60));
    }
}

fn unpaired<T>(
    items: &[T],
    paired: impl Iterator<Item = usize>,
) -> impl Iterator<Item = (usize, &T)> {
    let paired: BTreeSet<usize> = paired.collect();
    items.iter().enumerate().filter(move |(at, _)| !paired.contains(at))
}

fn or_none(text: &Option<String>) -> &str {
    text.as_deref().unwrap_or("-")
}

fn clip(text: &str, chars: usize) -> String {
    text.chars().take(chars).collect()
}
