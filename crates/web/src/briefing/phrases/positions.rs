//! What is said of positions, and which of them fit a page.
//!
//! In: positions. Out: a table of them, issues by parties. Refuses to know: markup.

use super::Phrases;
use crate::When;
use crate::briefing::Position;
use crate::words::*;
use ledger::Change;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How many parties have a column of their own.
const PARTIES_SHOWN: usize = 4;
/// How many issues are shown where a briefing is kept short.
const ISSUES_SHOWN: usize = 14;

/// Positions, issues by parties.
pub(in crate::briefing) struct PositionTable<'a> {
    /// The code of the party of each column.
    pub parties: Vec<&'a str>,
    /// Each issue with a cell for each party; no row is empty.
    pub rows: Vec<(&'a str, Vec<Option<&'a Position>>)>,
    /// How many positions have no cell.
    pub hidden: usize,
}

impl<'a> Phrases<'a> {
    /// The parties of whom the most positions are told, and the issues on which the most
    /// of them have one.
    pub(in crate::briefing) fn position_table(&self) -> PositionTable<'a> {
        let all = &self.briefing.positions;
        let parties = most_told(all.iter().map(|one| (one.party.as_str(), one)));
        let parties: Vec<&str> = parties.into_iter().take(PARTIES_SHOWN).collect();
        let shown = all.iter().filter(|one| parties.contains(&one.party.as_str()));
        let mut issues = most_told(shown.map(|one| (one.issue.as_str(), one)));
        if self.briefing.limit.is_some() {
            issues.truncate(ISSUES_SHOWN);
        }
        let cell = |issue: &str, party: &str| {
            all.iter().find(|one| one.issue == issue && one.party == party)
        };
        let rows: Vec<(&str, Vec<Option<&Position>>)> = issues
            .into_iter()
            .map(|issue| (issue, parties.iter().map(|p| cell(issue, p)).collect()))
            .collect();
        let cells = rows.iter().flat_map(|(_, cells)| cells).flatten().count();
        PositionTable { parties, rows, hidden: all.len() - cells }
    }

    /// `REQUEST (if)`.
    pub(in crate::briefing) fn position_act(&self, position: &Position) -> String {
        let act = self.language.act(position.act);
        match position.is_conditional {
            true => self.language.fill(IF_MET, &[act]),
            false => act.to_owned(),
        }
    }

    /// `7 Dec 2021; reaffirmed 10 Jan 2022`: since when, and what last changed.
    pub(in crate::briefing) fn position_days(&self, position: &Position) -> Vec<String> {
        let l = self.language;
        let day = |date: &str| {
            When::parse(date).map_or_else(|| date.to_owned(), |when| when.short(l))
        };
        let mut said = vec![l.fill(SINCE, &[&day(&position.since)])];
        if position.change != Change::New {
            let change = l.change(position.change);
            said.push(l.fill(POSITION_CHANGE, &[change, &day(&position.changed_on)]));
        }
        said
    }

    /// How many positions have no cell in the table.
    pub(in crate::briefing) fn positions_left_out(
        &self,
        hidden: usize,
    ) -> Option<String> {
        let count = self.language.count(hidden, OTHER_POSITIONS);
        (hidden > 0).then(|| self.language.fill(POSITIONS_LEFT_OUT, &[&count]))
    }
}

/// Keys in the order of how much is told of them: those with the most positions first,
/// then those with the most accounts.
fn most_told<'a>(told: impl Iterator<Item = (&'a str, &'a Position)>) -> Vec<&'a str> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (key, position) in told {
        let count = counts.entry(key).or_default();
        count.0 += 1;
        count.1 += position.accounts.len();
    }
    let mut keys: Vec<(&str, (usize, usize))> = counts.into_iter().collect();
    keys.sort_by_key(|(_, count)| Reverse(*count));
    keys.into_iter().map(|(key, _)| key).collect()
}
