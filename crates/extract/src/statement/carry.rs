//! Speakers without a cue: labels and quotations that carry on.
//!
//! In: reports made of cues. Out: `法国官员：…`, and quotations that plainly continue the
//! speaker before. Refuses to know: cues.

use super::{
    Report, Room, clause,
    content::{Content, Part, SURE},
    cue::{CueClass, Cueing},
    source::{self, Source},
};
use crate::{sentence::Quote, shadow::MARKUP};
use record::{ActorType, ParagraphKind, Sentence, Span};

/// Shortest quotation that is somebody's words without a cue, in characters.
const LEAST_ALONE: usize = 16;

/// `12. 法国官员：…`: a sentence that opens with a speaker and a colon.
pub fn labelled(room: &Room, sentence: Sentence) -> Option<Report> {
    let shadow = room.page.shadow;
    let text = sentence.span.of(shadow);
    let colon = text.find(['：', ':'])?;
    let at = sentence.span.start + colon;
    if room.in_quote(at) || colon > 120 {
        return None;
    }
    let mark = shadow[at..].chars().next()?;
    let mention = room
        .heads_in(Span::new(sentence.span.start, at))
        .filter(|m| clause::is_blank(shadow.get(m.phrase.end..at).unwrap_or("x")))
        .last()?;
    // 空中行动暴增，外长：…: the clause before is no part of the label.
    let from = room.clauses.at(mention.phrase.start).start.max(sentence.span.start);
    let lead = Span::new(from.min(mention.phrase.start), mention.phrase.start).of(shadow);
    let bare = lead.trim_matches(|c: char| {
        c.is_ascii_digit()
            || c.is_whitespace()
            || matches!(c, '.' | '、' | '．' | '-' | '*' | MARKUP)
    });
    let relayed = bare.ends_with(['：', ':', '】']) || bare.starts_with('据');
    let kind = room.entities[mention.entity.0 as usize].kind;
    let speaks = kind != ActorType::Place;
    let writer = source::is_unnamed_expert(room, mention.evidence.span);
    if !(bare.is_empty() || relayed) || !speaks || writer {
        return None;
    }
    let start = clause::skip(shadow, at + mark.len_utf8(), &[MARKUP]);
    let span = Span::new(start, sentence.span.end);
    let part = match room.quote_opening(start) {
        Some(quote) => Part { span: quote.inner, is_quoted: true, has_quote: false },
        None => Part {
            span: clause::trim(shadow, span, &['。', '！', MARKUP]),
            is_quoted: false,
            has_quote: room.page.quotes.iter().any(|q| span.overlaps(q.span)),
        },
    };
    let long = part.span.of(shadow).chars().count() >= 4;
    long.then(|| Report {
        cueing: Some(Cueing {
            span: Span::new(at, at + mark.len_utf8()),
            end: start,
            class: CueClass::Strict,
            row: None,
            is_plain: true,
        }),
        source: Source {
            entity: mention.entity,
            span: mention.evidence.span,
            from: mention.phrase.start,
            rule: "source:label",
            confidence: 0.9,
        },
        content: Content { parts: vec![part], addressee: None, sure: SURE },
        paragraph: sentence.paragraph,
        probability: 0.85,
    })
}

/// Adds quotations with no cue of their own to the report before them: those that stand
/// alone as a paragraph or a sentence right behind it.
pub fn on(room: &Room, reports: &mut Vec<Report>) {
    for (number, sentence) in room.page.sentences.iter().enumerate() {
        let paragraph = &room.page.article.paragraphs[sentence.paragraph];
        if !paragraph.kind.is_body() {
            continue;
        }
        let Some(quote) = alone(room, *sentence) else { continue };
        if reports.iter().any(|report| report.content.holds(quote.inner.start)) {
            continue;
        }
        let part = Part { span: quote.inner, is_quoted: true, has_quote: false };
        match carrier(room, reports, quote, *sentence) {
            Some(at) => reports[at].content.parts.push(part),
            None => reports.extend(uncued(room, number, part)),
        }
    }
}

/// The report that a quotation carries on.
fn carrier(
    room: &Room,
    reports: &[Report],
    quote: Quote,
    sentence: Sentence,
) -> Option<usize> {
    let last = (0..reports.len())
        .filter(|&at| reports[at].content.end() <= quote.span.start)
        .max_by_key(|&at| reports[at].content.end())?;
    if !carries(room, &reports[last], quote, sentence) {
        return None;
    }
    // “A，”王毅表示，并重申…。“B”: B goes on from A.
    let sentence_of = |at: usize| {
        let cue = reports[at].cueing.map_or(0, |cueing| cueing.span.start);
        room.clauses.sentence_of(cue)
    };
    let quoted = (0..last).rev().find(|&at| {
        sentence_of(at) == sentence_of(last)
            && reports[at].source.entity == reports[last].source.entity
            && reports[at].content.parts.iter().all(|part| part.is_quoted)
    });
    let indirect = reports[last].content.parts.iter().all(|part| !part.is_quoted);
    Some(quoted.filter(|_| indirect).unwrap_or(last))
}

/// A quotation that is a paragraph and has no cue: the words of whoever the sentence
/// before it tells of.
fn uncued(room: &Room, sentence: usize, part: Part) -> Option<Report> {
    let here = room.page.sentences[sentence];
    let paragraphs = &room.page.article.paragraphs;
    let opens = paragraphs[here.paragraph].span.start == here.span.start;
    let before = room.page.sentences[..sentence].last()?;
    let near = before.paragraph + 1 == here.paragraph
        && paragraphs[before.paragraph].kind == ParagraphKind::Body;
    let long = part.span.of(room.page.shadow).chars().count() >= LEAST_ALONE;
    let source =
        source::of_sentence(room, before.span).filter(|_| opens && near && long)?;
    let content = Content { parts: vec![part], addressee: None, sure: SURE };
    let paragraph = here.paragraph;
    Some(Report { cueing: None, source, content, paragraph, probability: 0.7 })
}

/// The quotation that a sentence consists of.
fn alone(room: &Room, sentence: Sentence) -> Option<Quote> {
    let shadow = room.page.shadow;
    let start = clause::skip(shadow, sentence.span.start, &[MARKUP]);
    let quote = room.quote_opening(start)?;
    let rest = shadow.get(quote.span.end..sentence.span.end).unwrap_or("");
    let bare = rest.chars().all(|c| c.is_whitespace() || matches!(c, '。' | '，' | ','));
    let long = quote.inner.of(shadow).chars().count() >= 8;
    (bare && long).then_some(quote)
}

/// Whether nothing but the end of a sentence or paragraph stands between a report and a
/// quotation.
fn carries(room: &Room, report: &Report, quote: Quote, sentence: Sentence) -> bool {
    let shadow = room.page.shadow;
    let between = shadow.get(report.content.end()..quote.span.start).unwrap_or("x");
    let near = between.chars().all(|c| {
        c.is_whitespace()
            || matches!(
                c,
                '。' | '，' | '”' | '！' | '？' | '；' | ',' | '"' | '」' | MARKUP
            )
    });
    if near {
        return sentence.paragraph <= report.paragraph + 2;
    }
    // “A，”他说。 then “B”: the cue stands between.
    let cue = report.cueing.is_some_and(|cueing| {
        cueing.span.start >= report.content.end() && cueing.span.end <= quote.span.start
    });
    let last = report.cueing.map_or(0, |cueing| cueing.end);
    let tail = shadow.get(last..quote.span.start).unwrap_or("x");
    cue && tail
        .chars()
        .all(|c| c.is_whitespace() || matches!(c, '。' | '，' | ',' | '：'))
}
