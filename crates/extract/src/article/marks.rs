//! The words that tell boilerplate from article, bylines from text.
//!
//! In: the tables `boilerplate`, `bylines`, `months`, `serials` and the outlets' names. Out: lookups
//! for the steps of this room. Refuses to know: any one article.

use super::serial::Serials;
use crate::Error;
use crate::lexicon::{Names, Rows, TsvRow};
use crate::shadow::FoldTable;
use daachorse::{
    CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder,
    DoubleArrayAhoCorasick,
};
use record::{ActorType, ParagraphKind};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Where in a paragraph a phrase must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Starts,
    Contains,
    Ends,
    Whole,
    /// Anywhere in a short line that stands before the article's first paragraph.
    Front,
}

/// A row of `boilerplate.tsv`.
#[derive(Debug, Clone)]
struct Phrase {
    kind: ParagraphKind,
    place: Place,
}

/// What a label before a colon says of the name behind it: 作者, 翻译, 来源.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// Who wrote it.
    Author,
    /// Who translated it.
    Translator,
    /// Whose article it renders.
    Origin,
    /// Who edited, checked or uploaded it, or when.
    Editor,
    /// Links two labels: 及, 与.
    Joiner,
    /// What stands behind 来源 and names nobody: 网络.
    Nobody,
    /// A word of reporting, next to which outlets are cited: 报道, 援引.
    Cites,
}

/// The tables of this room, ready to look things up in.
pub struct Marks {
    automaton: CharwiseDoubleArrayAhoCorasick<u32>,
    phrases: Vec<Vec<Phrase>>,
    /// The characters that phrases at a paragraph's start begin with, sorted.
    first: Vec<char>,
    /// The characters that phrases at a paragraph's end end with, sorted.
    last: Vec<char>,
    classes: HashMap<String, ParagraphKind>,
    labels: HashMap<String, Role>,
    /// The characters that labels begin with, sorted.
    label_starts: Vec<char>,
    longest_label: usize,
    /// Labels of an origin, longest first.
    origins: Vec<String>,
    cite_cues: Option<DoubleArrayAhoCorasick<u32>>,
    months: Vec<(String, u8)>,
    pub(super) serials: Serials,
    /// Domains, and outlets' names in lower case, with the number of the outlet's row.
    domains: HashMap<String, usize>,
    outlets: HashMap<String, usize>,
}

/// Phrases are looked for within so many bytes of a paragraph's ends.
const REACH: usize = 180;
/// And of a longer one within so many.
const EDGE: usize = 72;

impl Marks {
    /// Loads the tables.
    ///
    /// # Errors
    /// If a row is malformed.
    pub(crate) fn load(
        fold: &FoldTable,
        names: &Names,
        boilerplate: &[Rows],
        bylines: &[Rows],
        months: &Rows,
        serials: &Rows,
    ) -> Result<Marks, Error> {
        let Boilerplate { rows, classes } = read_boilerplate(boilerplate, fold)?;
        let Bylines { labels, origins, cite_cues } = read_bylines(bylines, fold)?;
        let months = read_months(months)?;
        let edge = |place: Place, end: bool| {
            let held =
                rows.iter().filter(|(_, held)| held.iter().any(|p| p.place == place));
            let words = held.filter_map(|(words, _)| {
                let words = words.trim_matches(is_frame);
                if end { words.chars().next_back() } else { words.chars().next() }
            });
            let edges: BTreeSet<char> = words.collect();
            edges.into_iter().collect()
        };
        let (first, last) = (edge(Place::Starts, false), edge(Place::Ends, true));
        let (patterns, phrases): (Vec<String>, Vec<_>) = rows.into_iter().unzip();
        let automaton = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .build_with_values(patterns.iter().zip(0u32..))
            .map_err(|cause| Error::Automaton { problem: cause.to_string() })?;
        let label_starts: BTreeSet<char> =
            labels.keys().filter_map(|label| label.chars().next()).collect();
        let longest_label = labels.keys().map(|label| label.chars().count()).max();
        let (domains, outlets) = index_outlets(names, fold);
        Ok(Marks {
            automaton,
            phrases,
            first,
            last,
            classes,
            longest_label: longest_label.unwrap_or(0),
            origins,
            cite_cues: DoubleArrayAhoCorasick::new(cite_cues).ok(),
            labels,
            label_starts: label_starts.into_iter().collect(),
            months,
            serials: Serials::load(serials)?,
            domains,
            outlets,
        })
    }

    /// What a paragraph is by the phrases at its edges; long paragraphs are looked at near
    /// their ends only, and a phrase anywhere counts only in short ones.
    pub(super) fn kind_by_phrase(
        &self,
        words: &str,
        is_front: bool,
        fold: &FoldTable,
    ) -> Option<ParagraphKind> {
        let is_short = words.len() <= REACH;
        if is_short {
            return self.best_phrase(&fold_lower(words, fold), true, true, is_front);
        }
        // Most paragraphs are long and begin with no phrase's character.
        let first = words.trim_start_matches(is_frame).chars().next()?;
        if self.first.binary_search(&fold_one(first, fold)).is_ok() {
            let head = fold_lower(upto(words, EDGE), fold);
            let found = self.best_phrase(&head, false, true, false);
            if found.is_some() {
                return found;
            }
        }
        let last = words.trim_end_matches(is_frame).chars().next_back()?;
        if self.last.binary_search(&fold_one(last, fold)).is_err() {
            return None;
        }
        let tail = fold_lower(from_end(words, EDGE), fold);
        self.best_phrase(&tail, false, false, false)
    }

    fn best_phrase(
        &self,
        text: &str,
        all: bool,
        head: bool,
        is_front: bool,
    ) -> Option<ParagraphKind> {
        let mut best: Option<(usize, ParagraphKind)> = None;
        let trimmed = text.trim_matches(is_frame);
        let lead = text.len() - text.trim_start_matches(is_frame).len();
        let end = lead + trimmed.len();
        for found in self.automaton.find_overlapping_iter(text) {
            let len = found.end() - found.start();
            for phrase in &self.phrases[found.value() as usize] {
                let starts = head && (found.start() == lead || found.start() == 0);
                let ends = found.end() == end || found.end() == text.len();
                let holds = match phrase.place {
                    Place::Starts => starts && is_word_end(text, found.end()),
                    Place::Ends => ends && (all || !head),
                    Place::Contains => all,
                    Place::Whole => all && starts && ends,
                    Place::Front => is_front,
                };
                if holds && best.is_none_or(|(longest, _)| len > longest) {
                    best = Some((len, phrase.kind));
                }
            }
        }
        best.map(|(_, kind)| kind)
    }

    /// What an element is by its class or id.
    pub(super) fn class_kind(&self, value: &str) -> Option<ParagraphKind> {
        if value.len() > 400 {
            return None;
        }
        for word in value.split(|c: char| !c.is_ascii_alphanumeric()) {
            if word.len() < 2 {
                continue;
            }
            if let Some(kind) = self.classes.get(word) {
                return Some(*kind);
            }
            if word.bytes().any(|byte| byte.is_ascii_uppercase())
                && let Some(kind) = self.camel_kind(word)
            {
                return Some(kind);
            }
        }
        None
    }

    fn camel_kind(&self, word: &str) -> Option<ParagraphKind> {
        let mut from = 0;
        let cuts = word.char_indices().filter(|(_, c)| c.is_ascii_uppercase());
        let ends = cuts.map(|(at, _)| at).chain([word.len()]);
        for end in ends {
            let part = word.get(from..end).unwrap_or("").to_ascii_lowercase();
            if let Some(kind) = self.classes.get(&part) {
                return Some(*kind);
            }
            from = end;
        }
        None
    }

    /// The roles that a label is made of: 翻译/简评 a translator's and an editor's; none when
    /// a part of it is no label.
    pub(super) fn roles(&self, label: &str, fold: &FoldTable) -> Option<Vec<Role>> {
        let label = label.trim();
        let first = fold_one(label.chars().next()?, fold);
        // Most colons stand behind a speaker, 某某说：, and not behind a label.
        if label.len() > 72 || self.label_starts.binary_search(&first).is_err() {
            return None;
        }
        let label = fold_lower(label, fold);
        let mut roles = Vec::new();
        let parts =
            label.split(['/', '／', '、', '&', '＆', '+', '|', '｜', ',', '，', ' ']);
        if let Some(role) = self.labels.get(label.as_str()) {
            return (!matches!(role, Role::Joiner | Role::Nobody)).then(|| vec![*role]);
        }
        for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
            self.cut_label(part, &mut roles)?;
        }
        (!roles.is_empty()).then_some(roles)
    }

    fn cut_label(&self, part: &str, roles: &mut Vec<Role>) -> Option<()> {
        let mut rest = part;
        while !rest.is_empty() {
            let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8());
            let ends: Vec<usize> = ends.take(self.longest_label).collect();
            let (len, role) = ends
                .iter()
                .rev()
                .find_map(|&end| Some((end, *self.labels.get(rest.get(..end)?)?)))?;
            match role {
                Role::Joiner => {}
                Role::Nobody => return None,
                _ => roles.push(role),
            }
            rest = &rest[len..];
        }
        Some(())
    }

    /// The name behind a label of origin that `words` start with: 转载自GNews.
    pub(super) fn origin_named<'w>(
        &self,
        words: &'w str,
        fold: &FoldTable,
    ) -> Option<&'w str> {
        if words.len() > 120 {
            return None;
        }
        let words = words.trim_start_matches(is_frame);
        // The fold keeps every character's length, so an end in one is an end in the other.
        let folded = fold_lower(words, fold);
        let label =
            self.origins.iter().find(|label| folded.starts_with(label.as_str()))?;
        let name = words.get(label.len()..)?.trim_matches(is_frame);
        (!name.is_empty()).then_some(name)
    }

    /// Whether a name names nobody: 网络.
    pub(super) fn is_nobody(&self, name: &str, fold: &FoldTable) -> bool {
        self.labels.get(&fold_lower(name.trim_matches(is_frame), fold))
            == Some(&Role::Nobody)
    }

    /// Where words stand next to which outlets are cited.
    pub(super) fn cite_cues(&self, words: &str) -> Vec<usize> {
        let Some(cues) = &self.cite_cues else { return Vec::new() };
        cues.find_iter(words).map(|found| found.start()).take(32).collect()
    }

    /// The number of the month whose name starts `word`, in lower case.
    pub(super) fn month(&self, word: &str) -> Option<u8> {
        let at =
            self.months.binary_search_by(|(name, _)| name.as_str().cmp(word)).ok()?;
        Some(self.months[at].1)
    }

    /// The number of the outlet that publishes at a host.
    pub(super) fn outlet_of_host(&self, host: &str) -> Option<usize> {
        let mut rest = host.strip_prefix("www.").unwrap_or(host);
        loop {
            if let Some(row) = self.domains.get(rest) {
                return Some(*row);
            }
            rest = rest.split_once('.')?.1;
        }
    }

    /// The number of the outlet with this name in any language.
    pub(super) fn outlet_of_name(&self, name: &str, fold: &FoldTable) -> Option<usize> {
        self.outlets.get(&fold_lower(name.trim_matches(is_frame), fold)).copied()
    }
}

/// What `boilerplate.tsv` holds: phrases, folded, and classes of elements.
struct Boilerplate {
    rows: BTreeMap<String, Vec<Phrase>>,
    classes: HashMap<String, ParagraphKind>,
}

fn read_boilerplate(tables: &[Rows], fold: &FoldTable) -> Result<Boilerplate, Error> {
    let mut rows: BTreeMap<String, Vec<Phrase>> = BTreeMap::new();
    let mut classes = HashMap::new();
    for row in tables.iter().flat_map(Rows::iter) {
        let (phrase, kind) = (row.cell("phrase")?, kind_of(&row)?);
        let place = match row.cell("match")? {
            "starts" => Place::Starts,
            "contains" => Place::Contains,
            "ends" => Place::Ends,
            "whole" => Place::Whole,
            "front" => Place::Front,
            "class" => {
                classes.insert(phrase.to_owned(), kind);
                continue;
            }
            other => return Err(row.problem(format!("{other:?} is no place"))),
        };
        rows.entry(fold_lower(phrase, fold)).or_default().push(Phrase { kind, place });
    }
    Ok(Boilerplate { rows, classes })
}

/// What `bylines.tsv` holds: labels, folded; those of an origin; words of reporting.
struct Bylines {
    labels: HashMap<String, Role>,
    origins: Vec<String>,
    cite_cues: Vec<String>,
}

fn read_bylines(tables: &[Rows], fold: &FoldTable) -> Result<Bylines, Error> {
    let mut labels = HashMap::new();
    let (mut origins, mut cite_cues) = (Vec::new(), Vec::new());
    for row in tables.iter().flat_map(Rows::iter) {
        let (label, role) = (row.cell("label")?, role_of(&row)?);
        match role {
            // Looked for in the text as it stands, so the table has both scripts.
            Role::Cites => {
                cite_cues.push(label.to_owned());
                continue;
            }
            Role::Origin => origins.push(fold_lower(label, fold)),
            _ => {}
        }
        labels.insert(fold_lower(label, fold), role);
    }
    origins.sort_by_key(|label| std::cmp::Reverse(label.len()));
    Ok(Bylines { labels, origins, cite_cues })
}

fn read_months(rows: &Rows) -> Result<Vec<(String, u8)>, Error> {
    let mut months = Vec::new();
    for row in rows.iter() {
        let number = row.cell("number")?.parse();
        let number = number.map_err(|_| row.problem("the number is none".to_owned()))?;
        months.push((row.cell("month")?.to_owned(), number));
    }
    months.sort();
    Ok(months)
}

fn index_outlets(
    names: &Names,
    fold: &FoldTable,
) -> (HashMap<String, usize>, HashMap<String, usize>) {
    let (mut domains, mut outlets) = (HashMap::new(), HashMap::new());
    for (at, row) in names.rows().iter().enumerate() {
        for domain in &row.domains {
            domains.entry(domain.to_ascii_lowercase()).or_insert(at);
        }
        if row.kind != ActorType::Outlet {
            continue;
        }
        let surfaces = [&row.zh, &row.zh_short, &row.en, &row.ru].into_iter().flatten();
        for surface in surfaces.chain([&row.name]) {
            outlets.entry(fold_lower(surface, fold)).or_insert(at);
        }
    }
    (domains, outlets)
}

fn kind_of(row: &TsvRow<'_>) -> Result<ParagraphKind, Error> {
    let kind = row.cell("kind")?;
    ParagraphKind::from_code(kind)
        .ok_or_else(|| row.problem(format!("{kind:?} is no kind of paragraph")))
}

fn role_of(row: &TsvRow<'_>) -> Result<Role, Error> {
    Ok(match row.cell("role")? {
        "author" => Role::Author,
        "translator" => Role::Translator,
        "origin" => Role::Origin,
        "editor" => Role::Editor,
        "joiner" => Role::Joiner,
        "nobody" => Role::Nobody,
        "cites" => Role::Cites,
        other => return Err(row.problem(format!("{other:?} is no role"))),
    })
}

/// Brackets and marks around a phrase: 【…】, （…）, *…*, and what stands behind it.
pub(super) fn is_frame(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '【' | '】'
                | '（'
                | '）'
                | '('
                | ')'
                | '['
                | ']'
                | '〔'
                | '〕'
                | '「'
                | '」'
                | '《'
                | '》'
                | '*'
                | '“'
                | '”'
                | '"'
                | '。'
                | '.'
                | ':'
                | '：'
                | ';'
                | '；'
                | '▲'
                | '△'
                | '★'
                | '_'
                | '-'
                | '—'
                | '–'
                | '|'
                | '｜'
                | '\u{200b}'
                | '!'
                | '！'
        )
}

/// Whether a Latin or Cyrillic word ends at `at`, so that `read` is not found in `reader`.
fn is_word_end(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back().is_some_and(is_small_letter);
    let after = text[at..].chars().next().is_some_and(is_small_letter);
    !(before && after)
}

fn is_small_letter(c: char) -> bool {
    c.is_alphanumeric() && c < '\u{2e80}'
}

/// `words` folded to one script and lower case, so that phrases match in both scripts.
pub(super) fn fold_lower(words: &str, fold: &FoldTable) -> String {
    let mut folded = String::with_capacity(words.len());
    folded.extend(words.chars().map(|c| fold_one(c, fold)));
    folded
}

fn fold_one(c: char, fold: &FoldTable) -> char {
    if c.is_ascii() { c.to_ascii_lowercase() } else { lower(fold.fold(c)) }
}

fn lower(c: char) -> char {
    match c {
        'А'..='Я' | 'Ё' | 'І' | 'Ї' | 'Є' | 'Ґ' => {
            c.to_lowercase().next().unwrap_or(c)
        }
        _ => c,
    }
}

/// The start of `text`, at most `len` bytes, cut between characters.
pub(super) fn upto(text: &str, len: usize) -> &str {
    &text[..text.floor_char_boundary(len)]
}

/// The end of `text`, at most `len` bytes, cut between characters.
pub(super) fn from_end(text: &str, len: usize) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(len))..]
}

#[cfg(test)]
pub(crate) mod tests {
    use crate::{
        Agenda,
        lexicon::{Lexicon, TsvRow},
    };
    use record::ParagraphKind;

    /// Whether a row of a `boilerplate.tsv` tells its example to be what it says.
    pub(crate) fn phrase_tells_its_example(
        lexicon: &Lexicon,
        row: &TsvRow,
        words: &str,
    ) -> bool {
        let cell = |column| row.cell(column).expect("the table has the column");
        let kind = ParagraphKind::from_code(cell("kind"));
        let is_front = cell("match") == "front";
        lexicon.marks.kind_by_phrase(words, is_front, lexicon.fold()) == kind
    }

    /// Whether a row of `shared/boilerplate.tsv` tells its class of markup.
    pub(crate) fn class_tells(lexicon: &Lexicon, row: &TsvRow) -> bool {
        let cell = |column| row.cell(column).expect("the table has the column");
        let kind = lexicon.marks.class_kind(cell("phrase"));
        kind.is_some() && kind == ParagraphKind::from_code(cell("kind"))
    }

    /// Whether a row of a `bylines.tsv` is read as what it is at its place in `words`.
    pub(crate) fn label_is_read(
        lexicon: &Lexicon,
        role: &str,
        label: &str,
        words: &str,
        at: usize,
    ) -> bool {
        let (marks, fold) = (&lexicon.marks, lexicon.fold());
        let count = |label: &str| marks.roles(label, fold).map_or(0, |roles| roles.len());
        match role {
            "joiner" => count(&format!("翻译{label}编辑")) == 2,
            "nobody" => marks.is_nobody(label, fold),
            // 报道 and 報道 are one word here, and a label before they are a citation.
            "cites" => marks.cite_cues(words).contains(&at) || count(label) > 0,
            _ => count(label) > 0,
        }
    }

    /// Whether a row of `shared/months.tsv` is read as a month.
    pub(crate) fn month_is_read(lexicon: &Lexicon, word: &str, number: &str) -> bool {
        lexicon.marks.month(word).is_some_and(|month| month.to_string() == number)
    }

    #[test]
    fn classes_and_labels_are_told() {
        let lexicon = Lexicon::load(&Agenda::default(), crate::Ablation::default())
            .expect("the tables load");
        let class = |value| lexicon.marks.class_kind(value);
        assert_eq!(class("post-meta related-posts"), Some(ParagraphKind::Related));
        assert_eq!(class("shareBar"), Some(ParagraphKind::Share));
        assert_eq!(class("entry-content article"), None);
        let is_label = |label| lexicon.marks.roles(label, lexicon.fold()).is_some();
        assert!(
            is_label("翻译/简评") && is_label("責任編輯") && is_label("视频制作及上传")
        );
        assert!(!is_label("发言人说") && !is_label("网络") && !is_label("和"));
    }
}
