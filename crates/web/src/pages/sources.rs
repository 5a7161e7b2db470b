//! The outlets: whose articles and whose words they carry.
//!
//! In: what they are narrowed to. Out: who carries whom as a picture, and one row an
//! outlet; one outlet with its documents. Refuses to know: how good an outlet is.

use super::controls::plain;
use super::{Asked, Lens, Place, Refused, Room, Sheet, Shown};
use crate::pictures::{self, Flow};
use crate::strings::grouped;
use ledger::{Carried, Filter, SourceLine, Voice};
use maud::{Markup, html};

/// The most outlets that get a row.
const ROWS: usize = 200;
/// The most other outlets in a row.
const OTHERS: usize = 3;
/// The most parties in a row.
const VOICES: usize = 3;
/// The most documents of one outlet.
const DOCUMENTS: usize = 100;
/// The most parties of one outlet.
const ALL_VOICES: usize = 20;

/// The page of all outlets.
pub(super) fn sheet(room: &Room<'_>, asked: &Asked) -> Shown<Sheet> {
    let lines = room.ledger.sources_in_one_script(&asked.lens.filter(), &room.fold)?;
    let documents: usize = lines.iter().map(|line| line.documents).sum();
    let independent: usize = lines.iter().map(|line| line.independent).sum();
    let own = lines.iter().filter(|line| line.documents > 0).count();
    let lede = html! {
        p {
            (asked.language.number("n.outlets", own)) " · "
            (asked.language.number("n.documents", documents)) " · "
            (asked.language.number("n.independent", independent)) (asked.text("list.stop"))
            (asked.text("sources.lede"))
        }
    };
    let body = html! {
        @if lines.is_empty() { p.absent { (asked.text("sources.none")) } }
        (picture(asked, &lines))
        @if !lines.is_empty() { (table(room, asked, &lines)) }
        @if lines.len() > ROWS {
            p.more { (asked.language.number("n.more-outlets", lines.len() - ROWS)) }
        }
    };
    let title = asked.text("sources.title").to_owned();
    Ok(Sheet { title, lede, body, beside: None, strip: None })
}

/// Who carries whom; said in words where nobody does.
fn picture(asked: &Asked, lines: &[SourceLine]) -> Markup {
    let flows: Vec<Flow<'_>> = lines
        .iter()
        .flat_map(|line| {
            line.from.iter().map(|from| Flow {
                from: &from.outlet,
                to: &line.outlet,
                kind: &from.kind,
                documents: from.documents,
            })
        })
        .filter(|flow| flow.from != flow.to)
        .collect();
    html! {
        @if flows.is_empty() && !lines.is_empty() { p.absent { (asked.text("sources.no-flow")) } }
        @if !flows.is_empty() {
            figure.flows {
                div.scroll tabindex="0" role="region" aria-label=(asked.text("sources.picture")) {
                    (pictures::flows(asked, &flows))
                }
                figcaption {
                    (asked.text("sources.picture")) " "
                    @for kind in ["reprint", "translation", "digest", "cites"] {
                        span.line-key {
                            (pictures::flow_key(kind)) " "
                            (asked.language.find(&format!("carried.{kind}")).unwrap_or(kind))
                        }
                        " "
                    }
                }
            }
        }
    }
}

fn table(room: &Room<'_>, asked: &Asked, lines: &[SourceLine]) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label=(asked.text("sources.title")) {
            table.sources {
                thead {
                    tr {
                        th scope="col" { (asked.text("document.outlet")) }
                        th.number scope="col" { (asked.text("nav.documents")) }
                        th.number scope="col" { (asked.text("sources.independent")) }
                        th scope="col" { (asked.text("sources.from")) }
                        th scope="col" { (asked.text("sources.to")) }
                        th scope="col" { (asked.text("sources.voices")) }
                    }
                }
                tbody {
                    @for line in lines.iter().take(ROWS) {
                        tr tabindex="0" {
                            th scope="row" {
                                (outlet(asked, &line.outlet))
                                @if line.documents > 0 { span.more { (days(asked, line)) } }
                            }
                            td.number { (documents_of(asked, line)) }
                            td.number { (grouped(line.independent)) }
                            td { (others(asked, &line.from, OTHERS)) }
                            td { (others(asked, &line.to, OTHERS)) }
                            td { (voices(room, asked, &line.voices, VOICES)) }
                        }
                    }
                }
            }
        }
    }
}

fn outlet(asked: &Asked, name: &str) -> Markup {
    html! {
        a href=(asked.to(&Place::Source(name.to_owned()))) { bdi { (plain(name)) } }
    }
}

/// How many documents, with the way to their list.
fn documents_of(asked: &Asked, line: &SourceLine) -> Markup {
    let lens = Lens { outlet: Some(line.outlet.clone()), ..asked.lens.clone() };
    html! {
        @if line.documents > 0 && !is_nameless(&line.outlet) && asked.medium == super::Medium::Server {
            a href=(asked.through(&Place::Documents, &lens)) { (grouped(line.documents)) }
        } @else { (grouped(line.documents)) }
    }
}

/// Whether an outlet's name is the first digits of a document that names none.
fn is_nameless(name: &str) -> bool {
    name.len() == 12
        && name.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

fn days(asked: &Asked, line: &SourceLine) -> String {
    match (&line.first, &line.last) {
        (Some(first), Some(last)) if first != last => {
            format!("{} – {}", asked.short_date(first), asked.short_date(last))
        }
        (Some(day), _) | (None, Some(day)) => asked.short_date(day),
        (None, None) => asked.text("undated").to_owned(),
    }
}

/// Other outlets, with how they are carried and how often.
fn others(asked: &Asked, all: &[Carried], most: usize) -> Markup {
    html! {
        @for other in all.iter().take(most) {
            span.value {
                (outlet(asked, &other.outlet)) " "
                span.soft {
                    (asked.language.find(&format!("carried.{}", other.kind)).unwrap_or(&other.kind))
                    " " (grouped(other.documents))
                }
            }
        }
        @if all.len() > most { span.soft.value { (asked.language.number("n.more", all.len() - most)) } }
        @if all.is_empty() { span.soft { "–" } }
    }
}

/// Whose words: a bar and its share for each party.
fn voices(room: &Room<'_>, asked: &Asked, all: &[Voice], most: usize) -> Markup {
    html! {
        @for voice in all.iter().take(most) {
            span.value {
                (pictures::share(voice.share))
                @if voice.party == "?" { (asked.text("sources.no-party")) }
                @else { (room.party(asked, &voice.party)) }
                " " span.soft {
                    (format!("{:.0}%", voice.share * 100.0)) " ("
                    (grouped(voice.statements)) ")"
                }
            }
        }
        @if all.len() > most { span.soft.value { (asked.language.number("n.more", all.len() - most)) } }
        @if all.is_empty() { span.soft { (asked.text("sources.no-words")) } }
    }
}

/// The page of one outlet.
pub(super) fn one(room: &Room<'_>, asked: &Asked, name: &str) -> Shown<Sheet> {
    let filter = Filter { outlet: None, ..asked.lens.filter() };
    let lines = room.ledger.sources_in_one_script(&filter, &room.fold)?;
    let line = lines.iter().find(|line| line.outlet.eq_ignore_ascii_case(name));
    let line = line.ok_or_else(|| Refused::Unknown("an.outlet", name.to_owned()))?;
    let of_outlet = Filter {
        outlet: Some(line.outlet.clone()),
        limit: Some(DOCUMENTS),
        ..filter.clone()
    };
    let documents = room.ledger.newest_documents(&of_outlet, 0)?;
    let lede = html! {
        p {
            (asked.language.number("n.documents", line.documents)) " · "
            (asked.language.number("n.independent", line.independent))
            @if line.documents > 0 { " · " (days(asked, line)) }
        }
    };
    let lens = Lens { outlet: Some(line.outlet.clone()), ..asked.lens.clone() };
    let body = html! {
        section.columns {
            div {
                h2 { (asked.text("sources.from")) }
                (others(asked, &line.from, usize::MAX))
            }
            div {
                h2 { (asked.text("sources.to")) }
                (others(asked, &line.to, usize::MAX))
            }
            div {
                h2 { (asked.text("sources.voices")) }
                (voices(room, asked, &line.voices, ALL_VOICES))
            }
        }
        h2 { (asked.text("nav.documents")) }
        @if documents.is_empty() { p.absent { (asked.text("sources.not-here")) } }
        @else { (room.document_table(asked, &documents)) }
        @if line.documents > documents.len() && !documents.is_empty() {
            p.more {
                a href=(asked.through(&Place::Documents, &lens)) {
                    (asked.language.number("n.more-documents", line.documents - documents.len()))
                }
            }
        }
    };
    Ok(Sheet {
        title: plain(&line.outlet).into_owned(),
        lede,
        body,
        beside: None,
        strip: Some(of_outlet).map(|filter| Filter { limit: None, ..filter }),
    })
}
