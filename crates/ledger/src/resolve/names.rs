//! Name forms and the actors that they belong to, as they are stored.
//!
//! In: entities of readings that came, readings that went. Out: the identity of every
//! form that these touch. Refuses to know: when two names are one ([`actors`] does).

use super::actors::{self, Form};
use super::{Change, Name};
use crate::rows::actor_id;
use record::Entity;
use rusqlite::{Connection, Result, params};
use std::collections::BTreeSet;

/// The form of an entity's name in one reading alone.
pub(super) fn form(entity: &Entity, name: &Name) -> Form {
    Form {
        id: actor_id(entity),
        name: entity.name.clone(),
        folded: name.folded.clone(),
        sound: name.sound.clone(),
        kind: entity.kind.code().to_owned(),
        party: entity.party.clone(),
        known: entity.known.clone(),
        roles: name.offices.clone(),
        surfaces: name.surfaces.clone(),
        is_private: entity.is_private,
        documents: 1,
    }
}

/// Counts an entity among those that have its form of name.
pub(super) fn note(
    at: &Connection,
    entity: &Entity,
    name: &Name,
    block: &str,
) -> Result<()> {
    let actor = actor_id(entity);
    at.prepare_cached(
        "INSERT INTO forms VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 1)
         ON CONFLICT (actor) DO UPDATE SET documents = documents + 1,
           private = private + excluded.private",
    )?
    .execute(params![
        actor,
        block,
        name.folded,
        name.sound,
        entity.name,
        entity.kind.code(),
        entity.party,
        entity.known,
        entity.is_private
    ])?;
    let roles = entity.roles.iter().zip(&name.offices);
    let roles = roles.map(|(role, folded)| ("role", &role.text, folded));
    let surfaces = entity.surfaces.iter().zip(&name.surfaces);
    let surfaces = surfaces.map(|(text, folded)| ("surface", text, folded));
    let mut words = at.prepare_cached(
        "INSERT INTO form_words VALUES (?1, ?2, ?3, ?4, 1)
         ON CONFLICT (actor, kind, text, folded) DO UPDATE SET documents = documents + 1",
    )?;
    // An entity may be given one office twice, at two places.
    let distinct: BTreeSet<(&str, &String, &String)> = roles.chain(surfaces).collect();
    for (kind, text, folded) in distinct {
        words.execute(params![actor, kind, text, folded])?;
    }
    Ok(())
}

/// Takes the entities of a reading that no longer stands out of the count; gives the
/// blocks that had them.
fn forget(at: &Connection, reading: i64) -> Result<BTreeSet<String>> {
    let mut rows = at.prepare_cached(
        "SELECT e.number, e.actor, f.block FROM entities e JOIN forms f USING (actor)
         WHERE e.reading = ?1",
    )?;
    let entities: Vec<(i64, String, String)> = rows
        .query_map([reading], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_>>()?;
    let mut blocks = BTreeSet::new();
    for (number, actor, block) in entities {
        at.prepare_cached(
            "UPDATE form_words SET documents = documents - 1 WHERE actor = ?1 AND (
               (kind = 'role' AND text IN
                (SELECT text FROM roles WHERE reading = ?2 AND entity = ?3))
               OR (kind = 'surface' AND text IN
                (SELECT text FROM surfaces WHERE reading = ?2 AND entity = ?3)))",
        )?
        .execute(params![actor, reading, number])?;
        at.prepare_cached(
            "UPDATE forms SET documents = documents - 1, private = private -
               (SELECT is_private FROM entities WHERE reading = ?2 AND number = ?3)
             WHERE actor = ?1",
        )?
        .execute(params![actor, reading, number])?;
        for table in ["form_words", "forms"] {
            at.prepare_cached(&format!(
                "DELETE FROM {table} WHERE actor = ?1 AND documents <= 0"
            ))?
            .execute([&actor])?;
        }
        at.prepare_cached(
            "DELETE FROM identities WHERE actor = ?1
             AND NOT EXISTS (SELECT 1 FROM forms WHERE actor = ?1)",
        )?
        .execute([&actor])?;
        blocks.insert(block);
    }
    Ok(blocks)
}

/// Of the readings that are gone, those whose names had been counted; a ledger of an
/// older form has others.
pub(super) fn counted(at: &Connection, change: &Change) -> Result<Vec<i64>> {
    let mut counted = Vec::new();
    for &reading in &change.gone {
        let mut rows = at.prepare_cached("SELECT 1 FROM sketches WHERE reading = ?1")?;
        if rows.exists([reading])? {
            counted.push(reading);
        }
    }
    Ok(counted)
}

/// Settles every block in which a form of these readings lies.
pub(super) fn settle(at: &Connection, fresh: &[i64], gone: &[i64]) -> Result<()> {
    let mut blocks = BTreeSet::new();
    for &reading in gone {
        blocks.extend(forget(at, reading)?);
    }
    for reading in fresh {
        let mut rows = at.prepare_cached(
            "SELECT DISTINCT f.block FROM entities e JOIN forms f USING (actor)
             WHERE e.reading = ?1",
        )?;
        for block in rows.query_map([reading], |row| row.get::<_, String>(0))? {
            blocks.insert(block?);
        }
    }
    blocks.iter().try_for_each(|block| settle_block(at, block))
}

fn settle_block(at: &Connection, block: &str) -> Result<()> {
    let forms = forms(at, block)?;
    for identity in actors::identify(&forms) {
        let head = &forms[identity.head].id;
        for &member in &identity.members {
            let why = identity.why.iter().find(|why| why.form == member);
            let why = why.map(|why| match why.common.as_str() {
                "" => why.reason.code().to_owned(),
                common => format!("{}: {common}", why.reason.code()),
            });
            at.prepare_cached(
                "INSERT INTO identities VALUES (?1, ?2, ?3)
                 ON CONFLICT (actor) DO UPDATE SET identity = ?2, why = ?3
                 WHERE identity <> ?2 OR why <> ?3",
            )?
            .execute(params![
                forms[member].id,
                head,
                why.unwrap_or_default()
            ])?;
        }
    }
    Ok(())
}

fn forms(at: &Connection, block: &str) -> Result<Vec<Form>> {
    let mut rows = at.prepare_cached(
        "SELECT actor, name, folded, sound, type, party, known, private = documents, documents
         FROM forms WHERE block = ?1 ORDER BY actor",
    )?;
    let mut forms: Vec<Form> = rows
        .query_map([block], |row| {
            Ok(Form {
                id: row.get(0)?,
                name: row.get(1)?,
                folded: row.get(2)?,
                sound: row.get(3)?,
                kind: row.get(4)?,
                party: row.get(5)?,
                known: row.get(6)?,
                roles: Vec::new(),
                surfaces: Vec::new(),
                is_private: row.get(7)?,
                documents: row.get::<_, i64>(8)?.max(0) as usize,
            })
        })?
        .collect::<Result<_>>()?;
    if forms.len() < 2 {
        return Ok(forms);
    }
    for form in &mut forms {
        let mut rows = at.prepare_cached(
            "SELECT DISTINCT kind, folded FROM form_words WHERE actor = ?1
             ORDER BY kind, folded",
        )?;
        let mut rows = rows.query([&form.id])?;
        while let Some(row) = rows.next()? {
            let (kind, text): (String, String) = (row.get(0)?, row.get(1)?);
            if kind == "role" { form.roles.push(text) } else { form.surfaces.push(text) }
        }
    }
    Ok(forms)
}
