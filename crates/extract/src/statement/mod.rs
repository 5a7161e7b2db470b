//! Mentions in, statements out: source, cue, content.
//!
//! Cues that report here (`cue`), whose words they are (`source`), what was said
//! (`content`), quotations that carry a speaker on (`carry`). Refuses to know: whether
//! what was said is an act.

mod ahead;
mod carry;
mod clause;
mod content;
mod cue;
mod end;
mod features;
mod rival;
mod source;

pub(crate) use clause::{Clauses, gap, trim, with_markup};
pub use cue::Cue;

use crate::model::{Candidate, Features, Model};
use crate::{Page, lexicon::Table, shadow::MARKUP};
use content::Content;
use cue::Cueing;
use record::{
    Entity, EntityId, Evidence, Mention, MentionForm, ParagraphKind, Rule, Span,
    Statement, Timex,
};
use source::Source;
use std::cell::RefCell;

/// What the parts of this room read.
pub(crate) struct Room<'a> {
    pub page: &'a Page<'a>,
    pub entities: &'a [Entity],
    /// Mentions outside of others' phrases, in text order.
    pub heads: Vec<&'a Mention>,
    pub timexes: &'a [Timex],
    pub clauses: Clauses,
    /// What the models are asked, with features by name; kept for training only.
    pub asked: Option<RefCell<Vec<Candidate>>>,
}

/// A report while it is put together.
#[derive(Debug, Clone)]
pub(crate) struct Report {
    pub cueing: Option<Cueing>,
    pub source: Source,
    pub content: Content,
    /// The paragraph that the cue stands in.
    pub paragraph: usize,
    /// The probability that something is reported here.
    pub probability: f64,
}

/// The least probability that a cue reports: what is less likely is no statement. Measured
/// on the articles that the model was trained on, each left out in its turn.
const LEAST: f64 = 0.4;

/// Finds reported speech and whose it is.
pub(crate) fn attribute(
    page: &Page,
    entities: &[Entity],
    mentions: &[Mention],
    timexes: &[Timex],
) -> Vec<Statement> {
    let room = Room::of(page, entities, mentions, timexes);
    let reports = reports(&room);
    reports.into_iter().map(|report| statement(&room, report)).collect()
}

/// What the models of this room decide on, with features by name.
pub(crate) fn candidates(
    page: &Page,
    entities: &[Entity],
    mentions: &[Mention],
    timexes: &[Timex],
) -> Vec<Candidate> {
    let mut room = Room::of(page, entities, mentions, timexes);
    room.asked = Some(RefCell::default());
    reports(&room);
    room.asked.map(RefCell::into_inner).unwrap_or_default()
}

fn reports(room: &Room) -> Vec<Report> {
    let mut reports: Vec<Report> = Vec::new();
    for (number, sentence) in room.page.sentences.iter().enumerate() {
        // Headings tell the article's own words, as its headline does.
        if room.page.article.paragraphs[sentence.paragraph].kind != ParagraphKind::Body {
            continue;
        }
        let cueings = cue::find(room, sentence.span);
        let first = cueings.iter().find(|cueing| cueing.is_plain);
        let label = carry::labelled(room, *sentence).filter(|report| {
            // 央行：希望…: the label speaks, not the verb behind it.
            let kind = room.entities[report.source.entity.0 as usize].kind;
            let outlet = kind == record::ActorType::Outlet;
            first
                .is_none_or(|first| !outlet && report.content.start() <= first.span.start)
        });
        if let Some(report) = label {
            reports.push(report);
            continue;
        }
        for at in 0..cueings.len() {
            reports.extend(report(room, number, &cueings, at, &reports));
        }
    }
    carry::on(room, &mut reports);
    reports
}

/// What the cue `cueings[at]` reports, if it does.
fn report(
    room: &Room,
    sentence: usize,
    cueings: &[Cueing],
    at: usize,
    reports: &[Report],
) -> Option<Report> {
    let cueing = cueings[at];
    let source = source::find(room, sentence, cueing, reports)?;
    let content = content::find(room, sentence, cueings, at, &source, reports)?;
    let paragraph = room.page.sentences[sentence].paragraph;
    let mut report =
        Report { cueing: Some(cueing), source, content, paragraph, probability: 1.0 };
    report.probability = room.ask(&room.page.lexicon.models.cues, "yes", |features| {
        features::of_cue(room, sentence, cueing, &report, reports, features);
        Candidate::bare("cues", cueing.span, report.content.parts[0].span)
    });
    (report.probability >= LEAST).then_some(report)
}

/// Mentions that are no part of another's phrase.
fn heads(mentions: &[Mention]) -> Vec<&Mention> {
    let mut heads: Vec<&Mention> = Vec::new();
    for mention in mentions {
        let held = mentions.iter().any(|other| {
            other.id != mention.id
                && other.phrase.contains(mention.phrase)
                && other.phrase != mention.phrase
                && !mention.phrase.contains(other.evidence.span)
        });
        if !held {
            heads.push(mention);
        }
    }
    heads
}

fn statement(room: &Room, report: Report) -> Statement {
    let page = room.page;
    let evidence = |span: Span, rules: Vec<Rule>| Evidence {
        document: page.article.document,
        span,
        words: span.of(&page.article.text).to_owned(),
        rules,
    };
    let content: Vec<Evidence> = report
        .content
        .parts
        .iter()
        .map(|part| evidence(clause::with_markup(page.shadow, part.span), Vec::new()))
        .collect();
    let mut span = report.content.parts.iter().fold(report.source.span, |all, part| {
        if all.is_empty() { part.span } else { all.join(part.span) }
    });
    if let Some(cueing) = report.cueing {
        span = span.join(cueing.span);
    }
    let (addressee, occasion) = circumstances(room, &report);
    Statement {
        speaker: report.source.entity,
        speaker_surface: (!report.source.span.is_empty()).then(|| {
            let span = described(room, &report).unwrap_or(report.source.span);
            evidence(span, vec![Rule::new(report.source.rule)])
        }),
        cue: report.cueing.map(|cueing| {
            let rules = cueing.row.map(|row| page.lexicon.cues[row].rule.clone());
            evidence(cueing.span, rules.into_iter().collect())
        }),
        kind: report.content.kind(),
        content,
        addressee: addressee.map(|span| evidence(span, Vec::new())),
        occasion: occasion.map(|span| evidence(span, Vec::new())),
        said_on: said_on(room, &report),
        chain: chain(room, &report),
        span,
        confidence: confidence(&report),
    }
}

/// How many characters a description of somebody unnamed may have.
const LONGEST: usize = 24;

/// The whole description of a speaker without a name: 来自七国集团的[部长们], where the
/// words from the clause's start on, its adverbs and days aside, are nothing else.
fn described(room: &Room, report: &Report) -> Option<Span> {
    let source = &report.source;
    let mention = room
        .heads_in(Span::new(source.span.start, source.span.end))
        .find(|m| m.evidence.span == source.span && m.entity == source.entity)?;
    let bare = matches!(mention.form, MentionForm::Description | MentionForm::Title);
    if !bare || room.entities[source.entity.0 as usize].known.is_some() {
        return None;
    }
    let shadow = room.page.shadow;
    let mut from = room.clauses.at(source.span.start).start;
    loop {
        from = clause::skip(shadow, from, &[MARKUP]);
        let word = ["adverb", "conjunction", "preposition"]
            .iter()
            .find_map(|c| room.word(c, from));
        let day = room.timexes.iter().find(|t| t.evidence.span.start == from);
        match word.or(day.map(|t| t.evidence.span)) {
            Some(word) if word.end <= source.from => from = word.end,
            _ => break,
        }
    }
    let before = Span::new(from.min(source.span.start), source.span.start);
    let words = before.of(shadow);
    let fits = !words.is_empty()
        && words.chars().filter(|&c| c != MARKUP).count() <= LONGEST
        && words.chars().all(|c| {
            crate::lang::zh::is_han(c)
                || c.is_ascii_alphanumeric()
                || matches!(c, '、' | MARKUP | ' ')
        });
    // A verb or a preposition would make it more than a description.
    let acts = room.page.hits.within(Table::Cues, before).is_empty()
        && room.page.hits.within(Table::Triggers, before).is_empty()
        && room
            .page
            .lexicon
            .word_hits(room.page.hits, "preposition", before)
            .all(|hit| matches!(hit.span.of(shadow), "和" | "与" | "及" | "以及"));
    (fits && acts).then(|| {
        let whole = Span::new(before.start, source.span.end);
        clause::with_markup(shadow, whole)
    })
}

/// To whom and where it was said, as the words between source and content have it.
fn circumstances(room: &Room, report: &Report) -> (Option<Span>, Option<Span>) {
    let Some(cueing) = report.cueing else { return (None, None) };
    let from = room.clauses.sentence_of(cueing.span.start).start;
    let reach = Span::new(from, cueing.span.end.max(report.content.start()));
    let class = |class: &'static str| {
        room.page
            .lexicon
            .word_hits(room.page.hits, class, reach)
            .filter(|hit| !room.in_quote(hit.span.start))
            .last()
    };
    let addressee = class("addressee").map(|hit| hit.span).filter(|&span| {
        let before = &room.page.shadow[..span.start];
        before.ends_with(['对', '向'])
            || before.ends_with(cueing.span.of(room.page.shadow))
    });
    (report.content.addressee.or(addressee), class("occasion").map(|hit| hit.span))
}

/// The day of the words: a day named beside the cue, outside of the words themselves.
fn said_on(room: &Room, report: &Report) -> Option<String> {
    let cueing = report.cueing?;
    let sentence = room.clauses.sentence_of(cueing.span.start);
    room.timexes
        .iter()
        .rev()
        .filter(|t| t.is_calendar() && t.value.len() == 10)
        .filter(|t| {
            sentence.contains(t.evidence.span) && t.evidence.span.end <= cueing.span.start
        })
        .find(|t| !report.content.parts.iter().any(|p| p.span.overlaps(t.evidence.span)))
        .map(|t| t.value.clone())
}

/// Outlets named before the cue in its sentence: 据塔斯社援引….
fn chain(room: &Room, report: &Report) -> Vec<EntityId> {
    let Some(cueing) = report.cueing else { return Vec::new() };
    let sentence = room.clauses.sentence_of(cueing.span.start);
    let mut chain: Vec<EntityId> = room
        .heads_in(Span::new(sentence.start, cueing.span.start))
        .filter(|m| room.entities[m.entity.0 as usize].kind == record::ActorType::Outlet)
        .filter(|m| m.entity != report.source.entity)
        .map(|m| m.entity)
        .collect();
    chain.dedup();
    chain
}

/// The probability that the words and whose they are is right: the models' own
/// probabilities multiplied, which is less than that, and set right by a logistic curve.
/// The curve is fitted to the half of the annotated articles that may be looked at, read by
/// models made without it.
fn confidence(report: &Report) -> f64 {
    const SLOPE: f64 = 0.76;
    const SHIFT: f64 = 1.37;
    let product = report.content.sure * report.source.confidence * report.probability;
    let product = product.clamp(0.001, 0.999);
    let odds = (product / (1.0 - product)).ln();
    crate::model::kept(1.0 / (1.0 + (-(SLOPE * odds + SHIFT)).exp()))
}

impl<'a> Room<'a> {
    fn of(
        page: &'a Page<'a>,
        entities: &'a [Entity],
        mentions: &'a [Mention],
        timexes: &'a [Timex],
    ) -> Room<'a> {
        let (heads, clauses) = (heads(mentions), Clauses::of(page));
        Room { page, entities, heads, timexes, clauses, asked: None }
    }

    /// The probability of a class; `tell` fills the features and says of what.
    pub fn ask(
        &self,
        model: &Model,
        class: &str,
        tell: impl FnOnce(&mut Features) -> Candidate,
    ) -> f64 {
        let mut features = match self.asked {
            Some(_) => Features::named(),
            None => Features::default(),
        };
        let candidate = tell(&mut features);
        if let Some(asked) = &self.asked {
            let features = features.names();
            asked.borrow_mut().push(Candidate { features, ..candidate });
        }
        model.probability(&features, class)
    }

    /// Mentions that start in `span`, outside of others' phrases.
    pub fn heads_in(&self, span: Span) -> impl Iterator<Item = &'a Mention> + '_ {
        let from = self.heads.partition_point(|m| m.evidence.span.start < span.start);
        self.heads[from..]
            .iter()
            .copied()
            .take_while(move |m| m.evidence.span.start < span.end)
    }
    /// Whether a byte stands inside quotation marks.
    pub fn in_quote(&self, at: usize) -> bool {
        self.quote_at(at).is_some()
    }
    /// The outermost quotation that a byte stands in.
    pub fn quote_at(&self, at: usize) -> Option<crate::sentence::Quote> {
        let next = self.page.quotes.partition_point(|q| q.span.start <= at);
        self.page.quotes[..next]
            .iter()
            .rev()
            .take(8)
            .find(|q| q.depth == 0 && q.span.holds(at) && at >= q.inner.start)
            .copied()
    }
    /// The outermost quotation that opens at a byte.
    pub fn quote_opening(&self, at: usize) -> Option<crate::sentence::Quote> {
        let next = self.page.quotes.partition_point(|q| q.span.start < at);
        self.page.quotes.get(next).filter(|q| q.span.start == at).copied()
    }
    /// Whether a small word of a class starts at a byte.
    pub fn word(&self, class: &str, at: usize) -> Option<Span> {
        self.page.lexicon.word_starting(self.page.hits, class, at).map(|hit| hit.span)
    }
}
