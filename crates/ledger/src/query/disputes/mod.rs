//! Where accounts cannot all be true.
//!
//! In: a filter, and how text is folded. Out: disputes, each value with its accounts.
//! Refuses to know: which account is right.

mod finds;

use super::{Account, Filter};
use crate::derive::disputes::{
    Dispute, DisputeKind, events, instruments, meetings, spellings, terms,
};
use crate::{Error, Ledger};
use finds::Place;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// How many accounts of one value are shown; `documents` counts them all.
const SHOWN: usize = 5;

/// One dispute.
#[derive(Debug, Clone, PartialEq)]
pub struct DisputeLine {
    /// What the accounts differ in.
    pub kind: DisputeKind,
    /// What they are about.
    pub about: String,
    /// The parties that it concerns.
    pub parties: Vec<String>,
    /// What the accounts say, the most told first.
    pub values: Vec<DisputedValue>,
}

/// One of the values that cannot all be true.
#[derive(Debug, Clone, PartialEq)]
pub struct DisputedValue {
    /// The value.
    pub value: String,
    /// How many documents have it.
    pub documents: usize,
    /// Who says so.
    pub accounts: Vec<Account>,
}

impl DisputeLine {
    /// The keys that the line prints with.
    pub const KEYS: &'static [&'static str] = &["kind", "about", "parties", "values"];

    /// The line as it is printed for programs.
    pub fn json(&self) -> Value {
        let value = |one: &DisputedValue| {
            json!({
                "value": one.value,
                "documents": one.documents,
                "accounts": super::accounts_json(&one.accounts),
            })
        };
        json!({
            "kind": self.kind.code(),
            "about": self.about,
            "parties": self.parties,
            "values": self.values.iter().map(value).collect::<Vec<_>>(),
        })
    }
}

/// Disputes, and where what each of their numbers says stands.
type Found = (Vec<Dispute>, Vec<Place>);

impl Ledger {
    /// The disputes that a filter wants, by kind and what they are about; `party` is one
    /// that a dispute concerns, an issue keeps those in documents that tell of acts on it.
    /// `fold` gives a text in one script, every offset the same place.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn disputes(
        &self,
        filter: &Filter,
        fold: &dyn Fn(&str) -> String,
    ) -> Result<Vec<DisputeLine>, Error> {
        let all = self
            .find_disputes(filter, fold)
            .map_err(|cause| self.error("find disputes", cause))?;
        let is_wanted = |dispute: &Dispute| {
            [&filter.party, &filter.toward].into_iter().flatten().all(|party| {
                dispute.parties.iter().any(|one| one.eq_ignore_ascii_case(party))
            })
        };
        let mut wanted: Vec<(&Dispute, &[Place])> = Vec::new();
        for (disputes, places) in &all {
            let kept = disputes.iter().filter(|dispute| is_wanted(dispute));
            wanted.extend(kept.map(|dispute| (dispute, places.as_slice())));
        }
        wanted.sort_by_key(|(dispute, _)| (dispute.kind, &dispute.about));
        wanted.truncate(filter.limit.unwrap_or(usize::MAX));
        let lines =
            wanted.into_iter().map(|(dispute, places)| self.dispute(dispute, places));
        lines.collect()
    }

    fn find_disputes(
        &self,
        filter: &Filter,
        fold: &dyn Fn(&str) -> String,
    ) -> rusqlite::Result<Vec<Found>> {
        let (told, event_places) = self.told_events(filter, fold)?;
        let (said, said_places) = self.named_instruments(filter, fold)?;
        let (met, met_places) = self.met(filter)?;
        let (spelt, spelt_places) = self.spelt(filter, fold)?;
        let (refused, refused_places) = self.refused_terms(filter, fold)?;
        Ok(vec![
            (events::odd_names(&told), event_places),
            (instruments::exchanges(&said), said_places),
            (meetings::attributes(&met), met_places),
            (spellings::respelt(&spelt), spelt_places),
            (refused, refused_places),
        ])
    }

    fn dispute(&self, dispute: &Dispute, places: &[Place]) -> Result<DisputeLine, Error> {
        let mut values = Vec::new();
        for (value, numbers) in &dispute.values {
            let mut documents: BTreeMap<&str, &Place> = BTreeMap::new();
            for number in numbers {
                documents.entry(&places[*number].document).or_insert(&places[*number]);
            }
            let shown = documents.values().take(SHOWN);
            values.push(DisputedValue {
                value: value.clone(),
                documents: documents.len(),
                accounts: shown
                    .filter_map(|place| self.account_at(place).transpose())
                    .collect::<Result<_, _>>()?,
            });
        }
        Ok(DisputeLine {
            kind: dispute.kind,
            about: dispute.about.clone(),
            parties: dispute.parties.clone(),
            values,
        })
    }
}
