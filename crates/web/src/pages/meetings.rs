//! All meetings, and one of them.
//!
//! In: meetings with their accounts. Out: the list; of one meeting each outlet's account
//! in a column of its own, and what each party said there. Refuses to know: which accounts
//! are one meeting.

use super::timeline::choice;
use super::{Asked, Lens, Medium, Refused, Room, Sheet, Shown};
use crate::Passages;
use crate::days_from;
use ledger::{Filter, MeetingLine, Said, StatementLine};
use maud::{Markup, html};
use serde_json::Value;
use std::collections::BTreeMap;

/// The most meetings of one list.
const MOST: usize = 80;
/// The most accounts that get a column.
const COLUMNS: usize = 8;
/// The most statements of one party.
const SAID: usize = 6;
/// What is said this many days around a meeting by those who met is shown with it.
const AROUND: i64 = 2;

/// All meetings, the latest first.
pub(super) fn sheet(room: &Room<'_>, asked: &Asked) -> Shown<Sheet> {
    let all = room.ledger.strip(&asked.lens.filter())?;
    let total: usize = all.iter().flat_map(|month| month.meetings.values()).sum();
    // The list of the ledger begins with the oldest, so the months that hold the last ones
    // are asked for.
    let mut from = None;
    let mut sum = 0;
    for month in all.iter().rev().filter(|month| !month.meetings.is_empty()) {
        sum += month.meetings.values().sum::<usize>();
        from = Some(month.month.clone());
        if sum >= MOST {
            break;
        }
    }
    let mut filter = asked.lens.filter();
    if asked.medium == Medium::Server && filter.from.is_none() && sum < total {
        filter.from = from;
    }
    let mut meetings =
        room.ledger.meetings(&Filter { limit: Some(4 * MOST), ..filter })?;
    meetings.reverse();
    meetings.sort_by_key(|line| line.start.is_none());
    let hidden = total.max(meetings.len()).saturating_sub(MOST);
    if asked.medium == Medium::Server {
        meetings.truncate(MOST);
    }
    let mut lines = Vec::new();
    for line in &meetings {
        lines.push(room.meeting_line(asked, line, 1)?);
    }
    let earliest = meetings.iter().filter_map(|line| line.start.clone()).min();
    let body = html! {
        (filters(room, asked)?)
        @if lines.is_empty() { p.absent { (asked.text("meetings.none")) } }
        ul.lines { @for line in &lines { (line) } }
        @if hidden > 0 && asked.medium == Medium::Server {
            @if let Some(to) = earliest {
                p.more {
                    a href=(asked.through(&asked.place, &Lens { to: Some(to), ..asked.lens.clone() })) {
                        (asked.text("meetings.earlier"))
                    }
                }
            }
        }
    };
    Ok(Sheet {
        title: asked.text("meetings.title").to_owned(),
        lede: html! { p { (asked.language.number("n.meetings", total)) (asked.text("stop")) (asked.text("meetings.lede")) } },
        body,
        beside: None,
        strip: Some(asked.lens.filter()),
    })
}

fn filters(room: &Room<'_>, asked: &Asked) -> Shown<Markup> {
    if asked.medium == Medium::Files {
        return Ok(html! {});
    }
    let standings = room.ledger.standings(&Filter::default())?;
    let mut codes: Vec<&str> = standings.iter().map(|line| line.party.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    let parties: Vec<(&str, &str)> = codes
        .into_iter()
        .map(|code| (code, room.names.party(code, asked.language)))
        .collect();
    Ok(html! {
        form.filters method="get" {
            @if let Some(day) = &asked.lens.as_of { input type="hidden" name="as_of" value=(day); }
            (choice(asked, "party", "filter.party", &parties, asked.lens.party.as_deref()))
            label for="f-from" { (asked.text("filter.from")) br; input id="f-from" name="from" size="11" value=[asked.lens.from.as_deref()]; }
            label for="f-to" { (asked.text("filter.to")) br; input id="f-to" name="to" size="11" value=[asked.lens.to.as_deref()]; }
            button { (asked.text("filter.show")) }
        }
    })
}

/// One meeting.
pub(super) fn one(room: &Room<'_>, asked: &Asked, id: &str) -> Shown<Sheet> {
    let filter = Filter {
        only: Some(vec![id.to_owned()]),
        as_of: asked.lens.as_of.clone(),
        ..Filter::default()
    };
    let Some(line) = room.ledger.meetings(&filter)?.into_iter().next() else {
        return Err(Refused::Unknown("a.meeting", id.to_owned()));
    };
    let body = html! {
        (attributes(room, asked, &line)?)
        h2 { (asked.text("meeting.accounts")) }
        (accounts(room, asked, &line)?)
        (said(room, asked, &line)?)
    };
    let title = room.meeting_title(asked, &line);
    let lede = html! { p { (asked.date(line.start.as_deref())) " · " (room.told_by(asked, &line.accounts)) } };
    Ok(Sheet { title, lede, body, beside: None, strip: Some(around(&line, asked)) })
}

fn around(line: &MeetingLine, asked: &Asked) -> Filter {
    Filter {
        party: line.parties.first().cloned(),
        as_of: asked.lens.as_of.clone(),
        ..Filter::default()
    }
}

/// Who, where, how long, what came of it.
fn attributes(room: &Room<'_>, asked: &Asked, line: &MeetingLine) -> Shown<Markup> {
    let qualities = room.meeting_qualities(asked, line);
    Ok(html! {
        dl.facts {
            dt { (asked.text("meeting.when")) }
            dd {
                (asked.date(line.start.as_deref()))
                @if let Some(end) = &line.end { " – " (asked.date(Some(end))) }
            }
            dt { (asked.text("meeting.who")) }
            dd {
                (room.parties(asked, &line.parties))
                @if !line.participants.is_empty() {
                    ": "
                    @for (at, (name, id)) in line.participants.iter().zip(&line.participant_ids).enumerate() {
                        @if at > 0 { (asked.text("list.comma")) }
                        (room.actor(asked, id, name)?)
                    }
                }
            }
            @if let Some(place) = &line.place {
                dt { (asked.text("meeting.where")) }
                dd { (room.names.place(place, asked.language)) }
            }
            @if !qualities.is_empty() {
                dt { (asked.text("meeting.how")) }
                dd { (qualities.join(" · ")) }
            }
            @if let Some(outcome) = &line.outcome {
                dt { (asked.text("meeting.outcome")) }
                dd { span lang="und" dir="auto" { (outcome) } }
            }
        }
    })
}

/// Each account in its own column; what it has otherwise than the rest is marked.
fn accounts(room: &Room<'_>, asked: &Asked, line: &MeetingLine) -> Shown<Markup> {
    let mut passages = Passages::new(room.ledger, room.fold);
    let mut columns = Vec::new();
    for account in line.accounts.iter().take(COLUMNS) {
        let passage = passages.of(account, &[])?;
        let differs = line.said.iter().find(|said| said.document == account.document);
        columns.push(html! {
            div.account tabindex="0" {
                (room.quote(asked, account, &passage))
                @if let Some(said) = differs { (otherwise(room, asked, said, line)) }
            }
        });
    }
    let hidden = line.accounts.len().saturating_sub(COLUMNS);
    Ok(html! {
        div.accounts { @for column in &columns { (column) } }
        @if hidden > 0 { p.more { (asked.language.number("n.more-accounts", hidden)) } }
    })
}

fn otherwise(room: &Room<'_>, asked: &Asked, said: &Said, line: &MeetingLine) -> Markup {
    let stands = line.json();
    html! {
        ul.differs {
            @for (key, value) in &said.otherwise {
                li {
                    (asked.language.find(&format!("attribute.{key}")).unwrap_or(key)) ": "
                    ins { (told(room, asked, key, value)) }
                    @if !stands[*key].is_null() {
                        " " span.soft { (asked.language.with("meeting.not", &[&told(room, asked, key, &stands[*key])])) }
                    }
                }
            }
        }
    }
}

/// The value of an attribute in words.
fn told(room: &Room<'_>, asked: &Asked, key: &str, value: &Value) -> String {
    match value {
        Value::String(text) => match key {
            "start" | "end" => asked.date(Some(text)),
            "place" => room.names.place(text, asked.language).to_owned(),
            _ => asked
                .language
                .find(&format!("{key}.{text}"))
                .map_or_else(|| text.clone(), str::to_owned),
        },
        Value::Array(codes) => {
            let codes: Vec<String> = codes
                .iter()
                .filter_map(|code| code.as_str().map(str::to_owned))
                .collect();
            room.names.parties(&codes, asked.language)
        }
        Value::Number(minutes) => {
            asked.language.number("n.minutes", minutes.as_u64().unwrap_or(0) as usize)
        }
        other => other.to_string(),
    }
}

/// What those who met said there: in the accounts of it, on its days.
fn said(room: &Room<'_>, asked: &Asked, line: &MeetingLine) -> Shown<Markup> {
    let start = line.start.as_deref().filter(|start| start.len() >= 10);
    let Some(start) = start.map(super::frame::day_of) else { return Ok(html! {}) };
    let end = line.end.as_deref().map_or(start, super::frame::day_of);
    let mut by_party: BTreeMap<&str, Vec<StatementLine>> = BTreeMap::new();
    for party in &line.parties {
        let filter = Filter {
            party: Some(party.clone()),
            from: Some(start.to_owned()),
            to: days_from(end, AROUND),
            is_listed: true,
            as_of: asked.lens.as_of.clone(),
            limit: Some(10 * SAID),
            ..Filter::default()
        };
        let documents: Vec<&str> =
            line.accounts.iter().map(|account| account.document.as_str()).collect();
        let mut said = room.ledger.statements(&filter)?;
        said.retain(|one| {
            one.accounts
                .iter()
                .any(|account| documents.contains(&account.document.as_str()))
        });
        said.truncate(SAID);
        by_party.insert(party, said);
    }
    let mut sections = Vec::new();
    for party in &line.parties {
        let mut lines = Vec::new();
        for one in &by_party[party.as_str()] {
            lines.push(room.statement_line(asked, one, 1)?);
        }
        sections.push((party, lines));
    }
    Ok(html! {
        h2 { (asked.text("meeting.said")) }
        @for (party, lines) in &sections {
            h3 { (room.party(asked, party)) }
            @if lines.is_empty() { p.absent { (asked.text("absent")) } }
            ul.lines { @for line in lines { (line) } }
        }
    })
}
