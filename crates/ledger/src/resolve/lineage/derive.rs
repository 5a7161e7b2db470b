//! What the later of two documents is of the earlier.
//!
//! In: the facts of both and what their bodies share. Out: reprint, translation, digest,
//! cites or nothing. Refuses to know: which was first ([`super::precedes`]), other
//! documents.

use super::{Facts, Overlap};

/// Fewer shared marks than this are stock phrases: eight marks are about 40 characters.
pub(super) const FEW: usize = 8;
/// From this share on, both ways, the one is the other's text again.
const REPRINT: f64 = 0.6;
/// From this share of the child on, the child is made of the parent.
const DIGEST: f64 = 0.2;
/// From this share of the parent on, the child has taken in the parent;
const TAKEN_IN: f64 = 0.5;
/// or from this share on, where it is
const PASSAGE: f64 = 0.3;
/// a hundred characters or more, in the parent's order.
const PASSAGE_LEAST: u32 = 100;
/// Two translators of one article choose the same words here and there, and never for so
/// many characters,
const BROKEN: u32 = 60;
/// nor for a quarter of what they share.
const BROKEN_SHARE: u32 = 4;
/// Whose outlet is cited is quoted where a passage of as many characters is shared.
const QUOTED: u32 = 32;

/// How a document derives from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The same text again, as it was, in the other script, or slightly reworded.
    Reprint,
    /// The text in another language.
    Translation,
    /// An excerpt of it, or a text that it is a part of.
    Digest,
    /// A text of its own that quotes it.
    Cites,
}

impl Kind {
    /// The word that the ledger prints: `reprint`.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Reprint => "reprint",
            Kind::Translation => "translation",
            Kind::Digest => "digest",
            Kind::Cites => "cites",
        }
    }
}

/// How a document derives from another, and how sure that is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Derivation {
    /// How.
    pub kind: Kind,
    /// How sure it is that the two are kin in this way, 0 to 1; which was first is another
    /// question.
    pub confidence: f64,
}

/// What a glance tells before two bodies are compared.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glance {
    /// They share no more marks than this,
    pub shared: usize,
    /// of so many that the child has, at the least,
    pub of_child: usize,
    /// and so many that the parent has, at the least.
    pub of_parent: usize,
}

/// Whether a glance and what the two state leave it possible that the child derives from
/// the parent: where it is not, [`derivation`] finds nothing.
pub(super) fn may_derive(child: &Facts, parent: &Facts, glance: Glance) -> bool {
    let Glance { shared, of_child, of_parent } = glance;
    let is_much = shared as f64 >= DIGEST * of_child as f64
        || shared as f64 >= PASSAGE * of_parent as f64;
    let is_one_language = || child.base_language() == parent.base_language();
    let may_quote = || child.cites(parent);
    child.links_to(parent).is_some()
        || (((shared >= FEW && is_much) || may_quote()) && is_one_language())
}

/// What `child` is of `parent`, if it is anything; `overlap` is that of the child in the
/// parent.
pub fn derivation(
    child: &Facts,
    parent: &Facts,
    overlap: &Overlap,
) -> Option<Derivation> {
    match child.links_to(parent) {
        Some(rel) => Some(linked(child, parent, rel, overlap)),
        None => alike(child, parent, overlap),
    }
}

/// The child names the parent's own address as its source: that is certain, what is open
/// is how. A link to an article in the same language that has no words in common with it
/// points further: "our report of last week".
fn linked(child: &Facts, parent: &Facts, rel: &str, overlap: &Overlap) -> Derivation {
    let is_only = child.rendered_address().is_some();
    let is_foreign = child.base_language() != parent.base_language();
    let by_text = by_overlap(overlap).map(|found| found.kind);
    let kind = match by_text {
        Some(kind) if !is_foreign => kind,
        _ if rel == "translation" || (is_foreign && is_only) => Kind::Translation,
        _ if rel == "reprint" && !is_foreign => Kind::Reprint,
        _ if !is_foreign && overlap.passage < QUOTED => Kind::Cites,
        _ => Kind::Digest,
    };
    Derivation { kind, confidence: 0.99 }
}

fn alike(child: &Facts, parent: &Facts, overlap: &Overlap) -> Option<Derivation> {
    if child.base_language() != parent.base_language() {
        return None;
    }
    if let Some(found) = by_overlap(overlap) {
        let is_sibling = child.rendered_address().is_some()
            && child.rendered_address() == parent.rendered_address();
        // Two translators of one article choose the same words here and there.
        let is_own = is_sibling && found.kind != Kind::Reprint;
        return (!is_own).then_some(found);
    }
    let is_quoted = child.cites(parent) && overlap.passage >= QUOTED;
    is_quoted.then_some(Derivation { kind: Kind::Cites, confidence: 0.6 })
}

/// What the bodies alone tell.
fn by_overlap(overlap: &Overlap) -> Option<Derivation> {
    let (child, parent) = (overlap.first_in_second, overlap.second_in_first);
    if overlap.shared < FEW {
        return None;
    }
    let is_broken =
        overlap.passage < BROKEN && BROKEN_SHARE * overlap.passage < overlap.length;
    let is_passage =
        parent >= PASSAGE && overlap.length >= PASSAGE_LEAST && overlap.in_order >= 0.8;
    let (kind, share) = if child >= REPRINT && parent >= REPRINT {
        (Kind::Reprint, child.min(parent))
    } else if is_broken {
        return None;
    } else if child >= DIGEST {
        (Kind::Digest, child)
    } else if parent >= TAKEN_IN || is_passage {
        (Kind::Digest, parent / 2.0)
    } else {
        return None;
    };
    // A fifth is the least that is believed, at evens; from two thirds on it is plain.
    let confidence = (0.5 + (share - DIGEST)).clamp(0.5, 0.98);
    Some(Derivation { kind, confidence })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::lineage::sample::{prose, sentences};
    use crate::resolve::lineage::{Sketch, overlap};

    fn kind(child: &str, parent: &str) -> Option<Kind> {
        let shared = overlap(&Sketch::of(child), &Sketch::of(parent));
        derivation(&Facts::default(), &Facts::default(), &shared).map(|found| found.kind)
    }
    fn linking(rel: &str, language: &str) -> (Facts, Facts) {
        let page = "example.org/a/1".to_owned();
        let parent = Facts {
            address: Some(page.clone()),
            language: "ru".to_owned(),
            ..Facts::default()
        };
        let child = Facts {
            links: vec![(rel.to_owned(), page)],
            language: language.to_owned(),
            ..Facts::default()
        };
        (child, parent)
    }

    #[test]
    fn the_same_text_is_a_reprint() {
        let text = prose(1, 30);
        assert_eq!(kind(&text, &text), Some(Kind::Reprint));
    }

    #[test]
    fn a_text_with_a_fifth_of_its_sentences_reworded_is_a_reprint() {
        let (mut text, other) = (sentences(2, 40), sentences(3, 40));
        let original = text.concat();
        for at in (0..40).step_by(5) {
            text[at].clone_from(&other[at]);
        }
        assert_eq!(kind(&text.concat(), &original), Some(Kind::Reprint));
    }

    #[test]
    fn a_cut_and_a_mixture_are_digests() {
        let (one, other) = (sentences(4, 45), sentences(5, 45));
        assert_eq!(kind(&one[15..30].concat(), &one.concat()), Some(Kind::Digest));
        let mixed = [&one[..20], &other[20..40]].concat().concat();
        assert_eq!(kind(&mixed, &one.concat()), Some(Kind::Digest));
        assert_eq!(kind(&mixed, &other.concat()), Some(Kind::Digest));
    }

    #[test]
    fn a_short_report_taken_into_a_long_one_is_digested() {
        let (long, short) = (sentences(6, 100), sentences(7, 8));
        let taken = [&long[..50], &short[..], &long[50..]].concat().concat();
        assert_eq!(kind(&taken, &short.concat()), Some(Kind::Digest));
    }

    #[test]
    fn two_texts_with_a_sentence_in_common_are_no_kin() {
        let (one, mut other) = (sentences(8, 40), sentences(9, 40));
        other[3].clone_from(&one[7]);
        assert_eq!(kind(&other.concat(), &one.concat()), None);
    }

    #[test]
    fn who_cites_an_outlet_and_quotes_a_sentence_cites_it() {
        let (one, mut other) = (sentences(8, 40), sentences(9, 40));
        other[3..5].clone_from_slice(&one[7..9]);
        let shared = overlap(&Sketch::of(&other.concat()), &Sketch::of(&one.concat()));
        let parent =
            Facts { outlet: Some("北岸通讯社".to_owned()), ..Facts::default() };
        let child =
            Facts { cites: vec!["北岸通讯社".to_owned()], ..Facts::default() };
        let found = derivation(&child, &parent, &shared).map(|found| found.kind);
        assert_eq!(found, Some(Kind::Cites));
        assert_eq!(derivation(&parent, &child, &shared), None);
    }

    #[test]
    fn a_linked_address_in_another_language_is_a_translation() {
        let (child, parent) = linking("reference", "zh-Hans");
        let found = derivation(&child, &parent, &Overlap::default());
        assert_eq!(found.map(|found| found.kind), Some(Kind::Translation));
        assert_eq!(derivation(&parent, &child, &Overlap::default()), None);
    }

    #[test]
    fn a_linked_address_among_several_is_digested() {
        let (mut child, parent) = linking("reference", "zh-Hans");
        child.links.push(("reference".to_owned(), "example.net/b/2".to_owned()));
        let found = derivation(&child, &parent, &Overlap::default());
        assert_eq!(found.map(|found| found.kind), Some(Kind::Digest));
    }

    #[test]
    fn words_shared_here_and_there_are_two_translations_of_one_text() {
        let found = |passage| {
            let half = Overlap {
                first_in_second: 0.4,
                second_in_first: 0.45,
                in_order: 1.0,
                passage,
                length: 320,
                shared: 80,
            };
            derivation(&Facts::default(), &Facts::default(), &half)
        };
        assert_eq!(found(44), None);
        assert_eq!(found(90).map(|found| found.kind), Some(Kind::Digest));
    }

    #[test]
    fn two_translations_of_one_article_are_not_each_others() {
        let (one, _) = linking("translation", "zh-Hans");
        let half = Overlap {
            first_in_second: 0.4,
            second_in_first: 0.4,
            in_order: 1.0,
            passage: 100,
            length: 320,
            shared: 80,
        };
        assert_eq!(derivation(&one, &one, &half), None);
        assert!(
            derivation(&one, &Facts { links: Vec::new(), ..one.clone() }, &half)
                .is_some()
        );
    }
}
