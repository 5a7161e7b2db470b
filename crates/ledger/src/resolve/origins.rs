//! Which document derives from which, and who told it first, as it is stored.
//!
//! In: readings that came and went. Out: derivations and origins of all documents that
//! these touch, and which documents are related or no longer so. Refuses to know: when a
//! document derives from another ([`lineage`] does).

use super::Change;
use super::descent::{children, has_parent, is_stored, name_origins, parents_of, ring};
use super::lineage::{self, Body, COMMON_TOKEN, Facts, Parent, Sketch, normal_address};
use record::DocumentId;
use rusqlite::{Connection, OptionalExtension, Result, params};
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::collections::btree_map::{BTreeMap, Entry};
use std::rc::Rc;

/// No more documents than this are held in memory.
const MOST_SEEN: usize = 8192;

/// Readings whose relations have changed.
#[derive(Debug, Default)]
pub(super) struct Relatives {
    /// Those that derive from one more document, or that one more derives from.
    pub together: BTreeSet<i64>,
    /// Those that do no longer.
    pub apart: BTreeSet<i64>,
}

/// Settles the lineage of all that a change touches.
pub(super) fn settle(at: &Connection, change: &Change) -> Result<Relatives> {
    let mut work = Work {
        at,
        seen: BTreeMap::new(),
        lists: BTreeMap::new(),
        found: BTreeMap::new(),
        added: BTreeMap::new(),
        relatives: Relatives::default(),
    };
    let mut open: BTreeSet<i64> = BTreeSet::new();
    for &reading in &change.gone {
        let mut touched: Vec<i64> = children(at, reading)?;
        touched.extend(work.drop_parents(reading)?);
        touched.extend(work.candidates(reading)?.readings.iter().map(|(other, _)| other));
        open.extend(touched);
        work.forget(reading)?;
    }
    // What was looked up counts readings that are gone.
    work.lists.clear();
    work.found.clear();
    work.index(&change.fresh)?;
    for reading in work.by_kinship(&change.fresh)? {
        work.make_room();
        let found = work.candidates(reading)?;
        // Who may derive from the new document is asked again, and whose stock passages
        // are others with it; nobody else's parents can be others.
        for &(other, shared) in &found.readings {
            if !open.contains(&other)
                && (work.has_other_stock(other, shared)?
                    || work.may_derive(other, reading)?)
            {
                open.insert(other);
            }
        }
        open.extend(&found.crossed);
        open.insert(reading);
    }
    open.retain(|reading| !change.gone.contains(reading));
    for gone in &change.gone {
        work.seen.remove(gone);
    }
    let mut moved: BTreeSet<i64> = change.fresh.iter().copied().collect();
    for reading in work.by_kinship(&open)? {
        work.make_room();
        moved.extend(work.find_parents(reading)?);
    }
    let rings: BTreeSet<i64> = moved.clone();
    for reading in rings {
        moved.extend(work.open_rings(reading)?);
    }
    name_origins(at, moved)?;
    Ok(work.relatives)
}

/// What is needed of a document to compare it.
struct Seen {
    facts: Facts,
    sketch: Sketch,
    /// The greatest number of documents that one of its tokens is known to stand in.
    most: usize,
    /// Its tokens that tell nothing.
    stock: BTreeSet<u32>,
}

impl Seen {
    fn body(&self) -> Body<'_> {
        Body { facts: &self.facts, sketch: &self.sketch }
    }
}

/// With which documents one is compared.
#[derive(Default)]
struct Candidates {
    /// Each with the greatest number of documents that a token which it shares stands in.
    readings: Vec<(i64, usize)>,
    /// Those that share a token which has just become too common to tell.
    crossed: BTreeSet<i64>,
    /// The document's tokens, and in how many documents each stands.
    counts: Vec<(u32, usize)>,
}

struct Work<'a> {
    at: &'a Connection,
    seen: BTreeMap<i64, Option<Seen>>,
    /// The readings that have a token, no more than tell that it is too common.
    lists: BTreeMap<u32, Rc<[i64]>>,
    /// With which documents one is compared.
    found: BTreeMap<i64, Rc<Candidates>>,
    /// How many of the new readings have a token.
    added: BTreeMap<u32, usize>,
    relatives: Relatives,
}

impl Work<'_> {
    fn see(&mut self, reading: i64) -> Result<()> {
        if let Entry::Vacant(slot) = self.seen.entry(reading) {
            slot.insert(seen(self.at, reading)?);
        }
        Ok(())
    }

    /// Enters the tokens of new readings; in their order, since neighbours share a page.
    fn index(&mut self, fresh: &[i64]) -> Result<()> {
        let mut rows = Vec::new();
        for &reading in fresh {
            self.see(reading)?;
            rows.extend(self.tokens(reading).into_iter().map(|token| (token, reading)));
        }
        rows.sort_unstable();
        let mut insert =
            self.at.prepare_cached("INSERT OR IGNORE INTO marks VALUES (?1, ?2)")?;
        for (token, reading) in rows {
            insert.execute((token, reading))?;
            *self.added.entry(token).or_default() += 1;
        }
        Ok(())
    }

    /// Readings in an order in which those that share much are neighbours, so that what
    /// they are compared with is at hand: by the lowest of their tokens.
    fn by_kinship<'r>(
        &mut self,
        readings: impl IntoIterator<Item = &'r i64>,
    ) -> Result<Vec<i64>> {
        let mut keyed = Vec::new();
        for &reading in readings {
            self.make_room();
            self.see(reading)?;
            keyed.push((self.tokens(reading).into_iter().min(), reading));
        }
        keyed.sort_unstable();
        Ok(keyed.into_iter().map(|(_, reading)| reading).collect())
    }

    /// Takes what a reading was compared by out of the tables.
    fn forget(&mut self, reading: i64) -> Result<()> {
        let mut delete = self
            .at
            .prepare_cached("DELETE FROM marks WHERE token = ?1 AND reading = ?2")?;
        for token in self.tokens(reading) {
            delete.execute((token, reading))?;
        }
        for table in ["sketches", "origins"] {
            self.at
                .prepare_cached(&format!("DELETE FROM {table} WHERE reading = ?1"))?
                .execute([reading])?;
        }
        Ok(())
    }

    fn tokens(&self, reading: i64) -> Vec<u32> {
        self.seen(reading).map(|seen| seen.sketch.tokens().to_vec()).unwrap_or_default()
    }

    fn list(&mut self, token: u32) -> Result<Rc<[i64]>> {
        if let Some(list) = self.lists.get(&token) {
            return Ok(Rc::clone(list));
        }
        // One that the new readings have made too common is read as a whole.
        let most = COMMON_TOKEN + 1 + self.added.get(&token).copied().unwrap_or_default();
        let list: Vec<i64> = self
            .at
            .prepare_cached("SELECT reading FROM marks WHERE token = ?1 LIMIT ?2")?
            .query_map((token, most as i64), |row| row.get(0))?
            .collect::<Result<_>>()?;
        let list: Rc<[i64]> = list.into();
        self.lists.insert(token, Rc::clone(&list));
        Ok(list)
    }

    /// Forgets what is held in memory where that has become much.
    fn make_room(&mut self) {
        if self.seen.len() > MOST_SEEN {
            self.seen.clear();
            self.lists.clear();
            self.found.clear();
        }
    }

    fn seen(&self, reading: i64) -> Option<&Seen> {
        self.seen.get(&reading)?.as_ref()
    }

    /// The readings that share a token or an address with one.
    fn candidates(&mut self, reading: i64) -> Result<Rc<Candidates>> {
        if let Some(found) = self.found.get(&reading) {
            return Ok(Rc::clone(found));
        }
        self.see(reading)?;
        let mut found = Candidates::default();
        for token in self.tokens(reading) {
            let list = self.list(token)?;
            let count = list.len();
            found.counts.push((token, count.min(COMMON_TOKEN + 1)));
            let before = count - self.added.get(&token).copied().unwrap_or_default();
            if count <= COMMON_TOKEN {
                found.readings.extend(list.iter().map(|&other| (other, count)));
            } else if before <= COMMON_TOKEN {
                found.crossed.extend(list.iter());
            }
        }
        let mut rows = self.at.prepare_cached(
            "SELECT other.reading FROM addresses own JOIN addresses other USING (address)
             WHERE own.reading = ?1 AND (own.is_own OR other.is_own)",
        )?;
        for other in rows.query_map([reading], |row| row.get(0))? {
            found.readings.push((other?, 0));
        }
        // Of each reading the greatest count stays.
        found.readings.sort_unstable_by_key(|&(other, count)| (other, Reverse(count)));
        found.readings.dedup_by_key(|(other, _)| *other);
        found.readings.retain(|&(other, _)| other != reading);
        found.crossed.remove(&reading);
        let found = Rc::new(found);
        self.found.insert(reading, Rc::clone(&found));
        Ok(found)
    }

    /// Whether one reading's document could derive from another's.
    fn may_derive(&mut self, child: i64, parent: i64) -> Result<bool> {
        self.see(parent)?;
        self.see(child)?;
        let (Some(child), Some(parent)) = (self.seen(child), self.seen(parent)) else {
            return Ok(false);
        };
        Ok(!lineage::parents_without(child.body(), [parent.body()], &child.stock)
            .is_empty())
    }

    /// Whether a document has other stock passages than before, where one that was just
    /// added shares a token that now stands in so many documents.
    fn has_other_stock(&mut self, reading: i64, shared: usize) -> Result<bool> {
        self.see(reading)?;
        let Some(seen) = self.seen(reading) else { return Ok(false) };
        // Where no token stands in more than a few documents there is no stock.
        if seen.most.max(shared) <= lineage::FEW && seen.stock.is_empty() {
            if shared > seen.most {
                self.note_stock(reading, shared, &BTreeSet::new())?;
            }
            return Ok(false);
        }
        let mut counts = Vec::new();
        for token in self.tokens(reading) {
            counts.push((token, self.list(token)?.len().min(COMMON_TOKEN + 1)));
        }
        let stock = lineage::stock(&counts);
        let is_other = self.seen(reading).is_some_and(|seen| stock != seen.stock);
        if !is_other {
            let most = counts.iter().map(|&(_, count)| count).max().unwrap_or_default();
            self.note_stock(reading, most, &stock)?;
        }
        Ok(is_other)
    }

    /// Keeps what tells nothing in a document.
    fn note_stock(
        &mut self,
        reading: i64,
        most: usize,
        stock: &BTreeSet<u32>,
    ) -> Result<()> {
        let Some(Some(seen)) = self.seen.get_mut(&reading) else { return Ok(()) };
        if seen.most == most && seen.stock == *stock {
            return Ok(());
        }
        (seen.most, seen.stock) = (most, stock.clone());
        let bytes: Vec<u8> = stock.iter().flat_map(|token| token.to_le_bytes()).collect();
        self.at
            .prepare_cached(
                "UPDATE sketches SET most = ?2, stock = ?3 WHERE reading = ?1",
            )?
            .execute(params![reading, most as i64, bytes])
            .map(drop)
    }

    /// Finds from what a document derives; gives the readings whose origin may be another
    /// now.
    fn find_parents(&mut self, reading: i64) -> Result<BTreeSet<i64>> {
        let candidates = self.candidates(reading)?;
        let Candidates { readings, counts, .. } = &*candidates;
        let most = counts.iter().map(|&(_, count)| count).max().unwrap_or_default();
        let stock = lineage::stock(counts);
        self.note_stock(reading, most, &stock)?;
        for &(other, _) in readings {
            self.see(other)?;
        }
        let Some(child) = self.seen(reading) else { return Ok(BTreeSet::new()) };
        let others =
            readings.iter().filter_map(|&(other, _)| Some((other, self.seen(other)?)));
        let numbers: BTreeMap<DocumentId, i64> =
            others.clone().map(|(other, seen)| (seen.facts.document, other)).collect();
        let bodies = others.map(|(_, seen)| seen.body());
        let parents = lineage::parents_without(child.body(), bodies, &stock);
        let found: Vec<(i64, &Parent)> = parents
            .iter()
            .filter_map(|parent| Some((*numbers.get(&parent.document)?, parent)))
            .collect();
        self.store(reading, &found)
    }

    fn store(&mut self, reading: i64, found: &[(i64, &Parent)]) -> Result<BTreeSet<i64>> {
        if is_stored(self.at, reading, found)? {
            return Ok(BTreeSet::new());
        }
        let before: BTreeSet<i64> = parents_of(self.at, reading)?.into_iter().collect();
        let after: BTreeSet<i64> = found.iter().map(|(parent, _)| *parent).collect();
        self.at
            .prepare_cached("DELETE FROM derivations WHERE reading = ?1")?
            .execute([reading])?;
        for (rank, (parent, of)) in (0i64..).zip(found) {
            self.at
                .prepare_cached(
                    "INSERT INTO derivations VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1)",
                )?
                .execute(params![
                    reading,
                    parent,
                    rank,
                    of.kind.code(),
                    of.confidence,
                    format!("{:?}", of.reason)
                ])?;
        }
        if !after.is_subset(&before) {
            self.relatives.together.insert(reading);
        }
        if !before.is_subset(&after) {
            self.relatives.apart.insert(reading);
        }
        let mut moved: BTreeSet<i64> = before.union(&after).copied().collect();
        moved.insert(reading);
        Ok(moved)
    }

    /// Takes a reading out of all lineage; gives its parents.
    fn drop_parents(&mut self, reading: i64) -> Result<BTreeSet<i64>> {
        let parents = parents_of(self.at, reading)?.into_iter().collect();
        self.relatives.apart.extend(children(self.at, reading)?);
        self.at
            .prepare_cached("DELETE FROM derivations WHERE reading = ?1 OR parent = ?1")?
            .execute([reading])?;
        Ok(parents)
    }

    /// Opens the ring that a reading stands in, if it does; gives the ring.
    fn open_rings(&mut self, reading: i64) -> Result<BTreeSet<i64>> {
        let ring = ring(self.at, reading)?;
        if ring.len() < 2 {
            self.at
                .prepare_cached(
                    "UPDATE derivations SET stands = 1 WHERE reading = ?1 AND NOT stands",
                )?
                .execute([reading])?;
            return Ok(ring);
        }
        let mut numbers = BTreeMap::new();
        let mut all: BTreeMap<DocumentId, Vec<Parent>> = BTreeMap::new();
        for &one in &ring {
            for &other in &ring {
                self.see(one)?;
                self.see(other)?;
                let (Some(child), Some(parent)) = (self.seen(one), self.seen(other))
                else {
                    continue;
                };
                numbers.insert(child.facts.document, one);
                if has_parent(self.at, one, other)? {
                    let parents = lineage::parents_without(
                        child.body(),
                        [parent.body()],
                        &child.stock,
                    );
                    all.entry(child.facts.document).or_default().extend(parents);
                }
            }
        }
        lineage::break_cycles(&mut all);
        for (document, parents) in &all {
            let Some(child) = numbers.get(document) else { continue };
            for other in ring.iter().filter(|other| *other != child) {
                let stands = parents
                    .iter()
                    .any(|parent| numbers.get(&parent.document) == Some(other));
                self.at
                    .prepare_cached(
                        "UPDATE derivations SET stands = ?3 WHERE reading = ?1 AND parent = ?2",
                    )?
                    .execute(params![child, other, stands])?;
            }
        }
        self.relatives.apart.extend(&ring);
        Ok(ring)
    }
}

fn seen(at: &Connection, reading: i64) -> Result<Option<Seen>> {
    let stored: Option<(Vec<u8>, i64, Vec<u8>)> = at
        .prepare_cached("SELECT marks, most, stock FROM sketches WHERE reading = ?1")?
        .query_row([reading], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((marks, most, stock)) = stored else { return Ok(None) };
    let Some(sketch) = Sketch::from_bytes(&marks) else { return Ok(None) };
    let stock = stock.chunks_exact(4);
    let stock =
        stock.map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]));
    let stock = stock.collect();
    let links = at
        .prepare_cached("SELECT rel, url FROM links WHERE reading = ?1 ORDER BY number")?
        .query_map([reading], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?
        .collect::<Result<Vec<_>>>()?;
    let links = links.into_iter();
    let links =
        links.filter_map(|(rel, url)| Some((rel, normal_address(&url)?))).collect();
    let facts = at
        .prepare_cached(
            "SELECT d.id, a.published_on, a.published_inferred, a.outlet, a.origin,
               a.translator, a.author, a.cites, a.url, a.language, a.title
             FROM readings r JOIN documents d ON d.key = r.document
             JOIN articles a ON a.reading = r.key WHERE r.key = ?1",
        )?
        .query_row([reading], |row| {
            let document: String = row.get(0)?;
            let cites: String = row.get(7)?;
            let url: Option<String> = row.get(8)?;
            Ok(Facts {
                document: DocumentId::parse(&document).unwrap_or_default(),
                published: row.get(1)?,
                is_inferred: row.get::<_, Option<bool>>(2)?.unwrap_or_default(),
                outlet: row.get(3)?,
                origin: row.get(4)?,
                translator: row.get(5)?,
                author: row.get(6)?,
                cites: serde_json::from_str(&cites).unwrap_or_default(),
                address: url.as_deref().and_then(normal_address),
                links,
                language: row.get(9)?,
                title: row.get(10)?,
            })
        })?;
    Ok(Some(Seen { facts, sketch, most: most.max(0) as usize, stock }))
}
