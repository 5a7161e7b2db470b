//! One reading as rows.
//!
//! In: a reading and its row number. Out: rows in every table that a reading fills.
//! Refuses to know: which reading it supersedes.

use crate::{folded, id::IdOf};
use record::{Article, Entity, Evidence, Meeting, Move, Reading, Span, Statement};
use rusqlite::{Connection, Result, ToSql, params};
use serde_json::{Value, json};

/// Writes all rows of a reading.
pub(crate) fn write(
    at: &Connection,
    key: i64,
    reading: &Reading,
    text: &str,
) -> Result<()> {
    let rows = Rows { at, key, article: &reading.article };
    rows.article()?;
    rows.layout(reading)?;
    rows.entities(reading)?;
    rows.mentions_and_dates(reading)?;
    for (number, statement) in (0..).zip(&reading.statements) {
        rows.statement(number, statement, reading)?;
    }
    for (number, act) in (0..).zip(&reading.moves) {
        rows.act(number, act, reading)?;
    }
    for (number, meeting) in (0..).zip(&reading.meetings) {
        rows.meeting(number, meeting, reading)?;
    }
    at.prepare_cached("INSERT INTO search (rowid, words) VALUES (?1, ?2)")?
        .execute(params![key, folded::indexed(text)])?;
    Ok(())
}

/// The identifier of an actor: one over all documents where the gazetteer knows it, else
/// where name, party and type agree.
pub(crate) fn actor_id(entity: &Entity) -> String {
    match &entity.known {
        Some(known) => IdOf::new("known actor").text(known).end(),
        None => IdOf::new("actor")
            .text(&entity.name)
            .maybe(entity.party.as_deref())
            .text(entity.kind.code())
            .end(),
    }
}

/// The identifier of a statement of a document.
pub(crate) fn statement_id(reading: &Reading, s: &Statement) -> String {
    let mut id = id("statement", reading).span(s.span);
    id = id.text(&reading.entity(s.speaker).name);
    id = id.maybe(s.cue.as_ref().map(|cue| cue.words.as_str()));
    for content in &s.content {
        id = id.span(content.span);
    }
    id.end()
}

/// The identifier of a move of a document.
pub(crate) fn move_id(reading: &Reading, m: &Move) -> String {
    let id = id("move", reading).text(m.act.code()).span(m.evidence.span);
    let id = id.maybe(m.issue.as_deref()).text(&m.actor.join(";"));
    id.text(&m.recipient.join(";")).end()
}

/// The identifier of a document's account of a meeting.
pub(crate) fn meeting_id(reading: &Reading, m: &Meeting) -> String {
    let id = id("meeting", reading).span(m.evidence.span).text(&m.parties.join(";"));
    id.maybe(m.date.as_deref()).text(m.status.code()).end()
}

fn id(kind: &str, reading: &Reading) -> IdOf {
    IdOf::new(kind).text(&reading.article.document.to_string())
}

struct Rows<'a> {
    at: &'a Connection,
    key: i64,
    article: &'a Article,
}

impl Rows<'_> {
    fn insert(&self, sql: &str, values: &[&dyn ToSql]) -> Result<()> {
        self.at.prepare_cached(sql)?.execute(values).map(|_| ())
    }

    fn article(&self) -> Result<()> {
        let a = self.article;
        let published = a.published_on.as_ref();
        self.insert(
            "INSERT INTO articles VALUES
             (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
            params![
                self.key,
                a.form.code(),
                a.charset,
                a.language,
                a.title,
                a.source.outlet,
                a.source.author,
                a.source.translator,
                a.source.origin,
                json!(a.source.cites).to_string(),
                published.map(|p| &p.value),
                published.map(|p| &p.from),
                published.map(|p| p.inferred),
                a.dateline,
                a.url,
                a.empty,
                a.text
            ],
        )?;
        for (number, link) in (0i64..).zip(&a.links) {
            self.insert(
                "INSERT INTO links VALUES (?1, ?2, ?3, ?4, ?5)",
                params![self.key, number, link.rel, link.url, link.words],
            )?;
        }
        Ok(())
    }

    fn layout(&self, reading: &Reading) -> Result<()> {
        for (number, p) in (0i64..).zip(&self.article.paragraphs) {
            let runs: Vec<Value> =
                p.runs.iter().map(|&(a, b, c)| json!([a, b, c])).collect();
            self.insert(
                "INSERT INTO paragraphs VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    self.key,
                    number,
                    p.kind.code(),
                    p.span.start as i64,
                    p.span.end as i64,
                    p.document.start as i64,
                    p.document.end as i64,
                    Value::Array(runs).to_string()
                ],
            )?;
        }
        for (number, s) in (0i64..).zip(&reading.sentences) {
            let (start, end) = (s.span.start as i64, s.span.end as i64);
            self.insert(
                "INSERT INTO sentences VALUES (?1, ?2, ?3, ?4, ?5)",
                params![self.key, number, s.paragraph as i64, start, end],
            )?;
        }
        for (number, d) in (0i64..).zip(&reading.doubts) {
            let (start, end) = (d.span.start as i64, d.span.end as i64);
            self.insert(
                "INSERT INTO doubts VALUES (?1, ?2, ?3, ?4, ?5)",
                params![self.key, number, start, end, d.reason],
            )?;
        }
        Ok(())
    }

    fn entities(&self, reading: &Reading) -> Result<()> {
        let mut role_number = 0i64;
        for (number, e) in (0i64..).zip(&reading.entities) {
            self.insert(
                "INSERT INTO entities VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    self.key,
                    number,
                    actor_id(e),
                    e.known,
                    e.name,
                    e.kind.code(),
                    e.party,
                    e.is_private
                ],
            )?;
            for (place, surface) in (0i64..).zip(&e.surfaces) {
                self.insert(
                    "INSERT INTO surfaces VALUES (?1, ?2, ?3, ?4)",
                    params![self.key, number, place, surface],
                )?;
            }
            for role in &e.roles {
                self.insert(
                    "INSERT INTO roles VALUES (?1, ?2, ?3, ?4)",
                    params![self.key, role_number, number, role.text],
                )?;
                self.evidence("role", role_number, "whole", 0, &role.evidence)?;
                role_number += 1;
            }
        }
        Ok(())
    }

    fn mentions_and_dates(&self, reading: &Reading) -> Result<()> {
        for (number, m) in (0i64..).zip(&reading.mentions) {
            self.insert(
                "INSERT INTO mentions VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    self.key,
                    number,
                    m.entity.0,
                    m.form.code(),
                    m.phrase.start as i64,
                    m.phrase.end as i64
                ],
            )?;
            self.evidence("mention", number, "whole", 0, &m.evidence)?;
        }
        for (number, t) in (0i64..).zip(&reading.timexes) {
            let anchor = t.anchor.as_ref();
            self.insert(
                "INSERT INTO timexes VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![
                    self.key,
                    number,
                    t.kind.code(),
                    t.value,
                    t.modifier,
                    anchor.map(|a| &a.value),
                    anchor.map(|a| &a.why)
                ],
            )?;
            self.evidence("timex", number, "whole", 0, &t.evidence)?;
        }
        Ok(())
    }

    fn statement(&self, number: i64, s: &Statement, reading: &Reading) -> Result<()> {
        self.insert(
            "INSERT INTO statements VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                self.key,
                number,
                statement_id(reading, s),
                s.speaker.0,
                s.kind.code(),
                s.said_on,
                probability(s.confidence)
            ],
        )?;
        for (place, entity) in (0i64..).zip(&s.chain) {
            self.insert(
                "INSERT INTO statement_chain VALUES (?1, ?2, ?3, ?4)",
                params![self.key, number, place, entity.0],
            )?;
        }
        let words = s.span.of(&self.article.text);
        self.place("statement", number, "whole", 0, s.span, words, "[]")?;
        let single = [
            ("speaker", &s.speaker_surface),
            ("cue", &s.cue),
            ("addressee", &s.addressee),
        ];
        for (part, evidence) in single.into_iter().chain([("occasion", &s.occasion)]) {
            if let Some(evidence) = evidence {
                self.evidence("statement", number, part, 0, evidence)?;
            }
        }
        for (place, content) in (0..).zip(&s.content) {
            self.evidence("statement", number, "content", place, content)?;
        }
        Ok(())
    }

    fn act(&self, number: i64, m: &Move, reading: &Reading) -> Result<()> {
        self.insert(
            "INSERT INTO moves VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            params![
                self.key,
                number,
                move_id(reading, m),
                m.by.map(|entity| entity.0),
                m.act.code(),
                m.issue,
                m.modality.code(),
                m.due,
                m.occurred_on,
                m.statement.map(|statement| statement as i64),
                probability(m.confidence)
            ],
        )?;
        for (role, parties) in [("actor", &m.actor), ("target", &m.recipient)] {
            for (place, party) in (0i64..).zip(parties) {
                self.insert(
                    "INSERT INTO move_parties VALUES (?1, ?2, ?3, ?4, ?5)",
                    params![self.key, number, role, place, party],
                )?;
            }
        }
        self.evidence("move", number, "whole", 0, &m.evidence)?;
        if let Some(condition) = &m.condition {
            self.evidence("move", number, "condition", 0, &condition.evidence)?;
        }
        Ok(())
    }

    fn meeting(&self, number: i64, m: &Meeting, reading: &Reading) -> Result<()> {
        self.insert(
            "INSERT INTO meetings VALUES
             (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            params![
                self.key,
                number,
                meeting_id(reading, m),
                m.format.code(),
                m.level.code(),
                m.place,
                m.date,
                m.until,
                m.status.code(),
                m.duration_minutes,
                m.track,
                probability(m.confidence)
            ],
        )?;
        for (place, party) in (0i64..).zip(&m.parties) {
            self.insert(
                "INSERT INTO meeting_parties VALUES (?1, ?2, ?3, ?4)",
                params![self.key, number, place, party],
            )?;
        }
        for (place, entity) in (0i64..).zip(&m.participants) {
            self.insert(
                "INSERT INTO meeting_participants VALUES (?1, ?2, ?3, ?4)",
                params![self.key, number, place, entity.0],
            )?;
        }
        self.evidence("meeting", number, "whole", 0, &m.evidence)?;
        for (place, mention) in (0..).zip(&m.mentions) {
            self.evidence("meeting", number, "mention", place, mention)?;
        }
        if let Some(outcome) = &m.outcome {
            self.evidence("meeting", number, "outcome", 0, outcome)?;
        }
        Ok(())
    }

    fn evidence(
        &self,
        record: &str,
        number: i64,
        part: &str,
        place: i64,
        evidence: &Evidence,
    ) -> Result<()> {
        let rules = json!(evidence.rules).to_string();
        self.place(record, number, part, place, evidence.span, &evidence.words, &rules)
    }

    #[expect(clippy::too_many_arguments, reason = "the columns of one row")]
    fn place(
        &self,
        record: &str,
        number: i64,
        part: &str,
        place: i64,
        span: Span,
        words: &str,
        rules: &str,
    ) -> Result<()> {
        let document = self.article.in_document(span);
        self.insert(
            "INSERT INTO evidence VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            params![
                self.key,
                record,
                number,
                part,
                place,
                span.start as i64,
                span.end as i64,
                document.start as i64,
                document.end as i64,
                words,
                rules
            ],
        )
    }
}

/// A probability as it is stored: a number that is none counts as nothing known.
fn probability(confidence: f64) -> f64 {
    if confidence.is_finite() { confidence.clamp(0.0, 1.0) } else { 0.0 }
}
