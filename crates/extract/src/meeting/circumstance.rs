//! When, where, how and whether.
//!
//! In: a word of a meeting where it stands, and who meets. Out: its circumstances. Refuses
//! to know: which tellings are of one meeting.

use super::{
    tell::Scene,
    words::{Class, has, words},
};
use crate::lexicon::Table;
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
    pub is_earlier: bool,
    pub rules: Vec<Rule>,
}

/// Looks around a word.
pub(super) fn see(scene: &Scene, parties: &[String], people: &[EntityId]) -> Seen {
    let page = scene.stage.page;
    let timex = timex(scene);
    let when = timex.and_then(when);
    let status = status(scene, when.as_ref());
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
    let earlier = Span::new(scene.sentence.start, scene.clause.start);
    dates(before).last().or_else(|| dates(after).next()).or_else(|| dates(earlier).last())
}

/// Whether a date goes with a report or a cue before the word: 周一表示, 3日报道.
fn tells_saying(scene: &Scene, date: Span) -> bool {
    let page = scene.stage.page;
    let end = super::tell::clause(scene.stage, scene.sentence, date).end;
    let limit = if date.end <= scene.span.start { end.min(scene.span.start) } else { end };
    let rest = Span::new(date.end, limit);
    let cue = page.hits.within(Table::Cues, rest).iter().any(|hit| {
        hit.span.end <= rest.end && page.lexicon.cues[hit.row as usize].class.is_say()
    });
    cue || crate::timex::is_of_report(page, date)
}

/// The first day and the last; a vague stretch (本周, 5月下旬) is told by its month.
fn when(timex: &Timex) -> Option<When> {
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

fn status(scene: &Scene, when: Option<&When>) -> Status {
    let page = scene.stage.page;
    let before = Span::new(scene.clause.start, scene.span.start);
    if has(page, before, &[Class::Refuse]) {
        return Status::Refused;
    }
    if has(page, scene.clause, &[Class::Cancel]) {
        return Status::Cancelled;
    }
    let published = page.article.published_on.as_ref().map(|p| p.value.as_str());
    let day = |text: &str| text.get(..10).map(str::to_owned);
    let order = match (when.and_then(|w| day(&w.from)), published.and_then(day)) {
        (Some(when), Some(published)) => Some(when.cmp(&published)),
        _ => None,
    };
    if order.is_some_and(std::cmp::Ordering::is_lt) {
        return Status::Held;
    }
    let ahead = order.is_some_and(std::cmp::Ordering::is_gt)
        || crate::timex::is_ahead(page, scene.span);
    let is_proposed = has(page, before, &[Class::Propose]);
    if is_proposed && when.is_none() {
        return Status::Proposed;
    }
    if ahead || has(page, before, &[Class::Agree]) {
        return Status::Planned;
    }
    if is_proposed { Status::Proposed } else { Status::Held }
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
    let mention = in_span(before).last().or_else(|| in_span(after).next());
    if let Some(mention) = mention {
        return Some(scene.stage.entities[mention.entity.0 as usize].name.clone());
    }
    // 在北京 where the name stands for its government elsewhere.
    page.hits
        .within(Table::Names, scene.clause)
        .iter()
        .filter(|hit| {
            page.shadow[..hit.span.start].ends_with(['在', '于', '达', '访', '问', '往'])
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
    let is_organisation = |party: &String| party.len() != 3 || is_body(party);
    let many = parties.iter().any(is_organisation) || parties.len() > 2;
    if matches!(scene.word.class, Class::Session | Class::Summit) && many {
        return Some(Format::Multilateral);
    }
    if parties.len() > 3 {
        return Some(Format::Multilateral);
    }
    if scene.word.format.is_some() {
        return scene.word.format;
    }
    let is_met = matches!(scene.word.class, Class::Talk | Class::Summit | Class::Session);
    (has_place || is_met).then_some(Format::InPerson)
}

/// Organisations whose short names have three letters like a state's.
fn is_body(party: &str) -> bool {
    matches!(party, "SCO" | "CIS" | "ICC" | "WTO" | "WHO" | "IMF" | "ECB" | "GCC" | "EAU")
}

/// The rank of those who meet: by the offices in the clause, else of the people.
fn level(scene: &Scene, people: &[EntityId]) -> Option<Level> {
    let page = scene.stage.page;
    let rank = |row: u32| match page.lexicon.titles[row as usize].rank.as_str() {
        "leaders" => Some(Level::Leaders),
        "ministers" => Some(Level::Ministers),
        "deputies" => Some(Level::Deputies),
        "officials" => Some(Level::Officials),
        _ => None,
    };
    let before = Span::new(scene.clause.start, scene.span.start);
    let named = page
        .hits
        .within(Table::Titles, before)
        .iter()
        .filter_map(|hit| rank(hit.row))
        .min();
    named.or_else(|| {
        let roles = people.iter().flat_map(|person| {
            scene.stage.entities[person.0 as usize].roles.iter()
        });
        roles
            .flat_map(|role| page.hits.within(Table::Titles, role.evidence.span))
            .filter_map(|hit| rank(hit.row))
            .min()
    })
}
