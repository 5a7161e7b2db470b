//! `demarche explain`: what made each entry.

use crate::desk::Desk;
use serde_json::Value;
use std::path::Path;

fn sample(name: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/geneva");
    root.join(name).display().to_string()
}

fn entries<'a>(page: &'a Value, kind: &str) -> &'a Vec<Value> {
    page[kind].as_array().unwrap()
}

#[test]
fn every_entry_names_what_made_it() {
    let desk = Desk::new();
    let page = desk.json(&["explain", &sample("07-geneva.txt"), "--format", "json"]);
    let read = desk.json(&["read", &sample("07-geneva.txt")]);
    for kind in ["statements", "moves", "meetings"] {
        let told = entries(&page, kind);
        assert!(!told.is_empty(), "no {kind}");
        assert_eq!(told.len(), entries(&read, kind).len(), "{kind}");
        for entry in told {
            let is_made = entries(entry, "made").iter().chain(entries(entry, "models"));
            assert!(is_made.count() > 0, "nothing made {entry}");
        }
    }
    for kind in ["actors", "dates"] {
        assert!(!entries(&page, kind).is_empty(), "no {kind}");
    }
}

#[test]
fn rows_stand_by_their_address_and_models_by_their_features() {
    let desk = Desk::new();
    let page = desk.json(&["explain", &sample("07-geneva.txt"), "--format", "json"]);
    let statements = entries(&page, "statements");
    let rules: Vec<&str> = statements
        .iter()
        .flat_map(|s| entries(s, "made"))
        .flat_map(|made| entries(made, "rules"))
        .filter_map(Value::as_str)
        .collect();
    assert!(rules.iter().any(|rule| rule.starts_with("zh/cues:")), "{rules:?}");
    assert!(rules.iter().any(|rule| rule.starts_with("source:")), "{rules:?}");
    for (kind, model) in [("statements", "cues"), ("moves", "moves"), ("moves", "acts")] {
        let said: Vec<&Value> = entries(&page, kind)
            .iter()
            .flat_map(|entry| entries(entry, "models"))
            .filter(|said| said["model"] == model)
            .collect();
        assert!(!said.is_empty(), "{model} says nothing of {kind}");
        for said in said {
            let probability = said["probability"].as_f64().unwrap();
            assert!((0.0..=1.0).contains(&probability), "{said}");
            let few = entries(said, "for").len() + entries(said, "against").len();
            assert!((1..=8).contains(&few), "{said}");
        }
    }
}

#[test]
fn people_read_it_too_and_in_either_script() {
    let desk = Desk::new();
    desk.run(&["explain", &sample("07-geneva.txt")]).done(&[
        "statements: ",
        "zh/cues:",
        "model cues: yes",
        "model acts: ",
        "zh/triggers:",
        "zh/calendar:",
    ]);
    desk.article("繁.txt", "北約必須給予書面保證");
    desk.run(&["explain", "繁.txt"]).done(&["statements: 1", "zh/cues:", "model cues"]);
}

#[test]
fn only_what_is_sure_enough_is_read() {
    let desk = Desk::new();
    let file = sample("07-geneva.txt");
    for command in ["read", "explain"] {
        let all = desk.json(&[command, &file, "--format", "json"]);
        let sure = ["--min-confidence", "0.6"];
        let sure =
            desk.json(&[&[command, &file, "--format", "json"], &sure[..]].concat());
        for kind in ["statements", "moves", "meetings"] {
            let is_sure = |entry: &&Value| entry["confidence"].as_f64().unwrap() >= 0.6;
            let wanted: Vec<&Value> =
                entries(&all, kind).iter().filter(is_sure).collect();
            let found: Vec<&Value> = entries(&sure, kind).iter().collect();
            let lines = |all: &[&Value]| -> Vec<Value> {
                all.iter().map(|e| e["confidence"].clone()).collect()
            };
            assert_eq!(lines(&found), lines(&wanted), "{command} {kind}");
        }
    }
    desk.run(&["read", &file, "--format", "table", "--min-confidence", "1"]).done(&[
        "statements: none",
        "moves: none",
        "meetings: none",
    ]);
}
