//! Names that a row of the gazetteer or agenda holds.
//!
//! In: hits of the names table. Out: those that name somebody here. Refuses to know: which
//! of them are one. A single letter (俄, 美) names a state only beside another, before an
//! office or body, or after a verb that takes a state; 莫斯科 is a government only where a
//! government can act.

use super::found::{Around, Found, What};
use super::person::given_and_last;
use crate::shadow::MARKUP;
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
    let mut open: Vec<usize> = Vec::new();
    let mut last = 0;
    for &hit in page.hits.of(Table::Names) {
        let (name, row, form) = page.lexicon.names.of_hit(hit.row);
        if form == NameForm::Short || hit.span.start < last || !is_word(page, hit.span) {
            continue;
        }
        let masked = |mask: &Span| {
            mask.overlaps(hit.span)
                && (mask.len() > hit.span.len() || mask.start < hit.span.start)
        };
        if masks.iter().any(masked)
            || is_start_of_longer(page, &around, hit.span)
            || is_only_where(page, &around, hit.span)
            || name.kind != ActorType::Outlet && in_title(page, hit.span)
        {
            continue;
        }
        last = hit.span.end;
        let span = match name.kind {
            ActorType::Person => without_office(page, hit.span),
            _ => hit.span,
        };
        let form = match name.kind {
            ActorType::Place if name.metonym.is_some() => {
                match seat(page, &around, hit.span) {
                    Seat::Place => MentionForm::Name,
                    Seat::Government => MentionForm::Metonym,
                    Seat::Either => {
                        open.push(found.len());
                        MentionForm::Name
                    }
                }
            }
            _ => MentionForm::Name,
        };
        let rules = vec![name.rule.clone()];
        let mut naming = Found::bare(span, form, What::Known(row), rules);
        naming.party = match form {
            MentionForm::Metonym => name.metonym.clone(),
            _ => name.party.clone(),
        };
        found.push(naming);
    }
    let letters = letters(page, &around, &found, &masks);
    for at in open {
        let What::Known(row) = found[at].what else { continue };
        let metonym = &page.lexicon.names.row(row).metonym;
        let spoken_of = found
            .iter()
            .chain(&letters)
            .any(|other| other.party == *metonym && names_state(page, other));
        if spoken_of {
            found[at].form = MentionForm::Metonym;
            found[at].party.clone_from(metonym);
        }
    }
    found.extend(letters);
    found.sort_by_key(|naming| naming.span.start);
    found
}

/// Takes a name found by form for the row whose name ends it, if the row's given name
/// sounds like it: 弗拉基米尔-普京 is 普京, but 吉尔·拜登 is not 乔·拜登.
pub fn recognise(page: &Page, known: &[Found], person: &mut Found) {
    let at = known.partition_point(|f| f.span.end < person.span.end);
    let Some(end) = known.get(at).filter(|f| f.span.end == person.span.end) else {
        return;
    };
    let What::Known(row) = end.what else { return };
    let name = page.lexicon.names.row(row);
    if name.kind != ActorType::Person || end.span.start <= person.span.start {
        return;
    }
    // 杰克沙利文 stands without a point between its parts.
    let joined = Span::new(person.span.start, end.span.start).of(page.shadow);
    let parted = given_and_last(person.span.of(page.shadow));
    let given = parted.map_or(joined, |parts| parts.0);
    let near = |full: &String| {
        given_and_last(full)
            .is_some_and(|(own, _)| page.lexicon.syllables.distance(own, given) <= 0.35)
    };
    if name.zh.iter().any(near) {
        person.what = What::Known(row);
        person.party.clone_from(&name.party);
        person.rules.push(name.rule.clone());
    }
}

/// An office inside a name that a row holds is no part of the name: 岸田首相, 教宗方济各.
fn without_office(page: &Page, span: Span) -> Span {
    let mut bare = span;
    for title in page.hits.within(Table::Titles, span) {
        if title.span.end == span.end && title.span.start > bare.start {
            bare = Span::new(bare.start, bare.end.min(title.span.start));
        } else if title.span.start == span.start && title.span.end < bare.end {
            bare = Span::new(bare.start.max(title.span.end), bare.end);
        }
    }
    match bare.is_empty() {
        true => span,
        false => bare,
    }
}

/// Whether a building or a platform is only where something happens: 在白宫会见,
/// 在推特上说.
fn is_only_where(page: &Page, around: &Around, span: Span) -> bool {
    let is = |class: &str| {
        page.lexicon
            .word_starting(page.hits, class, span.start)
            .is_some_and(|hit| hit.span == span)
    };
    let after = around.skip(span.end);
    let before = around.skip_back(span.start);
    let placed = || page.lexicon.word_ending(page.hits, "place-before", before).is_some();
    let posted =
        || page.lexicon.word_starting(page.hits, "platform-after", after).is_some();
    is("seat") && placed() || is("platform") && (placed() || posted())
}

/// Whether two transliteration characters are only the start of a longer name that no
/// row holds: 马里 in 马里乌波尔.
fn is_start_of_longer(page: &Page, around: &Around, span: Span) -> bool {
    let text = span.of(page.shadow);
    let syllables = &page.lexicon.syllables;
    if text.chars().count() != 2 || !text.chars().all(|c| syllables.is_in_names(c)) {
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
        if starts || !syllables.is_in_names(c) {
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

fn names_state(page: &Page, naming: &Found) -> bool {
    matches!(naming.what, What::Known(row)
        if page.lexicon.names.row(row).kind == ActorType::State)
}

/// What a seat of government stands for at one place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seat {
    Government,
    Place,
    /// Its government, where the article speaks of its state at all: 明斯克 in an article
    /// on Ukraine is a place of talks.
    Either,
}

/// Whether a seat of government stands for its government. It is a place behind a word
/// that takes one (在莫斯科, 前往莫斯科), behind its state's name (美国华盛顿), before a
/// word for a part of it (莫斯科郊外) or a day (莫斯科，3月1日), and in a row of places; it
/// is a government before a verb of speech or of an act and beside another party.
fn seat(page: &Page, around: &Around, span: Span) -> Seat {
    let first = span.of(page.shadow).chars().next();
    if first.is_some_and(|c| c.is_ascii()) {
        return Seat::Place;
    }
    let word = |class: &str, at: usize| page.lexicon.word_starting(page.hits, class, at);
    let before = around.skip_back(span.start);
    let after = around.skip(span.end);
    if page.lexicon.word_ending(page.hits, "place-before", before).is_some()
        || word("place-after", after).is_some()
        || in_title(page, span)
    {
        return Seat::Place;
    }
    let mut at = after;
    while let Some(hit) = word("adverb", at) {
        at = around.skip(hit.span.end);
    }
    let verb = page.hits.at(Table::Cues, at).is_some()
        || page.hits.at(Table::Triggers, at).is_some();
    let taken = page.lexicon.word_ending(page.hits, "party-before", before).is_some();
    if verb || taken {
        return Seat::Government;
    }
    let named = |at: usize| {
        page.hits.within(Table::Names, Span::new(at, at + 1)).first().copied()
    };
    let is_place = |hit: Hit| {
        let name = page.lexicon.names.of_hit(hit.row).0;
        name.kind == ActorType::Place && name.metonym.is_none()
    };
    let text = page.shadow.get(after..).unwrap_or("");
    let list = text.starts_with(['、', '/', '／'])
        && named(around.skip(after + text.chars().next().map_or(0, char::len_utf8)))
            .is_some_and(is_place);
    let dated = text
        .trim_start_matches(['，', ',', ' '])
        .starts_with(|c: char| c.is_ascii_digit())
        || page.hits.at(Table::Calendar, after).is_some();
    let state = page
        .hits
        .within(Table::Names, Span::new(before.saturating_sub(24), before))
        .iter()
        .any(|hit| {
            let name = page.lexicon.names.of_hit(hit.row).0;
            hit.span.end == before && hit.span.len() > 3 && name.kind != ActorType::Person
        });
    match list || dated || state {
        true => Seat::Place,
        false => Seat::Either,
    }
}

/// Whether a name stands inside the title of a work: 《莫斯科时报》.
fn in_title(page: &Page, span: Span) -> bool {
    const REACH: usize = 90;
    let from =
        crate::lang::zh::boundary_before(page.shadow, span.start.saturating_sub(REACH));
    let before = page.shadow.get(from..span.start).unwrap_or("");
    before.rfind('《').is_some_and(|open| !before[open..].contains(['》', '。', '\n']))
}

/// Single letters that stand for states: 美俄, 俄外长, 访美, 对俄.
fn letters(page: &Page, around: &Around, found: &[Found], masks: &[Span]) -> Vec<Found> {
    let mut free: Vec<(Hit, usize)> = page
        .hits
        .of(Table::Names)
        .iter()
        .filter_map(|&hit| {
            let (name, row, form) = page.lexicon.names.of_hit(hit.row);
            let is_letter = form == NameForm::Short && name.kind != ActorType::Person;
            let used = ["letter", "weak-letter"].iter().any(|class| {
                page.lexicon.word_starting(page.hits, class, hit.span.start).is_some()
            });
            (is_letter && used).then_some((hit, row))
        })
        .filter(|(hit, _)| {
            let after = found.partition_point(|f| f.span.start <= hit.span.start);
            !found[..after].last().is_some_and(|f| f.span.overlaps(hit.span))
                && !masks.iter().any(|mask| mask.overlaps(hit.span))
        })
        .collect();
    // 伊方 before the 伊 in it.
    free.dedup_by(|later, earlier| later.0.span.overlaps(earlier.0.span));
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
                // 以方, 罗方: the side of a state.
                let side = around.next(hit.span.end).filter(|next| {
                    run.len() == 1
                        && next.0 == '方'
                        && !around.next(next.1).is_some_and(|after| {
                            "式面法向案便针程位才圆块".contains(after.0)
                        })
                });
                let whole = Span::new(hit.span.start, side.map_or(hit.span.end, |s| s.1));
                let mut naming = Found::bare(whole, short, What::Known(*row), rules);
                naming.party = name.party.clone();
                kept.push(naming);
            }
        }
        run_from = run_to;
    }
    kept
}

/// Whether a small word ends here, such as a preposition.
fn ends_small_word(page: &Page, at: usize) -> bool {
    ["preposition", "conjunction", "adverb", "party-before"]
        .iter()
        .any(|class| page.lexicon.word_ending(page.hits, class, at).is_some())
}

fn stands_for_states(page: &Page, around: &Around, span: Span, letters: usize) -> bool {
    let text = span.of(page.shadow);
    // 2 月 24 日入侵: the day of a date is not Japan.
    let digit = page.shadow[..span.start].trim_end_matches([' ', MARKUP]);
    if text.starts_with('日')
        && digit
            .ends_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
    {
        return false;
    }
    // 中, 以, 日, 法 are words of their own far more often than states.
    let strong = page.lexicon.word_hits(page.hits, "letter", span).count();
    let after = around.skip(span.end);
    let before = around.skip_back(span.start);
    let right = page.hits.at(Table::Titles, after).is_some()
        || page.lexicon.word_starting(page.hits, "state-right", after).is_some()
        || page.lexicon.word_starting(page.hits, "body", after).is_some();
    let left = page.lexicon.word_ending(page.hits, "state-left", before).is_some();
    // 俄称, 美将, 俄对乌: before what a subject stands before, where a clause starts.
    let open = !crate::lang::zh::is_han(around.before(before).map_or(' ', |b| b.0));
    let acts = open
        && ([Table::Cues, Table::Triggers]
            .iter()
            .any(|table| page.hits.at(*table, after).is_some())
            || ["adverb", "preposition", "negation"].iter().any(|class| {
                page.lexicon.word_starting(page.hits, class, after).is_some()
            }));
    // 伊方, 以方: the side is named as such.
    let sided = text.chars().count() == 2 && text.ends_with(['方', '国']);
    match letters {
        0 => false,
        1 if sided => open || left || ends_small_word(page, before),
        1 if strong == 1 => right || left || acts,
        1 => right && open,
        _ => strong >= 1 || right,
    }
}
