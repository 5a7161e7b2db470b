//! What an outline is made of.
//!
//! In: nothing. Out: the nouns of a paper. Refuses to know: what they say, how they look.

/// One block of a briefing.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading.
    Heading {
        /// 1 for the title of the whole, 2 for a section, 3 for a part of it.
        level: u8,
        /// Its words.
        runs: Vec<Run>,
    },
    /// A paragraph.
    Paragraph {
        /// What it is there for.
        role: Role,
        /// Its words.
        runs: Vec<Run>,
    },
    /// A list whose order says nothing.
    List(Vec<Vec<Run>>),
    /// A table with one row of heads.
    Table {
        /// Its columns; each row has as many cells.
        columns: Vec<Column>,
        /// Whether the first cell of a row is the row's head.
        has_row_heads: bool,
        /// Its rows, each cell the runs in it.
        rows: Vec<Vec<Vec<Run>>>,
    },
    /// A picture.
    Picture {
        /// The `svg` element, which needs nothing beside it.
        svg: String,
        /// What it shows, for those who do not see it.
        about: String,
    },
    /// One entry of the list of documents, which citations lead to.
    Document {
        /// The number that it is cited by.
        number: usize,
        /// What is said of it.
        runs: Vec<Run>,
    },
}

/// What a paragraph is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// It tells.
    Body,
    /// It says what the heading above it holds.
    Soft,
    /// The day that the list below it is of.
    Day,
    /// What the ledger has; its evidence follows.
    Claim,
    /// The words of a document that a claim rests on.
    Quote,
    /// How to read the paper.
    Note,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// What stands above it.
    pub head: Vec<Run>,
    /// How wide it is beside the others.
    pub share: f32,
}

/// Words of one look in one language; `\n` among them ends a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// The words.
    pub text: String,
    /// BCP 47: `zh-Hant`.
    pub language: String,
    /// How they are told apart from those around them.
    pub style: Style,
    /// Where they lead.
    pub link: Option<Link>,
}

/// How words are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    /// Not at all.
    Plain,
    /// What a line is about.
    Strong,
    /// What matters less.
    Soft,
    /// The words that made the entry.
    Marked,
    /// The name of a file.
    Code,
}

/// Where words lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// The entry of the list of documents with this number.
    Document(usize),
    /// A page elsewhere.
    Address(String),
}
