//! The lists of what follows from the entries: positions, open items, disputes.
//!
//! In: arguments. Out: rows on standard output. Refuses to know: the rules by which they
//! follow.

use super::{evidence, open, outlets};
use crate::Ended;
use crate::arguments::ListArguments;
use crate::print::{Column, Table, list};
use anyhow::Result;
use ledger::PositionLine;

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

fn conditional(act: &str, is_conditional: bool) -> String {
    format!("{act}{}", if is_conditional { " (if)" } else { "" })
}
