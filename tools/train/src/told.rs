//! What the annotation says of cues and of where reports end.
//!
//! In: candidates and an article's reports. Out: the class of each candidate that the
//! annotation speaks of. Refuses to know: features.

use crate::gold::Told;
use extract::Candidate;
use record::{Article, Span};

/// How far from the annotation's a content may start or end, in bytes.
const NEAR: usize = 12;

/// For a cue whether it reports (`yes`, `no`), for a place in a report whether the report
/// ends there (`stop`, `go`),
/// for a name whether it is the speaker's; none for places of which the annotation says nothing.
pub fn classes(
    article: &Article,
    told: &[Told],
    candidates: &[Candidate],
) -> Vec<Option<String>> {
    candidates
        .iter()
        .map(|candidate| {
            let cue = article.in_document(candidate.anchor?);
            let mut own = told.iter().filter(|report| report.cue.overlaps(cue));
            let class = match candidate.model {
                "cues" => ["no", "yes"][usize::from(own.next().is_some())],
                "sources" => {
                    let report = own.next()?;
                    let named = candidate
                        .parties
                        .iter()
                        .any(|name| report.who.iter().any(|who| same(who, name)));
                    ["no", "yes"][usize::from(named)]
                }
                _ => end(own, article.in_document(candidate.span))?,
            };
            Some(class.to_owned())
        })
        .collect()
}

/// Whether the report that starts where `so_far` starts ends where it ends.
fn end<'t>(
    mut own: impl Iterator<Item = &'t Told>,
    so_far: Span,
) -> Option<&'static str> {
    let report = own.find(|report| {
        report.content.start.abs_diff(so_far.start) <= NEAR
            && report.content.end > so_far.start
    })?;
    let end = report.content.end;
    if end.abs_diff(so_far.end) <= NEAR {
        Some("stop")
    } else if end > so_far.end {
        Some("go")
    } else {
        None
    }
}

/// Whether two spellings name the same, marks and spaces aside; 他 names nobody.
fn same(one: &str, other: &str) -> bool {
    let solid = |text: &str| -> String {
        let kept = text.chars().filter(|c| c.is_alphanumeric());
        kept.flat_map(char::to_lowercase).collect()
    };
    let (one, other) = (solid(one), solid(other));
    one.chars().count() > 1 && one == other && !matches!(one.as_str(), "他们" | "她们")
}
