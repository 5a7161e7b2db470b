//! The actors of a folder of articles, as the ledger joins them: for `scripts/actors`.
//!
//! In: a folder. Out: one JSON line for every identity, with its forms and why they are
//! one. With `--without-people` nobody is known before reading, neither from the gazetteer
//! nor from the agenda, so that all people must be joined by what the articles say.
//!
//! `cargo run --release --example actors -- ../shared/corpus/talks [--without-people]`

use anyhow::{Context, Result};
use extract::{Ablation, Agenda, Reader};
use ledger::resolve::actors::{Form, Identity, block, identify};
use rayon::prelude::*;
use record::{Document, DocumentId, Reading};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

/// A form while the documents that have it are gathered.
#[derive(Default)]
struct Gathered {
    form: Option<Form>,
    /// By document the strings that name it there.
    documents: BTreeMap<String, BTreeSet<String>>,
}

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().context("name a folder of articles")?;
    let people = arguments.next().as_deref() == Some("--without-people");
    let bare = Ablation { people, ..Ablation::default() };
    let reader = Reader::without(Agenda::builtin(), bare)?;
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(&folder)
        .into_iter()
        .filter_map(|entry| entry.ok().map(walkdir::DirEntry::into_path))
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    let readings: Vec<(String, Reading)> = files
        .par_iter()
        .map(|file| Ok((name(file), reader.extract(&document(file)?))))
        .collect::<Result<_>>()?;
    let mut gathered: BTreeMap<String, Gathered> = BTreeMap::new();
    for (file, reading) in &readings {
        gather(file, reading, &reader, &mut gathered);
    }
    let mut blocks: BTreeMap<String, Vec<Form>> = BTreeMap::new();
    let mut documents: BTreeMap<String, BTreeMap<String, BTreeSet<String>>> =
        BTreeMap::new();
    for (id, all) in gathered {
        let Some(mut form) = all.form else { continue };
        form.documents = all.documents.len();
        documents.insert(id, all.documents);
        blocks.entry(block(&form)).or_default().push(form);
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (block, forms) in &blocks {
        for identity in identify(forms) {
            writeln!(out, "{}", line(block, forms, &identity, &documents))?;
        }
    }
    Ok(())
}

fn name(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn document(file: &Path) -> Result<Document> {
    let bytes = std::fs::read(file).with_context(|| format!("{}", file.display()))?;
    Ok(Document {
        id: DocumentId([0; 32]),
        path: name(file),
        url: None,
        retrieved_at: None,
        published_hint: None,
        bytes,
    })
}

fn gather(
    file: &str,
    reading: &Reading,
    reader: &Reader,
    gathered: &mut BTreeMap<String, Gathered>,
) {
    for entity in &reading.entities {
        let key = reader.name_key(entity);
        let id = entity.known.clone().unwrap_or_else(|| {
            let party = entity.party.as_deref().unwrap_or("");
            format!("{}|{party}|{}", entity.name, entity.kind.code())
        });
        let all = gathered.entry(id.clone()).or_default();
        let surfaces = all.documents.entry(file.to_owned()).or_default();
        surfaces.extend(key.surfaces.iter().cloned());
        let form = all.form.get_or_insert_with(|| Form {
            id,
            name: entity.name.clone(),
            folded: key.folded.clone(),
            sound: key.sound.clone(),
            kind: entity.kind.code().to_owned(),
            party: entity.party.clone(),
            known: entity.known.clone(),
            roles: Vec::new(),
            surfaces: Vec::new(),
            is_private: true,
            documents: 0,
        });
        form.is_private &= entity.is_private;
        union(&mut form.roles, key.offices);
        union(&mut form.surfaces, key.surfaces);
    }
}

fn union(all: &mut Vec<String>, more: Vec<String>) {
    all.extend(more);
    all.sort();
    all.dedup();
}

fn line(
    block: &str,
    forms: &[Form],
    identity: &Identity,
    documents: &BTreeMap<String, BTreeMap<String, BTreeSet<String>>>,
) -> serde_json::Value {
    let form = |at: &usize| {
        let form = &forms[*at];
        json!({
            "id": form.id, "name": form.name, "folded": form.folded,
            "sound": form.sound, "kind": form.kind, "party": form.party,
            "known": form.known, "roles": form.roles, "surfaces": form.surfaces,
            "private": form.is_private, "documents": documents.get(&form.id),
        })
    };
    json!({
        "block": block,
        "head": forms[identity.head].id,
        "somebody": identity.is_somebody,
        "forms": identity.members.iter().map(form).collect::<Vec<_>>(),
        "why": identity.why.iter().map(|why| json!({
            "form": forms[why.form].id, "with": forms[why.with].id,
            "reason": why.reason.code(), "common": why.common,
        })).collect::<Vec<_>>(),
    })
}
