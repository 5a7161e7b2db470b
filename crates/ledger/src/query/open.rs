//! What is still open, and what became of it as of a day.

use super::told::{self, DATE};
use super::{
    ACCOUNT, ACCOUNT_WIDTH, Account, Asked, Filter, MeetingLine, account, list, part,
};
use crate::derive::open::{Act, Item, OpenKind, OpenStatus, RULES};
use crate::derive::planned::{self, Talk};
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

    fn place(&self) -> impl Ord + use<'_> {
        let day = self.due.as_ref().or(self.since.as_ref());
        let first = self.accounts.first().map(|one| (&one.document, one.span.0));
        (day, &self.since, self.kind, &self.party, &self.toward, first)
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
        let mut lines = self
            .open_acts(filter)
            .map_err(|cause| self.error("find what is open", cause))?;
        // A meeting to come is about many things; an issue is asked of acts.
        if filter.issue.is_none() {
            lines.extend(self.meetings_to_come(filter)?);
        }
        lines.retain(|line| {
            let day = line.due.as_deref().or(line.since.as_deref()).unwrap_or("");
            let from = filter.from.as_deref().unwrap_or("");
            let to = filter.to.as_ref().map(|to| format!("{to}~"));
            day >= from && to.is_none_or(|to| day <= to.as_str())
        });
        lines.sort_by(|a, b| a.place().cmp(&b.place()));
        lines.truncate(filter.limit.unwrap_or(usize::MAX));
        let as_of = self
            .as_of(filter)
            .map_err(|cause| self.error("find the latest day", cause))?;
        for line in &mut lines {
            line.as_of.clone_from(&as_of);
        }
        Ok(lines)
    }

    fn open_acts(&self, filter: &Filter) -> rusqlite::Result<Vec<OpenLine>> {
        let mut asked = asked(filter);
        asked.and("m.act NOT IN ('ACCUSE', 'PROTEST', 'SUPPORT', 'REJECT')", []);
        asked.at_least(filter, "m.confidence");
        if let Some(party) = &filter.party {
            asked.and("q.party = ? COLLATE NOCASE", [party]);
        }
        if let Some(issue) = &filter.issue {
            asked.and("m.issue = ? COLLATE NOCASE", [issue]);
        }
        if let Some(party) = &filter.toward {
            asked.and(told::TOWARD, [party]);
        }
        let (acts, accounts) = self.acts(&asked)?;
        let as_of = self.as_of(filter)?;
        let items = RULES.items(&acts);
        let line = |item: &Item| {
            let (status, closed_by) = match self.closing(filter, item)? {
                Some((status, account)) => (status, Some(account)),
                None => (item.standing(as_of.as_deref()), None),
            };
            Ok(OpenLine {
                kind: item.kind,
                party: item.party.clone(),
                toward: item.toward.clone(),
                issue: item.issue.clone(),
                due: item.due.clone(),
                condition: item.condition.clone(),
                status,
                as_of: as_of.clone(),
                since: Some(item.date.clone()),
                accounts: item.told.iter().map(|at| accounts[*at].clone()).collect(),
                closed_by,
            })
        };
        items.iter().map(line).collect()
    }

    /// What closes an item: a later act of whom it waits for.
    fn closing(
        &self,
        filter: &Filter,
        item: &Item,
    ) -> rusqlite::Result<Option<(OpenStatus, Account)>> {
        for by in item.closers() {
            let mut asked = asked(&Filter { limit: None, ..filter.clone() });
            asked.and("q.party = ?", [by]);
            asked.and(&format!("{DATE} > ?"), [&item.date]);
            if let (None, Some(issue)) = (item.deed, &item.issue) {
                asked.and("m.issue = ?", [issue]);
            }
            let (later, mut accounts) = self.acts(&asked)?;
            if let Some((status, number)) = RULES.closing(item, &later) {
                return Ok(Some((status, accounts.swap_remove(number))));
            }
        }
        Ok(None)
    }

    /// What is told of acts, in order of time, and by whom.
    fn acts(&self, asked: &Asked) -> rusqlite::Result<(Vec<Act>, Vec<Account>)> {
        let sql = format!(
            "SELECT {ACCOUNT}, q.party, m.issue, m.due, {},
               (SELECT max(substr(t.value, instr(t.value, '/') + 1)) FROM evidence v
                JOIN timexes t ON t.reading = v.reading AND t.number = v.number
                WHERE v.reading = m.reading AND v.record = 'timex' AND v.part = 'whole'
                AND v.start >= w.start AND v.end <= w.end AND t.value LIKE '%/%'
                AND ({})),
               (SELECT json_group_array(v.words) FROM evidence v
                WHERE v.reading = m.reading AND v.record = 'mention' AND v.part = 'whole'
                AND v.start >= w.start AND v.end <= w.end),
               {}
             FROM {} JOIN evidence w ON w.reading = m.reading AND w.record = 'move'
               AND w.number = m.number AND w.part = 'whole' AND w.place = 0
             WHERE {} ORDER BY at, m.id",
            part("move", "condition"),
            within(),
            told::columns(),
            told::FROM,
            asked.conditions()
        );
        let mut rows = self.connection.prepare_cached(&sql)?;
        rows.query_map(params_from_iter(asked.values()), act)?.collect()
    }

    fn meetings_to_come(&self, filter: &Filter) -> Result<Vec<OpenLine>, Error> {
        let wanted =
            Filter { from: None, to: None, limit: None, issue: None, ..filter.clone() };
        let lines = self.meetings(&wanted)?;
        let talks: Vec<Talk> = lines.iter().map(talk).collect();
        let as_of = self
            .as_of(filter)
            .map_err(|cause| self.error("find the latest day", cause))?;
        let line = |numbers: Vec<usize>| {
            let plan = &lines[numbers[0]];
            let closing = planned::closing(&talks[numbers[0]], &talks);
            let mut parties = plan.parties.iter().cloned();
            let accounts: Vec<Account> =
                numbers.iter().flat_map(|at| lines[*at].accounts.clone()).collect();
            let since = accounts.iter().filter_map(|one| one.published.as_deref()).min();
            let has_passed = plan.start.as_deref().zip(as_of.as_deref());
            let has_passed =
                has_passed.is_some_and(|(due, day)| format!("{due}~").as_str() < day);
            let (status, closed_by) = match closing {
                Some((status, at)) => (status, lines[at].accounts.first().cloned()),
                None if has_passed => (OpenStatus::Lapsed, None),
                None => (OpenStatus::Open, None),
            };
            OpenLine {
                kind: OpenKind::Meeting,
                party: parties.next().unwrap_or_default(),
                toward: parties.collect(),
                issue: None,
                due: plan.start.clone(),
                condition: None,
                status,
                as_of: as_of.clone(),
                since: since.map(|day| day.get(..10).unwrap_or(day).to_owned()),
                accounts,
                closed_by,
            }
        };
        Ok(planned::planned(&talks).into_iter().map(line).collect())
    }
}

fn asked(filter: &Filter) -> Asked {
    let mut asked = Asked::new(filter);
    asked.and(&format!("{DATE} IS NOT NULL"), []);
    asked
}

/// Which time expressions say by when: those that end in a word of the table `within`.
fn within() -> String {
    let rules =
        crate::derive::table::Rules::parse(include_str!("../../rules/within.tsv"));
    let ends = rules.iter().map(|row| format!("v.words LIKE '%{}'", row.cell("word")));
    ends.collect::<Vec<_>>().join(" OR ")
}

fn act(row: &Row<'_>) -> rusqlite::Result<(Act, Account)> {
    let account = account(row)?;
    let at = |column| ACCOUNT_WIDTH + column;
    let told = told::told(row, at(6))?;
    let due: Option<String> = row.get(at(2))?;
    let due = due.or(row.get(at(4))?);
    let act = Act {
        party: row.get(at(0))?,
        issue: row.get(at(1))?,
        // A day that had passed when it was said was read of another year.
        due: due.filter(|due| format!("{due}~") > told.date),
        condition: row.get(at(3))?,
        matter: list(row, at(5))?
            .iter()
            .fold(account.evidence.clone(), |matter, name| matter.replace(name, " ")),
        words: account.evidence.clone(),
        told,
    };
    Ok((act, account))
}

fn talk(line: &MeetingLine) -> Talk {
    Talk {
        parties: line.parties.iter().cloned().collect(),
        start: line.start.clone(),
        status: line.status.clone(),
        published: line.accounts.first().and_then(|one| one.published.clone()),
        confidence: line.confidence,
        words: line.accounts.first().map_or_else(String::new, |one| one.evidence.clone()),
    }
}
