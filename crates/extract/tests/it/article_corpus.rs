//! Articles from the reference material beside the repository.

use crate::article::{READER, check_places};
use crate::shared;
use record::{Article, ParagraphKind};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn read(path: &Path, given: Option<&str>) -> (Vec<u8>, Article) {
    let bytes = std::fs::read(path).expect("a file that was listed can be read");
    let mut document = extract::article::document(&path.display().to_string(), bytes);
    document.published_hint = given.map(str::to_owned);
    let article = extract::article::read_article(&document, READER.lexicon());
    (document.bytes, article)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder that exists can be read") {
        let path = entry.expect("an entry can be read").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path
            .extension()
            .is_some_and(|e| ["md", "txt", "html"].iter().any(|x| e == *x))
        {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Whether a document itself says that it has a headline.
fn states_title(source: &str) -> bool {
    let head: String = source.lines().take(30).collect::<Vec<_>>().join("\n");
    source.starts_with("---")
        && (head.contains("\ntitle: ") || head.contains("\ntitle:\n"))
        || head.contains("<title>")
        || head.lines().any(|line| line.starts_with("## ") && line.len() > 4)
}

#[test]
fn every_document_of_the_corpus_becomes_an_article() {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for part in ["seeds", "corpus"] {
        let Some(folder) = shared::folder().map(|folder| folder.join(part)) else {
            return;
        };
        for path in files(&folder) {
            let name = path.strip_prefix(&folder).unwrap_or(&path).display().to_string();
            if name.contains("README") || name.contains("EXPECTED") {
                continue;
            }
            let (bytes, article) = read(&path, None);
            check_places(&article, &bytes);
            let source = String::from_utf8_lossy(&bytes);
            assert!(
                article.title.is_some() || !states_title(&source),
                "{name} has no title"
            );
            let why = article.empty.unwrap_or_else(|| "with a body".to_owned());
            let place =
                name.split('/').next().filter(|_| part == "corpus").unwrap_or(part);
            *counts.entry(format!("{place}: {why}")).or_default() += 1;
            let language = match place {
                "en" | "ru" | "uk" => place,
                "ru-short" => "ru",
                "zh-hans" => "zh-Hans",
                "zh-hant" => "zh-Hant",
                _ => continue,
            };
            assert_eq!(article.language, language, "{name}");
        }
    }
    for (what, count) in counts {
        eprintln!("{count:6} {what}");
    }
}

/// What html5ever makes of the same fragment: our own scan of it must find no other words.
#[test]
fn words_of_fragments_are_those_that_a_tree_holds() {
    let Some(folder) = shared::folder().map(|folder| folder.join("corpus/posts")) else {
        return;
    };
    let squeeze = |words: &str| -> String {
        words.chars().filter(|c| c.is_alphanumeric()).collect()
    };
    let (mut same, mut all) = (0, 0);
    for path in files(&folder) {
        let (bytes, article) = read(&path, None);
        let source = String::from_utf8_lossy(&bytes);
        let tree = scraper::Html::parse_fragment(&source);
        let words: String = tree.root_element().text().collect();
        let words = squeeze(&words);
        for paragraph in article.paragraphs.iter().filter(|p| p.kind.is_body()) {
            all += 1;
            same +=
                usize::from(words.contains(&squeeze(paragraph.span.of(&article.text))));
        }
    }
    eprintln!("{same} of {all} paragraphs are a tree's words");
    assert!(same * 1000 >= all * 998, "{same} of {all}");
}

#[test]
fn boilerplate_of_the_seeds_is_in_no_body() {
    let Some(folder) = shared::folder().map(|folder| folder.join("seeds")) else {
        return;
    };
    let boilerplate = [
        "Array",
        "selfpromo",
        "免责声明",
        "版權聲明",
        "轉載請註明",
        "返回首頁",
        "Discord",
        "ROL Foundation",
        "Terms of use",
        "译者评论",
        "在索契的记者会上讲话。(",
        "攝)",
        "參考",
        "参考链接",
        "nbcnews.com",
    ];
    for path in
        files(&folder).iter().filter(|path| path.extension().is_some_and(|e| e == "txt"))
    {
        let (_, article) = read(path, None);
        let body = article.body();
        for words in boilerplate {
            assert!(!body.contains(words), "{words} in the body of {}", path.display());
        }
        let title = article.title.clone().unwrap_or_default();
        assert!(!title.is_empty() && !body.contains(&title), "{}", path.display());
    }
}

#[test]
fn seeds_tell_outlet_date_and_origin() {
    let Some(folder) = shared::folder().map(|folder| folder.join("seeds")) else {
        return;
    };
    let expected = [
        ("000", "RFI", "2022-01-10T16:26", None, "zh-Hans"),
        ("001", "楠木軒", "2021-12-09", Some("Xinhua"), "zh-Hant"),
        ("002", "GNews", "2022-01-12", Some("RBC"), "zh-Hans"),
        ("003", "GNews", "2021-05-21", Some("RBC"), "zh-Hans"),
        ("004", "VOA", "2021-12-08T20:18:04Z", None, "zh-Hans"),
    ];
    // The dates to assume where a document has none.
    let given = ["2022-01-10", "2021-12-09", "2022-01-12", "2021-05-21", "2021-12-08"];
    for (row, given) in expected.iter().zip(given) {
        let (number, outlet, published, origin, language) = *row;
        let all = files(&folder);
        let path = all.iter().find(|path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with(number))
        });
        let (_, article) = read(path.expect("five seeds"), Some(given));
        assert_eq!(article.source.outlet.as_deref(), Some(outlet), "{number}");
        assert_eq!(article.source.origin.as_deref(), origin, "{number}");
        assert_eq!(
            article.published_on.map(|p| p.value).as_deref(),
            Some(published),
            "{number}"
        );
        assert_eq!(article.language, language, "{number}");
        if number == "001" {
            assert_eq!(article.source.author.as_deref(), Some("耿鵬宇"));
        }
    }
}

#[test]
fn annotated_words_stand_in_the_text() {
    let Some(folder) = shared::folder().map(|folder| folder.join("gold/json")) else {
        return;
    };
    let (mut found, mut all) = (0, 0);
    for entry in std::fs::read_dir(&folder).expect("the folder exists") {
        let path = entry.expect("an entry can be read").path();
        let json = std::fs::read_to_string(&path).expect("an annotation can be read");
        let gold: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let document = folder.join("../articles").join(format!("{stem}.md"));
        let (bytes, article) = read(&document, None);
        check_places(&article, &bytes);
        let read: Vec<&str> = article
            .paragraphs
            .iter()
            .filter(|p| {
                p.kind.is_body()
                    || matches!(
                        p.kind,
                        ParagraphKind::Title
                            | ParagraphKind::Note
                            | ParagraphKind::Byline
                    )
            })
            .map(|p| p.span.of(&article.text))
            .collect();
        let read = read.join("\n");
        for words in annotated(&gold) {
            all += 1;
            found += usize::from(read.contains(words));
        }
    }
    eprintln!(
        "{found} of {all} annotated passages stand verbatim in title, byline, note or body"
    );
    assert!(found * 100 >= all * 99, "{found} of {all}");
}

fn annotated(gold: &serde_json::Value) -> Vec<&str> {
    let rows = |key: &str| gold[key].as_array().map(Vec::as_slice).unwrap_or_default();
    let contents =
        rows("statements").iter().flat_map(|s| s["content"].as_array()).flatten();
    let evidence =
        rows("moves").iter().chain(rows("meetings")).map(|row| &row["evidence"]);
    let dates = rows("dates").iter().map(|date| &date["text"]);
    contents.chain(evidence).chain(dates).filter_map(|words| words.as_str()).collect()
}
