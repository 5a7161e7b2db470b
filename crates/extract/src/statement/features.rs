//! What the models of this room are told.
//!
//! In: a proposed report, or a place where one may end. Out: named features. Refuses to
//! know: weights.

use super::{
    Report, Room, clause,
    cue::Cueing,
    end::{self, Place, Telling},
};
use crate::{lang::zh, lexicon::Table, model::Features, shadow::MARKUP};
use record::{Kind, MentionForm, Span};

/// The features of a cue and what it would report.
///
/// | template | says |
/// | --- | --- |
/// | `rule`, `class`, `class-rule`, `cue` | what the rules make of it, its class, its row |
/// | `before`, `ahead`, `ahead2` | class of the word before it, the characters |
/// | `after`, `behind`, `mark` | class of the word behind it, the character, the mark |
/// | `source`, `speaker`, `form`, `gap` | how its speaker was found, who it is, how far off |
/// | `kind`, `length`, `place`, `opens` | what would be its content |
/// | `earlier`, `inside` | reports before it in the sentence, and one that holds it |
pub fn of_cue(
    room: &Room,
    sentence: usize,
    cueing: Cueing,
    report: &Report,
    reports: &[Report],
    out: &mut Features,
) {
    let shadow = room.page.shadow;
    let class = cueing.class.code();
    let rule = if cueing.is_plain { "yes" } else { "no" };
    out.add("rule", rule);
    out.add("class", class);
    out.add_parts("class-rule", &[class, "/", rule]);
    out.add("cue", cueing.span.of(shadow));
    let mark = mark(room, cueing.end);
    out.add_parts("mark", &[class, "/", mark]);
    out.add_parts("cue-mark", &[cueing.span.of(shadow), "/", mark]);
    beside(room, sentence, cueing, out);
    speaker(room, cueing, report, out);
    let content = &report.content;
    let kind = match content.kind() {
        Kind::Direct => "direct",
        Kind::Indirect => "indirect",
        Kind::Mixed => "mixed",
    };
    out.add_parts("kind", &[class, "/", kind]);
    let length: usize =
        content.parts.iter().map(|part| clause::gap(shadow, part.span)).sum();
    let length = bucket(length, &[4, 8, 15, 30, 60]);
    out.add_parts("length", &[kind, "/", length]);
    let ahead = content.start() < cueing.span.start;
    out.add_parts("place", &[class, "/", if ahead { "ahead" } else { "behind" }]);
    let own = room.page.sentences[sentence].span;
    let whole = content.end() + 8 >= own.end;
    out.add("to-end", if whole { "yes" } else { "no" });
    if !ahead && !content.parts[0].is_quoted {
        let start = content.start();
        out.add("opens", word_class(room, start).unwrap_or("none"));
        let named = room.heads_in(Span::new(start, start + 3)).next().is_some();
        out.add("opens-named", if named { "yes" } else { "no" });
    }
    let earlier = reports
        .iter()
        .rev()
        .take_while(|r| r.content.start() >= own.start || r.source.from >= own.start)
        .count();
    out.add("earlier", bucket(earlier, &[0, 1, 2]));
    let inside = reports.iter().rev().find(|r| r.content.holds(cueing.span.start));
    out.add(
        "inside",
        inside.map_or("no", |r| r.cueing.map_or("label", |c| c.class.code())),
    );
    if inside.is_some() {
        out.add_parts("inside-class", &[class]);
    }
}

/// The words on either side of a cue.
fn beside(room: &Room, sentence: usize, cueing: Cueing, out: &mut Features) {
    let shadow = room.page.shadow;
    let own = room.page.sentences[sentence].span;
    let at = shadow[..cueing.span.start].trim_end_matches(MARKUP).len();
    let before = if at <= own.start { "start" } else { ending(room, at) };
    out.add("before", before);
    out.add_parts("class-before", &[cueing.class.code(), "/", before]);
    let mut chars = shadow[own.start.min(at)..at].chars().rev().filter(is_letter);
    let mut buffer = [0u8; 8];
    let (last, second) = (chars.next(), chars.next());
    if let Some(last) = last {
        let end = last.encode_utf8(&mut buffer).len();
        out.add("ahead", std::str::from_utf8(&buffer[..end]).unwrap_or(""));
        if let Some(second) = second {
            let (mut one, mut two) = ([0u8; 4], [0u8; 4]);
            let pair = [&*second.encode_utf8(&mut one), &*last.encode_utf8(&mut two)];
            out.add_parts("ahead2", &pair);
        }
    }
    let after = clause::skip(shadow, cueing.end, &[MARKUP]);
    let rest = shadow.get(after..).unwrap_or("");
    let two: String = rest.chars().take(2).filter(is_letter).collect();
    if let Some(next) = two.chars().next() {
        out.add("behind", next.encode_utf8(&mut buffer));
        out.add("behind2", &two);
    }
    let named = room.heads_in(Span::new(after, after + 3)).next().is_some();
    let after = match word_class(room, after) {
        Some(class) => class,
        None if named => "name",
        None => "none",
    };
    out.add_parts("class-after", &[cueing.class.code(), "/", after]);
    let from = room.clauses.at(cueing.span.start).start.max(own.start);
    let lead = Span::new(from, cueing.span.start);
    for hit in room.page.hits.within(Table::Words, lead) {
        let class = room.page.lexicon.words[hit.row as usize].class.as_str();
        if matches!(
            class,
            "negation" | "condition" | "hearsay" | "occasion" | "document" | "head-noun"
        ) {
            out.add("lead", class);
        }
    }
    if lead.of(shadow).contains('被') {
        out.add("lead", "passive");
    }
    if lead.of(shadow).contains('的') {
        out.add("lead", "的");
    }
    let cues = room.page.hits.within(Table::Cues, lead).len();
    out.add("cues-before", bucket(cues, &[0, 1]));
}

/// Who would speak.
fn speaker(room: &Room, cueing: Cueing, report: &Report, out: &mut Features) {
    let source = &report.source;
    let rule = source.rule.strip_prefix("source:").unwrap_or(source.rule);
    out.add("source", rule);
    out.add_parts("class-source", &[cueing.class.code(), "/", rule]);
    let entity = &room.entities[source.entity.0 as usize];
    out.add("speaker", entity.kind.code());
    out.add_parts("class-speaker", &[cueing.class.code(), "/", entity.kind.code()]);
    if entity.is_private {
        out.add("speaker", "private");
    }
    if entity.known.is_none() {
        out.add("speaker", "unlisted");
    }
    let mention = room
        .heads_in(Span::new(source.span.start, source.span.start + 1))
        .find(|m| m.entity == source.entity);
    if let Some(mention) = mention.filter(|_| !source.span.is_empty()) {
        let form = match mention.form {
            MentionForm::Pronoun => "pronoun",
            MentionForm::Metonym => "metonym",
            MentionForm::Description => "description",
            MentionForm::Title => "title",
            _ => "name",
        };
        out.add("form", form);
        let letter = source.span.of(room.page.shadow).chars().count() == 1;
        if letter {
            out.add("form", "letter");
        }
        let words = room.page.shadow.get(mention.phrase.end..cueing.span.start);
        let gap = words.map_or("behind", |w| {
            bucket(w.chars().filter(|&c| c != MARKUP).count(), &[0, 2, 5, 10, 20, 40])
        });
        out.add("gap", gap);
        out.add_parts("class-gap", &[cueing.class.code(), "/", gap]);
        if words.is_some_and(|w| w.trim_start_matches(MARKUP).starts_with('的')) {
            out.add("gap", "owns");
        }
    }
}

/// The features of a place where a report may stop.
///
/// | template | says |
/// | --- | --- |
/// | `hand` | whether the rules stop here |
/// | `cue`, `class`, `number`, `length`, `rest` | the cue, how much was said, what is left |
/// | `mark`, `closes` | the mark here, and the characters before it |
/// | `next`, `opens`, `subject`, `next-cue` | how the next clause opens, its subject and cue |
/// | `later` | cues and conjunctions further on |
pub fn of_end(room: &Room, told: Telling, place: Place, out: &mut Features) {
    let shadow = room.page.shadow;
    let cueing = told.cueings[told.at];
    let class = cueing.class.code();
    let hand = if place.hand { "stop" } else { "go" };
    out.add("hand", hand);
    out.add_parts("hand-class", &[hand, "/", class]);
    out.add("class", class);
    out.add("cue", cueing.span.of(shadow));
    let number = bucket(place.number, &[0, 1, 2, 4]);
    out.add_parts("number", &[class, "/", number]);
    out.add("length", bucket(clause::gap(shadow, place.so_far), &[4, 8, 15, 25, 40, 70]));
    let rest = room.clauses.around(Span::new(place.next.start, place.end)).len();
    out.add("rest", bucket(rest, &[1, 2, 3, 5]));
    out.add("next-length", bucket(clause::gap(shadow, place.next), &[4, 8, 15, 25]));
    // 表示，A，B runs on more often than 强调A，B.
    let behind = mark(room, cueing.end);
    out.add_parts("behind", &[class, "/", behind]);
    out.add_parts("behind-number", &[behind, "/", number]);
    out.add_parts("behind-hand", &[behind, "/", hand]);
    let first = !told.cueings[..told.at].iter().any(|cue| cue.is_plain);
    out.add("first", if first { "yes" } else { "no" });
    let said = clause::trim(shadow, place.so_far, &[MARKUP]).of(shadow);
    let mut last = said.chars().rev().filter(is_letter);
    let mut buffer = [0u8; 4];
    if let Some(mark) = last.next() {
        out.add("mark", mark.encode_utf8(&mut buffer));
    }
    if let Some(c) = last.next() {
        out.add("closes", c.encode_utf8(&mut buffer));
    }
    if end::is_adverbial(room, place.so_far) {
        out.add("closes", "adverbial");
    }
    if room.page.quotes.iter().any(|q| q.depth == 0 && place.so_far.overlaps(q.span)) {
        out.add("has", "quote");
    }
    next(room, told, place, out);
}

/// How the clause opens that would be left out.
fn next(room: &Room, told: Telling, place: Place, out: &mut Features) {
    let shadow = room.page.shadow;
    let class = told.cueings[told.at].class.code();
    let opens = clause::skip(shadow, place.next.start, &[MARKUP, '“']);
    let text = Span::new(opens, place.next.end.max(opens)).of(shadow);
    let first: String = text.chars().filter(is_letter).take(2).collect();
    if let Some(c) = first.chars().next() {
        let mut buffer = [0u8; 4];
        out.add("opens", c.encode_utf8(&mut buffer));
    }
    out.add("opens2", &first);
    let kind = word_class(room, opens);
    out.add("next", kind.unwrap_or("none"));
    out.add_parts("class-next", &[class, "/", kind.unwrap_or("none")]);
    let joint = room.word("conjunction", opens);
    if let Some(word) = joint {
        out.add("joint", word.of(shadow));
    }
    let after =
        joint.map_or(opens, |word| clause::skip(shadow, word.end, &[MARKUP, '，']));
    let head = room
        .heads_in(Span::new(after, place.next.end))
        .find(|m| !room.in_quote(m.evidence.span.start));
    let near =
        head.filter(|m| clause::gap(shadow, Span::new(after, m.phrase.start)) <= 1);
    let subject = match near {
        None if head.is_some() => "later",
        None => "none",
        Some(m) if m.entity == told.source.entity && m.form == MentionForm::Pronoun => {
            "own-pronoun"
        }
        Some(m) if m.entity == told.source.entity => "own",
        Some(m) if m.form == MentionForm::Pronoun => "pronoun",
        Some(m) => room.entities[m.entity.0 as usize].kind.code(),
    };
    out.add("subject", subject);
    out.add_parts("subject-class", &[subject, "/", class]);
    out.add_parts(
        "subject-behind",
        &[subject, "/", mark(room, told.cueings[told.at].end)],
    );
    out.add_parts("joint-subject", &[joint.map_or("-", |w| w.of(shadow)), "/", subject]);
    if room.timexes.iter().any(|t| t.evidence.span.start == after) {
        out.add("next", "date");
    }
    let cue = told.cueings[told.at + 1..].iter().find(|c| place.next.holds(c.span.start));
    let (sure, next_class) = match cue {
        None => ("-", "none"),
        Some(c) => (if c.is_plain { "plain" } else { "odd" }, c.class.code()),
    };
    out.add_parts("next-cue", &[sure, "/", next_class]);
    out.add_parts("next-cue-subject", &[sure, "/", next_class, "/", subject]);
    if let Some(cue) = cue {
        let lead = clause::gap(shadow, Span::new(opens, cue.span.start));
        out.add_parts("cue-gap", &[sure, "/", bucket(lead, &[0, 2, 5, 10])]);
    }
    let later = told.cueings[told.at + 1..].iter().any(|c| {
        c.is_plain && c.span.start >= place.next.end && c.span.start < place.end
    });
    out.add("later", if later { "cue" } else { "none" });
    let mut pairs = text.chars().filter(|&c| zh::is_han(c)).take(8);
    if let Some(mut one) = pairs.next() {
        for two in pairs {
            let (mut a, mut b) = ([0u8; 4], [0u8; 4]);
            let pair = [&*one.encode_utf8(&mut a), &*two.encode_utf8(&mut b)].concat();
            out.add_light("han", &pair);
            one = two;
        }
    }
}

/// What follows a cue: a comma, a colon, a quotation, a stop or words.
fn mark(room: &Room, at: usize) -> &'static str {
    let shadow = room.page.shadow;
    let at = clause::skip(shadow, at, &[MARKUP]);
    let next = shadow.get(at..).and_then(|rest| rest.chars().next());
    let behind = clause::skip(shadow, at, &['，', ',', '：', ':', MARKUP]);
    let quoted = room.quote_opening(behind).is_some();
    match next {
        None | Some('\n' | '。' | '！' | '？' | '.') => "stop",
        Some('，' | ',') if quoted => "comma-quote",
        Some('：' | ':') if quoted => "colon-quote",
        Some('，' | ',') => "comma",
        Some('：' | ':') => "colon",
        Some('”' | '）' | ')' | '、' | '；' | '》') => "closing",
        _ if quoted => "quote",
        _ => "words",
    }
}

/// The class of the small word that starts at a byte.
fn word_class<'r>(room: &'r Room, at: usize) -> Option<&'r str> {
    const CLASSES: &[&str] = &[
        "conjunction",
        "pronoun",
        "negation",
        "narration",
        "narration-of-demand",
        "condition",
        "adverb",
        "preposition",
        "addressee",
        "collective",
        "document",
        "occasion",
        "head-noun",
        "verb",
    ];
    CLASSES.iter().find(|class| room.word(class, at).is_some()).copied()
}

/// The class of the word that ends at a byte.
fn ending(room: &Room, at: usize) -> &'static str {
    let near = Span::new(at.saturating_sub(60), at);
    let named =
        room.heads_in(near).any(|m| m.phrase.end == at || m.evidence.span.end == at);
    if named {
        return "name";
    }
    const CLASSES: &[&str] = &[
        "negation",
        "conjunction",
        "pronoun",
        "adverb",
        "preposition",
        "honorific",
        "collective",
        "document",
        "occasion",
        "addressee",
        "body",
        "head-noun",
    ];
    let lexicon = room.page.lexicon;
    let known = CLASSES
        .iter()
        .find(|class| lexicon.word_ending(room.page.hits, class, at).is_some());
    if let Some(class) = known {
        return class;
    }
    if room.timexes.iter().any(|t| t.evidence.span.end == at) {
        return "date";
    }
    if room.page.hits.within(Table::Titles, near).iter().any(|h| h.span.end == at) {
        return "title";
    }
    let last = room.page.shadow[..at].chars().next_back();
    if last.is_none_or(|c| !zh::is_han(c)) { "mark" } else { "han" }
}

/// The first of the bounds that a count does not pass.
fn bucket(count: usize, bounds: &[usize]) -> &'static str {
    const NAMES: &[&str] = &["0", "1", "2", "3", "4", "5", "6", "7"];
    NAMES[bounds.iter().take_while(|&&bound| count > bound).count().min(7)]
}

/// Whether a character can stand in a feature's name.
fn is_letter(c: &char) -> bool {
    *c != MARKUP && !c.is_whitespace() && !c.is_control()
}
