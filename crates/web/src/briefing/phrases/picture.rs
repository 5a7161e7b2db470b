//! A briefing's moves and meetings as marks on the timeline.
//!
//! In: a briefing. Out: dots and rings with their words. Refuses to know: where they are
//! drawn.

use super::Phrases;
use crate::timeline::{Dot, Ring};
use crate::{Tone, When};
use record::Status;

impl Phrases<'_> {
    /// The dots of the timeline.
    pub(in crate::briefing) fn dots(&self) -> Vec<Dot> {
        let issues = self.briefing.issues.iter();
        let lines = issues.flat_map(|issue| issue.moves.iter().map(move |l| (issue, l)));
        let dots = lines.filter_map(|(issue, line)| {
            let when = When::parse(line.date.as_deref()?)?;
            let label = issue.label.as_deref().map(|label| format!(", {label}"));
            Some(Dot {
                when,
                tone: Tone::of(line.act),
                about: format!(
                    "{}: {} {}{}",
                    when.short(self.language),
                    self.sides(line),
                    self.language.act(line.act),
                    label.unwrap_or_default()
                ),
            })
        });
        dots.collect()
    }

    /// The rings of the timeline.
    pub(in crate::briefing) fn rings(&self) -> Vec<Ring> {
        let rings = self.briefing.meetings.iter().filter_map(|meeting| {
            let when = When::parse(meeting.start.as_deref()?)?;
            let place = meeting.place.clone();
            let how = place
                .or_else(|| self.language.format(meeting.format).map(str::to_owned))
                .unwrap_or_else(|| self.meeting_parties(meeting));
            let parties = meeting.parties.join("–");
            let what = if parties.is_empty() {
                how.clone()
            } else {
                format!("{how}, {parties}")
            };
            Some(Ring {
                when,
                label: what,
                is_held: meeting.status == Status::Held,
                weight: meeting.accounts.len(),
                about: format!(
                    "{}: {}, {}",
                    when.short(self.language),
                    self.meeting_parties(meeting),
                    self.meeting_qualities(meeting).join(", ")
                ),
            })
        });
        rings.collect()
    }
}
