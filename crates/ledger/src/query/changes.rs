//! What is new or otherwise since a day.
//!
//! In: a day. Out: the rows of the other lists that are new since, or differ from what
//! they were. Refuses to know: how the rows come about; it asks the lists as of both days.

use super::Filter;
use crate::{Error, Ledger};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A row that is new or has changed.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeLine {
    /// `document`, `meeting`, `statement`, `move`, `position` or `open`.
    pub kind: &'static str,
    /// The row's identifier; of a position its party and issue.
    pub id: String,
    /// Whether the row is new, and not only otherwise.
    pub is_new: bool,
    /// The keys whose values are not what they were; none of a new row.
    pub fields: Vec<String>,
    /// The row as it is.
    pub row: Value,
    /// The row as it was.
    pub before: Option<Value>,
}

impl ChangeLine {
    /// The keys that the line prints with.
    pub const KEYS: &'static [&'static str] =
        &["kind", "id", "change", "fields", "row", "before"];

    /// The line as it is printed for programs.
    pub fn json(&self) -> Value {
        json!({
            "kind": self.kind,
            "id": self.id,
            "change": if self.is_new { "new" } else { "changed" },
            "fields": self.fields,
            "row": self.row,
            "before": self.before,
        })
    }
}

/// Keys whose values differ with every further account and change nothing of the matter.
const BESIDE: &[&str] = &["accounts", "versions", "confidence", "as_of", "differs"];

impl Ledger {
    /// The rows of every list that are new since a day or have changed: what had been
    /// published by `since` against what has been published by the filter's `as_of`.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn changes(
        &self,
        since: &str,
        filter: &Filter,
    ) -> Result<Vec<ChangeLine>, Error> {
        let limit = filter.limit.unwrap_or(usize::MAX);
        let now =
            Filter { told_after: Some(since.to_owned()), limit: None, ..filter.clone() };
        let mut changes = self.new_documents(since, filter)?;
        let rows = self.meetings(&now)?;
        let before =
            self.meetings(&then(filter, since, rows.iter().map(|row| &row.id)))?;
        changes.extend(compare(
            "meeting",
            rows.iter().map(|row| (row.id.clone(), row.json())),
            before.iter().map(|row| (row.id.clone(), row.json())),
        ));
        let rows = self.moves(&now)?;
        let before = self.moves(&then(filter, since, rows.iter().map(|row| &row.id)))?;
        changes.extend(compare(
            "move",
            rows.iter().map(|row| (row.id.clone(), row.json())),
            before.iter().map(|row| (row.id.clone(), row.json())),
        ));
        let rows = self.statements(&now)?;
        let before =
            self.statements(&then(filter, since, rows.iter().map(|row| &row.id)))?;
        changes.extend(compare(
            "statement",
            rows.iter().map(|row| (row.id.clone(), row.json())),
            before.iter().map(|row| (row.id.clone(), row.json())),
        ));
        changes.extend(self.changed_positions(since, filter)?);
        changes.truncate(limit);
        Ok(changes)
    }

    fn new_documents(
        &self,
        since: &str,
        filter: &Filter,
    ) -> Result<Vec<ChangeLine>, Error> {
        let new = |document: super::DocumentLine| {
            let told = document.published.clone()?;
            (told.get(..10).unwrap_or(&told) > since).then(|| ChangeLine {
                kind: "document",
                id: document.id.clone(),
                is_new: true,
                fields: Vec::new(),
                row: document.json(),
                before: None,
            })
        };
        let from = Filter { from: Some(since.to_owned()), limit: None, ..filter.clone() };
        Ok(self.documents(&from)?.into_iter().filter_map(new).collect())
    }

    fn changed_positions(
        &self,
        since: &str,
        filter: &Filter,
    ) -> Result<Vec<ChangeLine>, Error> {
        let now = Filter { limit: None, ..filter.clone() };
        let then = Filter { as_of: Some(since.to_owned()), ..now.clone() };
        let (rows, before) = (self.positions(&now)?, self.positions(&then)?);
        let key = |row: &super::PositionLine| {
            let steps = row.history.iter().map(|step| {
                json!({"date": step.date, "act": step.act, "change": step.change.code()})
            });
            let mut short = row.json();
            short["history"] = steps.collect();
            (format!("{} {}", row.party, row.issue), short)
        };
        let mut changes =
            compare("position", rows.iter().map(key), before.iter().map(key));
        // What is due and what became of it is another question on every day.
        let (rows, before) = (self.open_items(&now)?, self.open_items(&then)?);
        let key = |row: &super::OpenLine| {
            let first = row.accounts.first();
            let place = first.map(|a| format!("{} {}", a.document, a.span.0));
            let kind = row.kind.code();
            (format!("{kind} {} {}", row.party, place.unwrap_or_default()), row.json())
        };
        changes.extend(compare("open", rows.iter().map(key), before.iter().map(key)));
        Ok(changes)
    }
}

/// The question for the same entries as of the earlier day.
fn then<'a>(
    filter: &Filter,
    since: &str,
    ids: impl Iterator<Item = &'a String>,
) -> Filter {
    Filter {
        as_of: Some(since.to_owned()),
        only: Some(ids.cloned().collect()),
        limit: None,
        ..filter.clone()
    }
}

fn compare(
    kind: &'static str,
    rows: impl Iterator<Item = (String, Value)>,
    before: impl Iterator<Item = (String, Value)>,
) -> Vec<ChangeLine> {
    let before: BTreeMap<String, Value> = before.collect();
    let mut changes = Vec::new();
    for (id, row) in rows {
        let was = before.get(&id);
        let keys = row.as_object().into_iter().flat_map(|row| row.keys());
        let fields: Vec<String> = match was {
            None => Vec::new(),
            Some(was) => keys
                .filter(|key| !BESIDE.contains(&key.as_str()) && row[*key] != was[*key])
                .cloned()
                .collect(),
        };
        if was.is_none() || !fields.is_empty() {
            let is_new = was.is_none();
            changes.push(ChangeLine {
                kind,
                id,
                is_new,
                fields,
                row,
                before: was.cloned(),
            });
        }
    }
    changes
}
