//! All that was read from one document.

use crate::{Article, Entity, EntityId, Meeting, Mention, Move, Span, Statement, Timex};

/// One sentence; a paragraph's sentences cover it with no gap and no overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Its bytes of `Article::text`, closing quotation marks and spaces too.
    pub span: Span,
    /// The index in `Article::paragraphs`.
    pub paragraph: usize,
}

json_fields!(Sentence { span, paragraph });

/// A place where the reader was not sure, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// Where.
    pub span: Span,
    /// Why: `a quotation mark is never closed`.
    pub reason: String,
}

json_fields!(Doubt { span, reason });

/// All that was read from one document: a pure function of its bytes, the language data
/// and the agenda.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The readable text.
    pub article: Article,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
    /// Who is meant, numbered.
    pub entities: Vec<Entity>,
    /// Where they are named, in text order.
    pub mentions: Vec<Mention>,
    /// Time expressions, in text order.
    pub timexes: Vec<Timex>,
    /// Reported speech, in text order.
    pub statements: Vec<Statement>,
    /// Acts, in text order.
    pub moves: Vec<Move>,
    /// Meetings, in order of first mention.
    pub meetings: Vec<Meeting>,
    /// Where the reader was not sure.
    pub doubts: Vec<Doubt>,
}

json_fields!(Reading {
    article,
    sentences,
    entities,
    mentions,
    timexes,
    statements,
    moves,
    meetings,
    doubts,
});

impl Reading {
    /// A reading that holds an article and nothing read from it: its language is not read
    /// yet, or it has no text.
    pub fn of_article(article: Article) -> Reading {
        Reading {
            article,
            sentences: Vec::new(),
            entities: Vec::new(),
            mentions: Vec::new(),
            timexes: Vec::new(),
            statements: Vec::new(),
            moves: Vec::new(),
            meetings: Vec::new(),
            doubts: Vec::new(),
        }
    }
    /// The entity with this number.
    ///
    /// # Panics
    /// If the number is not from this reading.
    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id.0 as usize]
    }
}
