//! What is said of meetings.
//!
//! In: meetings. Out: plain text. Refuses to know: markup, today; what is past is told by
//! the briefing's own day.

use super::{Phrases, is_doubtful};
use crate::When;
use crate::briefing::MeetingLine;
use crate::words::*;
use record::Status;

impl Phrases<'_> {
    /// Who met, as the head of a line: `The United States and Russia`.
    pub(in crate::briefing) fn meeting_head(&self, meeting: &MeetingLine) -> String {
        let parties = self.meeting_parties(meeting);
        let mut letters = parties.chars();
        let first = letters.next().map(|c| c.to_uppercase().to_string());
        first.unwrap_or_default() + letters.as_str()
    }

    /// Who met: `Russia and the United States`.
    pub(in crate::briefing) fn meeting_parties(&self, meeting: &MeetingLine) -> String {
        match meeting.parties.as_slice() {
            [] if !meeting.participants.is_empty() => {
                self.language.list(&meeting.participants)
            }
            [] => self.language.say(NO_PARTY).to_owned(),
            parties => self.told_names(parties),
        }
    }

    /// What is said of a meeting beside its date and parties.
    pub(in crate::briefing) fn meeting_qualities(
        &self,
        meeting: &MeetingLine,
    ) -> Vec<String> {
        let l = self.language;
        let mut said: Vec<String> = Vec::new();
        said.extend(l.level(meeting.level).map(str::to_owned));
        said.extend(l.format(meeting.format).map(str::to_owned));
        said.extend(meeting.place.clone());
        if self.is_overdue(meeting) {
            let status = l.status(meeting.status);
            said.push(format!("{status}{}{}", l.comma(), l.say(NO_ACCOUNT_OF_IT)));
        } else {
            said.push(l.status(meeting.status).to_owned());
        }
        if !meeting.minutes.is_empty() {
            let lengths: Vec<String> =
                meeting.minutes.iter().map(|m| self.length(*m)).collect();
            said.push(lengths.join(l.say(OR)));
        }
        if is_doubtful(meeting.confidence) {
            said.push(l.say(LOW_CONFIDENCE).to_owned());
        }
        said
    }

    pub(super) fn length(&self, minutes: u32) -> String {
        let l = self.language;
        let mut parts = Vec::new();
        if minutes >= 60 {
            parts.push(l.fill(HOURS, &[&(minutes / 60).to_string()]));
        }
        if !minutes.is_multiple_of(60) || minutes == 0 {
            parts.push(l.fill(MINUTES, &[&(minutes % 60).to_string()]));
        }
        parts.join(if l == Language::En { "\u{a0}" } else { "" })
    }

    /// Whether a meeting was to have taken place by now and no account tells that it did.
    pub(super) fn is_overdue(&self, meeting: &MeetingLine) -> bool {
        let day = meeting.start.as_deref().and_then(When::parse);
        let now = self.briefing.as_of.as_deref().and_then(When::parse);
        meeting.status == Status::Planned
            && day.zip(now).is_some_and(|(day, now)| day.last < now.first)
    }

    /// The last and the next meeting, in sentences.
    pub(in crate::briefing) fn meeting_summary(&self) -> Vec<String> {
        let (b, l) = (self.briefing, self.language);
        if b.meetings.is_empty() {
            return vec![l.say(NO_MEETINGS).to_owned()];
        }
        let now = b.as_of.as_deref().and_then(When::parse);
        let (mut last, mut next) = (None, None);
        for meeting in b.meetings() {
            let Some(day) = meeting.start.as_deref().and_then(When::parse) else {
                continue;
            };
            let is_past = now.is_none_or(|now| day.first <= now.last);
            if meeting.status == Status::Held && is_past {
                last = Some(meeting);
            }
            let is_open = matches!(meeting.status, Status::Planned | Status::Proposed);
            if is_open && now.is_some_and(|now| day.last >= now.first) {
                next = next.or(Some(meeting));
            }
        }
        let told = |word, meeting: &MeetingLine| {
            l.fill(word, &[&self.meeting_in_a_phrase(meeting)])
        };
        vec![
            last.map_or(l.say(NO_HELD_MEETING).to_owned(), |m| told(LAST_MEETING, m)),
            next.map_or(l.say(NO_NEXT_MEETING).to_owned(), |m| told(NEXT_MEETING, m)),
        ]
    }

    pub(super) fn meeting_in_a_phrase(&self, meeting: &MeetingLine) -> String {
        let date = self.date(meeting.start.as_deref(), UNDATED_MEETING);
        let mut parts = vec![self.meeting_parties(meeting)];
        parts.extend(meeting.place.clone());
        parts.push(date);
        parts.join(self.language.comma())
    }
}
