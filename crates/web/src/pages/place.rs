//! The places of the dossier and their addresses.
//!
//! In: a path. Out: which page is meant, in which language; and back. Refuses to know:
//! whether what it names exists.

use crate::Language;

/// A page of the dossier. Its path is the same in a server and in a folder of files.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// What is new, what comes next.
    Today,
    /// Meetings and moves by date: all, or of a year, a month or a day (`2022-01`).
    Timeline(Option<String>),
    /// Where the parties stand.
    Positions,
    /// Where one party stands on one issue, and how it came there.
    Position(String, String),
    /// One party: where it stands, what it did.
    Party(String),
    /// One issue: who stands where.
    Issue(String),
    /// All meetings.
    Meetings,
    /// One meeting.
    Meeting(String),
    /// Who is named.
    Actors,
    /// One actor.
    Actor(String),
    /// One statement.
    Statement(String),
    /// One move.
    Move(String),
    /// All documents.
    Documents,
    /// One document, marked.
    Document(String),
    /// One document as it was captured.
    Captured(String),
    /// The outlets.
    Sources,
    /// One outlet.
    Source(String),
    /// Promises, deadlines, threats, requests, meetings to come.
    Open,
    /// Where accounts cannot all be true.
    Disputes,
    /// Documents by their words.
    Search,
}

impl Place {
    /// The places in the bar over every page, with the key of their name.
    pub const BAR: [(Place, &'static str); 9] = [
        (Place::Today, "nav.today"),
        (Place::Timeline(None), "nav.timeline"),
        (Place::Positions, "nav.positions"),
        (Place::Meetings, "nav.meetings"),
        (Place::Actors, "nav.actors"),
        (Place::Open, "nav.open"),
        (Place::Disputes, "nav.disputes"),
        (Place::Sources, "nav.sources"),
        (Place::Documents, "nav.documents"),
    ];

    /// The path below the root, without a slash before it; empty for the first page.
    pub fn path(&self) -> String {
        let one = |folder: &str, name: &str| format!("{folder}/{}", segment(name));
        match self {
            Place::Today => String::new(),
            Place::Timeline(None) => "timeline".to_owned(),
            Place::Timeline(Some(period)) => one("timeline", period),
            Place::Positions => "positions".to_owned(),
            Place::Position(party, issue) => {
                format!("positions/{}/{}", segment(party), segment(issue))
            }
            Place::Party(code) => one("party", code),
            Place::Issue(id) => one("issue", id),
            Place::Meetings => "meetings".to_owned(),
            Place::Meeting(id) => one("meeting", id),
            Place::Actors => "actors".to_owned(),
            Place::Actor(id) => one("actor", id),
            Place::Statement(id) => one("statement", id),
            Place::Move(id) => one("move", id),
            Place::Documents => "documents".to_owned(),
            Place::Document(id) => one("document", id),
            Place::Captured(id) => one("captured", id),
            Place::Sources => "sources".to_owned(),
            Place::Source(outlet) => one("source", outlet),
            Place::Open => "open".to_owned(),
            Place::Disputes => "disputes".to_owned(),
            Place::Search => "search".to_owned(),
        }
    }

    /// The language and the page that a path means: `zh/meeting/12ab`; nothing for a path
    /// that no page has.
    pub fn parse(path: &str) -> Option<(Language, Place)> {
        let mut parts: Vec<&str> =
            path.split('/').filter(|part| !part.is_empty()).collect();
        let language = match parts.first() {
            Some(&"zh") => {
                parts.remove(0);
                Language::Zh
            }
            _ => Language::En,
        };
        let named = parts.get(1).map(|part| name(part));
        let named = match named {
            Some(None) => return None,
            Some(Some(name)) => Some(name),
            None => None,
        };
        let place = match (parts.as_slice(), named) {
            ([], _) => Place::Today,
            (["timeline"], _) => Place::Timeline(None),
            (["timeline", _], Some(period)) => Place::Timeline(Some(period)),
            (["positions"], _) => Place::Positions,
            (["positions", _, issue], Some(party)) => {
                Place::Position(party, name(issue)?)
            }
            (["party", _], Some(code)) => Place::Party(code),
            (["issue", _], Some(id)) => Place::Issue(id),
            (["meetings"], _) => Place::Meetings,
            (["meeting", _], Some(id)) => Place::Meeting(id),
            (["actors"], _) => Place::Actors,
            (["actor", _], Some(id)) => Place::Actor(id),
            (["statement", _], Some(id)) => Place::Statement(id),
            (["move", _], Some(id)) => Place::Move(id),
            (["documents"], _) => Place::Documents,
            (["document", _], Some(id)) => Place::Document(id),
            (["captured", _], Some(id)) => Place::Captured(id),
            (["sources"], _) => Place::Sources,
            (["source", _], Some(outlet)) => Place::Source(outlet),
            (["open"], _) => Place::Open,
            (["disputes"], _) => Place::Disputes,
            (["search"], _) => Place::Search,
            _ => return None,
        };
        Some((language, place))
    }
}

/// A name as one part of a path that needs no escape in an address or on a disk: letters,
/// digits and hyphens stand for themselves, every other byte is `_` and two digits.
fn segment(name: &str) -> String {
    let mut safe = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'-' {
            safe.push(char::from(byte));
        } else {
            safe.push_str(&format!("_{byte:02x}"));
        }
    }
    safe
}

/// The name that a part of a path stands for; nothing for one that [`segment`] never makes.
fn name(segment: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'_' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| byte.and_then(|b| char::from(b).to_digit(16));
        let (high, low) = (digit(rest.next())?, digit(rest.next())?);
        bytes.push((high * 16 + low) as u8);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_go_both_ways() {
        let id = || "3f2a".to_owned();
        let places = [
            Place::Today,
            Place::Timeline(None),
            Place::Timeline(Some("2022-01-10".to_owned())),
            Place::Positions,
            Place::Position("RUS".to_owned(), "nato-enlargement".to_owned()),
            Place::Party("哈马斯".to_owned()),
            Place::Issue("a b/c_d".to_owned()),
            Place::Meetings,
            Place::Meeting(id()),
            Place::Actors,
            Place::Actor(id()),
            Place::Statement(id()),
            Place::Move(id()),
            Place::Documents,
            Place::Document(id()),
            Place::Captured(id()),
            Place::Sources,
            Place::Source("北岭电讯".to_owned()),
            Place::Open,
            Place::Disputes,
            Place::Search,
        ];
        for place in places {
            let path = place.path();
            assert!(
                path.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-_".contains(&b))
            );
            assert_eq!(Place::parse(&path), Some((Language::En, place.clone())));
            let chinese = format!("/zh/{path}");
            assert_eq!(Place::parse(&chinese), Some((Language::Zh, place)));
        }
    }

    #[test]
    fn odd_paths_are_no_page() {
        for path in
            ["nothing", "meeting", "meeting/_zz", "meeting/_f", "a/b/c/d", "move/_ff"]
        {
            assert_eq!(Place::parse(path), None, "{path}");
        }
    }
}
