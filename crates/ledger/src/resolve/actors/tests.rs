//! Forms that are one, and forms that stay apart.

use super::{Form, Identity, block, identify};

/// A person's form: name, sound, party, offices.
fn person(name: &str, sound: &str, party: &str, roles: &[&str]) -> Form {
    let own = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    Form {
        id: format!("{name}|{party}"),
        name: name.to_owned(),
        folded: name.to_owned(),
        sound: sound.replace(' ', "\t"),
        kind: "person".to_owned(),
        party: (!party.is_empty()).then(|| party.to_owned()),
        known: None,
        roles: own(roles),
        surfaces: own(&[name]),
        is_private: false,
        documents: 1,
    }
}

/// The names of every identity's forms.
fn together(forms: &[Form]) -> Vec<Vec<String>> {
    let names = |identity: &Identity| {
        let mut names: Vec<String> = identity
            .members
            .iter()
            .map(|member| {
                let form = &forms[*member];
                format!("{} {}", form.folded, form.party.as_deref().unwrap_or("-"))
            })
            .collect();
        names.sort();
        names
    };
    let mut all: Vec<Vec<String>> = identify(forms).iter().map(names).collect();
    all.sort();
    all
}

fn are_one(forms: &[Form]) -> bool {
    let first = block(&forms[0]);
    forms.iter().all(|form| block(form) == first) && together(forms).len() == 1
}

#[test]
fn a_name_without_a_party_is_the_only_bearer_with_one() {
    let with = person("王小明", "h 王小明", "CHN", &["副外长"]);
    let without = person("王小明", "h 王小明", "", &["副外长"]);
    assert!(are_one(&[with, without]));
}

#[test]
fn two_parties_keep_one_name_apart_and_nobody_says_whose_the_third_is() {
    let forms = [
        person("王小明", "h 王小明", "CHN", &["副外长"]),
        person("王小明", "h 王小明", "SGP", &["船长"]),
        person("王小明", "h 王小明", "", &["医生"]),
    ];
    assert_eq!(together(&forms).len(), 3);
    let mut told = forms.clone();
    told[2].roles = vec!["船长".to_owned()];
    assert_eq!(together(&told), [vec!["王小明 -", "王小明 SGP"], vec!["王小明 CHN"]]);
}

#[test]
fn characters_tell_chinese_names_apart() {
    let forms = [
        person("马林", "a nln malin", "CHN", &["参赞"]),
        person("马琳", "a nln malin", "CHN", &["参赞"]),
    ];
    assert_eq!(together(&forms).len(), 2);
}

#[test]
fn spellings_of_a_full_name_are_one_and_other_given_names_are_not() {
    let petrov = |given: &str, sound: &str| {
        person(&format!("{given}·佩特罗夫"), sound, "RUS", &["副外长"])
    };
    let one = petrov("谢尔盖", "f ptlf selke petlof");
    let other = person("谢尔盖·彼特罗夫", "f ptlf selke pitlof", "RUS", &[]);
    let brother = petrov("安东", "f ptlf anton petlof");
    assert!(are_one(&[one.clone(), other.clone()]));
    assert_eq!(together(&[one, other, brother]).len(), 2);
}

#[test]
fn a_family_name_goes_to_the_only_one_with_its_party_or_office() {
    let full = person("谢尔盖·佩特罗夫", "f ptlf selke petlof", "RUS", &["副外长"]);
    let short = person("佩特罗夫", "f ptlf petlof", "RUS", &[]);
    assert!(are_one(&[full.clone(), short.clone()]));
    let brother = person("安东·佩特罗夫", "f ptlf anton petlof", "RUS", &["船长"]);
    let told = person("佩特罗夫", "f ptlf petlof", "RUS", &["船长"]);
    assert_eq!(together(&[full.clone(), short, brother.clone()]).len(), 3);
    assert_eq!(
        together(&[full, told, brother]),
        [vec!["佩特罗夫 RUS", "安东·佩特罗夫 RUS"], vec!["谢尔盖·佩特罗夫 RUS"]]
    );
}

#[test]
fn a_family_name_spelt_otherwise_needs_party_and_office() {
    let full = person("谢尔盖·佩特罗夫", "f ptlf selke petlof", "RUS", &["副外长"]);
    let told = person("彼特罗夫", "f ptlf pitlof", "RUS", &["副外长"]);
    let bare = person("彼特罗夫", "f ptlf pitlof", "RUS", &[]);
    assert!(are_one(&[full.clone(), told]));
    assert_eq!(together(&[full, bare]).len(), 2);
}

#[test]
fn names_behind_which_one_latin_name_stands_are_one() {
    let mut one = person("奥莱·基珀", "f kp ole kipo", "UKR", &["州长"]);
    let mut other = person("奥莱赫·基佩尔", "f kp oleh kipe", "", &[]);
    one.surfaces.push("oleh kiper".to_owned());
    other.surfaces.push("oleh kiper".to_owned());
    let latin = person("oleh kiper", "l kp oleh kipe", "", &[]);
    assert!(are_one(&[one, other, latin]));
}

#[test]
fn a_japanese_surname_is_the_minister_of_that_name() {
    let full = person("山田太一", "j 山田 太一", "JPN", &["外务大臣"]);
    let short = person("山田", "j 山田", "", &["外务大臣"]);
    let other = person("山田", "j 山田", "", &["渔民"]);
    assert!(are_one(&[full.clone(), short]));
    assert_eq!(together(&[full, other]).len(), 2);
}

#[test]
fn offices_and_descriptions_are_nobody_and_alone() {
    let forms =
        [person("一名官员", "", "USA", &["官员"]), person("一名官员", "", "", &["官员"])];
    assert_ne!(block(&forms[0]), block(&forms[1]));
    assert!(identify(&forms[..1]).iter().all(|identity| !identity.is_somebody));
}

#[test]
fn bodies_of_one_party_are_one_and_of_no_party_alone() {
    let body = |name: &str, party: &str| Form {
        kind: "organisation".to_owned(),
        ..person(name, "o 渔业部", party, &[])
    };
    assert!(are_one(&[body("俄渔业部", "RUS"), body("俄罗斯渔业部", "RUS")]));
    assert_ne!(block(&body("渔业部", "")), block(&body("渔业部", "RUS")));
}

#[test]
fn the_order_of_the_forms_does_not_show() {
    let mut forms = vec![
        person("谢尔盖·佩特罗夫", "f ptlf selke petlof", "RUS", &["副外长"]),
        person("谢尔盖·彼特罗夫", "f ptlf selke pitlof", "", &[]),
        person("佩特罗夫", "f ptlf petlof", "RUS", &[]),
        person("彼特罗夫", "f ptlf pitlof", "RUS", &["副外长"]),
        person("安东·佩特罗夫", "f ptlf anton petlof", "UKR", &["船长"]),
        person("佩特罗夫", "f ptlf petlof", "", &["船长"]),
    ];
    let told = |forms: &[Form]| {
        let mut all: Vec<(String, Vec<String>)> = identify(forms)
            .into_iter()
            .map(|identity| {
                let mut why: Vec<String> = identity
                    .why
                    .iter()
                    .map(|why| {
                        let ids = (&forms[why.form].id, &forms[why.with].id);
                        format!("{ids:?} {} {}", why.reason.code(), why.common)
                    })
                    .collect();
                why.sort();
                (forms[identity.head].id.clone(), why)
            })
            .collect();
        all.sort();
        all
    };
    let expected = told(&forms);
    for _ in 0..forms.len() {
        forms.rotate_left(1);
        assert_eq!(told(&forms), expected);
        let reversed: Vec<Form> = forms.iter().rev().cloned().collect();
        assert_eq!(told(&reversed), expected);
    }
}
