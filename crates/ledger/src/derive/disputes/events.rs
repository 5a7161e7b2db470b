//! An odd name out: an event that is told alike but for one name.
//!
//! In: folded text with its names and dates, the table `events` of words that have one
//! object. Out: who did what to which place in which year, and the places that do not
//! agree. Refuses to know: where the text is kept.
//!
//! Actor, event word and year say which event it is; the place is what may differ. An
//! account without an actor in its clause (比2014年吞并克里米亚之后更严厉) adds to the event of
//! that year and place, and never makes a place odd.

use super::{Dispute, DisputeKind};
use crate::derive::table::Rules;
use record::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static EVENTS: LazyLock<Rules> =
    LazyLock::new(|| Rules::parse(include_str!("../../../rules/events.tsv")));

/// A name in the text, as it was resolved.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Named {
    /// Where it stands.
    pub span: Span,
    /// The usual English name.
    pub name: String,
    /// `place`, `state`, `organisation` or `person`.
    pub kind: String,
    /// The side that it speaks for.
    pub party: Option<String>,
}

/// One telling of an event.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Event {
    /// The row's event: `annexed`.
    pub event: &'static str,
    /// Who did it.
    pub party: Option<String>,
    /// The year.
    pub year: String,
    /// The place.
    pub value: String,
    /// Where the event word stands.
    pub at: usize,
}

/// The words that are looked for.
pub(crate) fn words() -> Vec<&'static str> {
    EVENTS.iter().map(|row| row.cell("word")).collect()
}

/// How far behind the word its object may begin: 了, 的, 乌克兰的.
const OBJECT: usize = "乌克兰的".len();
/// How far before the word its year may end, within the paragraph.
const YEAR: usize = 150;

/// The events that a folded text tells; names and dates are in text order.
pub(crate) fn find(text: &str, names: &[Named], dates: &[(Span, String)]) -> Vec<Event> {
    let mut found = Vec::new();
    for row in EVENTS.iter() {
        for (at, word) in text.match_indices(row.cell("word")) {
            let end = at + word.len();
            let object = names
                .iter()
                .filter(|name| name.span.start >= end && name.span.start <= end + OBJECT)
                .find(|name| name.kind == "place");
            let Some(object) = object else { continue };
            let between = text.get(end..object.span.start).unwrap_or("。");
            let year = dates.iter().rev().find(|(span, value)| {
                let gap = text.get(span.end..at).unwrap_or("\n");
                value.len() == 4 && gap.len() <= YEAR && !gap.contains('\n')
            });
            let Some((_, year)) = year.filter(|_| !between.contains(['，', '。', '、']))
            else {
                continue;
            };
            let clause = text[..at].rfind(['，', '。', '；', '\n']).unwrap_or(0);
            let actor = names.iter().rev().find(|name| {
                name.span.end <= at && name.span.start >= clause && name.party.is_some()
            });
            found.push(Event {
                event: row.cell("event"),
                party: actor.and_then(|name| name.party.clone()),
                year: year.clone(),
                value: object.name.clone(),
                at,
            });
        }
    }
    found
}

/// Where one place is odd: at least two documents have the one, twice as many as have the
/// other, and none has both.
pub(crate) fn odd_names(told: &[(String, Event)]) -> Vec<Dispute> {
    let mut events: BTreeMap<(&str, &str, &str), BTreeMap<&str, Vec<usize>>> =
        BTreeMap::new();
    for (number, (_, event)) in told.iter().enumerate() {
        if let Some(party) = &event.party {
            let key = (event.event, event.year.as_str(), party.as_str());
            events.entry(key).or_default().entry(&event.value).or_default().push(number);
        }
    }
    let mut disputes = Vec::new();
    for ((event, year, party), mut values) in events {
        for (number, (_, other)) in told.iter().enumerate() {
            let is_same = (other.event, other.year.as_str()) == (event, year);
            if is_same
                && other.party.is_none()
                && let Some(numbers) = values.get_mut(other.value.as_str())
            {
                numbers.push(number);
            }
        }
        let documents = |numbers: &[usize]| -> BTreeSet<&str> {
            numbers.iter().map(|number| told[*number].0.as_str()).collect()
        };
        let mut all: Vec<(&str, Vec<usize>)> = values.into_iter().collect();
        all.sort_by_key(|(_, numbers)| std::cmp::Reverse(documents(numbers).len()));
        let Some(((most, first), rest)) = all.split_first() else { continue };
        let usual = documents(first);
        let is_odd = |numbers: &Vec<usize>| {
            let odd = documents(numbers);
            usual.len() >= 2 && usual.len() >= 2 * odd.len() && odd.is_disjoint(&usual)
        };
        let mut kept = vec![((*most).to_owned(), first.clone())];
        let odd = rest.iter().filter(|(_, numbers)| is_odd(numbers));
        kept.extend(odd.map(|(value, numbers)| ((*value).to_owned(), numbers.clone())));
        if kept.len() > 1 {
            disputes.push(Dispute {
                kind: DisputeKind::Name,
                about: format!("what {party} {event} in {year}"),
                parties: vec![party.to_owned()],
                values: kept,
            });
        }
    }
    disputes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str, words: &str, name: &str, kind: &str) -> Named {
        let start = text.find(words).unwrap();
        Named {
            span: Span::new(start, start + words.len()),
            name: name.to_owned(),
            kind: kind.to_owned(),
            party: (kind == "state").then(|| name.to_owned()),
        }
    }

    #[test]
    fn every_event_is_found_in_its_example() {
        for row in EVENTS.iter() {
            let example = row.cell("example");
            let (before, rest) = example.split_once('{').unwrap();
            let (place, _) = rest.split_once('}').unwrap();
            let text = example.replace(['{', '}'], "");
            let names = [
                named(&text, "俄罗斯", "RUS", "state"),
                named(&text, place, "there", "place"),
            ];
            let year = Span::new(0, "2014年".len());
            let events = find(&text, &names, &[(year, before[..4].to_owned())]);
            assert_eq!(events.len(), 1, "{example}");
            let event = &events[0];
            assert_eq!((event.event, event.value.as_str()), (row.cell("event"), "there"));
            assert_eq!(event.party.as_deref(), Some("RUS"), "{example}");
            assert_eq!(find(&text, &names[..1], &[(year, "2014".to_owned())]), []);
            assert_eq!(find(&text, &names, &[]), []);
        }
    }

    fn told(document: &str, party: Option<&str>, value: &str) -> (String, Event) {
        let event = Event {
            event: "annexed",
            party: party.map(str::to_owned),
            year: "2014".to_owned(),
            value: value.to_owned(),
            at: 0,
        };
        (document.to_owned(), event)
    }

    #[test]
    fn one_document_against_two_is_odd() {
        let rus = Some("RUS");
        let all = [
            told("a", rus, "Crimea"),
            told("b", None, "Crimea"),
            told("c", rus, "Kashmir"),
            told("d", None, "Donetsk"),
        ];
        let [dispute] = &odd_names(&all)[..] else { panic!() };
        let values = [("Crimea".to_owned(), vec![0, 1]), ("Kashmir".to_owned(), vec![2])];
        assert_eq!(dispute.values, values);
        // Against one document nobody can tell which is odd.
        assert_eq!(odd_names(&[told("a", rus, "Crimea"), told("c", rus, "Kashmir")]), []);
        // A document that has both names two places, not one wrongly.
        let both = [
            told("a", rus, "Crimea"),
            told("b", rus, "Crimea"),
            told("b", rus, "Sevastopol"),
        ];
        assert_eq!(odd_names(&both), []);
    }
}
