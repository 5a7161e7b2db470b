//! The lists of sources: outlets, what is new, what rests on whom.
//!
//! In: arguments. Out: rows on standard output. Refuses to know: SQL, widths.

use super::open;
use crate::Ended;
use crate::arguments::{DiffArguments, ListArguments, WhatIfArguments};
use crate::print::{Column, Table, list};
use anyhow::{Result, ensure};
use ledger::{ChangeLine, Loss, SourceLine};

/// Prints the outlets.
pub fn sources(asked: ListArguments) -> Result<Ended> {
    let rows = open(&asked)?.sources(&asked.filter())?;
    list(&rows, asked.format, SourceLine::KEYS, SourceLine::json, |rows| {
        let mut table = Table::new(&[
            Column::cut("outlet", 10, 26),
            Column::number("documents"),
            Column::number("own"),
            Column::fixed("first"),
            Column::fixed("last"),
            Column::cut("carries", 16, 60),
            Column::cut("carried by", 12, 40),
            Column::cut("voices", 16, 60),
        ]);
        for row in rows {
            let carried = |all: &[ledger::Carried]| -> String {
                let one = |c: &ledger::Carried| match c.documents {
                    1 => format!("{} ({})", c.outlet, c.kind),
                    many => format!("{} ({} ×{many})", c.outlet, c.kind),
                };
                all.iter().map(one).collect::<Vec<_>>().join(", ")
            };
            let voices = row.voices.iter().take(5);
            let voices = voices.map(|v| format!("{} {:.0} %", v.party, v.share * 100.0));
            table.row(vec![
                row.outlet.as_str().into(),
                row.documents.into(),
                row.independent.into(),
                row.first.as_deref().into(),
                row.last.as_deref().into(),
                carried(&row.from).into(),
                carried(&row.to).into(),
                voices.collect::<Vec<_>>().join(", ").into(),
            ]);
        }
        table
    })?;
    Ok(Ended::Done)
}

/// Prints what is new or otherwise since a day.
pub fn diff(asked: DiffArguments) -> Result<Ended> {
    let DiffArguments { since, list: asked } = asked;
    let rows = open(&asked)?.changes(&since, &asked.filter())?;
    list(&rows, asked.format, ChangeLine::KEYS, ChangeLine::json, |rows| {
        let mut table = Table::new(&[
            Column::fixed("kind"),
            Column::fixed("change"),
            Column::cut("what", 24, 70),
            Column::cut("is", 20, 80),
            Column::cut("was", 12, 60),
        ]);
        for row in rows {
            let field = |of: &serde_json::Value| -> String {
                let one = |key: &String| format!("{key} {}", plain(&of[key]));
                row.fields.iter().map(one).collect::<Vec<_>>().join(", ")
            };
            table.row(vec![
                row.kind.into(),
                if row.is_new { "new" } else { "changed" }.into(),
                about(row).into(),
                field(&row.row).into(),
                row.before.as_ref().map(field).unwrap_or_default().into(),
            ]);
        }
        table
    })?;
    Ok(Ended::Done)
}

/// What a row is about, in a few words.
fn about(row: &ChangeLine) -> String {
    let words = |key: &str| plain(&row.row[key]);
    match row.kind {
        "document" => format!("{} {}", words("outlet"), words("title")),
        "meeting" => {
            format!("{} {} {}", words("start"), words("parties"), words("status"))
        }
        "position" => format!("{} {} {}", words("party"), words("issue"), words("act")),
        _ => plain(&row.row["accounts"][0]["evidence"]),
    }
}

/// A value as a person reads it.
fn plain(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Array(all) if all.iter().all(|one| !one.is_object()) => {
            all.iter().map(plain).collect::<Vec<_>>().join(", ")
        }
        serde_json::Value::Array(all) => all.len().to_string(),
        other => other.to_string(),
    }
}

/// Prints what would fall without a source.
pub fn what_if(asked: WhatIfArguments) -> Result<Ended> {
    let ledger = asked.ledger.open()?;
    for source in &asked.without {
        ensure!(
            !ledger.documents_of(source)?.is_empty(),
            "no document is of {source}; `demarche sources` lists the outlets and \
             `demarche documents` the documents"
        );
    }
    let mut rows = ledger.what_if(&asked.without, asked.as_of.as_deref())?;
    rows.truncate(asked.limit.unwrap_or(usize::MAX));
    list(&rows, asked.format, Loss::KEYS, Loss::json, |rows| {
        let mut table = Table::new(&[
            Column::fixed("kind"),
            Column::fixed("effect"),
            Column::number("origins"),
            Column::number("left"),
            Column::cut("about", 30, 120),
        ]);
        for row in rows {
            table.row(vec![
                row.kind.into(),
                row.effect.into(),
                row.origins.into(),
                row.origins_left.into(),
                row.about.as_str().into(),
            ]);
        }
        table
    })?;
    Ok(Ended::Done)
}
