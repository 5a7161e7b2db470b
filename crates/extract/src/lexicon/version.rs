//! Which language data this is.
//!
//! In: the tables and the agenda as they were built in. Out: a name that changes when any of them does.
//! Refuses to know: what a table holds.

use sha2::{Digest, Sha256};

macro_rules! lexicon_text {
    ($path:literal) => {
        (
            $path,
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/lexicon/", $path, ".tsv")),
        )
    };
}

/// Every table, by name.
const TABLES: &[(&str, &str)] = &[
    lexicon_text!("en/boilerplate"),
    lexicon_text!("en/bylines"),
    lexicon_text!("model/acts"),
    lexicon_text!("model/cues"),
    lexicon_text!("model/ends"),
    lexicon_text!("model/meetings"),
    lexicon_text!("model/moves"),
    lexicon_text!("model/sources"),
    lexicon_text!("ru/boilerplate"),
    lexicon_text!("ru/bylines"),
    lexicon_text!("shared/boilerplate"),
    lexicon_text!("shared/given"),
    lexicon_text!("shared/letters"),
    lexicon_text!("shared/months"),
    lexicon_text!("shared/name-parts"),
    lexicon_text!("shared/organisations"),
    lexicon_text!("shared/outlets"),
    lexicon_text!("shared/people"),
    lexicon_text!("shared/places"),
    lexicon_text!("shared/serials"),
    lexicon_text!("shared/states"),
    lexicon_text!("zh/boilerplate"),
    lexicon_text!("zh/bylines"),
    lexicon_text!("zh/calendar"),
    lexicon_text!("zh/cues"),
    lexicon_text!("zh/meetings"),
    lexicon_text!("zh/offices"),
    lexicon_text!("zh/sounds"),
    lexicon_text!("zh/surnames"),
    lexicon_text!("zh/syllables"),
    lexicon_text!("zh/titles"),
    lexicon_text!("zh/triggers"),
    lexicon_text!("zh/variants"),
    lexicon_text!("zh/words"),
];

/// The agenda that is read with where the user gives none.
const AGENDA: (&str, &str) = (
    "agenda",
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/agenda/european-security.toml")),
);

/// The first digits of the hash of the tables and the built-in agenda: readings made with
/// others are other readings.
pub fn version() -> String {
    let mut hash = Sha256::new();
    for (name, text) in TABLES.iter().chain([&AGENDA]) {
        hash.update(name.as_bytes());
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    }
    hash.finalize()[..4].iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::{TABLES, version};

    #[test]
    fn every_table_counts() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicon");
        let mut found = Vec::new();
        for folder in std::fs::read_dir(&root).unwrap().map(Result::unwrap) {
            if !folder.path().is_dir() {
                continue;
            }
            for file in std::fs::read_dir(folder.path()).unwrap().map(Result::unwrap) {
                let name = file.file_name().into_string().unwrap();
                let folder = folder.file_name().into_string().unwrap();
                if let Some(name) = name.strip_suffix(".tsv") {
                    found.push(format!("{folder}/{name}"));
                }
            }
        }
        found.sort();
        let listed: Vec<&str> = TABLES.iter().map(|(name, _)| *name).collect();
        assert_eq!(
            found, listed,
            "TABLES in lexicon/version.rs lists every table, sorted"
        );
        assert_eq!(version().len(), 8);
    }
}
