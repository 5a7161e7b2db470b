//! Paragraphs as they are written down, before anyone knows what each of them is.
//!
//! In: stretches of the decoded source, with their offsets. Out: the text, and for every
//! block where it stands in both. Refuses to know: Markdown, HTML, what a block means.

use record::{ParagraphKind, Span};

/// The hints that markup gives about a block: inside `nav`, a heading, bold throughout.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Hints {
    /// What the element says that it is: `nav`, `figcaption`.
    pub tag: Option<ParagraphKind>,
    /// What the element's class or id says that it is: `class="share-bar"`.
    pub class: Option<ParagraphKind>,
    /// 1 to 6 in a heading, 0 outside.
    pub level: u8,
    /// An item of a list that is not numbered.
    pub item: bool,
    /// Words right behind a picture, on its line.
    pub picture: bool,
    /// Markdown's `` `code` `` at the very start, where mirrors put who wrote it.
    pub code: bool,
    /// Emphasis opens here and closes in a later block, or the reverse.
    pub odd_emphasis: bool,
    /// The last line of a group: a blank line or a picture follows.
    pub ends_group: bool,
    /// In the element that the page calls the article's body.
    pub article: bool,
    /// Outside the region that a reader of whole pages takes for the article.
    pub outside: bool,
}

/// One block: a paragraph in the making.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// Its bytes of the text.
    pub span: Span,
    /// Its bytes of the decoded source.
    pub raw: Span,
    /// As in [`record::Paragraph::runs`], with offsets in the decoded source.
    pub runs: Vec<(usize, usize, usize)>,
    /// What the markup says.
    pub hints: Hints,
    /// How many of its bytes are the words of links.
    pub linked: usize,
    /// How many of its bytes are emphasised.
    pub strong: usize,
}

/// A link: its words in the text and its address.
#[derive(Debug, Clone)]
pub(super) struct LinkAt {
    /// The block that holds it.
    pub block: usize,
    /// Its words.
    pub words: Span,
    /// Its address.
    pub url: String,
}

/// The text so far, its blocks and links.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// Every block's words, joined by line feeds.
    pub text: String,
    /// The blocks, in order.
    pub blocks: Vec<Block>,
    /// The links, in order.
    pub links: Vec<LinkAt>,
    open: bool,
    pending: Option<Pending>,
    /// Where the open link's words began, and its address.
    link: Option<(usize, String)>,
    strong_from: Option<usize>,
    dropped_links: usize,
}

/// Blocks beyond this number run together in the last: no article has so many paragraphs,
/// and fifty megabytes of `<p>x` should not take gigabytes.
const MOST: usize = 1 << 18;

/// White space that is written only when more words follow.
#[derive(Debug, Clone, Copy)]
struct Pending {
    at: usize,
    plain: bool,
    newline: bool,
}

impl Draft {
    /// An empty draft with room for so many bytes.
    pub fn with_room(bytes: usize) -> Draft {
        let text = String::with_capacity(bytes);
        Draft { text, blocks: Vec::with_capacity(48), ..Draft::default() }
    }

    /// Words of the block with this number.
    pub fn words(&self, at: usize) -> &str {
        self.blocks.get(at).map_or("", |block| block.span.of(&self.text))
    }

    /// Opens a block at an offset of the source, unless one is open.
    pub fn open(&mut self, raw_at: usize, hints: Hints) {
        if self.open {
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let at = self.text.len();
        self.blocks.push(Block {
            span: Span::new(at, at),
            raw: Span::new(raw_at, raw_at),
            runs: Vec::new(),
            hints,
            linked: 0,
            strong: 0,
        });
        self.open = true;
        self.pending = None;
        if let Some((from, _)) = &mut self.link {
            *from = at;
        }
        if let Some(from) = &mut self.strong_from {
            *from = at;
        }
    }

    /// Whether a block is open and has words.
    pub fn has_words(&self) -> bool {
        self.open && self.blocks.last().is_some_and(|b| self.text.len() > b.span.start)
    }

    /// Changes the open block's hints.
    pub fn hint(&mut self, change: impl FnOnce(&mut Hints)) {
        if self.open
            && let Some(block) = self.blocks.last_mut()
        {
            change(&mut block.hints);
        }
    }

    /// Marks the last block, open or closed, as the end of its group.
    pub fn end_group(&mut self) {
        if let Some(block) = self.blocks.last_mut() {
            block.hints.ends_group = true;
        }
    }

    /// Writes `source[start..end]`, runs of white space made one space.
    pub fn write(&mut self, source: &str, start: usize, end: usize) {
        let bytes = source.as_bytes();
        let mut at = start;
        while at < end {
            let from = at;
            while at < end && !is_white(bytes, at) {
                at += 1;
            }
            if at > from {
                self.write_words(source, from, at);
            }
            while at < end && is_white(bytes, at) {
                let width = white_width(bytes, at);
                if width < 3 && !is_soft_hyphen(bytes, at) {
                    self.white(at, bytes[at] == b' ', bytes[at] == b'\n');
                }
                at += width;
            }
        }
    }

    /// Writes one character that stands in the source as something else: `&amp;`.
    pub fn write_decoded(&mut self, c: char, raw_start: usize) {
        if c.is_ascii_whitespace() || c == '\u{a0}' {
            self.white(raw_start, false, false);
            return;
        }
        if !self.open {
            return;
        }
        self.flush(c);
        self.text.push(c);
    }

    fn white(&mut self, at: usize, plain: bool, newline: bool) {
        if !self.has_words() {
            return;
        }
        match &mut self.pending {
            Some(pending) => pending.newline |= newline,
            None => self.pending = Some(Pending { at, plain, newline }),
        }
    }

    fn write_words(&mut self, source: &str, from: usize, to: usize) {
        let Some(mut words) = source.get(from..to) else { return };
        let mut from = from;
        if !self.open {
            return;
        }
        if !self.has_words() {
            // Chinese paragraphs are often indented by two ideographic spaces.
            let trimmed = words.trim_start_matches(is_margin);
            from += words.len() - trimmed.len();
            words = trimmed;
            if words.is_empty() {
                return;
            }
            if let Some(block) = self.blocks.last_mut() {
                block.raw = Span::new(from, from);
            }
        }
        self.flush(words.chars().next().unwrap_or(' '));
        let at = self.text.len();
        self.text.push_str(words);
        self.run(at, from, words.len());
    }

    fn run(&mut self, text_at: usize, raw_at: usize, len: usize) {
        let Some(block) = self.blocks.last_mut() else { return };
        if let Some((text, raw, length)) = block.runs.last_mut()
            && *text + *length == text_at
            && *raw + *length == raw_at
        {
            *length += len;
        } else {
            block.runs.push((text_at, raw_at, len));
        }
        block.raw.end = raw_at + len;
    }

    fn flush(&mut self, next: char) {
        let Some(pending) = self.pending.take() else { return };
        // A line break between two Chinese characters is the page's layout, not a space.
        if pending.newline
            && self.text.chars().next_back().is_some_and(is_wide)
            && is_wide(next)
        {
            return;
        }
        let at = self.text.len();
        self.text.push(' ');
        if pending.plain {
            self.run(at, pending.at, 1);
        }
    }

    /// Starts a link; its address is kept until [`Draft::end_link`].
    pub fn start_link(&mut self, url: &str) {
        self.end_link();
        self.link = Some((self.text.len(), url.to_owned()));
    }

    /// Ends the open link.
    pub fn end_link(&mut self) {
        self.cut_link(false);
    }

    fn cut_link(&mut self, keep: bool) {
        let Some((from, url)) = self.link.take() else { return };
        if self.open
            && self.text.len() > from
            && let Some(block) = self.blocks.last_mut()
        {
            // The space before a link is flushed with its first word.
            let lead = self.text[from..].len() - self.text[from..].trim_start().len();
            let words = Span::new(from + lead, self.text.len());
            block.linked += words.len();
            // A page of a million links is not read for its lineage.
            if self.links.len() < 4096 {
                let block = self.blocks.len() - 1;
                self.links.push(LinkAt { block, words, url: url.clone() });
            } else {
                self.dropped_links += 1;
            }
        }
        if keep {
            self.link = Some((self.text.len(), url));
        }
    }

    /// Starts or ends emphasis.
    pub fn set_strong(&mut self, on: bool) {
        match (on, self.strong_from) {
            (true, None) => self.strong_from = Some(self.text.len()),
            (false, Some(from)) => {
                self.count_strong(from);
                self.strong_from = None;
            }
            _ => {}
        }
    }

    fn count_strong(&mut self, from: usize) {
        if self.open
            && let Some(block) = self.blocks.last_mut()
        {
            block.strong += self.text.len().saturating_sub(from.max(block.span.start));
        }
    }

    /// Closes the open block; one without words is forgotten.
    pub fn close(&mut self) {
        if self.blocks.len() < MOST {
            self.finish();
        } else if self.open && self.pending.is_none() {
            self.pending = Some(Pending { at: 0, plain: false, newline: false });
        }
    }

    /// Closes the last block of all.
    pub fn finish(&mut self) {
        if !self.open {
            return;
        }
        self.cut_link(true);
        if let Some(from) = self.strong_from {
            self.count_strong(from);
        }
        self.open = false;
        self.pending = None;
        let Some(block) = self.blocks.last_mut() else { return };
        let start = block.span.start;
        let kept = start + self.text[start..].trim_end_matches(is_margin).len();
        self.text.truncate(kept);
        while let Some((text, raw, len)) = block.runs.last_mut() {
            if *text >= kept {
                block.runs.pop();
                continue;
            }
            *len = (*len).min(kept - *text);
            block.raw.end = block.raw.end.min((*raw + *len).max(block.raw.start));
            break;
        }
        block.span.end = kept;
        if kept == start {
            self.blocks.pop();
            if self.text.ends_with('\n') {
                self.text.pop();
            }
            let count = self.blocks.len();
            while self.links.last().is_some_and(|link| link.block >= count) {
                self.links.pop();
            }
        }
    }
}

/// Layout characters that say nothing at the edge of a paragraph.
pub(super) fn is_margin(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}' | '\u{ad}')
        || c == '\u{0}'
}

fn is_wide(c: char) -> bool {
    c >= '\u{2e80}' || matches!(c, '—' | '‘' | '’' | '“' | '”' | '…' | '·')
}

/// White space, and characters without width: a zero-width space inside 斐济 would hide the
/// name from every table.
fn is_white(bytes: &[u8], at: usize) -> bool {
    let byte = bytes[at];
    MAY_BE_WHITE[byte as usize] && is_white_at(bytes, at)
}

/// The bytes that white space and characters without width start with.
const MAY_BE_WHITE: [bool; 256] = {
    let mut table = [false; 256];
    let starts = b" \t\n\r\x0b\x0c\xc2\xe2\xef";
    let mut at = 0;
    while at < starts.len() {
        table[starts[at] as usize] = true;
        at += 1;
    }
    table
};

fn is_white_at(bytes: &[u8], at: usize) -> bool {
    let next = |n: usize| bytes.get(at + n).copied().unwrap_or(0);
    match bytes[at] {
        0xc2 => matches!(next(1), 0xa0 | 0xad),
        0xe2 => (next(1), next(2)) == (0x80, 0x8b) || (next(1), next(2)) == (0x81, 0xa0),
        0xef => (next(1), next(2)) == (0xbb, 0xbf),
        _ => true,
    }
}

fn white_width(bytes: &[u8], at: usize) -> usize {
    match bytes[at] {
        0xc2 => 2,
        0xe2 | 0xef => 3,
        _ => 1,
    }
}

fn is_soft_hyphen(bytes: &[u8], at: usize) -> bool {
    bytes[at] == 0xc2 && bytes.get(at + 1) == Some(&0xad)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_one_space_and_runs_map_back() {
        let source = "  普京  说：\n\t“好”。  ";
        let mut draft = Draft::default();
        draft.open(0, Hints::default());
        draft.write(source, 0, source.len());
        draft.close();
        assert_eq!(draft.text, "普京 说：“好”。");
        for &(text, raw, len) in &draft.blocks[0].runs {
            assert_eq!(draft.text[text..text + len], source[raw..raw + len]);
        }
    }

    #[test]
    fn block_without_words_is_forgotten() {
        let mut draft = Draft::default();
        draft.open(0, Hints::default());
        draft.write(" \u{3000} ", 0, 5);
        draft.close();
        assert!(draft.blocks.is_empty() && draft.text.is_empty());
    }
}
