//! Asking the ledger: lists of what stands, each entry with its accounts.
//!
//! In: a filter. Out: rows in a fixed order, and the JSON that they print as. Refuses to
//! know: who asks, and how a list is laid out on a screen.

mod actors;
mod changes;
mod coverage;
mod disputes;
mod document_marks;
mod documents;
mod histories;
mod latest;
mod lineage;
mod meetings;
mod moves;
mod named;
mod noted;
mod open;
mod positions;
mod search;
mod sources;
mod standings;
mod statements;
mod strip;
mod timeline;
mod to_come;
mod told;
mod version;
mod what_if;

pub(crate) use histories::{
    again, mark as mark_stale, mark_move as mark_move_stale, settle as settle_histories,
};
pub(crate) use noted::note_all;
pub(crate) use told::write as write_stances;

pub use actors::{Actor, Merged, RoleSpan, SurfaceCount};
pub use changes::ChangeLine;
pub use coverage::{Coverage, MovePlace, Naming};
pub use disputes::{DisputeLine, DisputedValue};
pub use document_marks::{Derived, Mark};
pub use documents::DocumentLine;
pub use lineage::Lineage;
pub use meetings::{MeetingLine, Said};
pub use moves::MoveLine;
pub use named::Named;
pub use open::OpenLine;
pub use positions::{Compared, PositionLine, PositionStep};
pub use search::SearchHit;
pub use sources::{Carried, SourceLine, Voice};
pub use standings::{StandingLine, StandingStep};
pub use statements::StatementLine;
pub use strip::StripMonth;
pub use timeline::{Event, EventKind};
pub use version::{Difference, Version};
pub use what_if::Loss;

use rusqlite::{Connection, Row, ToSql};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Which entries are wanted; an empty filter wants all.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// The party that speaks, acts, meets or is named.
    pub party: Option<String>,
    /// The party that an act is directed at.
    pub toward: Option<String>,
    /// The issue.
    pub issue: Option<String>,
    /// The outlet that published the document.
    pub outlet: Option<String>,
    /// The first day, ISO 8601 (`2022-01-10`, `2022-01` or `2022`).
    pub from: Option<String>,
    /// The last day, likewise.
    pub to: Option<String>,
    /// Of statements and moves, `from` and `to` are of the day under which the entry is
    /// listed and counted, not of what any account has; such lists are quick.
    pub is_listed: bool,
    /// Only documents published by this day.
    pub as_of: Option<String>,
    /// Only meetings, statements and moves that some document published after this day
    /// tells of.
    pub told_after: Option<String>,
    /// Only meetings, statements and moves with these identifiers.
    pub only: Option<Vec<String>>,
    /// The actor, by the id of its identity: who speaks, through whom a party acts, who
    /// takes part; of documents, who is named.
    pub actor: Option<String>,
    /// The document that tells of it, by its id.
    pub document: Option<String>,
    /// The act, a PLOVER type.
    pub act: Option<String>,
    /// The least confidence.
    pub min_confidence: Option<f64>,
    /// At most so many entries.
    pub limit: Option<usize>,
}

/// Where one document tells of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The document's id.
    pub document: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// The words.
    pub evidence: String,
    /// Where they stand in the document's bytes.
    pub span: (usize, usize),
    /// Whom the document has it from: the outlet at the end of its line of derivation.
    pub origin: String,
    /// When the document was published.
    pub published: Option<String>,
    /// The rows of the lexicon that made the entry, most telling first; not printed.
    pub rules: Vec<String>,
}

impl Account {
    /// The account as the list commands print it.
    pub fn json(&self) -> Value {
        json!({
            "document": self.document,
            "outlet": self.outlet,
            "evidence": self.evidence,
            "span": [self.span.0, self.span.1],
            "origin": self.origin,
            "published": self.published,
        })
    }
}

/// How many accounts are independent of each other: the count of distinct origins.
fn origins(accounts: &[Account]) -> usize {
    accounts.iter().map(|account| &account.origin).collect::<BTreeSet<_>>().len()
}

fn accounts_json(accounts: &[Account]) -> Value {
    accounts.iter().map(Account::json).collect()
}

/// The columns that every account is read from, where `c` is the view `current` and `w`
/// the evidence of the whole entry.
const ACCOUNT: &str = "c.document, c.outlet, w.words, w.document_start, w.document_end, \
                       (SELECT origin FROM origins o WHERE o.reading = c.reading), \
                       c.published_on, w.rules";

/// Whom a document has an entry from, as [`ACCOUNT`] reads it.
const ORIGIN: &str = "(SELECT origin FROM origins o WHERE o.reading = c.reading)";

/// The number of columns in [`ACCOUNT`].
const ACCOUNT_WIDTH: usize = 8;

/// What an account says wherever its document has it from, as it is kept: the document, its
/// outlet, the words, where they begin and end, the day of publication, the rules.
type Says = (String, Option<String>, String, usize, usize, Option<String>, Vec<String>);

fn says(account: &Account) -> Value {
    let Account { document, outlet, evidence, span, published, rules, .. } = account;
    json!([document, outlet, evidence, span.0, span.1, published, rules])
}

fn account_of(says: Says, origin: String) -> Account {
    let (document, outlet, evidence, start, end, published, rules) = says;
    Account { document, outlet, evidence, span: (start, end), origin, published, rules }
}

fn account(row: &Row<'_>) -> rusqlite::Result<Account> {
    let span: (i64, i64) = (row.get(3)?, row.get(4)?);
    Ok(Account {
        document: row.get(0)?,
        outlet: row.get(1)?,
        evidence: row.get(2)?,
        span: (span.0.max(0) as usize, span.1.max(0) as usize),
        origin: row.get(5)?,
        published: row.get(6)?,
        rules: list(row, 7)?,
    })
}

/// A column that holds a JSON list of strings.
fn list(row: &Row<'_>, column: usize) -> rusqlite::Result<Vec<String>> {
    let text: String = row.get(column)?;
    Ok(serde_json::from_str(&text).unwrap_or_default())
}

/// What an entity is called over all documents, as a scalar subquery: the name of the
/// form at the head of its identity, else its own.
fn name(entity: &str) -> String {
    format!(
        "coalesce((SELECT CASE WHEN instr(f.name, '[[') THEN f.folded ELSE f.name END
          FROM identities i JOIN forms f ON f.actor = i.identity
          WHERE i.actor = {entity}.actor), {entity}.name)"
    )
}

/// The id of an entity in the list of actors, as a scalar subquery.
fn identity(entity: &str) -> String {
    format!(
        "coalesce((SELECT i.identity FROM identities i
          WHERE i.actor = {entity}.actor), {entity}.actor)"
    )
}

/// Where an entry stands in a list: by day, then as its first account stands in its text.
fn place<'a>(date: Option<&'a str>, accounts: &'a [Account]) -> impl Ord + use<'a> {
    let first = accounts.first().map(|account| (&account.document, account.span));
    (date.is_none(), date, first)
}

/// One piece of an account's evidence, as a scalar subquery; `j` is the account.
fn part(record: &str, part: &str) -> String {
    format!(
        "(SELECT words FROM evidence WHERE reading = j.reading AND record = '{record}' \
         AND number = j.number AND part = '{part}' AND place = 0)"
    )
}

/// A list of entries in SQL: which are picked, then all their accounts.
struct Entries<'a> {
    /// `statement`, `move` or `meeting`.
    record: &'a str,
    /// The table of the record, named `m`.
    table: &'a str,
    /// The columns behind those of [`ACCOUNT`], of `m`, `j` and `c`.
    columns: String,
    /// Further tables that the columns need.
    joins: &'a str,
}

impl Entries<'_> {
    /// The question: entries by their day, undated ones last, each with its accounts by
    /// their publication. The entry's id and day come behind all other columns.
    fn sql(&self, asked: &Asked, filter: &Filter, lead: &Lead) -> String {
        let Entries { record, table, columns, joins } = self;
        let after = if filter.told_after.is_some() {
            " AND j.told > ? AND j.told <> '~'"
        } else {
            ""
        };
        let told =
            if filter.as_of.is_some() { "c.published_on <= ? || '~'" } else { "1" };
        let conditions = asked.conditions();
        // Only what is asked is read of each account: pages of a large ledger are far apart.
        let article = match conditions.contains("c.") {
            true => "CROSS JOIN articles c ON c.reading = j.reading".to_owned(),
            false => String::new(),
        };
        let itself = match conditions.contains("m.") {
            true => format!(
                "CROSS JOIN {table} m ON m.reading = j.reading AND m.number = j.number"
            ),
            false => String::new(),
        };
        format!(
            "WITH p AS MATERIALIZED (
               SELECT j.entry, j.on_day FROM {}
               {article} {itself}
               WHERE {conditions}{after} GROUP BY j.on_day, j.entry ORDER BY j.on_day, j.entry LIMIT {})
             SELECT {ACCOUNT}, {columns}, p.entry, p.on_day
             FROM p CROSS JOIN {record}_joins j ON j.entry = p.entry
             JOIN current c ON c.reading = j.reading
             JOIN {table} m ON m.reading = j.reading AND m.number = j.number {joins}
             JOIN evidence w ON w.reading = j.reading AND w.record = '{record}'
               AND w.number = j.number AND w.part = 'whole' AND w.place = 0
             WHERE {told} ORDER BY p.on_day, p.entry, j.told, j.id",
            lead.tables,
            asked.limit,
        )
    }

    /// Where to begin: at the entries that are named, at what was told of late, at a party
    /// or issue of which little is told, else day by day until there are enough.
    fn lead(
        &self,
        at: &Connection,
        filter: &Filter,
        rare: &[Rare<'_>],
    ) -> rusqlite::Result<Lead> {
        let joins = format!("{}_joins", self.record);
        if let Some(ids) = &filter.only {
            let tables =
                format!("json_each(?) o CROSS JOIN {joins} j ON j.entry = o.value");
            return Ok(Lead { tables, value: Some(json!(ids).to_string()) });
        }
        if let Some(document) = &filter.document {
            let tables = format!(
                "documents d CROSS JOIN readings r ON r.document = d.key AND d.id = ?
                 CROSS JOIN {joins} j ON j.reading = r.key"
            );
            return Ok(Lead { tables, value: Some(document.clone()) });
        }
        if let Some(actor) = &filter.actor {
            let of_actor = "identities i JOIN entities e ON e.actor = i.actor";
            let sql = format!(
                "SELECT count(*) FROM (SELECT 1 FROM {of_actor} WHERE i.identity = ?
                 LIMIT {RARE})"
            );
            let count: i64 =
                at.prepare_cached(&sql)?.query_row([actor], |row| row.get(0))?;
            if count < RARE {
                let tables = format!(
                    "(SELECT DISTINCT e.reading FROM {of_actor} WHERE i.identity = ?) r
                     CROSS JOIN {joins} j ON j.reading = r.reading"
                );
                return Ok(Lead { tables, value: Some(actor.clone()) });
            }
        }
        if filter.told_after.is_some() {
            let tables = format!("{joins} j INDEXED BY {joins}_told");
            return Ok(Lead { tables, value: None });
        }
        for Rare { value, tables, is_it, join } in rare {
            let Some(value) = value else { continue };
            // The first table names it; what it is joined with is no more than that.
            let first = tables.split(" CROSS").next().unwrap_or(tables);
            if is_rare(at, &format!("{first} WHERE {is_it}"), value, RARE)? {
                let tables = format!(
                    "(SELECT {join} FROM {tables} WHERE {is_it}) r
                     CROSS JOIN {joins} j ON j.reading = r.reading"
                );
                let tables = match join.contains("number") {
                    true => format!("{tables} AND j.number = r.number"),
                    false => tables,
                };
                return Ok(Lead { tables, value: Some((*value).clone()) });
            }
        }
        Ok(Lead { tables: format!("{joins} j INDEXED BY {joins}_day"), value: None })
    }
}

/// Of a party or an issue with more records than this some are found soon day by day.
const RARE: i64 = 10_000;

/// Whether a question for a value has fewer rows than `most`; it ends in its conditions.
fn is_rare(
    at: &Connection,
    rows: &str,
    value: &str,
    most: i64,
) -> rusqlite::Result<bool> {
    let sql = format!("SELECT count(*) FROM (SELECT 1 FROM {rows} LIMIT {most})");
    let count: i64 = at.prepare_cached(&sql)?.query_row([value], |row| row.get(0))?;
    Ok(count < most)
}

/// One way to find the accounts of which a filter names a part.
struct Rare<'a> {
    /// What the filter names.
    value: Option<&'a String>,
    /// The table that names it, by the index to look it up with.
    tables: &'a str,
    /// The condition on it, with one question mark.
    is_it: &'a str,
    /// Its columns as `reading` and `number` of the account, or `reading` alone.
    join: &'a str,
}

/// Where a list begins to look: tables, of which `j` are the accounts, and the value of
/// their question mark if they have one.
struct Lead {
    tables: String,
    value: Option<String>,
}

/// Makes one line of each run of rows that belong to one entry.
fn merge<T>(
    rows: impl Iterator<Item = rusqlite::Result<(String, T)>>,
    join: impl Fn(&str, Vec<T>) -> T,
) -> rusqlite::Result<Vec<T>> {
    let mut lines = Vec::new();
    let mut open: Option<(String, Vec<T>)> = None;
    for row in rows {
        let (entry, account) = row?;
        match &mut open {
            Some((same, accounts)) if *same == entry => accounts.push(account),
            _ => {
                lines.extend(open.take().map(|(entry, all)| join(&entry, all)));
                open = Some((entry, vec![account]));
            }
        }
    }
    lines.extend(open.map(|(entry, all)| join(&entry, all)));
    Ok(lines)
}

/// The conditions of one question and their values, in the order of the question marks.
struct Asked {
    conditions: Vec<String>,
    values: Vec<Box<dyn ToSql>>,
    limit: i64,
}

impl Asked {
    /// The conditions that hold for every list: `c` is the view `current`.
    fn new(filter: &Filter) -> Asked {
        let limit = filter.limit.map_or(-1, |limit| limit as i64);
        let mut asked = Asked { conditions: Vec::new(), values: Vec::new(), limit };
        if let Some(day) = &filter.as_of {
            asked.and("c.published_on <= ? || '~'", [day]);
        }
        if let Some(outlet) = &filter.outlet {
            asked.and("c.outlet = ? COLLATE NOCASE", [outlet]);
        }
        asked
    }

    /// Keeps the rows in which the filter's actor has a part: there is an entity `e` of it,
    /// joined further by `joins`, of which `is_it` holds.
    fn actor(&mut self, filter: &Filter, joins: &str, is_it: &str) {
        if let Some(actor) = &filter.actor {
            let condition = format!(
                "EXISTS (SELECT 1 FROM entities e {joins}
                   JOIN identities i ON i.actor = e.actor
                   WHERE {is_it} AND i.identity = ?)"
            );
            self.and(&condition, [actor]);
        }
    }

    fn and<'v>(&mut self, condition: &str, values: impl IntoIterator<Item = &'v String>) {
        self.conditions.push(condition.to_owned());
        self.values.extend(
            values.into_iter().map(|value| Box::new(value.clone()) as Box<dyn ToSql>),
        );
    }

    /// Keeps what falls between the filter's days by the accounts' own, which `date` tells,
    /// or by that of the entry in the list.
    fn dated(&mut self, filter: &Filter, date: &str) {
        if !filter.is_listed {
            return self.between(filter, date);
        }
        self.and("j.on_day <> '~'", []);
        self.and_if("j.on_day >= ?", &filter.from);
        self.and_if("j.on_day <= ? || '~'", &filter.to);
    }

    fn and_if(&mut self, condition: &str, value: &Option<String>) {
        if let Some(value) = value {
            self.and(condition, [value]);
        }
    }

    /// Keeps what falls, even in part, between the filter's days. Days may be known only
    /// to the month or year, or be an interval A/B; `~` sorts after every digit.
    fn between(&mut self, filter: &Filter, date: &str) {
        if let Some(from) = &filter.from {
            let end = format!(
                "CASE instr({date}, '/') WHEN 0 THEN {date} \
                 ELSE substr({date}, instr({date}, '/') + 1) END"
            );
            self.and(&format!("({end}) || '~' >= ?"), [from]);
        }
        if let Some(to) = &filter.to {
            self.and(&format!("{date} <= ? || '~'"), [to]);
        }
    }

    fn at_least(&mut self, filter: &Filter, confidence: &str) {
        if let Some(least) = filter.min_confidence {
            self.conditions.push(format!("{confidence} >= ?"));
            self.values.push(Box::new(least));
        }
    }

    fn conditions(&self) -> String {
        match self.conditions.is_empty() {
            true => "1".to_owned(),
            false => self.conditions.join(" AND "),
        }
    }

    fn values(&self) -> impl Iterator<Item = &dyn ToSql> {
        self.values.iter().map(|value| &**value)
    }

    /// The values of [`Entries::sql`], in the order of its question marks.
    fn of_entries<'a>(
        &'a self,
        filter: &'a Filter,
        lead: &'a Lead,
    ) -> impl Iterator<Item = &'a dyn ToSql> {
        let text = |value: &'a Option<String>| value.iter().map(|one| one as &dyn ToSql);
        text(&lead.value)
            .chain(self.values())
            .chain(text(&filter.told_after))
            .chain(text(&filter.as_of))
    }
}
