//! Front matter: `key: value` lines between two `---`.
//!
//! In: the decoded source. Out: keys, values and where they stand. Refuses to know: most of
//! YAML; captured posts hold scalars, and lists that nothing here reads.

use super::draft::{Draft, Hints};

/// The fields of a document's front matter.
#[derive(Debug, Default)]
pub(super) struct FrontMatter {
    fields: Vec<Field>,
    /// Where the document's own text starts.
    pub body: usize,
}

#[derive(Debug)]
struct Field {
    key: String,
    raw: (usize, usize),
}

const LONGEST: usize = 1 << 16;

impl FrontMatter {
    /// Reads the front matter that starts at `from`, if one does.
    pub fn read(source: &str, from: usize) -> Option<FrontMatter> {
        let rest = &source[from..];
        let first = rest.lines().next()?;
        if first.trim_end() != "---" {
            return None;
        }
        let mut front = FrontMatter::default();
        let mut at = from + first.len() + 1;
        while at < source.len() && at - from < LONGEST {
            let end = source[at..].find('\n').map_or(source.len(), |n| at + n);
            let line = &source[at..end];
            if matches!(line.trim_end(), "---" | "...") {
                front.body = (end + 1).min(source.len());
                return (!front.fields.is_empty()).then_some(front);
            }
            front.line(source, at, end);
            at = end + 1;
        }
        None
    }

    fn line(&mut self, source: &str, at: usize, end: usize) {
        let line = source[at..end].trim_end();
        let goes_on = line.starts_with([' ', '\t', '-']) || line.is_empty();
        if goes_on {
            if let Some(field) = self.fields.last_mut() {
                field.raw.1 = at + line.len();
            }
            return;
        }
        let Some((key, value)) = line.split_once(':') else { return };
        let from = at + key.len() + 1 + (value.len() - value.trim_start().len());
        self.fields.push(Field {
            key: key.trim().to_ascii_lowercase(),
            raw: (from.min(at + line.len()), at + line.len()),
        });
    }

    /// The value of the first of `keys` that has one.
    pub fn value(&self, source: &str, keys: &[&str]) -> Option<String> {
        let mut draft = Draft::default();
        self.write(source, keys, &mut draft)?;
        Some(draft.text)
            .filter(|value| !value.is_empty() && value != "NA" && value != "null")
    }

    /// Writes the value of the first of `keys` as a block.
    pub fn write(&self, source: &str, keys: &[&str], draft: &mut Draft) -> Option<usize> {
        let mut fields = keys.iter().filter_map(|key| {
            self.fields
                .iter()
                .find(|field| field.key == *key && field.raw.0 < field.raw.1)
        });
        let (from, to) = fields.next()?.raw;
        draft.close();
        let count = draft.blocks.len();
        draft.open(from, Hints::default());
        write_scalar(source, from, to, draft);
        draft.close();
        (draft.blocks.len() > count).then_some(count)
    }
}

fn write_scalar(source: &str, from: usize, to: usize, draft: &mut Draft) {
    let raw = &source[from..to];
    match raw.as_bytes() {
        [b'"', ..] => write_double_quoted(source, from + 1, to, draft),
        [b'\'', ..] => {
            let mut at = from + 1;
            while let Some(quote) = source[at..to].find('\'') {
                draft.write(source, at, at + quote);
                at += quote + 1;
                if !source[at..to].starts_with('\'') {
                    return;
                }
                draft.write(source, at, at + 1);
                at += 1;
            }
            draft.write(source, at, to);
        }
        [b'>' | b'|', ..] => {
            let skip = raw.find('\n').unwrap_or(raw.len());
            draft.write(source, from + skip, to);
        }
        _ => draft.write(source, from, to),
    }
}

fn write_double_quoted(source: &str, from: usize, to: usize, draft: &mut Draft) {
    let bytes = source.as_bytes();
    let (mut at, mut text_from) = (from, from);
    while at < to {
        match bytes[at] {
            b'"' => break,
            b'\\' => {
                draft.write(source, text_from, at);
                at += write_escape(source, at, to, draft);
                text_from = at;
            }
            _ => at += 1,
        }
    }
    draft.write(source, text_from, at);
}

/// Writes the escape at `at` and tells its length.
fn write_escape(source: &str, at: usize, to: usize, draft: &mut Draft) -> usize {
    let Some(next) = source[at + 1..to].chars().next() else { return 1 };
    let hex = |len: usize| {
        let digits = source.get(at + 2..at + 2 + len)?;
        char::from_u32(u32::from_str_radix(digits, 16).ok()?)
    };
    let (c, len) = match next {
        'n' | 't' | 'r' | '_' | ' ' | 'N' | 'L' | 'P' => (Some(' '), 2),
        'x' => (hex(2), 4),
        'u' => (hex(4), 6),
        // A backslash at the line's end: the line feed and the indent are no space.
        '\n' => {
            let rest = &source[at + 2..to];
            let indent = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            return 2 + indent;
        }
        other => (Some(other), 1 + other.len_utf8()),
    };
    if let Some(c) = c {
        draft.write_decoded(c, at);
        if len <= to - at {
            return len;
        }
    }
    len.min(to - at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_of_every_kind() {
        let source = "---\ntitle: \"A \\\"new\\\" round\\\n  \\ of\\_talks\"\nfrom: https://a.example/b\n\
                      name: 'it''s'\ntags:\n  - x\n---\nBody";
        let front = FrontMatter::read(source, 0).expect("front matter");
        let value = |key| front.value(source, &[key]);
        assert_eq!(value("title").as_deref(), Some("A \"new\" round of talks"));
        assert_eq!(value("from").as_deref(), Some("https://a.example/b"));
        assert_eq!(value("name").as_deref(), Some("it's"));
        assert_eq!(&source[front.body..], "Body");
    }
}
