//! `demarche agenda`: an agenda proposed from a ledger, and what one catches.

use crate::desk::Desk;
use serde_json::Value;
use std::path::Path;

/// The sample articles of the repository in a ledger that was made with no agenda.
fn geneva() -> (Desk, String) {
    let desk = Desk::new();
    let ledger = desk.path("geneva.db").display().to_string();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/geneva");
    let sample = sample.display().to_string();
    desk.run(&["add", &sample, "--ledger", &ledger, "--agenda", "none"])
        .done(&["10 added"]);
    (desk, ledger)
}

/// The issue of every account of a move, as it was read; the list joins accounts.
fn issues(ledger: &str) -> Vec<Option<String>> {
    let file = rusqlite::Connection::open(ledger).expect("a ledger");
    let mut rows = file
        .prepare("SELECT m.issue FROM current c JOIN moves m USING (reading)")
        .expect("the ledger's tables");
    let issues = rows.query_map([], |row| row.get(0)).expect("moves");
    issues.map(|issue| issue.expect("an issue or none")).collect()
}

#[test]
fn draft_of_the_sample_is_used_as_it_stands() {
    let (desk, ledger) = geneva();
    assert!(issues(&ledger).iter().all(Option::is_none), "no agenda, no issue");
    let draft = desk.path("draft.toml").display().to_string();
    desk.run(&["agenda", "draft", "--ledger", &ledger, "--out", &draft]).done(&[
        "draft.toml: ",
        "issues",
        "people proposed",
    ]);
    let text = std::fs::read_to_string(&draft).unwrap();
    for words in ["code = \"RUS\"", "id = \"rus-usa\"", "里亚布科夫", "moves in"] {
        assert!(text.contains(words), "no {words} in {text}");
    }
    desk.run(&["agenda", "check", &draft]).done(&["can be used"]);

    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/geneva");
    let sample = sample.display().to_string();
    let again = desk.path("again.db").display().to_string();
    desk.run(&["add", &sample, "--ledger", &again, "--agenda", &draft])
        .done(&["10 added"]);
    let report =
        desk.json(&["agenda", "check", &draft, "--ledger", &again, "--format", "json"]);
    let given = issues(&again);
    let with_issue = given.iter().flatten().count();
    assert!(with_issue > 0, "the draft gives issues");
    let told =
        report["moves"].as_u64().unwrap() - report["without_issue"].as_u64().unwrap();
    assert_eq!(told, with_issue as u64, "what is told is what reading does: {report}");
    for issue in report["issues"].as_array().unwrap() {
        let id = issue["id"].as_str().unwrap();
        let count = given.iter().flatten().filter(|given| *given == id).count();
        assert_eq!(issue["moves"].as_u64(), Some(count as u64), "{issue}");
    }
}

#[test]
fn draft_is_the_same_whatever_the_order_of_adding() {
    let (desk, ledger) = geneva();
    let turned = desk.path("turned.db").display().to_string();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/geneva");
    let mut files: Vec<_> =
        std::fs::read_dir(&sample).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files.iter().rev() {
        let file = file.display().to_string();
        let arguments = ["add", &file, "--ledger", &turned, "--agenda", "none"];
        assert_eq!(desk.run(&arguments).code, Some(0));
    }
    let draft = |ledger: &str| desk.run(&["agenda", "draft", "--ledger", ledger]).out;
    assert!(draft(&ledger).contains("[[party]]"));
    assert_eq!(draft(&ledger), draft(&turned));
}

#[test]
fn draft_only_of_what_is_asked_for() {
    let (desk, ledger) = geneva();
    let ask = |more: &[&str]| {
        desk.run(&[&["agenda", "draft", "--ledger", &ledger], more].concat())
    };
    let all = ask(&[]).out;
    let some = ask(&["--about", "草案", "北溪"]).out;
    let count = |draft: &str| {
        let words = draft.split_once("moves in ").expect("a count").1;
        words.split(' ').next().unwrap().parse::<usize>().unwrap()
    };
    assert_eq!(count(&all), 10);
    assert!((1..10).contains(&count(&some)), "{some}");
    assert!(some.contains("about 草案, 北溪"), "{some}");
    let issues =
        |draft: &str| draft.split_once("# Issues").map(|(_, rest)| rest.to_owned());
    let traditional = ask(&["--about", "條約"]).out;
    assert_eq!(issues(&ask(&["--about", "条约"]).out), issues(&traditional));
    ask(&["--party", "ISL"]).refused(&["no document", "leave out a filter"]);
    ask(&["--from", "2030"]).refused(&["no document"]);
}

#[test]
fn check_tells_what_is_caught_and_missed() {
    let (desk, ledger) = geneva();
    let agenda = desk.write(
        "own.toml",
        "[[issue]]\nid = \"enlargement\"\nphrases = { zh = [\"北约\", \"东扩\"] }\n\
         [[issue]]\nid = \"alliance\"\nphrases = { zh = [\"北约\"] }\n\
         [[issue]]\nid = \"fisheries\"\nphrases = { zh = [\"捕鱼配额\"] }\n\
         [[person]]\nname = \"Sergei Ryabkov\"\nparty = \"RUS\"\n\
         names = { zh = [\"里亚布科夫\"] }",
    );
    let agenda = agenda.display().to_string();
    let ran = desk.run(&["agenda", "check", &agenda, "--ledger", &ledger]);
    ran.done(&[
        "own.toml can be used",
        "moves get an issue",
        "enlargement: ",
        "fisheries: 0 moves in 0 documents",
        "never near a move: 捕鱼配额",
        "北约: alliance, enlargement; the first in the file wins",
        "Parties that the agenda does not name",
    ]);
    assert!(!ran.out.contains("Ryabkov"), "he is named: {}", ran.out);
    let report =
        desk.json(&["agenda", "check", &agenda, "--ledger", &ledger, "--format", "json"]);
    assert_eq!(report["conflicts"][0]["phrase"], "北约");
    assert_eq!(report["issues"][2]["never"][0], "捕鱼配额");
    assert_eq!(report["issues"][1]["moves"], 0, "the first in the file wins");
    let parties = report["missed_parties"].as_array().unwrap();
    assert!(parties.iter().any(|party| party["name"] == "RUS"), "{report}");
}

#[test]
fn ledger_without_moves_makes_no_draft() {
    let desk = Desk::new();
    let ledger = desk.path("empty.db").display().to_string();
    desk.run(&["agenda", "draft", "--ledger", &ledger]).refused(&["empty.db"]);
    let file = desk.write("weather.txt", "晴\n\n今天天气很好，下午有风。\n");
    let file = file.display().to_string();
    desk.run(&["add", &file, "--ledger", &ledger]).done(&["1 added"]);
    desk.run(&["agenda", "draft", "--ledger", &ledger]).refused(&["tells of a move"]);
}

#[test]
fn kept_agendas_can_be_used() {
    let desk = Desk::new();
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../agendas");
    for name in ["iran-nuclear", "korea", "israel-hamas"] {
        for folder in ["", "drafts"] {
            let file =
                kept.join(folder).join(format!("{name}.toml")).display().to_string();
            desk.run(&["agenda", "check", &file]).done(&["can be used"]);
            let report = desk.json(&["agenda", "check", &file, "--format", "json"]);
            assert_eq!(report["conflicts"], Value::Array(Vec::new()), "{file}");
        }
    }
}
