//! One party over all issues, or one issue over all parties.
//!
//! In: a party's code or an issue's id. Out: where it stands, what it did, whom it met.
//! Refuses to know: how steps are judged.

use super::{Asked, Lens, Place, Refused, Room, Sheet, Shown, positions::cell};
use ledger::{Filter, StandingLine};
use maud::{Markup, html};

/// The most moves and meetings that are told in full.
const LINES: usize = 25;

/// One party.
pub(super) fn party(room: &Room<'_>, asked: &Asked, code: &str) -> Shown<Sheet> {
    let filter = Filter {
        party: Some(code.to_owned()),
        as_of: asked.lens.as_of.clone(),
        ..Filter::default()
    };
    let mut standings = room.ledger.standings(&filter)?;
    standings
        .sort_by_key(|line| (room.names.issue_rank(&line.issue), line.issue.clone()));
    let rows =
        standings.iter().map(|line| (room.issue(asked, &line.issue), line)).collect();
    let is_known =
        room.names.parties.contains_key(code) || room.ledger.names_party(code)?;
    let sheet = sides(room, asked, &filter, rows, "party.open", is_known)?;
    match sheet {
        Some((body, lede)) => Ok(Sheet {
            title: room.names.party(code, asked.language).to_owned(),
            lede,
            body,
            beside: None,
            strip: Some(filter),
        }),
        None => Err(Refused::Unknown("a.party", code.to_owned())),
    }
}

/// One issue.
pub(super) fn issue(room: &Room<'_>, asked: &Asked, id: &str) -> Shown<Sheet> {
    let filter = Filter {
        issue: Some(id.to_owned()),
        as_of: asked.lens.as_of.clone(),
        ..Filter::default()
    };
    let mut standings = room.ledger.standings(&filter)?;
    standings
        .sort_by_key(|line| (std::cmp::Reverse(line.steps.len()), line.party.clone()));
    let rows =
        standings.iter().map(|line| (room.party(asked, &line.party), line)).collect();
    let is_known = room.names.issue_rank(id) != usize::MAX;
    let sheet = sides(room, asked, &filter, rows, "issue.open", is_known)?;
    match sheet {
        Some((body, lede)) => Ok(Sheet {
            title: room.names.issue(id, asked.language).to_owned(),
            lede,
            body,
            beside: None,
            strip: Some(filter),
        }),
        None => Err(Refused::Unknown("a.issue", id.to_owned())),
    }
}

/// Where it stands, the last moves and meetings; nothing where the ledger knows none.
fn sides(
    room: &Room<'_>,
    asked: &Asked,
    filter: &Filter,
    rows: Vec<(Markup, &StandingLine)>,
    open: &'static str,
    is_known: bool,
) -> Shown<Option<(Markup, Markup)>> {
    let months = room.ledger.strip(filter)?;
    let moves_in_all: usize = months.iter().flat_map(|month| month.moves.values()).sum();
    let meetings_in_all: usize =
        months.iter().flat_map(|month| month.meetings.values()).sum();
    if !is_known && rows.is_empty() && moves_in_all + meetings_in_all == 0 {
        return Ok(None);
    }
    // The last months that hold enough; the ledger's lists begin with the oldest.
    let mut from = None;
    let mut sum = 0;
    for month in months.iter().rev() {
        sum += month.moves.values().sum::<usize>();
        from = Some(month.month.clone());
        if sum >= LINES {
            break;
        }
    }
    let latest = Filter { from, is_listed: true, ..filter.clone() };
    let mut moves =
        room.ledger.moves(&Filter { limit: Some(8 * LINES), ..latest.clone() })?;
    moves.reverse();
    let mut done = Vec::new();
    for line in moves.iter().take(LINES) {
        done.push(room.move_line(asked, line, 1)?);
    }
    let mut met = Vec::new();
    if filter.party.is_some() {
        let mut meetings =
            room.ledger.meetings(&Filter { limit: Some(8 * LINES), ..latest })?;
        meetings.reverse();
        for line in meetings.iter().take(LINES / 2) {
            met.push(room.meeting_line(asked, line, 1)?);
        }
    }
    let lens = Lens {
        as_of: asked.lens.as_of.clone(),
        party: filter.party.clone(),
        issue: filter.issue.clone(),
        ..Lens::default()
    };
    let lede = html! {
        p {
            a href=(asked.through(&Place::Timeline(None), &lens)) {
                (asked.language.number("n.moves", moves_in_all)) (asked.text("list.comma"))
                (asked.language.number("n.meetings", meetings_in_all))
            }
            " · "
            a href=(asked.through(&Place::Open, &lens)) { (asked.text(open)) }
        }
    };
    let body = html! {
        h2 { (asked.text("positions.title")) }
        @if rows.is_empty() { p.absent { (asked.text("absent")) } }
        div.stances {
            @for (head, line) in &rows {
                div.stance { div.issue { (head) } (cell(room, asked, line, false)) }
            }
        }
        h2 { (asked.text("sides.moves")) }
        @if done.is_empty() { p.absent { (asked.text("absent")) } }
        ul.lines { @for line in &done { (line) } }
        @if moves.len() > done.len() || moves_in_all > done.len() {
            p.more { a href=(asked.through(&Place::Timeline(None), &lens)) { (asked.text("today.more")) } }
        }
        @if !met.is_empty() {
            h2 { (asked.text("nav.meetings")) }
            ul.lines { @for line in &met { (line) } }
        }
    };
    Ok(Some((body, lede)))
}
