//! Opening the ledger's file: what is it, may it be used, how old is its form.
//!
//! In: a path. Out: a [`Ledger`] of this version's form. Refuses to know: what the tables
//! hold.

use crate::Error;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// `DMCH`: marks a SQLite file as a ledger.
const APPLICATION_ID: i64 = 0x444d_4348;

/// Every migration, in order; the first is number 1.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/001_first.sql"),
    include_str!("../migrations/002_resolve.sql"),
    include_str!("../migrations/003_quick.sql"),
    include_str!("../migrations/004_noted.sql"),
];

/// The form that this program writes: the number of its last migration.
pub const VERSION: i64 = MIGRATIONS.len() as i64;

/// How many kibibytes of pages a reader and a writer hold in memory.
const READER_CACHE: i64 = 32_000;
const WRITER_CACHE: i64 = 128_000;

/// After how many pages a writer's log is worked into the file.
const WRITER_LOG: i64 = 8_000;

/// How many questions stay prepared: those of one `append_all` are more than a hundred.
const STATEMENTS: usize = 256;

/// An open ledger.
pub struct Ledger {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
}

impl Ledger {
    /// Opens the ledger at `path` to append to it, and makes it if there is none; `wait`
    /// is how long to wait for another writer.
    ///
    /// # Errors
    /// If the file is no ledger, is newer than the program, or cannot be written.
    pub fn create(path: &Path, wait: Duration) -> Result<Ledger, Error> {
        if is_sqlite(path)? == Some(false) {
            return Err(not_sqlite(path));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let mut ledger = Ledger::connect(path, flags, wait)?;
        ledger.check_and_migrate()?;
        // Who appends touches pages all over a large ledger: each that is not at hand is
        // read again, and written out before its time.
        ledger.hold(WRITER_CACHE)?;
        ledger
            .connection
            .pragma_update(None, "wal_autocheckpoint", WRITER_LOG)
            .map_err(|cause| ledger.error("open", cause))?;
        Ok(ledger)
    }

    /// Opens a ledger that is there, to ask it.
    ///
    /// # Errors
    /// If there is none, the file is no ledger, or it is newer than the program.
    pub fn open(path: &Path, wait: Duration) -> Result<Ledger, Error> {
        match is_sqlite(path)? {
            None if !path.exists() => {
                return Err(Error::Missing { path: path.to_owned() });
            }
            None | Some(false) => return Err(not_sqlite(path)),
            Some(true) => {}
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE;
        let mut ledger = Ledger::connect(path, flags, wait)?;
        match ledger.check_and_migrate() {
            // A ledger on a medium that cannot be written has no place for the index of
            // its write-ahead log; it is read as a file that nobody changes.
            Err(Error::ReadOnly { .. } | Error::Sqlite { .. }) if !has_log(path) => {
                let mut ledger = Ledger::connect_unchanging(path)?;
                ledger.check_and_migrate()?;
                Ok(ledger)
            }
            Err(cause) => Err(cause),
            Ok(()) => Ok(ledger),
        }
    }

    /// The ledger's path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Gives the ledger no more than so many pages to grow to, as a full disk would.
    ///
    /// # Errors
    /// If SQLite refuses.
    pub fn set_page_limit(&mut self, pages: i64) -> Result<(), Error> {
        self.connection
            .pragma_update(None, "max_page_count", pages)
            .map_err(|cause| self.error("limit pages", cause))
    }

    pub(crate) fn error(&self, doing: &'static str, cause: rusqlite::Error) -> Error {
        Error::of(&self.path, doing, cause)
    }

    fn connect(path: &Path, flags: OpenFlags, wait: Duration) -> Result<Ledger, Error> {
        let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let fail = |cause| match cause {
            // SQLite says no more than that the file cannot be opened; the system does.
            cause if is_cannot_open(&cause) => match std::fs::OpenOptions::new()
                .append(true)
                .create(flags.contains(OpenFlags::SQLITE_OPEN_CREATE))
                .open(path)
            {
                Err(cause) => Error::Open { path: path.to_owned(), cause },
                Ok(_) => Error::of(path, "open", cause),
            },
            cause => Error::of(path, "open", cause),
        };
        let connection = Connection::open_with_flags(path, flags).map_err(fail)?;
        connection.busy_timeout(wait).map_err(fail)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        // Else every question with a range is planned again for each of its values.
        connection
            .set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
            .map_err(|cause| Error::of(path, "open", cause))?;
        Ok(Ledger { connection, path: path.to_owned() })
    }

    fn connect_unchanging(path: &Path) -> Result<Ledger, Error> {
        let mut uri = String::from("file:");
        for byte in path.as_os_str().as_encoded_bytes() {
            match byte {
                b'%' | b'?' | b'#' => uri.push_str(&format!("%{byte:02x}")),
                0..0x80 => uri.push(char::from(*byte)),
                _ => uri.push_str(&format!("%{byte:02x}")),
            }
        }
        uri.push_str("?immutable=1");
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_URI
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(uri, flags)
            .map_err(|cause| Error::of(path, "open", cause))?;
        Ok(Ledger { connection, path: path.to_owned() })
    }

    fn number(&self, pragma: &str) -> Result<i64, Error> {
        self.connection
            .query_row(&format!("PRAGMA {pragma}"), [], |row| row.get(0))
            .map_err(|cause| self.error("open", cause))
    }

    /// Refuses what is no ledger or a newer one, then brings an older one up to date.
    fn check_and_migrate(&mut self) -> Result<(), Error> {
        let version = self.check()?;
        let set_up = |connection: &Connection| {
            connection.pragma_update(None, "foreign_keys", true)?;
            // Without it INSERT OR REPLACE would delete past the triggers.
            connection.pragma_update(None, "recursive_triggers", true)?;
            connection.pragma_update(None, "cache_size", -READER_CACHE)
        };
        set_up(&self.connection).map_err(|cause| self.error("open", cause))?;
        if version == VERSION {
            return self.write_ahead();
        }
        self.write_ahead()?;
        self.hold(WRITER_CACHE)?;
        self.migrate()?;
        self.hold(READER_CACHE)
    }

    /// Holds no more than so many kibibytes of pages in memory.
    fn hold(&self, pages: i64) -> Result<(), Error> {
        self.connection
            .pragma_update(None, "cache_size", -pages)
            .map_err(|cause| self.error("open", cause))
    }

    /// The number of the last migration that the file has had.
    fn check(&self) -> Result<i64, Error> {
        let application = self.number("application_id")?;
        let version = self.number("user_version")?;
        if application != APPLICATION_ID {
            let tables: i64 = self
                .connection
                .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
                .map_err(|cause| self.error("open", cause))?;
            if application != 0 || version != 0 || tables != 0 {
                let found = "the SQLite database of another program".to_owned();
                return Err(Error::NotALedger { path: self.path.clone(), found });
            }
        }
        if version > VERSION {
            let path = self.path.clone();
            return Err(Error::Newer { path, found: version, known: VERSION });
        }
        Ok(version)
    }

    fn write_ahead(&self) -> Result<(), Error> {
        let set = || {
            let mode: String =
                self.connection.query_row("PRAGMA journal_mode", [], |row| row.get(0))?;
            if mode != "wal" && !self.connection.is_readonly("main")? {
                self.connection.query_row("PRAGMA journal_mode = wal", [], |_| Ok(()))?;
            }
            self.connection.pragma_update(None, "synchronous", "NORMAL")
        };
        set().map_err(|cause| self.error("open", cause))
    }

    fn migrate(&mut self) -> Result<(), Error> {
        let path = self.path.clone();
        let busy = |cause| Error::of(&path, "migrate", cause);
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(busy)?;
        // Another program may have migrated the file while this one waited.
        let version: i64 = transaction
            .query_row("PRAGMA user_version", [], |row| row.get(0))
            .map_err(busy)?;
        for (number, sql) in (1..).zip(MIGRATIONS).skip(version.max(0) as usize) {
            let run = || {
                transaction.execute_batch(sql)?;
                transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
                transaction.pragma_update(None, "user_version", number)
            };
            run().map_err(|cause| match Error::of(&path, "migrate", cause) {
                Error::Sqlite { path, cause, .. } => {
                    Error::Migration { path, number, cause }
                }
                other => other,
            })?;
        }
        // What the last migrations have room for is worked out by the program.
        crate::query::note_all(&transaction).map_err(busy)?;
        crate::query::settle_histories(&transaction).map_err(busy)?;
        transaction.commit().map_err(busy)
    }
}

/// Whether the file begins as SQLite files do; none if it is absent or empty.
fn is_sqlite(path: &Path) -> Result<Option<bool>, Error> {
    let fail = |cause| Error::Open { path: path.to_owned(), cause };
    let mut file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(cause) => return Err(fail(cause)),
    };
    if file.metadata().map_err(fail)?.is_dir() {
        let found = "a folder".to_owned();
        return Err(Error::NotALedger { path: path.to_owned(), found });
    }
    let mut head = Vec::new();
    file.by_ref().take(16).read_to_end(&mut head).map_err(fail)?;
    Ok((!head.is_empty()).then(|| head == b"SQLite format 3\0"))
}

fn not_sqlite(path: &Path) -> Error {
    let empty = std::fs::metadata(path).is_ok_and(|file| file.len() == 0);
    let found = if empty { "an empty file" } else { "a text or another file" };
    Error::NotALedger { path: path.to_owned(), found: found.to_owned() }
}

fn is_cannot_open(cause: &rusqlite::Error) -> bool {
    cause.sqlite_error_code() == Some(rusqlite::ErrorCode::CannotOpen)
}

/// Whether a write-ahead log with something in it lies beside the file.
fn has_log(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    std::fs::metadata(log).is_ok_and(|file| file.len() > 0)
}
