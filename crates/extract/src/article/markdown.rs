//! Markdown and plain text in, blocks out, line by line.
//!
//! In: the decoded source from an offset on. Out: blocks with their offsets, links. Refuses
//! to know: which block is what.
//!
//! A line is a paragraph: the mirrors that write Markdown never wrap Chinese, and join
//! lines that belong apart with a single line feed. Only text that is plainly wrapped at
//! a column (English releases) is joined again. Backslash escapes stay as captured, and so
//! do `[[zh:…]]` marks: annotations and quotations of the file rely on its characters.

use super::draft::{Draft, Hints};
use super::entity;
use super::html::Scan;
use super::marks::Marks;

/// Reads Markdown from `from` to the end of `source`.
pub(super) fn read_markdown(source: &str, from: usize, draft: &mut Draft, marks: &Marks) {
    let wrapped = is_wrapped(&source[from..]);
    let mut at = from;
    while at < source.len() {
        let end = line_end(source, at);
        let line = Line::of(source, at, end);
        if starts_markup(line.words(source)) {
            let end = markup_end(source, at);
            draft.close();
            let mut scan = Scan::new(source, draft, marks);
            scan.feed(at, end);
            scan.finish();
            at = end;
            continue;
        }
        read_line(source, &line, wrapped, draft);
        at = end + 1;
    }
    draft.close();
}

/// Reads plain text: every line is a paragraph, nothing is markup.
pub(super) fn read_plain(source: &str, from: usize, draft: &mut Draft) {
    let wrapped = is_wrapped(&source[from..]);
    let mut at = from;
    while at < source.len() {
        let end = line_end(source, at);
        let line = Line::of(source, at, end);
        if line.from == line.to {
            draft.close();
            draft.end_group();
        } else {
            if wrapped && draft.has_words() {
                draft.write(source, at.saturating_sub(1), line.from);
            } else {
                draft.close();
                draft.open(line.from, Hints::default());
            }
            draft.write(source, line.from, line.to);
            if !wrapped {
                draft.close();
            }
        }
        at = end + 1;
    }
    draft.close();
}

fn line_end(source: &str, from: usize) -> usize {
    source[from..].find('\n').map_or(source.len(), |n| from + n)
}

/// A line without its margins.
struct Line {
    from: usize,
    to: usize,
}

impl Line {
    fn of(source: &str, from: usize, to: usize) -> Line {
        let line = &source[from..to];
        let words = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        let lead = words.as_ptr() as usize - line.as_ptr() as usize;
        Line { from: from + lead, to: from + lead + words.len() }
    }
    fn words<'s>(&self, source: &'s str) -> &'s str {
        &source[self.from..self.to]
    }
}

fn read_line(source: &str, line: &Line, wrapped: bool, draft: &mut Draft) {
    let words = line.words(source);
    if words.is_empty() || is_rule(words) {
        draft.close();
        draft.end_group();
        return;
    }
    if words.starts_with("```") || words.starts_with("~~~") {
        draft.close();
        return;
    }
    let (skip, mut hints) = prefix(words);
    let goes_on = wrapped && draft.has_words() && skip == 0;
    if goes_on {
        draft.write(source, line.from.saturating_sub(1), line.from);
    } else {
        draft.close();
    }
    let from = line.from + skip;
    let rest = &source[from..line.to];
    hints.code = rest.starts_with('`');
    if !has_special(rest) {
        draft.open(from, hints);
        draft.write(source, from, line.to);
    } else {
        inline(source, from, line.to, hints, draft);
    }
    if !wrapped || skip > 0 && hints.level > 0 {
        draft.close();
    }
}

/// How many bytes of list, heading and quotation marks come first, and what they say.
fn prefix(words: &str) -> (usize, Hints) {
    let mut hints = Hints::default();
    let mut rest = words;
    for _ in 0..4 {
        let bytes = rest.as_bytes();
        let hashes = bytes.iter().take_while(|byte| **byte == b'#').count();
        let skip = if (1..=6).contains(&hashes) && bytes.get(hashes) == Some(&b' ') {
            hints.level = hashes as u8;
            hashes
        } else if matches!(bytes, [b'>', ..]) {
            1
        } else if matches!(bytes, [b'-' | b'*' | b'+', b' ' | b'\t', ..]) {
            hints.item = true;
            1
        } else {
            break;
        };
        rest = rest[skip..].trim_start();
    }
    (words.len() - rest.len(), hints)
}

fn is_rule(words: &str) -> bool {
    let mark = words.as_bytes()[0];
    let is_mark = match mark {
        b'-' | b'*' | b'_' | b'=' => words.bytes().all(|b| b == mark || b == b' '),
        b'|' => words.bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b' ')),
        _ => false,
    };
    is_mark && words.bytes().filter(|b| *b != b' ').count() >= 3
}

/// Whether a line has a byte that may be markup; most lines have none.
fn has_special(line: &str) -> bool {
    line.bytes().fold(false, |any, byte| any | SPECIAL[byte as usize])
}

const SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let marks = b"*`]<&_!";
    let mut at = 0;
    while at < marks.len() {
        table[marks[at] as usize] = true;
        at += 1;
    }
    table
};

/// A link or picture of a line.
struct Item {
    open: usize,
    close: usize,
    url: (usize, usize),
    end: usize,
    picture: bool,
}

fn inline(source: &str, from: usize, to: usize, hints: Hints, draft: &mut Draft) {
    let items = find_items(source, from, to);
    let marks = Emphasis::of(&source[from..to]);
    let mut hints = Hints { odd_emphasis: marks.is_odd, ..hints };
    if items.first().is_some_and(|item| item.picture && item.open <= from + 1) {
        hints.picture = true;
    }
    draft.open(from, hints);
    draft.set_strong(false);
    let mut writer = Inline { source, draft, marks, strong: false, line: (from, to) };
    let mut at = from;
    let mut ends: Vec<(usize, usize)> = Vec::new();
    for item in &items {
        while ends.last().is_some_and(|(close, _)| *close < item.open) {
            let Some((close, end)) = ends.pop() else { break };
            writer.write(at, close);
            writer.draft.end_link();
            at = end;
        }
        let bang = usize::from(item.picture);
        writer.write(at, item.open - bang);
        if item.picture {
            at = item.end;
            // A picture ends what stands before it: `…参选。![](a.jpg)图为…`.
            if writer.draft.has_words() {
                writer.draft.end_group();
                writer.draft.close();
                let caption = Hints { picture: true, ..Hints::default() };
                writer.draft.open(at.min(to), caption);
            }
        } else {
            writer.draft.start_link(&source[item.url.0..item.url.1]);
            at = item.open + 1;
            ends.push((item.close, item.end));
        }
    }
    while let Some((close, end)) = ends.pop() {
        writer.write(at, close);
        writer.draft.end_link();
        at = end;
    }
    writer.write(at, to);
    draft.set_strong(false);
    let only_pictures = !draft.has_words() && hints.picture;
    if only_pictures {
        draft.close();
        draft.end_group();
    }
}

/// Finds links and pictures in one pass; brackets that are none stay text.
fn find_items(source: &str, from: usize, to: usize) -> Vec<Item> {
    let bytes = &source.as_bytes()[..to];
    let mut items = Vec::new();
    let mut stack: Vec<usize> = Vec::new();
    let mut no_more_ends = false;
    let mut at = from;
    while at < to {
        match bytes[at] {
            b'\\' => at += 1,
            b'[' => stack.push(at),
            b']' => {
                if let Some(open) = stack.pop()
                    && bytes.get(at + 1) == Some(&b'(')
                    && !no_more_ends
                {
                    match url_end(bytes, at + 2) {
                        None => no_more_ends = true,
                        Some(end) => {
                            let picture = open > from && bytes[open - 1] == b'!';
                            let words = &source[at + 2..end];
                            let url = words.split([' ', '\t']).next().unwrap_or("");
                            let url = (at + 2, at + 2 + url.len());
                            items.push(Item {
                                open,
                                close: at,
                                url,
                                end: end + 1,
                                picture,
                            });
                            at = end;
                        }
                    }
                }
            }
            _ => {}
        }
        at += 1;
    }
    items.sort_unstable_by_key(|item| item.open);
    items
}

/// The `)` that ends an address, which may hold a balanced pair of its own.
fn url_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut inner = 0;
    let mut last = None;
    for (at, byte) in bytes[from..].iter().enumerate() {
        match byte {
            b'(' => inner += 1,
            b')' if inner == 0 || last.is_some() => return Some(from + at),
            b')' => {
                inner -= 1;
                if inner == 0 && bytes.get(from + at + 1) != Some(&b')') {
                    last = Some(from + at);
                }
            }
            b' ' | b'[' if last.is_some() => return last,
            _ => {}
        }
    }
    last
}

/// Which single asterisks and underscores of a line are emphasis.
#[derive(Clone, Copy)]
struct Emphasis {
    stars: bool,
    underscores: bool,
    is_odd: bool,
}

impl Emphasis {
    fn of(words: &str) -> Emphasis {
        let bytes = words.as_bytes();
        let (mut single, mut double, mut at) = (0, 0, 0);
        while at < bytes.len() {
            let run = bytes[at..].iter().take_while(|byte| **byte == b'*').count();
            match run {
                0 => at += 1,
                1 => {
                    single += usize::from(at == 0 || bytes[at - 1] != b'\\');
                    at += 1;
                }
                _ => {
                    double += 1;
                    at += run;
                }
            }
        }
        let trimmed = words.trim();
        let edge = trimmed.starts_with('*') || trimmed.ends_with('*');
        Emphasis {
            // One that opens at the line's edge closes on another line.
            stars: single % 2 == 0 || edge,
            underscores: trimmed.starts_with('_')
                && trimmed.ends_with('_')
                && bytes.len() > 2,
            is_odd: (double % 2 == 1 || single % 2 == 1) && edge,
        }
    }
}

struct Inline<'s, 'd> {
    source: &'s str,
    draft: &'d mut Draft,
    marks: Emphasis,
    strong: bool,
    line: (usize, usize),
}

impl Inline<'_, '_> {
    fn write(&mut self, from: usize, to: usize) {
        let bytes = self.source.as_bytes();
        let (mut at, mut text_from) = (from, from);
        while at < to {
            let width = match bytes[at] {
                b'\\' if at + 1 < to && bytes[at + 1].is_ascii() => {
                    at += 2;
                    continue;
                }
                b'*' => self.star(at, to),
                b'`' => 1,
                b'_' if self.marks.underscores
                    && (at == self.line.0 || at + 1 == self.line.1) =>
                {
                    1
                }
                b'<' => self.tag(at, to),
                b'&' => match entity::decode(&self.source[at..to]) {
                    Some((c, len)) => {
                        self.draft.write(self.source, text_from, at);
                        self.draft.write_decoded(c, at);
                        at += len;
                        text_from = at;
                        continue;
                    }
                    None => 0,
                },
                _ => 0,
            };
            if width == 0 {
                at += 1;
                continue;
            }
            self.draft.write(self.source, text_from, at);
            if bytes[at] == b'*' && width > 1 {
                self.strong = !self.strong;
                self.draft.set_strong(self.strong);
            }
            at += width;
            text_from = at;
        }
        self.draft.write(self.source, text_from, to);
    }

    fn star(&self, at: usize, to: usize) -> usize {
        let bytes = &self.source.as_bytes()[at..to];
        let run = bytes.iter().take_while(|byte| **byte == b'*').count();
        if run == 1 && !self.marks.stars { 0 } else { run }
    }

    /// The width of an inline tag; of `<https://…>` only the brackets are markup.
    fn tag(&self, at: usize, to: usize) -> usize {
        let rest = &self.source[at + 1..to];
        if rest.starts_with("http") {
            return 1;
        }
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!') {
            return 0;
        }
        let near = &rest.as_bytes()[..rest.len().min(600)];
        near.iter().position(|byte| *byte == b'>').map_or(0, |end| end + 2)
    }
}

/// Whether a line starts an HTML block: a tag, not an address in angle brackets.
fn starts_markup(words: &str) -> bool {
    let mut bytes = words.bytes();
    bytes.next() == Some(b'<')
        && bytes
            .next()
            .is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!'))
        && !words.starts_with("<http")
}

/// An HTML block ends at a blank line.
fn markup_end(source: &str, from: usize) -> usize {
    let mut at = from;
    loop {
        let end = line_end(source, at);
        if end >= source.len() {
            return source.len();
        }
        if source[at..end].trim().is_empty() && at > from {
            return at;
        }
        at = end + 1;
    }
}

/// Whether lines were wrapped at a column: nearly every line that another follows is of
/// one length, and no line is longer than a screen.
fn is_wrapped(source: &str) -> bool {
    let (mut pairs, mut full, mut stops) = (0, 0, 0);
    let mut last: Option<(usize, bool)> = None;
    for line in source.lines().take(400) {
        let line = line.trim();
        let width = line.chars().take(130).count();
        if line.chars().take(40).any(|c| c >= '\u{2e80}')
            || (width > 110 && line.contains(' '))
        {
            return false;
        }
        if width == 0 || line.starts_with(['#', '-', '<', '|', '*', '>']) {
            last = None;
            continue;
        }
        if let Some((width, stopped)) = last {
            pairs += 1;
            full += usize::from((56..=100).contains(&width));
            stops += usize::from(stopped);
        }
        last = Some((width, line.ends_with(['.', '!', '?', '"', '”'])));
    }
    // Texts kept one sentence a line have lines of any length, and each ends in a stop.
    pairs >= 2 && full * 10 >= pairs * 7 && stops * 2 <= pairs
}
