//! Passages in quotation marks.

use record::{Article, Doubt, Span};

/// A passage in quotation marks, within one paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quote {
    /// From the opening mark to past the closing one.
    pub span: Span,
    /// What stands between the marks.
    pub inner: Span,
    /// How many quotations it stands in.
    pub depth: usize,
    /// Whether its closing mark was found; else it runs to the paragraph's end.
    pub closed: bool,
}

/// Finds the quotations of every paragraph that is read, in order of their start.
///
/// Marks are told by shape (“ ” ‘ ’, and 「 」 which the shadow folds to them); a straight
/// mark opens when none is open and closes otherwise. A quotation that is never closed
/// runs to the end of its paragraph.
pub fn find_quotes(article: &Article, shadow: &str) -> Vec<Quote> {
    let mut quotes = Vec::new();
    for paragraph in article.paragraphs.iter().filter(|p| p.kind.is_read()) {
        in_paragraph(paragraph.span, shadow, &mut quotes);
    }
    quotes.sort_by_key(|quote| (quote.span.start, usize::MAX - quote.span.end));
    quotes
}

fn in_paragraph(paragraph: Span, shadow: &str, quotes: &mut Vec<Quote>) {
    let mut open: Vec<(usize, char)> = Vec::new();
    for (at, c) in paragraph.of(shadow).char_indices() {
        let at = paragraph.start + at;
        let closes = match c {
            // 说：”A“ — the marks are turned round.
            '“' if open.last().is_some_and(|o| o.1 == '“') => c,
            '”' if open.is_empty() && is_due(shadow, paragraph.start, at) => {
                open.push((at, '“'));
                continue;
            }
            '“' => {
                open.push((at, '”'));
                continue;
            }
            '‘' => {
                open.push((at, '’'));
                continue;
            }
            '"' if open.iter().all(|o| o.1 != '"') => {
                open.push((at, '"'));
                continue;
            }
            '”' | '’' | '"' => c,
            _ => continue,
        };
        let Some(depth) = open.iter().rposition(|o| o.1 == closes) else { continue };
        let (start, _) = open[depth];
        open.truncate(depth);
        let end = at + c.len_utf8();
        let first = opening_len(shadow, start);
        quotes.push(Quote {
            span: Span::new(start, end),
            inner: Span::new(start + first, at),
            depth,
            closed: true,
        });
    }
    if let Some(&(start, _)) = open.first() {
        quotes.push(Quote {
            span: Span::new(start, paragraph.end),
            inner: Span::new(start + opening_len(shadow, start), paragraph.end),
            depth: 0,
            closed: false,
        });
    }
}

/// Whether an opening mark is due: behind a colon.
fn is_due(shadow: &str, from: usize, at: usize) -> bool {
    shadow[from..at].trim_end().ends_with(['：', ':'])
}

fn opening_len(shadow: &str, at: usize) -> usize {
    shadow[at..].chars().next().map_or(0, char::len_utf8)
}

/// Tells of quotations that are never closed.
pub fn find_doubts(quotes: &[Quote]) -> Vec<Doubt> {
    quotes
        .iter()
        .filter(|quote| !quote.closed)
        .map(|quote| Doubt {
            span: quote.span,
            reason: "a quotation mark is never closed".to_owned(),
        })
        .collect()
}
