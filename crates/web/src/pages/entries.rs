//! One statement, and one move: all that is told of it.
//!
//! In: an entry's id. Out: its versions across outlets side by side, the differences
//! marked, and the chain through which it came. Refuses to know: which accounts are one.

use super::{Asked, Place, Refused, Room, Sheet, Shown};
use crate::Passages;
use ledger::{Filter, MoveLine, StatementLine, Version};
use maud::{Markup, html};

/// The most accounts that are shown in full.
const ACCOUNTS: usize = 24;

fn only(asked: &Asked, id: &str) -> Filter {
    Filter {
        only: Some(vec![id.to_owned()]),
        as_of: asked.lens.as_of.clone(),
        ..Filter::default()
    }
}

/// One statement.
pub(super) fn statement(room: &Room<'_>, asked: &Asked, id: &str) -> Shown<Sheet> {
    let Some(line) = room.ledger.statements(&only(asked, id))?.into_iter().next() else {
        return Err(Refused::Unknown("a.statement", id.to_owned()));
    };
    let speaker = room.called(asked, &line.speaker_id, &line.speaker)?;
    let title = asked.language.with("statement.title", &[&speaker]);
    let lede = html! {
        p {
            (room.actor(asked, &line.speaker_id, &line.speaker)?)
            @if let Some(party) = line.party.as_ref().filter(|party| !room.is_called(party, &line.speaker)) { " · " (room.party(asked, party)) }
            " · " (asked.date(line.date())) " · " (room.told_by(asked, &line.accounts))
        }
    };
    let body = html! {
        (circumstances(asked, &line))
        (chain(asked, &line, &speaker))
        h2 { (asked.text("statement.versions")) }
        (versions(room, asked, &line)?)
        (moves_in(room, asked, &line)?)
    };
    Ok(Sheet { title, lede, body, beside: None, strip: None })
}

fn circumstances(asked: &Asked, line: &StatementLine) -> Markup {
    let rows = [
        ("statement.cue", &line.cue),
        ("statement.addressee", &line.addressee),
        ("statement.occasion", &line.occasion),
        ("statement.surface", &line.speaker_surface),
    ];
    html! {
        dl.facts {
            dt { (asked.text("statement.kind")) }
            dd { (asked.language.find(&format!("kind.{}", line.kind)).unwrap_or(&line.kind)) }
            @for (key, value) in rows {
                @if let Some(value) = value {
                    dt { (asked.text(key)) }
                    dd { span lang="und" dir="auto" { (value) } }
                }
            }
            dt { (asked.text("confidence")) }
            dd { (percent(line.confidence)) }
        }
    }
}

/// A probability in whole hundredths.
pub(super) fn percent(value: f64) -> String {
    format!("{:.0}%", value * 100.0)
}

/// Through whom the words came: speaker, those between, the outlets.
fn chain(asked: &Asked, line: &StatementLine, speaker: &str) -> Markup {
    let mut outlets: Vec<&str> = Vec::new();
    for account in &line.accounts {
        for name in [Some(account.origin.as_str()), account.outlet.as_deref()]
            .into_iter()
            .flatten()
        {
            if !outlets.contains(&name) {
                outlets.push(name);
            }
        }
    }
    html! {
        h2 { (asked.text("statement.chain")) }
        p.chain {
            bdi { (speaker) }
            // The nearest to the speaker comes last in a report and first on the way.
            @for name in &line.chain { " → " bdi { (name) } }
            @if !outlets.is_empty() { " → " bdi { (outlets.join(asked.text("list.comma"))) } }
        }
    }
}

/// Every account's words under each other, what differs from the first marked.
fn versions(room: &Room<'_>, asked: &Asked, line: &StatementLine) -> Shown<Markup> {
    let mut passages = Passages::new(room.ledger, room.fold);
    let mut rows = Vec::new();
    for (at, account) in line.accounts.iter().take(ACCOUNTS).enumerate() {
        let version = line.versions.get(at);
        let words: Vec<&str> = match version {
            Some(version) => vec![&version.words],
            None => Vec::new(),
        };
        let passage = passages.of(account, &words)?;
        rows.push(html! {
            div.account tabindex="0" {
                (room.quote(asked, account, &passage))
                @if let Some(version) = version { (differs(asked, version)) }
            }
        });
    }
    let hidden = line.accounts.len().saturating_sub(ACCOUNTS);
    Ok(html! {
        div.accounts { @for row in &rows { (row) } }
        @if hidden > 0 { p.more { (asked.language.number("n.more-accounts", hidden)) } }
    })
}

fn differs(asked: &Asked, version: &Version) -> Markup {
    html! {
        @if !version.differs.is_empty() {
            ul.differs {
                @for one in &version.differs {
                    li {
                        (asked.language.find(&format!("differs.{}", one.kind)).unwrap_or(one.kind)) ": "
                        @if !one.first.is_empty() { del lang="und" { (one.first) } " " }
                        @if !one.here.is_empty() { ins lang="und" { (one.here) } }
                    }
                }
            }
        }
    }
}

/// The moves that the statement makes, by the documents that tell it.
fn moves_in(room: &Room<'_>, asked: &Asked, line: &StatementLine) -> Shown<Markup> {
    let Some(account) = line.accounts.first() else { return Ok(html! {}) };
    let filter = Filter {
        document: Some(account.document.clone()),
        as_of: asked.lens.as_of.clone(),
        limit: Some(200),
        ..Filter::default()
    };
    let mut lines = Vec::new();
    for one in room.ledger.moves(&filter)? {
        let is_within = one.accounts.iter().any(|told| {
            told.document == account.document
                && told.span.0 >= account.span.0
                && told.span.1 <= account.span.1
        });
        if is_within {
            lines.push(room.move_line(asked, &one, 1)?);
        }
    }
    Ok(html! {
        @if !lines.is_empty() {
            h2 { (asked.text("statement.moves")) }
            ul.lines { @for line in &lines { (line) } }
        }
    })
}

/// One move.
pub(super) fn act(room: &Room<'_>, asked: &Asked, id: &str) -> Shown<Sheet> {
    let Some(line) = room.ledger.moves(&only(asked, id))?.into_iter().next() else {
        return Err(Refused::Unknown("a.move", id.to_owned()));
    };
    let mut passages = Passages::new(room.ledger, room.fold);
    let condition: Vec<&str> = line.condition.as_deref().into_iter().collect();
    let mut rows = Vec::new();
    for account in line.accounts.iter().take(ACCOUNTS) {
        let passage = passages.of(account, &condition)?;
        rows.push(html! {
            div.account tabindex="0" {
                (room.quote(asked, account, &passage))
                (rules(asked, &account.rules))
            }
        });
    }
    let hidden = line.accounts.len().saturating_sub(ACCOUNTS);
    let body = html! {
        ul.lines { (room.line(super::lines::tone(&line.act), line.confidence < super::lines::DOUBT,
            room.move_claim(asked, &line)?, standing(room, asked, &line)?)) }
        dl.facts { dt { (asked.text("confidence")) } dd { (percent(line.confidence)) } }
        h2 { (asked.text("statement.versions")) }
        div.accounts { @for row in &rows { (row) } }
        @if hidden > 0 { p.more { (asked.language.number("n.more-accounts", hidden)) } }
    };
    let actor = room.names.parties(&line.actor, asked.language);
    let act = record::Act::from_code(&line.act).map(|act| asked.language.act(act));
    Ok(Sheet {
        title: asked.language.with("move.title", &[&actor, act.unwrap_or(&line.act)]),
        lede: html! { p { (room.told_by(asked, &line.accounts)) } },
        body,
        beside: None,
        strip: None,
    })
}

/// Where the move belongs: the position of its party on its issue, where it has one.
fn standing(room: &Room<'_>, asked: &Asked, line: &MoveLine) -> Shown<Markup> {
    let Some(issue) = &line.issue else { return Ok(html! {}) };
    let mut links = Vec::new();
    for party in &line.actor {
        let filter = Filter {
            party: Some(party.clone()),
            issue: Some(issue.clone()),
            as_of: asked.lens.as_of.clone(),
            ..Filter::default()
        };
        if !room.ledger.standings(&filter)?.is_empty() {
            let names = [
                room.names.party(party, asked.language),
                room.names.issue(issue, asked.language),
            ];
            let title = asked.language.with("position.title", &names);
            let place = Place::Position(party.clone(), issue.clone());
            links.push(html! { p { (asked.link(&place, &title)) } });
        }
    }
    Ok(html! { @for link in &links { (link) } })
}

/// The rows of data that made an entry.
pub(super) fn rules(asked: &Asked, rules: &[String]) -> Markup {
    html! {
        @if !rules.is_empty() {
            p.rules { (asked.text("made-by")) " " @for rule in rules { code { (rule) } " " } }
        }
    }
}
