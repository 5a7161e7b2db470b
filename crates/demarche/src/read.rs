//! `demarche read`: documents read and printed, nothing kept.
//!
//! In: names. Out: readings in the form that annotators use, or a page for people.
//! Refuses to know: the ledger.

use crate::arguments::{ReadArguments, ReadFormat};
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
    let dates = match &asked.dates {
        Some(path) => read_dates(path)?,
        None => BTreeMap::new(),
    };
    if let Some(folder) = &asked.out {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    let desk = Desk::open(asked.agenda.as_deref())?;
    let mut fetched = fetch::fetch(asked.files.clone(), None).peekable();
    let mut count = 0;
    while fetched.peek().is_some() {
        let mut items = Vec::new();
        let mut refusals = Vec::new();
        for found in fetched.by_ref().take(BATCH) {
            match found {
                Ok(mut item) => {
                    let assumed = asked.published.as_ref().or(dates.get(&item.name));
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
                Ok(reading) => {
                    write(item, &reading, &asked)?;
                    count += 1;
                }
                Err(refusal) => refuse(&refusal),
            }
        }
    }
    Ok(if count > 0 { Ended::Done } else { Ended::Nothing })
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
