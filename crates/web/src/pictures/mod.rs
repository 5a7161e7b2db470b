//! Pictures, in SVG: the same in a page, a briefing and a file.
//!
//! In: rows with dates, parties, counts. Out: an `svg` element without style of its own;
//! the style sheet gives its colours. Refuses to know: how a row came about.

mod flows;
mod history;
mod lanes;
mod network;
mod strip;

pub(crate) use flows::{Flow, flow_key, flows, share};
pub(crate) use history::history;
pub(crate) use lanes::{Bar, Mark, bars, days_of, marks};
pub(crate) use network::{Tie, network};
pub(crate) use strip::{stretch, strip};

/// A coordinate with one digit, so that pictures are small and the same everywhere.
fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
