//! Text inside XML.
//!
//! In: any text. Out: the same text as XML may hold it. Refuses to know: elements.

/// Text with what XML would take for markup written as entities, and without the control
/// characters that no XML 1.0 document may hold, in whatever way they are written.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' => escaped.push(c),
            '\r' => escaped.push_str("&#13;"),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_markup_and_nothing_is_forbidden() {
        let text = "<b>“A&B”</b>\u{0}\u{1b}[31m\u{ffff} \"外长\"\n";
        let told = "&lt;b&gt;“A&amp;B”&lt;/b&gt;[31m &quot;外长&quot;\n";
        assert_eq!(escape(text), told);
    }
}
