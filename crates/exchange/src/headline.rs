//! One row in one line.
//!
//! In: a row as the list commands print it, and what list it is of. Out: its headline, and
//! its accounts in words. Refuses to know: where headlines stand.

use crate::telling::{Language, Telling};
use crate::words::{DUE, MORE, ON, SOMEBODY, UNTITLED};
use serde_json::Value;

/// How many accounts are quoted below a headline.
const QUOTED: usize = 5;

/// What a row tells, in one line. `kind` is `meeting`, `move`, `statement`, `position`,
/// `open` or `document`.
pub(crate) fn headline(kind: &str, row: &Value, telling: &Telling) -> String {
    match kind {
        "meeting" => meeting(row, telling),
        "move" => act(row, telling),
        "statement" => statement(row, telling),
        "position" => position(row, telling),
        "open" => open(row, telling),
        _ => {
            let title = text(row, "title");
            let untitled = telling.language.say(UNTITLED);
            let title = if title.is_empty() { untitled } else { title };
            beginning(text(row, "outlet"), telling.language) + title
        }
    }
}

/// A field that is a string; empty where there is none.
pub(crate) fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row[key].as_str().unwrap_or_default()
}

/// A field that is a list of strings.
pub(crate) fn texts<'a>(row: &'a Value, key: &str) -> impl Iterator<Item = &'a str> {
    row[key].as_array().into_iter().flatten().filter_map(Value::as_str)
}

/// The first accounts of a row, one a line, each with its place in its document.
pub(crate) fn quoted(row: &Value, telling: &Telling) -> Vec<String> {
    let accounts = row["accounts"].as_array().map_or(&[][..], Vec::as_slice);
    let mut lines: Vec<String> = accounts.iter().take(QUOTED).map(account).collect();
    if accounts.len() > QUOTED {
        let more = (accounts.len() - QUOTED).to_string();
        lines.push(telling.language.labelled(MORE, &more));
    }
    lines
}

/// `RFI 2022-01-10 “…” [79e4b60c0dd8:569–909]`.
pub(crate) fn account(account: &Value) -> String {
    let document = text(account, "document");
    let document = document.get(..12).unwrap_or(document);
    let published = text(account, "published");
    let day = published.get(..10).unwrap_or(published);
    let place = |at: usize| account["span"][at].as_u64().unwrap_or_default();
    let who = [text(account, "outlet"), day];
    let who: Vec<&str> = who.into_iter().filter(|part| !part.is_empty()).collect();
    let quoted = in_quotes(text(account, "evidence"));
    let place = format!("[{document}:{}–{}]", place(0), place(1));
    format!("{} {quoted} {place}", who.join(" ")).trim_start().to_owned()
}

/// Words in quotation marks; those that begin with one have their own.
fn in_quotes(words: &str) -> String {
    match words.starts_with(['“', '「', '"', '«']) {
        true => words.to_owned(),
        false => format!("“{words}”"),
    }
}

fn meeting(row: &Value, telling: &Telling) -> String {
    let language = telling.language;
    let parties = telling.parties(texts(row, "parties"));
    let parties = if parties.is_empty() {
        telling.parties(texts(row, "participants"))
    } else {
        parties
    };
    let how = language.join(&[
        language.code(text(row, "level")),
        language.code(text(row, "format")),
        telling.place(text(row, "place")),
        language.code(text(row, "status")),
    ]);
    beginning(&parties, language) + &how
}

fn act(row: &Value, telling: &Telling) -> String {
    let language = telling.language;
    let modality = match text(row, "modality") {
        "actual" => "",
        other => language.code(other),
    };
    let what = language.join(&[language.code(text(row, "act")), modality]);
    let actors = text(row, "actor").split(';').filter(|code| !code.is_empty());
    let mut line = format!("{} {what}", named(telling.parties(actors), language));
    line.push_str(&toward(telling.parties(texts(row, "target"))));
    line + &about(row, telling)
}

fn statement(row: &Value, telling: &Telling) -> String {
    let words = texts(row, "content").collect::<Vec<_>>().join(" … ");
    beginning(text(row, "speaker"), telling.language) + &in_quotes(&words)
}

fn position(row: &Value, telling: &Telling) -> String {
    let act = telling.language.code(text(row, "act"));
    format!("{} {act}{}", telling.party(text(row, "party")), about(row, telling))
}

fn open(row: &Value, telling: &Telling) -> String {
    let language = telling.language;
    let kind = language.code(text(row, "kind"));
    let mut line = format!("{} {kind}", telling.party(text(row, "party")));
    line.push_str(&toward(telling.parties(texts(row, "toward"))));
    line.push_str(&about(row, telling));
    line.push_str(match language {
        Language::En => ", ",
        Language::Zh => "，",
    });
    line.push_str(language.code(text(row, "status")));
    if row["due"].is_string() {
        line.push_str(&format!(" ({})", language.labelled(DUE, text(row, "due"))));
    }
    line
}

fn named(name: String, language: Language) -> String {
    if name.is_empty() { language.say(SOMEBODY).to_owned() } else { name }
}

fn toward(parties: String) -> String {
    if parties.is_empty() { parties } else { format!(" → {parties}") }
}

fn about(row: &Value, telling: &Telling) -> String {
    match text(row, "issue") {
        "" => String::new(),
        issue => {
            let on = telling.language.say(ON);
            match telling.language {
                Language::En => format!(" {on} {}", telling.issue(issue)),
                Language::Zh => format!("（{}）", telling.issue(issue)),
            }
        }
    }
}

/// A name with the colon behind it.
fn beginning(name: &str, language: Language) -> String {
    match language {
        _ if name.is_empty() => String::new(),
        Language::En => format!("{name}: "),
        Language::Zh => format!("{name}："),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_row_is_told_in_either_language() {
        let parties = [("RUS", "俄罗斯"), ("USA", "美国")];
        let names = |(code, name): (&str, &str)| (code.to_owned(), name.to_owned());
        let zh = Telling {
            language: Language::Zh,
            parties: parties.map(names).into(),
            issues: [("arms", "军备")].map(names).into(),
            ..Telling::default()
        };
        let row = json!({"actor": "RUS", "act": "REQUEST", "target": ["USA"],
                         "issue": "arms", "modality": "future"});
        let english = headline("move", &row, &Telling::default());
        assert_eq!(english, "RUS REQUEST, to come → USA on arms");
        assert_eq!(headline("move", &row, &zh), "俄罗斯 要求，将要 → 美国（军备）");
        let row = json!({"parties": ["RUS", "USA"], "level": "leaders", "format": "unknown",
                         "place": "Geneva", "status": "held"});
        assert_eq!(
            headline("meeting", &row, &zh),
            "俄罗斯、美国：元首级，Geneva，已举行"
        );
    }
}
