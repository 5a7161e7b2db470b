//! Every row of the Chinese tables shows its word at work.
//!
//! What the examples must be read as is for the step that owns the table; here stands only
//! that each row has one, and that what it marks is the row's own word.

use std::fs;
use std::path::{Path, PathBuf};

fn tables() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicon/zh");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "tsv"))
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "lexicon/zh holds tables");
    paths
}

/// The passages that `{tag:…}` marks; of two names that are told to be one, `a=b`, both.
fn marked(example: &str) -> Vec<&str> {
    if !example.contains('{') && example.contains('=') {
        return example.split('=').collect();
    }
    let opened = example.split('{').skip(1);
    opened
        .filter_map(|rest| rest.split_once('}'))
        .filter_map(|(inside, _)| inside.split_once(':'))
        .map(|(_, words)| words)
        .collect()
}

#[test]
fn every_row_marks_its_word_in_its_example() {
    let mut problems = Vec::new();
    for path in tables() {
        let text = fs::read_to_string(&path).unwrap();
        let mut lines = text
            .lines()
            .enumerate()
            .filter(|(_, l)| !l.is_empty() && !l.starts_with('#'));
        let (_, header) = lines.next().expect("a table has a header row");
        let Some(column) = header.split('\t').position(|name| name == "example") else {
            problems.push(format!("{}: no column `example`", path.display()));
            continue;
        };
        for (at, line) in lines {
            let cells: Vec<&str> = line.split('\t').collect();
            // The first cell is the row's word, or several that share one meaning.
            let words: Vec<&str> = cells[0].split('|').collect();
            let example = cells.get(column).copied().unwrap_or("");
            let shown = marked(example);
            if !words.iter().any(|word| shown.iter().any(|part| part.contains(word))) {
                let place = format!("{}:{}", path.display(), at + 1);
                problems
                    .push(format!("{place}: {} is not marked in {example:?}", cells[0]));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn every_table_is_sorted_out_and_clean() {
    for path in tables() {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.display();
        assert!(text.ends_with('\n'), "{name} ends with a line feed");
        assert!(!text.contains('\r'), "{name} has LF line ends");
        assert!(!text.lines().any(|l| l.ends_with(' ')), "{name} has no trailing spaces");
    }
}
