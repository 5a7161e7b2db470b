//! Which of two documents was first.
//!
//! In: the facts of two documents, their length and what they share. Out: the first, and
//! why. Refuses to know: how alike they must be to be kin.
//!
//! The reasons are asked in the order of [`Reason`]; the first that tells decides. Turning
//! the two about turns the answer about. Reasons differ from pair to pair, so three
//! documents can in principle precede each other in a ring; [`super::break_cycles`] opens it.

use super::{Facts, Overlap};
use std::cmp::Ordering;

/// Why one of two documents is taken to be the first, the surest reason first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The later one links to the first one's own address as its source.
    Linked,
    /// The later one names the first one's outlet as its origin.
    Stated,
    /// The first states an earlier date.
    Earlier,
    /// Their addresses differ in a number, and the first has the lower one: an outlet counts
    /// its pages. Inferred dates are often those of what is told, so this tells before them.
    Numbered,
    /// The first has the earlier date, and a date was inferred.
    ProbablyEarlier,
    /// The later one stands in the first, which is longer.
    Contained,
    /// Only the first is dated: copying loses a date and does not add one.
    Dated,
    /// Only the first says whom it translates or whose report it renders, which is none of
    /// the two: copying loses that as well.
    Credited,
    /// The first is longer.
    Longer,
    /// Nothing tells them apart but their ids.
    Id,
}

impl Reason {
    /// How sure the order is.
    pub fn confidence(self) -> f64 {
        match self {
            Reason::Linked => 0.99,
            Reason::Stated => 0.97,
            Reason::Earlier => 0.95,
            Reason::Numbered => 0.92,
            Reason::ProbablyEarlier => 0.9,
            Reason::Contained => 0.85,
            Reason::Dated => 0.75,
            Reason::Credited => 0.7,
            Reason::Longer => 0.6,
            Reason::Id => 0.5,
        }
    }
}

/// All reasons, the surest first.
const REASONS: [Reason; 10] = [
    Reason::Linked,
    Reason::Stated,
    Reason::Earlier,
    Reason::Numbered,
    Reason::ProbablyEarlier,
    Reason::Contained,
    Reason::Dated,
    Reason::Credited,
    Reason::Longer,
    Reason::Id,
];

/// Whether the first of two documents precedes the second, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Precedence {
    /// Whether it does; else the second precedes the first.
    pub is_first: bool,
    /// Why.
    pub reason: Reason,
}

/// Tells which of two documents was first; `overlap` is that of the first in the second,
/// `weights` how long each is.
pub fn precedes(
    first: &Facts,
    second: &Facts,
    weights: (u32, u32),
    overlap: &Overlap,
) -> Precedence {
    let order = |reason| match reason {
        Reason::Linked => either(second.links_to(first), first.links_to(second)),
        Reason::Stated => flag(second.states_origin(first), first.states_origin(second)),
        Reason::Earlier => earlier(first, second, false),
        Reason::Numbered => numbered(first.address.as_deref(), second.address.as_deref()),
        Reason::ProbablyEarlier => earlier(first, second, true),
        Reason::Contained => contains(weights, overlap),
        Reason::Dated => either(first.published.as_ref(), second.published.as_ref()),
        Reason::Credited => flag(is_credited(first), is_credited(second)),
        Reason::Longer => weights.1.cmp(&weights.0),
        Reason::Id => first.document.cmp(&second.document),
    };
    let mut reasons = REASONS.into_iter().map(|reason| (reason, order(reason)));
    let told = reasons.find(|(_, order)| order.is_ne());
    let (reason, order) = told.unwrap_or((Reason::Id, Ordering::Less));
    Precedence { is_first: order.is_lt(), reason }
}

/// `Less` (the first precedes) where only `first` is there, `Greater` where only `second`.
fn either<T>(first: Option<T>, second: Option<T>) -> Ordering {
    flag(first.is_some(), second.is_some())
}

fn flag(first: bool, second: bool) -> Ordering {
    second.cmp(&first)
}

fn is_credited(facts: &Facts) -> bool {
    let is_other = facts.origin.is_some() && facts.origin != facts.outlet;
    is_other || facts.translator.is_some() || facts.rendered().next().is_some()
}

/// The order of two dates, where they can be told apart; inferred ones only where asked.
fn earlier(first: &Facts, second: &Facts, with_inferred: bool) -> Ordering {
    let is_inferred = first.is_inferred || second.is_inferred;
    match (&first.published, &second.published) {
        (Some(a), Some(b)) if with_inferred || !is_inferred => by_date(a, b),
        _ => Ordering::Equal,
    }
}

/// The order of two pages of one place by the numbers at the end of their addresses:
/// `example.org/zh/10457` is before `example.org/zh/10512`.
fn numbered(first: Option<&str>, second: Option<&str>) -> Ordering {
    match (first.and_then(page_number), second.and_then(page_number)) {
        (Some((place, a)), Some((other, b))) if place == other => a.cmp(&b),
        _ => Ordering::Equal,
    }
}

/// The place of a page, and its number there.
fn page_number(address: &str) -> Option<(&str, u64)> {
    let (place, last) = address.rsplit_once('/')?;
    Some((place, last.parse().ok()?))
}

/// Compares two dates as far as both go: 2022-01 and 2022-01-10 are not told apart, nor
/// two times of one day of which only one is in Universal Time.
fn by_date(a: &str, b: &str) -> Ordering {
    let (day_a, day_b) = (a.get(..10).unwrap_or(a), b.get(..10).unwrap_or(b));
    let shorter = day_a.len().min(day_b.len());
    let days = day_a.get(..shorter).cmp(&day_b.get(..shorter));
    let (time_a, time_b) = (a.get(10..).unwrap_or(""), b.get(10..).unwrap_or(""));
    let is_alike = time_a.ends_with('Z') == time_b.ends_with('Z');
    match days {
        Ordering::Equal if is_alike && time_a.len() >= 6 && time_b.len() >= 6 => {
            time_a.get(..6).cmp(&time_b.get(..6))
        }
        days => days,
    }
}

/// As much of a document stands in the whole that it was cut from; of an article that gave
/// a part to a digest, less does.
const CUT: f64 = 0.7;

/// The cut comes from the whole: one is well shorter and stands mostly in the other.
fn contains(weights: (u32, u32), overlap: &Overlap) -> Ordering {
    let (first, second) = (f64::from(weights.0), f64::from(weights.1));
    if second < 0.75 * first && overlap.second_in_first >= CUT {
        Ordering::Less
    } else if first < 0.75 * second && overlap.first_in_second >= CUT {
        Ordering::Greater
    } else {
        Ordering::Equal
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use record::DocumentId;

    fn facts(id: u8) -> Facts {
        Facts { document: DocumentId([id; 32]), ..Facts::default() }
    }
    fn dated(id: u8, published: &str) -> Facts {
        Facts { published: Some(published.to_owned()), ..facts(id) }
    }
    fn check(first: &Facts, second: &Facts, reason: Reason) {
        let shared = Overlap::default();
        let there = precedes(first, second, (100, 100), &shared);
        assert_eq!(there, Precedence { is_first: true, reason });
        let back = precedes(second, first, (100, 100), &shared.turned());
        assert_eq!(back, Precedence { is_first: false, reason });
    }

    #[test]
    fn the_earlier_date_is_first() {
        check(&dated(9, "2021-05-20"), &dated(1, "2021-05-21"), Reason::Earlier);
        check(&dated(9, "2021-04"), &dated(1, "2021-05-21"), Reason::Earlier);
        check(
            &dated(9, "2021-05-20T08:00"),
            &dated(1, "2021-05-20T09:30"),
            Reason::Earlier,
        );
    }

    #[test]
    fn dates_that_cannot_be_told_apart_tell_nothing() {
        check(&dated(1, "2021-05-20"), &dated(9, "2021-05"), Reason::Id);
        check(&dated(1, "2021-05-20T09:00"), &dated(9, "2021-05-20T08:00Z"), Reason::Id);
        check(&dated(1, "2021-05-20"), &dated(9, "2021-05-20T08:00Z"), Reason::Id);
    }

    #[test]
    fn a_named_origin_is_before_dates() {
        let named = |name: &str| Some(name.to_owned());
        let original =
            Facts { outlet: named("北岸通讯社"), ..dated(9, "2021-05-21") };
        let copy = Facts {
            outlet: named("山城晚报"),
            origin: named("北岸通讯社"),
            ..dated(1, "2021-05-20")
        };
        check(&original, &copy, Reason::Stated);
    }

    #[test]
    fn a_linked_address_is_before_all() {
        let page = "example.org/a/1".to_owned();
        let original = Facts { address: Some(page.clone()), ..dated(9, "2021-05-21") };
        let links = vec![("reference".to_owned(), page)];
        let copy = Facts { links, ..dated(1, "2021-05-20") };
        check(&original, &copy, Reason::Linked);
    }

    #[test]
    fn an_undated_cut_comes_from_the_whole() {
        let shared = Overlap { first_in_second: 0.9, shared: 50, ..Overlap::default() };
        let told = precedes(&facts(1), &facts(9), (300, 1000), &shared);
        assert_eq!(told, Precedence { is_first: false, reason: Reason::Contained });
    }

    #[test]
    fn numbers_of_pages_are_before_inferred_dates() {
        let page = |id, published, address: &str| Facts {
            is_inferred: true,
            address: Some(address.to_owned()),
            ..dated(id, published)
        };
        let low = page(9, "2021-05-21", "example.org/zh/998");
        check(&low, &page(1, "2021-05-20", "example.org/zh/1002"), Reason::Numbered);
        for elsewhere in ["example.org/en/5", "example.org/zh/5a", "example.net/5"] {
            let other = page(1, "2021-05-22", elsewhere);
            check(&low, &other, Reason::ProbablyEarlier);
        }
    }

    #[test]
    fn inferred_dates_and_credits_come_late() {
        let guessed = Facts { is_inferred: true, ..dated(9, "2021-05-20") };
        check(&guessed, &dated(1, "2021-05-21"), Reason::ProbablyEarlier);
        check(&dated(9, "2021-05-21"), &facts(1), Reason::Dated);
        let credited = Facts { translator: Some("小河".to_owned()), ..facts(9) };
        check(&credited, &facts(1), Reason::Credited);
    }
}
