//! `demarche brief`: a folder or a ledger in, a briefing out.
//!
//! In: rows of a ledger. Out: Markdown or a page, on standard output or in a file. Refuses
//! to know: how documents are read, how a briefing looks.

mod cache;
mod join;
mod lines;
mod passages;

pub use cache::ledger_of_folder;

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use ledger::{Filter, Ledger};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use web::{Briefing, Language};

/// How many moves are shown for one issue unless more are asked for.
const LIMIT: usize = 12;

/// How a briefing is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BriefFormat {
    /// Markdown, which also reads well in a terminal.
    Md,
    /// One page that needs nothing beside it.
    Html,
}

/// The language that a briefing is told in; passages keep their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BriefLanguage {
    /// English.
    En,
    /// Chinese.
    Zh,
}

/// `demarche brief`.
#[derive(Args)]
pub struct BriefArguments {
    /// A folder of documents, or a ledger.
    #[arg(value_name = "DIR|LEDGER")]
    pub from: PathBuf,
    /// How to write it [default: html where --out ends with .html, else md].
    #[arg(long)]
    pub format: Option<BriefFormat>,
    /// Write it into this file.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// The language to tell it in.
    #[arg(long, default_value = "en")]
    pub language: BriefLanguage,
    /// Tell only what had been published by this day.
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Show at most so many moves for one issue; 0 shows all.
    #[arg(long, value_name = "COUNT", default_value_t = LIMIT)]
    pub limit: usize,
    /// The negotiation's own names and issues.
    #[arg(long, value_name = "FILE")]
    pub agenda: Option<PathBuf>,
}

impl BriefArguments {
    fn format(&self) -> BriefFormat {
        let ending = self.out.as_deref().and_then(Path::extension);
        let is_page = ending.is_some_and(|e| e == "html" || e == "htm");
        let default = if is_page { BriefFormat::Html } else { BriefFormat::Md };
        self.format.unwrap_or(default)
    }

    fn language(&self) -> Language {
        match self.language {
            BriefLanguage::En => Language::En,
            BriefLanguage::Zh => Language::Zh,
        }
    }
}

/// What a briefing is made from beside the ledger's rows.
pub struct Sources<'a> {
    /// The ids of the documents to tell of; none: all. A cached ledger also holds what
    /// its folder no longer does.
    pub only: Option<BTreeSet<String>>,
    /// Documents that could not be read: path and reason.
    pub refused: Vec<(String, String)>,
    /// Brings words to one script.
    pub fold: &'a dyn Fn(&str) -> String,
    /// The issues of the agenda: id, and label in the language of the briefing.
    pub issues: Vec<(String, String)>,
}

/// Writes the briefing of a ledger where the user wants it.
///
/// # Errors
/// If the ledger cannot be read or the file cannot be written.
pub fn write(asked: &BriefArguments, ledger: &Ledger, from: Sources<'_>) -> Result<()> {
    let briefing = briefing(asked, ledger, from)?;
    let text = match asked.format() {
        BriefFormat::Md => web::markdown(&briefing, asked.language()),
        BriefFormat::Html => web::page(&briefing, asked.language()),
    };
    match &asked.out {
        Some(path) => std::fs::write(path, text)
            .with_context(|| format!("cannot write {}", path.display())),
        None => match std::io::stdout().lock().write_all(text.as_bytes()) {
            // Whoever read the first page of it and left has had what they wanted.
            Err(cause) if cause.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            written => written.context("cannot write to standard output"),
        },
    }
}

fn briefing(
    asked: &BriefArguments,
    ledger: &Ledger,
    from: Sources<'_>,
) -> Result<Briefing> {
    let filter = Filter { as_of: asked.as_of.clone(), ..Filter::default() };
    let title = match asked.language() {
        Language::En => format!("Briefing: {}", title(&asked.from)),
        Language::Zh => format!("简报：{}", title(&asked.from)),
    };
    let limit = (asked.limit > 0).then_some(asked.limit);
    let mut briefing = lines::briefing(ledger, &filter, from, asked.language())?;
    briefing.title = title;
    briefing.limit = limit;
    Ok(briefing)
}

/// What the folder or the ledger's file is called.
fn title(from: &Path) -> String {
    let whole = std::fs::canonicalize(from).unwrap_or_else(|_| from.to_owned());
    let name = if whole.is_dir() { whole.file_name() } else { whole.file_stem() };
    name.unwrap_or(whole.as_os_str()).to_string_lossy().into_owned()
}
