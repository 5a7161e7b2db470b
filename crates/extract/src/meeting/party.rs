//! Who meets.
//!
//! In: mentions in a stretch of text. Out: the sides that can take part. Refuses to know:
//! when and how they meet.

use super::{
    Stage,
    words::{Class, words},
};
use crate::lexicon::{NameForm, Table};
use record::{ActorType, EntityId, MentionForm, Span};

/// One that can take part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Side {
    /// ISO 3166 alpha-3, or an organisation's short name.
    pub party: String,
    /// The person, where one is named.
    pub person: Option<EntityId>,
    /// The whole phrase.
    pub phrase: Span,
    /// Whether it stands only for a place: 日内瓦, or 美国 in 在美国.
    pub is_place: bool,
}

/// Adds a party that is not there yet.
pub(super) fn add(parties: &mut Vec<String>, party: &str) {
    if !parties.iter().any(|known| known == party) {
        parties.push(party.to_owned());
    }
}

/// Whether only spaces and markup stand between two places.
fn page_gap(shadow: &str, from: usize, to: usize) -> bool {
    let blank = [' ', crate::shadow::MARKUP];
    shadow.get(from..to).is_some_and(|between| between.trim_matches(blank).is_empty())
}

/// The distinct parties of sides, in order.
pub(super) fn parties(sides: &[Side]) -> Vec<String> {
    let mut list = Vec::new();
    sides.iter().for_each(|side| add(&mut list, &side.party));
    list
}

impl Stage<'_, '_> {
    /// Who is named in a stretch, places too, in text order.
    pub(super) fn sides(&self, span: Span) -> Vec<Side> {
        let from = self.mentions.partition_point(|m| m.evidence.span.start < span.start);
        let mut sides: Vec<Side> = Vec::new();
        for mention in &self.mentions[from..] {
            let at = mention.evidence.span;
            if at.start >= span.end {
                break;
            }
            let entity = &self.entities[mention.entity.0 as usize];
            if entity.kind == ActorType::Outlet || at.end > span.end {
                continue;
            }
            let is_person = entity.kind == ActorType::Person;
            match &entity.party {
                Some(party) => sides.push(Side {
                    party: party.clone(),
                    person: is_person.then_some(mention.entity),
                    phrase: mention.phrase.join(at),
                    is_place: entity.kind == ActorType::Place
                        || (!is_person && self.is_located(mention.phrase.join(at))),
                }),
                None if mention.form != MentionForm::Name => {
                    self.letters(at, &mut sides);
                }
                None => {}
            }
        }
        self.groups(span, &mut sides);
        sides.sort_by_key(|side| side.phrase.start);
        sides
    }

    /// The parties of words that name several (两韩), and of letters in a row that the
    /// mentions leave out (美法德英外长).
    fn groups(&self, span: Span, sides: &mut Vec<Side>) {
        for (at, word) in words(self.page, span) {
            if word.class == Class::Group {
                sides.retain(|side| !side.phrase.overlaps(at));
                sides.extend(word.parties.iter().map(|party| Side {
                    party: party.clone(),
                    person: None,
                    phrase: at,
                    is_place: false,
                }));
            }
        }
        let names = &self.page.lexicon.names;
        let mut run: Vec<Side> = Vec::new();
        let mut runs: Vec<Vec<Side>> = Vec::new();
        for hit in self.page.hits.within(Table::Names, span) {
            let (name, _, form) = names.of_hit(hit.row);
            let is_letter = name.kind == ActorType::State && form == NameForm::Short;
            let taken = sides
                .iter()
                .any(|side| side.phrase.overlaps(hit.span) && side.phrase != hit.span);
            // 日 in 日内瓦 is no letter of a state.
            let inside =
                self.page.hits.within(Table::Names, hit.span).iter().any(|other| {
                    other.span.len() > hit.span.len()
                        && names.of_hit(other.row).2 == NameForm::Full
                });
            let taken = taken || inside;
            let (true, false, Some(party)) = (is_letter, taken, &name.party) else {
                continue;
            };
            if run.last().is_some_and(|last| last.phrase.end != hit.span.start) {
                runs.push(std::mem::take(&mut run));
            }
            let party = party.clone();
            run.push(Side { party, person: None, phrase: hit.span, is_place: false });
        }
        runs.push(run);
        // Two letters may be a word; three in a row are states.
        let runs = runs.into_iter().filter(|run| run.len() > 2).flatten();
        for side in runs {
            if sides.iter().all(|known| known.phrase != side.phrase) {
                sides.push(side);
            }
        }
    }

    /// The states whose letters make a collective: 美俄 in 美俄两国.
    fn letters(&self, span: Span, sides: &mut Vec<Side>) {
        let names = &self.page.lexicon.names;
        let mut end = span.start;
        for hit in self.page.hits.within(Table::Names, span) {
            let (name, _, form) = names.of_hit(hit.row);
            let is_next = hit.span.start == end && hit.span.end <= span.end;
            let fits = name.kind == ActorType::State
                && (form == NameForm::Short || hit.span.len() > 3);
            if let (true, true, Some(party)) = (is_next, fits, &name.party) {
                end = hit.span.end;
                sides.push(Side {
                    party: party.clone(),
                    person: None,
                    phrase: hit.span,
                    is_place: false,
                });
            }
        }
    }

    /// Whether a stretch lies in a person's name: 弗拉基米尔 is a city too.
    pub(super) fn is_in_person(&self, span: Span) -> bool {
        self.mentions.iter().any(|mention| {
            let entity = &self.entities[mention.entity.0 as usize];
            entity.kind == ActorType::Person && mention.evidence.span.contains(span)
        })
    }

    /// Whether a state or body only tells where: 在美国, 驻美国.
    fn is_located(&self, phrase: Span) -> bool {
        let before = self.page.shadow[..phrase.start]
            .trim_end_matches([' ', crate::shadow::MARKUP]);
        before.ends_with(['在', '于', '驻', '从', '离'])
    }

    /// The sides that take part in what stands at `word`: named in `span`, no places, and
    /// not what is talked about.
    pub(super) fn participants(&self, span: Span, word: Span) -> Vec<Side> {
        let marks = words(self.page, span);
        self.sides(span)
            .into_iter()
            .filter(|side| !side.is_place && !self.is_matter(side.phrase, word, &marks))
            .collect()
    }

    /// Whether a name tells what is talked about: 乌克兰 in 就乌克兰危机.
    fn is_matter(
        &self,
        phrase: Span,
        word: Span,
        marks: &[(Span, &super::MeetingWord)],
    ) -> bool {
        let next = |class| {
            marks
                .iter()
                .any(|(span, word)| span.start == phrase.end && word.class == class)
        };
        if next(Class::Matter) {
            return true;
        }
        let is_session = |class: Class| matches!(class, Class::Session | Class::Summit);
        // 在罗马 G20 峰会期间会见…: the session only tells where.
        let of_session = marks.iter().any(|(span, mark)| {
            let between = page_gap(self.page.shadow, phrase.end, span.start);
            between && *span != word && is_session(mark.class)
        });
        // 就乌克兰危机与俄罗斯会谈: what 与 brings in takes part.
        let topic = marks.iter().rev().find(|(span, _)| span.end <= phrase.start);
        let is_topic = topic.is_some_and(|(_, mark)| mark.class == Class::Topic);
        let matter = marks.iter().any(|(span, mark)| {
            mark.class == Class::Matter
                && span.start >= phrase.end
                && span.end <= word.start
        });
        of_session || (is_topic && matter)
    }
}
