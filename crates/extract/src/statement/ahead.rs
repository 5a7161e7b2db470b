//! Content that stands ahead of its cue: “…，”他说。 or …，该市市长说。
//!
//! In: a cue and its source. Out: the quotation or clauses before them. Refuses to know:
//! content that follows.

use super::{
    Report, Room, clause,
    content::{Content, Part, SURE, hearer},
    cue::{CueClass, Cueing},
    source::Source,
};
use crate::{sentence::Quote, shadow::MARKUP};
use record::Span;

/// How far the subject may stand behind its quotation, in bytes: ”在会后的记者会上，他说.
const REACH: usize = 90;

/// The content ahead of a cue, if the words around it show that it closes a report.
pub fn find(
    room: &Room,
    sentence: usize,
    cueing: Cueing,
    source: &Source,
    reports: &[Report],
) -> Option<Content> {
    let shadow = room.page.shadow;
    let here = room.page.sentences[sentence];
    let from = source.from.min(cueing.span.start);
    let tail = Tail::of(room, cueing, here.span.end);
    let Some(quote) = quote_ahead(room, here.paragraph, from, reports) else {
        let opens = room.clauses.at(cueing.span.start).start;
        return (tail.ends && opens > here.span.start)
            .then(|| clauses_ahead(room, here.span, opens, reports))
            .flatten();
    };
    let inner = quote.inner.of(shadow).trim_end();
    let finished = inner.ends_with(['。', '！', '？', '…']);
    let open_ended = finished || inner.ends_with(['，', ',', '.']);
    let long = inner.chars().count() >= 8;
    let same_sentence = quote.span.start >= here.span.start;
    let takes = if cueing.class == CueClass::After || tail.ends {
        long || open_ended
    } else if tail.colon {
        // “A。”他说：“B” — B alone is his, unless A still waits for a speaker.
        let opens = room.page.article.paragraphs[here.paragraph].span.start;
        let first = clause::gap(shadow, Span::new(opens, quote.span.start)) == 0;
        !finished && same_sentence || first && quote.span.end + 3 >= from
    } else {
        // “A。”外长解释立场。: right behind a whole sentence stands whose it is.
        let adjoins = finished && quote.span.end == from;
        (long || open_ended) && (tail.comma || tail.quote.is_some() || adjoins)
    };
    if !takes {
        return None;
    }
    let mut parts = vec![Part { span: quote.inner, is_quoted: true, has_quote: false }];
    let paragraph = room.page.article.paragraphs[here.paragraph].span;
    if let Some(next) = tail.quote.filter(|next| paragraph.contains(next.span)) {
        parts.push(Part { span: next.inner, is_quoted: true, has_quote: false });
    }
    Some(Content { parts, addressee: tail.hearer, sure: SURE })
}

/// What stands behind a cue.
struct Tail {
    /// The sentence ends.
    ends: bool,
    colon: bool,
    comma: bool,
    /// A quotation opens behind a comma, a stop or a colon.
    quote: Option<Quote>,
    /// 告诉记者: the hearer in between.
    hearer: Option<Span>,
}

impl Tail {
    fn of(room: &Room, cueing: Cueing, end: usize) -> Tail {
        let shadow = room.page.shadow;
        let after = clause::skip(shadow, cueing.end, &[MARKUP]);
        let hearer = hearer(room, after, end)
            .filter(|_| matches!(cueing.class, CueClass::Tell | CueClass::Say));
        let after =
            hearer.map_or(after, |span| clause::skip(shadow, span.end, &[MARKUP]));
        let rest = shadow.get(after..).unwrap_or("");
        let bare = rest.trim_start_matches(['，', ',', ' ', '\u{3000}']);
        let ends = bare.is_empty()
            || bare.starts_with('\n')
            || rest.starts_with(['。', '！', '.']);
        const STOPS: &[char] = &['，', ',', '：', ':', '。', MARKUP];
        Tail {
            ends,
            colon: rest.starts_with(['：', ':']),
            comma: rest.starts_with(['，', ',', '；']),
            quote: room.quote_opening(clause::skip(shadow, after, STOPS)),
            hearer,
        }
    }
}

/// The unclaimed quotation that ends right before a subject, or before its adverbials.
fn quote_ahead(
    room: &Room,
    paragraph: usize,
    from: usize,
    reports: &[Report],
) -> Option<Quote> {
    let shadow = room.page.shadow;
    let paragraph = room.page.article.paragraphs[paragraph].span;
    let quote = room
        .page
        .quotes
        .iter()
        .filter(|q| q.depth == 0 && q.closed && paragraph.contains(q.span))
        .rfind(|q| q.span.end <= from)?;
    let between = shadow.get(quote.span.end..from)?;
    let bare = between.trim_start_matches(['，', ',', '。', ' ', '—', MARKUP]);
    let near = between.len() <= REACH && !bare.contains(['。', '；', '：', '“']);
    let cue_between = room
        .page
        .hits
        .within(crate::lexicon::Table::Cues, Span::new(quote.span.end, from))
        .iter()
        .any(|hit| hit.span.end <= from);
    let claimed = reports.iter().any(|report| report.content.holds(quote.inner.start));
    (near && !cue_between && !claimed).then_some(*quote)
}

/// Clauses of the sentence before 该市市长说。
fn clauses_ahead(
    room: &Room,
    sentence: Span,
    opens: usize,
    reports: &[Report],
) -> Option<Content> {
    let span = Span::new(sentence.start, opens);
    let span = clause::trim(room.page.shadow, span, &['，', ',']);
    let taken = reports.iter().any(|report| report.content.holds(span.start));
    let long = span.of(room.page.shadow).chars().count() >= 6;
    (long && !taken).then(|| Content {
        parts: vec![Part::plain(room, span)],
        addressee: None,
        sure: SURE,
    })
}
