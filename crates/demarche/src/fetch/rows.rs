//! Documents as rows: JSON Lines, CSV and TSV with named columns.
//!
//! In: a table. Out: one document for each row, its bytes those of the row's text. Refuses
//! to know: columns that it has no name for.

use super::{Fetched, Item, LARGEST, Refusal, file, refused};
use ledger::Given;
use serde_json::{Map, Value};
use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::rc::Rc;

/// The names that a column may have, by what it holds.
const TEXT: &[&str] = &["text", "content", "body", "html"];
const TITLE: &[&str] = &["title", "headline"];
const URL: &[&str] = &["url", "link"];
const DATE: &[&str] = &["date", "published", "published_on", "pubdate"];
const OUTLET: &[&str] = &["outlet", "source", "publisher"];
const AUTHOR: &[&str] = &["author", "byline"];

/// Whether a file is named as a table of documents is.
pub fn is_table(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("");
    ["jsonl", "ndjson", "csv", "tsv"]
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}

/// The documents of a table.
pub fn table(path: &Path) -> Fetched {
    let name = path.display().to_string();
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
    let reader = match File::open(path) {
        Ok(file) => BufReader::with_capacity(1 << 16, file),
        Err(cause) => return refused(name, file::why(&cause)),
    };
    match ending.to_str() {
        Some("csv") => separated(reader, b',', name, stem),
        Some("tsv") => separated(reader, b'\t', name, stem),
        _ => json_lines(reader, name, stem),
    }
}

/// Standard input: JSON Lines if it begins with an object, else one document.
pub fn standard_input() -> Fetched {
    let mut input = BufReader::with_capacity(1 << 16, io::stdin());
    let is_json = match input.fill_buf() {
        Ok(head) => head.trim_ascii_start().starts_with(b"{\""),
        Err(cause) => return refused("-".to_owned(), file::why(&cause)),
    };
    match is_json {
        true => json_lines(input, "-".to_owned(), "stdin".to_owned()),
        false => {
            let item = file::whole(input, "-")
                .and_then(|bytes| file::item("-", "stdin".to_owned(), bytes));
            Box::new(std::iter::once(item))
        }
    }
}

fn json_lines(mut from: impl BufRead + 'static, name: String, stem: String) -> Fetched {
    let mut number = 0;
    let mut is_over = false;
    Box::new(std::iter::from_fn(move || {
        while !is_over {
            number += 1;
            let place = format!("{name}:{number}");
            let refuse = |reason| Some(Err(Refusal { name: place.clone(), reason }));
            let line = match next_line(&mut from) {
                Ok(None) => return None,
                Ok(Some(line)) => line,
                Err(LineProblem::TooLong) => return refuse(file::too_long()),
                Err(LineProblem::Io(cause)) => {
                    // What cannot be read now cannot be read the next time either.
                    is_over = true;
                    return refuse(file::why(&cause));
                }
            };
            let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line);
            if line.trim_ascii().is_empty() {
                continue;
            }
            return match object(line) {
                Ok(row) => Some(item(&place, format!("{stem}-{number}"), &row)),
                Err(reason) => refuse(reason),
            };
        }
        None
    }))
}

enum LineProblem {
    TooLong,
    Io(io::Error),
}

/// The next line, or none at the end; one that is too long is skipped to its end.
fn next_line(from: &mut impl BufRead) -> Result<Option<Vec<u8>>, LineProblem> {
    let mut line = Vec::new();
    let limit = LARGEST * 2;
    let read = from.take(limit).read_until(b'\n', &mut line).map_err(LineProblem::Io)?;
    if read == 0 {
        return Ok(None);
    }
    if line.last() != Some(&b'\n') && read as u64 == limit {
        from.skip_until(b'\n').map_err(LineProblem::Io)?;
        return Err(LineProblem::TooLong);
    }
    Ok(Some(line))
}

fn object(line: &[u8]) -> Result<Map<String, Value>, String> {
    let parsed: Result<Value, _> = serde_json::from_slice(line);
    let value = parsed.or_else(|cause| match without_lone_surrogates(line) {
        Some(mended) => serde_json::from_slice(&mended),
        None => Err(cause),
    });
    match value {
        Ok(Value::Object(row)) => Ok(row),
        Ok(_) => Err("it is no JSON object; each line must be one".to_owned()),
        Err(cause) => Err(format!("it is no JSON: {cause}")),
    }
}

/// `\ud83d` without its other half is no character. Feeds cut titles in the middle of an
/// emoji, and the rest of the row is sound: the half becomes U+FFFD.
fn without_lone_surrogates(line: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(line).ok()?;
    let mut mended = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(found) = text[at..].find('\\') {
        let escape = at + found;
        mended.push_str(&text[at..escape]);
        let high = surrogate(text, escape);
        let low = surrogate(text, escape + 6);
        let (words, len) = match (high, low) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => {
                (&text[escape..escape + 12], 12)
            }
            (Some(_), _) => ("\\ufffd", 6),
            // An escaped backslash does not begin another escape.
            (None, _) => {
                let next = text[escape + 1..].chars().next();
                let len = 1 + next.map_or(0, char::len_utf8);
                (&text[escape..escape + len], len)
            }
        };
        mended.push_str(words);
        at = escape + len;
    }
    mended.push_str(&text[at..]);
    Some(mended.into_bytes())
}

fn surrogate(text: &str, at: usize) -> Option<u16> {
    let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
    let unit = u16::from_str_radix(digits, 16).ok()?;
    (0xd800..=0xdfff).contains(&unit).then_some(unit)
}

/// A row of JSON as a document.
fn item(place: &str, name: String, row: &Map<String, Value>) -> Result<Item, Refusal> {
    let find = |names: &[&str]| {
        names.iter().find_map(|name| {
            row.iter()
                .find(|(key, value)| key.eq_ignore_ascii_case(name) && !is_blank(value))
                .map(|(_, value)| value)
        })
    };
    let words = |names: &[&str]| find(names).and_then(words);
    let Some(text) = find(TEXT).and_then(Value::as_str) else {
        let reason = "it has no text: none of text, content, body and html";
        return Err(Refusal { name: place.to_owned(), reason: reason.to_owned() });
    };
    let beside = Beside {
        title: words(TITLE),
        url: words(URL),
        date: words(DATE),
        outlet: words(OUTLET),
        author: words(AUTHOR),
    };
    beside.item(place, name, text.as_bytes().to_vec())
}

fn is_blank(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())
}

/// A value as words: `"RFI"`, `1641829501000`, `{"name": "RFI"}`, `["A", "B"]`.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(all) => {
            let all: Vec<String> = all.iter().filter_map(words).collect();
            (!all.is_empty()).then(|| all.join("; "))
        }
        Value::Object(fields) => fields.get("name").and_then(words),
        _ => None,
    }
}

fn separated(from: impl Read + 'static, by: u8, name: String, stem: String) -> Fetched {
    let left = Rc::new(Cell::new(LARGEST * 2));
    let bounded = Bounded { from, left: Rc::clone(&left) };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(by).flexible(true).from_reader(bounded);
    let columns = match reader.byte_headers() {
        Ok(head) => Columns::find(head),
        Err(cause) => Err(format!("it cannot be read: {cause}")),
    };
    let columns = match columns {
        Ok(columns) => columns,
        Err(reason) => return refused(name, reason),
    };
    let mut row = csv::ByteRecord::new();
    let mut is_over = false;
    Box::new(std::iter::from_fn(move || {
        if is_over {
            return None;
        }
        left.set(LARGEST * 2);
        let line = reader.position().line();
        let place = format!("{name}:{line}");
        match reader.read_byte_record(&mut row) {
            Ok(false) => None,
            Ok(true) => Some(columns.item(&place, format!("{stem}-{line}"), &row)),
            Err(cause) => {
                is_over = true;
                let reason = format!("it cannot be read from this line on: {cause}");
                Some(Err(Refusal { name: place, reason }))
            }
        }
    }))
}

/// A stream of which no more is read for one row than a row may be long: a quotation mark
/// that never closes would make one cell of all the rest.
struct Bounded<R> {
    from: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(into)?;
        match self.left.get().checked_sub(read as u64) {
            Some(left) => self.left.set(left),
            None => {
                return Err(io::Error::other(
                    "a row is longer than an article may be; is a quotation mark missing?",
                ));
            }
        }
        Ok(read)
    }
}

/// Which column holds what.
struct Columns {
    text: Vec<usize>,
    title: Vec<usize>,
    url: Vec<usize>,
    date: Vec<usize>,
    outlet: Vec<usize>,
    author: Vec<usize>,
}

impl Columns {
    fn find(head: &csv::ByteRecord) -> Result<Columns, String> {
        let find = |names: &[&str]| -> Vec<usize> {
            let place = |name: &&str| {
                head.iter().position(|cell| {
                    let cell = cell.strip_prefix(b"\xef\xbb\xbf").unwrap_or(cell);
                    cell.trim_ascii().eq_ignore_ascii_case(name.as_bytes())
                })
            };
            names.iter().filter_map(place).collect()
        };
        let text = find(TEXT);
        if text.is_empty() {
            let names: Vec<_> = head.iter().map(String::from_utf8_lossy).collect();
            let names: String = names.join(", ").chars().take(120).collect();
            return Err(format!(
                "it has no column called text, content, body or html; its first line is: \
                 {names}"
            ));
        }
        Ok(Columns {
            text,
            title: find(TITLE),
            url: find(URL),
            date: find(DATE),
            outlet: find(OUTLET),
            author: find(AUTHOR),
        })
    }

    fn item(
        &self,
        place: &str,
        name: String,
        row: &csv::ByteRecord,
    ) -> Result<Item, Refusal> {
        let cell = |places: &[usize]| {
            places
                .iter()
                .filter_map(|&place| row.get(place))
                .find(|cell| !cell.trim_ascii().is_empty())
        };
        let words = |places: &[usize]| {
            cell(places).map(|cell| String::from_utf8_lossy(cell).trim().to_owned())
        };
        // The text's bytes stay as they are: what is not UTF-8 is decoded as files are.
        let text = cell(&self.text).unwrap_or_default().to_vec();
        let beside = Beside {
            title: words(&self.title),
            url: words(&self.url),
            date: words(&self.date),
            outlet: words(&self.outlet),
            author: words(&self.author),
        };
        beside.item(place, name, text)
    }
}

/// What a row says beside its text.
struct Beside {
    title: Option<String>,
    url: Option<String>,
    date: Option<String>,
    outlet: Option<String>,
    author: Option<String>,
}

impl Beside {
    fn item(self, place: &str, name: String, text: Vec<u8>) -> Result<Item, Refusal> {
        if text.len() as u64 > LARGEST {
            let reason = file::too_long();
            return Err(Refusal { name: place.to_owned(), reason });
        }
        let mut item = file::item(place, name, text)?;
        item.head = self.title.as_deref().and_then(|t| head(t, &item.document.bytes));
        item.document.url = self.url;
        item.document.published_hint = self.date.as_deref().and_then(super::date::read);
        item.given =
            Given { title: self.title, outlet: self.outlet, author: self.author };
        Ok(item)
    }
}

/// The head of front matter for a title, unless the text has a head of its own or is a
/// whole page, which nothing may stand before.
fn head(title: &str, text: &[u8]) -> Option<String> {
    let start = text.trim_ascii_start();
    let start = &start[..start.len().min(1024)];
    let start = String::from_utf8_lossy(start).to_ascii_lowercase();
    let is_page = start.contains("<html") || start.starts_with("<!doctype");
    let has_head = start.starts_with("---") || start.starts_with("<!--");
    if is_page || has_head || std::str::from_utf8(text).is_err() {
        return None;
    }
    let title: Vec<&str> = title.split_whitespace().collect();
    Some(format!("---\ntitle: {}\n---\n\n", Value::String(title.join(" "))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(lines: &str) -> Vec<Result<Item, Refusal>> {
        let bytes = io::Cursor::new(lines.to_owned().into_bytes());
        json_lines(bytes, "feed.jsonl".to_owned(), "feed".to_owned()).collect()
    }

    #[test]
    fn a_line_is_a_document_of_its_own() {
        let items = items(
            "{\"Title\": \"题\", \"content\": \"正文\", \"source\": {\"name\": \"甲报\"}, \
             \"date\": 1641829501000}\n\n[1]\n{\"title\": \"x\"}\nnot json\n",
        );
        let first = items[0].as_ref().unwrap();
        assert_eq!(first.document.bytes, "正文".as_bytes());
        assert_eq!(first.document.path, "feed.jsonl:1");
        assert_eq!(first.document.published_hint.as_deref(), Some("2022-01-10"));
        assert_eq!(first.given.outlet.as_deref(), Some("甲报"));
        assert_eq!(first.name, "feed-1");
        let reasons: Vec<&str> = items[1..]
            .iter()
            .map(|item| item.as_ref().unwrap_err().reason.as_str())
            .collect();
        assert!(reasons[0].contains("no JSON object"), "{reasons:?}");
        assert!(reasons[1].contains("no text"), "{reasons:?}");
        assert!(reasons[2].contains("no JSON"), "{reasons:?}");
        assert_eq!(items[1].as_ref().unwrap_err().name, "feed.jsonl:3");
    }

    #[test]
    fn half_an_emoji_does_not_cost_the_row() {
        let items = items(r#"{"text": "一\ud83d二 \ud83d\ude00 \\ud83d 三\udc00"}"#);
        let text = &items[0].as_ref().unwrap().document.bytes;
        assert_eq!(
            std::str::from_utf8(text).unwrap(),
            "一\u{fffd}二 \u{1f600} \\ud83d 三\u{fffd}"
        );
    }

    #[test]
    fn columns_are_found_by_name_in_any_order() {
        let table =
            "\u{feff}Date;x,TEXT,outlet\n2022/1/10 16:26,\"正\n文\",甲报\n,,乙报\n";
        let bytes = io::Cursor::new(table.as_bytes().to_vec());
        let items: Vec<_> =
            separated(bytes, b',', "t.csv".to_owned(), "t".to_owned()).collect();
        let first = items[0].as_ref().unwrap();
        assert_eq!(first.document.bytes, "正\n文".as_bytes());
        assert_eq!(first.document.path, "t.csv:2");
        assert_eq!(first.given.outlet.as_deref(), Some("甲报"));
        assert_eq!(items[1].as_ref().unwrap_err().reason, "it is empty");
    }
}
