//! Documents as the reader reads them, ready to compare.
//!
//! In: files. Out: their articles, bodies folded to Simplified. Refuses to know: lineage.

use anyhow::{Context, Result};
use extract::agenda::Agenda;
use extract::article::{document, read_article};
use extract::lexicon::Lexicon;
use extract::{Ablation, FoldTable, Shadow};
use ledger::resolve::lineage::Facts;
use rayon::prelude::*;
use record::Article;
use std::path::{Path, PathBuf};

/// One document of the set.
pub struct Paper {
    /// The file's name within its folder: `talks/1020646.md`.
    pub name: String,
    /// The article as read.
    pub article: Article,
    /// Its body folded to Simplified.
    pub folded: String,
    /// What it states of itself.
    pub facts: Facts,
}

/// Reads the files of a folder, in order of name.
pub fn read(root: &Path, names: &[String]) -> Result<Vec<Paper>> {
    let lexicon = Lexicon::load(&Agenda::empty(), Ablation::default())
        .context("the language data is broken")?;
    names.par_iter().map(|name| read_one(root, name, &lexicon)).collect()
}

fn read_one(root: &Path, name: &str, lexicon: &Lexicon) -> Result<Paper> {
    let path = root.join(name);
    let bytes = std::fs::read(&path)
        .with_context(|| format!("cannot read {}", path.display()))?;
    let article = read_article(&document(name, bytes), lexicon);
    let folded = fold(&article.body(), lexicon.fold());
    let title = article.title.as_deref().map(|title| fold(title, lexicon.fold()));
    let facts = Facts::of(&article, title);
    Ok(Paper { name: name.to_owned(), article, folded, facts })
}

fn fold(text: &str, table: &FoldTable) -> String {
    Shadow::fold(text, table).into_string()
}

/// The names of the files in some folders of `root`, sorted: `talks/1020646.md`.
pub fn names(root: &Path, folders: &[&str]) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for folder in folders {
        let path = root.join(folder);
        let entries = std::fs::read_dir(&path)
            .with_context(|| format!("cannot list {}", path.display()))?;
        for entry in entries {
            let file: PathBuf = entry?.path();
            if file.is_file()
                && let Some(name) = file.file_name().and_then(|n| n.to_str())
            {
                names.push(format!("{folder}/{name}"));
            }
        }
    }
    names.sort();
    Ok(names)
}
