//! People whom no row holds, found by the form of their names.
//!
//! In: a page and the names that rows found. Out: names of people. Refuses to know: any
//! name. A transliterated name is a run of transliteration characters with an interpunct
//! (奥列格·西涅古波夫), or without one behind an office (外长库列巴); a Chinese, Japanese or
//! Korean name stands between an office and a verb; a Latin name beside an office or in
//! brackets behind a Chinese one.

use super::again;
use super::found::{Around, Found, What};
use crate::{
    Page,
    lang::zh,
    lexicon::{Hit, Table},
};
use record::{ActorType, MentionForm, Rule, Span};

/// Longest part of a transliterated name, in characters.
const LONGEST_PART: usize = 8;

/// Names of people, none overlapping a name that is known.
pub fn find(page: &Page, known: &[Found]) -> Vec<Found> {
    let around = Around::of(page);
    let mut found = Vec::new();
    chains(page, &around, known, &mut found);
    behind_offices(page, &around, known, &mut found);
    before_offices(page, &around, known, &mut found);
    before_cues(page, &around, known, &mut found);
    before_honorifics(page, &around, known, &mut found);
    latin(page, known, &mut found);
    latin_before_cues(page, known, &mut found);
    found.sort_by_key(|naming: &Found| (naming.span.start, usize::MAX - naming.span.end));
    found.dedup_by(|later, earlier| earlier.span.overlaps(later.span));
    again::find(page, known, &mut found);
    found.sort_by_key(|naming| (naming.span.start, usize::MAX - naming.span.end));
    found.dedup_by(|later, earlier| earlier.span.overlaps(later.span));
    found
}

pub fn person(span: Span, rule: &str) -> Found {
    Found::bare(span, MentionForm::Name, What::Person, vec![Rule::new(rule)])
}

/// Whether no known name overlaps the span, but for shorter ones inside it.
pub fn is_free(known: &[Found], span: Span) -> bool {
    let next = known.partition_point(|f| f.span.end <= span.start);
    known[next..]
        .iter()
        .take_while(|f| f.span.start < span.end)
        .all(|f| span.contains(f.span) && f.span.len() < span.len())
}

/// 谢尔盖·里亚布科夫, 亚历山大-诺瓦克: parts joined by an interpunct or, between
/// transliteration characters, a hyphen.
fn chains(page: &Page, around: &Around, known: &[Found], found: &mut Vec<Found>) {
    let mut done = 0;
    for (at, c) in page.shadow.char_indices() {
        let is_joint = zh::is_interpunct(c) || matches!(c, '-' | '–' | '—' | '.' | '．');
        if at < done || !is_joint {
            continue;
        }
        let Some(start) = part_before(page, around, at) else { continue };
        let mut end = at;
        let mut parts = 1;
        while let Some((joint, after)) = around.next(end) {
            let escaped = joint == '\\';
            let (joint, after) = match escaped {
                true => around.next(after).unwrap_or((joint, after)),
                false => (joint, after),
            };
            if !(zh::is_interpunct(joint) || matches!(joint, '-' | '–' | '.')) {
                break;
            }
            let Some(to) = part_after(page, around, after, true) else { break };
            end = to;
            parts += 1;
        }
        if parts < 2 {
            continue;
        }
        let strict = zh::is_interpunct(c);
        let span = Span::new(start, end);
        let han = span.of(page.shadow).chars().filter(|&c| zh::is_han(c)).count();
        if (strict || han >= 3) && is_free(known, span) {
            found.push(person(span, "form:interpunct"));
            done = end;
        }
    }
}

fn part_before(page: &Page, around: &Around, joint: usize) -> Option<usize> {
    let syllables = &page.lexicon.syllables;
    let mut at = joint;
    if around.is_before(at, "\\") {
        at = around.before(at)?.1;
    }
    let mut start = at;
    let mut length = 0;
    while let Some((c, from)) = around.before(start) {
        if length >= LONGEST_PART || !syllables.is_in_parts(c) {
            break;
        }
        // The part starts where an office, a state's name or a small word ends.
        if length > 0 && ends_word(page, around.skip_back(start), length) {
            break;
        }
        start = from;
        length += 1;
    }
    // 让谢尔盖·拉夫罗夫: a small word before a name is not part of it.
    while length > 1
        && let Some((c, to)) = around.next(start)
        && !(syllables.is_in_names(c) || page.lexicon.surnames.is_single(c) || c == '让')
    {
        start = to;
        length -= 1;
    }
    (length >= 1).then_some(start)
}

/// Whether an office or a name ends here, with `length` characters of a part behind it.
fn ends_word(page: &Page, at: usize, length: usize) -> bool {
    const REACH: usize = 24;
    let span = Span::new(at.saturating_sub(REACH), at);
    let long =
        |hit: &Hit| hit.span.end == at && hit.span.of(page.shadow).chars().count() >= 2;
    page.hits.within(Table::Titles, span).iter().any(long)
        || page.hits.within(Table::Names, span).iter().any(|hit| {
            let kind = page.lexicon.names.of_hit(hit.row).0.kind;
            // 阿曼达-戈雷利: the state's name is the start of hers.
            let start =
                length < 2 && page.lexicon.syllables.spell(hit.span.of(page.shadow));
            long(hit)
                && !start
                && matches!(kind, ActorType::State | ActorType::Organisation)
        })
}

fn part_after(
    page: &Page,
    around: &Around,
    from: usize,
    is_joined: bool,
) -> Option<usize> {
    let syllables = &page.lexicon.syllables;
    let mut end = from;
    let mut kept = None;
    let mut length = 0;
    while let Some((c, to)) = around.next(end) {
        let fits = match is_joined {
            true => syllables.is_in_parts(c),
            false => syllables.is_in_names(c),
        };
        if length >= LONGEST_PART || !fits {
            break;
        }
        if length > 0 && starts_word(page, around.skip(end)) {
            break;
        }
        end = to;
        length += 1;
        // 拜登以…: a small word behind a name is not part of it.
        if syllables.is_in_names(c) {
            kept = Some(end);
        }
    }
    kept
}

/// Whether a cue, an office or a small word of two characters or more starts here.
fn starts_word(page: &Page, at: usize) -> bool {
    let long = |span: Span| span.of(page.shadow).chars().count() >= 2;
    page.hits.at(Table::Cues, at).is_some_and(|hit| long(hit.span))
        || page.hits.at(Table::Titles, at).is_some_and(|hit| long(hit.span))
        || page.hits.at(Table::MeetingWords, at).is_some_and(|hit| long(hit.span))
        || page.hits.within(Table::Words, Span::new(at, at + 1)).iter().any(|hit| {
            long(hit.span) && page.lexicon.words[hit.row as usize].class != "no-name"
        })
}

/// 外长库列巴, 副部长乐玉成: a name right behind an office.
fn behind_offices(page: &Page, around: &Around, known: &[Found], found: &mut Vec<Found>) {
    for hit in page.hits.leftmost_longest(Table::Titles) {
        let from = around.skip(hit.span.end);
        if page.hits.at(Table::Titles, from).is_some() || starts_word(page, from) {
            continue;
        }
        let span = match part_after(page, around, from, false) {
            Some(to) if length(page, from, to) >= 2 && ends_name(page, around, to) => {
                Span::new(from, to)
            }
            _ => match surname_after(page, around, from) {
                Some(to) => Span::new(from, to),
                None => continue,
            },
        };
        let short = length(page, span.start, span.end) <= 3;
        if is_free(known, span) && !(short && is_word(page, span)) {
            found.push(person(span, "form:behind-office"));
        }
    }
}

/// 岸田首相, 赫尔佐格总统: a transliterated or Japanese name right before an office.
fn before_offices(page: &Page, around: &Around, known: &[Found], found: &mut Vec<Found>) {
    for hit in page.hits.leftmost_longest(Table::Titles) {
        let rank = page.lexicon.titles[hit.row as usize].rank.as_str();
        if !matches!(
            rank,
            "leaders" | "ministers" | "deputies" | "officials" | "military"
        ) {
            continue;
        }
        let end = around.skip_back(hit.span.start);
        if let Some(span) = name_ending(page, around, end)
            && is_free(known, span)
        {
            found.push(person(span, "form:before-office"));
        }
    }
}

/// 郭文贵先生: a name before a form of address.
fn before_honorifics(
    page: &Page,
    around: &Around,
    known: &[Found],
    found: &mut Vec<Found>,
) {
    for &hit in page.hits.of(Table::Words) {
        let word = &page.lexicon.words[hit.row as usize];
        if word.class != "honorific"
            || !matches!(word.text.as_str(), "先生" | "女士" | "夫人")
        {
            continue;
        }
        let end = around.skip_back(hit.span.start);
        if let Some(span) = name_ending(page, around, end)
            && is_free(known, span)
        {
            found.push(person(span, "form:before-honorific"));
        }
    }
}

/// 拜登称, 王毅表示: a name between the start of a clause and a verb of speech.
fn before_cues(page: &Page, around: &Around, known: &[Found], found: &mut Vec<Found>) {
    for &hit in page.hits.of(Table::Cues) {
        let mut end = around.skip_back(hit.span.start);
        while let Some(adverb) = page.lexicon.word_ending(page.hits, "adverb", end) {
            end = around.skip_back(adverb.span.start);
        }
        if let Some(span) = name_ending(page, around, end)
            && is_free(known, span)
        {
            found.push(person(span, "form:before-cue"));
        }
    }
}

/// A name of two characters or more that ends here and starts where a clause does.
fn name_ending(page: &Page, around: &Around, end: usize) -> Option<Span> {
    let mut start = end;
    let mut length = 0;
    while let Some((c, from)) = around.before(start) {
        if !zh::is_han(c) || c == '的' || length > LONGEST_PART {
            break;
        }
        start = from;
        length += 1;
    }
    let opens = match around.before(start) {
        None => true,
        Some((c, _)) => {
            matches!(c, '，' | '。' | '；' | '”' | '：' | ',' | '？' | '！')
                || c.is_whitespace()
                || c == '的' && is_of_body(page, around, start)
        }
    };
    let span = Span::new(start, end);
    // 10 万名士兵: a number's unit is no name.
    let counted = page.shadow[..start].trim_end().ends_with(|c: char| c.is_ascii_digit());
    (opens
        && !counted
        && has_names_form(page, span.of(page.shadow))
        && !is_common(page, span))
    .then_some(span)
}

/// Whether an organisation owns what starts here: 布鲁金斯学会的….
fn is_of_body(page: &Page, around: &Around, at: usize) -> bool {
    let Some((_, end)) = around.before(at) else { return false };
    let end = around.skip_back(end);
    let near = Span::new(end.saturating_sub(60), end);
    let named = page.hits.within(Table::Names, near).iter().any(|hit| {
        hit.span.end == end
            && page.lexicon.names.of_hit(hit.row).0.kind == ActorType::Organisation
    });
    named || page.lexicon.word_ending(page.hits, "body-tail", end).is_some()
}

/// Whether the characters are all of a transliteration, or a surname and one or two more.
fn has_names_form(page: &Page, words: &str) -> bool {
    let (syllables, surnames) = (&page.lexicon.syllables, &page.lexicon.surnames);
    let mut han = words.chars().filter(|&c| zh::is_han(c));
    let Some(first) = han.next() else { return false };
    let length = 1 + han.count();
    let foreign = (2..=7).contains(&length)
        && words.chars().filter(|&c| zh::is_han(c)).all(|c| syllables.is_in_names(c));
    foreign
        || matches!(length, 2 | 3) && surnames.is_single(first)
        || matches!(length, 2..=5) && surnames.long(words).is_some()
}

/// Whether a small word, a word of the calendar or an office stands in the span.
fn is_common(page: &Page, span: Span) -> bool {
    let long = |hit: &Hit| hit.span.of(page.shadow).chars().count() >= 2;
    page.hits
        .within(Table::Words, span)
        .iter()
        .any(|hit| hit.span.end <= span.end && long(hit) || hit.span.start == span.start)
        || page.hits.at(Table::Calendar, span.start).is_some()
        || [Table::Cues, Table::Triggers, Table::MeetingWords].iter().any(|table| {
            let mut hits = page.hits.within(*table, span).iter();
            hits.any(|hit| hit.span.end <= span.end && long(hit))
        })
        || page
            .hits
            .within(Table::Titles, span)
            .iter()
            .any(|hit| hit.span.end <= span.end)
}

/// Whether a word that is no name starts a span: 成为, 都对.
fn is_word(page: &Page, span: Span) -> bool {
    page.lexicon.word_starting(page.hits, "no-name", span.start).is_some_and(|hit| {
        hit.span.of(page.shadow).chars().count() >= 2 && hit.span.end <= span.end
    })
}

fn length(page: &Page, from: usize, to: usize) -> usize {
    Span::new(from, to).of(page.shadow).chars().filter(|&c| zh::is_han(c)).count()
}

/// Whether a name can end here: before a stop, a verb of speech, a small word.
pub fn ends_name(page: &Page, around: &Around, at: usize) -> bool {
    let at = around.skip(at);
    match around.next(at) {
        None => true,
        Some((c, _)) if !zh::is_han(c) => !zh::is_interpunct(c),
        Some((c, _)) if zh::is_particle(c) => c != '了',
        Some(_) => {
            page.hits.at(Table::Cues, at).is_some()
                || page.hits.at(Table::Calendar, at).is_some()
                || page.hits.at(Table::Triggers, at).is_some()
                || page.hits.at(Table::MeetingWords, at).is_some()
                || page
                    .hits
                    .within(Table::Words, Span::new(at, at + 1))
                    .iter()
                    .any(|hit| page.lexicon.words[hit.row as usize].class != "no-name")
        }
    }
}

/// A surname and one or two characters, then a place where a name can end.
fn surname_after(page: &Page, around: &Around, from: usize) -> Option<usize> {
    let (first, after_first) = around.next(from)?;
    let (second, after_second) = around.next(after_first)?;
    let surnames = &page.lexicon.surnames;
    let double = page.shadow.get(from..).and_then(|rest| surnames.long(rest)).is_some();
    if !double && !surnames.is_single(first) {
        return None;
    }
    let most = if double { 4 } else { 3 };
    let mut end = after_second;
    let mut length = 2;
    let mut best = None;
    loop {
        if ends_name(page, around, end) {
            // 范明正（: one more character before a bracket or a stop is the name's.
            let more = around.next(end).filter(|next| {
                length < most
                    && zh::is_han(next.0)
                    && !zh::is_particle(next.0)
                    && around
                        .next(next.1)
                        .is_none_or(|after| matches!(after.0, '（' | '('))
            });
            best = Some(more.map_or(end, |next| next.1));
            break;
        }
        let Some((c, to)) = around.next(end) else { break };
        let stops = !zh::is_han(c) || zh::is_particle(c);
        if length >= most || stops || starts_word(page, around.skip(end)) {
            break;
        }
        end = to;
        length += 1;
    }
    best.filter(|_| zh::is_han(second) && !zh::is_particle(second))
}

/// 德米特里•特列宁(Dmitri Trenin): the Latin spelling in brackets behind a name; and a
/// Latin name behind an office.
fn latin(page: &Page, known: &[Found], found: &mut Vec<Found>) {
    let people: Vec<usize> = found
        .iter()
        .chain(known.iter().filter(|f| f.form == MentionForm::Name))
        .map(|f| f.span.end)
        .chain(page.hits.leftmost_longest(Table::Titles).iter().map(|hit| hit.span.end))
        .collect();
    for end in people {
        let rest = page.shadow.get(end..).unwrap_or("");
        let body = rest.trim_start_matches([crate::shadow::MARKUP, ' ', '（', '(']);
        let bracket = &rest[..rest.len() - body.len()];
        let start = end + bracket.len();
        let name: &str = latin_name(body);
        let words = name.split([' ', '-']).count();
        let enclosed = bracket.contains(['（', '('])
            && body[name.len()..].trim_start().starts_with(['）', ')']);
        let span = Span::new(start, start + name.len());
        let fits = name.len() >= 3 && (enclosed || words >= 2) && words <= 5;
        if fits && is_free(known, span) {
            found.push(person(span, "form:latin"));
        }
    }
}

/// OneWeb表示, Esfandyar Batmanghelidj提到: Latin words between the start of a phrase and
/// a verb of speech; two or more are a person, one is a body.
fn latin_before_cues(page: &Page, known: &[Found], found: &mut Vec<Found>) {
    for &hit in page.hits.of(Table::Cues) {
        let before = page.shadow.get(..hit.span.start).unwrap_or("");
        let name_end = before.trim_end_matches([' ', '”', '"', '》']).len();
        let head = &before[..name_end];
        let run = head.trim_end_matches(|c: char| {
            is_latin_letter(c) || matches!(c, ' ' | '-' | '.')
        });
        let words = head[run.len()..].trim_start();
        let start = name_end - words.len();
        let many = words.split([' ', '-']).filter(|word| !word.is_empty()).count();
        let capital = latin_name(words).len() == words.len();
        let opens = run.chars().next_back().is_none_or(|c| !c.is_ascii_alphanumeric());
        let span = Span::new(start, name_end);
        let fits = (3..=60).contains(&words.len()) && many <= 4 && capital && opens;
        if fits && is_free(known, span) {
            let mut naming = person(span, "form:before-cue");
            if many < 2 {
                naming.what = What::Body;
            }
            found.push(naming);
        }
    }
}

/// The longest run of capitalised Latin words at the start of `text`.
fn latin_name(text: &str) -> &str {
    let mut end = 0;
    let mut at = 0;
    for word in text.split_inclusive([' ', '-']) {
        let bare = word.trim_end_matches([' ', '-']);
        let letters: &str =
            &bare[..bare.len() - bare.trim_start_matches(is_latin_letter).len()];
        let capital = letters.chars().next().is_some_and(char::is_uppercase);
        // Kim Jong-dae: the second syllable of a Korean name is small.
        let syllable = at > 0 && text[..at].ends_with('-');
        let small = syllable
            || matches!(letters, "al" | "bin" | "von" | "van" | "de" | "der" | "el");
        if letters.is_empty() || !(capital || small) {
            break;
        }
        end = at + letters.len();
        if letters.len() != bare.len() {
            break;
        }
        at += word.len();
    }
    &text[..end]
}

fn is_latin_letter(c: char) -> bool {
    c.is_alphabetic() && !zh::is_han(c) || matches!(c, '\'' | '’')
}

/// A transliterated name's given names and its family name, if it has both.
pub fn given_and_last(name: &str) -> Option<(&str, &str)> {
    let last = last_part(name);
    let given = name.strip_suffix(last)?;
    let given = given.trim_end_matches(|c: char| !zh::is_han(c) && !c.is_alphabetic());
    (!given.is_empty()).then_some((given, last))
}

/// The family name of a transliterated name: what follows its last joint.
pub fn last_part(name: &str) -> &str {
    name.rsplit(|c: char| zh::is_interpunct(c) || matches!(c, '-' | '–' | '.' | ' '))
        .next()
        .unwrap_or(name)
        .trim_start_matches(crate::shadow::MARKUP)
}
