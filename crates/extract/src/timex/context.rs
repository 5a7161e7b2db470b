//! What stands around an expression.
//!
//! In: a page and a span. Out: whether the clause looks ahead, whether the words are
//! reported, whether a name covers them. Refuses to know: values.

use super::words::Class;
use crate::{
    Page,
    lang::zh,
    lexicon::{NameForm, Table},
    shadow::MARKUP,
};
use record::Span;

/// The clause around `span`, within its sentence.
pub(super) fn clause(page: &Page, span: Span) -> Span {
    let sentence = sentence(page, span);
    let before = Span::new(sentence.start, span.start).of(page.shadow);
    let start = before
        .char_indices()
        .rev()
        .find(|(_, c)| zh::ends_clause(*c))
        .map_or(sentence.start, |(at, c)| sentence.start + at + c.len_utf8());
    Span::new(start, clause_end(page, span.end, sentence.end))
}

fn clause_end(page: &Page, from: usize, limit: usize) -> usize {
    let after = Span::new(from, limit).of(page.shadow);
    after
        .char_indices()
        .find(|(_, c)| zh::ends_clause(*c))
        .map_or(limit, |(at, _)| from + at)
}

/// The sentence that holds `span`.
pub(super) fn sentence(page: &Page, span: Span) -> Span {
    let next = page.sentences.partition_point(|s| s.span.start <= span.start);
    page.sentences[..next].last().map_or(span, |s| s.span)
}

/// Whether the clause puts the expression in the future: 将于周四, 周三，俄罗斯将….
///
/// A cue after the date keeps them apart: 周一表示将继续 is a past Monday.
pub(super) fn looks_ahead(page: &Page, span: Span) -> bool {
    let own = clause(page, span);
    let before = words(page, Span::new(own.start, span.start), Class::Future)
        .filter(|word| !is_preposition(page, *word) || word.end == span.start)
        // 计划举行的谈判周二取消: what was planned stands before the 的.
        .any(|word| !Span::new(word.end, span.start).of(page.shadow).contains('的'));
    let mut rest = Span::new(span.end, own.end);
    if rest.of(page.shadow).trim_matches([' ', MARKUP]).is_empty() {
        // 周三，俄罗斯将在布鲁塞尔…: the date is a clause of its own.
        let limit = sentence(page, span).end;
        let past = page.shadow[rest.end..limit].chars().next().map_or(0, char::len_utf8);
        rest.end = clause_end(page, rest.end + past, limit);
    }
    let after = words(page, rest, Class::Future)
        .filter(|word| !is_preposition(page, *word) && !is_noun(page, *word, rest.end))
        .any(|word| !has_cue(page, Span::new(span.end, word.start)));
    before || after
}

/// Whether a word that can look ahead names a thing: 计划 in 通过了一项计划.
fn is_noun(page: &Page, word: Span, end: usize) -> bool {
    let before = page.shadow.get(..word.start).and_then(|text| text.chars().next_back());
    let counted = matches!(before, Some('项' | '个' | '份' | '的' | '该' | '此' | '了'));
    counted && matches!(word.of(page.shadow), "计划" | "预期" | "打算" | "准备")
        || (word.end == end && word.of(page.shadow) == "计划")
}

/// Whether the clause behind the expression tells what has been: 9月举行了会议.
pub(super) fn looks_back(page: &Page, span: Span) -> bool {
    let rest = Span::new(span.end, clause(page, span).end).of(page.shadow);
    rest.contains(['了', '曾']) && !rest.contains('将') && !looks_ahead(page, span)
}

/// Whether the word is a bare 将, which looks ahead only right before a date: in
/// 将核力量置于戒备状态 it marks the object.
fn is_preposition(page: &Page, word: Span) -> bool {
    word.of(page.shadow) == "将"
}

/// The words of a class in `span`, those inside a word that is no date left out: 将 in 中将.
fn words<'p>(
    page: &'p Page,
    span: Span,
    class: Class,
) -> impl Iterator<Item = Span> + 'p {
    let calendar = &page.lexicon.calendar;
    let mut other = 0;
    page.hits.within(Table::Calendar, span).iter().filter_map(move |hit| {
        let of = calendar[hit.row as usize].class;
        if of == Class::NoDate {
            other = other.max(hit.span.end);
        }
        let fits = hit.span.end <= span.end && hit.span.end > other;
        (of == class && fits).then_some(hit.span)
    })
}

fn has_cue(page: &Page, span: Span) -> bool {
    page.hits.within(Table::Cues, span).iter().any(|hit| hit.span.end <= span.end)
}

/// Whether `span` stands in quotation marks, or after a cue in its sentence.
pub(super) fn is_reported(page: &Page, span: Span) -> bool {
    is_quoted(page, span)
        || has_cue(page, Span::new(sentence(page, span).start, span.start))
}

/// Whether a report's word follows within the clause: 11月22日报道, 2月28日（路透社）.
pub(super) fn is_report(page: &Page, span: Span) -> bool {
    let end = clause(page, span).end.min(span.end + 36);
    let rest = Span::new(span.end, end);
    // 3月18日发布的消息 is no report of that day.
    let is_own = |word: &Span| {
        let between = Span::new(span.end, word.start).of(page.shadow);
        !between.trim_start_matches(['的', ' ', MARKUP]).contains('的')
    };
    if words(page, rest, Class::Report).any(|word| is_own(&word)) {
        return true;
    }
    // 1月10日电, and an agency in brackets right after the day.
    let wire = rest.of(page.shadow).trim_start_matches([' ', MARKUP]);
    if wire.strip_prefix(['电', '讯']).is_some_and(|rest| !rest.starts_with(zh::is_han))
    {
        return true;
    }
    let mut chars = page.shadow.get(span.end..).unwrap_or("").chars();
    let Some(open @ ('（' | '(')) = chars.find(|c| !c.is_whitespace()) else {
        return false;
    };
    let rest = page.shadow.get(span.end..).unwrap_or("");
    let inside = span.end + rest.find(open).unwrap_or(0) + open.len_utf8();
    page.hits.at(Table::Names, inside).is_some_and(|hit| {
        page.lexicon.names.of_hit(hit.row).0.kind == record::ActorType::Outlet
    })
}

/// Whether a full name begins in `span` and runs past its end.
pub(super) fn name_runs_over(page: &Page, span: Span) -> bool {
    page.hits.within(Table::Names, span).iter().any(|hit| {
        hit.span.end > span.end && page.lexicon.names.of_hit(hit.row).2 == NameForm::Full
    })
}

/// Whether `span` stands in quotation marks.
pub(super) fn is_quoted(page: &Page, span: Span) -> bool {
    page.quotes.iter().any(|quote| quote.inner.contains(span))
}
