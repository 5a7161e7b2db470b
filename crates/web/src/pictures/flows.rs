//! Who carries whose articles: outlets in a column, an arc from one to the other.
//!
//! An arc begins at the outlet whose article it is and ends, with an arrow, at the one that
//! carries it. Its width grows with the number of documents, its line tells how.

use super::round;
use crate::pages::{Asked, Place};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// The most outlets.
const MOST: usize = 24;
const ROW: f64 = 24.0;
const WIDTH: f64 = 720.0;
/// Where the names end and the arcs begin.
const NAMES: f64 = 240.0;
/// The most characters of a name, each Chinese one counted twice.
const LETTERS: usize = 34;

/// Documents of one outlet that another one carries.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Flow<'a> {
    /// Whose articles they are.
    pub from: &'a str,
    /// Who carries them.
    pub to: &'a str,
    /// `reprint`, `translation`, `digest` or `cites`.
    pub kind: &'a str,
    /// How many.
    pub documents: usize,
}

/// Draws the flows between the outlets with most of them.
pub(crate) fn flows(asked: &Asked, flows: &[Flow<'_>]) -> Markup {
    let outlets = outlets(flows);
    let rows: BTreeMap<&str, usize> =
        outlets.iter().enumerate().map(|(row, name)| (*name, row)).collect();
    let y = |row: usize| ROW * (row as f64 + 0.5);
    let height = ROW * outlets.len() as f64;
    // Where there are few, twice as many are not twice as wide.
    let most = flows.iter().map(|flow| flow.documents).max().unwrap_or(1).max(12) as f64;
    let mut shown: Vec<(&Flow<'_>, usize, usize)> = flows
        .iter()
        .filter_map(|flow| Some((flow, *rows.get(flow.from)?, *rows.get(flow.to)?)))
        .collect();
    // Thick ones lie below, so that they hide none.
    shown.sort_by_key(|(flow, from, to)| (std::cmp::Reverse(flow.documents), *from, *to));
    html! {
        svg.flow viewBox={ "0 0 " (WIDTH) " " (height) } width=(WIDTH) height=(height)
            role="group" aria-label=(asked.text("sources.picture")) {
            @for (flow, from, to) in shown {
                @let (top, bottom) = (y(from) - 3.0, y(to) + 3.0);
                @let bulge = (36.0 + (bottom - top).abs()).min(WIDTH - NAMES - 60.0) + apart(flow.kind);
                @let weight = 1.2 + 5.0 * ((flow.documents as f64 - 1.0) / most).sqrt();
                a href=(asked.to(&Place::Source(flow.to.to_owned()))) {
                    title { (about(asked, flow)) }
                    path class={ "arc " (flow.kind) } stroke-width=(round(weight)) d=(arc(top, bottom, bulge)) {}
                    path.tip d={ "M" (NAMES + 6.0) " " (round(bottom)) "l8-4v8z" } {}
                }
            }
            @for (row, name) in outlets.iter().enumerate() {
                a href=(asked.to(&Place::Source((*name).to_owned()))) {
                    text x=(NAMES - 4.0) y=(round(y(row) + 4.0)) text-anchor="end" { (short(name)) }
                }
                circle.stop cx=(NAMES + 2.0) cy=(round(y(row))) r="2.2" {}
            }
        }
    }
}

/// A short stretch of a kind's line, for the words under the picture.
pub(crate) fn flow_key(kind: &str) -> Markup {
    html! {
        svg.flow-key viewBox="0 0 34 8" aria-hidden="true" focusable="false" {
            path class={ "arc " (kind) } stroke-width="2" d="M1 4H33" {}
        }
    }
}

/// A bar of some share, 0 to 1.
pub(crate) fn share(share: f64) -> Markup {
    html! {
        svg.share viewBox="0 0 60 8" aria-hidden="true" focusable="false" {
            rect.whole width="60" height="8" {}
            rect.part width=(round(60.0 * share.clamp(0.0, 1.0))) height="8" {}
        }
    }
}

/// Half an ellipse from one row to another, to the right of the names.
fn arc(top: f64, bottom: f64, bulge: f64) -> String {
    let (start, end) = (NAMES + 6.0, NAMES + 13.0);
    let far = NAMES + bulge;
    format!(
        "M{start} {}C{} {} {} {} {end} {}",
        round(top),
        round(far),
        round(top),
        round(far),
        round(bottom),
        round(bottom)
    )
}

/// How far an arc stands from those of the other kinds between the same two outlets.
fn apart(kind: &str) -> f64 {
    match kind {
        "reprint" => 0.0,
        "translation" => 12.0,
        "digest" => 24.0,
        _ => 36.0,
    }
}

/// The outlets with most documents that go to or come from others, those that many carry
/// on top.
fn outlets<'a>(flows: &[Flow<'a>]) -> Vec<&'a str> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for flow in flows {
        counts.entry(flow.from).or_default().0 += flow.documents;
        counts.entry(flow.to).or_default().1 += flow.documents;
    }
    let mut outlets: Vec<(&str, (usize, usize))> = counts.into_iter().collect();
    outlets.sort_by_key(|(name, (out, into))| (std::cmp::Reverse(out + into), *name));
    outlets.truncate(MOST);
    outlets.sort_by_key(|(name, (out, into))| {
        (std::cmp::Reverse(*out as i64 - *into as i64), *name)
    });
    outlets.into_iter().map(|(name, _)| name).collect()
}

fn about(asked: &Asked, flow: &Flow<'_>) -> String {
    let documents = asked.language.number("n.documents", flow.documents);
    let kind =
        asked.language.find(&format!("carried.{}", flow.kind)).unwrap_or(flow.kind);
    format!("{} → {}: {kind}, {documents}", flow.from, flow.to)
}

/// A name that fits beside the arcs.
fn short(name: &str) -> String {
    let mut room = LETTERS;
    let mut kept = String::new();
    for c in name.chars().filter(|c| !c.is_control()) {
        let wide = if c.is_ascii() { 1 } else { 2 };
        if room < wide + 1 {
            kept.push('…');
            break;
        }
        room -= wide;
        kept.push(c);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_outlets_leave_those_with_most() {
        let names: Vec<String> = (0..40).map(|n| format!("报{n:02}")).collect();
        let flows: Vec<Flow<'_>> = (1..40)
            .map(|n| Flow {
                from: &names[0],
                to: &names[n],
                kind: "reprint",
                documents: n,
            })
            .collect();
        let kept = outlets(&flows);
        assert_eq!((kept.len(), kept[0]), (MOST, "报00"));
        assert!(kept.contains(&"报39") && !kept.contains(&"报01"));
    }

    #[test]
    fn names_are_cut_by_their_width() {
        assert_eq!(short("GNews"), "GNews");
        assert_eq!(short(&"报".repeat(30)).chars().count(), 17);
        assert!(short(&"x".repeat(60)).ends_with('…'));
    }
}
