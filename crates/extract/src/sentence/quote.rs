//! Passages in quotation marks.

use crate::{lang::zh, shadow::MARKUP};
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
    /// Whether its closing mark was found.
    pub closed: bool,
}

/// Finds the quotations of every paragraph that is read, in order of their start.
///
/// Marks are often turned round, mixed or missing (说：”A“, “A。他说，B “C”). So each mark
/// is judged by its shape and by what stands beside it, and of all ways to pair the marks
/// of a paragraph the one that asks for the fewest oddities is taken. A quotation that is
/// never closed runs to the end of its paragraph, or to the end of its sentence where
/// another opens behind it.
pub fn find_quotes(article: &Article, shadow: &str) -> Vec<Quote> {
    let mut quotes = Vec::new();
    for paragraph in article.paragraphs.iter().filter(|p| p.kind.is_read()) {
        let from = quotes.len();
        doubles(paragraph.span, shadow, &mut quotes);
        singles(paragraph.span, shadow, &mut quotes);
        let spans: Vec<Span> = quotes[from..].iter().map(|quote| quote.span).collect();
        for quote in &mut quotes[from..] {
            let holds =
                |other: &&Span| **other != quote.span && other.contains(quote.span);
            quote.depth = spans.iter().filter(holds).count();
        }
    }
    quotes.sort_by_key(|quote| (quote.span.start, usize::MAX - quote.span.end));
    quotes
}

/// What a mark does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Opens,
    Closes,
    /// Opens while the quotation before it was never closed.
    OpensAnew,
    Nothing,
}

/// Deepest nesting of double marks.
const DEPTHS: usize = 3;
/// What an oddity costs.
const ODD_SHAPE: u32 = 25;
const NESTED: u32 = 20;
const NEVER_CLOSED: u32 = 40;
const OPEN_AT_END: u32 = 30;
const IDLE: u32 = 50;

/// The quotations in double marks, paired at the least cost.
fn doubles(paragraph: Span, shadow: &str, quotes: &mut Vec<Quote>) {
    let text = paragraph.of(shadow);
    let marks: Vec<(usize, char)> =
        text.char_indices().filter(|(_, c)| matches!(c, '“' | '”' | '"')).collect();
    if marks.is_empty() {
        return;
    }
    // For each mark and depth before it, the best turn and the cost from there on.
    let starts = text[..marks[0].0].trim().is_empty();
    let mut costs = [0, OPEN_AT_END, 2 * OPEN_AT_END];
    if starts {
        // “A“B”C: the quotation goes on in the next paragraph.
        costs[1] = OPEN_AT_END / 3;
    }
    let mut turns = vec![[Turn::Nothing; DEPTHS]; marks.len()];
    for (number, &(at, mark)) in marks.iter().enumerate().rev() {
        let before = costs;
        let (opens, closes) =
            (cost_of_opening(text, at, mark), cost_of_closing(text, at, mark));
        for depth in 0..DEPTHS {
            let mut best = (before[depth] + IDLE, Turn::Nothing);
            let mut offer = |cost: u32, turn| {
                if cost < best.0 {
                    best = (cost, turn);
                }
            };
            if depth > 0 {
                offer(before[depth - 1] + closes, Turn::Closes);
                offer(before[depth] + opens + NEVER_CLOSED, Turn::OpensAnew);
            }
            if depth + 1 < DEPTHS {
                let nested = match (depth, mark) {
                    (0, _) => 0,
                    (_, '"') => 3 * NESTED,
                    _ => NESTED,
                };
                offer(before[depth + 1] + opens + nested, Turn::Opens);
            }
            costs[depth] = best.0;
            turns[number][depth] = best.1;
        }
    }
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (number, &(at, mark)) in marks.iter().enumerate() {
        let (at, next) = (paragraph.start + at, paragraph.start + at + mark.len_utf8());
        match turns[number][open.len()] {
            Turn::Nothing => {}
            Turn::Opens => open.push((at, next)),
            Turn::OpensAnew => {
                if let Some((start, inner)) = open.pop() {
                    let end = end_of_sentence(shadow, inner, at);
                    quotes.push(Quote::unclosed(start, inner, end));
                }
                open.push((at, next));
            }
            Turn::Closes => {
                if let Some((start, inner)) = open.pop() {
                    quotes.push(Quote {
                        span: Span::new(start, next),
                        inner: Span::new(inner, at),
                        depth: 0,
                        closed: true,
                    });
                }
            }
        }
    }
    if let Some(&(start, inner)) = open.first() {
        quotes.push(Quote::unclosed(start, inner, paragraph.end));
    }
}

/// What it costs to take a mark for an opening one.
fn cost_of_opening(text: &str, at: usize, mark: char) -> u32 {
    let shape = if mark == '”' { ODD_SHAPE } else { 0 };
    let (before, after) = beside(text, at, mark);
    let due = before.is_none_or(|c| matches!(c, '：' | ':' | '，' | ',' | '。' | '（'));
    let beside = match after {
        None => 30,
        Some(c) if is_stop(c) => 30,
        _ if due => 0,
        _ => 6,
    };
    shape + beside
}

/// What it costs to take a mark for a closing one.
fn cost_of_closing(text: &str, at: usize, mark: char) -> u32 {
    let shape = if mark == '“' { ODD_SHAPE } else { 0 };
    let (before, after) = beside(text, at, mark);
    let beside = match (before, after) {
        (None | Some('：' | ':'), _) => 30,
        (_, None) => 0,
        (_, Some(c)) if is_stop(c) => 0,
        (Some('。' | '！' | '？' | '，' | ',' | '…'), _) => 0,
        _ => 5,
    };
    shape + beside
}

/// The characters on either side of a mark, white space and markup aside.
fn beside(text: &str, at: usize, mark: char) -> (Option<char>, Option<char>) {
    let solid = |c: &char| !c.is_whitespace() && *c != MARKUP;
    let before = text[..at].chars().rev().find(solid);
    (before, text[at + mark.len_utf8()..].chars().find(solid))
}

fn is_stop(c: char) -> bool {
    matches!(c, '，' | ',' | '。' | '；' | '：' | ':' | '！' | '？' | '、' | '）' | ')')
}

/// Where a quotation ends that was never closed before another opens: behind its first
/// sentence, else behind its last clause.
fn end_of_sentence(shadow: &str, from: usize, to: usize) -> usize {
    let text = &shadow[from..to];
    let stop = text.char_indices().find(|(_, c)| zh::ends_sentence(*c));
    if let Some((at, c)) = stop {
        return from + at + c.len_utf8();
    }
    let bare = text.trim_end_matches(|c: char| is_stop(c) || c.is_whitespace());
    bare.rfind(is_stop).map_or(from + bare.len(), |at| from + at)
}

/// The quotations in single marks that are closed.
fn singles(paragraph: Span, shadow: &str, quotes: &mut Vec<Quote>) {
    let mut open: Vec<usize> = Vec::new();
    for (at, c) in paragraph.of(shadow).char_indices() {
        let at = paragraph.start + at;
        match c {
            '‘' => open.push(at),
            '’' => {
                let Some(start) = open.pop() else { continue };
                quotes.push(Quote {
                    span: Span::new(start, at + c.len_utf8()),
                    inner: Span::new(start + '‘'.len_utf8(), at),
                    depth: 0,
                    closed: true,
                });
            }
            _ => {}
        }
    }
}

impl Quote {
    fn unclosed(start: usize, inner: usize, end: usize) -> Quote {
        let end = end.max(inner);
        let (span, inner) = (Span::new(start, end), Span::new(inner, end));
        Quote { span, inner, depth: 0, closed: false }
    }
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
