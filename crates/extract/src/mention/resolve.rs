//! Which namings mean one actor.
//!
//! In: namings in text order. Out: entities and the mentions that point at them. Refuses
//! to know: other articles. A row of the gazetteer is one entity; a person found by form is
//! one with whoever bears the same family name here; an office without a name is the
//! person of that office, or somebody unnamed; a pronoun is the person last in a subject's
//! place.

use super::{
    found::{Found, What},
    person::given_and_last,
    same::{Context, given_differs, given_is_no_spelling, is_part, is_spelling},
    syllable::Syllables,
    topic::{Topic, is_subject, speaks},
};
use crate::{Page, shadow::MARKUP};
use record::{
    ActorType, Entity, EntityId, Evidence, Mention, MentionForm, MentionId, Role, Span,
};

/// Entities while they are made.
struct Cast<'a, 'p> {
    page: &'a Page<'p>,
    entities: Vec<Entity>,
    /// The row of the gazetteer for each entity.
    rows: Vec<Option<usize>>,
    /// Folded names of each entity.
    names: Vec<Vec<String>>,
    /// Folded offices of each entity.
    offices: Vec<Vec<String>>,
    /// Where each surface of each entity stands first.
    seen: Vec<Vec<(usize, String)>>,
}

/// Makes entities of namings.
pub fn entities(page: &Page, found: Vec<Found>) -> (Vec<Entity>, Vec<Mention>) {
    let mut cast = Cast {
        page,
        entities: Vec::new(),
        rows: Vec::new(),
        names: Vec::new(),
        offices: Vec::new(),
        seen: Vec::new(),
    };
    let mut meant: Vec<Option<EntityId>> = vec![None; found.len()];
    for (at, spelt) in order(page, &found) {
        let naming = &found[at];
        meant[at] = match (spelt.and_then(|before| meant[before]), &naming.what) {
            (Some(id), _) => {
                cast.add_surface(id, naming);
                Some(id)
            }
            (None, What::Known(row)) => Some(cast.known(*row, naming)),
            (None, What::Person) => Some(cast.person(naming)),
            (None, What::Body) => Some(cast.body(naming)),
            (None, _) => None,
        };
        if let Some(id) = meant[at] {
            cast.hold_office(id, naming);
        }
    }
    let mut topic = Topic::default();
    for (at, naming) in found.iter().enumerate() {
        topic.enter(page, naming.span.start);
        let id = match naming.what {
            What::Office | What::Pronoun if page.ablation.coreference => {
                cast.unnamed(naming)
            }
            What::Office => cast.office(naming, topic.person),
            What::Collective => cast.collective(naming),
            What::Pronoun => {
                let id = topic.of_pronoun(naming.span.of(page.shadow));
                id.unwrap_or_else(|| cast.unnamed(naming))
            }
            _ => meant[at].unwrap_or_else(|| cast.unnamed(naming)),
        };
        meant[at] = Some(id);
        // 泽连斯基的顾问波多利亚克: the adviser is the topic.
        let near = at.saturating_sub(6)..found.len().min(at + 7);
        let held = found[near].iter().any(|other| {
            other.phrase.contains(naming.phrase)
                && other.phrase.len() > naming.phrase.len()
        });
        if !held {
            topic.hear(page, naming, &cast.entities[id.0 as usize]);
        }
    }
    let (entities, places) = cast.in_order(&found, &meant);
    let mentions = found
        .iter()
        .zip(&meant)
        .enumerate()
        .filter_map(|(at, (naming, id))| {
            let rules = naming.rules.clone();
            let span = with_markup(page, naming.span);
            Some(Mention {
                id: MentionId(at as u32),
                entity: EntityId(places[id.as_ref()?.0 as usize]),
                form: naming.form,
                phrase: naming.phrase.join(span),
                evidence: evidence(page, span, rules),
            })
        })
        .collect();
    (entities, mentions)
}

/// The order in which names are given to entities, each with the name before it that it
/// spells: rows first, then full names, then their parts, so that a part finds its whole
/// wherever the article has it; offices and pronouns are not names.
fn order(page: &Page, found: &[Found]) -> Vec<(usize, Option<usize>)> {
    let mut order: Vec<_> = (0..found.len())
        .map(|at| {
            let naming = &found[at];
            let spelt = at.checked_sub(1).filter(|&before| {
                !page.ablation.coreference && spells(page, &found[before], naming)
            });
            let words = naming.span.of(page.shadow);
            let length = words.chars().count();
            let rank = match naming.what {
                _ if spelt.is_some() => 4,
                What::Known(_) => 0,
                What::Person if given_and_last(words).is_some() => 1,
                What::Person | What::Body if length >= 3 => 2,
                _ => 3,
            };
            // Of bodies the longest first: 韩国外交部 before 外交部.
            let short = match naming.what {
                What::Body => usize::MAX - length,
                _ => usize::from(length < 2),
            };
            ((rank, short, at), spelt)
        })
        .collect();
    order.sort_unstable();
    order.into_iter().map(|((.., at), spelt)| (at, spelt)).collect()
}

/// A name with the opening of the markup that closes inside it: [[zh:以色列]]军方.
fn with_markup(page: &Page, span: Span) -> Span {
    const OPEN: &str = "[[zh:";
    let text = &page.article.text;
    match span.of(text).contains("]]") && text[..span.start].ends_with(OPEN) {
        true => Span::new(span.start - OPEN.len(), span.end),
        false => span,
    }
}

fn evidence(page: &Page, span: Span, rules: Vec<record::Rule>) -> Evidence {
    Evidence {
        document: page.article.document,
        span,
        words: span.of(&page.article.text).to_owned(),
        rules,
    }
}

/// Whether a Latin name in brackets spells the name before it: 特列宁(Dmitri Trenin).
fn spells(page: &Page, before: &Found, naming: &Found) -> bool {
    let latin = naming.span.of(page.shadow).chars().next();
    let between = page.shadow.get(before.span.end..naming.span.start).unwrap_or("x");
    let bracket = between.trim_matches([' ', MARKUP]);
    let person = matches!(before.what, What::Person | What::Known(_) | What::Body);
    latin.is_some_and(|c| c.is_alphabetic() && c.is_ascii())
        && matches!(bracket, "(" | "（")
        && person
}

impl Cast<'_, '_> {
    /// The entities in the order in which the text first means them, and the new place
    /// of each.
    fn in_order(
        mut self,
        found: &[Found],
        meant: &[Option<EntityId>],
    ) -> (Vec<Entity>, Vec<u32>) {
        let mut first = vec![usize::MAX; self.entities.len()];
        for (naming, id) in found.iter().zip(meant) {
            if let Some(id) = id {
                let at = &mut first[id.0 as usize];
                *at = (*at).min(naming.span.start);
            }
        }
        for (entity, seen) in self.entities.iter_mut().zip(&self.seen) {
            entity.surfaces.sort_by_key(|surface| {
                seen.iter().find(|(_, words)| words == surface).map(|(at, _)| *at)
            });
        }
        self.entities.sort_by_key(|entity| first[entity.id.0 as usize]);
        let mut places = vec![0; self.entities.len()];
        for (place, entity) in self.entities.iter_mut().enumerate() {
            places[entity.id.0 as usize] = place as u32;
            entity.id = EntityId(place as u32);
        }
        (self.entities, places)
    }

    fn push(&mut self, entity: Entity, row: Option<usize>) -> EntityId {
        let id = EntityId(self.entities.len() as u32);
        self.entities.push(Entity { id, ..entity });
        self.rows.push(row);
        self.names.push(Vec::new());
        self.offices.push(Vec::new());
        self.seen.push(Vec::new());
        id
    }

    fn blank(name: String, kind: ActorType) -> Entity {
        Entity {
            id: EntityId(0),
            known: None,
            name,
            kind,
            party: None,
            roles: Vec::new(),
            surfaces: Vec::new(),
            is_private: false,
        }
    }

    /// The surface as the text has it, with the markup inside it but not around it.
    fn surface(&self, span: Span) -> String {
        with_markup(self.page, span).of(&self.page.article.text).to_owned()
    }

    fn add_surface(&mut self, id: EntityId, naming: &Found) {
        let surface = self.surface(naming.span);
        let folded = naming.span.of(self.page.shadow).to_owned();
        let at = id.0 as usize;
        match self.seen[at].iter_mut().find(|(_, words)| *words == surface) {
            Some((start, _)) => *start = (*start).min(naming.span.start),
            None => self.seen[at].push((naming.span.start, surface.clone())),
        }
        if !self.entities[at].surfaces.contains(&surface) {
            self.entities[at].surfaces.push(surface);
        }
        if !self.names[at].contains(&folded) {
            self.names[at].push(folded);
        }
    }

    fn known(&mut self, row: usize, naming: &Found) -> EntityId {
        // A seat of government is its state.
        let row = match (naming.form, &naming.party) {
            (MentionForm::Metonym, Some(party)) => {
                self.page.lexicon.names.row_of_state(party).unwrap_or(row)
            }
            _ => row,
        };
        let id = match self.rows.iter().position(|r| *r == Some(row)) {
            Some(at) => EntityId(at as u32),
            None => {
                let name = self.page.lexicon.names.row(row);
                let entity = Entity {
                    known: Some(name.id.clone()),
                    party: name.party.clone(),
                    ..Self::blank(name.name.clone(), name.kind)
                };
                self.push(entity, Some(row))
            }
        };
        self.add_surface(id, naming);
        id
    }

    fn person(&mut self, naming: &Found) -> EntityId {
        let name = naming.span.of(self.page.shadow);
        let latin = name.chars().next().is_some_and(|c| c.is_ascii_alphabetic());
        let same = self
            .same_name(name, naming.span.start)
            .or_else(|| self.same_sound(name, naming));
        let id = match same {
            Some(id) => id,
            None => match self.row_of_sound(name, naming) {
                Some(row) => return self.known(row, naming),
                None => {
                    let entity = Entity {
                        party: naming.party.clone(),
                        ..Self::blank(self.surface(naming.span), ActorType::Person)
                    };
                    self.push(entity, None)
                }
            },
        };
        let entity = &mut self.entities[id.0 as usize];
        if entity.party.is_none() {
            entity.party = naming.party.clone();
        }
        let shorter = entity.known.is_none() && entity.name.len() < naming.span.len();
        if shorter && !latin {
            self.entities[id.0 as usize].name = self.surface(naming.span);
        }
        self.add_surface(id, naming);
        id
    }

    /// The person who bears a name or a part of it.
    fn same_name(&self, name: &str, at: usize) -> Option<EntityId> {
        let syllables = &self.page.lexicon.syllables;
        let surnames = &self.page.lexicon.surnames;
        let alone = self.page.ablation.coreference;
        let people =
            || self.entities.iter().filter(|entity| entity.kind == ActorType::Person);
        let bears = |entity: &&Entity, is: &dyn Fn(&str) -> bool| {
            self.names[entity.id.0 as usize].iter().any(|own| is(own))
        };
        let whole = people().find(|entity| bears(entity, &|own| own == name));
        let part = || {
            let may = people().filter(|entity| {
                let others = bears(entity, &|own| given_differs(name, own, syllables));
                bears(entity, &|own| is_part(name, own, syllables, surnames))
                    && !others
                    && !self.is_of_other_row(entity, name)
            });
            self.nearest(may.map(|entity| entity.id), at)
        };
        let whole = whole.map(|entity| entity.id);
        if alone { whole } else { whole.or_else(part) }
    }

    /// Whether a name in full has another given name than the row that an entity is, though
    /// the article has the row's family name only: 吉尔·拜登 beside 拜登.
    fn is_of_other_row(&self, entity: &Entity, name: &str) -> bool {
        self.rows[entity.id.0 as usize]
            .is_some_and(|row| self.is_other(row, name, given_differs))
    }

    /// Whether the given name of a name in full is that of none of a row's names in full.
    fn is_other(
        &self,
        row: usize,
        name: &str,
        differ: impl Fn(&str, &str, &Syllables) -> bool,
    ) -> bool {
        let lexicon = &self.page.lexicon;
        let Some((given, _)) = given_and_last(name) else { return false };
        let own = lexicon.names.row(row).zh.iter();
        let mut full = own.filter(|own| given_and_last(own).is_some()).peekable();
        let known = lexicon.parts.given(given);
        full.peek().is_some()
            && full.all(|own| {
                let other =
                    given_and_last(own).and_then(|own| lexicon.parts.given(own.0));
                match (known, other) {
                    (Some(known), Some(other)) => known != other,
                    _ => differ(name, own, &lexicon.syllables),
                }
            })
    }

    /// The entity that was named last before a place, else the one named first behind it:
    /// of two Millers the one spoken of.
    fn nearest(
        &self,
        entities: impl Iterator<Item = EntityId>,
        at: usize,
    ) -> Option<EntityId> {
        entities.min_by_key(|id| {
            let starts = || self.seen[id.0 as usize].iter().map(|(start, _)| *start);
            let before = starts().filter(|start| *start < at).max();
            (before.is_none(), before.map(|start| at - start), starts().min())
        })
    }

    /// The person whose name is spelt otherwise: 季莫费耶夫, 季莫菲耶夫.
    fn same_sound(&self, name: &str, naming: &Found) -> Option<EntityId> {
        if self.page.ablation.coreference {
            return None;
        }
        let found = self.entities.iter().find(|entity| {
            let at = entity.id.0 as usize;
            entity.kind == ActorType::Person && !self.is_of_other_row(entity, name) && {
                let context = self.context(naming, &entity.party, &self.offices[at]);
                self.names[at].iter().any(|own| {
                    is_spelling(name, own, context, &self.page.lexicon.syllables)
                })
            }
        });
        found.map(|entity| entity.id)
    }

    /// The row of a person whose name is spelt otherwise and who speaks for the same party.
    fn row_of_sound(&self, name: &str, naming: &Found) -> Option<usize> {
        if self.page.ablation.coreference || naming.party.is_none() || naming.is_private {
            return None;
        }
        let rows = self.page.lexicon.names.rows().iter();
        let near = rows.enumerate().find(|(at, row)| {
            row.kind == ActorType::Person
                && row.party == naming.party
                && !self.is_other(*at, name, given_is_no_spelling)
                && row.zh.iter().any(|own| {
                    let context = Context::default();
                    is_spelling(name, own, context, &self.page.lexicon.syllables)
                })
        });
        near.map(|(at, _)| at)
    }

    fn context(
        &self,
        naming: &Found,
        party: &Option<String>,
        offices: &[String],
    ) -> Context {
        let own = naming.role.map(|role| role.of(self.page.shadow));
        let agrees = own.is_some_and(|own| {
            offices
                .iter()
                .any(|office| own.ends_with(office.as_str()) || office.ends_with(own))
        });
        Context {
            parties_differ: party.is_some()
                && naming.party.is_some()
                && *party != naming.party,
            office_agrees: agrees,
            offices_differ: own.is_some() && !offices.is_empty() && !agrees,
        }
    }

    fn body(&mut self, naming: &Found) -> EntityId {
        let name = naming.span.of(self.page.shadow);
        let whole = self.names.iter().position(|names| names.iter().any(|n| n == name));
        let whole = whole.map(|at| EntityId(at as u32));
        let id = match whole.or_else(|| self.owned_body(name, naming.span.start)) {
            Some(id) => id,
            None => {
                let entity = Entity {
                    party: naming.party.clone(),
                    ..Self::blank(self.surface(naming.span), ActorType::Organisation)
                };
                self.push(entity, None)
            }
        };
        self.add_surface(id, naming);
        id
    }

    /// The body whose name a shorter one ends: 韩国外交部 … 外交部.
    fn owned_body(&self, name: &str, at: usize) -> Option<EntityId> {
        if self.page.ablation.coreference {
            return None;
        }
        let may = self.entities.iter().filter(|entity| {
            entity.kind == ActorType::Organisation
                && self.names[entity.id.0 as usize]
                    .iter()
                    .any(|own| own.len() > name.len() && own.ends_with(name))
        });
        self.nearest(may.map(|entity| entity.id), at)
    }

    fn hold_office(&mut self, id: EntityId, naming: &Found) {
        let Some(span) = naming.role else { return };
        let folded = span.of(self.page.shadow).to_owned();
        let text = self.surface(span);
        let evidence = evidence(self.page, span, Vec::new());
        let at = id.0 as usize;
        if !self.offices[at].contains(&folded) {
            self.offices[at].push(folded);
            self.entities[at].roles.push(Role { text, evidence });
            self.entities[at].roles.sort_by_key(|role| usize::MAX - role.text.len());
        }
        self.entities[at].is_private |= naming.is_private;
    }

    /// The person of an office without a name, if the article names one; else somebody
    /// unnamed, one for each wording.
    fn office(&mut self, naming: &Found, topic: Option<EntityId>) -> EntityId {
        let words = naming.span.of(self.page.shadow);
        let bare = words.trim_start_matches(['这', '该', '位', '名', '此']);
        let plain = naming.form == MentionForm::Title || words.starts_with(['这', '该']);
        if plain {
            let holder = self.entities.iter().position(|entity| {
                let at = entity.id.0 as usize;
                entity.kind == ActorType::Person
                    && (entity.party.is_none()
                        || naming.party.is_none()
                        || entity.party == naming.party)
                    && self.offices[at].iter().any(|office| {
                        office.ends_with(bare) || bare.ends_with(office.as_str())
                    })
            });
            if let Some(at) = holder {
                return EntityId(at as u32);
            }
        }
        // 这位外交官: whoever was spoken of.
        let pointed = ["这位", "这名", "该"].iter().any(|word| words.starts_with(word));
        match topic.filter(|_| pointed) {
            Some(id) => id,
            None => self.unnamed(naming),
        }
    }

    fn collective(&mut self, naming: &Found) -> EntityId {
        self.unnamed(naming)
    }

    fn unnamed(&mut self, naming: &Found) -> EntityId {
        let id = self.nobody(naming);
        if self.is_actor(naming) {
            self.add_surface(id, naming);
        }
        id
    }

    /// Whether an office without a name is an actor: one who speaks, of some state or told
    /// apart by a word. 记者 and 双方 alone are nobody in particular.
    fn is_actor(&self, naming: &Found) -> bool {
        let told = naming.party.is_some()
            || naming.form == MentionForm::Description
            || naming
                .span
                .of(self.page.shadow)
                .strip_suffix("人士")
                .is_some_and(|of| !of.is_empty());
        naming.what == What::Office
            && told
            && !naming.is_implied()
            && is_subject(self.page, naming)
            && speaks(self.page, naming)
    }

    fn nobody(&mut self, naming: &Found) -> EntityId {
        let words = naming.span.of(self.page.shadow);
        let same = self.entities.iter().position(|entity| {
            entity.known.is_none()
                && self.names[entity.id.0 as usize].iter().any(|n| n == words)
        });
        if let Some(at) = same {
            return EntityId(at as u32);
        }
        let entity = Entity {
            party: naming.party.clone(),
            is_private: naming.is_private,
            ..Self::blank(self.surface(self.undetermined(naming.span)), ActorType::Person)
        };
        let id = self.push(entity, None);
        self.names[id.0 as usize].push(words.to_owned());
        self.hold_office(id, naming);
        id
    }

    /// A description without its determiner, 一位不愿透露姓名的[高级官员]: what somebody
    /// unnamed is called.
    fn undetermined(&self, span: Span) -> Span {
        let (page, mut from) = (self.page, span.start);
        while let Some(hit) = page.lexicon.word_starting(page.hits, "determiner", from) {
            if hit.span.end >= span.end {
                break;
            }
            from = hit.span.end;
        }
        Span::new(from, span.end)
    }
}
