//! The files under a folder, in order of name.
//!
//! In: a folder. Out: its files and those of its folders; what cannot be looked into is
//! reported in its place. Refuses to know: what is in a file.

use super::Refusal;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// The files under `folder`, hidden ones and the ledger's own left out. Links are
/// followed, and one that leads back into itself is reported.
pub fn files(
    folder: &Path,
    ledger: Option<&Path>,
) -> impl Iterator<Item = Result<PathBuf, Refusal>> + use<> {
    let ledger = ledger.and_then(|path| path.canonicalize().ok());
    let name = folder.display().to_string();
    WalkDir::new(folder)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry))
        .filter_map(move |entry| match entry {
            Ok(entry) => (entry.file_type().is_file()
                && !is_of_ledger(entry.path(), ledger.as_deref()))
            .then(|| Ok(entry.into_path())),
            Err(cause) => Some(Err(refusal(&name, &cause))),
        })
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// Whether a file is the ledger or one of the two that SQLite keeps beside it.
fn is_of_ledger(path: &Path, ledger: Option<&Path>) -> bool {
    let (Some(ledger), Some(name)) = (ledger, path.file_name()) else { return false };
    let name = name.as_encoded_bytes();
    let own = ledger.file_name().unwrap_or_default().as_encoded_bytes();
    let is_named_so = name
        .strip_prefix(own)
        .is_some_and(|rest| matches!(rest, b"" | b"-wal" | b"-shm" | b"-journal"));
    is_named_so
        && path.parent().and_then(|folder| folder.canonicalize().ok()).as_deref()
            == ledger.parent()
}

fn refusal(folder: &str, cause: &walkdir::Error) -> Refusal {
    let name = cause.path().map_or(folder.to_owned(), |path| path.display().to_string());
    let reason = match (cause.loop_ancestor(), cause.io_error()) {
        (Some(_), _) => "this link leads back to a folder above it".to_owned(),
        (None, Some(cause)) => super::file::why(cause),
        (None, None) => cause.to_string(),
    };
    Refusal { name, reason }
}
