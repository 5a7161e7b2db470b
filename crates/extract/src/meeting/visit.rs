//! Visits: who goes to whom.
//!
//! In: a word of going or visiting where it stands. Out: a telling for each one visited.
//! Refuses to know: which tellings are of one meeting.

use super::{
    circumstance::When,
    party::{Side, add, parties},
    scene::Scene,
    tell::{Telling, people},
    words::Class,
};
use crate::{lexicon::Table, shadow::MARKUP};
use record::{ActorType, Span};

/// One meeting for each one visited.
pub(super) fn visits(scene: &Scene) -> Vec<Telling> {
    let before = Span::new(scene.clause.start, scene.span.start);
    let mut visitors = scene.stage.participants(before, scene.span);
    let hosts = hosts(scene, &mut visitors);
    if visitors.is_empty() {
        visitors.extend(scene.subject(&hosts));
    }
    let people = people(&visitors);
    let Some(visitor) = visitors.iter().rev().find(|side| side.person.is_some()).cloned()
    else {
        return Vec::new();
    };
    let mut seen: Vec<String> = Vec::new();
    for host in &hosts {
        if host.party != visitor.party {
            add(&mut seen, &host.party);
        }
    }
    let tell = |(at, host): (usize, &String)| {
        let mut list = parties(&visitors);
        list.retain(|party| party != host);
        list.push(host.clone());
        let told = scene.telling(list, people.clone(), false, None);
        // Of several hosts only the first is seen on the first day.
        match (&told.when, at) {
            (Some(when), 1..) if when.until.is_some() => {
                let month = when.from.get(..7).unwrap_or(&when.from).to_owned();
                Telling { when: Some(When { from: month, until: None }), ..told }
            }
            _ => told,
        }
    };
    seen.iter().enumerate().map(tell).collect()
}

/// Those visited; named before the word in 对法国进行国事访问, and taken from the visitors.
fn hosts(scene: &Scene, visitors: &mut Vec<Side>) -> Vec<Side> {
    match scene.word.class {
        Class::VisitLetter | Class::ArriveLetter => letter_host(scene),
        Class::VisitTo => {
            // 对法国进行国事访问.
            let (to, from): (Vec<Side>, Vec<Side>) = std::mem::take(visitors)
                .into_iter()
                .partition(|side| is_after_toward(scene, side.phrase));
            *visitors = from;
            to
        }
        _ => {
            let mut hosts = scene.after();
            if hosts.is_empty() {
                // 对以色列进行了短暂访问.
                let first =
                    visitors.iter().find(|side| is_after_toward(scene, side.phrase));
                let from = first.map_or(scene.span.start, |side| side.phrase.start);
                hosts = visitors
                    .iter()
                    .filter(|side| side.phrase.start >= from)
                    .cloned()
                    .collect();
                visitors.retain(|side| side.phrase.start < from);
            }
            hosts
        }
    }
}

fn is_after_toward(scene: &Scene, phrase: Span) -> bool {
    scene.stage.page.shadow[..phrase.start]
        .trim_end_matches([' ', MARKUP])
        .ends_with('对')
}

/// The state in 访美.
fn letter_host(scene: &Scene) -> Vec<Side> {
    let first = scene.stage.page.shadow[scene.span.start..].chars().next();
    let start = scene.span.start + first.map_or(0, char::len_utf8);
    let letter = Span::new(start, scene.span.end);
    let names = &scene.stage.page.lexicon.names;
    let hits = scene.stage.page.hits.within(Table::Names, letter);
    let state = hits.iter().filter(|hit| hit.span == letter).find_map(|hit| {
        let name = names.of_hit(hit.row).0;
        name.party.clone().filter(|_| name.kind == ActorType::State)
    });
    state
        .map(|party| Side { party, person: None, phrase: letter, is_place: false })
        .into_iter()
        .collect()
}
