//! Meetings and moves by date: all, or of a year, a month, a day.
//!
//! In: a period and a filter. Out: a picture in lanes, the periods within, the lines of
//! the smallest. Refuses to know: how a picture is drawn.

use super::{Asked, Lens, Medium, Place, Refused, Room, Sheet, Shown};
use crate::pictures::{self, Bar, Mark};
use crate::{Tone, When};
use ledger::{Account, Event, EventKind, Filter, StripMonth};
use maud::{Markup, html};
use record::Act;
use std::collections::{BTreeMap, BTreeSet};

/// The most single marks in a picture; of more, bars are drawn.
const MARKS: usize = 340;
/// The most lanes.
const LANES: usize = 7;
/// The most lines that are told in full.
const LINES: usize = 60;

/// The page of a period.
pub(super) fn sheet(
    room: &Room<'_>,
    asked: &Asked,
    period: Option<&str>,
) -> Shown<Sheet> {
    if let Some(period) = period
        && !is_period(period)
    {
        return Err(Refused::Unknown("a.period", period.to_owned()));
    }
    let filter = within(asked.lens.filter(), period);
    let mut months =
        room.ledger.strip(&Filter { from: None, to: None, ..filter.clone() })?;
    if let Some(act) = &asked.lens.act {
        keep_act(&mut months, act);
    }
    let months: Vec<&StripMonth> = months
        .iter()
        .filter(|month| period.is_none_or(|period| touches(&month.month, period)))
        .collect();
    let total: usize = months.iter().map(|month| count(month)).sum();
    let is_single = period.is_some_and(|period| period.len() >= 7);
    let few = total <= MARKS || is_single;
    let events = if few {
        let filter = Filter { limit: Some(MARKS), ..filter.clone() };
        room.ledger.timeline(&filter, false)?
    } else {
        Vec::new()
    };
    // An act is no meeting.
    let is_asked =
        |event: &&Event| asked.lens.act.is_none() || event.kind != EventKind::Meeting;
    let events: Vec<&Event> = events.iter().filter(is_asked).collect();
    let issues = Issues::of(&events);
    // Months do not know who tells of them, events do; of more events than marks not all
    // are here.
    let counts = match few && events.len() < MARKS {
        true => told_of(&events),
        false => summed_up(&months),
    };
    let events: Vec<&Event> =
        events.into_iter().filter(|event| event.date.is_some()).collect();
    let picture = match few {
        true => drawn(room, asked, &main(&events, &months), &issues),
        false => summed(room, asked, &filter, period)?,
    };
    let body = html! {
        (filters(room, asked, &events)?)
        (picture)
        (legend(asked))
        (periods(asked, period, &months))
        (told(room, asked, &filter, period, events.len(), total, &issues)?)
    };
    let title = match period {
        Some(period) => asked.date(Some(period)),
        None => asked.text("timeline.title").to_owned(),
    };
    let lede = html! {
        p {
            (asked.language.number("n.moves", counts.0)) " · "
            (asked.language.number("n.meetings", counts.1))
            (asked.text("stop")) (asked.text("timeline.lede"))
        }
    };
    Ok(Sheet {
        title,
        lede,
        body,
        beside: None,
        strip: Some(Filter { from: None, to: None, ..asked.lens.filter() }),
    })
}

fn is_period(text: &str) -> bool {
    matches!(text.len(), 4 | 7 | 10) && When::parse(text).is_some()
}

/// A filter between the days of a period, and between its own.
fn within(filter: Filter, period: Option<&str>) -> Filter {
    // Months count what is listed under their days.
    let filter = Filter { is_listed: true, ..filter };
    let Some((first, last)) = period.and_then(pictures::days_of) else { return filter };
    let later = |a: String, b: Option<String>| match b {
        Some(b) if b > a => b,
        _ => a,
    };
    let earlier = |a: String, b: Option<String>| match b {
        Some(b) if b < a => b,
        _ => a,
    };
    Filter {
        from: Some(later(first.to_string(), filter.from)),
        to: Some(earlier(last.to_string(), filter.to)),
        ..filter
    }
}

/// Whether one period lies in the other.
fn touches(month: &str, period: &str) -> bool {
    month.starts_with(period) || period.starts_with(month)
}

fn count(month: &StripMonth) -> usize {
    month.moves.values().chain(month.meetings.values()).sum()
}

/// Leaves the moves of one act.
fn keep_act(months: &mut Vec<StripMonth>, act: &str) {
    for month in months.iter_mut() {
        month.moves.retain(|code, _| code.eq_ignore_ascii_case(act));
        month.meetings.clear();
    }
    months.retain(|month| count(month) > 0);
}

/// How many moves and meetings there are among events.
fn told_of(events: &[&Event]) -> (usize, usize) {
    let meetings = events.iter().filter(|event| event.kind == EventKind::Meeting).count();
    (events.len() - meetings, meetings)
}

/// How many moves and meetings there are in months.
fn summed_up(months: &[&StripMonth]) -> (usize, usize) {
    let moves = months.iter().flat_map(|month| month.moves.values()).sum();
    (moves, months.iter().flat_map(|month| month.meetings.values()).sum())
}

/// Which issues each document tells of, by the moves on a page: a meeting is on those of
/// its documents.
struct Issues<'a>(BTreeMap<&'a str, BTreeSet<&'a str>>);

impl<'a> Issues<'a> {
    fn of(events: &[&'a Event]) -> Issues<'a> {
        let mut issues: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for event in events {
            let Some(issue) = issue(event) else { continue };
            for account in &event.accounts {
                issues.entry(&account.document).or_default().insert(issue);
            }
        }
        Issues(issues)
    }

    /// Those of a meeting's documents, a space between them.
    fn around(&self, accounts: &[Account]) -> String {
        let found = accounts.iter().filter_map(|one| self.0.get(one.document.as_str()));
        let found: BTreeSet<&str> = found.flatten().copied().collect();
        found.into_iter().collect::<Vec<_>>().join(" ")
    }
}

/// What a move is on, out of its words: `REQUEST nato-enlargement (if)`.
fn issue(event: &Event) -> Option<&str> {
    let is_move = event.kind == EventKind::Move;
    let second = event.what.split(' ').nth(1).filter(|_| is_move)?;
    Some(second).filter(|word| !word.starts_with('('))
}

/// The parties that have most of the events, for the lanes.
fn lanes(events: &[&Event]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for party in events.iter().flat_map(|event| &event.parties) {
        *counts.entry(party).or_default() += 1;
    }
    let mut parties: Vec<(&str, usize)> = counts.into_iter().collect();
    parties.sort_by_key(|(party, count)| (std::cmp::Reverse(*count), *party));
    parties.into_iter().take(LANES).map(|(party, _)| party.to_owned()).collect()
}

/// The events of the stretch of time that holds most of them, which the strip shows too;
/// single far ones would press the rest together, and have years of their own below.
fn main<'a>(events: &[&'a Event], months: &[&StripMonth]) -> Vec<&'a Event> {
    let months: Vec<StripMonth> = months.iter().map(|month| (*month).clone()).collect();
    let Some((first, last)) = pictures::stretch(&months) else { return events.to_vec() };
    let is_in =
        |day: &str| day >= first.as_str() && day.get(..7).unwrap_or(day) <= last.as_str();
    let dates = events.iter().filter(|event| event.date.as_deref().is_some_and(is_in));
    dates.copied().collect()
}

/// Single marks; those of parties without a lane share the last one.
fn drawn(
    room: &Room<'_>,
    asked: &Asked,
    events: &[&Event],
    issues: &Issues<'_>,
) -> Markup {
    let parties = lanes(events);
    let mut names: Vec<String> = parties
        .iter()
        .map(|code| room.names.party(code, asked.language).to_owned())
        .collect();
    let mut has_others = false;
    let mut marks = Vec::new();
    for event in events {
        let Some(when) = event.date.as_deref().and_then(When::parse) else { continue };
        let mut on: Vec<usize> = event
            .parties
            .iter()
            .filter_map(|code| parties.iter().position(|party| party == code))
            .collect();
        if on.is_empty() {
            has_others = true;
            on.push(parties.len());
        }
        let on_issues = match event.kind {
            EventKind::Meeting => issues.around(&event.accounts),
            _ => issue(event).unwrap_or_default().to_owned(),
        };
        marks.push(mark(room, asked, event, when, on, on_issues));
    }
    if has_others {
        names.push(asked.text("timeline.others").to_owned());
    }
    html! { div.scroll tabindex="0" role="region" aria-label=(asked.text("timeline.title")) {
        (pictures::marks(&names, &marks, asked.text("timeline.label"), asked.language))
    } }
}

fn mark(
    room: &Room<'_>,
    asked: &Asked,
    event: &Event,
    when: When,
    lanes: Vec<usize>,
    issues: String,
) -> Mark {
    let act = event.what.split(' ').next().and_then(Act::from_code);
    let is_meeting = event.kind == EventKind::Meeting;
    let place = match event.kind {
        EventKind::Meeting => Place::Meeting(event.id.clone()),
        EventKind::Move => Place::Move(event.id.clone()),
        EventKind::Statement => Place::Statement(event.id.clone()),
    };
    let what = match act {
        Some(act) => asked.language.act(act).to_owned(),
        None => asked.text("meeting").to_owned(),
    };
    let parties = room.names.parties(&event.parties, asked.language);
    let is_held = event.what.starts_with("held");
    Mark {
        when,
        lanes,
        tone: act.map(Tone::of).filter(|_| !is_meeting),
        is_open: if is_meeting {
            !is_held
        } else {
            event.confidence < super::lines::DOUBT
        },
        address: asked.to(&place),
        about: format!("{}: {parties} {what}", when.short(asked.language)),
        data: [
            ("party", event.parties.join(" ")),
            ("issue", issues),
            ("act", act.map(|act| act.code().to_owned()).unwrap_or_default()),
            ("outlet", super::lines::outlets(&event.accounts)),
        ],
    }
}

/// Bars by month or year for the parties of which most is told.
fn summed(
    room: &Room<'_>,
    asked: &Asked,
    filter: &Filter,
    period: Option<&str>,
) -> Shown<Markup> {
    let mut parties: BTreeMap<String, usize> = BTreeMap::new();
    for line in
        room.ledger.standings(&Filter { from: None, to: None, ..filter.clone() })?
    {
        *parties.entry(line.party).or_default() += line.steps.len();
    }
    let mut parties: Vec<(String, usize)> = parties.into_iter().collect();
    parties.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut bars = Vec::new();
    let mut names = Vec::new();
    for (lane, (party, _)) in parties.into_iter().take(LANES).enumerate() {
        let of =
            Filter { party: Some(party.clone()), from: None, to: None, ..filter.clone() };
        names.push(room.names.party(&party, asked.language).to_owned());
        for month in room.ledger.strip(&of)? {
            if period.is_none_or(|period| touches(&month.month, period)) {
                bars.extend(bar(asked, &month, lane));
            }
        }
    }
    Ok(
        html! { div.scroll tabindex="0" role="region" aria-label=(asked.text("timeline.title")) {
            (pictures::bars(&names, &newest(bars), asked.text("timeline.label"), asked.language))
        } },
    )
}

/// The bars of the last ten years; far ones would press the rest together.
fn newest(mut bars: Vec<Bar>) -> Vec<Bar> {
    let last = bars.iter().map(|bar| When::number(bar.when.last)).max().unwrap_or(0);
    bars.retain(|bar| When::number(bar.when.last) > last - 3653);
    bars
}

fn bar(asked: &Asked, month: &StripMonth, lane: usize) -> Option<Bar> {
    let when = When::parse(&month.month)?;
    let mut tones = [0; 3];
    for (code, count) in &month.moves {
        if let Some(tone) = Act::from_code(code).map(Tone::of) {
            tones[tone as usize] += count;
        }
    }
    let meetings = month.meetings.values().sum();
    let about = format!(
        "{}: {}, {}",
        when.short(asked.language),
        asked.language.number("n.moves", tones.iter().sum()),
        asked.language.number("n.meetings", meetings)
    );
    let address = asked.to(&Place::Timeline(Some(month.month.clone())));
    Some(Bar { when, lane, tones, meetings, address, about })
}

/// The form that narrows the page; on a disk the script does it.
fn filters(room: &Room<'_>, asked: &Asked, events: &[&Event]) -> Shown<Markup> {
    let standings = room
        .ledger
        .standings(&Filter { as_of: asked.lens.as_of.clone(), ..Filter::default() })?;
    let mut parties: Vec<&str> =
        standings.iter().map(|line| line.party.as_str()).collect();
    let mut issues: Vec<&str> =
        standings.iter().map(|line| line.issue.as_str()).collect();
    for list in [&mut parties, &mut issues] {
        list.sort_unstable();
        list.dedup();
    }
    let parties: Vec<(&str, &str)> = parties
        .into_iter()
        .map(|code| (code, room.names.party(code, asked.language)))
        .collect();
    let issues: Vec<(&str, &str)> =
        issues.into_iter().map(|id| (id, room.names.issue(id, asked.language))).collect();
    let acts: Vec<(&str, &str)> =
        Act::ALL.iter().map(|act| (act.code(), asked.language.act(*act))).collect();
    let is_file = asked.medium == Medium::Files;
    let outlets: BTreeSet<&str> = events
        .iter()
        .flat_map(|event| &event.accounts)
        .filter_map(|account| account.outlet.as_deref())
        .collect();
    let outlets: Vec<(&str, &str)> =
        outlets.into_iter().map(|name| (name, name)).collect();
    Ok(html! {
        form.filters method="get" hidden[is_file] data-filters[is_file] {
            @if let Some(day) = &asked.lens.as_of { input type="hidden" name="as_of" value=(day); }
            (choice(asked, "party", "filter.party", &parties, asked.lens.party.as_deref()))
            (choice(asked, "issue", "filter.issue", &issues, asked.lens.issue.as_deref()))
            (choice(asked, "act", "filter.act", &acts, asked.lens.act.as_deref()))
            @if is_file {
                (choice(asked, "outlet", "filter.outlet", &outlets, None))
                span.soft role="status" data-shown=(asked.language.with("timeline.shown", &["{0}", "{1}"])) {}
            } @else {
                label for="f-outlet" {
                    (asked.text("filter.outlet")) br;
                    input id="f-outlet" name="outlet" size="12" value=[asked.lens.outlet.as_deref()];
                }
                button { (asked.text("filter.show")) }
                @if (Lens { as_of: None, ..asked.lens.clone() }) != Lens::default() {
                    a href=(asked.to(&asked.place)) { (asked.text("filter.all")) }
                }
            }
        }
    })
}

/// One field of a form that chooses among values.
pub(super) fn choice(
    asked: &Asked,
    key: &str,
    label: &'static str,
    values: &[(&str, &str)],
    chosen: Option<&str>,
) -> Markup {
    let id = format!("f-{key}");
    let is_known =
        chosen.is_none_or(|chosen| values.iter().any(|(value, _)| *value == chosen));
    html! {
        label for=(id) {
            (asked.text(label)) br;
            select id=(id) name=(key) {
                option value="" { (asked.text("filter.any")) }
                @if let (Some(chosen), false) = (chosen, is_known) {
                    option value=(chosen) selected { (chosen) }
                }
                @for (value, name) in values {
                    option value=(value) selected[chosen == Some(*value)] { (name) }
                }
            }
        }
    }
}

fn legend(asked: &Asked) -> Markup {
    let rows = [
        ("asking", "tone.asking"),
        ("conflict", "tone.conflict"),
        ("cooperation", "tone.cooperation"),
        ("held", "legend.held"),
        ("planned", "legend.planned"),
    ];
    html! {
        p.legend {
            @for (class, key) in rows { span { i class={ "key " (class) } {} (asked.text(key)) } " " }
            span { (asked.text("legend.hollow")) }
        }
    }
}

/// The periods one step smaller, with how much is told of each.
fn periods(asked: &Asked, period: Option<&str>, months: &[&StripMonth]) -> Markup {
    let length = match period.map(str::len) {
        None => 4,
        Some(4) => 7,
        _ => return up(asked, period),
    };
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for month in months {
        let Some(name) = month.month.get(..length) else { continue };
        let (moves, meetings) = counts.entry(name).or_default();
        *moves += month.moves.values().sum::<usize>();
        *meetings += month.meetings.values().sum::<usize>();
    }
    html! {
        (up(asked, period))
        ul.periods {
            @for (name, (moves, meetings)) in counts.iter().rev() {
                li {
                    a href=(asked.to(&Place::Timeline(Some((*name).to_owned())))) { (asked.date(Some(name))) }
                    " " span.soft {
                        (asked.language.number("n.moves", *moves)) (asked.text("list.comma"))
                        (asked.language.number("n.meetings", *meetings))
                    }
                }
            }
        }
    }
}

/// The way back to the longer period.
fn up(asked: &Asked, period: Option<&str>) -> Markup {
    let longer = match period.map(str::len) {
        None => return html! {},
        Some(10) => period.and_then(|period| period.get(..7)).map(str::to_owned),
        Some(7) => period.and_then(|period| period.get(..4)).map(str::to_owned),
        Some(_) => None,
    };
    let words = match &longer {
        Some(longer) => asked.date(Some(longer)),
        None => asked.text("timeline.all").to_owned(),
    };
    html! { p.choices { "↑ " (asked.link(&Place::Timeline(longer), &words)) } }
}

/// The lines themselves, with their sentences.
fn told(
    room: &Room<'_>,
    asked: &Asked,
    filter: &Filter,
    period: Option<&str>,
    shown: usize,
    total: usize,
    issues: &Issues<'_>,
) -> Shown<Markup> {
    // Of a long time the lines are in its parts, unless there are only a few.
    if total > MARKS && period.is_none_or(|period| period.len() < 7) {
        return Ok(html! {});
    }
    let most = match asked.medium {
        Medium::Server => LINES,
        // A file cannot be asked for others, and has room for more where it has few marks.
        Medium::Files => LINES + MARKS.saturating_sub(shown) / 4,
    };
    let filter = Filter { limit: Some(most), ..filter.clone() };
    let mut lines: Vec<(Option<String>, Markup)> = Vec::new();
    let meetings = match &filter.act {
        Some(_) => Vec::new(),
        None => room.ledger.meetings(&filter)?,
    };
    for line in meetings {
        let issues = issues.around(&line.accounts);
        lines.push((line.start.clone(), room.meeting_line_on(asked, &line, 1, issues)?));
    }
    for line in room.ledger.moves(&filter)? {
        lines.push((line.date().map(str::to_owned), room.move_line(asked, &line, 1)?));
    }
    // 2022-01-10T16:26 and 2022-01-10 are the same day.
    lines.sort_by_key(|(day, _)| {
        let day = day.as_deref().map(|day| super::frame::day_of(day).to_owned());
        (day.is_none(), day)
    });
    let all = lines.len().max(shown);
    lines.truncate(most);
    Ok(html! {
        h2 { (asked.text("timeline.lines")) }
        @if lines.is_empty() { p.absent { (asked.text("timeline.none")) } }
        ul.lines { @for (_, line) in &lines { (line) } }
        @if all > lines.len() {
            p.more { (asked.text("timeline.more")) }
            @if period.is_some_and(|period| period.len() == 7) { (days(asked, period)) }
        }
    })
}

/// The days of a month, each with its page.
fn days(asked: &Asked, period: Option<&str>) -> Markup {
    let days = period.and_then(pictures::days_of).map(|(first, last)| {
        (When::number(first)..=When::number(last)).map(|day| When::day(day).to_string())
    });
    html! {
        p.days {
            @for day in days.into_iter().flatten() {
                a href=(asked.to(&Place::Timeline(Some(day.clone())))) { (day.get(8..).unwrap_or(&day)) } " "
            }
        }
    }
}
