//! Tables as text.
//!
//! In: rows. Out: CSV or JSON Lines. Refuses to know: types.

use super::List;
use crate::Error;
use serde_json::Value;
use std::io::{self, Write};

/// One object a line.
pub(super) fn jsonl(rows: &[Value], out: &mut dyn Write) -> Result<(), Error> {
    for row in rows {
        writeln!(out, "{row}")?;
    }
    Ok(out.flush()?)
}

/// A header and a row a line.
pub(super) fn csv(list: List, rows: &[Value], out: &mut dyn Write) -> Result<(), Error> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(list.keys()).map_err(written)?;
    for row in rows {
        let cells = list.keys().iter().map(|key| cell(&row[*key]));
        csv.write_record(cells).map_err(written)?;
    }
    Ok(csv.flush()?)
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn written(cause: csv::Error) -> Error {
    match cause.into_kind() {
        csv::ErrorKind::Io(cause) => Error::Stream(cause),
        other => Error::Stream(io::Error::other(format!("a row of CSV: {other:?}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn cells_with_commas_quotes_and_lines_are_read_back() {
        let evidence = "他说：“可以,\"但是\"\r\n要等”";
        let row = json!({"kind": "move", "entry": "a,b", "document": null, "span_start": 3,
                         "evidence": evidence, "rules": ["zh/cues:说", "a;b"]});
        let mut out = Vec::new();
        csv(List::Accounts, &[row], &mut out).expect("memory can be written to");
        let mut read = csv::Reader::from_reader(out.as_slice());
        let headers = read.headers().expect("there is a header").clone();
        assert_eq!(headers.iter().collect::<Vec<_>>(), List::Accounts.keys());
        let row = read.records().next().expect("there is a row").expect("it is whole");
        let cell = |key: &str| {
            let at = headers.iter().position(|header| header == key);
            row[at.expect("the column is there")].to_owned()
        };
        assert_eq!(cell("entry"), "a,b");
        assert_eq!(cell("document"), "");
        assert_eq!(cell("span_start"), "3");
        assert_eq!(cell("evidence"), evidence);
        assert_eq!(cell("rules"), r#"["zh/cues:说","a;b"]"#);
    }

    #[test]
    fn an_object_stays_on_its_line() {
        let rows = [json!({"evidence": "一\n二\u{2028}"}), json!({})];
        let mut out = Vec::new();
        jsonl(&rows, &mut out).expect("memory can be written to");
        let text = String::from_utf8(out).expect("JSON is UTF-8");
        let read: Vec<Value> = text
            .lines()
            .map(|line| serde_json::from_str(line).expect("a line is an object"))
            .collect();
        assert_eq!(read, rows);
    }
}
