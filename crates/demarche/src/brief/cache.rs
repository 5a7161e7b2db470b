//! Where the ledger of a folder is kept.
//!
//! In: a folder. Out: a path outside of it. Refuses to know: what a ledger holds.

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The path of the ledger that belongs to a folder of documents: in the user's cache
/// folder, named by the folder and a hash of where it lies, so that nothing is written
/// into the folder itself and two folders of one name keep apart.
///
/// # Errors
/// If the folder cannot be found, or no cache folder can be made.
pub fn ledger_of_folder(folder: &Path) -> Result<PathBuf> {
    let whole = std::fs::canonicalize(folder)
        .with_context(|| format!("cannot find the folder {}", folder.display()))?;
    let hash = Sha256::digest(whole.as_os_str().as_encoded_bytes());
    let hash: String = hash[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    let name = whole.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let file = format!("{}-{hash}.db", plain(&name));
    let mut problem = None;
    for cache in cache_folders(&|name| std::env::var_os(name)) {
        match std::fs::create_dir_all(&cache).and_then(|()| can_write(&cache)) {
            Ok(()) => return Ok(cache.join(file)),
            Err(cause) => {
                problem.get_or_insert((cache, cause));
            }
        }
    }
    let (cache, cause) = problem.context("there is no folder for temporary files")?;
    Err(cause).with_context(|| format!("cannot keep a ledger in {}", cache.display()))
}

/// Where caches may lie, the best place first.
fn cache_folders(variable: &dyn Fn(&str) -> Option<OsString>) -> Vec<PathBuf> {
    let folder = |name: &str| {
        // The XDG specification asks to leave relative paths aside.
        variable(name).map(PathBuf::from).filter(|path| path.is_absolute())
    };
    let cache = folder("XDG_CACHE_HOME");
    let home = folder("HOME").map(|home| home.join(".cache"));
    let windows = folder("LOCALAPPDATA");
    let mut folders: Vec<PathBuf> = [cache, home.or(windows)]
        .into_iter()
        .flatten()
        .map(|cache| cache.join("demarche"))
        .collect();
    folders.push(std::env::temp_dir().join("demarche"));
    folders
}

/// Tries whether a file can be made there, as a read-only home lets folders be found.
fn can_write(folder: &Path) -> std::io::Result<()> {
    let probe = folder.join(format!(".probe-{}", std::process::id()));
    std::fs::write(&probe, b"")?;
    std::fs::remove_file(&probe)
}

/// A name without what a file's name should not hold.
fn plain(name: &str) -> String {
    let kept = name.chars().filter(|c| c.is_alphanumeric() || "-_.".contains(*c));
    let kept: String = kept.take(40).collect();
    let kept = kept.trim_start_matches('.');
    if kept.is_empty() { "folder".to_owned() } else { kept.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cache_home_comes_before_home() {
        let variable = |name: &str| match name {
            "XDG_CACHE_HOME" => Some(OsString::from("/caches")),
            "HOME" => Some(OsString::from("/home/ana")),
            _ => None,
        };
        let folders = cache_folders(&variable);
        assert_eq!(folders[0], Path::new("/caches/demarche"));
        assert_eq!(folders[1], Path::new("/home/ana/.cache/demarche"));
        assert_eq!(folders.len(), 3);
        assert_eq!(cache_folders(&|_| Some(OsString::from("relative"))).len(), 1);
    }

    #[test]
    fn ledger_lies_outside_its_folder() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let ledger = ledger_of_folder(folder.path()).expect("a place");
        assert!(!ledger.starts_with(folder.path()));
        assert_eq!(ledger, ledger_of_folder(folder.path()).expect("the same place"));
        assert!(ledger_of_folder(&folder.path().join("none")).is_err());
    }

    #[test]
    fn names_are_plain() {
        assert_eq!(plain("日内瓦 会谈/2022"), "日内瓦会谈2022");
        assert_eq!(plain(".."), "folder");
    }
}
