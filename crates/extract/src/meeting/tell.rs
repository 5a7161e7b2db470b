//! Places that tell of a meeting.
//!
//! In: sentences, their words of meetings and mentions. Out: tellings, in text order.
//! Refuses to know: which of them tell of the same meeting.

use super::{
    Stage,
    circumstance::{self, When, is_body},
    guess::{How, readings},
    party::{Side, add, parties},
    scene::Scene,
    visit::visits,
    words::{Class, MeetingWord, has, words},
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
    /// How they were found.
    pub how: How,
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
    /// Whether a verb of holding goes with it: 举行.
    pub is_held: bool,
    /// Whether its date stands in its own clause.
    pub is_dated_here: bool,
    /// Whether it lies before what the article reports: 此前, 曾.
    pub is_earlier: bool,
    /// Whether it is another than the one told of: 新一轮.
    pub is_further: bool,
    /// Whether it stands in a headline.
    pub is_title: bool,
    /// Whether it only tells where something else took place: 峰会期间.
    pub is_where: bool,
    /// The rows.
    pub rules: Vec<Rule>,
}

/// Finds the places that tell of meetings.
pub(super) fn find(stage: &Stage) -> Vec<Telling> {
    let mut tellings: Vec<Telling> = Vec::new();
    let mut by_rule: Vec<Telling> = Vec::new();
    for sentence in stage.page.sentences {
        let kind = stage.page.article.paragraphs[sentence.paragraph].kind;
        if kind == ParagraphKind::Byline {
            continue;
        }
        for (span, word) in words(stage.page, sentence.span) {
            if word.class.is_event() || word.class == Class::Back {
                let mut told = telling(stage, sentence, span, word, &by_rule);
                let clause = whole_clause(stage, sentence.span, span);
                let scene = Scene { stage, sentence: sentence.span, clause, span, word };
                if word.class != Class::Back {
                    told.extend(readings(&scene, &told, &by_rule));
                }
                by_rule.extend(told.iter().filter(|t| t.how == How::Rule).cloned());
                let is_title = is_headline(stage, sentence.span, kind);
                tellings
                    .extend(told.into_iter().map(|told| Telling { is_title, ..told }));
            }
        }
    }
    tellings
}

/// Whether a sentence is a headline: the title, or a line that no stop ends.
fn is_headline(stage: &Stage, sentence: Span, kind: ParagraphKind) -> bool {
    let ends =
        sentence.of(stage.page.shadow).trim_end_matches(['”', '’', ' ', ')', '）']);
    matches!(kind, ParagraphKind::Title | ParagraphKind::Heading)
        || !ends.ends_with(zh::ends_sentence)
}

/// What one word tells; several meetings where somebody meets several, one by one.
fn telling(
    stage: &Stage,
    sentence: &Sentence,
    span: Span,
    word: &MeetingWord,
    before: &[Telling],
) -> Vec<Telling> {
    let clause = whole_clause(stage, sentence.span, span);
    let scene = Scene { stage, sentence: sentence.span, clause, span, word };
    if word.class == Class::Back {
        return back(&scene, before).into_iter().collect();
    }
    if word.class.is_visit() {
        return visits(&scene);
    }
    if !word.parties.is_empty() {
        return vec![scene.telling(word.parties.clone(), Vec::new(), false, None)];
    }
    let mut sides = scene.sides();
    let mut is_back = false;
    if parties(&sides).len() < 2 && scene.has_collective() {
        // 两国还将与菲律宾举行三方峰会: those of before, and who is named here.
        let mut last = last_sides(before, &scene);
        last.truncate(2);
        last.extend(sides);
        sides = last;
        is_back = true;
    }
    if sides.is_empty() {
        is_back = true;
        sides = scene.beside().unwrap_or_else(|| last_sides(before, &scene));
    }
    let list = parties(&sides);
    let is_session = matches!(word.class, Class::Session | Class::Summit);
    if scene.is_where() && !scene.is_named(&sides) {
        let body = sides.into_iter().rev().find(|side| is_body(&side.party));
        let list = body.into_iter().map(|side| side.party).collect::<Vec<_>>();
        let told =
            (!list.is_empty()).then(|| scene.telling(list, Vec::new(), false, None));
        return told.into_iter().collect();
    }
    if list.len() < 2 && !(is_session && list.iter().any(|party| is_body(party))) {
        // 俄方在会谈中…: the meeting told of that it took part in.
        let part = list.first();
        let known = before.iter().rev().find(|told| {
            part.is_none_or(|party| told.parties.contains(party))
                && told.parties.len() > 1
        });
        return known
            .map(|told| scene.telling(told.parties.clone(), people(&sides), true, None))
            .into_iter()
            .collect();
    }
    let is_apart = word.text.contains("双边") || has(stage.page, clause, &[Class::Apart]);
    if list.len() > 2 && is_apart {
        return scene.one_by_one(&sides);
    }
    vec![scene.telling(list, people(&sides), is_back, None)]
}

pub(super) fn people(sides: &[Side]) -> Vec<EntityId> {
    let mut people = Vec::new();
    for person in sides.iter().filter_map(|side| side.person) {
        if !people.contains(&person) {
            people.push(person);
        }
    }
    people
}

/// The clause of a word, with the one after it where that only says when: 第4轮谈判，将于
/// 3月21日开始.
fn whole_clause(stage: &Stage, sentence: Span, word: Span) -> Span {
    let own = clause(stage, sentence, word);
    let rest = Span::new(own.end, sentence.end).of(stage.page.shadow);
    let next = rest.trim_start_matches(['，', ',']);
    if own.end > word.end || !next.starts_with("将") && !next.starts_with("定于") {
        return own;
    }
    let start = own.end + (rest.len() - next.len());
    Span::new(own.start, clause(stage, sentence, Span::new(start, start)).end)
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

impl Scene<'_, '_, '_> {
    /// 分别与黄英贤和王毅会面: a meeting of the first with each other, each on its own day
    /// where as many days are named.
    fn one_by_one(&self, sides: &[Side]) -> Vec<Telling> {
        let Some(first) = sides.first() else { return Vec::new() };
        let mut others: Vec<&Side> = Vec::new();
        for side in sides {
            let known = others.iter().any(|other| other.party == side.party);
            if side.party != first.party && !known {
                others.push(side);
            }
        }
        let days = circumstance::days(self);
        let tell = |(at, other): (usize, &&Side)| {
            let day = (days.len() == others.len()).then(|| days[at].clone());
            let person = |side: &Side| side.person.into_iter();
            let people = person(first)
                .chain(sides.iter().filter(|s| s.party == other.party).flat_map(person))
                .collect();
            self.telling(
                vec![first.party.clone(), other.party.clone()],
                people,
                false,
                day,
            )
        };
        others.iter().enumerate().map(tell).collect()
    }

    /// The telling of these parties.
    pub fn telling(
        &self,
        parties: Vec<String>,
        people: Vec<EntityId>,
        is_back: bool,
        day: Option<When>,
    ) -> Telling {
        let seen = circumstance::see(self, &parties, &people, day);
        Telling {
            sentence: self.sentence,
            word: self.span,
            class: self.word.class,
            parties,
            how: How::Rule,
            people,
            is_back,
            when: seen.when,
            place: seen.place,
            format: seen.format,
            level: seen.level,
            status: seen.status,
            is_shown: seen.is_shown,
            is_earlier: seen.is_earlier,
            is_held: seen.is_held,
            is_dated_here: seen.is_dated_here,
            is_further: has(self.stage.page, self.clause, &[Class::Further]),
            is_title: false,
            is_where: self.is_where(),
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
            add(&mut last, &side.party);
        }
    }
    last.iter().rev().map(side).collect()
}

/// What points back at a meeting: 会后, 此次会谈.
fn back(scene: &Scene, before: &[Telling]) -> Option<Telling> {
    let last = before.iter().rev().find(|told| told.parties.len() >= 2)?;
    Some(scene.telling(last.parties.clone(), Vec::new(), true, None))
}
