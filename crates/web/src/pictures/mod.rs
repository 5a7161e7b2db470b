//! Pictures, in SVG: the same in a page, a briefing and a file.
//!
//! In: rows with dates, parties, counts. Out: an `svg` element without style of its own;
//! the style sheet gives its colours. Refuses to know: how a row came about.

mod flows;
mod history;
mod strip;

pub(crate) use flows::{Flow, flow_key, flows, share};
pub(crate) use history::history;
pub(crate) use strip::strip;

/// A coordinate with one digit, so that pictures are small and the same everywhere.
fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
