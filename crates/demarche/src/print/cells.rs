//! What one value looks like in one cell.
//!
//! In: a value. Out: words on one line. Refuses to know: how wide a column is.

use serde_json::Value;

/// A value as a cell of CSV: a list of words joined by `;`, anything deeper as JSON.
pub fn csv(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(all) if all.iter().all(Value::is_string) => {
            let all: Vec<&str> = all.iter().filter_map(Value::as_str).collect();
            all.join(";")
        }
        Value::Array(all) if all.is_empty() => String::new(),
        other => other.to_string(),
    }
}

/// Words as a cell on a screen: one line, and nothing that a terminal would obey. Text
/// from outside may hold escape sequences, and marks that turn the line's direction.
pub fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => {}
            c if c.is_whitespace() || c.is_control() => {
                if !cleaned.ends_with(' ') && !cleaned.is_empty() {
                    cleaned.push(' ');
                }
            }
            c => cleaned.push(c),
        }
    }
    cleaned.truncate(cleaned.trim_end().len());
    cleaned
}

/// The day of a date with a time; an interval and a month stay as they are.
pub fn day(date: Option<&str>) -> String {
    match date {
        None => String::new(),
        Some(date) if date.contains('/') => date.to_owned(),
        Some(date) => date.get(..10).unwrap_or(date).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn lists_are_joined_and_deeper_values_stay_json() {
        assert_eq!(csv(&json!(["RUS", "USA"])), "RUS;USA");
        assert_eq!(csv(&json!([])), "");
        assert_eq!(csv(&json!(null)), "");
        assert_eq!(csv(&json!([{"a": 1}])), "[{\"a\":1}]");
    }

    #[test]
    fn nothing_in_a_cell_moves_the_cursor() {
        assert_eq!(clean("一\n 二\u{1b}[31m\u{202e}三 "), "一 二 [31m三");
    }
}
