//! The words of the pages, a table with one column for each language.
//!
//! In: `strings/pages.tsv`. Out: the phrase of a key in a language, its slots filled.
//! Refuses to know: where a phrase is used. `{0}` and `{1}` stand for what is filled in;
//! a phrase with `|` has one form for one and another for any other number.

use crate::words::Language;
use std::collections::BTreeMap;
use std::sync::LazyLock;

const TABLE: &str = include_str!("../strings/pages.tsv");

/// Rows by key: the phrase in English and in Chinese.
static ROWS: LazyLock<BTreeMap<&'static str, [&'static str; 2]>> = LazyLock::new(|| {
    let rows = TABLE.lines().skip(1).filter_map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?, [cells.next()?, cells.next()?]))
    });
    rows.collect()
});

impl Language {
    /// The phrase of a key; the key itself where the table lacks it, so that it shows.
    pub(crate) fn text(self, key: &'static str) -> &'static str {
        let column = match self {
            Language::En => 0,
            Language::Zh => 1,
        };
        ROWS.get(key).map_or(key, |row| row[column])
    }

    /// The phrase of a key that may be put together, `act.REQUEST`; nothing where the
    /// table lacks it.
    pub(crate) fn find(self, key: &str) -> Option<&'static str> {
        let (key, _) = ROWS.get_key_value(key)?;
        Some(self.text(key))
    }

    /// The phrase of a key with its slots filled, in one pass.
    pub(crate) fn with(self, key: &'static str, values: &[&str]) -> String {
        fill(self.text(key), values)
    }

    /// The phrase for a number of things: `1 document`, `3 documents`, `3篇文章`.
    pub(crate) fn number(self, key: &'static str, number: usize) -> String {
        let phrase = self.text(key);
        let form = match phrase.split_once('|') {
            Some((one, _)) if number == 1 => one,
            Some((_, many)) => many,
            None => phrase,
        };
        fill(form, &[&grouped(number)])
    }
}

/// The rows of a family: keys and English phrases.
pub(crate) fn family(
    prefix: &'static str,
) -> impl Iterator<Item = (&'static str, &'static str)> {
    ROWS.range(prefix..)
        .take_while(move |(key, _)| key.starts_with(prefix))
        .map(|(key, row)| (*key, row[0]))
}

/// What fills the slots of a pattern where a phrase is one of it: `a {0} c` and `a b c`
/// give `b`.
pub(crate) fn slots<'a>(pattern: &str, phrase: &'a str) -> Option<Vec<&'a str>> {
    let mut values = Vec::new();
    let mut rest = phrase;
    let mut parts = pattern.split('{');
    rest = rest.strip_prefix(parts.next()?)?;
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        let literal = part.get(2..)?;
        let at = match (literal.is_empty(), parts.peek().is_none()) {
            (true, true) => rest.len(),
            (false, true) => rest.len().checked_sub(literal.len())?,
            _ => rest.find(literal)?,
        };
        values.push(rest.get(..at)?);
        rest = rest.get(at..)?.strip_prefix(literal)?;
    }
    (rest.is_empty() && values.iter().all(|value| !value.is_empty())).then_some(values)
}

/// A number with its thousands apart: `12,345`.
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut said = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            said.push(',');
        }
        said.push(digit);
    }
    said
}

fn fill(phrase: &str, values: &[&str]) -> String {
    let mut said = String::with_capacity(phrase.len() + 16);
    let mut rest = phrase;
    while let Some(at) = rest.find('{') {
        said.push_str(&rest[..at]);
        let slot = rest[at + 1..].chars().next().and_then(|c| c.to_digit(10));
        match slot {
            Some(slot) if rest[at + 2..].starts_with('}') => {
                said.push_str(values.get(slot as usize).copied().unwrap_or_default());
                rest = &rest[at + 3..];
            }
            _ => {
                said.push('{');
                rest = &rest[at + 1..];
            }
        }
    }
    said + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_sorted_and_whole() {
        let mut keys: Vec<&str> = Vec::new();
        for (line, row) in TABLE.lines().enumerate().skip(1) {
            let cells: Vec<&str> = row.split('\t').collect();
            assert_eq!(cells.len(), 3, "line {}: {row}", line + 1);
            assert!(
                cells.iter().all(|cell| !cell.is_empty()),
                "line {}: {row}",
                line + 1
            );
            let slots =
                |text: &str| ["{0}", "{1}", "{2}"].map(|slot| text.contains(slot));
            assert_eq!(slots(cells[1]), slots(cells[2]), "slots of {}", cells[0]);
            keys.push(cells[0]);
        }
        let mut sorted = keys.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(keys, sorted, "rows stand in the order of their keys, each once");
    }

    #[test]
    fn every_key_is_in_the_table_and_every_row_is_used() {
        let mut sources = String::new();
        let mut folders =
            vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("the sources are here") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.file_name().is_some_and(|name| name != "strings.rs") {
                    sources += &std::fs::read_to_string(&path).expect("a source is text");
                }
            }
        }
        let squeezed: String = sources.split_whitespace().collect();
        for call in [".text(\"", ".with(\"", ".number(\""] {
            for (at, _) in squeezed.match_indices(call) {
                let rest = &squeezed[at + call.len()..];
                let key = &rest[..rest.find('"').expect("the key ends")];
                assert!(ROWS.contains_key(key), "no row for {key}");
            }
        }
        for key in ROWS.keys() {
            let family = key.rsplit_once('.').map_or(*key, |(family, _)| family);
            let is_used = sources.contains(&format!("\"{key}\""))
                || sources.contains(&format!("\"{family}\""))
                || sources.contains(&format!("\"{family}.{{"))
                || sources.contains(&format!("\"{family}.\""));
            assert!(is_used, "nothing uses the row {key}");
        }
    }

    #[test]
    fn slots_are_taken_out_of_a_phrase() {
        assert_eq!(
            slots("what {0} {1} in {2}", "what RUS annexed in 2014"),
            Some(vec!["RUS", "annexed", "2014"])
        );
        assert_eq!(slots("not {0}", "not 谈判"), Some(vec!["谈判"]));
        assert_eq!(slots("{0} minutes", "90 minutes"), Some(vec!["90"]));
        assert_eq!(slots("{0} minutes", "minutes"), None);
        assert_eq!(slots("not {0}", "nothing"), None);
    }

    #[test]
    fn numbers_have_their_form() {
        assert_eq!(Language::En.number("n.documents", 1), "1 document");
        assert_eq!(Language::En.number("n.documents", 12_345), "12,345 documents");
        assert_eq!(Language::Zh.number("n.documents", 3), "3篇文章");
    }

    #[test]
    fn what_is_filled_in_is_not_filled_again() {
        assert_eq!(fill("{0} and {1}", &["{1}", "b"]), "{1} and b");
        assert_eq!(fill("a { b", &[]), "a { b");
    }
}
