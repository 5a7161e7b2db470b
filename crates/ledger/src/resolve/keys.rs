//! What a reading is compared by.
//!
//! In: a reading, its text and names in one script. Out: its sketch, its name forms, and
//! one row for each account, not joined with any other yet. Refuses to know: other
//! readings.

use super::joins::{self, Account, Table};
use super::lineage::{Sketch, normal_address};
use super::{Name, Pairs, actors, day, meetings, names};
use crate::query;
use crate::rows::{meeting_id, move_id, statement_id};
use record::{ActorType, Entity, Modality, Reading, Span, Statement};
use rusqlite::{Connection, Result, params};

/// Writes all keys of a reading. `folded` is its text in one script, every offset the
/// same; `names` has one for each entity, or is empty.
pub(crate) fn write(
    at: &Connection,
    key: i64,
    reading: &Reading,
    folded: &str,
    names: &[Name],
) -> Result<()> {
    let keys = Keys { at, key, reading, folded, told: told(reading) };
    keys.document()?;
    let speakers: Vec<String> = (0..reading.entities.len())
        .map(|entity| keys.form(entity, names.get(entity)))
        .collect::<Result<_>>()?;
    for number in 0..reading.statements.len() {
        keys.statement(number, &speakers)?;
    }
    for number in 0..reading.moves.len() {
        keys.act(number)?;
    }
    for number in 0..reading.meetings.len() {
        keys.meeting(number)?;
    }
    Ok(())
}

/// Takes out what a reading that no longer stands was compared by.
pub(super) fn remove(at: &Connection, reading: i64) -> Result<()> {
    query::mark_stale(at, reading)?;
    for table in ["stances", "noted", "deeds_done", "addresses", "unkeyed"] {
        at.prepare_cached(&format!("DELETE FROM {table} WHERE reading = ?1"))?
            .execute([reading])?;
    }
    Ok(())
}

/// The day of publication, `~` where it is unknown.
fn told(reading: &Reading) -> String {
    let published = reading.article.published_on.as_ref();
    published.map_or("~".to_owned(), |on| day::day(&on.value).unwrap_or("~").to_owned())
}

struct Keys<'a> {
    at: &'a Connection,
    key: i64,
    reading: &'a Reading,
    folded: &'a str,
    told: String,
}

impl Keys<'_> {
    fn document(&self) -> Result<()> {
        let article = &self.reading.article;
        let mut body = String::with_capacity(self.folded.len());
        for paragraph in article.paragraphs.iter().filter(|p| p.kind.is_body()) {
            body.push_str(paragraph.span.of(self.folded));
            body.push('\n');
        }
        let sketch = Sketch::of(&body);
        self.at
            .prepare_cached("INSERT OR REPLACE INTO sketches VALUES (?1, ?2, 0, x'')")?
            .execute(params![self.key, sketch.to_bytes()])?;
        self.at
            .prepare_cached("DELETE FROM unkeyed WHERE reading = ?1")?
            .execute([self.key])?;
        let own = article.url.as_deref().and_then(normal_address);
        let links = article.links.iter().filter(|link| link.rel != "other");
        let links = links.filter_map(|link| normal_address(&link.url));
        let own = own.into_iter().map(|address| (address, true));
        for (address, is_own) in own.chain(links.map(|address| (address, false))) {
            self.at
                .prepare_cached("INSERT OR IGNORE INTO addresses VALUES (?1, ?2, ?3)")?
                .execute(params![address, self.key, is_own])?;
        }
        Ok(())
    }

    /// Stores the form of an entity's name; gives what its statements are compared by.
    fn form(&self, entity: usize, name: Option<&Name>) -> Result<String> {
        let entity = &self.reading.entities[entity];
        let name = name.cloned().unwrap_or_else(|| Name {
            folded: entity.name.clone(),
            surfaces: entity.surfaces.clone(),
            offices: entity.roles.iter().map(|role| role.text.clone()).collect(),
            ..Name::default()
        });
        let block = actors::block(&names::form(entity, &name));
        if entity.kind != ActorType::Place {
            names::note(self.at, entity, &name, &block)?;
        }
        Ok(speaker_key(entity, &block))
    }

    fn statement(&self, number: usize, speakers: &[String]) -> Result<()> {
        let statement = &self.reading.statements[number];
        let words = self.folded(statement.content.iter().map(|part| part.span));
        let account = Account {
            reading: self.key,
            number: number as i64,
            key: speakers[statement.speaker.0 as usize].clone(),
            day: self.day_of_words(statement),
            is_dated: is_day(statement.said_on.as_deref()),
            told: self.told.clone(),
            id: statement_id(self.reading, statement),
            what: String::new(),
            pairs: Pairs::of(&words),
        };
        joins::insert(self.at, Table::Statements, &account)
    }

    fn act(&self, number: usize) -> Result<()> {
        let act = &self.reading.moves[number];
        let mut actors = act.actor.clone();
        actors.sort();
        let is_negated = act.modality == Modality::Negated;
        let not = if is_negated { "not " } else { "" };
        let occurred = act.occurred_on.as_deref().and_then(day::day);
        let said = act.statement.and_then(|s| self.reading.statements.get(s));
        let on = match (occurred, said) {
            (Some(on), _) => on.to_owned(),
            (None, Some(statement)) => self.day_of_words(statement),
            (None, None) => self.day_of_telling(),
        };
        // Told of with a day of its own, an act on an issue is one in whatever words.
        let what = match (occurred, &act.issue) {
            (Some(_), Some(issue)) => {
                let mut targets = act.recipient.clone();
                targets.sort();
                format!("{issue} {} {}", act.modality.code(), targets.join(","))
            }
            _ => String::new(),
        };
        let account = Account {
            reading: self.key,
            number: number as i64,
            key: format!("{not}{} {}", act.act.code(), actors.join(",")),
            day: on.clone(),
            is_dated: occurred.is_some()
                || said.is_some_and(|s| is_day(s.said_on.as_deref())),
            told: self.told.clone(),
            id: move_id(self.reading, act),
            what,
            pairs: Pairs::of(&self.folded([act.evidence.span])),
        };
        joins::insert(self.at, Table::Moves, &account)
    }

    fn meeting(&self, number: usize) -> Result<()> {
        let meeting = &self.reading.meetings[number];
        let mut parties = meeting.parties.clone();
        parties.sort();
        parties.dedup();
        let date = meeting.date.as_deref();
        let on = date.and_then(day::day).unwrap_or_default();
        let told = if self.told == "~" { "" } else { day::month(&self.told) };
        let month = match date {
            Some(_) if !on.is_empty() => day::month(on),
            Some(date) => date,
            None => told,
        };
        meetings::insert(
            self.at,
            &meetings::Stored {
                reading: self.key,
                number: number as i64,
                key: &parties.join(","),
                day: on,
                month,
                told: &self.told,
                id: &meeting_id(self.reading, meeting),
                on_day: date.unwrap_or("~"),
                status: meeting.status.code(),
            },
        )
    }

    fn folded(&self, spans: impl IntoIterator<Item = Span>) -> String {
        let mut words = String::new();
        for span in spans {
            words.push_str(span.of(self.folded));
            words.push(' ');
        }
        words
    }

    /// The day of a statement's words; that of publication where it is not told.
    fn day_of_words(&self, statement: &Statement) -> String {
        let said = statement.said_on.as_deref().and_then(day::day);
        said.map_or_else(|| self.day_of_telling(), str::to_owned)
    }

    fn day_of_telling(&self) -> String {
        if self.told == "~" { String::new() } else { self.told.clone() }
    }
}

fn is_day(date: Option<&str>) -> bool {
    date.and_then(day::day).is_some()
}

/// By what the words of a speaker are compared with those that others report: the block
/// of a name, or of somebody unnamed the party.
fn speaker_key(entity: &Entity, block: &str) -> String {
    match (&entity.party, entity.surfaces.is_empty()) {
        (_, false) => block.to_owned(),
        (Some(party), true) => format!("of {party}"),
        (None, true) => String::new(),
    }
}
