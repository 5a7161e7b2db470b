//! People in the lines of credit: 作者：某某.
//!
//! In: bylines. Out: their people as namings; nobody else is named in such a line. Refuses
//! to know: the form of names.

use super::found::{Found, What};
use crate::{Page, article::people_credited};
use record::{MentionForm, ParagraphKind, Rule, Span};

/// Where people are named in lines of credit.
pub fn find(page: &Page) -> Vec<Found> {
    let mut found = Vec::new();
    for paragraph in &page.article.paragraphs {
        if !is_credit(paragraph.kind) {
            continue;
        }
        let words = paragraph.span.of(&page.article.text);
        let here = |span: Span| {
            Span::new(paragraph.span.start + span.start, paragraph.span.start + span.end)
        };
        let Some((label, people)) = people_credited(words, page.lexicon) else {
            continue;
        };
        for span in people.into_iter().map(here) {
            let rules = vec![Rule::new("form:byline")];
            let mut naming = Found::bare(span, MentionForm::Name, What::Person, rules);
            naming.role = Some(here(label));
            naming.is_private = true;
            found.push(naming);
        }
    }
    found
}

fn is_credit(kind: ParagraphKind) -> bool {
    kind == ParagraphKind::Byline
}
