//! A paper as DOCX, which word processors open and people go on writing in.
//!
//! In: blocks, and fonts where the picture is wanted. Out: the bytes of a DOCX file.
//! Refuses to know: where pages end; the word processor sets the type.

mod body;
mod package;
mod picture;
mod xml;

use super::{Error, Fonts, title};
use body::Body;
use package::Package;
use web::Block;

/// Writes a paper in a language as DOCX. The picture of the timeline is in it where `fonts`
/// have its letters: a word processor takes pictures as dots, not as SVG.
///
/// # Errors
/// If the file cannot be put together.
pub fn docx(
    blocks: &[Block],
    language: &str,
    fonts: Option<&Fonts>,
) -> Result<Vec<u8>, Error> {
    let pictures = match fonts {
        Some(fonts) => picture::pictures(blocks, language, fonts)?,
        None => Vec::new(),
    };
    let title = title(blocks);
    let body = Body::of(blocks, language, &pictures).map_err(Error::Docx)?;
    let package = Package { title: &title, language, body: &body, pictures: &pictures };
    package.bytes().map_err(Error::Docx)
}
