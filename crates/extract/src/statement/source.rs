//! Whose words they are.
//!
//! In: a cue. Out: the mention that is its subject, or the speaker before. Refuses to know:
//! what was said.

use super::{
    Report, Room, clause,
    cue::{CueClass, Cueing},
    rival,
};
use crate::shadow::MARKUP;
use record::{ActorType, EntityId, Mention, MentionForm, Span};

/// A speaker and the words that name them.
#[derive(Debug, Clone, Copy)]
pub struct Source {
    /// Who.
    pub entity: EntityId,
    /// The words nearest the cue; empty when the speaker is carried over.
    pub span: Span,
    /// Where the subject's phrase starts; the cue's own start when carried over.
    pub from: usize,
    /// How the source was found.
    pub rule: &'static str,
    /// How sure that is, 0 to 1.
    pub confidence: f64,
}

/// The source of a cue, if there is one that may speak: the rules say whether, the model
/// who of those around.
pub fn find(
    room: &Room,
    sentence: usize,
    cueing: Cueing,
    reports: &[Report],
) -> Option<Source> {
    let hand = by_rules(room, sentence, cueing, reports)?;
    Some(rival::choose(room, sentence, cueing, hand, reports))
}

fn by_rules(
    room: &Room,
    sentence: usize,
    cueing: Cueing,
    reports: &[Report],
) -> Option<Source> {
    let span = room.page.sentences[sentence].span;
    let clause = room.clauses.at(cueing.span.start);
    let reach = Span::new(clause.start.max(span.start), cueing.span.start);
    if let Some(source) = paper(room, sentence, cueing, reports) {
        return Some(source);
    }
    if let Some(source) = in_clause(room, reach, cueing) {
        return speaks(room, source);
    }
    // 在记者会上，他说 — the clause has no subject; 并强调 — it has the one before.
    let earlier = reports.iter().rev().find(|report| {
        let own = report.cueing.map_or(report.source.span.start, |c| c.span.start);
        span.holds(own) && own < cueing.span.start
    });
    let between = Span::new(span.start, reach.start);
    let subject = subject_before(room, between);
    match (earlier, subject) {
        (Some(report), Some(subject))
            if subject.from > report.cueing.map_or(0, |c| c.span.start)
                && !report.content.holds(subject.from) =>
        {
            speaks(room, subject)
        }
        (Some(report), _) => Some(Source {
            from: reach.start,
            rule: "source:same-as-before",
            confidence: report.source.confidence * 0.95,
            ..report.source
        }),
        (None, Some(subject)) => speaks(room, subject),
        (None, None) => carried(room, sentence, cueing, reports),
    }
}

/// 声明称, 该公报还承诺: the paper speaks for whoever an earlier sentence says gave it.
fn paper(
    room: &Room,
    sentence: usize,
    cueing: Cueing,
    reports: &[Report],
) -> Option<Source> {
    let shadow = room.page.shadow;
    let here = room.page.sentences[sentence];
    let clause = room.clauses.at(cueing.span.start);
    let opens = clause::skip(shadow, clause.start.max(here.span.start), &[MARKUP]);
    let opens = room.word("conjunction", opens).map_or(opens, |word| word.end);
    // 该公报, 这份声明.
    let rest = shadow.get(opens..cueing.span.end)?;
    let lead = ["这份", "这项", "这一", "这则", "该", "这篇", "该份", "这"]
        .iter()
        .find(|lead| rest.starts_with(**lead))
        .map_or(0, |lead| lead.len());
    let word = room.word("document", opens + lead)?;
    let within = word.end < cueing.span.end && word.start == cueing.span.start;
    let ahead =
        word.end <= cueing.span.start && adjoins(room, word.end, cueing.span.start);
    if !(within || ahead) {
        return None;
    }
    let span = Span::new(opens, word.end);
    let lexicon = room.page.lexicon;
    let author = room.page.sentences[..sentence]
        .iter()
        .rev()
        .take(3)
        .take_while(|before| before.paragraph + 1 >= here.paragraph)
        .find(|s| lexicon.word_hits(room.page.hits, "document", s.span).next().is_some())
        .and_then(|before| subject_before(room, before.span))
        .map(|author| author.entity);
    let own = room.heads_in(span).next().map(|mention| mention.entity);
    let last = reports.last().map(|report| report.source.entity);
    Some(Source {
        entity: author.or(own).or(last)?,
        span,
        from: opens,
        rule: "source:paper",
        confidence: 0.8,
    })
}

/// The subject of the sentence before a quotation that nobody's cue claims.
pub fn of_sentence(room: &Room, sentence: Span) -> Option<Source> {
    let source = subject_before(room, sentence)?;
    let entity = &room.entities[source.entity.0 as usize];
    (entity.kind == ActorType::Person).then_some(Source {
        rule: "source:before-quotation",
        confidence: 0.7,
        ..source
    })
}

/// A speaker may be anybody but an outlet that only passes words on.
fn speaks(room: &Room, source: Source) -> Option<Source> {
    let entity = &room.entities[source.entity.0 as usize];
    if is_unnamed_expert(room, source.span) {
        return None;
    }
    // 朝中社发表公报称: an agency's own paper is its own words.
    let paper = || {
        let clause = room.clauses.at(source.from);
        let lexicon = room.page.lexicon;
        lexicon.word_hits(room.page.hits, "document", clause).next().is_some()
    };
    match entity.kind {
        ActorType::Place => None,
        ActorType::Outlet => paper().then_some(source),
        _ => Some(source),
    }
}

/// 分析人士, 专家 without a name: their words are nobody's.
pub fn is_unnamed_expert(room: &Room, span: Span) -> bool {
    let titles = room.page.hits.within(crate::lexicon::Table::Titles, span);
    titles.iter().any(|hit| {
        let rank = room.page.lexicon.titles[hit.row as usize].rank.as_str();
        hit.span.end == span.end && matches!(rank, "expert" | "journalist")
    })
}

/// The subject in the cue's own clause.
fn in_clause(room: &Room, reach: Span, cueing: Cueing) -> Option<Source> {
    let candidates: Vec<&Mention> = room
        .heads_in(reach)
        .filter(|m| !room.in_quote(m.evidence.span.start))
        .filter(|m| m.phrase.end <= reach.end + 1)
        .collect();
    let free: Vec<&Mention> =
        candidates.iter().copied().filter(|m| !is_oblique(room, reach, m)).collect();
    let may: Vec<&Mention> = free
        .iter()
        .copied()
        .filter(|m| {
            let kind = room.entities[m.entity.0 as usize].kind;
            kind != ActorType::Place || m.form == MentionForm::Metonym
        })
        .collect();
    let outlet =
        |m: &Mention| room.entities[m.entity.0 as usize].kind == ActorType::Outlet;
    let best = match cueing.class {
        // 援引里亚布科夫的话说: the name nearest 的话.
        _ if room.page.shadow[..cueing.span.start].ends_with("的话") => {
            candidates.iter().copied().rfind(|m| !outlet(m))
        }
        _ => may
            .iter()
            .copied()
            .rfind(|m| !outlet(m) && adjoins(room, m.phrase.end, cueing.span.start))
            .or_else(|| may.iter().copied().find(|m| !outlet(m) && !owns(room, m)))
            .or_else(|| may.iter().copied().find(|m| !outlet(m)))
            .or_else(|| may.iter().copied().find(|m| outlet(m))),
    }?;
    Some(joint(room, &candidates, best))
}

/// A source made of a mention, or of the joint speakers that end with it: A、B和C.
pub fn joint(room: &Room, candidates: &[&Mention], last: &Mention) -> Source {
    let mut span = last.evidence.span;
    let mut from = last.phrase.start;
    for m in candidates.iter().rev().filter(|m| m.phrase.end <= last.phrase.start) {
        let between = Span::new(m.phrase.end, from).of(room.page.shadow);
        let between = between.trim_matches([MARKUP, ' ']);
        let places = room.entities[m.entity.0 as usize].kind == ActorType::Place;
        // 俄罗斯和乌克兰两国政府.
        let summed = between.is_empty()
            && from == last.phrase.start
            && last.form == MentionForm::Description;
        if !summed && !matches!(between, "、" | "和" | "与" | "及" | "以及" | "同")
            || places
        {
            break;
        }
        from = m.phrase.start;
        span = Span::new(m.evidence.span.start, last.evidence.span.end);
    }
    Source { entity: last.entity, span, from, rule: "source:subject", confidence: 1.0 }
}

/// Whether only small words stand between a subject and its cue.
pub fn adjoins(room: &Room, from: usize, to: usize) -> bool {
    let shadow = room.page.shadow;
    let mut at = from;
    while at < to {
        // 贝特尔（Xavier Bettel）表示.
        let next = clause::skip(shadow, at, &[MARKUP, '）', ')']);
        if next > at {
            at = next;
            continue;
        }
        let words =
            room.page.hits.within(crate::lexicon::Table::Words, Span::new(at, at + 1));
        let step = words
            .iter()
            .filter(|hit| {
                let class = room.page.lexicon.words[hit.row as usize].class.as_str();
                matches!(class, "adverb" | "honorific" | "occasion") && hit.span.end <= to
            })
            .map(|hit| hit.span.end)
            .max();
        let timex = room
            .timexes
            .iter()
            .find(|t| t.evidence.span.start == at)
            .map(|t| t.evidence.span.end);
        match step.max(timex) {
            Some(end) if end > at => at = end,
            _ => return false,
        }
    }
    true
}

/// Whether a mention only owns what speaks or acts: 普京的军队.
pub fn owns(room: &Room, mention: &Mention) -> bool {
    let rest = room.page.shadow.get(mention.phrase.end..).unwrap_or("");
    rest.trim_start_matches(MARKUP).starts_with('的')
}

/// Whether a mention stands behind a preposition or a verb that takes it as its object.
pub fn is_oblique(room: &Room, reach: Span, mention: &Mention) -> bool {
    let before = room.page.shadow[..mention.phrase.start].trim_end_matches(MARKUP).len();
    let Some(hit) = room.page.lexicon.word_ending(room.page.hits, "preposition", before)
    else {
        return false;
    };
    if hit.span.start < reach.start {
        return false;
    }
    let word = hit.span.of(room.page.shadow);
    let rest = Span::new(mention.phrase.end, reach.end).of(room.page.shadow);
    match word {
        // 俄罗斯与乌克兰表示: joint, when another name stands before.
        "与" | "和" | "同" | "及" | "以及" | "跟" => {
            let has_first = room
                .heads_in(Span::new(reach.start, hit.span.start))
                .any(|m| m.phrase.end >= hit.span.start.saturating_sub(3));
            !(has_first && adjoins(room, mention.phrase.end, reach.end))
        }
        // 据…, 援引…: their object speaks.
        "援引" | "引述" | "引用" => false,
        // 在习近平提出…之前: a subject, unless what follows closes the place.
        "在" | "就" | "由" | "当" | "随着" | "因" | "因为" | "由于" | "自" | "让"
        | "使" | "令" | "将" | "对于" | "关于" | "从" | "以" | "于" => {
            const CLOSES: &[&str] = &[
                "上", "中", "下", "里", "内", "举行", "期间", "时", "问题", "方面",
                "之间", "的",
            ];
            CLOSES.iter().any(|word| rest.trim_start_matches(MARKUP).contains(word))
                || rest.is_empty() && word != "由"
                || mention.form == MentionForm::Metonym
        }
        _ => true,
    }
}

/// The first subject of the clauses before the cue's own in the same sentence, the
/// nearest clause first.
fn subject_before(room: &Room, between: Span) -> Option<Source> {
    for clause in room.clauses.within(between).iter().rev() {
        let first = room
            .heads_in(*clause)
            .filter(|m| !room.in_quote(m.evidence.span.start))
            .filter(|m| !is_oblique(room, *clause, m))
            .filter(|m| {
                let entity = &room.entities[m.entity.0 as usize];
                !matches!(entity.kind, ActorType::Place | ActorType::Outlet)
            })
            .find(|m| !owns(room, m));
        if let Some(first) = first {
            return Some(Source {
                entity: first.entity,
                span: first.evidence.span,
                from: first.phrase.start,
                rule: "source:clause-before",
                confidence: 0.85,
            });
        }
    }
    None
}

/// A sentence without a subject carries the speaker of the one before it: 还强调，….
fn carried(
    room: &Room,
    sentence: usize,
    cueing: Cueing,
    reports: &[Report],
) -> Option<Source> {
    let here = room.page.sentences[sentence];
    let opens = clause::skip(room.page.shadow, here.span.start, &[MARKUP]);
    let adverb = room.word("adverb", opens).or_else(|| room.word("conjunction", opens));
    let soon = cueing.span.start.saturating_sub(opens) <= 24;
    let report = reports
        .iter()
        .rev()
        .find(|report| report.paragraph == here.paragraph && report.cueing.is_some())?;
    let near = room.page.sentences[..sentence].last().is_some_and(|before| {
        report.cueing.is_some_and(|cue| before.span.holds(cue.span.start))
    });
    if cueing.class == CueClass::After {
        return None;
    }
    let sure = adverb.is_some() && soon && near;
    Some(Source {
        from: cueing.span.start,
        rule: if sure { "source:sentence-before" } else { "source:topic" },
        confidence: if sure { 0.8 } else { 0.5 },
        ..report.source
    })
}
