//! `demarche read`: documents read and printed, nothing kept.
//!
//! In: names. Out: readings in the form that annotators use, or a page for people.
//! Refuses to know: the ledger.

use crate::arguments::{InputArguments, ReadArguments, ReadFormat};
use crate::fetch::{self, Item, Refusal};
use crate::gold_form::gold_form;
use crate::reader::Desk;
use crate::{Ended, print, render};
use anyhow::{Context, Result};
use record::Reading;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

/// How many documents are read side by side before they are printed in order.
const BATCH: usize = 64;

/// Runs `demarche read`.
pub fn run(asked: ReadArguments) -> Result<Ended> {
    if let Some(folder) = &asked.out {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    let desk = Desk::open(asked.input.agenda.as_deref())?;
    each(&asked.input, &desk, |item, reading| write(item, reading, &asked))
}

/// Reads what is named and shows each reading, in order; documents that are refused are
/// named and the rest goes on.
pub fn each(
    input: &InputArguments,
    desk: &Desk,
    mut show: impl FnMut(&Item, &Reading) -> Result<()>,
) -> Result<Ended> {
    let dates = match &input.dates {
        Some(path) => read_dates(path)?,
        None => BTreeMap::new(),
    };
    let mut fetched = fetch::fetch(input.files.clone(), None).peekable();
    let mut count = 0;
    while fetched.peek().is_some() {
        let mut items = Vec::new();
        let mut refusals = Vec::new();
        for found in fetched.by_ref().take(BATCH) {
            match found {
                Ok(mut item) => {
                    let assumed = input.published.as_ref().or(dates.get(&item.name));
                    let hint = &mut item.document.published_hint;
                    *hint = hint.take().or_else(|| assumed.cloned());
                    items.push(item);
                }
                Err(refusal) => refusals.push(refusal),
            }
        }
        refusals.iter().for_each(refuse);
        let readings = desk.read_all(&items.iter().collect::<Vec<_>>());
        for (item, reading) in items.iter().zip(readings) {
            match reading {
                Ok(mut reading) => {
                    if let Some(least) = input.min_confidence {
                        keep_sure(&mut reading, least);
                    }
                    show(item, &reading)?;
                    count += 1;
                }
                Err(refusal) => refuse(&refusal),
            }
        }
    }
    Ok(if count > 0 { Ended::Done } else { Ended::Nothing })
}

/// Leaves out the statements, moves and meetings of which the reader is less sure. A move
/// may be surer than the statement that tells it; it then stands without.
fn keep_sure(reading: &mut Reading, least: f64) {
    let mut kept = 0;
    let places: Vec<Option<usize>> = reading
        .statements
        .iter()
        .map(|statement| {
            let is_kept = statement.confidence >= least;
            kept += usize::from(is_kept);
            is_kept.then(|| kept - 1)
        })
        .collect();
    reading.statements.retain(|statement| statement.confidence >= least);
    reading.moves.retain(|line| line.confidence >= least);
    for line in &mut reading.moves {
        line.statement = line.statement.and_then(|at| places.get(at).copied().flatten());
    }
    reading.meetings.retain(|meeting| meeting.confidence >= least);
}

fn refuse(refusal: &Refusal) {
    print::note(&format!("refused: {}: {}", refusal.name, refusal.reason));
}

fn write(item: &Item, reading: &Reading, asked: &ReadArguments) -> Result<()> {
    let json = || serde_json::to_string_pretty(&gold_form(&item.name, reading));
    if let Some(folder) = &asked.out {
        let path = folder.join(format!("{}.json", item.name));
        return std::fs::write(&path, json()?)
            .with_context(|| format!("cannot write {}", path.display()));
    }
    let mut out = print::out();
    match asked.format {
        ReadFormat::Json => writeln!(out, "{}", json()?)?,
        ReadFormat::Table => render::write(&mut out, &item.document.path, reading)?,
    }
    Ok(out.flush()?)
}

fn read_dates(path: &Path) -> Result<BTreeMap<String, String>> {
    let fail = || format!("cannot read the dates in {}", path.display());
    let mut table = csv::Reader::from_path(path).with_context(fail)?;
    let mut dates = BTreeMap::new();
    for row in table.records() {
        let row = row.with_context(fail)?;
        if let (Some(id), Some(date)) = (row.get(0), row.get(1)) {
            dates.insert(id.trim().to_owned(), date.trim().to_owned());
        }
    }
    dates.retain(|_, date| !date.is_empty());
    Ok(dates)
}
