//! The outline says what the Markdown says.

use crate::sample;
use std::collections::BTreeSet;
use web::{Block, Language, Link, Role, Run, Style};

fn text(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// Markdown without its marks.
fn bare(markdown: &str) -> String {
    markdown.replace("**", "").replace('\\', "")
}

fn outline(language: Language) -> Vec<Block> {
    web::outline(&sample::briefing(), language)
}

#[test]
fn headings_are_those_of_the_markdown() {
    for language in [Language::En, Language::Zh] {
        let markdown = web::markdown(&sample::briefing(), language);
        let wanted = markdown.lines().filter(|line| line.starts_with('#'));
        let wanted: Vec<String> = wanted.map(bare).collect();
        let heading = |block: &Block| match block {
            Block::Heading { level, runs } => {
                Some(format!("{} {}", "#".repeat(usize::from(*level)), text(runs)))
            }
            _ => None,
        };
        let found: Vec<String> = outline(language).iter().filter_map(heading).collect();
        assert_eq!(found, wanted);
    }
}

#[test]
fn claims_and_their_words_are_those_of_the_markdown() {
    let markdown = bare(&web::markdown(&sample::briefing(), Language::En));
    let mut quotes = 0;
    for block in outline(Language::En) {
        match block {
            Block::Paragraph { role: Role::Quote, runs } => {
                let said = text(&runs);
                let (words, source) = said.split_once("\n— ").expect("a source");
                assert!(markdown.contains(words), "{words}");
                // `长桥新闻网 [1] 1000–1054` here is `长桥新闻网 [1:1000–1054]` there.
                let source = source.replace("]\u{a0}", ":").replace('\u{a0}', " ");
                let first = source.split([';', '，']).next().unwrap_or_default();
                assert!(markdown.contains(&format!("{first}]")), "{first}");
                quotes += 1;
            }
            Block::Table { rows, .. } => {
                for cell in rows.iter().flatten() {
                    for line in text(cell).split(['\n', '\u{a0}']) {
                        assert!(markdown.contains(line), "{line}");
                    }
                }
            }
            _ => {}
        }
    }
    assert_eq!(quotes, markdown.matches("  > — ").count());
}

#[test]
fn positions_lie_in_a_table() {
    let outline = outline(Language::En);
    let table = outline.iter().find_map(|block| match block {
        Block::Table { columns, has_row_heads: true, rows } => Some((columns, rows)),
        _ => None,
    });
    let (columns, rows) = table.expect("a table of positions");
    let heads: Vec<String> = columns.iter().map(|column| text(&column.head)).collect();
    assert_eq!(heads, ["Issue", "United States", "Russia"]);
    let cells: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| text(cell)).collect()).collect();
    let rejects = "REJECT\nsince 7 Dec 2021\u{a0}[3]";
    let asks = "REQUEST\nsince 7 Dec 2021, hardened 10 Jan 2022\u{a0}[1]\u{a0}[3]";
    assert_eq!(cells[0], ["NATO enlargement", rejects, asks]);
    let warns = "THREATEN (if)\nsince 7 Dec 2021\u{a0}[1]";
    assert_eq!(cells[1], ["Sanctions", warns, ""]);
}

#[test]
fn every_citation_leads_to_a_document() {
    let mut cited = BTreeSet::new();
    let mut listed = BTreeSet::new();
    for block in outline(Language::Zh) {
        let runs = match block {
            Block::Heading { runs, .. } | Block::Paragraph { runs, .. } => runs,
            Block::List(items) => items.concat(),
            Block::Table { rows, .. } => rows.concat().concat(),
            Block::Document { number, runs } => {
                listed.insert(number);
                runs
            }
            Block::Picture { .. } => Vec::new(),
        };
        for run in runs {
            if let Some(Link::Document(number)) = run.link {
                assert_eq!(run.text, format!("[{number}]"));
                cited.insert(number);
            }
        }
    }
    assert_eq!(cited, BTreeSet::from([1, 2, 3]));
    assert_eq!(listed, BTreeSet::from([1, 2, 3, 4]));
}

#[test]
fn passages_keep_their_language_and_marks() {
    let outline = outline(Language::En);
    let quotes = outline.iter().filter_map(|block| match block {
        Block::Paragraph { role: Role::Quote, runs } => Some(runs),
        _ => None,
    });
    let marked: Vec<&Run> =
        quotes.flatten().filter(|run| run.style == Style::Marked).collect();
    assert!(marked.iter().any(|run| run.text == "要求" && run.language == "zh-Hans"));
    assert!(marked.iter().all(|run| run.language.starts_with("zh")));
}

#[test]
fn picture_needs_nothing_beside_it() {
    let outline = outline(Language::En);
    let svg = outline.iter().find_map(|block| match block {
        Block::Picture { svg, .. } => Some(svg),
        _ => None,
    });
    let svg = svg.expect("a picture");
    assert!(svg.starts_with("<svg") && !svg.contains("var("), "{svg}");
}
