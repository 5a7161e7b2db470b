//! What is said of issues and the moves about them.
//!
//! In: moves. Out: plain text, and which moves are shown in which order. Refuses to know:
//! markup.

use super::{Entry, Phrases, is_doubtful};
use crate::When;
use crate::briefing::{Account, Issue, MoveLine, order};
use crate::words::*;
use record::Modality;
use std::collections::BTreeMap;

/// How many parties are named before the rest is counted.
const PARTIES_NAMED: usize = 5;

impl<'a> Phrases<'a> {
    /// `Russia → United States, NATO`.
    pub(in crate::briefing) fn sides(&self, line: &MoveLine) -> String {
        let comma = if self.language == Language::Zh { "、" } else { ", " };
        let actor = match line.actor.as_slice() {
            [] => self.language.say(NO_PARTY).to_owned(),
            actor => self.names(actor).join(comma),
        };
        match line.target.as_slice() {
            [] => actor,
            target => format!("{actor} → {}", self.names(target).join(comma)),
        }
    }

    /// What is said of a move beside its sides and its act: how real, by when, on what.
    pub(in crate::briefing) fn qualities(&self, line: &MoveLine) -> Vec<String> {
        let l = self.language;
        let mut said: Vec<String> = Vec::new();
        said.extend(line.by.clone());
        // What hangs on a condition that is shown need not be called hypothetical too.
        let is_told = line.condition.is_some() && line.modality == Modality::Hypothetical;
        if !is_told {
            said.extend(l.modality(line.modality).map(str::to_owned));
        }
        if let Some(condition) = &line.condition {
            said.push(l.fill(IF, &[condition]));
        } else if line.conditional {
            said.push(l.say(CONDITIONAL).to_owned());
        }
        if line.due.is_some() {
            said.push(l.fill(DUE, &[&self.date(line.due.as_deref(), NO_DATE)]));
        }
        if is_doubtful(line.confidence) {
            said.push(l.say(LOW_CONFIDENCE).to_owned());
        }
        said
    }

    pub(in crate::briefing) fn issue_label<'b>(&self, issue: &'b Issue) -> &'b str {
        issue.label.as_deref().unwrap_or_else(|| self.language.say(NO_ISSUE))
    }

    /// `3 moves by Russia and NATO, 7 December 2021 to 10 January 2022; 2 origins.`
    pub(in crate::briefing) fn issue_summary(&self, issue: &Issue) -> String {
        let l = self.language;
        let parties = self.issue_parties(issue);
        let mut days: Vec<When> = issue
            .moves
            .iter()
            .filter_map(|line| When::parse(line.date.as_deref()?))
            .collect();
        days.sort();
        let span = match (days.first(), days.last()) {
            (Some(first), Some(last)) => {
                l.fill(ISSUE_DATES, &[&self.days_between(*first, *last)])
            }
            _ => String::new(),
        };
        let accounts: Vec<Account> =
            issue.moves.iter().flat_map(|line| line.accounts.clone()).collect();
        let origins = l.count(self.briefing.origins(&accounts), ORIGINS);
        l.fill(
            ISSUE_SUMMARY,
            &[&l.count(issue.moves.len(), MOVES), &parties, &span, &origins],
        )
    }

    /// Whose moves they are, those with the most first.
    pub(super) fn issue_parties(&self, issue: &Issue) -> String {
        let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
        for party in issue.moves.iter().flat_map(|line| &line.actor) {
            *counts.entry(party).or_default() += 1;
        }
        let mut parties: Vec<(&String, usize)> = counts.into_iter().collect();
        parties.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let parties: Vec<String> = parties.into_iter().map(|(p, _)| p.clone()).collect();
        let others = parties.len().saturating_sub(PARTIES_NAMED);
        match parties.as_slice() {
            [] => self.language.say(NO_PARTY).to_owned(),
            all if others < 2 => self.told_names(all),
            all => {
                let comma = if self.language == Language::Zh { "、" } else { ", " };
                let named: Vec<String> = all[..PARTIES_NAMED]
                    .iter()
                    .map(|party| self.told_name(party))
                    .collect();
                let count = self.language.count(others, OTHER_PARTIES);
                self.language.fill(AND_OTHERS, &[&named.join(comma), &count])
            }
        }
    }

    /// An issue's moves to show, the most told and surest ones in order of time, and how
    /// many more there are.
    pub(in crate::briefing) fn moves<'b>(
        &self,
        issue: &'b Issue,
    ) -> (Vec<&'b MoveLine>, usize) {
        let mut moves: Vec<&MoveLine> = issue.moves.iter().collect();
        moves.sort_by(|a, b| {
            let told = |line: &MoveLine| self.briefing.origins(&line.accounts);
            told(b).cmp(&told(a)).then(b.confidence.total_cmp(&a.confidence))
        });
        moves.truncate(self.briefing.limit.unwrap_or(usize::MAX));
        moves.sort_by_key(|line| order(line.date.as_deref()));
        let hidden = issue.moves.len() - moves.len();
        (moves, hidden)
    }

    /// Everything dated, by date, then everything else.
    pub(in crate::briefing) fn by_date(&self) -> Vec<(String, Vec<Entry<'a>>)> {
        let mut entries: Vec<(Option<&str>, Entry)> = Vec::new();
        for meeting in &self.briefing.meetings {
            entries.push((meeting.start.as_deref(), Entry::Meeting(meeting)));
        }
        for issue in &self.briefing.issues {
            for line in self.moves(issue).0 {
                let entry = Entry::Move(issue.label.as_deref(), line);
                entries.push((line.date.as_deref(), entry));
            }
        }
        entries.sort_by_key(|(date, _)| order(*date));
        let mut days: Vec<(String, Vec<Entry>)> = Vec::new();
        for (date, entry) in entries {
            let day = self.date(date, UNDATED);
            match days.last_mut() {
                Some((last, entries)) if *last == day => entries.push(entry),
                _ => days.push((day, vec![entry])),
            }
        }
        days
    }
}
