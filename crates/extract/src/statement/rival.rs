//! Which of several names is the speaker.
//!
//! In: a cue, the source that the rules take, names and reports around it. Out: the
//! likeliest source by the model `sources`. Refuses to know: what was said.

use super::{
    Report, Room, clause,
    cue::Cueing,
    source::{self, Source},
};
use crate::{
    model::{Candidate, Features},
    shadow::MARKUP,
};
use record::{ActorType, Mention, MentionForm, Span};

/// Most names that are weighed in one clause.
const MOST: usize = 6;

/// Somebody who may be the speaker.
struct Rival {
    source: Source,
    /// Where they were found.
    place: &'static str,
    /// How many of that place are nearer to the cue.
    rank: usize,
    /// Whether a preposition governs the name.
    is_oblique: bool,
}

/// What is the same for all rivals of a cue.
struct Scene<'s> {
    cueing: Cueing,
    reach: Span,
    hand: &'s Source,
    reports: &'s [Report],
    /// How many names could be the subject of the cue's own clause.
    free: usize,
}

/// The likeliest source; `hand` where nobody else comes into question.
pub fn choose(
    room: &Room,
    sentence: usize,
    cueing: Cueing,
    hand: Source,
    reports: &[Report],
) -> Source {
    if hand.rule == "source:paper" {
        return hand;
    }
    let span = room.page.sentences[sentence].span;
    let clause = room.clauses.at(cueing.span.start);
    let reach = Span::new(clause.start.max(span.start), cueing.span.start);
    let rivals = gather(room, sentence, reach, cueing, hand, reports);
    let free = rivals
        .iter()
        .filter(|rival| rival.place == "clause" && !rival.is_oblique)
        .count();
    let scene = Scene { cueing, reach, hand: &hand, reports, free };
    let mut all = 0.0;
    let mut best = (0.0, None);
    for rival in &rivals {
        let yes = room.ask(&room.page.lexicon.models.sources, "yes", |features| {
            tell(room, &scene, rival, features);
            let names = names(room, &rival.source);
            let candidate = Candidate::bare("sources", cueing.span, rival.source.span);
            Candidate { parties: names, ..candidate }
        });
        all += yes;
        if yes > best.0 {
            best = (yes, Some(rival));
        }
    }
    let (yes, Some(best)) = best else { return hand };
    // The likelier of one name and of all names together: somebody speaks.
    let confidence = yes / f64::max(all, 1.0);
    Source { confidence: confidence.max(yes * 0.5), ..best.source }
}

/// What the speaker may be called; for training only.
fn names(room: &Room, source: &Source) -> Vec<String> {
    if room.asked.is_none() {
        return Vec::new();
    }
    let entity = &room.entities[source.entity.0 as usize];
    let mut names = vec![entity.name.clone()];
    names.extend(entity.surfaces.iter().cloned());
    names.push(source.span.of(&room.page.article.text).to_owned());
    names
}

fn gather(
    room: &Room,
    sentence: usize,
    reach: Span,
    cueing: Cueing,
    hand: Source,
    reports: &[Report],
) -> Vec<Rival> {
    let mut rivals = Vec::new();
    let span = room.page.sentences[sentence].span;
    let own: Vec<&Mention> = room
        .heads_in(reach)
        .filter(|m| !room.in_quote(m.evidence.span.start) && m.phrase.end <= reach.end)
        .filter(|m| may_speak(room, m))
        .collect();
    for (rank, mention) in own.iter().rev().take(MOST).enumerate() {
        let source = source::joint(room, &own, mention);
        let is_oblique = source::is_oblique(room, reach, mention);
        rivals.push(Rival { source, place: "clause", rank, is_oblique });
    }
    // Subjects of the clauses before, the nearest first.
    let before = room.clauses.within(Span::new(span.start, reach.start));
    for (rank, &earlier) in before.iter().rev().take(4).enumerate() {
        let first = room
            .heads_in(earlier)
            .filter(|m| !room.in_quote(m.evidence.span.start) && may_speak(room, m))
            .find(|m| !source::is_oblique(room, earlier, m));
        if let Some(first) = first {
            let source = Source {
                rule: "source:clause-before",
                ..source::joint(room, &[first], first)
            };
            rivals.push(Rival { source, place: "before", rank, is_oblique: false });
        }
    }
    let here = reports.iter().rev().filter(|report| {
        let own = report.cueing.map_or(report.source.span.start, |c| c.span.start);
        span.holds(own) && own < cueing.span.start
    });
    for (rank, report) in here.take(2).enumerate() {
        let source =
            Source { from: reach.start, rule: "source:same-as-before", ..report.source };
        rivals.push(Rival { source, place: "report", rank, is_oblique: false });
    }
    let paragraph = room.page.sentences[sentence].paragraph;
    let last = reports.iter().rev().find(|report| {
        report.paragraph + 1 >= paragraph
            && report.cueing.is_some_and(|cue| cue.span.start < span.start)
    });
    if let Some(report) = last {
        let source = Source {
            from: cueing.span.start,
            rule: "source:sentence-before",
            ..report.source
        };
        rivals.push(Rival { source, place: "sentence", rank: 0, is_oblique: false });
    }
    let known = rivals.iter().any(|rival| {
        rival.source.entity == hand.entity && rival.source.span == hand.span
    });
    if !known {
        rivals.push(Rival { source: hand, place: "hand", rank: 0, is_oblique: false });
    }
    rivals
}

fn may_speak(room: &Room, mention: &Mention) -> bool {
    let kind = room.entities[mention.entity.0 as usize].kind;
    kind != ActorType::Outlet
        && (kind != ActorType::Place || mention.form == MentionForm::Metonym)
}

/// The features of one who may be the speaker.
///
/// | template | says |
/// | --- | --- |
/// | `hand`, `place`, `rank`, `free` | whether the rules take them, where they stand |
/// | `oblique`, `owns`, `adjoins`, `gap` | how the name stands to the cue |
/// | `kind`, `form`, `again` | what they are, whether they spoke last |
/// | `before`, `after` | the characters beside the name |
/// | `opens`, `class` | how the cue's clause opens, the cue's class |
fn tell(room: &Room, scene: &Scene, rival: &Rival, out: &mut Features) {
    let source = &rival.source;
    let shadow = room.page.shadow;
    let class = scene.cueing.class.code();
    let is_hand = source.entity == scene.hand.entity && source.span == scene.hand.span;
    let hand = if is_hand { "yes" } else { "no" };
    let rank = ["0", "1", "2", "3"][rival.rank.min(3)];
    let free = ["0", "1", "2", "3"][scene.free.min(3)];
    out.add("hand", hand);
    out.add_parts("hand-rule", &[hand, "/", scene.hand.rule]);
    out.add_parts("hand-place", &[hand, "/", rival.place, "/", rank]);
    out.add_parts("place", &[rival.place, "/", rank]);
    out.add_parts("place-free", &[rival.place, "/", rank, "/", free]);
    out.add_parts("place-class", &[rival.place, "/", class]);
    let entity = &room.entities[source.entity.0 as usize];
    out.add("kind", entity.kind.code());
    out.add_parts("kind-place", &[entity.kind.code(), "/", rival.place]);
    if entity.is_private {
        out.add("kind", "private");
    }
    let last = scene.reports.last().map(|report| report.source.entity);
    let again = if last == Some(source.entity) { "yes" } else { "no" };
    out.add_parts("again", &[again, "/", rival.place]);
    let inside = scene.reports.iter().rev().find(|report| {
        !source.span.is_empty() && report.content.holds(source.span.start)
    });
    if let Some(report) = inside {
        let code = report.cueing.map_or("label", |cue| cue.class.code());
        out.add_parts("inside", &[rival.place, "/", code]);
        let holds = report.content.holds(scene.cueing.span.start);
        out.add_parts("inside-too", &[rival.place, if holds { "/yes" } else { "/no" }]);
    }
    let opens = clause::skip(shadow, scene.reach.start, &[MARKUP]);
    let joint = room
        .word("conjunction", opens)
        .or_else(|| room.word("adverb", opens))
        .map_or("-", |word| word.of(shadow));
    out.add_parts("opens", &[rival.place, "/", joint]);
    let bare = clause::gap(shadow, Span::new(opens, scene.cueing.span.start));
    let bare = if bare == 0 { "bare" } else { "words" };
    out.add_parts("lead", &[rival.place, "/", bare]);
    if rival.place == "clause" || rival.place == "before" {
        named(room, scene, rival, out);
    }
}

/// How a name stands in its clause.
fn named(room: &Room, scene: &Scene, rival: &Rival, out: &mut Features) {
    let shadow = room.page.shadow;
    let span = rival.source.span;
    let Some(mention) = room
        .heads_in(Span::new(span.start, span.end))
        .filter(|m| m.entity == rival.source.entity)
        .last()
    else {
        return;
    };
    let form = match mention.form {
        MentionForm::Pronoun => "pronoun",
        MentionForm::Metonym => "metonym",
        MentionForm::Description => "description",
        MentionForm::Title => "title",
        _ => "name",
    };
    out.add_parts("form", &[form, "/", rival.place]);
    if span.of(shadow).chars().count() == 1 && form != "pronoun" {
        out.add("form", "letter");
    }
    let place = rival.place;
    out.add_parts("oblique", &[place, if rival.is_oblique { "/yes" } else { "/no" }]);
    let owns = source::owns(room, mention);
    out.add_parts("owns", &[place, if owns { "/yes" } else { "/no" }]);
    if place == "clause" {
        let adjoins = source::adjoins(room, mention.phrase.end, scene.cueing.span.start);
        out.add("adjoins", if adjoins { "yes" } else { "no" });
        let gap =
            clause::gap(shadow, Span::new(mention.phrase.end, scene.cueing.span.start));
        let gap = match gap {
            0 => "0",
            1..=2 => "2",
            3..=6 => "6",
            7..=12 => "12",
            _ => "more",
        };
        out.add("gap", gap);
        out.add_parts("gap-oblique", &[gap, if rival.is_oblique { "/o" } else { "/s" }]);
    }
    let solid = |c: &char| *c != MARKUP && !c.is_whitespace() && !c.is_control();
    let mut buffer = [0u8; 4];
    let start = mention.phrase.start;
    if let Some(c) = shadow[..start].chars().rev().take(8).find(solid) {
        out.add("before", c.encode_utf8(&mut buffer));
    }
    let rest = shadow.get(mention.phrase.end..).unwrap_or("");
    if let Some(c) = rest.chars().take(8).find(solid) {
        out.add("after", c.encode_utf8(&mut buffer));
    }
}
