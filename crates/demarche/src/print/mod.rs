//! Lists on standard output: for people, for programs.
//!
//! In: rows. Out: a table, a JSON array or CSV. Refuses to know: what the rows are.

mod cells;
mod table;

pub use cells::{clean, day};
pub use table::{Cell, Column, Table};

use crate::arguments::ListFormat;
use anyhow::Result;
use serde_json::Value;
use std::io::{self, BufWriter, IsTerminal, Write};

/// Standard output, written in large pieces.
pub fn out() -> BufWriter<io::StdoutLock<'static>> {
    BufWriter::with_capacity(1 << 16, io::stdout().lock())
}

/// Prints one line.
pub fn line(words: &str) -> Result<()> {
    let mut out = out();
    writeln!(out, "{words}")?;
    Ok(out.flush()?)
}

/// Says something that is no part of the output.
pub fn note(words: &str) {
    // If nobody listens there is nobody to tell.
    let _ = writeln!(io::stderr(), "{words}");
}

/// Prints a list in the form that was asked for; `keys` are the columns of a row's JSON.
pub fn list<T>(
    rows: &[T],
    format: ListFormat,
    keys: &[&str],
    json: impl Fn(&T) -> Value,
    table: impl Fn(&[T]) -> Table,
) -> Result<()> {
    let mut out = out();
    match format {
        ListFormat::Json => write_json(&mut out, rows.iter().map(json))?,
        ListFormat::Csv => write_csv(&mut out, keys, rows.iter().map(json))?,
        ListFormat::Table if rows.is_empty() => {
            note("nothing in the ledger is like that")
        }
        ListFormat::Table => table(rows).write(&mut out, width(), is_coloured())?,
    }
    Ok(out.flush()?)
}

/// One array, one object a line, so that `head` and `grep` are of use too.
fn write_json(out: &mut dyn Write, rows: impl Iterator<Item = Value>) -> Result<()> {
    let mut before = "[\n";
    for row in rows {
        write!(out, "{before}{row}")?;
        before = ",\n";
    }
    let after = if before == "[\n" { "[]" } else { "\n]" };
    Ok(writeln!(out, "{after}")?)
}

fn write_csv(
    out: &mut dyn Write,
    keys: &[&str],
    rows: impl Iterator<Item = Value>,
) -> Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    let written = |cause: csv::Error| match cause.into_kind() {
        csv::ErrorKind::Io(cause) => anyhow::Error::from(cause),
        other => anyhow::anyhow!("cannot write a row of CSV: {other:?}"),
    };
    csv.write_record(keys).map_err(written)?;
    for row in rows {
        let cells =
            keys.iter().map(|key| cells::csv(row.get(*key).unwrap_or(&Value::Null)));
        csv.write_record(cells).map_err(written)?;
    }
    Ok(csv.flush()?)
}

/// How many columns a table may take.
pub fn width() -> usize {
    let named = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let seen = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    named.or_else(seen).unwrap_or(140).clamp(60, 400)
}

/// Whether headings may be set off: on a terminal whose user does not mind.
pub fn is_coloured() -> bool {
    io::stdout().is_terminal()
        && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
}
