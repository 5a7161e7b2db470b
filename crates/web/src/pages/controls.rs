//! Characters that are not seen, made to be seen.
//!
//! In: words of a document. Out: the same words, with control characters and those that
//! turn the direction of writing shown by a sign or their number. Refuses to know: where
//! the words stand.

use maud::{Markup, html};
use std::borrow::Cow;

/// Whether a character controls others and has no shape: U+0007, U+202E, U+2066. White
/// space does not, nor do the marks that scripts need to be written rightly.
fn is_control(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => true,
        c => c.is_control(),
    }
}

/// What stands in the place of a control character.
fn sign(c: char) -> String {
    match u32::from(c) {
        low @ 0..=0x1f => char::from_u32(0x2400 + low).unwrap_or('\u{fffd}').to_string(),
        0x7f => '\u{2421}'.to_string(),
        other => format!("[U+{other:04X}]"),
    }
}

/// The words with a sign in place of each control character.
pub(super) fn plain(words: &str) -> Cow<'_, str> {
    if !words.contains(is_control) {
        return Cow::Borrowed(words);
    }
    let mut shown = String::with_capacity(words.len() + 16);
    for c in words.chars() {
        if is_control(c) { shown.push_str(&sign(c)) } else { shown.push(c) }
    }
    Cow::Owned(shown)
}

/// The words with each such sign set apart from them.
pub(super) fn visible(words: &str) -> Markup {
    if !words.contains(is_control) {
        return html! { (words) };
    }
    let mut rest = words;
    let mut pieces = Vec::new();
    while let Some(at) = rest.find(is_control) {
        let c = rest[at..].chars().next().unwrap_or_default();
        pieces.push((&rest[..at], Some(sign(c))));
        rest = &rest[at + c.len_utf8()..];
    }
    pieces.push((rest, None));
    html! {
        @for (words, sign) in pieces {
            (words) @if let Some(sign) = sign { span.control { (sign) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_seen() {
        assert_eq!(plain("俄方\u{202e}要求\u{7}"), "俄方[U+202E]要求␇");
        assert!(matches!(plain("俄方\n要求\t"), Cow::Borrowed(_)));
        let shown = visible("<a\u{2067}b").into_string();
        assert_eq!(shown, "&lt;a<span class=\"control\">[U+2067]</span>b");
    }
}
