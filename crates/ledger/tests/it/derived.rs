//! What follows from the entries: positions, open items, disputes.

use crate::sample::{GENEVA, TAIPEI, Wanted};
use crate::{append, create};
use ledger::{Change, Filter, Ledger};

fn filled(all: &[&Wanted]) -> (tempfile::TempDir, Ledger) {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = create(&folder.path().join("ledger.db"));
    for (number, wanted) in all.iter().enumerate() {
        append(&mut ledger, &format!("{number}.md"), wanted);
    }
    (folder, ledger)
}

#[test]
fn accounts_of_one_day_are_one_step_with_its_origins() {
    let own = Wanted { origin: None, ..TAIPEI };
    let (_folder, ledger) = filled(&[&GENEVA, &own]);
    let lines = ledger.positions(&Filter::default()).unwrap();
    let [line] = lines.as_slice() else { panic!("{lines:?}") };
    assert_eq!((line.party.as_str(), line.issue.as_str()), ("RUS", "nato-enlargement"));
    assert_eq!((line.act.as_str(), line.since.as_str()), ("REQUEST", "2022-01-10"));
    assert_eq!(line.as_of.as_deref(), Some("2022-01-12"));
    let [step] = line.history.as_slice() else { panic!("{line:?}") };
    assert_eq!((step.change, step.origins, step.accounts.len()), (Change::New, 2, 2));
    let keys: Vec<String> = line.json().as_object().unwrap().keys().cloned().collect();
    assert_eq!(keys, ledger::PositionLine::KEYS);
}

#[test]
fn nothing_published_later_shows_in_a_position() {
    let (_folder, ledger) = filled(&[&GENEVA, &TAIPEI]);
    let as_of = |day: &str| {
        let filter = Filter { as_of: Some(day.to_owned()), ..Filter::default() };
        ledger.positions(&filter).unwrap()
    };
    assert_eq!(as_of("2022-01-09"), []);
    assert_eq!(as_of("2022-01-11")[0].history[0].accounts.len(), 1);
    assert_eq!(as_of("2022-01-12")[0].history[0].accounts.len(), 2);
}

#[test]
fn positions_are_kept_by_party_issue_and_direction() {
    let (_folder, ledger) = filled(&[&GENEVA]);
    let count = |set: fn(&mut Filter)| {
        let mut filter = Filter::default();
        set(&mut filter);
        ledger.positions(&filter).unwrap().len()
    };
    assert_eq!(count(|f| f.party = Some("rus".to_owned())), 1);
    assert_eq!(count(|f| f.party = Some("USA".to_owned())), 0);
    assert_eq!(count(|f| f.issue = Some("nato-enlargement".to_owned())), 1);
    assert_eq!(count(|f| f.issue = Some("crimea".to_owned())), 0);
    assert_eq!(count(|f| f.toward = Some("NATO".to_owned())), 1);
    assert_eq!(count(|f| f.toward = Some("USA".to_owned())), 0);
    assert_eq!(count(|f| f.min_confidence = Some(0.7)), 0);
    assert_eq!(count(|f| f.from = Some("2022-01-11".to_owned())), 0);
    assert_eq!(count(|f| f.to = Some("2022-01-09".to_owned())), 0);
    assert_eq!(count(|f| f.limit = Some(0)), 0);
}
