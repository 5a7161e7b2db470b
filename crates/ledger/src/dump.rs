//! The canonical dump: what the ledger says, as text that can be compared.
//!
//! In: a ledger. Out: one line for each row of each reading that stands, in an order that
//! depends on content alone. Refuses to know: row numbers, superseded readings, the
//! search index. Two ledgers of the same documents, read by the same program, give the
//! same bytes, in whatever order the documents came.

use crate::{Error, Ledger, id::IdOf};
use rusqlite::types::ValueRef;
use serde_json::{Value, json};
use std::io::Write;

/// The tables of a reading and the columns that put their rows in order.
const TABLES: &[(&str, &str)] = &[
    ("articles", "reading"),
    ("links", "number"),
    ("paragraphs", "number"),
    ("sentences", "number"),
    ("entities", "number"),
    ("surfaces", "entity, number"),
    ("roles", "number"),
    ("mentions", "number"),
    ("timexes", "number"),
    ("statements", "number"),
    ("statement_chain", "statement, number"),
    ("moves", "number"),
    ("move_parties", "move, role, number"),
    ("meetings", "number"),
    ("meeting_parties", "meeting, number"),
    ("meeting_participants", "meeting, number"),
    ("evidence", "record, number, part, place"),
    ("doubts", "number"),
    ("sketches", "reading"),
    ("addresses", "address"),
    ("stances", "party, issue, number"),
    ("noted", "party, number"),
    ("statement_joins", "number"),
    ("move_joins", "number"),
    ("meeting_joins", "number"),
];

/// What is derived and names other documents or none, each row with an order of its own.
const DERIVED: &[(&str, &str)] = &[
    (
        "origins",
        "SELECT c.document, r.document AS root, o.origin FROM origins o
         JOIN current c USING (reading) JOIN current r ON r.reading = o.root
         ORDER BY c.document",
    ),
    (
        "derivations",
        "SELECT c.document, p.document AS parent, d.rank, d.kind, d.confidence, d.why,
           d.stands
         FROM derivations d JOIN current c USING (reading)
         JOIN current p ON p.reading = d.parent ORDER BY c.document, d.rank",
    ),
    ("forms", "SELECT * FROM forms ORDER BY actor"),
    ("form_words", "SELECT * FROM form_words ORDER BY actor, kind, text"),
    // A ledger of an older form has identities of names that nobody bears any more.
    (
        "identities",
        "SELECT i.* FROM identities i JOIN forms USING (actor) ORDER BY i.actor",
    ),
];

impl Ledger {
    /// Writes what stands in the ledger, one row a line: a table's name and a JSON object.
    ///
    /// # Errors
    /// If the ledger cannot be read or `to` cannot be written.
    pub fn dump(&self, to: &mut dyn Write) -> Result<(), Error> {
        self.dump_rows(to, "documents", "SELECT id, size FROM documents ORDER BY id")?;
        self.dump_rows(
            to,
            "captures",
            "SELECT d.id AS document, c.id, c.path, c.url, c.published_hint, c.title,
               c.outlet, c.author
             FROM captures c JOIN documents d ON d.key = c.document ORDER BY d.id, c.id",
        )?;
        self.dump_rows(
            to,
            "readings",
            "SELECT c.document, r.generated_by, r.digest
             FROM current c JOIN readings r ON r.key = c.reading ORDER BY c.document",
        )?;
        for (table, order) in TABLES {
            let order: Vec<String> =
                order.split(", ").map(|column| format!("t.{column}")).collect();
            let sql = format!(
                "SELECT c.document, t.* FROM current c JOIN {table} t USING (reading)
                 ORDER BY c.document, {}",
                order.join(", ")
            );
            self.dump_rows(to, table, &sql)?;
        }
        for (table, sql) in DERIVED {
            self.dump_rows(to, table, sql)?;
        }
        Ok(())
    }

    fn dump_rows(&self, to: &mut dyn Write, table: &str, sql: &str) -> Result<(), Error> {
        let fail = |cause| self.error("dump", cause);
        let mut rows = self.connection.prepare(sql).map_err(fail)?;
        let columns: Vec<String> = rows.column_names().map(str::to_owned).collect();
        let mut rows = rows.query([]).map_err(fail)?;
        while let Some(row) = rows.next().map_err(fail)? {
            let mut object = serde_json::Map::new();
            for (at, column) in columns.iter().enumerate() {
                if column != "reading" {
                    object.insert(column.clone(), value(row.get_ref(at).map_err(fail)?));
                }
            }
            writeln!(to, "{table}\t{}", Value::Object(object))
                .map_err(|cause| Error::Write { cause })?;
        }
        Ok(())
    }
}

fn value(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => json!(number),
        ValueRef::Real(number) => json!(number),
        ValueRef::Text(text) => json!(String::from_utf8_lossy(text)),
        ValueRef::Blob(bytes) => json!(IdOf::new("bytes").bytes(bytes).end()),
    }
}
