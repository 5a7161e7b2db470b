//! Any bytes give a reading whose evidence re-reads to its exact words, twice the same.
#![no_main]

use extract::{Agenda, Reader};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static READER: LazyLock<Reader> =
    LazyLock::new(|| Reader::new(Agenda::default()).expect("the built-in tables load"));

fuzz_target!(|bytes: &[u8]| {
    let document = extract::article::document("fuzz", bytes.to_vec());
    let reading = READER.extract(&document);
    let text = &reading.article.text;
    let mentions = reading.mentions.iter().map(|m| &m.evidence);
    let contents = reading.statements.iter().flat_map(|s| &s.content);
    let moves = reading.moves.iter().map(|m| &m.evidence);
    let meetings = reading.meetings.iter().map(|m| &m.evidence);
    for evidence in mentions.chain(contents).chain(moves).chain(meetings) {
        let words = text.get(evidence.span.start..evidence.span.end);
        assert_eq!(words, Some(evidence.words.as_str()));
    }
    assert_eq!(reading, READER.extract(&document));
});
