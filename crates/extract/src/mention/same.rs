//! Whether two names are one person's.
//!
//! In: names, with what the article says of their bearers. Out: how sure it is that they
//! are one: the same words, a part of the other, another spelling. Refuses to know: which
//! entity a mention goes to.

use super::{
    again::is_initial_of,
    person::{given_and_last, last_part},
    surname::Surnames,
    syllable::Syllables,
};

/// Given names that sound further apart than this are two people's: 吉尔 and 乔.
const OTHER_GIVEN: f32 = 0.4;
/// Spellings of one name are this near, where office or given name agree.
const NEAR: f32 = 0.26;
/// Spellings of one name are this near, where nothing but the sound speaks for it.
const NEARLY_SAME: f32 = 0.07;

/// What else the article says of two bearers of like names.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context {
    /// Both speak for some party, and not for the same one.
    pub parties_differ: bool,
    /// Both have offices, and one office is the same.
    pub office_agrees: bool,
    /// Both have offices, and none is the same.
    pub offices_differ: bool,
}

/// Whether `name` is `other`, or a part of it, or the other way round: 里亚布科夫 and
/// 谢尔盖·里亚布科夫, 高市 and 高市早苗, 林 and 林芳正.
pub fn is_part(
    name: &str,
    other: &str,
    syllables: &Syllables,
    surnames: &Surnames,
) -> bool {
    if name == other {
        return true;
    }
    let parts = last_part(other) == name
        || last_part(name) == other
        || surnames.of_whole(other) == Some(name)
        || surnames.of_whole(name) == Some(other)
        || is_initial_of(name, other)
        || is_initial_of(other, name);
    let unjoined =
        ends_with_name(name, other, syllables) || ends_with_name(other, name, syllables);
    let both =
        last_part(other) == last_part(name) && !given_differs(name, other, syllables);
    parts || both || unjoined
}

/// Whether a foreign name without points ends with another: 杰克沙利文 with 沙利文.
fn ends_with_name(name: &str, other: &str, syllables: &Syllables) -> bool {
    name.strip_suffix(other).is_some_and(|given| {
        given.chars().count() >= 2 && other.chars().count() >= 2 && syllables.spell(name)
    })
}

/// Whether both have given names and they are not the same: 乔·拜登 and 吉尔·拜登.
pub fn given_differs(name: &str, other: &str, syllables: &Syllables) -> bool {
    given_is_apart(name, other, syllables, OTHER_GIVEN)
}

/// Whether both have given names and they sound no spellings of one name: 麦奇 and 赫齐.
pub fn given_is_no_spelling(name: &str, other: &str, syllables: &Syllables) -> bool {
    given_is_apart(name, other, syllables, NEAR)
}

fn given_is_apart(name: &str, other: &str, syllables: &Syllables, limit: f32) -> bool {
    match (given_and_last(name), given_and_last(other)) {
        (Some((a, _)), Some((b, _))) => {
            !a.starts_with(b) && !b.starts_with(a) && syllables.distance(a, b) > limit
        }
        _ => false,
    }
}

/// Whether two names spell one name: 普京 and 普丁 of one president, 季莫费耶夫 and
/// 季莫菲耶夫 of anybody.
pub fn is_spelling(
    name: &str,
    other: &str,
    context: Context,
    syllables: &Syllables,
) -> bool {
    let (last, own) = (last_part(name), last_part(other));
    let length = last.chars().count().min(own.chars().count());
    let foreign = syllables.spell(last) && syllables.spell(own) && length >= 2;
    if !foreign || context.parties_differ || given_differs(name, other, syllables) {
        return false;
    }
    let apart = syllables.distance(last, own);
    let given_agrees = given_and_last(name).is_some() && given_and_last(other).is_some();
    if context.office_agrees || given_agrees && !context.offices_differ {
        return apart <= NEAR;
    }
    length >= 3 && apart <= NEARLY_SAME && !context.offices_differ
}
