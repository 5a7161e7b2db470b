//! Where accounts cannot all be true, or one is odd.
//!
//! In: disputes. Out: each with its values side by side and who tells which. Refuses to
//! know: who is right.

use super::timeline::choice;
use super::{Asked, Medium, Room, Sheet, Shown};
use ledger::DisputeLine;
use maud::{Markup, html};
use std::collections::BTreeSet;

/// The most disputes that are shown.
const MOST: usize = 60;

/// The page.
pub(super) fn sheet(room: &Room<'_>, asked: &Asked) -> Shown<Sheet> {
    let mut disputes = room.ledger.disputes(&asked.lens.filter(), room.fold)?;
    let kinds: BTreeSet<&str> = disputes.iter().map(|line| line.kind.code()).collect();
    let kinds: Vec<(&str, &str)> = kinds
        .into_iter()
        .map(|kind| {
            (kind, asked.language.find(&format!("dispute.{kind}")).unwrap_or(kind))
        })
        .collect();
    if let Some(kind) = &asked.lens.kind {
        disputes.retain(|line| line.kind.code() == kind);
    }
    if asked.lens.sort.as_deref() == Some("documents") {
        let told =
            |line: &DisputeLine| line.values.iter().map(|v| v.documents).sum::<usize>();
        disputes.sort_by_key(|line| std::cmp::Reverse(told(line)));
    }
    let all = disputes.len();
    let mut lines = Vec::new();
    for line in disputes.iter().take(MOST) {
        lines.push(one(room, asked, line)?);
    }
    let body = html! {
        @if asked.medium == Medium::Server && !kinds.is_empty() {
            form.filters method="get" {
                @if let Some(day) = &asked.lens.as_of { input type="hidden" name="as_of" value=(day); }
                (choice(asked, "kind", "filter.kind", &kinds, asked.lens.kind.as_deref()))
                (choice(asked, "sort", "sort", &[("documents", asked.text("nav.documents"))], asked.lens.sort.as_deref()))
                button { (asked.text("filter.show")) }
            }
        }
        @if lines.is_empty() { p.absent { (asked.text("disputes.none")) } }
        @for line in &lines { (line) }
        @if all > lines.len() { p.more { (asked.language.number("n.more-items", all - lines.len())) } }
    };
    Ok(Sheet {
        title: asked.text("disputes.title").to_owned(),
        lede: html! { p { (asked.language.number("n.disputes", all)) (asked.text("stop")) (asked.text("disputes.lede")) } },
        body,
        beside: None,
        strip: Some(asked.lens.filter()),
    })
}

fn one(room: &Room<'_>, asked: &Asked, line: &DisputeLine) -> Shown<Markup> {
    let mut columns = Vec::new();
    for value in &line.values {
        let evidence = room.evidence(asked, &value.accounts, &[&value.value], 2, None)?;
        columns.push(html! {
            div.account tabindex="0" {
                p.value {
                    strong lang="und" dir="auto" { (retold(room, asked, &value.value)) } " "
                    span.soft { (asked.language.number("n.documents", value.documents)) }
                }
                (evidence)
            }
        });
    }
    let kind = line.kind.code();
    Ok(html! {
        section.dispute {
            h2 {
                bdi { (retold(room, asked, &line.about)) } " "
                span.kind { (asked.language.find(&format!("dispute.{kind}")).unwrap_or(kind)) }
            }
            @if !line.parties.is_empty() { p.soft { (room.parties(asked, &line.parties)) } }
            div.accounts { @for column in &columns { (column) } }
        }
    })
}

/// What the ledger says of a dispute, in the page's language: its phrases are the English
/// ones of the rows `about.`, and what fills their slots are codes, names and days.
pub(super) fn retold(room: &Room<'_>, asked: &Asked, said: &str) -> String {
    for (key, pattern) in crate::strings::family("about.") {
        if let Some(values) = crate::strings::slots(pattern, said) {
            let values: Vec<String> =
                values.iter().map(|value| word(room, asked, value)).collect();
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            return asked.language.with(key, &values);
        }
    }
    word(room, asked, said)
}

/// A day, a list of parties, a level, an event or a place; else as it stands.
fn word(room: &Room<'_>, asked: &Asked, value: &str) -> String {
    if crate::When::parse(value).is_some() {
        return asked.short_date(value);
    }
    let codes: Vec<String> = value.split(", ").map(str::to_owned).collect();
    if codes.iter().all(|code| room.names.parties.contains_key(code)) {
        return room.names.parties(&codes, asked.language);
    }
    for family in ["event", "level", "status"] {
        if let Some(word) = asked.language.find(&format!("{family}.{value}")) {
            return word.to_owned();
        }
    }
    room.names.place(value, asked.language).to_owned()
}
