//! Where every side stands on every issue, in short: steps without their evidence.
//!
//! In: a filter. Out: one line for each side and issue that it has a position on. Refuses
//! to know: who tells of a step, and in which words.

use super::Filter;
use crate::derive::history::{History, Told, history};
use crate::derive::positions::{Change, RULES};
use crate::{Error, Ledger};
use rusqlite::params_from_iter;

/// Where one party stands on one issue, and the steps by which it came there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingLine {
    /// The party.
    pub party: String,
    /// The issue.
    pub issue: String,
    /// The act that says where it stands, a PLOVER type.
    pub act: String,
    /// Whether that act hangs on something.
    pub is_conditional: bool,
    /// Since when it has stood so.
    pub since: String,
    /// What the last step changed.
    pub change: Change,
    /// How many independent origins tell of the act that says where it stands.
    pub origins: usize,
    /// All its steps, oldest first; never empty.
    pub steps: Vec<StandingStep>,
}

/// One step of a party on an issue, without what tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingStep {
    /// The day, month or year.
    pub date: String,
    /// The PLOVER type.
    pub act: String,
    /// What it changes.
    pub change: Change,
}

impl Ledger {
    /// Where the parties of a filter stand on its issues, by party and issue, the same as
    /// [`Ledger::positions`] tells at more length; `from` is not asked.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn standings(&self, filter: &Filter) -> Result<Vec<StandingLine>, Error> {
        self.find_standings(filter)
            .map_err(|cause| self.error("find where parties stand", cause))
    }

    fn find_standings(&self, filter: &Filter) -> rusqlite::Result<Vec<StandingLine>> {
        let asked = super::positions::asked(filter);
        let mut rows = self.connection.prepare_cached(&super::positions::sql(&asked))?;
        let mut rows = rows.query(params_from_iter(asked.values()))?;
        let most = filter.limit.unwrap_or(usize::MAX);
        let mut lines = Vec::new();
        let mut group: Vec<Told> = Vec::new();
        let mut of = (String::new(), String::new());
        while let Some(row) = rows.next()? {
            let next = (row.get(0)?, row.get(1)?);
            if next != of {
                lines.extend(standing(&of, &group));
                group.clear();
                of = next;
                if lines.len() >= most {
                    return Ok(lines);
                }
            }
            group.push(super::told::told(row, 4)?);
        }
        lines.extend(standing(&of, &group));
        Ok(lines)
    }
}

fn standing((party, issue): &(String, String), told: &[Told]) -> Option<StandingLine> {
    let History { steps, standing } = history(&RULES, told)?;
    let stands = &steps[standing];
    Some(StandingLine {
        party: party.clone(),
        issue: issue.clone(),
        act: stands.act.clone(),
        is_conditional: stands.is_conditional,
        since: stands.since.clone(),
        change: steps.last()?.change,
        origins: stands.origins,
        steps: steps
            .iter()
            .map(|step| StandingStep {
                date: step.date.clone(),
                act: step.act.clone(),
                change: step.change,
            })
            .collect(),
    })
}
