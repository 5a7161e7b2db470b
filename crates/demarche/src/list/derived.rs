//! The lists of what follows from the entries: positions, open items, disputes.
//!
//! In: arguments. Out: rows on standard output. Refuses to know: the rules by which they
//! follow.

use super::{evidence, open, outlets};
use crate::Ended;
use crate::arguments::ListArguments;
use crate::print::{Column, Table, day, list};
use anyhow::Result;
use ledger::{OpenLine, PositionLine};

/// Prints where each party stands on each issue, and how it came there.
pub fn positions(asked: ListArguments) -> Result<Ended> {
    let rows = open(&asked)?.positions(&asked.filter())?;
    list(&rows, asked.format, PositionLine::KEYS, PositionLine::json, |rows| {
        let mut table = Table::new(&[
            Column::cut("party", 4, 14),
            Column::cut("issue", 10, 24),
            Column::fixed("date"),
            Column::fixed("change"),
            Column::fixed("act"),
            Column::cut("toward", 4, 14),
            Column::number("origins"),
            Column::cut("evidence", 28, 110),
            Column::cut("outlet", 8, 16),
        ]);
        for row in rows {
            let (mut party, mut issue) = (row.party.as_str(), row.issue.as_str());
            for step in &row.history {
                // A position is named once, above its steps.
                table.row(vec![
                    std::mem::take(&mut party).into(),
                    std::mem::take(&mut issue).into(),
                    step.date.as_str().into(),
                    step.change.code().into(),
                    conditional(&step.act, step.is_conditional).into(),
                    step.toward.join(", ").into(),
                    step.origins.into(),
                    evidence(&step.accounts).into(),
                    outlets(&step.accounts).into(),
                ]);
            }
        }
        table
    })?;
    Ok(Ended::Done)
}

/// Prints what is still open, and what became of it.
pub fn open_items(asked: ListArguments) -> Result<Ended> {
    let rows = open(&asked)?.open_items(&asked.filter())?;
    list(&rows, asked.format, OpenLine::KEYS, OpenLine::json, |rows| {
        let mut table = Table::new(&[
            Column::fixed("due"),
            Column::fixed("kind"),
            Column::fixed("status"),
            Column::cut("party", 4, 14),
            Column::cut("toward", 4, 14),
            Column::cut("issue", 8, 20),
            Column::fixed("since"),
            Column::cut("evidence", 24, 90),
            Column::cut("closed by", 16, 60),
            Column::cut("outlet", 8, 16),
        ]);
        for row in rows {
            table.row(vec![
                day(row.due.as_deref()).into(),
                row.kind.code().into(),
                row.status.code().into(),
                row.party.as_str().into(),
                row.toward.join(", ").into(),
                row.issue.as_deref().into(),
                day(row.since.as_deref()).into(),
                evidence(&row.accounts).into(),
                row.closed_by.as_ref().map(|one| one.evidence.as_str()).into(),
                outlets(&row.accounts).into(),
            ]);
        }
        table
    })?;
    Ok(Ended::Done)
}

fn conditional(act: &str, is_conditional: bool) -> String {
    format!("{act}{}", if is_conditional { " (if)" } else { "" })
}
