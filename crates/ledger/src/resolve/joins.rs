//! Accounts of one statement, or of one move, over all documents.
//!
//! In: accounts with what they are compared by. Out: their entry. Refuses to know: what a
//! statement is.
//!
//! Whether two accounts are one depends on those two alone ([`Side::is_same`]), and an
//! entry is all that hangs together by such pairs. So the entries are the same in whatever
//! order accounts come, and a new account is compared only with those that share its key
//! and nearly its day, and with those of documents that its own derives from. The accounts
//! of one key and day are fetched once for all that are compared with them.

use super::counts::{self, Turn};
use super::day;
use super::likeness::Pairs;
use crate::query;
use rusqlite::{Connection, OptionalExtension, Result, Row, params};
use std::collections::BTreeSet;
use std::collections::btree_map::{BTreeMap, Entry};
use std::rc::Rc;

/// A table of accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Table {
    Statements,
    Moves,
}

impl Table {
    fn name(self) -> &'static str {
        match self {
            Table::Statements => "statement_joins",
            Table::Moves => "move_joins",
        }
    }
}

/// What stands for one account when it is stored.
#[derive(Debug, Clone)]
pub(super) struct Account {
    pub reading: i64,
    pub number: i64,
    /// Who speaks or acts, and how; accounts of different keys are never one.
    pub key: String,
    /// The day that is meant; empty where none is known.
    pub day: String,
    /// Whether the text names that day, and it is not only that of publication.
    pub is_dated: bool,
    /// When it was published; `~` where that is unknown.
    pub told: String,
    /// The account's own identifier.
    pub id: String,
    /// By what accounts of one day are one in any words; empty for nothing.
    pub what: String,
    /// Its words.
    pub pairs: Pairs,
}

/// What two accounts of one key are compared by.
#[derive(Debug)]
struct Side {
    reading: i64,
    number: i64,
    day: Rc<str>,
    is_dated: bool,
    what: String,
    pairs: Pairs,
    /// The number of its entry among those of the key.
    entry: usize,
}

/// Passages shorter than so many pairs are too short to be told apart: 我们同意。
const SHORT: usize = 6;

/// As much of the shorter account must stand in the longer one where act, issue, target
/// and day are one.
const NAMED: f64 = 0.35;

impl Side {
    /// Whether two accounts of one key tell of one thing, where their days are near or one
    /// document derives from the other.
    fn is_same(&self, other: &Side) -> bool {
        if self.pairs.len().min(other.pairs.len()) < SHORT {
            return false;
        }
        let is_own = self.reading == other.reading;
        let is_one_day = self.day == other.day;
        let is_named = !self.what.is_empty() && self.what == other.what && is_one_day;
        if !is_own && !is_named && !is_one_day && self.is_dated && other.is_dated {
            return false;
        }
        let common = self.pairs.common(&other.pairs);
        if is_own {
            return common.likeness() >= 0.85;
        }
        if is_named && common.within() >= NAMED {
            return true;
        }
        // What is said again the next day is often said in nearly the same words.
        let (alike, inside) = if is_one_day { (0.5, 0.8) } else { (0.65, 0.9) };
        common.likeness() >= alike || common.within() >= inside
    }
}

/// Stores accounts, each an entry of its own.
pub(super) fn insert(at: &Connection, table: Table, account: &Account) -> Result<()> {
    let (reading, number) = (account.reading, account.number);
    // That of an older form, which stood alone, is replaced.
    if is_there(at, table, reading, number)? {
        if table == Table::Moves {
            counts::head(at, reading, number, Turn::Goes)?;
        }
        let sql =
            format!("DELETE FROM {} WHERE reading = ?1 AND number = ?2", table.name());
        at.prepare_cached(&sql)?.execute([reading, number])?;
    }
    at.prepare_cached(&format!(
        "INSERT INTO {} VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8, ?9, ?10)",
        table.name()
    ))?
    .execute(params![
        account.reading,
        account.number,
        account.key,
        account.day,
        account.is_dated,
        account.told,
        account.id,
        if account.day.is_empty() { "~" } else { &account.day },
        account.what,
        account.pairs.to_bytes()
    ])?;
    match table {
        Table::Moves => counts::head(at, reading, number, Turn::Comes),
        Table::Statements => Ok(()),
    }
}

fn is_there(at: &Connection, table: Table, reading: i64, number: i64) -> Result<bool> {
    let sql =
        format!("SELECT 1 FROM {} WHERE reading = ?1 AND number = ?2", table.name());
    at.prepare_cached(&sql)?.exists([reading, number])
}

/// Takes the accounts of a reading out; gives those that had been one with them, each an
/// entry of its own again, to be settled anew.
pub(super) fn remove(
    at: &Connection,
    table: Table,
    reading: i64,
) -> Result<Vec<(i64, i64)>> {
    let left = dissolve(at, table, reading)?;
    if table == Table::Moves {
        for (reading, number) in accounts_of(at, table, reading)? {
            counts::head(at, reading, number, Turn::Goes)?;
        }
    }
    let sql = format!("DELETE FROM {} WHERE reading = ?1", table.name());
    at.prepare_cached(&sql)?.execute([reading])?;
    Ok(left.into_iter().filter(|&(of, _)| of != reading).collect())
}

/// Takes the entries that a reading has accounts of apart; gives all their accounts.
pub(super) fn dissolve(
    at: &Connection,
    table: Table,
    reading: i64,
) -> Result<Vec<(i64, i64)>> {
    let name = table.name();
    let sql = format!(
        "SELECT reading, number, entry = id, id FROM {name} WHERE entry IN
         (SELECT entry FROM {name} WHERE reading = ?1)"
    );
    let apart: Vec<(i64, i64, bool, String)> = at
        .prepare_cached(&sql)?
        .query_map([reading], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?
        .collect::<Result<_>>()?;
    let sql = format!(
        "UPDATE {name} SET entry = id, on_day = CASE day WHEN '' THEN '~' ELSE day END
         WHERE reading = ?1 AND number = ?2"
    );
    for (reading, number, is_head, id) in &apart {
        let (reading, number) = (*reading, *number);
        if *is_head {
            continue;
        }
        if table == Table::Moves {
            query::mark_move_stale(at, reading, number, id)?;
            counts::head(at, reading, number, Turn::Comes)?;
        }
        at.prepare_cached(&sql)?.execute([reading, number])?;
    }
    Ok(apart.into_iter().map(|(reading, number, ..)| (reading, number)).collect())
}

/// The numbers of a reading's accounts.
pub(super) fn accounts_of(
    at: &Connection,
    table: Table,
    reading: i64,
) -> Result<Vec<(i64, i64)>> {
    let sql = format!("SELECT number FROM {} WHERE reading = ?1", table.name());
    at.prepare_cached(&sql)?
        .query_map([reading], |row| Ok((reading, row.get(0)?)))?
        .collect()
}

/// Joins accounts with all that they are one with. `related` gives the readings of which
/// a reading's document derives, and those that derive from it.
pub(super) fn settle(
    at: &Connection,
    table: Table,
    accounts: &BTreeSet<(i64, i64)>,
    related: &dyn Fn(i64) -> Result<Vec<i64>>,
) -> Result<()> {
    let mut keys: BTreeMap<String, BTreeMap<String, Vec<(i64, i64)>>> = BTreeMap::new();
    let mut of: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    let sql = format!(
        "SELECT key, day FROM {} WHERE reading = ?1 AND number = ?2",
        table.name()
    );
    let mut rows = at.prepare_cached(&sql)?;
    for &(reading, number) in accounts {
        let of_row = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
        let found = rows.query_row([reading, number], of_row).optional()?;
        let Some((key, day)) = found else { continue };
        let days = keys.entry(key).or_default();
        days.entry(day).or_default().push((reading, number));
        if let Entry::Vacant(slot) = of.entry(reading) {
            slot.insert(related(reading)?);
        }
    }
    // Where it is not known who speaks or acts, nothing tells that two are one.
    keys.remove("");
    for (key, days) in &keys {
        Bucket::new(at, table, key).settle(days, &of)?;
    }
    Ok(())
}

/// The accounts of one key that are near the day that is looked at.
struct Bucket<'a> {
    at: &'a Connection,
    table: Table,
    key: &'a str,
    /// Those of a day, of no more days than can be compared.
    days: BTreeMap<String, Rc<[Side]>>,
    entries: Entries,
}

impl<'a> Bucket<'a> {
    fn new(at: &'a Connection, table: Table, key: &'a str) -> Bucket<'a> {
        let (days, entries) = (BTreeMap::new(), Entries::default());
        Bucket { at, table, key, days, entries }
    }

    /// Joins accounts, given by their days.
    fn settle(
        &mut self,
        accounts: &BTreeMap<String, Vec<(i64, i64)>>,
        related: &BTreeMap<i64, Vec<i64>>,
    ) -> Result<()> {
        for (on, accounts) in accounts {
            let near = [-1, 0, 1].map(|days| day::later(on, days));
            let near: Vec<String> = near.into_iter().flatten().collect();
            self.days.retain(|day, _| near.contains(day));
            let mut others = Vec::new();
            for day in &near {
                others.push(self.of_day(day)?);
            }
            for &(reading, number) in accounts {
                let own = self.of_reading(reading)?;
                let Some(account) = own.iter().find(|one| one.number == number) else {
                    continue;
                };
                for other in others.iter().flat_map(|others| others.iter()) {
                    self.entries.compare(account, other);
                }
                for &kin in related.get(&reading).into_iter().flatten() {
                    for other in self.of_reading(kin)? {
                        self.entries.compare(account, &other);
                    }
                }
            }
        }
        for entries in self.entries.joined() {
            unite(self.at, self.table, &entries)?;
        }
        Ok(())
    }

    fn of_day(&mut self, day: &str) -> Result<Rc<[Side]>> {
        if let Some(known) = self.days.get(day) {
            return Ok(Rc::clone(known));
        }
        let sql = format!(
            "SELECT {COLUMNS} FROM {} WHERE key = ?1 AND day = ?2",
            self.table.name()
        );
        let mut rows = self.at.prepare_cached(&sql)?;
        let mut rows = rows.query([self.key, day])?;
        let (mut sides, day_of_all) = (Vec::new(), Rc::from(day));
        while let Some(row) = rows.next()? {
            sides.push(self.side(row, &day_of_all)?);
        }
        let sides: Rc<[Side]> = sides.into();
        self.days.insert(day.to_owned(), Rc::clone(&sides));
        Ok(sides)
    }

    /// Those of one reading, which are few; with its sign the key is not looked up.
    fn of_reading(&mut self, reading: i64) -> Result<Vec<Side>> {
        let sql = format!(
            "SELECT {COLUMNS}, day FROM {} WHERE reading = ?1 AND +key = ?2",
            self.table.name()
        );
        let mut rows = self.at.prepare_cached(&sql)?;
        let mut rows = rows.query(params![reading, self.key])?;
        let mut sides = Vec::new();
        while let Some(row) = rows.next()? {
            let day = Rc::from(row.get_ref(6)?.as_str()?);
            sides.push(self.side(row, &day)?);
        }
        Ok(sides)
    }

    fn side(&mut self, row: &Row<'_>, day: &Rc<str>) -> Result<Side> {
        Ok(Side {
            reading: row.get(0)?,
            number: row.get(1)?,
            day: Rc::clone(day),
            is_dated: row.get(2)?,
            what: row.get(3)?,
            pairs: Pairs::from_bytes(row.get_ref(4)?.as_blob().unwrap_or_default()),
            entry: self.entries.number(row.get_ref(5)?.as_str()?),
        })
    }
}

const COLUMNS: &str = "reading, number, dated, what, pairs, entry";

/// The entries of one key, and which of them have turned out to be one.
#[derive(Debug, Default)]
struct Entries {
    numbers: BTreeMap<String, usize>,
    /// Of each entry one that it is one with, itself for the last in such a line.
    next: Vec<usize>,
}

impl Entries {
    fn number(&mut self, entry: &str) -> usize {
        if let Some(&number) = self.numbers.get(entry) {
            return number;
        }
        let number = self.next.len();
        self.numbers.insert(entry.to_owned(), number);
        self.next.push(number);
        number
    }

    fn end(&mut self, mut entry: usize) -> usize {
        while self.next[entry] != entry {
            self.next[entry] = self.next[self.next[entry]];
            entry = self.next[entry];
        }
        entry
    }

    /// Makes the entries of two accounts one where the accounts are the same.
    fn compare(&mut self, account: &Side, other: &Side) {
        let (one, two) = (self.end(account.entry), self.end(other.entry));
        if one != two && account.is_same(other) {
            self.next[two] = one;
        }
    }

    /// The entries that have become one, each time two and more.
    fn joined(&mut self) -> Vec<BTreeSet<String>> {
        let mut joined: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
        for (entry, number) in std::mem::take(&mut self.numbers) {
            joined.entry(self.end(number)).or_default().insert(entry);
        }
        joined.into_values().filter(|entries| entries.len() > 1).collect()
    }
}

/// Makes several entries one, called by the account that was published first.
fn unite(at: &Connection, table: Table, entries: &BTreeSet<String>) -> Result<()> {
    let name = table.name();
    let list = serde_json::json!(entries).to_string();
    let sql = format!(
        "SELECT id, CASE day WHEN '' THEN '~' ELSE day END FROM {name}
         WHERE entry IN (SELECT value FROM json_each(?1)) ORDER BY told, id LIMIT 1"
    );
    let (head, on_day): (String, String) = at
        .prepare_cached(&sql)?
        .query_row([&list], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if table == Table::Moves {
        mark_renamed(at, &list, &head)?;
    }
    let sql = format!(
        "UPDATE {name} SET entry = ?2, on_day = ?3
         WHERE entry IN (SELECT value FROM json_each(?1))
           AND (entry <> ?2 OR on_day <> ?3)"
    );
    at.prepare_cached(&sql)?.execute(params![list, head, on_day]).map(drop)
}

/// The accounts of entries that get another name; what is kept of them names the entry.
fn mark_renamed(at: &Connection, entries: &str, head: &str) -> Result<()> {
    let mut rows = at.prepare_cached(
        "SELECT reading, number, entry = id FROM move_joins
         WHERE entry IN (SELECT value FROM json_each(?1)) AND entry <> ?2",
    )?;
    let mut rows = rows.query([entries, head])?;
    while let Some(row) = rows.next()? {
        let (reading, number) = (row.get(0)?, row.get(1)?);
        query::mark_move_stale(at, reading, number, head)?;
        if row.get(2)? {
            counts::head(at, reading, number, Turn::Goes)?;
        }
    }
    Ok(())
}
