//! `demarche publish`: the dossier as files that can be mailed, archived, put on any server.
//!
//! In: a folder or a ledger, and where to. Out: files. Refuses to know: what is on a page.
//! A folder that holds anything else is left as it is; of an earlier dossier the pages that
//! are no longer there are taken away.

use crate::arguments::partial_day;
use crate::dossier::{DossierArguments, Ready};
use crate::reader::Fold;
use crate::{Ended, add, print};
use anyhow::{Context, Result, bail, ensure};
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::collections::BTreeSet;
use std::io::{Error, ErrorKind, Write};
use std::path::{Path, PathBuf};
use web::pages::Room;
use web::{Language, Publication};

/// The file that says which files belong to a published dossier.
const LIST: &str = "dossier.txt";

/// The languages of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Pages {
    /// English and Chinese.
    Both,
    /// English.
    En,
    /// Chinese.
    Zh,
}

/// `demarche publish`.
#[derive(Args)]
pub struct PublishArguments {
    /// The folder to write into; made where there is none.
    #[arg(value_name = "OUT")]
    pub out: PathBuf,
    /// What is shown.
    #[command(flatten)]
    pub dossier: DossierArguments,
    /// Tell only what had been published by this day.
    #[arg(long, value_name = "DATE", value_parser = partial_day)]
    pub as_of: Option<String>,
    /// The languages of the pages.
    #[arg(long, default_value = "both")]
    pub language: Pages,
}

/// Runs `demarche publish`.
///
/// # Errors
/// If the folder holds other things, cannot be written, or a page cannot be made.
pub fn run(asked: PublishArguments) -> Result<Ended> {
    let before = earlier(&asked.out)?;
    let Ready { ledger, names, title } = asked.dossier.ready()?;
    // A folder that was read listens for interrupts already.
    let _ = add::stop_on_interrupt();
    let open = ledger.open()?;
    let fold = Fold::load();
    let fold = move |text: &str| fold.apply(text);
    let publication = Publication {
        room: Room { ledger: &open, names: &names, fold: &fold, title: &title },
        as_of: asked.as_of.clone(),
        languages: match asked.language {
            Pages::Both => vec![Language::En, Language::Zh],
            Pages::En => vec![Language::En],
            Pages::Zh => vec![Language::Zh],
        },
    };
    std::fs::create_dir_all(&asked.out)
        .with_context(|| format!("cannot make the folder {}", asked.out.display()))?;
    let bar = bar();
    let mut written: BTreeSet<String> = BTreeSet::new();
    let ended = publication.each(&mut |name, bytes, ahead| {
        if add::is_stopped() {
            return Err(Error::from(ErrorKind::Interrupted));
        }
        put(&asked.out, name, bytes)?;
        written.insert(name.to_owned());
        // What is left of an interrupted run is known to be a dossier's.
        if written.len() == 1 {
            list(&asked.out, before.union(&written))?;
        }
        bar.set_length((written.len() + ahead) as u64);
        bar.inc(1);
        Ok(())
    });
    bar.finish_and_clear();
    list(&asked.out, before.union(&written)).context("cannot write the list of files")?;
    if add::is_stopped() {
        print::note("interrupted; the folder holds a part of the pages");
        return Ok(Ended::Interrupted);
    }
    ended.with_context(|| format!("cannot publish into {}", asked.out.display()))?;
    for gone in before.difference(&written) {
        let _ = std::fs::remove_file(asked.out.join(gone));
    }
    list(&asked.out, written.iter()).context("cannot write the list of files")?;
    print::note(&format!(
        "{} files; begin with {}",
        written.len(),
        asked.out.join(first(&written)).display()
    ));
    Ok(Ended::Done)
}

/// The page to begin with.
fn first(written: &BTreeSet<String>) -> &'static str {
    if written.contains("index.html") { "index.html" } else { "zh/index.html" }
}

/// The files that an earlier dossier left in the folder; a folder that holds anything else
/// is none to write into.
fn earlier(out: &Path) -> Result<BTreeSet<String>> {
    let Ok(mut entries) = std::fs::read_dir(out) else {
        ensure!(!out.exists(), "{} is no folder", out.display());
        return Ok(BTreeSet::new());
    };
    match std::fs::read_to_string(out.join(LIST)) {
        Ok(text) => Ok(text
            .lines()
            // A list that somebody altered must not lead outside of the folder.
            .filter(|name| !name.split('/').any(|part| part == ".." || part.is_empty()))
            .map(str::to_owned)
            .collect()),
        Err(_) if entries.next().is_none() => Ok(BTreeSet::new()),
        Err(_) => bail!(
            "{} holds other files, and no dossier is there; name an empty folder",
            out.display()
        ),
    }
}

/// Writes one file whole or not at all; one that is there with the same bytes stays.
fn put(out: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    let path = out.join(name);
    if std::fs::read(&path).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let part = path.with_extension("part");
    let mut file = std::fs::File::create(&part)?;
    file.write_all(bytes)?;
    std::fs::rename(part, path)
}

fn list<'a>(out: &Path, names: impl Iterator<Item = &'a String>) -> std::io::Result<()> {
    let mut text = String::new();
    for name in names {
        text.push_str(name);
        text.push('\n');
    }
    put(out, LIST, text.as_bytes())
}

fn bar() -> ProgressBar {
    let bar =
        ProgressBar::with_draw_target(Some(1), ProgressDrawTarget::stderr_with_hz(4));
    if let Ok(style) =
        ProgressStyle::with_template("{pos} of {len} pages {wide_bar} {eta}")
    {
        bar.set_style(style);
    }
    bar
}
