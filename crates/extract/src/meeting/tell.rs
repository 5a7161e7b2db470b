//! Places that tell of a meeting.
//!
//! In: sentences, their words of meetings and mentions. Out: tellings, in text order.
//! Refuses to know: which of them tell of the same meeting.

use super::{
    Stage,
    circumstance::{self, When},
    party::{self, Side, add, parties},
    words::{Class, MeetingWord, words},
};
use crate::lang::zh;
use record::{EntityId, Format, Level, ParagraphKind, Rule, Sentence, Span, Status};

/// One place that tells of a meeting.
#[derive(Debug, Clone)]
pub(super) struct Telling {
    /// The sentence.
    pub sentence: Span,
    /// The word.
    pub word: Span,
    /// What sort of word.
    pub class: Class,
    /// Who meets, in order of naming.
    pub parties: Vec<String>,
    /// Persons named as meeting.
    pub people: Vec<EntityId>,
    /// Whether the parties are those of a meeting told of before: 双方, 此次会谈.
    pub is_back: bool,
    /// When.
    pub when: Option<When>,
    /// Where: the usual English name.
    pub place: Option<String>,
    /// How, where it is told.
    pub format: Option<Format>,
    /// The rank of those who meet.
    pub level: Option<Level>,
    /// What became of it.
    pub status: Status,
    /// Whether something beside the word shows that it takes place: a date, 举行.
    pub is_shown: bool,
    /// Whether it lies before what the article reports: 此前, 曾.
    pub is_earlier: bool,
    /// Whether it stands in a headline.
    pub is_title: bool,
    /// The rows.
    pub rules: Vec<Rule>,
}

/// Finds the places that tell of meetings.
pub(super) fn find(stage: &Stage) -> Vec<Telling> {
    let mut tellings: Vec<Telling> = Vec::new();
    for sentence in stage.page.sentences {
        let kind = stage.page.article.paragraphs[sentence.paragraph].kind;
        if kind == ParagraphKind::Byline {
            continue;
        }
        for (span, word) in words(stage.page, sentence.span) {
            if word.class.is_event() || word.class == Class::Back {
                let told = telling(stage, sentence, span, word, &tellings);
                tellings.extend(told.into_iter().map(|told| Telling {
                    is_title: kind == ParagraphKind::Title,
                    ..told
                }));
            }
        }
    }
    tellings
}

/// What one word tells; several meetings where somebody visits several.
fn telling(
    stage: &Stage,
    sentence: &Sentence,
    span: Span,
    word: &MeetingWord,
    before: &[Telling],
) -> Vec<Telling> {
    let clause = clause(stage, sentence.span, span);
    let scene = Scene { stage, sentence: sentence.span, clause, span, word };
    if word.class == Class::Back {
        return back(&scene, before).into_iter().collect();
    }
    if word.class.is_visit() {
        return visits(&scene);
    }
    let mut sides = scene.sides();
    let mut is_back = false;
    if parties(&sides).len() < 2 && scene.has_collective() {
        sides = last_sides(before, &scene);
        is_back = true;
    }
    let list = parties(&sides);
    let is_session = matches!(word.class, Class::Session | Class::Summit);
    if list.is_empty() || (list.len() < 2 && !is_session) {
        return Vec::new();
    }
    vec![scene.telling(list, people(&sides), is_back)]
}

fn people(sides: &[Side]) -> Vec<EntityId> {
    let mut people = Vec::new();
    for person in sides.iter().filter_map(|side| side.person) {
        if !people.contains(&person) {
            people.push(person);
        }
    }
    people
}

/// The clause of a sentence that holds a word.
pub(super) fn clause(stage: &Stage, sentence: Span, word: Span) -> Span {
    let shadow = stage.page.shadow;
    let before = Span::new(sentence.start, word.start).of(shadow);
    let start = before
        .char_indices()
        .rev()
        .find(|(_, c)| zh::ends_clause(*c))
        .map_or(sentence.start, |(at, c)| sentence.start + at + c.len_utf8());
    let after = Span::new(word.end, sentence.end).of(shadow);
    let end = after
        .char_indices()
        .find(|(_, c)| zh::ends_clause(*c))
        .map_or(sentence.end, |(at, _)| word.end + at);
    Span::new(start, end)
}

/// A word where it stands.
pub(super) struct Scene<'s, 'p, 'a> {
    pub stage: &'s Stage<'p, 'a>,
    pub sentence: Span,
    pub clause: Span,
    pub span: Span,
    pub word: &'s MeetingWord,
}

impl Scene<'_, '_, '_> {
    /// Who takes part: named in the clause, else with the subject of the clause before.
    fn sides(&self) -> Vec<Side> {
        let before = Span::new(self.clause.start, self.span.start);
        let mut sides = self.stage.participants(before, self.span);
        if matches!(self.word.class, Class::Meet | Class::CallTo) {
            let met = self.after();
            sides.extend(met);
        } else if parties(&sides).len() < 2 {
            // 会谈 between clauses: 双方将举行会谈，俄罗斯…; and 与会 after the word.
            let rest = Span::new(self.span.end, self.clause.end);
            if self.word.class == Class::Call || self.word.class == Class::Talk {
                let later = self.stage.participants(rest, self.span);
                sides.extend(later.into_iter().filter(|side| side.person.is_some()));
            }
        }
        if parties(&sides).len() < 2
            && let Some(subject) = self.subject()
        {
            sides.insert(0, subject);
        }
        sides
    }

    /// The one that the clauses before it in the sentence are about.
    fn subject(&self) -> Option<Side> {
        let before = Span::new(self.sentence.start, self.clause.start);
        let sides = self.stage.participants(before, self.span);
        sides.iter().rev().find(|side| side.person.is_some()).or(sides.first()).cloned()
    }

    /// Those named right after the word, in a list.
    fn after(&self) -> Vec<Side> {
        let rest = Span::new(self.span.end, self.clause.end);
        let mut end = self.span.end;
        let mut list = Vec::new();
        for side in self.stage.sides(rest) {
            let between = Span::new(end, side.phrase.start).of(self.stage.page.shadow);
            if side.phrase.start >= end && between.chars().count() > 6 {
                break;
            }
            end = end.max(side.phrase.end);
            list.push(side);
        }
        list
    }

    /// Whether 双方, 两国, 两人 stands in the clause without names in it.
    fn has_collective(&self) -> bool {
        let words = &self.stage.page.lexicon;
        words.word_hits(self.stage.page.hits, "collective", self.clause).next().is_some()
    }

    /// The telling of these parties.
    pub fn telling(
        &self,
        parties: Vec<String>,
        people: Vec<EntityId>,
        is_back: bool,
    ) -> Telling {
        let seen = circumstance::see(self, &parties, &people);
        Telling {
            sentence: self.sentence,
            word: self.span,
            class: self.word.class,
            parties,
            people,
            is_back,
            when: seen.when,
            place: seen.place,
            format: seen.format,
            level: seen.level,
            status: seen.status,
            is_shown: seen.is_shown,
            is_earlier: seen.is_earlier,
            is_title: false,
            rules: seen.rules,
        }
    }
}

/// The parties of the meeting told of last, else the two named last.
fn last_sides(before: &[Telling], scene: &Scene) -> Vec<Side> {
    let side = |party: &String| Side {
        party: party.clone(),
        person: None,
        phrase: scene.span,
        is_place: false,
    };
    if let Some(told) = before.iter().rev().find(|told| told.parties.len() >= 2) {
        return told.parties.iter().map(side).collect();
    }
    let paragraph = scene.stage.page.article.paragraph_at(scene.span.start);
    let start = paragraph.map_or(scene.sentence.start, |p| p.span.start);
    let named = Span::new(start, scene.clause.start);
    let mut last: Vec<String> = Vec::new();
    for side in scene.stage.participants(named, scene.span).iter().rev() {
        if last.len() < 2 {
            party::add(&mut last, &side.party);
        }
    }
    last.iter().rev().map(side).collect()
}

/// What points back at a meeting: 会后, 此次会谈.
fn back(scene: &Scene, before: &[Telling]) -> Option<Telling> {
    let last = before.iter().rev().find(|told| told.parties.len() >= 2)?;
    Some(scene.telling(last.parties.clone(), Vec::new(), true))
}

/// One meeting for each one visited.
fn visits(scene: &Scene) -> Vec<Telling> {
    let before = Span::new(scene.clause.start, scene.span.start);
    let mut visitors = scene.stage.participants(before, scene.span);
    let hosts: Vec<Side> = match scene.word.class {
        Class::VisitLetter | Class::ArriveLetter => letter_host(scene),
        Class::VisitTo => {
            // 对法国进行国事访问.
            let (to, from): (Vec<Side>, Vec<Side>) = visitors
                .into_iter()
                .partition(|side| is_after_toward(scene, side.phrase));
            visitors = from;
            to
        }
        _ => scene.after(),
    };
    if visitors.is_empty() {
        visitors.extend(scene.subject());
    }
    let people = people(&visitors);
    let Some(visitor) = visitors.iter().rev().find(|side| side.person.is_some()) else {
        return Vec::new();
    };
    let mut seen: Vec<String> = Vec::new();
    for host in &hosts {
        if host.party != visitor.party {
            add(&mut seen, &host.party);
        }
    }
    let tell = |host: &String| {
        let mut list = parties(&visitors);
        list.retain(|party| party != host);
        list.push(host.clone());
        scene.telling(list, people.clone(), false)
    };
    seen.iter().map(tell).collect()
}

fn is_after_toward(scene: &Scene, phrase: Span) -> bool {
    scene.stage.page.shadow[..phrase.start]
        .trim_end_matches([' ', crate::shadow::MARKUP])
        .ends_with('对')
}

/// The state in 访美.
fn letter_host(scene: &Scene) -> Vec<Side> {
    let first = scene.stage.page.shadow[scene.span.start..].chars().next();
    let start = scene.span.start + first.map_or(0, char::len_utf8);
    let letter = Span::new(start, scene.span.end);
    let names = &scene.stage.page.lexicon.names;
    let hits = scene.stage.page.hits.within(crate::lexicon::Table::Names, letter);
    let state = hits.iter().filter(|hit| hit.span == letter).find_map(|hit| {
        let name = names.of_hit(hit.row).0;
        name.party.clone().filter(|_| name.kind == record::ActorType::State)
    });
    state
        .map(|party| Side { party, person: None, phrase: letter, is_place: false })
        .into_iter()
        .collect()
}
