//! What is the same on every page: head, bar, strip of months, foot.
//!
//! In: a page's own parts. Out: the whole page. Refuses to know: what the parts show.

use super::{Asked, Medium, Place, Refused, Room, Shown};
use crate::Language;
use crate::pictures;
use ledger::Filter;
use maud::{DOCTYPE, Markup, html};

/// What one page has of its own.
pub(super) struct Sheet {
    /// What it is about, for its head and the window's.
    pub title: String,
    /// The first lines, under the title.
    pub lede: Markup,
    /// The part in the middle.
    pub body: Markup,
    /// The evidence beside it.
    pub beside: Option<Markup>,
    /// What the strip of months counts; none leaves the strip out.
    pub strip: Option<Filter>,
}

/// Puts a page together.
pub(super) fn frame(room: &Room<'_>, asked: &Asked, sheet: Sheet) -> Shown<Markup> {
    let strip = match &sheet.strip {
        Some(filter) => Some(pictures::strip(asked, &room.ledger.strip(filter)?)),
        None => None,
    };
    let has_beside = sheet.beside.is_some();
    let middle = html! {
        section.middle {
            h1 { (sheet.title) }
            div.lede { (refused_dates(asked)) (sheet.lede) }
            @if let Some(strip) = strip { (strip) }
            (sheet.body)
        }
        @if let Some(beside) = sheet.beside {
            aside.beside id="beside" tabindex="-1" aria-label=(asked.text("evidence")) { (beside) }
        }
    };
    let title = format!("{} · {}", sheet.title, room.title);
    Ok(whole(
        asked,
        &title,
        html! {
            main.with-beside[has_beside] id="main" { (middle) }
            (foot(asked))
        },
    ))
}

/// A page that says why there is no other.
pub(super) fn refusal(asked: &Asked, title: &str, refused: &Refused) -> Markup {
    let (head, reason) = match refused {
        Refused::Unknown(kind, name) => (
            asked.text("refused.unknown"),
            asked.language.with(
                "refused.unknown-why",
                &[asked.language.find(kind).unwrap_or(kind), name],
            ),
        ),
        Refused::Ledger(cause) => (asked.text("refused.ledger"), cause.to_string()),
    };
    whole(
        asked,
        &format!("{head} · {title}"),
        html! {
            main id="main" {
                section.middle {
                    h1 { (head) }
                    p.reason dir="auto" { (reason) }
                    p { (asked.link(&Place::Today, asked.text("refused.back"))) }
                }
            }
            (foot(asked))
        },
    )
}

/// What of the address was no date, said where a reader looks first.
fn refused_dates(asked: &Asked) -> Markup {
    html! {
        @for (_, value) in &asked.lens.refused {
            p.notice role="alert" { (asked.language.with("refused.date", &[value])) }
        }
    }
}

fn whole(asked: &Asked, title: &str, body: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(asked.language.tag()) {
            (head(asked, title, false))
            body {
                a.skip href="#main" { (asked.text("skip")) }
                (bar(asked))
                (body)
                (keys(asked))
            }
        }
    }
}

/// A page without bar, foot and script, to stand in a frame of another one.
pub(super) fn bare(asked: &Asked, title: &str, body: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(asked.language.tag()) {
            (head(asked, title, true))
            body.bare { (body) }
        }
    }
}

/// The style of a captured document in a file: a page in a sandbox may load nothing from a
/// disk, so that its style is within.
const CAPTURED: &str = include_str!("../../static/captured.css");

/// The head of a page; a bare one has no script, since its sandbox runs none.
fn head(asked: &Asked, title: &str, is_bare: bool) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="referrer" content="no-referrer";
            title { (title) }
            @if is_bare && asked.medium == Medium::Files {
                style { (maud::PreEscaped(CAPTURED)) }
            } @else {
                link rel="stylesheet" href=(asked.asset("dossier.css"));
                link rel="icon" href=(asked.asset("mark.svg")) type="image/svg+xml";
            }
            @if !is_bare { script src=(asked.asset("dossier.js")) {} }
            @if asked.medium == Medium::Server {
                link rel="alternate" type="application/atom+xml" href="/feed.atom"
                    title=(asked.text("feed"));
            }
        }
    }
}

fn bar(asked: &Asked) -> Markup {
    let other = match asked.language {
        Language::En => Language::Zh,
        Language::Zh => Language::En,
    };
    html! {
        header.bar {
            a.name href=(asked.to(&Place::Today)) { "Demarche" }
            nav aria-label=(asked.text("nav")) {
                @for (place, key) in Place::BAR {
                    @let is_here = place == room_of(&asked.place);
                    a href=(asked.to(&place)) aria-current=[is_here.then_some("page")] {
                        (asked.text(key))
                    }
                }
            }
            div.tools {
                (as_of(asked))
                (search(asked))
                a.language href=(asked.in_language(other)) lang=(other.tag()) hreflang=(other.tag()) {
                    @match other { Language::En => "English", Language::Zh => "中文" }
                }
                button.theme type="button" hidden data-theme-switch
                    aria-label=(asked.text("theme")) { (asked.text("theme-short")) }
            }
        }
    }
}

/// The entry of the bar that a page belongs to.
fn room_of(place: &Place) -> Place {
    match place {
        Place::Timeline(_) => Place::Timeline(None),
        Place::Position(..) | Place::Party(_) | Place::Issue(_) => Place::Positions,
        Place::Meeting(_) => Place::Meetings,
        Place::Actor(_) | Place::Statement(_) | Place::Move(_) => Place::Actors,
        Place::Document(_) | Place::Captured(_) | Place::Search => Place::Documents,
        Place::Source(_) => Place::Sources,
        other => other.clone(),
    }
}

fn as_of(asked: &Asked) -> Markup {
    let day = asked.lens.as_of.as_deref();
    let said = day.map(|day| asked.date(Some(day))).unwrap_or_default();
    match asked.medium {
        Medium::Files => html! {
            @if day.is_some() { span.as-of { (asked.language.with("as-of-day", &[&said])) } }
        },
        Medium::Server => html! {
            form.as-of method="get" {
                @for (key, value) in asked.lens.pairs() {
                    @if key != "as_of" { input type="hidden" name=(key) value=(value); }
                }
                label for="as-of" { (asked.text("as-of")) }
                " "
                input id="as-of" name="as_of" value=(said) size="14" autocomplete="off"
                    placeholder=(asked.text("as-of-latest"));
            }
        },
    }
}

fn search(asked: &Asked) -> Markup {
    let words = asked.lens.words.as_deref().filter(|_| asked.place == Place::Search);
    html! {
        form.search role="search" method="get" action=(asked.through(&Place::Search, &Default::default())) {
            @if let Some(day) = &asked.lens.as_of { input type="hidden" name="as_of" value=(day); }
            input id="search" name="q" type="search" value=[words] size="22" maxlength="200"
                aria-label=(asked.text("search")) placeholder=(asked.text("search-hint"));
        }
    }
}

fn foot(asked: &Asked) -> Markup {
    html! {
        footer.foot {
            p { (asked.text("foot")) }
            p.keys-hint { (asked.text("keys-hint")) }
        }
    }
}

/// The keys, shown by `?`.
fn keys(asked: &Asked) -> Markup {
    let rows = [
        ("j k", "keys.lines"),
        ("Enter", "keys.evidence"),
        ("/", "keys.search"),
        ("g", "keys.as-of"),
        ("d", "keys.dark"),
        ("?", "keys.keys"),
        ("Esc", "keys.close"),
    ];
    html! {
        dialog id="keys" aria-labelledby="keys-title" {
            h2 id="keys-title" { (asked.text("keys")) }
            dl {
                @for (key, what) in rows { dt { kbd { (key) } } dd { (asked.text(what)) } }
            }
            form method="dialog" { button { (asked.text("keys.close")) } }
        }
    }
}

impl Room<'_> {
    /// The day that a page is as of, else the latest publication, in words.
    pub(super) fn day(&self, asked: &Asked) -> Shown<Option<String>> {
        match &asked.lens.as_of {
            Some(day) => Ok(Some(day.clone())),
            None => Ok(self.ledger.latest_day()?),
        }
    }
}

/// A date without its time.
pub(super) fn day_of(date: &str) -> &str {
    date.get(..10).unwrap_or(date)
}
