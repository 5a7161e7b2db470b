//! The lists of the ledger as tables: CSV, JSON Lines, Parquet.
//!
//! In: a ledger, a filter, a list and a form. Out: one table, or a folder with all of
//! them. Refuses to know: what the rows mean. The columns are those of the list commands'
//! JSON, in their order.

mod column;
mod columns;
mod csv;

use crate::beside::{beside, refused};
use crate::error::Error;
use columns::Columns;
use csv::Csv;
use ledger::{
    Account, Actor, DisputeLine, DocumentLine, Filter, Ledger, MeetingLine, MoveLine,
    OpenLine, PositionLine, SourceLine, StatementLine,
};
use serde_json::{Value, json};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// A list of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum List {
    /// Who published what, when, and whose article it renders.
    Documents,
    /// Who is named.
    Actors,
    /// What was said.
    Statements,
    /// What parties did.
    Moves,
    /// Who met.
    Meetings,
    /// Where each party stands on each issue.
    Positions,
    /// What is still open.
    Open,
    /// Where accounts cannot all be true.
    Disputes,
    /// The outlets.
    Sources,
    /// Every account of every statement, move and meeting, one a row.
    Accounts,
}

impl List {
    /// Every list, in the order in which a folder of them is written.
    pub const ALL: [List; 10] = [
        List::Documents,
        List::Actors,
        List::Statements,
        List::Moves,
        List::Meetings,
        List::Positions,
        List::Open,
        List::Disputes,
        List::Sources,
        List::Accounts,
    ];

    /// Its name, which is also that of its file.
    pub fn name(self) -> &'static str {
        match self {
            List::Documents => "documents",
            List::Actors => "actors",
            List::Statements => "statements",
            List::Moves => "moves",
            List::Meetings => "meetings",
            List::Positions => "positions",
            List::Open => "open",
            List::Disputes => "disputes",
            List::Sources => "sources",
            List::Accounts => "accounts",
        }
    }

    /// The list with a name.
    pub fn from_name(name: &str) -> Option<List> {
        List::ALL.into_iter().find(|list| list.name() == name)
    }

    /// Its columns, in order.
    pub fn keys(self) -> &'static [&'static str] {
        match self {
            List::Documents => DocumentLine::KEYS,
            List::Actors => Actor::KEYS,
            List::Statements => StatementLine::KEYS,
            List::Moves => MoveLine::KEYS,
            List::Meetings => MeetingLine::KEYS,
            List::Positions => PositionLine::KEYS,
            List::Open => OpenLine::KEYS,
            List::Disputes => DisputeLine::KEYS,
            List::Sources => SourceLine::KEYS,
            List::Accounts => ACCOUNTS,
        }
    }

    /// Shows its rows, as the list commands print them, one after another; `fold` brings
    /// words to one script.
    fn each(
        self,
        ledger: &Ledger,
        filter: &Filter,
        fold: &dyn Fn(&str) -> String,
        see: &mut See<'_>,
    ) -> Result<(), Error> {
        match self {
            List::Documents => show(ledger.documents(filter)?, DocumentLine::json, see),
            List::Actors => show(ledger.actors(None, filter, fold)?, Actor::json, see),
            List::Statements => {
                show(ledger.statements(filter)?, StatementLine::json, see)
            }
            List::Moves => show(ledger.moves(filter)?, MoveLine::json, see),
            List::Meetings => show(ledger.meetings(filter)?, MeetingLine::json, see),
            List::Positions => show(ledger.positions(filter)?, PositionLine::json, see),
            List::Open => show(ledger.open_items(filter)?, OpenLine::json, see),
            List::Disputes => {
                show(ledger.disputes(filter, fold)?, DisputeLine::json, see)
            }
            List::Sources => show(ledger.sources(filter)?, SourceLine::json, see),
            List::Accounts => accounts(ledger, filter, see),
        }
    }
}

/// What is done with each row.
type See<'a> = dyn FnMut(Value) -> Result<(), Error> + 'a;

/// The columns of the accounts: of which entry, in which document's bytes, in which words.
const ACCOUNTS: &[&str] = &[
    "kind",
    "entry",
    "document",
    "outlet",
    "published",
    "origin",
    "span_start",
    "span_end",
    "evidence",
    "rules",
];

/// Gives lines up one by one for their JSON, so that both never stand in memory.
fn show<T>(
    lines: Vec<T>,
    json: impl Fn(&T) -> Value,
    see: &mut See<'_>,
) -> Result<(), Error> {
    lines.into_iter().try_for_each(|line| see(json(&line)))
}

fn accounts(ledger: &Ledger, filter: &Filter, see: &mut See<'_>) -> Result<(), Error> {
    let mut add = |kind: &str, entry: &str, accounts: &[Account]| {
        accounts.iter().try_for_each(|account| {
            see(json!({
                "kind": kind,
                "entry": entry,
                "document": account.document,
                "outlet": account.outlet,
                "published": account.published,
                "origin": account.origin,
                "span_start": account.span.0,
                "span_end": account.span.1,
                "evidence": account.evidence,
                "rules": account.rules,
            }))
        })
    };
    for line in ledger.statements(filter)? {
        add("statement", &line.id, &line.accounts)?;
    }
    for line in ledger.moves(filter)? {
        add("move", &line.id, &line.accounts)?;
    }
    for line in ledger.meetings(filter)? {
        add("meeting", &line.id, &line.accounts)?;
    }
    Ok(())
}

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Comma separated values (RFC 4180), a header first; lists and objects as JSON text.
    Csv,
    /// One JSON object a line, as the list commands print it.
    Jsonl,
    /// Columns with types: lists of words are lists, deeper values are JSON text.
    Parquet,
}

impl Form {
    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Form::Csv => "csv",
            Form::Jsonl => "jsonl",
            Form::Parquet => "parquet",
        }
    }
}

/// Writes one list; `fold` brings words to one script.
///
/// # Errors
/// If the ledger cannot be read or `out` cannot be written to.
pub fn table(
    ledger: &Ledger,
    filter: &Filter,
    list: List,
    form: Form,
    fold: &dyn Fn(&str) -> String,
    mut out: impl Write + Send,
) -> Result<(), Error> {
    match form {
        Form::Csv => {
            let mut csv = Csv::start(list, &mut out)?;
            list.each(ledger, filter, fold, &mut |row| csv.row(&row))?;
            csv.end()
        }
        Form::Jsonl => {
            list.each(ledger, filter, fold, &mut |row| Ok(writeln!(out, "{row}")?))?;
            Ok(out.flush()?)
        }
        Form::Parquet => {
            let mut columns = Columns::start(list, out)?;
            list.each(ledger, filter, fold, &mut |row| columns.row(row))?;
            columns.end()
        }
    }
}

/// Writes every list into a folder, one file each, and tells their paths. The folder is
/// made where there is none; other files in it are left alone.
///
/// # Errors
/// If the ledger cannot be read or a file cannot be written; no file is ever half written.
pub fn tables(
    ledger: &Ledger,
    filter: &Filter,
    form: Form,
    fold: &dyn Fn(&str) -> String,
    folder: &Path,
) -> Result<Vec<PathBuf>, Error> {
    fs::create_dir_all(folder).map_err(|cause| refused(folder, cause))?;
    let mut written = Vec::new();
    for list in List::ALL {
        let path = folder.join(format!("{}.{}", list.name(), form.ending()));
        beside(&path, |out| table(ledger, filter, list, form, fold, out))?;
        written.push(path);
    }
    Ok(written)
}
