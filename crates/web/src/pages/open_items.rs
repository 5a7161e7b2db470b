//! What is not settled: promises, deadlines, threats, requests, meetings to come.
//!
//! In: open items as of a day. Out: a list that can be sorted and narrowed, and a calendar
//! of what is due. Refuses to know: what closes an item.

use super::frame::day_of;
use super::timeline::choice;
use super::{Asked, Lens, Medium, Room, Sheet, Shown};
use crate::When;
use ledger::OpenLine;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// The most items that are shown.
const MOST: usize = 100;
/// The orders of the list.
const ORDERS: [(&str, &str); 4] = [
    ("due", "open.sort-due"),
    ("party", "open.sort-party"),
    ("kind", "open.sort-kind"),
    ("status", "open.sort-status"),
];
const KINDS: [&str; 5] = ["promise", "deadline", "threat", "request", "meeting"];

/// The page.
pub(super) fn sheet(room: &Room<'_>, asked: &Asked) -> Shown<Sheet> {
    let mut items = room.ledger.open_items(&asked.lens.filter())?;
    let all = items.len();
    if let Some(kind) = &asked.lens.kind {
        items.retain(|item| item.kind.code() == kind || item.status.code() == kind);
    }
    let order = asked.lens.sort.as_deref().unwrap_or("");
    items.sort_by_key(|item| {
        // What still waits comes before what is settled, whatever the order.
        let is_settled = !matches!(item.status.code(), "open" | "standing");
        let due = item.due.clone().or_else(|| item.since.clone());
        match order {
            "party" => (false, item.party.clone(), due),
            "kind" => (false, item.kind.code().to_owned(), due),
            "status" => (false, item.status.code().to_owned(), due),
            "due" => (item.due.is_none(), String::new(), due),
            _ => (is_settled, String::new(), due),
        }
    });
    let calendar = calendar(room, asked, &items);
    let hidden = items.len().saturating_sub(MOST);
    let mut lines = Vec::new();
    for item in items.iter().take(MOST) {
        lines.push(room.open_line(asked, item, 1)?);
    }
    let body = html! {
        (controls(asked))
        (calendar)
        @if lines.is_empty() { p.absent { (asked.text("open.none")) } }
        ul.lines { @for line in &lines { (line) } }
        @if hidden > 0 { p.more { (asked.language.number("n.more-items", hidden)) } }
    };
    let waiting =
        items.iter().filter(|item| matches!(item.status.code(), "open" | "standing"));
    let lede = html! {
        p {
            (asked.language.number("n.items", all)) (asked.text("list.comma"))
            (asked.language.number("n.waiting", waiting.count())) (asked.text("stop")) (asked.text("open.lede"))
        }
    };
    let title = asked.text("open.title").to_owned();
    Ok(Sheet { title, lede, body, beside: None, strip: Some(asked.lens.filter()) })
}

fn controls(asked: &Asked) -> Markup {
    if asked.medium == Medium::Files {
        return html! {};
    }
    let kinds: Vec<(&str, &str)> = KINDS
        .iter()
        .map(|kind| (*kind, asked.language.find(&format!("open.{kind}")).unwrap_or(kind)))
        .collect();
    html! {
        p.choices {
            (asked.text("sort")) " "
            @for (order, key) in ORDERS {
                @let lens = Lens { sort: Some(order.to_owned()), ..asked.lens.clone() };
                a href=(asked.through(&asked.place, &lens))
                    aria-current=[(asked.lens.sort.as_deref() == Some(order)).then_some("true")] { (asked.text(key)) }
                " "
            }
        }
        form.filters method="get" {
            @for (key, value) in asked.lens.pairs() {
                @if key != "kind" { input type="hidden" name=(key) value=(value); }
            }
            (choice(asked, "kind", "filter.kind", &kinds, asked.lens.kind.as_deref()))
            button { (asked.text("filter.show")) }
        }
    }
}

/// The months in which something is due, with their days.
fn calendar(room: &Room<'_>, asked: &Asked, items: &[OpenLine]) -> Markup {
    let mut months: BTreeMap<&str, BTreeMap<&str, Vec<&OpenLine>>> = BTreeMap::new();
    for item in items {
        let Some(due) = item.due.as_deref().filter(|due| due.len() >= 10) else {
            continue;
        };
        let day = day_of(due);
        months.entry(&day[..7]).or_default().entry(day).or_default().push(item);
    }
    let shown: Vec<_> = months.iter().rev().take(4).collect();
    html! {
        @if !shown.is_empty() {
            details.calendar open[asked.medium == Medium::Files] {
                summary { (asked.text("open.calendar")) }
                div.months { @for (month, days) in shown.into_iter().rev() { (one_month(room, asked, month, days)) } }
            }
        }
    }
}

fn one_month(
    room: &Room<'_>,
    asked: &Asked,
    month: &str,
    days: &BTreeMap<&str, Vec<&OpenLine>>,
) -> Markup {
    let Some(when) = When::parse(month) else { return html! {} };
    let lead = when.first.weekday().to_monday_zero_offset();
    let count = When::number(when.last) - When::number(when.first) + 1;
    let cells = i64::from(lead) + count;
    html! {
        table.month {
            caption { (when.words(asked.language)) }
            tbody {
                @for week in 0..(cells + 6) / 7 {
                    tr {
                        @for weekday in 0..7 {
                            @let number = week * 7 + weekday - i64::from(lead) + 1;
                            @if number < 1 || number > count {
                                td {}
                            } @else {
                                @let day = format!("{month}-{number:02}");
                                td class=[days.contains_key(day.as_str()).then_some("due")] {
                                    @match days.get(day.as_str()) {
                                        Some(items) => {
                                            a href=(asked.to(&super::Place::Timeline(Some(day.clone()))))
                                                title=(named(room, asked, items)) { (number) " · " (items.len()) }
                                        }
                                        None => (number),
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn named(room: &Room<'_>, asked: &Asked, items: &[&OpenLine]) -> String {
    let names: Vec<String> = items
        .iter()
        .take(6)
        .map(|item| {
            let kind = item.kind.code();
            let kind = asked.language.find(&format!("open.{kind}")).unwrap_or(kind);
            format!("{kind}: {}", room.names.party(&item.party, asked.language))
        })
        .collect();
    names.join("; ")
}
