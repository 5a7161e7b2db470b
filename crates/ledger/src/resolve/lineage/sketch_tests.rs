use super::*;
use crate::resolve::lineage::sample::{prose, sentences};
use proptest::prelude::*;

#[test]
fn an_article_of_common_length_has_its_marks_and_tokens() {
    let text = prose(1, 50);
    let sketch = Sketch::of(&text);
    assert!((1000..1500).contains(&sketch.weight()), "{}", sketch.weight());
    assert!((200..=350).contains(&sketch.marks().len()), "{}", sketch.marks().len());
    assert!((30..=70).contains(&sketch.tokens().len()), "{}", sketch.tokens().len());
    assert!(sketch.to_bytes().len() <= 1_600);
}

#[test]
fn a_very_long_text_stays_bounded() {
    let sketch = Sketch::of(&prose(2, 4_000));
    assert!((300..=LONG).contains(&sketch.marks().len()));
    assert!((300..=MOST_TOKENS).contains(&sketch.tokens().len()));
    assert!(sketch.to_bytes().len() < 8_192);
}

#[test]
fn punctuation_spaces_widths_and_paragraphs_do_not_count() {
    let text =
        "双方于２０２１年５月签署《渔业备忘录》，ABC公司未到场。\n此事三日后才见报";
    let other = "双方于2021年5月签署“渔业备忘录” abc公司未到场；此事，三日后才见报。";
    assert_eq!(Sketch::of(text), Sketch::of(other));
    let changed = text.replace('５', "６");
    assert_ne!(Sketch::of(text), Sketch::of(&changed));
}

#[test]
fn markup_inside_names_is_no_letter() {
    let plain = "午后甲国外长与乙国外长在湖边会谈";
    let marked = "午后\u{1}\u{1}甲国\u{1}\u{1}外长与乙国外长在湖边会谈";
    assert_eq!(Sketch::of(plain), Sketch::of(marked));
}

#[test]
fn hashes_are_the_same_for_ever() {
    // Sketches are stored: should these numbers change, VERSION must as well.
    let sketch = Sketch::of("渡口的谈判又一次没有结果 Talks at the ferry failed again");
    let first = *sketch.marks().first().expect("it has marks");
    let token = *sketch.tokens().first().expect("it has tokens");
    assert_eq!((sketch.marks().len(), first, token), FIXED);
}
const FIXED: (usize, u32, u32) = (15, 3_514_319_266, 1_661_209_517);

#[test]
fn a_shared_run_gives_a_shared_token() {
    for seed in 0..200 {
        let (one, other) = (sentences(seed, 40), sentences(seed + 1000, 40));
        // 400 to 3,000 shingles: the window is 48, and 3 sentences are about 75 characters.
        let mixed = [&other[..20], &one[10..13], &other[20..]].concat().concat();
        let (a, b) = (Sketch::of(&one.concat()), Sketch::of(&mixed));
        let shared = a.tokens().iter().any(|token| b.tokens().contains(token));
        assert!(shared, "seed {seed}");
    }
}

#[test]
fn a_short_excerpt_of_a_long_text_shares_tokens() {
    let mut found = 0;
    for seed in 0..50 {
        let text = sentences(seed, 400);
        let (a, b) = (Sketch::of(&text.concat()), Sketch::of(&text[200..212].concat()));
        assert!(b.weight() < 400 && a.weight() > 3000);
        found += usize::from(a.tokens().iter().any(|token| b.tokens().contains(token)));
    }
    assert!(found >= 45, "{found} of 50");
}

#[test]
fn texts_without_a_whole_shingle_have_no_marks() {
    for text in ["", "。", "会谈", "two words"] {
        let sketch = Sketch::of(text);
        assert!(sketch.marks().is_empty() && sketch.tokens().is_empty(), "{text}");
        assert_eq!(Sketch::from_bytes(&sketch.to_bytes()), Some(sketch));
    }
}

#[test]
fn damaged_bytes_are_no_sketch() {
    let bytes = Sketch::of(&prose(3, 30)).to_bytes();
    assert_eq!(Sketch::from_bytes(&bytes[..bytes.len() - 1]), None);
    assert_eq!(Sketch::from_bytes(&[]), None);
    let mut other = bytes.clone();
    other[0] = 99;
    assert_eq!(Sketch::from_bytes(&other), None);
}

proptest! {
    #[test]
    fn any_text_comes_back_from_its_bytes(text in "\\PC*") {
        let sketch = Sketch::of(&text);
        prop_assert_eq!(Sketch::from_bytes(&sketch.to_bytes()), Some(sketch));
    }

    #[test]
    fn any_bytes_are_taken_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        if let Some(sketch) = Sketch::from_bytes(&bytes) {
            prop_assert_eq!(sketch.to_bytes(), bytes);
        }
    }
}
