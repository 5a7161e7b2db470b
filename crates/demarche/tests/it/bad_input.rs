//! Input that is no article, or hardly one: refused with a reason, or read, never fatal.

use crate::desk::{Desk, article};

/// Adds one file beside a sound one: the sound one must be in the ledger.
#[track_caller]
fn refused_beside_a_sound_one(name: &str, bytes: &[u8], words: &[&str]) {
    let desk = Desk::new();
    desk.write(name, bytes);
    desk.run(&["add", name]).refused(words);
    desk.article("sound.txt", "北约不应东扩");
    let ran = desk.run(&["add", name, "sound.txt"]);
    ran.done(&["1 added", "1 refused"]);
    for word in words {
        assert!(ran.err.contains(word), "no {word:?} in {ran:?}");
    }
    desk.run(&["read", name]).refused(words);
}

/// Adds one odd file: it is read.
#[track_caller]
fn read_all_the_same(name: &str, bytes: &[u8]) -> serde_json::Value {
    let desk = Desk::new();
    desk.write(name, bytes);
    desk.run(&["add", name]).done(&["1 added"]);
    desk.json(&["read", name])
}

#[test]
fn empty_files() {
    refused_beside_a_sound_one("empty.txt", b"", &["empty.txt", "it is empty"]);
    refused_beside_a_sound_one(
        "blank.html",
        b" \n\t\r\n",
        &["blank.html", "it is empty"],
    );
}

#[test]
fn binary_files() {
    let noise: Vec<u8> =
        (0..5000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    refused_beside_a_sound_one(
        "noise.txt",
        &noise,
        &["noise.txt", "not text", "save it as"],
    );
    refused_beside_a_sound_one(
        "a.pdf",
        b"%PDF-1.7\n%\xe2\xe3",
        &["a PDF", "save it as text"],
    );
    refused_beside_a_sound_one("a.png", b"\x89PNG\r\n\x1a\n\0\0\0", &["a picture"]);
    refused_beside_a_sound_one("a.docx", b"PK\x03\x04\x14\0", &["an office document"]);
}

#[test]
fn a_file_cut_in_the_middle_of_a_character() {
    let whole = article("北约不应东扩");
    let bytes = &whole.as_bytes()[..whole.len() - 3];
    read_all_the_same("cut.txt", &bytes[..bytes.len() - 1]);
    read_all_the_same("cut.html", b"<html><head><title>\xe5\x8c\x97\xe7\xba\xa6</title><body><p>\xe5\x8c\x97\xe7\xba");
}

#[test]
fn a_page_that_declares_the_wrong_charset() {
    let page = format!(
        "<html><head><meta charset=\"gb2312\"><title>题</title></head><body><p>{}</p>\
         </body></html>",
        article("北约不应东扩")
    );
    read_all_the_same("wrong.html", page.as_bytes());
    read_all_the_same("odd.html", page.replace("gb2312", "no-such-charset").as_bytes());
}

#[test]
fn fifty_megabytes_in_one_line() {
    let desk = Desk::new();
    let line = "北约不应东扩，".repeat((50 << 20) / 21);
    desk.write("long.txt", &line);
    desk.write(
        "long.jsonl",
        format!("{{\"text\": \"{line}\"}}\n{{\"text\": \"短文：北约\"}}\n"),
    );
    desk.write("long.csv", format!("text\n{line}\n短文，北约\n"));
    desk.article("sound.txt", "北约不应东扩");
    let ran = desk.run(&["add", "long.txt", "sound.txt"]);
    ran.done(&["1 added", "1 refused"]);
    assert!(ran.err.contains("long.txt: it is longer than 16 MB"), "{ran:?}");
    let ran = desk.run(&["add", "long.jsonl"]);
    ran.done(&["1 added", "1 refused"]);
    assert!(ran.err.contains("long.jsonl:1: it is longer"), "{ran:?}");
    desk.run(&["add", "long.csv"]).refused(&["long.csv:2", "longer than an article"]);
    desk.run_with_input(&["add", "-"], line.as_bytes()).refused(&["-: it is longer"]);
}

#[test]
fn a_hundred_thousand_nested_tags() {
    let deep = format!(
        "<html><body>{}<p>北约不应东扩，里亚布科夫说。</p>{}</body></html>",
        "<div>".repeat(100_000),
        "</div>".repeat(100_000)
    );
    let desk = Desk::new();
    desk.write("deep.html", &deep);
    desk.article("sound.txt", "北约不应东扩");
    let ran = desk.run(&["add", "deep.html", "sound.txt"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(!ran.err.contains("overflow"), "{ran:?}");
}

#[test]
fn lone_surrogates() {
    // As WTF-8 writes them, in a file; as JSON writes them, in a row.
    read_all_the_same(
        "wtf8.txt",
        &[article("北约").as_bytes(), b"\xed\xa0\xbd\n"].concat(),
    );
    let desk = Desk::new();
    let row = r#"{"title": "题目\ud83d", "text": "里亚布科夫说，北约不应东扩\udc00。"}"#;
    desk.write("feed.jsonl", row);
    desk.run(&["add", "feed.jsonl"]).done(&["1 added"]);
}

#[test]
fn a_file_that_vanishes() {
    let desk = Desk::new();
    desk.article("sound.txt", "北约不应东扩");
    desk.run(&["add", "gone.txt"]).refused(&["gone.txt", "not there"]);
    desk.run(&["add", "gone.txt", "sound.txt"]).done(&["1 added", "1 refused"]);
    #[cfg(unix)]
    {
        let folder = desk.path("folder");
        std::fs::create_dir(&folder).unwrap();
        std::os::unix::fs::symlink("nowhere", folder.join("dangling.txt")).unwrap();
        std::os::unix::fs::symlink(&folder, folder.join("loop")).unwrap();
        desk.article("folder/other.txt", "北约必须后撤");
        let ran = desk.run(&["add", "folder"]);
        ran.done(&["1 added", "2 refused"]);
        assert!(ran.err.contains("dangling.txt"), "{ran:?}");
        assert!(ran.err.contains("leads back"), "{ran:?}");
    }
}

#[cfg(unix)]
#[test]
fn an_unreadable_folder() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    desk.article("all/closed/a.txt", "北约不应东扩");
    desk.article("all/open/b.txt", "北约必须后撤");
    let closed = desk.path("all/closed");
    let set = |mode| {
        std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    set(0o000);
    let is_root = std::fs::read_dir(&closed).is_ok();
    if is_root {
        eprintln!("skipped: permissions do not bind this user");
    } else {
        let ran = desk.run(&["add", "all"]);
        ran.done(&["1 added", "1 refused"]);
        assert!(ran.err.contains("may not be read"), "{ran:?}");
        desk.run(&["add", "all/closed"]).refused(&["may not be read"]);
    }
    set(0o755);
}

#[test]
fn an_empty_folder_and_hidden_files() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("none")).unwrap();
    desk.run(&["add", "none"]).refused(&["none", "no file in this folder"]);
    desk.article("some/.hidden.txt", "北约必须后撤");
    desk.article("some/.git/a.txt", "北约可以后撤");
    desk.article("some/seen.txt", "北约不应东扩");
    desk.run(&["add", "some"]).done(&["1 added", "0 refused"]);
}

#[test]
fn the_ledger_itself_lies_in_the_folder() {
    let desk = Desk::new();
    desk.article("a.txt", "北约不应东扩");
    desk.run(&["add", "."]).done(&["1 added", "0 refused"]);
    desk.run(&["add", "."]).done(&["0 added", "1 already known", "0 refused"]);
}

#[test]
fn rows_of_tables() {
    let desk = Desk::new();
    let text = article("北约不应东扩").replace('\n', " ");
    desk.write(
        "feed.csv",
        format!(
            "outlet,Title,body,date,url\n甲报,一题,\"{text}\",2022/1/10,https://example.org/a\n\
             乙报,二题,,2022-01-11,\n"
        ),
    );
    let ran = desk.run(&["add", "feed.csv"]);
    ran.done(&["1 added", "1 refused"]);
    assert!(ran.err.contains("feed.csv:3: it is empty"), "{ran:?}");
    let documents = desk.json(&["documents", "--format", "json"]);
    assert_eq!(documents[0]["path"], "feed.csv:2");
    assert_eq!(documents[0]["outlet"], "甲报");
    assert_eq!(documents[0]["url"], "https://example.org/a");
    desk.write("none.csv", "a,b\n1,2\n");
    desk.run(&["add", "none.csv"]).refused(&[
        "none.csv",
        "no column called text",
        "a, b",
    ]);
    let rows = format!("{{\"text\": {}}}\n", serde_json::json!(article("北约必须后撤")));
    desk.run_with_input(&["add", "-"], rows.as_bytes()).done(&["1 added"]);
    desk.run_with_input(&["add", "-"], article("北约").as_bytes()).done(&["1 added"]);
}

#[test]
fn spans_of_a_row_count_its_text() {
    let desk = Desk::new();
    let text = article("北约不应东扩");
    let row = serde_json::json!({"title": "另外的题目", "source": "甲报", "text": text});
    desk.write("feed.jsonl", row.to_string());
    desk.run(&["add", "feed.jsonl"]).done(&["1 added"]);
    for list in ["statements", "moves", "meetings"] {
        for entry in desk.json(&[list, "--format", "json"]).as_array().unwrap() {
            let account = &entry["accounts"][0];
            let at = |which: usize| account["span"][which].as_u64().unwrap() as usize;
            assert_eq!(&text[at(0)..at(1)], account["evidence"].as_str().unwrap());
        }
    }
}

#[test]
fn a_strict_run_says_that_something_was_refused() {
    let desk = Desk::new();
    desk.article("a.txt", "北约不应东扩");
    desk.write("b.txt", "");
    assert_eq!(desk.run(&["add", "--strict", "a.txt", "b.txt"]).code, Some(3));
    assert_eq!(desk.run(&["add", "--strict", "a.txt"]).code, Some(0));
}

#[test]
fn arguments_that_make_no_sense() {
    let desk = Desk::new();
    for arguments in [
        &["add"][..],
        &["no-such-command"],
        &["moves", "--from", "yesterday"],
        &["moves", "--min-confidence", "2"],
        &["read", "--published", "10/01/2022", "a.txt"],
    ] {
        assert_eq!(desk.run(arguments).code, Some(2), "{arguments:?}");
    }
}
