//! What several documents tell of one thing, brought together.

pub mod actors;
