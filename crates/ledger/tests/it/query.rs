//! What is asked is what was told.

use crate::sample::{self, GENEVA, TAIPEI, Wanted};
use crate::{append, create};
use ledger::{Filter, Ledger};

fn filled() -> (tempfile::TempDir, Ledger) {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = create(&folder.path().join("ledger.db"));
    append(&mut ledger, "geneva.md", &GENEVA);
    append(&mut ledger, "taipei.md", &TAIPEI);
    (folder, ledger)
}

fn filter(set: impl FnOnce(&mut Filter)) -> Filter {
    let mut filter = Filter::default();
    set(&mut filter);
    filter
}

#[test]
fn accounts_point_at_the_bytes_as_captured() {
    let (_folder, ledger) = filled();
    let lines = ledger.statements(&Filter::default()).unwrap();
    assert_eq!(lines.len(), 2);
    for line in lines {
        assert_eq!(line.speaker, "Sergei Ryabkov");
        let account = &line.accounts[0];
        let bytes = ledger.bytes(&account.document).unwrap().unwrap();
        let (start, end) = account.span;
        assert_eq!(std::str::from_utf8(&bytes[start..end]).unwrap(), account.evidence);
    }
}

#[test]
fn every_list_prints_its_keys() {
    let (_folder, ledger) = filled();
    let all = Filter::default();
    let keys = |json: &serde_json::Value| -> Vec<String> {
        json.as_object().unwrap().keys().cloned().collect()
    };
    let document = ledger.documents(&all).unwrap().remove(0).json();
    assert_eq!(keys(&document), ledger::DocumentLine::KEYS);
    let statement = ledger.statements(&all).unwrap().remove(0).json();
    assert_eq!(keys(&statement), ledger::StatementLine::KEYS);
    assert_eq!(statement["accounts"][0]["origin"], "甲报");
    let line = ledger.moves(&all).unwrap().remove(0).json();
    assert_eq!(keys(&line), ledger::MoveLine::KEYS);
    assert_eq!(line["actor"], "RUS");
    assert_eq!(line["conditional"], true);
    let meeting = ledger.meetings(&all).unwrap().remove(0).json();
    assert_eq!(keys(&meeting), ledger::MeetingLine::KEYS);
    assert_eq!(meeting["participants"][0], "Sergei Ryabkov");
    let event = ledger.timeline(&all, true).unwrap().remove(0).json();
    assert_eq!(keys(&event), ledger::Event::KEYS);
    let actor = ledger.actors(None, &all, &sample::fold).unwrap().remove(0).json();
    assert_eq!(keys(&actor), ledger::Actor::KEYS);
    let hit = ledger.search("北约", &all, &sample::fold).unwrap().remove(0).json();
    assert_eq!(keys(&hit), ledger::SearchHit::KEYS);
}

#[test]
fn lineage_says_whose_article_it_is() {
    let (_folder, ledger) = filled();
    let documents = ledger.documents(&Filter::default()).unwrap();
    assert!(documents[0].is_independent());
    assert_eq!(documents[1].origin.as_deref(), Some("甲报"));
    assert_eq!(documents[1].lineage[0].kind, "translation");
    assert!(!documents[1].is_independent());
    assert_eq!(documents[1].script.as_deref(), Some("Hant"));
}

#[test]
fn one_actor_over_both_scripts() {
    let (_folder, ledger) = filled();
    let actors =
        ledger.actors(Some("里亚布科夫"), &Filter::default(), &sample::fold).unwrap();
    assert_eq!(actors.len(), 1);
    assert_eq!(actors[0].names["zh-Hant"], "里亞布科夫");
    assert_eq!(actors[0].surfaces.len(), 2);
    assert_eq!((actors[0].statements, actors[0].moves), (2, 2));
    assert_eq!(actors[0].roles[0].from.as_deref(), Some("2022-01-10"));
    assert_eq!(actors[0].roles[0].to.as_deref(), Some("2022-01-12"));
    let russia =
        ledger.actors(Some("russia"), &Filter::default(), &sample::fold).unwrap();
    assert_eq!((russia[0].statements, russia[0].moves), (0, 2));
}

#[test]
fn filters_keep_what_they_name() {
    let (_folder, ledger) = filled();
    let count = |filter: &Filter| ledger.moves(filter).unwrap().len();
    assert_eq!(count(&filter(|f| f.party = Some("rus".to_owned()))), 2);
    assert_eq!(count(&filter(|f| f.party = Some("NATO".to_owned()))), 0);
    assert_eq!(count(&filter(|f| f.toward = Some("NATO".to_owned()))), 2);
    assert_eq!(count(&filter(|f| f.outlet = Some("甲报".to_owned()))), 1);
    assert_eq!(count(&filter(|f| f.issue = Some("sanctions".to_owned()))), 0);
    assert_eq!(count(&filter(|f| f.from = Some("2022-01-11".to_owned()))), 1);
    assert_eq!(count(&filter(|f| f.from = Some("2022-01".to_owned()))), 2);
    assert_eq!(count(&filter(|f| f.to = Some("2022-01-10".to_owned()))), 1);
    assert_eq!(count(&filter(|f| f.as_of = Some("2022-01-11".to_owned()))), 1);
    assert_eq!(count(&filter(|f| f.min_confidence = Some(0.61))), 0);
    assert_eq!(count(&filter(|f| f.limit = Some(1))), 1);
    let meetings = |filter: &Filter| ledger.meetings(filter).unwrap().len();
    assert_eq!(meetings(&filter(|f| f.party = Some("USA".to_owned()))), 1);
    assert_eq!(meetings(&filter(|f| f.to = Some("2021".to_owned()))), 0);
}

#[test]
fn two_character_words_are_found_in_either_script() {
    let (_folder, ledger) = filled();
    let find =
        |query: &str| ledger.search(query, &Filter::default(), &sample::fold).unwrap();
    let hits = find("北约");
    assert_eq!(hits.len(), 2);
    assert_eq!(hits[0].outlet.as_deref(), Some("乙報"), "the newest comes first");
    assert!(hits[0].snippet.contains("北約"), "the document's own words are shown");
    for hit in &hits {
        let bytes = ledger.bytes(&hit.document).unwrap().unwrap();
        for &(start, end) in &hit.spans {
            assert_eq!(
                sample::fold(std::str::from_utf8(&bytes[start..end]).unwrap()),
                "北约"
            );
        }
        let mark = hit.marks[0];
        assert_eq!(sample::fold(mark.of(&hit.snippet)), "北约");
    }
    assert_eq!(find("东扩").len(), 1);
    assert_eq!(find("会谈 东扩").len(), 1);
    assert_eq!(find("扩").len(), 1);
    assert_eq!(find("谈").len(), 2);
    assert!(find("约不 没有").is_empty());
    assert!(find("\"*").is_empty());
    assert!(find("NEAR(北约)").is_empty(), "a query is words, never an expression");
}

#[test]
fn one_meeting_has_the_accounts_of_both() {
    let (_folder, ledger) = filled();
    let meetings = ledger.meetings(&Filter::default()).unwrap();
    assert_eq!((meetings.len(), meetings[0].accounts.len()), (1, 2));
    let early = ledger.meetings(&filter(|f| f.as_of = Some("2022-01-11".to_owned())));
    assert_eq!(early.unwrap()[0].accounts.len(), 1, "nothing published later shows");
}

#[test]
fn the_same_words_in_a_copy_are_one_move_of_one_origin() {
    let (_folder, mut ledger) = filled();
    let copy =
        Wanted { outlet: "丙网", published: "2022-01-11", title: "又讯", ..GENEVA };
    append(&mut ledger, "copy.md", &copy);
    let moves = ledger.moves(&Filter::default()).unwrap();
    assert_eq!(moves.len(), 2);
    assert_eq!(moves[0].accounts.len(), 2);
    assert_eq!(moves[0].accounts[1].outlet.as_deref(), Some("丙网"));
}

#[test]
fn undated_entries_come_last() {
    let (_folder, mut ledger) = filled();
    append(
        &mut ledger,
        "undated.md",
        &Wanted {
            published: "", title: "无日期", content: "各方应当克制", ..GENEVA
        },
    );
    let lines = ledger.moves(&Filter::default()).unwrap();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[2].date(), None);
}
