//! Lines that several pages have: an act, a move, a meeting, a statement.
//!
//! In: a row of the ledger. Out: its claim in words, and the line with its evidence
//! beside it. Refuses to know: which page it stands on.

use super::{Asked, Place, Room, Shown};
use crate::Tone;
use ledger::{Account, MeetingLine, MoveLine, StatementLine};
use maud::{Markup, html};
use record::Act;
use std::collections::BTreeSet;

/// Below this an entry is drawn dotted.
pub(super) const DOUBT: f64 = 0.7;

/// What a line is filtered by in a page that has no server to ask.
struct Keys {
    /// Codes, a space between them.
    parties: String,
    /// Ids, a space between them.
    issues: String,
    /// A PLOVER type; empty for a meeting.
    act: String,
    /// Who tells it, each on a line.
    outlets: String,
}

impl Room<'_> {
    /// An act by its word, in its colour.
    pub(super) fn act(&self, asked: &Asked, code: &str) -> Markup {
        match Act::from_code(code) {
            Some(act) => html! {
                span class={ "act " (Tone::of(act).class()) } { (asked.language.act(act)) }
            },
            None => html! { span.act { (code) } },
        }
    }

    /// A line: what is claimed, and what stands beside it.
    pub(super) fn line(
        &self,
        class: &str,
        is_doubtful: bool,
        claim: Markup,
        beside: Markup,
    ) -> Markup {
        self.keyed_line(class, is_doubtful, None, claim, beside)
    }

    /// A line that says what it is filtered by.
    fn keyed_line(
        &self,
        class: &str,
        is_doubtful: bool,
        keys: Option<&Keys>,
        claim: Markup,
        beside: Markup,
    ) -> Markup {
        html! {
            li.line.doubt[is_doubtful] tabindex="0" data-party=[keys.map(|keys| &keys.parties)]
                data-issue=[keys.map(|keys| &keys.issues)] data-act=[keys.map(|keys| &keys.act)]
                data-outlet=[keys.map(|keys| &keys.outlets)] {
                div class={ "claim " (class) } { (claim) }
                div.evidence { (beside) }
            }
        }
    }

    /// A move with its sentences.
    pub(super) fn move_line(
        &self,
        asked: &Asked,
        line: &MoveLine,
        most: usize,
    ) -> Shown<Markup> {
        let place = Place::Move(line.id.clone());
        let words: Vec<&str> = line.condition.as_deref().into_iter().collect();
        let evidence =
            self.evidence(asked, &line.accounts, &words, most, Some(&place))?;
        let keys = Keys {
            parties: line.actor.join(" "),
            issues: line.issue.clone().unwrap_or_default(),
            act: line.act.clone(),
            outlets: outlets(&line.accounts),
        };
        Ok(self.keyed_line(
            tone(&line.act),
            line.confidence < DOUBT,
            Some(&keys),
            self.move_claim(asked, line)?,
            evidence,
        ))
    }

    /// What a move is, in words.
    pub(super) fn move_claim(&self, asked: &Asked, line: &MoveLine) -> Shown<Markup> {
        Ok(html! {
            span.date { (self.move_day(asked, line)) }
            span.sides {
                (self.parties(asked, &line.actor)) " " (self.act(asked, &line.act))
                @if !line.target.is_empty() { " → " (self.parties(asked, &line.target)) }
            }
            span.more {
                @if let Some(issue) = &line.issue { (self.issue(asked, issue)) " · " }
                @if let (Some(by), Some(id)) = (&line.by, &line.by_id) {
                    (asked.text("by")) " " (self.actor(asked, id, by)?) " · "
                }
                a href=(asked.to(&Place::Move(line.id.clone()))) { (self.told_by(asked, &line.accounts)) }
            }
            @if let Some(word) = asked.language.find(&format!("modality.{}", line.modality)) {
                span.more { (word) }
            }
            @if let Some(condition) = &line.condition {
                span.more { (asked.text("if")) " " span lang="und" dir="auto" { (condition) } }
            }
            @if let Some(due) = &line.due {
                span.more { (asked.language.with("due", &[&asked.date(Some(due))])) }
            }
        })
    }

    /// When a move was made, or when it was reported.
    fn move_day(&self, asked: &Asked, line: &MoveLine) -> String {
        match (&line.occurred_on, line.date()) {
            (Some(day), _) => asked.date(Some(day)),
            (None, Some(day)) => {
                asked.language.with("reported", &[&asked.date(Some(day))])
            }
            (None, None) => asked.text("undated").to_owned(),
        }
    }

    /// A meeting with its sentences.
    pub(super) fn meeting_line(
        &self,
        asked: &Asked,
        line: &MeetingLine,
        most: usize,
    ) -> Shown<Markup> {
        self.meeting_line_on(asked, line, most, String::new())
    }

    /// A meeting with its sentences, and the issues that its documents tell of.
    pub(super) fn meeting_line_on(
        &self,
        asked: &Asked,
        line: &MeetingLine,
        most: usize,
        issues: String,
    ) -> Shown<Markup> {
        let place = Place::Meeting(line.id.clone());
        let evidence = self.evidence(asked, &line.accounts, &[], most, Some(&place))?;
        let class = if line.status == "held" { "meeting held" } else { "meeting" };
        let keys = Keys {
            parties: line.parties.join(" "),
            issues,
            act: String::new(),
            outlets: outlets(&line.accounts),
        };
        Ok(self.keyed_line(
            class,
            line.confidence < DOUBT,
            Some(&keys),
            self.meeting_claim(asked, line)?,
            evidence,
        ))
    }

    /// What a meeting is, in words.
    pub(super) fn meeting_claim(
        &self,
        asked: &Asked,
        line: &MeetingLine,
    ) -> Shown<Markup> {
        Ok(html! {
            span.date { (asked.date(line.start.as_deref())) }
            span.sides {
                a href=(asked.to(&Place::Meeting(line.id.clone()))) { (self.meeting_title(asked, line)) }
            }
            span.more { (self.meeting_qualities(asked, line).join(" · ")) }
            @if !line.participants.is_empty() {
                span.more {
                    @for (at, (name, id)) in line.participants.iter().zip(&line.participant_ids).enumerate() {
                        @if at > 0 { (asked.text("list.comma")) }
                        (self.actor(asked, id, name)?)
                    }
                }
            }
            span.more { (self.told_by(asked, &line.accounts)) }
        })
    }

    /// Who met, where: `Russia and the United States, Geneva`.
    pub(super) fn meeting_title(&self, asked: &Asked, line: &MeetingLine) -> String {
        let mut title = match line.parties.as_slice() {
            [] => asked.text("no-party").to_owned(),
            parties => self.names.parties(parties, asked.language),
        };
        if let Some(place) = &line.place {
            title.push_str(asked.text("list.comma"));
            title.push_str(self.names.place(place, asked.language));
        }
        title
    }

    /// Status, level, format, duration, outcome, as far as they are told.
    pub(super) fn meeting_qualities(
        &self,
        asked: &Asked,
        line: &MeetingLine,
    ) -> Vec<String> {
        let coded = |family: &str, code: &str| {
            asked.language.find(&format!("{family}.{code}")).map(str::to_owned)
        };
        let minutes = line.duration_minutes.map(|minutes| match minutes % 60 {
            0 => asked.language.number("n.hours", minutes as usize / 60),
            _ => asked.language.number("n.minutes", minutes as usize),
        });
        [
            coded("status", &line.status),
            coded("level", &line.level),
            coded("format", &line.format),
            minutes,
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// A statement with its sentences.
    pub(super) fn statement_line(
        &self,
        asked: &Asked,
        line: &StatementLine,
        most: usize,
    ) -> Shown<Markup> {
        let place = Place::Statement(line.id.clone());
        let content: Vec<&str> = line.content.iter().map(String::as_str).collect();
        let evidence =
            self.evidence(asked, &line.accounts, &content, most, Some(&place))?;
        let claim = html! {
            span.date {
                @match (&line.said_on, line.date()) {
                    (Some(day), _) => (asked.date(Some(day))),
                    (None, Some(day)) => (asked.language.with("reported", &[&asked.date(Some(day))])),
                    (None, None) => (asked.text("undated")),
                }
            }
            span.sides {
                (self.actor(asked, &line.speaker_id, &line.speaker)?)
                @if let Some(party) = line.party.as_ref().filter(|party| !self.is_called(party, &line.speaker)) {
                    " · " (self.party(asked, party))
                }
            }
            span.more {
                (asked.language.find(&format!("kind.{}", line.kind)).unwrap_or(&line.kind))
                @if let Some(to) = &line.addressee {
                    " · " (asked.text("to")) " " span lang="und" dir="auto" { (to) }
                }
                @if let Some(occasion) = &line.occasion {
                    " · " span lang="und" dir="auto" { (occasion) }
                }
            }
            span.more {
                a href=(asked.to(&place)) { (self.told_by(asked, &line.accounts)) }
            }
        };
        Ok(self.line("statement", line.confidence < DOUBT, claim, evidence))
    }
}

/// Who tells it, each once and on a line of its own, since names have spaces.
pub(super) fn outlets(accounts: &[Account]) -> String {
    let names: BTreeSet<&str> =
        accounts.iter().filter_map(|account| account.outlet.as_deref()).collect();
    names.into_iter().collect::<Vec<_>>().join("\n")
}

/// The class of an act's tone; empty for an unknown act.
pub(super) fn tone(code: &str) -> &'static str {
    Act::from_code(code).map_or("", |act| Tone::of(act).class())
}
