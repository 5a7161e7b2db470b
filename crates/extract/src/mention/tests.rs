//! Who is named, and who is one.
//!
//! These are of Chinese: English and Russian are not read for names yet.

use crate::marked::{article, with_page};
use record::{ActorType, Entity, MentionForm};

fn entities(text: &str) -> Vec<Entity> {
    with_page(&article(text, Some("2022-01-10")), |page| super::find_mentions(page).0)
}

/// Asserts that one entity has exactly these surfaces.
fn one(text: &str, surfaces: &[&str]) {
    let found = entities(text);
    let bears = |entity: &Entity| {
        entity.surfaces.iter().map(String::as_str).eq(surfaces.iter().copied())
    };
    let all: Vec<_> = found.iter().map(|entity| &entity.surfaces).collect();
    assert!(found.iter().any(bears), "{surfaces:?} of {text}: {all:?}");
}

/// Whether an actor, and not only a place, is named so.
fn is_named(text: &str, surface: &str) -> bool {
    entities(text).iter().any(|entity| {
        entity.kind != ActorType::Place
            && entity.surfaces.iter().any(|own| own == surface)
    })
}

#[test]
fn named_in_full_then_short() {
    one(
        "斐济外长奥列格·西涅古波夫抵达。西涅古波夫说，会谈有益。",
        &["奥列格·西涅古波夫", "西涅古波夫"],
    );
    one("前部长高市早苗参加竞选。高市获得多数支持。", &["高市早苗", "高市"]);
    one("特使王小毅抵达。王特使表示，会谈有益。", &["王小毅"]);
}

#[test]
fn spelt_otherwise_by_another_desk() {
    one(
        "专家季莫费耶夫说，没有希望。季莫菲耶夫还说，要有耐心。",
        &["季莫费耶夫", "季莫菲耶夫"],
    );
    one(
        "挪威副外长瑞博科娃说，会谈很难。副外长里亚布科娃表示，不会让步。",
        &["瑞博科娃", "里亚布科娃"],
    );
}

#[test]
fn namesakes_stay_apart() {
    let found = entities("斐济总统托马斯·米勒抵达。部长卡琳娜·米勒表示欢迎。");
    let of = |name: &str| found.iter().position(|e| e.surfaces.iter().any(|s| s == name));
    assert_ne!(of("托马斯·米勒"), of("卡琳娜·米勒"));
}

#[test]
fn given_and_family_name_without_a_point() {
    one("挪威首相约纳斯斯特勒抵达。斯特勒说，会谈有益。", &["约纳斯斯特勒", "斯特勒"]);
}

#[test]
fn first_characters_of_two_who_meet() {
    one("白宫说，拜习会没有结果。拜登与习近平没有签署声明。", &["习", "习近平"]);
}

#[test]
fn seat_of_government_as_government_and_as_place() {
    assert!(is_named("俄罗斯没有回应。制裁只会刺激莫斯科。", "莫斯科"));
    assert!(!is_named("俄罗斯没有回应。双方在莫斯科会谈。", "莫斯科"));
    assert!(!is_named("俄罗斯没有回应。《莫斯科时报》报道此事。", "莫斯科"));
    // Of a state that is not spoken of, the seat is a place of talks.
    assert!(!is_named("乌克兰没有回应。维也纳没有传来消息。", "维也纳"));
}

#[test]
fn letter_as_a_state_and_as_a_word() {
    assert!(is_named("俄称不会让步。", "俄"));
    assert!(is_named("西方对华政策没有改变。", "华"));
    assert!(!is_named("俄罗斯于 2 月 24 日入侵乌克兰。", "日"));
}

#[test]
fn building_where_something_happens() {
    assert!(!is_named("总统在白宫会见客人。", "白宫"));
    assert!(is_named("白宫表示，会谈有益。", "白宫"));
}

#[test]
fn body_with_and_without_its_state() {
    one("斐济外交部没有回应。外交部发言人周五说，会谈有益。", &["斐济外交部", "外交部"]);
    one("生态保育联盟（EEA）周五发表报告。", &["生态保育联盟", "EEA"]);
    assert!(!is_named("两国官员认为联盟没有用处。", "联盟"));
}

#[test]
fn offices_stacked_before_a_name() {
    let found = entities("俄总统新闻秘书佩斯科夫说，会谈有益。");
    let held = found.iter().any(|e| e.roles.iter().any(|r| r.text == "俄总统新闻秘书"));
    assert!(held);
}

#[test]
fn body_that_a_word_points_back_to() {
    let text = "欧盟表示支持。该组织说，会谈有益。";
    let (entity, form) = with_page(&article(text, None), |page| {
        let (entities, mentions) = super::find_mentions(page);
        let mention = mentions.iter().find(|m| m.evidence.words == "该组织").cloned();
        let mention = mention.expect("the word is a mention");
        (entities[mention.entity.0 as usize].clone(), mention.form)
    });
    assert_eq!(form, MentionForm::Pronoun);
    assert_eq!(entity.party.as_deref(), Some("EU"));
}

#[test]
fn word_that_is_no_name() {
    for word in ["成为", "基本", "任期", "都对"] {
        let text = format!("官员们{word}表示支持。");
        assert!(!is_named(&text, word), "{text}");
    }
}
