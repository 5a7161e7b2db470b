//! The only code that knows which language it is reading.

pub mod numeral;
pub mod zh;

/// Whether statements are read in this language (a BCP 47 tag) yet.
pub fn is_read(language: &str) -> bool {
    language.starts_with("zh")
}
