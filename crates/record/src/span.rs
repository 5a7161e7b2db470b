//! A stretch of text.

/// A half-open range of UTF-8 bytes of `Article::text`, such as 0..15 for 里亚布科夫.
///
/// Where a span counts in something else (a document's bytes as captured) the field that
/// holds it says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte; never less than `start`.
    pub end: usize,
}

json_fields!(Span { start, end });

impl Span {
    /// The span from `start` to `end`; an end before the start gives an empty span there.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start, end: end.max(start) }
    }
    /// The number of bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }
    /// Whether it holds no byte.
    pub fn is_empty(self) -> bool {
        self.end == self.start
    }
    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
    /// Whether the byte at `at` lies inside.
    pub fn holds(self, at: usize) -> bool {
        self.start <= at && at < self.end
    }
    /// Whether the two share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
    /// The least span that holds both.
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
    /// The words of `text` that it marks; empty when it does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }
}
