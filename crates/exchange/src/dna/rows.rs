//! The rows of DNA's tables.
//!
//! In: documents and what is coded in them. Out: rows. Refuses to know: how an act is
//! coded.

use super::coding::{Coded, Entity, Place, short};
use crate::days::instant;
use ledger::DocumentLine;
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

const SCHEMA: &str = include_str!("schema.sql");

/// The version of DNA whose tables these are, and the day of its release.
const SETTINGS: &str = "INSERT INTO SETTINGS VALUES
    ('version', '3.0.7'), ('date', '2022-06-10');";

/// The password `demarche`, as DNA keeps it: a salt of 16 bytes and SHA-256 of salt and
/// password, a hundred thousand times over, in Base64. It protects nothing; DNA asks.
const PASSWORD: &str = "bYmsZV487YgdArYsVsBvFFUrnkYIyh+66wzKZUfO52dUm1YBeQbtDhICikZsUdr6";

/// DNA's statement types with their colours, their variables, and what is kept of the
/// values of a statement's three short variables.
const TYPES: &str = "
INSERT INTO STATEMENTTYPES VALUES
    (1, 'DNA Statement', 239, 208, 51),
    (2, 'NPF Story Element', 100, 200, 190),
    (3, 'Annotation', 211, 211, 211);
INSERT INTO VARIABLES VALUES
    (1, 'person', 'short text', 1),
    (2, 'organization', 'short text', 1),
    (3, 'concept', 'short text', 1),
    (4, 'agreement', 'boolean', 1),
    (5, 'narrator', 'short text', 2),
    (6, 'victim', 'short text', 2),
    (7, 'villain', 'short text', 2),
    (8, 'plot', 'short text', 2),
    (9, 'hero', 'short text', 2),
    (10, 'policy solution', 'short text', 2),
    (11, 'note', 'long text', 3);
INSERT INTO ATTRIBUTEVARIABLES VALUES
    (1, 1, 'Type'), (2, 2, 'Type'), (3, 3, 'Type'),
    (4, 1, 'Alias'), (5, 2, 'Alias'), (6, 3, 'Alias'),
    (7, 1, 'Notes'), (8, 2, 'Notes'), (9, 3, 'Notes');
INSERT INTO CODERRELATIONS (ID, Coder, OtherCoder) VALUES (1, 2, 1), (2, 1, 2);";

/// The coder whose statements the program's are.
const CODER: i64 = 2;
const STATEMENT: i64 = 1;
const ANNOTATION: i64 = 3;
const AGREEMENT: i64 = 4;
const NOTE: i64 = 11;

/// DNA's tables while they are filled.
pub(super) struct Rows<'a> {
    database: &'a Connection,
    /// By variable, the ids of its values.
    ids: [BTreeMap<String, i64>; 3],
    documents: i64,
    statements: i64,
}

impl<'a> Rows<'a> {
    /// Makes the tables and what every DNA file holds.
    pub fn start(database: &'a Connection) -> rusqlite::Result<Rows<'a>> {
        database.execute_batch(SCHEMA)?;
        database.execute_batch(SETTINGS)?;
        let coder = "INSERT INTO CODERS (ID, Name, Red, Green, Blue, Password)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        database.execute(coder, params![1, "Admin", 255, 255, 0, PASSWORD])?;
        database.execute(coder, params![CODER, "Demarche", 51, 153, 255, PASSWORD])?;
        database.execute_batch(TYPES)?;
        let ids = Default::default();
        Ok(Rows { database, ids, documents: 0, statements: 0 })
    }

    /// Writes the values of the variables; each variable also has the empty value.
    pub fn entities(
        &mut self,
        entities: &[BTreeMap<String, Entity>; 3],
    ) -> rusqlite::Result<()> {
        let mut entity = self.database.prepare(
            "INSERT INTO ENTITIES (ID, VariableId, Value, Red, Green, Blue)
             VALUES (?1, ?2, ?3, 0, 0, 0)",
        )?;
        let mut attribute = self.database.prepare(
            "INSERT INTO ATTRIBUTEVALUES (EntityId, AttributeVariableId, AttributeValue)
             VALUES (?1, ?2, ?3)",
        )?;
        let (nothing, mut id) = (Entity::default(), 0);
        for (at, (values, ids)) in entities.iter().zip(&mut self.ids).enumerate() {
            let variable = at as i64 + 1;
            let empty = (String::new(), nothing.clone());
            let values =
                values.iter().map(|(value, beside)| (value.clone(), beside.clone()));
            for (value, beside) in [empty].into_iter().chain(values) {
                id += 1;
                entity.execute(params![id, variable, value])?;
                for (number, text) in beside.iter().enumerate() {
                    // Type, alias and notes of three variables: 1 4 7, 2 5 8, 3 6 9.
                    attribute.execute(params![id, variable + 3 * number as i64, text])?;
                }
                ids.insert(value, id);
            }
        }
        Ok(())
    }

    /// Writes a document and what is coded in it, by bytes of its text.
    pub fn document(
        &mut self,
        line: &DocumentLine,
        text: &str,
        coded: &[((usize, usize), &Place)],
    ) -> rusqlite::Result<()> {
        self.documents += 1;
        let title = match line.title.as_deref().map(short) {
            Some(title) if !title.is_empty() => title,
            _ => short(&line.path),
        };
        let language = match &line.script {
            Some(script) => format!("{}-{script}", line.language),
            None => line.language.clone(),
        };
        let lineage = line.lineage.iter().find(|from| from.kind != "cites");
        let kind = lineage.map_or_else(String::new, |from| {
            short(&format!("{} of {}", from.kind, from.to))
        });
        let published = line.published.as_deref().and_then(instant);
        let mut notes = vec![line.id.clone(), line.path.clone()];
        notes.extend(line.url.clone());
        if published.is_none() {
            notes.push("no date is told: 1970-01-01 stands for it".to_owned());
        }
        // DNA shows texts in a pane that takes \r for \n; each stays one character.
        let text = text.replace(['\r', '\0'], " ");
        self.database
            .prepare_cached(
                "INSERT INTO DOCUMENTS (ID, Title, Text, Coder, Author, Source, Section,
                   Notes, Type, Date) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute(params![
                self.documents,
                title,
                text,
                CODER,
                short(line.byline.as_deref().unwrap_or_default()),
                short(line.outlet.as_deref().unwrap_or_default()),
                language,
                notes.join("\n"),
                kind,
                published.map_or(0, |published| published.as_second()),
            ])?;
        for (span, place) in coded {
            let (start, stop) = (utf16(&text, span.0), utf16(&text, span.1));
            if start < stop {
                self.statement(start, stop, &place.coded)?;
            }
        }
        Ok(())
    }

    fn statement(
        &mut self,
        start: i64,
        stop: i64,
        coded: &Coded,
    ) -> rusqlite::Result<()> {
        self.statements += 1;
        let id = self.statements;
        let kind = match coded {
            Coded::Statement { .. } => STATEMENT,
            Coded::Annotation(_) => ANNOTATION,
        };
        self.database
            .prepare_cached(
                "INSERT INTO STATEMENTS (ID, StatementTypeId, DocumentId, Start, Stop, Coder)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![id, kind, self.documents, start, stop, CODER])?;
        let insert = |table: &str, column: &str| {
            format!(
                "INSERT INTO {table} (StatementId, VariableId, {column}) VALUES (?1, ?2, ?3)"
            )
        };
        match coded {
            Coded::Statement { person, organization, concept, agreement } => {
                let sql = insert("DATASHORTTEXT", "Entity");
                let mut short = self.database.prepare_cached(&sql)?;
                for (at, value) in [person, organization, concept].into_iter().enumerate()
                {
                    // Every value was noted when the move was coded.
                    let entity = self.ids[at].get(value);
                    short.execute(params![id, at as i64 + 1, entity])?;
                }
                let sql = insert("DATABOOLEAN", "Value");
                self.database.prepare_cached(&sql)?.execute(params![
                    id,
                    AGREEMENT,
                    i64::from(*agreement)
                ])?;
            }
            Coded::Annotation(note) => {
                let sql = insert("DATALONGTEXT", "Value");
                self.database.prepare_cached(&sql)?.execute(params![id, NOTE, note])?;
            }
        }
        Ok(())
    }
}

/// How many UTF-16 units stand before a byte; a byte inside a character counts as its
/// beginning.
fn utf16(text: &str, byte: usize) -> i64 {
    let before = text.char_indices().take_while(|(at, c)| at + c.len_utf8() <= byte);
    before.map(|(_, c)| c.len_utf16() as i64).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_count_units_of_utf16() {
        let text = "a外😀b";
        assert_eq!(utf16(text, 0), 0);
        assert_eq!(utf16(text, 1), 1);
        assert_eq!(utf16(text, 4), 2);
        assert_eq!(utf16(text, 8), 4, "a character beyond the first plane is two units");
        assert_eq!(utf16(text, 6), 2, "inside a character");
        assert_eq!(utf16(text, 99), 5);
    }

    #[test]
    fn the_schema_is_one_that_sqlite_takes() {
        let database = Connection::open_in_memory().expect("memory");
        let mut rows = Rows::start(&database).expect("DNA's tables can be made");
        rows.entities(&Default::default()).expect("empty values");
        let count = |table: &str| {
            let sql = format!("SELECT count(*) FROM {table}");
            database.query_row(&sql, [], |row| row.get::<_, i64>(0)).expect(table)
        };
        assert_eq!(count("ENTITIES"), 3);
        assert_eq!(count("ATTRIBUTEVALUES"), 9);
        assert_eq!(count("VARIABLES"), 11);
    }
}
