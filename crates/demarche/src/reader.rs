//! The reader as commands use it: many documents at once, none of which stops the rest.
//!
//! In: documents with what their captures say beside them. Out: readings, or why there is
//! none. Refuses to know: where readings go.

use crate::agenda;
use crate::fetch::{Item, Refusal};
use anyhow::{Context, Result};
use extract::{FoldTable, Shadow};
use rayon::prelude::*;
use record::{Document, Reading, Span};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Deep nesting of tags makes deep recursion in tree builders.
const STACK: usize = 64 << 20;

/// The reader, the threads that it reads on, and the name of its agenda.
pub struct Desk {
    reader: extract::Reader,
    pool: rayon::ThreadPool,
    agenda: String,
}

impl Desk {
    /// Makes the language data ready, for the user's agenda or the built-in one.
    pub fn open(agenda: Option<&Path>) -> Result<Desk> {
        let agenda::Loaded { agenda, version } = agenda::load(agenda)?;
        let reader =
            extract::Reader::new(agenda).context("the language data is broken")?;
        let pool = rayon::ThreadPoolBuilder::new()
            .stack_size(STACK)
            .build()
            .context("cannot start threads to read on")?;
        Ok(Desk { reader, pool, agenda: version })
    }

    /// What readings are `generated_by`: the program, its word lists, the agenda.
    pub fn signature(&self) -> String {
        let program = env!("CARGO_PKG_VERSION");
        let lexicon = extract::lexicon::version();
        format!("demarche {program}, lexicon {lexicon}, agenda {}", self.agenda)
    }

    /// Reads documents side by side; the answers stand in the order of the documents.
    pub fn read_all(&self, items: &[&Item]) -> Vec<Result<Reading, Refusal>> {
        self.pool.install(|| items.par_iter().map(|item| self.read(item)).collect())
    }

    /// What the models said of what they were asked about in one document.
    pub fn explain(&self, item: &Item) -> Vec<extract::Judgement> {
        let explain = || match &item.head {
            None => self.reader.explain(&item.document),
            Some(head) => self.reader.explain(&headed(&item.document, head)),
        };
        // As in reading: what fails on one document must not cost the rest.
        let explain = AssertUnwindSafe(|| self.pool.install(explain));
        catch_unwind(explain).unwrap_or_default()
    }

    fn read(&self, item: &Item) -> Result<Reading, Refusal> {
        let refuse =
            |reason: String| Refusal { name: item.document.path.clone(), reason };
        // A mistake of the program with one document must not cost the rest of a batch.
        let read = catch_unwind(AssertUnwindSafe(|| self.read_item(item)));
        let reading = read.map_err(|_| {
            refuse("the reader failed on it; please report this document".to_owned())
        })?;
        if reading.article.text.trim().is_empty() {
            let why = reading.article.empty.as_deref().unwrap_or("no words were found");
            return Err(refuse(format!("there is no text in it ({why})")));
        }
        Ok(reading)
    }

    fn read_item(&self, item: &Item) -> Reading {
        let mut reading = match &item.head {
            None => self.reader.extract(&item.document),
            Some(head) => self.read_headed(&item.document, head),
        };
        // What a capture states beside the text is the last word on where it is from.
        let article = &mut reading.article;
        let given = &item.given;
        if given.title.is_some() && article.title.is_none() {
            article.title.clone_from(&given.title);
        }
        if given.outlet.is_some() {
            article.source.outlet.clone_from(&given.outlet);
        }
        if given.author.is_some() {
            article.source.author.clone_from(&given.author);
        }
        reading
    }

    /// Reads a row's text below a head of front matter, so that the row's title is the
    /// title and the text's first line is not taken for one; places in the document are
    /// then counted from the text's first byte again.
    fn read_headed(&self, document: &Document, head: &str) -> Reading {
        let mut reading = self.reader.extract(&headed(document, head));
        let back = |at: usize| at.saturating_sub(head.len());
        for paragraph in &mut reading.article.paragraphs {
            let Span { start, end } = paragraph.document;
            paragraph.document = Span::new(back(start), back(end));
            paragraph.runs.retain(|run| run.1 >= head.len());
            for run in &mut paragraph.runs {
                run.1 -= head.len();
            }
        }
        reading
    }

    /// How each entity of a reading is compared with those of other documents.
    pub fn names(&self, reading: &Reading) -> Vec<ledger::Name> {
        let name = |entity: &record::Entity| {
            let key = self.reader.name_key(entity);
            ledger::Name {
                folded: key.folded,
                sound: key.sound,
                surfaces: key.surfaces,
                offices: key.offices,
            }
        };
        reading.entities.iter().map(name).collect()
    }

    /// An article's text folded as the ledger's index wants it.
    pub fn fold(&self, text: &str) -> String {
        Shadow::fold(text, self.reader.lexicon().fold()).into_string()
    }
}

/// A document with a head of front matter before its bytes.
fn headed(document: &Document, head: &str) -> Document {
    let mut bytes = Vec::with_capacity(head.len() + document.bytes.len());
    bytes.extend_from_slice(head.as_bytes());
    bytes.extend_from_slice(&document.bytes);
    Document { bytes, ..document.clone() }
}

/// A fold for commands that ask the ledger and read nothing.
pub struct Fold(FoldTable);

impl Fold {
    /// Loads the table of characters.
    pub fn load() -> Fold {
        Fold(FoldTable::load())
    }
    /// Folds a text; every offset stays the same place.
    pub fn apply(&self, text: &str) -> String {
        Shadow::fold(text, &self.0).into_string()
    }
}
