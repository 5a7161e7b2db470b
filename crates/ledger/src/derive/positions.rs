//! What one act tells of where a side stands, and what follows when another comes after.
//!
//! In: the tables `stances`, `changes` and `needs`. Out: the stance of an act, the change
//! from one stance to the next, whether the evidence is enough for it. Refuses to know:
//! who acts, on what, and when.

use super::table::Rules;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Where an act puts a side: `refuses`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stance {
    /// It wants something of the other side.
    Asks,
    /// It will not have what the other side wants.
    Refuses,
    /// It says what will befall the other side.
    Warns,
    /// It does what hurts the other side.
    Acts,
    /// It offers something on a condition.
    AgreesIf,
    /// It consents, offers or promises.
    Agrees,
    /// It gives way in deed.
    Yields,
    /// It no longer wants what it wanted.
    Drops,
}

/// The two lines on which a side can stand at once: what it presses for, what it gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Line {
    /// Demands, refusals, threats, deeds against the other side.
    Pressing,
    /// Offers, consent, steps back.
    Giving,
}

impl Line {
    /// The other one of the two.
    pub fn other(self) -> Line {
        match self {
            Line::Pressing => Line::Giving,
            Line::Giving => Line::Pressing,
        }
    }
}

impl Stance {
    pub fn from_code(code: &str) -> Option<Stance> {
        Some(match code {
            "asks" => Stance::Asks,
            "refuses" => Stance::Refuses,
            "warns" => Stance::Warns,
            "acts" => Stance::Acts,
            "agrees-if" => Stance::AgreesIf,
            "agrees" => Stance::Agrees,
            "yields" => Stance::Yields,
            "drops" => Stance::Drops,
            _ => return None,
        })
    }

    /// The line on which it stands.
    pub fn line(self) -> Line {
        match self {
            Stance::Asks | Stance::Refuses | Stance::Warns | Stance::Acts => {
                Line::Pressing
            }
            Stance::AgreesIf | Stance::Agrees | Stance::Yields | Stance::Drops => {
                Line::Giving
            }
        }
    }
}

/// How a step relates to what the same side did before on the same issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// The first of its kind: it stands beside what stood before, if anything did.
    New,
    /// What stood goes on standing.
    Reaffirmed,
    /// It presses harder, or gives less.
    Hardened,
    /// It presses less, or gives more.
    Softened,
    /// A demand, a threat or a measure is taken back.
    Withdrawn,
    /// The opposite of what stood.
    Reversed,
}

impl Change {
    /// The word that it prints as.
    pub fn code(self) -> &'static str {
        match self {
            Change::New => "new",
            Change::Reaffirmed => "reaffirmed",
            Change::Hardened => "hardened",
            Change::Softened => "softened",
            Change::Withdrawn => "withdrawn",
            Change::Reversed => "reversed",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Change> {
        let all = [
            Change::New,
            Change::Reaffirmed,
            Change::Hardened,
            Change::Softened,
            Change::Withdrawn,
            Change::Reversed,
        ];
        all.into_iter().find(|change| change.code() == code)
    }
}

/// Which stance stands after a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stands {
    /// The one before: what came after says less.
    From,
    /// The new one alone.
    To,
    /// Both, one on either line.
    Both,
}

impl Stands {
    fn from_code(code: &str) -> Option<Stands> {
        match code {
            "from" => Some(Stands::From),
            "to" => Some(Stands::To),
            "both" => Some(Stands::Both),
            _ => None,
        }
    }
}

/// How sure the ledger must be before it tells of a change.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Needs {
    /// One move of which the reader is so sure is enough.
    confidence: f64,
    /// Else so many independent origins are.
    origins: usize,
    /// Each with a move of which the reader is so sure.
    each: f64,
    /// Whether both steps must be directed at one and the same party.
    pub target: bool,
    /// How many days may lie between them: what is longer ago is another story.
    pub days: Option<i64>,
}

impl Needs {
    /// Whether moves, each with its confidence and origin, are enough.
    pub fn are_met<'a>(
        &self,
        moves: impl Iterator<Item = (f64, &'a str)> + Clone,
    ) -> bool {
        let sure = |(confidence, _): (f64, &str)| confidence >= self.confidence;
        if moves.clone().any(sure) {
            return true;
        }
        let origins: std::collections::BTreeSet<&str> = moves
            .filter(|(confidence, _)| *confidence >= self.each)
            .map(|(_, origin)| origin)
            .collect();
        origins.len() >= self.origins
    }
}

/// One row of the table of changes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Transition {
    /// What to call it.
    pub change: Change,
    /// What stands afterwards.
    pub stands: Stands,
    /// What it takes to say so.
    pub needs: Needs,
}

/// The tables, read once.
pub(crate) struct PositionRules {
    stances: Rules,
    changes: BTreeMap<(Option<Stance>, Stance), Transition>,
}

/// The rules of positions.
pub(crate) static RULES: LazyLock<PositionRules> = LazyLock::new(PositionRules::read);

const STANCES: &str = include_str!("../../rules/stances.tsv");
pub(super) const CHANGES: &str = include_str!("../../rules/changes.tsv");
const NEEDS: &str = include_str!("../../rules/needs.tsv");

impl PositionRules {
    fn read() -> PositionRules {
        let number = |text: &str| text.parse::<f64>().ok();
        let mut needs = BTreeMap::new();
        for row in Rules::parse(NEEDS).iter() {
            let one = Needs {
                confidence: row.value("confidence", number),
                origins: row.value("origins", |text| text.parse().ok()),
                each: row.value("each", number),
                target: row.cell("target") == "yes",
                days: row.cell("days").parse().ok(),
            };
            needs.insert(row.cell("needs"), one);
        }
        let mut changes = BTreeMap::new();
        for row in Rules::parse(CHANGES).iter() {
            let from = match row.cell("from") {
                "-" => None,
                _ => Some(row.value("from", Stance::from_code)),
            };
            let transition = Transition {
                change: row.value("change", Change::from_code),
                stands: row.value("stands", Stands::from_code),
                needs: row.value("needs", |name| needs.get(name).copied()),
            };
            changes.insert((from, row.value("to", Stance::from_code)), transition);
        }
        PositionRules { stances: Rules::parse(STANCES), changes }
    }

    /// What an act tells of where a side stands; none where it tells nothing.
    pub fn stance(
        &self,
        act: &str,
        modality: &str,
        is_conditional: bool,
    ) -> Option<Stance> {
        let conditional = if is_conditional { "yes" } else { "no" };
        let row = self.stances.iter().find(|row| {
            row.admits("act", act)
                && row.admits("modality", modality)
                && row.admits("conditional", conditional)
        });
        row.and_then(|row| Stance::from_code(row.cell("stance")))
    }

    /// What follows when a stance comes after another; none where the pair tells nothing.
    pub fn transition(&self, from: Option<Stance>, to: Stance) -> Option<Transition> {
        self.changes.get(&(from, to)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use record::{Act, Modality};

    #[test]
    fn every_act_has_one_row() {
        for act in Act::ALL {
            for modality in Modality::ALL {
                for conditional in ["no", "yes"] {
                    let rows = RULES.stances.iter().filter(|row| {
                        row.admits("act", act.code())
                            && row.admits("modality", modality.code())
                            && row.admits("conditional", conditional)
                    });
                    assert_eq!(rows.count(), 1, "{act} {modality} {conditional}");
                }
            }
        }
        for row in RULES.stances.iter() {
            let stance = row.cell("stance");
            assert!(stance == "none" || Stance::from_code(stance).is_some(), "{stance}");
            assert!(Act::from_code(row.cell("act")).is_some());
        }
    }

    #[test]
    fn every_pair_of_stances_has_a_row() {
        let all = ["asks", "refuses", "warns", "acts", "agrees-if", "agrees", "yields"];
        for to in all.map(|code| Stance::from_code(code).unwrap()) {
            assert!(RULES.transition(None, to).is_some());
            for from in all.map(|code| Stance::from_code(code).unwrap()) {
                assert!(RULES.transition(Some(from), to).is_some(), "{from:?} {to:?}");
            }
        }
    }
}
