//! What is kept so that it need not be derived says the same as what is derived.

use crate::sample::{GENEVA, TAIPEI, Wanted};
use crate::{append, create};
use ledger::{Filter, Ledger, StripMonth};
use std::collections::BTreeMap;

fn filled() -> (tempfile::TempDir, Ledger) {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = create(&folder.path().join("ledger.db"));
    append(&mut ledger, "a.md", &GENEVA);
    append(&mut ledger, "b.md", &Wanted { origin: None, ..TAIPEI });
    (folder, ledger)
}

/// Filters that kept rows answer, and one that they do not.
fn filters() -> [Filter; 4] {
    let text = |text: &str| Some(text.to_owned());
    [
        Filter::default(),
        Filter { party: text("rus"), ..Filter::default() },
        Filter { issue: text("nato-enlargement"), ..Filter::default() },
        Filter { as_of: text("2022-01-11"), ..Filter::default() },
    ]
}

#[test]
fn a_history_is_the_same_kept_or_derived() {
    let (_folder, mut ledger) = filled();
    for filter in filters() {
        let derived = ledger.positions(&filter).unwrap();
        ledger.keep_histories().unwrap();
        assert_eq!(ledger.positions(&filter).unwrap(), derived);
        assert_eq!(derived.len(), 1, "{filter:?}");
    }
    // What is told once more is no step of its own, but one origin more tells it.
    append(
        &mut ledger,
        "c.md",
        &Wanted {
            outlet: "丙报",
            content: "盟国不得再接纳新成员",
            origin: None,
            ..TAIPEI
        },
    );
    let before = ledger.positions(&Filter::default()).unwrap();
    assert_eq!(before[0].history[0].origins, 3);
    ledger.keep_histories().unwrap();
    assert_eq!(ledger.positions(&Filter::default()).unwrap(), before);
}

#[test]
fn standings_are_positions_without_their_evidence() {
    let (_folder, mut ledger) = filled();
    for _ in 0..2 {
        for filter in filters() {
            let lines = ledger.positions(&filter).unwrap();
            let standings = ledger.standings(&filter).unwrap();
            assert_eq!(lines.len(), standings.len());
            for (line, short) in lines.iter().zip(&standings) {
                assert_eq!((&line.party, &line.issue), (&short.party, &short.issue));
                assert_eq!((&line.act, &line.since), (&short.act, &short.since));
                assert_eq!(line.history.len(), short.steps.len());
                assert_eq!(line.history[0].origins, short.origins);
                assert_eq!(line.history[0].date, short.steps[0].date);
                assert_eq!(line.history[0].change, short.change);
            }
        }
        ledger.keep_histories().unwrap();
    }
}

/// The strip as the lists give it.
fn counted(ledger: &Ledger, filter: &Filter) -> Vec<StripMonth> {
    let mut months: BTreeMap<String, StripMonth> = BTreeMap::new();
    let mut of = |day: &str, act: Option<&str>, status: Option<&str>| {
        let month = day[..7].to_owned();
        let strip = months.entry(month.clone()).or_default();
        strip.month = month;
        if let Some(act) = act {
            *strip.moves.entry(act.to_owned()).or_default() += 1;
        }
        if let Some(status) = status {
            *strip.meetings.entry(status.to_owned()).or_default() += 1;
        }
    };
    for line in ledger.moves(filter).unwrap() {
        of(line.date().unwrap(), Some(&line.act), None);
    }
    for line in ledger.meetings(filter).unwrap() {
        of(line.start.as_deref().unwrap(), None, Some(&line.status));
    }
    months.into_values().collect()
}

#[test]
fn months_count_what_the_lists_hold() {
    let (_folder, mut ledger) = filled();
    for _ in 0..2 {
        for filter in filters() {
            let strip = ledger.strip(&filter).unwrap();
            assert_eq!(strip, counted(&ledger, &filter), "{filter:?}");
            assert_eq!(strip.len(), 1);
        }
        ledger.keep_histories().unwrap();
    }
    let nobody = Filter { party: Some("CHE".to_owned()), ..Filter::default() };
    assert_eq!(ledger.strip(&nobody).unwrap(), []);
}

#[test]
fn what_is_kept_is_checked() {
    let (folder, mut ledger) = filled();
    ledger.keep_histories().unwrap();
    assert_eq!(ledger.verify(false, &mut |_, _| ()).unwrap(), []);
    let file = rusqlite::Connection::open(folder.path().join("ledger.db")).unwrap();
    file.execute("UPDATE steps SET origins = origins + 1", []).unwrap();
    file.execute("UPDATE move_counts SET count = count + 1", []).unwrap();
    for change in [
        "UPDATE meeting_joins SET status = 'x'",
        "UPDATE stances SET entry = 'x'",
        "INSERT INTO noted SELECT party, on_day, reading, number, id, issue, published,
           'request', targets, confidence, NULL, NULL, '', '[]' FROM stances LIMIT 1",
    ] {
        assert!(file.execute(change, []).unwrap() > 0, "{change}");
    }
    let faults = ledger.verify(true, &mut |_, _| ()).unwrap();
    let places: Vec<&str> = faults.iter().map(|fault| fault.place.as_str()).collect();
    assert_eq!(places, ["meeting_joins", "stances", "noted", "steps", "move_counts"]);
    assert_eq!(ledger.verify(false, &mut |_, _| ()).unwrap(), []);
}
