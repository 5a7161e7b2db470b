//! A briefing as a paper: PDF or DOCX.
//!
//! In: a briefing, and font files that are asked for. Out: the bytes of a file, and a word
//! on standard error where a sign cannot be set. Refuses to know: how pages are made.

use anyhow::Result;
use exchange::paper::{Fonts, Pdf};
use std::path::PathBuf;
use web::{Briefing, Language};

/// The environment variable that names font files.
const FONTS: &str = "DEMARCHE_FONTS";

/// The bytes of a PDF file.
///
/// # Errors
/// If no font of the machine has the letters of the briefing.
pub fn pdf(
    briefing: &Briefing,
    language: Language,
    files: &[PathBuf],
) -> Result<Vec<u8>> {
    let blocks = web::outline(briefing, language);
    let Pdf { bytes, missing, .. } =
        exchange::paper::pdf(&blocks, language.tag(), &fonts(files)?)?;
    if !missing.is_empty() {
        let signs = missing.iter().map(|sign| format!("{sign} (U+{:04X})", *sign as u32));
        let signs: Vec<String> = signs.collect();
        eprintln!("no font has these signs, 〓 stands for each: {}", signs.join(", "));
    }
    Ok(bytes)
}

/// The bytes of a DOCX file.
///
/// # Errors
/// If a font that is asked for cannot be read.
pub fn docx(
    briefing: &Briefing,
    language: Language,
    files: &[PathBuf],
) -> Result<Vec<u8>> {
    let blocks = web::outline(briefing, language);
    Ok(exchange::paper::docx(&blocks, language.tag(), Some(&fonts(files)?))?)
}

/// The fonts that are asked for, and those of the machine.
fn fonts(files: &[PathBuf]) -> Result<Fonts> {
    let mut files = files.to_vec();
    if files.is_empty() {
        let named = std::env::var_os(FONTS).unwrap_or_default();
        let named = std::env::split_paths(&named);
        files.extend(named.filter(|path| !path.as_os_str().is_empty()));
    }
    Ok(Fonts::find(&files)?)
}
