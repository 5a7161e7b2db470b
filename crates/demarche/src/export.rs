//! `demarche export`: the ledger in the forms of other tools.
//!
//! In: arguments. Out: a file, a folder of files, or standard output. Refuses to know: how
//! a form is written.

use crate::arguments::{LedgerArguments, day, partial_day, probability};
use crate::brief::{BriefLanguage, party_names, place_names};
use crate::reader::Fold;
use crate::{Ended, agenda, print};
use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use exchange::{Feed, Form, Language, List, Network, Telling};
use ledger::{Filter, Ledger};
use std::cell::OnceCell;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// What the ledger can be exported as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// Comma separated values, a file for each list; lists in cells are JSON.
    Csv,
    /// JSON Lines, a file for each list; a line is a row of the list commands' JSON.
    Jsonl,
    /// Parquet, a file for each list; opens in DuckDB, pandas, Polars, R.
    Parquet,
    /// A network: opens in Gephi, visone, networkx.
    Graphml,
    /// A calendar of meetings and due dates.
    Ical,
    /// The data of a TimelineJS 3 timeline.
    Timelinejs,
    /// A feed of what has changed since a day.
    Atom,
    /// A file of the Discourse Network Analyzer 3; its coders' password is demarche.
    Dna,
}

/// What help adds behind the options.
pub const EXPORT: &str = "\
csv, jsonl and parquet write every list into the folder --out, or the list --what alone to
--out or standard output. Lists: documents, actors, statements, moves, meetings, positions,
open, disputes, sources, accounts (one row for each account of a statement, move or meeting).
graphml takes --what moves (who acted towards whom; the default), meetings (who met whom) or
speakers (through whom a party acted towards whom). atom needs --since, dna needs --out.
Files are written beside their place and moved there when they are whole. The same ledger
gives the same bytes.";

/// `demarche export`.
#[derive(Args)]
pub struct ExportArguments {
    /// What to make of it.
    pub format: ExportFormat,
    /// Write it into this file, or the lists into this folder.
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
    /// Only this list, or this network.
    #[arg(long, value_name = "NAME")]
    what: Option<String>,
    /// Against what had been published by this day.
    #[arg(long, value_name = "DATE", value_parser = day)]
    since: Option<String>,
    /// The language of headings and labels; evidence keeps its own.
    #[arg(long, default_value = "en")]
    language: BriefLanguage,
    /// What a calendar, feed or timeline is called [default: the title of --agenda].
    #[arg(long, value_name = "WORDS")]
    title: Option<String>,
    /// The ledger.
    #[command(flatten)]
    ledger: LedgerArguments,
    /// Only of this party: who speaks, acts, meets or is named (RUS, USA, NATO).
    #[arg(long)]
    party: Option<String>,
    /// Only acts directed at this party, or meetings with it.
    #[arg(long, value_name = "PARTY")]
    toward: Option<String>,
    /// Only on this issue (nato-enlargement).
    #[arg(long)]
    issue: Option<String>,
    /// Only from documents of this outlet.
    #[arg(long)]
    outlet: Option<String>,
    /// From this day, month or year on.
    #[arg(long, value_name = "DATE", value_parser = partial_day)]
    from: Option<String>,
    /// Up to this day, month or year.
    #[arg(long, value_name = "DATE", value_parser = partial_day)]
    to: Option<String>,
    /// Only what had been published by this day.
    #[arg(long, value_name = "DATE", value_parser = partial_day)]
    as_of: Option<String>,
    /// Only entries of which the reader was at least so sure, from 0 to 1.
    #[arg(long, value_name = "NUMBER", value_parser = probability)]
    min_confidence: Option<f64>,
    /// At most so many rows of a list.
    #[arg(long, value_name = "COUNT")]
    limit: Option<usize>,
    /// The agenda whose labels of issues and names of parties are told.
    #[arg(long, value_name = "FILE")]
    agenda: Option<PathBuf>,
}

impl ExportArguments {
    fn filter(&self) -> Filter {
        Filter {
            party: self.party.clone(),
            toward: self.toward.clone(),
            issue: self.issue.clone(),
            outlet: self.outlet.clone(),
            from: self.from.clone(),
            to: self.to.clone(),
            as_of: self.as_of.clone(),
            min_confidence: self.min_confidence,
            limit: self.limit,
            ..Filter::default()
        }
    }

    /// The words to tell it in: labels of the agenda, names of the tables.
    fn telling(&self) -> Result<Telling> {
        let agenda = agenda::load(self.agenda.as_deref())?.agenda;
        // The built-in agenda knows many names; whether the ledger is about its talks is
        // not known.
        let named = self.agenda.as_ref().map(|_| agenda.title.clone());
        let named = named.filter(|title| !title.is_empty());
        let (language, tag) = match self.language {
            BriefLanguage::En => (Language::En, "en"),
            BriefLanguage::Zh => (Language::Zh, "zh"),
        };
        let label = |issue: &extract::agenda::Issue| {
            let label = issue.label.get(tag).or_else(|| issue.label.get("en"));
            (issue.id.clone(), label.unwrap_or(&issue.id).clone())
        };
        Ok(Telling {
            language,
            title: self.title.clone().or(named),
            issues: agenda.issues.iter().map(label).collect(),
            parties: party_names(&agenda, self.language.into())?,
            places: place_names(self.language.into())?,
        })
    }

    fn list(&self) -> Result<Option<List>> {
        let Some(name) = &self.what else { return Ok(None) };
        let list = List::from_name(name);
        let names: Vec<&str> = List::ALL.iter().map(|list| list.name()).collect();
        list.map(Some).with_context(|| {
            format!("there is no list {name}; there are {}", names.join(", "))
        })
    }

    fn network(&self) -> Result<Network> {
        match self.what.as_deref() {
            None | Some("moves") => Ok(Network::Moves),
            Some("meetings") => Ok(Network::Meetings),
            Some("speakers") => Ok(Network::Speakers),
            Some(other) => bail!(
                "there is no network {other}; there are moves, meetings and speakers"
            ),
        }
    }
}

/// Runs `demarche export`.
///
/// # Errors
/// If the arguments do not fit the format, or what is made cannot be written.
pub fn run(asked: ExportArguments) -> Result<Ended> {
    let takes_what = matches!(
        asked.format,
        ExportFormat::Csv
            | ExportFormat::Jsonl
            | ExportFormat::Parquet
            | ExportFormat::Graphml
    );
    if asked.what.is_some() && !takes_what {
        bail!("--what is for csv, jsonl, parquet and graphml");
    }
    if asked.since.is_some() && asked.format != ExportFormat::Atom {
        bail!("--since is for atom; --from and --to choose what is exported");
    }
    match asked.format {
        ExportFormat::Csv => tables(&asked, Form::Csv)?,
        ExportFormat::Jsonl => tables(&asked, Form::Jsonl)?,
        ExportFormat::Parquet => tables(&asked, Form::Parquet)?,
        ExportFormat::Dna => dna(&asked)?,
        _ => stream(&asked)?,
    }
    Ok(Ended::Done)
}

fn tables(asked: &ExportArguments, form: Form) -> Result<()> {
    let list = asked.list()?;
    agenda::check(asked.agenda.as_deref())?;
    let ledger = asked.ledger.open()?;
    let filter = asked.filter();
    // Few lists need the table of characters, which takes time to load.
    let table = OnceCell::new();
    let fold = |text: &str| table.get_or_init(Fold::load).apply(text);
    let Some(list) = list else {
        let folder = asked
            .out
            .as_deref()
            .context("name a folder for the lists with --out, or one list with --what")?;
        let files = exchange::tables(&ledger, &filter, form, &fold, folder)?;
        print::note(&format!("{} files in {}", files.len(), folder.display()));
        return Ok(());
    };
    match &asked.out {
        Some(path) => exchange::beside(path, |out| {
            exchange::table(&ledger, &filter, list, form, &fold, out)
        })?,
        None => {
            let out = BufWriter::with_capacity(1 << 16, io::stdout());
            exchange::table(&ledger, &filter, list, form, &fold, out)?;
        }
    }
    Ok(())
}

fn dna(asked: &ExportArguments) -> Result<()> {
    let path = asked.out.as_deref().context("name a file with --out: talks.dna")?;
    let ledger = asked.ledger.open()?;
    exchange::dna(&ledger, &asked.filter(), &asked.telling()?, path)?;
    if path.extension().is_none_or(|ending| ending != "dna") {
        print::note("the Discourse Network Analyzer opens only files that end with .dna");
    }
    Ok(())
}

/// What is one stream of text: to a file, else to standard output.
fn stream(asked: &ExportArguments) -> Result<()> {
    let network = match asked.format {
        ExportFormat::Graphml => asked.network()?,
        _ => Network::default(),
    };
    if asked.format == ExportFormat::Atom && asked.since.is_none() {
        bail!("since which day? --since 2022-01-09");
    }
    let telling = asked.telling()?;
    let ledger = asked.ledger.open()?;
    let write = |out: &mut dyn Write| told(asked, &ledger, network, &telling, out);
    match &asked.out {
        Some(path) => exchange::beside(Path::new(path), |out| write(out))?,
        None => write(&mut print::out())?,
    }
    Ok(())
}

fn told(
    asked: &ExportArguments,
    ledger: &Ledger,
    network: Network,
    telling: &Telling,
    out: &mut dyn Write,
) -> Result<(), exchange::Error> {
    let filter = asked.filter();
    match (asked.format, &asked.since) {
        (ExportFormat::Ical, _) => exchange::ical(ledger, &filter, telling, out),
        (ExportFormat::Timelinejs, _) => {
            exchange::timelinejs(ledger, &filter, telling, out)
        }
        (ExportFormat::Atom, Some(since)) => {
            exchange::atom(ledger, &filter, since, telling, Feed::default(), out)
        }
        _ => exchange::graphml(ledger, &filter, network, telling, out),
    }
}
