//! Who met with whom: one actor in the middle, the others around it.
//!
//! In: others with how often each was met. Out: an `svg`; a line is the thicker the more
//! meetings it stands for, and the nearer the other stands the more there were.

use super::round;
use maud::{Markup, html};
use std::f64::consts::TAU;

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 330.0;
/// The most others that are drawn.
const MOST: usize = 14;

/// One other actor.
pub(crate) struct Tie {
    /// What it is called.
    pub name: String,
    /// Where it leads to.
    pub address: String,
    /// How many meetings.
    pub count: usize,
    /// That number in words.
    pub about: String,
}

/// Draws the ties of `name`, the strongest first.
pub(crate) fn network(name: &str, ties: &[Tie], label: &str) -> Markup {
    let ties = &ties[..ties.len().min(MOST)];
    if ties.is_empty() {
        return html! {};
    }
    let most = ties.iter().map(|tie| tie.count).max().unwrap_or(1).max(1) as f64;
    let (cx, cy) = (WIDTH / 2.0, HEIGHT / 2.0);
    let spots: Vec<(f64, f64, &Tie)> = ties
        .iter()
        .enumerate()
        .map(|(at, tie)| {
            let turn = TAU * (at as f64 + 0.5) / ties.len() as f64;
            let far = 1.0 - 0.35 * (tie.count as f64 / most);
            (cx + turn.sin() * far * 200.0, cy - turn.cos() * far * 138.0, tie)
        })
        .collect();
    html! {
        svg.network viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="group" aria-label=(label) {
            @for (x, y, tie) in &spots {
                line.tie x1=(cx) y1=(cy) x2=(round(*x)) y2=(round(*y))
                    stroke-width=(round(0.8 + 3.2 * (tie.count as f64 / most).sqrt())) {}
            }
            @for (x, y, tie) in &spots {
                a href=(tie.address) {
                    title { (tie.name) ": " (tie.about) }
                    circle.ring cx=(round(*x)) cy=(round(*y)) r="4.5" {}
                    @let (anchor, shift) = if *x < cx - 20.0 { ("end", -8.0) } else if *x > cx + 20.0 { ("start", 8.0) } else { ("middle", 0.0) };
                    text.flag x=(round(x + shift)) text-anchor=(anchor)
                        y=(round(if shift == 0.0 { if *y < cy { y - 9.0 } else { y + 17.0 } } else { y + 4.0 })) {
                        (tie.name) " " (tie.count)
                    }
                }
            }
            circle.self cx=(cx) cy=(cy) r="6" {}
            text.flag.own x=(cx) y=(cy - 11.0) text-anchor="middle" { (name) }
        }
    }
}
