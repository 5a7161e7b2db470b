//! `demarche brief`: a folder or a ledger in, a briefing out.

use crate::desk::{Desk, Ran};
use std::path::Path;

/// Runs with a cache folder of the test's own.
fn brief(desk: &Desk, arguments: &[&str]) -> Ran {
    let mut all = vec!["brief"];
    all.extend(arguments);
    let cache = desk.path("cache");
    desk.ran(desk.command(&all).env("XDG_CACHE_HOME", cache))
}

fn sample() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/geneva");
    root.display().to_string()
}

#[test]
fn sample_becomes_a_briefing() {
    let desk = Desk::new();
    let ran = brief(&desk, &[&sample()]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.starts_with("# Briefing: geneva\n"), "{}", ran.out);
    for section in [
        "## Meetings",
        "## Where the parties stand",
        "## Open items",
        "by issue",
        "## By date",
        "## Who said",
        "## Documents",
    ] {
        assert!(ran.out.contains(section), "no {section} in {}", ran.out);
    }
    assert!(ran.out.contains("10 documents by"), "{}", ran.out);
    // Known now, the documents are not read again, and nothing else is said of them.
    assert_eq!(brief(&desk, &[&sample()]).out, ran.out);
}

#[test]
fn only_what_is_sure_enough_is_briefed() {
    let desk = Desk::new();
    let lines = |arguments: &[&str]| brief(&desk, arguments).out.lines().count();
    let all = lines(&[&sample()]);
    let sure = lines(&[&sample(), "--min-confidence", "0.99"]);
    assert!(sure < all, "{sure} lines of {all}");
}

#[test]
fn page_is_written_where_it_is_wanted() {
    let desk = Desk::new();
    let page = desk.path("geneva.html").display().to_string();
    let ran = brief(&desk, &[&sample(), "--out", &page, "--language", "zh"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{ran:?}");
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("lang=\"zh-Hans\""));
    assert!(page.contains("<svg") && !page.contains("<script"));
}

#[test]
fn paper_is_written_as_its_file_is_called() {
    let desk = Desk::new();
    let paper = desk.path("geneva.docx").display().to_string();
    let ran = brief(&desk, &[&sample(), "--out", &paper]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{ran:?}");
    assert!(std::fs::read(paper).unwrap().starts_with(b"PK"));
    let none = ["--out", "geneva.pdf", "--font", "no/such.ttf"];
    let ran = brief(&desk, &[&[sample().as_str()], &none[..]].concat());
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.err.contains("no/such.ttf"), "{ran:?}");
}

#[test]
fn folder_is_left_as_it_was() {
    let desk = Desk::new();
    desk.article("talks/one.txt", "头一篇");
    brief(&desk, &["talks"]);
    let names: Vec<_> = std::fs::read_dir(desk.path("talks"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names, ["one.txt"]);
}

#[test]
fn only_what_the_folder_holds_now_is_told() {
    let desk = Desk::new();
    desk.article("talks/one.txt", "头一篇");
    let two = desk.article("talks/two.txt", "第二篇");
    assert!(brief(&desk, &["talks"]).out.contains("two.txt"));
    std::fs::remove_file(two).unwrap();
    let ran = brief(&desk, &["talks"]);
    assert!(ran.out.contains("one.txt") && !ran.out.contains("two.txt"), "{}", ran.out);
}

#[test]
fn unread_documents_are_named() {
    let desk = Desk::new();
    desk.article("talks/one.txt", "头一篇");
    desk.write("talks/picture.png", [0x89, b'P', b'N', b'G', 0, 0, 1, 2]);
    let ran = brief(&desk, &["talks"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.contains("1 document not read"), "{}", ran.out);
    assert!(ran.out.contains("picture.png"), "{}", ran.out);
}

#[test]
fn empty_folder_gives_no_briefing() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("talks")).unwrap();
    let ran = brief(&desk, &["talks"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.out.contains("nothing to brief"), "{}", ran.out);
    brief(&desk, &["nowhere"]).refused(&["nowhere"]);
}

#[test]
fn ledger_is_briefed_like_its_folder() {
    let desk = Desk::new();
    let ledger = desk.path("talks.db").display().to_string();
    desk.run(&["add", &sample(), "--ledger", &ledger]);
    let ran = brief(&desk, &[&ledger]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.starts_with("# Briefing: talks\n"), "{}", ran.out);
    let lines = |text: &str| -> Vec<String> {
        let body = text.split("## Documents").next().unwrap().lines().skip(1);
        body.map(str::to_owned).collect()
    };
    assert_eq!(lines(&ran.out), lines(&brief(&desk, &[&sample()]).out));
}

/// A row as it is printed, without what a better reader may change.
fn row(mut row: serde_json::Value) -> serde_json::Value {
    row["confidence"].take();
    row
}

#[test]
fn readme_shows_what_is_printed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let shown = readme.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    let shown = row(serde_json::from_str(shown).unwrap());
    let desk = Desk::new();
    let article = root.join("examples/geneva/07-geneva.txt");
    desk.run(&["add", &article.display().to_string()]);
    let rows = desk.json(&["moves", "--issue", "troop-buildup", "--format", "json"]);
    let rows: Vec<_> = rows.as_array().unwrap().iter().cloned().map(row).collect();
    assert!(rows.contains(&shown), "{shown} is not among {rows:#?}");
}
