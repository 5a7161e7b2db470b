//! What single documents say that may be in dispute.
//!
//! In: a filter. Out: the values that `derive::disputes` compares, and where each stands.
//! Refuses to know: which of them differ.

use super::{Account, Dispute, DisputeKind, Filter, events, instruments, meetings};
use super::{spellings, terms};
use crate::query::{Asked, list};
use crate::{Error, Ledger, folded};
use record::Span;
use rusqlite::{Row, params_from_iter};
use std::collections::BTreeSet;

/// Where something stands in the text of a reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub reading: i64,
    pub document: String,
    /// Bytes of the article's text.
    pub span: Span,
}

/// What is said, and where.
type Said<T> = (Vec<T>, Vec<Place>);

/// A text that words were found in.
struct Hit {
    reading: i64,
    document: String,
    text: String,
}

fn span(row: &Row<'_>, at: usize) -> rusqlite::Result<Span> {
    let (start, end): (i64, i64) = (row.get(at)?, row.get(at + 1)?);
    Ok(Span::new(start.max(0) as usize, end.max(0) as usize))
}

/// Which documents a filter wants: `c` is the view `current`.
fn asked(filter: &Filter) -> Asked {
    let mut asked = Asked::new(filter);
    asked.between(filter, "c.published_on");
    if let Some(issue) = &filter.issue {
        asked.and(
            "EXISTS (SELECT 1 FROM moves a WHERE a.reading = c.reading \
             AND a.issue = ? COLLATE NOCASE)",
            [issue],
        );
    }
    asked
}

/// Any of the words, as FTS5 writes it.
fn any_of(words: &[&str]) -> String {
    let one = |word: &&str| {
        let phrases: Vec<String> =
            folded::phrases(word).iter().map(folded::Phrase::expression).collect();
        format!("({})", phrases.join(" AND "))
    };
    words.iter().map(one).collect::<Vec<_>>().join(" OR ")
}

impl Ledger {
    /// The account that stands at a place: its sentence, with the place's own words where
    /// they are no longer than one.
    pub(super) fn account_at(&self, place: &Place) -> Result<Option<Account>, Error> {
        let Some(article) = self.article(&place.document)? else { return Ok(None) };
        let whole = || {
            let (at, end) = (place.span.start as i64, place.span.end as i64);
            let mut rows = self.connection.prepare_cached(
                "SELECT min(start), max(end) FROM sentences
                 WHERE reading = ?1 AND start < ?3 AND end > ?2",
            )?;
            rows.query_row((place.reading, at, end), |row| {
                let bounds: (Option<i64>, Option<i64>) = (row.get(0)?, row.get(1)?);
                Ok(bounds.0.zip(bounds.1))
            })
        };
        let found = whole().map_err(|cause| self.error("find a sentence", cause))?;
        let span = found.map_or(place.span, |(start, end)| {
            Span::new(start.max(0) as usize, end.max(0) as usize)
        });
        let words = article.text.get(span.start..span.end).unwrap_or("");
        let trimmed = words.trim();
        let start = span.start + (words.len() - words.trim_start().len());
        let span = article.in_document(Span::new(start, start + trimmed.len()));
        let head = || {
            let mut rows = self.connection.prepare_cached(&format!(
                "SELECT c.outlet, {}, c.published_on FROM current c WHERE c.reading = ?1",
                crate::query::ORIGIN
            ))?;
            rows.query_row([place.reading], |row| {
                Ok(Account {
                    document: place.document.clone(),
                    outlet: row.get(0)?,
                    evidence: trimmed.to_owned(),
                    span: (span.start, span.end),
                    origin: row.get(1)?,
                    published: row.get(2)?,
                    rules: Vec::new(),
                })
            })
        };
        head().map(Some).map_err(|cause| self.error("find an account", cause))
    }

    /// The documents whose text has one of the words.
    fn with_words(&self, filter: &Filter, words: &[&str]) -> rusqlite::Result<Vec<Hit>> {
        let asked = asked(filter);
        let sql = format!(
            "SELECT c.reading, c.document, a.text FROM search
             JOIN current c ON c.reading = search.rowid
             JOIN articles a ON a.reading = c.reading
             WHERE search MATCH ? AND {} ORDER BY c.document",
            asked.conditions()
        );
        let words = any_of(words);
        let values =
            std::iter::once(&words as &dyn rusqlite::ToSql).chain(asked.values());
        let mut rows = self.connection.prepare_cached(&sql)?;
        rows.query_map(params_from_iter(values), |row| {
            Ok(Hit { reading: row.get(0)?, document: row.get(1)?, text: row.get(2)? })
        })?
        .collect()
    }

    /// The events that texts tell.
    pub(super) fn told_events(
        &self,
        filter: &Filter,
        fold: &dyn Fn(&str) -> String,
    ) -> rusqlite::Result<Said<(String, events::Event)>> {
        let (mut told, mut places) = (Vec::new(), Vec::new());
        for hit in self.with_words(filter, &events::words())? {
            let names = self.names(hit.reading)?;
            let dates = self.dates(hit.reading)?;
            for event in events::find(&fold(&hit.text), &names, &dates) {
                places.push(Place {
                    reading: hit.reading,
                    document: hit.document.clone(),
                    span: Span::new(event.at, event.at + 1),
                });
                told.push((hit.document.clone(), event));
            }
        }
        Ok((told, places))
    }

    fn names(&self, reading: i64) -> rusqlite::Result<Vec<events::Named>> {
        let mut rows = self.connection.prepare_cached(
            "SELECT w.start, w.end, e.name, e.type, e.party FROM mentions x
             JOIN entities e ON e.reading = x.reading AND e.number = x.entity
             JOIN evidence w ON w.reading = x.reading AND w.record = 'mention'
               AND w.number = x.number AND w.part = 'whole' AND w.place = 0
             WHERE x.reading = ?1 ORDER BY w.start, w.end",
        )?;
        rows.query_map([reading], |row| {
            Ok(events::Named {
                span: span(row, 0)?,
                name: row.get(2)?,
                kind: row.get(3)?,
                party: row.get(4)?,
            })
        })?
        .collect()
    }

    fn dates(&self, reading: i64) -> rusqlite::Result<Vec<(Span, String)>> {
        let mut rows = self.connection.prepare_cached(
            "SELECT w.start, w.end, t.value FROM timexes t
             JOIN evidence w ON w.reading = t.reading AND w.record = 'timex'
               AND w.number = t.number AND w.part = 'whole' AND w.place = 0
             WHERE t.reading = ?1 AND t.kind = 'DATE' ORDER BY w.start, w.end",
        )?;
        rows.query_map([reading], |row| Ok((span(row, 0)?, row.get(2)?)))?.collect()
    }

    /// What is said in documents that name treaties.
    pub(super) fn named_instruments(
        &self,
        filter: &Filter,
        fold: &dyn Fn(&str) -> String,
    ) -> rusqlite::Result<Said<instruments::Said>> {
        let asked = asked(filter);
        let sql = format!(
            "SELECT c.reading, c.document, w.start, w.end, s.number, e.name, e.party, w.words
             FROM search JOIN current c ON c.reading = search.rowid
             JOIN statements s ON s.reading = c.reading
             JOIN entities e ON e.reading = s.reading AND e.number = s.speaker
             JOIN evidence w ON w.reading = s.reading AND w.record = 'statement'
               AND w.number = s.number AND w.part = 'whole' AND w.place = 0
             WHERE search MATCH ? AND e.party IS NOT NULL AND {}
             ORDER BY c.document, s.number",
            asked.conditions()
        );
        let words = any_of(&instruments::words());
        let values =
            std::iter::once(&words as &dyn rusqlite::ToSql).chain(asked.values());
        let mut rows = self.connection.prepare_cached(&sql)?;
        let rows = rows.query_map(params_from_iter(values), |row| {
            let place = Place {
                reading: row.get(0)?,
                document: row.get(1)?,
                span: span(row, 2)?,
            };
            let words: String = row.get(7)?;
            let said = instruments::Said {
                document: place.document.clone(),
                place: row.get(4)?,
                speaker: row.get(5)?,
                party: row.get(6)?,
                words: fold(&words),
            };
            Ok((said, place))
        })?;
        Ok(rows.collect::<rusqlite::Result<Vec<_>>>()?.into_iter().unzip())
    }

    /// What accounts tell of meetings that took or were to take place on a day.
    pub(super) fn met(&self, filter: &Filter) -> rusqlite::Result<Said<meetings::Met>> {
        let mut asked = asked(filter);
        asked.and("length(m.starts_on) = 10 AND m.confidence >= 0.65", []);
        asked.at_least(filter, "m.confidence");
        if let Some(party) = &filter.party {
            asked.and(
                "EXISTS (SELECT 1 FROM meeting_parties q WHERE q.reading = m.reading \
                 AND q.meeting = m.number AND q.party = ? COLLATE NOCASE)",
                [party],
            );
        }
        let sql = format!(
            "SELECT c.reading, c.document, w.start, w.end,
               (SELECT json_group_array(q.party) FROM meeting_parties q
                WHERE q.reading = m.reading AND q.meeting = m.number),
               m.starts_on, m.level, m.format, m.place,
               (SELECT json_group_array(e.name) FROM evidence v
                JOIN mentions x ON x.reading = v.reading AND x.number = v.number
                JOIN entities e ON e.reading = x.reading AND e.number = x.entity
                WHERE v.reading = m.reading AND v.record = 'mention' AND v.part = 'whole'
                AND v.start >= w.start AND v.end <= w.end AND e.type = 'place'),
               m.duration_minutes, m.status
             FROM current c JOIN meetings m ON m.reading = c.reading
             JOIN evidence w ON w.reading = m.reading AND w.record = 'meeting'
               AND w.number = m.number AND w.part = 'whole' AND w.place = 0
             WHERE {} ORDER BY c.document, m.number",
            asked.conditions()
        );
        let mut rows = self.connection.prepare_cached(&sql)?;
        let rows = rows.query_map(params_from_iter(asked.values()), met)?;
        Ok(rows.collect::<rusqlite::Result<Vec<_>>>()?.into_iter().unzip())
    }

    /// The spellings of persons whom an article spells in more than one way.
    pub(super) fn spelt(
        &self,
        filter: &Filter,
        fold: &dyn Fn(&str) -> String,
    ) -> rusqlite::Result<Said<spellings::Spelt>> {
        let mut asked = asked(filter);
        if let Some(party) = &filter.party {
            asked.and("e.party = ? COLLATE NOCASE", [party]);
        }
        let sql = format!(
            "SELECT c.reading, c.document, e.actor, e.name, e.party, e.known IS NOT NULL,
               u.text,
               (SELECT json_array(w.start, w.end) FROM mentions x
                JOIN evidence w ON w.reading = x.reading AND w.record = 'mention'
                  AND w.number = x.number AND w.part = 'whole' AND w.place = 0
                WHERE x.reading = e.reading AND x.entity = e.number
                AND instr(w.words, u.text) > 0 ORDER BY w.start LIMIT 1) AS at
             FROM current c JOIN entities e ON e.reading = c.reading
             JOIN surfaces u ON u.reading = e.reading AND u.entity = e.number
             WHERE e.type = 'person' AND at IS NOT NULL AND {}
               AND EXISTS (SELECT 1 FROM surfaces o WHERE o.reading = e.reading
                 AND o.entity = e.number AND o.number <> u.number)
             ORDER BY c.document, e.number, u.number",
            asked.conditions()
        );
        let mut rows = self.connection.prepare_cached(&sql)?;
        let rows = rows.query_map(params_from_iter(asked.values()), |row| {
            let (text, at): (String, String) = (row.get(6)?, row.get(7)?);
            let (start, end) = serde_json::from_str(&at).unwrap_or_default();
            let place = Place {
                reading: row.get(0)?,
                document: row.get(1)?,
                span: Span::new(start, end),
            };
            let spelt = spellings::Spelt {
                actor: row.get(2)?,
                name: row.get(3)?,
                party: row.get(4)?,
                is_known: row.get(5)?,
                document: place.document.clone(),
                folded: fold(&text),
            };
            Ok((spelt, place))
        })?;
        Ok(rows.collect::<rusqlite::Result<Vec<_>>>()?.into_iter().unzip())
    }

    /// The meetings that somebody will not have called what other accounts call them.
    pub(super) fn refused_terms(
        &self,
        filter: &Filter,
        fold: &dyn Fn(&str) -> String,
    ) -> rusqlite::Result<Said<Dispute>> {
        let (mut disputes, mut places) = (Vec::<Dispute>::new(), Vec::new());
        for hit in self.with_words(filter, &terms::words())? {
            let Some((&(at, noun), _)) = terms::refused(&fold(&hit.text)).split_first()
            else {
                continue;
            };
            let Some((parties, day)) = self.main_meeting(hit.reading)? else { continue };
            let called = self.called(filter, &parties, &day, noun, fold)?;
            if called.is_empty() {
                continue;
            }
            let about = format!("what to call {}, {day}", parties.join(", "));
            let number = places.len();
            let count = called.len();
            places.push(Place {
                reading: hit.reading,
                document: hit.document,
                span: Span::new(at, at + 1),
            });
            places.extend(called);
            match disputes.iter_mut().find(|dispute| dispute.about == about) {
                Some(dispute) => dispute.values[1].1.push(number),
                None => disputes.push(Dispute {
                    kind: DisputeKind::Term,
                    about,
                    parties,
                    values: vec![
                        (noun.to_owned(), (number + 1..=number + count).collect()),
                        (format!("not {noun}"), vec![number]),
                    ],
                }),
            }
        }
        Ok((disputes, places))
    }

    /// The parties and the day of the held meeting that a document tells of most.
    fn main_meeting(
        &self,
        reading: i64,
    ) -> rusqlite::Result<Option<(Vec<String>, String)>> {
        let mut rows = self.connection.prepare_cached(
            "SELECT (SELECT json_group_array(party) FROM (SELECT party
                FROM meeting_parties q WHERE q.reading = m.reading
                AND q.meeting = m.number ORDER BY party)), m.starts_on
             FROM meetings m
             WHERE m.reading = ?1 AND m.status = 'held' AND length(m.starts_on) = 10
             ORDER BY (SELECT count(*) FROM evidence v WHERE v.reading = m.reading
               AND v.record = 'meeting' AND v.number = m.number) DESC, m.number LIMIT 1",
        )?;
        let mut rows = rows.query([reading])?;
        rows.next()?.map(|row| Ok((list(row, 0)?, row.get(1)?))).transpose()
    }

    /// Where other accounts of a meeting of these parties on this day call it so.
    fn called(
        &self,
        filter: &Filter,
        parties: &[String],
        day: &str,
        noun: &str,
        fold: &dyn Fn(&str) -> String,
    ) -> rusqlite::Result<Vec<Place>> {
        let mut asked = asked(filter);
        asked.and("m.starts_on = ?", [&day.to_owned()]);
        asked.and("m.status = 'held'", []);
        let sql = format!(
            "SELECT c.reading, c.document, w.start, w.end, w.words,
               (SELECT json_group_array(party) FROM (SELECT party FROM meeting_parties q
                WHERE q.reading = m.reading AND q.meeting = m.number ORDER BY party))
             FROM current c JOIN meetings m ON m.reading = c.reading
             JOIN evidence w ON w.reading = m.reading AND w.record = 'meeting'
               AND w.number = m.number AND w.part = 'whole' AND w.place = 0
             WHERE {} ORDER BY c.document, m.number",
            asked.conditions()
        );
        let mut found = Vec::new();
        let mut rows = self.connection.prepare_cached(&sql)?;
        let mut rows = rows.query(params_from_iter(asked.values()))?;
        while let Some(row) = rows.next()? {
            let words = fold(&row.get::<_, String>(4)?);
            let is_refusal = !terms::refused(&words).is_empty();
            if words.contains(noun) && !is_refusal && list(row, 5)? == parties {
                let (reading, document) = (row.get(0)?, row.get(1)?);
                found.push(Place { reading, document, span: span(row, 2)? });
            }
        }
        Ok(found)
    }
}

fn met(row: &Row<'_>) -> rusqlite::Result<(meetings::Met, Place)> {
    let place =
        Place { reading: row.get(0)?, document: row.get(1)?, span: span(row, 2)? };
    let parties: BTreeSet<String> = list(row, 4)?.into_iter().collect();
    let format: String = row.get(7)?;
    let places = list(row, 9)?;
    let at: Option<String> = row.get(8)?;
    let met = meetings::Met {
        parties,
        day: row.get(5)?,
        level: row.get(6)?,
        is_in_person: format == "in-person" || format == "multilateral",
        place: at.filter(|at| places.contains(at)),
        places,
        minutes: row.get(10)?,
        status: row.get(11)?,
        document: place.document.clone(),
    };
    Ok((met, place))
}
