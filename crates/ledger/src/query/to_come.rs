//! Meetings to come, and what became of each.
//!
//! In: a filter. Out: lines of meetings that some account has as planned. Refuses to know:
//! what else is open.

use super::open::is_between;
use super::{Account, Asked, Filter, MeetingLine, OpenLine, RARE, is_rare};
use crate::derive::open::{OpenKind, OpenStatus};
use crate::derive::planned::{self, Talk};
use crate::resolve::day;
use crate::{Error, Ledger};
use rusqlite::{ToSql, params_from_iter};

/// So many meetings about the day of a plan are asked whether they close it, those that were
/// held and those that were called off.
const FIRST: usize = 16;

/// How far meetings to come are looked for.
pub(super) struct Reach<'a> {
    /// At most so many plans, the first of them.
    pub most: Option<usize>,
    /// None behind this day.
    pub last: Option<&'a String>,
}

/// A meeting that some account has as planned.
pub(super) struct Plan {
    /// Its line, which does not tell yet what closed it.
    pub line: OpenLine,
    /// What is told of it; none where its own accounts tell the end.
    talk: Option<Talk>,
}

impl Ledger {
    /// The meetings that some account has as planned, and until which day none is left out,
    /// if some are.
    pub(super) fn plans(
        &self,
        filter: &Filter,
        as_of: &Option<String>,
        reach: &Reach<'_>,
    ) -> Result<(Vec<Plan>, Option<String>), Error> {
        let (only, until) = self
            .entries_to_come(filter, reach)
            .map_err(|cause| self.error("find meetings to come", cause))?;
        let lines = self.meetings(&these(filter, only))?;
        let talks: Vec<Talk> = lines.iter().map(talk).collect();
        let plan = |numbers: Vec<usize>| Plan {
            line: planned_line(&lines, &numbers, as_of),
            talk: Some(talks[numbers[0]].clone()),
        };
        let mut plans: Vec<Plan> =
            planned::planned(&talks).into_iter().map(plan).collect();
        // One meeting of which some accounts were plans, and a later one tells the end.
        let met = lines.iter().filter_map(|meeting| met(meeting, as_of));
        plans.extend(met.map(|line| Plan { line, talk: None }));
        plans.retain(|plan| is_between(plan.line.day(), filter));
        Ok((plans, until))
    }

    /// The line of a planned meeting with what became of it.
    pub(super) fn closed(&self, filter: &Filter, plan: Plan) -> Result<OpenLine, Error> {
        let Plan { mut line, talk: Some(plan) } = plan else { return Ok(plan.line) };
        let ends = self
            .entries_near(filter, &plan)
            .map_err(|cause| self.error("find what became of a meeting", cause))?;
        if ends.is_empty() {
            return Ok(line);
        }
        let ends = self.meetings(&these(filter, ends))?;
        let told: Vec<Talk> = ends.iter().map(talk).collect();
        if let Some((status, at)) = planned::closing(&plan, &told) {
            line.status = status;
            line.closed_by = ends[at].accounts.first().cloned();
        }
        Ok(line)
    }

    /// The entries that some account has as held or called off, of the same parties and
    /// perhaps more, about the day of a plan.
    fn entries_near(
        &self,
        filter: &Filter,
        plan: &Talk,
    ) -> rusqlite::Result<Vec<String>> {
        let Some(start) = plan.start.as_deref() else { return Ok(Vec::new()) };
        let start = start.get(..10).unwrap_or(start);
        let around = |days| day::later(start, days).unwrap_or_else(|| start.to_owned());
        let mut ranges = vec![(around(-1), format!("{}~", around(1)))];
        // Of some meetings no more than the month is known.
        if let Some(month) = start.get(..7).filter(|month| month.len() < start.len()) {
            ranges.push((month.to_owned(), month.to_owned()));
        }
        // The index holds all that is asked, but for what was told by a day.
        let told = match filter.as_of {
            Some(_) => "AND j.told <> '~' AND j.told <= ?3 || '~'",
            None => "AND ?3 = ''",
        };
        let sql = format!(
            "SELECT j.entry, j.status, j.key FROM meeting_joins j INDEXED BY meeting_joins_day
             WHERE j.on_day BETWEEN ?1 AND ?2 AND j.on_day || '~' > ?4
               AND j.status IN ('held', 'cancelled', 'refused') {told}
             ORDER BY j.on_day, j.entry"
        );
        // What was over before the plan was told does not close it.
        let told_on = plan.published.as_deref().unwrap_or_default();
        let told_on = told_on.get(..10).unwrap_or(told_on);
        // Of which outlet an account is shows only when it is fetched.
        let most = if filter.outlet.is_some() { usize::MAX } else { FIRST };
        let mut rows = self.connection.prepare_cached(&sql)?;
        let mut entries: Vec<String> = Vec::new();
        let mut counts = [0; 2];
        for (from, to) in ranges {
            let as_of = filter.as_of.as_deref().unwrap_or_default();
            let mut rows = rows.query([&from, &to, as_of, told_on])?;
            while let Some(row) = rows.next()? {
                let key = row.get_ref(2)?.as_str()?;
                let is_held = row.get_ref(1)?.as_str()? == "held";
                // An account of an older form has no key.
                let is_of = |party: &String| {
                    key.is_empty() || key.split(',').any(|one| one == party)
                };
                if counts[usize::from(is_held)] == most || !plan.parties.iter().all(is_of)
                {
                    continue;
                }
                let entry: String = row.get(0)?;
                if entries.last() != Some(&entry) {
                    counts[usize::from(is_held)] += 1;
                    entries.push(entry);
                }
                if counts[1] == most {
                    return Ok(entries);
                }
            }
        }
        Ok(entries)
    }

    /// The entries that some account has as planned, the first of them, and until which day
    /// none is left out, if some are.
    fn entries_to_come(
        &self,
        filter: &Filter,
        reach: &Reach<'_>,
    ) -> rusqlite::Result<(Vec<String>, Option<String>)> {
        let mut asked = Asked::new(&Filter { limit: reach.most, ..Filter::default() });
        let mut tables = "meeting_joins j INDEXED BY meeting_joins_plans".to_owned();
        let mut rare = None;
        let parties = [&filter.party, &filter.toward].into_iter().flatten();
        for party in parties.clone() {
            let of = "meeting_parties INDEXED BY meeting_parties_party
                      WHERE party = ? COLLATE NOCASE";
            if is_rare(&self.connection, of, party, RARE)? {
                rare = Some(party);
                tables = format!(
                    "(SELECT DISTINCT reading, meeting FROM {of}) r CROSS JOIN
                     meeting_joins j ON j.reading = r.reading AND j.number = r.meeting"
                );
                break;
            }
        }
        asked.and("j.status = 'planned' AND j.on_day <> '~'", []);
        if let Some(day) = &filter.as_of {
            asked.and("j.told <> '~' AND j.told <= ? || '~'", [day]);
        }
        for party in parties {
            asked.and(
                "EXISTS (SELECT 1 FROM meeting_parties q WHERE q.reading = j.reading \
                 AND q.meeting = j.number AND q.party = ? COLLATE NOCASE)",
                [party],
            );
        }
        if filter.as_of.is_none() {
            if let Some(from) = &filter.from {
                asked.and("j.on_day || '~' >= ?", [from]);
            }
            for last in filter.to.iter().chain(reach.last) {
                asked.and("j.on_day <= ? || '~'", [last]);
            }
        }
        let sql = format!(
            "SELECT j.entry, j.on_day FROM {tables} WHERE {}
             GROUP BY j.on_day, j.entry ORDER BY j.on_day, j.entry LIMIT {}",
            asked.conditions(),
            asked.limit
        );
        let values = rare.into_iter().map(|party| party as &dyn ToSql);
        let values = values.chain(asked.values());
        let mut rows = self.connection.prepare_cached(&sql)?;
        let plans = rows
            .query_map(params_from_iter(values), |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<Vec<(String, String)>>>()?;
        let is_cut = reach.most.is_some_and(|most| plans.len() >= most);
        let until = plans.last().filter(|_| is_cut).map(|(_, day)| day.clone());
        Ok((plans.into_iter().map(|(entry, _)| entry).collect(), until))
    }
}

/// The filter that fetches entries by their ids, whatever their days.
fn these(filter: &Filter, only: Vec<String>) -> Filter {
    Filter {
        from: None,
        to: None,
        limit: None,
        issue: None,
        only: Some(only),
        ..filter.clone()
    }
}

/// The line of accounts that plan one meeting, the surest first.
fn planned_line(
    lines: &[MeetingLine],
    numbers: &[usize],
    as_of: &Option<String>,
) -> OpenLine {
    let plan = &lines[numbers[0]];
    let mut parties = plan.parties.iter().cloned();
    let accounts: Vec<Account> =
        numbers.iter().flat_map(|at| lines[*at].accounts.clone()).collect();
    let since = accounts.iter().filter_map(|one| one.published.as_deref()).min();
    let has_passed = plan.start.as_deref().zip(as_of.as_deref());
    let has_passed =
        has_passed.is_some_and(|(due, day)| format!("{due}~").as_str() < day);
    OpenLine {
        kind: OpenKind::Meeting,
        party: parties.next().unwrap_or_default(),
        toward: parties.collect(),
        issue: None,
        due: plan.start.clone(),
        condition: None,
        status: if has_passed { OpenStatus::Lapsed } else { OpenStatus::Open },
        as_of: as_of.clone(),
        since: since.map(|day| day.get(..10).unwrap_or(day).to_owned()),
        accounts,
        closed_by: None,
    }
}

/// A meeting that was planned by one account, and held or called off by another.
fn met(meeting: &MeetingLine, as_of: &Option<String>) -> Option<OpenLine> {
    let status = match meeting.status.as_str() {
        "held" => OpenStatus::Met,
        "cancelled" | "refused" => OpenStatus::Lapsed,
        _ => return None,
    };
    let has_planned = |account: &&Account| {
        let said = meeting.said.iter().filter(|said| said.document == account.document);
        let mut otherwise = said.flat_map(|said| &said.otherwise);
        otherwise.any(|(key, value)| *key == "status" && value == "planned")
    };
    let plan = meeting.accounts.iter().find(has_planned)?;
    let end = meeting.accounts.iter().find(|account| !has_planned(account));
    let mut parties = meeting.parties.iter().cloned();
    let since = plan.published.as_deref();
    Some(OpenLine {
        kind: OpenKind::Meeting,
        party: parties.next().unwrap_or_default(),
        toward: parties.collect(),
        issue: None,
        due: meeting.start.clone(),
        condition: None,
        status,
        as_of: as_of.clone(),
        since: since.map(|day| day.get(..10).unwrap_or(day).to_owned()),
        accounts: meeting.accounts.iter().filter(has_planned).cloned().collect(),
        closed_by: end.cloned(),
    })
}

fn talk(line: &MeetingLine) -> Talk {
    Talk {
        parties: line.parties.iter().cloned().collect(),
        start: line.start.clone(),
        status: line.status.clone(),
        level: line.level.clone(),
        published: line.accounts.first().and_then(|one| one.published.clone()),
        confidence: line.confidence,
        words: line.accounts.first().map_or_else(String::new, |one| one.evidence.clone()),
    }
}
