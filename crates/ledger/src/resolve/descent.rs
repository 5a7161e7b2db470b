//! Who derives from whom, and who told it first, as it is stored.
//!
//! In: derivations that were found. Out: parents, children, rings; rows of `origins`. Refuses
//! to know: how a derivation is found ([`super::origins`] does).

use super::lineage::Parent;
use crate::query;
use rusqlite::{Connection, OptionalExtension, Result, params};
use std::collections::BTreeSet;

/// The readings from which one derives and those that derive from it.
pub(super) fn kin(at: &Connection, reading: i64) -> Result<Vec<i64>> {
    at.prepare_cached(
        "SELECT parent FROM derivations WHERE reading = ?1 AND stands
         UNION SELECT reading FROM derivations WHERE parent = ?1 AND stands",
    )?
    .query_map([reading], |row| row.get(0))?
    .collect()
}

/// Whether just these parents are stored, and all of them stand.
pub(super) fn is_stored(
    at: &Connection,
    reading: i64,
    found: &[(i64, &Parent)],
) -> Result<bool> {
    let mut rows = at.prepare_cached(
        "SELECT parent, kind, confidence, why, stands FROM derivations
         WHERE reading = ?1 ORDER BY rank",
    )?;
    let mut rows = rows.query([reading])?;
    let mut found = found.iter();
    while let Some(row) = rows.next()? {
        let Some((parent, of)) = found.next() else { return Ok(false) };
        let is_same = row.get::<_, i64>(0)? == *parent
            && row.get_ref(1)?.as_str()? == of.kind.code()
            && row.get::<_, f64>(2)? == of.confidence
            && row.get_ref(3)?.as_str()? == format!("{:?}", of.reason)
            && row.get::<_, bool>(4)?;
        if !is_same {
            return Ok(false);
        }
    }
    Ok(found.next().is_none())
}

pub(super) fn has_parent(at: &Connection, reading: i64, parent: i64) -> Result<bool> {
    at.prepare_cached("SELECT 1 FROM derivations WHERE reading = ?1 AND parent = ?2")?
        .exists([reading, parent])
}

pub(super) fn parents_of(at: &Connection, reading: i64) -> Result<Vec<i64>> {
    at.prepare_cached("SELECT parent FROM derivations WHERE reading = ?1 ORDER BY rank")?
        .query_map([reading], |row| row.get(0))?
        .collect()
}

pub(super) fn children(at: &Connection, reading: i64) -> Result<Vec<i64>> {
    at.prepare_cached("SELECT reading FROM derivations WHERE parent = ?1")?
        .query_map([reading], |row| row.get(0))?
        .collect()
}

/// The readings that derive from one and from which it derives, itself too.
pub(super) fn ring(at: &Connection, reading: i64) -> Result<BTreeSet<i64>> {
    let up = ancestors(at, reading)?;
    let mut ring = BTreeSet::from([reading]);
    for &other in &up {
        if ancestors(at, other)?.contains(&reading) {
            ring.insert(other);
        }
    }
    Ok(ring)
}

pub(super) fn ancestors(at: &Connection, reading: i64) -> Result<BTreeSet<i64>> {
    let (mut seen, mut open) = (BTreeSet::new(), vec![reading]);
    while let Some(next) = open.pop() {
        for parent in parents_of(at, next)? {
            if seen.insert(parent) {
                open.push(parent);
            }
        }
    }
    Ok(seen)
}

/// Says again who told first what these readings, and all that derive from them, tell.
pub(super) fn name_origins(at: &Connection, moved: BTreeSet<i64>) -> Result<()> {
    let mut open: Vec<i64> = moved.into_iter().collect();
    let mut seen = BTreeSet::new();
    while let Some(reading) = open.pop() {
        if !seen.insert(reading) {
            continue;
        }
        let Some((root, origin)) = origin(at, reading)? else { continue };
        let changed = at
            .prepare_cached(
                "INSERT INTO origins VALUES (?1, ?2, ?3)
                 ON CONFLICT (reading) DO UPDATE SET root = ?2, origin = ?3
                 WHERE root <> ?2 OR origin <> ?3",
            )?
            .execute(params![reading, root, origin])?;
        if changed > 0 {
            query::mark_stale(at, reading)?;
        }
        open.extend(children(at, reading)?);
    }
    Ok(())
}

/// The reading at the end of a line of derivation, and who told it first: the outlet that
/// the document itself states, or else the next one in the line that states one, else the
/// outlet of the last.
pub(super) fn origin(at: &Connection, reading: i64) -> Result<Option<(i64, String)>> {
    let (mut root, mut stated) = (reading, stated(at, reading)?);
    loop {
        // Who only cites a document tells a story of its own.
        let parent: Option<i64> = at
            .prepare_cached(
                "SELECT parent FROM derivations
                 WHERE reading = ?1 AND stands AND kind <> 'cites'
                 ORDER BY rank LIMIT 1",
            )?
            .query_row([root], |row| row.get(0))
            .optional()?;
        let Some(parent) = parent else { break };
        root = parent;
        if stated.is_none() {
            stated = self::stated(at, root)?;
        }
    }
    if let Some(stated) = stated {
        return Ok(Some((root, stated)));
    }
    at.prepare_cached(
        "SELECT coalesce(a.outlet, substr(d.id, 1, 12)) FROM readings r
         JOIN documents d ON d.key = r.document JOIN articles a ON a.reading = r.key
         WHERE r.key = ?1",
    )?
    .query_row([root], |row| Ok((root, row.get(0)?)))
    .optional()
}

/// The outlet whose article a document says that it renders.
pub(super) fn stated(at: &Connection, reading: i64) -> Result<Option<String>> {
    at.prepare_cached("SELECT origin FROM articles WHERE reading = ?1")?
        .query_row([reading], |row| row.get(0))
        .optional()
        .map(Option::flatten)
}
