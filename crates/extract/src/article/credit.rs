//! Who is named in the lines of credit: 作者：某某, 编辑：东京某团 / 某某.
//!
//! In: a paragraph's words. Out: where people stand in them. Refuses to know: what they
//! did for the article.

use super::marks::{Marks, Role, is_frame};
use super::sort::{Tables, split_label};
use crate::{lang::zh, lexicon::Lexicon};
use record::Span;

/// Longest name of a person in a line of credit, in characters.
const LONGEST: usize = 24;
/// What stands between a group and its member: 东京某团 / 某某, 某农场 — 某某.
const INSIDE: &[char] = &['/', '／', '—', '–', '－', '│', '丨', '|', '｜'];
/// Words that end the name of a group and not of a person.
const GROUPS: &[&str] = &[
    "组",
    "部",
    "团",
    "社",
    "站",
    "网",
    "农场",
    "庄园",
    "频道",
    "平台",
    "媒体",
    "工作室",
    "中心",
    "委员会",
    "战队",
    "之声",
    "日报",
    "时报",
    "新闻",
    "报导",
    "报道",
    "综合",
    "农庄",
    "俱乐部",
    "联盟",
    "大使馆",
    "论坛",
    "公司",
    "学院",
    "大学",
    "杂志",
    "办公室",
    "协会",
];

/// The people whom a line of credit names, in order, and the label that says what they
/// did; none if it is no such line.
pub(crate) fn people_credited(
    words: &str,
    lexicon: &Lexicon,
) -> Option<(Span, Vec<Span>)> {
    let tables = Tables { marks: &lexicon.marks, fold: lexicon.fold() };
    let named = match bracketed(words, &tables) {
        Some(name) => Some(name),
        None => split_label(words, &tables)
            .filter(|(roles, _)| !roles.is_empty() && roles.iter().all(|r| is_work(*r)))
            .map(|(_, name)| name),
    };
    let name = named?;
    // A sentence behind a colon is no name.
    if name.chars().count() > 60 || name.contains(['。', '，', '！', '？']) {
        return None;
    }
    let start = name.as_ptr() as usize - words.as_ptr() as usize;
    let mut people = Vec::new();
    for part in split_with_offsets(name, &['、', '；', ';', '&', '＆', ',']) {
        let (at, part) = last_inside(part.0, part.1);
        for (at, person) in spellings(at, part) {
            if is_person(person, &tables) {
                people.push(Span::new(start + at, start + at + person.len()));
            }
        }
    }
    let head = words.get(..start)?;
    let label =
        head.trim_matches(|c: char| is_frame(c) || INSIDE.contains(&c) || c == '：');
    let at = label.as_ptr() as usize - words.as_ptr() as usize;
    Some((Span::new(at, at + label.len()), people))
}

fn is_work(role: Role) -> bool {
    matches!(role, Role::Author | Role::Translator | Role::Editor)
}

/// `〔编译某某／综合报导〕`: no colon, but a bracket around.
fn bracketed<'w>(words: &'w str, tables: &Tables<'_>) -> Option<&'w str> {
    let inner = words.trim_start().strip_prefix(['〔', '［', '['])?;
    let (inner, _) = inner.split_once(['〕', '］', ']'])?;
    let (first, _) = inner.split_once(['／', '/'])?;
    let ends = first.char_indices().map(|(at, c)| at + c.len_utf8()).take(6);
    let label = ends
        .filter(|&end| {
            let roles =
                first.get(..end).and_then(|label| tables.marks.roles(label, tables.fold));
            roles.is_some_and(|roles| roles.iter().all(|role| is_work(*role)))
        })
        .max()?;
    let name = first.get(label..)?.trim();
    (2..=4).contains(&name.chars().count()).then_some(name)
}

fn split_with_offsets<'w>(
    words: &'w str,
    marks: &'static [char],
) -> impl Iterator<Item = (usize, &'w str)> {
    let mut at = 0;
    words.split_inclusive(marks).map(move |part| {
        let here = at;
        at += part.len();
        (here, part.trim_end_matches(marks))
    })
}

/// The member of a group: 某某 in `东京某团 / 某某` and in `某农场 某某`.
fn last_inside(at: usize, part: &str) -> (usize, &str) {
    let end = part.trim_end_matches([' ', '\u{3000}', '*', '】', ')', '_']);
    let end =
        if end.contains(['（', '(']) { part.trim_end_matches([' ', '*']) } else { end };
    let inside = end
        .rfind(INSIDE)
        .map_or(0, |mark| mark + end[mark..].chars().next().map_or(0, char::len_utf8));
    let mut name = &end[inside..];
    // `某农场 某某`, but `Jane Smith` is one name.
    if let Some(space) = name.trim().rfind([' ', '\u{3000}']) {
        let (before, after) = name.trim().split_at(space);
        if before.chars().any(zh::is_han) {
            name = after;
        }
    }
    let name = name.trim_matches([' ', '\u{3000}', '*']);
    (at + (name.as_ptr() as usize - part.as_ptr() as usize), name)
}

/// A name and what stands in brackets behind it: 某某（Someone) is two spellings, but
/// 某某（一审） is one.
fn spellings(at: usize, name: &str) -> Vec<(usize, &str)> {
    let Some((bare, rest)) = name.split_once(['（', '(']) else {
        return vec![(at, name)];
    };
    let mut all = vec![(at, bare.trim_end())];
    let inner = rest.trim_end_matches(['）', ')']);
    if inner.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ') && inner.len() > 2 {
        all.push((at + (inner.as_ptr() as usize - name.as_ptr() as usize), inner));
    }
    all
}

fn is_person(name: &str, tables: &Tables<'_>) -> bool {
    let length = name.chars().count();
    let folded: String = name.chars().map(|c| tables.fold.fold(c)).collect();
    let marks: &Marks = tables.marks;
    (2..=LONGEST).contains(&length)
        && name.chars().any(char::is_alphabetic)
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && !name.contains(['.', ':', '：', '《', '@', '“', '"', '#', '【', '[', '('])
        && !GROUPS.iter().any(|group| folded.ends_with(group))
        && !marks.is_nobody(name, tables.fold)
        && marks.outlet_of_name(name, tables.fold).is_none()
        && marks.roles(name, tables.fold).is_none()
}

#[cfg(test)]
mod tests {
    use super::people_credited;
    use crate::{Ablation, Agenda, lexicon::Lexicon};

    fn check(words: &str, people: &[&str]) {
        let lexicon = Lexicon::load(&Agenda::empty(), Ablation::default())
            .expect("the tables are sound");
        let found =
            people_credited(words, &lexicon).map_or(Vec::new(), |credit| credit.1);
        let found: Vec<&str> = found.into_iter().map(|span| span.of(words)).collect();
        assert_eq!(found, people, "{words}");
    }

    #[test]
    fn people_of_a_line_of_credit() {
        check("翻译：山间小路", &["山间小路"]);
        check("*编辑&发布：山间小路*", &["山间小路"]);
        check("编辑：北方某某团 / 山间小路", &["山间小路"]);
        check("校对：某地某某农场 — Jane Smith", &["Jane Smith"]);
        check("作者：北方某某农场 山间小路（Hiker）", &["山间小路", "Hiker"]);
        check("审核校对：山间小路（一审）、海上孤舟（二审）", &["山间小路", "海上孤舟"]);
        check("〔编译林山水／综合报导〕会谈有益", &["林山水"]);
    }

    #[test]
    fn lines_that_credit_nobody() {
        check("图片来源：网络", &[]);
        check("来源：路透社", &[]);
        check("王毅：会谈有益", &[]);
    }
}
