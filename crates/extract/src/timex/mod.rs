//! Sentences in, time expressions out.
//!
//! In: a page, its hits in `calendar.tsv`, and when the article was published. Out:
//! calendar dates, times of day, lengths and repetitions, each with its value and what it
//! was counted from. Refuses to know: who speaks, what happened then.
//!
//! `words` is the table, `grammar` reads an expression, `context` tells whether it looks
//! ahead or stands in reported words, `anchor` what it counts from, `resolve` its value.

mod anchor;
mod context;
mod grammar;
mod resolve;
#[cfg(test)]
pub(crate) mod tests;
mod words;

pub use words::CalendarWord;
pub(crate) use words::Class;

use crate::Page;
use record::{Evidence, Timex};

/// Finds calendar expressions and resolves them.
pub(crate) fn find_timexes(page: &Page) -> Vec<Timex> {
    let found = grammar::find(page);
    let mut clock = resolve::Clock::new(page, &found);
    let mut timexes = Vec::new();
    for (at, expression) in found.iter().enumerate() {
        let Some(read) = clock.read(at, expression) else { continue };
        timexes.push(Timex {
            kind: read.kind,
            value: read.value,
            modifier: read.modifier,
            anchor: read.anchor,
            evidence: Evidence {
                document: page.article.document,
                span: expression.span,
                words: expression.span.of(&page.article.text).to_owned(),
                rules: expression.rules.clone(),
            },
        });
    }
    timexes
}

/// Whether the clause around a span looks ahead: 将, 计划.
pub(crate) fn is_ahead(page: &Page, span: record::Span) -> bool {
    context::looks_ahead(page, span)
}

/// Whether a date is the day of a report: 3日报道.
pub(crate) fn is_of_report(page: &Page, span: record::Span) -> bool {
    context::is_report(page, span)
}
