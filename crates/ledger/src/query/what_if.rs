//! What would be left if a source were not trusted.
//!
//! In: an outlet or a document. Out: the entries that would fall, and those that would
//! rest on a single origin. Refuses to know: whether the source deserves trust.

use crate::{Error, Ledger};
use rusqlite::{Connection, params};
use serde_json::{Value, json};

/// One entry that rests on the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// `meeting`, `statement` or `move`.
    pub kind: &'static str,
    /// The entry's identifier.
    pub id: String,
    /// Its words in the first account.
    pub about: String,
    /// `falls`: nobody else tells of it; `single-origin`: only one origin is left of
    /// several.
    pub effect: &'static str,
    /// How many independent origins there are.
    pub origins: usize,
    /// How many are left.
    pub origins_left: usize,
    /// How many accounts are left.
    pub accounts_left: usize,
}

impl Loss {
    /// The keys that the line prints with.
    pub const KEYS: &'static [&'static str] =
        &["kind", "id", "about", "effect", "origins", "origins_left", "accounts_left"];

    /// The line as it is printed for programs.
    pub fn json(&self) -> Value {
        json!({
            "kind": self.kind,
            "id": self.id,
            "about": self.about,
            "effect": self.effect,
            "origins": self.origins,
            "origins_left": self.origins_left,
            "accounts_left": self.accounts_left,
        })
    }
}

impl Ledger {
    /// The documents that a name stands for: an outlet, with all that renders its
    /// articles, or the beginning of a document's id, or its path.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn documents_of(&self, source: &str) -> Result<Vec<String>, Error> {
        readings_of(&self.connection, source)
            .and_then(|readings| {
                let mut rows = self
                    .connection
                    .prepare_cached("SELECT document FROM current WHERE reading = ?1")?;
                readings
                    .iter()
                    .map(|key| rows.query_row([key], |row| row.get(0)))
                    .collect()
            })
            .map_err(|cause| self.error("look a source up", cause))
    }

    /// What falls, or keeps a single origin, without some sources; what falls comes first.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn what_if(
        &self,
        without: &[String],
        as_of: Option<&str>,
    ) -> Result<Vec<Loss>, Error> {
        let ask = || {
            let mut gone = Vec::new();
            for source in without {
                gone.extend(readings_of(&self.connection, source)?);
            }
            let gone = json!(gone).to_string();
            let mut losses = Vec::new();
            for kind in ["meeting", "statement", "move"] {
                losses.extend(losses_of(&self.connection, kind, &gone, as_of)?);
            }
            Ok(losses)
        };
        let mut losses = ask().map_err(|cause| self.error("ask what if", cause))?;
        losses.sort_by(|a, b| {
            a.effect.cmp(b.effect).then(a.kind.cmp(b.kind)).then_with(|| a.id.cmp(&b.id))
        });
        Ok(losses)
    }
}

fn readings_of(at: &Connection, source: &str) -> rusqlite::Result<Vec<i64>> {
    let is_id = source.len() >= 6 && source.chars().all(|c| c.is_ascii_hexdigit());
    let id = if is_id { source.to_ascii_lowercase() } else { String::new() };
    at.prepare_cached(
        "WITH p AS MATERIALIZED (
           SELECT reading FROM articles WHERE outlet = ?1 COLLATE NOCASE
           UNION SELECT reading FROM origins WHERE origin = ?1 COLLATE NOCASE
           UNION SELECT r.key FROM documents d CROSS JOIN readings r ON r.document = d.key
             WHERE d.id >= ?2 AND d.id < ?2 || 'g' AND ?2 <> ''
           UNION SELECT r.key FROM captures k CROSS JOIN readings r
             ON r.document = k.document WHERE k.path = ?1)
         SELECT c.reading FROM p CROSS JOIN current c ON c.reading = p.reading
         ORDER BY c.document",
    )?
    .query_map([source, &id], |row| row.get(0))?
    .collect()
}

fn losses_of(
    at: &Connection,
    kind: &'static str,
    gone: &str,
    as_of: Option<&str>,
) -> rusqlite::Result<Vec<Loss>> {
    let sql = format!(
        "WITH gone AS MATERIALIZED (SELECT value AS reading FROM json_each(?1)),
         touched AS MATERIALIZED (
           SELECT DISTINCT entry FROM {kind}_joins WHERE reading IN (SELECT reading FROM gone)),
         counted AS (
           SELECT j.entry, count(DISTINCT o.origin) AS before,
             count(DISTINCT CASE WHEN j.reading IN (SELECT reading FROM gone) THEN NULL
                            ELSE o.origin END) AS after,
             sum(j.reading NOT IN (SELECT reading FROM gone)) AS accounts
           FROM touched t JOIN {kind}_joins j USING (entry)
           JOIN origins o ON o.reading = j.reading
           JOIN articles a ON a.reading = j.reading
           WHERE ?2 IS NULL OR a.published_on <= ?2 || '~'
           GROUP BY j.entry)
         SELECT entry, before, after, accounts,
           (SELECT e.words FROM {kind}_joins f JOIN evidence e ON e.reading = f.reading
              AND e.record = '{kind}' AND e.number = f.number AND e.part = 'whole'
            WHERE f.entry = counted.entry ORDER BY f.told, f.id LIMIT 1)
         FROM counted WHERE after = 0 OR (after = 1 AND before > 1)"
    );
    let mut rows = at.prepare_cached(&sql)?;
    rows.query_map(params![gone, as_of], |row| {
        let number = |at: usize| row.get::<_, i64>(at).map(|count| count.max(0) as usize);
        let left = number(2)?;
        Ok(Loss {
            kind,
            id: row.get(0)?,
            about: row.get::<_, Option<String>>(4)?.unwrap_or_default(),
            effect: if left == 0 { "falls" } else { "single-origin" },
            origins: number(1)?,
            origins_left: left,
            accounts_left: number(3)?,
        })
    })?
    .collect()
}
