//! Whom a pronoun would mean at a place of the text.
//!
//! In: namings in text order with their entities. Out: the person, body or group last
//! spoken of. Refuses to know: names.

use super::found::{Found, What};
use crate::{Page, lexicon::Table, shadow::MARKUP};
use record::{ActorType, Entity, EntityId, Span};

/// Whom 他 and 它 would mean: the subject of the last report, else the last subject.
#[derive(Default)]
pub struct Topic {
    /// The person last in a subject's place.
    pub person: Option<EntityId>,
    body: Option<EntityId>,
    /// 双方, 两位外长, 官员们.
    group: Option<EntityId>,
    sentence: usize,
    /// Whether this sentence has a subject with a verb of speech: what follows is what was
    /// said, and its names are not the topic.
    is_set: bool,
}

impl Topic {
    /// Whom a pronoun means: 它 a body, 他们 a group, else the person.
    pub fn of_pronoun(&self, pronoun: &str) -> Option<EntityId> {
        let first = match pronoun {
            "它" | "它们" => self.body,
            "他们" | "她们" => self.group.or(self.body),
            // 该集团: the body spoken of, and no person.
            _ if pronoun.starts_with('该') => return self.body,
            _ => self.person,
        };
        first.or(self.person)
    }

    /// Moves on to the sentence that holds a byte.
    pub fn enter(&mut self, page: &Page, at: usize) {
        let sentence = page.sentences.partition_point(|s| s.span.start <= at);
        if sentence != self.sentence {
            self.sentence = sentence;
            self.is_set = false;
        }
    }

    /// Takes a naming for the topic where it is the subject of a report or of a clause.
    pub fn hear(&mut self, page: &Page, naming: &Found, entity: &Entity) {
        let quoted = page
            .quotes
            .iter()
            .any(|q| q.depth == 0 && q.inner.contains(naming.span) && q.inner.len() > 60);
        let reports = speaks(page, naming);
        let opens = page.shadow[..naming.phrase.start]
            .chars()
            .next_back()
            .is_none_or(|c| !crate::lang::zh::is_han(c))
            || opens_clause(page, naming);
        let owner = page.shadow[naming.phrase.end..].starts_with('的');
        if quoted
            || owner
            || self.is_set && !(reports && opens)
            || !is_subject(page, naming)
        {
            return;
        }
        match entity.kind {
            _ if naming.what == What::Collective
                || naming.span.of(page.shadow).ends_with('们')
                    && naming.what == What::Office =>
            {
                self.group = Some(entity.id);
            }
            ActorType::Person => {
                let bare = naming.what == What::Office && naming.is_private;
                if !bare {
                    self.person = Some(entity.id);
                    self.group = None;
                }
            }
            ActorType::Organisation | ActorType::State => self.body = Some(entity.id),
            _ => return,
        }
        self.is_set = reports;
    }
}

/// Whether nothing but a conjunction stands between a naming and its clause's start.
fn opens_clause(page: &Page, naming: &Found) -> bool {
    page.lexicon
        .word_ending(page.hits, "conjunction", naming.phrase.start)
        .and_then(|hit| page.shadow[..hit.span.start].chars().next_back())
        .is_some_and(|c| !crate::lang::zh::is_han(c))
}

/// Whether a verb of speech follows a naming in its clause.
pub fn speaks(page: &Page, naming: &Found) -> bool {
    let after = page.shadow.get(naming.phrase.end..).unwrap_or("");
    let clause = after.find(['，', '。', '：', '“', '\n']).unwrap_or(after.len());
    let reach = Span::new(naming.phrase.end, naming.phrase.end + clause);
    // 法国官员：… is a label.
    let label = after.trim_start_matches(MARKUP).starts_with(['：', ':']);
    label || !page.hits.within(Table::Cues, reach).is_empty()
}

/// Whether a naming stands where a subject does: not behind a preposition or a verb that
/// takes it as its object.
pub fn is_subject(page: &Page, naming: &Found) -> bool {
    let before = page.shadow[..naming.phrase.start].trim_end_matches(MARKUP).len();
    page.lexicon.word_ending(page.hits, "preposition", before).is_none()
}
