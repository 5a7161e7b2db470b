//! A word of a meeting where it stands, and who is named around it.
//!
//! In: a word, its clause and sentence. Out: the sides that the clause has meet. Refuses to
//! know: when, where and whether.

use super::{
    Stage,
    party::{Side, parties},
    tell::clause,
    words::{Class, MeetingWord, has, words},
};
use crate::{lang::zh, shadow::MARKUP, statement::gap};
use record::Span;

/// A word where it stands.
pub(super) struct Scene<'s, 'p, 'a> {
    pub stage: &'s Stage<'p, 'a>,
    pub sentence: Span,
    pub clause: Span,
    pub span: Span,
    pub word: &'s MeetingWord,
}

impl Scene<'_, '_, '_> {
    /// Who takes part: named in the clause, with the subject of a clause before where the
    /// clause only says with whom, or only that it is held.
    pub fn sides(&self) -> Vec<Side> {
        let before = Span::new(self.clause.start, self.span.start);
        let mut sides = self.stage.participants(before, self.span);
        sides.retain(|side| !self.is_them(side.phrase));
        if let Some(run) = self.adjacent(&sides) {
            return run;
        }
        let is_session = matches!(self.word.class, Class::Session | Class::Summit);
        if let Some(hold) = self.hold().filter(|_| !is_session) {
            // 举行了俄罗斯入侵后的首次会谈: who holds it stands before the verb.
            let held: Vec<Side> = sides
                .iter()
                .filter(|side| side.phrase.end <= hold.start)
                .cloned()
                .collect();
            if parties(&held).len() > 1 || self.is_joined(&held) {
                sides = held;
            } else if held.is_empty() && parties(&sides).len() < 2 {
                sides = self.clause_before().unwrap_or(sides);
            }
        }
        let is_object = self.word.class == Class::Talk
            && parties(&sides).len() < 2
            && self.after().first().is_some_and(|side| {
                let between = Span::new(self.span.end, side.phrase.start);
                gap(self.stage.page.shadow, between) <= 1
            });
        let is_transitive =
            matches!(self.word.class, Class::Meet | Class::CallTo) || is_object;
        if is_transitive {
            let met = self.after();
            sides.extend(met);
        }
        let needs = if is_session {
            has(self.stage.page, self.clause, &[Class::Attend])
                || (parties(&sides).len() == 1 && self.is_joined(&sides))
        } else {
            (is_transitive && parties(&sides).len() == 1) || self.is_joined(&sides)
        };
        // 两国还将与菲律宾会谈: 两国 is the subject.
        if needs
            && !self.has_collective()
            && let Some(subject) = self.subject(&sides)
        {
            sides.insert(0, subject);
        }
        sides
    }

    /// The verb of holding before the word in its clause.
    fn hold(&self) -> Option<Span> {
        let before = Span::new(self.clause.start, self.span.start);
        words(self.stage.page, before)
            .iter()
            .rev()
            .find(|(_, word)| word.class == Class::Hold)
            .map(|(span, _)| *span)
    }

    /// Two sides or more of the clause right before.
    fn clause_before(&self) -> Option<Vec<Side>> {
        let before = Span::new(self.sentence.start, self.clause.start);
        let body = before.of(self.stage.page.shadow).trim_end_matches(zh::ends_clause);
        let end = self.sentence.start + body.len();
        if end <= self.sentence.start {
            return None;
        }
        let clause = clause(self.stage, self.sentence, Span::new(end, end));
        let mut sides = self.stage.participants(clause, self.span);
        if sides.iter().any(|side| side.person.is_some()) {
            sides.retain(|side| side.person.is_some());
        }
        (parties(&sides).len() > 1).then_some(sides)
    }

    /// A pair right before the word, which then are all that meet: 美朝第二次峰会.
    fn adjacent(&self, sides: &[Side]) -> Option<Vec<Side>> {
        let last = sides.last()?;
        let between =
            Span::new(last.phrase.end, self.span.start).of(self.stage.page.shadow);
        let between = between.trim_start_matches(MARKUP);
        let is_near = between.chars().count() <= 4
            && (between.is_empty()
                || between.starts_with(['第', '首', '两', '双', '高']));
        let mut run: Vec<Side> = vec![last.clone()];
        for side in sides.iter().rev().skip(1) {
            let next = &run[run.len() - 1];
            let is_letter = side.phrase.len() <= 3 && next.phrase.len() <= 3;
            let is_one = side.phrase == next.phrase;
            if is_one || (is_letter && side.phrase.end == next.phrase.start) {
                run.push(side.clone());
            }
        }
        run.reverse();
        (is_near && parties(&run).len() > 1).then_some(run)
    }

    /// Whether the one named right before the word is of those that meet: 欧盟峰会.
    pub fn is_named(&self, sides: &[Side]) -> bool {
        sides.iter().any(|side| {
            let between = Span::new(side.phrase.end, self.span.start);
            side.phrase.end <= self.span.start
                && gap(self.stage.page.shadow, between) <= 6
        })
    }

    /// Whether a session is only where something else happens: 峰会期间会见了….
    pub fn is_where(&self) -> bool {
        const PLACES: &[&str] = &["期间", "上", "前", "后", "之前", "之后", "时", "场边"];
        let rest = Span::new(self.span.end, self.clause.end).of(self.stage.page.shadow);
        matches!(self.word.class, Class::Session | Class::Summit)
            && PLACES.iter().any(|place| rest.starts_with(place))
    }

    /// Whether a pronoun means several: 他们.
    fn is_them(&self, phrase: Span) -> bool {
        phrase.of(self.stage.page.shadow).ends_with('们')
    }

    /// Whether the only side comes in by 与: the other is named before.
    fn is_joined(&self, sides: &[Side]) -> bool {
        let Some(first) = sides.first() else { return false };
        let before = Span::new(self.clause.start, first.phrase.start);
        let words = words(self.stage.page, before);
        words.last().is_some_and(|(span, word)| {
            let between = Span::new(span.end, first.phrase.start);
            word.class == Class::Joining && gap(self.stage.page.shadow, between) <= 8
        })
    }

    /// The one that the nearest clause before in the sentence is about; none of the parties
    /// that are there.
    pub fn subject(&self, sides: &[Side]) -> Option<Side> {
        let shadow = self.stage.page.shadow;
        let other = |side: &&Side| sides.iter().all(|known| known.party != side.party);
        let mut end = self.clause.start;
        while end > self.sentence.start {
            let before = Span::new(self.sentence.start, end).of(shadow);
            let body = before.trim_end_matches(zh::ends_clause);
            let start = body
                .char_indices()
                .rev()
                .find(|(_, c)| zh::ends_clause(*c))
                .map_or(0, |(at, c)| at + c.len_utf8());
            let clause =
                Span::new(self.sentence.start + start, self.sentence.start + body.len());
            let named = self.stage.participants(clause, self.span);
            let first = named.iter().filter(other).find(|side| side.person.is_some());
            if let Some(side) = first.or(named.iter().find(other)) {
                return Some(side.clone());
            }
            if clause.start >= end {
                break;
            }
            end = clause.start;
        }
        None
    }

    /// Two people in the clause after 在视频通话中.
    pub fn beside(&self) -> Option<Vec<Side>> {
        let rest = Span::new(self.span.end, self.clause.end).of(self.stage.page.shadow);
        if !rest.starts_with(['中', '期', '时', '上', '后', '里']) {
            return None;
        }
        let start = self.clause.end
            + self.stage.page.shadow[self.clause.end..].chars().next()?.len_utf8();
        if start >= self.sentence.end {
            return None;
        }
        let next = clause(self.stage, self.sentence, Span::new(start, start));
        let mut sides = self.stage.participants(next, self.span);
        sides.retain(|side| side.person.is_some());
        (parties(&sides).len() == 2).then_some(sides)
    }

    /// Those named right after the word, in a list.
    pub fn after(&self) -> Vec<Side> {
        let rest = Span::new(self.span.end, self.clause.end);
        let mut end = self.span.end;
        let mut list = Vec::new();
        for side in self.stage.sides(rest) {
            let between = Span::new(end, side.phrase.start.max(end));
            if gap(self.stage.page.shadow, between) > 6 {
                break;
            }
            end = end.max(side.phrase.end);
            list.push(side);
        }
        list
    }

    /// Whether 双方, 两国, 两人 stands in the clause without names in it.
    pub fn has_collective(&self) -> bool {
        let page = self.stage.page;
        page.lexicon.word_hits(page.hits, "collective", self.clause).next().is_some()
            || self.clause.of(page.shadow).contains("他们")
    }
}
