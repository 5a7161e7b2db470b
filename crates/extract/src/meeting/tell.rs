//! Places that tell of a meeting.
//!
//! In: sentences, their words of meetings and mentions. Out: tellings, in text order.
//! Refuses to know: which of them tell of the same meeting.

use super::{
    Stage,
    circumstance::{self, When, is_body},
    party::{self, Side, add, parties},
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
    for sentence in stage.page.sentences {
        let kind = stage.page.article.paragraphs[sentence.paragraph].kind;
        if kind == ParagraphKind::Byline {
            continue;
        }
        for (span, word) in words(stage.page, sentence.span) {
            if word.class.is_event() || word.class == Class::Back {
                let told = telling(stage, sentence, span, word, &tellings);
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
        return Vec::new();
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

fn people(sides: &[Side]) -> Vec<EntityId> {
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
    fn sides(&self) -> Vec<Side> {
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
            && self
                .after()
                .first()
                .is_some_and(|side| side.phrase.start < self.span.end + 4);
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
    fn is_named(&self, sides: &[Side]) -> bool {
        sides.iter().any(|side| {
            let between = Span::new(side.phrase.end, self.span.start);
            side.phrase.end <= self.span.start
                && between.of(self.stage.page.shadow).chars().count() <= 6
        })
    }

    /// Whether a session is only where something else happens: 峰会期间会见了….
    fn is_where(&self) -> bool {
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
            word.class == Class::Joining
                && between.of(self.stage.page.shadow).chars().count() <= 8
        })
    }

    /// The one that the nearest clause before in the sentence is about; none of the parties
    /// that are there.
    fn subject(&self, sides: &[Side]) -> Option<Side> {
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
    fn beside(&self) -> Option<Vec<Side>> {
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

    /// Whether 双方, 两国, 两人 stands in the clause without names in it.
    fn has_collective(&self) -> bool {
        let page = self.stage.page;
        page.lexicon.word_hits(page.hits, "collective", self.clause).next().is_some()
            || self.clause.of(page.shadow).contains("他们")
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
            party::add(&mut last, &side.party);
        }
    }
    last.iter().rev().map(side).collect()
}

/// What points back at a meeting: 会后, 此次会谈.
fn back(scene: &Scene, before: &[Telling]) -> Option<Telling> {
    let last = before.iter().rev().find(|told| told.parties.len() >= 2)?;
    Some(scene.telling(last.parties.clone(), Vec::new(), true, None))
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
        _ => {
            let mut hosts = scene.after();
            if hosts.is_empty() {
                // 对以色列进行了短暂访问.
                let first =
                    visitors.iter().find(|side| is_after_toward(scene, side.phrase));
                let from = first.map_or(scene.span.start, |side| side.phrase.start);
                hosts = visitors
                    .iter()
                    .filter(|side| side.phrase.start >= from)
                    .cloned()
                    .collect();
                visitors.retain(|side| side.phrase.start < from);
            }
            hosts
        }
    };
    if visitors.is_empty() {
        visitors.extend(scene.subject(&hosts));
    }
    let people = people(&visitors);
    let Some(visitor) = visitors.iter().rev().find(|side| side.person.is_some()).cloned()
    else {
        return Vec::new();
    };
    let mut seen: Vec<String> = Vec::new();
    for host in &hosts {
        if host.party != visitor.party {
            add(&mut seen, &host.party);
        }
    }
    let tell = |(at, host): (usize, &String)| {
        let mut list = parties(&visitors);
        list.retain(|party| party != host);
        list.push(host.clone());
        let told = scene.telling(list, people.clone(), false, None);
        // Of several hosts only the first is seen on the first day.
        match (&told.when, at) {
            (Some(when), 1..) if when.until.is_some() => {
                let month = when.from.get(..7).unwrap_or(&when.from).to_owned();
                Telling { when: Some(When { from: month, until: None }), ..told }
            }
            _ => told,
        }
    };
    seen.iter().enumerate().map(tell).collect()
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
