//! The `demarche` command.

mod eval;
mod gold_form;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Reads press coverage of diplomatic talks and keeps a ledger of them.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Reads documents and prints what was read; with --out one ID.json for each file.
    Read {
        /// The files.
        files: Vec<PathBuf>,
        /// The publication date to assume where a document has none.
        #[arg(long)]
        published: Option<String>,
        /// A CSV of id,published: dates to assume, by the file's name without its ending.
        #[arg(long)]
        dates: Option<PathBuf>,
        /// Write one ID.json for each file into this folder.
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Scores readings of annotated articles.
    Eval(eval::Arguments),
}

fn main() -> Result<()> {
    let Arguments { command } = Arguments::parse();
    let reader = extract::Reader::new(extract::Agenda::default())?;
    let (files, published, dates, out) = match command {
        Command::Eval(arguments) => return eval::run(&arguments, &reader),
        Command::Read { files, published, dates, out } => (files, published, dates, out),
    };
    let mut given = std::collections::BTreeMap::new();
    if let Some(dates) = dates {
        for line in std::fs::read_to_string(&dates)?.lines().skip(1) {
            if let Some((id, date)) = line.split_once(',') {
                given.insert(id.to_owned(), date.to_owned());
            }
        }
    }
    for file in files {
        let bytes = std::fs::read(&file)
            .with_context(|| format!("cannot read {}", file.display()))?;
        let id = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let mut document = extract::article::document(&file.display().to_string(), bytes);
        document.published_hint = published.clone().or_else(|| given.get(&id).cloned());
        let reading = reader.extract(&document);
        let json = serde_json::to_string_pretty(&gold_form::gold_form(&id, &reading))?;
        match &out {
            Some(folder) => std::fs::write(folder.join(format!("{id}.json")), json)?,
            None => println!("{json}"),
        }
    }
    Ok(())
}
