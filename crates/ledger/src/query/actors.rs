//! Who is named, over all documents.

use super::{Asked, Filter};
use crate::{Error, Ledger};
use rusqlite::{OptionalExtension, ToSql, params_from_iter};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// An office that texts give an actor, and the span of their publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleSpan {
    /// The words of the office.
    pub text: String,
    /// The first publication that gives it.
    pub from: Option<String>,
    /// The last one.
    pub to: Option<String>,
}

/// A string that names an actor, and in how many documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurfaceCount {
    /// The string.
    pub text: String,
    /// In how many documents.
    pub documents: usize,
}

/// One actor over all documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Its identifier, derived from content.
    pub id: String,
    /// The usual English name, else the fullest name found.
    pub name: String,
    /// By language, the spelling used in most documents, the fuller of two.
    pub names: BTreeMap<String, String>,
    /// What sort of actor it is.
    pub kind: String,
    /// The side that it speaks for.
    pub party: Option<String>,
    /// Its offices.
    pub roles: Vec<RoleSpan>,
    /// The strings that name it, most used first.
    pub surfaces: Vec<SurfaceCount>,
    /// How many statements are its own.
    pub statements: usize,
    /// How many moves it makes: as a party, or as the one through whom a party acts.
    pub moves: usize,
    /// How many documents name it.
    pub documents: usize,
    /// Forms of its name that were joined to the one at the head, and what made them one.
    pub merged: Vec<Merged>,
}

/// A form of a name that was found to mean an actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The name as its documents have it.
    pub name: String,
    /// The party that these give it.
    pub party: Option<String>,
    /// What made it one with the actor: `family names sound alike: RUS`.
    pub why: String,
}

impl Actor {
    /// The keys that the line prints with.
    pub const KEYS: &'static [&'static str] = &[
        "id",
        "name",
        "names",
        "type",
        "party",
        "roles",
        "surfaces",
        "statements",
        "moves",
        "documents",
        "merged",
    ];

    /// The line as it is printed for programs.
    pub fn json(&self) -> Value {
        let name = |language: &str| self.names.get(language);
        json!({
            "id": self.id,
            "name": self.name,
            "names": {
                "en": name("en"),
                "zh-Hans": name("zh-Hans"),
                "zh-Hant": name("zh-Hant"),
                "ru": name("ru"),
            },
            "type": self.kind,
            "party": self.party,
            "roles": self.roles.iter().map(|r| json!({
                "text": r.text, "from": r.from, "to": r.to,
            })).collect::<Vec<_>>(),
            "surfaces": self.surfaces.iter().map(|s| json!({
                "text": s.text, "documents": s.documents,
            })).collect::<Vec<_>>(),
            "statements": self.statements,
            "moves": self.moves,
            "documents": self.documents,
            "merged": self.merged.iter().map(|m| json!({
                "name": m.name, "party": m.party, "why": m.why,
            })).collect::<Vec<_>>(),
        })
    }

    /// Whether a name, folded and in small letters, is part of one of its names.
    fn is_called(&self, name: &str, fold: &dyn Fn(&str) -> String) -> bool {
        let holds = |text: &str| fold(text).to_lowercase().contains(name);
        holds(&self.name) || self.surfaces.iter().any(|surface| holds(&surface.text))
    }
}

/// What is gathered of one actor while its entities go by.
#[derive(Default)]
struct Gathered {
    /// How often each (name, type, party) stands for it, and whether that is the form at
    /// the identity's head.
    heads: BTreeMap<(bool, String, String, Option<String>), usize>,
    /// Language and surface, with the readings that have them.
    surfaces: BTreeMap<String, BTreeMap<String, BTreeSet<i64>>>,
    roles: BTreeMap<String, BTreeSet<String>>,
    readings: BTreeSet<i64>,
    statements: usize,
    moves: usize,
}

impl Ledger {
    /// The actors that a filter wants and that are called `name`, those named in most
    /// documents first; `fold` brings a name and its spellings to one script. Places and
    /// actors that are only pointed at and do nothing are left out.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn actors(
        &self,
        name: Option<&str>,
        filter: &Filter,
        fold: &dyn Fn(&str) -> String,
    ) -> Result<Vec<Actor>, Error> {
        let gather = || match name {
            Some(name) => {
                self.gather(filter, self.identities_called(&fold(name).to_lowercase())?)
            }
            None => self.gather(filter, None),
        };
        let gathered = gather().map_err(|cause| self.error("list actors", cause))?;
        let mut actors: Vec<Actor> =
            gathered.into_iter().map(|(id, all)| finish(id, all)).collect();
        if let Some(name) = name {
            let name = fold(name).to_lowercase();
            actors.retain(|actor| actor.is_called(&name, fold));
        }
        actors.sort_by(|a, b| {
            b.documents
                .cmp(&a.documents)
                .then(b.statements.cmp(&a.statements))
                .then_with(|| a.name.cmp(&b.name))
                .then_with(|| a.id.cmp(&b.id))
        });
        actors.truncate(filter.limit.unwrap_or(usize::MAX));
        for actor in &mut actors {
            actor.merged = self
                .merged(&actor.id)
                .map_err(|cause| self.error("list actors", cause))?;
        }
        Ok(actors)
    }

    fn merged(&self, identity: &str) -> rusqlite::Result<Vec<Merged>> {
        self.connection
            .prepare_cached(
                "SELECT f.name, f.party, i.why FROM identities i JOIN forms f USING (actor)
                 WHERE i.identity = ?1 AND i.why <> '' ORDER BY f.name, f.party, i.actor",
            )?
            .query_map([identity], |row| {
                Ok(Merged { name: row.get(0)?, party: row.get(1)?, why: row.get(2)? })
            })?
            .collect()
    }

    /// The identities of which some form or spelling has a name, in one script and small
    /// letters, in it; none where names of an older form are not at hand.
    fn identities_called(
        &self,
        name: &str,
    ) -> rusqlite::Result<Option<BTreeSet<String>>> {
        if self.connection.prepare_cached("SELECT 1 FROM unkeyed")?.exists([])? {
            return Ok(None);
        }
        let mut rows = self.connection.prepare_cached(
            "SELECT actor, folded, name FROM forms
             UNION ALL SELECT actor, folded, text FROM form_words WHERE kind = 'surface'",
        )?;
        let mut identity = self
            .connection
            .prepare_cached("SELECT identity FROM identities WHERE actor = ?1")?;
        let mut rows = rows.query([])?;
        let mut called = BTreeSet::new();
        // Most scripts have no capitals, and need not be made small for every name.
        let has_capitals = name.chars().any(|c| !c.to_uppercase().eq([c]));
        while let Some(row) = rows.next()? {
            let is_called = [1, 2].into_iter().any(|column| {
                let text = row.get_ref(column).ok().and_then(|text| text.as_str().ok());
                text.is_some_and(|text| match has_capitals {
                    true => text.to_lowercase().contains(name),
                    false => text.contains(name),
                })
            });
            if is_called {
                let actor: String = row.get(0)?;
                let found = identity.query_row([&actor], |row| row.get(0)).optional()?;
                called.insert(found.unwrap_or(actor));
            }
        }
        Ok(Some(called))
    }

    /// Gathers what is told of actors, of all or of some identities.
    fn gather(
        &self,
        filter: &Filter,
        only: Option<BTreeSet<String>>,
    ) -> rusqlite::Result<BTreeMap<String, Gathered>> {
        let mut asked = Asked::new(filter);
        asked.between(filter, "c.published_on");
        // Who is asked for by its id is told of whatever it is.
        if filter.actor.is_none() {
            asked.and("e.type <> 'place'", []);
        }
        if let Some(actor) = &filter.actor {
            asked.and(
                "e.actor IN (SELECT actor FROM identities WHERE identity = ?)",
                [actor],
            );
        }
        if let Some(party) = &filter.party {
            asked.and("e.party = ? COLLATE NOCASE", [party]);
        }
        if let Some(issue) = &filter.issue {
            asked.and(
                "EXISTS (SELECT 1 FROM moves m WHERE m.reading = e.reading \
                 AND m.by = e.number AND m.issue = ? COLLATE NOCASE)",
                [issue],
            );
        }
        let only = only.map(|only| json!(only).to_string());
        let tables = match &only {
            Some(_) => {
                "json_each(?) o CROSS JOIN identities k ON k.identity = o.value
                 CROSS JOIN entities e ON e.actor = k.actor
                 CROSS JOIN current c ON c.reading = e.reading"
            }
            None => "current c JOIN entities e ON e.reading = c.reading",
        };
        let sql = format!(
            "SELECT e.reading, e.actor, e.name, e.type, e.party, c.language,
               c.published_on,
               (SELECT json_group_array(text) FROM surfaces s
                WHERE s.reading = e.reading AND s.entity = e.number),
               (SELECT json_group_array(text) FROM roles r
                WHERE r.reading = e.reading AND r.entity = e.number),
               (SELECT i.identity FROM identities i WHERE i.actor = e.actor),
               (SELECT count(*) FROM statements s
                WHERE s.reading = e.reading AND s.speaker = e.number),
               (SELECT count(*) FROM moves m WHERE m.reading = e.reading AND (
                  m.by = e.number OR (e.type <> 'person' AND EXISTS (
                    SELECT 1 FROM move_parties q WHERE q.reading = m.reading
                    AND q.move = m.number AND q.role = 'actor' AND q.party = e.party
                    AND (e.type = 'state' OR e.name = e.party)))))
             FROM {tables} WHERE {}",
            asked.conditions()
        );
        let mut gathered: BTreeMap<String, Gathered> = BTreeMap::new();
        let mut rows = self.connection.prepare_cached(&sql)?;
        let values = only.iter().map(|only| only as &dyn ToSql).chain(asked.values());
        let mut rows = rows.query(params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            let reading: i64 = row.get(0)?;
            let surfaces = super::list(row, 7)?;
            let identity: Option<String> = row.get(9)?;
            let (statements, moves): (i64, i64) = (row.get(10)?, row.get(11)?);
            if surfaces.is_empty() && statements + moves == 0 && filter.actor.is_none() {
                continue;
            }
            let actor: String = row.get(1)?;
            let is_head = identity.as_ref().is_none_or(|identity| *identity == actor);
            let all = gathered.entry(identity.unwrap_or(actor)).or_default();
            let head = (is_head, row.get(2)?, row.get(3)?, row.get(4)?);
            *all.heads.entry(head).or_default() += 1;
            let language: String = row.get(5)?;
            let by_text = all.surfaces.entry(language).or_default();
            for surface in surfaces {
                by_text.entry(surface).or_default().insert(reading);
            }
            let published: Option<String> = row.get(6)?;
            for role in super::list(row, 8)? {
                all.roles.entry(role).or_default().extend(published.clone());
            }
            all.readings.insert(reading);
            all.statements += statements.max(0) as usize;
            all.moves += moves.max(0) as usize;
        }
        Ok(gathered)
    }
}

fn finish(id: String, all: Gathered) -> Actor {
    let any_party = all.heads.keys().find_map(|(_, _, _, party)| party.clone());
    let head = all
        .heads
        .into_iter()
        .max_by(|a, b| a.0.0.cmp(&b.0.0).then(a.1.cmp(&b.1)).then_with(|| b.0.cmp(&a.0)));
    let ((_, name, kind, party), _) = head.unwrap_or_default();
    let party = party.or(any_party);
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut counts: BTreeMap<&str, BTreeSet<i64>> = BTreeMap::new();
    for (language, surfaces) in &all.surfaces {
        // The fullest of the spellings used: 谢尔盖·里亚布科夫 rather than 里亚布科夫.
        let best = surfaces.iter().max_by(|a, b| {
            let chars = |text: &str| text.chars().count();
            chars(a.0).cmp(&chars(b.0)).then(a.1.len().cmp(&b.1.len())).then(b.0.cmp(a.0))
        });
        if let Some((best, _)) = best {
            names.insert(language.clone(), best.clone());
        }
        for (surface, readings) in surfaces {
            counts.entry(surface).or_default().extend(readings);
        }
    }
    if name.is_ascii() {
        names.insert("en".to_owned(), name.clone());
    }
    let mut surfaces: Vec<SurfaceCount> = counts
        .into_iter()
        .map(|(text, readings)| SurfaceCount {
            text: text.to_owned(),
            documents: readings.len(),
        })
        .collect();
    surfaces
        .sort_by(|a, b| b.documents.cmp(&a.documents).then_with(|| a.text.cmp(&b.text)));
    let roles = all
        .roles
        .into_iter()
        .map(|(text, dates)| {
            let day = |date: &String| date.chars().take(10).collect();
            RoleSpan { text, from: dates.first().map(day), to: dates.last().map(day) }
        })
        .collect();
    Actor {
        id,
        name,
        names,
        kind,
        party,
        roles,
        surfaces,
        statements: all.statements,
        moves: all.moves,
        documents: all.readings.len(),
        merged: Vec::new(),
    }
}
