//! Documents by their words, actors by their names.
//!
//! In: words in any script, and what they are narrowed to. Out: the documents that hold all
//! of them, newest first, each with the place where they stand. Refuses to know: how words
//! are found.

use super::controls::{plain, visible};
use super::documents::turn;
use super::filters::Fields;
use super::{Asked, Medium, Place, Room, Sheet, Shown, lens::encoded, parts};
use crate::Passage;
use ledger::{Filter, SearchHit};
use maud::{Markup, html};

/// How many documents stand on one page.
const PAGE: usize = 30;
/// The most actors.
const ACTORS: usize = 12;

/// The page.
pub(super) fn sheet(room: &Room<'_>, asked: &Asked) -> Shown<Sheet> {
    let title = match &asked.lens.words {
        Some(words) => asked.language.with("search.title", &[words]),
        None => asked.text("search").to_owned(),
    };
    if asked.medium == Medium::Files {
        return Ok(Sheet {
            title,
            lede: html! {},
            body: offline(asked),
            beside: None,
            strip: None,
        });
    }
    let found = match &asked.lens.words {
        Some(words) => found(room, asked, words)?,
        None => html! {},
    };
    let body = html! {
        (room.filters(asked, &Fields { button: "search", has_words: true }))
        (found)
    };
    let lede = html! { p { (asked.text("search.lede")) } };
    Ok(Sheet { title, lede, body, beside: None, strip: None })
}

/// A search without a server: the words of all documents come as a script, and another
/// one looks through them.
fn offline(asked: &Asked) -> Markup {
    html! {
        noscript { p.notice { (asked.text("search.files")) } }
        form.filters method="get" hidden data-search
            data-none=(asked.language.with("search.none", &["{0}"]))
            data-title=(asked.language.with("search.title", &["{0}"]))
            data-times=(asked.text("n.times")) data-more=(asked.text("search.more"))
            data-no-outlet=(asked.text("no-outlet")) data-undated=(asked.text("undated")) {
            label {
                (asked.text("filter.words")) br;
                input name="q" type="search" size="24" maxlength="200";
            }
            button { (asked.text("search")) }
        }
        div role="status" data-found {}
        script src=(asked.asset("words.js")) {}
        script src=(asked.asset("search.js")) {}
    }
}

fn found(room: &Room<'_>, asked: &Asked, words: &str) -> Shown<Markup> {
    let part = asked.lens.part.unwrap_or(1);
    let filter = Filter { limit: Some(PAGE + 1), ..asked.lens.filter() };
    let folded = (room.fold)(words);
    let skipped = PAGE.saturating_mul(part - 1).min(i32::MAX as usize);
    let hits = room.ledger.search_after(skipped, &folded, &filter, &room.fold)?;
    let actors = if part == 1 {
        actors(room, asked, &folded)?
    } else {
        html! {}
    };
    let lines: Vec<Markup> =
        hits.iter().take(PAGE).map(|hit| line(room, asked, hit)).collect();
    Ok(html! {
        (actors)
        h2 { (asked.text("nav.documents")) }
        @if lines.is_empty() {
            p.absent { (asked.language.with("search.none", &[words])) }
        }
        ul.lines { @for line in &lines { (line) } }
        (turn(asked, part, hits.len() > PAGE))
    })
}

/// Who is called so; narrowing to a party narrows them too.
fn actors(room: &Room<'_>, asked: &Asked, folded: &str) -> Shown<Markup> {
    let quotes = ['"', '“', '”', '*'];
    let name = folded.trim_matches(|c: char| quotes.contains(&c) || c.is_whitespace());
    let found = room.ledger.named(name, ACTORS * 4)?;
    let party = asked.lens.party.as_deref();
    let is_wanted = |of: &Option<String>| {
        party.is_none_or(|party| {
            of.as_deref().is_some_and(|of| of.eq_ignore_ascii_case(party))
        })
    };
    let found: Vec<_> =
        found.iter().filter(|actor| is_wanted(&actor.party)).take(ACTORS).collect();
    Ok(html! {
        @if !found.is_empty() {
            h2 { (asked.text("nav.actors")) }
            ul.names {
                @for actor in found {
                    li {
                        a href=(asked.to(&Place::Actor(actor.id.clone()))) { bdi { (plain(&room.called(asked, &actor.id, &actor.name)?)) } }
                        " " span.soft {
                            @if let Some(party) = actor.party.as_deref().filter(|party| !room.is_called(party, &actor.name)) {
                                (room.names.party(party, asked.language)) " · "
                            }
                            (asked.language.number("n.documents", actor.documents))
                        }
                    }
                }
            }
        }
    })
}

/// A document that holds the words: the words around the first of them, and the way to
/// where they stand.
fn line(room: &Room<'_>, asked: &Asked, hit: &SearchHit) -> Markup {
    let language = hit.language.as_str();
    let first = hit.spans.first().map_or(0, |span| span.0);
    let part = parts::address(room, asked, &hit.document, first);
    // Browsers go to words that an address names so, and mark them.
    let at =
        match hit.marks.first().and_then(|mark| hit.snippet.get(mark.start..mark.end)) {
            Some(words) => {
                format!("{part}#:~:text={}", encoded(words).replace('-', "%2D"))
            }
            None => part,
        };
    let passage = Passage {
        text: hit.snippet.clone(),
        language: language.to_owned(),
        marks: hit.marks.clone(),
    };
    let claim = html! {
        span.date { (asked.date(hit.published.as_deref())) }
        span.sides {
            @match &hit.outlet {
                Some(outlet) => { a href=(asked.to(&Place::Source(outlet.clone()))) { bdi { (plain(outlet)) } } },
                None => { (asked.text("no-outlet")) },
            }
        }
        span.more { (asked.language.number("n.times", hit.spans.len())) }
    };
    let evidence = html! {
        p.title {
            a href=(at) lang=(language) dir="auto" {
                (visible(hit.title.as_deref().unwrap_or(&hit.path)))
            }
        }
        blockquote { (room.passage(&passage)) }
    };
    room.line("hit", false, claim, evidence)
}
