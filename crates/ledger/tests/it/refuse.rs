//! What the ledger refuses, and what it survives.

use crate::sample::{self, GENEVA, TAIPEI};
use crate::{WAIT, append, create, dump};
use ledger::{Error, Ledger, VERSION};
use rusqlite::Connection;

/// What follows from all readings and is made again when these change.
const DERIVED: &[&str] = &[
    "sketches",
    "marks",
    "addresses",
    "derivations",
    "origins",
    "forms",
    "form_words",
    "identities",
    "statement_joins",
    "move_joins",
    "stances",
    "noted",
    "meeting_joins",
    "standings",
    "steps",
    "stale",
    "deeds_done",
    "move_counts",
    "meeting_counts",
    "stale_months",
    "unkeyed",
];

#[test]
fn changing_and_deleting_are_refused_in_every_table() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    append(&mut create(&path), "a.md", &GENEVA);
    let file = Connection::open(&path).unwrap();
    let tables: Vec<String> = file
        .prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table'
             AND name NOT LIKE 'search%' AND name NOT LIKE 'sqlite%'",
        )
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert!(tables.len() >= 20, "{tables:?}");
    for table in tables {
        if DERIVED.contains(&table.as_str()) {
            continue;
        }
        let count = |file: &Connection| -> i64 {
            file.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))
                .unwrap()
        };
        let before = count(&file);
        if before == 0 {
            // No row can fire the trigger; that there is one is enough.
            let triggers: i64 = file
                .query_row(
                    "SELECT count(*) FROM sqlite_schema
                     WHERE type = 'trigger' AND tbl_name = ?1",
                    [&table],
                    |row| row.get(0),
                )
                .unwrap();
            assert_eq!(triggers, 2, "{table}");
            continue;
        }
        let column: String = file
            .query_row(
                "SELECT name FROM pragma_table_info(?1) LIMIT 1",
                [&table],
                |row| row.get(0),
            )
            .unwrap();
        let update = format!("UPDATE {table} SET {column} = {column}");
        let cause = file.execute_batch(&update).unwrap_err();
        assert!(cause.to_string().contains("supersedes"), "{table}: {cause}");
        assert!(file.execute_batch(&format!("DELETE FROM {table}")).is_err(), "{table}");
        assert_eq!(count(&file), before);
    }
}

#[test]
fn a_file_that_is_no_ledger_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "not a database at all, but longer than sixteen bytes")
        .unwrap();
    let foreign = folder.path().join("foreign.db");
    Connection::open(&foreign).unwrap().execute_batch("CREATE TABLE t (a)").unwrap();
    for path in [&text, &foreign] {
        let before = std::fs::read(path).unwrap();
        for opened in [Ledger::create(path, WAIT), Ledger::open(path, WAIT)] {
            let cause = opened.err().unwrap();
            assert!(matches!(cause, Error::NotALedger { .. }), "{cause:?}");
            assert!(cause.to_string().contains("--ledger"), "{cause}");
        }
        assert_eq!(std::fs::read(path).unwrap(), before);
    }
    let missing = folder.path().join("missing.db");
    let cause = Ledger::open(&missing, WAIT).err().unwrap();
    assert!(matches!(cause, Error::Missing { .. }), "{cause:?}");
    assert!(!missing.exists());
    let cause = Ledger::create(folder.path(), WAIT).err().unwrap();
    assert!(matches!(cause, Error::NotALedger { .. }), "{cause:?}");
}

#[test]
fn a_ledger_of_a_later_version_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    append(&mut create(&path), "a.md", &GENEVA);
    Connection::open(&path)
        .unwrap()
        .pragma_update(None, "user_version", VERSION + 1)
        .unwrap();
    let cause = Ledger::create(&path, WAIT).err().unwrap();
    assert!(matches!(cause, Error::Newer { .. }), "{cause:?}");
    assert!(cause.to_string().contains("later version"), "{cause}");
}

#[test]
fn a_damaged_ledger_is_called_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    append(&mut create(&path), "a.md", &GENEVA);
    let bytes = std::fs::read(&path).unwrap();
    std::fs::write(&path, &bytes[..5000]).unwrap();
    let asked = Ledger::open(&path, WAIT).and_then(|l| l.documents(&Default::default()));
    let cause = asked.unwrap_err();
    assert!(matches!(cause, Error::Damaged { .. }), "{cause:?}");
}

#[test]
fn a_writer_that_waits_in_vain_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let mut ledger = create(&path);
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let (document, reading) = sample::sample("a.md", &GENEVA);
    let cause = ledger.append(&document, &reading, "", "test 1").unwrap_err();
    assert!(matches!(cause, Error::Busy { .. }), "{cause:?}");
    assert!(ledger.documents(&Default::default()).unwrap().is_empty(), "reading goes on");
    other.execute_batch("ROLLBACK").unwrap();
    ledger.append(&document, &reading, "", "test 1").unwrap();
}

#[test]
fn two_writers_at_once_both_get_through() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    std::thread::scope(|scope| {
        for wanted in [&GENEVA, &TAIPEI] {
            let path = &path;
            scope.spawn(move || {
                let wait = std::time::Duration::from_secs(20);
                let mut ledger = Ledger::create(path, wait).unwrap();
                for copy in 0..20 {
                    append(&mut ledger, &format!("{}/{copy}.md", wanted.outlet), wanted);
                }
            });
        }
    });
    let ledger = create(&path);
    assert_eq!(ledger.documents(&Default::default()).unwrap().len(), 2);
    assert_eq!(dump(&ledger).lines().filter(|l| l.starts_with("captures")).count(), 40);
}

#[test]
fn an_interrupted_batch_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let mut ledger = create(&path);
    append(&mut ledger, "a.md", &GENEVA);
    let before = dump(&ledger);
    // What a killed process leaves: the file and its log in the middle of a transaction.
    let file = Connection::open(&path).unwrap();
    file.pragma_update(None, "cache_spill", 1).unwrap();
    file.execute_batch(
        "BEGIN IMMEDIATE;
         INSERT INTO documents (id, size, bytes) VALUES ('x', 1, zeroblob(3000000));",
    )
    .unwrap();
    let copy = folder.path().join("copy.db");
    std::fs::copy(&path, &copy).unwrap();
    std::fs::copy(folder.path().join("ledger.db-wal"), folder.path().join("copy.db-wal"))
        .unwrap();
    let mut reopened = create(&copy);
    assert_eq!(dump(&reopened), before);
    append(&mut reopened, "b.md", &TAIPEI);
    assert_eq!(reopened.documents(&Default::default()).unwrap().len(), 2);
}

#[test]
fn a_fresh_file_is_brought_through_every_migration() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    // An empty SQLite file of nobody's is as good as none.
    Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 0").unwrap();
    let mut ledger = create(&path);
    append(&mut ledger, "a.md", &GENEVA);
    drop(ledger);
    let file = Connection::open(&path).unwrap();
    let number = |pragma: &str| -> i64 {
        file.query_row(&format!("PRAGMA {pragma}"), [], |row| row.get(0)).unwrap()
    };
    assert_eq!(number("user_version"), VERSION);
    assert_eq!(number("application_id"), 0x444d_4348);
    let mode: String =
        file.query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
    let check: String =
        file.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(check, "ok");
    assert_eq!(create(&path).documents(&Default::default()).unwrap().len(), 1);
}
