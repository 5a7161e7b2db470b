//! The set: originals, what is made of them, and articles that have nothing to do with it.
//!
//! In: the corpus, a seed, a recipe. Out: a folder of documents and the truth about them.
//! Refuses to know: how lineage is found.

use crate::dice::Dice;
use crate::page::Page;
use crate::recipe::{Kind, Maker, Recipe};
use crate::reword::Words;
use crate::shelf::{self, Paper};
use anyhow::{Context, Result, ensure};
use ferrous_opencc::{OpenCC, config::BuiltinConfig};
use record::ParagraphKind;
use std::collections::BTreeSet;
use std::path::Path;

/// How many documents are derived.
const DERIVED: usize = 400;
/// How many documents have nothing to do with them.
const DISTRACTORS: usize = 5_000;
/// An original has at least as many bytes of body: a third of it is then a short report.
const LEAST: usize = 1_200;

/// One row of the truth.
struct Pair {
    child: String,
    parent: String,
    kind: Kind,
}

/// Makes a set in a folder that does not exist yet.
pub fn make(corpus: &Path, seed: u64, recipe: Recipe, folder: &Path) -> Result<()> {
    ensure!(!folder.exists(), "{} exists already", folder.display());
    let left_out = left_out();
    let is_in = |name: &String| !left_out.contains(name.as_str());
    let mut talks = shelf::names(corpus, &["talks"])?;
    let mut others = shelf::names(corpus, &["mixed"])?;
    talks.retain(is_in);
    others.retain(is_in);
    // Two sets have their seeds in common, and no dice.
    let mut dice = Dice::new(seed.wrapping_mul(2) + u64::from(recipe == Recipe::Two));
    dice.shuffle(&mut talks);
    dice.shuffle(&mut others);
    let papers = shelf::read(corpus, &talks)?;
    let (long, short): (Vec<&Paper>, Vec<&Paper>) =
        papers.iter().partition(|paper| paper.folded.len() >= LEAST);
    let documents = folder.join("documents");
    std::fs::create_dir_all(&documents)
        .with_context(|| format!("cannot make {}", documents.display()))?;

    let (pairs, sources) = derive(&long, recipe, &mut dice, &documents)?;
    let rest = long[sources..].iter().chain(&short).map(|paper| &paper.name);
    let distractors = rest.chain(&others).take(DISTRACTORS);
    let mut count = 0;
    for name in long[..sources].iter().map(|paper| &paper.name).chain(distractors) {
        std::fs::copy(corpus.join(name), documents.join(flat(name)))
            .with_context(|| format!("cannot copy {name}"))?;
        count += 1;
    }
    ensure!(count == sources + DISTRACTORS, "the corpus has too few articles");
    let mut truth = String::from("child\tparent\tkind\n");
    for Pair { child, parent, kind } in &pairs {
        truth += &format!("{child}\t{parent}\t{}\n", kind.code());
    }
    std::fs::write(folder.join("truth.tsv"), truth).context("cannot write the truth")?;
    println!("{DERIVED} derived of {sources} originals, {DISTRACTORS} others");
    Ok(())
}

/// Articles that are kin of another one already; that one stays.
fn left_out() -> BTreeSet<&'static str> {
    let rows = include_str!("../left-out.tsv").lines().skip(1);
    rows.filter_map(|row| row.split('\t').next()).collect()
}

fn flat(name: &str) -> String {
    name.replace('/', "-")
}

/// Writes the derived documents; gives the truth and how many originals were used, each
/// for one document.
fn derive(
    originals: &[&Paper],
    recipe: Recipe,
    dice: &mut Dice,
    documents: &Path,
) -> Result<(Vec<Pair>, usize)> {
    let words = Words::load();
    let maker = Maker { recipe, words: &words };
    let outlets: Vec<&str> = include_str!("../outlets.tsv").lines().skip(1).collect();
    // The one set is in Taiwan's characters, the other in Hong Kong's.
    let script = match recipe {
        Recipe::One => BuiltinConfig::S2tw,
        Recipe::Two => BuiltinConfig::S2hk,
    };
    let script = OpenCC::from_config(script).context("OpenCC's tables are missing")?;
    let (mut pairs, mut used) = (Vec::new(), 0);
    for number in 0..DERIVED {
        let kind = Kind::ALL[number % Kind::ALL.len()];
        let count = if kind == Kind::Digest { 2 } else { 1 };
        let sources = originals.get(used..used + count);
        let sources = sources.context("the corpus has too few long articles")?;
        used += count;
        let bodies: Vec<Vec<String>> = sources.iter().map(|paper| body(paper)).collect();
        let paragraphs = maker.derive(kind, &bodies, dice);
        let mut page = frame(sources, kind, paragraphs, &outlets, dice);
        if kind == Kind::Script || dice.chance(15) {
            let turn = |words: &String| script.convert(words);
            page.paragraphs = page.paragraphs.iter().map(turn).collect();
            page.title = turn(&page.title);
        }
        let (text, ending) = page.print(dice);
        let child = format!("derived-{number:03}.{ending}");
        std::fs::write(documents.join(&child), text)
            .with_context(|| format!("cannot write {child}"))?;
        let parents = sources.iter().map(|paper| flat(&paper.name));
        pairs.extend(parents.map(|parent| Pair { child: child.clone(), parent, kind }));
    }
    Ok((pairs, used))
}

/// The body's paragraphs, markup gone.
fn body(paper: &Paper) -> Vec<String> {
    let article = &paper.article;
    let is_body = |kind: ParagraphKind| kind.is_body();
    let paragraphs = article.paragraphs.iter().filter(|p| is_body(p.kind));
    paragraphs
        .map(|p| p.span.of(&article.text).replace("[[zh:", "").replace("]]", ""))
        .collect()
}

/// Headline, outlet, byline, date, and whether the origin is named.
fn frame(
    sources: &[&Paper],
    kind: Kind,
    paragraphs: Vec<String>,
    outlets: &[&str],
    dice: &mut Dice,
) -> Page {
    let given = sources[0].article.title.clone().unwrap_or_default();
    let title = match kind {
        Kind::Copy | Kind::Script => given.replace("[[zh:", "").replace("]]", ""),
        _ => headline(&paragraphs, dice),
    };
    let authors = ["编辑部", "林溪", "周望", "记者 何川", "本站综合", "许砚", "秋实"];
    // The latest of the sources' days: nobody copies what is not out yet.
    let days = sources.iter().filter_map(|paper| paper.facts.published.as_deref());
    let published = days.max().and_then(|value| value.get(..10));
    let date = published.filter(|_| !dice.chance(12)).map(|day| {
        let later = if dice.chance(15) { 0 } else { dice.between(1, 20) };
        let day = days_later(day, later);
        match later > 0 && dice.chance(50) {
            true => format!("{day} {:02}:{:02}", dice.between(6, 22), dice.below(60)),
            false => day,
        }
    });
    let origin = sources[0].facts.outlet.clone().filter(|_| dice.chance(35));
    Page {
        title,
        outlet: (*dice.pick(outlets)).to_owned(),
        author: (*dice.pick(&authors)).to_owned(),
        date,
        origin,
        paragraphs,
    }
}

/// The first clause of one of the first paragraphs.
fn headline(paragraphs: &[String], dice: &mut Dice) -> String {
    let early = &paragraphs[..paragraphs.len().min(3)];
    let words = early.get(dice.below(early.len().max(1))).map_or("", String::as_str);
    let clause = words.split(['，', '。', '：', '；']).find(|clause| clause.len() > 18);
    let clause: String = clause.unwrap_or(words).chars().take(30).collect();
    format!("{}：{clause}", dice.pick(&["快讯", "最新", "关注", "今日", "焦点"]))
}

/// A day of the Gregorian calendar so many days later, within the next month.
fn days_later(day: &str, later: usize) -> String {
    let number = |from: usize, to: usize| day.get(from..to).and_then(|d| d.parse().ok());
    let fields: (Option<usize>, Option<usize>, Option<usize>) =
        (number(0, 4), number(5, 7), number(8, 10));
    let (Some(mut year), Some(mut month), Some(first)) = fields else {
        return day.to_owned();
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let mut date = first + later;
    if date > length {
        (date, month) = (date - length, month + 1);
    }
    if month > 12 {
        (month, year) = (1, year + 1);
    }
    format!("{year:04}-{month:02}-{date:02}")
}

#[cfg(test)]
mod tests {
    use super::days_later;

    #[test]
    fn days_run_over_months_and_years() {
        assert_eq!(days_later("2021-12-20", 12), "2022-01-01");
        assert_eq!(days_later("2020-02-28", 1), "2020-02-29");
        assert_eq!(days_later("2021-02-28", 1), "2021-03-01");
    }
}
