//! What can go wrong while language data and agendas are loaded.

use std::fmt;

/// Why language data or an agenda was refused. Odd text in a document is never an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// A row of a lexicon table is malformed.
    LexiconRow {
        /// The table's address: `zh/cues`.
        file: String,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong with it.
        problem: String,
    },
    /// The rows together make no automaton.
    Automaton {
        /// What the automaton's builder says.
        problem: String,
    },
    /// An agenda has a mistake.
    Agenda {
        /// The line, counted from 1.
        line: usize,
        /// What is wrong there.
        problem: String,
        /// What to mend.
        help: String,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::LexiconRow { file, line, problem } => {
                write!(f, "lexicon {file}.tsv, line {line}: {problem}")
            }
            Error::Automaton { problem } => {
                write!(f, "the lexicon's words make no automaton: {problem}")
            }
            Error::Agenda { line, problem, help } => {
                write!(f, "line {line}: {problem}; {help}")
            }
        }
    }
}

impl std::error::Error for Error {}
