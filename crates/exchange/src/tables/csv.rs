//! Tables as comma separated values.
//!
//! In: rows. Out: RFC 4180 with a header. Refuses to know: types.

use super::List;
use crate::Error;
use serde_json::Value;
use std::io::{self, Write};

/// A table while it is written.
pub(super) struct Csv<W: Write> {
    list: List,
    out: csv::Writer<W>,
}

impl<W: Write> Csv<W> {
    /// Writes the header.
    pub fn start(list: List, out: W) -> Result<Csv<W>, Error> {
        let mut out = csv::Writer::from_writer(out);
        out.write_record(list.keys()).map_err(written)?;
        Ok(Csv { list, out })
    }

    /// Writes one row.
    pub fn row(&mut self, row: &Value) -> Result<(), Error> {
        let cells = self.list.keys().iter().map(|key| cell(&row[*key]));
        self.out.write_record(cells).map_err(written)
    }

    /// Passes on what is still held back.
    pub fn end(mut self) -> Result<(), Error> {
        Ok(self.out.flush()?)
    }
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
        let mut table = Csv::start(List::Accounts, &mut out).expect("memory");
        table.row(&row).expect("memory can be written to");
        table.end().expect("memory can be written to");
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
}
