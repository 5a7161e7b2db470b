//! The steps of one party on one issue, as a small line of marks.

use super::round;
use crate::{Tone, When};
use ledger::StandingStep;
use maud::{Markup, html};
use record::Act;

const WIDTH: f64 = 120.0;
const HEIGHT: f64 = 12.0;
/// The most marks; of more, the last ones are drawn.
const MOST: usize = 14;

/// Draws steps in their order, apart by time as far as they then stay apart.
pub(crate) fn history(steps: &[StandingStep]) -> Markup {
    let steps = &steps[steps.len().saturating_sub(MOST)..];
    let days: Vec<i64> = steps
        .iter()
        .map(|step| When::parse(&step.date).map_or(0, When::middle))
        .collect();
    let places = places(&days);
    html! {
        svg.history viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } aria-hidden="true" focusable="false" {
            line.axis x1="3" x2=(WIDTH - 3.0) y1=(HEIGHT / 2.0) y2=(HEIGHT / 2.0) {}
            @for (step, x) in steps.iter().zip(places) {
                @let tone = Act::from_code(&step.act).map(Tone::of);
                @match tone {
                    Some(Tone::Asking) => circle.asking cx=(round(x)) cy=(HEIGHT / 2.0) r="3" {},
                    Some(Tone::Conflict) => rect.conflict x=(round(x - 2.8)) y=(HEIGHT / 2.0 - 2.8) width="5.6" height="5.6" {},
                    Some(Tone::Cooperation) => path.cooperation d={ "M" (round(x)) " 2l3.8 4-3.8 4-3.8-4z" } {},
                    None => circle cx=(round(x)) cy=(HEIGHT / 2.0) r="1.5" {},
                }
            }
        }
    }
}

/// Where marks stand: by their days, never nearer than their own width.
fn places(days: &[i64]) -> Vec<f64> {
    let (first, last) =
        (days.first().copied().unwrap_or(0), days.last().copied().unwrap_or(0));
    let room = WIDTH - 12.0;
    let least = 7.5_f64.min(room / days.len().max(1) as f64);
    let spare = room - least * days.len().saturating_sub(1) as f64;
    let span = (last - first).max(1) as f64;
    days.iter()
        .enumerate()
        .map(|(at, day)| 6.0 + least * at as f64 + spare * (day - first) as f64 / span)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::places;

    #[test]
    fn marks_of_one_day_stay_apart() {
        let places = places(&[10, 10, 10, 400]);
        assert!(places.windows(2).all(|pair| pair[1] - pair[0] >= 7.0), "{places:?}");
        assert!(places.iter().all(|x| (3.0..=117.0).contains(x)), "{places:?}");
    }
}
