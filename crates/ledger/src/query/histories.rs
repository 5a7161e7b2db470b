//! Histories as they are kept, so that nothing of them is derived when they are asked for.
//!
//! In: stances that came, went, or are told otherwise now. Out: the steps of each side on
//! each issue as rows. Refuses to know: the words of what tells a step.
//!
//! A side and issue of which something has changed is stale until [`settle`] makes its
//! steps again; lists derive the steps of what is stale themselves.

use super::{
    ACCOUNT, Account, Asked, Filter, Says, account, account_of, list, says, told,
};
use crate::derive::history::{Told, history};
use crate::derive::positions::{Change, RULES};
use crate::{Error, Ledger};
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};
use serde_json::{Value, json};
use std::collections::btree_map::{BTreeMap, Entry};

/// How many of a step's accounts are shown; `origins` counts them all.
const SHOWN: usize = 5;

/// One side on one issue: how it came to where it stands.
pub(super) struct Chain {
    pub party: String,
    pub issue: String,
    /// The number of the step that says where it stands.
    pub stands: usize,
    /// Oldest first; never empty.
    pub steps: Vec<Link>,
}

/// One step as it is kept.
pub(super) struct Link {
    pub date: String,
    pub act: String,
    pub is_conditional: bool,
    pub change: Change,
    pub since: String,
    pub targets: Vec<String>,
    pub origins: usize,
    /// The number of the step that it is compared with.
    pub compared: Option<usize>,
    /// The surest accounts, as a JSON list of [`At`].
    told: String,
    /// What they say, as a JSON list of [`Says`], where it is kept.
    accounts: Option<String>,
}

/// An account of a move: its reading, its number there, the entry that it belongs to, and
/// whom its document has it from.
type At = (i64, i64, String, String);

impl Link {
    /// The id of the move that tells it best, and the surest accounts.
    pub fn accounts(&self, at: &Connection) -> rusqlite::Result<(String, Vec<Account>)> {
        let told: Vec<At> = serde_json::from_str(&self.told).unwrap_or_default();
        let kept: Option<Vec<Says>> =
            self.accounts.as_deref().and_then(|said| serde_json::from_str(said).ok());
        let best = told.first().map(|(_, _, entry, _)| entry.clone()).unwrap_or_default();
        let accounts = match kept {
            Some(kept) => {
                let both = kept.into_iter().zip(told);
                both.map(|(says, (.., origin))| account_of(says, origin)).collect()
            }
            None => told
                .iter()
                .map(|(reading, number, ..)| move_account(at, (*reading, *number)))
                .collect::<rusqlite::Result<_>>()?,
        };
        Ok((best, accounts))
    }
}

/// The account of a move by its reading and its number there.
pub(super) fn move_account(
    at: &Connection,
    (reading, number): (i64, i64),
) -> rusqlite::Result<Account> {
    let sql = format!(
        "SELECT {ACCOUNT} FROM current c JOIN evidence w ON w.reading = c.reading
         AND w.record = 'move' AND w.number = ?2 AND w.part = 'whole' AND w.place = 0
         WHERE c.reading = ?1"
    );
    at.prepare_cached(&sql)?.query_row((reading, number), account)
}

/// What accounts say, as JSON, by their reading and number: a reading never changes, so
/// what was fetched for the steps before holds for those that take their place.
type Sayings = BTreeMap<(i64, i64), Value>;

fn sayings(at: &Connection, party: &str, issue: &str) -> rusqlite::Result<Sayings> {
    let mut rows = at.prepare_cached(
        "SELECT told, accounts FROM steps WHERE party = ?1 AND issue = ?2",
    )?;
    let mut rows = rows.query([party, issue])?;
    let mut sayings = Sayings::new();
    while let Some(row) = rows.next()? {
        let (told, said): (String, String) = (row.get(0)?, row.get(1)?);
        let told: Vec<At> = serde_json::from_str(&told).unwrap_or_default();
        let said: Vec<Value> = serde_json::from_str(&said).unwrap_or_default();
        sayings.extend(
            told.into_iter()
                .zip(said)
                .map(|((reading, number, ..), said)| ((reading, number), said)),
        );
    }
    Ok(sayings)
}

/// What the accounts of a step say, from what is known or else fetched.
fn said(at: &Connection, step: &Link, known: &mut Sayings) -> rusqlite::Result<String> {
    let told: Vec<At> = serde_json::from_str(&step.told).unwrap_or_default();
    let mut said = Vec::with_capacity(told.len());
    for (reading, number, ..) in told {
        let says = match known.entry((reading, number)) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => {
                unknown.insert(says(&move_account(at, (reading, number))?))
            }
        };
        said.push(says.clone());
    }
    Ok(Value::Array(said).to_string())
}

impl Ledger {
    /// Makes the histories again of which something has changed. What appends documents
    /// should do so when it is done; until then questions about those sides and issues
    /// take longer, and answer the same.
    ///
    /// # Errors
    /// If nothing could be stored.
    pub fn keep_histories(&mut self) -> Result<(), Error> {
        let path = self.path.clone();
        let fail = |cause| Error::of(&path, "keep histories", cause);
        let transaction = self.connection.transaction().map_err(fail)?;
        settle(&transaction).map_err(fail)?;
        transaction.commit().map_err(fail)
    }
}

/// Notes that the sides and issues of a reading are to be derived again, and whom its
/// document has it from now.
pub(crate) fn mark(at: &Connection, reading: i64) -> rusqlite::Result<()> {
    at.prepare_cached(
        "UPDATE stances SET origin = o.origin FROM origins o
         WHERE stances.reading = ?1 AND o.reading = ?1",
    )?
    .execute([reading])?;
    at.prepare_cached(
        "INSERT OR IGNORE INTO stale
         SELECT party, issue FROM stances WHERE reading = ?1 AND issue <> ''",
    )?
    .execute([reading])
    .map(drop)
}

/// Notes the same of one move that comes to belong to an entry.
pub(crate) fn mark_move(
    at: &Connection,
    reading: i64,
    number: i64,
    entry: &str,
) -> rusqlite::Result<()> {
    at.prepare_cached(
        "UPDATE stances SET entry = ?3 WHERE reading = ?1 AND number = ?2",
    )?
    .execute((reading, number, entry))?;
    at.prepare_cached(
        "INSERT OR IGNORE INTO stale
         SELECT party, issue FROM stances
         WHERE reading = ?1 AND number = ?2 AND issue <> ''",
    )?
    .execute([reading, number])
    .map(drop)
}

/// Derives again what is stale, and counts again what is.
pub(crate) fn settle(at: &Connection) -> rusqlite::Result<()> {
    let stale: Vec<(String, String)> = at
        .prepare_cached("SELECT party, issue FROM stale")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (party, issue) in &stale {
        let known = sayings(at, party, issue)?;
        for table in ["steps", "standings", "stale"] {
            at.prepare_cached(&format!(
                "DELETE FROM {table} WHERE party = ?1 AND issue = ?2"
            ))?
            .execute([party, issue])?;
        }
        write(at, party, issue, known)?;
    }
    super::strip::settle(at)
}

/// Derives all histories again from nothing, and counts all meetings again.
pub(crate) fn again(at: &Connection) -> rusqlite::Result<()> {
    for table in ["steps", "standings", "stale", "meeting_counts"] {
        at.execute(&format!("DELETE FROM {table}"), [])?;
    }
    at.execute(
        "UPDATE stances SET (id, entry) = (SELECT j.id, j.entry FROM move_joins j
           WHERE j.reading = stances.reading AND j.number = stances.number),
         origin = (SELECT o.origin FROM origins o WHERE o.reading = stances.reading)",
        [],
    )?;
    at.execute(
        "INSERT INTO stale SELECT DISTINCT party, issue FROM stances WHERE issue <> ''",
        [],
    )?;
    settle(at)
}

fn write(
    at: &Connection,
    party: &str,
    issue: &str,
    mut known: Sayings,
) -> rusqlite::Result<()> {
    let Some(chain) = derived(at, party, issue)? else { return Ok(()) };
    at.prepare_cached("INSERT INTO standings VALUES (?1, ?2, ?3)")?.execute(params![
        party,
        issue,
        chain.stands as i64
    ])?;
    let mut insert = at.prepare_cached(
        "INSERT INTO steps VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,
           ?13)",
    )?;
    for (number, step) in (0i64..).zip(&chain.steps) {
        insert.execute(params![
            party,
            issue,
            number,
            step.date,
            step.act,
            step.is_conditional,
            step.change.code(),
            step.since,
            json!(step.targets).to_string(),
            step.origins as i64,
            step.told,
            step.compared.map(|at| at as i64),
            said(at, step, &mut known)?
        ])?;
    }
    Ok(())
}

/// Shows the chains that a filter wants, by party and issue, until `see` wants no more.
/// Those of which all that is known counts are kept; others are derived.
pub(super) fn each(
    at: &Connection,
    filter: &Filter,
    mut see: impl FnMut(Chain) -> rusqlite::Result<bool>,
) -> rusqlite::Result<()> {
    let Filter { as_of, outlet, toward, to, min_confidence, .. } = filter;
    if [as_of, outlet, toward, to].iter().any(|part| part.is_some())
        || min_confidence.is_some()
    {
        return each_derived(at, &asked(filter), see);
    }
    let mut asked = Asked::new(&Filter::default());
    for (column, value) in [("party", &filter.party), ("issue", &filter.issue)] {
        if let Some(value) = value {
            asked.and(&format!("{column} = ?"), [value]);
        }
    }
    let only = asked.conditions();
    let sql = format!(
        "SELECT party, issue FROM standings WHERE {only}
         UNION SELECT party, issue FROM stale WHERE {only} ORDER BY party, issue"
    );
    let mut rows = at.prepare_cached(&sql)?;
    let values = asked.values().chain(asked.values());
    let mut rows = rows.query(params_from_iter(values))?;
    let mut stale =
        at.prepare_cached("SELECT 1 FROM stale WHERE party = ?1 AND issue = ?2")?;
    while let Some(row) = rows.next()? {
        let (party, issue): (String, String) = (row.get(0)?, row.get(1)?);
        let chain = match stale.exists([&party, &issue])? {
            true => derived(at, &party, &issue)?,
            false => kept(at, party, issue)?,
        };
        if let Some(chain) = chain
            && !see(chain)?
        {
            break;
        }
    }
    Ok(())
}

fn each_derived(
    at: &Connection,
    asked: &Asked,
    mut see: impl FnMut(Chain) -> rusqlite::Result<bool>,
) -> rusqlite::Result<()> {
    let mut rows = at.prepare_cached(&sql(asked))?;
    let mut rows = rows.query(params_from_iter(asked.values()))?;
    let mut group: Vec<Found> = Vec::new();
    // Rows come by party and issue, so that no more is read than is wanted.
    while let Some(row) = rows.next()? {
        let next = found(row)?;
        let is_other = group.first().is_some_and(|first| {
            (&first.party, &first.issue) != (&next.party, &next.issue)
        });
        if is_other
            && let Some(chain) = derive(std::mem::take(&mut group))
            && !see(chain)?
        {
            return Ok(());
        }
        group.push(next);
    }
    match derive(group) {
        Some(chain) => see(chain).map(drop),
        None => Ok(()),
    }
}

fn kept(
    at: &Connection,
    party: String,
    issue: String,
) -> rusqlite::Result<Option<Chain>> {
    let stands: Option<i64> = at
        .prepare_cached("SELECT stands FROM standings WHERE party = ?1 AND issue = ?2")?
        .query_row([&party, &issue], |row| row.get(0))
        .optional()?;
    let Some(stands) = stands else { return Ok(None) };
    let mut rows = at.prepare_cached(
        "SELECT date, act, is_conditional, change, since, targets, origins, compared, told,
           accounts
         FROM steps WHERE party = ?1 AND issue = ?2 ORDER BY number",
    )?;
    let steps = rows
        .query_map([&party, &issue], link)?
        .collect::<rusqlite::Result<Vec<Link>>>()?;
    Ok(Some(Chain { party, issue, stands: stands.max(0) as usize, steps }))
}

fn link(row: &Row<'_>) -> rusqlite::Result<Link> {
    let change: String = row.get(3)?;
    let compared: Option<i64> = row.get(7)?;
    Ok(Link {
        date: row.get(0)?,
        act: row.get(1)?,
        is_conditional: row.get(2)?,
        change: Change::from_code(&change).unwrap_or(Change::New),
        since: row.get(4)?,
        targets: list(row, 5)?,
        origins: row.get::<_, i64>(6)?.max(0) as usize,
        compared: compared.map(|at| at.max(0) as usize),
        told: row.get(8)?,
        accounts: Some(row.get(9)?),
    })
}

/// What is told of one act, and where its evidence is.
struct Found {
    party: String,
    issue: String,
    told: Told,
    place: (i64, i64),
}

fn derived(at: &Connection, party: &str, issue: &str) -> rusqlite::Result<Option<Chain>> {
    let (party, issue) = (Some(party.to_owned()), Some(issue.to_owned()));
    let asked = asked(&Filter { party, issue, ..Filter::default() });
    let mut rows = at.prepare_cached(&sql(&asked))?;
    let found = rows.query_map(params_from_iter(asked.values()), found)?;
    Ok(derive(found.collect::<rusqlite::Result<_>>()?))
}

fn derive(found: Vec<Found>) -> Option<Chain> {
    let (mut told, mut places) = (Vec::new(), Vec::new());
    let first = found.first()?;
    let (party, issue) = (first.party.clone(), first.issue.clone());
    for one in found {
        told.push(one.told);
        places.push(one.place);
    }
    let history = history(&RULES, &told)?;
    let link = |step: crate::derive::history::Step| {
        let accounts = step.told.iter().take(SHOWN);
        let accounts: Value = accounts
            .map(|at| {
                json!([places[*at].0, places[*at].1, told[*at].id, told[*at].origin])
            })
            .collect();
        Link {
            date: step.date,
            act: step.act,
            is_conditional: step.is_conditional,
            change: step.change,
            since: step.since,
            targets: step.targets,
            origins: step.origins,
            compared: step.compared,
            told: accounts.to_string(),
            accounts: None,
        }
    };
    let steps = history.steps.into_iter().map(link).collect();
    Some(Chain { party, issue, stands: history.standing, steps })
}

fn asked(filter: &Filter) -> Asked {
    let mut asked = told::asked(filter);
    // What another side tells of it is no step.
    asked.and("q.issue <> '' AND q.is_own", []);
    if let Some(to) = &filter.to {
        asked.and("q.on_day <= ? || '~'", [to]);
    }
    asked
}

fn sql(asked: &Asked) -> String {
    format!(
        "SELECT q.party, q.issue, q.reading, q.number, {} FROM stances q WHERE {}
         ORDER BY q.party, q.issue, at, q.id",
        told::COLUMNS,
        asked.conditions()
    )
}

fn found(row: &Row<'_>) -> rusqlite::Result<Found> {
    Ok(Found {
        party: row.get(0)?,
        issue: row.get(1)?,
        place: (row.get(2)?, row.get(3)?),
        told: told::told(row, 4)?,
    })
}
