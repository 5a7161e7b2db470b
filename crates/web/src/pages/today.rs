//! Where the talks stand: what is new, what comes next, what falls due.
//!
//! In: a day, and the day that is looked back to. Out: the first page. Refuses to know:
//! the clock; "today" is the day asked for, else that of the latest document.

use super::frame::day_of;
use super::{Asked, Lens, Medium, Place, Room, Sheet, Shown, positions};
use crate::days_from;
use ledger::{Change, Filter, OpenLine, OpenStatus};
use maud::{Markup, html};

/// The most new lines of one kind that are shown.
const NEW: usize = 12;
/// What happened this many days before the day looked back to is still news.
const RECENT: i64 = 31;
/// The most meetings and due dates to come.
const NEXT: usize = 8;
/// The days that one click looks back.
const BACK: [(i64, &str); 4] =
    [(1, "back.day"), (7, "back.week"), (30, "back.month"), (365, "back.year")];

/// The page.
pub(super) fn sheet(room: &Room<'_>, asked: &Asked) -> Shown<Sheet> {
    let day = room.day(asked)?;
    let title = match &day {
        Some(day) => {
            asked.language.with("today.title", &[&asked.date(Some(day_of(day)))])
        }
        None => asked.text("today.undated").to_owned(),
    };
    let documents = room.document_count(asked)?;
    let lede = html! {
        p {
            (room.title) " · "
            (asked.link(&Place::Documents, &asked.language.number("n.documents", documents)))
            (asked.text("stop")) (asked.text("today.lede"))
        }
    };
    let body = match &day {
        None if documents == 0 => html! { p.absent { (asked.text("today.empty")) } },
        None => html! { p.absent { (asked.text("today.no-dates")) } },
        Some(day) => html! {
            (news(room, asked, day)?)
            (next(room, asked, day)?)
            (disputes(room, asked)?)
        },
    };
    Ok(Sheet { title, lede, body, beside: None, strip: Some(asked.lens.filter()) })
}

fn news(room: &Room<'_>, asked: &Asked, day: &str) -> Shown<Markup> {
    let since = match &asked.lens.since {
        Some(since) => since.clone(),
        None => days_from(day_of(day), -7).unwrap_or_default(),
    };
    // What is told of for the first time may be old; news are of the days around.
    let new = Filter {
        told_after: Some(since.clone()),
        from: days_from(&since, -RECENT),
        limit: Some(NEW),
        ..asked.lens.filter()
    };
    let stances = changed_positions(room, asked, &since)?;
    let mut meetings = Vec::new();
    for line in room.ledger.meetings(&new)? {
        meetings.push(room.meeting_line(asked, &line, 1)?);
    }
    let mut moves = Vec::new();
    for line in room.ledger.moves(&new)? {
        moves.push(room.move_line(asked, &line, 1)?);
    }
    let is_quiet = stances.is_empty() && meetings.is_empty() && moves.is_empty();
    Ok(html! {
        section id="new" {
            h2 { (asked.language.with("today.new", &[&asked.date(Some(&since))])) }
            (back(asked, day))
            @if is_quiet { p.absent { (asked.text("today.quiet")) } }
            @if !stances.is_empty() {
                h3 { (asked.text("today.new-positions")) }
                div.stances { @for stance in &stances { (stance) } }
            }
            (part(asked, "today.new-meetings", meetings))
            (part(asked, "today.new-moves", moves))
        }
    })
}

fn part(asked: &Asked, title: &'static str, lines: Vec<Markup>) -> Markup {
    html! {
        @if !lines.is_empty() {
            h3 { (asked.text(title)) }
            ul.lines { @for line in &lines { (line) } }
            @if lines.len() == NEW {
                p.more { (asked.link(&Place::Timeline(None), asked.text("today.more"))) }
            }
        }
    }
}

/// The links that look back a day, a week, a month; files have only their own day.
fn back(asked: &Asked, day: &str) -> Markup {
    html! {
        @if asked.medium == Medium::Server {
            p.choices {
                (asked.text("today.back")) " "
                @for (days, key) in BACK {
                    @let since = days_from(day_of(day), -days);
                    @let is_here = since == asked.lens.since
                        || (asked.lens.since.is_none() && days == 7);
                    @let lens = Lens { since, ..asked.lens.clone() };
                    a href=(asked.through(&asked.place, &lens))
                        aria-current=[is_here.then_some("true")] { (asked.text(key)) }
                    " "
                }
                form method="get" {
                    @if let Some(day) = &asked.lens.as_of { input type="hidden" name="as_of" value=(day); }
                    input name="since" size="12" aria-label=(asked.text("today.since"))
                        placeholder=(asked.text("today.since"));
                }
            }
        }
    }
}

/// The sides that moved: what their last step changed, after `since`.
fn changed_positions(room: &Room<'_>, asked: &Asked, since: &str) -> Shown<Vec<Markup>> {
    let lines = room.ledger.standings(&asked.lens.filter())?;
    let mut changed: Vec<_> = lines
        .iter()
        .filter(|line| line.change != Change::Reaffirmed)
        .filter(|line| line.steps.last().is_some_and(|step| step.date.as_str() > since))
        .collect();
    changed.sort_by_key(|line| {
        let last = line.steps.last().map(|step| step.date.clone());
        (
            line.change == Change::New,
            std::cmp::Reverse(line.origins),
            std::cmp::Reverse(last),
        )
    });
    let rows = changed.into_iter().take(NEW).map(|line| {
        html! {
            div.stance {
                div.issue { (room.party(asked, &line.party)) " · " (room.issue(asked, &line.issue)) }
                (positions::cell(room, asked, line, false))
            }
        }
    });
    Ok(rows.collect())
}

/// Meetings to come and what falls due.
fn next(room: &Room<'_>, asked: &Asked, day: &str) -> Shown<Markup> {
    let from = Filter {
        from: Some(day_of(day).to_owned()),
        limit: Some(200),
        ..asked.lens.filter()
    };
    let items = room.ledger.open_items(&from)?;
    let is_standing = |item: &&OpenLine| {
        matches!(item.status, OpenStatus::Open | OpenStatus::Standing)
            && item.due.as_deref().is_some_and(|due| day_of(due) >= day_of(day))
    };
    let (meetings, due): (Vec<&OpenLine>, Vec<&OpenLine>) =
        items.iter().filter(is_standing).partition(|item| item.kind.code() == "meeting");
    Ok(html! {
        section id="next" {
            h2 { (asked.text("today.next")) }
            h3 { (asked.text("today.meetings-to-come")) }
            (items_to_come(room, asked, &meetings, "today.no-meeting")?)
            h3 { (asked.text("today.due")) }
            (items_to_come(room, asked, &due, "today.nothing-due")?)
        }
    })
}

fn items_to_come(
    room: &Room<'_>,
    asked: &Asked,
    items: &[&OpenLine],
    none: &'static str,
) -> Shown<Markup> {
    let mut lines = Vec::new();
    for item in items.iter().take(NEXT) {
        lines.push(room.open_line(asked, item, 1)?);
    }
    Ok(html! {
        @if lines.is_empty() { p.absent { (asked.text(none)) } }
        ul.lines { @for line in &lines { (line) } }
        @if items.len() > NEXT { p.more { (asked.link(&Place::Open, asked.text("today.more-open"))) } }
    })
}

fn disputes(room: &Room<'_>, asked: &Asked) -> Shown<Markup> {
    let filter = Filter { limit: Some(6), ..asked.lens.filter() };
    let lines = room.ledger.disputes(&filter, room.fold)?;
    Ok(html! {
        section id="disputed" {
            h2 { (asked.text("today.disputes")) }
            @if lines.is_empty() { p.absent { (asked.text("disputes.none")) } }
            ul.lines {
                @for line in &lines {
                    li.line.short {
                        div.claim {
                            span.sides { bdi { (super::disputes::retold(room, asked, &line.about)) } }
                            span.more { (asked.language.find(&format!("dispute.{}", line.kind.code())).unwrap_or_default()) }
                        }
                        div.evidence {
                            @for value in &line.values {
                                p.value {
                                    bdi { (super::disputes::retold(room, asked, &value.value)) } " "
                                    span.soft { (asked.language.number("n.documents", value.documents)) }
                                }
                            }
                        }
                    }
                }
            }
            p.more { (asked.link(&Place::Disputes, asked.text("today.more-disputes"))) }
        }
    })
}

impl Room<'_> {
    /// An open item with its sentences.
    pub(super) fn open_line(
        &self,
        asked: &Asked,
        item: &OpenLine,
        most: usize,
    ) -> Shown<Markup> {
        let mut words: Vec<&str> = item.condition.as_deref().into_iter().collect();
        words.dedup();
        let mut accounts = item.accounts.clone();
        accounts.extend(item.closed_by.clone());
        let evidence = self.evidence(asked, &item.accounts, &words, most, None)?;
        let closing = match &item.closed_by {
            Some(account) => {
                let evidence =
                    self.evidence(asked, std::slice::from_ref(account), &[], 1, None)?;
                html! { p.step { (asked.text("open.closed-by")) } (evidence) }
            }
            None => html! {},
        };
        let (kind, status) = (item.kind.code(), item.status.code());
        let claim = html! {
            span.date {
                @match &item.due {
                    Some(due) => (asked.language.with("due", &[&asked.date(Some(due))])),
                    None => (asked.language.with("since", &[&asked.date(item.since.as_deref())])),
                }
            }
            span.sides {
                span class={ "kind " (kind) } { (asked.language.find(&format!("open.{kind}")).unwrap_or(kind)) }
                " " (self.party(asked, &item.party))
                @if !item.toward.is_empty() { " → " (self.parties(asked, &item.toward)) }
            }
            span.more {
                span class={ "status " (status) } { (asked.language.find(&format!("open-status.{status}")).unwrap_or(status)) }
                @if let Some(issue) = &item.issue { " · " (self.issue(asked, issue)) }
                " · " (self.told_by(asked, &item.accounts))
            }
            @if let Some(condition) = &item.condition {
                span.more { (asked.text("if")) " " span lang="und" dir="auto" { (condition) } }
            }
        };
        Ok(self.line("open-item", false, claim, html! { (evidence) (closing) }))
    }
}
