//! Further places where somebody named in full stands by a part of the name.
//!
//! In: the names found. Out: their short forms: a family name (谢尔盖·里亚布科夫 …
//! 里亚布科夫; 高市早苗 … 高市), a surname before an office (林外长), the first characters
//! of two who meet (习普会). Refuses to know: names that the article never gives in full.

use super::found::{Around, Found};
use super::office;
use super::person::{ends_name, is_free, last_part, person};
use crate::{Page, lang::zh, lexicon::Table};
use record::Span;

/// Adds the short forms.
pub fn find(page: &Page, known: &[Found], found: &mut Vec<Found>) {
    let people: Vec<&str> = found
        .iter()
        .chain(known.iter().filter(|f| office::is_person(page, f)))
        .map(|naming| naming.span.of(page.shadow))
        .collect();
    let mut more = Vec::new();
    family_names(page, known, found, &people, &mut more);
    surnames(page, known, &people, &mut more);
    pairs(page, known, &people, &mut more);
    found.extend(more);
}

/// 里亚布科夫 and 高市: in one pass over the text, the longer name first.
fn family_names(
    page: &Page,
    known: &[Found],
    found: &[Found],
    people: &[&str],
    more: &mut Vec<Found>,
) {
    let surnames = &page.lexicon.surnames;
    let mut names: Vec<&str> = Vec::new();
    for whole in people {
        for name in [*whole, last_part(whole), surnames.of_whole(whole).unwrap_or(whole)]
        {
            let han = name.chars().next().is_some_and(zh::is_han);
            let long = name.chars().count() >= if han { 2 } else { 5 };
            if long && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    let first = |name: &str| name.chars().next().unwrap_or_default();
    names.sort_by_key(|name| (first(name), usize::MAX - name.len()));
    for (at, c) in page.shadow.char_indices() {
        let from = names.partition_point(|name| first(name) < c);
        let rest = &page.shadow[at..];
        let name = names[from..]
            .iter()
            .take_while(|name| first(name) == c)
            .find(|name| rest.starts_with(**name));
        let Some(name) = name else { continue };
        let span = Span::new(at, at + name.len());
        let taken = more.last().is_some_and(|f| f.span.overlaps(span))
            || found.iter().any(|f| f.span.overlaps(span));
        // Two characters may be part of another word: they must end like a name.
        let two = name.chars().count() == 2;
        let edge =
            |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() && !zh::is_han(c));
        let ends = match zh::is_han(c) {
            true => !two || ends_name(page, &Around::of(page), span.end),
            false => {
                edge(page.shadow[..at].chars().next_back())
                    && edge(page.shadow[span.end..].chars().next())
            }
        };
        if !taken && ends && is_free(known, span) {
            more.push(person(span, "form:again"));
        }
    }
}

/// Whether a name of one character is the start of another name: 林 of 林芳正, 普 of 普京.
pub fn is_initial_of(initial: &str, name: &str) -> bool {
    let mut chars = initial.chars();
    let one = chars.next().is_some() && chars.next().is_none();
    one && name.chars().count() >= 2 && last_part(name).starts_with(initial)
}

/// 林外长, 杨说: a surname alone before an office or a verb of speech. Where the article
/// nowhere has the whole name, only an office of rank at the start of a clause shows it.
fn surnames(page: &Page, known: &[Found], people: &[&str], more: &mut Vec<Found>) {
    let around = Around::of(page);
    let ranks = ["leaders", "ministers", "deputies"];
    let offices = page.hits.leftmost_longest(Table::Titles);
    let offices = offices.iter().filter(|hit| {
        ranks.contains(&page.lexicon.titles[hit.row as usize].rank.as_str())
    });
    let cues = page.hits.of(Table::Cues).iter();
    let places = offices.map(|hit| (hit, true)).chain(cues.map(|hit| (hit, false)));
    for (hit, is_office) in places {
        let mut end = around.skip_back(hit.span.start);
        while let Some(adverb) = page.lexicon.word_ending(page.hits, "adverb", end)
            && !is_office
        {
            end = around.skip_back(adverb.span.start);
        }
        let Some((c, from)) = around.before(end) else { continue };
        let span = Span::new(from, from + c.len_utf8());
        let before = around.before(from).map_or('，', |before| before.0);
        let opens = !zh::is_han(before) && !before.is_alphanumeric();
        let open = opens
            || is_office && (zh::is_particle(before) || matches!(before, '以' | '而'))
            || page.lexicon.word_ending(page.hits, "relay", from).is_some();
        let letter = page.lexicon.word_starting(page.hits, "letter", from).is_some();
        let whole = people
            .iter()
            .any(|name| name.starts_with(c) && (2..=4).contains(&name.chars().count()));
        let shown = whole || is_office && opens && !letter;
        let surname = page.lexicon.surnames.is_single(c);
        if open && shown && surname && is_free(known, span) {
            more.push(person(span, "form:surname"));
        }
    }
}

/// 习普会, 沙杨会谈: the first characters of two whom the article names in full.
fn pairs(page: &Page, known: &[Found], people: &[&str], more: &mut Vec<Found>) {
    let around = Around::of(page);
    // 习普会 is a row of its own, 沙杨会谈 is 会谈 with two characters before it.
    for hit in page.hits.leftmost_longest(Table::MeetingWords) {
        let Some(met) = hit.span.of(page.shadow).find('会') else { continue };
        let Some((second, at)) = around.before(hit.span.start + met) else { continue };
        let Some((first, from)) = around.before(at) else { continue };
        let opens = around
            .before(from)
            .is_none_or(|(before, _)| !zh::is_han(before) || zh::is_particle(before));
        let named = |c: char| people.iter().any(|name| last_part(name).starts_with(c));
        let spans = [
            Span::new(from, from + first.len_utf8()),
            Span::new(at, at + second.len_utf8()),
        ];
        if opens
            && first != second
            && named(first)
            && named(second)
            && spans.iter().all(|span| is_free(known, *span))
        {
            more.extend(spans.map(|span| person(span, "form:initial")));
        }
    }
}
