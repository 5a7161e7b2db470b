//! Agendas: the one that a command reads with, one proposed from a ledger, one checked.
//!
//! In: the path that the user gave, if any, or a ledger. Out: an agenda and what it is
//! called in the ledger; a draft; what an agenda catches and misses. Refuses to know: how
//! a clause is found to be about an issue.

mod check;
mod draft;
mod issues;
mod people;
mod reach;
mod sources;
mod talks;
mod term;
mod toml;
mod words;

use crate::Ended;
use crate::arguments::{AgendaArguments, AgendaCommand};
use anyhow::{Context, Result};
use extract::Agenda;
use sha2::{Digest, Sha256};
use std::path::Path;

/// What stands for no agenda at all: moves are coded without issues.
const NONE: &str = "none";

/// An agenda, and a name of what is in it: readings with another one are other readings.
pub struct Loaded {
    /// The agenda.
    pub agenda: Agenda,
    /// `built-in`, `none`, or the first digits of its text's hash.
    pub version: String,
}

/// Loads the user's agenda, else the built-in one; `none` is an agenda of nothing.
pub fn load(path: Option<&Path>) -> Result<Loaded> {
    let Some(path) = path else {
        return Ok(Loaded { agenda: Agenda::builtin(), version: "built-in".to_owned() });
    };
    if path == Path::new(NONE) {
        return Ok(Loaded { agenda: Agenda::empty(), version: NONE.to_owned() });
    }
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("cannot read the agenda {}", path.display()))?;
    let hash = Sha256::digest(text.as_bytes());
    let version = hash[..4].iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Loaded { agenda: parse(path, &text)?, version })
}

/// Reads an agenda's text; every mistake is told with file, line and what to mend.
fn parse(path: &Path, text: &str) -> Result<Agenda> {
    Agenda::parse(text).map_err(|cause| {
        let said = cause.to_string();
        let lines = said.lines().map(|mistake| format!("{}, {mistake}", path.display()));
        anyhow::anyhow!(lines.collect::<Vec<_>>().join("\n"))
    })
}

/// Refuses an agenda with a mistake before a list is printed with it.
pub fn check(path: Option<&Path>) -> Result<()> {
    path.map_or(Ok(()), |path| load(Some(path)).map(drop))
}

/// Runs `demarche agenda`.
pub fn run(asked: AgendaArguments) -> Result<Ended> {
    match asked.command {
        AgendaCommand::Draft(asked) => draft::run(&asked),
        AgendaCommand::Check(asked) => check::run(&asked),
    }
}
