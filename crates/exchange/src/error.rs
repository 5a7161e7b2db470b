//! What can go wrong on the way out of the ledger.

use std::path::PathBuf;
use std::{fmt, io};

/// Why an export could not be made.
#[derive(Debug)]
pub enum Error {
    /// The ledger could not be read.
    Ledger(ledger::Error),
    /// What was made could not be passed on: the reader is gone, the disk is full.
    Stream(io::Error),
    /// A file or folder could not be made.
    File {
        /// Its path.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// A table of columns could not be written.
    Table {
        /// The list.
        list: &'static str,
        /// What the writer of Parquet says.
        cause: parquet::errors::ParquetError,
    },
    /// A row has a value that its column is not declared for.
    Column {
        /// The list.
        list: &'static str,
        /// The column.
        key: String,
        /// The value.
        found: String,
    },
    /// A database of the Discourse Network Analyzer could not be written.
    Database {
        /// Its path.
        path: PathBuf,
        /// What SQLite says.
        cause: rusqlite::Error,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Ledger(cause) => write!(f, "{cause}"),
            Error::Stream(_) => write!(f, "the export could not be written"),
            Error::File { path, .. } => write!(
                f,
                "cannot write {}: is there such a folder, may it be written, is there room",
                path.display()
            ),
            Error::Table { list, .. } => {
                write!(f, "the table of {list} could not be written as Parquet")
            }
            Error::Column { list, key, found } => write!(
                f,
                "the column {key} of {list} cannot hold {found}; please report this"
            ),
            Error::Database { path, .. } => {
                write!(f, "the database {} could not be written", path.display())
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Ledger(cause) => cause.source(),
            Error::Stream(cause) | Error::File { cause, .. } => Some(cause),
            Error::Table { cause, .. } => Some(cause),
            Error::Column { .. } => None,
            Error::Database { cause, .. } => Some(cause),
        }
    }
}

impl From<ledger::Error> for Error {
    fn from(cause: ledger::Error) -> Error {
        Error::Ledger(cause)
    }
}

impl From<io::Error> for Error {
    fn from(cause: io::Error) -> Error {
        Error::Stream(cause)
    }
}
