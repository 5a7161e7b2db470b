//! One document: its article with everything marked that was read in it.
//!
//! In: a document's id. Out: who published it and whose article it is, its text, and beside
//! it what every mark means. Refuses to know: how marks are cut and noted.

use super::controls::plain;
use super::margin::Margin;
use super::marked::Marked;
use super::parts::{parts, to_part};
use super::{Asked, Fold, Medium, Place, Refused, Room, Sheet, Shown};
use crate::passages::word_of;
use ledger::{Derived, DocumentLine, Filter, Lineage, Mark};
use maud::{Markup, html};
use record::{Article, Span};

/// The most documents that are listed as deriving from this one.
const DERIVED: usize = 12;
/// The most characters of an address that are shown.
const ADDRESS: usize = 56;

/// The page.
pub(super) fn sheet(room: &Room<'_>, asked: &Asked, id: &str) -> Shown<Sheet> {
    let (line, is_later) = line(room, asked, id)?;
    let unknown = || Refused::Unknown("a.document", id.to_owned());
    let article = room.ledger.article(id)?.ok_or_else(unknown)?;
    let parts = parts(&article, asked.medium);
    let part = asked.lens.part.unwrap_or(1);
    let Some(&stretch) = parts.get(part - 1) else {
        return Err(Refused::Unknown("a.part", format!("{part}, {id}")));
    };
    let marks = narrowed(room.ledger.marks_within(id, stretch)?, &article, room.fold);
    let margin = Margin::of(&marks);
    let marked = Marked { article: &article, stretch, marks: &marks, margin: &margin };
    let pages = turn(asked, part, parts.len());
    let body = html! {
        @if let Some(reason) = &article.empty {
            p.absent { (asked.text("document.empty")) " " code { (reason) } }
        }
        (pages)
        (marked.text(asked)?)
        (pages)
    };
    let beside = html! {
        h2 { (asked.text("document.read")) }
        (sums(asked, &margin, &line, parts.len() > 1))
        (original(asked, id))
        (margin.notes(room, asked, &article)?)
    };
    let lede = html! {
        @if is_later { p.notice { (asked.text("document.after")) } }
        (facts(room, asked, &line, &article)?)
    };
    Ok(Sheet {
        title: title(asked, &line),
        lede,
        body,
        beside: Some(beside),
        strip: None,
    })
}

/// The same marks, those of a meeting's mentions narrowed from the sentence to the word
/// that tells of it: 会谈.
fn narrowed(mut marks: Vec<Mark>, article: &Article, fold: &Fold) -> Vec<Mark> {
    for mark in &mut marks {
        let is_mention = mark.record == "meeting" && mark.part == "mention";
        let Some(words) = article.text.get(mark.span.start..mark.span.end) else {
            continue;
        };
        let word = mark.rules.iter().find(|rule| rule.contains("/meetings:"));
        let Some(word) = word.and_then(|rule| word_of(rule)).filter(|_| is_mention)
        else {
            continue;
        };
        let word = fold(word);
        if let Some(at) = fold(words).find(&word) {
            let start = mark.span.start + at;
            mark.span = Span::new(start, start + word.len());
        }
    }
    marks.sort_by_key(|mark| (mark.span.start, std::cmp::Reverse(mark.span.end)));
    marks
}

/// The document in the list, and whether it came after the day that is asked for.
fn line(room: &Room<'_>, asked: &Asked, id: &str) -> Shown<(DocumentLine, bool)> {
    let filter = Filter {
        document: Some(id.to_owned()),
        as_of: asked.lens.as_of.clone(),
        ..Filter::default()
    };
    if let Some(line) = room.ledger.documents(&filter)?.pop() {
        return Ok((line, false));
    }
    let line = room.ledger.documents(&Filter { as_of: None, ..filter })?.pop();
    let line = line.ok_or_else(|| Refused::Unknown("a.document", id.to_owned()))?;
    Ok((line, true))
}

/// `GNews, 10 January 2022`: the headline stands over the text, in its own language.
fn title(asked: &Asked, line: &DocumentLine) -> String {
    let outlet = line.outlet.as_deref().unwrap_or(asked.text("no-outlet"));
    let day = asked.date(line.published.as_deref());
    asked.language.with("document.title", &[&plain(outlet), &day])
}

fn facts(
    room: &Room<'_>,
    asked: &Asked,
    line: &DocumentLine,
    article: &Article,
) -> Shown<Markup> {
    let derived = room.ledger.derived_from(&line.id)?;
    let published = article.published_on.as_ref().filter(|published| published.inferred);
    Ok(html! {
        dl.facts {
            dt { (asked.text("document.outlet")) }
            dd {
                @match &line.outlet {
                    Some(outlet) => { a href=(asked.to(&Place::Source(outlet.clone()))) { bdi { (plain(outlet)) } } },
                    None => { (asked.text("no-outlet")) },
                }
                @if let Some(byline) = &line.byline { " · " bdi lang=(article.language) { (plain(byline)) } }
            }
            dt { (asked.text("document.published")) }
            dd {
                (asked.date(line.published.as_deref()))
                @if let Some(published) = published {
                    " " (asked.language.with("document.inferred", &[&published.from]))
                }
                @if let Some(place) = &article.dateline { " · " bdi lang=(article.language) { (plain(place)) } }
                " · " (language(asked, &article.language))
            }
            @if !line.lineage.is_empty() {
                dt { (asked.text("document.lineage")) }
                dd { (lineage(asked, &room.origins(line))) }
            }
            @if !derived.is_empty() {
                dt { (asked.text("document.derived")) }
                dd { (rendered_by(asked, &derived)) }
            }
            @if let Some(url) = line.url.as_deref().filter(|url| is_web(url)) {
                dt { (asked.text("document.address")) }
                dd { a href=(url) rel="noreferrer noopener nofollow" { (short(url)) } }
            }
            dt { (asked.text("document.path")) }
            dd { code { (plain(&line.path)) } }
        }
    })
}

/// Whether an address is one of the web, not one that would run something.
fn is_web(url: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| {
        url.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme))
    })
}

/// An address in few letters: without its scheme, cut where it goes on for long.
fn short(url: &str) -> String {
    let (_, rest) = url.split_once("://").unwrap_or(("", url));
    let rest = rest.trim_end_matches('/');
    let mut kept: String = plain(rest).chars().take(ADDRESS).collect();
    if rest.chars().nth(ADDRESS).is_some() {
        kept.push('…');
    }
    kept
}

/// The name of a language; its tag where it is another one.
fn language<'a>(asked: &Asked, tag: &'a str) -> &'a str {
    asked.language.find(&format!("language.{tag}")).unwrap_or(tag)
}

fn lineage(asked: &Asked, lineage: &[&Lineage]) -> Markup {
    html! {
        @for (at, one) in lineage.iter().enumerate() {
            @if at > 0 { "; " }
            span.doubt[one.confidence < super::lines::DOUBT] {
                span.sides { (asked.language.find(&format!("lineage.{}", one.kind)).unwrap_or(&one.kind)) } " "
                @match &one.document {
                    Some(id) => { a href=(asked.to(&Place::Document(id.to_owned()))) { bdi { (plain(&one.to)) } } },
                    None => { bdi { (plain(&one.to)) } " " (asked.text("document.not-here")) },
                }
            }
        }
    }
}

fn rendered_by(asked: &Asked, derived: &[Derived]) -> Markup {
    html! {
        @for (at, one) in derived.iter().take(DERIVED).enumerate() {
            @if at > 0 { "; " }
            @let outlet = one.outlet.as_deref().unwrap_or(asked.text("no-outlet"));
            (asked.language.find(&format!("derived.{}", one.kind)).unwrap_or(&one.kind)) " "
            a href=(asked.to(&Place::Document(one.document.clone()))) { bdi { (plain(outlet)) } }
            @if let Some(day) = &one.published { (asked.text("list.comma")) (asked.short_date(day)) }
        }
        @if derived.len() > DERIVED {
            "; " (asked.language.number("n.more-documents", derived.len() - DERIVED))
        }
    }
}

/// How much was read, with the way to each list of notes.
fn sums(
    asked: &Asked,
    margin: &Margin<'_>,
    line: &DocumentLine,
    is_long: bool,
) -> Markup {
    let sums = [
        ("statement", "n.statements", line.counts[0]),
        ("move", "n.moves", line.counts[1]),
        ("meeting", "n.meetings", line.counts[2]),
    ];
    html! {
        p.sum {
            @for (at, (record, key, count)) in sums.into_iter().enumerate() {
                @if at > 0 { (asked.text("list.comma")) }
                @let words = asked.language.number(key, count);
                @if margin.count(record) > 0 { a href={ "#" (record) } { (words) } }
                @else { (words) }
            }
            @if is_long { (asked.text("list.stop")) (asked.text("document.notes-of-part")) }
        }
        p.hint.signs {
            span.content { (asked.text("document.sign-content")) } " · "
            span.cue { (asked.text("document.sign-cue")) } " · "
            span.who { (asked.text("document.sign-who")) } " · "
            span.when { (asked.text("document.sign-when")) } " · "
            span.done.asking { (asked.text("document.sign-act")) } " · "
            span.met { (asked.text("document.sign-met")) }
        }
    }
}

/// The document as it was captured, in a frame that runs nothing.
fn original(asked: &Asked, id: &str) -> Markup {
    let address = asked.to(&Place::Captured(id.to_owned()));
    html! {
        details.original {
            summary { (asked.text("document.original")) }
            iframe src=(address) loading="lazy" title=(asked.text("document.original"))
                sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation" {}
        }
        p.more { a href=(address) { (asked.text("document.original-alone")) } }
    }
}

impl Room<'_> {
    /// From whom a document derives, each outlet once in whichever script: what its text
    /// shows comes before what it says of itself.
    pub(super) fn origins<'l>(&self, line: &'l DocumentLine) -> Vec<&'l Lineage> {
        let mut seen = std::collections::BTreeSet::new();
        line.lineage.iter().filter(|one| seen.insert((self.fold)(&one.to))).collect()
    }
}

/// The way through the parts of a long document.
fn turn(asked: &Asked, part: usize, count: usize) -> Markup {
    if count < 2 {
        return html! {};
    }
    if asked.medium == Medium::Files {
        return html! { p.notice { (asked.language.number("document.first-part", count)) } };
    }
    let to = |number: usize| to_part(asked, &asked.place, number);
    html! {
        nav.parts aria-label=(asked.text("document.parts")) {
            @if part > 1 {
                a href=(to(1)) { (asked.text("document.part-first")) } " "
                a rel="prev" href=(to(part - 1)) { (asked.text("document.part-before")) } " "
            }
            strong { (asked.language.with("document.part", &[&part.to_string(), &count.to_string()])) }
            @if part < count {
                " " a rel="next" href=(to(part + 1)) { (asked.text("document.part-next")) }
                " " a href=(to(count)) { (asked.text("document.part-last")) }
            }
        }
    }
}
