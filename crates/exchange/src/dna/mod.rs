//! The ledger as a file of the Discourse Network Analyzer (DNA 3).
//!
//! In: documents and moves. Out: an SQLite file with DNA's own tables, statement types and
//! variables, so that DNA opens it and goes on coding. Refuses to know: how DNA makes
//! networks.
//!
//! Each account of a move on an issue is a `DNA Statement` where it stands in the text:
//! `person` who acts, `organization` the party, `concept` the issue, `agreement` whether
//! the act brings it forward. An act on no issue, or one that is denied, takes no side on a
//! concept; it is an `Annotation` with the act in its note. DNA counts Java's characters:
//! offsets are UTF-16 units.
//!
//! DNA asks for a coder's password: it is `demarche` for both coders, `Admin` and
//! `Demarche`; what the program coded is the second one's, so that people code as others.

mod coding;
mod rows;

use crate::beside::moved;
use crate::error::Error;
use crate::telling::Telling;
use coding::{Coding, Place};
use ledger::{DocumentLine, Filter, Ledger};
use rows::Rows;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Writes the documents and moves that a filter wants as a DNA file at a path, which
/// should end with `.dna`. With them go all documents that tell of these moves.
///
/// # Errors
/// If the ledger cannot be read or the file cannot be written; it is never half written.
pub fn dna(
    ledger: &Ledger,
    filter: &Filter,
    telling: &Telling,
    path: &Path,
) -> Result<(), Error> {
    moved(path, |part| {
        // What an interrupted run of this very process id left is no database of ours.
        let _ = std::fs::remove_file(part);
        let failed = |cause| Error::Database { path: path.to_owned(), cause };
        let mut database = Connection::open(part).map_err(failed)?;
        // The file is thrown away if anything fails, so it needs no journal of its own.
        database
            .execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
            .map_err(failed)?;
        let transaction = database.transaction().map_err(failed)?;
        write(ledger, filter, telling, &transaction, &failed)?;
        transaction.commit().map_err(failed)?;
        database.close().map_err(|(_, cause)| failed(cause))?;
        Ok(std::fs::File::open(part)?.sync_all()?)
    })
}

fn write(
    ledger: &Ledger,
    filter: &Filter,
    telling: &Telling,
    database: &Connection,
    failed: &dyn Fn(rusqlite::Error) -> Error,
) -> Result<(), Error> {
    let coding = Coding::of(ledger, filter, telling)?;
    let mut rows = Rows::start(database).map_err(failed)?;
    rows.entities(&coding.entities).map_err(failed)?;
    let all = Filter {
        as_of: filter.as_of.clone(),
        outlet: filter.outlet.clone(),
        ..Filter::default()
    };
    let wanted: BTreeSet<String> =
        ledger.documents(filter)?.into_iter().map(|document| document.id).collect();
    let documents = ledger.documents(&all)?.into_iter();
    let documents: BTreeMap<String, DocumentLine> = documents
        .filter(|one| wanted.contains(&one.id) || coding.places.contains_key(&one.id))
        .map(|one| (one.id.clone(), one))
        .collect();
    let mut written = Ok(());
    ledger.each_coverage(&all, |coverage| {
        let Some(line) = documents.get(&coverage.document) else { return };
        if written.is_err() {
            return;
        }
        let spans = coverage.moves.iter().map(|place| {
            let inside = (place.in_document.start, place.in_document.end);
            (inside, (place.span.start, place.span.end))
        });
        let spans: BTreeMap<(usize, usize), (usize, usize)> = spans.collect();
        let coded = coding.places.get(&coverage.document).map_or(&[][..], Vec::as_slice);
        let mut found: Vec<((usize, usize), &Place)> = coded
            .iter()
            .filter_map(|place| Some((*spans.get(&place.span)?, place)))
            .collect();
        found.sort();
        written = rows.document(line, &coverage.text, &found);
    })?;
    written.map_err(failed)
}
