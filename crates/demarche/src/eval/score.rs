//! One reading against its annotation, measure by measure.
//!
//! In: two [`Annotation`]s. Out: an [`Outcome`], and the [`Tally`]s of many. Refuses to
//! know: files, and how figures are shown. What each measure counts is the gold's own
//! definition (`score.py` beside it); a test holds the two to the same figures.

use super::alike::{overlap, pair_up, plain, similarity};
use super::annotation::{Actor, Annotation, Deed, Said, Talk};
use std::collections::{BTreeMap, BTreeSet};

/// What is counted, in the order of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// Statements whose content was found.
    Statements,
    /// Those with the right speaker.
    Attribution,
    /// Gold's direct statements that were found.
    Direct,
    /// Those with the right speaker.
    DirectSpeaker,
    /// Gold's indirect and mixed statements that were found.
    Indirect,
    /// Those with the right speaker.
    IndirectSpeaker,
    /// Distinct surfaces.
    Mentions,
    /// Pairs of surfaces that belong to one actor.
    Aliases,
    /// Offices that were found.
    Roles,
    /// Dates with their values.
    Dates,
    /// Meetings by parties and date.
    Meetings,
    /// Those with format and status right.
    MeetingsWhole,
    /// Moves by actor, act and evidence.
    Moves,
    /// Moves whatever the act.
    MovesAnyAct,
}

impl Measure {
    /// Every measure.
    pub const ALL: [Measure; 14] = [
        Measure::Statements,
        Measure::Attribution,
        Measure::Direct,
        Measure::DirectSpeaker,
        Measure::Indirect,
        Measure::IndirectSpeaker,
        Measure::Mentions,
        Measure::Aliases,
        Measure::Roles,
        Measure::Dates,
        Measure::Meetings,
        Measure::MeetingsWhole,
        Measure::Moves,
        Measure::MovesAnyAct,
    ];
    /// The name in tables and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Measure::Statements => "statements",
            Measure::Attribution => "attribution",
            Measure::Direct => "direct",
            Measure::DirectSpeaker => "direct+speaker",
            Measure::Indirect => "indirect",
            Measure::IndirectSpeaker => "indirect+speaker",
            Measure::Mentions => "mentions",
            Measure::Aliases => "aliases",
            Measure::Roles => "roles",
            Measure::Dates => "dates",
            Measure::Meetings => "meetings",
            Measure::MeetingsWhole => "meetings+",
            Measure::Moves => "moves",
            Measure::MovesAnyAct => "moves~",
        }
    }
    /// Whether only recall is counted.
    pub fn is_recall(self) -> bool {
        matches!(
            self,
            Measure::Direct
                | Measure::DirectSpeaker
                | Measure::Indirect
                | Measure::IndirectSpeaker
                | Measure::Roles
        )
    }
}

/// How many were right, of how many in the gold and how many in the reading.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Right ones.
    pub right: usize,
    /// In the gold.
    pub gold: usize,
    /// In the reading; 0 where only recall is counted.
    pub system: usize,
}

impl Tally {
    /// The share of the reading's that are right.
    pub fn precision(self) -> f64 {
        share(self.right as f64, self.system as f64)
    }
    /// The share of the gold's that were found.
    pub fn recall(self) -> f64 {
        share(self.right as f64, self.gold as f64)
    }
    /// The harmonic mean of the two.
    pub fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        share(2.0 * p * r, p + r)
    }
    /// The figure that a floor is set for: F1, or recall where there is no precision.
    pub fn headline(self) -> f64 {
        if self.system > 0 { self.f1() } else { self.recall() }
    }
}

fn share(part: f64, whole: f64) -> f64 {
    if whole == 0.0 { 0.0 } else { part / whole }
}

/// Adds up the outcomes of many documents.
pub fn add_up<'o>(
    outcomes: impl Iterator<Item = &'o Outcome>,
) -> BTreeMap<Measure, Tally> {
    let mut sums: BTreeMap<Measure, Tally> =
        Measure::ALL.iter().map(|&measure| (measure, Tally::default())).collect();
    for (measure, tally) in outcomes.flat_map(|outcome| &outcome.tallies) {
        let sum = sums.entry(*measure).or_default();
        sum.right += tally.right;
        sum.gold += tally.gold;
        sum.system += tally.system;
    }
    sums
}

/// What was right in one reading: pairs are (place in the gold, place in the reading).
#[derive(Debug, Default)]
pub struct Outcome {
    /// The counts.
    pub tallies: BTreeMap<Measure, Tally>,
    /// Statements found.
    pub statements: Vec<(usize, usize)>,
    /// Those of them with the right speaker.
    pub attributed: Vec<(usize, usize)>,
    /// Dates.
    pub dates: Vec<(usize, usize)>,
    /// Meetings.
    pub meetings: Vec<(usize, usize)>,
    /// Moves.
    pub moves: Vec<(usize, usize)>,
}

/// Scores one reading.
pub fn score(gold: &Annotation, system: &Annotation) -> Outcome {
    let mut outcome = Outcome::default();
    score_statements(gold, system, &mut outcome);
    score_names(gold, system, &mut outcome);
    score_dates(gold, system, &mut outcome);
    score_meetings(gold, system, &mut outcome);
    score_moves(gold, system, &mut outcome);
    outcome
}

impl Outcome {
    fn count(&mut self, measure: Measure, right: usize, gold: usize, system: usize) {
        self.tallies.insert(measure, Tally { right, gold, system });
    }
}

fn score_statements(gold: &Annotation, system: &Annotation, outcome: &mut Outcome) {
    let (g, s) = (&gold.statements, &system.statements);
    let names = names_of_speakers(&gold.actors);
    let alike = |i: usize, j: usize| similarity(&g[i].plain, &s[j].plain);
    let found = pair_up(g.len(), s.len(), alike, 0.75);
    let attributed: Vec<(usize, usize)> = found
        .iter()
        .copied()
        .filter(|&(i, j)| same_speaker(&g[i], &s[j], &names))
        .collect();
    outcome.count(Measure::Statements, found.len(), g.len(), s.len());
    outcome.count(Measure::Attribution, attributed.len(), g.len(), s.len());
    let kinds = [
        (true, Measure::Direct, Measure::DirectSpeaker),
        (false, Measure::Indirect, Measure::IndirectSpeaker),
    ];
    for (direct, all, with_speaker) in kinds {
        let is_one = |said: &Said| (said.kind == "direct") == direct;
        let of = g.iter().filter(|said| is_one(said)).count();
        let right = |pairs: &[(usize, usize)]| {
            pairs.iter().filter(|(i, _)| is_one(&g[*i])).count()
        };
        outcome.count(all, right(&found), of, 0);
        outcome.count(with_speaker, right(&attributed), of, 0);
    }
    outcome.statements = found;
    outcome.attributed = attributed;
}

/// Every name and surface of each actor, by the actor's name.
fn names_of_speakers(actors: &[Actor]) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut names: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for actor in actors {
        let all = std::iter::once(&actor.name).chain(&actor.surfaces);
        let all = all.map(String::as_str).filter(|name| !name.is_empty());
        names.insert(&actor.name, all.collect());
    }
    names
}

/// Whether the reading names the gold's speaker by any name; a bare pronoun names nobody.
fn same_speaker(g: &Said, s: &Said, names: &BTreeMap<&str, BTreeSet<&str>>) -> bool {
    let speaker = g.speaker.as_deref().unwrap_or("");
    let mut want: BTreeSet<String> = BTreeSet::new();
    for part in std::iter::once(speaker).chain(speaker.split(';')) {
        let part = plain(part);
        let others = names.get(part.as_str()).into_iter().flatten();
        want.extend(others.map(|&name| name.to_owned()));
        want.insert(part);
    }
    let own = plain(g.surface.as_deref().unwrap_or(""));
    if own.chars().count() > 1 {
        want.insert(own);
    }
    [&s.speaker, &s.surface].into_iter().flatten().any(|name| {
        let name = plain(name);
        !matches!(name.as_str(), "" | "他" | "她" | "他们") && want.contains(&name)
    })
}

fn score_names(gold: &Annotation, system: &Annotation, outcome: &mut Outcome) {
    let (g, s) = (surfaces(&gold.actors), surfaces(&system.actors));
    let right = g.intersection(&s).count();
    outcome.count(Measure::Mentions, right, g.len(), s.len());
    let (g, s) = (surface_pairs(&gold.actors), surface_pairs(&system.actors));
    let right = g.intersection(&s).count();
    outcome.count(Measure::Aliases, right, g.len(), s.len());
    let g: BTreeSet<&String> =
        gold.actors.iter().filter_map(|a| a.role.as_ref()).collect();
    let s = system.actors.iter().flat_map(|a| a.role.iter().chain(&a.roles));
    let s: BTreeSet<&String> = s.collect();
    let right = g.iter().filter(|want| s.iter().any(|have| same_role(want, have)));
    outcome.count(Measure::Roles, right.count(), g.len(), 0);
}

/// One holds the other whole, and what was read is no less than half of the gold's.
fn same_role(gold: &str, system: &str) -> bool {
    let (g, s): (Vec<char>, Vec<char>) =
        (gold.chars().collect(), system.chars().collect());
    overlap(&g, &s) == 1.0 && s.len() * 2 >= g.len()
}

fn surfaces(actors: &[Actor]) -> BTreeSet<&str> {
    let named = actors.iter().filter(|actor| !actor.is_outlet);
    named
        .flat_map(|actor| &actor.surfaces)
        .map(String::as_str)
        .filter(|surface| !surface.is_empty())
        .collect()
}

fn surface_pairs(actors: &[Actor]) -> BTreeSet<(&str, &str)> {
    let mut pairs = BTreeSet::new();
    for actor in actors {
        let own: Vec<&str> = surfaces(std::slice::from_ref(actor)).into_iter().collect();
        for (at, &one) in own.iter().enumerate() {
            pairs.extend(own[at + 1..].iter().map(|&other| (one, other)));
        }
    }
    pairs
}

fn score_dates(gold: &Annotation, system: &Annotation, outcome: &mut Outcome) {
    let (g, s) = (&gold.dates, &system.dates);
    let same = |i: usize, j: usize| {
        if g[i].value != s[j].value {
            return 0.0;
        }
        overlap(&g[i].plain, &s[j].plain)
    };
    outcome.dates = pair_up(g.len(), s.len(), same, 0.5);
    outcome.count(Measure::Dates, outcome.dates.len(), g.len(), s.len());
}

fn score_meetings(gold: &Annotation, system: &Annotation, outcome: &mut Outcome) {
    let (g, s) = (&gold.meetings, &system.meetings);
    let same = |i: usize, j: usize| same_meeting(&g[i], &s[j]);
    let found = pair_up(g.len(), s.len(), same, 0.5);
    let whole = found
        .iter()
        .filter(|&&(i, j)| g[i].format == s[j].format && g[i].status == s[j].status);
    outcome.count(Measure::MeetingsWhole, whole.count(), g.len(), s.len());
    outcome.count(Measure::Meetings, found.len(), g.len(), s.len());
    outcome.meetings = found;
}

fn same_meeting(g: &Talk, s: &Talk) -> f64 {
    let parties =
        |talk: &Talk| -> BTreeSet<String> { talk.parties.iter().cloned().collect() };
    if same_date(g.date.as_deref(), s.date.as_deref()) {
        jaccard(&parties(g), &parties(s))
    } else {
        0.0
    }
}

/// Equal, or one less exact than the other and within it.
fn same_date(a: Option<&str>, b: Option<&str>) -> bool {
    match (a.unwrap_or(""), b.unwrap_or("")) {
        ("", "") => true,
        ("", _) | (_, "") => false,
        (a, b) => a.starts_with(b) || b.starts_with(a),
    }
}

fn score_moves(gold: &Annotation, system: &Annotation, outcome: &mut Outcome) {
    let (g, s) = (&gold.moves, &system.moves);
    let any_act = |i: usize, j: usize| same_deed(&g[i], &s[j]);
    let same = |i: usize, j: usize| {
        if g[i].act == s[j].act { any_act(i, j) } else { 0.0 }
    };
    let found = pair_up(g.len(), s.len(), same, 0.5);
    outcome.count(Measure::Moves, found.len(), g.len(), s.len());
    let any = pair_up(g.len(), s.len(), any_act, 0.5).len();
    outcome.count(Measure::MovesAnyAct, any, g.len(), s.len());
    outcome.moves = found;
}

fn same_deed(g: &Deed, s: &Deed) -> f64 {
    // "JPN;KOR" against "JPN" is half, and enough.
    let parties = |deed: &Deed| -> BTreeSet<String> {
        deed.actor.as_deref().unwrap_or("").split(';').map(str::to_owned).collect()
    };
    if jaccard(&parties(g), &parties(s)) >= 0.5 {
        overlap(&g.plain, &s.plain)
    } else {
        0.0
    }
}

fn jaccard(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    share(a.intersection(b).count() as f64, a.union(b).count() as f64)
}
