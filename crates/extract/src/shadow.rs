//! A folded copy of a text, for matching.
//!
//! In: text in either Chinese script. Out: the same text in Simplified characters with one
//! set of quotation marks. Refuses to know: what the words mean.
//!
//! The fold replaces a character only by one of the same length in UTF-8, so an offset in
//! the shadow is the same offset in the text and the map between them is the identity.
//! OpenCC's t2s table has 795 rare characters whose Simplified form is longer or shorter;
//! they are left as they stand.

use ferrous_opencc::{OpenCC, config::BuiltinConfig};
use std::sync::{Arc, OnceLock};

/// What stands in the shadow for markup inside names: every byte of `[[zh:` and `]]`.
pub const MARKUP: char = '\u{1}';

const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9fff;

/// For every Chinese character the one that it folds to.
#[derive(Clone)]
pub struct FoldTable {
    to: Arc<[char]>,
}

impl FoldTable {
    /// Builds the table from OpenCC's Traditional-to-Simplified characters; should OpenCC's
    /// data not load, nothing is folded.
    pub fn load() -> FoldTable {
        // The agenda and the lexicon both fold their words; OpenCC's dictionary is slow to
        // build.
        static LOADED: OnceLock<FoldTable> = OnceLock::new();
        LOADED.get_or_init(FoldTable::build).clone()
    }

    fn build() -> FoldTable {
        let chars = (FIRST..=LAST).map(|code| char::from_u32(code).unwrap_or('\u{fffd}'));
        let Ok(opencc) = OpenCC::from_config(BuiltinConfig::T2s) else {
            return FoldTable { to: chars.collect() };
        };
        let mut buffer = [0u8; 4];
        let to = chars
            .map(|from| {
                let folded = opencc.convert(from.encode_utf8(&mut buffer));
                let mut rest = folded.chars();
                match (rest.next(), rest.next()) {
                    (Some(to), None) if to.len_utf8() == from.len_utf8() => to,
                    _ => from,
                }
            })
            .collect();
        FoldTable { to }
    }

    /// The character that `from` folds to.
    pub fn fold(&self, from: char) -> char {
        let code = from as u32;
        if (FIRST..=LAST).contains(&code) {
            // Taiwan writes 著 for the particle 着; rows are folded alike, so 著名 still
            // meets itself.
            return match self.to[(code - FIRST) as usize] {
                '著' => '着',
                to => to,
            };
        }
        match from {
            '「' | '﹁' | '〝' => '“',
            '」' | '﹂' | '〞' | '〟' => '”',
            '『' | '﹃' => '‘',
            '』' | '﹄' => '’',
            '•' | '・' | '．' | '∙' | '⋅' => '‧',
            other => other,
        }
    }
}

/// A text folded for matching; every offset is the same place in the text.
pub struct Shadow(String);

impl Shadow {
    /// Folds `text`.
    pub fn fold(text: &str, table: &FoldTable) -> Shadow {
        let mut shadow = String::with_capacity(text.len());
        for from in text.chars() {
            let to = table.fold(from);
            shadow.push(if to.len_utf8() == from.len_utf8() { to } else { from });
        }
        if shadow.contains("[[") {
            shadow = blank_markup(&shadow);
        }
        debug_assert_eq!(shadow.len(), text.len());
        Shadow(shadow)
    }

    /// The folded text, owned.
    pub fn into_string(self) -> String {
        self.0
    }

    /// The folded text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Blanks `[[zh:` and `]]`, which mark names in some captures: `[[zh:美国]]总统`.
fn blank_markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let blank = |out: &mut String, bytes: usize| {
        out.extend(std::iter::repeat_n(MARKUP, bytes));
    };
    while let Some(open) = rest.find("[[") {
        let tag = &rest[open + 2..];
        let letters = tag.bytes().take_while(u8::is_ascii_lowercase).count();
        let body = open + 2 + letters + 1;
        let close = rest.get(body..).and_then(|inner| inner.find("]]"));
        match close {
            Some(close) if tag[letters..].starts_with(':') && letters <= 3 => {
                out.push_str(&rest[..open]);
                blank(&mut out, 2 + letters + 1);
                out.push_str(&rest[body..body + close]);
                blank(&mut out, 2);
                rest = &rest[body + close + 2..];
            }
            _ => {
                out.push_str(&rest[..open + 2]);
                rest = tag;
            }
        }
    }
    out.push_str(rest);
    out
}
