//! By what forms are one bearer's.
//!
//! In: the forms of a block. Out: which are joined, and why. Refuses to know: how the
//! result is told. The surest reasons come first; every step asks what the bearers are that
//! the steps before it made, and joins no two that something keeps apart: two rows, two
//! parties, two full names.

use super::form::{Sort, Sound};
use super::identity::{Bearers, Reason};
use super::near::distance;
use std::collections::{BTreeMap, BTreeSet};

/// Full names of one person are this near, family and given name each.
const FULL: f32 = 0.12;
/// Likewise where party or office agree.
const FULL_AND_MORE: f32 = 0.2;
/// A family name alone is this near to that of somebody with the same party and office.
const FAMILY: f32 = 0.2;
/// Given names of those with one party and office and one family name are this near.
const GIVEN_OF_ONE_OFFICE: f32 = 0.45;
/// A family name of so many characters is rarely borne by two.
const RARE: usize = 4;
/// One is plainly meant who stands in so many times the documents of all others.
const PLAINLY_MORE: usize = 10;
/// Given names further apart than this are two people's.
const OTHER_GIVEN: f32 = 0.2;
/// Likewise where documents write one Latin name behind both: 奥莱 and 奥列格 for Oleh.
const OTHER_GIVEN_YET_SPELT_ALIKE: f32 = 0.6;

/// Joins all forms that are one bearer's.
pub(super) fn all(bearers: &mut Bearers) {
    same_bodies(bearers);
    same_rows(bearers);
    same_names(bearers, true);
    other_scripts(bearers);
    full_names(bearers);
    same_names(bearers, false);
    family_names(bearers);
}

/// Bodies of a block have one party and one name.
fn same_bodies(bearers: &mut Bearers) {
    for at in 1..bearers.forms.len() {
        if bearers.sounds[at].sort == Sort::Body && bearers.sounds[0].sort == Sort::Body {
            let name = bearers.sounds[at].frame.to_owned();
            bearers.join(0, at, Reason::SameBody, &name);
        }
    }
}

fn same_rows(bearers: &mut Bearers) {
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    for at in 0..bearers.forms.len() {
        if let Some(row) = bearers.forms[at].known.clone() {
            let with = *first.entry(row.clone()).or_insert(at);
            bearers.join(with, at, Reason::SameRow, &row);
        }
    }
}

/// Forms of one name: full ones, or family names alone.
fn same_names(bearers: &mut Bearers, full: bool) {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for at in 0..bearers.forms.len() {
        let (form, sound) = (bearers.forms[at], &bearers.sounds[at]);
        let is_whole = sound.is_full || sound.sort == Sort::Either;
        if is_whole == full && is_person(sound.sort) {
            groups.entry(form.folded.clone()).or_default().push(at);
        }
    }
    for (name, group) in groups {
        settle(bearers, &group, Reason::SameName, &name);
    }
}

/// Full names behind which documents write one name in another script.
fn other_scripts(bearers: &mut Bearers) {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for at in 0..bearers.forms.len() {
        let form = bearers.forms[at];
        let names: BTreeSet<&String> =
            form.surfaces.iter().chain([&form.folded]).collect();
        for name in names.into_iter().filter(|name| is_full_name(name)) {
            groups.entry(name.clone()).or_default().push(at);
        }
    }
    for (name, group) in groups {
        settle(bearers, &group, Reason::SameOtherScript, &name);
    }
}

/// Whether a surface is a name in full: it has two parts.
fn is_full_name(name: &str) -> bool {
    let parts = name.split([' ', '·']).filter(|part| part.chars().count() >= 2);
    parts.count() >= 2
}

/// Joins the forms of one name: those of one party; those without one to the only party
/// there is, or to the one whose office they share.
fn settle(bearers: &mut Bearers, group: &[usize], reason: Reason, name: &str) {
    let is_latin = !name.chars().any(|c| c > '\u{2fff}');
    let limit = if is_latin { OTHER_GIVEN_YET_SPELT_ALIKE } else { OTHER_GIVEN };
    for (place, &at) in group.iter().enumerate() {
        let near = group[..place].iter().copied().find(|&with| {
            let (a, b) = (bearers.parties(at), bearers.parties(with));
            a == b && !is_apart(bearers, with, at, limit)
        });
        if let Some(with) = near {
            bearers.join(with, at, reason, name);
        }
    }
    for &at in group {
        if !bearers.parties(at).is_empty() {
            continue;
        }
        let others: BTreeSet<usize> = group
            .iter()
            .map(|with| bearers.head(*with))
            .filter(|with| {
                *with != bearers.head(at) && !is_apart(bearers, *with, at, limit)
            })
            .collect();
        let sharing: Vec<usize> = others
            .iter()
            .copied()
            .filter(|with| office(bearers, *with, at).is_some())
            .collect();
        let sound = &bearers.sounds[at];
        let whole = sound.is_full || sound.sort == Sort::Either;
        let short = name.chars().count() < 3 || !whole;
        let only = match (others.len(), sharing.as_slice()) {
            (_, [with]) => Some(*with),
            (1, _) => others
                .first()
                .copied()
                .filter(|with| !short || is_untold(bearers, *with, at)),
            _ => None,
        };
        if let Some(with) = only {
            bearers.join(with, at, reason, name);
        }
    }
}

/// Full names that sound alike, the nearest first.
fn full_names(bearers: &mut Bearers) {
    let full: Vec<usize> = (0..bearers.forms.len())
        .filter(|&at| {
            bearers.sounds[at].sort == Sort::Heard && bearers.sounds[at].is_full
        })
        .collect();
    let mut near: Vec<(u32, usize, usize)> = Vec::new();
    for (place, &at) in full.iter().enumerate() {
        for &with in &full[..place] {
            let (a, b) = (&bearers.sounds[with], &bearers.sounds[at]);
            let family = distance(a.family, b.family);
            let given = given_distance(a, b);
            let (most_family, most_given) = limits(bearers, with, at);
            if family <= most_family && given <= most_given {
                near.push((((family + given) * 1000.0) as u32, with, at));
            }
        }
    }
    near.sort_unstable();
    for (_, with, at) in near {
        let (_, most_given) = limits(bearers, with, at);
        if !is_apart(bearers, with, at, most_given.max(OTHER_GIVEN)) {
            let name = bearers.forms[with].folded.clone();
            bearers.join(with, at, Reason::SoundAlike, &name);
        }
    }
}

/// How far apart family and given names of one person may sound.
fn limits(bearers: &Bearers, a: usize, b: usize) -> (f32, f32) {
    match (has_party_of(bearers, a, b), office(bearers, a, b).is_some()) {
        (true, true) => (FAMILY, GIVEN_OF_ONE_OFFICE),
        (false, false) => (FULL, FULL),
        _ => (FULL_AND_MORE, FULL_AND_MORE),
    }
}

/// Family names alone and those who bear them: spelt the same, then spelt otherwise, then
/// those that no article has in full.
fn family_names(bearers: &mut Bearers) {
    let short: Vec<usize> = (0..bearers.forms.len())
        .filter(|&at| !bearers.sounds[at].is_full && is_person(bearers.sounds[at].sort))
        .collect();
    for &at in &short {
        let bearing = others(bearers, at, |with| is_family_of(bearers, at, with));
        let told = bearing.iter().copied().filter(|with| agree(bearers, *with, at));
        let told: Vec<usize> = told.collect();
        let rare = bearers.forms[at].folded.chars().count() >= RARE;
        let only = the_one(bearers, at, &told);
        let only =
            only.or(bearing.first().copied().filter(|_| rare && bearing.len() == 1));
        if let Some(with) = only {
            let name = bearers.forms[with].folded.clone();
            bearers.join(with, at, Reason::FamilyName, &name);
        }
    }
    for &at in &short {
        let alike = others(bearers, at, |with| is_spelling(bearers, at, with));
        if let Some(with) = the_one(bearers, at, &alike) {
            let name = bearers.forms[with].folded.clone();
            bearers.join(with, at, Reason::FamilyNameSoundsAlike, &name);
        }
    }
    for (place, &at) in short.iter().enumerate() {
        for &with in &short[..place] {
            if is_spelling(bearers, at, with)
                && !is_full(bearers, at)
                && !is_full(bearers, with)
                && !is_apart(bearers, with, at, OTHER_GIVEN)
            {
                let name = bearers.forms[with].folded.clone();
                bearers.join(with, at, Reason::FamilyNameSoundsAlike, &name);
            }
        }
    }
}

/// The bearers of full names, other than a family name's own and not apart from it, one of
/// whose forms fits; none where the family name is somebody's already.
fn others(bearers: &Bearers, at: usize, fits: impl Fn(usize) -> bool) -> Vec<usize> {
    if is_full(bearers, at) {
        return Vec::new();
    }
    let full = (0..bearers.forms.len()).filter(|with| {
        bearers.sounds[*with].is_full
            && fits(*with)
            && !is_apart(bearers, *with, at, OTHER_GIVEN)
    });
    let heads: BTreeSet<usize> = full.map(|with| bearers.head(with)).collect();
    heads.into_iter().collect()
}

/// Of several bearers the one meant: the only one, the only one with the office, or the
/// one with the office that nearly all documents speak of.
fn the_one(bearers: &Bearers, at: usize, of: &[usize]) -> Option<usize> {
    let held: Vec<usize> =
        of.iter().copied().filter(|with| office(bearers, *with, at).is_some()).collect();
    match (of, held.as_slice()) {
        ([with], _) | (_, [with]) => Some(*with),
        _ => {
            let most =
                held.iter().copied().max_by_key(|with| documents(bearers, *with))?;
            let all: usize = held.iter().map(|with| documents(bearers, *with)).sum();
            let rest = all - documents(bearers, most);
            (documents(bearers, most) >= rest * PLAINLY_MORE).then_some(most)
        }
    }
}

fn documents(bearers: &Bearers, at: usize) -> usize {
    bearers.members(at).iter().map(|m| bearers.forms[*m].documents).sum()
}

fn is_full(bearers: &Bearers, at: usize) -> bool {
    bearers.members(at).iter().any(|m| bearers.sounds[*m].is_full)
}

/// Whether a family name alone spells that of a form with the same party and office.
fn is_spelling(bearers: &Bearers, short: usize, with: usize) -> bool {
    let (a, b) = (&bearers.sounds[with], &bearers.sounds[short]);
    // Two that may both be Chinese names are told apart by their characters.
    let foreign = |sort: Sort| matches!(sort, Sort::Heard | Sort::Either);
    foreign(a.sort)
        && foreign(b.sort)
        && (a.sort == Sort::Heard || b.sort == Sort::Heard)
        && distance(a.family, b.family) <= FAMILY
        && has_party_of(bearers, with, short)
        && office(bearers, with, short).is_some()
}

/// Whether a family name alone is that of another form.
fn is_family_of(bearers: &Bearers, short: usize, whole: usize) -> bool {
    let name = bearers.forms[short].folded.as_str();
    let form = bearers.forms[whole];
    let (a, b) = (&bearers.sounds[whole], &bearers.sounds[short]);
    if a.sort == Sort::Written || b.sort == Sort::Written {
        return a.sort == b.sort && a.family == b.family && a.is_full;
    }
    form.surfaces.iter().any(|own| own == name)
        || form.folded.rsplit(['·', ' ']).next() == Some(name)
}

/// Whether something keeps two forms apart: two rows, two parties, two full names.
fn is_apart(bearers: &Bearers, a: usize, b: usize, limit: f32) -> bool {
    let differ = |x: &BTreeSet<&str>, y: &BTreeSet<&str>| {
        !x.is_empty() && !y.is_empty() && x.is_disjoint(y)
    };
    differ(&bearers.rows(a), &bearers.rows(b))
        || differ(&bearers.parties(a), &bearers.parties(b))
        || bearers.members(a).iter().any(|m| {
            bearers.members(b).iter().any(|n| names_differ(bearers, *m, *n, limit))
        })
}

/// Whether two names in full are two people's. 马林 may be a Chinese name in full, and is
/// another's than 马琳, unless one of them is known to be a foreign family name.
fn names_differ(bearers: &Bearers, a: usize, b: usize, limit: f32) -> bool {
    let (x, y) = (&bearers.sounds[a], &bearers.sounds[b]);
    let whole = |at: usize| match bearers.sounds[at].sort {
        Sort::Either => !is_full(bearers, at),
        _ => bearers.sounds[at].is_full,
    };
    match (x.sort, y.sort) {
        (Sort::Heard, Sort::Heard) => {
            x.is_full && y.is_full && given_distance(x, y) > limit
        }
        (Sort::Heard, Sort::Either) | (Sort::Either, Sort::Heard) => false,
        _ => whole(a) && whole(b) && bearers.forms[a].folded != bearers.forms[b].folded,
    }
}

/// How far given names are apart: the first one of a name from the nearest of the other,
/// 塔伊普 from 雷杰普·塔伊普; an initial is near to every name that it begins.
fn given_distance(a: &Sound, b: &Sound) -> f32 {
    let (few, many) = if a.given.len() <= b.given.len() { (a, b) } else { (b, a) };
    let initial = |short: &str, long: &str| short.len() == 1 && long.starts_with(short);
    let Some(x) = few.given.first() else { return 0.0 };
    let apart = many.given.iter().map(|y| {
        match few.is_spelt && initial(x, y) || many.is_spelt && initial(y, x) {
            true => 0.0,
            false => distance(x, y),
        }
    });
    apart.fold(1.0, f32::min)
}

/// Whether two have a party or an office in common.
fn agree(bearers: &Bearers, a: usize, b: usize) -> bool {
    has_party_of(bearers, a, b) || office(bearers, a, b).is_some()
}

fn has_party_of(bearers: &Bearers, a: usize, b: usize) -> bool {
    !bearers.parties(a).is_disjoint(&bearers.parties(b))
}

/// An office that two have in common: one's words end with the other's.
fn office(bearers: &Bearers, a: usize, b: usize) -> Option<String> {
    let (a, b) = (offices(bearers, a), offices(bearers, b));
    let same = |x: &str, y: &str| x.chars().count() >= 2 && y.ends_with(x);
    let mut pairs = a.iter().flat_map(|x| b.iter().map(move |y| (*x, *y)));
    pairs.find(|(x, y)| same(x, y) || same(y, x)).map(|(x, _)| x.to_owned())
}

/// Whether of one of two no office is told.
fn is_untold(bearers: &Bearers, a: usize, b: usize) -> bool {
    offices(bearers, a).is_empty() || offices(bearers, b).is_empty()
}

fn offices<'f>(bearers: &Bearers<'f>, at: usize) -> BTreeSet<&'f str> {
    let members = bearers.members(at).iter();
    members.flat_map(|m| bearers.forms[*m].roles.iter().map(String::as_str)).collect()
}

fn is_person(sort: Sort) -> bool {
    matches!(sort, Sort::Heard | Sort::Written | Sort::Either)
}
