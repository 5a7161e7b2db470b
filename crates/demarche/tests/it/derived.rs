//! What follows from the sample articles: positions, open items, disputes.

use crate::desk::Desk;
use serde_json::Value;
use std::path::Path;

fn geneva() -> Desk {
    let desk = Desk::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/geneva");
    desk.run(&["add", &folder.display().to_string()]).done(&["10 added"]);
    desk
}

fn rows(desk: &Desk, arguments: &[&str]) -> Vec<Value> {
    let mut all = arguments.to_vec();
    all.extend(["--format", "json"]);
    desk.json(&all).as_array().unwrap().clone()
}

/// Every account's evidence stands in its document where its span says.
fn accounts_hold(desk: &Desk, accounts: &Value) {
    let documents = rows(desk, &["documents"]);
    let all = accounts.as_array().unwrap();
    assert!(!all.is_empty());
    for account in all {
        let document = documents.iter().find(|one| one["id"] == account["document"]);
        let bytes = std::fs::read(document.unwrap()["path"].as_str().unwrap()).unwrap();
        let at = |which: usize| account["span"][which].as_u64().unwrap() as usize;
        let words = std::str::from_utf8(&bytes[at(0)..at(1)]).unwrap();
        let evidence = account["evidence"].as_str().unwrap();
        // Tags may stand between the words of the document.
        assert!(words.starts_with(evidence.chars().next().unwrap()), "{words}");
        assert!(words.ends_with(evidence.chars().last().unwrap()), "{words}");
    }
}

#[test]
fn a_position_has_its_steps_and_what_they_change() {
    let desk = geneva();
    let asked = ["positions", "--party", "USA", "--issue", "troop-buildup"];
    let all = rows(&desk, &asked);
    let [line] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!((&line["party"], &line["act"]), (&"USA".into(), &"REQUEST".into()));
    assert_eq!(
        (&line["since"], &line["as_of"]),
        (&"2021-12-31".into(), &"2022-01-13".into())
    );
    let last = line["history"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["change"], &last["date"]),
        (&"reaffirmed".into(), &"2022-01-11".into())
    );
    accounts_hold(&desk, &last["accounts"]);
    accounts_hold(&desk, &last["compared"]["accounts"]);
    assert_eq!(last["compared"]["date"], "2021-12-31");
    let earlier = [&asked[..], &["--as-of", "2022-01-10"]].concat();
    let earlier = rows(&desk, &earlier);
    assert!(earlier[0]["history"].as_array().unwrap().iter().all(|step| {
        step["change"] == "new" && step["date"].as_str().unwrap() <= "2022-01-10"
    }));
}

#[test]
fn what_is_open_depends_on_the_day() {
    let desk = geneva();
    let meeting = |as_of: &str, due: &str| {
        let all = rows(&desk, &["open", "--as-of", as_of]);
        let one = all.iter().find(|row| row["kind"] == "meeting" && row["due"] == due);
        one.cloned().unwrap_or_else(|| panic!("no meeting on {due}: {all:?}"))
    };
    assert_eq!(meeting("2022-01-02", "2022-01-10")["status"], "open");
    let met = meeting("2022-01-13", "2022-01-10");
    assert_eq!(met["status"], "met");
    accounts_hold(&desk, &met["accounts"]);
    accounts_hold(&desk, &Value::Array(vec![met["closed_by"].clone()]));
    // A call that was planned and that no article tells of.
    assert_eq!(meeting("2021-12-08", "2021-12-09")["status"], "open");
    assert_eq!(meeting("2022-01-13", "2021-12-09")["status"], "lapsed");
    let threats = rows(&desk, &["open", "--party", "USA", "--issue", "troop-buildup"]);
    assert!(threats.iter().any(|row| row["status"] == "standing"), "{threats:?}");
    // A few of them are the first of all, as of any day.
    for asked in [&["open"][..], &["open", "--as-of", "2022-01-02"]] {
        let all = rows(&desk, asked);
        assert!(all.len() > 2, "{asked:?}");
        for few in 1..=all.len() {
            let limit = few.to_string();
            let first = rows(&desk, &[asked, &["--limit", &limit]].concat());
            assert_eq!(first, all[..few], "{asked:?} {few}");
        }
    }
}

#[test]
fn one_name_in_two_spellings_is_a_dispute() {
    let desk = geneva();
    let all = rows(&desk, &["disputes"]);
    let [line] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!(line["kind"], "spelling");
    let values: Vec<&Value> =
        line["values"].as_array().unwrap().iter().map(|v| &v["value"]).collect();
    assert_eq!(values, ["里亚布科夫", "里亚布可夫"]);
    for value in line["values"].as_array().unwrap() {
        accounts_hold(&desk, &value["accounts"]);
    }
    assert_eq!(rows(&desk, &["disputes", "--party", "USA"]).len(), 0);
    assert_eq!(rows(&desk, &["disputes", "--as-of", "2022-01-11"]).len(), 0);
}

#[test]
fn an_odd_name_an_odd_treaty_and_a_word_that_is_refused() {
    let desk = Desk::new();
    let article = |name: &str, outlet: &str, body: &str| {
        let head = format!("来源：{outlet}\n\n2022年1月11日\n\n");
        desk.write(name, format!("{outlet}谈会谈\n\n{head}{body}\n"));
    };
    article("a.txt", "甲报", "2014年，俄罗斯吞并了克里米亚。制裁就从那时开始。");
    article("b.txt", "乙报", "自2014年俄罗斯兼并克里米亚以来，制裁没有停过。");
    article("c.txt", "丙报", "2014年，俄羅斯吞併了克什米爾，制裁隨之而來。");
    article(
        "d.txt",
        "丁报",
        "美国副国务卿舍曼说，美方愿意讨论《中导条约》的条款。俄罗斯副外长里亚布科夫回应说，俄方不能只谈《不扩散核武器条约》。",
    );
    article("e.txt", "戊报", "美国和俄罗斯的副外长1月10日在日内瓦举行谈判。");
    article(
        "f.txt",
        "己报",
        "俄罗斯副外长里亚布科夫与美国副国务卿舍曼1月10日在日内瓦举行会谈。舍曼说，她并不称其为谈判。",
    );
    desk.run(&["add", "a.txt", "b.txt", "c.txt", "d.txt", "e.txt", "f.txt"])
        .done(&["6 added"]);
    let all = rows(&desk, &["disputes"]);
    let told: Vec<(String, Vec<String>)> = all
        .iter()
        .map(|row| {
            let values = row["values"].as_array().unwrap();
            let value = |one: &Value| one["value"].as_str().unwrap().to_owned();
            (row["kind"].as_str().unwrap().to_owned(), values.iter().map(value).collect())
        })
        .collect();
    let wanted = [
        ("instrument", ["中导条约", "不扩散核武器条约"]),
        ("name", ["Crimea", "Kashmir"]),
        ("term", ["谈判", "not 谈判"]),
    ];
    let wanted = wanted
        .map(|(kind, values)| (kind.to_owned(), values.map(str::to_owned).to_vec()));
    assert_eq!(told, wanted);
    // One document against one: nobody can tell which is odd.
    assert_eq!(rows(&desk, &["disputes", "--outlet", "甲报"]).len(), 0);
}
