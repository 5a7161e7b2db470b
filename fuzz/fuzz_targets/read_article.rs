//! Any bytes become an article whose paragraphs lie in order within its text.
#![no_main]

use extract::{Agenda, Reader};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static READER: LazyLock<Reader> =
    LazyLock::new(|| Reader::new(Agenda::default()).expect("the built-in tables load"));

fuzz_target!(|bytes: &[u8]| {
    let document = extract::article::document("fuzz", bytes.to_vec());
    let article = extract::article::read_article(&document, READER.lexicon());
    let mut before = 0;
    for paragraph in &article.paragraphs {
        let span = paragraph.span;
        assert!(before <= span.start);
        assert!(article.text.get(span.start..span.end).is_some());
        before = span.end;
    }
});
