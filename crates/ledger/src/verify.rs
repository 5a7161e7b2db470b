//! Whether the ledger holds what it should.
//!
//! In: a ledger. Out: every place where it does not. Refuses to know: how to mend what was
//! stored; only what is derived can be made again.
//!
//! Checked are the file itself, each document's bytes against its identifier, every span
//! against the text and the bytes that it points at, and lineage, origins, identities and
//! the joining of accounts against what comes out when these are made again from nothing.
//! What they are made from (name forms, marks, stances) is taken as it is stored.

use crate::query;
use crate::resolve::{self, Change};
use crate::{Error, Ledger, id::IdOf};
use record::DocumentId;
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};

/// One thing that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// `file`, `document`, `span`, `text` or `resolve`.
    pub kind: &'static str,
    /// Where: a document's id, or a table.
    pub place: String,
    /// What is wrong there.
    pub problem: String,
}

/// How many readings are settled at once, as when they are added.
const BATCH: usize = 256;

impl Ledger {
    /// Looks at everything and gives what is wrong; `step` is told how many of how many
    /// documents were looked at. With `mend`, what follows from the readings is kept as
    /// it was made again.
    ///
    /// # Errors
    /// If the ledger cannot be read, or there is no room to make it again in.
    pub fn verify(
        &mut self,
        mend: bool,
        step: &mut dyn FnMut(usize, usize),
    ) -> Result<Vec<Fault>, Error> {
        let path = self.path.clone();
        let fail = |cause| Error::of(&path, "verify", cause);
        let mut faults = file_faults(&self.connection).map_err(fail)?;
        faults.extend(document_faults(&self.connection, step).map_err(fail)?);
        let transaction = self.connection.transaction().map_err(fail)?;
        faults.extend(resolve_faults(&transaction).map_err(fail)?);
        if mend { transaction.commit() } else { transaction.rollback() }.map_err(fail)?;
        Ok(faults)
    }
}

fn fault(kind: &'static str, place: &str, problem: String) -> Fault {
    Fault { kind, place: place.to_owned(), problem }
}

fn file_faults(at: &Connection) -> rusqlite::Result<Vec<Fault>> {
    let mut faults = Vec::new();
    let mut rows = at.prepare("PRAGMA integrity_check(20)")?;
    for problem in rows.query_map([], |row| row.get::<_, String>(0))? {
        let problem = problem?;
        if problem != "ok" {
            faults.push(fault("file", "the file", problem));
        }
    }
    let mut rows = at.prepare("PRAGMA foreign_key_check")?;
    for table in rows.query_map([], |row| row.get::<_, String>(0))? {
        let problem = "a row names another that is not there".to_owned();
        faults.push(fault("file", &table?, problem));
    }
    for table in ["documents", "readings", "evidence"] {
        let triggers: i64 = at.query_row(
            "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?1",
            [table],
            |row| row.get(0),
        )?;
        if triggers < 2 {
            let problem = "nothing keeps its rows from being changed".to_owned();
            faults.push(fault("file", table, problem));
        }
    }
    Ok(faults)
}

fn document_faults(
    at: &Connection,
    step: &mut dyn FnMut(usize, usize),
) -> rusqlite::Result<Vec<Fault>> {
    let mut faults = Vec::new();
    let count: i64 =
        at.query_row("SELECT count(*) FROM documents", [], |row| row.get(0))?;
    let mut rows = at.prepare(
        "SELECT d.id, d.size, d.bytes, c.reading, a.text, a.charset FROM documents d
         LEFT JOIN current c ON c.document = d.id
         LEFT JOIN articles a ON a.reading = c.reading ORDER BY d.key",
    )?;
    let mut rows = rows.query([])?;
    let mut seen = 0;
    while let Some(row) = rows.next()? {
        let id: String = row.get(0)?;
        let bytes = row.get_ref(2)?.as_blob().unwrap_or_default();
        let is_whole = row.get::<_, i64>(1)? == bytes.len() as i64;
        if !is_whole || DocumentId(Sha256::digest(bytes).into()).to_string() != id {
            let problem = "its bytes are not those that were captured".to_owned();
            faults.push(fault("document", &id, problem));
        }
        match row.get::<_, Option<i64>>(3)? {
            Some(reading) => {
                let text: String = row.get(4)?;
                let charset: String = row.get(5)?;
                let read = Read { id: &id, bytes, text: &text, charset: &charset };
                faults.extend(span_faults(at, reading, &read)?);
            }
            None => {
                faults.push(fault("document", &id, "nothing was read of it".to_owned()))
            }
        }
        seen += 1;
        step(seen, count.max(0) as usize);
    }
    Ok(faults)
}

/// A document and the text that was read of it.
struct Read<'a> {
    id: &'a str,
    bytes: &'a [u8],
    text: &'a str,
    charset: &'a str,
}

fn span_faults(
    at: &Connection,
    reading: i64,
    read: &Read<'_>,
) -> rusqlite::Result<Vec<Fault>> {
    let mut faults = Vec::new();
    let mut rows = at.prepare_cached(
        "SELECT record, number, part, start, end, document_start, document_end, words
         FROM evidence WHERE reading = ?1",
    )?;
    let mut rows = rows.query([reading])?;
    while let Some(row) = rows.next()? {
        let words: String = row.get(7)?;
        let span = |from: usize| -> rusqlite::Result<(usize, usize)> {
            let (start, end): (i64, i64) = (row.get(from)?, row.get(from + 1)?);
            Ok((start.max(0) as usize, end.max(0) as usize))
        };
        let (text, document) = (span(3)?, span(5)?);
        let stands = read.text.get(text.0..text.1) == Some(&words);
        if stands && is_there(read, document, &words) {
            continue;
        }
        let (record, number, part): (String, i64, String) =
            (row.get(0)?, row.get(1)?, row.get(2)?);
        let place = if stands { "the document's bytes" } else { "the text" };
        let problem =
            format!("the {part} of {record} {number} does not stand in {place}");
        faults.push(fault("span", read.id, problem));
    }
    let mut rows =
        at.prepare_cached("SELECT start, end FROM sentences WHERE reading = ?1")?;
    for row in
        rows.query_map([reading], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?)))?
    {
        let (start, end): (i64, i64) = row?;
        if read.text.get(start.max(0) as usize..end.max(0) as usize).is_none() {
            let problem =
                format!("a sentence from {start} to {end} does not fit the text");
            faults.push(fault("text", read.id, problem));
        }
    }
    Ok(faults)
}

/// Whether words stand at a place of the document: their letters in order, with markup
/// and white space between them.
fn is_there(read: &Read<'_>, span: (usize, usize), words: &str) -> bool {
    let Some(bytes) = read.bytes.get(span.0..span.1) else { return false };
    if !read.charset.eq_ignore_ascii_case("utf-8") {
        return true;
    }
    let Ok(found) = std::str::from_utf8(bytes) else { return false };
    // A reference such as &quot; stands for another letter.
    if found == words || found.contains('&') {
        return true;
    }
    let mut found = found.chars();
    words.chars().filter(|c| c.is_alphanumeric()).all(|letter| found.any(|c| c == letter))
}

/// Makes what is derived again from nothing and compares.
fn resolve_faults(at: &Connection) -> rusqlite::Result<Vec<Fault>> {
    query::settle_histories(at)?;
    let before = derived(at)?;
    for table in ["derivations", "identities"] {
        at.execute(&format!("DELETE FROM {table}"), [])?;
    }
    // A reading of an older form has no keys and stands alone until it is read again.
    let has_keys = "reading IN (SELECT reading FROM sketches)";
    at.execute(&format!("DELETE FROM origins WHERE {has_keys}"), [])?;
    for table in ["statement_joins", "move_joins"] {
        at.execute(
            &format!(
                "UPDATE {table} SET entry = id,
                   on_day = CASE day WHEN '' THEN '~' ELSE day END WHERE {has_keys}"
            ),
            [],
        )?;
    }
    at.execute(&format!("UPDATE meeting_joins SET entry = id WHERE {has_keys}"), [])?;
    let readings: Vec<i64> = at
        .prepare(
            "SELECT reading FROM current WHERE reading IN (SELECT reading FROM sketches)",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for batch in readings.chunks(BATCH) {
        resolve::settle(at, &Change { fresh: batch.to_vec(), gone: Vec::new() })?;
    }
    resolve::count_all(at)?;
    at.execute(
        "UPDATE meeting_joins SET status = m.status FROM meetings m
         WHERE m.reading = meeting_joins.reading AND m.number = meeting_joins.number",
        [],
    )?;
    query::again(at)?;
    query::note_all(at)?;
    let after = derived(at)?;
    let differs = before.into_iter().zip(after).filter(|(before, after)| before != after);
    Ok(differs
        .map(|((table, ..), _)| {
            let problem = "it is not what follows from the readings; `demarche verify \
                           --mend` makes it again";
            fault("resolve", table, problem.to_owned())
        })
        .collect())
}

/// Each derived table's name with a hash of what stands in it.
fn derived(at: &Connection) -> rusqlite::Result<Vec<(&'static str, String)>> {
    let keyed = "reading IN (SELECT reading FROM sketches)";
    let tables = [
        ("derivations", "reading, parent, rank, kind, confidence, why, stands", "1"),
        ("origins", "reading, root, origin", keyed),
        ("identities", "actor, identity, why", "actor IN (SELECT actor FROM forms)"),
        ("statement_joins", "reading, number, entry, on_day", "1"),
        ("move_joins", "reading, number, entry, on_day", "1"),
        ("meeting_joins", "reading, number, entry, on_day, status", "1"),
        ("stances", "party, issue, on_day, reading, number, id, entry, origin", "1"),
        ("noted", "party, on_day, reading, number, id, kind, due, account", "1"),
        ("standings", "party, issue, stands", "1"),
        (
            "steps",
            "party, issue, number, date, act, change, origins, told, accounts",
            "1",
        ),
        ("move_counts", "party, issue, told, month, act, count", "count > 0"),
        ("meeting_counts", "party, issue, month, status, count", "1"),
    ];
    let mut hashes = Vec::new();
    for (table, columns, only) in tables {
        let sql = format!(
            "SELECT json_array({columns}) FROM {table} WHERE {only} ORDER BY {columns}"
        );
        let mut rows = at.prepare(&sql)?;
        let mut rows = rows.query(params![])?;
        let mut hash = IdOf::new(table);
        while let Some(row) = rows.next()? {
            hash = hash.text(row.get_ref(0)?.as_str().unwrap_or_default());
        }
        hashes.push((table, hash.end()));
    }
    Ok(hashes)
}
