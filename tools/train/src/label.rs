//! What the annotation says of each candidate.
//!
//! In: candidates and an annotation. Out: the class of each. Refuses to know: features.

use crate::gold::{Annotated, places, strings};
use extract::Candidate;
use record::{Article, Span};

/// The class of each candidate of an article.
pub fn classes(
    article: &Article,
    gold: &Annotated,
    candidates: &[Candidate],
) -> Vec<String> {
    let acts = acts(article, gold);
    candidates
        .iter()
        .map(|candidate| match candidate.model {
            "moves" => act(&acts, candidate),
            other => unreachable!("the reader has no model {other}"),
        })
        .collect()
}

struct Deed {
    actor: Vec<String>,
    act: String,
    places: Vec<Span>,
}

fn acts(article: &Article, gold: &Annotated) -> Vec<Deed> {
    let moves = gold.json["moves"].as_array().into_iter().flatten();
    moves
        .filter_map(|found| {
            let actor = found["actor"].as_str().unwrap_or("");
            Some(Deed {
                actor: actor.split(';').map(|p| p.trim().to_owned()).collect(),
                act: found["act"].as_str()?.to_owned(),
                places: places(&article.text, &strings(found, "evidence").concat()),
            })
        })
        .collect()
}

/// How many of an annotation's acts some candidate could show, and how many there are.
pub fn reachable(
    article: &Article,
    gold: &Annotated,
    candidates: &[Candidate],
) -> (usize, usize) {
    let acts = acts(article, gold);
    let found =
        acts.iter().filter(|deed| candidates.iter().any(|c| fits(deed, c).is_some()));
    (found.count(), acts.len())
}

/// The act whose evidence holds the candidate best: of several the shortest evidence.
fn act(acts: &[Deed], candidate: &Candidate) -> String {
    acts.iter()
        .filter_map(|deed| Some((fits(deed, candidate)?, deed)))
        .min_by_key(|(length, _)| *length)
        .map_or_else(|| "none".to_owned(), |(_, deed)| deed.act.clone())
}

/// The length of the evidence, where it and the candidate share more than half of either
/// and the actor is the same.
fn fits(deed: &Deed, candidate: &Candidate) -> Option<usize> {
    let both = deed.actor.iter().filter(|p| candidate.parties.contains(p)).count();
    let all = deed.actor.len() + candidate.parties.len() - both;
    if both * 2 < all {
        return None;
    }
    let share = |place: &Span| {
        let from = place.start.max(candidate.span.start);
        let to = place.end.min(candidate.span.end);
        let shared = to.saturating_sub(from);
        shared * 2 > place.len().min(candidate.span.len())
    };
    deed.places.iter().find(|place| share(place)).map(|place| place.len())
}
