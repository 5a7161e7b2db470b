//! How much is told of each month: moves by their act, meetings by their status.
//!
//! In: a filter. Out: counts of entries for each month, oldest first. Refuses to know:
//! the entries themselves.
//!
//! A move is counted where the account of it that was published first has it: its day, its
//! act, its parties, its issue. A meeting has the status that lists give it, the parties of
//! all its accounts, and the issues of all moves that their documents tell of. The counts
//! of all that is known are kept; as of a day they are made when they are asked for.

use super::{Filter, list};
use crate::{Error, Ledger};
use rusqlite::{Connection, Row, ToSql, params, params_from_iter};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// What is told of one month.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StripMonth {
    /// The month, `2022-01`; `2022` where only the year is known.
    pub month: String,
    /// How many moves of each act, a PLOVER type.
    pub moves: BTreeMap<String, usize>,
    /// How many meetings of each status: held, planned, cancelled, refused, proposed.
    pub meetings: BTreeMap<String, usize>,
}

/// A month, an act or status, and how many entries there are of it.
type Count = (String, String, usize);

impl Ledger {
    /// The months in which something that a filter wants was done or took place; of the
    /// filter `party`, `issue`, `as_of`, `from` and `to` are asked.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn strip(&self, filter: &Filter) -> Result<Vec<StripMonth>, Error> {
        let at = &self.connection;
        let is_whole = filter.from.is_none() && filter.to.is_none();
        let is_kept = is_whole && filter.as_of.is_none();
        let ask = || {
            let mut months: BTreeMap<String, StripMonth> = BTreeMap::new();
            let moves = match is_whole {
                true => moves(at, filter)?,
                false => moves_then(at, filter, None)?,
            };
            for (month, act, count) in moves {
                *of(&mut months, month).moves.entry(act).or_default() += count;
            }
            let meetings =
                if is_kept { meetings(at, filter)? } else { meetings_then(at, filter)? };
            for (month, status, count) in meetings {
                *of(&mut months, month).meetings.entry(status).or_default() += count;
            }
            Ok(months.into_values().collect())
        };
        ask().map_err(|cause| self.error("count by month", cause))
    }
}

fn of(months: &mut BTreeMap<String, StripMonth>, month: String) -> &mut StripMonth {
    let empty = || StripMonth { month: month.clone(), ..StripMonth::default() };
    months.entry(month.clone()).or_insert_with(empty)
}

fn wanted(part: &Option<String>) -> &str {
    part.as_deref().unwrap_or("")
}

/// Moves as they are kept; those of the month that a day is in are counted.
fn moves(at: &Connection, filter: &Filter) -> rusqlite::Result<Vec<Count>> {
    let day = filter.as_of.as_deref();
    let month = day.and_then(|day| Some((day.get(..7)?, day.len() > 7)));
    let last = match (day, month) {
        (Some(_), Some((month, true))) => month.to_owned(),
        (Some(day), _) => format!("{day}~"),
        (None, _) => "~~".to_owned(),
    };
    let mut counts: Vec<Count> = at
        .prepare_cached(
            "SELECT month, act, sum(count) AS all_told FROM move_counts
             WHERE party = ?1 AND issue = ?2 AND told < ?3
             GROUP BY month, act HAVING all_told > 0",
        )?
        .query_map([wanted(&filter.party), wanted(&filter.issue), last.as_str()], count)?
        .collect::<rusqlite::Result<_>>()?;
    if let Some((month, true)) = month {
        counts.extend(moves_then(at, filter, Some(month))?);
    }
    Ok(counts)
}

/// Moves as far as they had been told of by a day, or between two days; where a month is
/// given, those told of since it began.
fn moves_then(
    at: &Connection,
    filter: &Filter,
    since: Option<&str>,
) -> rusqlite::Result<Vec<Count>> {
    let mut conditions = String::from("j.id = j.entry AND j.on_day <> '~'");
    let mut values: Vec<&dyn ToSql> = Vec::new();
    let all = [
        (
            "EXISTS (SELECT 1 FROM move_parties q WHERE q.reading = m.reading
             AND q.move = m.number AND q.role = 'actor' AND q.party = ? COLLATE NOCASE)",
            &filter.party,
        ),
        ("m.issue = ? COLLATE NOCASE", &filter.issue),
        ("j.told <> '~' AND j.told <= ? || '~'", &filter.as_of),
        ("j.on_day || '~' >= ?", &filter.from),
        ("j.on_day <= ? || '~'", &filter.to),
    ];
    for (condition, value) in all {
        if let Some(value) = value {
            conditions.push_str(" AND ");
            conditions.push_str(condition);
            values.push(value);
        }
    }
    let index = match &since {
        Some(since) => {
            conditions.push_str(" AND j.told >= ?");
            values.push(since);
            "INDEXED BY move_joins_told"
        }
        None => "",
    };
    let sql = format!(
        "SELECT substr(j.on_day, 1, 7), m.act, count(DISTINCT j.entry)
         FROM move_joins j {index}
         CROSS JOIN moves m ON m.reading = j.reading AND m.number = j.number
         WHERE {conditions} GROUP BY 1, 2"
    );
    at.prepare_cached(&sql)?.query_map(params_from_iter(values), count)?.collect()
}

fn count(row: &Row<'_>) -> rusqlite::Result<Count> {
    Ok((row.get(0)?, row.get(1)?, row.get::<_, i64>(2)?.max(0) as usize))
}

fn meetings(at: &Connection, filter: &Filter) -> rusqlite::Result<Vec<Count>> {
    let mut counts: Vec<Count> = at
        .prepare_cached(
            "SELECT month, status, count FROM meeting_counts
             WHERE party = ?1 AND issue = ?2
               AND NOT EXISTS (SELECT 1 FROM stale_months s
                               WHERE s.month = meeting_counts.month)",
        )?
        .query_map([wanted(&filter.party), wanted(&filter.issue)], count)?
        .collect::<rusqlite::Result<_>>()?;
    for month in stale(at)? {
        let only = Filter {
            from: Some(month.clone()),
            to: Some(month.clone()),
            ..filter.clone()
        };
        let found = meetings_then(at, &only)?.into_iter();
        counts.extend(found.filter(|(of, ..)| *of == month));
    }
    Ok(counts)
}

fn meetings_then(at: &Connection, filter: &Filter) -> rusqlite::Result<Vec<Count>> {
    let is_it = |wanted: &Option<String>, among: &BTreeSet<String>| {
        let wanted = wanted.as_ref();
        wanted
            .is_none_or(|wanted| among.iter().any(|one| one.eq_ignore_ascii_case(wanted)))
    };
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    let wants = (filter.party.is_some(), filter.issue.is_some());
    each_meeting(at, filter, wants, |meeting| {
        if is_it(&filter.party, &meeting.parties) && is_it(&filter.issue, &meeting.issues)
        {
            *counts.entry((meeting.month, meeting.status.code)).or_default() += 1;
        }
    })?;
    Ok(counts
        .into_iter()
        .map(|((month, status), count)| (month, status, count))
        .collect())
}

/// What counts of one meeting.
struct Meeting {
    entry: String,
    month: String,
    parties: BTreeSet<String>,
    issues: BTreeSet<String>,
    status: Status,
}

/// What stands of a meeting.
struct Status {
    code: String,
    /// The day of the account that says so; `~` where it is unknown.
    told: String,
    /// How sure the reader was of that account.
    confidence: f64,
    reading: i64,
}

/// Shows the meetings of a filter's days, as far as they had been told of; `wants` says
/// whether with their parties, and whether with their issues.
fn each_meeting(
    at: &Connection,
    filter: &Filter,
    wants: (bool, bool),
    mut see: impl FnMut(Meeting),
) -> rusqlite::Result<()> {
    let mut rows = at.prepare_cached(
        "SELECT j.entry, substr(j.on_day, 1, 7), m.status, j.told, m.confidence, j.reading,
           CASE WHEN ?5 THEN (SELECT json_group_array(party) FROM meeting_parties q
            WHERE q.reading = j.reading AND q.meeting = j.number) ELSE '[]' END,
           CASE WHEN ?6 THEN (SELECT json_group_array(DISTINCT issue) FROM moves q
            WHERE q.reading = j.reading AND q.issue IS NOT NULL) ELSE '[]' END
         FROM meeting_joins j
         JOIN meetings m ON m.reading = j.reading AND m.number = j.number
         WHERE j.on_day >= ?4 AND j.on_day < ?2 AND j.on_day || '~' >= ?1
           AND (?3 = '~' OR (j.told <> '~' AND j.told <= ?3 || '~'))
         ORDER BY j.on_day, j.entry, j.told, j.id",
    )?;
    let from = wanted(&filter.from);
    let to = format!("{}~", wanted(&filter.to));
    let as_of = filter.as_of.as_deref().unwrap_or("~");
    // Of the first year or month, what is known to no more than that.
    let least = from.get(..4).filter(|_| from.len() > 7).unwrap_or(from);
    let (parties, issues) = wants;
    let mut rows = rows.query(params![from, to, as_of, least, parties, issues])?;
    let mut open: Option<Meeting> = None;
    while let Some(row) = rows.next()? {
        let account = meeting(row)?;
        match &mut open {
            Some(meeting) if meeting.entry == account.entry => {
                meeting.learn(at, account)?;
            }
            _ => open.replace(account).into_iter().for_each(&mut see),
        }
    }
    open.into_iter().for_each(see);
    Ok(())
}

fn meeting(row: &Row<'_>) -> rusqlite::Result<Meeting> {
    Ok(Meeting {
        entry: row.get(0)?,
        month: row.get(1)?,
        parties: list(row, 6)?.into_iter().collect(),
        issues: list(row, 7)?.into_iter().collect(),
        status: Status {
            code: row.get(2)?,
            told: row.get(3)?,
            confidence: row.get(4)?,
            reading: row.get(5)?,
        },
    })
}

impl Meeting {
    /// Adds what a further account tells: a meeting that any has as held was held, else
    /// what was published last stands.
    fn learn(&mut self, at: &Connection, account: Meeting) -> rusqlite::Result<()> {
        self.parties.extend(account.parties);
        self.issues.extend(account.issues);
        let (was, is) = (&self.status, &account.status);
        if was.code != "held" && (is.code == "held" || is.stands_after(was, at)?) {
            self.status = account.status;
        }
        Ok(())
    }
}

impl Status {
    /// Whether it was published after another, or then too and no less surely.
    fn stands_after(&self, other: &Status, at: &Connection) -> rusqlite::Result<bool> {
        let by_day = self.told.cmp(&other.told);
        let is_known = self.told != "~" && other.told != "~";
        let order = match by_day {
            Ordering::Less | Ordering::Greater if is_known => by_day,
            _ => published(at, self.reading)?.cmp(&published(at, other.reading)?),
        };
        Ok(order.then(self.confidence.total_cmp(&other.confidence)).is_ge())
    }
}

/// When a reading's document was published, to the minute where that is known.
fn published(at: &Connection, reading: i64) -> rusqlite::Result<Option<String>> {
    at.prepare_cached("SELECT published_on FROM articles WHERE reading = ?1")?
        .query_row([reading], |row| row.get(0))
}

fn stale(at: &Connection) -> rusqlite::Result<Vec<String>> {
    at.prepare_cached("SELECT month FROM stale_months")?
        .query_map([], |row| row.get(0))?
        .collect()
}

/// Counts the meetings of the months again in which one has changed.
pub(super) fn settle(at: &Connection) -> rusqlite::Result<()> {
    for month in stale(at)? {
        let mut counts: BTreeMap<[String; 3], i64> = BTreeMap::new();
        let only = Filter {
            from: Some(month.clone()),
            to: Some(month.clone()),
            ..Filter::default()
        };
        each_meeting(at, &only, (true, true), |meeting| {
            if meeting.month != month {
                return;
            }
            let all = BTreeSet::from([String::new()]);
            for party in meeting.parties.union(&all) {
                for issue in meeting.issues.union(&all) {
                    let status = meeting.status.code.clone();
                    *counts.entry([party.clone(), issue.clone(), status]).or_default() +=
                        1;
                }
            }
        })?;
        at.prepare_cached("DELETE FROM meeting_counts WHERE month = ?1")?
            .execute([&month])?;
        let mut insert =
            at.prepare_cached("INSERT INTO meeting_counts VALUES (?1, ?2, ?3, ?4, ?5)")?;
        for ([party, issue, status], count) in counts {
            insert.execute(params![month, party, issue, status, count])?;
        }
    }
    at.execute("DELETE FROM stale_months", []).map(drop)
}
