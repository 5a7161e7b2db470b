//! The attributes of one tag.
//!
//! In: what stands between a tag's name and its `>`. Out: a value. Refuses to know: which
//! attributes matter.

use super::entity;

/// The value of an attribute, decoded.
pub(super) fn attribute(attributes: &str, key: &str) -> Option<String> {
    raw_attribute(attributes, key).map(|value| entity::decode_all(value.trim()))
}

/// The value of an attribute as it is written.
pub(super) fn raw_attribute<'a>(attributes: &'a str, key: &str) -> Option<&'a str> {
    let bytes = attributes.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        while at < bytes.len() && !is_name_byte(bytes[at]) {
            at += 1;
        }
        let from = at;
        while at < bytes.len() && is_name_byte(bytes[at]) {
            at += 1;
        }
        let found = bytes[from..at].eq_ignore_ascii_case(key.as_bytes());
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        if bytes.get(at) != Some(&b'=') {
            continue;
        }
        at += 1;
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        let (from, to) = match bytes.get(at) {
            Some(quote @ (b'"' | b'\'')) => {
                let end = bytes[at + 1..].iter().position(|byte| byte == quote);
                let end = end.map_or(bytes.len(), |end| at + 1 + end);
                (at + 1, end)
            }
            _ => {
                let len = bytes[at..]
                    .iter()
                    .take_while(|b| !b.is_ascii_whitespace() && **b != b'>')
                    .count();
                (at, at + len)
            }
        };
        if found {
            return attributes.get(from..to);
        }
        at = (to + 1).max(at + 1);
    }
    None
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_with_and_without_quotation_marks() {
        let tag = " data-class=no class = 'a b' hidden href=http://a.example/?x=1&amp;y>";
        assert_eq!(raw_attribute(tag, "class"), Some("a b"));
        assert_eq!(attribute(tag, "HREF").as_deref(), Some("http://a.example/?x=1&y"));
        assert_eq!(raw_attribute(tag, "hidden"), None);
        assert_eq!(raw_attribute(" class=\"never closed", "class"), Some("never closed"));
    }
}
