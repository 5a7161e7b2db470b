//! The same documents give the same ledger.

use crate::sample::{self, GENEVA, TAIPEI, Wanted};
use crate::{append, create, dump};
use ledger::{Entry, Given, Outcome, Read, Standing};
use proptest::prelude::*;

const OTHER: Wanted =
    Wanted { outlet: "丁网", published: "", title: "会谈评论", ..GENEVA };

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_order_and_any_repetition_give_the_same_dump(
        order in Just(vec![0usize, 1, 2, 3, 4]).prop_shuffle(),
        again in prop::collection::vec(0usize..5, 0..4),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut straight = create(&folder.path().join("straight.db"));
        let mut shuffled = create(&folder.path().join("shuffled.db"));
        for which in 0..5 {
            add(&mut straight, which);
        }
        for which in order.into_iter().chain(again) {
            add(&mut shuffled, which);
        }
        let (straight, shuffled) = (dump(&straight), dump(&shuffled));
        let difference = straight.lines().zip(shuffled.lines()).find(|(a, b)| a != b);
        prop_assert_eq!(difference, None);
        prop_assert_eq!(straight.len(), shuffled.len());
    }
}

/// Five captures of three documents: two lie in two places, one of those with an address
/// beside it, which changes what is read.
fn add(ledger: &mut ledger::Ledger, which: usize) {
    match which {
        0 => drop(append(ledger, "b/geneva.md", &GENEVA)),
        1 => drop(append(ledger, "a/taipei.md", &TAIPEI)),
        2 => drop(append(ledger, "c/other.md", &OTHER)),
        3 => drop(append(ledger, "a/geneva-again.md", &GENEVA)),
        _ => {
            let (mut document, mut reading) = sample::sample("feed.csv:2", &TAIPEI);
            document.url = Some("https://example.org/taipei".to_owned());
            reading.article.url.clone_from(&document.url);
            let folded = sample::fold(&reading.article.text);
            let given = Given::default();
            if ledger.standing(&document, &given, "test 1").unwrap() == Standing::Known {
                return;
            }
            ledger.append(&document, &reading, &folded, "test 1").unwrap();
        }
    }
}

#[test]
fn adding_twice_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = create(&folder.path().join("ledger.db"));
    assert_eq!(append(&mut ledger, "a.md", &GENEVA), Outcome::Added);
    let once = dump(&ledger);
    assert_eq!(append(&mut ledger, "a.md", &GENEVA), Outcome::Known);
    assert_eq!(dump(&ledger), once);
}

#[test]
fn another_reader_supersedes_and_the_old_reading_stays() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = create(&folder.path().join("ledger.db"));
    let (document, mut reading) = sample::sample("a.md", &GENEVA);
    let folded = sample::fold(&reading.article.text);
    ledger.append(&document, &reading, &folded, "test 1").unwrap();
    let given = Given::default();
    assert_eq!(ledger.standing(&document, &given, "test 1").unwrap(), Standing::Known);
    assert_eq!(ledger.standing(&document, &given, "test 2").unwrap(), Standing::Outdated);
    reading.moves.clear();
    let outcome = ledger.append(&document, &reading, &folded, "test 2").unwrap();
    assert_eq!(outcome, Outcome::Superseded);
    assert!(ledger.moves(&Default::default()).unwrap().is_empty());
    assert_eq!(ledger.statements(&Default::default()).unwrap().len(), 1);
    assert_eq!(ledger.documents(&Default::default()).unwrap().len(), 1);
    let file = rusqlite::Connection::open(ledger.path()).unwrap();
    let count = |sql: &str| file.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count("SELECT count(*) FROM readings"), 2);
    assert_eq!(count("SELECT count(*) FROM moves"), 1);
}

#[test]
fn a_batch_is_stored_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = create(&folder.path().join("ledger.db"));
    append(&mut ledger, "a.md", &GENEVA);
    let before = dump(&ledger);
    let (first, first_reading) = sample::sample("b.md", &TAIPEI);
    let (second, mut second_reading) = sample::sample("c.md", &OTHER);
    // So long a text finds no room in two more pages.
    second_reading.article.text.push_str(&"长".repeat(1_000_000));
    let given = Given::default();
    let pages: i64 = rusqlite::Connection::open(ledger.path())
        .unwrap()
        .query_row("PRAGMA page_count", [], |row| row.get(0))
        .unwrap();
    ledger.set_page_limit(pages + 2).unwrap();
    let entry = |document, reading| Entry {
        document,
        given: &given,
        read: Some(Read { reading, folded: "", names: &[] }),
    };
    let batch = [entry(&first, &first_reading), entry(&second, &second_reading)];
    let cause = ledger.append_all(&batch, "test 1").unwrap_err();
    assert!(matches!(cause, ledger::Error::Full { .. }), "{cause:?}");
    assert!(cause.to_string().contains("make room"), "{cause}");
    assert_eq!(dump(&ledger), before);
    ledger.set_page_limit(1 << 30).unwrap();
    ledger.append_all(&batch, "test 1").unwrap();
    assert_eq!(ledger.documents(&Default::default()).unwrap().len(), 3);
}
