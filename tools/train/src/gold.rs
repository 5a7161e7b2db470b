//! Annotated articles.
//!
//! In: folders in the annotation guide's form. Out: documents with their annotation.
//! Refuses to know: what is learnt from them.

use anyhow::{Context, Result};
use record::Document;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// One article and what an annotator found in it.
pub struct Annotated {
    /// The name of the file without its ending.
    pub id: String,
    /// The article as captured.
    pub document: Document,
    /// The annotation.
    pub json: Value,
}

/// The articles of a folder with `articles/`, `json/` and perhaps `published.csv`: all, or
/// those at even places by name, which are the half to look at.
pub fn load(folder: &Path, only_half: bool) -> Result<Vec<Annotated>> {
    let mut files: Vec<_> = std::fs::read_dir(folder.join("json"))
        .with_context(|| format!("cannot read {}/json", folder.display()))?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<Result<_, _>>()?;
    files.retain(|path| path.extension().is_some_and(|e| e == "json"));
    files.sort();
    let dates = dates(&folder.join("published.csv"));
    let step = if only_half { 2 } else { 1 };
    files.iter().step_by(step).map(|json| one(folder, json, &dates)).collect()
}

fn one(
    folder: &Path,
    json: &Path,
    dates: &BTreeMap<String, String>,
) -> Result<Annotated> {
    let id = json.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let article = folder.join("articles").join(format!("{id}.md"));
    let bytes = std::fs::read(&article)
        .with_context(|| format!("cannot read {}", article.display()))?;
    let mut document = extract::article::document(&article.display().to_string(), bytes);
    document.published_hint = dates.get(&id).cloned();
    let text = std::fs::read_to_string(json)
        .with_context(|| format!("cannot read {}", json.display()))?;
    let json = serde_json::from_str(&text)
        .with_context(|| format!("{} is not JSON", json.display()))?;
    Ok(Annotated { id, document, json })
}

fn dates(path: &Path) -> BTreeMap<String, String> {
    let rows = std::fs::read_to_string(path).unwrap_or_default();
    rows.lines()
        .skip(1)
        .filter_map(|row| row.split_once(','))
        .map(|(id, date)| (id.to_owned(), date.trim().to_owned()))
        .collect()
}

/// The string values under a key.
pub fn strings(value: &Value, key: &str) -> Vec<String> {
    match &value[key] {
        Value::Array(items) => {
            items.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        }
        Value::String(one) => vec![one.clone()],
        _ => Vec::new(),
    }
}

/// Every place of a passage in a text, white space aside, as byte spans.
pub fn places(text: &str, passage: &str) -> Vec<record::Span> {
    let solid = |c: &char| !c.is_whitespace();
    let needle: Vec<char> = passage.chars().filter(solid).collect();
    let hay: Vec<(usize, char)> =
        text.char_indices().filter(|(_, c)| !c.is_whitespace()).collect();
    if needle.is_empty() || hay.len() < needle.len() {
        return Vec::new();
    }
    hay.windows(needle.len())
        .filter(|window| window.iter().zip(&needle).all(|((_, c), n)| c == n))
        .map(|window| {
            let last = window[window.len() - 1];
            record::Span::new(window[0].0, last.0 + last.1.len_utf8())
        })
        .collect()
}
