//! What is said of open items, and which of them are shown.
//!
//! In: open items. Out: plain text, and a choice of items. Refuses to know: markup, the
//! rules by which something is open.

use super::Phrases;
use crate::When;
use crate::briefing::{OpenItem, order};
use crate::words::*;
use ledger::OpenStatus;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How many are shown where a briefing is kept short.
const SHOWN: usize = 18;

impl<'a> Phrases<'a> {
    /// The open items to show, by the day that they are due on, and how many more there
    /// are: what is open before what is over, what is due before what is not, and the
    /// latest first.
    pub(in crate::briefing) fn open_items(&self) -> (Vec<&'a OpenItem>, usize) {
        let mut items: Vec<&OpenItem> = self.briefing.open_items.iter().collect();
        items.sort_by_key(|item| {
            let told = self.briefing.origins(&item.accounts);
            let since = item.since.as_deref().and_then(When::parse);
            (rank(item.status), item.due.is_none(), Reverse(told), Reverse(since))
        });
        if self.briefing.limit.is_some() {
            items.truncate(SHOWN);
        }
        items.sort_by_key(|item| {
            (rank(item.status), order(item.due.as_deref()), order(item.since.as_deref()))
        });
        let hidden = self.briefing.open_items.len() - items.len();
        (items, hidden)
    }

    /// `6 open, 3 standing, 2 lapsed as of 13 January 2022.`
    pub(in crate::briefing) fn open_summary(&self) -> String {
        let l = self.language;
        let mut counts: BTreeMap<(u8, &str), usize> = BTreeMap::new();
        for item in &self.briefing.open_items {
            let key = (rank(item.status), l.open_status(item.status));
            *counts.entry(key).or_default() += 1;
        }
        let said = counts.iter().map(|((_, status), count)| match l {
            Language::En => format!("{count} {status}"),
            Language::Zh => format!("{status}{count}项"),
        });
        let said: Vec<String> = said.collect();
        let day = self.date(self.briefing.as_of.as_deref(), NO_DATE);
        l.fill(OPEN_SUMMARY, &[&said.join(l.comma()), &day])
    }

    /// `request · troop build-up`.
    pub(in crate::briefing) fn open_head(&self, item: &OpenItem) -> String {
        let kind = self.language.open_kind(item.kind);
        match &item.issue {
            Some(issue) => format!("{kind} · {issue}"),
            None => kind.to_owned(),
        }
    }

    /// `Russia → United States, NATO`.
    pub(in crate::briefing) fn open_sides(&self, item: &OpenItem) -> String {
        let comma = if self.language == Language::Zh { "、" } else { ", " };
        let party = match item.party.as_str() {
            "" => self.language.say(NO_PARTY).to_owned(),
            party => self.briefing.name(party),
        };
        match item.toward.as_slice() {
            [] => party,
            toward => format!("{party} → {}", self.names(toward).join(comma)),
        }
    }

    /// The day that it is due on, in few words.
    pub(in crate::briefing) fn open_due(&self, item: &OpenItem) -> Option<String> {
        let when = item.due.as_deref().and_then(When::parse)?;
        Some(when.short(self.language))
    }

    /// The day that it is first told of, in few words.
    pub(in crate::briefing) fn open_since(&self, item: &OpenItem) -> Option<String> {
        let when = item.since.as_deref().and_then(When::parse)?;
        Some(self.language.fill(SINCE, &[&when.short(self.language)]))
    }

    /// What became of it.
    pub(in crate::briefing) fn open_status(&self, item: &OpenItem) -> &'static str {
        self.language.open_status(item.status)
    }
}

/// What is open comes before what is over.
fn rank(status: OpenStatus) -> u8 {
    match status {
        OpenStatus::Open => 0,
        OpenStatus::Standing => 1,
        OpenStatus::Lapsed => 2,
        OpenStatus::Answered => 3,
        OpenStatus::Met => 4,
    }
}
