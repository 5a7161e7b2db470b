//! What is new or otherwise since a day, as a feed (Atom, RFC 4287).
//!
//! In: the ledger's changes since a day. Out: a feed with an entry for each. Refuses to
//! know: the clock: an entry was updated when its latest account was published.

use crate::days::{instant, latest};
use crate::error::Error;
use crate::headline::{headline, quoted, text};
use crate::telling::Telling;
use crate::words::{CHANGED, CHANGES, NEW, WAS};
use crate::xml::escape;
use jiff::Timestamp;
use ledger::{ChangeLine, Filter, Ledger};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::io::Write;

/// The address of the page that shows a changed row, where there is one.
pub type Page<'a> = &'a dyn Fn(&ChangeLine) -> Option<String>;

/// What a feed says of itself beside its entries.
#[derive(Clone, Copy, Default)]
pub struct Feed<'a> {
    /// Its own address, where it has one.
    pub address: Option<&'a str>,
    /// Tells the pages of its entries, where there are pages.
    pub page: Option<Page<'a>>,
}

/// Writes the rows that are new or otherwise since a day as a feed, the latest first.
///
/// # Errors
/// If the ledger cannot be read or `out` cannot be written to.
pub fn atom(
    ledger: &Ledger,
    filter: &Filter,
    since: &str,
    telling: &Telling,
    feed: Feed<'_>,
    out: &mut dyn Write,
) -> Result<(), Error> {
    // What most lately changed is wanted, and that shows only when all are in order.
    let limit = filter.limit.unwrap_or(usize::MAX);
    let changes = ledger.changes(since, &Filter { limit: None, ..filter.clone() })?;
    let since_then = instant(since).unwrap_or(Timestamp::UNIX_EPOCH);
    let mut entries: Vec<(Timestamp, &ChangeLine)> = changes
        .iter()
        .map(|change| (updated(change).unwrap_or(since_then), change))
        .collect();
    entries.sort_by(|a, b| {
        b.0.cmp(&a.0).then(a.1.kind.cmp(b.1.kind)).then_with(|| a.1.id.cmp(&b.1.id))
    });
    entries.truncate(limit);
    let latest = entries.first().map_or(since_then, |(updated, _)| *updated);
    head(filter, latest, telling, feed, out)?;
    for (updated, change) in entries {
        entry(updated, change, telling, feed, out)?;
    }
    writeln!(out, "</feed>")?;
    Ok(out.flush()?)
}

fn head(
    filter: &Filter,
    updated: Timestamp,
    telling: &Telling,
    feed: Feed<'_>,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let language = telling.language;
    let changes = language.say(CHANGES);
    let title = match &telling.title {
        Some(title) => language.labelled(CHANGES, title),
        None => changes.to_owned(),
    };
    // The same question is the same feed, whatever day it is asked on.
    let asked = [&filter.party, &filter.toward, &filter.issue, &filter.outlet];
    let asked = asked.map(|part| part.as_deref().unwrap_or_default()).join("\n");
    let id = urn(&["feed", telling.title.as_deref().unwrap_or_default(), &asked]);
    writeln!(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>")?;
    let tag = language.tag();
    writeln!(out, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{tag}\">")?;
    writeln!(out, "<id>{id}</id>")?;
    writeln!(out, "<title>{}</title>", escape(&title))?;
    writeln!(out, "<updated>{updated}</updated>")?;
    writeln!(out, "<author><name>Demarche</name></author>")?;
    writeln!(out, "<generator>Demarche</generator>")?;
    if let Some(address) = feed.address {
        writeln!(out, "<link rel=\"self\" href=\"{}\"/>", escape(address))?;
    }
    Ok(())
}

fn entry(
    updated: Timestamp,
    change: &ChangeLine,
    telling: &Telling,
    feed: Feed<'_>,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let language = telling.language;
    let how = language.say(if change.is_new { NEW } else { CHANGED });
    let kind = language.code(change.kind);
    let headline = headline(change.kind, &change.row, telling);
    writeln!(out, "<entry>")?;
    writeln!(out, "<id>{}</id>", urn(&[change.kind, &change.id]))?;
    writeln!(out, "<title>{}</title>", escape(&headline))?;
    writeln!(out, "<updated>{updated}</updated>")?;
    writeln!(out, "<category term=\"{}\" label=\"{kind}\"/>", change.kind)?;
    if let Some(address) = feed.page.and_then(|page| page(change)) {
        writeln!(out, "<link rel=\"alternate\" href=\"{}\"/>", escape(&address))?;
    }
    if let Some(address) = change.row["url"].as_str() {
        writeln!(out, "<link rel=\"via\" href=\"{}\"/>", escape(address))?;
    }
    let mut lines = vec![language.join(&[kind, how])];
    lines.extend(fields(change, telling));
    lines.extend(quoted(&change.row, telling));
    writeln!(out, "<content type=\"text\">{}</content>", escape(&lines.join("\n")))?;
    writeln!(out, "</entry>")?;
    Ok(())
}

/// What is otherwise, and what it was.
fn fields(change: &ChangeLine, telling: &Telling) -> Vec<String> {
    let was = telling.language.say(WAS);
    let line = |key: &String| {
        let before = change.before.as_ref().map(|row| plain(&row[key]));
        let (is, before) = (plain(&change.row[key]), before.unwrap_or_default());
        format!("{key}: {is} ({was}: {before})")
    };
    change.fields.iter().map(line).collect()
}

/// A value as a person reads it; of a list of objects, how many there are.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(all) if all.iter().all(|one| !one.is_object()) => {
            all.iter().map(plain).collect::<Vec<_>>().join(", ")
        }
        Value::Array(all) => all.len().to_string(),
        Value::Object(_) => text(value, "evidence").to_owned(),
        other => other.to_string(),
    }
}

/// When a row's latest account was published; of a position, the day of its last step.
fn updated(change: &ChangeLine) -> Option<Timestamp> {
    let row = &change.row;
    let dates = match change.kind {
        "document" => vec![text(row, "published")],
        "position" => {
            let steps = row["history"].as_array().into_iter().flatten();
            steps.map(|step| text(step, "date")).collect()
        }
        _ => {
            let accounts = row["accounts"].as_array().into_iter().flatten();
            let told = accounts.chain([&row["closed_by"]]);
            told.map(|account| text(account, "published")).collect()
        }
    };
    latest(dates.into_iter())
}

/// An identifier that says the same of the same parts everywhere: a UUID of their hash.
fn urn(parts: &[&str]) -> String {
    let hash = Sha256::digest(parts.join("\n").as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    // A UUID of version 8: its bits are whatever the maker says (RFC 9562).
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let parts = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
    format!("urn:uuid:{}", parts.join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn change() -> ChangeLine {
        ChangeLine {
            kind: "document",
            id: "1".to_owned(),
            is_new: true,
            fields: Vec::new(),
            row: json!({"title": "A < B & 会谈", "outlet": "报", "url": "http://a/?b&c",
                        "published": "2022-01-10T08:00:00+08:00"}),
            before: None,
        }
    }

    #[test]
    fn an_entry_is_escaped_and_dated_by_its_publication() {
        let mut out = Vec::new();
        let change = change();
        let page = |change: &ChangeLine| Some(format!("/document/{}?a&b", change.id));
        let feed = Feed { address: None, page: Some(&page) };
        let updated = updated(&change).expect("it is dated");
        entry(updated, &change, &Telling::default(), feed, &mut out).expect("memory");
        let text = String::from_utf8(out).expect("a feed is UTF-8");
        assert!(text.contains("<title>报: A &lt; B &amp; 会谈</title>"), "{text}");
        assert!(text.contains("<updated>2022-01-10T00:00:00Z</updated>"), "{text}");
        assert!(
            text.contains("rel=\"alternate\" href=\"/document/1?a&amp;b\""),
            "{text}"
        );
        assert!(text.contains("rel=\"via\" href=\"http://a/?b&amp;c\""), "{text}");
    }

    #[test]
    fn identifiers_are_uuids_that_stay() {
        let one = urn(&["move", "1"]);
        assert_eq!(one, urn(&["move", "1"]));
        assert_ne!(one, urn(&["meeting", "1"]));
        assert_eq!(one.len(), "urn:uuid:".len() + 36);
        assert_eq!(&one[23..24], "8", "{one}");
    }
}
