//! What an agenda tells of a clause, and what it says of its own mistakes.

use super::Agenda;

fn issue(clause: &str) -> Option<String> {
    Agenda::builtin().issue_of(clause).map(|issue| issue.id.clone())
}

/// The one mistake of a text as it is printed.
#[track_caller]
fn mistake(text: &str) -> String {
    Agenda::parse(text).expect_err("the text has a mistake").to_string()
}

#[test]
fn builtin_agenda_has_no_mistake() {
    let agenda = Agenda::builtin();
    assert_eq!(agenda.title, "European security");
    assert!(agenda.issues.len() > 20, "{}", agenda.issues.len());
}

#[test]
fn issue_by_phrase() {
    assert_eq!(issue("俄方反对北约东扩").as_deref(), Some("nato-enlargement"));
    assert_eq!(issue("柏林暂停了北溪二号的审批").as_deref(), Some("nord-stream-2"));
    assert_eq!(issue("天气很好"), None);
}

#[test]
fn issue_by_parts_that_stand_apart() {
    let found = issue("北约应当保证今后不再接纳任何国家");
    assert_eq!(found.as_deref(), Some("nato-enlargement"));
}

#[test]
fn longer_phrase_hides_the_one_inside() {
    let agenda = Agenda::parse(
        "[[issue]]\nid = \"deal\"\nphrases = { zh = [\"协议\"] }\n\
         [[issue]]\nid = \"minsk\"\nphrases = { zh = [\"明斯克协议\"] }",
    )
    .expect("the text is an agenda");
    let issues = agenda.issues_in("落实明斯克协议");
    assert_eq!(issues.iter().map(|i| i.id.as_str()).collect::<Vec<_>>(), ["minsk"]);
}

#[test]
fn latin_phrase_is_a_whole_word_or_its_beginning() {
    let agenda = Agenda::parse(
        "[[issue]]\nid = \"npt\"\nphrases = { en = [\"NPT\"], ru = [\"санкци*\"] }",
    )
    .expect("the text is an agenda");
    assert!(agenda.issue_of("the NPT review").is_some());
    assert!(agenda.issue_of("重申NPT的作用").is_some());
    assert!(agenda.issue_of("SYNPTIC").is_none());
    assert!(agenda.issue_of("новые санкции").is_some());
}

#[test]
fn traditional_phrase_meets_the_folded_text() {
    let text = "[[issue]]\nid = \"steel\"\nphrases = { zh = [\"鋼鐵關稅\"] }";
    let agenda = Agenda::parse(text).expect("the text is an agenda");
    assert!(agenda.issue_of("钢铁关税").is_some());
}

#[test]
fn track_by_words_or_by_parties() {
    let agenda = Agenda::builtin();
    let track = |parties: &[&str], words| {
        agenda.track_of(parties, words).map(|track| track.id.clone())
    };
    let words = "北约－俄罗斯理事会在布鲁塞尔开会";
    assert_eq!(track(&["NATO", "RUS"], words).as_deref(), Some("nato-russia-council"));
    assert_eq!(track(&["USA", "RUS"], "双方会晤").as_deref(), Some("russia-us"));
    assert_eq!(track(&["JPN", "KOR"], "双方会晤"), None);
}

#[test]
fn instruments_with_their_places() {
    let agenda = Agenda::builtin();
    let text = "退出《中程核力量条约》之后";
    let found = agenda.instruments_in(text);
    let found: Vec<_> = found.iter().map(|(s, i)| (s.of(text), i.id.as_str())).collect();
    assert_eq!(found, [("中程核力量条约", "inf-treaty")]);
}

#[test]
fn people_and_parties_become_names() {
    let agenda = Agenda::parse(
        "[[party]]\ncode = \"ZZZ\"\nname = \"Atlantis\"\nnames = { zh = [\"亚特兰蒂斯\"] }\n\
         [[person]]\nname = \"Sergei Lavrov\"\nparty = \"RUS\"\nnames = { zh = [\"拉氏\"] }",
    )
    .expect("the text is an agenda");
    let names = agenda.names();
    let ids: Vec<&str> = names.iter().map(|name| name.id.as_str()).collect();
    assert_eq!(ids, ["state:ZZZ", "person:sergei-lavrov"]);
    let lexicon = crate::lexicon::Lexicon::load(&agenda, crate::Ablation::default())
        .expect("the tables are sound");
    let lavrov = lexicon.names.by_id("person:sergei-lavrov").expect("a row");
    assert!(lavrov.zh.iter().any(|word| word == "拉氏"));
    assert!(lavrov.zh.iter().any(|word| word == "拉夫罗夫"));
}

#[test]
fn mistakes_tell_line_and_help() {
    let cases = [
        ("title = 1", "line 1: title is no text; put it in quotation marks"),
        ("\nisue = 1", "line 2: an agenda has no key \"isue\"; did you mean \"issue\"?"),
        ("[issue]\nid = \"a\"", "line 1: \"issue\" is no list of tables"),
        ("[[issue]]\nphrases = { zh = [\"甲\"] }", "line 1: this issue has no id"),
        ("[[issue]]\nid = \"a\"", "line 1: the issue \"a\" has no phrase"),
        (
            "[[issue]]\nid = \"a\"\nphrases = { zh = [] }",
            "line 3: the list of phrases in zh",
        ),
        (
            "[[issue]]\nid = \"a\"\nphrase = 1",
            "line 3: an issue has no key \"phrase\"; did",
        ),
        (
            "[[issue]]\nid = \"a b\"\nphrases = { zh = [\"甲\"] }",
            "line 2: \"a b\" is no id",
        ),
        (
            "[[track]]\nid = \"t\"\nparties = [\"RUZ\"]",
            "line 3: the party \"RUZ\" is unknown",
        ),
        ("[[person]]\nname = \"A\"\nparty = \"rus\"", "did you mean \"RUS\"?"),
        ("[[party]]\ncode = \"QQQ\"", "line 2: the party \"QQQ\" is unknown"),
        ("[[instrument]]\nid = \"x\"\nphrases = { zh = [\"a*b\"] }", "is no phrase"),
        ("[[issue]]\nid = \"a\"\nall = [\"甲\"]", "line 3: all is no list of two lists"),
        ("title = \"a", "line 1: "),
    ];
    for (text, expected) in cases {
        let told = mistake(text);
        assert!(told.contains(expected), "{text:?}: {told}");
    }
}

#[test]
fn id_that_stands_twice() {
    let one = "[[issue]]\nid = \"a\"\nphrases = { zh = [\"甲\"] }\n";
    let told = mistake(&format!("{one}{one}"));
    assert_eq!(told, "line 5: the issue \"a\" stands twice; give one of them another id");
}

#[test]
fn track_with_an_unknown_issue() {
    let told = mistake(
        "[[issue]]\nid = \"tariffs\"\nphrases = { zh = [\"关税\"] }\n\
         [[track]]\nid = \"t\"\nparties = [\"USA\"]\nissues = [\"tarifs\"]",
    );
    assert!(
        told.contains("line 7") && told.contains("did you mean \"tariffs\""),
        "{told}"
    );
}

#[test]
fn every_mistake_is_told() {
    let told =
        mistake("titel = \"x\"\n[[issue]]\nid = \"a\"\n[[person]]\nparty = \"RUS\"");
    assert_eq!(told.lines().count(), 3, "{told}");
}
