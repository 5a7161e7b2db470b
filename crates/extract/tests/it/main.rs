//! Tests of the front door: documents in, readings out.

mod lexicon_rows;
mod properties;
mod shared;
