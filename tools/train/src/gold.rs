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
    /// Its reports.
    pub told: Tellings,
}

/// The reports of an article.
pub enum Tellings {
    /// By their words: cue, parts of the content, names of the speaker.
    Words(Vec<(String, Vec<String>, Vec<String>)>),
    /// By their bytes in the document.
    Bytes(Vec<Told>),
}

/// One report: where its cue and its content stand in the document.
#[derive(Debug, Clone)]
pub struct Told {
    /// The verb.
    pub cue: Span,
    /// From the content's first part to its last.
    pub content: Span,
    /// What the speaker is called.
    pub who: Vec<String>,
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
    /// The reports, by bytes in the document.
    pub fn told(&self, article: &Article) -> Vec<Told> {
        match &self.told {
            Tellings::Bytes(told) => told.clone(),
            Tellings::Words(told) => told
                .iter()
                .filter_map(|(cue, parts, who)| {
                    let (cue, content) = locate(&article.text, cue, parts)?;
                    Some(Told {
                        cue: article.in_document(cue),
                        content: article.in_document(content),
                        who: who.clone(),
                    })
                })
                .collect(),
        }
    }

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

/// The annotations of a folder that stand off from a corpus, as annotated articles.
pub fn standing_off(folder: &Path, corpus: &Path) -> Result<Vec<Annotated>> {
    let found = standing(folder, corpus)?.into_iter();
    Ok(found.map(|(document, json)| annotated(document, &json)).collect())
}

/// The annotations of a folder that stand off from a corpus: what the guide's form copies
/// from the text is `{"at": [from, to]}`, bytes of the `document` named at the top.
pub fn standing(folder: &Path, corpus: &Path) -> Result<Vec<(Document, Value)>> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .with_context(|| format!("cannot read {}", folder.display()))?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<Result<_, _>>()?;
    files.sort();
    let one = |path: &PathBuf| {
        let json: Value = serde_json::from_str(&read(path)?)
            .with_context(|| format!("{} is not JSON", path.display()))?;
        let document = document(&corpus.join(json["document"].as_str().unwrap_or("")))?;
        let json = copied(json, &document.bytes);
        Ok((document, json))
    };
    files.iter().map(one).collect()
}

/// The annotation with every `{"at": [from, to]}` replaced by the words that stand there.
fn copied(value: Value, bytes: &[u8]) -> Value {
    match value {
        Value::Array(items) => {
            items.into_iter().map(|item| copied(item, bytes)).collect()
        }
        Value::Object(fields) => {
            let place = |at: usize| fields["at"][at].as_u64().unwrap_or(0) as usize;
            if fields.contains_key("at") {
                let words = bytes.get(place(0)..place(1)).unwrap_or_default();
                return Value::String(String::from_utf8_lossy(words).into_owned());
            }
            let copied = |(key, value)| (key, copied(value, bytes));
            Value::Object(fields.into_iter().map(copied).collect())
        }
        other => other,
    }
}

fn one(
    folder: &Path,
    json: &Path,
    dates: &BTreeMap<String, String>,
) -> Result<Annotated> {
    let (document, json) = pair(folder, json, dates)?;
    Ok(annotated(document, &json))
}

/// An annotation of a folder and the article that it is of.
pub fn pair(
    folder: &Path,
    json: &Path,
    dates: &BTreeMap<String, String>,
) -> Result<(Document, Value)> {
    let id = json.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut document = document(&folder.join("articles").join(format!("{id}.md")))?;
    document.published_hint = dates.get(&id).cloned();
    let value = serde_json::from_str(&read(json)?)
        .with_context(|| format!("{} is not JSON", json.display()))?;
    Ok((document, value))
}

fn annotated(document: Document, json: &Value) -> Annotated {
    let word = |value: &Value, key: &str| value[key].as_str().unwrap_or("").to_owned();
    let moves = json["moves"].as_array().into_iter().flatten();
    let deeds = moves.map(|found| Deed {
        actor: parties(&word(found, "actor")),
        act: word(found, "act"),
        evidence: word(found, "evidence"),
    });
    let statements = json["statements"].as_array().into_iter().flatten();
    let told = statements.map(|found| {
        let parts = found["content"].as_array().into_iter().flatten();
        let parts = parts.filter_map(Value::as_str).map(str::to_owned).collect();
        (word(found, "cue"), parts, speakers(json, found))
    });
    let told = Tellings::Words(told.collect());
    Annotated { document, deeds: Deeds::Words(deeds.collect()), told }
}

/// The articles that a table of labels speaks of: one row an entry, its evidence by bytes
/// in the document (`document kind from to who what`). Of a report the bytes of its cue,
/// and in the last cell those of its content, `from-to`.
pub fn labels(table: &Path, corpus: &Path) -> Result<Vec<Annotated>> {
    let text = read(table)?;
    let mut by_document: BTreeMap<&str, (Vec<Deed<Span>>, Vec<Told>)> = BTreeMap::new();
    for (number, line) in text.lines().enumerate().skip(1) {
        let row: Vec<&str> = line.split('\t').collect();
        let [name, kind, from, to, who, what] = row[..] else {
            anyhow::bail!("{}:{}: not six cells", table.display(), number + 1);
        };
        let (deeds, told) = by_document.entry(name).or_default();
        if kind == "move" {
            let (act, actor) = (what.to_owned(), parties(who));
            let evidence = Span::new(from.parse()?, to.parse()?);
            deeds.push(Deed { actor, act, evidence });
        } else if kind == "report"
            && let Some((start, end)) = what.split_once('-')
        {
            let cue = Span::new(from.parse()?, to.parse()?);
            let content = Span::new(start.parse()?, end.parse()?);
            told.push(Told { cue, content, who: parties(who) });
        }
    }
    by_document
        .into_iter()
        .map(|(name, (deeds, told))| {
            let document = document(&corpus.join(name))?;
            let (deeds, told) = (Deeds::Bytes(deeds), Tellings::Bytes(told));
            Ok(Annotated { document, deeds, told })
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

/// All names of a statement's speaker, of each where they are joint.
fn speakers(json: &Value, statement: &Value) -> Vec<String> {
    let word = |value: &Value, key: &str| value[key].as_str().unwrap_or("").to_owned();
    let speaker = word(statement, "speaker");
    let mut names = parties(&speaker);
    let actors = json["actors"].as_array().into_iter().flatten();
    for actor in
        actors.filter(|actor| names.contains(&word(actor, "name"))).collect::<Vec<_>>()
    {
        let surfaces = actor["surfaces"].as_array().into_iter().flatten();
        names.extend(surfaces.filter_map(Value::as_str).map(str::to_owned));
    }
    names.extend([speaker, word(statement, "speaker_surface")]);
    names
}

/// Where a report's cue and content stand in a text: of the places of its words those that
/// are nearest each other.
fn locate(text: &str, cue: &str, parts: &[String]) -> Option<(Span, Span)> {
    let cues = places(text, cue);
    let first = places(text, parts.first()?);
    let rest: Vec<Vec<Span>> = parts[1..].iter().map(|part| places(text, part)).collect();
    let mut best: Option<(usize, Span, Span)> = None;
    for start in first {
        let end = rest.iter().fold(start.end, |end, places| {
            places.iter().find(|place| place.start >= end).map_or(end, |place| place.end)
        });
        for &cue in &cues {
            let before = cue.end <= start.start;
            let gap = if before {
                Span::new(cue.end, start.start)
            } else {
                Span::new(start.end.min(cue.start), cue.start)
            };
            if !before && cue.start < start.end {
                continue;
            }
            let lines =
                text.get(gap.start..gap.end).map_or(0, |g| g.matches('\n').count());
            let distance = gap.len() + 200 * lines;
            if best.is_none_or(|b| distance < b.0) {
                best = Some((distance, cue, Span::new(start.start, end)));
            }
        }
    }
    best.map(|(_, cue, content)| (cue, content))
}
