//! The articles beside the repository, which tests read where they are at hand.

use record::Document;
use std::path::{Path, PathBuf};

/// The folders of `../shared` that hold documents as they were captured.
const FOLDERS: [&str; 13] = [
    "seeds",
    "gold/articles",
    "gold-en/articles",
    "gold-ru/articles",
    "corpus/talks",
    "corpus/posts",
    "corpus/en",
    "corpus/ru",
    "corpus/ru-short",
    "corpus/uk",
    "corpus/zh-hans",
    "corpus/zh-hant",
    "corpus/mixed",
];

/// The folder beside the repository; none, with a notice, where it is not at hand.
///
/// # Panics
/// If it is missing where `CI=true`.
pub fn folder() -> Option<PathBuf> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    if shared.is_dir() {
        return Some(shared);
    }
    assert!(std::env::var("CI").as_deref() != Ok("true"), "no {}", shared.display());
    println!("skipped: there is no {}", shared.display());
    None
}

/// Every `step`th captured document of every folder, in order of name.
pub fn documents(step: usize) -> impl Iterator<Item = Document> {
    let shared = folder();
    let folders = shared.into_iter().flat_map(|shared| FOLDERS.map(|f| shared.join(f)));
    let paths = folders.flat_map(move |folder| files(&folder).into_iter().step_by(step));
    paths.map(|path| {
        let bytes = std::fs::read(&path).expect("a file of the folder can be read");
        extract::article::document(&path.display().to_string(), bytes)
    })
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| {
        path.is_file() && path.file_name().is_some_and(|n| n != "EXPECTED.md")
    });
    paths.sort();
    paths
}
