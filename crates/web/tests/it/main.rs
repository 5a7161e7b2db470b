//! The views over small hand-made briefings, compared with kept files.

mod outline;
mod sample;

use record::Act;
use std::path::Path;
use web::{Briefing, Dot, Language, Ring, Tone, When};

/// Compares with a kept file; `UPDATE_EXPECT=1` writes it anew.
fn expect(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/expected").join(name);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, found).expect("the expected file can be written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    for (number, (found, kept)) in found.lines().zip(kept.lines()).enumerate() {
        assert_eq!(found, kept, "{name}, line {}; UPDATE_EXPECT=1 rewrites", number + 1);
    }
    assert_eq!(found.len(), kept.len(), "{name}; UPDATE_EXPECT=1 rewrites");
}

#[test]
fn markdown_in_english() {
    expect("briefing.md", &web::markdown(&sample::briefing(), Language::En));
}

#[test]
fn markdown_in_chinese() {
    expect("briefing.zh.md", &web::markdown(&sample::briefing(), Language::Zh));
}

#[test]
fn page_in_english() {
    expect("briefing.html", &web::page(&sample::briefing(), Language::En));
}

#[test]
fn nothing_read_is_said() {
    let mut briefing = Briefing { title: "empty".to_owned(), ..Briefing::default() };
    for page in [web::markdown, web::page] {
        assert!(page(&briefing, Language::En).contains("there is nothing to brief"));
    }
    briefing.documents = vec![sample::document("notes.txt", None, None)];
    let said = web::markdown(&briefing, Language::En);
    for absence in
        ["of no meeting", "of no move", "no words", "outlet not named", "no date"]
    {
        assert!(said.contains(absence), "{absence}: {said}");
    }
}

#[test]
fn same_briefing_same_bytes() {
    let (one, two) = (sample::briefing(), sample::briefing());
    assert_eq!(web::page(&one, Language::En), web::page(&two, Language::En));
}

/// Words that a hostile article would carry.
const HOSTILE: &str = "<script>alert('x')</script> & \"<img src=x onerror=y>";

fn hostile() -> Briefing {
    let mut briefing = sample::briefing();
    briefing.title = HOSTILE.to_owned();
    briefing.silent = vec![HOSTILE.to_owned()];
    for document in &mut briefing.documents {
        document.outlet = Some(HOSTILE.to_owned());
        document.title = Some(HOSTILE.to_owned());
        document.path = HOSTILE.to_owned();
        document.language = HOSTILE.to_owned();
        document.url = Some("javascript:alert(1)".to_owned());
    }
    for issue in &mut briefing.issues {
        issue.label = Some(HOSTILE.to_owned());
        for line in &mut issue.moves {
            line.actor = vec![HOSTILE.to_owned()];
            line.condition = Some(HOSTILE.to_owned());
            line.by = Some(HOSTILE.to_owned());
            for account in &mut line.accounts {
                account.passage.text = HOSTILE.to_owned();
                account.passage.language = HOSTILE.to_owned();
            }
        }
    }
    for position in &mut briefing.positions {
        position.issue = HOSTILE.to_owned();
        position.party = HOSTILE.to_owned();
        position.since = HOSTILE.to_owned();
        position.changed_on = HOSTILE.to_owned();
    }
    for item in &mut briefing.open_items {
        item.issue = Some(HOSTILE.to_owned());
        item.party = HOSTILE.to_owned();
        item.due = Some(HOSTILE.to_owned());
        for account in item.accounts.iter_mut().chain(&mut item.closed_by) {
            account.passage.text = HOSTILE.to_owned();
        }
    }
    for meeting in &mut briefing.meetings {
        meeting.place = Some(HOSTILE.to_owned());
        meeting.participants = vec![HOSTILE.to_owned()];
    }
    briefing
}

#[test]
fn hostile_words_stay_words_in_html() {
    let page = web::page(&hostile(), Language::En);
    for markup in ["<script", "<img", "javascript:", "=\"\"<", "http://evil"] {
        assert!(!page.contains(markup), "{markup} in the page");
    }
    assert!(page.contains("&lt;script&gt;"));
}

#[test]
fn hostile_words_stay_words_in_markdown() {
    let said = web::markdown(&hostile(), Language::En);
    let outside_code = said.lines().map(|line| line.split('`').step_by(2));
    for piece in outside_code.flatten() {
        assert!(!piece.contains("<script") || piece.contains("\\<script"), "{piece}");
    }
}

#[test]
fn every_act_has_a_tone_and_a_word() {
    for act in Act::ALL {
        let _ = Tone::of(*act);
        assert!(!Language::Zh.act(*act).is_empty());
    }
}

fn ring(day: &str, label: &str) -> Ring {
    Ring {
        when: When::parse(day).expect("a date"),
        label: label.to_owned(),
        is_held: true,
        weight: 1,
        about: label.to_owned(),
    }
}

/// Reads where each label starts, its `y` and the words of every label of a drawing.
fn labels(svg: &str) -> Vec<(f64, f64, String)> {
    let attribute = |tag: &str, name: &str| -> f64 {
        let at = tag.find(&format!(" {name}=\"")).expect("the attribute is there");
        let value = tag[at + name.len() + 3..].split('"').next().expect("it is closed");
        value.parse().expect("a number")
    };
    let mut labels = Vec::new();
    for piece in svg.split("<text class=\"flag\"").skip(1) {
        let words = piece.split(['>', '<']).nth(1).expect("words");
        let is_end = piece.split('>').next().is_some_and(|tag| tag.contains("\"end\""));
        let width = if is_end { 5.0 * words.chars().count() as f64 } else { 0.0 };
        let start = attribute(piece, "x") - width;
        labels.push((start, attribute(piece, "y"), words.to_owned()));
    }
    labels
}

#[test]
fn labels_of_a_busy_week_do_not_overlap() {
    let rings = [
        ring("2021-05-19", "Reykjavik, RUS–USA"),
        ring("2021-06-16", "Geneva, RUS–USA"),
        ring("2021-12-07", "by video, RUS–USA"),
        ring("2021-12-30", "by telephone, RUS–USA"),
        ring("2022-01-09", "Geneva, RUS–USA"),
        ring("2022-01-10", "Geneva, RUS–USA"),
        ring("2022-01-12", "Brussels, NATO–RUS"),
        ring("2022-01-13", "Vienna, OSCE–RUS–USA"),
    ];
    for width in [400.0, 960.0] {
        let drawing = web::draw(&[], &rings, width, Language::En);
        let labels = labels(&drawing.svg);
        assert_eq!(labels.len(), rings.len());
        for (n, (x, y, words)) in labels.iter().enumerate() {
            let end = x + 5.0 * words.chars().count() as f64;
            assert!(*x >= 0.0 && end <= width, "{words} leaves the picture");
            for (other_x, other_y, other) in &labels[n + 1..] {
                let apart = y != other_y || end < *other_x || {
                    let other_end = other_x + 5.0 * other.chars().count() as f64;
                    other_end < *x
                };
                assert!(apart, "{words} lies on {other}");
            }
        }
    }
}

#[test]
fn far_dates_are_told_beside_the_picture() {
    let rings = [
        ring("1985", "Geneva"),
        ring("2021-12-07", "by video"),
        ring("2022-01-10", "Geneva"),
        ring("2022-01-12", "Brussels"),
        ring("2022-01-13", "Vienna"),
        ring("2022-01-20", "Berlin"),
        ring("2022-01-21", "Geneva"),
    ];
    let drawing = web::draw(&[], &rings, 960.0, Language::En);
    assert_eq!(drawing.aside, ["Geneva"]);
    assert!(!drawing.svg.contains("1985"));
}

#[test]
fn many_moves_become_bars() {
    let dot = |day: i32| Dot {
        when: When::parse(&format!("2022-01-{:02}", day % 4 + 10)).expect("a date"),
        tone: Tone::ALL[day as usize % 3],
        about: String::new(),
    };
    let dots: Vec<Dot> = (0..400).map(dot).collect();
    let drawing = web::draw(&dots, &[], 960.0, Language::En);
    assert!(drawing.svg.matches("<rect").count() <= 12, "{}", drawing.svg);
    assert!(web::draw(&[], &[], 960.0, Language::En).svg.is_empty());
}
