//! The history of one side on one issue: its steps, and what each changes.
//!
//! In: what is told of the moves of one party on one issue. Out: steps in order of time,
//! each with its change and the step that it is compared with. Refuses to know: the
//! tables' content, where the words stand.
//!
//! What is told of one day and act is one step. A step is compared with what stood before
//! its day towards the same parties: with the side's last step on the same line (pressing
//! or giving), else with that on the other. A step too weak to carry its change is left
//! out and what stood goes on standing; so is a change that needs to be sure on a day that
//! says the old stance too, for a day that says both says nothing.

use super::planned::day as day_of;
use super::positions::{Change, Line, PositionRules, Stance, Stands, Transition};
use std::collections::{BTreeMap, BTreeSet};

/// What one account tells of one act of the side on the issue.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Told {
    /// The day, or the month or year where no more is known.
    pub date: String,
    /// The PLOVER type.
    pub act: String,
    /// How real it is told to be.
    pub modality: String,
    /// Whether it hangs on something.
    pub is_conditional: bool,
    /// Towards whom.
    pub targets: Vec<String>,
    /// How sure the reader was.
    pub confidence: f64,
    /// Whom the document has it from.
    pub origin: String,
    /// Whether the side itself or the narration tells it; what another side says of it is
    /// an accusation, or hearsay, and no step.
    pub is_own: bool,
    /// The move's id.
    pub id: String,
}

/// One step of a history.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Step {
    /// The day.
    pub date: String,
    /// The PLOVER type.
    pub act: String,
    /// Whether it hangs on something.
    pub is_conditional: bool,
    /// What it changes.
    pub change: Change,
    /// Since when the side has stood so.
    pub since: String,
    /// Towards whom, in order of name.
    pub targets: Vec<String>,
    /// The numbers of what tells it, the surest first; never empty.
    pub told: Vec<usize>,
    /// How many independent origins tell it.
    pub origins: usize,
    /// The number of the step that it is compared with.
    pub compared: Option<usize>,
    stance: Stance,
    /// Whether it falls short of what it is compared with, which goes on standing.
    says_less: bool,
    /// Whether what it is compared with, on the other line, no longer stands.
    ends: bool,
}

/// The steps of one side on one issue, and which of them stands.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct History {
    /// In order of time.
    pub steps: Vec<Step>,
    /// The number of the step that says where the side stands; a step of `steps`.
    pub standing: usize,
}

/// The steps that stand on the two lines.
#[derive(Debug, Clone, Copy, Default)]
struct Standing {
    pressing: Option<usize>,
    giving: Option<usize>,
}

impl Standing {
    fn of(self, line: Line) -> Option<usize> {
        match line {
            Line::Pressing => self.pressing,
            Line::Giving => self.giving,
        }
    }

    fn set(&mut self, line: Line, step: Option<usize>) {
        match line {
            Line::Pressing => self.pressing = step,
            Line::Giving => self.giving = step,
        }
    }
}

/// What stands, towards each party; under the empty name what is directed at nobody.
#[derive(Default)]
struct Stood {
    towards: BTreeMap<String, Standing>,
    overall: Standing,
}

/// A step that is not weighed yet.
struct Proposed {
    act: String,
    stance: Stance,
    targets: BTreeSet<String>,
    told: Vec<usize>,
    origins: usize,
}

/// The history that what is told makes, none where no step is left.
pub(crate) fn history(rules: &PositionRules, told: &[Told]) -> Option<History> {
    let mut days: BTreeMap<&str, BTreeMap<(Stance, &str), Vec<usize>>> = BTreeMap::new();
    for (number, one) in told.iter().enumerate().filter(|(_, one)| one.is_own) {
        let stance = rules.stance(&one.act, &one.modality, one.is_conditional);
        if let Some(stance) = stance {
            let day = days.entry(&one.date).or_default();
            day.entry((stance, &one.act)).or_default().push(number);
        }
    }
    let mut steps: Vec<Step> = Vec::new();
    let mut stood = Stood::default();
    for (date, groups) in days {
        let mut day: Vec<Proposed> = groups
            .into_iter()
            .map(|((stance, act), numbers)| proposed(told, stance, act, numbers))
            .collect();
        // The best told step of a day comes last and says where the side stands.
        day.sort_by(|a, b| weight(told, a).total_cmp(&weight(told, b)));
        let first = steps.len();
        for step in &day {
            let Some((transition, from)) =
                weigh(rules, told, &steps, &stood, step, (date, &day))
            else {
                continue;
            };
            steps.push(made(told, &steps, date, step, transition, from));
        }
        for (number, step) in steps.iter().enumerate().skip(first) {
            stood.apply(number, step);
        }
    }
    let last = steps.last()?;
    let standing = stood.overall.of(last.stance.line()).unwrap_or(steps.len() - 1);
    Some(History { steps, standing })
}

fn proposed(
    told: &[Told],
    stance: Stance,
    act: &str,
    mut numbers: Vec<usize>,
) -> Proposed {
    numbers.sort_by(|a, b| {
        let (a, b) = (&told[*a], &told[*b]);
        b.confidence.total_cmp(&a.confidence).then_with(|| a.id.cmp(&b.id))
    });
    let origins: BTreeSet<&str> =
        numbers.iter().map(|number| told[*number].origin.as_str()).collect();
    Proposed {
        act: act.to_owned(),
        stance,
        targets: numbers
            .iter()
            .flat_map(|number| told[*number].targets.clone())
            .collect(),
        origins: origins.len(),
        told: numbers,
    }
}

fn weight(told: &[Told], step: &Proposed) -> f64 {
    step.origins as f64 + told[step.told[0]].confidence
}

/// What a step changes and against which step, if the evidence is enough to say so.
fn weigh(
    rules: &PositionRules,
    told: &[Told],
    steps: &[Step],
    stood: &Stood,
    step: &Proposed,
    (date, day): (&str, &[Proposed]),
) -> Option<(Transition, Option<usize>)> {
    let from = stood.before(steps, step);
    let transition =
        rules.transition(from.map(|from| steps[from].stance), step.stance)?;
    let needs = transition.needs;
    let moves = step.told.iter().map(|number| &told[*number]);
    if !needs.are_met(moves.map(|one| (one.confidence, one.origin.as_str()))) {
        return None;
    }
    if let (Some(from), Some(most)) = (from.map(|from| &steps[from]), needs.days) {
        let apart = || Some(day_of(date)? - day_of(&from.date)?);
        if apart().is_some_and(|apart| apart > most) {
            return None;
        }
    }
    if let Some(from) = from.map(|from| &steps[from]).filter(|_| needs.target) {
        let is_shared = from.targets.iter().any(|target| step.targets.contains(target));
        let says_both = day.iter().any(|other| {
            other.stance != step.stance
                && other.stance.line() == from.stance.line()
                && from.stance <= other.stance
        });
        if !is_shared || says_both {
            return None;
        }
    }
    Some((transition, from))
}

fn made(
    told: &[Told],
    steps: &[Step],
    date: &str,
    step: &Proposed,
    transition: Transition,
    from: Option<usize>,
) -> Step {
    let since = match from.map(|from| &steps[from]) {
        Some(from)
            if transition.change == Change::Reaffirmed && from.stance == step.stance =>
        {
            from.since.clone()
        }
        _ => date.to_owned(),
    };
    let crosses =
        from.is_some_and(|from| steps[from].stance.line() != step.stance.line());
    Step {
        date: date.to_owned(),
        act: step.act.clone(),
        is_conditional: step.told.iter().all(|number| told[*number].is_conditional),
        change: transition.change,
        since,
        targets: step.targets.iter().cloned().collect(),
        told: step.told.clone(),
        origins: step.origins,
        compared: from,
        stance: step.stance,
        says_less: transition.stands == Stands::From,
        ends: crosses && transition.stands == Stands::To,
    }
}

impl Stood {
    /// The step that stood before towards the same parties: on the same line if there is
    /// one, else on the other.
    fn before(&self, steps: &[Step], step: &Proposed) -> Option<usize> {
        let standing: Vec<Standing> = match step.targets.is_empty() {
            true => vec![self.overall],
            false => {
                let nobody = std::iter::once("");
                let keys = step.targets.iter().map(String::as_str).chain(nobody);
                keys.filter_map(|key| self.towards.get(key)).copied().collect()
            }
        };
        let latest = |line| {
            let on = standing.iter().filter_map(|one| one.of(line));
            on.max_by_key(|number| (&steps[*number].date, *number))
        };
        let line = step.stance.line();
        latest(line).or_else(|| latest(line.other()))
    }

    fn apply(&mut self, number: usize, step: &Step) {
        let mut keys: Vec<&str> = step.targets.iter().map(String::as_str).collect();
        if keys.is_empty() {
            keys.push("");
        }
        for key in keys {
            self.towards.entry(key.to_owned()).or_default().apply(number, step);
        }
        self.overall.apply(number, step);
        if step.ends {
            let line = step.stance.line().other();
            let all = self.towards.values_mut().chain([&mut self.overall]);
            for one in all.filter(|one| one.of(line) == step.compared) {
                one.set(line, None);
            }
        }
    }
}

impl Standing {
    fn apply(&mut self, number: usize, step: &Step) {
        let line = step.stance.line();
        let says_less = step.says_less && self.of(line).is_some();
        // What is no longer wanted leaves nothing standing.
        if !says_less && step.stance != Stance::Drops {
            self.set(line, Some(number));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::positions::{CHANGES, RULES};
    use crate::derive::table::Rules;

    /// What is told on a day, surely, of an act towards NATO.
    fn told(day: u8, act: &str) -> Told {
        Told {
            date: format!("2022-01-{day:02}"),
            act: act.to_owned(),
            modality: "actual".to_owned(),
            is_conditional: false,
            targets: vec!["NATO".to_owned()],
            confidence: 0.9,
            origin: "甲报".to_owned(),
            is_own: true,
            id: format!("{act} {day}"),
        }
    }

    /// An act that shows a stance.
    fn shows(day: u8, stance: &str) -> Told {
        let act = match stance {
            "asks" | "drops" => "REQUEST",
            "refuses" => "REJECT",
            "warns" => "THREATEN",
            "acts" => "SANCTION",
            "agrees" | "agrees-if" => "AGREE",
            _ => "CONCEDE",
        };
        let mut one = told(day, act);
        one.is_conditional = stance == "agrees-if";
        if stance == "drops" {
            one.modality = "negated".to_owned();
        }
        one
    }

    fn changes(told: &[Told]) -> Vec<&'static str> {
        let history = history(&RULES, told);
        history.into_iter().flat_map(|h| h.steps).map(|s| s.change.code()).collect()
    }

    #[test]
    fn every_change_follows_from_its_row() {
        for row in Rules::parse(CHANGES).iter() {
            let (from, to) = (row.cell("from"), row.cell("to"));
            let mut all: Vec<Told> = Vec::new();
            if from != "-" {
                all.push(shows(1, from));
            }
            all.push(shows(2, to));
            let made = history(&RULES, &all).unwrap();
            let last = made.steps.last().unwrap();
            assert_eq!(last.change.code(), row.cell("change"), "{from} {to}");
            assert_eq!(last.compared.is_some(), from != "-", "{from} {to}");
            let stands = made.steps[made.standing].stance;
            let wanted = if row.cell("stands") == "from" { from } else { to };
            assert_eq!(Some(stands), Stance::from_code(wanted), "{from} {to}");
        }
    }

    #[test]
    fn a_weak_move_does_not_flip_a_position() {
        let mut consent = told(2, "AGREE");
        consent.confidence = 0.7;
        let refusal = told(1, "REJECT");
        let all = [refusal.clone(), consent.clone(), told(3, "REJECT")];
        assert_eq!(changes(&all), ["new", "reaffirmed"]);
        // Two origins that tell it are enough, two reprints of one are not.
        let mut second = consent.clone();
        second.id = "second".to_owned();
        let reprint = [refusal.clone(), consent.clone(), second.clone()];
        assert_eq!(changes(&reprint), ["new"]);
        second.origin = "乙报".to_owned();
        assert_eq!(changes(&[refusal, consent, second]), ["new", "reversed"]);
    }

    #[test]
    fn what_was_refused_years_ago_is_another_story() {
        let mut refusal = told(1, "REJECT");
        refusal.date = "2020-12-01".to_owned();
        assert_eq!(changes(&[refusal.clone(), told(2, "AGREE")]), ["new"]);
        refusal.date = "2021-12-01".to_owned();
        assert_eq!(changes(&[refusal, told(2, "AGREE")]), ["new", "reversed"]);
    }

    #[test]
    fn consent_given_to_an_ally_reverses_nothing() {
        let mut consent = told(2, "AGREE");
        consent.targets = vec!["BLR".to_owned()];
        assert_eq!(changes(&[told(1, "REJECT"), consent]), ["new", "new"]);
        let mut consent = told(2, "AGREE");
        consent.targets = Vec::new();
        assert_eq!(changes(&[told(1, "REJECT"), consent]), ["new"]);
    }

    #[test]
    fn a_day_that_says_both_says_nothing_new() {
        let all = [told(1, "REJECT"), told(2, "AGREE"), told(2, "REJECT")];
        assert_eq!(changes(&all), ["new", "reaffirmed"]);
    }

    #[test]
    fn a_threat_stands_while_the_demand_is_repeated() {
        let all = [told(1, "REQUEST"), told(2, "THREATEN"), told(3, "REQUEST")];
        let made = history(&RULES, &all).unwrap();
        let stands = &made.steps[made.standing];
        assert_eq!(
            (stands.act.as_str(), stands.since.as_str()),
            ("THREATEN", "2022-01-02")
        );
        assert_eq!(made.steps[2].compared, Some(1));
    }

    #[test]
    fn what_stands_keeps_its_first_day() {
        let all = [told(1, "REJECT"), told(4, "REJECT"), told(9, "REJECT")];
        let made = history(&RULES, &all).unwrap();
        assert_eq!(made.steps[made.standing].since, "2022-01-01");
    }

    #[test]
    fn what_the_other_side_tells_is_no_step_and_one_day_is_one_step() {
        let mut accused = told(1, "MOBILIZE");
        accused.is_own = false;
        assert_eq!(history(&RULES, &[accused.clone()]), None);
        let mut other = told(1, "REQUEST");
        other.origin = "乙报".to_owned();
        other.id = "other".to_owned();
        let all = [accused, told(1, "REQUEST"), other, told(1, "REQUEST")];
        let made = history(&RULES, &all).unwrap();
        assert_eq!(made.steps.len(), 1);
        assert_eq!((made.steps[0].told.len(), made.steps[0].origins), (3, 2));
    }
}
