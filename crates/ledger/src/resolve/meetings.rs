//! Accounts of one meeting, over all documents.
//!
//! In: days and months whose accounts have changed. Out: the entry of each account.
//! Refuses to know: how a meeting is told; what of it stands is decided when it is asked
//! for, by the accounts that had been published.
//!
//! All accounts of one day are put in order, the fullest first, and each joins the first
//! meeting that nothing in it contradicts: its parties, its place, how it is held, by whom.
//! Accounts that know no day (上月, or none at all) then join the one meeting of their
//! parties in that time that fits, and none where two do. Each day and each month is
//! settled as a whole, so the order of adding does not show.

use super::{counts, day};
use rusqlite::{Connection, OptionalExtension, Result, Row, params};
use std::collections::{BTreeMap, BTreeSet};

/// What is to be settled again.
#[derive(Debug, Default)]
pub(super) struct Touched {
    days: BTreeSet<String>,
    months: BTreeSet<(String, String)>,
}

/// How far from publication a meeting lies that is told of with no date at all.
const NEAR: i64 = 14;

impl Touched {
    /// The day or month of an account has changed.
    pub fn add(&mut self, key: &str, on: &str, month: &str) {
        if on.is_empty() {
            self.months.insert((key.to_owned(), month.to_owned()));
        } else {
            self.days.insert(on.to_owned());
            self.add_around(key, on);
        }
    }

    /// What accounts without a day join depends on the days near them.
    fn add_around(&mut self, key: &str, on: &str) {
        let around = [-NEAR, 0, NEAR].map(|days| day::later(on, days));
        for near in around.into_iter().flatten() {
            self.months.insert((key.to_owned(), day::month(&near).to_owned()));
            self.months.insert((key.to_owned(), near[..4].to_owned()));
        }
    }
}

/// One account, or what the accounts of one meeting know together.
#[derive(Debug, Clone)]
struct Account {
    reading: i64,
    number: i64,
    key: String,
    day: String,
    told: String,
    id: String,
    entry: String,
    format: String,
    level: String,
    place: Option<String>,
    status: String,
    /// The date as the account has it.
    starts: Option<String>,
    /// The persons named, by name form, sorted.
    participants: Vec<String>,
}

/// Stores an account, a meeting of its own for now.
pub(super) fn insert(at: &Connection, row: &Stored<'_>) -> Result<()> {
    at.prepare_cached(
        "INSERT OR REPLACE INTO meeting_joins VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8, ?9)",
    )?
    .execute(params![
        row.reading,
        row.number,
        row.key,
        row.day,
        row.month,
        row.told,
        row.id,
        row.on_day,
        row.status
    ])?;
    counts::mark_month(at, row.on_day)
}

/// An account as it is stored.
pub(super) struct Stored<'a> {
    pub reading: i64,
    pub number: i64,
    /// The parties in order, joined by commas.
    pub key: &'a str,
    /// The day; empty where none is known.
    pub day: &'a str,
    /// The month of the day, the month or year that is known, or that of publication.
    pub month: &'a str,
    pub told: &'a str,
    pub id: &'a str,
    /// The date as the account has it, or `~`.
    pub on_day: &'a str,
    /// Planned, held, cancelled …, as the account has it.
    pub status: &'a str,
}

/// Takes the accounts of a reading out.
pub(super) fn remove(at: &Connection, reading: i64, touched: &mut Touched) -> Result<()> {
    touch(at, reading, touched)?;
    counts::mark_months(at, reading)?;
    at.prepare_cached("DELETE FROM meeting_joins WHERE reading = ?1")?
        .execute([reading])
        .map(drop)
}

/// Notes the days and months of a reading's accounts.
pub(super) fn touch(at: &Connection, reading: i64, touched: &mut Touched) -> Result<()> {
    let mut rows = at
        .prepare_cached("SELECT key, day, month FROM meeting_joins WHERE reading = ?1")?;
    let mut rows = rows.query([reading])?;
    while let Some(row) = rows.next()? {
        let [key, on, month]: [String; 3] = [row.get(0)?, row.get(1)?, row.get(2)?];
        touched.add(&key, &on, &month);
    }
    Ok(())
}

/// Settles what was touched.
pub(super) fn settle(at: &Connection, touched: &Touched) -> Result<()> {
    let mut months = touched.months.clone();
    for on in &touched.days {
        let mut around = Touched::default();
        for (account, entry) in join(of_day(at, on)?, on) {
            around.add_around(&account.key, on);
            name(at, &account, &entry, on)?;
        }
        months.extend(around.months);
    }
    for (key, month) in &months {
        settle_month(at, key, month)?;
    }
    Ok(())
}

/// Accounts with the entry that each belongs to.
fn join(mut accounts: Vec<Account>, on: &str) -> Vec<(Account, String)> {
    in_order(&mut accounts);
    let mut meetings: Vec<(Account, usize)> = Vec::new();
    let mut joined = Vec::with_capacity(accounts.len());
    for account in accounts {
        let is_one = |meeting: &Account| {
            fits(meeting, &account)
                && (on.len() >= 10
                    || shares(meeting, &account)
                    || (meeting.place.is_some() && meeting.place == account.place))
        };
        let found = meetings.iter_mut().find(|(meeting, _)| is_one(meeting));
        let at = match found {
            Some((meeting, at)) => {
                learn(meeting, &account);
                *at
            }
            None => {
                meetings.push((account.clone(), meetings.len()));
                meetings.len() - 1
            }
        };
        joined.push((account, at));
    }
    // A meeting is called by the account that was published first, so that a later one
    // gives it no other name.
    let mut heads: BTreeMap<usize, (String, String)> = BTreeMap::new();
    for (account, at) in &joined {
        let own = (account.told.clone(), account.id.clone());
        let head = heads.entry(*at).or_insert_with(|| own.clone());
        if own < *head {
            *head = own;
        }
    }
    joined.into_iter().map(|(account, at)| (account, heads[&at].1.clone())).collect()
}

/// Puts accounts in order: the fullest first, then the earliest published.
fn in_order(accounts: &mut [Account]) {
    accounts.sort_by(|a, b| {
        let by_knowledge = known(b).cmp(&known(a));
        by_knowledge.then_with(|| a.told.cmp(&b.told)).then_with(|| a.id.cmp(&b.id))
    });
}

/// How much an account knows.
fn known(account: &Account) -> usize {
    usize::from(account.place.is_some())
        + usize::from(account.format != "unknown")
        + usize::from(account.level != "unknown")
        + usize::from(!account.participants.is_empty())
}

/// What a meeting's further account adds where nothing was known.
fn learn(meeting: &mut Account, account: &Account) {
    if meeting.place.is_none() {
        meeting.place.clone_from(&account.place);
    }
    for name in &account.participants {
        if !meeting.participants.contains(name) {
            meeting.participants.push(name.clone());
        }
    }
    for (known, told) in
        [(&mut meeting.format, &account.format), (&mut meeting.level, &account.level)]
    {
        if known == "unknown" {
            known.clone_from(told);
        }
    }
}

/// Whether nothing keeps an account apart from a meeting of its day.
fn fits(meeting: &Account, account: &Account) -> bool {
    let is_elsewhere = matches!((&meeting.place, &account.place), (Some(one), Some(other)) if one != other);
    if is_elsewhere {
        return false;
    }
    let is_many = [meeting, account].iter().any(|one| one.format == "multilateral");
    let parties = meeting.key == account.key
        || (is_part(&meeting.key, &account.key) && is_open_to_more(meeting, account));
    // Of two small meetings with other people each is its own; where place and rank agree,
    // a name more or less is rather a slip of one account.
    let is_alike = meeting.place.is_some()
        && meeting.place == account.place
        && meeting.level == account.level;
    let is_others = !is_many
        && !is_alike
        && !meeting.participants.is_empty()
        && !account.participants.is_empty()
        && !shares(meeting, account);
    parties
        && !is_others
        && is_held_alike(&meeting.format, &account.format)
        && is_level(&meeting.level, &account.level)
}

/// Whether the account with fewer parties tells of a meeting of many, of which it may
/// leave some out; a talk of two beside a meeting of many is another.
fn is_open_to_more(meeting: &Account, account: &Account) -> bool {
    let few = if meeting.key.len() < account.key.len() { meeting } else { account };
    few.format == "multilateral"
}

fn shares(meeting: &Account, account: &Account) -> bool {
    account.participants.iter().any(|name| meeting.participants.contains(name))
}

/// Whether the parties of one are all among those of the other, two at least.
fn is_part(one: &str, other: &str) -> bool {
    let set = |key: &str| key.split(',').map(str::to_owned).collect::<BTreeSet<_>>();
    let (one, other) = (set(one), set(other));
    one.len().min(other.len()) >= 2 && (one.is_subset(&other) || other.is_subset(&one))
}

fn is_held_alike(one: &str, other: &str) -> bool {
    let is_present = |format: &str| matches!(format, "in-person" | "multilateral");
    one == other
        || one == "unknown"
        || other == "unknown"
        || (is_present(one) && is_present(other))
}

fn is_level(one: &str, other: &str) -> bool {
    // Of delegations it is often not said who leads them.
    let is_open = |level: &str| matches!(level, "unknown" | "officials");
    one == other || is_open(one) || is_open(other)
}

/// Gives the accounts of some parties that know no day their place.
fn settle_month(at: &Connection, key: &str, month: &str) -> Result<()> {
    let mut rows = at.prepare_cached(&format!(
        "{SELECT} WHERE j.key = ?1 AND j.month = ?2 AND j.day = ''"
    ))?;
    let vague: Vec<Account> =
        rows.query_map([key, month], account)?.collect::<Result<_>>()?;
    if vague.is_empty() {
        return Ok(());
    }
    let dated = meetings_about(at, key, month)?;
    let mut left = Vec::new();
    for account in vague {
        let mut fitting = dated.iter().filter(|meeting| is_meant(meeting, &account));
        match (fitting.next(), fitting.next()) {
            (Some(meeting), None) => name(at, &account, &meeting.entry, &meeting.day)?,
            _ if account.starts.as_deref() == Some(month) => left.push(account),
            // Named by neither day nor month, it is a meeting of its own.
            _ => name(at, &account, &account.id, "~")?,
        }
    }
    // Two accounts of a month may mean two meetings: they are one only where both name
    // the place, or somebody who was there.
    let (telling, bare): (Vec<_>, Vec<_>) = left
        .into_iter()
        .partition(|account| account.place.is_some() || !account.participants.is_empty());
    for (account, entry) in join(telling, month) {
        name(at, &account, &entry, month)?;
    }
    for account in bare {
        name(at, &account, &account.id, month)?;
    }
    Ok(())
}

/// The meetings of some parties with a day in a month or year, or near a month.
fn meetings_about(at: &Connection, key: &str, month: &str) -> Result<Vec<Account>> {
    let (first, last) = match month.len() {
        7 => (
            day::later(&format!("{month}-01"), -NEAR),
            day::later(&format!("{month}-28"), NEAR + 3),
        ),
        _ => (Some(format!("{month}-01-01")), Some(format!("{month}-12-31"))),
    };
    let Some((first, last)) = first.zip(last) else { return Ok(Vec::new()) };
    let mut rows = at.prepare_cached(&format!(
        "{SELECT} WHERE j.key = ?1 AND j.day BETWEEN ?2 AND ?3"
    ))?;
    let mut accounts: Vec<Account> =
        rows.query_map([key, &first, &last], account)?.collect::<Result<_>>()?;
    in_order(&mut accounts);
    let mut meetings: BTreeMap<String, Account> = BTreeMap::new();
    for account in accounts {
        match meetings.get_mut(&account.entry) {
            Some(meeting) => learn(meeting, &account),
            None => drop(meetings.insert(account.entry.clone(), account)),
        }
    }
    Ok(meetings.into_values().collect())
}

/// Whether a meeting with a day may be the one that an account without a day means.
fn is_meant(meeting: &Account, account: &Account) -> bool {
    if !fits(meeting, account)
        || matches!(account.status.as_str(), "proposed" | "refused")
    {
        return false;
    }
    let is_there = meeting.place.is_some() && meeting.place == account.place;
    // Nearly all talks are held face to face: only calls tell something by that.
    let is_call = matches!(account.format.as_str(), "phone" | "video");
    let is_alike = is_call && meeting.format == account.format;
    let is_evident = is_there || is_alike || shares(meeting, account);
    match account.starts.as_deref() {
        // Of a whole year only the place tells which of its meetings is meant.
        Some(year) if year.len() < 7 => meeting.day.starts_with(year) && is_there,
        Some(month) => meeting.day.starts_with(month) && is_evident,
        None => {
            let Some(days) = day::between(&account.told, &meeting.day) else {
                return false;
            };
            let is_near = match account.status.as_str() {
                "held" => (-NEAR..=0).contains(&days),
                _ => (0..=NEAR).contains(&days),
            };
            let is_ranked = account.level != "unknown" && meeting.level == account.level;
            is_near && is_ranked && is_evident
        }
    }
}

fn of_day(at: &Connection, on: &str) -> Result<Vec<Account>> {
    let mut rows = at.prepare_cached(&format!("{SELECT} WHERE j.day = ?1"))?;
    rows.query_map([on], account)?.collect()
}

fn name(at: &Connection, account: &Account, entry: &str, on: &str) -> Result<()> {
    let place = (account.reading, account.number);
    let before: Option<String> = at
        .prepare_cached(
            "SELECT on_day FROM meeting_joins
             WHERE reading = ?1 AND number = ?2 AND (entry <> ?3 OR on_day <> ?4)",
        )?
        .query_row(params![place.0, place.1, entry, on], |row| row.get(0))
        .optional()?;
    let Some(before) = before else { return Ok(()) };
    counts::mark_month(at, &before)?;
    counts::mark_month(at, on)?;
    at.prepare_cached(
        "UPDATE meeting_joins SET entry = ?3, on_day = ?4
         WHERE reading = ?1 AND number = ?2",
    )?
    .execute(params![place.0, place.1, entry, on])
    .map(drop)
}

const SELECT: &str = "SELECT j.reading, j.number, j.key, j.day, j.told, j.id, j.entry,
       m.format, m.level, m.place, m.status, m.starts_on,
       (SELECT json_group_array(actor) FROM (SELECT DISTINCT e.actor
        FROM meeting_participants p
        JOIN entities e ON e.reading = p.reading AND e.number = p.entity
        WHERE p.reading = j.reading AND p.meeting = j.number
        AND e.known IS NOT NULL ORDER BY e.actor))
     FROM meeting_joins j
     JOIN meetings m ON m.reading = j.reading AND m.number = j.number";

fn participants(row: &Row<'_>) -> Result<Vec<String>> {
    let text: String = row.get(12)?;
    Ok(serde_json::from_str(&text).unwrap_or_default())
}

fn account(row: &Row<'_>) -> Result<Account> {
    Ok(Account {
        reading: row.get(0)?,
        number: row.get(1)?,
        key: row.get(2)?,
        day: row.get(3)?,
        told: row.get(4)?,
        id: row.get(5)?,
        entry: row.get(6)?,
        format: row.get(7)?,
        level: row.get(8)?,
        place: row.get(9)?,
        status: row.get(10)?,
        starts: row.get(11)?,
        participants: participants(row)?,
    })
}
