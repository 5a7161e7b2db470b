//! Bodies of states: 俄罗斯国防部, 英国政府, 美军.
//!
//! In: names and words for bodies. Out: bodies as namings, with their state's party.
//! Refuses to know: who speaks for them.

use super::found::{Around, Found, What};
use crate::{
    Page,
    lexicon::{Hit, Table},
};
use record::{ActorType, MentionForm, Span};

/// Adds bodies: a state's or organisation's name with a word for a body behind it.
pub fn find(page: &Page, found: &mut Vec<Found>) {
    let around = Around::of(page);
    let mut bodies = Vec::new();
    for &hit in page.hits.of(Table::Words) {
        let word = &page.lexicon.words[hit.row as usize];
        if !matches!(word.class.as_str(), "body" | "government")
            || found.iter().any(|f| f.span.contains(hit.span))
        {
            continue;
        }
        if is_office(page, &around, hit) {
            continue;
        }
        let end = around.skip_back(hit.span.start);
        let next = found.partition_point(|f| f.span.end < end);
        let Some(state) = found.get(next).filter(|f| f.span.end == end) else { continue };
        let What::Known(row) = state.what else { continue };
        let kind = page.lexicon.names.row(row).kind;
        let person = kind == ActorType::Person;
        let bodied =
            matches!(kind, ActorType::State | ActorType::Organisation | ActorType::Place);
        // 拜登政府 is the state that he leads.
        if !(bodied || person && word.text == "政府") {
            continue;
        }
        let span = Span::new(state.span.start, hit.span.end);
        let rules = vec![word.rule.clone()];
        // 英国政府, 华盛顿方面 are the state itself; 英国国防部 is a body of its own.
        let own = match kind {
            ActorType::State => Some(row),
            ActorType::Place | ActorType::Person => {
                let name = page.lexicon.names.row(row);
                let party = if person { &name.party } else { &name.metonym };
                party.as_deref().and_then(|party| page.lexicon.names.row_of_state(party))
            }
            _ => None,
        };
        let what = match own.filter(|_| word.class == "government") {
            Some(row) => What::Known(row),
            None => What::Body,
        };
        let mut body = Found::bare(span, MentionForm::Name, what, rules);
        body.party = state.party.clone();
        bodies.push(body);
    }
    bodies.sort_by_key(|body: &Found| (body.span.start, usize::MAX - body.span.end));
    bodies.dedup_by(|later, earlier| earlier.span.overlaps(later.span));
    found.retain(|f| !bodies.iter().any(|body| body.span.contains(f.span)));
    found.extend(bodies);
    found.sort_by_key(|naming| (naming.span.start, naming.span.end));
}

/// Whether an office follows at once: 俄罗斯国防部发言人 is a person, and the phrase of
/// that office takes the body in.
fn is_office(page: &Page, around: &Around, hit: Hit) -> bool {
    let after = around.skip(hit.span.end);
    page.hits.at(Table::Titles, after).is_some()
}
