//! A briefing as headings, paragraphs, tables and lists, before any of them is laid out.
//!
//! In: a briefing. Out: blocks of runs of text, each with its language, from which paper
//! is written; they say what the page says. Refuses to know: fonts, pages, files.

mod block;
mod entries;
mod standing;

pub use block::{Block, Column, Link, Role, Run, Style};

use super::Briefing;
use super::phrases::Phrases;
use crate::words::*;
use crate::{draw, passage::Passage};

/// The most characters of one sentence that are shown.
const SENTENCE: usize = 240;
/// The most that are shown in a table or the list by date.
const SNIPPET: usize = 36;
/// How wide the picture of the timeline is drawn, in its own units.
const PICTURE: f64 = 640.0;

/// The blocks of a briefing; the first is its title.
pub fn outline(briefing: &Briefing, language: Language) -> Vec<Block> {
    let phrases = Phrases { briefing, language };
    let mut writer = Writer { blocks: Vec::new(), phrases: &phrases };
    writer.head();
    if briefing.documents.iter().any(|document| document.unread.is_none()) {
        writer.picture();
        writer.meetings();
        writer.positions();
        writer.open_items();
        writer.issues();
        writer.dates();
        writer.speakers();
    }
    writer.documents();
    writer.blocks
}

struct Writer<'a> {
    blocks: Vec<Block>,
    phrases: &'a Phrases<'a>,
}

impl Writer<'_> {
    /// A run in the language of the briefing.
    fn run(&self, text: impl Into<String>, style: Style) -> Run {
        Run {
            text: text.into(),
            language: self.phrases.language.tag().to_owned(),
            style,
            link: None,
        }
    }

    fn plain(&self, text: impl Into<String>) -> Run {
        self.run(text, Style::Plain)
    }

    fn heading(&mut self, level: u8, text: &str) {
        let runs = vec![self.plain(text)];
        self.blocks.push(Block::Heading { level, runs });
    }

    fn paragraph(&mut self, role: Role, runs: Vec<Run>) {
        self.blocks.push(Block::Paragraph { role, runs });
    }

    fn sentences(&mut self, role: Role, sentences: &[String]) {
        let text = sentences.join(self.phrases.language.space());
        let runs = vec![self.plain(text)];
        self.paragraph(role, runs);
    }

    fn say(&mut self, role: Role, word: Word) {
        self.sentences(role, &[self.phrases.language.say(word).to_owned()]);
    }

    fn left_out(&mut self, count: usize) {
        if count > 0 {
            let said = self.phrases.language.count(count, LEFT_OUT_LINES);
            let stop = if self.phrases.language == Language::Zh { "。" } else { "." };
            self.sentences(Role::Soft, &[said + stop]);
        }
    }

    /// `[3]`, which leads to the third document of the list.
    fn cited(&self, number: usize) -> Run {
        let link = Some(Link::Document(number));
        Run { link, ..self.run(format!("[{number}]"), Style::Soft) }
    }

    /// `[3] [4]`: the documents that tell an entry, each after a space.
    fn numbers(&self, accounts: &[super::Account]) -> Vec<Run> {
        let mut numbers: Vec<usize> = accounts.iter().map(|a| a.document).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let runs = numbers.into_iter();
        runs.flat_map(|number| [self.plain("\u{a0}"), self.cited(number)]).collect()
    }

    fn head(&mut self) {
        let phrases = self.phrases;
        self.heading(1, &phrases.briefing.title);
        if let Some(as_of) = phrases.as_of() {
            self.sentences(Role::Soft, &[as_of]);
        }
        self.sentences(Role::Body, &phrases.headline());
    }

    fn picture(&mut self) {
        let phrases = self.phrases;
        let l = phrases.language;
        let drawing = draw(&phrases.dots(), &phrases.rings(), PICTURE, l);
        if drawing.svg.is_empty() {
            return;
        }
        let about = l.say(TIMELINE_LABEL).to_owned();
        self.blocks.push(Block::Picture { svg: plain_colours(&drawing.svg), about });
        let legend = [
            ("●", LEGEND_ASKING),
            ("■", LEGEND_CONFLICT),
            ("◆", LEGEND_COOPERATION),
            ("○", LEGEND_MEETING),
            ("◌", LEGEND_PLANNED),
        ];
        let legend = legend.map(|(sign, word)| format!("{sign}\u{a0}{}", l.say(word)));
        let mut said = legend.join("   ");
        if !drawing.aside.is_empty() {
            said.push('\n');
            said.push_str(&l.fill(ASIDE, &[&drawing.aside.join("; ")]));
        }
        let runs = vec![self.plain(said)];
        self.paragraph(Role::Note, runs);
    }
}

/// The words of a passage, the marked ones apart.
fn passage_runs(passage: &Passage, limit: usize) -> Vec<Run> {
    let cut = passage.within(limit);
    let style = |is_marked| if is_marked { Style::Marked } else { Style::Plain };
    let runs = cut.pieces().into_iter().map(|(is_marked, piece)| Run {
        text: one_line(piece),
        language: cut.language.clone(),
        style: style(is_marked),
        link: None,
    });
    runs.collect()
}

/// The same words on one line: each control character, such as a line's end, a space.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A picture that stands alone: each colour that a page may set is its default.
fn plain_colours(svg: &str) -> String {
    let mut plain = String::with_capacity(svg.len());
    let mut rest = svg;
    while let Some(at) = rest.find("var(--") {
        plain.push_str(&rest[..at]);
        let inner = &rest[at..];
        let end = inner.find(')').unwrap_or(inner.len() - 1);
        let default = inner[..end].split_once(',').map_or("", |(_, colour)| colour);
        plain.push_str(default);
        rest = &inner[end + 1..];
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::plain_colours;

    #[test]
    fn colours_of_a_page_become_their_defaults() {
        let svg = "fill:var(--soft,#6b6f76);stroke:var(--ink,#1d1e20)";
        assert_eq!(plain_colours(svg), "fill:#6b6f76;stroke:#1d1e20");
    }
}
