//! Where each party stands on each issue, and since when.

use super::histories::{self, Chain};
use super::{Account, Filter};
use crate::derive::positions::Change;
use crate::{Error, Ledger};
use serde_json::{Value, json};

/// Where one party stands on one issue.
#[derive(Debug, Clone, PartialEq)]
pub struct PositionLine {
    /// The party.
    pub party: String,
    /// The issue.
    pub issue: String,
    /// The day as of which it is so; none in a ledger without dates.
    pub as_of: Option<String>,
    /// The act that says where it stands, a PLOVER type.
    pub act: String,
    /// Whether that act hangs on something.
    pub is_conditional: bool,
    /// Since when it has stood so.
    pub since: String,
    /// How it came there, oldest first.
    pub history: Vec<PositionStep>,
}

/// One step of a party on an issue: what is told of one day and act.
#[derive(Debug, Clone, PartialEq)]
pub struct PositionStep {
    /// The day, month or year.
    pub date: String,
    /// The PLOVER type.
    pub act: String,
    /// Whether it hangs on something.
    pub is_conditional: bool,
    /// What it changes: new, reaffirmed, hardened, softened, withdrawn, reversed.
    pub change: Change,
    /// Towards whom.
    pub toward: Vec<String>,
    /// The id of the move that tells it best.
    pub move_id: String,
    /// How many independent origins tell it.
    pub origins: usize,
    /// The surest words that tell it.
    pub accounts: Vec<Account>,
    /// The step that it is compared with; none of the first.
    pub compared: Option<Compared>,
}

/// The earlier step that a step is compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// Its day.
    pub date: String,
    /// Its act.
    pub act: String,
    /// The id of the move that tells it best.
    pub move_id: String,
    /// The surest words that tell it.
    pub accounts: Vec<Account>,
}

impl PositionLine {
    /// The keys that the line prints with.
    pub const KEYS: &'static [&'static str] =
        &["party", "issue", "as_of", "act", "conditional", "since", "history"];

    /// The line as it is printed for programs.
    pub fn json(&self) -> Value {
        json!({
            "party": self.party,
            "issue": self.issue,
            "as_of": self.as_of,
            "act": self.act,
            "conditional": self.is_conditional,
            "since": self.since,
            "history": self.history.iter().map(PositionStep::json).collect::<Vec<_>>(),
        })
    }
}

impl PositionStep {
    fn json(&self) -> Value {
        let compared = |step: &Compared| {
            json!({
                "date": step.date,
                "act": step.act,
                "move": step.move_id,
                "accounts": super::accounts_json(&step.accounts),
            })
        };
        json!({
            "date": self.date,
            "act": self.act,
            "conditional": self.is_conditional,
            "change": self.change.code(),
            "toward": self.toward,
            "move": self.move_id,
            "origins": self.origins,
            "accounts": super::accounts_json(&self.accounts),
            "compared": self.compared.as_ref().map(compared),
        })
    }
}

impl Ledger {
    /// The positions that a filter wants, by party and issue; `from` and `to` keep the
    /// steps between them, and what came before still says what they change.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn positions(&self, filter: &Filter) -> Result<Vec<PositionLine>, Error> {
        self.find_positions(filter).map_err(|cause| self.error("find positions", cause))
    }

    fn find_positions(&self, filter: &Filter) -> rusqlite::Result<Vec<PositionLine>> {
        let as_of = self.as_of(filter)?;
        let most = filter.limit.unwrap_or(usize::MAX);
        let mut lines = Vec::new();
        if most == 0 {
            return Ok(lines);
        }
        histories::each(&self.connection, filter, |chain| {
            lines.extend(self.position(filter, &as_of, chain)?);
            Ok(lines.len() < most)
        })?;
        Ok(lines)
    }

    /// The line of one history, with its evidence; none where no step is between the
    /// filter's days.
    fn position(
        &self,
        filter: &Filter,
        as_of: &Option<String>,
        chain: Chain,
    ) -> rusqlite::Result<Option<PositionLine>> {
        let from = filter.from.as_deref().unwrap_or("");
        let told = chain
            .steps
            .iter()
            .map(|step| step.accounts(&self.connection))
            .collect::<rusqlite::Result<Vec<_>>>()?;
        let compared = |at: usize| {
            let (step, (move_id, accounts)) = chain.steps.get(at).zip(told.get(at))?;
            Some(Compared {
                date: step.date.clone(),
                act: step.act.clone(),
                move_id: move_id.clone(),
                accounts: accounts.clone(),
            })
        };
        let wanted = chain.steps.iter().zip(&told);
        let steps: Vec<PositionStep> = wanted
            .filter(|(step, _)| step.date.as_str() >= from)
            .map(|(step, (move_id, accounts))| PositionStep {
                date: step.date.clone(),
                act: step.act.clone(),
                is_conditional: step.is_conditional,
                change: step.change,
                toward: step.targets.clone(),
                move_id: move_id.clone(),
                origins: step.origins,
                accounts: accounts.clone(),
                compared: step.compared.and_then(compared),
            })
            .collect();
        let stands = chain.steps.get(chain.stands);
        Ok(stands.filter(|_| !steps.is_empty()).map(|stands| PositionLine {
            party: chain.party.clone(),
            issue: chain.issue.clone(),
            as_of: as_of.clone(),
            act: stands.act.clone(),
            is_conditional: stands.is_conditional,
            since: stands.since.clone(),
            history: steps,
        }))
    }

    /// The day as of which a filter asks: its own, else the latest publication.
    pub(super) fn as_of(&self, filter: &Filter) -> rusqlite::Result<Option<String>> {
        if let Some(day) = filter.as_of.as_ref().or(filter.to.as_ref()) {
            return Ok(Some(day.clone()));
        }
        let mut rows = self.connection.prepare_cached(
            "SELECT substr(published_on, 1, 10) FROM current
             WHERE published_on IS NOT NULL ORDER BY published_on DESC LIMIT 1",
        )?;
        let mut rows = rows.query([])?;
        rows.next()?.map(|row| row.get(0)).transpose()
    }
}
