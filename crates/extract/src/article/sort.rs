//! Blocks in, what each of them is out.
//!
//! In: a draft and the number of its title. Out: one [`ParagraphKind`] a block. Refuses to
//! know: outlets and dates beyond their form.

use super::draft::{Block, Draft};
use super::marks::{Marks, Role, fold_lower, is_frame};
use super::stamp::read_dateline;
use crate::shadow::FoldTable;
use record::ParagraphKind::{self, *};

/// What the sorting needs beside the draft.
pub(super) struct Tables<'a> {
    /// Phrases and labels.
    pub marks: &'a Marks,
    /// One script for both.
    pub fold: &'a FoldTable,
}

/// How far the page's own markup is believed.
#[derive(Clone, Copy, PartialEq)]
enum Trust {
    All,
    TagsOnly,
    Nothing,
}

/// Sorts the blocks of a draft; `title` is the block of the headline.
pub(super) fn sort_blocks(
    draft: &Draft,
    title: Option<usize>,
    tables: &Tables<'_>,
) -> Vec<ParagraphKind> {
    let mut kinds = Vec::new();
    for trust in [Trust::All, Trust::TagsOnly, Trust::Nothing] {
        let sorter = Sorter { draft, title, tables, trust };
        kinds = sorter.sort();
        // A page whose article stands in `<div class="share-wrapper">` or in one big form.
        let body: usize = lengths(draft, &kinds, |kind| kind == Body);
        let doubted: usize = lengths(draft, &kinds, |kind| !kind.is_read());
        if body > 0 && body * 8 > doubted {
            break;
        }
        let has_markup =
            draft.blocks.iter().any(|b| b.hints.class.is_some() || b.hints.tag.is_some());
        if !has_markup {
            break;
        }
    }
    kinds
}

fn lengths(
    draft: &Draft,
    kinds: &[ParagraphKind],
    of: impl Fn(ParagraphKind) -> bool,
) -> usize {
    let blocks = draft.blocks.iter().zip(kinds);
    blocks.filter(|(_, kind)| of(**kind)).map(|(block, _)| block.span.len()).sum()
}

struct Sorter<'a> {
    draft: &'a Draft,
    title: Option<usize>,
    tables: &'a Tables<'a>,
    trust: Trust,
}

impl Sorter<'_> {
    fn sort(&self) -> Vec<ParagraphKind> {
        let title_key = self.title.map(|at| self.key(self.draft.words(at)));
        let mut kinds = Vec::with_capacity(self.draft.blocks.len());
        let mut in_body = false;
        for (at, block) in self.draft.blocks.iter().enumerate() {
            let kind = if Some(at) == self.title {
                Title
            } else if self.is_title_again(block, title_key.as_deref()) {
                Debris
            } else if self.title.is_some_and(|title| at < title) && !in_body {
                self.before_title(block)
            } else {
                self.kind(block, !in_body)
            };
            in_body |= kind == Body && self.is_paragraph(block);
            kinds.push(kind);
        }
        self.carry_on(&mut kinds);
        self.carry_notes(&mut kinds);
        self.find_headings(&mut kinds);
        kinds
    }

    fn words(&self, block: &Block) -> &str {
        block.span.of(&self.draft.text)
    }

    fn key(&self, words: &str) -> String {
        let letters: String =
            words.chars().take(400).filter(|c| c.is_alphanumeric()).collect();
        fold_lower(&letters, self.tables.fold)
    }

    /// The headline once more: over the body, or as the words of a picture.
    fn is_title_again(&self, block: &Block, title: Option<&str>) -> bool {
        let Some(title) = title.filter(|title| !title.is_empty()) else { return false };
        if block.span.len() > 600 {
            return false;
        }
        let words = self.words(block);
        let same_start = words.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| {
            let mut buffer = [0; 4];
            title.starts_with(&fold_lower(c.encode_utf8(&mut buffer), self.tables.fold))
        });
        if !same_start {
            return false;
        }
        let key = self.key(words);
        if key == title {
            return true;
        }
        // The page's title may go on with the site's name, or the headline be cut short.
        let is_part = title.starts_with(&key) || key.starts_with(title);
        let (short, long) = (key.len().min(title.len()), key.len().max(title.len()));
        let is_head = matches!(block.hints.level, 1 | 2);
        is_part && short * 10 >= long * if is_head { 5 } else { 8 }
    }

    fn before_title(&self, block: &Block) -> ParagraphKind {
        match self.kind(block, true) {
            Body | Heading | Related if !self.is_paragraph(block) => Navigation,
            kind => kind,
        }
    }

    /// A paragraph that says something, and not a line of names.
    fn is_paragraph(&self, block: &Block) -> bool {
        let words = self.words(block);
        let wide = words.bytes().filter(|byte| *byte >= 0xe3).count();
        ends_sentence(words) && words.len() > 24 || wide > 40 || words.len() > 160
    }

    fn kind(&self, block: &Block, is_front: bool) -> ParagraphKind {
        let words = self.words(block);
        if !words.chars().any(char::is_alphanumeric)
            || (words.len() <= 3 && words.bytes().all(|byte| byte.is_ascii_digit()))
        {
            return Debris;
        }
        if let Some(kind) = self.kind_by_markup(block) {
            return kind;
        }
        let is_loose = is_front && words.len() <= 160 && !has_stop(words);
        let by_phrase =
            self.tables.marks.kind_by_phrase(words, is_loose, self.tables.fold);
        if let Some(kind) = by_phrase.filter(|kind| !outgrows(*kind, words)) {
            return kind;
        }
        if self.is_byline(block, is_front) {
            return Byline;
        }
        if let Some(kind) = kind_of_links(block, words) {
            return kind;
        }
        if block.hints.picture && is_caption(words) {
            return Caption;
        }
        // Corpora and exports put an identifier or a language's code before the text.
        if is_front && words.len() < 24 && words.is_ascii() && !words.contains(' ') {
            return Debris;
        }
        if is_heading(block, words) { Heading } else { Body }
    }

    fn kind_by_markup(&self, block: &Block) -> Option<ParagraphKind> {
        let hints = &block.hints;
        let tag = hints.tag.filter(|_| self.trust != Trust::Nothing);
        let class = hints.class.filter(|_| self.trust == Trust::All);
        if hints.outside && self.trust != Trust::Nothing {
            // What a reader of whole pages leaves out is never body, whatever it looks like.
            return Some(tag.or(class).unwrap_or(Related));
        }
        match (tag, class) {
            (Some(Caption), Some(kind)) => Some(kind),
            (Some(kind), _) => Some(kind),
            (None, kind) => kind,
        }
    }

    fn is_byline(&self, block: &Block, is_front: bool) -> bool {
        let words = self.words(block);
        if words.len() > 240 {
            return false;
        }
        if block.hints.code && is_front {
            return true;
        }
        if let Some((roles, name)) = split_label(words, self.tables) {
            let is_name = name.len() <= 150 && !ends_sentence(name);
            return !roles.is_empty() && is_name;
        }
        if is_front && is_signature(words) {
            return true;
        }
        is_front
            && read_dateline(words, self.tables.marks).is_some_and(|s| s.value.len() > 7)
            || is_hour(words, self.tables.marks)
    }

    /// A line that announces links makes the link lines behind it its own.
    fn carry_on(&self, kinds: &mut [ParagraphKind]) {
        let mut carried = None;
        for (kind, block) in kinds.iter_mut().zip(&self.draft.blocks) {
            let words = self.words(block);
            let is_link = block.linked * 2 >= words.len();
            match *kind {
                // Links to a site's accounts look like any links; what announced them tells.
                Related | Byline if is_link && carried == Some(Share) => *kind = Share,
                Share | Related => carried = Some(*kind),
                Navigation | Debris => {}
                Heading | Body
                    if is_link && carried.is_some() && !ends_sentence(words) =>
                {
                    *kind = carried.unwrap_or(*kind);
                }
                // The date under each link of a list.
                Body if carried == Some(Related)
                    && words.len() < 40
                    && read_dateline(words, self.tables.marks).is_some() =>
                {
                    *kind = Related;
                }
                _ => carried = None,
            }
        }
    }

    /// A comment goes on until its emphasis closes; one that only announces itself takes
    /// the paragraph behind it, and at the article's end all that follow.
    fn carry_notes(&self, kinds: &mut [ParagraphKind]) {
        let mut at = 0;
        while at < kinds.len() {
            let block = &self.draft.blocks[at];
            if kinds[at] != Note {
                at += 1;
                continue;
            }
            let is_bare = self.words(block).chars().count() <= 12;
            let written = kinds[..at].iter().filter(|kind| **kind == Body).count();
            let left = kinds[at + 1..].iter().filter(|kind| **kind == Body).count();
            let most = if block.hints.odd_emphasis || (is_bare && written > left) {
                usize::MAX
            } else {
                usize::from(is_bare)
            };
            let mut taken = 0;
            at += 1;
            while at < kinds.len() && kinds[at] == Body && taken < most {
                kinds[at] = Note;
                taken += 1;
                at += 1;
                if block.hints.odd_emphasis
                    && self.draft.blocks[at - 1].hints.odd_emphasis
                {
                    break;
                }
            }
        }
    }

    /// A short line without a stop between two paragraphs is a heading, marked or not.
    fn find_headings(&self, kinds: &mut [ParagraphKind]) {
        for at in 1..kinds.len().saturating_sub(1) {
            let block = &self.draft.blocks[at];
            let words = self.words(block);
            if kinds[at] != Body || words.len() > 84 || block.hints.item {
                continue;
            }
            let chars = words.chars().count();
            let is_chinese = words.len() > chars * 2;
            let is_question = words.ends_with(['?', '？']);
            let starts_number = words.starts_with(|c: char| c.is_ascii_digit());
            let follows = kinds[at + 1] == Body && self.draft.words(at + 1).len() > 120;
            let before =
                kinds[..at].iter().rfind(|kind| **kind != Debris && **kind != Caption);
            let preceded = matches!(before, Some(Body | Title | Byline | Heading | Note));
            if is_chinese
                && chars <= 26
                && follows
                && preceded
                && !starts_number
                && (!ends_sentence(words) || is_question && chars <= 14)
                && !words.ends_with([
                    '；', '，', ',', '：', ':', '”', '」', ')', '）', '、', '”',
                ])
            {
                kinds[at] = Heading;
            }
        }
    }
}

/// Splits `翻译/简评：某某` into the roles that the label names and the name.
pub(super) fn split_label<'w>(
    words: &'w str,
    tables: &Tables<'_>,
) -> Option<(Vec<Role>, &'w str)> {
    let words = words.trim_matches(|c: char| is_frame(c) && !matches!(c, ':' | '：'));
    let head = super::marks::upto(words, 100);
    if let Some(at) = head.find([':', '：', '｜', '|']) {
        let label = words.get(..at)?;
        let rest = words.get(at..)?;
        let name = rest.trim_start_matches([':', '：', '｜', '|', ' ', '\u{3000}']);
        return Some((tables.marks.roles(label, tables.fold)?, name));
    }
    // `校对/审核 – 某某`.
    if let Some((label, name)) = head.split_once(['–', '—', '－'])
        && label.contains(['/', '／'])
        && let Some(roles) = tables.marks.roles(label, tables.fold)
    {
        return Some((roles, name.trim_start_matches(['–', '—', '－', ' '])));
    }
    // `编辑上传 某某`: no colon, but two words and nothing else.
    let (label, name) = words.split_once([' ', '\u{3000}'])?;
    let is_name = !name.is_empty() && name.chars().count() <= 12 && !has_stop(name);
    let is_label = label.chars().count() > 1 && label.chars().all(|c| c >= '\u{2e80}');
    if !(is_name && is_label) {
        return None;
    }
    Some((tables.marks.roles(label, tables.fold)?, name))
}

/// `By Jane Smith and John Brown`, and not `By contrast, …`.
fn is_signature(words: &str) -> bool {
    let Some(names) = words.strip_prefix("By ").or_else(|| words.strip_prefix("BY "))
    else {
        return false;
    };
    let mut all = names.split([' ', ',']).filter(|name| !name.is_empty());
    let is_name = |name: &str| name.starts_with(char::is_uppercase) || name == "and";
    names.len() <= 80
        && !ends_sentence(names)
        && all.clone().count() >= 2
        && all.all(is_name)
}

/// `13 февраля, 18:45`: a day without its year, and an hour, alone on a line.
fn is_hour(words: &str, marks: &Marks) -> bool {
    if words.len() > 40 || !words.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let mut parts = words.split([' ', ',']).filter(|part| !part.is_empty());
    let day = parts.next().is_some_and(|day| day.len() <= 2);
    let month =
        parts.next().is_some_and(|word| marks.month(&word.to_lowercase()).is_some());
    let hour = parts.next().is_none_or(|hour| hour.len() == 5 && hour.contains(':'));
    day && month && hour && parts.next().is_none()
}

/// What a line of links is: an address, a way on, or text that happens to be a link.
fn kind_of_links(block: &Block, words: &str) -> Option<ParagraphKind> {
    let is_address = words.starts_with("http") && !words.contains(' ');
    if is_address {
        // `https://…/7.png某国总统…（某社照）`: an address run together with a caption.
        return Some(if words.chars().any(|c| c >= '\u{2e80}') {
            Caption
        } else {
            Related
        });
    }
    if block.linked * 5 < words.len() * 4 || block.hints.level > 0 {
        return None;
    }
    if words.starts_with(|c: char| c.is_ascii_digit()) && block.strong > 0 {
        return None;
    }
    if ends_sentence(words) || words.contains('。') || words.len() > 300 {
        return None;
    }
    Some(if block.hints.item { Navigation } else { Related })
}

/// Whether a paragraph says too much for its first words to decide: a credit that a
/// capture ran together with the article, `Фото: … Россия и Украина договорились …`.
fn outgrows(kind: ParagraphKind, words: &str) -> bool {
    let is_line = matches!(kind, Caption | Byline | Related | Navigation | Debris);
    let sentences =
        words.match_indices(['。', '！', '？']).count() + words.matches(". ").count();
    is_line && words.len() > 450 && sentences >= 2
}

/// Words behind a picture: its caption, unless they are the article going on.
fn is_caption(words: &str) -> bool {
    let chars = words.chars().count();
    let weight = if words.len() > chars * 2 { chars } else { chars / 2 };
    let sentences = words.matches(['。', '！', '？']).count();
    weight <= 70 || (sentences <= 1 && weight <= 150)
}

fn is_heading(block: &Block, words: &str) -> bool {
    if block.hints.level == 0 && block.strong * 10 < words.len() * 9 {
        return false;
    }
    let chars = words.chars().count();
    let stops =
        words.ends_with(['。', '！', '；', '，', ';', ',']) || words.contains('。');
    if block.hints.level > 0 {
        return chars <= 160 && !(stops && chars > 50);
    }
    let weight = if words.len() > chars * 2 { chars } else { chars / 2 };
    weight <= 42 && !stops && !words.ends_with('.')
}

/// Whether a line ends as a sentence does.
pub(super) fn ends_sentence(words: &str) -> bool {
    let end =
        words.trim_end_matches(['”', '"', '」', '』', '»', '’', ')', '）', '*', ' ']);
    end.ends_with(['。', '！', '？', '!', '?', '…', '.'])
}

/// Whether a stop or comma stands in a line: names and labels have none.
fn has_stop(words: &str) -> bool {
    words.contains(['。', '，', '！', '？', '“', '”', '；', '「', ',', '"', '?', '!'])
}
