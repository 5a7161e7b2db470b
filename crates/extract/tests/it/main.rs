//! Tests of the front door: documents in, readings out.

mod article;
mod article_corpus;
mod lexicon_rows;
mod properties;
mod shared;
