//! Writing an agenda's TOML for people to edit.
//!
//! In: keys and values. Out: lines, commented out where what they say is uncertain.
//! Refuses to know: what the keys mean.

use std::fmt::Write;

/// One `[[…]]` table: what was counted of it, and its lines.
#[derive(Debug, Default, Clone)]
pub struct Row {
    lines: Vec<String>,
    note: String,
    /// Whether it is proposed outright; else its lines are commented out.
    pub is_sure: bool,
}

impl Row {
    /// A table of the list `what`.
    pub fn new(what: &str, is_sure: bool) -> Row {
        Row { lines: vec![format!("[[{what}]]")], note: String::new(), is_sure }
    }

    /// Says what was counted.
    pub fn note(mut self, note: &str) -> Row {
        // A line break in a note would end the comment.
        self.note = note.split_whitespace().collect::<Vec<_>>().join(" ");
        self
    }

    /// Adds a text.
    pub fn text(mut self, key: &str, value: &str) -> Row {
        self.lines.push(format!("{key} = {}", quoted(value)));
        self
    }

    /// Adds a list of texts, unless it is empty.
    pub fn list(mut self, key: &str, values: &[String]) -> Row {
        if !values.is_empty() {
            self.lines.push(format!("{key} = {}", list(values)));
        }
        self
    }

    /// Adds a table by language, without the languages that have nothing.
    pub fn labels(mut self, key: &str, labels: &[(&str, &str)]) -> Row {
        let labels = labels.iter().filter(|(_, label)| !label.is_empty());
        let parts: Vec<String> = labels
            .map(|(language, label)| format!("{language} = {}", quoted(label)))
            .collect();
        if !parts.is_empty() {
            self.lines.push(format!("{key} = {{ {} }}", parts.join(", ")));
        }
        self
    }

    /// Adds lists by language, without those that are empty.
    pub fn lists(mut self, key: &str, lists: &[(&str, &[String])]) -> Row {
        let lists = lists.iter().filter(|(_, values)| !values.is_empty());
        let parts: Vec<String> = lists
            .map(|(language, values)| format!("{language} = {}", list(values)))
            .collect();
        if !parts.is_empty() {
            self.lines.push(format!("{key} = {{ {} }}", parts.join(", ")));
        }
        self
    }

    /// Writes the table and a blank line.
    pub fn write(&self, out: &mut String) {
        if !self.note.is_empty() {
            let _ = writeln!(out, "# {}", self.note);
        }
        for line in &self.lines {
            let _ = match self.is_sure {
                true => writeln!(out, "{line}"),
                false => writeln!(out, "#{line}"),
            };
        }
        out.push('\n');
    }
}

fn list(values: &[String]) -> String {
    let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
    format!("[{}]", values.join(", "))
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push(' '),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_can_be_read_back() {
        let mut out = String::new();
        let row = Row::new("issue", true).note("3 moves\n[[issue]]").text("id", "quota");
        let phrase = ["\"稀土\\配额\"\n".to_owned()];
        row.lists("phrases", &[("zh", &phrase), ("en", &[])]).write(&mut out);
        let agenda = extract::Agenda::parse(&out).expect("sound TOML");
        assert_eq!(agenda.issues.len(), 1);
        assert!(agenda.issue_of("重谈\"稀土\\配额\"").is_some(), "{out}");
    }

    #[test]
    fn uncertain_rows_are_comments() {
        let mut out = String::new();
        Row::new("party", false).text("code", "QQQ").write(&mut out);
        assert!(
            out.lines().all(|line| line.is_empty() || line.starts_with('#')),
            "{out}"
        );
    }
}
