//! Bytes in, documents out: files, folders, standard input, rows of tables.
//!
//! In: the names that the user gave. Out: one document after the other, or why one is
//! refused. Refuses to know: what a document says.
//!
//! Nothing is fetched before it is asked for, so a folder of any size takes no more memory
//! than the documents that are being read. A document's bytes are never altered: of a file
//! they are the file's, of a row they are the bytes of its text column, and spans count in
//! those.

mod date;
mod file;
mod rows;
mod walk;

use ledger::Given;
use record::Document;
use std::path::{Path, PathBuf};

/// No article is longer; a page with its pictures inside may come near.
pub const LARGEST: u64 = 16 << 20;

/// One document and what its capture says beside it.
#[derive(Debug)]
pub struct Item {
    /// The document.
    pub document: Document,
    /// What is stated beside it.
    pub given: Given,
    /// A head of front matter to read the document below, where a row has a title.
    pub head: Option<String>,
    /// A short name: the file's without its ending, with a row's number.
    pub name: String,
}

/// Why something was not read.
#[derive(Debug)]
pub struct Refusal {
    /// The file, folder or row.
    pub name: String,
    /// Why, and what can be done.
    pub reason: String,
}

/// What comes of one name after the other.
type Fetched = Box<dyn Iterator<Item = Result<Item, Refusal>>>;

/// Everything under the names that the user gave, in their order; `ledger` is left out
/// where it lies in a folder that is walked.
pub fn fetch(names: Vec<PathBuf>, ledger: Option<PathBuf>) -> Fetched {
    Box::new(names.into_iter().flat_map(move |name| one(&name, ledger.as_deref())))
}

/// How many documents there are, where that can be told without reading.
pub fn count(names: &[PathBuf], ledger: Option<&Path>) -> Option<u64> {
    let mut count = 0;
    for name in names {
        if name.as_os_str() == "-" || rows::is_table(name) {
            return None;
        }
        if !name.is_dir() {
            count += 1;
            continue;
        }
        for found in walk::files(name, ledger) {
            let Ok(path) = found else { continue };
            if rows::is_table(&path) {
                return None;
            }
            count += 1;
        }
    }
    Some(count)
}

fn one(name: &Path, ledger: Option<&Path>) -> Fetched {
    if name.as_os_str() == "-" {
        return rows::standard_input();
    }
    if !name.is_dir() {
        return file(name);
    }
    let mut found = walk::files(name, ledger).peekable();
    if found.peek().is_none() {
        let reason = "there is no file in this folder".to_owned();
        return refused(name.display().to_string(), reason);
    }
    Box::new(found.flat_map(|found| match found {
        Ok(path) => file(&path),
        Err(refusal) => Box::new(std::iter::once(Err(refusal))),
    }))
}

fn file(path: &Path) -> Fetched {
    match rows::is_table(path) {
        true => rows::table(path),
        false => Box::new(std::iter::once(file::read(path))),
    }
}

fn refused(name: String, reason: String) -> Fetched {
    Box::new(std::iter::once(Err(Refusal { name, reason })))
}
