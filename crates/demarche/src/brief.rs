//! `demarche brief`: a folder or a ledger in, a briefing out.
//!
//! In: a folder or a ledger. Out: Markdown, a page or a paper, on standard output or in a
//! file.
//! Refuses to know: how documents are read, how a briefing looks.

mod cache;
mod join;
mod lines;
mod paper;
mod standing;

use crate::arguments::{
    AddArguments, LedgerArguments, ReadFormat, partial_day, probability,
};
use crate::reader::Fold;
use crate::{Ended, add, agenda};
use anyhow::{Context, Result, bail};
pub use cache::ledger_of_folder;
use clap::{Args, ValueEnum};
use extract::Agenda;
use ledger::{Filter, Ledger};
use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
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
    /// A paper to be handed round, its fonts in it.
    Pdf,
    /// A paper to be worked on in a word processor.
    Docx,
}

/// The language that a briefing is told in; passages keep their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BriefLanguage {
    /// English.
    En,
    /// Chinese.
    Zh,
}

impl From<BriefLanguage> for Language {
    fn from(language: BriefLanguage) -> Language {
        match language {
            BriefLanguage::En => Language::En,
            BriefLanguage::Zh => Language::Zh,
        }
    }
}

/// `demarche brief`.
#[derive(Args)]
pub struct BriefArguments {
    /// A folder of documents, or a ledger.
    #[arg(value_name = "DIR|LEDGER")]
    pub from: PathBuf,
    /// How to write it [default: as --out ends with .html, .pdf or .docx, else md].
    #[arg(long)]
    pub format: Option<BriefFormat>,
    /// Write it into this file.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// The language to tell it in.
    #[arg(long, default_value = "en")]
    pub language: BriefLanguage,
    /// Tell only what had been published by this day.
    #[arg(long, value_name = "DATE", value_parser = partial_day)]
    pub as_of: Option<String>,
    /// Only entries of which the reader was at least so sure, from 0 to 1.
    #[arg(long, value_name = "NUMBER", value_parser = probability)]
    pub min_confidence: Option<f64>,
    /// Show at most so many moves for one issue; 0 shows all.
    #[arg(long, value_name = "COUNT", default_value_t = LIMIT)]
    pub limit: usize,
    /// The negotiation's own names and issues.
    #[arg(long, value_name = "FILE")]
    pub agenda: Option<PathBuf>,
    /// A font file to set a paper with, before the fonts of the machine; may be given
    /// several times. [default: the files in $DEMARCHE_FONTS]
    #[arg(long = "font", value_name = "FILE")]
    pub fonts: Vec<PathBuf>,
}

impl BriefArguments {
    fn format(&self) -> BriefFormat {
        let ending = self.out.as_deref().and_then(Path::extension);
        let default = match ending.and_then(std::ffi::OsStr::to_str) {
            Some("html" | "htm") => BriefFormat::Html,
            Some("pdf") => BriefFormat::Pdf,
            Some("docx") => BriefFormat::Docx,
            _ => BriefFormat::Md,
        };
        self.format.unwrap_or(default)
    }

    fn language(&self) -> Language {
        self.language.into()
    }
}

/// What a briefing is made from beside the ledger's rows.
struct Sources<'a> {
    /// The documents to tell of, id and path; none: all. A cached ledger also holds what
    /// its folder no longer does.
    only: Option<BTreeMap<String, String>>,
    /// Documents that could not be read: path and reason.
    refused: Vec<(String, String)>,
    /// Brings words to one script.
    fold: &'a dyn Fn(&str) -> String,
    /// The issues of the agenda: id, and label in the language of the briefing.
    issues: Vec<(String, String)>,
    /// The names of parties in that language, by code.
    names: BTreeMap<String, String>,
}

/// Runs `demarche brief`.
///
/// # Errors
/// If there is nothing to read, or what is made of it cannot be written.
pub fn run(asked: BriefArguments) -> Result<Ended> {
    let agenda = agenda::load(asked.agenda.as_deref())?.agenda;
    let language = asked.language();
    let label = |issue: &extract::agenda::Issue| {
        let tag = if language == Language::Zh { "zh" } else { "en" };
        let label = issue.label.get(tag).or_else(|| issue.label.get("en"));
        (issue.id.clone(), label.unwrap_or(&issue.id).clone())
    };
    let fold = Fold::load();
    let fold = |text: &str| fold.apply(text);
    let mut from = Sources {
        only: None,
        refused: Vec::new(),
        fold: &fold,
        issues: agenda.issues.iter().map(label).collect(),
        names: party_names(&agenda, language)?,
    };
    let ledger = if asked.from.is_dir() {
        let path = ledger_of_folder(&asked.from)?;
        let ledger = LedgerArguments::at(path);
        let mut open = Ledger::create(&ledger.path(), ledger.wait())?;
        let asked = AddArguments {
            files: vec![asked.from.clone()],
            ledger,
            agenda: asked.agenda.clone(),
            published: None,
            again: false,
            strict: false,
            format: ReadFormat::Table,
        };
        let summary = add::gather(&mut open, &asked)?;
        from.only = summary.kept;
        let refused = summary.refused.into_iter();
        from.refused = refused.map(|refusal| (refusal.name, refusal.reason)).collect();
        open
    } else {
        LedgerArguments::at(asked.from.clone()).open()?
    };
    let briefing = briefing(&asked, &ledger, from)?;
    let is_read = briefing.documents.iter().any(|document| document.unread.is_none());
    write(&asked, &briefing)?;
    Ok(if is_read { Ended::Done } else { Ended::Nothing })
}

/// The name of each party that the tables or the agenda know.
pub fn party_names(
    agenda: &Agenda,
    language: Language,
) -> Result<BTreeMap<String, String>> {
    let tables =
        extract::lexicon::party_names().context("the language data is broken")?;
    let told = tables.into_iter().map(|[code, english, chinese]| {
        let has_chinese = language == Language::Zh && !chinese.is_empty();
        (code, if has_chinese { chinese } else { english })
    });
    let mut names: BTreeMap<String, String> = told.collect();
    for party in &agenda.parties {
        let chinese = party.names.zh.first().filter(|_| language == Language::Zh);
        names
            .entry(party.code.clone())
            .or_insert_with(|| chinese.unwrap_or(&party.name).clone());
    }
    Ok(names)
}

/// The names of places in a language other than English, by the English name.
pub fn place_names(language: Language) -> Result<BTreeMap<String, String>> {
    if language == Language::En {
        return Ok(BTreeMap::new());
    }
    let names = extract::lexicon::place_names().context("the language data is broken")?;
    let mut by_name = BTreeMap::new();
    for [english, chinese] in names {
        // Of two places with one name the first row is the better known.
        by_name.entry(english).or_insert(chinese);
    }
    Ok(by_name)
}

fn write(asked: &BriefArguments, briefing: &Briefing) -> Result<()> {
    let language = asked.language();
    let bytes = match asked.format() {
        BriefFormat::Md => web::markdown(briefing, language).into_bytes(),
        BriefFormat::Html => web::page(briefing, language).into_bytes(),
        BriefFormat::Pdf => paper::pdf(briefing, language, &asked.fonts)?,
        BriefFormat::Docx => paper::docx(briefing, language, &asked.fonts)?,
    };
    let is_paper = matches!(asked.format(), BriefFormat::Pdf | BriefFormat::Docx);
    if is_paper && asked.out.is_none() && std::io::stdout().is_terminal() {
        bail!("a paper cannot be shown here; name a file for it with --out");
    }
    match &asked.out {
        Some(path) => std::fs::write(path, bytes)
            .with_context(|| format!("cannot write {}", path.display())),
        None => std::io::stdout()
            .lock()
            .write_all(&bytes)
            .context("cannot write to standard output"),
    }
}

fn briefing(
    asked: &BriefArguments,
    ledger: &Ledger,
    from: Sources<'_>,
) -> Result<Briefing> {
    let filter = Filter {
        as_of: asked.as_of.clone(),
        min_confidence: asked.min_confidence,
        ..Filter::default()
    };
    let title = match asked.language() {
        Language::En => format!("Briefing: {}", title(&asked.from)),
        Language::Zh => format!("简报：{}", title(&asked.from)),
    };
    let places = place_names(asked.language())?;
    let limit = (asked.limit > 0).then_some(asked.limit);
    let folder = asked.from.is_dir().then_some(asked.from.as_path());
    let mut briefing = lines::briefing(ledger, &filter, from, asked.language())?;
    for place in briefing.meetings.iter_mut().filter_map(|m| m.place.as_mut()) {
        if let Some(name) = places.get(place) {
            place.clone_from(name);
        }
    }
    for document in &mut briefing.documents {
        document.path = within(folder, &document.path);
    }
    briefing.title = title;
    briefing.limit = limit;
    Ok(briefing)
}

/// A document's path as it lies in the folder that is told of.
fn within(folder: Option<&Path>, path: &str) -> String {
    let inner = folder.and_then(|folder| Path::new(path).strip_prefix(folder).ok());
    inner.map_or_else(|| path.to_owned(), |inner| inner.display().to_string())
}

/// What the folder or the ledger's file is called.
fn title(from: &Path) -> String {
    let whole = std::fs::canonicalize(from).unwrap_or_else(|_| from.to_owned());
    let name = if whole.is_dir() { whole.file_name() } else { whole.file_stem() };
    name.unwrap_or(whole.as_os_str()).to_string_lossy().into_owned()
}
