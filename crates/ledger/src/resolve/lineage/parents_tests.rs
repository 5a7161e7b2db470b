use super::*;
use crate::resolve::lineage::sample::{prose, sentences};
use proptest::prelude::*;

struct Paper(Facts, Sketch);

impl Paper {
    fn new(id: u8, published: Option<&str>, text: &str) -> Paper {
        let facts = Facts {
            document: DocumentId([id; 32]),
            published: published.map(str::to_owned),
            ..Facts::default()
        };
        Paper(facts, Sketch::of(text))
    }
    fn body(&self) -> Body<'_> {
        Body { facts: &self.0, sketch: &self.1 }
    }
}

fn found(child: &Paper, others: &[&Paper]) -> Vec<(u8, Kind)> {
    parents(child.body(), others.iter().map(|other| other.body()))
        .into_iter()
        .map(|parent| (parent.document.0[0], parent.kind))
        .collect()
}

#[test]
fn a_later_copy_derives_from_the_first_and_not_from_the_second() {
    let text = prose(1, 30);
    let first = Paper::new(3, Some("2021-05-20"), &text);
    let second = Paper::new(1, Some("2021-05-21"), &text);
    let third = Paper::new(2, Some("2021-05-22"), &text);
    let all = [&first, &second, &third];
    assert_eq!(found(&third, &all), [(3, Kind::Reprint)]);
    assert_eq!(found(&second, &all), [(3, Kind::Reprint)]);
    assert_eq!(found(&first, &all), []);
}

#[test]
fn a_digest_derives_from_both_of_its_parts() {
    let (one, other) = (sentences(2, 40), sentences(3, 40));
    let mixed = [&one[..20], &other[15..35]].concat().concat();
    let one = Paper::new(1, Some("2021-05-20"), &one.concat());
    let copy = Paper::new(4, Some("2021-05-20"), &sentences(2, 40).concat());
    let other = Paper::new(2, Some("2021-05-20"), &other.concat());
    let digest = Paper::new(3, Some("2021-05-21"), &mixed);
    let mut parts = found(&digest, &[&one, &other, &copy]);
    parts.sort();
    assert_eq!(parts, [(1, Kind::Digest), (2, Kind::Digest)]);
    assert_eq!(found(&one, &[&digest, &other]), []);
}

#[test]
fn a_named_origin_is_preferred_to_an_earlier_copy() {
    let text = prose(4, 30);
    let named = |name: &str| Some(name.to_owned());
    let mut copy = Paper::new(1, Some("2021-05-20"), &text);
    copy.0.outlet = named("山城晚报");
    let mut agency = Paper::new(2, Some("2021-05-21"), &text);
    agency.0.outlet = named("北岸通讯社");
    let mut child = Paper::new(3, Some("2021-05-22"), &text);
    child.0.origin = named("北岸通讯社");
    assert_eq!(found(&child, &[&copy, &agency]), [(2, Kind::Reprint)]);
}

#[test]
fn a_translation_derives_from_the_linked_page_and_its_copy_from_it() {
    let page = "example.org/a/1".to_owned();
    let mut original = Paper::new(9, Some("2021-05-20"), "Переговоры на переправе");
    original.0.address = Some(page.clone());
    original.0.language = "ru".to_owned();
    let text = prose(5, 30);
    let mut translation = Paper::new(5, Some("2021-05-21"), &text);
    translation.0.language = "zh-Hans".to_owned();
    translation.0.links.push(("reference".to_owned(), page));
    let mut copy = Paper::new(1, Some("2021-05-25"), &text);
    copy.0.language = "zh-Hant".to_owned();
    let all = [&original, &translation, &copy];
    assert_eq!(found(&translation, &all), [(9, Kind::Translation)]);
    assert_eq!(found(&copy, &all), [(5, Kind::Reprint)]);
    assert_eq!(found(&original, &all), []);
}

#[test]
fn a_foreword_makes_no_kin_and_a_report_that_is_popular_does() {
    let (foreword, one, other) = (sentences(7, 20), sentences(8, 40), sentences(9, 40));
    let first = [&foreword[..], &one[..]].concat().concat();
    let first = Paper::new(1, Some("2021-05-20"), &first);
    let second = [&foreword[..], &other[..]].concat().concat();
    let second = Paper::new(2, Some("2021-05-21"), &second);
    // Of a report that nine print, the foreword is all.
    let report = Paper::new(3, Some("2021-05-20"), &foreword.concat());
    let stock: BTreeSet<u32> = first.1.tokens().iter().copied().collect();
    let stock: BTreeSet<u32> =
        second.1.tokens().iter().copied().filter(|token| stock.contains(token)).collect();
    let of = |other: &Paper, stock: &BTreeSet<u32>| {
        parents_without(second.body(), [other.body()], stock).len()
    };
    let none = BTreeSet::new();
    assert_eq!((of(&first, &none), of(&report, &none)), (1, 1));
    assert_eq!((of(&first, &stock), of(&report, &stock)), (0, 1));
}

fn ring(reasons: [Reason; 3]) -> BTreeMap<DocumentId, Vec<Parent>> {
    let id = |n: usize| DocumentId([n as u8; 32]);
    let parent = |n: usize, reason| Parent {
        document: id(n),
        kind: Kind::Reprint,
        confidence: 0.9,
        reason,
        overlap: Overlap::default(),
    };
    let ring = (0..3).map(|n| (id(n), vec![parent((n + 1) % 3, reasons[n])]));
    // 7 hangs on the ring, and 9 is outside of what is known.
    let hung = [(id(7), vec![parent(0, Reason::Id), parent(9, Reason::Earlier)])];
    ring.chain(hung).collect()
}

#[test]
fn a_ring_is_opened_at_its_least_sure_place() {
    let mut all = ring([Reason::Earlier, Reason::Longer, Reason::Stated]);
    break_cycles(&mut all);
    let counts: Vec<usize> = all.values().map(Vec::len).collect();
    assert_eq!(counts, [1, 0, 1, 2]);
}

proptest! {
    #[test]
    fn the_order_of_candidates_makes_no_difference(
        order in Just((0..6usize).collect::<Vec<_>>()).prop_shuffle(),
        dates in prop::collection::vec(prop::option::of(1..4u8), 6),
    ) {
        let lines = sentences(6, 60);
        let papers: Vec<Paper> = (0..6u8)
            .map(|n| {
                let date = dates[usize::from(n)].map(|day| format!("2021-05-0{day}"));
                let from = 5 * usize::from(n % 3);
                Paper::new(n, date.as_deref(), &lines[from..from + 30].concat())
            })
            .collect();
        let mut all = BTreeMap::new();
        for child in &papers {
            let straight = parents(child.body(), papers.iter().map(Paper::body));
            let shuffled =
                parents(child.body(), order.iter().map(|&at| papers[at].body()));
            prop_assert_eq!(&straight, &shuffled);
            all.insert(child.0.document, straight);
        }
        break_cycles(&mut all);
        prop_assert!(core_of(&all).is_empty());
        let undated = |id: &DocumentId| dates[usize::from(id.0[0])];
        for (child, parents) in &all {
            for parent in parents {
                if let (Some(a), Some(b)) = (undated(&parent.document), undated(child)) {
                    prop_assert!(a <= b);
                }
            }
        }
    }
}
