//! Makes documents that derive from others, and measures how well lineage finds it.

mod dice;
mod find;
mod index;
mod make;
mod near;
mod page;
mod recipe;
mod reword;
mod shelf;

use anyhow::Result;
use clap::{Parser, Subcommand};
use recipe::Recipe;
use std::path::PathBuf;

/// Makes documents that derive from others, and measures how well lineage finds it.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Makes a set in a new folder.
    Make {
        /// What the dice begin with.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// How the set is made.
        #[arg(long)]
        recipe: Recipe,
        /// The corpus, with its folders talks and mixed.
        corpus: PathBuf,
        /// The new folder.
        folder: PathBuf,
    },
    /// Finds the lineage of a set and prints how good it is.
    Run {
        /// Lists every mistake.
        #[arg(long)]
        mistakes: bool,
        /// The set.
        folder: PathBuf,
    },
    /// Lists articles of the corpus that are kin before anything is made of them.
    Near {
        /// The corpus.
        corpus: PathBuf,
    },
}

fn main() -> Result<()> {
    match Arguments::parse().command {
        Command::Make { seed, recipe, corpus, folder } => {
            make::make(&corpus, seed, recipe, &folder)
        }
        Command::Run { mistakes, folder } => find::run(&folder, mistakes),
        Command::Near { corpus } => {
            let names = shelf::names(&corpus, &["mixed", "talks"])?;
            near::print(&shelf::read(&corpus, &names)?);
            Ok(())
        }
    }
}
