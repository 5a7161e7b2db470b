//! What a column holds.
//!
//! In: a list and a key. Out: the kind of its values. Refuses to know: single rows.

use super::List;

/// The kind of a column's values; each may also be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Words, codes, dates: a date stays ISO 8601 text, since many are whole months.
    Text,
    /// A count, or a place in a file.
    Integer,
    /// A probability or a share.
    Number,
    /// Yes or no.
    Truth,
    /// A list of words.
    Texts,
    /// Anything deeper, as JSON.
    Json,
}

/// The kind of a list's column.
pub(super) fn kind(list: List, key: &str) -> Kind {
    match (list, key) {
        (List::Documents, "independent") | (_, "conditional") => Kind::Truth,
        (List::Sources, "from" | "to") => Kind::Json,
        (_, "confidence") => Kind::Number,
        (
            _,
            "statements" | "moves" | "meetings" | "documents" | "independent" | "origins"
            | "duration_minutes" | "span_start" | "span_end",
        ) => Kind::Integer,
        (
            _,
            "content" | "chain" | "target" | "parties" | "participants" | "toward"
            | "rules",
        ) => Kind::Texts,
        (
            _,
            "lineage" | "names" | "roles" | "surfaces" | "merged" | "versions"
            | "accounts" | "history" | "values" | "voices" | "closed_by",
        ) => Kind::Json,
        _ => Kind::Text,
    }
}
