//! Speakers that nothing but their place shows: 该公司表示, 一位知情者说.
//!
//! In: cues and the namings found so far. Out: the words between the start of a clause and
//! a cue, where nobody is named there. Refuses to know: what is said.

use super::found::{Around, Found, IMPLIED, What};
use crate::{Page, lang::zh, lexicon::Table, statement::Clauses};
use record::{MentionForm, Rule, Span};

/// Longest phrase that is taken for a speaker, in characters.
const LONGEST: usize = 22;

/// Adds a description for every cue before a comma, a colon or a quotation whose clause
/// names nobody.
pub fn find(page: &Page, found: &mut Vec<Found>) {
    let around = Around::of(page);
    let clauses = Clauses::of(page);
    let mut more: Vec<Found> = Vec::new();
    for hit in page.hits.leftmost_longest(Table::Cues) {
        let cue = &page.lexicon.cues[hit.row as usize];
        if !cue.class.is_say() || quoted(page, hit.span.start) {
            continue;
        }
        let stop = around.next(hit.span.end).map_or('\n', |next| next.0);
        if !matches!(stop, '，' | ',' | '：' | ':' | '“' | '"') {
            continue;
        }
        let clause = clauses.at(hit.span.start);
        let paper = page.lexicon.word_starting(page.hits, "document", hit.span.start);
        let opens = around.skip(clause.start) == hit.span.start;
        let span = match paper.filter(|paper| opens && paper.span.end < hit.span.end) {
            // 声明称: the paper speaks.
            Some(paper) => Some(paper.span),
            None => phrase(page, &around, clause, hit.span.start),
        };
        let Some(span) = span else { continue };
        let named =
            found.iter().any(|f| f.phrase.overlaps(span) || f.span.overlaps(span));
        let hearsay = page
            .lexicon
            .word_hits(page.hits, "hearsay", Span::new(clause.start, hit.span.end))
            .next();
        if named || hearsay.is_some() || more.iter().any(|f| f.span.overlaps(span)) {
            continue;
        }
        let rules = vec![Rule::new(IMPLIED)];
        let mut naming = Found::bare(span, MentionForm::Description, What::Office, rules);
        naming.is_private = true;
        more.push(naming);
    }
    found.extend(more);
    found.sort_by_key(|naming| (naming.span.start, usize::MAX - naming.span.end));
}

fn quoted(page: &Page, at: usize) -> bool {
    page.quotes.iter().take_while(|q| q.span.start <= at).any(|q| q.span.holds(at))
}

/// The words before a cue without the adverbs around them, if they can be somebody.
fn phrase(page: &Page, around: &Around, clause: Span, cue: usize) -> Option<Span> {
    let word = |class: &str, at: usize| page.lexicon.word_starting(page.hits, class, at);
    let mut end = around.skip_back(cue);
    while let Some(hit) = ["adverb", "honorific"]
        .iter()
        .find_map(|class| page.lexicon.word_ending(page.hits, class, end))
    {
        end = around.skip_back(hit.span.start);
    }
    let mut start = around.skip(clause.start);
    while let Some(hit) =
        ["adverb", "conjunction"].iter().find_map(|class| word(class, start))
    {
        start = around.skip(hit.span.end);
    }
    let span = Span::new(start, end);
    let text = span.of(page.shadow).trim();
    let length = text.chars().count();
    let opens = word("preposition", start).is_some() || word("pronoun", start).is_some();
    let han = text.chars().filter(|&c| zh::is_han(c)).count();
    let verbs =
        page.hits.within(Table::Triggers, span).iter().any(|hit| hit.span.end <= end);
    let fits = (2..=LONGEST).contains(&length) && han * 2 >= length && !opens && !verbs;
    let clean = !text.contains(['的', '了', '，', '。', '、', '《', '：'])
        || text.contains("的一");
    (fits && clean).then_some(span)
}
