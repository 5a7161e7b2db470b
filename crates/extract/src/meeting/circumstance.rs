//! When, where, how and whether.
//!
//! In: a word of a meeting where it stands, and who meets. Out: its circumstances. Refuses
//! to know: which tellings are of one meeting.

use super::{
    scene::Scene,
    words::{Class, has, words},
};
use crate::{Page, lexicon::Table};
use record::{ActorType, EntityId, Format, Level, Rule, Span, Status, Timex};

/// When a meeting is, as exactly as the words tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct When {
    /// The first day, ISO 8601; a month or a year where no more is told.
    pub from: String,
    /// The last day, where several are told.
    pub until: Option<String>,
}

/// What a word's surroundings show.
pub(super) struct Seen {
    pub when: Option<When>,
    pub place: Option<String>,
    pub format: Option<Format>,
    pub level: Option<Level>,
    pub status: Status,
    pub is_shown: bool,
    pub is_held: bool,
    pub is_dated_here: bool,
    pub is_earlier: bool,
    pub rules: Vec<Rule>,
}

/// Looks around a word.
pub(super) fn see(
    scene: &Scene,
    parties: &[String],
    people: &[EntityId],
    day: Option<When>,
) -> Seen {
    let page = scene.stage.page;
    let timex = timex(scene);
    let mut when = day.or_else(|| timex.and_then(when));
    let status = status(scene, when.as_ref());
    if status == Status::Proposed && !is_to_come(scene, when.as_ref()) {
        // 周五提议会谈: the day of the proposal.
        when = None;
    }
    let mut rules = vec![scene.word.rule.clone()];
    if let Some(timex) = timex {
        rules.extend(timex.evidence.rules.first().cloned());
    }
    let is_held = has(page, scene.clause, &[Class::Hold]);
    let is_act = !matches!(
        scene.word.class,
        Class::LooseTalk | Class::Talk | Class::Summit | Class::Session | Class::Arrive
    );
    let place = place(scene);
    Seen {
        format: format(scene, parties, place.is_some()),
        level: scene.word.level.or_else(|| level(scene, people)),
        is_held,
        // 周三，双方将会谈: a date that is a clause of its own counts too.
        is_dated_here: timex
            .is_some_and(|timex| timex.evidence.span.end + 6 > scene.clause.start),
        is_shown: is_held || when.is_some() || is_act || status != Status::Held,
        is_earlier: has(page, scene.clause, &[Class::Earlier]),
        when,
        place,
        status,
        rules,
    }
}

/// The date that goes with the word: in its clause before it, after it, or in a clause
/// before in the sentence. A date that goes with a cue tells when something was said.
fn timex<'s>(scene: &'s Scene) -> Option<&'s Timex> {
    let dates = |span: Span| {
        scene.stage.timexes.iter().filter(move |timex| {
            timex.is_calendar()
                && span.contains(timex.evidence.span)
                && !tells_saying(scene, timex.evidence.span)
        })
    };
    let before = Span::new(scene.clause.start, scene.span.start);
    let after = Span::new(scene.span.end, scene.clause.end);
    let is_later = has(scene.stage.page, before, &[Class::Later]);
    let from = if is_later { scene.clause.start } else { scene.sentence.start };
    let earlier = Span::new(from, scene.clause.start);
    // 会谈于周二举行; in 会议使人民币在周二攀升 the day is another's.
    let goes_with = |timex: &&Timex| {
        let between = Span::new(scene.span.end, timex.evidence.span.start);
        let rest = Span::new(timex.evidence.span.end, scene.clause.end);
        let page = scene.stage.page;
        crate::statement::gap(page.shadow, between) <= 3
            || has(page, rest, &[Class::Hold])
    };
    dates(before)
        .next_back()
        .or_else(|| dates(after).find(goes_with))
        .or_else(|| dates(earlier).next_back())
}

/// Whether a date goes with a report or a cue before the word: 周一表示, 3日报道.
fn tells_saying(scene: &Scene, date: Span) -> bool {
    let page = scene.stage.page;
    let end = super::tell::clause(scene.stage, scene.sentence, date).end;
    let limit =
        if date.end <= scene.span.start { end.min(scene.span.start) } else { end };
    let rest = Span::new(date.end, limit);
    let rest = if date.end <= scene.span.start {
        // 周五，俄罗斯表示愿意谈判: the cue stands a clause further on.
        Span::new(date.end, scene.span.start)
    } else {
        rest
    };
    let cue = page.hits.within(Table::Cues, rest).iter().any(|hit| {
        hit.span.end <= rest.end && page.lexicon.cues[hit.row as usize].class.is_say()
    });
    cue || crate::timex::is_of_report(page, date)
}

/// The first day and the last; a vague stretch (本周, 5月下旬) is told by its month.
pub(super) fn when(timex: &Timex) -> Option<When> {
    let Some((from, until)) = timex.value.split_once('/') else {
        return Some(When { from: timex.value.clone(), until: None });
    };
    let is_days = timex.evidence.rules.iter().any(|rule| {
        matches!(rule.as_str(), "zh/calendar:至" | "zh/calendar:到" | "zh/calendar:-")
    });
    if is_days {
        return Some(When { from: from.to_owned(), until: Some(until.to_owned()) });
    }
    let month = |day: &str| day.get(..7).map(str::to_owned);
    let year = |day: &str| day.get(..4).map(str::to_owned);
    let from = match (month(from), month(until)) {
        (Some(a), Some(b)) if a == b => a,
        _ if year(from) == year(until) => year(from)?,
        _ => from.to_owned(),
    };
    Some(When { from, until: None })
}

/// How a day, month or year stands to the publication.
fn order(scene: &Scene, when: Option<&When>) -> Option<std::cmp::Ordering> {
    let published = &scene.stage.page.article.published_on.as_ref()?.value;
    let from = &when?.from;
    let exact = from.len().min(published.len()).min(10);
    Some(from.get(..exact)?.cmp(published.get(..exact)?)).filter(|order| {
        // This month tells nothing.
        exact == 10 || order.is_ne()
    })
}

fn is_to_come(scene: &Scene, when: Option<&When>) -> bool {
    match order(scene, when) {
        Some(order) => order.is_gt(),
        None => when.is_some(),
    }
}

/// The days that the clause before the word names one by one.
pub(super) fn days(scene: &Scene) -> Vec<When> {
    let before = Span::new(scene.clause.start, scene.span.start);
    scene
        .stage
        .timexes
        .iter()
        .filter(|timex| timex.is_calendar() && before.contains(timex.evidence.span))
        .filter_map(when)
        .collect()
}

fn status(scene: &Scene, when: Option<&When>) -> Status {
    let page = scene.stage.page;
    let before = Span::new(scene.clause.start, scene.span.start);
    if has(page, before, &[Class::Refuse]) {
        return Status::Refused;
    }
    let after = Span::new(scene.span.end, scene.clause.end);
    let is_passive = after.of(page.shadow).contains(['被', '遭']);
    if is_passive && has(page, after, &[Class::Refuse]) {
        return Status::Refused;
    }
    // 取消周四的会谈, 会谈被取消; not 会面之前推迟了测试.
    let start = before.start.max(floor(page.shadow, scene.span.start, 36));
    let end = ceiling(page.shadow, scene.span.end, 12).min(scene.clause.end);
    let tail = Span::new(scene.span.end, end);
    let is_tail = !tail.of(page.shadow).contains(['前', '后', '期', '时']);
    if has(page, Span::new(start, scene.span.start), &[Class::Cancel])
        || (is_tail && has(page, tail, &[Class::Cancel]))
    {
        return Status::Cancelled;
    }
    let order = order(scene, when);
    if order.is_some_and(std::cmp::Ordering::is_lt) {
        return Status::Held;
    }
    let ahead = order.is_some_and(std::cmp::Ordering::is_gt)
        || crate::timex::is_ahead(page, scene.span);
    let is_arrival = matches!(scene.word.text.as_str(), "抵达" | "飞抵");
    if scene.word.class == Class::Arrive && !is_arrival {
        return Status::Planned;
    }
    // 关于美方要求的会谈已在日内瓦举行: whatever was asked for, it took place.
    let opens = after.of(page.shadow).trim_start_matches(crate::shadow::MARKUP);
    if opens.starts_with('已') && has(page, after, &[Class::Hold]) {
        return Status::Held;
    }
    let is_proposed = has(page, before, &[Class::Propose]);
    if is_proposed && when.is_none() {
        return Status::Proposed;
    }
    if ahead || has(page, before, &[Class::Agree]) {
        return Status::Planned;
    }
    if is_proposed { Status::Proposed } else { Status::Held }
}

/// The character boundary at least `bytes` before `at`.
fn floor(text: &str, at: usize, bytes: usize) -> usize {
    let mut from = at.saturating_sub(bytes);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    from
}

/// The character boundary at most `bytes` after `at`.
fn ceiling(text: &str, at: usize, bytes: usize) -> usize {
    let mut to = (at + bytes).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    to
}

/// Where: a place in the clause, the nearest before the word first.
fn place(scene: &Scene) -> Option<String> {
    let page = scene.stage.page;
    let in_span = |span: Span| {
        scene.stage.mentions.iter().filter(move |mention| {
            span.contains(mention.evidence.span)
                && scene.stage.entities[mention.entity.0 as usize].kind
                    == ActorType::Place
        })
    };
    let before = Span::new(scene.clause.start, scene.span.start);
    let after = Span::new(scene.span.end, scene.clause.end);
    let mention = in_span(before).next_back().or_else(|| in_span(after).next());
    if let Some(mention) = mention {
        return Some(scene.stage.entities[mention.entity.0 as usize].name.clone());
    }
    // 在北京 where the name stands for its government elsewhere.
    page.hits
        .within(Table::Names, scene.clause)
        .iter()
        .filter(|hit| {
            page.shadow[..hit.span.start].ends_with(['在', '于', '达', '访', '问', '往'])
                && !scene.stage.is_in_person(hit.span)
        })
        .find_map(|hit| {
            let name = page.lexicon.names.of_hit(hit.row).0;
            let fits = matches!(name.kind, ActorType::Place)
                || (scene.word.class.is_visit() && name.kind == ActorType::State);
            (fits && hit.span.end <= scene.clause.end).then(|| name.name.clone())
        })
}

fn format(scene: &Scene, parties: &[String], has_place: bool) -> Option<Format> {
    let page = scene.stage.page;
    let told = words(page, scene.clause)
        .iter()
        .filter_map(|(_, word)| word.format)
        .find(|format| matches!(format, Format::Phone | Format::Video));
    if told.is_some() {
        return told;
    }
    let many = parties.iter().any(|party| is_body(party)) || parties.len() > 2;
    if matches!(scene.word.class, Class::Session | Class::Summit) && many {
        return Some(Format::Multilateral);
    }
    if parties.len() > 3 {
        return Some(Format::Multilateral);
    }
    if scene.word.format.is_some() {
        return scene.word.format;
    }
    let is_held = has(page, scene.clause, &[Class::Hold]);
    (has_place || is_held).then_some(Format::InPerson)
}

/// Whether a party is no state: its short name is none of ISO 3166.
pub(super) fn is_body(party: &str) -> bool {
    const OF_THREE: &[&str] =
        &["SCO", "CIS", "ICC", "WTO", "WHO", "IMF", "ECB", "GCC", "G20"];
    party.len() != 3 || OF_THREE.contains(&party)
}

/// The rank of those who meet: by the offices in the clause, else of the people.
fn level(scene: &Scene, people: &[EntityId]) -> Option<Level> {
    let page = scene.stage.page;
    let before = Span::new(scene.clause.start, scene.span.start);
    highest(page, before).or_else(|| {
        people
            .iter()
            .flat_map(|person| scene.stage.entities[person.0 as usize].roles.iter())
            .filter_map(|role| highest(page, role.evidence.span))
            .min()
    })
}

/// The highest rank of the offices in a stretch of text; 副外长 holds no 外长.
fn highest(page: &Page, span: Span) -> Option<Level> {
    let mut done = span.start;
    let mut levels: Vec<Level> = Vec::new();
    for hit in page.hits.within(Table::Titles, span) {
        if hit.span.start < done {
            continue;
        }
        done = hit.span.end;
        levels.extend(match page.lexicon.titles[hit.row as usize].rank.as_str() {
            "leaders" => Some(Level::Leaders),
            "ministers" => Some(Level::Ministers),
            "deputies" => Some(Level::Deputies),
            "officials" => Some(Level::Officials),
            _ => None,
        });
    }
    levels.into_iter().min()
}
