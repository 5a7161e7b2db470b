//! What Chinese grammar needs beyond its tables: classes of characters.

/// Whether `c` ends a clause: a comma, a colon, a stop.
pub fn ends_clause(c: char) -> bool {
    matches!(c, '，' | ',' | '；' | ';' | '：' | ':') || ends_sentence(c)
}

/// Whether `c` ends a sentence.
pub fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '…' | '\n')
}

/// The character boundary at or before a byte.
pub fn boundary_before(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Whether `c` is a Chinese character.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '〇')
}

/// Whether `c` is a particle, preposition or adverb that is in no name.
pub fn is_particle(c: char) -> bool {
    matches!(
        c,
        '的' | '了'
            | '在'
            | '是'
            | '将'
            | '和'
            | '与'
            | '对'
            | '向'
            | '也'
            | '还'
            | '则'
            | '被'
            | '把'
            | '等'
            | '就'
            | '曾'
            | '已'
            | '说'
            | '称'
    )
}

/// Whether `c` joins the parts of a transliterated name: 谢尔盖·里亚布科夫.
pub fn is_interpunct(c: char) -> bool {
    matches!(c, '·' | '‧' | '•' | '・' | '．' | '∙')
}

/// Whether words point back to what was said before: 该协议, 这不可能. Not every 该 does:
/// 应该, 因此.
pub fn points_back(words: &str) -> bool {
    const INSIDE: [&str; 9] =
        ["应该", "因此", "此外", "此前", "此后", "从此", "彼此", "如此", "至此"];
    let plain =
        INSIDE.iter().fold(words.to_owned(), |plain, word| plain.replace(word, ""));
    plain.contains(['该', '此', '这', '那'])
}

#[cfg(test)]
mod tests {
    use super::points_back;

    #[test]
    fn pointing_words_and_words_that_only_hold_them() {
        assert!(points_back("该协议已死") && points_back("也作此承诺"));
        assert!(!points_back("应该谈判") && !points_back("此外还有关税"));
    }
}
