//! All documents, newest first.
//!
//! In: what the list is narrowed to. Out: a hundred rows a page. Refuses to know: what a
//! document says.

use super::controls::plain;
use super::filters::Fields;
use super::{Asked, Lens, Medium, Place, Room, Sheet, Shown};
use ledger::DocumentLine;
use maud::{Markup, html};

/// How many documents stand on one page.
const PAGE: usize = 100;

/// The page.
pub(super) fn sheet(room: &Room<'_>, asked: &Asked) -> Shown<Sheet> {
    let part = asked.lens.part.unwrap_or(1);
    let filter = ledger::Filter { limit: Some(PAGE + 1), ..asked.lens.filter() };
    let skipped = PAGE.saturating_mul(part - 1).min(i32::MAX as usize);
    let lines = room.ledger.newest_documents(&filter, skipped)?;
    let all = room.document_count(asked)?;
    let lede = html! {
        p { (asked.language.number("n.documents-all", all)) " " (asked.text("documents.lede")) }
    };
    let has_more = lines.len() > PAGE;
    let body = html! {
        (room.filters(asked, &Fields { button: "filter.narrow", has_words: false }))
        @if lines.is_empty() { p.absent { (asked.text("documents.none")) } }
        @else { (room.document_table(asked, &lines[..lines.len().min(PAGE)])) }
        (turn(asked, part, has_more))
    };
    let title = asked.text("nav.documents").to_owned();
    Ok(Sheet { title, lede, body, beside: None, strip: Some(asked.lens.filter()) })
}

/// The way to the newer and the older ones.
pub(super) fn turn(asked: &Asked, part: usize, has_more: bool) -> Markup {
    let to = |part: usize| {
        let part = Some(part).filter(|part| *part > 1);
        asked.through(&asked.place, &Lens { part, ..asked.lens.clone() })
    };
    html! {
        @if asked.medium == Medium::Server && (part > 1 || has_more) {
            nav.parts aria-label=(asked.text("documents.parts")) {
                @if part > 1 { a rel="prev" href=(to(part - 1)) { (asked.text("documents.newer")) } " " }
                @if has_more { a rel="next" href=(to(part + 1)) { (asked.text("documents.older")) } }
            }
        }
        @if asked.medium == Medium::Files && has_more {
            p.notice { (asked.text("documents.files")) }
        }
    }
}

impl Room<'_> {
    /// Documents, one a row.
    pub(super) fn document_table(&self, asked: &Asked, lines: &[DocumentLine]) -> Markup {
        html! {
            div.scroll tabindex="0" role="region" aria-label=(asked.text("nav.documents")) {
                table.documents {
                    thead {
                        tr {
                            th scope="col" { (asked.text("document.published")) }
                            th scope="col" { (asked.text("document.outlet")) }
                            th scope="col" { (asked.text("documents.title")) }
                            th.number scope="col" { (asked.text("document.statements")) }
                            th.number scope="col" { (asked.text("document.moves")) }
                            th.number scope="col" { (asked.text("document.meetings")) }
                        }
                    }
                    tbody { @for line in lines { (row(self, asked, line)) } }
                }
            }
        }
    }
}

fn row(room: &Room<'_>, asked: &Asked, line: &DocumentLine) -> Markup {
    let language = match &line.script {
        Some(script) => format!("{}-{script}", line.language),
        None => line.language.clone(),
    };
    let place = Place::Document(line.id.clone());
    let counts =
        line.counts.iter().zip(["statement", "move", "meeting"]).map(|(count, list)| {
            html! {
                td.number {
                    @if *count > 0 { a href={ (asked.to(&place)) "#" (list) } { (crate::strings::grouped(*count)) } }
                    @else { span.soft { "0" } }
                }
            }
        });
    html! {
        tr tabindex="0" {
            td.date { (line.published.as_deref().map_or(asked.text("undated").to_owned(), |day| asked.short_date(day))) }
            td {
                @match &line.outlet {
                    Some(outlet) => { a href=(asked.to(&Place::Source(outlet.clone()))) { bdi { (plain(outlet)) } } },
                    None => span.soft { (asked.text("no-outlet")) },
                }
            }
            th scope="row" {
                a href=(asked.to(&place)) lang=(language) dir="auto" {
                    (plain(line.title.as_deref().unwrap_or(&line.path)))
                }
                @for one in room.origins(line) {
                    span.more {
                        (asked.language.find(&format!("lineage.{}", one.kind)).unwrap_or(&one.kind))
                        " " bdi { (plain(&one.to)) }
                    }
                }
            }
            @for count in counts { (count) }
        }
    }
}
