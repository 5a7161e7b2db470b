//! Names that a row of the gazetteer or agenda holds.
//!
//! In: hits of the names table. Out: those that name somebody here. Refuses to know: which
//! of them are one. A single letter (俄, 美) names a state only beside another, before an
//! office or body, or after a verb that takes a state; 莫斯科 is a government only where a
//! government can act.

use super::found::{Around, Found, What};
use crate::{
    Page,
    lang::zh,
    lexicon::{Hit, NameForm, Table},
};
use record::{ActorType, MentionForm, Span};

/// Names of every kind, in text order, none overlapping another.
pub fn find(page: &Page) -> Vec<Found> {
    let around = Around::of(page);
    let masks: Vec<Span> = masks(page);
    let mut found: Vec<Found> = Vec::new();
    let mut last = 0;
    for &hit in page.hits.of(Table::Names) {
        let (name, row, form) = page.lexicon.names.of_hit(hit.row);
        if form == NameForm::Short || hit.span.start < last || !is_word(page, hit.span) {
            continue;
        }
        if masks.iter().any(|mask| mask.len() > hit.span.len() && mask.overlaps(hit.span))
            || is_start_of_longer(page, &around, hit.span)
        {
            continue;
        }
        last = hit.span.end;
        let form = match name.kind {
            ActorType::Place
                if name.metonym.is_some() && acts(page, &around, hit.span) =>
            {
                MentionForm::Metonym
            }
            _ => MentionForm::Name,
        };
        let rules = vec![name.rule.clone()];
        let mut naming = Found::bare(hit.span, form, What::Known(row), rules);
        naming.party = match form {
            MentionForm::Metonym => name.metonym.clone(),
            _ => name.party.clone(),
        };
        found.push(naming);
    }
    let letters = letters(page, &around, &found, &masks);
    found.extend(letters);
    found.sort_by_key(|naming| naming.span.start);
    found
}

/// Whether two transliteration characters are only the start of a longer name that no
/// row holds: 马里 in 马里乌波尔.
fn is_start_of_longer(page: &Page, around: &Around, span: Span) -> bool {
    let text = span.of(page.shadow);
    if text.chars().count() != 2 || !text.chars().all(zh::is_transliteration) {
        return false;
    }
    let mut at = span.end;
    let mut more = 0;
    while let Some((c, to)) = around.next(at) {
        let from = around.skip(at);
        let starts =
            page.hits.at(Table::Names, from).is_some_and(|hit| hit.span.len() > 3)
                || page.hits.at(Table::Titles, from).is_some()
                || page.hits.at(Table::Cues, from).is_some();
        if starts || !zh::is_transliteration(c) {
            break;
        }
        more += 1;
        at = to;
    }
    more >= 2
}

/// Words that hold a name's letters and name nobody: 发展中国家, 以及.
fn masks(page: &Page) -> Vec<Span> {
    page.hits
        .of(Table::Words)
        .iter()
        .filter(|hit| page.lexicon.words[hit.row as usize].class == "no-name")
        .map(|hit| hit.span)
        .collect()
}

/// Whether a Latin name stands as a word of its own.
fn is_word(page: &Page, span: Span) -> bool {
    let first = span.of(page.shadow).chars().next();
    if !first.is_some_and(|c| c.is_ascii_alphanumeric()) {
        return true;
    }
    let edge = |c: Option<char>| !c.is_some_and(|c| c.is_ascii_alphanumeric());
    edge(page.shadow[..span.start].chars().next_back())
        && edge(page.shadow[span.end..].chars().next())
}

/// Whether a seat of government stands where a government acts: before a verb of speech
/// or of an act (莫斯科表示), beside another party (莫斯科和华盛顿), or behind a verb or
/// preposition that takes a party (指责莫斯科).
fn acts(page: &Page, around: &Around, span: Span) -> bool {
    let first = span.of(page.shadow).chars().next();
    if first.is_some_and(|c| c.is_ascii()) {
        return false;
    }
    let word = |class: &str, at: usize| page.lexicon.word_starting(page.hits, class, at);
    let before = around.skip_back(span.start);
    if page.lexicon.word_ending(page.hits, "place-before", before).is_some()
        || word("place-after", around.skip(span.end)).is_some()
    {
        return false;
    }
    let mut at = around.skip(span.end);
    while let Some(hit) = word("adverb", at) {
        at = around.skip(hit.span.end);
    }
    let verb = page.hits.at(Table::Cues, at).is_some()
        || page.hits.at(Table::Triggers, at).is_some();
    let joint = |text: &str| {
        ["和", "与", "同", "、", "跟"].iter().any(|join| {
            text.strip_suffix(join).is_some_and(|rest| ends_with_party(page, rest.len()))
        })
    };
    let after = page.shadow.get(around.skip(span.end)..).unwrap_or("");
    let follows = ["和", "与", "同", "、"].iter().any(|join| {
        after.starts_with(join)
            && starts_with_party(page, around.skip(span.end) + join.len())
    });
    let taken = page.lexicon.word_ending(page.hits, "party-before", before).is_some();
    verb || joint(&page.shadow[..before]) || follows || taken
}

fn ends_with_party(page: &Page, at: usize) -> bool {
    let near = Span::new(at.saturating_sub(24), at);
    page.hits.within(Table::Names, near).iter().any(|hit| {
        let (name, _, _) = page.lexicon.names.of_hit(hit.row);
        hit.span.end == at && (name.kind == ActorType::State || name.metonym.is_some())
    })
}

fn starts_with_party(page: &Page, at: usize) -> bool {
    page.hits.within(Table::Names, Span::new(at, at + 1)).iter().any(|hit| {
        let (name, _, _) = page.lexicon.names.of_hit(hit.row);
        name.kind == ActorType::State || name.metonym.is_some()
    })
}

/// Single letters that stand for states: 美俄, 俄外长, 访美, 对俄.
fn letters(page: &Page, around: &Around, found: &[Found], masks: &[Span]) -> Vec<Found> {
    let free: Vec<(Hit, usize)> = page
        .hits
        .of(Table::Names)
        .iter()
        .filter_map(|&hit| {
            let (name, row, form) = page.lexicon.names.of_hit(hit.row);
            let is_letter = form == NameForm::Short && name.kind != ActorType::Person;
            let used = page.lexicon.word_starting(page.hits, "letter", hit.span.start);
            (is_letter && used.is_some()).then_some((hit, row))
        })
        .filter(|(hit, _)| {
            let after = found.partition_point(|f| f.span.start <= hit.span.start);
            !found[..after].last().is_some_and(|f| f.span.overlaps(hit.span))
                && !masks.iter().any(|mask| mask.overlaps(hit.span))
        })
        .collect();
    let mut kept: Vec<Found> = Vec::new();
    let mut run_from = 0;
    while run_from < free.len() {
        let mut run_to = run_from + 1;
        while run_to < free.len() {
            let joined = free[run_to - 1].0.span.end == free[run_to].0.span.start;
            if !joined {
                break;
            }
            run_to += 1;
        }
        let run = &free[run_from..run_to];
        let span = run[0].0.span.join(run[run.len() - 1].0.span);
        if stands_for_states(page, around, span, run.len()) {
            for (hit, row) in run {
                let name = page.lexicon.names.row(*row);
                let rules = vec![name.rule.clone()];
                let short = MentionForm::Short;
                let mut naming = Found::bare(hit.span, short, What::Known(*row), rules);
                naming.party = name.party.clone();
                kept.push(naming);
            }
        }
        run_from = run_to;
    }
    kept
}

fn stands_for_states(page: &Page, around: &Around, span: Span, letters: usize) -> bool {
    // 中, 以, 日, 法, 德, 英, 朝, 印 are words of their own far more often than states.
    const WEAK: &[char] = &[
        '中', '以', '日', '法', '德', '英', '朝', '印', '台', '欧', '土', '加', '纽',
        '菲', '巴', '沙', '叙', '苏',
    ];
    let text = span.of(page.shadow);
    let strong = text.chars().filter(|c| !WEAK.contains(c)).count();
    let after = around.skip(span.end);
    let before = around.skip_back(span.start);
    let right = page.hits.at(Table::Titles, after).is_some()
        || page.lexicon.word_starting(page.hits, "state-right", after).is_some()
        || page.lexicon.word_starting(page.hits, "body", after).is_some();
    let left = page.lexicon.word_ending(page.hits, "state-left", before).is_some();
    match letters {
        0 => false,
        1 if strong == 1 => right || left,
        1 => {
            right && !crate::lang::zh::is_han(around.before(before).map_or(' ', |b| b.0))
        }
        _ => strong >= 1 || right,
    }
}
