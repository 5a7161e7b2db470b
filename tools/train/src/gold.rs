//! Annotated articles.
//!
//! In: folders in the annotation guide's form, and tables of labels that stand off from
//! articles of a corpus. Out: documents with what an annotator found in each. Refuses to
//! know: what is learnt from them.

use anyhow::{Context, Result};
use record::{Article, Document, Span};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// One article and what an annotator found in it.
pub struct Annotated {
    /// The article as captured.
    pub document: Document,
    /// Its acts.
    pub deeds: Deeds,
}

/// The acts of an article.
pub enum Deeds {
    /// By their words, as an annotation in the guide's form has them.
    Words(Vec<Deed<String>>),
    /// By their bytes in the document.
    Bytes(Vec<Deed<Span>>),
}

/// One act.
#[derive(Debug, Clone)]
pub struct Deed<P> {
    /// The parties.
    pub actor: Vec<String>,
    /// The PLOVER type.
    pub act: String,
    /// Where its evidence is.
    pub evidence: P,
}

impl Annotated {
    /// The acts, their evidence by bytes in the document.
    pub fn deeds(&self, article: &Article) -> Vec<Deed<Vec<Span>>> {
        let with = |actor: &[String], act: &str, evidence: Vec<Span>| Deed {
            actor: actor.to_vec(),
            act: act.to_owned(),
            evidence,
        };
        match &self.deeds {
            Deeds::Bytes(deeds) => {
                deeds.iter().map(|d| with(&d.actor, &d.act, vec![d.evidence])).collect()
            }
            Deeds::Words(deeds) => deeds
                .iter()
                .map(|d| {
                    let found = places(&article.text, &d.evidence).into_iter();
                    let found = found.map(|span| article.in_document(span)).collect();
                    with(&d.actor, &d.act, found)
                })
                .collect(),
        }
    }
}

/// The articles of a folder with `articles/`, `json/` and perhaps `published.csv`: all, or
/// those at even places by name, which are the half to look at.
pub fn folder(folder: &Path, only_half: bool) -> Result<Vec<Annotated>> {
    let dates = dates(&folder.join("published.csv"));
    files(folder, only_half)?.iter().map(|json| one(folder, json, &dates)).collect()
}

/// The annotations of a folder: all, or those at even places by name.
pub fn files(folder: &Path, only_half: bool) -> Result<Vec<PathBuf>> {
    let mut files: Vec<_> = std::fs::read_dir(folder.join("json"))
        .with_context(|| format!("cannot read {}/json", folder.display()))?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<Result<_, _>>()?;
    files.retain(|path| path.extension().is_some_and(|e| e == "json"));
    files.sort();
    let step = if only_half { 2 } else { 1 };
    Ok(files.into_iter().step_by(step).collect())
}

fn one(
    folder: &Path,
    json: &Path,
    dates: &BTreeMap<String, String>,
) -> Result<Annotated> {
    let id = json.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut document = document(&folder.join("articles").join(format!("{id}.md")))?;
    document.published_hint = dates.get(&id).cloned();
    let text = read(json)?;
    let json: Value = serde_json::from_str(&text)
        .with_context(|| format!("{} is not JSON", json.display()))?;
    let word = |value: &Value, key: &str| value[key].as_str().unwrap_or("").to_owned();
    let moves = json["moves"].as_array().into_iter().flatten();
    let deeds = moves.map(|found| Deed {
        actor: parties(&word(found, "actor")),
        act: word(found, "act"),
        evidence: word(found, "evidence"),
    });
    Ok(Annotated { document, deeds: Deeds::Words(deeds.collect()) })
}

/// The articles that a table of labels speaks of: one row an entry, its evidence by bytes
/// in the document (`document kind from to who what`).
pub fn labels(table: &Path, corpus: &Path) -> Result<Vec<Annotated>> {
    let text = read(table)?;
    let mut by_document: BTreeMap<&str, Vec<Deed<Span>>> = BTreeMap::new();
    for (number, line) in text.lines().enumerate().skip(1) {
        let row: Vec<&str> = line.split('\t').collect();
        let [name, kind, from, to, who, what] = row[..] else {
            anyhow::bail!("{}:{}: not six cells", table.display(), number + 1);
        };
        let deeds = by_document.entry(name).or_default();
        if kind == "move" {
            let (act, actor) = (what.to_owned(), parties(who));
            let evidence = Span::new(from.parse()?, to.parse()?);
            deeds.push(Deed { actor, act, evidence });
        }
    }
    by_document
        .into_iter()
        .map(|(name, deeds)| {
            let document = document(&corpus.join(name))?;
            Ok(Annotated { document, deeds: Deeds::Bytes(deeds) })
        })
        .collect()
}

/// The document at a path.
pub fn document(path: &Path) -> Result<Document> {
    let bytes =
        std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(extract::article::document(&path.display().to_string(), bytes))
}

/// The text at a path.
pub fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path)
        .with_context(|| format!("cannot read {}", path.display()))
}

fn parties(joint: &str) -> Vec<String> {
    joint.split(';').map(|party| party.trim().to_owned()).collect()
}

/// The publication to assume for each article.
pub fn dates(path: &Path) -> BTreeMap<String, String> {
    let rows = std::fs::read_to_string(path).unwrap_or_default();
    rows.lines()
        .skip(1)
        .filter_map(|row| row.split_once(','))
        .map(|(id, date)| (id.to_owned(), date.trim().to_owned()))
        .collect()
}

/// Every place of a passage in a text, white space aside, as byte spans.
pub fn places(text: &str, passage: &str) -> Vec<Span> {
    let needle: Vec<char> = passage.chars().filter(|c| !c.is_whitespace()).collect();
    let hay: Vec<(usize, char)> =
        text.char_indices().filter(|(_, c)| !c.is_whitespace()).collect();
    if needle.is_empty() || hay.len() < needle.len() {
        return Vec::new();
    }
    hay.windows(needle.len())
        .filter(|window| window.iter().zip(&needle).all(|((_, c), n)| c == n))
        .map(|window| {
            let last = window[window.len() - 1];
            Span::new(window[0].0, last.0 + last.1.len_utf8())
        })
        .collect()
}
