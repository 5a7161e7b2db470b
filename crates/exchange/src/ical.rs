//! The ledger as a calendar (iCalendar, RFC 5545): meetings, and what falls due.
//!
//! In: meetings and open items. Out: all-day events that a calendar can subscribe to.
//! Refuses to know: time zones, since the ledger keeps days; the clock: `DTSTAMP` is when
//! the latest account was published, which is when the event was last revised.
//!
//! A date known only to the month is an event of that month. Planned meetings whose day
//! has passed without an account of them, or is not known to the day, are tentative.

use crate::days::{Days, latest};
use crate::error::Error;
use crate::headline::{account, headline, quoted, text, texts};
use crate::telling::Telling;
use crate::words::{
    CLOSED_BY, CONDITION, DATE_TOLD, NO_ACCOUNT, OUTCOME, PARTICIPANTS, TALKS,
};
use jiff::Timestamp;
use jiff::civil::Date;
use ledger::{Filter, Ledger, OpenKind};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Write;

/// Octets that a line may have before its end (RFC 5545, 3.1).
const WIDTH: usize = 75;

/// Writes the meetings and due dates that a filter wants as a calendar. Meetings and items
/// without a date are in no calendar and are left out.
///
/// # Errors
/// If the ledger cannot be read or `out` cannot be written to.
pub fn ical(
    ledger: &Ledger,
    filter: &Filter,
    telling: &Telling,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let open = ledger.open_items(filter)?;
    let as_of = filter.as_of.clone();
    let as_of = as_of.or_else(|| open.first().and_then(|item| item.as_of.clone()));
    let mut events: Vec<Event> = Vec::new();
    for line in ledger.meetings(filter)? {
        events.extend(meeting(&line.id, &line.json(), as_of.as_deref(), telling));
    }
    // Meetings to come are in the calendar as meetings.
    for item in open.iter().filter(|item| item.kind != OpenKind::Meeting) {
        events.extend(due(&item.json(), telling));
    }
    events.sort_by(|a, b| (a.days, &a.uid).cmp(&(b.days, &b.uid)));
    number(&mut events);
    write(&events, telling, out)
}

/// One event of the calendar.
struct Event {
    uid: String,
    days: Days,
    stamp: Timestamp,
    summary: String,
    status: &'static str,
    place: Option<String>,
    category: String,
    description: Vec<String>,
    /// How often it was revised, counted by its accounts.
    sequence: usize,
}

fn meeting(
    id: &str,
    row: &Value,
    as_of: Option<&str>,
    telling: &Telling,
) -> Option<Event> {
    let language = telling.language;
    let start = text(row, "start");
    let days = Days::parse(start)?.until(row["end"].as_str());
    let is_exact = Days::parse(start).is_some_and(|days| days.first == days.last);
    let has_passed = as_of.and_then(Days::parse).is_some_and(|now| days.last < now.first);
    let status = match text(row, "status") {
        "cancelled" | "refused" => "CANCELLED",
        "proposed" => "TENTATIVE",
        "planned" if has_passed || !is_exact => "TENTATIVE",
        _ => "CONFIRMED",
    };
    let mut description = Vec::new();
    let people: Vec<&str> = texts(row, "participants").collect();
    if !people.is_empty() {
        description.push(language.labelled(PARTICIPANTS, &people.join(", ")));
    }
    if row["outcome"].is_string() {
        description.push(language.labelled(OUTCOME, text(row, "outcome")));
    }
    if !is_exact {
        description.push(language.labelled(DATE_TOLD, start));
    }
    if has_passed && text(row, "status") == "planned" {
        description.push(language.say(NO_ACCOUNT).to_owned());
    }
    description.extend(quoted(row, telling));
    Some(Event {
        uid: format!("meeting-{id}@demarche"),
        days,
        stamp: stamp(row)?,
        summary: headline("meeting", row, telling),
        status,
        place: row["place"].as_str().map(|place| telling.place(place).to_owned()),
        category: text(row, "track").to_owned(),
        description,
        sequence: accounts(row).len().saturating_sub(1),
    })
}

fn due(row: &Value, telling: &Telling) -> Option<Event> {
    let language = telling.language;
    let days = Days::parse(text(row, "due"))?;
    let first = accounts(row).first()?;
    // An item has no id of its own: what it is, whose, and where it is first told.
    let document = text(first, "document");
    let uid = format!(
        "{}-{}-{}-{}@demarche",
        text(row, "kind"),
        text(row, "party"),
        document.get(..16).unwrap_or(document),
        first["span"][0]
    );
    let mut description = Vec::new();
    if row["condition"].is_string() {
        description.push(language.labelled(CONDITION, text(row, "condition")));
    }
    if days.first != days.last {
        description.push(language.labelled(DATE_TOLD, text(row, "due")));
    }
    description.extend(quoted(row, telling));
    if row["closed_by"].is_object() {
        description.push(language.labelled(CLOSED_BY, &account(&row["closed_by"])));
    }
    Some(Event {
        uid,
        days,
        stamp: stamp(row)?,
        summary: headline("open", row, telling),
        status: "CONFIRMED",
        place: None,
        category: telling.issue(text(row, "issue")).to_owned(),
        description,
        sequence: accounts(row).len().saturating_sub(1),
    })
}

fn accounts(row: &Value) -> &[Value] {
    row["accounts"].as_array().map_or(&[], Vec::as_slice)
}

/// When the latest account was published; the first of January 1970 where none is dated.
fn stamp(row: &Value) -> Option<Timestamp> {
    let told = accounts(row).iter().chain([&row["closed_by"]]);
    Some(latest(told.map(|one| text(one, "published"))).unwrap_or(Timestamp::UNIX_EPOCH))
}

/// Two items may be told by the same words; the second one is numbered.
fn number(events: &mut [Event]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for event in events {
        let count = seen.entry(event.uid.clone()).or_default();
        *count += 1;
        if *count > 1 {
            event.uid = format!("{count}-{}", event.uid);
        }
    }
}

fn write(events: &[Event], telling: &Telling, out: &mut dyn Write) -> Result<(), Error> {
    let language = telling.language;
    let title = telling.title.as_deref().unwrap_or_else(|| language.say(TALKS));
    let mut line = |name: &str, value: &str| out.write_all(&folded(name, value));
    line("BEGIN", "VCALENDAR")?;
    line("VERSION", "2.0")?;
    line("PRODID", "-//Demarche//Demarche//EN")?;
    line("CALSCALE", "GREGORIAN")?;
    line(&format!("NAME;LANGUAGE={}", language.tag()), &escaped(title))?;
    line("X-WR-CALNAME", &escaped(title))?;
    for event in events {
        line("BEGIN", "VEVENT")?;
        line("UID", &escaped(&event.uid))?;
        line("DTSTAMP", &event.stamp.strftime("%Y%m%dT%H%M%SZ").to_string())?;
        line("DTSTART;VALUE=DATE", &day(event.days.first))?;
        line("DTEND;VALUE=DATE", &day(event.days.end()))?;
        line("SEQUENCE", &event.sequence.to_string())?;
        line("SUMMARY", &escaped(&event.summary))?;
        line("STATUS", event.status)?;
        line("TRANSP", "TRANSPARENT")?;
        if let Some(place) = &event.place {
            line("LOCATION", &escaped(place))?;
        }
        if !event.category.is_empty() {
            line("CATEGORIES", &escaped(&event.category))?;
        }
        line("DESCRIPTION", &escaped(&event.description.join("\n")))?;
        line("END", "VEVENT")?;
    }
    line("END", "VCALENDAR")?;
    Ok(out.flush()?)
}

fn day(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// A value of type TEXT: what separates values is escaped, control characters are gone.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push(' '),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// A content line with its end: after 75 octets it goes on behind a line end and a space,
/// never inside a character.
fn folded(name: &str, value: &str) -> Vec<u8> {
    let mut folded = Vec::with_capacity(name.len() + value.len() + 8);
    let mut taken = 0;
    for c in name.chars().chain([':']).chain(value.chars()) {
        if taken + c.len_utf8() > WIDTH {
            folded.extend(b"\r\n ");
            taken = 1;
        }
        folded.extend(c.encode_utf8(&mut [0; 4]).as_bytes());
        taken += c.len_utf8();
    }
    folded.extend(b"\r\n");
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telling::Language;
    use serde_json::json;

    #[test]
    fn long_lines_fold_between_characters_and_unfold_to_the_same() {
        let value = "会谈；".repeat(60) + "a";
        let lines = folded("DESCRIPTION", &value);
        let text = String::from_utf8(lines).expect("no character is cut");
        assert!(text.ends_with("\r\n"));
        for line in text.trim_end().split("\r\n") {
            assert!(line.len() <= WIDTH, "{} octets: {line}", line.len());
        }
        assert!(text.contains("\r\n "), "such a long line is folded");
        let unfolded = text.replace("\r\n ", "");
        assert_eq!(unfolded, format!("DESCRIPTION:{value}\r\n"));
        assert_eq!(folded("A", &"b".repeat(73)).len(), WIDTH + 2, "75 octets fit");
    }

    #[test]
    fn what_separates_values_is_escaped() {
        assert_eq!(escaped("一,二;三\\四\n五\r\u{7}"), "一\\,二\\;三\\\\四\\n五");
    }

    fn row(start: &str, end: Option<&str>, status: &str) -> Value {
        json!({"start": start, "end": end, "status": status, "parties": ["RUS"],
               "participants": [], "level": "leaders", "format": "phone", "place": null,
               "outcome": null, "track": null, "accounts": [
                  {"document": "ab".repeat(32), "outlet": null, "evidence": "通话",
                   "span": [0, 6], "origin": "x", "published": "2022-01-12T09:30"},
                  {"document": "cd".repeat(32), "outlet": null, "evidence": "通话",
                   "span": [0, 6], "origin": "x", "published": null}]})
    }

    #[test]
    fn days_and_status_are_those_that_are_told() {
        let told = |start: &str, end: Option<&str>, status: &str| {
            let telling = Telling { language: Language::Zh, ..Telling::default() };
            let event =
                meeting("id", &row(start, end, status), Some("2022-01-12"), &telling);
            event.map(|e| {
                format!("{} {} {}", day(e.days.first), day(e.days.end()), e.status)
            })
        };
        let is = |found: Option<String>, wanted: &str| {
            assert_eq!(found.as_deref(), Some(wanted));
        };
        is(told("2022-01-10", None, "held"), "20220110 20220111 CONFIRMED");
        is(
            told("2022-01-12", Some("2022-01-13"), "planned"),
            "20220112 20220114 CONFIRMED",
        );
        is(told("2022-01", None, "held"), "20220101 20220201 CONFIRMED");
        is(told("2022-02", None, "planned"), "20220201 20220301 TENTATIVE");
        is(told("2022-01-11", None, "planned"), "20220111 20220112 TENTATIVE");
        is(told("2022-01-20", None, "refused"), "20220120 20220121 CANCELLED");
        assert_eq!(told("soon", None, "planned"), None);
    }

    #[test]
    fn the_stamp_is_that_of_the_latest_account() {
        let event =
            meeting("id", &row("2022-01-10", None, "held"), None, &Telling::default());
        let event = event.expect("it is dated");
        assert_eq!(event.stamp.to_string(), "2022-01-12T09:30:00Z");
        assert_eq!(event.sequence, 1);
    }

    #[test]
    fn two_items_never_share_an_identifier() {
        let item = json!({"kind": "deadline", "party": "RUS", "due": "2022-02-01",
            "toward": [], "issue": null, "condition": null, "status": "open",
            "closed_by": null, "accounts": row("", None, "")["accounts"]});
        let both = [due(&item, &Telling::default()), due(&item, &Telling::default())];
        let mut both: Vec<Event> = both.into_iter().flatten().collect();
        number(&mut both);
        assert_eq!(both[0].uid, "deadline-RUS-abababababababab-0@demarche");
        assert_eq!(both[1].uid, "2-deadline-RUS-abababababababab-0@demarche");
    }
}
