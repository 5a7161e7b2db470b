//! A paper as PDF: tagged, with its fonts in it, cut down to the letters in use.
//!
//! In: blocks and fonts. Out: the bytes of a PDF file that meets PDF/UA-1. Refuses to
//! know: where the blocks come from.

mod draw;
mod flow;
mod pages;
mod parts;
mod table;
mod tags;
mod type_case;

use super::fonts::{Faces, NO_TYPE};
use super::{Error, Fonts, runs, title};
use resvg::usvg::{Options, Tree};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
pub(super) use type_case::TypeCase;
use type_case::is_unseen;
use web::Block;
#[cfg(test)]
pub(super) use {flow::Flow, parts::Mark};

/// A paper as PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf {
    /// The bytes of the file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// Signs that no font of the machine has; a mark (〓) stands in for each.
    pub missing: Vec<char>,
}

/// Writes a paper in a language as PDF.
///
/// # Errors
/// If the fonts do not have its letters, or may not be embedded.
pub fn pdf(blocks: &[Block], language: &str, fonts: &Fonts) -> Result<Pdf, Error> {
    let faces = fonts.faces(&letters(blocks, language))?;
    let case = TypeCase::new(&faces)?;
    let pictures = pictures(blocks, fonts, &faces)?;
    let shape = |tree: &Tree| tree.size().height() / tree.size().width();
    let shapes: Vec<f32> = pictures.iter().map(shape).collect();
    let flow = flow::Flow::of(&case, blocks, &shapes, language);
    let pages = pages::pages(flow.slabs, &flow.heads);
    let count = pages.len();
    let paper = draw::Paper {
        case: &case,
        pictures: &pictures,
        title: title(blocks),
        language: language.to_owned(),
    };
    let bytes = paper.write(pages, &flow.nodes)?;
    Ok(Pdf { bytes, pages: count, missing: faces.missing.into_iter().collect() })
}

/// The letters of some blocks by language, for each weight.
pub(super) fn letters(
    blocks: &[Block],
    language: &str,
) -> BTreeMap<(String, bool), BTreeSet<char>> {
    let mut letters: BTreeMap<String, BTreeSet<char>> = BTreeMap::new();
    // What the pages themselves say beside the blocks.
    let own = format!("0123456789[]/·? {}", title(blocks));
    letters.entry(language.to_owned()).or_default().extend(own.chars());
    letters.entry("en".to_owned()).or_default().insert(' ');
    for run in blocks.iter().flat_map(runs) {
        letters.entry(run.language.clone()).or_default().extend(run.text.chars());
    }
    let mut by_weight = BTreeMap::new();
    for (language, mut letters) in letters {
        letters.retain(|letter| !letter.is_control() && !is_unseen(*letter));
        letters.extend([' ', '?', NO_TYPE]);
        by_weight.insert((language.clone(), false), letters.clone());
        by_weight.insert((language, true), letters);
    }
    by_weight
}

/// The pictures of some blocks.
fn pictures(blocks: &[Block], fonts: &Fonts, faces: &Faces) -> Result<Vec<Tree>, Error> {
    let fontdb = Arc::new(fonts.for_pictures(faces));
    let options = Options { fontdb, ..Options::default() };
    let svgs = blocks.iter().filter_map(|block| match block {
        Block::Picture { svg, .. } => Some(svg),
        _ => None,
    });
    svgs.map(|svg| Tree::from_str(svg, &options).map_err(Error::Picture)).collect()
}
