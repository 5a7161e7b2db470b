//! What is said of speakers, and which of their words are shown.
//!
//! In: speakers with their statements. Out: plain text and a choice of statements. Refuses
//! to know: markup.

use super::{Phrases, is_doubtful};
use crate::briefing::{Speaker, StatementLine, order};
use crate::words::*;
use std::collections::BTreeSet;

/// How many speakers are quoted where a briefing is kept short.
const SPEAKERS_SHOWN: usize = 10;

impl<'a> Phrases<'a> {
    /// Speakers to quote, and a sentence that names the others.
    pub(in crate::briefing) fn main_speakers(&self) -> (&'a [Speaker], Option<String>) {
        let speakers = &self.briefing.speakers;
        let most =
            if self.briefing.limit.is_some() { SPEAKERS_SHOWN } else { usize::MAX };
        let (main, rest) = speakers.split_at(speakers.len().min(most));
        let names: Vec<String> = rest.iter().map(|s| s.name.clone()).collect();
        let count = self.language.count(rest.len(), OTHER_SPEAKERS);
        let sentence =
            self.language.fill(SPEAKER_LEFT_OUT, &[&count, &self.language.list(&names)]);
        (main, (!rest.is_empty()).then_some(sentence))
    }

    /// A speaker's statements to quote, the surest in order of time, and how many more
    /// there are.
    pub(in crate::briefing) fn shown_statements<'b>(
        &self,
        speaker: &'b Speaker,
    ) -> (Vec<&'b StatementLine>, usize) {
        let mut statements: Vec<&StatementLine> = speaker.statements.iter().collect();
        let most = self.briefing.limit.map_or(usize::MAX, |limit| limit.div_ceil(2));
        statements.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
        statements.truncate(most);
        let hidden = speaker.statements.len() - statements.len();
        statements.sort_by_key(|line| order(line.said_on.as_deref()));
        (statements, hidden)
    }

    /// A speaker's office and party.
    pub(in crate::briefing) fn standing(&self, speaker: &Speaker) -> String {
        let party = speaker.party.as_deref().map(|party| self.briefing.name(party));
        let party = party.filter(|party| *party != speaker.name);
        let parts: Vec<String> =
            [party, speaker.role.clone()].into_iter().flatten().collect();
        parts.join(self.language.comma())
    }

    /// When, to whom and where something was said.
    pub(in crate::briefing) fn circumstances(&self, line: &StatementLine) -> Vec<String> {
        let l = self.language;
        let mut said = vec![self.day(line.said_on.as_deref(), line.is_reported)];
        said.extend(line.addressee.as_ref().map(|whom| l.fill(TO, &[whom])));
        said.extend(line.occasion.clone());
        if is_doubtful(line.confidence) {
            said.push(l.say(LOW_CONFIDENCE).to_owned());
        }
        said
    }

    /// How many statements and documents stand behind a speaker.
    pub(in crate::briefing) fn speaker_summary(&self, speaker: &Speaker) -> String {
        let l = self.language;
        let documents: BTreeSet<usize> = speaker
            .statements
            .iter()
            .flat_map(|line| line.accounts.iter().map(|account| account.document))
            .collect();
        l.fill(
            SPEAKER_SUMMARY,
            &[
                &l.count(speaker.statements.len(), STATEMENTS),
                &l.count(documents.len(), DOCUMENTS),
            ],
        )
    }
}
