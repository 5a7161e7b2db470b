//! Who is named, and one of them: roles, names in all scripts, words, acts, meetings.
//!
//! In: actors. Out: the list, or one actor's page. Refuses to know: which names are one
//! actor.

use super::{Asked, Lens, Medium, Place, Refused, Room, Sheet, Shown};
use crate::pictures::{self, Tie};
use ledger::{Actor, Filter, MeetingLine};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// The most actors of the list.
const MOST: usize = 150;
/// The most lines of one kind on an actor's page.
const LINES: usize = 30;
/// The most spellings.
const SURFACES: usize = 24;

/// The list, those named in most documents first.
pub(super) fn sheet(room: &Room<'_>, asked: &Asked) -> Shown<Sheet> {
    let filter = Filter { limit: Some(MOST), ..asked.lens.filter() };
    let actors = room.ledger.actors(None, &filter, room.fold)?;
    let body = html! {
        div.scroll tabindex="0" role="region" aria-label=(asked.text("actors.title")) {
            table {
                thead { tr {
                    th scope="col" { (asked.text("actors.name")) }
                    th scope="col" { (asked.text("filter.party")) }
                    th scope="col" { (asked.text("actors.office")) }
                    th.number scope="col" { (asked.text("nav.documents")) }
                    th.number scope="col" { (asked.text("actors.statements")) }
                    th.number scope="col" { (asked.text("actors.moves")) }
                } }
                tbody {
                    @for actor in &actors {
                        @let place = Place::Actor(actor.id.clone());
                        tr tabindex="0" {
                            th scope="row" { (room.actor(asked, &actor.id, &actor.name)?) (other_names(asked, actor)) }
                            td { @if let Some(party) = &actor.party { (room.party(asked, party)) } }
                            td { @if let Some(role) = actor.roles.last() { span lang="und" { (role.text) } } }
                            td.number { (asked.link(&place, &crate::strings::grouped(actor.documents))) }
                            td.number { (asked.link(&place, &crate::strings::grouped(actor.statements))) }
                            td.number { (asked.link(&place, &crate::strings::grouped(actor.moves))) }
                        }
                    }
                }
            }
        }
        @if actors.len() == MOST { p.more { (asked.text("actors.more")) } }
    };
    Ok(Sheet {
        title: asked.text("actors.title").to_owned(),
        lede: html! { p { (asked.text("actors.lede")) } },
        body,
        beside: None,
        strip: None,
    })
}

fn other_names(asked: &Asked, actor: &Actor) -> Markup {
    let is_other = |tag: &str| asked.language == crate::Language::En || tag != "zh-Hans";
    html! {
        @for (tag, other) in actor.names.iter().filter(|(tag, other)| **other != actor.name && is_other(tag)) {
            " " span.soft lang=(tag) { (other) }
        }
    }
}

/// One actor.
pub(super) fn one(room: &Room<'_>, asked: &Asked, id: &str) -> Shown<Sheet> {
    let filter = Filter {
        actor: Some(id.to_owned()),
        as_of: asked.lens.as_of.clone(),
        limit: Some(LINES + 1),
        ..Filter::default()
    };
    let Some(actor) = room.ledger.actors(None, &filter, room.fold)?.into_iter().next()
    else {
        return Err(Refused::Unknown("a.actor", id.to_owned()));
    };
    // A state acts and meets as a party, whoever is named.
    let as_party = actor.party.clone().filter(|party| {
        actor.kind != "person"
            && (actor.name == *party || room.is_called(party, &actor.name))
    });
    let of_party = match &as_party {
        Some(party) => {
            Filter { actor: None, party: Some(party.clone()), ..filter.clone() }
        }
        None => filter.clone(),
    };
    let meetings = room.ledger.meetings(&of_party)?;
    let mut met = Vec::new();
    for line in meetings.iter().take(LINES) {
        met.push(room.meeting_line(asked, line, 1)?);
    }
    let mut said = Vec::new();
    for line in room.ledger.statements(&filter)?.iter().take(LINES) {
        said.push(room.statement_line(asked, line, 1)?);
    }
    let mut done = Vec::new();
    for line in room.ledger.moves(&of_party)?.iter().take(LINES) {
        done.push(room.move_line(asked, line, 1)?);
    }
    let body = html! {
        (names(asked, &actor))
        (network(room, asked, &actor, &meetings)?)
        (part(asked, "actor.said", &said))
        (part(asked, "actor.did", &done))
        (part(asked, "actor.met", &met))
    };
    let title = room.called(asked, &actor.id, &actor.name)?;
    let lede = html! {
        p {
            @match &as_party {
                Some(party) => { (asked.link(&Place::Party(party.clone()), asked.text("actor.as-party"))) " · " }
                None => { @if let Some(party) = &actor.party { (room.party(asked, party)) " · " } }
            }
            (asked.language.find(&format!("type.{}", actor.kind)).unwrap_or(&actor.kind)) " · "
            (documents(asked, &actor))
        }
    };
    Ok(Sheet { title, lede, body, beside: None, strip: None })
}

fn documents(asked: &Asked, actor: &Actor) -> Markup {
    let count = asked.language.number("n.documents", actor.documents);
    let lens = Lens {
        as_of: asked.lens.as_of.clone(),
        words: Some(actor.name.clone()),
        ..Lens::default()
    };
    let place = Place::Search;
    html! {
        @match asked.medium {
            Medium::Server => a href=(asked.through(&place, &lens)) { (count) },
            Medium::Files => (count),
        }
    }
}

fn names(asked: &Asked, actor: &Actor) -> Markup {
    let shown = actor.surfaces.iter().take(SURFACES);
    html! {
        dl.facts {
            @if !actor.roles.is_empty() {
                dt { (asked.text("actor.roles")) }
                dd {
                    ul.plain {
                        @for role in &actor.roles {
                            li {
                                span lang="und" { (role.text) }
                                @if let (Some(from), Some(to)) = (&role.from, &role.to) {
                                    " " span.soft {
                                        (asked.short_date(from))
                                        @if from != to { " – " (asked.short_date(to)) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
            dt { (asked.text("actor.names")) }
            dd {
                @for (tag, name) in &actor.names { span lang=(tag) { (name) } " " }
            }
            @if !actor.surfaces.is_empty() {
                dt { (asked.text("actor.surfaces")) }
                dd {
                    @for (at, surface) in shown.enumerate() {
                        @if at > 0 { (asked.text("list.comma")) }
                        span lang="und" { (surface.text) } " " span.soft { (surface.documents) }
                    }
                }
            }
            @if !actor.merged.is_empty() {
                dt { (asked.text("actor.merged")) }
                dd { ul.plain {
                    @for merged in &actor.merged {
                        li { span lang="und" { (merged.name) } " " span.soft { (merged.why) } }
                    }
                } }
            }
        }
    }
}

/// With whom an actor met, as a picture.
fn network(
    room: &Room<'_>,
    asked: &Asked,
    actor: &Actor,
    meetings: &[MeetingLine],
) -> Shown<Markup> {
    let mut others: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
    for meeting in meetings.iter().filter(|meeting| meeting.status == "held") {
        for (name, id) in meeting.participants.iter().zip(&meeting.participant_ids) {
            if *id != actor.id {
                others.entry(id).or_insert((name, 0)).1 += 1;
            }
        }
    }
    let mut ties = Vec::new();
    for (id, (name, count)) in others {
        ties.push(Tie {
            name: room.called(asked, id, name)?,
            address: asked.to(&Place::Actor(id.to_owned())),
            count,
            about: asked.language.number("n.meetings", count),
        });
    }
    ties.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    let name = room.called(asked, &actor.id, &actor.name)?;
    Ok(html! {
        @if !ties.is_empty() {
            h2 { (asked.text("actor.network")) }
            figure { (pictures::network(&name, &ties, asked.text("actor.network"))) }
        }
    })
}

fn part(asked: &Asked, title: &'static str, lines: &[Markup]) -> Markup {
    html! {
        h2 { (asked.text(title)) }
        @if lines.is_empty() { p.absent { (asked.text("absent")) } }
        ul.lines { @for line in lines { (line) } }
        @if lines.len() == LINES { p.more { (asked.text("actor.first-only")) } }
    }
}
