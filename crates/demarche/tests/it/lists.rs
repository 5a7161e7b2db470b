//! What the list commands print, in all three forms.

use crate::desk::Desk;
use std::io::Read;
use std::process::Stdio;
use unicode_width::UnicodeWidthStr;

fn filled() -> Desk {
    let desk = Desk::new();
    desk.article("甲.txt", "北约不应东扩");
    desk.article("乙.txt", "北約必須給予書面保證");
    desk.run(&["add", "甲.txt", "乙.txt"]).done(&["2 added"]);
    desk
}

const LISTS: [&str; 7] =
    ["documents", "who", "statements", "moves", "meetings", "timeline", "positions"];

#[test]
fn every_list_prints_in_every_form() {
    let desk = filled();
    for list in LISTS {
        let json = desk.json(&[list, "--format", "json"]);
        let rows = json.as_array().unwrap();
        let ran = desk.run(&[list, "--format", "csv"]);
        ran.done(&[]);
        let mut csv = csv::Reader::from_reader(ran.out.as_bytes());
        let head: Vec<String> =
            csv.headers().unwrap().iter().map(str::to_owned).collect();
        assert_eq!(csv.records().map(Result::unwrap).count(), rows.len(), "{list}");
        if let Some(first) = rows.first() {
            let keys: Vec<String> = first.as_object().unwrap().keys().cloned().collect();
            assert_eq!(head, keys, "{list}");
        }
        let table = desk.run(&[list]);
        table.done(&[]);
        for line in table.out.lines() {
            assert!(line.width() <= 120, "{list}: {} wide: {line}", line.width());
            assert!(!line.contains('\u{1b}'), "colour in a pipe: {line:?}");
        }
    }
}

#[test]
fn keys_are_those_of_the_design() {
    let desk = filled();
    let keys = |list: &str| {
        let ran = desk.run(&[list, "--format", "csv"]);
        ran.out.lines().next().unwrap_or_default().to_owned()
    };
    let has = |list: &str, wanted: &str| {
        let keys = keys(list);
        for key in wanted.split(", ") {
            assert!(keys.split(',').any(|k| k == key), "{list} has no {key}: {keys}");
        }
    };
    has(
        "documents",
        "id, path, url, outlet, title, byline, published, language, script, lineage, \
         origin, independent",
    );
    has("who", "id, name, names, type, party, roles, surfaces, statements, moves");
    has(
        "statements",
        "id, speaker, speaker_surface, party, cue, kind, content, addressee, said_on, \
         occasion, chain, confidence, origins, accounts",
    );
    has(
        "moves",
        "id, actor, by, act, target, issue, modality, conditional, condition, due, \
         occurred_on, confidence, origins, accounts",
    );
    has(
        "meetings",
        "id, parties, participants, level, format, place, start, duration_minutes, \
         status, outcome, track, origins, accounts",
    );
    has("positions", "party, issue, as_of, act, since, history");
}

#[test]
fn search_finds_both_scripts() {
    let desk = filled();
    for query in ["北约", "北約"] {
        let hits = desk.json(&["search", query, "--format", "json"]);
        assert_eq!(hits.as_array().unwrap().len(), 2, "{query}");
        for hit in hits.as_array().unwrap() {
            let bytes = std::fs::read(desk.path(hit["path"].as_str().unwrap())).unwrap();
            let span = &hit["spans"][0];
            let at = |which: usize| span[which].as_u64().unwrap() as usize;
            let words = std::str::from_utf8(&bytes[at(0)..at(1)]).unwrap();
            assert!(matches!(words, "北约" | "北約"), "{words}");
        }
    }
    assert_eq!(
        desk.json(&["search", "書面", "--format", "json"]).as_array().unwrap().len(),
        1
    );
    desk.run(&["search", "，"]).refused(&["no word to look for"]);
    let ran = desk.run(&["search", "没有的词"]);
    ran.done(&[]);
    assert!(ran.err.contains("nothing in the ledger"), "{ran:?}");
}

#[test]
fn a_reader_that_hangs_up_is_no_error() {
    let desk = Desk::new();
    for n in 0..120 {
        desk.article(&format!("all/{n}.txt"), &format!("第{n}篇：北约不应东扩"));
    }
    desk.run(&["add", "all"]).done(&["120 added"]);
    for arguments in
        [&["documents", "--format", "json"][..], &["documents"], &["read", "all"]]
    {
        let mut child = desk
            .command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = [0u8; 16];
        let mut out = child.stdout.take().unwrap();
        out.read_exact(&mut first).unwrap();
        drop(out);
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success() && said.is_empty(), "{arguments:?}: {said}");
    }
}

#[test]
fn a_reading_is_printed_for_people_and_for_programs() {
    let desk = filled();
    let reading = desk.json(&["read", "甲.txt", "--format", "json"]);
    assert_eq!(reading["doc"], "甲");
    desk.run(&["read", "甲.txt", "--format", "table"])
        .done(&["statements", "北约不应东扩"]);
    desk.write("dates.csv", "id,published\n甲,2022-01-11\n");
    desk.run(&["read", "甲.txt", "乙.txt", "--dates", "dates.csv", "--out", "out"])
        .done(&[]);
    let written = std::fs::read_to_string(desk.path("out/乙.json")).unwrap();
    let written: serde_json::Value = serde_json::from_str(&written).unwrap();
    assert_eq!(written["doc"], "乙");
}

#[test]
fn lists_keep_what_is_sure_enough() {
    let desk = filled();
    for list in ["statements", "moves", "meetings", "timeline"] {
        let all = desk.json(&[list, "--format", "json"]);
        let all = all.as_array().unwrap();
        let confidence = |row: &serde_json::Value| row["confidence"].as_f64().unwrap();
        // Between the least and the most sure, so that some go and some stay.
        let mut known: Vec<f64> = all.iter().map(confidence).collect();
        known.sort_by(f64::total_cmp);
        let Some(&most) = known.last() else { continue };
        let least = most.to_string();
        let sure = desk.json(&[list, "--format", "json", "--min-confidence", &least]);
        let wanted = all.iter().filter(|row| confidence(row) >= most).count();
        assert_eq!(sure.as_array().unwrap().len(), wanted, "{list}");
    }
    let ran = desk.run(&["moves", "--min-confidence", "1.5"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("from 0 to 1"), "{ran:?}");
}
