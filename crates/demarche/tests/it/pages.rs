//! The pages of documents, sources and searches, over articles that the program has read.

use crate::desk::Desk;
use extract::{FoldTable, Shadow};
use ledger::{Account, Filter, Ledger};
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;
use web::Language;
use web::pages::{Asked, Fold, Lens, Medium, Names, Place, Refused, Room, page};

/// A ledger, and what shows it.
struct Reader {
    desk: Desk,
    ledger: Ledger,
    names: Names,
    fold: Box<Fold>,
}

impl Reader {
    fn of(desk: Desk, folder: &str) -> Reader {
        let ran = desk.run(&["add", folder, "--ledger", "shown.db"]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        let path = desk.path("shown.db");
        let ledger = Ledger::open(&path, Duration::from_secs(5)).unwrap();
        let table = FoldTable::load();
        let fold = Box::new(move |text: &str| Shadow::fold(text, &table).into_string());
        Reader { desk, ledger, names: Names::default(), fold }
    }

    fn geneva() -> Reader {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/geneva");
        Reader::of(Desk::new(), &folder.display().to_string())
    }

    fn ask(&self, place: Place, query: &str, medium: Medium) -> Result<String, Refused> {
        let room = Room {
            ledger: &self.ledger,
            names: &self.names,
            fold: &*self.fold,
            title: "test",
        };
        let lens = Lens::parse(query);
        page(&room, &Asked { place, lens, language: Language::En, medium })
    }

    #[track_caller]
    fn page(&self, place: Place, query: &str) -> String {
        let page = self.ask(place, query, Medium::Server).unwrap();
        assert!(page.len() < 200_000, "{} bytes", page.len());
        for odd in [" style=", "<style", "onclick", "javascript:"] {
            assert!(!page.contains(odd), "{odd}");
        }
        page
    }

    fn documents(&self) -> Vec<String> {
        let lines = self.ledger.documents(&Filter::default()).unwrap();
        lines.into_iter().map(|line| line.id).collect()
    }

    /// The accounts of all statements, moves and meetings.
    fn accounts(&self) -> Vec<Account> {
        let all = Filter::default();
        let mut accounts: Vec<Account> = Vec::new();
        accounts.extend(
            self.ledger.statements(&all).unwrap().into_iter().flat_map(|l| l.accounts),
        );
        accounts.extend(
            self.ledger.moves(&all).unwrap().into_iter().flat_map(|l| l.accounts),
        );
        accounts.extend(
            self.ledger.meetings(&all).unwrap().into_iter().flat_map(|l| l.accounts),
        );
        accounts
    }
}

/// What a browser would show of some HTML: its text, references resolved.
fn text_of(html: &str) -> String {
    let mut text = String::new();
    for piece in html.split('<') {
        text.push_str(piece.split_once('>').map_or("", |(_, words)| words));
    }
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

/// The part of a page that holds the article.
fn article(page: &str) -> &str {
    let start = page.find("<div class=\"text\"").unwrap();
    &page[start..page.find("<aside").unwrap()]
}

/// The values of an attribute.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let before = format!(" {attribute}=\"");
    page.split(before.as_str())
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

#[test]
fn every_account_can_be_linked_to() {
    let reader = Reader::geneva();
    let accounts = reader.accounts();
    assert!(accounts.len() > 100);
    for id in reader.documents() {
        let page = reader.page(Place::Document(id.clone()), "");
        let anchors: Vec<&str> = values(&page, "id");
        let distinct: BTreeSet<&&str> = anchors.iter().collect();
        assert_eq!(anchors.len(), distinct.len(), "an id stands for two places");
        for account in accounts.iter().filter(|account| account.document == id) {
            let anchor = format!("b{}", account.span.0);
            let at = page
                .find(&format!(" id=\"{anchor}\""))
                .expect("an anchor for each account");
            let first = account.evidence.chars().next().unwrap();
            let behind = text_of(&format!("<{}", &page[at..]));
            assert!(
                behind.trim_start().starts_with(first),
                "{anchor}: {}",
                account.evidence
            );
        }
        for href in values(&page, "href").iter().filter_map(|href| href.strip_prefix('#'))
        {
            assert!(distinct.contains(&href), "a link to nothing: {href}");
        }
    }
}

#[test]
fn marks_leave_the_words_as_they_are() {
    let reader = Reader::geneva();
    for id in reader.documents() {
        let page = reader.page(Place::Document(id.clone()), "");
        let shown = text_of(article(&page));
        let text = reader.ledger.article(&id).unwrap().unwrap().text;
        // Numbers of notes stand between the words.
        let mut rest = shown.chars();
        for c in text.chars().filter(|c| !c.is_whitespace()) {
            assert!(rest.any(|shown| shown == c), "{c} is lost in {id}");
        }
        assert!(page.contains("class=\"who") && page.contains("content"), "{id}");
        assert!(page.contains("<code>zh/cues:"), "{id}");
    }
}

#[test]
fn elements_are_closed_in_their_order() {
    let reader = Reader::geneva();
    let mut places: Vec<Place> =
        reader.documents().into_iter().map(Place::Document).collect();
    places.extend([Place::Documents, Place::Sources, Place::Search]);
    places.extend(reader.documents().into_iter().map(Place::Captured));
    for place in places {
        let page = reader.page(place.clone(), "q=北约");
        let mut open: Vec<&str> = Vec::new();
        for tag in page.split('<').skip(1) {
            let name = tag.split([' ', '>', '/']).next().unwrap_or_default();
            if let Some(closing) = tag.strip_prefix('/') {
                let closing = closing.split('>').next().unwrap();
                assert_eq!(open.pop(), Some(closing), "{place:?}");
            } else if !["!DOCTYPE", "meta", "link", "input", "br", "hr"].contains(&name) {
                open.push(name);
            }
        }
        assert!(open.is_empty(), "{open:?}");
    }
}

/// An article whose every word wants to run.
const HOSTILE: &str = "<!DOCTYPE html><html><head><title>要求<script>alert(1)</script></title>\
    <base href=\"//evil.example/\"><meta http-equiv=\"refresh\" content=\"0;url=//evil.example\">\
    <link rel=\"canonical\" href=\"javascript:alert(2)\"><style>p{background:url(//evil.example)}</style></head>\
    <body onload=\"alert(3)\"><article><h1>日内瓦会谈&lt;script&gt;alert(4)&lt;/script&gt;</h1>\
    <p style=\"background:url(//evil.example)\">俄罗斯副外长里亚布科夫1月10日在日内瓦说，&lt;img src=x onerror=alert(5)&gt;俄方要求美方答复。\u{202e}</p>\
    <p><a href=\"javascript:alert(6)\">俄方</a>要求美国作出保证，里亚布科夫表示。<iframe src=\"//evil.example\"></iframe></p>\
    <form action=\"//evil.example\"><input name=\"q\"></form><script>alert(7)</script></article></body></html>";

#[test]
fn hostile_articles_are_only_shown() {
    let desk = Desk::new();
    desk.write("in/page.html", HOSTILE);
    desk.write("in/plain.txt", format!("标题\n\n{HOSTILE}\n\n俄方说，不会答复。\u{7}\n"));
    let reader = Reader::of(desk, "in");
    for id in reader.documents() {
        let shown = reader.page(Place::Document(id.clone()), "");
        let captured = reader.page(Place::Captured(id.clone()), "");
        for page in [&shown, &captured] {
            let own = "<script src=\"/static/dossier.js\"></script>";
            assert_eq!(page.matches("<script").count(), page.matches(own).count());
            for odd in [
                "<img",
                "<base",
                "http-equiv",
                "<form action",
                "onload=\"",
                "<style",
                "<input name=\"q\">",
            ] {
                assert!(!page.contains(odd), "{odd} in {id}");
            }
            assert!(!page.contains('\u{202e}') && !page.contains('\u{7}'));
        }
        assert!(!captured.contains("<iframe"), "{captured}");
        let framed: Vec<&str> = shown.split("<iframe").skip(1).collect();
        assert_eq!(framed.len(), 1);
        assert!(framed[0].contains("sandbox=\"") && !framed[0].contains("allow-scripts"));
    }
}

#[test]
fn long_documents_are_shown_in_parts() {
    let sentence = "俄罗斯副外长里亚布科夫1月10日在日内瓦说，俄方要求美方不再东扩。\
                    美国副国务卿舍曼当天表示，美方拒绝俄方的要求。";
    let desk = Desk::new();
    let filler = "风从北边吹来，浪一阵高过一阵。".repeat(30);
    let lines: String = (0..90).map(|n| format!("{n}。{sentence}{filler}\n\n")).collect();
    desk.write("in/lines.txt", format!("很长的文章\n\n2022年1月10日\n\n{lines}"));
    // One paragraph without an end.
    let endless = "风从北边吹来，浪一阵高过一阵，".repeat(3_000);
    desk.write("in/endless.txt", format!("更长的文章\n\n{endless}\n"));
    let reader = Reader::of(desk, "in");
    let accounts = reader.accounts();
    assert!(accounts.len() > 100);
    for id in reader.documents() {
        let first = reader.page(Place::Document(id.clone()), "");
        let count: usize = first
            .split("Part 1 of ")
            .nth(1)
            .and_then(|rest| rest.split('<').next())
            .map(|count| count.parse().unwrap())
            .expect("parts");
        assert!(count > 3);
        reader.page(Place::Document(id.clone()), &format!("part={count}"));
        let beyond = reader.ask(
            Place::Document(id.clone()),
            &format!("part={}", count + 1),
            Medium::Server,
        );
        assert!(matches!(beyond, Err(Refused::Unknown("a.part", _))));
        reader.page(Place::Captured(id.clone()), "");
        // In files it is one page, whole where it is not longer than that.
        let alone = reader.ask(Place::Document(id), "", Medium::Files).unwrap();
        assert!(!alone.contains("?part=") && alone.len() > first.len());
    }
    // A link of another page leads to the part in which its words stand.
    let positions = reader.ask(Place::Today, "since=2022-01-01", Medium::Server).unwrap();
    let links = values(&positions, "href");
    let links = links.iter().filter(|href| href.contains("#b"));
    let mut followed = 0;
    for link in links {
        let (address, anchor) = link.split_once('#').unwrap();
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let (_, place) = Place::parse(path).unwrap();
        let page = reader.page(place, query);
        assert!(page.contains(&format!(" id=\"{anchor}\"")), "{link}");
        followed += 1;
    }
    assert!(followed > 0);
    drop(reader.desk);
}

#[test]
fn both_scripts_find_the_same() {
    let reader = Reader::geneva();
    let hits = |words: &str| {
        let page = reader.page(Place::Search, &format!("q={words}"));
        let page = page[page.find("<h2>Documents</h2>").unwrap()..].to_owned();
        values(&page, "href")
            .into_iter()
            .map(str::to_owned)
            .filter(|href| href.starts_with("/document/"))
            .map(|href| href.split('#').next().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(hits("北约"), hits("北約"));
    assert!(hits("北约").len() >= 5);
    let page = reader.page(Place::Search, "q=北約");
    assert!(page.contains("<mark>北约</mark>") && page.contains("<mark>北約</mark>"));
    assert!(reader.page(Place::Search, "q=ryabkov").contains("Sergei Ryabkov"));
    assert!(reader.page(Place::Search, "q=長頸鹿").contains("No document holds all"));
    assert!(reader.page(Place::Search, "q=\"").contains("No document holds all"));
    let narrowed = reader.page(Place::Search, "q=北约&to=2021-06-30");
    assert!(narrowed.matches("class=\"line\"").count() < hits("北约").len());
}

#[test]
fn an_outlet_is_one_in_both_scripts() {
    let reader = Reader::geneva();
    let page = reader.page(Place::Sources, "");
    assert!(page.contains("长桥新闻网") && !page.contains("長橋新聞網"));
    assert!(page.contains("<path class=\"arc translation\""));
    let one = reader.page(Place::Source("长桥新闻网".to_owned()), "");
    assert!(one.contains("渡口晨報"), "{one}");
}

#[test]
fn what_there_is_not_is_refused() {
    let reader = Reader::geneva();
    for id in ["", "nothing", "' OR 1 --", &"0".repeat(64)] {
        for place in [
            Place::Document(id.to_owned()),
            Place::Captured(id.to_owned()),
            Place::Source(id.to_owned()),
        ] {
            let refused = reader.ask(place.clone(), "", Medium::Server);
            assert!(matches!(refused, Err(Refused::Unknown(..))), "{place:?}");
        }
    }
    assert!(reader.page(Place::Documents, "outlet=nobody").contains("No document is so"));
    assert!(
        reader.page(Place::Documents, "part=99999999999").contains("No document is so")
    );
}

#[test]
fn documents_are_listed_newest_first() {
    let reader = Reader::geneva();
    let oldest = reader.ledger.documents(&Filter::default()).unwrap();
    let newest = reader.ledger.newest_documents(&Filter::default(), 0).unwrap();
    assert_eq!(newest.len(), 10);
    let dates: Vec<_> = newest.iter().filter_map(|line| line.published.clone()).collect();
    assert!(dates.windows(2).all(|pair| pair[0] >= pair[1]), "{dates:?}");
    assert!(newest.last().unwrap().published.is_none());
    let ids = |lines: &[ledger::DocumentLine]| {
        lines.iter().map(|line| line.id.clone()).collect::<BTreeSet<_>>()
    };
    assert_eq!(ids(&oldest), ids(&newest));
    let two = Filter { limit: Some(2), ..Filter::default() };
    assert_eq!(reader.ledger.newest_documents(&two, 3).unwrap(), newest[3..5]);
}
