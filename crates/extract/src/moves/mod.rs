//! Statements in, moves out: who does what to whom, on which issue.
//!
//! Every clause is looked at once, in the voice that tells it (`voice`): a speaker for a
//! party, an adversary, or the narration. The triggers in it propose acts (`act`); the
//! weightiest stands, turned by a negation before it. Refuses to know: other documents.

mod act;
mod decode;
mod features;
mod issue;
mod party;
mod voice;

use crate::model::{Candidate, Features};
use crate::{Error, Page, lexicon::TsvRow, statement::Clauses};
use act::Proposal;
use record::{
    Act, Condition, Entity, Evidence, Mention, Modality, Move, Rule, Span, Statement,
    Timex,
};
use voice::Voice;

/// Where a trigger shows its act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Anywhere.
    Any,
    /// In the words of a speaker.
    Said,
    /// In the narration.
    Told,
}

/// A word that shows an act: 要求, 拒绝.
#[derive(Debug, Clone)]
pub struct Trigger {
    /// The words.
    pub text: String,
    /// The PLOVER type that it shows.
    pub act: Act,
    /// In whose words it shows it.
    pub scope: Scope,
    /// How much it weighs against other triggers of its clause.
    pub weight: i32,
    /// The act that it shows behind a negation.
    pub negated: Option<Act>,
    /// The row's address.
    pub rule: Rule,
}

impl Trigger {
    pub(crate) fn read(row: &TsvRow) -> Result<Trigger, Error> {
        let act = |column: &str| -> Result<Option<Act>, Error> {
            let cell = row.cell(column)?;
            match Act::from_code(cell) {
                None if !cell.is_empty() => {
                    Err(row.problem(format!("{cell:?} is no PLOVER type")))
                }
                act => Ok(act),
            }
        };
        let scope = match row.cell("scope")? {
            "any" => Scope::Any,
            "said" => Scope::Said,
            "told" => Scope::Told,
            other => return Err(row.problem(format!("{other:?} is no scope"))),
        };
        let weight = row.cell("weight")?;
        Ok(Trigger {
            text: row.cell("trigger")?.to_owned(),
            act: act("act")?
                .ok_or_else(|| row.problem("the act is missing".to_owned()))?,
            scope,
            weight: weight
                .parse()
                .map_err(|_| row.problem(format!("{weight:?} is no whole number")))?,
            negated: act("negated")?,
            rule: row.rule(),
        })
    }
}

/// What the parts of this room read.
pub(crate) struct Room<'a> {
    pub page: &'a Page<'a>,
    pub entities: &'a [Entity],
    pub mentions: &'a [Mention],
    pub timexes: &'a [Timex],
    pub statements: &'a [Statement],
    /// For each clause of the page the innermost statement whose content holds it.
    pub clauses: Clauses,
}

impl Room<'_> {
    /// The heading that a place stands under.
    pub fn heading_before(&self, at: usize) -> Option<Span> {
        let article = self.page.article;
        let next = article.paragraphs.partition_point(|p| p.span.start <= at);
        article.paragraphs[..next]
            .iter()
            .rev()
            .find(|p| p.kind == record::ParagraphKind::Heading)
            .map(|p| p.span)
    }
}

/// A clause and a voice that may show an act in it.
pub(crate) struct Clausal {
    sentence: Span,
    clause: Span,
    voice: Voice,
    proposal: Option<Proposal>,
}

/// Finds acts and codes them.
pub(crate) fn code_moves(
    page: &Page,
    entities: &[Entity],
    mentions: &[Mention],
    timexes: &[Timex],
    statements: &[Statement],
) -> Vec<Move> {
    let clauses = Clauses::fine(page);
    let room = Room { page, entities, mentions, timexes, statements, clauses };
    let all = propose(&room);
    let judged = decode::judge(&room, &all);
    decode::moves(&room, &all, judged)
}

/// The candidates that the model of acts decides on, with their features by name.
pub(crate) fn candidates(
    page: &Page,
    entities: &[Entity],
    mentions: &[Mention],
    timexes: &[Timex],
    statements: &[Statement],
) -> Vec<Candidate> {
    let clauses = Clauses::fine(page);
    let room = Room { page, entities, mentions, timexes, statements, clauses };
    let all = propose(&room);
    let mut features = Features::named();
    (0..all.len())
        .map(|at| {
            features::of(&room, &all, at, &mut features);
            let parties = all[at].voice.actor.clone();
            let span = all[at].clause;
            Candidate {
                model: "moves",
                anchor: None,
                span,
                parties,
                date: None,
                group: at,
                features: features.names(),
            }
        })
        .collect()
}

/// Every clause of the body in every voice.
fn propose(room: &Room) -> Vec<Clausal> {
    let mut all = Vec::new();
    for sentence in room.page.sentences {
        if !room.page.article.paragraphs[sentence.paragraph].kind.is_body() {
            continue;
        }
        let sentence = sentence.span;
        for &clause in room.clauses.within(sentence) {
            for voice in voice::of_clause(room, clause) {
                let proposal = act::propose(room, clause, &voice);
                all.push(Clausal { sentence, clause, voice, proposal });
            }
        }
    }
    all
}

/// The move that a clause shows.
fn code(room: &Room, here: &Clausal, act: Act, confidence: f64) -> Move {
    let Clausal { sentence, clause, ref voice, ref proposal } = *here;
    let page = room.page;
    let condition = act::condition(room, sentence, clause);
    let mut span = crate::statement::trim(
        page.shadow,
        clause,
        &['，', ',', '。', '；', '：', ':', '“', '”', '！', '？', '\u{1}'],
    );
    if let Some(condition) = condition
        && condition.end <= span.start
        && condition.end + 6 >= span.start
    {
        span = condition.join(span);
    }
    let span = crate::statement::with_markup(page.shadow, span);
    let evidence = |span: Span, rules: Vec<Rule>| Evidence {
        document: page.article.document,
        span,
        words: span.of(&page.article.text).to_owned(),
        rules,
    };
    let is_negated = proposal.as_ref().is_some_and(|p| p.is_negated);
    let is_future = proposal.as_ref().is_some_and(|p| p.is_future);
    let rules = proposal.as_ref().map_or_else(Vec::new, |p| p.rules.clone());
    let modality = match () {
        () if condition.is_some() => Modality::Hypothetical,
        () if is_negated && act != Act::Reject => Modality::Negated,
        () if is_future => Modality::Future,
        () => Modality::Actual,
    };
    let recipient = party::recipients(room, clause, voice, act);
    Move {
        actor: voice.actor.clone(),
        by: voice.by,
        act,
        recipient,
        issue: issue::of(room, clause, sentence, voice),
        modality,
        condition: condition
            .map(|span| Condition { evidence: evidence(span, Vec::new()) }),
        due: due(room, clause),
        occurred_on: occurred_on(room, sentence, clause, voice),
        statement: voice.statement,
        evidence: evidence(span, rules),
        confidence,
    }
}

/// The day by which, where the clause has one before 之前 or 前.
fn due(room: &Room, clause: Span) -> Option<String> {
    room.timexes
        .iter()
        .filter(|t| t.is_calendar() && clause.contains(t.evidence.span))
        .find(|t| {
            let after = room.page.shadow.get(t.evidence.span.end..).unwrap_or("");
            ["之前", "以前", "前", "之内", "内"]
                .iter()
                .any(|word| after.starts_with(word))
        })
        .map(|t| t.value.clone())
}

fn occurred_on(
    room: &Room,
    sentence: Span,
    clause: Span,
    voice: &Voice,
) -> Option<String> {
    if let Some(at) = voice.statement.filter(|_| voice.is_said()) {
        return room.statements[at].said_on.clone();
    }
    // A year alone (自1997年以来) seldom dates the act itself.
    let at = room.timexes.partition_point(|t| t.evidence.span.start < sentence.start);
    room.timexes[at..]
        .iter()
        .take_while(|t| t.evidence.span.end <= clause.end)
        .filter(|t| t.is_calendar() && t.value.len() >= "2022-01".len())
        .last()
        .map(|t| t.value.clone())
}

/// The triggers of every clause that is read: row and place.
#[cfg(test)]
pub(crate) fn triggers(
    page: &Page,
    entities: &[Entity],
    mentions: &[Mention],
    timexes: &[Timex],
    statements: &[Statement],
) -> Vec<(usize, Span)> {
    let clauses = Clauses::fine(page);
    let room = Room { page, entities, mentions, timexes, statements, clauses };
    let sentences = page.sentences.iter().map(|sentence| sentence.span);
    let clauses = sentences.flat_map(|sentence| room.clauses.within(sentence).to_vec());
    let shown = clauses.flat_map(|clause| act::triggers(&room, clause));
    shown.map(|trigger| (trigger.row, trigger.span)).collect()
}
