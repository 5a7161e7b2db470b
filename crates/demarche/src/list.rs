//! The list commands: ask the ledger, print.
//!
//! In: arguments. Out: rows on standard output. Refuses to know: SQL, widths.

mod derived;
mod sources;

pub use derived::{open_items, positions};
pub use sources::{diff, sources, what_if};

use crate::arguments::{ListArguments, SearchArguments, TimelineArguments, WhoArguments};
use crate::print::{Cell, Column, Table, day, list};
use crate::reader::Fold;
use crate::{Ended, agenda};
use anyhow::{Result, ensure};
use ledger::{
    Account, Actor, DocumentLine, Event, EventKind, Ledger, MeetingLine, MoveLine,
    SearchHit, StatementLine,
};

/// Prints the documents.
pub fn documents(asked: ListArguments) -> Result<Ended> {
    let rows = open(&asked)?.documents(&asked.filter())?;
    list(&rows, asked.format, DocumentLine::KEYS, DocumentLine::json, |rows| {
        let mut table = Table::new(&[
            Column::fixed("published"),
            Column::cut("outlet", 8, 20),
            Column::fixed("lang"),
            Column::cut("title", 20, 70),
            Column::cut("from", 8, 30),
            Column::cut("path", 12, 48),
            Column::fixed("id"),
        ]);
        for row in rows {
            let from: Vec<String> = row
                .lineage
                .iter()
                .filter(|lineage| lineage.kind != "cites")
                .map(|lineage| format!("{} of {}", lineage.kind, lineage.to))
                .collect();
            let language = match &row.script {
                Some(script) => format!("{}-{script}", row.language),
                None => row.language.clone(),
            };
            table.row(vec![
                day(row.published.as_deref()).into(),
                row.outlet.as_deref().into(),
                language.into(),
                row.title.as_deref().into(),
                from.join(", ").into(),
                end_of(&row.path, 48).into(),
                row.id[..12].into(),
            ]);
        }
        table
    })?;
    Ok(Ended::Done)
}

/// Prints who is named.
pub fn who(asked: WhoArguments) -> Result<Ended> {
    let WhoArguments { name, list: asked } = asked;
    let ledger = open(&asked)?;
    let fold = name.as_ref().map(|_| Fold::load());
    let fold = |text: &str| match &fold {
        Some(fold) => fold.apply(text),
        None => text.to_owned(),
    };
    let rows = ledger.actors(name.as_deref(), &asked.filter(), &fold)?;
    list(&rows, asked.format, Actor::KEYS, Actor::json, |rows| {
        let mut table = Table::new(&[
            Column::cut("name", 12, 30),
            Column::fixed("party"),
            Column::fixed("type"),
            Column::cut("office", 10, 30),
            Column::cut("called", 20, 70),
            Column::number("documents"),
            Column::number("statements"),
            Column::number("moves"),
        ]);
        for row in rows {
            let surfaces: Vec<&str> =
                row.surfaces.iter().map(|surface| surface.text.as_str()).collect();
            table.row(vec![
                row.name.as_str().into(),
                row.party.as_deref().into(),
                row.kind.as_str().into(),
                fullest_role(row).into(),
                surfaces.join(" · ").into(),
                row.documents.into(),
                row.statements.into(),
                row.moves.into(),
            ]);
        }
        table
    })?;
    Ok(Ended::Done)
}

/// Prints what was said.
pub fn statements(asked: ListArguments) -> Result<Ended> {
    let rows = open(&asked)?.statements(&asked.filter())?;
    list(&rows, asked.format, StatementLine::KEYS, StatementLine::json, |rows| {
        let mut table = Table::new(&[
            Column::fixed("said"),
            Column::cut("speaker", 12, 26),
            Column::fixed("party"),
            Column::cut("cue", 6, 10),
            Column::cut("words", 30, 120),
            Column::cut("to", 6, 12),
            Column::cut("outlet", 8, 16),
        ]);
        for row in rows {
            table.row(vec![
                day(row.date()).into(),
                row.speaker.as_str().into(),
                row.party.as_deref().into(),
                row.cue.as_deref().into(),
                quoted(row).into(),
                row.addressee.as_deref().into(),
                outlets(&row.accounts).into(),
            ]);
        }
        table
    })?;
    Ok(Ended::Done)
}

/// Prints what parties did.
pub fn moves(asked: ListArguments) -> Result<Ended> {
    let rows = open(&asked)?.moves(&asked.filter())?;
    list(&rows, asked.format, MoveLine::KEYS, MoveLine::json, |rows| {
        let mut table = Table::new(&[
            Column::fixed("date"),
            Column::cut("actor", 4, 12),
            Column::fixed("act"),
            Column::cut("target", 4, 12),
            Column::cut("issue", 10, 24),
            Column::cut("by", 8, 20),
            Column::fixed("due"),
            Column::cut("evidence", 28, 110),
            Column::cut("outlet", 8, 16),
        ]);
        for row in rows {
            table.row(vec![
                day(row.date()).into(),
                row.actor.join(", ").into(),
                act(row).into(),
                row.target.join(", ").into(),
                row.issue.as_deref().into(),
                row.by.as_deref().into(),
                row.due.as_deref().into(),
                evidence(&row.accounts).into(),
                outlets(&row.accounts).into(),
            ]);
        }
        table
    })?;
    Ok(Ended::Done)
}

/// Prints who met.
pub fn meetings(asked: ListArguments) -> Result<Ended> {
    let rows = open(&asked)?.meetings(&asked.filter())?;
    list(&rows, asked.format, MeetingLine::KEYS, MeetingLine::json, |rows| {
        let mut table = Table::new(&[
            Column::fixed("start"),
            Column::fixed("status"),
            Column::cut("parties", 8, 20),
            Column::fixed("level"),
            Column::fixed("format"),
            Column::cut("place", 6, 16),
            Column::cut("participants", 12, 34),
            Column::cut("evidence", 28, 110),
            Column::cut("outlet", 8, 16),
        ]);
        let known = |word: &str| if word == "unknown" { "" } else { word }.to_owned();
        for row in rows {
            table.row(vec![
                row.start.as_deref().into(),
                row.status.as_str().into(),
                row.parties.join(", ").into(),
                known(&row.level).into(),
                known(&row.format).into(),
                row.place.as_deref().into(),
                row.participants.join(", ").into(),
                evidence(&row.accounts).into(),
                outlets(&row.accounts).into(),
            ]);
        }
        table
    })?;
    Ok(Ended::Done)
}

/// Prints what happened day by day.
pub fn timeline(asked: TimelineArguments) -> Result<Ended> {
    let TimelineArguments { statements, list: asked } = asked;
    let rows = open(&asked)?.timeline(&asked.filter(), statements)?;
    list(&rows, asked.format, Event::KEYS, Event::json, |rows| {
        let mut table = Table::new(&[
            Column::fixed("date"),
            Column::fixed(""),
            Column::fixed("kind"),
            Column::cut("parties", 8, 24),
            Column::cut("what", 14, 40),
            Column::cut("evidence", 28, 110),
            Column::cut("outlet", 8, 16),
        ]);
        let mut before = None;
        for row in rows {
            let date = match &row.date {
                Some(date) => day(Some(date)),
                None => "undated".to_owned(),
            };
            // A day is named once; what only its publication dates is marked.
            let shown = if before.as_ref() == Some(&date) { "" } else { date.as_str() };
            let mark = if row.is_dated_by_publication { "≤" } else { "" };
            let parties = match (row.kind, row.target.is_empty()) {
                (EventKind::Move, false) => {
                    format!("{} → {}", row.parties.join(", "), row.target.join(", "))
                }
                _ => row.parties.join(", "),
            };
            table.row(vec![
                shown.into(),
                mark.into(),
                row.kind.code().into(),
                parties.into(),
                row.what.as_str().into(),
                evidence(&row.accounts).into(),
                outlets(&row.accounts).into(),
            ]);
            before = Some(date);
        }
        table
    })?;
    Ok(Ended::Done)
}

/// Prints where words stand.
pub fn search(asked: SearchArguments) -> Result<Ended> {
    let SearchArguments { query, list: asked } = asked;
    let query = query.join(" ");
    ensure!(
        query.chars().any(char::is_alphanumeric),
        "there is no word to look for in {query:?}"
    );
    let ledger = open(&asked)?;
    let fold = Fold::load();
    let fold = |text: &str| fold.apply(text);
    let rows = ledger.search(&fold(&query), &asked.filter(), &fold)?;
    list(&rows, asked.format, SearchHit::KEYS, SearchHit::json, |rows| {
        let mut table = Table::new(&[
            Column::fixed("published"),
            Column::cut("outlet", 8, 16),
            Column::cut("title", 16, 40),
            Column::number("hits"),
            Column::cut("words", 40, 160),
            Column::fixed("document"),
        ]);
        for row in rows {
            table.row(vec![
                day(row.published.as_deref()).into(),
                row.outlet.as_deref().into(),
                row.title.as_deref().into(),
                row.spans.len().into(),
                Cell::marked(
                    &row.snippet,
                    row.marks.iter().map(|mark| mark.start..mark.end),
                ),
                row.document[..12].into(),
            ]);
        }
        table
    })?;
    Ok(Ended::Done)
}

fn open(asked: &ListArguments) -> Result<Ledger> {
    agenda::check(asked.agenda.as_deref())?;
    Ok(asked.ledger.open()?)
}

/// The outlets that tell an entry, each once.
fn outlets(accounts: &[Account]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for account in accounts {
        let name = account.outlet.as_deref().unwrap_or(&account.document[..12]);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

fn evidence(accounts: &[Account]) -> &str {
    accounts.first().map_or("", |account| account.evidence.as_str())
}

/// What is done, and how real it is where it is not simply done.
fn act(line: &MoveLine) -> String {
    let how = match line.modality.as_str() {
        _ if line.condition.is_some() => " (if)",
        "hypothetical" => " (would)",
        "future" => " (will)",
        "negated" => " (not)",
        _ => "",
    };
    format!("{}{how}", line.act)
}

/// The words of a statement, in quotation marks where the document has them so.
fn quoted(line: &StatementLine) -> String {
    let words = line.content.join(" … ");
    match line.kind.as_str() {
        "direct" => format!("“{words}”"),
        _ => words,
    }
}

fn fullest_role(actor: &Actor) -> &str {
    let longest = actor.roles.iter().max_by_key(|role| role.text.chars().count());
    longest.map_or("", |role| role.text.as_str())
}

/// A path with its beginning cut: its end tells more.
fn end_of(path: &str, most: usize) -> String {
    let count = path.chars().count();
    match count > most {
        true => format!("…{}", path.chars().skip(count - most + 1).collect::<String>()),
        false => path.to_owned(),
    }
}
