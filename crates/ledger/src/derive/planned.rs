//! Talks to come: whether an account tells that they were held.
//!
//! In: what is told of meetings. Out: each planned one with a day, and which account
//! closes it. Refuses to know: where meetings are kept, today's date.

use super::open::OpenStatus;
use super::table::Rules;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// What one account tells of a meeting.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Talk {
    /// Who meets.
    pub parties: BTreeSet<String>,
    /// The first day, or the month where no more is known.
    pub start: Option<String>,
    /// What became of it by this account.
    pub status: String,
    /// Who sits there: leaders, ministers …; `unknown` where that is not told.
    pub level: String,
    /// When the account was published.
    pub published: Option<String>,
    /// How sure the reader was.
    pub confidence: f64,
    /// The words that tell it best.
    pub words: String,
}

/// Words that tell of a meeting that is over, or is not agreed: the table `held`.
static HELD: LazyLock<Rules> =
    LazyLock::new(|| Rules::parse(include_str!("../../rules/held.tsv")));

/// The level of a meeting of which nobody tells it.
const UNKNOWN: &str = "unknown";

/// How sure the reader must be of a meeting to come, and of one that closes it.
const LEAST: (f64, f64) = (0.6, 0.4);

/// The planned meetings, each as the numbers of the accounts that plan it, surest first.
/// Accounts of the same parties and day are one; what is planned for a day before its own
/// publication is read wrongly and left out.
pub(crate) fn planned(talks: &[Talk]) -> Vec<Vec<usize>> {
    let mut alike: BTreeMap<(&str, &BTreeSet<String>), Vec<usize>> = BTreeMap::new();
    for (number, talk) in talks.iter().enumerate() {
        let Some((start, published)) =
            talk.start.as_deref().zip(talk.published.as_deref())
        else {
            continue;
        };
        let is_to_come = format!("{start}~").as_str() > published;
        let is_sure = talk.confidence >= LEAST.0 && talk.parties.len() > 1;
        let is_over = HELD.iter().any(|row| talk.words.contains(row.cell("word")));
        if talk.status == "planned" && is_to_come && is_sure && !is_over {
            alike.entry((start, &talk.parties)).or_default().push(number);
        }
    }
    let mut all: Vec<Vec<usize>> = alike.into_values().collect();
    for one in &mut all {
        one.sort_by(|a, b| {
            talks[*b].confidence.total_cmp(&talks[*a].confidence).then(a.cmp(b))
        });
    }
    all
}

/// The account that closes a planned meeting, and what it makes of it: one of the same
/// parties, and perhaps more, on the day or the day next to it; of several the one whose
/// date is known best, then the first.
///
/// What was over before the plan was told is another meeting, and so may be one of which
/// no more than the year is known where the plan has a day or a month, or one at another
/// level; where the plan has no more than a year, the level must be known to be the same.
pub(crate) fn closing(plan: &Talk, talks: &[Talk]) -> Option<(OpenStatus, usize)> {
    let start = plan.start.as_deref()?;
    let told = plan.published.as_deref().unwrap_or_default();
    let told = told.get(..10).unwrap_or(told);
    let is_level = |level: &str| {
        level == plan.level && (start.len() > 4 || level != UNKNOWN)
            || start.len() > 4 && (level == UNKNOWN || plan.level == UNKNOWN)
    };
    let fits = |talk: &Talk| {
        talk.confidence >= LEAST.1
            && plan.parties.is_subset(&talk.parties)
            && is_level(&talk.level)
            && talk.start.as_deref().is_some_and(|other| {
                is_near(start, other)
                    && (other.len() > 4 || start.len() <= 4)
                    && format!("{other}~").as_str() > told
            })
    };
    let find = |statuses: &[&str]| {
        let fitting = talks
            .iter()
            .enumerate()
            .filter(|(_, talk)| statuses.contains(&talk.status.as_str()) && fits(talk));
        let known =
            |talk: &Talk| talk.start.as_deref().map_or(0, |date| date.len().min(10));
        fitting
            .min_by_key(|(number, talk)| (Reverse(known(talk)), *number))
            .map(|(number, _)| number)
    };
    let held = find(&["held"]).map(|number| (OpenStatus::Met, number));
    held.or_else(|| {
        find(&["cancelled", "refused"]).map(|number| (OpenStatus::Lapsed, number))
    })
}

/// Whether two dates are the same as far as both are known, or neighbouring days.
fn is_near(a: &str, b: &str) -> bool {
    match (day(a), day(b)) {
        (Some(a), Some(b)) => (a - b).abs() <= 1,
        _ => a.starts_with(b) || b.starts_with(a),
    }
}

/// The number of a day, counted from 1 March of the year 0; none of a month or a year.
pub(super) fn day(date: &str) -> Option<i64> {
    let part =
        |range| date.get(range).and_then(|digits: &str| digits.parse::<i64>().ok());
    let (year, month, day) = (part(0..4)?, part(5..7)?, part(8..10)?);
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    Some(365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn talk(status: &str, start: &str, parties: &[&str]) -> Talk {
        Talk {
            parties: parties.iter().map(|party| (*party).to_owned()).collect(),
            start: Some(start.to_owned()),
            status: status.to_owned(),
            level: "ministers".to_owned(),
            published: Some("2022-02-27".to_owned()),
            confidence: 0.8,
            words: "两国部长将举行会谈".to_owned(),
        }
    }

    #[test]
    fn days_are_counted_over_the_end_of_february() {
        assert!(is_near("2022-02-28", "2022-03-01"));
        assert!(!is_near("2024-02-28", "2024-03-01"));
        assert!(is_near("2021-12-31", "2022-01-01"));
        assert!(is_near("2022-03", "2022-03-09"));
        assert!(!is_near("2022-03-07", "2022-03-09"));
    }

    #[test]
    fn two_accounts_of_one_plan_are_one_and_a_held_meeting_meets_it() {
        let talks = [
            talk("planned", "2022-02-28", &["RUS", "UKR"]),
            talk("planned", "2022-02-28", &["UKR", "RUS"]),
            talk("held", "2022-03-01", &["BLR", "RUS", "UKR"]),
        ];
        assert_eq!(planned(&talks), [[0, 1]]);
        assert_eq!(closing(&talks[0], &talks), Some((OpenStatus::Met, 2)));
        assert_eq!(closing(&talks[2], &talks[..2]), None);
        let cancelled = talk("cancelled", "2022-02-28", &["RUS", "UKR"]);
        assert_eq!(closing(&talks[0], &[cancelled]), Some((OpenStatus::Lapsed, 0)));
    }

    #[test]
    fn what_closes_a_plan_is_no_vaguer_and_not_over_before_it_was_told() {
        let sides = ["RUS", "USA"];
        let plan = talk("planned", "2022-03-10", &sides);
        let year = talk("held", "2022", &sides);
        let month = talk("held", "2022-03", &sides);
        let day = talk("held", "2022-03-10", &sides);
        assert_eq!(closing(&plan, std::slice::from_ref(&year)), None);
        assert_eq!(closing(&plan, &[year, month, day]), Some((OpenStatus::Met, 2)));
        // Told on 27 February: what was held in January is not the meeting of this year.
        let plan = talk("planned", "2022", &sides);
        let before = talk("held", "2022-01-10", &sides);
        let after = talk("held", "2022-05-10", &sides);
        let mut leaders = talk("held", "2022-04-10", &sides);
        leaders.level = "leaders".to_owned();
        assert_eq!(closing(&plan, &[before, leaders, after]), Some((OpenStatus::Met, 2)));
    }

    #[test]
    fn what_is_planned_for_the_past_is_left_out() {
        assert!(planned(&[talk("planned", "2022-02-26", &["RUS", "UKR"])]).is_empty());
        assert_eq!(planned(&[talk("planned", "2022-02", &["RUS", "UKR"])]).len(), 1);
    }

    #[test]
    fn every_word_of_a_meeting_that_is_over_is_told_by_its_example() {
        for row in HELD.iter() {
            let mut over = talk("planned", "2022-02-28", &["RUS", "UKR"]);
            assert_eq!(planned(std::slice::from_ref(&over)).len(), 1);
            over.words = row.cell("example").to_owned();
            assert!(planned(&[over]).is_empty(), "{}", row.cell("word"));
        }
    }
}
