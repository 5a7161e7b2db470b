//! What is still open, and what became of it as of a day.

use super::told;
use super::{
    ACCOUNT, ACCOUNT_WIDTH, Account, Asked, Filter, MeetingLine, RARE, account, is_rare,
    list, part,
};
use crate::derive::open::{Act, Item, OpenKind, OpenStatus, RULES};
use crate::derive::planned::{self, Talk};
use crate::resolve::day;
use crate::{Error, Ledger};
use rusqlite::{Connection, Row, ToSql, params_from_iter};
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
        let mut asked = told::asked(filter);
        asked.and("q.kind <> ''", []);
        let (acts, places) = noted(&self.connection, &asked)?;
        let as_of = self.as_of(filter)?;
        let mut items = RULES.items(&acts);
        items.retain(|item| is_between(item.due.as_ref().unwrap_or(&item.date), filter));
        // They stand in the order of the list, whatever became of them.
        items.truncate(filter.limit.unwrap_or(usize::MAX));
        let line = |mut item: Item| {
            item.matter = self.matter(&item, places[item.told[0]])?;
            let (status, closed_by) = match self.closing(filter, &item)? {
                Some((status, account)) => (status, Some(account)),
                None => (item.standing(as_of.as_deref()), None),
            };
            let accounts = item.told.iter().map(|at| self.move_account(places[*at]));
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
        };
        items.into_iter().map(line).collect()
    }

    /// What an item is about, by the words of the act that is first told.
    fn matter(
        &self,
        item: &Item,
        (reading, number): (i64, i64),
    ) -> rusqlite::Result<String> {
        let asked = of_one(&item.party, reading, number);
        let (acts, _) = acts(&self.connection, &asked)?;
        Ok(acts.into_iter().next().map(|act| act.matter).unwrap_or_default())
    }

    /// What closes an item: a later act of whom it waits for.
    fn closing(
        &self,
        filter: &Filter,
        item: &Item,
    ) -> rusqlite::Result<Option<(OpenStatus, Account)>> {
        let (acts, days) = RULES.closers(item.kind);
        for by in item.closers() {
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
            // Few acts can close it by what they are; of these the words are asked for.
            let from = match item.deed {
                Some(deed) => {
                    asked.and("d.party = ?", [by]);
                    asked.and("d.deed = ?", [&deed.to_owned()]);
                    asked.and("d.on_day > ?", [&item.date]);
                    format!("deeds_done d CROSS JOIN {DONE}")
                }
                None => told::FROM.to_owned(),
            };
            let sql = format!(
                "SELECT q.reading, q.number, {} FROM {from} WHERE {} ORDER BY at, j.id",
                told::COLUMNS,
                asked.conditions()
            );
            let mut rows = self.connection.prepare_cached(&sql)?;
            let mut rows = rows.query(params_from_iter(asked.values()))?;
            while let Some(row) = rows.next()? {
                let later = Act {
                    party: by.clone(),
                    issue: item.issue.clone(),
                    due: None,
                    condition: None,
                    words: String::new(),
                    matter: String::new(),
                    noted: None,
                    told: told::told(row, 2)?,
                };
                if !RULES.may_close(item, &later) {
                    continue;
                }
                let (reading, number): (i64, i64) = (row.get(0)?, row.get(1)?);
                let closed = self.closed_by(item, by, reading, number)?;
                if closed.is_some() {
                    return Ok(closed);
                }
            }
        }
        Ok(None)
    }

    /// Whether an act closes an item by its words too.
    fn closed_by(
        &self,
        item: &Item,
        by: &str,
        reading: i64,
        number: i64,
    ) -> rusqlite::Result<Option<(OpenStatus, Account)>> {
        let asked = of_one(by, reading, number);
        let (later, mut accounts) = acts(&self.connection, &asked)?;
        let closing = RULES.closing(item, &later);
        Ok(closing.map(|(status, at)| (status, accounts.swap_remove(at))))
    }

    /// The entries that some account has as planned, the first of them, and those of the
    /// same parties in the same month, which may tell what became of them.
    fn entries_to_come(&self, filter: &Filter) -> rusqlite::Result<Vec<String>> {
        let mut asked = Asked::new(&Filter { limit: filter.limit, ..Filter::default() });
        let mut tables = "meeting_joins j INDEXED BY meeting_joins_day".to_owned();
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
        asked.and("m.status = 'planned' AND j.on_day <> '~'", []);
        if let Some(day) = &filter.as_of {
            asked.and("j.told <> '~' AND j.told <= ? || '~'", [day]);
        }
        for party in parties {
            asked.and(
                "EXISTS (SELECT 1 FROM meeting_parties q WHERE q.reading = m.reading \
                 AND q.meeting = m.number AND q.party = ? COLLATE NOCASE)",
                [party],
            );
        }
        if let Some(from) = &filter.from {
            asked.and("j.on_day || '~' >= ?", [from]);
        }
        if let Some(to) = &filter.to {
            asked.and("j.on_day <= ? || '~'", [to]);
        }
        // Some of them are joined into one line.
        let most = if asked.limit < 0 { -1 } else { asked.limit * 4 };
        // What became of one is told of the same day or a neighbouring one.
        let sql = format!(
            "WITH p AS MATERIALIZED (
               SELECT j.entry, j.key, j.month, j.on_day FROM {tables}
               CROSS JOIN meetings m ON m.reading = j.reading AND m.number = j.number
               WHERE {} ORDER BY j.on_day LIMIT {most})
             SELECT entry FROM p
             UNION SELECT o.entry FROM (SELECT DISTINCT key, month, on_day FROM p) p
             CROSS JOIN meeting_joins o INDEXED BY meeting_joins_key USING (key, month)
             WHERE length(p.on_day) < 10 OR length(o.on_day) < 10
               OR substr(o.on_day, 1, 10) BETWEEN date(substr(p.on_day, 1, 10), '-1 day')
                                              AND date(substr(p.on_day, 1, 10), '+1 day')",
            asked.conditions()
        );
        let values = rare.into_iter().map(|party| party as &dyn ToSql);
        let values = values.chain(asked.values());
        let mut rows = self.connection.prepare_cached(&sql)?;
        rows.query_map(params_from_iter(values), |row| row.get(0))?.collect()
    }

    fn meetings_to_come(&self, filter: &Filter) -> Result<Vec<OpenLine>, Error> {
        let only = self
            .entries_to_come(filter)
            .map_err(|cause| self.error("find meetings to come", cause))?;
        let wanted = Filter {
            from: None,
            to: None,
            limit: None,
            issue: None,
            only: Some(only),
            ..filter.clone()
        };
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
        let mut found: Vec<OpenLine> =
            planned::planned(&talks).into_iter().map(line).collect();
        // One meeting of which some accounts were plans, and a later one tells the end.
        found.extend(lines.iter().filter_map(|meeting| met(meeting, &as_of)));
        Ok(found)
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

/// What is told of acts, in order of time, and by whom.
fn acts(at: &Connection, asked: &Asked) -> rusqlite::Result<(Vec<Act>, Vec<Account>)> {
    let mut rows = at.prepare_cached(&acts_sql(asked))?;
    rows.query_map(params_from_iter(asked.values()), act)?.collect()
}

fn acts_sql(asked: &Asked) -> String {
    format!(
        "SELECT {ACCOUNT}, q.party, q.issue, m.due, {},
           (SELECT {LAST} FROM evidence v
            JOIN timexes t ON t.reading = v.reading AND t.number = v.number
            WHERE v.reading = q.reading AND v.record = 'timex' AND v.part = 'whole'
            AND v.start >= w.start AND v.end <= w.end AND t.value LIKE '%/%'
            AND ({})),
           (SELECT json_group_array(v.words) FROM evidence v
            WHERE v.reading = q.reading AND v.record = 'mention' AND v.part = 'whole'
            AND v.start >= w.start AND v.end <= w.end),
           {}, q.number AS of_move
         FROM {} JOIN moves m ON m.reading = q.reading AND m.number = q.number
         JOIN current c ON c.reading = q.reading
         JOIN evidence w ON w.reading = q.reading AND w.record = 'move'
           AND w.number = q.number AND w.part = 'whole' AND w.place = 0
         WHERE {} ORDER BY at, j.id",
        part("move", "condition"),
        within(),
        told::COLUMNS,
        told::FROM,
        asked.conditions()
    )
}

/// The stance and the account of an act that tells a deed as done.
const DONE: &str = "stances q INDEXED BY stances_reading
       ON q.reading = d.reading AND q.number = d.number AND q.party = d.party
     JOIN move_joins j ON j.reading = q.reading AND j.number = q.number";

/// The question for one act.
fn of_one(party: &str, reading: i64, number: i64) -> Asked {
    let mut asked = Asked::new(&Filter::default());
    asked.conditions.push("q.reading = ? AND q.number = ?".to_owned());
    asked.values.push(Box::new(reading));
    asked.values.push(Box::new(number));
    asked.and("q.party = ?", [&party.to_owned()]);
    asked
}

/// The reading of an act and its number there.
type Place = (i64, i64);

/// Acts that were noted to make an item, in order of time, and where they stand; of their
/// words only what tells items apart.
fn noted(at: &Connection, asked: &Asked) -> rusqlite::Result<(Vec<Act>, Vec<Place>)> {
    let sql = format!(
        "SELECT q.reading, q.number, q.party, q.issue, q.kind, m.due, {},
           CASE WHEN q.kind IN ('deadline', 'promise') AND m.due IS NULL THEN
             (SELECT {LAST} FROM evidence w
              JOIN evidence v ON v.reading = w.reading AND v.record = 'timex'
                AND v.part = 'whole' AND v.start >= w.start AND v.end <= w.end
              JOIN timexes t ON t.reading = v.reading AND t.number = v.number
              WHERE w.reading = q.reading AND w.record = 'move' AND w.number = q.number
                AND w.part = 'whole' AND w.place = 0 AND t.value LIKE '%/%' AND ({}))
           END,
           CASE WHEN q.kind = 'promise' THEN {} END, {}
         FROM {} JOIN moves m ON m.reading = q.reading AND m.number = q.number
         WHERE {} ORDER BY at, j.id",
        part("move", "condition"),
        within(),
        part("move", "whole"),
        told::COLUMNS,
        told::FROM,
        asked.conditions()
    );
    let mut rows = at.prepare_cached(&sql)?;
    let rows = rows.query_map(params_from_iter(asked.values()), |row| {
        let told = told::told(row, 9)?;
        let kind: String = row.get(4)?;
        let due: Option<String> = row.get(5)?;
        let due = due.or(row.get(7)?);
        let act = Act {
            party: row.get(2)?,
            issue: row.get::<_, Option<String>>(3)?.filter(|issue| !issue.is_empty()),
            due: due.filter(|due| format!("{due}~") > told.date),
            condition: row.get(6)?,
            words: row.get::<_, Option<String>>(8)?.unwrap_or_default(),
            matter: String::new(),
            noted: OpenKind::from_code(&kind),
            told,
        };
        Ok((act, (row.get(0)?, row.get(1)?)))
    })?;
    rows.collect()
}

/// Notes of the acts of a reading what sort of open item each makes, and what each tells
/// as done.
pub(super) fn note_kinds(at: &Connection, reading: i64) -> rusqlite::Result<()> {
    let mut asked = Asked::new(&Filter::default());
    asked.conditions.push("q.reading = ?".to_owned());
    asked.values.push(Box::new(reading));
    asked.and("q.on_day <> '~'", []);
    let mut rows = at.prepare_cached(&acts_sql(&asked))?;
    let mut rows = rows.query(params_from_iter(asked.values()))?;
    let mut kinds = Vec::new();
    while let Some(row) = rows.next()? {
        let (act, _) = act(row)?;
        let number: i64 = row.get("of_move")?;
        let on_day: String = row.get("at")?;
        note_deeds(at, &act.party, &on_day, (reading, number), &act.words)?;
        kinds.extend(RULES.kind(&act).map(|kind| (act.party, number, kind.code())));
    }
    let mut update = at.prepare_cached(
        "UPDATE stances SET kind = ?4 WHERE reading = ?1 AND party = ?2 AND number = ?3",
    )?;
    for (party, number, kind) in kinds {
        update.execute((reading, party, number, kind))?;
    }
    Ok(())
}

fn note_deeds(
    at: &Connection,
    party: &str,
    on_day: &str,
    (reading, number): (i64, i64),
    words: &str,
) -> rusqlite::Result<()> {
    for deed in RULES.deeds_done(words) {
        at.prepare_cached(
            "INSERT OR IGNORE INTO deeds_done VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute((party, deed, on_day, reading, number))?;
    }
    Ok(())
}

/// Notes what all acts of a ledger of an older form tell as done.
pub(crate) fn note_all_deeds(at: &Connection) -> rusqlite::Result<()> {
    let mut rows = at.prepare(
        "SELECT q.party, q.on_day, q.reading, q.number, w.words
         FROM stances q INDEXED BY stances_reading
         CROSS JOIN evidence w ON w.reading = q.reading AND w.record = 'move'
           AND w.number = q.number AND w.part = 'whole' AND w.place = 0
         WHERE q.reading > 0 AND q.on_day <> '~' ORDER BY q.reading",
    )?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        let [party, on_day, words]: [String; 3] = [row.get(0)?, row.get(1)?, row.get(4)?];
        note_deeds(at, &party, &on_day, (row.get(2)?, row.get(3)?), &words)?;
    }
    Ok(())
}

/// The last day of an interval, or the day, of time expressions `t`.
const LAST: &str = "max(substr(t.value, instr(t.value, '/') + 1))";

fn is_between(day: &str, filter: &Filter) -> bool {
    let from = filter.from.as_deref().unwrap_or("");
    let to = filter.to.as_ref().map(|to| format!("{to}~"));
    day >= from && to.is_none_or(|to| day <= to.as_str())
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
        issue: row.get::<_, Option<String>>(at(1))?.filter(|issue| !issue.is_empty()),
        // A day that had passed when it was said was read of another year.
        due: due.filter(|due| format!("{due}~") > told.date),
        condition: row.get(at(3))?,
        noted: None,
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
