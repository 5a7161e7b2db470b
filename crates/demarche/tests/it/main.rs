//! The program as its users meet it: whole commands, from arguments to exit code.

mod bad_input;
mod brief;
mod desk;
mod eval;
mod ledger;
mod lists;
