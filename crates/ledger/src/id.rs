//! Identifiers that depend on content alone.
//!
//! In: the parts that make a thing what it is. Out: sixteen hexadecimal digits. Refuses to
//! know: row numbers, order, time; so the same documents give the same identifiers in
//! every ledger.

use record::Span;
use sha2::{Digest, Sha256};

/// Collects the parts of one identifier.
pub(crate) struct IdOf(Sha256);

impl IdOf {
    /// Begins the identifier of a thing of one kind: `statement`, `actor`.
    pub fn new(kind: &str) -> IdOf {
        IdOf(Sha256::new()).text(kind)
    }
    /// Adds words. Their length goes in first, so that two parts never run together.
    pub fn text(self, part: &str) -> IdOf {
        self.bytes(part.as_bytes())
    }
    /// Adds bytes, likewise.
    pub fn bytes(mut self, part: &[u8]) -> IdOf {
        self.0.update((part.len() as u64).to_le_bytes());
        self.0.update(part);
        self
    }
    /// Adds words that may be absent; absent differs from empty.
    pub fn maybe(self, part: Option<&str>) -> IdOf {
        match part {
            Some(part) => self.number(1).text(part),
            None => self.number(0),
        }
    }
    /// Adds a number.
    pub fn number(mut self, part: u64) -> IdOf {
        self.0.update(part.to_le_bytes());
        self
    }
    /// Adds a place.
    pub fn span(self, span: Span) -> IdOf {
        self.number(span.start as u64).number(span.end as u64)
    }
    /// The identifier.
    pub fn end(self) -> String {
        self.0.finalize()[..8].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::IdOf;

    #[test]
    fn parts_do_not_run_together() {
        let one = IdOf::new("actor").text("普京").text("RUS").end();
        let other = IdOf::new("actor").text("普京RUS").text("").end();
        assert_eq!(one.len(), 16);
        assert_ne!(one, other);
    }
}
