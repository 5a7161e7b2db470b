//! One document in, its records out.
//!
//! In: a document's bytes. Out: a [`Reading`]. Refuses to know: files, clocks, databases,
//! networks, other documents. [`Reader::extract`] is the way through the house: these
//! steps in this order, each reading what the steps before it wrote and adding its own.

mod ablation;
pub mod agenda;
pub mod article;
mod error;
mod lang;
pub mod lexicon;
#[cfg(test)]
mod lexicon_rows;
#[cfg(test)]
mod marked;
mod meeting;
mod mention;
mod model;
mod moves;
mod sentence;
mod shadow;
mod statement;
mod timex;

pub use ablation::Ablation;
pub use agenda::Agenda;
pub use error::{Error, Mistake};
pub use mention::NameKey;
pub use model::{Candidate, Judgement};
pub use shadow::{FoldTable, Shadow};

use lexicon::{Hits, Lexicon};
use record::{Article, Document, Reading, Sentence};
use sentence::Quote;

/// The language data and the agenda, made ready to read documents with.
pub struct Reader {
    lexicon: Lexicon,
    agenda: Agenda,
    ablation: Ablation,
}

/// What is made of an article's text before anything is found in it.
struct Scanned {
    shadow: String,
    hits: Hits,
    quotes: Vec<Quote>,
    sentences: Vec<Sentence>,
}

/// What the steps share about one article.
pub(crate) struct Page<'a> {
    /// The readable text.
    pub article: &'a Article,
    /// The text folded to one script and one set of quotation marks; every byte offset in
    /// it is the same place in `article.text`.
    pub shadow: &'a str,
    /// Every row of the lexicon that matches, table by table.
    pub hits: &'a Hits,
    /// The sentences of the paragraphs that are read.
    pub sentences: &'a [Sentence],
    /// Passages in quotation marks, in order of their start.
    pub quotes: &'a [Quote],
    /// The language data.
    pub lexicon: &'a Lexicon,
    /// The negotiation's own names and issues.
    pub agenda: &'a Agenda,
    /// What the reading is made without.
    pub ablation: Ablation,
}

impl Reader {
    /// Makes the built-in language data ready for an agenda.
    ///
    /// # Errors
    /// If a row of the language data is malformed.
    pub fn new(agenda: Agenda) -> Result<Reader, Error> {
        Reader::without(agenda, Ablation::default())
    }

    /// Makes a reader that does without some of its parts, to measure what they are worth.
    ///
    /// # Errors
    /// If a row of the language data is malformed.
    pub fn without(agenda: Agenda, ablation: Ablation) -> Result<Reader, Error> {
        let agenda = if ablation.agenda { Agenda::empty() } else { agenda };
        Ok(Reader { lexicon: Lexicon::load(&agenda, ablation)?, agenda, ablation })
    }

    /// The language data.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The agenda.
    pub fn agenda(&self) -> &Agenda {
        &self.agenda
    }

    /// Reads one document: a pure function of its bytes, the language data and the agenda.
    pub fn extract(&self, document: &Document) -> Reading {
        let article = article::read_article(document, &self.lexicon);
        if !lang::is_read(&article.language) {
            return Reading::of_article(article);
        }
        let scanned = self.scan(&article);
        let page = self.page(&article, &scanned);
        let timexes = timex::find_timexes(&page);
        let (entities, mentions) = mention::find_mentions(&page);
        let statements = statement::attribute(&page, &entities, &mentions, &timexes);
        let moves = moves::code_moves(&page, &entities, &mentions, &timexes, &statements);
        let meetings =
            meeting::find_meetings(&page, &entities, &mentions, &timexes, &statements);
        let doubts = sentence::find_doubts(&scanned.quotes);
        let sentences = scanned.sentences;
        Reading {
            article,
            sentences,
            entities,
            mentions,
            timexes,
            statements,
            moves,
            meetings,
            doubts,
        }
    }

    /// What the models decide on in one document, with named features: for `tools/train`.
    pub fn candidates(&self, document: &Document) -> (Article, Vec<Candidate>) {
        let article = article::read_article(document, &self.lexicon);
        if !lang::is_read(&article.language) {
            return (article, Vec::new());
        }
        let scanned = self.scan(&article);
        let page = self.page(&article, &scanned);
        let timexes = timex::find_timexes(&page);
        let (entities, mentions) = mention::find_mentions(&page);
        let statements = statement::attribute(&page, &entities, &mentions, &timexes);
        let mut found =
            moves::candidates(&page, &entities, &mentions, &timexes, &statements);
        found.extend(statement::candidates(&page, &entities, &mentions, &timexes));
        found.extend(meeting::candidates(
            &page,
            &entities,
            &mentions,
            &timexes,
            &statements,
        ));
        (article, found)
    }

    /// What the models said of everything that they were asked about in one document, and
    /// which features weighed how much. It reads the document anew with its features by
    /// name, which takes longer than [`Reader::extract`] and comes to the same.
    pub fn explain(&self, document: &Document) -> Vec<Judgement> {
        let (_, candidates) = self.candidates(document);
        let models = &self.lexicon.models;
        let mut judgements = Vec::with_capacity(candidates.len());
        for candidate in &candidates {
            let (model, class) = match candidate.model {
                "cues" => (&models.cues, "yes"),
                "sources" => (&models.sources, "yes"),
                "ends" => (&models.ends, "stop"),
                _ => (&models.moves, "yes"),
            };
            judgements.extend(model.judge(candidate.model, Some(class), candidate));
            if candidate.model == "moves" {
                // The same candidates and features say which act it is.
                judgements.extend(models.acts.judge("acts", None, candidate));
            }
        }
        judgements
    }

    /// By what an entity is compared with those of other readings: its name in one script,
    /// and how it sounds.
    pub fn name_key(&self, entity: &record::Entity) -> NameKey {
        mention::name_key(entity, &self.lexicon)
    }

    fn scan(&self, article: &Article) -> Scanned {
        let shadow = Shadow::fold(&article.text, self.lexicon.fold()).into_string();
        let hits = self.lexicon.scan(&shadow);
        let quotes = sentence::find_quotes(article, &shadow);
        let sentences = sentence::split_sentences(article, &shadow, &quotes);
        Scanned { shadow, hits, quotes, sentences }
    }

    fn page<'a>(&'a self, article: &'a Article, scanned: &'a Scanned) -> Page<'a> {
        Page {
            article,
            shadow: &scanned.shadow,
            hits: &scanned.hits,
            sentences: &scanned.sentences,
            quotes: &scanned.quotes,
            lexicon: &self.lexicon,
            agenda: &self.agenda,
            ablation: self.ablation,
        }
    }
}
