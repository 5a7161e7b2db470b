//! Clauses: what stands between two commas outside of quotations.
//!
//! In: a page. Out: where clauses and sentences start and end. Refuses to know: words.

use crate::{Page, lang::zh, shadow::MARKUP};
use record::Span;

/// The clauses and sentences of a page.
pub struct Clauses {
    clauses: Vec<Span>,
    sentences: Vec<Span>,
}

impl Clauses {
    /// Cuts every sentence at commas, colons and stops that stand outside of quotations
    /// and brackets.
    pub fn of(page: &Page) -> Clauses {
        Clauses::cut(page, false)
    }

    /// Cuts every sentence at commas and stops, inside of quotations too.
    pub fn fine(page: &Page) -> Clauses {
        Clauses::cut(page, true)
    }

    fn cut(page: &Page, is_fine: bool) -> Clauses {
        let mut clauses = Vec::new();
        let mut quote = 0;
        for sentence in page.sentences {
            let mut start = sentence.span.start;
            let mut brackets = 0usize;
            for (at, c) in sentence.span.of(page.shadow).char_indices() {
                let at = sentence.span.start + at;
                while page.quotes.get(quote).is_some_and(|q| q.span.end <= at) {
                    quote += 1;
                }
                let quoted = page.quotes[quote..]
                    .iter()
                    .take_while(|q| q.span.start <= at)
                    .any(|q| q.depth == 0 && q.span.holds(at));
                match c {
                    '（' | '(' => brackets += 1,
                    '）' | ')' => brackets = brackets.saturating_sub(1),
                    _ if quoted && !is_fine || brackets > 0 => {}
                    _ if zh::ends_clause(c) => {
                        let end = at + c.len_utf8();
                        clauses.push(Span::new(start, end));
                        start = end;
                    }
                    _ => {}
                }
            }
            if start < sentence.span.end {
                clauses.push(Span::new(start, sentence.span.end));
            }
        }
        let sentences = page.sentences.iter().map(|s| s.span).collect();
        Clauses { clauses, sentences }
    }

    /// The clause that holds a byte, its closing comma too.
    pub fn at(&self, at: usize) -> Span {
        Self::find(&self.clauses, at)
    }
    /// The sentence that holds a byte.
    pub fn sentence_of(&self, at: usize) -> Span {
        Self::find(&self.sentences, at)
    }
    /// The clauses of a stretch of text.
    pub fn within(&self, span: Span) -> &[Span] {
        let from = self.clauses.partition_point(|clause| clause.start < span.start);
        let to = self.clauses.partition_point(|clause| clause.start < span.end);
        &self.clauses[from..to]
    }

    /// The clauses that share a byte with a stretch of text.
    pub fn around(&self, span: Span) -> &[Span] {
        let from = self.clauses.partition_point(|clause| clause.end <= span.start);
        let to = self.clauses.partition_point(|clause| clause.start < span.end);
        &self.clauses[from..to.max(from)]
    }
    /// The clause before another.
    pub fn before(&self, clause: Span) -> Option<Span> {
        let at = self.clauses.partition_point(|other| other.start < clause.start);
        at.checked_sub(1).map(|before| self.clauses[before])
    }

    fn find(spans: &[Span], at: usize) -> Span {
        let next = spans.partition_point(|span| span.start <= at);
        spans[..next].last().copied().unwrap_or_default()
    }
}

/// The span without white space, markup and the given characters at either end.
pub fn trim(shadow: &str, span: Span, chars: &[char]) -> Span {
    let out = |c: char| c.is_whitespace() || chars.contains(&c);
    let text = span.of(shadow);
    let start = span.start + (text.len() - text.trim_start_matches(out).len());
    let end = span.end - (text.len() - text.trim_end_matches(out).len());
    Span::new(start.min(end.max(span.start)), end.max(start.min(span.end)))
}

/// The span with the markup that opens right before it or closes right behind it: a name
/// at either end keeps its `[[zh:` and `]]`.
pub fn with_markup(shadow: &str, span: Span) -> Span {
    const OPENS: usize = 5;
    const CLOSES: usize = 2;
    let before = &shadow.as_bytes()[..span.start];
    let run = before.iter().rev().take_while(|&&byte| byte == MARKUP as u8).count();
    let opens = if matches!(run, OPENS) || run == OPENS + CLOSES { OPENS } else { 0 };
    let after = &shadow.as_bytes()[span.end..];
    let run = after.iter().take_while(|&&byte| byte == MARKUP as u8).count();
    let closes = if run == CLOSES || run == OPENS + CLOSES { CLOSES } else { 0 };
    Span::new(span.start - opens, span.end + closes)
}

/// How many characters a span has, markup aside; 0 for one that runs backwards.
pub fn gap(shadow: &str, span: Span) -> usize {
    let text = shadow.get(span.start..span.end).unwrap_or("");
    text.chars().filter(|&c| c != MARKUP).count()
}

/// The place after white space and the given characters from `at` on.
pub fn skip(shadow: &str, at: usize, chars: &[char]) -> usize {
    let rest = shadow.get(at..).unwrap_or("");
    at + (rest.len()
        - rest.trim_start_matches(|c: char| c == ' ' || chars.contains(&c)).len())
}

/// Whether a stretch holds nothing but small words that may stand between a subject and
/// its verb.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c == MARKUP)
}
