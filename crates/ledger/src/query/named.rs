//! Actors by their name, quickly.
//!
//! In: a part of a name in one script. Out: who is called so, in any spelling that was
//! found to mean them. Refuses to know: what they said and did.

use crate::{Error, Ledger};
use rusqlite::params;

/// An actor as a search finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its id in the list of actors.
    pub id: String,
    /// What it is called over all documents.
    pub name: String,
    /// What sort of actor it is.
    pub kind: String,
    /// The side that it speaks for.
    pub party: Option<String>,
    /// In how many documents the forms are named that were found; one document may name
    /// an actor in two forms and then counts twice.
    pub documents: usize,
}

impl Ledger {
    /// The actors one of whose names, or of the strings that name them, holds the words;
    /// those whose name begins with them first, then those named in most documents.
    /// `words` are folded as the ledger's names were.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn named(&self, words: &str, limit: usize) -> Result<Vec<Named>, Error> {
        let typed = words.trim();
        if typed.is_empty() {
            return Ok(Vec::new());
        }
        // SQLite makes small letters of Latin ones only, so the words as typed count too.
        let small = typed.to_lowercase();
        let find = || {
            self.connection
                .prepare_cached(NAMED)?
                .query_map(params![small, limit as i64, typed], |row| {
                    Ok(Named {
                        id: row.get(0)?,
                        name: row.get(1)?,
                        kind: row.get(2)?,
                        party: row.get(3)?,
                        documents: row.get::<_, i64>(4)?.max(0) as usize,
                    })
                })?
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        find().map_err(|cause| self.error("find actors by name", cause))
    }
}

const NAMED: &str = "
    WITH found AS (
      SELECT actor, max(instr(lower(folded), ?1), instr(folded, ?3)) AS at FROM forms
      UNION ALL
      SELECT actor, max(instr(lower(folded), ?1), instr(folded, ?3)) FROM form_words
      WHERE kind = 'surface'),
    best AS (
      SELECT coalesce(i.identity, g.actor) AS id, g.actor, min(g.at) AS at
      FROM found g LEFT JOIN identities i ON i.actor = g.actor
      WHERE g.at > 0 GROUP BY g.actor),
    whole AS (
      SELECT b.id, min(b.at) AS at, sum(f.documents) AS documents
      FROM best b JOIN forms f ON f.actor = b.actor GROUP BY b.id)
    SELECT w.id, CASE WHEN instr(h.name, '[[') THEN h.folded ELSE h.name END,
      h.type, h.party, w.documents
    FROM whole w JOIN forms h ON h.actor = w.id
    ORDER BY w.at > 1, w.documents DESC, h.name, w.id LIMIT ?2";
