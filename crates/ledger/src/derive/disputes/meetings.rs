//! Attributes of one meeting that cannot all be true.
//!
//! In: what single accounts tell of meetings, the table `wide` of places that hold cities.
//! Out: places, durations and outcomes that do not agree. Refuses to know: where accounts
//! are kept.
//!
//! Accounts are of one meeting where parties, day and level agree. A place counts where the
//! account's own sentence names it and it is no wide one; where one account names both
//! places, one lies in the other. Durations may be rounded.

use super::{Dispute, DisputeKind};
use crate::derive::table::Rules;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static WIDE: LazyLock<Rules> =
    LazyLock::new(|| Rules::parse(include_str!("../../../rules/wide.tsv")));

/// What one account tells of one meeting.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Met {
    /// Who meets.
    pub parties: BTreeSet<String>,
    /// The day.
    pub day: String,
    /// The rank of those who meet.
    pub level: String,
    /// Whether they meet face to face.
    pub is_in_person: bool,
    /// The place, where the account's sentence names it.
    pub place: Option<String>,
    /// All the places that the sentence names.
    pub places: Vec<String>,
    /// How long it took.
    pub minutes: Option<i64>,
    /// What became of it.
    pub status: String,
    /// Who published the account.
    pub document: String,
}

/// Durations that differ by no more than this part of the longer one are rounded.
const ROUNDED: f64 = 0.25;

/// The disputes over meetings.
pub(crate) fn attributes(met: &[Met]) -> Vec<Dispute> {
    let mut meetings: BTreeMap<(&str, &BTreeSet<String>, &str), Vec<usize>> =
        BTreeMap::new();
    for (number, one) in met.iter().enumerate() {
        if one.parties.len() > 1 && one.level != "unknown" && one.day.len() == 10 {
            meetings
                .entry((&one.day, &one.parties, &one.level))
                .or_default()
                .push(number);
        }
    }
    let mut disputes = Vec::new();
    for ((day, parties, level), numbers) in meetings {
        let parties: Vec<String> = parties.iter().cloned().collect();
        let about = format!("{} of {level}, {day}", parties.join(", "));
        let kinds =
            [places(met, &numbers), durations(met, &numbers), statuses(met, &numbers)];
        let kinds = kinds.into_iter().filter(|(_, values)| values.len() > 1);
        disputes.extend(kinds.map(|(kind, values)| Dispute {
            kind,
            about: about.clone(),
            parties: parties.clone(),
            values,
        }));
    }
    disputes
}

type Values = (DisputeKind, Vec<(String, Vec<usize>)>);

fn places(met: &[Met], numbers: &[usize]) -> Values {
    let mut values: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for number in numbers.iter().filter(|number| met[**number].is_in_person) {
        let place = met[*number].place.as_deref();
        let is_city = |place: &&str| WIDE.iter().all(|row| row.cell("place") != *place);
        if let Some(place) = place.filter(is_city) {
            values.entry(place).or_default().push(*number);
        }
    }
    let is_within = values.keys().any(|one| {
        numbers.iter().any(|number| {
            let also = &met[*number].places;
            also.iter().any(|place| place == one)
                && also
                    .iter()
                    .any(|place| place != one && values.contains_key(place.as_str()))
        })
    });
    let values = if is_within { BTreeMap::new() } else { values };
    (DisputeKind::Place, values.into_iter().map(|(v, all)| (v.to_owned(), all)).collect())
}

fn durations(met: &[Met], numbers: &[usize]) -> Values {
    let mut all: Vec<(i64, usize)> = numbers
        .iter()
        .filter_map(|number| Some((met[*number].minutes?, *number)))
        .collect();
    all.sort_unstable();
    let mut values: Vec<(i64, Vec<usize>)> = Vec::new();
    for (minutes, number) in all {
        match values.last_mut() {
            Some((other, known))
                if (minutes - *other) as f64 <= ROUNDED * minutes as f64 =>
            {
                known.push(number);
            }
            _ => values.push((minutes, vec![number])),
        }
    }
    let named = values.into_iter().map(|(n, all)| (format!("{n} minutes"), all));
    (DisputeKind::Duration, named.collect())
}

/// Held by one account, called off or declined by another document's.
fn statuses(met: &[Met], numbers: &[usize]) -> Values {
    let with = |statuses: &[&str]| -> Vec<usize> {
        let fits = |number: &&usize| statuses.contains(&met[**number].status.as_str());
        numbers.iter().filter(fits).copied().collect()
    };
    let (held, not) = (with(&["held"]), with(&["cancelled", "refused"]));
    let documents = |all: &[usize]| -> BTreeSet<&str> {
        all.iter().map(|number| met[*number].document.as_str()).collect()
    };
    let differ = !held.is_empty()
        && !not.is_empty()
        && documents(&held).is_disjoint(&documents(&not));
    let values = match differ {
        true => vec![("held".to_owned(), held), ("not held".to_owned(), not)],
        false => Vec::new(),
    };
    (DisputeKind::Status, values)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn met(document: &str, place: &str, minutes: i64) -> Met {
        Met {
            parties: ["RUS", "USA"].map(str::to_owned).into(),
            day: "2022-01-10".to_owned(),
            level: "deputies".to_owned(),
            is_in_person: true,
            place: Some(place.to_owned()),
            places: vec![place.to_owned()],
            minutes: Some(minutes),
            status: "held".to_owned(),
            document: document.to_owned(),
        }
    }

    fn kinds(met: &[Met]) -> Vec<&'static str> {
        attributes(met).iter().map(|dispute| dispute.kind.code()).collect()
    }

    #[test]
    fn places_and_durations_that_cannot_both_be_true() {
        let first = met("a", "Geneva", 480);
        assert_eq!(kinds(&[first.clone(), met("b", "Geneva", 450)]), [""; 0]);
        assert_eq!(kinds(&[first.clone(), met("b", "Vienna", 470)]), ["place"]);
        assert_eq!(kinds(&[first.clone(), met("b", "Geneva", 120)]), ["duration"]);
        let mut other_day = met("b", "Vienna", 120);
        other_day.day = "2022-01-11".to_owned();
        assert_eq!(kinds(&[first.clone(), other_day]), [""; 0]);
        let mut other_rank = met("b", "Vienna", 120);
        other_rank.level = "leaders".to_owned();
        assert_eq!(kinds(&[first, other_rank]), [""; 0]);
    }

    #[test]
    fn a_place_within_another_is_no_other_place() {
        let mut both = met("b", "Diaoyutai", 480);
        both.places.push("Beijing".to_owned());
        assert_eq!(kinds(&[met("a", "Beijing", 480), both]), [""; 0]);
        for row in WIDE.iter() {
            let wide = met("b", row.cell("place"), 480);
            assert_eq!(kinds(&[met("a", "Geneva", 480), wide]), [""; 0]);
        }
    }

    #[test]
    fn held_by_one_and_called_off_by_another() {
        let mut off = met("b", "Geneva", 480);
        off.status = "cancelled".to_owned();
        assert_eq!(kinds(&[met("a", "Geneva", 480), off.clone()]), ["status"]);
        off.document = "a".to_owned();
        assert_eq!(kinds(&[met("a", "Geneva", 480), off]), [""; 0]);
    }
}
