//! What pages are made from: a ledger, opened or gathered from a folder, and names.
//!
//! In: a folder or a ledger, an agenda. Out: where the ledger is, what codes are called.
//! Refuses to know: how a page looks, sockets.

use crate::arguments::{AddArguments, LedgerArguments, ReadFormat};
use crate::brief::ledger_of_folder;
use crate::{add, agenda, print};
use anyhow::{Context, Result};
use clap::Args;
use extract::Agenda;
use ledger::Ledger;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use web::pages::{Both, Names};

/// What a dossier is made from.
#[derive(Args)]
pub struct DossierArguments {
    /// A folder of documents, or a ledger [default: the ledger of --ledger].
    #[arg(value_name = "DIR|LEDGER")]
    pub from: Option<PathBuf>,
    /// Where the ledger is.
    #[command(flatten)]
    pub ledger: LedgerArguments,
    /// The negotiation's own names and issues.
    #[arg(long, value_name = "FILE")]
    pub agenda: Option<PathBuf>,
}

/// A ledger that is there, and what is needed to show it.
pub struct Ready {
    /// The ledger.
    pub ledger: LedgerArguments,
    /// What codes are called.
    pub names: Names,
    /// What the folder or the ledger is called.
    pub title: String,
}

impl DossierArguments {
    /// Opens the ledger; a folder is read first, what is known of it is not read again.
    ///
    /// # Errors
    /// If there is nothing to show, or the agenda is broken.
    pub fn ready(&self) -> Result<Ready> {
        let names = names(&agenda::load(self.agenda.as_deref())?.agenda)?;
        let from = self.from.clone().unwrap_or_else(|| self.ledger.path());
        let ledger = if from.is_dir() {
            gather(&from, self.agenda.clone())?
        } else {
            let ledger = LedgerArguments::at(from.clone());
            ledger.open()?;
            ledger
        };
        Ok(Ready { ledger, names, title: title(&from) })
    }
}

/// Reads a folder into the ledger that is kept for it.
fn gather(folder: &Path, agenda: Option<PathBuf>) -> Result<LedgerArguments> {
    let path = ledger_of_folder(folder)?;
    let ledger = LedgerArguments::at(path);
    let mut open = Ledger::create(&ledger.path(), ledger.wait())?;
    let asked = AddArguments {
        files: vec![folder.to_owned()],
        ledger: LedgerArguments::at(ledger.path()),
        agenda,
        published: None,
        again: false,
        strict: false,
        format: ReadFormat::Table,
    };
    let summary = add::gather(&mut open, &asked)?;
    for refusal in &summary.refused {
        print::note(&format!("not shown: {}: {}", refusal.name, refusal.reason));
    }
    Ok(ledger)
}

/// What parties, issues and places are called.
fn names(agenda: &Agenda) -> Result<Names> {
    let tables =
        extract::lexicon::party_names().context("the language data is broken")?;
    let mut parties: BTreeMap<String, Both> = tables
        .into_iter()
        .map(|[code, english, chinese]| (code, [english, chinese]))
        .collect();
    for party in &agenda.parties {
        let chinese = party.names.zh.first().cloned().unwrap_or_default();
        let both = [party.name.clone(), chinese];
        parties.entry(party.code.clone()).or_insert(both);
    }
    let issues = agenda.issues.iter().map(|issue| {
        let label = |tag: &str| issue.label.get(tag).cloned();
        let english = label("en").unwrap_or_else(|| issue.id.clone());
        (issue.id.clone(), [english, label("zh").unwrap_or_default()])
    });
    let mut places = BTreeMap::new();
    for [english, chinese] in
        extract::lexicon::place_names().context("the language data is broken")?
    {
        // Of two places with one name the first row is the better known.
        places.entry(english).or_insert(chinese);
    }
    Ok(Names { parties, issues: issues.collect(), places })
}

/// What the folder or the ledger's file is called.
fn title(from: &Path) -> String {
    let whole = std::fs::canonicalize(from).unwrap_or_else(|_| from.to_owned());
    let name = if whole.is_dir() { whole.file_name() } else { whole.file_stem() };
    name.unwrap_or(whole.as_os_str()).to_string_lossy().into_owned()
}
