//! Phrases of offices: 俄罗斯副外长, 一名美国高级官员, 联合国人权事务高级专员.
//!
//! In: offices, names and small words. Out: for every name its office, and for an office
//! without a name a naming of its own. Refuses to know: who holds it.

use super::found::{Around, Found, What};
use crate::{
    Page,
    lexicon::{Hit, Table},
};
use record::{ActorType, MentionForm, Span};

/// A phrase that ends in an office.
struct Phrase {
    span: Span,
    /// Whether a word of uncertainty or number opens it: 一名, 该, 多位.
    is_described: bool,
    is_plural: bool,
    is_private: bool,
    party: Option<String>,
    rules: Vec<record::Rule>,
}

/// Gives names their offices and adds offices without names.
pub fn find(page: &Page, found: &mut Vec<Found>) {
    let around = Around::of(page);
    let mut bare = Vec::new();
    shorten(page, found);
    let titles: Vec<Hit> = page
        .hits
        .leftmost_longest(Table::Titles)
        .into_iter()
        .map(|title| behind_body(page, found, title))
        .collect();
    let mut next = 0;
    while next < titles.len() {
        let mut last = next;
        while last + 1 < titles.len()
            && joined(&around, page, titles[last], titles[last + 1])
        {
            last += 1;
        }
        let run = &titles[next..=last];
        next = last + 1;
        if found.iter().any(|f| f.span.overlaps(run[0].span) && is_longer(f, run[0].span))
        {
            continue;
        }
        let phrase = phrase(page, &around, run, found);
        if let Some(name) = name_behind(page, &around, found, phrase.span.end) {
            hold(&mut found[name], &phrase);
        } else if let Some(name) = name_before(page, &around, found, run[0].span.start) {
            // 岸田首相, 赫尔佐格总统: the office stands behind the name.
            let role = run[0].span.join(run[run.len() - 1].span);
            let naming = &mut found[name];
            naming.phrase = naming.phrase.join(role);
            naming.role = naming.role.or(Some(role));
            naming.is_private |= phrase.is_private;
        } else if let Some(name) = addressed(page, &around, found, run) {
            found[name].phrase = found[name].phrase.join(run[0].span);
        } else if stands_alone(page, &around, &phrase) {
            bare.push(office(phrase));
        }
    }
    found.extend(bare);
    found.sort_by_key(|naming| naming.span.start);
}

/// The office behind a body that was read for itself: 发言人 of 国务院发言人 behind
/// 美国国务院.
fn behind_body(page: &Page, found: &[Found], title: Hit) -> Hit {
    let inside = found.iter().find(|f| {
        f.span.end > title.span.start
            && f.span.end < title.span.end
            && f.span.start <= title.span.start
    });
    inside
        .and_then(|body| page.hits.at(Table::Titles, body.span.end))
        .filter(|rest| rest.span.end == title.span.end && speaks_for(page, *rest))
        .unwrap_or(title)
}

/// Whether an office is one of a body: 发言人, 副部长.
pub fn speaks_for(page: &Page, title: Hit) -> bool {
    let title = &page.lexicon.titles[title.row as usize];
    title.rank == "spokesperson" || title.text.starts_with(['副', '第'])
}

/// Cuts names back that an office's first characters were read into: 日本内阁 before
/// 内阁官房长官 is 日本.
fn shorten(page: &Page, found: &mut Vec<Found>) {
    let mut cut: Vec<Found> = Vec::new();
    for title in page.hits.leftmost_longest(Table::Titles) {
        let tail = found.iter().position(|f| {
            f.span.start < title.span.start
                && f.span.end > title.span.start
                && f.span.end < title.span.end
                && behind_body(page, found, title) == title
        });
        let Some(at) = tail else { continue };
        let long = found.remove(at);
        let near = Span::new(long.span.start, long.span.start + 1);
        let shorter = page.hits.within(Table::Names, near).iter().find(|hit| {
            hit.span.start == long.span.start && hit.span.end <= title.span.start
        });
        if let Some(hit) = shorter {
            let (name, row, _) = page.lexicon.names.of_hit(hit.row);
            let rules = vec![name.rule.clone()];
            let mut naming =
                Found::bare(hit.span, MentionForm::Name, What::Known(row), rules);
            naming.party = name.party.clone();
            cut.push(naming);
        }
    }
    found.extend(cut);
    found.sort_by_key(|naming| naming.span.start);
}

fn is_longer(naming: &Found, span: Span) -> bool {
    naming.span.contains(span)
}

/// Whether two offices belong to one phrase: 副总理兼经济部长, 外交部副部长.
fn joined(around: &Around, page: &Page, first: Hit, second: Hit) -> bool {
    let from = around.skip(first.span.end);
    let to = around.skip_back(second.span.start);
    from >= to || Span::new(from, to).of(page.shadow) == "兼"
}

fn hold(naming: &mut Found, phrase: &Phrase) {
    naming.phrase = naming.phrase.join(phrase.span);
    naming.role = Some(phrase.span);
    naming.is_private |= phrase.is_private;
    if naming.what == What::Person {
        naming.party = naming.party.take().or_else(|| phrase.party.clone());
    }
    naming.rules.extend(phrase.rules.iter().cloned());
}

fn office(phrase: Phrase) -> Found {
    let form = match phrase.is_described {
        true => MentionForm::Description,
        false => MentionForm::Title,
    };
    let what = if phrase.is_plural { What::Collective } else { What::Office };
    Found {
        span: phrase.span,
        phrase: phrase.span,
        form,
        what,
        role: Some(phrase.span),
        is_private: phrase.is_private,
        party: phrase.party,
        rules: phrase.rules,
    }
}

/// The name that starts right behind a phrase: 外长[拉夫罗夫], 总统 · 乔·拜登.
fn name_behind(
    page: &Page,
    around: &Around,
    found: &[Found],
    end: usize,
) -> Option<usize> {
    let start = around.skip(end);
    // 曾任顾问的文德曼: the office describes the name behind 的.
    let start = match page.shadow[start..].starts_with('的') {
        true => start + '的'.len_utf8(),
        false => start,
    };
    let start = start + leading(page.shadow, start, &['、', '，', ' ']);
    let at = found.partition_point(|f| f.span.start < around.skip(start));
    let naming = found.get(at)?;
    let adjoining = around.skip(start) == naming.span.start;
    let comma = page.shadow[end..naming.span.start].contains(['、', '，']);
    (adjoining && !comma && is_person(page, naming)).then_some(at)
}

fn leading(shadow: &str, at: usize, chars: &[char]) -> usize {
    let rest = shadow.get(at..).unwrap_or("");
    rest.len() - rest.trim_start_matches(chars).len()
}

/// The name that ends right before an office, with no office of its own before it.
fn name_before(
    page: &Page,
    around: &Around,
    found: &[Found],
    start: usize,
) -> Option<usize> {
    let mut end = around.skip_back(start);
    // 乔·拜登（Joe Biden）总统: the spelling in brackets stands between.
    if around.is_before(end, "）") || around.is_before(end, ")") {
        let near = page.shadow.get(..end)?;
        let open = near.rfind(['（', '('])?;
        let inside = near.get(open..)?.trim_start_matches(['（', '(']);
        let latin = !inside.chars().any(crate::lang::zh::is_han);
        end = around.skip_back(if latin { open } else { end });
        end -= page.shadow[..end].len() - page.shadow[..end].trim_end().len();
    }
    let next = found.partition_point(|f| f.span.end < end);
    let naming = found.get(next).filter(|f| f.span.end == end)?;
    let bare = naming.role.is_none() && naming.form == MentionForm::Name;
    (is_person(page, naming) && bare).then_some(next)
}

/// 外交大臣费萨尔亲王: a form of address behind somebody who has an office already.
fn addressed(
    page: &Page,
    around: &Around,
    found: &[Found],
    run: &[Hit],
) -> Option<usize> {
    let [title] = run else { return None };
    let honorific = page.lexicon.word_starting(page.hits, "honorific", title.span.start);
    let end = around.skip_back(title.span.start);
    let next = found.partition_point(|f| f.span.end < end);
    let naming = found.get(next).filter(|f| f.span.end == end)?;
    let held = naming.role.is_some() && is_person(page, naming);
    (held && honorific.is_some()).then_some(next)
}

pub fn is_person(page: &Page, naming: &Found) -> bool {
    match naming.what {
        What::Person => true,
        What::Known(row) => page.lexicon.names.row(row).kind == ActorType::Person,
        _ => false,
    }
}

/// Grows a run of offices to the left over the states, bodies and qualifiers before it.
fn phrase(page: &Page, around: &Around, run: &[Hit], found: &[Found]) -> Phrase {
    let last = run[run.len() - 1];
    let ranks: Vec<&str> = run
        .iter()
        .map(|hit| page.lexicon.titles[hit.row as usize].rank.as_str())
        .collect();
    let mut phrase = Phrase {
        span: run[0].span.join(last.span),
        is_described: false,
        is_plural: false,
        is_private: ranks
            .iter()
            .all(|rank| matches!(*rank, "expert" | "journalist" | "private")),
        party: None,
        rules: run
            .iter()
            .map(|hit| page.lexicon.titles[hit.row as usize].rule.clone())
            .collect(),
    };
    let mut start = around.skip_back(run[0].span.start);
    while let Some(next) = step_left(page, around, found, start, &mut phrase) {
        start = around.skip_back(next);
        phrase.span = Span::new(next, phrase.span.end);
    }
    if around.is_next(phrase.span.end, "们") {
        let end = around.next(phrase.span.end).map_or(phrase.span.end, |next| next.1);
        phrase.span = Span::new(phrase.span.start, end);
        phrase.is_described = true;
    }
    phrase
}

/// One unit to the left of `start` that belongs to an office's phrase, and where it starts.
fn step_left(
    page: &Page,
    around: &Around,
    found: &[Found],
    start: usize,
    phrase: &mut Phrase,
) -> Option<usize> {
    if let Some(naming) = name_ending(found, start)
        && naming.span.start < phrase.span.start
    {
        return Some(take_in(around, naming, phrase));
    }
    for class in ["unnamed", "body", "government", "modifier"] {
        if let Some(hit) = page.lexicon.word_ending(page.hits, class, start) {
            if class == "unnamed" {
                phrase.is_described = true;
                let words = hit.span.of(page.shadow);
                phrase.is_plural |=
                    matches!(words, "两名" | "两位" | "三位" | "三名" | "各国");
            }
            return Some(hit.span.start);
        }
    }
    // 泽连斯基的新闻发言人.
    if around.is_before(start, "的") {
        let at = around.before(start)?.1;
        let naming = name_ending(found, around.skip_back(at));
        return naming
            .filter(|f| f.span.start < phrase.span.start)
            .map(|naming| take_in(around, naming, phrase));
    }
    let (c, from) = around.before(start)?;
    // 美国驻俄罗斯大使, 前美国大使, 副外长.
    matches!(c, '驻' | '前' | '副' | '原').then_some(from)
}

/// Takes a name into a phrase; gives where the phrase starts now.
fn take_in(around: &Around, naming: &Found, phrase: &mut Phrase) -> usize {
    // 驻联合国大使 speaks for the state before 驻.
    let is_post = around.is_before(naming.span.start, "驻");
    if !is_post && phrase.party.is_none() {
        phrase.party = naming.party.clone();
    }
    naming.phrase.start.min(naming.span.start)
}

fn name_ending(found: &[Found], end: usize) -> Option<&Found> {
    let next = found.partition_point(|f| f.span.end < end);
    found.get(next).filter(|f| f.span.end == end)
}

/// Whether an office without a name is somebody here and not part of another word:
/// 外长会议, 部长级 and 总统府 are nobody.
fn stands_alone(page: &Page, around: &Around, phrase: &Phrase) -> bool {
    const NOT_AFTER: &[&str] = &[
        "会议",
        "会晤",
        "会谈",
        "峰会",
        "级",
        "府",
        "选举",
        "大选",
        "候选",
        "职",
        "任",
        "宝座",
        "办公",
        "制",
        "理事会",
        "会",
        "团",
        "权",
        "令",
        "特使",
        "夫人",
        "国家",
        "的身",
        "》",
        "通话",
        "选",
        "竞选",
        "助理",
        "访问",
        "联合",
        "签署",
    ];
    if NOT_AFTER.iter().any(|word| around.is_next(phrase.span.end, word)) {
        return false;
    }
    let alone = phrase.span.of(page.shadow).chars().count();
    alone >= 2 && !around.is_before(phrase.span.start, "《")
}
