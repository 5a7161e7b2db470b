//! What was said: where it starts and where it ends.
//!
//! In: a cue and its source. Out: the parts of the content. Refuses to know: who speaks. A
//! quotation is its own end; an indirect report ends with its sentence, unless a clause
//! before that carries on with another cue or turns back to the narration.

use super::{
    Report, Room, ahead, clause,
    cue::{CueClass, Cueing},
    end::{self, Telling},
    source::Source,
};
use crate::{lang::zh, sentence::Quote, shadow::MARKUP};
use record::{Kind, Span};

/// One stretch of content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Without the quotation marks around the whole.
    pub span: Span,
    /// Whether it stands in quotation marks as a whole.
    pub is_quoted: bool,
    /// Whether quotation marks stand inside it.
    pub has_quote: bool,
}

impl Part {
    /// A stretch that is not quoted as a whole.
    pub fn plain(room: &Room, span: Span) -> Part {
        let has_quote = room.page.quotes.iter().any(|q| {
            span.overlaps(q.span) && q.inner.of(room.page.shadow).chars().count() >= 2
        });
        Part { span, is_quoted: false, has_quote }
    }
}

/// What was said.
#[derive(Debug, Clone, Default)]
pub struct Content {
    /// Its parts in text order.
    pub parts: Vec<Part>,
    /// To whom, where the words stand between cue and content: 告诉记者.
    pub addressee: Option<Span>,
    /// How likely it is that it starts and ends there.
    pub sure: f64,
}

impl Content {
    /// Direct when every part is quoted, indirect when nothing is, else mixed.
    pub fn kind(&self) -> Kind {
        let quoted = self.parts.iter().filter(|part| part.is_quoted).count();
        if quoted == self.parts.len() {
            Kind::Direct
        } else if quoted == 0 && !self.parts.iter().any(|part| part.has_quote) {
            Kind::Indirect
        } else {
            Kind::Mixed
        }
    }
    /// The first byte.
    pub fn start(&self) -> usize {
        self.parts.first().map_or(0, |part| part.span.start)
    }
    /// One past the last byte.
    pub fn end(&self) -> usize {
        self.parts.iter().map(|part| part.span.end).max().unwrap_or(0)
    }
    /// Whether a byte stands in one of the parts.
    pub fn holds(&self, at: usize) -> bool {
        self.parts.iter().any(|part| part.span.holds(at))
    }
}

/// How likely a quotation is the content.
pub const SURE: f64 = 0.97;

/// Shortest quotation that can be somebody's words by itself, in characters.
const LEAST_QUOTE: usize = 2;

/// The content of the cue `cueings[at]`.
pub fn find(
    room: &Room,
    sentence: usize,
    cueings: &[Cueing],
    at: usize,
    source: &Source,
    reports: &[Report],
) -> Option<Content> {
    let cueing = cueings[at];
    match cueing.class {
        CueClass::Express => return expressed(room, cueing, source),
        CueClass::Name => return named(room, cueing, sentence),
        _ => {}
    }
    if let Some(content) = ahead::find(room, sentence, cueing, source, reports) {
        return Some(content);
    }
    if cueing.class == CueClass::After {
        return None;
    }
    let (start, addressee) = start(room, sentence, cueing);
    let end = room.page.sentences[sentence].span.end;
    if start >= end {
        return next_paragraph(room, sentence, cueing);
    }
    let told = Telling { cueings, at, source };
    let mut content = match room.quote_opening(start) {
        Some(quote) => quoted(room, quote, end, told)?,
        None => indirect(room, start, end, told)?,
    };
    content.addressee = addressee;
    Some(content)
}

/// Where the content starts: past commas, and past the hearer of 告诉记者，….
fn start(room: &Room, sentence: usize, cueing: Cueing) -> (usize, Option<Span>) {
    const STOPS: &[char] = &['，', ',', '：', ':', '、', MARKUP, '\u{3000}'];
    let shadow = room.page.shadow;
    let end = room.page.sentences[sentence].span.end;
    let after = clause::skip(shadow, cueing.end, &[MARKUP]);
    let hearer = hearer(room, after, end);
    if let Some(hearer) = hearer {
        let next = clause::skip(shadow, hearer.end, &[MARKUP]);
        let comma = shadow[next..].starts_with(['，', ',', '：', ':', '说']);
        let told = cueing.class == CueClass::Tell || comma;
        if told && !matches!(cueing.class, CueClass::Judge) {
            let said = if shadow[next..].starts_with("说") {
                next + '说'.len_utf8()
            } else {
                next
            };
            return (clause::skip(shadow, said, STOPS).min(end), Some(hearer));
        }
    }
    (clause::skip(shadow, after, STOPS).min(end), None)
}

/// A name or a word for hearers right behind a cue.
pub fn hearer(room: &Room, at: usize, end: usize) -> Option<Span> {
    // 告诉《金融时报》, ….
    let title = room.page.shadow.get(at..end)?.strip_prefix('《');
    if let Some((title, _)) = title.and_then(|title| title.split_once('》')) {
        let close = at + '《'.len_utf8() + title.len() + '》'.len_utf8();
        let own = Span::new(at, close);
        return Some(room.word("addressee", close).map_or(own, |word| own.join(word)));
    }
    let name = room
        .heads_in(Span::new(at, end))
        .next()
        .filter(|m| {
            m.phrase.start <= at + 6
                && clause::is_blank(
                    room.page.shadow.get(at..m.phrase.start).unwrap_or(""),
                )
        })
        .map(|m| m.phrase);
    let word = room.word("addressee", at);
    match (name, word) {
        (Some(name), Some(word)) if word.end > name.end => Some(word),
        (Some(name), _) => {
            // 告诉法新社记者: the office belongs to the hearer.
            // 告诉美国人: so does the word for its people.
            let more = ["addressee", "people-of"];
            let more = more.iter().find_map(|class| room.word(class, name.end));
            Some(more.map_or(name, |word| name.join(word)))
        }
        (None, word) => word,
    }
}

/// 对这一决定表示欢迎: what 对 governs.
fn expressed(room: &Room, cueing: Cueing, source: &Source) -> Option<Content> {
    let shadow = room.page.shadow;
    let sentence = room.clauses.sentence_of(cueing.span.start);
    let from = source.span.end.clamp(sentence.start, cueing.span.start);
    let reach = Span::new(from, cueing.span.start).of(shadow);
    let (at, word) = ["针对", "对于", "对", "就"]
        .into_iter()
        .filter_map(|word| reach.find(word).map(|at| (at, word)))
        .min()?;
    let span = Span::new(from + at + word.len(), cueing.span.start);
    let span = clause::trim(shadow, span, &['，', ',', MARKUP]);
    let span = drop_adverbs(room, span);
    (!span.is_empty()).then(|| Content {
        parts: vec![Part::plain(room, span)],
        addressee: None,
        sure: SURE,
    })
}

/// Leaves out adverbs before the cue: 对此事[深]表示遗憾.
fn drop_adverbs(room: &Room, mut span: Span) -> Span {
    while let Some(hit) =
        room.page.lexicon.word_ending(room.page.hits, "adverb", span.end)
    {
        if hit.span.start <= span.start {
            break;
        }
        span = Span::new(span.start, hit.span.start);
    }
    clause::trim(room.page.shadow, span, &['，', ',', MARKUP])
}

/// 将此事称为“一个错误”: the name, to the end of its quotation or clause.
fn named(room: &Room, cueing: Cueing, sentence: usize) -> Option<Content> {
    let shadow = room.page.shadow;
    let start = clause::skip(shadow, cueing.end, &[MARKUP, '：', ':']);
    if start >= room.page.sentences[sentence].span.end {
        return None;
    }
    if let Some(quote) = room.quote_opening(start) {
        let part = Part { span: quote.inner, is_quoted: true, has_quote: false };
        return Some(Content { parts: vec![part], addressee: None, sure: SURE });
    }
    let clause = room.clauses.at(start);
    let span = Span::new(start, clause.end);
    let span = clause::trim(shadow, span, &['，', ',', '。', '；', MARKUP]);
    let quoted = room.page.quotes.iter().any(|q| span.contains(q.span));
    quoted.then(|| Content {
        parts: vec![Part::plain(room, span)],
        addressee: None,
        sure: SURE,
    })
}

/// Content that starts with a quotation.
fn quoted(room: &Room, quote: Quote, end: usize, told: Telling) -> Option<Content> {
    let shadow = room.page.shadow;
    let after = clause::skip(shadow, quote.span.end, &[MARKUP]);
    let rest = shadow.get(after..).unwrap_or("");
    let next = rest.chars().next();
    let whole = !quote.closed
        || after >= end
        || next.is_none_or(|c| {
            zh::ends_clause(c) || matches!(c, '“' | '”' | '（' | '(' | '—' | '」')
        })
        || quote.inner.of(shadow).trim_end().ends_with(['。', '！', '？', '，', ','])
        // 强调“希望深化关系”并同意…: the narration goes on.
        || room.word("conjunction", after).is_some();
    if whole {
        let mut parts =
            vec![Part { span: quote.inner, is_quoted: true, has_quote: false }];
        adjoining(room, quote, &mut parts);
        let long = quote.inner.of(shadow).chars().count() >= LEAST_QUOTE;
        return long.then_some(Content { parts, addressee: None, sure: SURE });
    }
    indirect(room, quote.span.start, end, told)
}

/// Quotations right behind a quotation, with at most a comma between, are more of it.
fn adjoining(room: &Room, quote: Quote, parts: &mut Vec<Part>) {
    let shadow = room.page.shadow;
    let mut end = quote.span.end;
    loop {
        let next = clause::skip(shadow, end, &['，', ',', '、', MARKUP]);
        let Some(more) = room.quote_opening(next).filter(|more| more.closed) else {
            break;
        };
        let comma = shadow[end..next].contains(['，', ',']);
        let after = shadow[more.span.end..].chars().next();
        let finishes = after.is_none_or(zh::ends_clause);
        if comma && !finishes {
            break;
        }
        parts.push(Part { span: more.inner, is_quoted: true, has_quote: false });
        end = more.span.end;
    }
}

/// 他说： with nothing behind it: the quotation that opens the next paragraph.
fn next_paragraph(room: &Room, sentence: usize, cueing: Cueing) -> Option<Content> {
    let shadow = room.page.shadow;
    let end = room.page.sentences[sentence].span.end;
    let colon = shadow[cueing.end..end].contains(['：', ':']);
    let next = room.page.sentences.get(sentence + 1)?;
    let at = clause::skip(shadow, next.span.start, &[MARKUP]);
    let quote = room.quote_opening(at).filter(|_| colon)?;
    let part = Part { span: quote.inner, is_quoted: true, has_quote: false };
    Some(Content { parts: vec![part], addressee: None, sure: SURE })
}

/// Content without a quotation at its start: to the end of the sentence, or to the clause
/// where somebody carries on.
fn indirect(room: &Room, start: usize, end: usize, told: Telling) -> Option<Content> {
    let shadow = room.page.shadow;
    let (end, sure) = end::find(room, Span::new(start, end), told);
    let span = Span::new(start, end);
    let span = clause::trim(
        shadow,
        span,
        &['，', ',', '。', '；', ';', '：', ':', '！', '？', '—', MARKUP],
    );
    let span = balanced(room, span);
    let long = span.of(shadow).chars().filter(|&c| c != MARKUP).count() >= 2;
    long.then(|| Content { parts: vec![Part::plain(room, span)], addressee: None, sure })
}

/// A span that cuts no quotation: a closing mark without its opening one is left out.
fn balanced(room: &Room, span: Span) -> Span {
    let text = span.of(room.page.shadow);
    let dangling = text.ends_with('”') && !text.contains('“');
    match dangling {
        true => Span::new(span.start, span.end - '”'.len_utf8()),
        false => span,
    }
}
