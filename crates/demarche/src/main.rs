//! The `demarche` command.
//!
//! In: arguments. Out: what was asked for, on standard output; what went wrong, on
//! standard error; an exit code. Refuses to know: how a document is read, how the ledger
//! keeps it.

mod add;
mod agenda;
mod arguments;
mod brief;
mod dossier;
mod eval;
mod explain;
mod export;
mod fetch;
mod gold_form;
mod list;
mod print;
mod publish;
mod read;
mod reader;
mod render;
mod serve;
mod verify;

use arguments::{Arguments, Command};
use clap::Parser;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

/// How a command ended, where it did not fail outright.
enum Ended {
    /// All that was asked for is done, though single documents may have been refused.
    Done,
    /// There was nothing that could be done.
    Nothing,
    /// Documents were refused and `--strict` was asked for.
    Partly,
    /// The user interrupted it; what was done is kept.
    Interrupted,
}

fn main() -> ExitCode {
    let Arguments { command } = Arguments::parse();
    match run(command) {
        Ok(Ended::Done) => ExitCode::SUCCESS,
        Ok(Ended::Nothing) => ExitCode::from(1),
        Ok(Ended::Partly) => ExitCode::from(3),
        Ok(Ended::Interrupted) => ExitCode::from(130),
        // Whoever read the output wanted no more of it: `demarche moves | head`.
        Err(cause) if is_broken_pipe(&cause) => ExitCode::SUCCESS,
        Err(cause) => {
            // Standard error may be closed too; there is nobody left to tell.
            let _ = writeln!(io::stderr(), "demarche: {}", said(&cause));
            ExitCode::from(1)
        }
    }
}

fn run(command: Command) -> anyhow::Result<Ended> {
    match command {
        Command::Brief(asked) => brief::run(asked),
        Command::Read(arguments) => read::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Add(arguments) => add::run(arguments),
        Command::Documents(asked) => list::documents(asked),
        Command::Who(asked) => list::who(asked),
        Command::Statements(asked) => list::statements(asked),
        Command::Moves(asked) => list::moves(asked),
        Command::Meetings(asked) => list::meetings(asked),
        Command::Timeline(asked) => list::timeline(asked),
        Command::Sources(asked) => list::sources(asked),
        Command::Diff(asked) => list::diff(asked),
        Command::WhatIf(asked) => list::what_if(asked),
        Command::Verify(asked) => verify::run(asked),
        Command::Dump(asked) => verify::dump(asked),
        Command::Positions(asked) => list::positions(asked),
        Command::Open(asked) => list::open_items(asked),
        Command::Disputes(asked) => list::disputes(asked),
        Command::Search(asked) => list::search(asked),
        Command::Serve(asked) => serve::run(asked),
        Command::Publish(asked) => publish::run(asked),
        Command::Agenda(asked) => agenda::run(asked),
        Command::Export(asked) => export::run(asked),
        Command::Eval(asked) => {
            let agenda::Loaded { agenda, .. } = agenda::load(None)?;
            let reader = extract::Reader::without(agenda, asked.ablation())?;
            eval::run(&asked, &reader).map(|()| Ended::Done)
        }
    }
}

/// An error and its causes in one line.
fn said(cause: &anyhow::Error) -> String {
    let parts: Vec<String> = cause.chain().map(ToString::to_string).collect();
    parts.join(": ")
}

fn is_broken_pipe(cause: &anyhow::Error) -> bool {
    cause.chain().any(|cause| {
        let io = cause.downcast_ref::<io::Error>();
        io.is_some_and(|cause| cause.kind() == ErrorKind::BrokenPipe)
    })
}
