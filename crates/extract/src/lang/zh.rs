//! What Chinese grammar needs beyond its tables: classes of characters.

/// Whether `c` ends a clause: a comma, a colon, a stop.
pub fn ends_clause(c: char) -> bool {
    matches!(c, '，' | ',' | '；' | ';' | '：' | ':') || ends_sentence(c)
}

/// Whether `c` ends a sentence.
pub fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '…' | '\n')
}

/// Whether `c` is a Chinese character.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '〇')
}

/// Whether `c` joins the parts of a transliterated name: 谢尔盖·里亚布科夫.
pub fn is_interpunct(c: char) -> bool {
    matches!(c, '·' | '‧' | '•' | '・' | '．' | '∙')
}
