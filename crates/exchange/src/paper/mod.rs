//! A briefing as a paper that is handed round: PDF and DOCX.
//!
//! In: the blocks of a briefing. Out: the bytes of a file; the same blocks and fonts give
//! the same bytes. Refuses to know: where the blocks come from, where the file goes, the
//! clock.

mod docx;
mod error;
mod fonts;
mod pdf;
#[cfg(test)]
mod tests;

pub use docx::docx;
pub use error::Error;
pub use fonts::Fonts;
pub use pdf::{Pdf, pdf};

use web::{Block, Run};

/// What the metadata of a file name as its maker.
const MAKER: &str = "Demarche";

/// The words of some runs, on one line.
fn text(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.replace('\n', " ")).collect()
}

/// What a paper is called: its first heading.
fn title(blocks: &[Block]) -> String {
    let title = blocks.iter().find_map(|block| match block {
        Block::Heading { runs, .. } => Some(text(runs)),
        _ => None,
    });
    title.unwrap_or_default()
}

/// Every run of a block, in the order in which they are read.
fn runs(block: &Block) -> Vec<&Run> {
    match block {
        Block::Heading { runs, .. }
        | Block::Paragraph { runs, .. }
        | Block::Document { runs, .. } => runs.iter().collect(),
        Block::List(items) => items.iter().flatten().collect(),
        Block::Table { columns, rows, .. } => {
            let heads = columns.iter().flat_map(|column| &column.head);
            heads.chain(rows.iter().flatten().flatten()).collect()
        }
        Block::Picture { .. } => Vec::new(),
    }
}
