//! Small papers, read back.

use super::{Error, Fonts, docx, pdf};
use std::io::Read;
use std::path::PathBuf;
use web::{Block, Column, Link, Role, Run, Style};

fn run(text: &str, language: &str, style: Style) -> Run {
    Run { text: text.to_owned(), language: language.to_owned(), style, link: None }
}

fn en(text: &str) -> Run {
    run(text, "en", Style::Plain)
}

fn cited(number: usize) -> Run {
    Run { link: Some(Link::Document(number)), ..en(&format!("[{number}]")) }
}

/// A paper with each sort of block; `words` are the words of its document.
fn paper(words: &str, language: &str) -> Vec<Block> {
    let head = |text: &str| Column { head: vec![en(text)], share: 1.0 };
    let quote = vec![
        run(words, language, Style::Plain),
        run("要求", language, Style::Marked),
        en("\n— "),
        cited(1),
    ];
    let quote = if language == "en" {
        quote.into_iter().filter(|r| r.style != Style::Marked).collect()
    } else {
        quote
    };
    let title = Run {
        link: Some(Link::Address("https://changqiao.example/a?b=1&c=2".to_owned())),
        ..run(words, language, Style::Strong)
    };
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 20\">\
               <rect width=\"30\" height=\"10\"/><text x=\"9\" y=\"9\">Geneva</text></svg>";
    vec![
        Block::Heading { level: 1, runs: vec![en("Briefing: lake & <talks>")] },
        Block::Picture { svg: svg.to_owned(), about: "Timeline".to_owned() },
        Block::Heading { level: 2, runs: vec![en("Where the parties stand")] },
        Block::Table {
            columns: vec![head("Issue"), head("Russia")],
            has_row_heads: true,
            rows: vec![
                vec![vec![en("Missiles")], vec![en("REQUEST\nsince 8 Dec"), cited(1)]],
                vec![vec![en("Cyber")], Vec::new()],
            ],
        },
        Block::Paragraph { role: Role::Claim, runs: vec![en("Russia asks the USA")] },
        Block::Paragraph { role: Role::Quote, runs: quote },
        Block::List(vec![vec![en("one thing"), cited(1)]]),
        Block::Heading { level: 2, runs: vec![en("Documents")] },
        Block::Document { number: 1, runs: vec![title, en("\nan outlet")] },
    ]
}

const WORDS: &str = "他说：“北约不再向东扩大。”";

/// The fonts of the machine, if they have Han characters. Where tests must not be left
/// out, it is a fault if they do not.
fn han_fonts() -> Option<Fonts> {
    let fonts = Fonts::find(&[]).expect("no file is asked for");
    if fonts.has('扩') && fonts.has('擴') {
        return Some(fonts);
    }
    let must = std::env::var("CI").is_ok_and(|value| value == "true");
    assert!(!must, "no Chinese fonts: apt-get install fonts-noto-cjk");
    eprintln!("LEFT OUT: no Chinese fonts here (apt-get install fonts-noto-cjk)");
    None
}

/// The files of a DOCX file.
fn unzipped(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a ZIP");
    let mut text = String::new();
    zip.by_name(name).expect(name).read_to_string(&mut text).expect("text");
    text
}

#[test]
fn docx_has_headings_table_citations_and_languages() {
    let bytes = docx(&paper(WORDS, "zh-Hant"), "en", None).expect("a DOCX");
    let text = unzipped(&bytes, "word/document.xml");
    for held in [
        "<w:pStyle w:val=\"Title\"/>",
        "<w:pStyle w:val=\"Heading1\"/>",
        "<w:pStyle w:val=\"Quote\"/>",
        "<w:tblHeader/>",
        "<w:bookmarkStart w:id=\"1\" w:name=\"document_1\"/>",
        "<w:hyperlink w:anchor=\"document_1\">",
        "<w:lang w:eastAsia=\"zh-TW\"/>",
        "w:eastAsia=\"PMingLiU\"",
        "<w:rStyle w:val=\"Marked\"/>",
        "lake &amp; &lt;talks&gt;",
        WORDS,
    ] {
        assert!(text.contains(held), "{held} is not in {text}");
    }
    assert_eq!(text.matches("<w:tr>").count(), 3);
    let relations = unzipped(&bytes, "word/_rels/document.xml.rels");
    assert!(relations.contains("https://changqiao.example/a?b=1&amp;c=2"), "{relations}");
    let core = unzipped(&bytes, "docProps/core.xml");
    assert!(core.contains("lake &amp; &lt;talks&gt;") && !core.contains("created"));
    assert!(unzipped(&bytes, "word/footer1.xml").contains("w:instr=\"PAGE\""));
    assert!(unzipped(&bytes, "word/styles.xml").contains("w:val=\"en-GB\""));
}

#[test]
fn signs_that_xml_cannot_hold_are_left_out() {
    let blocks = paper("坏\u{0}\u{b}字\u{ffff}", "zh-Hans");
    let bytes = docx(&blocks, "zh-Hans", None).expect("a DOCX");
    assert!(unzipped(&bytes, "word/document.xml").contains("坏字"));
}

#[test]
fn same_paper_same_bytes() {
    let Some(fonts) = han_fonts() else { return };
    let blocks = paper(WORDS, "zh-Hans");
    let one = pdf(&blocks, "en", &fonts).expect("a PDF");
    let other = Fonts::find(&[]).expect("no file is asked for");
    assert_eq!(one, pdf(&blocks, "en", &other).expect("a PDF"));
    let one = docx(&blocks, "en", Some(&fonts)).expect("a DOCX");
    assert_eq!(one, docx(&blocks, "en", Some(&other)).expect("a DOCX"));
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(one)).expect("a ZIP");
    assert!(zip.by_name("word/media/picture1.png").is_ok());
}

#[test]
fn pdf_has_pages_and_fonts() {
    let Some(fonts) = han_fonts() else { return };
    let mut blocks = paper(WORDS, "zh-Hant");
    let short = pdf(&blocks, "zh-Hans", &fonts).expect("a PDF");
    assert_eq!((short.pages, short.missing.len()), (1, 0));
    // Whatever is not a letter of the words themselves is set too: 〓 stands nowhere.
    assert!(!has_stand_in(&blocks, "zh-Hans", &fonts));
    let line = vec![run(&WORDS.repeat(20), "zh-Hans", Style::Plain)];
    let lines = vec![Block::Paragraph { role: Role::Body, runs: line }; 40];
    blocks.extend(lines);
    let long = pdf(&blocks, "zh-Hans", &fonts).expect("a PDF");
    assert!(long.pages > 3, "{} pages", long.pages);
    let said = String::from_utf8_lossy(&long.bytes);
    assert!(said.starts_with("%PDF-1.7"));
    assert!(said.contains("/FontFile"), "no font is in it");
    assert!(said.contains("pdfuaid"), "it does not say that it is PDF/UA");
    // Two faces of 25 MB are cut down to the letters in use.
    assert!(long.bytes.len() < 200_000, "{} bytes", long.bytes.len());
}

/// Whether a mark for missing type would be set somewhere.
fn has_stand_in(blocks: &[Block], language: &str, fonts: &Fonts) -> bool {
    let faces = fonts.faces(&super::pdf::letters(blocks, language)).expect("faces");
    let case = super::pdf::TypeCase::new(&faces).expect("type");
    let shapes = vec![0.2];
    let flow = super::pdf::Flow::of(&case, blocks, &shapes, language);
    let marks = flow.slabs.iter().flat_map(|slab| &slab.marks);
    marks.into_iter().any(|mark| match mark {
        super::pdf::Mark::Piece { piece, .. } => piece.text.contains('〓'),
        _ => false,
    })
}

#[test]
fn sign_without_type_is_marked_and_told() {
    let Some(fonts) = han_fonts() else { return };
    // Not a character, and so in no font.
    let blocks = [Block::Heading { level: 1, runs: vec![en("odd \u{1fbff} sign")] }];
    let found = pdf(&blocks, "en", &fonts).expect("a PDF");
    assert_eq!(found.missing, ['\u{1fbff}']);
}

#[test]
fn letters_without_type_are_refused() {
    let fonts = Fonts::find(&[]).expect("no file is asked for");
    // A Han character that is not yet assigned, and so in no font.
    let blocks = [Block::Heading { level: 1, runs: vec![en("\u{3ffff}")] }];
    let fault = pdf(&blocks, "en", &fonts);
    if let Err(Error::NoLetters { is_han: true, .. }) = &fault {
        let said = fault.expect_err("a fault").to_string();
        assert!(said.contains("fonts-noto-cjk"), "{said}");
    }
    let missing = Fonts::find(&[PathBuf::from("no/such/font.ttf")]);
    let said = missing.err().expect("a fault").to_string();
    assert!(said.contains("no/such/font.ttf"), "{said}");
}
