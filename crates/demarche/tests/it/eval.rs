//! `demarche eval` gives the figures of the gold's own scorer.

use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The annotated articles beside the repository; none where they are not at hand.
fn gold() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/gold");
    if root.join("score.py").is_file() {
        return Some(root);
    }
    assert!(std::env::var("CI").as_deref() != Ok("true"), "no {}", root.display());
    println!("skipped: there is no {}", root.display());
    None
}

fn run(command: &mut Command) -> String {
    let output = command.output().expect("the command starts");
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {message}");
    String::from_utf8(output.stdout).expect("figures are UTF-8")
}

fn eval(gold: &Path, more: &[&str]) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
    command.arg("eval").arg(gold).args(["--format", "json"]).args(more);
    serde_json::from_str(&run(&mut command)).expect("figures are JSON")
}

fn score_py(root: &Path, gold: &Path, readings: &Path) -> Value {
    let mut command = Command::new("python3");
    command.arg(root.join("score.py")).arg(gold).arg(readings).arg("--json");
    serde_json::from_str(&run(&mut command)).expect("figures are JSON")
}

fn check_same(ours: &Value, theirs: &Value, what: &str) {
    let (ours, theirs) = (ours.as_object().unwrap(), theirs.as_object().unwrap());
    assert_eq!(
        ours.keys().collect::<Vec<_>>(),
        theirs.keys().collect::<Vec<_>>(),
        "{what}"
    );
    for (measure, row) in theirs {
        for (figure, want) in row.as_object().unwrap() {
            let have = ours[measure][figure].as_f64().unwrap();
            let want = want.as_f64().unwrap();
            let close = (have - want).abs() < 1e-9;
            assert!(close, "{what}: {measure} {figure} is {have}, not {want}");
        }
    }
}

#[test]
fn a_second_annotator_scores_alike() {
    let Some(root) = gold() else { return };
    let (first, second) = (root.join("json"), root.join("second"));
    for (gold, readings) in [(&first, &second), (&second, &first), (&first, &first)] {
        let ours = eval(gold, &["--readings", readings.to_str().unwrap()]);
        let what = format!("{} against {}", readings.display(), gold.display());
        check_same(&ours, &score_py(&root, gold, readings), &what);
    }
}

#[test]
fn faulty_readings_score_alike() {
    let Some(root) = gold() else { return };
    for seed in 1..4 {
        let spoilt = tempfile::tempdir().unwrap();
        for entry in fs::read_dir(root.join("json")).unwrap() {
            let path = entry.unwrap().path();
            let mut json: Value =
                serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
            let name = path.file_name().unwrap();
            let mut chance = Chance(seed * 1000 + name.len() as u64);
            spoil(&mut json, &mut chance);
            if chance.of(10) != 0 {
                fs::write(spoilt.path().join(name), json.to_string()).unwrap();
            }
        }
        let gold = root.join("json");
        let ours = eval(&gold, &["--readings", spoilt.path().to_str().unwrap()]);
        let theirs = score_py(&root, &gold, spoilt.path());
        assert!(theirs["statements"]["f1"].as_f64().unwrap() > 0.2, "spoilt too much");
        assert!(theirs["statements"]["f1"].as_f64().unwrap() < 0.9, "spoilt too little");
        check_same(&ours, &theirs, &format!("readings spoilt with seed {seed}"));
    }
}

#[test]
fn readings_of_the_articles_score_alike() {
    let Some(root) = gold() else { return };
    let out = tempfile::tempdir().unwrap();
    let mut articles: Vec<PathBuf> =
        fs::read_dir(root.join("articles")).unwrap().map(|e| e.unwrap().path()).collect();
    articles.sort();
    let mut read = Command::new(env!("CARGO_BIN_EXE_demarche"));
    read.arg("read").args(&articles).arg("--dates").arg(root.join("published.csv"));
    run(read.arg("--out").arg(out.path()));
    let gold = root.join("json");
    check_same(&eval(&gold, &[]), &score_py(&root, &gold, out.path()), "whole");
    for (half, from) in [("look", 0), ("check", 1)] {
        let chosen = tempfile::tempdir().unwrap();
        let mut files: Vec<PathBuf> =
            fs::read_dir(&gold).unwrap().map(|e| e.unwrap().path()).collect();
        files.sort();
        for file in files.iter().skip(from).step_by(2) {
            fs::copy(file, chosen.path().join(file.file_name().unwrap())).unwrap();
        }
        let theirs = score_py(&root, chosen.path(), out.path());
        check_same(&eval(&gold, &["--half", half]), &theirs, half);
    }
}

#[test]
fn a_figure_below_its_floor_fails() {
    let Some(root) = gold() else { return };
    let folder = tempfile::tempdir().unwrap();
    let floors = folder.path().join("floor.json");
    let readings = root.join("second");
    let try_floor = |floor: Value| {
        fs::write(&floors, floor.to_string()).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
        command.arg("eval").arg(&readings).arg("--readings").arg(&readings);
        command.arg("--min").arg(&floors).output().unwrap()
    };
    assert!(try_floor(json!({"statements": 1.0})).status.success());
    let short = try_floor(json!({"statements": 1.1}));
    assert_eq!(short.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&short.stderr).contains("statements 1.000 < 1.1"));
}

/// A small generator, so that faults are the same every time.
struct Chance(u64);

impl Chance {
    fn of(&mut self, sides: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) % sides
    }
}

/// Makes of an annotation what a poor reader might give: entries lost, doubled and
/// swapped, contents cut, names and values confused, keys missing.
fn spoil(json: &mut Value, chance: &mut Chance) {
    for key in ["statements", "moves", "meetings", "dates", "actors"] {
        let Some(Value::Array(rows)) = json.get_mut(key) else { continue };
        rows.retain(|_| chance.of(8) != 0);
        for at in 0..rows.len() {
            if chance.of(6) == 0 {
                let row = rows[at].clone();
                rows.push(row);
            }
        }
        for at in 1..rows.len() {
            if chance.of(4) == 0 {
                let other = rows[at - 1].clone();
                spoil_row(&mut rows[at], &other, chance);
            }
        }
        for row in rows {
            if chance.of(2) == 0 {
                let own = row.clone();
                spoil_row(row, &own, chance);
            }
        }
    }
    if chance.of(12) == 0 {
        json.as_object_mut().unwrap().remove("dates");
    }
}

/// Cuts the row's words, or takes a value from the row beside it.
fn spoil_row(row: &mut Value, other: &Value, chance: &mut Chance) {
    let Some(row) = row.as_object_mut() else { return };
    for (key, value) in row.iter_mut() {
        match chance.of(7) {
            0 => *value = other[key.as_str()].clone(),
            1 => cut(value, chance),
            2 if value.is_string() && key != "evidence" => *value = Value::Null,
            3 if key == "content" => {
                let whole: String =
                    value.as_array().unwrap().iter().filter_map(Value::as_str).collect();
                *value = json!(["“", whole, "？！"]);
            }
            _ => {}
        }
    }
}

fn cut(value: &mut Value, chance: &mut Chance) {
    match value {
        Value::String(text) => {
            let chars: Vec<char> = text.chars().collect();
            let drop = chance.of(chars.len() as u64 + 1) as usize / 2;
            let from = if chance.of(2) == 0 { 0 } else { drop };
            *text = chars[from..chars.len() - (drop - from)].iter().collect();
        }
        Value::Array(parts) => parts.iter_mut().for_each(|part| cut(part, chance)),
        _ => {}
    }
}
