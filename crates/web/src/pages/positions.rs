//! Where the parties stand: issues by parties, each cell the act that stands.
//!
//! In: standings. Out: the table, and beside it how the chosen cell came about. Refuses to
//! know: the rules by which a step hardens or softens.

use super::{Asked, Place, Room, Sheet, Shown, lines::tone, position};
use crate::pictures;
use ledger::{Filter, StandingLine};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// The most parties that get a column; a narrower question shows others.
const COLUMNS: usize = 6;
/// The most issues that get a row.
const ROWS: usize = 40;

/// The standings of a table, by issue and party.
struct Table<'a> {
    parties: Vec<&'a str>,
    issues: Vec<&'a str>,
    cells: BTreeMap<(&'a str, &'a str), &'a StandingLine>,
    all_parties: usize,
}

/// The page; `chosen` is the party and issue of the cell that is open.
pub(super) fn sheet(
    room: &Room<'_>,
    asked: &Asked,
    chosen: Option<(&String, &String)>,
) -> Shown<Sheet> {
    let filter = Filter { issue: None, party: None, ..asked.lens.filter() };
    let lines = room.ledger.standings(&filter)?;
    let table = table(&lines, room, asked, chosen);
    let beside = match chosen {
        Some((party, issue)) => position::beside(room, asked, party, issue)?,
        None => html! {
            p.hint { (asked.text("positions.hint")) }
            (legend(asked))
        },
    };
    let lede = html! {
        p {
            (asked.language.number("n.documents-of", room.document_count(asked)?)) " · "
            (asked.language.number("n.issues", table.issues.len())) " · "
            (asked.language.number("n.parties", table.all_parties)) (asked.text("stop"))
            (asked.text("positions.lede"))
        }
    };
    let title = match chosen {
        Some((party, issue)) => asked.language.with(
            "position.title",
            &[
                room.names.party(party, asked.language),
                room.names.issue(issue, asked.language),
            ],
        ),
        None => asked.text("positions.title").to_owned(),
    };
    let body = if lines.is_empty() {
        html! { p.absent { (asked.text("positions.none")) } }
    } else {
        drawn(room, asked, &table, chosen)
    };
    Ok(Sheet {
        title,
        lede,
        body,
        beside: Some(beside),
        strip: Some(asked.lens.filter()),
    })
}

/// Which parties and issues are shown: those of which most is told, and the chosen ones.
fn table<'a>(
    lines: &'a [StandingLine],
    room: &Room<'_>,
    asked: &Asked,
    chosen: Option<(&String, &String)>,
) -> Table<'a> {
    let mut parties: BTreeMap<&str, usize> = BTreeMap::new();
    let mut issues: BTreeMap<&str, usize> = BTreeMap::new();
    for line in lines {
        *parties.entry(&line.party).or_default() += line.steps.len();
        *issues.entry(&line.issue).or_default() += line.steps.len();
    }
    let all_parties = parties.len();
    let wanted = |name: &str, lens: &Option<String>, one: Option<&String>| {
        lens.as_deref().is_some_and(|wanted| wanted.eq_ignore_ascii_case(name))
            || one.is_some_and(|one| one == name)
    };
    let mut columns: Vec<(&str, usize)> = parties.into_iter().collect();
    columns.sort_by_key(|(code, steps)| {
        let first = wanted(code, &asked.lens.party, chosen.map(|(party, _)| party));
        (!first, std::cmp::Reverse(*steps), *code)
    });
    let mut columns: Vec<(&str, usize)> = columns.into_iter().take(COLUMNS).collect();
    // A chosen party takes its usual place again.
    columns.sort_by_key(|(code, steps)| (std::cmp::Reverse(*steps), *code));
    let columns: Vec<&str> = columns.into_iter().map(|(code, _)| code).collect();
    let mut rows: Vec<(&str, usize)> = issues
        .into_iter()
        .filter(|(id, _)| {
            asked
                .lens
                .issue
                .as_deref()
                .is_none_or(|wanted| wanted.eq_ignore_ascii_case(id))
        })
        .collect();
    rows.sort_by_key(|(id, steps)| {
        (room.names.issue_rank(id), std::cmp::Reverse(*steps), *id)
    });
    let rows: Vec<&str> = rows.into_iter().take(ROWS).map(|(id, _)| id).collect();
    let cells =
        lines.iter().map(|line| ((line.issue.as_str(), line.party.as_str()), line));
    Table { parties: columns, issues: rows, cells: cells.collect(), all_parties }
}

fn drawn(
    room: &Room<'_>,
    asked: &Asked,
    table: &Table<'_>,
    chosen: Option<(&String, &String)>,
) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label=(asked.text("positions.title")) {
            table.matrix {
                thead {
                    tr {
                        th scope="col" { (asked.text("issue")) }
                        @for code in &table.parties {
                            th scope="col" { (room.party(asked, code)) }
                        }
                    }
                }
                tbody {
                    @for issue in &table.issues {
                        tr {
                            th.issue scope="row" { (room.issue(asked, issue)) }
                            @for party in &table.parties {
                                td {
                                    @match table.cells.get(&(issue, party)) {
                                        Some(line) => {
                                            @let is_chosen = chosen == Some((&line.party, &line.issue));
                                            (cell(room, asked, line, is_chosen))
                                        }
                                        None => { span.absent { (asked.text("positions.no-word")) } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        @if table.all_parties > table.parties.len() {
            p.more {
                (asked.language.number("n.more-parties", table.all_parties - table.parties.len()))
                " " (asked.link(&Place::Actors, asked.text("nav.actors")))
            }
        }
    }
}

/// One cell: the act that stands, since when, what the last step changed.
pub(super) fn cell(
    room: &Room<'_>,
    asked: &Asked,
    line: &StandingLine,
    is_chosen: bool,
) -> Markup {
    let place = Place::Position(line.party.clone(), line.issue.clone());
    html! {
        a class={ "cell " (tone(&line.act)) } data-beside href=(asked.to(&place))
            aria-current=[is_chosen.then_some("true")] {
            (room.act(asked, &line.act))
            " " span.since { (asked.language.with("since", &[&asked.short_date(&line.since)])) }
            span.more {
                @if line.is_conditional { (asked.text("conditional")) " · " }
                (change(asked, line.change.code()))
                " · " (asked.language.number("n.origins", line.origins))
            }
            (pictures::history(&line.steps))
        }
    }
}

/// What a step changed, with its arrow.
pub(super) fn change(asked: &Asked, code: &str) -> String {
    let word = asked.language.find(&format!("change.{code}")).unwrap_or_default();
    let arrow = match code {
        "hardened" => " ↑",
        "softened" => " ↓",
        "reversed" => " ⇄",
        _ => "",
    };
    format!("{word}{arrow}")
}

fn legend(asked: &Asked) -> Markup {
    html! {
        ul.legend {
            li { i.key.asking {} (asked.text("tone.asking")) }
            li { i.key.conflict {} (asked.text("tone.conflict")) }
            li { i.key.cooperation {} (asked.text("tone.cooperation")) }
        }
    }
}
