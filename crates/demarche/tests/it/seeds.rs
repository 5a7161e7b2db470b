//! What the ledger must hold of the five seed documents, in whatever order they come.
//!
//! The rows are those of `../shared/seeds/EXPECTED.md`; what a single article's reading
//! lacks stands with its cause in `figures/seeds.md`.

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

fn demarche() -> Command {
    Command::new(env!("CARGO_BIN_EXE_demarche"))
}

/// The seeds' files in order of name; none where they are not at hand.
fn seeds() -> Option<Vec<PathBuf>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seeds");
    let Ok(files) = std::fs::read_dir(&folder) else {
        assert_ne!(
            std::env::var("CI").as_deref(),
            Ok("true"),
            "the seeds are not at {}",
            folder.display()
        );
        eprintln!("skipped: the seeds are not at {}", folder.display());
        return None;
    };
    let mut files: Vec<PathBuf> = files
        .filter_map(|file| Some(file.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    files.sort();
    Some(files)
}

/// A ledger of the seeds, added one by one in an order.
struct Seeds {
    _folder: tempfile::TempDir,
    ledger: PathBuf,
}

impl Seeds {
    fn add(files: &[PathBuf], order: &[usize]) -> Seeds {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let ledger = folder.path().join("seeds.db");
        for &at in order {
            let run = demarche()
                .arg("add")
                .arg(&files[at])
                .arg("--ledger")
                .arg(&ledger)
                .output()
                .expect("the program runs");
            assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        }
        Seeds { _folder: folder, ledger }
    }

    fn list(&self, asked: &[&str]) -> Vec<Value> {
        let run = demarche()
            .args(asked)
            .args(["--format", "json", "--ledger"])
            .arg(&self.ledger)
            .output()
            .expect("the program runs");
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        serde_json::from_slice(&run.stdout).expect("a list prints an array")
    }

    fn dump(&self) -> Vec<u8> {
        let run = demarche().args(["dump", "--ledger"]).arg(&self.ledger).output();
        run.expect("the program runs").stdout
    }
}

fn outlets(row: &Value) -> BTreeSet<&str> {
    let accounts = row["accounts"].as_array().into_iter().flatten();
    accounts.filter_map(|account| account["outlet"].as_str()).collect()
}

fn is(row: &Value, wanted: &[(&str, &str)]) -> bool {
    wanted.iter().all(|(key, value)| row[*key].as_str() == Some(value))
}

/// The one row with these values.
fn one<'a>(rows: &'a [Value], wanted: &[(&str, &str)]) -> &'a Value {
    let mut found = rows.iter().filter(|row| is(row, wanted));
    let first = found.next().unwrap_or_else(|| panic!("no row has {wanted:?}"));
    assert!(found.next().is_none(), "two rows have {wanted:?}");
    first
}

fn parties(row: &Value) -> Vec<&str> {
    let mut parties: Vec<&str> = row["parties"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    parties.sort_unstable();
    parties
}

/// The one meeting of two parties on a day.
fn meeting<'a>(rows: &'a [Value], start: &str, wanted: [&str; 2]) -> &'a Value {
    let mut found =
        rows.iter().filter(|row| row["start"] == start && parties(row) == wanted);
    let first =
        found.next().unwrap_or_else(|| panic!("no meeting {wanted:?} on {start}"));
    assert!(found.next().is_none(), "two meetings {wanted:?} on {start}");
    first
}

#[test]
fn the_seeds_are_one_ledger_in_any_order() {
    let Some(files) = seeds() else { return };
    let straight = Seeds::add(&files, &[0, 1, 2, 3, 4]);
    for order in [[4, 3, 2, 1, 0], [2, 0, 4, 1, 3], [1, 3, 0, 4, 2]] {
        let other = Seeds::add(&files, &order);
        assert!(other.dump() == straight.dump(), "{order:?} gives another ledger");
    }
    documents(&straight);
    meetings(&straight);
    actors(&straight);
    positions(&straight);
    open_items(&straight);
    disputes(&straight);
}

fn documents(seeds: &Seeds) {
    let rows = seeds.list(&["documents"]);
    let origins: BTreeSet<&str> =
        rows.iter().filter_map(|row| row["origin"].as_str()).collect();
    assert_eq!(origins, BTreeSet::from(["RBC", "RFI", "VOA", "Xinhua"]));
    for (outlet, published, kind) in [
        ("GNews", "2021-05-21", Some("translation")),
        ("GNews", "2022-01-11", Some("translation")),
        ("楠木軒", "2021-12-07", Some("reprint")),
        ("VOA", "2021-12-08T20:18:04Z", None),
        ("RFI", "2022-01-10T16:26", None),
    ] {
        let row = one(&rows, &[("outlet", outlet), ("published", published)]);
        assert_eq!(row["lineage"][0]["kind"].as_str(), kind, "{outlet} {published}");
        assert_eq!(row["independent"].as_bool(), Some(kind.is_none()));
    }
    assert_eq!(one(&rows, &[("outlet", "楠木軒")])["script"], "Hant");
}

fn meetings(seeds: &Seeds) {
    let rows = seeds.list(&["meetings"]);
    let summit = meeting(&rows, "2021-06-16", ["RUS", "USA"]);
    assert!(is(summit, &[("level", "leaders"), ("place", "Geneva"), ("status", "held")]));
    let call = meeting(&rows, "2021-12-07", ["RUS", "USA"]);
    assert!(is(call, &[("level", "leaders"), ("format", "video"), ("status", "held")]));
    assert_eq!(outlets(call), BTreeSet::from(["VOA", "楠木軒"]));
    assert_eq!((&call["origins"], &call["duration_minutes"]), (&2.into(), &120.into()));
    let talks = meeting(&rows, "2022-01-10", ["RUS", "USA"]);
    assert!(is(talks, &[("level", "deputies"), ("place", "Geneva"), ("status", "held")]));
    assert_eq!(outlets(talks), BTreeSet::from(["GNews", "RFI"]));
    assert_eq!(talks["origins"], 2);
    let reykjavik = meeting(&rows, "2021-05-19", ["RUS", "USA"]);
    assert!(is(reykjavik, &[("level", "ministers"), ("place", "Reykjavik")]));
    for (start, with, place, status) in [
        ("1986", ["SUN", "USA"], Some("Geneva"), "held"),
        ("2021-03", ["CHN", "USA"], Some("Alaska"), "held"),
        ("2021-12-09", ["UKR", "USA"], None, "planned"),
        ("2022-01-12", ["NATO", "RUS"], Some("Brussels"), "planned"),
    ] {
        let row = meeting(&rows, start, with);
        assert_eq!(
            (row["place"].as_str(), row["status"].as_str()),
            (place, Some(status))
        );
    }
    // Nothing that was published later shows.
    let early = seeds.list(&["meetings", "--as-of", "2021-12-31"]);
    assert!(early.iter().all(|row| {
        let told = row["accounts"].as_array().into_iter().flatten();
        told.clone().count() > 0
            && told.clone().all(|one| one["published"].as_str() < Some("2022"))
    }));
}

fn actors(seeds: &Seeds) {
    let named = |name: &str, wanted: &str| -> BTreeSet<String> {
        let rows = seeds.list(&["who", name]);
        let row = one(&rows, &[("name", wanted)]);
        let surfaces = row["surfaces"].as_array().into_iter().flatten();
        surfaces.filter_map(|s| s["text"].as_str().map(str::to_owned)).collect()
    };
    for (name, wanted, spellings) in [
        (
            "瑞博科夫",
            "Sergei Ryabkov",
            &["谢尔盖·里亚布科夫", "里亚布科夫", "瑞博科夫"][..],
        ),
        ("普京", "Vladimir Putin", &["弗拉基米尔·普京", "普京"]),
        ("拜登", "Joe Biden", &["乔·拜登", "拜登"]),
        ("谢尔曼", "Wendy Sherman", &["温迪·谢尔曼", "谢尔曼"]),
        ("泽连斯基", "Volodymyr Zelensky", &["泽连斯基"]),
        ("佩斯科夫", "Dmitry Peskov", &["佩斯科夫", "德米特里·佩斯科夫"]),
        ("北约", "NATO", &["北约", "北約", "北大西洋公约组织", "北大西洋联盟"]),
        ("莫斯科", "Russia", &["俄", "俄方", "莫斯科", "俄羅斯"]),
    ] {
        let found = named(name, wanted);
        for spelling in spellings {
            assert!(found.contains(*spelling), "{wanted} lacks {spelling}: {found:?}");
        }
    }
    let timofeev = seeds.list(&["who", "季莫"]);
    assert_eq!(timofeev.len(), 1, "季莫费耶夫 and 季莫菲耶夫 are one");
    // Experts speak; their words are no acts.
    for expert in ["瓦西里耶夫", "巴丘克", "沙里科夫", "薩弗蘭丘克", "特列宁", "文德曼"]
    {
        let rows = seeds.list(&["who", expert]);
        assert_eq!(rows.len(), 1, "{expert}");
        assert!(rows[0]["statements"].as_u64() > Some(0), "{expert}");
        assert_eq!(rows[0]["moves"], 0, "{expert}");
    }
}

fn positions(seeds: &Seeds) {
    let rows = seeds.list(&["positions"]);
    let of = |party: &str, issue: &str| one(&rows, &[("party", party), ("issue", issue)]);
    let guarantees = of("RUS", "security-guarantees");
    assert_eq!(guarantees["act"], "REQUEST");
    assert_eq!(guarantees["history"][1]["change"], "reaffirmed");
    let membership = of("RUS", "ukraine-nato-membership");
    let last = membership["history"].as_array().and_then(|steps| steps.last());
    assert_eq!(
        last.map(|step| (&step["act"], &step["change"])),
        Some((&"REQUEST".into(), &"reaffirmed".into()))
    );
    assert_eq!(of("RUS", "kazakhstan-unrest")["act"], "REJECT");
    assert_eq!(of("RUS", "nato-infrastructure-since-1997")["act"], "REQUEST");
    assert_eq!(of("USA", "strike-weapons-deployment")["act"], "AGREE");
    let moves = seeds.list(&["moves", "--party", "USA"]);
    let red_lines = moves.iter().filter(|row| row["act"] == "REJECT");
    let red_lines: Vec<_> = red_lines.filter(|row| row["by"] == "Joe Biden").collect();
    assert_eq!(red_lines.len(), 1, "Biden accepts nobody's red lines");
}

fn open_items(seeds: &Seeds) {
    let rows = seeds.list(&["open", "--as-of", "2022-01-13"]);
    let paper =
        one(&rows, &[("kind", "promise"), ("party", "RUS"), ("due", "2021-12-15")]);
    assert_eq!(paper["status"], "met");
    assert_eq!(paper["closed_by"]["outlet"], "GNews");
    let call = one(&rows, &[("kind", "meeting"), ("due", "2021-12-09")]);
    assert!(call["closed_by"].is_null(), "no account tells that the call took place");
    let threats: Vec<_> = rows
        .iter()
        .filter(|row| {
            is(row, &[("kind", "threat"), ("party", "USA"), ("status", "standing")])
        })
        .flat_map(|row| outlets(row))
        .collect();
    assert_eq!(BTreeSet::from_iter(threats), BTreeSet::from(["GNews", "VOA", "楠木軒"]));
}

fn disputes(seeds: &Seeds) {
    let rows = seeds.list(&["disputes"]);
    let values = |row: &Value| -> Vec<String> {
        let values = row["values"].as_array().into_iter().flatten();
        values.filter_map(|v| v["value"].as_str().map(str::to_owned)).collect()
    };
    let annexed = one(&rows, &[("kind", "name")]);
    assert_eq!(values(annexed), ["Crimea", "Kashmir"]);
    let treaties = values(one(&rows, &[("kind", "instrument")]));
    assert!(treaties.iter().any(|name| name.contains("中程核力量")), "{treaties:?}");
    assert!(treaties.iter().any(|name| name.contains("不扩散核武器")), "{treaties:?}");
    assert!(rows.iter().any(|row| values(row) == ["里亚布科夫", "瑞博科夫"]));
    assert!(rows.iter().any(|row| values(row) == ["谈判", "not 谈判"]));
}
