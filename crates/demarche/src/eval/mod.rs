//! `demarche eval`: readings scored against annotated articles.
//!
//! In: a folder of annotations and their articles. Out: precision, recall and F1, what
//! was missed, and a reliability diagram. Refuses to know: how an article is read.

mod alike;
mod annotation;
mod reliability;
mod report;
mod score;

use crate::gold_form::gold_form;
use annotation::Annotation;
use anyhow::{Context, Result, bail, ensure};
use rayon::prelude::*;
use score::Outcome;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What `demarche eval` is asked for.
#[derive(clap::Args)]
pub struct Arguments {
    /// The folder of annotations, one ID.json for each article, or the folder above it.
    gold: PathBuf,
    /// The articles, one ID.* for each annotation [default: `articles` beside the folder].
    #[arg(long, value_name = "DIR")]
    articles: Option<PathBuf>,
    /// A CSV of id,published: the date to assume where an article has none
    /// [default: `published.csv` beside the folder].
    #[arg(long, value_name = "CSV")]
    dates: Option<PathBuf>,
    /// Score these readings, one ID.json each, instead of reading the articles.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["articles", "dates"])]
    readings: Option<PathBuf>,
    /// Only every second article by file name: those to look at, or those to check with.
    #[arg(long)]
    half: Option<Half>,
    /// Show the errors of the first N articles that have any; not of the half to check
    /// with, whose worth is that nobody has seen it.
    #[arg(long, value_name = "N", default_value_t = 0)]
    errors: usize,
    /// How to print the figures.
    #[arg(long, default_value = "table")]
    format: Format,
    /// JSON of {measure: least F1}; the exit code is 1 when one falls short.
    #[arg(long, value_name = "FILE")]
    min: Option<PathBuf>,
    /// Draw whether confidence means what it says, as SVG.
    #[arg(long, value_name = "FILE")]
    reliability: Option<PathBuf>,
    /// Read without a part, to see what it is worth; may be given more than once.
    #[arg(long, value_name = "PART", hide = true)]
    without: Vec<Part>,
}

/// A part of the reader that can be left out.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// The list of people.
    People,
    /// Whom pronouns, offices, short names and other spellings mean.
    Coreference,
    /// The agenda's names and issues.
    Agenda,
}

impl Arguments {
    /// What the reader is made without.
    pub fn ablation(&self) -> extract::Ablation {
        let lacks = |part| self.without.contains(&part);
        extract::Ablation {
            people: lacks(Part::People),
            coreference: lacks(Part::Coreference),
            agenda: lacks(Part::Agenda),
        }
    }
}

/// Which articles: those that rules are written from, or those that only check them.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Half {
    /// Even places.
    Look,
    /// Odd places.
    Check,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people.
    Table,
    /// For programs.
    Json,
}

/// One article's annotation, its reading, and how the two compare.
pub struct Scored {
    /// The file's name without its ending.
    id: String,
    gold: Annotation,
    system: Annotation,
    outcome: Outcome,
}

/// Scores, prints, and fails when a figure is below its floor.
pub fn run(arguments: &Arguments, reader: &extract::Reader) -> Result<()> {
    let unseen = arguments.half == Some(Half::Check);
    ensure!(
        !(unseen && arguments.errors > 0),
        "--half check gives figures only: its articles stay unseen; use --half look"
    );
    let scored = score_all(arguments, reader)?;
    let sums = score::add_up(scored.iter().map(|scored| &scored.outcome));
    let errors = scored.iter().map(report::errors).filter(|e| !e.is_empty());
    errors.take(arguments.errors).for_each(|errors| print!("{errors}"));
    match arguments.format {
        Format::Table => print!("{}", report::table(&sums)),
        Format::Json => {
            println!("{}", serde_json::to_string_pretty(&report::figures(&sums))?);
        }
    }
    if let Some(path) = &arguments.reliability {
        let judged: Vec<_> = scored.iter().flat_map(reliability::judge).collect();
        std::fs::write(path, reliability::diagram(&judged))
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    if let Some(path) = &arguments.min {
        let floors: serde_json::Value = serde_json::from_str(&read(path)?)
            .with_context(|| format!("{} is not JSON", path.display()))?;
        let Some(floors) = floors.as_object() else {
            bail!("{} is no object of measures and least figures", path.display());
        };
        let short = report::shortfalls(&sums, floors);
        ensure!(short.is_empty(), "falls short: {}", short.join("; "));
    }
    Ok(())
}

fn score_all(arguments: &Arguments, reader: &extract::Reader) -> Result<Vec<Scored>> {
    let inside = arguments.gold.join("json");
    let gold = if inside.is_dir() { &inside } else { &arguments.gold };
    let ids = chosen(gold, arguments.half)?;
    let beside = |name: &str| gold.join("..").join(name);
    let articles = arguments.articles.clone().unwrap_or_else(|| beside("articles"));
    let dates = match (&arguments.dates, beside("published.csv")) {
        (Some(path), _) => dates(path)?,
        (None, path) if path.is_file() => dates(&path)?,
        (None, _) => BTreeMap::new(),
    };
    let files = match arguments.readings {
        Some(_) => BTreeMap::new(),
        None => by_stem(&articles)?,
    };
    let score_one = |id: &String| -> Result<Scored> {
        let json = gold.join(format!("{id}.json"));
        let system = match (&arguments.readings, files.get(id)) {
            (Some(folder), _) => saved(&folder.join(format!("{id}.json")))?,
            (None, Some(file)) => read_now(id, file, dates.get(id), reader)?,
            (None, None) => bail!("{} has no article {id}.*", articles.display()),
        };
        let gold = Annotation::load(&json)?;
        let outcome = score::score(&gold, &system);
        Ok(Scored { id: id.clone(), gold, system, outcome })
    };
    ids.par_iter().map(score_one).collect()
}

/// A reading made before; one that is missing counts as empty.
fn saved(path: &Path) -> Result<Annotation> {
    if path.is_file() { Annotation::load(path) } else { Ok(Annotation::default()) }
}

fn read_now(
    id: &str,
    file: &Path,
    date: Option<&String>,
    reader: &extract::Reader,
) -> Result<Annotation> {
    let bytes =
        std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut document = extract::article::document(&file.display().to_string(), bytes);
    document.published_hint = date.cloned();
    Ok(Annotation::read(&gold_form(id, &reader.extract(&document))))
}

/// The names of the annotations in order, all of them or one half.
fn chosen(gold: &Path, half: Option<Half>) -> Result<Vec<String>> {
    let mut files: Vec<PathBuf> = by_stem(gold)?.into_values().collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    // By the whole name: `a-b.json` comes before `a.json`.
    files.sort();
    let ids = files.iter().filter_map(|path| path.file_stem()?.to_str());
    let skipped = usize::from(half == Some(Half::Check));
    let step = if half.is_some() { 2 } else { 1 };
    let ids: Vec<String> = ids.skip(skipped).step_by(step).map(str::to_owned).collect();
    ensure!(!ids.is_empty(), "{} holds no annotations (ID.json)", gold.display());
    Ok(ids)
}

/// The files of a folder by name without ending.
fn by_stem(folder: &Path) -> Result<BTreeMap<String, PathBuf>> {
    let entries = std::fs::read_dir(folder)
        .with_context(|| format!("cannot read the folder {}", folder.display()))?;
    let mut files = BTreeMap::new();
    for entry in entries {
        let path = entry?.path();
        if let Some(stem) = path.file_stem() {
            files.insert(stem.to_string_lossy().into_owned(), path);
        }
    }
    Ok(files)
}

fn dates(path: &Path) -> Result<BTreeMap<String, String>> {
    let rows = read(path)?;
    let rows = rows.lines().skip(1).filter_map(|row| row.split_once(','));
    Ok(rows.map(|(id, date)| (id.to_owned(), date.trim().to_owned())).collect())
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path)
        .with_context(|| format!("cannot read {}", path.display()))
}
