//! What the annotation says of each candidate.
//!
//! In: candidates and an article's acts. Out: the class of each candidate. Refuses to
//! know: features.

use crate::gold::Deed;
use extract::Candidate;
use record::{Article, Span};

/// The act of each candidate, `none` where it shows none.
pub fn acts(
    article: &Article,
    deeds: &[Deed<Vec<Span>>],
    candidates: &[Candidate],
) -> Vec<String> {
    candidates
        .iter()
        .map(|candidate| {
            // Of several acts that of the shortest evidence.
            deeds
                .iter()
                .filter_map(|deed| Some((fits(article, deed, candidate)?, deed)))
                .min_by_key(|(length, _)| *length)
                .map_or_else(|| "none".to_owned(), |(_, deed)| deed.act.clone())
        })
        .collect()
}

/// How many of an article's acts some candidate could show.
pub fn reachable(
    article: &Article,
    deeds: &[Deed<Vec<Span>>],
    candidates: &[Candidate],
) -> usize {
    deeds
        .iter()
        .filter(|deed| candidates.iter().any(|c| fits(article, deed, c).is_some()))
        .count()
}

/// Prints the acts that no candidate could show, beside who might have acted there.
pub fn print_unreached(
    article: &Article,
    deeds: &[Deed<Vec<Span>>],
    candidates: &[Candidate],
) {
    for deed in deeds {
        if candidates.iter().any(|c| fits(article, deed, c).is_some()) {
            continue;
        }
        let near = candidates.iter().filter(|candidate| {
            let here = article.in_document(candidate.span);
            deed.evidence.iter().any(|place| place.overlaps(here))
        });
        let near: Vec<String> = near.map(|c| c.parties.join(";")).collect();
        let words = deed.evidence.first().map_or("nowhere", |place| {
            let within = article.paragraphs.iter().find(|p| p.document.contains(*place));
            within.map_or("outside", |p| p.span.of(&article.text))
        });
        let words: String = words.chars().take(90).collect();
        println!("  {} {}: {near:?} {words}", deed.actor.join(";"), deed.act);
    }
}

/// The length of the evidence, where it and the candidate share more than half of either
/// and the actor is the same.
fn fits(
    article: &Article,
    deed: &Deed<Vec<Span>>,
    candidate: &Candidate,
) -> Option<usize> {
    let both = deed.actor.iter().filter(|p| candidate.parties.contains(p)).count();
    let all = deed.actor.len() + candidate.parties.len() - both;
    if both * 2 < all {
        return None;
    }
    let here = article.in_document(candidate.span);
    let share = |place: &&Span| {
        let from = place.start.max(here.start);
        let to = place.end.min(here.end);
        to.saturating_sub(from) * 2 > place.len().min(here.len())
    };
    deed.evidence.iter().find(share).map(|place| place.len())
}
