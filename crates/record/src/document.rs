//! A captured file or feed item.

use std::fmt;

/// The SHA-256 of a document's bytes; written as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct DocumentId(pub [u8; 32]);

impl DocumentId {
    /// Reads 64 hexadecimal digits.
    pub fn parse(hex: &str) -> Option<DocumentId> {
        let digits = hex.as_bytes();
        if digits.len() != 64 {
            return None;
        }
        let mut id = [0u8; 32];
        for (byte, pair) in id.iter_mut().zip(digits.chunks(2)) {
            let pair = std::str::from_utf8(pair).ok()?;
            *byte = u8::from_str_radix(pair, 16).ok()?;
        }
        Some(DocumentId(id))
    }
    /// The first twelve digits, enough to name a document to a person.
    pub fn short(self) -> String {
        self.to_string()[..12].to_owned()
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DocumentId({})", self.short())
    }
}

impl serde::Serialize for DocumentId {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for DocumentId {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let hex = <String as serde::Deserialize>::deserialize(from)?;
        DocumentId::parse(&hex).ok_or_else(|| {
            serde::de::Error::custom("a document id is 64 hexadecimal digits")
        })
    }
}

/// One captured file or feed item: its bytes and where they came from; never altered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The hash of `bytes`.
    pub id: DocumentId,
    /// The path or name that it was read from: `seeds/000.txt`, `feed.jsonl:17`, `-`.
    pub path: String,
    /// The address that the capture states beside the bytes (a column of a CSV, say).
    pub url: Option<String>,
    /// When it was fetched, ISO 8601; a file on disk has none.
    pub retrieved_at: Option<String>,
    /// The publication date to assume where the document has none, ISO 8601 date.
    pub published_hint: Option<String>,
    /// The bytes as captured.
    pub bytes: Vec<u8>,
}
