//! The documents that a draft or a check looks at, their words folded and cut.
//!
//! In: a ledger and a filter. Out: pages with their sentences, moves and titles. Refuses
//! to know: what is looked for in them.

use crate::reader::Fold;
use anyhow::Result;
use extract::agenda::Passage;
use ledger::{Coverage, Filter, Ledger, Naming};
use record::Span;
use std::collections::BTreeSet;

/// What stands in folded text for markup inside names.
const MARKUP: char = '\u{1}';

/// One document, folded to one script; all places count bytes of `text`.
pub struct Page {
    /// The document's id.
    pub document: String,
    /// The readable text, folded.
    pub text: String,
    /// The headline, folded.
    pub title: String,
    /// The moves that it tells of.
    pub moves: Vec<Told>,
    sentences: Vec<Span>,
    names: Vec<Naming>,
}

/// A move in its place.
pub struct Told {
    /// Its words and what surrounds them.
    pub passage: Passage,
    /// Where its words stand in the document's bytes.
    pub in_document: Span,
}

impl Page {
    /// The names that stand in it, as they are written.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let is_name = |name: &&Naming| matches!(name.form.as_str(), "name" | "short");
        let names = self.names.iter().filter(is_name);
        names.map(|name| name.span.of(&self.text))
    }

    /// The names of persons among them.
    pub fn people(&self) -> impl Iterator<Item = &str> {
        let is_person = |name: &&Naming| name.kind == "person" && name.form == "name";
        let names = self.names.iter().filter(is_person);
        names.map(|name| name.span.of(&self.text))
    }
}

/// A sentence that tells of moves, or a headline, cut where names and points stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// The number of its document.
    pub document: usize,
    /// What stands between names and points.
    pub runs: Vec<String>,
    /// How many moves it tells of.
    pub moves: usize,
}

/// What is cut out of sentences before terms are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// Those of persons, outlets, states and days, and short names of anybody.
    Cut,
    /// Nothing but days.
    Kept,
}

/// Fetches the documents that a filter wants and that hold one of the words, if any are
/// given.
pub fn pages(
    ledger: &Ledger,
    filter: &Filter,
    about: &[String],
    fold: &Fold,
) -> Result<Vec<Page>> {
    let about: Vec<String> = about.iter().map(|word| fold.apply(word)).collect();
    let mut pages = Vec::new();
    ledger.each_coverage(filter, |coverage| {
        let page = page(coverage, fold);
        let holds = |word: &String| page.text.contains(word.as_str());
        if about.is_empty() || about.iter().any(holds) {
            pages.push(page);
        }
    })?;
    // A document's place among the others must not hang on its day.
    pages.sort_by(|a, b| a.document.cmp(&b.document));
    Ok(pages)
}

fn page(coverage: Coverage, fold: &Fold) -> Page {
    let text = fold.apply(&coverage.text);
    let sentences = &coverage.sentences;
    let place_of = |span: Span| {
        let holds = sentences.iter().position(|(sentence, _)| sentence.contains(span));
        holds.or_else(|| {
            sentences.iter().position(|(sentence, _)| sentence.overlaps(span))
        })
    };
    let passage_of = |told: &ledger::MovePlace| {
        let at = place_of(told.span);
        let sentence = at.map_or(told.span, |at| sentences[at].0);
        let before = at.and_then(|at| at.checked_sub(1).map(|before| (before, at)));
        let before =
            before.filter(|(before, at)| sentences[*before].1 == sentences[*at].1);
        Passage {
            clause: told.span,
            sentence,
            before: before.map(|(before, _)| sentences[before].0),
            report: told.report.clone(),
            heading: told.heading,
        }
    };
    let moves = coverage
        .moves
        .iter()
        .map(|told| Told { passage: passage_of(told), in_document: told.in_document });
    Page {
        moves: moves.collect(),
        document: coverage.document,
        title: coverage.title.map(|title| fold.apply(&title)).unwrap_or_default(),
        text,
        sentences: coverage.sentences.iter().map(|(sentence, _)| *sentence).collect(),
        names: coverage.names,
    }
}

/// The sentences of pages that tell of moves that are wanted, and their headlines; one
/// that several documents share word by word is the first one's.
pub fn cut(
    pages: &[Page],
    names: Names,
    is_wanted: impl Fn(&Page, &Told) -> bool,
) -> Vec<Cut> {
    let mut seen = BTreeSet::new();
    let mut cuts = Vec::new();
    for (document, page) in pages.iter().enumerate() {
        let wanted: Vec<&Told> =
            page.moves.iter().filter(|m| is_wanted(page, m)).collect();
        for sentence in &page.sentences {
            let told = |told: &&&Told| told.passage.sentence == *sentence;
            let moves = wanted.iter().filter(told).count();
            if moves > 0 && seen.insert(sentence.of(&page.text)) {
                let runs = runs(page, *sentence, names);
                cuts.push(Cut { document, runs, moves });
            }
        }
        if !wanted.is_empty() && seen.insert(page.title.as_str()) {
            cuts.push(Cut { document, runs: title_runs(page, names), moves: 0 });
        }
    }
    cuts
}

/// What stands between the names and points of a sentence.
fn runs(page: &Page, sentence: Span, names: Names) -> Vec<String> {
    let mut runs = Vec::new();
    let mut from = sentence.start;
    let first = page.names.partition_point(|name| name.span.start < sentence.start);
    for name in &page.names[first..] {
        if name.span.start >= sentence.end {
            break;
        }
        if is_cut(name, names, &page.text) && name.span.start >= from {
            runs.extend(split(Span::new(from, name.span.start).of(&page.text)));
            from = name.span.end;
        }
    }
    if from < sentence.end {
        runs.extend(split(Span::new(from, sentence.end).of(&page.text)));
    }
    runs
}

/// What stands between the names of a headline: those that the text has.
fn title_runs(page: &Page, names: Names) -> Vec<String> {
    let cut = page.names.iter().filter(|name| is_cut(name, names, &page.text));
    let mut cut: Vec<&str> = cut.map(|name| name.span.of(&page.text)).collect();
    cut.retain(|name| name.chars().count() > 1);
    cut.sort_unstable_by_key(|name| (std::cmp::Reverse(name.len()), *name));
    cut.dedup();
    let mut title = page.title.clone();
    for name in cut {
        title = title.replace(name, "，");
    }
    split(&title)
}

fn is_cut(name: &Naming, names: Names, text: &str) -> bool {
    match (names, name.kind.as_str()) {
        (_, "time") => true,
        (Names::Kept, _) => false,
        // 核谈判代表 points at a person and says what is talked about.
        (Names::Cut, "person") => {
            matches!(name.form.as_str(), "name" | "short" | "pronoun")
        }
        (Names::Cut, "outlet" | "state") => true,
        // 美, 德黑兰: short forms and capitals stand for governments.
        (Names::Cut, _) => name.party.is_some() && name.span.of(text).chars().count() < 4,
    }
}

/// The runs of letters of a text; markup is read over.
fn split(text: &str) -> Vec<String> {
    let plain: String = text.chars().filter(|c| *c != MARKUP).collect();
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '·');
    let pieces = plain.split(|c| !is_word(c)).map(str::trim);
    pieces.filter(|piece| !piece.is_empty()).map(str::to_owned).collect()
}
