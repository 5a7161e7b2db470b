//! Appending: what is known already, what is new, what supersedes.
//!
//! In: documents with what was read of them. Out: rows, all of one batch or none of it.
//! Refuses to know: how a reading was made.
//!
//! The same documents, in any order and however often, give the same ledger. A document
//! is one by its bytes. Where the same bytes were captured twice with different words
//! beside them (an address, a date), the reading is made with the fuller capture, and
//! where both are as full with the one that sorts first; which came first does not count.

use crate::resolve::{self, Change, Name};
use crate::{Error, Ledger, id::IdOf, query, rows};
use record::{Document, Reading};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

/// What a capture says beside the document's bytes: the other columns of a CSV row, say.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Given {
    /// The headline.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
}

/// What was read of a document.
#[derive(Debug, Clone, Copy)]
pub struct Read<'a> {
    /// The reading.
    pub reading: &'a Reading,
    /// `reading.article.text`, folded for search; every offset is the same place.
    pub folded: &'a str,
    /// How each of `reading.entities` is compared with those of other documents; may be
    /// empty, and names are then compared as they stand.
    pub names: &'a [Name],
}

/// One document to append.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The document.
    pub document: &'a Document,
    /// What its capture says beside it.
    pub given: &'a Given,
    /// What was read of it; none where [`Ledger::standing`] said that it is known.
    pub read: Option<Read<'a>>,
}

/// What the ledger knows of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing.
    New,
    /// It was read by another version or with fewer words beside it: read it again.
    Outdated,
    /// It was read just so; only this place of it may be new.
    Known,
}

/// What appending a document did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is in the ledger now.
    Added,
    /// A new reading of it supersedes the older one.
    Superseded,
    /// It was there already.
    Known,
}

/// What a reading depends on beside the bytes and the program; fuller sorts first.
type Beside = (usize, [Option<String>; 5]);

struct Standstill {
    key: i64,
    id: String,
    generated_by: String,
    digest: String,
    beside: Beside,
    /// Whether it can be compared with other readings.
    has_keys: bool,
}

impl Ledger {
    /// What the ledger knows of a document, for a reader that signs as `generated_by`.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn standing(
        &self,
        document: &Document,
        given: &Given,
        generated_by: &str,
    ) -> Result<Standing, Error> {
        let current = current(&self.connection, &document.id.to_string())
            .map_err(|cause| self.error("look a document up", cause))?;
        Ok(match current {
            None => Standing::New,
            Some(current) if current.generated_by != generated_by => Standing::Outdated,
            Some(current) if !current.has_keys => Standing::Outdated,
            Some(current) if beside(document, given) < current.beside => {
                Standing::Outdated
            }
            Some(_) => Standing::Known,
        })
    }

    /// Appends one document and what was read of it by a reader that signs as
    /// `generated_by`; `folded` is the article's text folded for search.
    ///
    /// # Errors
    /// If nothing could be stored.
    pub fn append(
        &mut self,
        document: &Document,
        reading: &Reading,
        folded: &str,
        generated_by: &str,
    ) -> Result<Outcome, Error> {
        let read = Some(Read { reading, folded, names: &[] });
        let entry = Entry { document, given: &Given::default(), read };
        let outcomes = self.append_all(&[entry], generated_by)?;
        Ok(outcomes[0])
    }

    /// Appends a batch: all of it is stored, or on an error none of it.
    ///
    /// # Errors
    /// If nothing could be stored.
    pub fn append_all(
        &mut self,
        entries: &[Entry<'_>],
        generated_by: &str,
    ) -> Result<Vec<Outcome>, Error> {
        let path = self.path.clone();
        let fail = |cause| Error::of(&path, "append", cause);
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(fail)?;
        let mut change = Change::default();
        let outcomes = entries
            .iter()
            .map(|entry| append_one(&transaction, entry, generated_by, &mut change))
            .collect::<Result<Vec<_>, _>>()
            .map_err(fail)?;
        resolve::settle(&transaction, &change).map_err(fail)?;
        for &reading in &change.fresh {
            query::write_stances(&transaction, reading).map_err(fail)?;
            query::mark_stale(&transaction, reading).map_err(fail)?;
        }
        transaction.commit().map_err(fail)?;
        Ok(outcomes)
    }
}

fn append_one(
    at: &Connection,
    entry: &Entry<'_>,
    generated_by: &str,
    change: &mut Change,
) -> rusqlite::Result<Outcome> {
    let Entry { document, given, read } = *entry;
    let id = document.id.to_string();
    let current = current(at, &id)?;
    if current.is_none() && read.is_none() {
        return Ok(Outcome::Known);
    }
    let document_key = find_or_insert_document(at, document, &id)?;
    let capture = find_or_insert_capture(at, document_key, &id, document, given)?;
    let Some(Read { reading, folded, names }) = read else { return Ok(Outcome::Known) };
    let digest = digest(reading);
    let beside = beside(document, given);
    if let Some(current) = &current {
        let says_the_same = current.digest == digest;
        let is_same_reader = current.generated_by == generated_by;
        if beside > current.beside || (is_same_reader && says_the_same) {
            if is_same_reader && says_the_same && !current.has_keys {
                resolve::write_keys(at, current.key, reading, folded, names)?;
                change.again(current.key);
            }
            return Ok(Outcome::Known);
        }
    }
    let superseded = current.as_ref().map(|current| current.id.as_str());
    let reading_id = IdOf::new("reading")
        .text(&id)
        .text(generated_by)
        .text(&digest)
        .maybe(superseded)
        .end();
    at.prepare_cached(
        "INSERT INTO readings (id, document, capture, generated_by, digest, supersedes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        reading_id,
        document_key,
        capture,
        generated_by,
        digest,
        current.as_ref().map(|current| current.key)
    ])?;
    let key = at.last_insert_rowid();
    rows::write(at, key, reading, folded)?;
    resolve::write_keys(at, key, reading, folded, names)?;
    change.replace(current.as_ref().map(|current| current.key), key);
    Ok(match current {
        Some(_) => Outcome::Superseded,
        None => Outcome::Added,
    })
}

fn find_or_insert_document(
    at: &Connection,
    document: &Document,
    id: &str,
) -> rusqlite::Result<i64> {
    let found = at
        .prepare_cached("SELECT key FROM documents WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    if let Some(key) = found {
        return Ok(key);
    }
    at.prepare_cached("INSERT INTO documents (id, size, bytes) VALUES (?1, ?2, ?3)")?
        .execute(params![id, document.bytes.len() as i64, document.bytes])?;
    Ok(at.last_insert_rowid())
}

fn find_or_insert_capture(
    at: &Connection,
    document_key: i64,
    document_id: &str,
    document: &Document,
    given: &Given,
) -> rusqlite::Result<i64> {
    // The time of fetching is not part of what a capture is: fetched again, it is the same.
    let id = IdOf::new("capture")
        .text(document_id)
        .text(&document.path)
        .maybe(document.url.as_deref())
        .maybe(document.published_hint.as_deref())
        .maybe(given.title.as_deref())
        .maybe(given.outlet.as_deref())
        .maybe(given.author.as_deref())
        .end();
    let found = at
        .prepare_cached("SELECT key FROM captures WHERE id = ?1")?
        .query_row([&id], |row| row.get(0))
        .optional()?;
    if let Some(key) = found {
        return Ok(key);
    }
    at.prepare_cached(
        "INSERT INTO captures (id, document, path, url, published_hint, title, outlet,
                               author, retrieved_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        id,
        document_key,
        document.path,
        document.url,
        document.published_hint,
        given.title,
        given.outlet,
        given.author,
        document.retrieved_at
    ])?;
    Ok(at.last_insert_rowid())
}

/// The reading of a document that stands.
fn current(at: &Connection, id: &str) -> rusqlite::Result<Option<Standstill>> {
    at.prepare_cached(
        "SELECT r.key, r.id, r.generated_by, r.digest,
                c.url, c.published_hint, c.title, c.outlet, c.author,
                EXISTS (SELECT 1 FROM sketches s WHERE s.reading = r.key)
         FROM documents d
         JOIN readings r ON r.document = d.key
         JOIN captures c ON c.key = r.capture
         WHERE d.id = ?1
           AND NOT EXISTS (SELECT 1 FROM readings n WHERE n.supersedes = r.key)",
    )?
    .query_row([id], |row| {
        let words = [row.get(4)?, row.get(5)?, row.get(6)?, row.get(7)?, row.get(8)?];
        Ok(Standstill {
            key: row.get(0)?,
            id: row.get(1)?,
            generated_by: row.get(2)?,
            digest: row.get(3)?,
            beside: fuller_first(words),
            has_keys: row.get(9)?,
        })
    })
    .optional()
}

fn beside(document: &Document, given: &Given) -> Beside {
    fuller_first([
        document.url.clone(),
        document.published_hint.clone(),
        given.title.clone(),
        given.outlet.clone(),
        given.author.clone(),
    ])
}

fn fuller_first(words: [Option<String>; 5]) -> Beside {
    (words.iter().filter(|word| word.is_none()).count(), words)
}

fn digest(reading: &Reading) -> String {
    // A reading is text and finite numbers; the form below holds both.
    let json = serde_json::to_string(reading).unwrap_or_default();
    IdOf::new("digest").text(&json).end()
}
