//! What follows from the entries, as lines of a briefing: positions and open items.
//!
//! In: a ledger and a filter. Out: positions and open items of which some account is in
//! the documents that are told of. Refuses to know: the rules by which they follow.

use super::lines::{Room, label_of};
use ledger::{Filter, Ledger, PositionLine, PositionStep};
use record::Act;
use web::{OpenItem, Position};

impl Room<'_> {
    /// Where each party stands on each issue.
    pub(super) fn positions(
        &mut self,
        ledger: &Ledger,
        filter: &Filter,
        labels: &[(String, String)],
    ) -> Result<Vec<Position>, ledger::Error> {
        let mut positions = Vec::new();
        for line in ledger.positions(filter)? {
            let last = told_last(&line);
            let Some((last, act)) = last.zip(Act::from_code(&line.act)) else { continue };
            let begun =
                |step: &&PositionStep| step.date == line.since && step.act == line.act;
            let first = line.history.iter().find(begun);
            let told = first.into_iter().chain([last]).flat_map(|step| &step.accounts);
            let accounts = self.accounts(told, &[])?;
            if accounts.is_empty() {
                continue;
            }
            positions.push(Position {
                issue: label_of(labels, &line.issue),
                party: line.party.clone(),
                act,
                is_conditional: line.is_conditional,
                since: line.since.clone(),
                change: last.change,
                changed_on: last.date.clone(),
                accounts,
            });
        }
        Ok(positions)
    }

    /// What is still open, and what became of the rest.
    pub(super) fn open_items(
        &mut self,
        ledger: &Ledger,
        filter: &Filter,
        labels: &[(String, String)],
    ) -> Result<Vec<OpenItem>, ledger::Error> {
        let mut items = Vec::new();
        for line in ledger.open_items(filter)? {
            let accounts = self.accounts(line.accounts.iter(), &[])?;
            if accounts.is_empty() {
                continue;
            }
            let closed_by = self.accounts(line.closed_by.iter(), &[])?.into_iter().next();
            items.push(OpenItem {
                kind: line.kind,
                party: line.party,
                toward: line.toward,
                issue: line.issue.as_deref().map(|issue| label_of(labels, issue)),
                due: line.due,
                since: line.since,
                status: line.status,
                accounts,
                closed_by,
            });
        }
        Ok(items)
    }
}

/// The last step that tells the act with which a party stands.
fn told_last(line: &PositionLine) -> Option<&PositionStep> {
    let stands = |step: &&PositionStep| {
        step.act == line.act && step.is_conditional == line.is_conditional
    };
    line.history.iter().rfind(stands).or(line.history.last())
}
