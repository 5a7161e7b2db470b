//! Names that a row of the gazetteer or agenda holds.
//!
//! In: hits of the names table. Out: those that name somebody here. Refuses to know: which
//! of them are one. A single letter (俄, 美) names a state only beside another, before an
//! office or body, or after a verb that takes a state; 莫斯科 is a government only where a
//! government can act.

use super::found::{Around, Found, What};
use crate::{
    Page,
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

/// Whether a seat of government stands where a government acts and not where a place is
/// named: 莫斯科表示, 同莫斯科的对话; but 在莫斯科, 莫斯科市长.
fn acts(page: &Page, around: &Around, span: Span) -> bool {
    const PLACE_BEFORE: &[&str] = &[
        "在", "于", "抵达", "飞往", "前往", "到", "赴", "离开", "返回", "来自", "首都",
        "从", "位于", "驻", "途经", "地点", "从", "往", "围攻", "包围", "轰炸",
    ];
    const PLACE_AFTER: &[&str] = &[
        "市", "举行", "机场", "时间", "地区", "附近", "周边", "郊", "街", "进行", "大学",
        "国立", "峰会", "会晤", "会议", "会谈", "方向", "周围", "郊外", "上空", "时报",
        "邮报", "居民", "中心", "警方", "的", "国际", "召开", "发表",
    ];
    if PLACE_BEFORE.iter().any(|word| around.is_before(span.start, word)) {
        return false;
    }
    let after = PLACE_AFTER.iter().find(|word| around.is_next(span.end, word));
    if let Some(&word) = after {
        return word == "的" && !page.shadow[..span.start].ends_with('在');
    }
    true
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
            is_letter.then_some((hit, row))
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
    const WEAK: &[char] =
        &['中', '以', '日', '法', '德', '英', '朝', '印', '台', '欧', '土'];
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
