//! What pages are put together from.
//!
//! In: nothing. Out: the nouns of layout. Refuses to know: what they say.

use super::type_case::{Line, Look, Piece};

/// How much of a line's height lies above the feet of its letters, where the letters are
/// in the middle of it.
const FOOT: f32 = 0.36;

/// A band of a page, as wide as the text, that is never cut.
#[derive(Debug, Clone, Default)]
pub struct Slab {
    /// How far below the one before it lies; nothing at the top of a page.
    pub before: f32,
    /// How high it is.
    pub height: f32,
    /// Whether it stays on one page with the next one.
    pub keeps: bool,
    /// What is drawn on it.
    pub marks: Vec<Mark>,
    /// What leads here.
    pub anchor: Option<Anchor>,
    /// The number of the table's head that stands above it on a new page.
    pub head: Option<usize>,
}

/// Something drawn; places are told from the left of the text and the top of the slab.
#[derive(Debug, Clone)]
pub enum Mark {
    /// Text.
    Piece {
        /// The feet of its letters.
        y: f32,
        /// The letters, with their place from the left.
        piece: Piece,
        /// What it is part of; none for what only dresses the page.
        node: Option<usize>,
    },
    /// A line or bar.
    Rule {
        /// From the left.
        x: f32,
        /// From the top.
        y: f32,
        /// How long.
        width: f32,
        /// How thick.
        height: f32,
        /// How light.
        grey: u8,
    },
    /// A picture.
    Picture {
        /// Which one.
        number: usize,
        /// How wide it is drawn.
        width: f32,
        /// What it is part of.
        node: usize,
    },
}

/// What leads to a place.
#[derive(Debug, Clone, PartialEq)]
pub enum Anchor {
    /// A heading, with its level: the list of contents beside the pages.
    Heading(u8, String),
    /// An entry of the list of documents: citations.
    Document(usize),
}

/// What a part of the paper is, for those who have it read to them.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// A heading, its level and its words.
    Heading(u8, String),
    /// A paragraph.
    Paragraph,
    /// Words of a document.
    Quote,
    /// A list; whether its items have numbers.
    List(bool),
    /// An item of a list.
    Item,
    /// The sign or number of an item.
    Label,
    /// What the item says.
    Body,
    /// A table.
    Table,
    /// A row of a table.
    Row,
    /// The head of a column.
    ColumnHead,
    /// The head of a row.
    RowHead,
    /// A cell.
    Cell,
    /// A picture, told in words.
    Figure(String),
}

/// The parts of a paper, each in another or in none.
#[derive(Debug, Default)]
pub struct Nodes {
    /// Each part with the parts in it; a part comes after the one that it is in.
    pub all: Vec<(Part, Vec<usize>)>,
    /// The parts that are in no other.
    pub roots: Vec<usize>,
}

impl Nodes {
    /// Adds a part; its number.
    pub fn add(&mut self, parent: Option<usize>, part: Part) -> usize {
        let number = self.all.len();
        self.all.push((part, Vec::new()));
        match parent {
            Some(parent) => self.all[parent].1.push(number),
            None => self.roots.push(number),
        }
        number
    }
}

impl Slab {
    /// Puts a line at a place of the slab.
    pub fn set_line(&mut self, line: Line, x: f32, y: f32, look: Look, node: usize) {
        let foot = y + look.leading / 2.0 + look.size * FOOT;
        for mut piece in line {
            piece.x += x;
            self.marks.push(Mark::Piece { y: foot, piece, node: Some(node) });
        }
    }

    /// The same slab again, dressing a page that goes on.
    pub fn repeated(&self) -> Slab {
        let mut slab = self.clone();
        slab.anchor = None;
        for mark in &mut slab.marks {
            if let Mark::Piece { node, piece, .. } = mark {
                *node = None;
                piece.link = None;
            }
        }
        slab
    }
}
