//! Where every side stands on every issue, in short: steps without their evidence.
//!
//! In: a filter. Out: one line for each side and issue that it has a position on. Refuses
//! to know: who tells of a step, and in which words.

use super::Filter;
use super::histories::{self, Chain};
use crate::derive::positions::Change;
use crate::{Error, Ledger};

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
        let most = filter.limit.unwrap_or(usize::MAX);
        let mut lines = Vec::new();
        if most == 0 {
            return Ok(lines);
        }
        histories::each(&self.connection, filter, |chain| {
            lines.extend(standing(chain));
            Ok(lines.len() < most)
        })?;
        Ok(lines)
    }
}

fn standing(chain: Chain) -> Option<StandingLine> {
    let stands = chain.steps.get(chain.stands)?;
    Some(StandingLine {
        party: chain.party,
        issue: chain.issue,
        act: stands.act.clone(),
        is_conditional: stands.is_conditional,
        since: stands.since.clone(),
        change: chain.steps.last()?.change,
        origins: stands.origins,
        steps: chain
            .steps
            .into_iter()
            .map(|step| StandingStep {
                date: step.date,
                act: step.act,
                change: step.change,
            })
            .collect(),
    })
}
