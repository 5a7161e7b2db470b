//! Sentences said otherwise.
//!
//! In: sentences of an article. Out: the same in other words or another order. Refuses to
//! know: lineage.

use crate::dice::Dice;

/// The words that rewording goes by: our own, one table a kind.
pub struct Words {
    /// A word and one that may stand for it.
    synonyms: Vec<(&'static str, &'static str)>,
    /// Adverbs that a sentence can do without.
    adverbs: Vec<&'static str>,
    /// Sentences that editors put between others.
    insertions: Vec<&'static str>,
}

impl Words {
    /// The tables beside the sources.
    pub fn load() -> Words {
        let rows = |table: &'static str| table.lines().skip(1);
        Words {
            synonyms: rows(include_str!("../synonyms.tsv"))
                .filter_map(|row| row.split_once('\t'))
                .collect(),
            adverbs: rows(include_str!("../adverbs.tsv")).collect(),
            insertions: rows(include_str!("../insertions.tsv")).collect(),
        }
    }

    /// The first recipe: synonyms, or clauses in another order.
    pub fn reword(&self, sentence: &str, dice: &mut Dice) -> String {
        let is_turned = dice.chance(50);
        let turned = is_turned.then(|| turn_clauses(sentence)).flatten();
        turned
            .or_else(|| self.replace(sentence))
            .or_else(|| turn_clauses(sentence))
            .unwrap_or_else(|| sentence.to_owned())
    }

    fn replace(&self, sentence: &str) -> Option<String> {
        let fits = self.synonyms.iter().filter(|(word, _)| sentence.contains(word));
        let mut out = sentence.to_owned();
        for (word, other) in fits {
            out = out.replacen(word, other, 1);
        }
        (out != sentence).then_some(out)
    }

    /// The second recipe: adverbs dropped, numbers in Chinese, a sentence put behind.
    pub fn edit(&self, sentence: &str, dice: &mut Dice) -> String {
        let mut out = sentence.to_owned();
        for adverb in &self.adverbs {
            out = out.replace(adverb, "");
        }
        out = spell_numbers(&out);
        if out == sentence || dice.chance(25) {
            out.push_str(dice.pick::<&str>(&self.insertions));
        }
        out
    }
}

/// The first clause behind the second: 会后，双方…… as 双方……，会后.
fn turn_clauses(sentence: &str) -> Option<String> {
    let end = sentence.chars().next_back().filter(|c| "。！？；".contains(*c))?;
    let body = sentence.strip_suffix(end)?;
    let mut clauses: Vec<&str> = body.split('，').collect();
    if clauses.len() < 2 || body.contains(['“', '”', '「', '"']) {
        return None;
    }
    clauses.swap(0, 1);
    Some(format!("{}{end}", clauses.join("，")))
}

/// Numbers of one or two digits in Chinese characters: 25人 as 二十五人.
fn spell_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut digits = String::new();
    for c in text.chars().chain(['\n']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        match digits.parse::<usize>() {
            Ok(number) if digits.len() <= 2 && number > 0 => {
                out.push_str(&chinese(number))
            }
            _ => out.push_str(&digits),
        }
        digits.clear();
        out.push(c);
    }
    out.pop();
    out
}

fn chinese(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match (number / 10, number % 10) {
        (0, ones) => DIGITS[ones].to_owned(),
        (1, ones) => format!("十{}", DIGITS[ones]),
        (tens, ones) => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
    }
}

/// The sentences of a paragraph, with their stops and closing quotation marks.
pub fn sentences(paragraph: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut sentence = String::new();
    let mut chars = paragraph.chars().peekable();
    while let Some(c) = chars.next() {
        sentence.push(c);
        let is_closed = matches!(c, '。' | '！' | '？');
        if is_closed {
            while let Some(&next) = chars.peek() {
                if !matches!(next, '”' | '」' | '）' | '。' | '！' | '？') {
                    break;
                }
                sentence.push(next);
                chars.next();
            }
            all.push(std::mem::take(&mut sentence));
        }
    }
    if !sentence.trim().is_empty() {
        all.push(sentence);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_keep_their_stops_and_rejoin() {
        let text = "他说：“不行！”会谈散了。没有人留下";
        let all = sentences(text);
        assert_eq!(all, ["他说：“不行！”", "会谈散了。", "没有人留下"]);
        assert_eq!(all.concat(), text);
    }

    #[test]
    fn a_reworded_sentence_is_another() {
        let words = Words::load();
        let mut dice = Dice::new(1);
        let sentence = "会后，外长表示还有许多问题。";
        for _ in 0..10 {
            assert_ne!(words.reword(sentence, &mut dice), sentence);
            assert_ne!(words.edit(sentence, &mut dice), sentence);
        }
        assert_eq!(spell_numbers("25人等了3天，2021年"), "二十五人等了三天，2021年");
    }
}
