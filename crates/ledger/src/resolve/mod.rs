//! What documents together tell, beyond what each tells alone.
//!
//! In: readings as they were stored. Out: how documents derive from each other. Refuses to
//! know: how a reading was made.

pub mod lineage;
