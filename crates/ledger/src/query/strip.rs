//! How much is told of each month: moves by their act, meetings by their status.
//!
//! In: a filter. Out: counts of entries for each month, oldest first. Refuses to know:
//! the entries themselves.
//!
//! An entry is counted where the account of it that was published first has it: its day,
//! its act or status, its parties, its issue. So nothing that is told later moves it, and
//! as of a day exactly those count that had been told of by then.

use super::Filter;
use crate::{Error, Ledger};
use rusqlite::{ToSql, params_from_iter};
use std::collections::BTreeMap;

/// What is told of one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StripMonth {
    /// The month, `2022-01`; `2022` where only the year is known.
    pub month: String,
    /// How many moves of each act, a PLOVER type.
    pub moves: BTreeMap<String, usize>,
    /// How many meetings of each status: held, planned, cancelled, refused, proposed.
    pub meetings: BTreeMap<String, usize>,
}

impl Ledger {
    /// The months in which something that a filter wants was done or took place; of the
    /// filter `party`, `issue`, `as_of`, `from` and `to` are asked. A meeting is on an
    /// issue where its document tells of a move on it.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn strip(&self, filter: &Filter) -> Result<Vec<StripMonth>, Error> {
        let ask = || {
            let mut months: BTreeMap<String, StripMonth> = BTreeMap::new();
            for (month, act, count) in self.counts("move", "m.act", filter)? {
                let month = months.entry(month.clone()).or_insert_with(|| empty(month));
                *month.moves.entry(act).or_default() += count;
            }
            for (month, status, count) in self.counts("meeting", "m.status", filter)? {
                let month = months.entry(month.clone()).or_insert_with(|| empty(month));
                *month.meetings.entry(status).or_default() += count;
            }
            Ok(months.into_values().collect())
        };
        ask().map_err(|cause| self.error("count by month", cause))
    }

    fn counts(
        &self,
        record: &str,
        code: &str,
        filter: &Filter,
    ) -> rusqlite::Result<Vec<(String, String, usize)>> {
        let mut conditions = String::from("j.id = j.entry AND j.on_day <> '~'");
        let mut values: Vec<&dyn ToSql> = Vec::new();
        let mut and = |condition: &str, value| {
            conditions.push_str(" AND ");
            conditions.push_str(condition);
            values.push(value);
        };
        if let Some(party) = &filter.party {
            let role = if record == "move" { "AND q.role = 'actor'" } else { "" };
            and(
                &format!(
                    "EXISTS (SELECT 1 FROM {record}_parties q WHERE q.reading = m.reading
                     AND q.{record} = m.number {role} AND q.party = ? COLLATE NOCASE)"
                ),
                party,
            );
        }
        if let Some(issue) = &filter.issue {
            and(
                match record {
                    "move" => "m.issue = ? COLLATE NOCASE",
                    _ => {
                        "EXISTS (SELECT 1 FROM moves a WHERE a.reading = m.reading
                         AND a.issue = ? COLLATE NOCASE)"
                    }
                },
                issue,
            );
        }
        if let Some(day) = &filter.as_of {
            and("j.told <> '~' AND j.told <= ? || '~'", day);
        }
        if let Some(from) = &filter.from {
            and("j.on_day || '~' >= ?", from);
        }
        if let Some(to) = &filter.to {
            and("j.on_day <= ? || '~'", to);
        }
        let sql = format!(
            "SELECT substr(j.on_day, 1, 7), {code}, count(DISTINCT j.entry)
             FROM {record}_joins j
             JOIN {record}s m ON m.reading = j.reading AND m.number = j.number
             WHERE {conditions} GROUP BY 1, 2"
        );
        let mut rows = self.connection.prepare_cached(&sql)?;
        rows.query_map(params_from_iter(values), |row| {
            let count: i64 = row.get(2)?;
            Ok((row.get(0)?, row.get(1)?, count.max(0) as usize))
        })?
        .collect()
    }
}

fn empty(month: String) -> StripMonth {
    StripMonth { month, moves: BTreeMap::new(), meetings: BTreeMap::new() }
}
