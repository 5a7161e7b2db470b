//! A stretch of an article as it is shown.
//!
//! In: a sentence and the words in it that matter. Out: the same words in pieces, marked
//! and unmarked. Refuses to know: what the marks stand for, how they look.

use record::Span;

/// Words of an article in its own language, with the ones that made the entry marked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Passage {
    /// The words, as they stand in the article.
    pub text: String,
    /// BCP 47: `zh-Hant`.
    pub language: String,
    /// Bytes of `text` to mark, in order.
    pub marks: Vec<Span>,
}

impl Passage {
    /// A passage with the first occurrence of each of `words` marked.
    pub fn marking(text: &str, language: &str, words: &[&str]) -> Passage {
        let mut marks: Vec<Span> = words
            .iter()
            .filter(|word| !word.is_empty())
            .filter_map(|word| text.find(word).map(|at| Span::new(at, at + word.len())))
            .collect();
        marks.sort();
        Passage { text: text.to_owned(), language: language.to_owned(), marks }
    }

    /// The passage cut to about `limit` characters around its first mark, on both sides
    /// closed with an ellipsis where words were left out.
    pub fn within(&self, limit: usize) -> Passage {
        let count = self.text.chars().count();
        if count <= limit {
            return self.clone();
        }
        let mark = self.marks.first().map_or(0, |mark| mark.start);
        let before = self.text.get(..mark).map_or(0, |head| head.chars().count());
        let from = before.saturating_sub(limit / 3).min(count.saturating_sub(limit));
        let at = |index: usize| {
            self.text.char_indices().nth(index).map_or(self.text.len(), |(at, _)| at)
        };
        let (start, end) = (at(from), at(from + limit));
        let lead = if start > 0 { "……" } else { "" };
        let tail = if end < self.text.len() { "……" } else { "" };
        let kept = Span::new(start, end);
        let marks = self.marks.iter().filter(|mark| kept.overlaps(**mark)).map(|mark| {
            let inside = Span::new(mark.start.max(start), mark.end.min(end));
            Span::new(inside.start - start + lead.len(), inside.end - start + lead.len())
        });
        Passage {
            marks: marks.collect(),
            text: format!("{lead}{}{tail}", kept.of(&self.text)),
            language: self.language.clone(),
        }
    }

    /// The marks, those that touch made one.
    fn joined_marks(&self) -> Vec<Span> {
        let mut joined: Vec<Span> = Vec::new();
        for mark in &self.marks {
            match joined.last_mut() {
                Some(last) if mark.start <= last.end => *last = last.join(*mark),
                _ => joined.push(*mark),
            }
        }
        joined
    }

    /// The words in order, each piece with whether it is marked. A mark that does not fit
    /// the text is left out.
    pub fn pieces(&self) -> Vec<(bool, &str)> {
        let mut pieces = Vec::new();
        let mut at = 0;
        for mark in &self.joined_marks() {
            let plain = self.text.get(at..mark.start);
            let (Some(plain), Some(marked)) =
                (plain, self.text.get(mark.start..mark.end))
            else {
                continue;
            };
            pieces.extend([(false, plain), (true, marked)]);
            at = mark.end;
        }
        pieces.push((false, &self.text[at..]));
        pieces.retain(|(_, piece)| !piece.is_empty());
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::Passage;

    #[test]
    fn long_sentence_is_cut_around_its_mark() {
        let text = format!("{}要求{}", "前".repeat(90), "后".repeat(90));
        let cut = Passage::marking(&text, "zh-Hans", &["要求"]).within(60);
        assert!(cut.text.starts_with("……") && cut.text.ends_with("……"));
        assert!(cut.pieces().contains(&(true, "要求")), "{cut:?}");
        assert_eq!(cut.text.chars().count(), 64);
    }

    #[test]
    fn pieces_rejoin_to_the_text() {
        let passage = Passage::marking("俄方要求美方答复", "zh-Hans", &["答复", "要求"]);
        let joined: String = passage.pieces().iter().map(|piece| piece.1).collect();
        assert_eq!(joined, passage.text);
        assert_eq!(passage.pieces().iter().filter(|piece| piece.0).count(), 2);
    }

    #[test]
    fn marks_that_touch_are_one() {
        let passage = Passage::marking("不得攻击", "zh-Hans", &["不得", "攻击"]);
        assert_eq!(passage.pieces(), [(true, "不得攻击")]);
    }

    #[test]
    fn mark_inside_a_character_is_left_out() {
        let mut passage = Passage::marking("俄方", "zh-Hans", &[]);
        passage.marks.push(record::Span::new(1, 2));
        assert_eq!(passage.pieces(), [(false, "俄方")]);
    }
}
