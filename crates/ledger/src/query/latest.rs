//! Small questions of pages: the latest day, what an actor is called.

use super::Filter;
use crate::{Error, Ledger};

impl Ledger {
    /// The day of the latest publication, ISO 8601; none where no document is dated.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn latest_day(&self) -> Result<Option<String>, Error> {
        self.as_of(&Filter::default())
            .map_err(|cause| self.error("find the latest day", cause))
    }

    /// The strings that name an actor, by the id of its identity, each with the number of
    /// documents that use it.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn surfaces(&self, identity: &str) -> Result<Vec<(String, usize)>, Error> {
        let find = || {
            let mut rows = self.connection.prepare_cached(
                "SELECT w.text, sum(w.documents) FROM identities i
                 JOIN form_words w ON w.actor = i.actor AND w.kind = 'surface'
                 WHERE i.identity = ?1 GROUP BY w.text ORDER BY w.text",
            )?;
            rows.query_map([identity], |row| {
                Ok((row.get(0)?, row.get::<_, i64>(1)?.max(0) as usize))
            })?
            .collect::<rusqlite::Result<Vec<_>>>()
        };
        find().map_err(|cause| self.error("find what an actor is called", cause))
    }

    /// Whether any document names a party, by its code.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn names_party(&self, code: &str) -> Result<bool, Error> {
        let find = || {
            let mut rows = self.connection.prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM move_parties WHERE party = ?1)
                   OR EXISTS (SELECT 1 FROM meeting_parties WHERE party = ?1)
                   OR EXISTS (SELECT 1 FROM entities WHERE party = ?1)",
            )?;
            rows.query_row([code], |row| row.get(0))
        };
        find().map_err(|cause| self.error("look for a party", cause))
    }
}
