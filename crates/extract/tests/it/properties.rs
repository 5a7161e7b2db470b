//! What holds of every reading, whatever the document.
//!
//! Spans fall on character boundaries and re-read to their exact words; sentences rejoin
//! to their paragraphs; numbers point at what exists; the same bytes give the same reading;
//! nothing makes the reader fail. Held on documents made at random from pieces of the
//! captured forms, and on the captured documents themselves where they are at hand.

use super::shared;
use extract::{Agenda, Reader};
use proptest::prelude::*;
use record::{Document, EntityId, Evidence, Paragraph, Reading, Span};
use std::sync::LazyLock;

static READER: LazyLock<Reader> =
    LazyLock::new(|| Reader::new(Agenda::default()).expect("the built-in tables load"));

fn read(bytes: &[u8]) -> (Document, Reading) {
    let mut document = extract::article::document("sample.md", bytes.to_vec());
    document.published_hint = Some("2022-01-12".to_owned());
    let reading = READER.extract(&document);
    (document, reading)
}

/// Every piece of evidence that a reading rests on.
fn evidence(reading: &Reading) -> Vec<&Evidence> {
    let mut all: Vec<&Evidence> = Vec::new();
    all.extend(reading.mentions.iter().map(|m| &m.evidence));
    all.extend(reading.timexes.iter().map(|t| &t.evidence));
    all.extend(reading.entities.iter().flat_map(|e| e.roles.iter().map(|r| &r.evidence)));
    for s in &reading.statements {
        all.extend(s.speaker_surface.iter().chain(&s.cue).chain(&s.content));
        all.extend(s.addressee.iter().chain(&s.occasion));
    }
    for m in &reading.moves {
        all.push(&m.evidence);
        all.extend(m.condition.iter().map(|c| &c.evidence));
    }
    for m in &reading.meetings {
        all.push(&m.evidence);
        all.extend(m.mentions.iter().chain(&m.outcome));
    }
    all
}

fn check_evidence(document: &Document, reading: &Reading) {
    let article = &reading.article;
    let utf8 = std::str::from_utf8(&document.bytes).ok();
    for evidence in evidence(reading) {
        let words = article.text.get(evidence.span.start..evidence.span.end);
        let path = &document.path;
        assert_eq!(words, Some(evidence.words.as_str()), "{path}: {:?}", evidence.span);
        assert_eq!(evidence.document, document.id, "{path}");
        check_in_document(document, utf8, reading, evidence);
    }
    let spans = reading.statements.iter().map(|s| s.span);
    for span in spans.chain(reading.doubts.iter().map(|d| d.span)) {
        assert!(article.text.get(span.start..span.end).is_some(), "{}", document.path);
    }
}

/// A span's place in the file as captured begins and ends with the span's own characters,
/// where these stand there as they are: of an entity (`&mdash;`) only the text has one.
fn check_in_document(
    document: &Document,
    utf8: Option<&str>,
    reading: &Reading,
    evidence: &Evidence,
) {
    let Span { start, end } = reading.article.in_document(evidence.span);
    let path = &document.path;
    assert!(start <= end && end <= document.bytes.len(), "{path}: {start}..{end}");
    let Some(utf8) = utf8.filter(|_| reading.article.charset == "UTF-8") else { return };
    let Some(words) = utf8.get(start..end) else {
        panic!("{path}: {start}..{end} cuts a character of {:?}", evidence.words);
    };
    let stands = |at: usize| {
        let paragraph = reading.article.paragraph_at(at);
        paragraph.is_some_and(|p| p.runs.iter().any(|r| r.0 <= at && at < r.0 + r.2))
    };
    let first = evidence.words.chars().next();
    let last = evidence.words.chars().next_back();
    if let Some(first) = first.filter(|_| stands(evidence.span.start)) {
        assert!(words.starts_with(first), "{path}: {evidence:?} stands as {words:?}");
    }
    if let Some(last) = last.filter(|_| stands(evidence.span.end - 1)) {
        assert!(words.ends_with(last), "{path}: {evidence:?} stands as {words:?}");
    }
}

fn check_sentences(path: &str, reading: &Reading) {
    let article = &reading.article;
    let mut at = 0;
    for (number, paragraph) in article.paragraphs.iter().enumerate() {
        assert!(article.text.get(paragraph.span.start..paragraph.span.end).is_some());
        let mut covered = paragraph.span.start;
        while let Some(sentence) = reading.sentences.get(at) {
            if sentence.paragraph != number {
                break;
            }
            assert_eq!(sentence.span.start, covered, "{path}: a gap or an overlap");
            assert!(!sentence.span.is_empty(), "{path}: an empty sentence");
            assert!(article.text.is_char_boundary(sentence.span.end), "{path}");
            covered = sentence.span.end;
            at += 1;
        }
        let none = covered == paragraph.span.start;
        assert!(none || covered == paragraph.span.end, "{path}: a paragraph cut short");
    }
    assert_eq!(at, reading.sentences.len(), "{path}: sentences of no paragraph");
}

fn check_paragraphs(document: &Document, reading: &Reading) {
    let article = &reading.article;
    let path = &document.path;
    let mut before = 0;
    for paragraph in &article.paragraphs {
        assert!(before <= paragraph.span.start, "{path}: paragraphs overlap");
        before = paragraph.span.end;
        let end = paragraph.document.end;
        assert!(end <= document.bytes.len(), "{path}: a paragraph ends at {end}");
        check_runs(document, reading, paragraph);
    }
    assert!(before <= article.text.len(), "{path}");
}

/// Runs lie in order; in a UTF-8 document they stand in text and document alike, in any
/// other they map where each begins.
fn check_runs(document: &Document, reading: &Reading, paragraph: &Paragraph) {
    let (article, path) = (&reading.article, &document.path);
    let mut before = (paragraph.span.start, 0);
    for &(at, place, len) in &paragraph.runs {
        assert!(before <= (at, place) && at <= paragraph.span.end, "{path}: {at}");
        assert!(article.text.is_char_boundary(at), "{path}: {at}");
        assert!(place + len <= document.bytes.len(), "{path}: {place}");
        before = (at, place);
        if article.charset == "UTF-8" {
            let words = article.text.get(at..at + len).map(str::as_bytes);
            assert_eq!(document.bytes.get(place..place + len), words, "{path}: {at}");
            before = (at + len, place + len);
        }
    }
}

fn check_numbers(path: &str, reading: &Reading) {
    let known = |id: EntityId| (id.0 as usize) < reading.entities.len();
    for (at, entity) in reading.entities.iter().enumerate() {
        assert_eq!(entity.id.0 as usize, at, "{path}");
    }
    for (at, mention) in reading.mentions.iter().enumerate() {
        assert!(mention.id.0 as usize == at && known(mention.entity), "{path}");
    }
    for s in &reading.statements {
        assert!(known(s.speaker) && s.chain.iter().all(|&id| known(id)), "{path}");
        assert!((0.0..=1.0).contains(&s.confidence), "{path}");
    }
    for m in &reading.moves {
        assert!(m.by.is_none_or(known), "{path}");
        assert!(m.statement.is_none_or(|at| at < reading.statements.len()), "{path}");
        assert!((0.0..=1.0).contains(&m.confidence), "{path}");
    }
    for m in &reading.meetings {
        assert!(m.participants.iter().all(|&id| known(id)), "{path}");
        assert!((0.0..=1.0).contains(&m.confidence), "{path}");
    }
    for sentence in &reading.sentences {
        assert!(sentence.paragraph < reading.article.paragraphs.len(), "{path}");
    }
}

fn check(document: &Document, reading: &Reading) {
    check_paragraphs(document, reading);
    check_sentences(&document.path, reading);
    check_evidence(document, reading);
    check_numbers(&document.path, reading);
}

fn serialised(reading: &Reading) -> String {
    serde_json::to_string(reading).expect("a reading can be written as JSON")
}

/// Pieces of the captured forms, in words of our own.
const PIECES: &[&str] = &[
    "---\ntitle: 会谈的第二天\ndate: 2022-01-11 09:30:00 +0800\n---\n",
    "<!--1641860760000-->\n[两国代表再次会面](https://news.example/2022/01/11/talks)\n------\n",
    "[首页](/) > [国际](/world) > 正文\n\n",
    "作者：[[zh:某某]] 编辑：某某 来源：某社\n\n",
    "# 俄美代表在日内瓦举行会谈\n\n",
    "![picture](/images/2022/01/11/a.jpg)\n",
    "<p>俄罗斯副外长里亚布科夫周一<b>表示</b>，会谈“很难，但是&nbsp;有用”。</p>",
    "<div><p>美國國務卿布林肯在電話中對拉夫羅夫說：「我們要求俄方撤軍。」</p>\n",
    "里亚布科夫说：“我们不会让步，”他补充道，“如果对方拒绝，后果自负。”\n",
    "美国总统拜登与俄罗斯总统普京定于12月7日举行视频会晤，会晤持续了两小时。",
    "普丁昨天警告北約，若在烏克蘭部署飛彈，莫斯科將作出回應。",
    "他还表示，明天将在布鲁塞尔再谈一次",
    "克里姆林宫发言人（佩斯科夫）称“这是‘红线’，不容谈判",
    "”」』’",
    "“「『‘\"",
    "。！？……；，、",
    "[[zh:谢尔盖·里亚布科夫;zh-tw:謝爾蓋·里亞布科夫]]",
    "[[zh:",
    "]]",
    "2021年12月底 去年 下周三 本月10日 5月19日晚 上世纪90年代 2022-13-45",
    "据塔斯社援引外交部消息人士的话报道，",
    "&amp;&#x4e2d;&#99999999;&lt;script&gt;",
    "<script>var a = '会谈';</script><style>p{}</style>",
    "<table><tr><td><ul><li><a href='/x'>相关阅读：",
    "</p></div></td>",
    "\u{feff}\u{200b}\u{3000}\u{a0}\t\r\n\r\n",
    "𠀀𪚥👨‍👩‍👧ﬁ①ＮＡＴＯ·•・‧",
    "Russia's deputy foreign minister said talks would go on. ",
    "Заместитель министра заявил: «Мы ждём ответа». ",
    "Заява президента України щодо розмови. ",
    "免责声明：本文仅代表作者个人观点。\n",
    "\n\n",
    "\0\u{1}\u{85}\u{2028}",
];

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => proptest::sample::select(PIECES).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
        1 => "[一-龥，。“”「」]{0,20}",
        1 => "[〇一二三四五六七八九十百0-9年月日号点时周至到前后初底中旬-]{0,12}",
    ]
}

/// Pieces in any order, some of them with a stretch of characters lost.
fn text() -> impl Strategy<Value = String> {
    let damaged = (piece(), any::<prop::sample::Index>(), 0usize..4).prop_map(
        |(piece, from, lost)| {
            let chars: Vec<char> = piece.chars().collect();
            let from = from.index(chars.len() + 1);
            let kept = chars.iter().enumerate();
            kept.filter(|(at, _)| *at < from || *at >= from + lost)
                .map(|x| *x.1)
                .collect()
        },
    );
    prop::collection::vec(damaged, 0..14).prop_map(|parts: Vec<String>| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: if cfg!(debug_assertions) { 300 } else { 3000 },
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_mixture_of_captured_forms_reads_to_its_exact_words(text in text()) {
        let (document, reading) = read(text.as_bytes());
        check(&document, &reading);
    }

    #[test]
    fn the_same_document_twice_gives_the_same_bytes(text in text()) {
        let (_, first) = read(text.as_bytes());
        let (_, second) = read(text.as_bytes());
        prop_assert_eq!(serialised(&first), serialised(&second));
    }

    #[test]
    fn no_bytes_make_the_reader_fail(
        mut bytes in prop_oneof![
            text().prop_map(String::into_bytes),
            prop::collection::vec(any::<u8>(), 0..400),
        ],
        faults in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        cut in any::<prop::sample::Index>(),
    ) {
        for (at, byte) in faults {
            if !bytes.is_empty() {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
        }
        bytes.truncate(bytes.len() - cut.index(bytes.len() + 1) / 8);
        let (document, reading) = read(&bytes);
        check(&document, &reading);
    }

    #[test]
    fn a_reading_survives_being_written_down(text in text()) {
        let (_, reading) = read(text.as_bytes());
        let again: Reading = serde_json::from_str(&serialised(&reading)).unwrap();
        prop_assert_eq!(again, reading);
    }
}

#[test]
fn captured_documents_read_to_their_exact_words() {
    let step = if cfg!(debug_assertions) { 10 } else { 1 };
    let mut count = 0;
    for document in shared::documents(step) {
        check(&document, &READER.extract(&document));
        count += 1;
    }
    println!("{count} captured documents");
}

#[test]
fn captured_documents_read_alike_by_two_readers() {
    let other = Reader::new(Agenda::default()).expect("the built-in tables load");
    for document in shared::documents(if cfg!(debug_assertions) { 50 } else { 10 }) {
        let (first, second) = (READER.extract(&document), other.extract(&document));
        assert_eq!(serialised(&first), serialised(&second), "{}", document.path);
    }
}

#[test]
fn captured_documents_that_broke_off_still_read() {
    for mut document in shared::documents(if cfg!(debug_assertions) { 100 } else { 10 }) {
        for part in 1..8 {
            let cut = document.bytes.len() * part / 8;
            let bytes = document.bytes[..cut].to_vec();
            let piece = extract::article::document(&document.path, bytes);
            check(&piece, &READER.extract(&piece));
        }
        document.bytes.reverse();
        let backwards = extract::article::document(&document.path, document.bytes);
        check(&backwards, &READER.extract(&backwards));
    }
}
