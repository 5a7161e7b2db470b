//! What `demarche export` writes, where, and what it refuses.
//!
//! What the files hold is read back by their real readers in `tests/readers`.

use crate::desk::Desk;
use std::fs;
use std::process::Stdio;

/// Every form with a file, and how it is asked for.
const FORMS: [(&str, &[&str]); 8] = [
    ("moves.csv", &["csv", "--what", "moves"]),
    ("moves.jsonl", &["jsonl", "--what", "moves"]),
    ("accounts.parquet", &["parquet", "--what", "accounts"]),
    ("meetings.graphml", &["graphml", "--what", "meetings"]),
    ("talks.ics", &["ical", "--language", "zh"]),
    ("timeline.json", &["timelinejs"]),
    ("changes.atom", &["atom", "--since", "2022-01-01"]),
    ("talks.dna", &["dna"]),
];

fn articles(desk: &Desk) {
    desk.article("甲.txt", "北约不应东扩");
    desk.article("乙.txt", "北約必須給予書面保證");
}

#[test]
fn the_order_of_adding_does_not_show_in_any_form() {
    let desk = Desk::new();
    articles(&desk);
    desk.run(&["add", "甲.txt", "乙.txt", "--ledger", "one.db"]).done(&["2 added"]);
    desk.run(&["add", "乙.txt", "甲.txt", "--ledger", "two.db"]).done(&["2 added"]);
    for (name, form) in FORMS {
        let written = |ledger: &str| {
            let out = format!("{ledger}.{name}");
            let place = ["--ledger", ledger, "--out", &out];
            let arguments = [&["export"], form, &place].concat();
            desk.run(&arguments).done(&[]);
            fs::read(desk.path(&out)).unwrap()
        };
        let one = written("one.db");
        assert!(one.len() > 200, "{name} has {} bytes", one.len());
        assert_eq!(one, written("two.db"), "{name}");
    }
    for folder in ["one", "two"] {
        let ledger = format!("{folder}.db");
        let place = ["export", "parquet", "--ledger", &ledger, "--out", folder];
        desk.run(&place).done(&[]);
    }
    let files = fs::read_dir(desk.path("one")).unwrap();
    let names: Vec<_> = files.map(|file| file.unwrap().file_name()).collect();
    assert_eq!(names.len(), 10, "{names:?}");
    for name in names {
        let read = |folder: &str| fs::read(desk.path(folder).join(&name)).unwrap();
        assert_eq!(read("one"), read("two"), "{name:?}");
    }
}

#[test]
fn what_is_refused_leaves_nothing_behind() {
    let desk = Desk::new();
    articles(&desk);
    desk.run(&["export", "csv", "--out", "lists"]).refused(&["demarche.db"]);
    desk.run(&["add", "甲.txt"]).done(&["1 added"]);
    desk.run(&["export", "csv"]).refused(&["--out", "--what"]);
    desk.run(&["export", "csv", "--what", "news"]).refused(&["news", "statements"]);
    desk.run(&["export", "graphml", "--what", "news"]).refused(&["news", "speakers"]);
    desk.run(&["export", "ical", "--what", "moves"]).refused(&["--what"]);
    desk.run(&["export", "ical", "--since", "2022-01-01"]).refused(&["--since"]);
    desk.run(&["export", "atom"]).refused(&["--since"]);
    desk.run(&["export", "dna"]).refused(&["--out"]);
    desk.run(&["export", "dna", "--out", "no/such.dna"]).refused(&["no/such.dna"]);
    desk.run(&["export", "ical", "--out", "no/such.ics"]).refused(&["no/such.ics"]);
    desk.write("lists", "a file in the folder's place");
    desk.run(&["export", "csv", "--out", "lists"]).refused(&["lists"]);
    desk.run(&["export", "ical", "--agenda", "no.toml"]).refused(&["no.toml"]);
    let left = fs::read_dir(desk.path("")).unwrap();
    let mut left: Vec<String> =
        left.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    left.retain(|name| !name.starts_with("demarche.db"));
    left.sort();
    assert_eq!(left, ["lists", "乙.txt", "甲.txt"]);
}

#[test]
fn a_ledger_of_nothing_is_still_exported() {
    let desk = Desk::new();
    articles(&desk);
    desk.run(&["add", "甲.txt"]).done(&["1 added"]);
    for (name, form) in FORMS {
        let none = ["--outlet", "nobody", "--out", name];
        desk.run(&[&["export"], form, &none].concat()).done(&[]);
        assert!(fs::metadata(desk.path(name)).is_ok(), "{name}");
    }
    let header = fs::read_to_string(desk.path("moves.csv")).unwrap();
    assert_eq!(header.lines().count(), 1, "{header}");
}

#[test]
fn a_reader_of_an_export_may_hang_up() {
    let desk = Desk::new();
    for n in 0..60 {
        desk.article(&format!("all/{n}.txt"), &format!("第{n}篇：北约不应东扩"));
    }
    desk.run(&["add", "all"]).done(&["60 added"]);
    for (_, form) in FORMS.iter().filter(|(name, _)| *name != "talks.dna") {
        let mut child = desk
            .command(&[&["export"], *form].concat())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success() && said.is_empty(), "{form:?}: {said}");
    }
}
