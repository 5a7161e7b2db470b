//! What must hold of every row of the shared tables.

use super::{Lexicon, NameForm, Table};
use crate::Agenda;
use record::Span;
use std::collections::BTreeSet;

const TABLES: [(&str, &str); 5] = [
    ("states", include_str!("../../lexicon/shared/states.tsv")),
    ("organisations", include_str!("../../lexicon/shared/organisations.tsv")),
    ("places", include_str!("../../lexicon/shared/places.tsv")),
    ("outlets", include_str!("../../lexicon/shared/outlets.tsv")),
    ("people", include_str!("../../lexicon/shared/people.tsv")),
];

fn lexicon() -> Lexicon {
    Lexicon::load(&Agenda::empty(), crate::Ablation::default())
        .expect("the tables are sound")
}

fn folded(lexicon: &Lexicon, word: &str) -> String {
    word.chars().map(|c| lexicon.fold().fold(c)).collect()
}

#[test]
fn every_name_is_found_on_its_own() {
    let lexicon = lexicon();
    for (at, row) in lexicon.names.rows().iter().enumerate() {
        for (words, form) in [(&row.zh, NameForm::Full), (&row.zh_short, NameForm::Short)]
        {
            for word in words {
                let shadow = folded(&lexicon, word);
                let hits = lexicon.scan(&shadow);
                let whole = Span::new(0, shadow.len());
                let found = hits.of(Table::Names).iter().any(|hit| {
                    let (_, found, as_form) = lexicon.names.of_hit(hit.row);
                    hit.span == whole && found == at && as_form == form
                });
                assert!(found, "{}: {word}", row.id);
            }
        }
    }
}

#[test]
fn ids_are_distinct_and_in_order() {
    for (table, text) in TABLES {
        let ids: Vec<&str> =
            text.lines().skip(1).filter_map(|line| line.split('\t').next()).collect();
        assert!(!ids.is_empty(), "{table}");
        for pair in ids.windows(2) {
            assert!(pair[0] < pair[1], "{table}: {} and {}", pair[0], pair[1]);
        }
    }
}

#[test]
fn every_party_is_a_state_or_an_organisation() {
    let lexicon = lexicon();
    let known = super::party_codes();
    let states: BTreeSet<&str> = lexicon
        .names
        .rows()
        .iter()
        .filter_map(|row| row.id.strip_prefix("state:"))
        .collect();
    for row in lexicon.names.rows() {
        for party in row.party.iter().chain(&row.metonym) {
            assert!(known.contains(party), "{}: {party}", row.id);
        }
        if row.id.starts_with("place:") {
            let party = row.party.as_deref();
            assert!(party.is_none_or(|p| states.contains(p)), "{}: {party:?}", row.id);
        }
    }
}

#[test]
fn a_full_name_belongs_to_one_row() {
    let lexicon = lexicon();
    let mut seen = BTreeSet::new();
    for row in lexicon.names.rows() {
        for word in &row.zh {
            assert!(seen.insert(folded(&lexicon, word)), "{}: {word}", row.id);
        }
    }
}
