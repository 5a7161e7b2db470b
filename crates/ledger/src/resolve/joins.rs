//! Accounts of one statement, or of one move, over all documents.
//!
//! In: accounts with what they are compared by. Out: their entry. Refuses to know: what a
//! statement is.
//!
//! Whether two accounts are one depends on those two alone ([`Account::is_same`]), and an
//! entry is all that hangs together by such pairs. So the entries are the same in whatever
//! order accounts come, and a new account is compared only with those that share its key
//! and nearly its day, and with those of documents that its own derives from.

use super::day;
use super::likeness::Pairs;
use rusqlite::{Connection, Result, Row, params};
use std::collections::{BTreeMap, BTreeSet};

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

/// What stands for one account.
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
    /// That of its entry.
    pub entry: String,
    /// By what accounts of one day are one in any words; empty for nothing.
    pub what: String,
    /// Its words.
    pub pairs: Pairs,
}

/// Passages shorter than so many pairs are too short to be told apart: 我们同意。
const SHORT: usize = 6;

/// As much of the shorter account must stand in the longer one where act, issue, target
/// and day are one.
const NAMED: f64 = 0.35;

impl Account {
    /// Whether two accounts of one key tell of one thing, where their days are near or one
    /// document derives from the other.
    fn is_same(&self, other: &Account) -> bool {
        let least = self.pairs.len().min(other.pairs.len());
        if self.reading == other.reading {
            return least >= SHORT && self.pairs.likeness(&other.pairs) >= 0.85;
        }
        let is_one_day = self.day == other.day;
        let is_named = !self.what.is_empty() && self.what == other.what && is_one_day;
        if is_named && least >= SHORT && self.pairs.within(&other.pairs) >= NAMED {
            return true;
        }
        if least < SHORT || (!is_one_day && self.is_dated && other.is_dated) {
            return false;
        }
        // What is said again the next day is often said in nearly the same words.
        let (alike, inside) = if is_one_day { (0.5, 0.8) } else { (0.65, 0.9) };
        self.pairs.likeness(&other.pairs) >= alike
            || self.pairs.within(&other.pairs) >= inside
    }
}

/// Stores accounts, each an entry of its own.
pub(super) fn insert(at: &Connection, table: Table, account: &Account) -> Result<()> {
    at.prepare_cached(&format!(
        "INSERT OR REPLACE INTO {} VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8, ?9, ?10)",
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
    ])
    .map(drop)
}

/// Takes the accounts of a reading out; gives those that had been one with them, each an
/// entry of its own again, to be settled anew.
pub(super) fn remove(
    at: &Connection,
    table: Table,
    reading: i64,
) -> Result<Vec<(i64, i64)>> {
    let left = dissolve(at, table, reading)?;
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
        "SELECT reading, number FROM {name} WHERE entry IN
         (SELECT entry FROM {name} WHERE reading = ?1)"
    );
    let apart: Vec<(i64, i64)> = at
        .prepare_cached(&sql)?
        .query_map([reading], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_>>()?;
    let sql = format!(
        "UPDATE {name} SET entry = id, on_day = CASE day WHEN '' THEN '~' ELSE day END
         WHERE reading = ?1 AND number = ?2"
    );
    for (reading, number) in &apart {
        at.prepare_cached(&sql)?.execute([reading, number])?;
    }
    Ok(apart)
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
    let mut of: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for &(reading, number) in accounts {
        let account = one(at, table, reading, number)?;
        let Some(account) = account else { continue };
        let kin = match of.get(&reading) {
            Some(kin) => kin,
            None => of.entry(reading).or_insert(related(reading)?),
        };
        let mut entries = BTreeSet::from([account.entry.clone()]);
        for other in near(at, table, &account, kin)? {
            let is_itself = other.reading == reading && other.number == number;
            if !is_itself && !entries.contains(&other.entry) && account.is_same(&other) {
                entries.insert(other.entry);
            }
        }
        if entries.len() > 1 {
            unite(at, table, &entries)?;
        }
    }
    Ok(())
}

const COLUMNS: &str = "reading, number, key, day, dated, told, id, entry, what, pairs";

fn one(
    at: &Connection,
    table: Table,
    reading: i64,
    number: i64,
) -> Result<Option<Account>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM {} WHERE reading = ?1 AND number = ?2",
        table.name()
    );
    let mut rows = at.prepare_cached(&sql)?;
    rows.query_map([reading, number], account)?.next().transpose()
}

/// The accounts that one is compared with.
fn near(
    at: &Connection,
    table: Table,
    account: &Account,
    kin: &[i64],
) -> Result<Vec<Account>> {
    let mut near = Vec::new();
    if account.key.is_empty() {
        return Ok(near);
    }
    let days = day::later(&account.day, -1).zip(day::later(&account.day, 1));
    if let Some((first, last)) = days {
        let sql = format!(
            "SELECT {COLUMNS} FROM {} WHERE key = ?1 AND day BETWEEN ?2 AND ?3",
            table.name()
        );
        let mut rows = at.prepare_cached(&sql)?;
        for row in rows.query_map(params![account.key, first, last], self::account)? {
            near.push(row?);
        }
    }
    let sql =
        format!("SELECT {COLUMNS} FROM {} WHERE reading = ?1 AND key = ?2", table.name());
    for reading in kin {
        let mut rows = at.prepare_cached(&sql)?;
        for row in rows.query_map(params![reading, account.key], self::account)? {
            near.push(row?);
        }
    }
    Ok(near)
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
    let sql = format!(
        "UPDATE {name} SET entry = ?2, on_day = ?3
         WHERE entry IN (SELECT value FROM json_each(?1))"
    );
    at.prepare_cached(&sql)?.execute(params![list, head, on_day]).map(drop)
}

fn account(row: &Row<'_>) -> Result<Account> {
    Ok(Account {
        reading: row.get(0)?,
        number: row.get(1)?,
        key: row.get(2)?,
        day: row.get(3)?,
        is_dated: row.get(4)?,
        told: row.get(5)?,
        id: row.get(6)?,
        entry: row.get(7)?,
        what: row.get(8)?,
        pairs: Pairs::from_bytes(row.get_ref(9)?.as_blob().unwrap_or_default()),
    })
}
