//! What a reader wants to see of the ledger: the part of an address behind `?`.
//!
//! In: a query string. Out: a filter; and back. Refuses to know: which page it is for.

use crate::When;
use ledger::Filter;

/// The longest value that is taken of a query string, in characters.
const LONGEST: usize = 200;

/// What is looked through: as of when, whose, on what, between which days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lens {
    /// Only what had been published by this day.
    pub as_of: Option<String>,
    /// The day that changes are counted from.
    pub since: Option<String>,
    /// A party.
    pub party: Option<String>,
    /// An issue.
    pub issue: Option<String>,
    /// An outlet.
    pub outlet: Option<String>,
    /// An act, a PLOVER type.
    pub act: Option<String>,
    /// A kind of entry: of open items, of disputes, of events.
    pub kind: Option<String>,
    /// The first day.
    pub from: Option<String>,
    /// The last day.
    pub to: Option<String>,
    /// The order of a list, the key of a column.
    pub sort: Option<String>,
    /// Words to search for.
    pub words: Option<String>,
    /// Which part of a long document, from 1.
    pub part: Option<usize>,
    /// What of the query could not be used, as it was given.
    pub refused: Vec<(String, String)>,
}

impl Lens {
    /// Reads the part of an address behind `?`. A date that is none is refused, what is
    /// unknown is passed over.
    pub fn parse(query: &str) -> Lens {
        let mut lens = Lens::default();
        for (key, value) in pairs(query) {
            let key = key.as_str();
            match key {
                "as_of" => lens.take_day(key, value, |lens| &mut lens.as_of),
                "since" => lens.take_day(key, value, |lens| &mut lens.since),
                "from" => lens.take_day(key, value, |lens| &mut lens.from),
                "to" => lens.take_day(key, value, |lens| &mut lens.to),
                "party" => lens.party = Some(value),
                "issue" => lens.issue = Some(value),
                "outlet" => lens.outlet = Some(value),
                "act" => lens.act = Some(value),
                "kind" => lens.kind = Some(value),
                "sort" => lens.sort = Some(value),
                "q" => lens.words = Some(value),
                "part" => lens.part = value.parse().ok().filter(|part| *part > 1),
                _ => {}
            }
        }
        lens
    }

    fn take_day(
        &mut self,
        key: &str,
        value: String,
        of: impl Fn(&mut Lens) -> &mut Option<String>,
    ) {
        match day(&value) {
            Some(day) => *of(self) = Some(day),
            None => self.refused.push((key.to_owned(), value)),
        }
    }

    /// The parts that are set, by key, in a fixed order.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let text = |key, value: &Option<String>| value.clone().map(|value| (key, value));
        [
            text("as_of", &self.as_of),
            text("since", &self.since),
            text("party", &self.party),
            text("issue", &self.issue),
            text("outlet", &self.outlet),
            text("act", &self.act),
            text("kind", &self.kind),
            text("from", &self.from),
            text("to", &self.to),
            text("sort", &self.sort),
            text("q", &self.words),
            self.part.map(|part| ("part", part.to_string())),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// The part of an address behind `?`, with the question mark; empty where nothing is
    /// set.
    pub fn query(&self) -> String {
        let pairs: Vec<String> = self
            .pairs()
            .into_iter()
            .map(|(key, value)| format!("{key}={}", encoded(&value)))
            .collect();
        if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
    }

    /// What it keeps of the ledger.
    pub fn filter(&self) -> Filter {
        Filter {
            party: self.party.clone(),
            issue: self.issue.clone(),
            outlet: self.outlet.clone(),
            act: self.act.clone(),
            from: self.from.clone(),
            to: self.to.clone(),
            as_of: self.as_of.clone(),
            ..Filter::default()
        }
    }
}

/// The keys and values of a query string; values that are empty are passed over.
pub(crate) fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    query.split('&').filter_map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value: String = decoded(value).chars().take(LONGEST).collect();
        let value = value.trim().to_owned();
        (!value.is_empty()).then(|| (key.to_owned(), value))
    })
}

/// A day as a person types it: `2022-01-13`, `2022-01`, `2022`, `13 January 2022`,
/// `2022年1月13日`; as ISO 8601.
fn day(typed: &str) -> Option<String> {
    let plain = typed.trim();
    if plain.len() <= 10 && When::parse(plain).is_some() && !plain.contains('/') {
        let padded: Vec<String> =
            plain.split('-').map(|part| format!("{part:0>2}")).collect();
        return Some(padded.join("-"));
    }
    let chinese = plain.replace(['年', '月'], "-").replace('日', "");
    let chinese = chinese.trim_end_matches('-').to_owned();
    if chinese != plain {
        return day(&chinese);
    }
    let words: Vec<&str> =
        plain.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let month = |word: &str| {
        let found = crate::words::MONTHS.iter().position(|month| {
            word.len() >= 3
                && month
                    .get(..word.len())
                    .is_some_and(|head| head.eq_ignore_ascii_case(word))
        });
        found.map(|at| at + 1)
    };
    let (date, name, year) = match words.as_slice() {
        [a, b, year] if month(b).is_some() => (Some(*a), *b, *year),
        [a, b, year] if month(a).is_some() => (Some(*b), *a, *year),
        [name, year] => (None, *name, *year),
        _ => return None,
    };
    let text = match date {
        Some(date) => format!("{year}-{:02}-{date:0>2}", month(name)?),
        None => format!("{year}-{:02}", month(name)?),
    };
    When::parse(&text).map(|_| text)
}

/// A value of a query string as it was before it was escaped.
fn decoded(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let raw = value.as_bytes();
    let mut at = 0;
    while at < raw.len() {
        let digit = |at: usize| raw.get(at).and_then(|b| char::from(*b).to_digit(16));
        match (raw[at], digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                at += 3;
                continue;
            }
            (b'+', _, _) => bytes.push(b' '),
            (byte, _, _) => bytes.push(byte),
        }
        at += 1;
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    // Control characters, those that turn the direction of writing among them, have no
    // place in what is asked for.
    let is_odd = |c: char| {
        c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().filter(|c| !is_odd(*c)).collect()
}

/// A value escaped for a query string.
pub(crate) fn encoded(value: &str) -> String {
    let mut safe = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            safe.push(char::from(byte));
        } else {
            safe.push_str(&format!("%{byte:02X}"));
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn query_goes_both_ways() {
        let lens = Lens {
            as_of: Some("2022-01-13".to_owned()),
            party: Some("RUS".to_owned()),
            words: Some("北约 & \"保证\"".to_owned()),
            part: Some(2),
            ..Lens::default()
        };
        let query = lens.query();
        assert_eq!(Lens::parse(query.trim_start_matches('?')), lens);
        assert_eq!(Lens::parse(""), Lens::default());
    }

    #[test]
    fn days_are_typed_in_many_ways() {
        for (typed, said) in [
            ("2022-1-3", "2022-01-03"),
            ("13 January 2022", "2022-01-13"),
            ("Jan 3, 2022", "2022-01-03"),
            ("2022年1月13日", "2022-01-13"),
            ("2022年1月", "2022-01"),
            ("January 2022", "2022-01"),
            ("2022", "2022"),
        ] {
            assert_eq!(day(typed).as_deref(), Some(said), "{typed}");
        }
        for odd in
            ["tomorrow", "2022-13-01", "31 February 2022", "a/b", "2022-01-01/2022-02-01"]
        {
            assert_eq!(day(odd), None, "{odd}");
        }
    }

    #[test]
    fn hostile_queries_are_tamed() {
        let lens =
            Lens::parse("as_of=%27%3B+DROP&party=%00%E2%80%AERUS&part=-1&%ff=%ff&q=%");
        assert_eq!(lens.refused, [("as_of".to_owned(), "'; DROP".to_owned())]);
        assert_eq!(lens.party.as_deref(), Some("RUS"));
        assert_eq!((lens.part, lens.words.as_deref()), (None, Some("%")));
    }
}
