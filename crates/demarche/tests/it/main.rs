//! The program as its users meet it: whole commands, from arguments to exit code.

mod agenda;
mod bad_input;
mod brief;
mod derived;
mod desk;
mod eval;
mod explain;
mod export;
mod ledger;
mod lists;
mod pages;
mod seeds;
