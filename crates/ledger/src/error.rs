//! What can go wrong between the program and the ledger's file.

use std::{fmt, io, path::PathBuf};

/// Why the ledger could not be opened, read or appended to.
#[derive(Debug)]
pub enum Error {
    /// There is no file to read from.
    Missing {
        /// The ledger's path.
        path: PathBuf,
    },
    /// The file is something else.
    NotALedger {
        /// The file's path.
        path: PathBuf,
        /// What it is, as far as can be told: `a text or another file`.
        found: String,
    },
    /// A later version of the program made the file.
    Newer {
        /// The ledger's path.
        path: PathBuf,
        /// The number of the file's last migration.
        found: i64,
        /// The number of the last migration that this program knows.
        known: i64,
    },
    /// A migration did not go through; the file is as it was before.
    Migration {
        /// The ledger's path.
        path: PathBuf,
        /// The migration's number.
        number: i64,
        /// What SQLite says.
        cause: rusqlite::Error,
    },
    /// Another program was writing for longer than was waited for.
    Busy {
        /// The ledger's path.
        path: PathBuf,
    },
    /// There is no room left to write.
    Full {
        /// The ledger's path.
        path: PathBuf,
    },
    /// The file or its folder may not be written.
    ReadOnly {
        /// The ledger's path.
        path: PathBuf,
    },
    /// The file is cut short or altered.
    Damaged {
        /// The ledger's path.
        path: PathBuf,
        /// What SQLite says.
        cause: rusqlite::Error,
    },
    /// The file could not be looked at.
    Open {
        /// The ledger's path.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// Anything else that SQLite refuses.
    Sqlite {
        /// The ledger's path.
        path: PathBuf,
        /// What was being done: `append`, `list moves`.
        doing: &'static str,
        /// What SQLite says.
        cause: rusqlite::Error,
    },
    /// What was asked for could not be written out.
    Write {
        /// What the system says.
        cause: io::Error,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Missing { path } => write!(
                f,
                "there is no ledger at {}; make one with `demarche add FILES`, or name \
                 one with --ledger FILE",
                path.display()
            ),
            Error::NotALedger { path, found } => write!(
                f,
                "{} is no ledger but {found}; it was not touched; name another file \
                 with --ledger FILE",
                path.display()
            ),
            Error::Newer { path, found, known } => write!(
                f,
                "{} was made by a later version of demarche (its form is {found}, this \
                 program knows {known}); it was not touched; use that version or a \
                 newer one",
                path.display()
            ),
            Error::Migration { path, number, .. } => write!(
                f,
                "cannot bring {} to form {number}; it is as it was before; copy it and \
                 try again",
                path.display()
            ),
            Error::Busy { path } => write!(
                f,
                "another program is writing to {}; nothing was lost; run the same \
                 command again when it is done, or wait longer with --wait SECONDS",
                path.display()
            ),
            Error::Full { path } => write!(
                f,
                "there is no room left to write to {}; all that was stored before is \
                 safe; make room and run the same command again, it goes on where it \
                 stopped",
                path.display()
            ),
            Error::ReadOnly { path } => write!(
                f,
                "{} may not be written; change its permissions and its folder's, or \
                 name another file with --ledger FILE",
                path.display()
            ),
            Error::Damaged { path, .. } => write!(
                f,
                "{} is damaged; bring it back from a copy, or add the documents to a \
                 new ledger",
                path.display()
            ),
            Error::Open { path, .. } => {
                write!(f, "cannot open the ledger {}", path.display())
            }
            Error::Sqlite { path, doing, .. } => {
                write!(f, "cannot {doing} in {}", path.display())
            }
            Error::Write { .. } => write!(f, "cannot write what was asked for"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Migration { cause, .. }
            | Error::Damaged { cause, .. }
            | Error::Sqlite { cause, .. } => Some(cause),
            Error::Open { cause, .. } | Error::Write { cause } => Some(cause),
            _ => None,
        }
    }
}

impl Error {
    /// What an error of SQLite means for the ledger at `path` while `doing` something.
    pub(crate) fn of(
        path: &std::path::Path,
        doing: &'static str,
        cause: rusqlite::Error,
    ) -> Error {
        use rusqlite::ErrorCode as Code;
        let path = path.to_owned();
        match cause.sqlite_error_code() {
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Error::Busy { path },
            Some(Code::DiskFull) => Error::Full { path },
            Some(Code::ReadOnly | Code::PermissionDenied) => Error::ReadOnly { path },
            Some(Code::DatabaseCorrupt | Code::NotADatabase) => {
                Error::Damaged { path, cause }
            }
            // The write-ahead log's index is mapped memory: where the disk is full it
            // cannot grow and SQLite calls that an I/O error.
            Some(Code::SystemIoFailure) if is_out_of_room(&cause) => Error::Full { path },
            _ => Error::Sqlite { path, doing, cause },
        }
    }
}

fn is_out_of_room(cause: &rusqlite::Error) -> bool {
    use rusqlite::ffi;
    matches!(
        cause.sqlite_error().map(|error| error.extended_code),
        Some(ffi::SQLITE_IOERR_SHMSIZE | ffi::SQLITE_IOERR_TRUNCATE)
    )
}
