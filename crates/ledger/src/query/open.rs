//! What is still open, and what became of it as of a day.

use super::noted::{self, Noted};
use super::to_come::Reach;
use super::{Account, Asked, Filter, list, told};
use crate::derive::history::Told;
use crate::derive::open::{Act, Item, OpenKind, OpenStatus, RULES};
use crate::resolve::day;
use crate::{Error, Ledger};
use rusqlite::{Row, params_from_iter};
use serde_json::{Value, json};

/// One promise, deadline, threat, request or meeting to come.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenLine {
    /// What sort of thing it is.
    pub kind: OpenKind,
    /// Whose it is: of a meeting, the first of its parties.
    pub party: String,
    /// Towards whom.
    pub toward: Vec<String>,
    /// What it is about.
    pub issue: Option<String>,
    /// By when, or on which day.
    pub due: Option<String>,
    /// What it hangs on.
    pub condition: Option<String>,
    /// What became of it.
    pub status: OpenStatus,
    /// The day as of which that is so.
    pub as_of: Option<String>,
    /// The day that it is first told of.
    pub since: Option<String>,
    /// Where it is told.
    pub accounts: Vec<Account>,
    /// What met, answered or ended it, where an account tells that.
    pub closed_by: Option<Account>,
}

impl OpenLine {
    /// The keys that the line prints with.
    pub const KEYS: &'static [&'static str] = &[
        "kind",
        "party",
        "toward",
        "issue",
        "due",
        "condition",
        "status",
        "as_of",
        "since",
        "origins",
        "accounts",
        "closed_by",
    ];

    /// The line as it is printed for programs.
    pub fn json(&self) -> Value {
        json!({
            "kind": self.kind.code(),
            "party": self.party,
            "toward": self.toward,
            "issue": self.issue,
            "due": self.due,
            "condition": self.condition,
            "status": self.status.code(),
            "as_of": self.as_of,
            "since": self.since,
            "origins": super::origins(&self.accounts),
            "accounts": super::accounts_json(&self.accounts),
            "closed_by": self.closed_by.as_ref().map(Account::json),
        })
    }

    /// The day that it is due on, else first told of; empty where neither is known.
    pub(super) fn day(&self) -> &str {
        self.due.as_deref().or(self.since.as_deref()).unwrap_or_default()
    }

    fn place(&self) -> impl Ord + use<'_> {
        let first = self.accounts.first().map(|one| (&one.document, one.span.0));
        (self.day(), &self.since, self.kind, &self.party, &self.toward, first)
    }
}

impl Ledger {
    /// The open items that a filter wants, by the day that they are due on, else first
    /// told of; `party` is whose they are, `from` and `to` keep that day. Their status is
    /// as of `as_of`, else of the latest publication.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn open_items(&self, filter: &Filter) -> Result<Vec<OpenLine>, Error> {
        // One look at the ledger for all of it: else the file is locked for every question.
        let _still = self.connection.unchecked_transaction().ok();
        let find = |cause| self.error("find what is open", cause);
        let noted = noted::acts(&self.connection, &told::asked(filter)).map_err(find)?;
        let as_of = self.as_of(filter).map_err(find)?;
        let mut items = RULES.items(&noted.acts);
        items.retain(|item| is_between(item.day(), filter));
        // They stand in the order of the list, whatever became of them: nothing more is
        // asked of what comes behind its end.
        let most = filter.limit.unwrap_or(usize::MAX);
        let last = most.checked_sub(1).and_then(|last| items.get(last));
        let last = last.map(|item| item.day().to_owned());
        items.retain(|item| last.as_ref().is_none_or(|last| item.day() <= last.as_str()));
        // The days by which plans are kept are those that are known by now, not then.
        let mut reach = match filter.as_of {
            Some(_) => Reach { most: None, last: None },
            None => Reach { most: filter.limit, last: last.as_ref() },
        };
        let mut plans = loop {
            // A meeting to come is about many things; an issue is asked of acts.
            if filter.issue.is_some() {
                break Vec::new();
            }
            let (plans, until) = self.plans(filter, &as_of, &reach)?;
            // Some plans are one meeting: the list may want more of them.
            let is_before = |day: &str| until.as_deref().is_none_or(|until| day < until);
            let of_acts = items.iter().filter(|item| is_before(item.day()));
            let of_meetings = plans.iter().filter(|plan| is_before(plan.line.day()));
            if until.is_none() || of_acts.count() + of_meetings.count() >= most {
                break plans;
            }
            reach.most = reach.most.map(|most| most * 2);
        };
        let mut days: Vec<&str> = items.iter().map(Item::day).collect();
        days.extend(plans.iter().map(|plan| plan.line.day()));
        days.sort_unstable();
        let last = most.checked_sub(1).and_then(|last| days.get(last));
        if let Some(last) = last.map(|last| (*last).to_owned()) {
            items.retain(|item| item.day() <= last.as_str());
            plans.retain(|plan| plan.line.day() <= last.as_str());
        }
        let mut lines = Vec::with_capacity(items.len() + plans.len());
        for plan in plans {
            lines.push(self.closed(filter, plan)?);
        }
        for item in items {
            lines.push(self.line(filter, &as_of, item, &noted).map_err(find)?);
        }
        lines.sort_by(|a, b| a.place().cmp(&b.place()));
        lines.truncate(most);
        Ok(lines)
    }

    /// The line of an item, with what became of it.
    fn line(
        &self,
        filter: &Filter,
        as_of: &Option<String>,
        item: Item,
        noted: &Noted,
    ) -> rusqlite::Result<OpenLine> {
        let (status, closed_by) = match self.closing(filter, &item)? {
            Some((status, account)) => (status, Some(account)),
            None => (item.standing(as_of.as_deref()), None),
        };
        let told = item.told.iter();
        let accounts = told.map(|number| noted.account(&self.connection, *number));
        Ok(OpenLine {
            accounts: accounts.collect::<rusqlite::Result<_>>()?,
            kind: item.kind,
            party: item.party,
            toward: item.toward,
            issue: item.issue,
            due: item.due,
            condition: item.condition,
            status,
            as_of: as_of.clone(),
            since: Some(item.date),
            closed_by,
        })
    }

    /// What closes an item: the first later act of whom it waits for.
    fn closing(
        &self,
        filter: &Filter,
        item: &Item,
    ) -> rusqlite::Result<Option<(OpenStatus, Account)>> {
        for by in item.closers() {
            let closed = self.closing_by(filter, item, by)?;
            if closed.is_some() {
                return Ok(closed);
            }
        }
        Ok(None)
    }

    /// Goes day by day through what could close it, and no further than the day that does.
    fn closing_by(
        &self,
        filter: &Filter,
        item: &Item,
        by: &String,
    ) -> rusqlite::Result<Option<(OpenStatus, Account)>> {
        let closers = Closers::new(filter, item, by);
        let mut rows = self.connection.prepare_cached(&closers.sql())?;
        let mut found: Option<(OpenStatus, Account)> = None;
        let mut found_on = String::new();
        let mut rows = rows.query(params_from_iter(closers.asked.values()))?;
        while let Some(row) = rows.next()? {
            let on_day: String = row.get(2)?;
            if found.is_some() && on_day != found_on {
                break;
            }
            if !RULES.may_close(item, &closers.act(row, &on_day)?) {
                continue;
            }
            let place = (row.get(0)?, row.get(1)?);
            let Some((later, account)) = noted::one(&self.connection, by, place)? else {
                continue;
            };
            let Some((status, _)) = RULES.closing(item, &[later]) else { continue };
            // Of several on one day the same one closes it, in any order of appending.
            let is_first = found.as_ref().is_none_or(|(_, first)| {
                (&account.document, account.span) < (&first.document, first.span)
            });
            if is_first {
                found = Some((status, account));
                found_on = on_day;
            }
        }
        Ok(found)
    }
}

/// The later acts of one side that could close an item by what they are, day by day.
struct Closers<'a> {
    item: &'a Item,
    by: &'a str,
    asked: Asked,
}

impl<'a> Closers<'a> {
    fn new(filter: &Filter, item: &'a Item, by: &'a String) -> Closers<'a> {
        let (acts, days) = RULES.closers(item.kind);
        let mut asked = told::asked(&Filter {
            party: Some(by.clone()),
            issue: item.issue.clone().filter(|_| item.deed.is_none()),
            as_of: filter.as_of.clone(),
            outlet: filter.outlet.clone(),
            ..Filter::default()
        });
        asked.and("q.on_day > ?", [&item.date]);
        if let Some(acts) = &acts {
            let acts = json!(acts).to_string();
            asked.and("q.act IN (SELECT value FROM json_each(?))", [&acts]);
        }
        if let Some(last) = days.and_then(|days| day::later(&item.date, days)) {
            asked.and("q.on_day <= ? || '~'", [&last]);
        }
        if let Some(deed) = item.deed {
            asked.and("d.party = ?", [by]);
            asked.and("d.deed = ?", [&deed.to_owned()]);
            asked.and("d.on_day > ?", [&item.date]);
        }
        Closers { item, by, asked }
    }

    /// Rows of reading, number, day, act, modality, whether conditional, targets,
    /// confidence, whether its own.
    fn sql(&self) -> String {
        let (from, day) = match self.item.deed {
            // Few acts can close it by what they are; of these the words are asked for.
            Some(_) => (DONE, "d.on_day"),
            None => ("stances q", "q.on_day"),
        };
        format!(
            "SELECT q.reading, q.number, q.on_day, q.act, q.modality, q.is_conditional,
               q.targets, q.confidence, q.is_own
             FROM {from} WHERE {} ORDER BY {day}",
            self.asked.conditions()
        )
    }

    fn act(&self, row: &Row<'_>, on_day: &str) -> rusqlite::Result<Act> {
        Ok(Act {
            party: self.by.to_owned(),
            issue: self.item.issue.clone(),
            due: None,
            condition: None,
            words: String::new(),
            matter: String::new(),
            noted: None,
            told: Told {
                date: told::first_day(on_day).to_owned(),
                act: row.get(3)?,
                modality: row.get(4)?,
                is_conditional: row.get(5)?,
                targets: list(row, 6)?,
                confidence: row.get(7)?,
                origin: String::new(),
                is_own: row.get(8)?,
                id: String::new(),
            },
        })
    }
}

/// The stance of an act that tells a deed as done.
const DONE: &str = "deeds_done d CROSS JOIN stances q INDEXED BY stances_reading
       ON q.reading = d.reading AND q.number = d.number AND q.party = d.party";

pub(super) fn is_between(day: &str, filter: &Filter) -> bool {
    let from = filter.from.as_deref().unwrap_or("");
    let to = filter.to.as_ref().map(|to| format!("{to}~"));
    day >= from && to.is_none_or(|to| day <= to.as_str())
}
