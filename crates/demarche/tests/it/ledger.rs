//! The ledger from the command line: the same in any order, safe from what befalls it.

use crate::desk::{Desk, article};
use std::process::Stdio;
use std::time::{Duration, Instant};

const WORDS: [&str; 6] = [
    "北约不应东扩",
    "北约必须后撤",
    "制裁没有用处",
    "会谈有益",
    "双方同意继续对话",
    "俄方拒绝让步",
];

#[test]
fn any_order_gives_the_same_ledger_and_adding_twice_changes_nothing() {
    let desk = Desk::new();
    let names: Vec<String> = (0..WORDS.len()).map(|n| format!("{n}.txt")).collect();
    for (name, words) in names.iter().zip(WORDS) {
        desk.article(name, words);
    }
    let add = |ledger: &str, names: Vec<&str>| {
        let mut arguments = vec!["add", "--ledger", ledger];
        arguments.extend(names);
        desk.run(&arguments)
    };
    let forward: Vec<&str> = names.iter().map(String::as_str).collect();
    add("a.db", forward.clone()).done(&["6 added"]);
    let (first, last) = forward.split_at(2);
    add("b.db", last.iter().rev().copied().collect()).done(&["4 added"]);
    add("b.db", first.iter().rev().copied().collect()).done(&["2 added"]);
    let once = desk.lists(&desk.path("a.db"));
    assert_eq!(once, desk.lists(&desk.path("b.db")));
    add("a.db", forward).done(&["0 added", "6 already known"]);
    assert_eq!(once, desk.lists(&desk.path("a.db")));
}

#[test]
fn a_ledger_that_is_none_or_is_newer() {
    let desk = Desk::new();
    desk.article("a.txt", "北约不应东扩");
    desk.write("notes.txt", "these are notes and no ledger at all");
    let before = std::fs::read(desk.path("notes.txt")).unwrap();
    for command in [&["add", "a.txt"][..], &["moves"], &["search", "北约"]] {
        let arguments = [command, &["--ledger", "notes.txt"]].concat();
        desk.run(&arguments).refused(&["notes.txt", "is no ledger", "--ledger FILE"]);
    }
    assert_eq!(std::fs::read(desk.path("notes.txt")).unwrap(), before);
    desk.run(&["moves"]).refused(&["there is no ledger", "demarche add"]);
    desk.run(&["add", "a.txt", "--ledger", "no/such/folder/x.db"]).refused(&["x.db"]);
    desk.run(&["add", "a.txt"]).done(&["1 added"]);
    let file = rusqlite::Connection::open(desk.path("demarche.db")).unwrap();
    file.pragma_update(None, "user_version", 99).unwrap();
    drop(file);
    desk.run(&["add", "a.txt"]).refused(&["later version", "was not touched"]);
    desk.run(&["moves"]).refused(&["later version", "was not touched"]);
}

#[test]
fn the_ledger_is_found_in_the_environment() {
    let desk = Desk::new();
    desk.article("a.txt", "北约不应东扩");
    let named = desk.command(&["add", "a.txt"]).env("DEMARCHE_LEDGER", "x.db").output();
    assert!(named.unwrap().status.success());
    assert!(desk.path("x.db").exists() && !desk.path("demarche.db").exists());
}

#[test]
fn two_writers_at_once() {
    let desk = Desk::new();
    for (n, words) in WORDS.iter().enumerate() {
        desk.article(&format!("{}/{n}.txt", n % 2), words);
    }
    let add = |folder| {
        let mut command = desk.command(&["add", folder, "--wait", "60"]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    for child in [add("0"), add("1")] {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{output:?}");
    }
    assert_eq!(
        desk.json(&["documents", "--format", "json"]).as_array().unwrap().len(),
        6
    );
}

#[test]
fn a_writer_that_does_not_let_go() {
    let desk = Desk::new();
    desk.article("a.txt", "北约不应东扩");
    desk.article("b.txt", "北约必须后撤");
    desk.run(&["add", "a.txt"]).done(&["1 added"]);
    let file = rusqlite::Connection::open(desk.path("demarche.db")).unwrap();
    file.execute_batch("BEGIN IMMEDIATE").unwrap();
    desk.run(&["add", "b.txt", "--wait", "0"]).refused(&["another program is writing"]);
    desk.run(&["documents"]).done(&["a.txt"]);
    file.execute_batch("ROLLBACK").unwrap();
    desk.run(&["add", "b.txt"]).done(&["1 added"]);
}

#[test]
fn killed_in_the_middle_and_begun_again() {
    let desk = Desk::new();
    let count = 1500;
    for n in 0..count {
        desk.article(&format!("all/{n:04}.txt"), &format!("{}，第{n}篇", WORDS[n % 6]));
    }
    let mut child = desk
        .command(&["add", "all"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let stored = || {
        let file = rusqlite::Connection::open(desk.path("demarche.db")).ok()?;
        let sql = "SELECT count(*) FROM documents";
        file.query_row(sql, [], |row| row.get::<_, i64>(0)).ok()
    };
    let begun = Instant::now();
    while stored().unwrap_or(0) == 0 && begun.elapsed() < Duration::from_secs(120) {
        std::thread::sleep(Duration::from_millis(2));
    }
    // On Unix this is SIGKILL: nothing in the program gets to run any more.
    child.kill().unwrap();
    child.wait().unwrap();
    let kept = stored().unwrap();
    assert!(kept > 0);
    let ran = desk.run(&["add", "all"]);
    ran.done(&[&format!("{kept} already known"), "0 refused"]);
    assert_eq!(stored().unwrap(), count as i64);
    desk.run(&["add", "all", "--ledger", "whole.db"]).done(&[&format!("{count} added")]);
    assert_eq!(desk.lists(&desk.path("demarche.db")), desk.lists(&desk.path("whole.db")));
}

#[cfg(target_os = "linux")]
#[test]
fn interrupted_it_stops_after_a_batch_and_says_how_to_go_on() {
    let desk = Desk::new();
    let mut child = desk
        .command(&["add", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let rows: String = (0..300)
        .map(|n| {
            let text = article(&format!("{}，第{n}篇", WORDS[n % 6]));
            format!("{}\n", serde_json::json!({ "text": text }))
        })
        .collect();
    std::io::Write::write_all(&mut input, rows.as_bytes()).unwrap();
    // A first batch is stored before the rest of the input comes.
    let stored = || {
        let file = rusqlite::Connection::open(desk.path("demarche.db")).ok()?;
        let sql = "SELECT count(*) FROM documents";
        file.query_row(sql, [], |row| row.get::<_, i64>(0)).ok()
    };
    let begun = Instant::now();
    while stored().unwrap_or(0) == 0 && begun.elapsed() < Duration::from_secs(120) {
        std::thread::sleep(Duration::from_millis(5));
    }
    let id = child.id().to_string();
    let sent = std::process::Command::new("kill").args(["-INT", &id]).status();
    if !sent.is_ok_and(|status| status.success()) {
        eprintln!("skipped: there is no kill command here");
        child.kill().unwrap();
        child.wait().unwrap();
        return;
    }
    std::thread::sleep(Duration::from_millis(200));
    drop(input);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{output:?}");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("same command again"), "{said}");
    assert!(stored().unwrap() >= 256);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk() {
    let desk = Desk::new();
    let disk = desk.path("disk");
    std::fs::create_dir(&disk).unwrap();
    let mounted = std::process::Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=2m", "tmpfs"])
        .arg(&disk)
        .output();
    if !mounted.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: a small disk cannot be mounted here");
        return;
    }
    desk.article("first.txt", "北约不应东扩");
    let ledger = disk.join("ledger.db").display().to_string();
    let first = desk.run(&["add", "first.txt", "--ledger", &ledger]);
    for n in 0..60 {
        let words = format!("{}，第{n}篇", WORDS[n % 6]);
        desk.write(&format!("all/{n}.txt"), article(&words).repeat(40));
    }
    let full = desk.run(&["add", "all", "--ledger", &ledger]);
    let kept = desk.run(&["documents", "--ledger", &ledger, "--format", "csv"]);
    let _ = std::process::Command::new("umount").arg(&disk).status();
    first.done(&["1 added"]);
    full.refused(&["no room left", "make room", "same command again"]);
    kept.done(&["first.txt"]);
}
