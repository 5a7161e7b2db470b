//! Whole-path tests of the binary.

mod eval;
