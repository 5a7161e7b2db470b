//! A reply that names another treaty than what it replies to.
//!
//! In: what two sides say in one article, folded, and the table `instruments` of what
//! treaties' names end in. Out: exchanges whose treaties differ. Refuses to know: which
//! treaties there are.

use super::{Dispute, DisputeKind};
use crate::derive::table::Rules;
use std::sync::LazyLock;

static ENDINGS: LazyLock<Rules> =
    LazyLock::new(|| Rules::parse(include_str!("../../../rules/instruments.tsv")));

/// What somebody says in an article.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Said {
    /// The article's document.
    pub document: String,
    /// The statement's place in the article, counted in statements.
    pub place: i64,
    /// Who says it.
    pub speaker: String,
    /// For whom.
    pub party: String,
    /// The whole of it, folded.
    pub words: String,
}

/// The words that are looked for.
pub(crate) fn words() -> Vec<&'static str> {
    ENDINGS.iter().map(|row| row.cell("ending")).collect()
}

/// How many statements behind the other a reply may stand.
const REPLY: i64 = 3;

/// The treaty that words name, and what its name ends in; none where they name several.
fn instrument(words: &str) -> Option<(&str, &'static str)> {
    let mut found = None;
    for part in words.split('《').skip(1) {
        let (name, _) = part.split_once('》')?;
        let row = ENDINGS.iter().find(|row| name.ends_with(row.cell("ending")));
        let Some(row) = row else { continue };
        if found.is_some_and(|(other, _)| other != name) {
            return None;
        }
        found = Some((name, row.cell("ending")));
    }
    found
}

/// The exchanges in which one side names one treaty and the other, in reply, another of
/// the same sort; what is said comes by document and place.
pub(crate) fn exchanges(said: &[Said]) -> Vec<Dispute> {
    let mut disputes = Vec::new();
    for (number, first) in said.iter().enumerate() {
        let Some((one, ending)) = instrument(&first.words) else { continue };
        let reply = said[number + 1..]
            .iter()
            .take_while(|next| next.document == first.document)
            .take_while(|next| next.place - first.place <= REPLY)
            .position(|next| next.party != first.party && next.words.contains('《'));
        let Some(reply) = reply.map(|behind| number + 1 + behind) else { continue };
        let second = &said[reply];
        let Some((other, other_ending)) = instrument(&second.words) else { continue };
        if one == other || ending != other_ending {
            continue;
        }
        let mut parties = vec![first.party.clone(), second.party.clone()];
        parties.sort();
        disputes.push(Dispute {
            kind: DisputeKind::Instrument,
            about: format!(
                "which treaty {} and {} speak of",
                first.speaker, second.speaker
            ),
            parties,
            values: vec![(one.to_owned(), vec![number]), (other.to_owned(), vec![reply])],
        });
    }
    disputes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(place: i64, party: &str, words: &str) -> Said {
        Said {
            document: "a".to_owned(),
            place,
            speaker: format!("speaker of {party}"),
            party: party.to_owned(),
            words: words.to_owned(),
        }
    }

    #[test]
    fn every_ending_makes_a_treaty_of_its_example() {
        for row in ENDINGS.iter() {
            let found = instrument(row.cell("example"));
            assert_eq!(found.map(|(_, ending)| ending), Some(row.cell("ending")));
        }
        assert_eq!(instrument("《早报》说，双方签署了条约"), None);
        assert_eq!(instrument("《边境条约》和《渔业条约》"), None);
    }

    #[test]
    fn a_reply_with_another_treaty() {
        let offer = said(0, "USA", "可以讨论《边境条约》的条款");
        let reply = said(2, "RUS", "不能只谈《渔业条约》");
        let [dispute] = &exchanges(&[offer.clone(), reply.clone()])[..] else { panic!() };
        let values = [("边境条约".to_owned(), vec![0]), ("渔业条约".to_owned(), vec![1])];
        assert_eq!(dispute.values, values);
        let same = said(2, "RUS", "不能只谈《边境条约》");
        assert_eq!(exchanges(&[offer.clone(), same]), []);
        let own_side = said(2, "USA", "不能只谈《渔业条约》");
        assert_eq!(exchanges(&[offer.clone(), own_side]), []);
        let late = said(4, "RUS", "不能只谈《渔业条约》");
        assert_eq!(exchanges(&[offer.clone(), late]), []);
        let other_sort = said(1, "RUS", "不能只谈《渔业公报》");
        assert_eq!(exchanges(&[offer, other_sort]), []);
    }
}
