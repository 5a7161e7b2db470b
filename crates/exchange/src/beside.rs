//! Files that are whole or not there.
//!
//! In: a path, and what writes. Out: the file, once all of it is on the disk. Refuses to
//! know: what is written.

use crate::Error;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Writes a file beside its place and moves it there when it is whole: whoever looks sees
/// the old file or the new one. A pipe or a device is written to as it is.
///
/// # Errors
/// If the file cannot be written; what was there before stays.
pub fn beside<T>(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> Result<T, Error>,
) -> Result<T, Error> {
    if fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        let file = File::options().write(true).open(path);
        let mut out = BufWriter::new(file.map_err(|cause| refused(path, cause))?);
        let told = write(&mut out)?;
        out.flush()?;
        return Ok(told);
    }
    moved(path, |part| {
        let file = File::create(part).map_err(|cause| refused(path, cause))?;
        let mut out = BufWriter::with_capacity(1 << 16, file);
        let told = write(&mut out)?;
        let written = out.into_inner().map_err(|cause| cause.into_error())?;
        written.sync_all()?;
        Ok(told)
    })
}

/// Has a file made at a path beside its own, and moves it to its place; what is left of it
/// is taken away if that fails.
pub(crate) fn moved<T>(
    path: &Path,
    make: impl FnOnce(&Path) -> Result<T, Error>,
) -> Result<T, Error> {
    if fs::metadata(path).is_ok_and(|found| !found.is_file()) {
        return Err(refused(path, io::Error::other("something else is in its place")));
    }
    let part = part(path);
    let made = make(&part).and_then(|told| {
        fs::rename(&part, path).map_err(|cause| refused(path, cause))?;
        Ok(told)
    });
    if made.is_err() {
        // It may never have been made; the first error is the one to tell.
        let _ = fs::remove_file(&part);
    }
    made
}

/// The path beside: hidden, and another for every program that writes at the same time.
fn part(path: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.part", std::process::id()));
    path.with_file_name(name)
}

pub(crate) fn refused(path: &Path, cause: io::Error) -> Error {
    Error::File { path: path.to_owned(), cause }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_fails_leaves_what_was_there() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let path = folder.path().join("list.csv");
        fs::write(&path, "old").expect("a file can be written");
        let failed: Result<(), Error> = beside(&path, |out| {
            out.write_all(b"half")?;
            Err(Error::Stream(io::Error::other("the source ended")))
        });
        assert!(failed.is_err());
        assert_eq!(fs::read_to_string(&path).expect("it is still there"), "old");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
        beside(&path, |out| Ok(out.write_all(b"whole")?)).expect("it can be written");
        assert_eq!(fs::read_to_string(&path).expect("it is there"), "whole");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }
}
