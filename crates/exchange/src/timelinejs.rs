//! Meetings and moves as TimelineJS 3 reads them.
//!
//! In: meetings and moves. Out: one JSON object with a title and events. Refuses to know:
//! how the timeline looks. Text that TimelineJS puts into its page as HTML is escaped.

use crate::days::Days;
use crate::error::Error;
use crate::headline::{headline, quoted, text, texts};
use crate::telling::Telling;
use crate::words::{MEETINGS, MOVES, OUTCOME, PARTICIPANTS, TALKS};
use crate::xml::escape;
use jiff::civil::Date;
use ledger::{Filter, Ledger};
use serde_json::{Map, Value, json};
use std::io::Write;

/// Writes the meetings and moves that a filter wants; what has no date is left out.
///
/// # Errors
/// If the ledger cannot be read or `out` cannot be written to.
pub fn timelinejs(
    ledger: &Ledger,
    filter: &Filter,
    telling: &Telling,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let language = telling.language;
    let mut events: Vec<(Days, String, Value)> = Vec::new();
    let mut add = |kind: &str, id: &str, date: Option<&str>, row: &Value| {
        let unique = format!("{kind}-{id}");
        let event = date.and_then(|date| {
            let days = Days::parse(date)?.until(row["end"].as_str());
            Some((days, unique.clone(), event(kind, &unique, date, days, row, telling)))
        });
        events.extend(event);
    };
    for line in ledger.meetings(filter)? {
        add("meeting", &line.id, line.start.as_deref(), &line.json());
    }
    for line in ledger.moves(filter)? {
        add("move", &line.id, line.date(), &line.json());
    }
    events.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    let title = telling.title.as_deref().unwrap_or_else(|| language.say(TALKS));
    let whole = json!({
        "scale": "human",
        "title": {"text": {"headline": escape(title)}},
        "events": events.into_iter().map(|(_, _, event)| event).collect::<Vec<_>>(),
    });
    serde_json::to_writer_pretty(&mut *out, &whole)
        .map_err(|cause| Error::Stream(cause.into()))?;
    writeln!(out)?;
    Ok(out.flush()?)
}

fn event(
    kind: &str,
    id: &str,
    date: &str,
    days: Days,
    row: &Value,
    telling: &Telling,
) -> Value {
    let language = telling.language;
    let mut paragraphs = Vec::new();
    let people: Vec<&str> = texts(row, "participants").collect();
    if !people.is_empty() {
        paragraphs.push(language.labelled(PARTICIPANTS, &people.join(", ")));
    }
    if row["outcome"].is_string() {
        paragraphs.push(language.labelled(OUTCOME, text(row, "outcome")));
    }
    paragraphs.extend(quoted(row, telling));
    let body: String =
        paragraphs.iter().map(|line| format!("<p>{}</p>", escape(line))).collect();
    let mut event = Map::new();
    event.insert("unique_id".to_owned(), json!(id));
    event.insert("start_date".to_owned(), on(days.first));
    if days.first != days.last {
        event.insert("end_date".to_owned(), on(days.last));
    }
    if date.len() < 10 {
        // A month is told as a month, not as its first and last day.
        event.insert("display_date".to_owned(), json!(date));
    }
    let group = language.say(if kind == "meeting" { MEETINGS } else { MOVES });
    event.insert("group".to_owned(), json!(group));
    let headline = escape(&headline(kind, row, telling));
    event.insert("text".to_owned(), json!({"headline": headline, "text": body}));
    Value::Object(event)
}

fn on(day: Date) -> Value {
    json!({"year": day.year(), "month": day.month(), "day": day.day()})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_a_span_and_no_markup_comes_through() {
        let row = json!({"actor": "RUS", "act": "REJECT", "target": [], "issue": null,
            "modality": "actual", "accounts": [{"document": "0", "outlet": "<script>",
            "evidence": "<b>不</b>", "span": [0, 3], "published": null}]});
        let days = Days::parse("2022-02").expect("a month");
        let event = event("move", "move-1", "2022-02", days, &row, &Telling::default());
        assert_eq!(event["start_date"], json!({"year": 2022, "month": 2, "day": 1}));
        assert_eq!(event["end_date"], json!({"year": 2022, "month": 2, "day": 28}));
        assert_eq!(event["display_date"], "2022-02");
        assert_eq!(event["text"]["headline"], "RUS REJECT");
        let body = event["text"]["text"].as_str().expect("it has a text");
        assert!(body.starts_with("<p>&lt;script&gt; “&lt;b&gt;不"), "{body}");
    }
}
