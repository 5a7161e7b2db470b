//! What the command line can say.
//!
//! In: words. Out: typed arguments, or a message and exit code 2. Refuses to know: what
//! the commands do with them.

use crate::brief::BriefArguments;
use crate::export::{EXPORT, ExportArguments};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use ledger::{Filter, Ledger};
use std::path::PathBuf;
use std::time::Duration;

const EXIT_CODES: &str = "\
Exit codes: 0 done; 1 nothing could be done, or an error; 2 the arguments make no sense;
3 documents were refused and --strict was given; 130 interrupted. Documents that are
refused are named on standard error with the reason, and the rest goes on.

The ledger is --ledger FILE, else $DEMARCHE_LEDGER, else ./demarche.db.";

/// Reads press coverage of diplomatic talks and keeps a ledger of them.
#[derive(Parser)]
#[command(version, after_help = EXIT_CODES)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What can be asked for.
#[derive(Subcommand)]
pub enum Command {
    /// Brief a folder of documents or a ledger: what was said and done, by issue and date.
    Brief(BriefArguments),
    /// Read documents and print what they say; nothing is kept.
    #[command(after_help = INPUTS)]
    Read(ReadArguments),
    /// Say of every entry of a document which rows and rules made it, and what weighed
    /// with the models.
    #[command(after_help = INPUTS)]
    Explain(ExplainArguments),
    /// Add documents to the ledger; what it knows already is skipped.
    #[command(after_help = INPUTS)]
    Add(AddArguments),
    /// List the documents: who published what, when, and whose article it renders.
    Documents(ListArguments),
    /// List who is named, with every spelling, or look a name up.
    Who(WhoArguments),
    /// List what was said, by whom, to whom, in which words.
    Statements(ListArguments),
    /// List what parties asked, offered, refused, threatened or did.
    Moves(ListArguments),
    /// List talks, calls, summits and sessions, held and planned.
    Meetings(ListArguments),
    /// List meetings and moves day by day; ≤ marks what is only known to have been told
    /// by that day.
    Timeline(TimelineArguments),
    /// List where each party stands on each issue: every step, and what it changed.
    Positions(ListArguments),
    /// List the outlets: what is their own, whose articles they carry, whose words.
    Sources(ListArguments),
    /// List what is new or otherwise since a day.
    Diff(DiffArguments),
    /// Say what would fall, or keep a single origin, if a source were not trusted.
    WhatIf(WhatIfArguments),
    /// Check the whole ledger: its file, every span against the documents' bytes, and
    /// how accounts, names and documents are joined.
    Verify(VerifyArguments),
    /// Print all that the ledger says in one canonical form, for comparing two ledgers.
    Dump(DumpArguments),
    /// List promises, deadlines, conditional threats, requests and meetings to come, and
    /// what became of them.
    Open(ListArguments),
    /// List where accounts cannot all be true, or one is odd.
    Disputes(ListArguments),
    /// Find documents by their words, in either Chinese script.
    Search(SearchArguments),
    /// Show the dossier of a folder or a ledger in a browser, from this machine only.
    Serve(crate::serve::ServeArguments),
    /// Write the dossier of a folder or a ledger as files that need no server.
    Publish(crate::publish::PublishArguments),
    /// Export the ledger to other tools: tables, networks, a calendar, a feed, a timeline.
    #[command(after_help = EXPORT)]
    Export(ExportArguments),
    /// Draft an agenda of your own from a ledger, or check one.
    Agenda(AgendaArguments),
    /// Scores readings of annotated articles.
    Eval(crate::eval::Arguments),
}

/// How many seconds a command waits for another writer unless told otherwise.
const WAIT: u64 = 10;

const INPUTS: &str = "\
What can be named: files; folders, which are walked in order of name, hidden files left
out; - for standard input; JSON Lines (.jsonl, .ndjson) and tables (.csv, .tsv) with named
columns: text, content, body or html, and optionally title, url, date or published, outlet
or source, author. A row's text is a document of its own, and spans count its bytes.";

/// Where the ledger is.
#[derive(Args)]
pub struct LedgerArguments {
    /// The ledger [default: $DEMARCHE_LEDGER, else ./demarche.db].
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    /// How long to wait while another program writes to it.
    #[arg(long, value_name = "SECONDS", default_value_t = WAIT)]
    wait: u64,
}

impl LedgerArguments {
    /// The ledger at this path.
    pub fn at(path: PathBuf) -> LedgerArguments {
        LedgerArguments { ledger: Some(path), wait: WAIT }
    }
    /// The ledger's path.
    pub fn path(&self) -> PathBuf {
        let named = std::env::var_os("DEMARCHE_LEDGER").filter(|path| !path.is_empty());
        self.ledger
            .clone()
            .or(named.map(PathBuf::from))
            .unwrap_or_else(|| PathBuf::from("demarche.db"))
    }
    /// How long to wait for another writer.
    pub fn wait(&self) -> Duration {
        // SQLite counts milliseconds in 31 bits.
        Duration::from_secs(self.wait.min(86_400))
    }
    /// Opens the ledger to ask it.
    pub fn open(&self) -> Result<Ledger, ledger::Error> {
        Ledger::open(&self.path(), self.wait())
    }
}

/// How lists are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// Columns for people; long cells are cut.
    Table,
    /// One array of objects.
    Json,
    /// The same columns, comma separated; lists are joined by `;`.
    Csv,
}

/// How readings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReadFormat {
    /// A page for people.
    Table,
    /// One object for each document.
    Json,
}

/// What is read by commands that keep nothing, and how.
#[derive(Args)]
pub struct InputArguments {
    /// What to read.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The publication date to assume where a document has none.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub published: Option<String>,
    /// A CSV of id,published: dates to assume, by the file's name without its ending.
    #[arg(long, value_name = "CSV")]
    pub dates: Option<PathBuf>,
    /// The negotiation's own names and issues; `none` for none at all.
    #[arg(long, value_name = "FILE")]
    pub agenda: Option<PathBuf>,
    /// Only statements, moves and meetings of which the reader is at least so sure, from
    /// 0 to 1.
    #[arg(long, value_name = "NUMBER", value_parser = probability)]
    pub min_confidence: Option<f64>,
}

/// `demarche explain`.
#[derive(Args)]
pub struct ExplainArguments {
    /// What to read.
    #[command(flatten)]
    pub input: InputArguments,
    /// How to print.
    #[arg(long, default_value = "table")]
    pub format: ReadFormat,
}

/// `demarche read`.
#[derive(Args)]
pub struct ReadArguments {
    /// What to read.
    #[command(flatten)]
    pub input: InputArguments,
    /// Write one ID.json for each document into this folder.
    #[arg(long, value_name = "DIR", conflicts_with = "format")]
    pub out: Option<PathBuf>,
    /// How to print.
    #[arg(long, default_value = "json")]
    pub format: ReadFormat,
}

/// `demarche add`.
#[derive(Args)]
pub struct AddArguments {
    /// What to add.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The ledger.
    #[command(flatten)]
    pub ledger: LedgerArguments,
    /// The negotiation's own names and issues; `none` for none at all.
    #[arg(long, value_name = "FILE")]
    pub agenda: Option<PathBuf>,
    /// The publication date to assume where a document has none.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub published: Option<String>,
    /// Read again what the ledger knows already; a reading that differs supersedes.
    #[arg(long)]
    pub again: bool,
    /// End with exit code 3 if any document is refused.
    #[arg(long)]
    pub strict: bool,
    /// How to print the summary.
    #[arg(long, default_value = "table")]
    pub format: ReadFormat,
}

/// What every list can be asked for.
#[derive(Args)]
pub struct ListArguments {
    /// The ledger.
    #[command(flatten)]
    pub ledger: LedgerArguments,
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
    /// At most so many rows.
    #[arg(long, value_name = "COUNT")]
    limit: Option<usize>,
    /// An agenda; it is checked, and entries keep the issues that they were read with.
    #[arg(long, value_name = "FILE")]
    pub agenda: Option<PathBuf>,
    /// How to print.
    #[arg(long, default_value = "table")]
    pub format: ListFormat,
}

impl ListArguments {
    /// The filter that the arguments make.
    pub fn filter(&self) -> Filter {
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
}

/// `demarche diff`.
#[derive(Args)]
pub struct DiffArguments {
    /// Against what had been published by this day.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub since: String,
    /// The list.
    #[command(flatten)]
    pub list: ListArguments,
}

/// `demarche what-if`.
#[derive(Args)]
pub struct WhatIfArguments {
    /// An outlet, with all that renders its articles, or a document: its path or the
    /// beginning of its id. May be given again.
    #[arg(long, required = true, value_name = "OUTLET|DOCUMENT")]
    pub without: Vec<String>,
    /// The ledger.
    #[command(flatten)]
    pub ledger: LedgerArguments,
    /// Only what had been published by this day.
    #[arg(long, value_name = "DATE", value_parser = partial_day)]
    pub as_of: Option<String>,
    /// At most so many rows.
    #[arg(long, value_name = "COUNT")]
    pub limit: Option<usize>,
    /// How to print.
    #[arg(long, default_value = "table")]
    pub format: ListFormat,
}

/// `demarche verify`.
#[derive(Args)]
pub struct VerifyArguments {
    /// The ledger.
    #[command(flatten)]
    pub ledger: LedgerArguments,
    /// Keep what follows from the readings as it is made again; what was read is never
    /// changed.
    #[arg(long)]
    pub mend: bool,
    /// How to print.
    #[arg(long, default_value = "table")]
    pub format: ReadFormat,
}

/// `demarche dump`.
#[derive(Args)]
pub struct DumpArguments {
    /// The ledger.
    #[command(flatten)]
    pub ledger: LedgerArguments,
}

/// `demarche who`.
#[derive(Args)]
pub struct WhoArguments {
    /// A name or part of one, in any language and script.
    pub name: Option<String>,
    /// The list.
    #[command(flatten)]
    pub list: ListArguments,
}

/// `demarche timeline`.
#[derive(Args)]
pub struct TimelineArguments {
    /// Show what was said too.
    #[arg(long)]
    pub statements: bool,
    /// The list.
    #[command(flatten)]
    pub list: ListArguments,
}

/// `demarche search`.
#[derive(Args)]
pub struct SearchArguments {
    /// Words; those in quotation marks stand together, one that ends in * may go on.
    #[arg(required = true)]
    pub query: Vec<String>,
    /// The list.
    #[command(flatten)]
    pub list: ListArguments,
}

/// `demarche agenda`.
#[derive(Args)]
pub struct AgendaArguments {
    /// What to do with it.
    #[command(subcommand)]
    pub command: AgendaCommand,
}

/// What can be done with an agenda.
#[derive(Subcommand)]
pub enum AgendaCommand {
    /// Propose an agenda from a ledger: parties, people, issues, tracks and instruments,
    /// as a file to edit.
    #[command(after_help = DRAFT)]
    Draft(DraftArguments),
    /// Say whether an agenda can be used, and else in which line it is wrong and what to
    /// mend; with --ledger also what it would catch there and what it misses.
    Check(CheckArguments),
}

const DRAFT: &str = "\
The ledger may have been made with any agenda or with none (demarche add --agenda none …).
Issues are clusters of terms that many of its documents have, few general articles, and
that stand in the sentences of moves. Rows stand in order of use; what is uncertain is
commented out; remarks say what was counted. Then:

  demarche add FILES --agenda DRAFT.toml --again";

/// `demarche agenda draft`.
#[derive(Args)]
pub struct DraftArguments {
    /// The ledger.
    #[command(flatten)]
    pub ledger: LedgerArguments,
    /// Write the draft into this file instead of printing it.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Only from moves by this party (IRN, NATO).
    #[arg(long)]
    party: Option<String>,
    /// Only from documents published from this day, month or year on.
    #[arg(long, value_name = "DATE", value_parser = partial_day)]
    from: Option<String>,
    /// Only from documents published up to this day, month or year.
    #[arg(long, value_name = "DATE", value_parser = partial_day)]
    to: Option<String>,
    /// Only from documents that have one of these words, in either Chinese script.
    #[arg(long, value_name = "WORD", num_args = 1..)]
    pub about: Vec<String>,
}

impl DraftArguments {
    /// The filter that the arguments make.
    pub fn filter(&self) -> Filter {
        Filter {
            party: self.party.clone(),
            from: self.from.clone(),
            to: self.to.clone(),
            ..Filter::default()
        }
    }
}

/// `demarche agenda check`.
#[derive(Args)]
pub struct CheckArguments {
    /// The agenda.
    pub file: PathBuf,
    /// The ledger whose moves are followed to the issues that they would get.
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    /// How to print.
    #[arg(long, default_value = "table")]
    pub format: ReadFormat,
}

impl CheckArguments {
    /// The ledger, if one is named.
    pub fn ledger(&self) -> Option<LedgerArguments> {
        self.ledger.clone().map(LedgerArguments::at)
    }
}

/// Reads a day.
pub fn day(text: &str) -> Result<String, String> {
    let date: Date =
        text.parse().map_err(|_| format!("{text} is no day such as 2022-01-10"))?;
    Ok(date.to_string())
}

/// Reads a day, a month or a year.
pub fn partial_day(text: &str) -> Result<String, String> {
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    let problem = || format!("{text} is no date such as 2022-01-10, 2022-01 or 2022");
    whole.parse::<Date>().map_err(|_| problem())?;
    match text.len() {
        4 | 7 | 10 => Ok(text.to_owned()),
        _ => Err(problem()),
    }
}

/// Reads a number from 0 to 1.
pub fn probability(text: &str) -> Result<f64, String> {
    let number: Option<f64> = text.parse().ok();
    number
        .filter(|number| (0.0..=1.0).contains(number))
        .ok_or_else(|| format!("{text} is no number from 0 to 1"))
}
