//! By what names of different articles are compared.
//!
//! In: an entity. Out: its name in one script and how it sounds,
//! as one line of text that the ledger can keep. Refuses to know: other articles.
//!
//! A sound is a letter for its sort, the frame of the family name's consonants, and the
//! parts of the name, family name last, separated by tabs:
//!
//! | letter | sort | example |
//! | --- | --- | --- |
//! | `f` | foreign, in Chinese characters | 谢尔盖·里亚布科夫: `f lpkf selke liapkof` |
//! | `l` | in Latin or Cyrillic letters | Ryabkov: `l lpkf lapkof` |
//! | `a` | foreign or Chinese: all characters may be of either | 马林: `a nln malin` |
//! | `j` | Japanese; the parts are surname and given name | 高市早苗: `j 高市 早苗` |
//! | `h` | Chinese or Korean | 王毅: `h 王毅` |
//! | `w` | words of Chinese, such as the name that a translator goes by | 信心满满: `w 信心满满` |
//! | `o` | a body, without the name of its party before it | 俄外交部: `o 外交部` |
//!
//! Offices and descriptions (一名官员), which name nobody, have none.

use super::sounds::frame;
use crate::{
    lang::zh,
    lexicon::{Lexicon, Name, Table},
};
use record::{ActorType, Entity};

/// A name as it is compared with those of other articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameKey {
    /// The name in one script, without markup, with one sort of point between its parts.
    pub folded: String,
    /// The entity's surfaces likewise, in its order.
    pub surfaces: Vec<String>,
    /// The entity's offices likewise, in its order, by their usual words and without the
    /// name of its party before them: 外长 for 英国外交大臣.
    pub offices: Vec<String>,
    /// How it sounds, in the form that this module's head describes; empty where nothing
    /// names the entity.
    pub sound: String,
}

/// The key of an entity. Name and sound are the same wherever name, kind, party and row are.
pub fn name_key(entity: &Entity, lexicon: &Lexicon) -> NameKey {
    let party = entity.party.as_deref();
    let name = folded(&entity.name, lexicon);
    let row = entity.known.as_deref().and_then(|id| lexicon.names.by_id(id));
    let sound = match (row, entity.kind) {
        (Some(row), ActorType::Person) => person(&spelling(row, lexicon), lexicon),
        (None, ActorType::Person) if is_office(&name, lexicon) => String::new(),
        (None, ActorType::Person) => person(&name, lexicon),
        // Which embassy is meant, only a town would say.
        (None, ActorType::Organisation) if lexicon.parts.is_of_many(&name) => {
            String::new()
        }
        (row, ActorType::Organisation) => {
            let row = row.and_then(|row| row.zh.first());
            let own = row.map_or_else(|| name.clone(), |own| folded(own, lexicon));
            format!("o\t{}", without_party(&own, party, lexicon))
        }
        _ => format!("o\t{name}"),
    };
    let surfaces = entity.surfaces.iter().map(|words| folded(words, lexicon));
    let roles = entity.roles.iter().map(|role| folded(&role.text, lexicon));
    let offices = roles.map(|role| {
        lexicon
            .parts
            .office(without_party(&role, party, lexicon).trim_start_matches('的'))
    });
    NameKey {
        surfaces: surfaces.collect(),
        offices: offices.collect(),
        folded: name,
        sound,
    }
}

/// Whether what an entity is called is an office, a description or a pronoun: 乌克兰副总理,
/// 分析人士, 双方.
fn is_office(name: &str, lexicon: &Lexicon) -> bool {
    let bare = name.trim_end_matches('们');
    let hits = lexicon.scan(bare);
    let ends = hits.of(Table::Titles).iter().any(|hit| hit.span.end == bare.len());
    let whole = hits.of(Table::Words).iter().any(|hit| {
        let class = lexicon.words[hit.row as usize].class.as_str();
        hit.span.end == bare.len() && matches!(class, "pronoun" | "collective")
    });
    !name.contains('·') && (ends || whole)
}

/// The name in one script: no markup, one sort of point, small letters.
fn folded(name: &str, lexicon: &Lexicon) -> String {
    let plain = name.replace("[[zh:", "").replace("]]", "").replace('\\', "");
    let mut folded = String::new();
    let standard = |c| lexicon.sounds.standard(lexicon.fold().fold(c));
    for c in plain.trim().chars().map(standard) {
        let han = folded.chars().next_back().is_some_and(zh::is_han);
        match c {
            _ if zh::is_interpunct(c) => folded.push('·'),
            // 奥尔加-苏琴科, 珍.帕萨奇, 伊根尼 考尼茨克.
            '-' | '–' | '—' | '.' | ' ' if han => folded.push('·'),
            // al-Thani, al Thani.
            '-' | '–' => folded.push(' '),
            // What İ leaves behind in small letters.
            '\u{307}' => {}
            _ if c.is_whitespace() => folded.push(' '),
            _ => folded.extend(c.to_lowercase().filter(|c| *c != '\u{307}')),
        }
    }
    let parts: Vec<&str> = folded.split('·').map(str::trim).collect();
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("·")
}

/// The fullest Chinese name of a row, else its English one.
fn spelling(row: &Name, lexicon: &Lexicon) -> String {
    let spellings = row.zh.iter().map(|name| folded(name, lexicon));
    let full = spellings.clone().find(|name| name.contains('·'));
    let plain = full.or_else(|| spellings.max_by_key(|name| name.chars().count()));
    plain.unwrap_or_else(|| folded(&row.name, lexicon))
}

fn person(name: &str, lexicon: &Lexicon) -> String {
    let (surnames, syllables) = (&lexicon.surnames, &lexicon.syllables);
    if !name.chars().any(zh::is_han) {
        return heard('l', name, lexicon);
    }
    if name.contains('·') {
        return heard('f', name, lexicon);
    }
    if let Some(surname) = surnames.of_whole(name) {
        return format!("j\t{surname}\t{}", &name[surname.len()..]);
    }
    if surnames.is_japanese(name) {
        return format!("j\t{name}");
    }
    let length = name.chars().count();
    let first = name.chars().next().is_some_and(|c| surnames.is_single(c));
    match syllables.spell(name) && length >= 2 {
        true if first && length <= 3 => heard('a', name, lexicon),
        true => heard('f', name, lexicon),
        false if (first || surnames.long(name).is_some()) && length <= 4 => {
            format!("h\t{name}")
        }
        false => format!("w\t{name}"),
    }
}

/// A name by its sounds; the given names in their usual form.
fn heard(sort: char, name: &str, lexicon: &Lexicon) -> String {
    let of = |part: &str| match part.chars().any(zh::is_han) {
        true => lexicon.sounds.of_characters(part, &lexicon.syllables),
        false => lexicon.sounds.of_letters(part),
    };
    let mut parts = lexicon.parts.split(name);
    let family = parts.pop().map(|part| of(&part)).unwrap_or_default();
    let mut sound = format!("{sort}\t{}", frame(&family));
    for part in parts {
        let given = lexicon.parts.given(&part).map_or_else(|| of(&part), str::to_owned);
        sound.push('\t');
        sound.push_str(&given);
    }
    sound.push('\t');
    sound.push_str(&family);
    sound
}

/// A body's name without its party's before it: 外交部 of 俄罗斯外交部 and 俄外交部.
fn without_party(name: &str, party: Option<&str>, lexicon: &Lexicon) -> String {
    let row = party.and_then(|party| lexicon.names.row_of_state(party));
    let Some(row) = row.map(|at| lexicon.names.row(at)) else { return name.to_owned() };
    let prefix = row
        .zh
        .iter()
        .chain(&row.zh_short)
        .map(|word| folded(word, lexicon))
        .filter(|word| name.starts_with(word.as_str()))
        .max_by_key(String::len);
    let rest = prefix.map_or(name, |prefix| &name[prefix.len()..]);
    match rest.chars().count() >= 2 {
        true => rest.to_owned(),
        false => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Ablation, Agenda, lexicon::Rows};

    fn lexicon() -> Lexicon {
        Lexicon::load(&Agenda::empty(), Ablation::default())
            .expect("the tables are sound")
    }

    fn sound(name: &str, lexicon: &Lexicon) -> String {
        person(&folded(name, lexicon), lexicon)
    }

    fn frame_of(name: &str, lexicon: &Lexicon) -> String {
        let sound = sound(name, lexicon);
        sound.split('\t').nth(1).unwrap_or("").to_owned()
    }

    /// Rows whose example, one name in two scripts, has not one frame or lacks the row.
    fn wrong(file: &'static str, text: &'static str, lexicon: &Lexicon) -> Vec<String> {
        let rows = Rows::parse(file, text).expect("the table is well formed");
        let mut wrong = Vec::new();
        for row in rows.iter() {
            let example = row.cell("example").expect("a table has examples");
            let (one, other) = example.split_once('=').expect("two spellings");
            let (a, b) = (frame_of(one, lexicon), frame_of(other, lexicon));
            let has = example.to_lowercase().contains(row.first());
            if a != b || !has {
                wrong.push(format!("{}: {example}: {a} {b}", row.rule().as_str()));
            }
        }
        wrong
    }

    #[test]
    fn every_row_of_sounds_makes_two_scripts_meet() {
        let lexicon = lexicon();
        let mut all = wrong(
            "shared/letters",
            include_str!("../../lexicon/shared/letters.tsv"),
            &lexicon,
        );
        all.extend(wrong(
            "zh/sounds",
            include_str!("../../lexicon/zh/sounds.tsv"),
            &lexicon,
        ));
        assert!(all.is_empty(), "{all:#?}");
    }

    #[test]
    fn every_spelling_of_a_given_name_is_one() {
        let lexicon = lexicon();
        let rows =
            Rows::parse("shared/given", include_str!("../../lexicon/shared/given.tsv"))
                .expect("the table is well formed");
        for row in rows.iter() {
            let example = row.cell("example").expect("a table has examples");
            let (one, other) = example.split_once('=').expect("two spellings");
            let (family, given) =
                other.split_once(", ").expect("family name, given name");
            let other = sound(&format!("{given} {family}"), &lexicon);
            let one = sound(one, &lexicon);
            let parts = |sound: &str| {
                sound.split('\t').skip(1).take(2).map(str::to_owned).collect::<Vec<_>>()
            };
            assert_eq!(parts(&one), parts(&other), "{example}");
            assert!(row.list("spellings").is_ok_and(|all| !all.is_empty()), "{example}");
        }
    }

    #[test]
    fn every_part_of_names_is_read_in_its_example() {
        let lexicon = lexicon();
        let rows = Rows::parse(
            "shared/name-parts",
            include_str!("../../lexicon/shared/name-parts.tsv"),
        )
        .expect("the table is well formed");
        for row in rows.iter() {
            let example = row.cell("example").expect("a table has examples");
            assert!(example.contains(row.first()), "{example}");
            match example.split_once('=') {
                Some((one, other)) => {
                    let (a, b) = (frame_of(one, &lexicon), frame_of(other, &lexicon));
                    assert_eq!(a, b, "{example}");
                }
                None if row.cell("class").is_ok_and(|class| class == "many") => {
                    assert!(lexicon.parts.is_of_many(example), "{example}");
                }
                None => assert_eq!(lexicon.parts.split(example), [example]),
            }
        }
    }

    #[test]
    fn every_office_is_called_by_its_usual_word() {
        let lexicon = lexicon();
        let rows =
            Rows::parse("zh/offices", include_str!("../../lexicon/zh/offices.tsv"))
                .expect("the table is well formed");
        for row in rows.iter() {
            let example = row.cell("example").expect("a table has examples");
            let (one, other) = example.split_once('=').expect("two words");
            assert_eq!(lexicon.parts.office(one), other, "{example}");
        }
    }

    #[test]
    fn every_variant_is_folded_in_its_example() {
        let lexicon = lexicon();
        let rows =
            Rows::parse("zh/variants", include_str!("../../lexicon/zh/variants.tsv"))
                .expect("the table is well formed");
        for row in rows.iter() {
            let example = row.cell("example").expect("a table has examples");
            let (text, _) = crate::marked::unmark(example);
            let standard = text.replace(row.first(), row.cell("standard").expect("cell"));
            assert!(text.contains(row.first()) && text != standard, "{example}");
            assert_eq!(sound(&text, &lexicon), sound(&standard, &lexicon), "{example}");
        }
    }

    #[test]
    fn spellings_of_one_family_name_have_one_frame() {
        let lexicon = lexicon();
        let one = [
            &["谢尔盖·里亚布科夫", "里亞布科夫", "瑞博科夫", "Ryabkov", "Рябков"][..],
            &["普京", "普丁", "普亭", "蒲亭", "Putin", "Путин"],
            &["泽连斯基", "泽伦斯基", "澤倫斯基", "司连斯基", "Zelensky", "Зеленский"],
            &["季莫费耶夫", "季莫菲耶夫", "Timofeev", "Тимофеев"],
            &["谢尔曼", "舍曼", "Sherman", "Шерман"],
        ];
        for names in one {
            for name in names {
                let frame = frame_of(name, &lexicon);
                assert_eq!(frame, frame_of(names[0], &lexicon), "{name}");
            }
        }
        let apart = ["里亚布科夫", "拉夫罗夫", "瓦西里耶夫", "瓦西里", "特列宁"];
        for (at, name) in apart.iter().enumerate() {
            for other in &apart[..at] {
                assert_ne!(frame_of(name, &lexicon), frame_of(other, &lexicon));
            }
        }
    }

    #[test]
    fn a_name_tells_its_sort() {
        let lexicon = lexicon();
        let sorts = [
            ("谢尔盖-里亚布科夫", 'f'),
            ("Ryabkov", 'l'),
            ("马林", 'a'),
            ("高市早苗", 'j'),
            ("高市", 'j'),
            ("王毅", 'h'),
            ("信心满满", 'w'),
        ];
        for (name, sort) in sorts {
            assert!(sound(name, &lexicon).starts_with(sort), "{name}");
        }
        for office in ["乌克兰副总理", "分析人士", "双方", "官员们"] {
            assert!(is_office(office, &lexicon), "{office}");
        }
        assert!(!is_office("里亚布科夫", &lexicon));
    }

    #[test]
    fn a_body_is_called_without_its_party() {
        let lexicon = lexicon();
        for name in ["俄罗斯渔业部", "俄渔业部", "渔业部"] {
            assert_eq!(without_party(name, Some("RUS"), &lexicon), "渔业部", "{name}");
        }
        assert_eq!(without_party("俄渔业部", None, &lexicon), "俄渔业部");
    }
}
