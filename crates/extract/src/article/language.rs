//! Which language a text is in.
//!
//! In: characters. Out: `zh-Hans`, `zh-Hant`, `en`, `ru`, `uk`, or `und`. Refuses to know:
//! words, but for a few that only English has.

use super::marks::upto;
use crate::shadow::FoldTable;

/// Letters are counted in so much of a text.
const SAMPLE: usize = 3600;

/// The Simplified characters that a Traditional text hardly ever holds.
pub struct Scripts {
    simplified: Vec<u64>,
}

const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9fff;

impl Scripts {
    /// Learns from the fold which characters are the Simplified form of another.
    pub(crate) fn of(fold: &FoldTable) -> Scripts {
        let mut simplified = vec![0u64; ((LAST - FIRST) / 64 + 1) as usize];
        for from in (FIRST..=LAST).filter_map(char::from_u32) {
            let to = fold.fold(from);
            // 里, 后, 面, 台 are Traditional characters too; the count tells, not one.
            if to != from && (FIRST..=LAST).contains(&(to as u32)) {
                let at = to as u32 - FIRST;
                simplified[(at / 64) as usize] |= 1 << (at % 64);
            }
        }
        Scripts { simplified }
    }

    fn is_simplified(&self, c: char) -> bool {
        let at = c as u32 - FIRST;
        self.simplified[(at / 64) as usize] & (1 << (at % 64)) != 0
    }
}

#[derive(Default)]
struct Letters {
    han: usize,
    kana: usize,
    hangul: usize,
    latin: usize,
    cyrillic: usize,
    ukrainian: usize,
    russian: usize,
    belarusian: usize,
    balkan: usize,
    hard_sign: usize,
    traditional: usize,
    simplified: usize,
}

/// Tells the language of `text` as a BCP 47 tag.
pub(super) fn tell_language(
    text: &str,
    scripts: &Scripts,
    fold: &FoldTable,
) -> &'static str {
    let sample = upto(text, SAMPLE);
    let letters = count(sample, scripts, fold);
    // A Chinese character says about as much as four letters.
    let han = letters.han * 4;
    let east = han + letters.kana * 4;
    if letters.hangul * 4 > east.max(letters.latin).max(letters.cyrillic) {
        return "und";
    }
    if east > letters.latin && east > letters.cyrillic && letters.han > 0 {
        // Japanese writes more kana than one quotation of a title would bring in.
        if letters.kana * 4 > letters.han {
            return "und";
        }
        return if letters.traditional * 2 > letters.simplified {
            "zh-Hant"
        } else {
            "zh-Hans"
        };
    }
    if letters.cyrillic > letters.latin {
        return cyrillic(&letters);
    }
    if letters.latin > 0 && is_english(sample) { "en" } else { "und" }
}

fn cyrillic(letters: &Letters) -> &'static str {
    if letters.belarusian * 200 > letters.cyrillic {
        return "und";
    }
    if letters.ukrainian > letters.russian {
        return "uk";
    }
    // Serbian and Macedonian have letters of their own; Bulgarian has no ы and э, and its
    // ъ is a vowel that stands in every other line.
    let is_bulgarian = letters.russian == 0 && letters.hard_sign * 100 > letters.cyrillic;
    if letters.balkan > 0 || is_bulgarian { "und" } else { "ru" }
}

fn count(sample: &str, scripts: &Scripts, fold: &FoldTable) -> Letters {
    let mut letters = Letters::default();
    for c in sample.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' => letters.latin += 1,
            '\u{3400}'..='\u{9fff}' => {
                letters.han += 1;
                if fold.fold(c) != c {
                    letters.traditional += 1;
                } else if scripts.is_simplified(c) {
                    letters.simplified += 1;
                }
            }
            '\u{3040}'..='\u{30fa}' => letters.kana += 1,
            '\u{ac00}'..='\u{d7a3}' => letters.hangul += 1,
            '\u{400}'..='\u{52f}' => {
                letters.cyrillic += 1;
                match c {
                    'і' | 'ї' | 'є' | 'ґ' | 'І' | 'Ї' | 'Є' | 'Ґ' => {
                        letters.ukrainian += 1
                    }
                    'ы' | 'э' | 'ё' | 'Ы' | 'Э' | 'Ё' => letters.russian += 1,
                    'ъ' => letters.hard_sign += 1,
                    'ј' | 'љ' | 'њ' | 'ћ' | 'ђ' | 'џ' | 'ѓ' | 'ќ' => {
                        letters.balkan += 1
                    }
                    'ў' | 'Ў' => letters.belarusian += 1,
                    _ => {}
                }
            }
            _ => {}
        }
    }
    letters
}

/// Words that stand in any few lines of English, and together in no other language.
const ENGLISH: &[&str] = &[
    "and", "are", "for", "from", "has", "have", "of", "said", "that", "the", "their",
    "this", "to", "were", "will", "with",
];

fn is_english(sample: &str) -> bool {
    let words =
        sample.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let (mut all, mut known) = (0, 0);
    for word in words.take(400) {
        all += 1;
        let lower = word.to_ascii_lowercase();
        known += usize::from(ENGLISH.binary_search(&lower.as_str()).is_ok());
    }
    // A headline may have one of them in ten words; a list of names has none.
    known > 0 && known * 10 >= all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: &str, text: &str) {
        let fold = FoldTable::load();
        assert_eq!(tell_language(text, &Scripts::of(&fold), &fold), language, "{text}");
    }

    #[test]
    fn languages_are_told_apart() {
        check("zh-Hans", "两国外长在日内瓦会面后表示，谈判还会继续。");
        check("zh-Hant", "兩國外長在日內瓦會面後表示，談判還會繼續。");
        check("en", "The two ministers said in Geneva that the talks will go on.");
        check(
            "ru",
            "Министры двух стран сообщили в Женеве, что переговоры будут продолжены.",
        );
        check(
            "uk",
            "Міністри двох країн повідомили в Женеві, що переговори триватимуть.",
        );
        check(
            "und",
            "Министрите на двете страни съобщиха, че разговорите ще продължат в първите дни.",
        );
        check("und", "両国の外相はジュネーブで会談し、協議を続けると述べた。");
        check("und", "Die Minister erklärten in Genf, dass man weiter reden werde.");
        check("und", "");
    }
}
