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
    /// An agenda has mistakes.
    Agenda {
        /// All of them, by line.
        mistakes: Vec<Mistake>,
    },
}

/// One mistake in an agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub problem: String,
    /// What to mend.
    pub help: String,
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
            Error::Agenda { mistakes } => {
                for (at, mistake) in mistakes.iter().enumerate() {
                    let Mistake { line, problem, help } = mistake;
                    let between = if at == 0 { "" } else { "\n" };
                    write!(f, "{between}line {line}: {problem}; {help}")?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for Error {}
