//! What the models of meetings are told about a candidate.
//!
//! In: an entry and a day that it may have. Out: named features. Refuses to know: weights.

use super::{
    Stage,
    circumstance::is_body,
    decide::{Dating, Source},
    guess::How,
    join::Entry,
    tell::{self, Telling},
    words,
};
use crate::{lang::zh, lexicon::Table, model::Features};
use record::{Kind, ParagraphKind, Span, Status};

/// The features of `entries[at]` with a day.
///
/// | template | says |
/// | --- | --- |
/// | `class`, `word`, `flag`, `shape` | the words that tell of it and what stands with them |
/// | `tellings`, `titles`, `rule` | how often it is told of, and whether that is enough by rule |
/// | `parties`, `bodies`, `people` | who meets, and how they are named |
/// | `status`, `format` | what the rules make of it |
/// | `voice`, `place-in-text` | who tells it, and where |
/// | `rivals`, `first` | other entries of the same parties |
/// | `left`, `right`, `has` | what stands beside the word, words of its clause |
/// | `date…` | where the day comes from and how it stands to the publication |
pub(super) fn of(
    stage: &Stage,
    entries: &[Entry],
    at: usize,
    dating: &Dating,
    out: &mut Features,
) {
    out.clear();
    let entry = &entries[at];
    let best = entry.best();
    telling_words(entry, out);
    who(entry, out);
    voice(stage, best, out);
    place_in_text(stage, entry, out);
    reading(stage, entries, entry, out);
    let rivals = rivals(entries, at, out);
    beside(stage, best, out);
    date(stage, entry, dating, rivals, out);
    taken(entries, at, dating, out);
    standing(stage, best, dating, out);
    together(stage, best, out);
}

/// How the date stands to the word.
fn standing(stage: &Stage, told: &Telling, dating: &Dating, out: &mut Features) {
    let Some(at) = dating.at else { return };
    let shadow = stage.page.shadow;
    let is_before = at.end <= told.word.start;
    let side = if is_before { "before" } else { "after" };
    let between = if is_before {
        Span::new(at.end, told.word.start)
    } else {
        Span::new(told.word.end, at.start.max(told.word.end))
    };
    let text = shadow.get(between.start..between.end).unwrap_or("");
    let clauses = text.chars().filter(|c| zh::ends_clause(*c)).count();
    out.add_parts("at", &[side, "/", count(clauses)]);
    let cue = stage.page.hits.within(Table::Cues, between).iter().any(|hit| {
        let cue = &stage.page.lexicon.cues[hit.row as usize];
        hit.span.end <= between.end && cue.class.is_say()
    });
    let report = crate::timex::is_of_report(stage.page, at);
    let said = match (report, cue) {
        (true, _) => "report",
        (_, true) => "cue",
        _ => "free",
    };
    out.add_parts("at-said", &[side, "/", count(clauses), "/", said]);
    let near = |other: Span| {
        if other.end <= told.word.start {
            told.word.start - other.end
        } else {
            other.start.saturating_sub(told.word.end)
        }
    };
    let mut rank = 0;
    let mut all = 0;
    for timex in stage.calendar_within(told.sentence) {
        all += 1;
        rank += usize::from(near(timex.evidence.span) < near(at));
    }
    out.add_parts("at-rank", &[side, "/", count(rank), "/", count(all)]);
    let is_told = |c: &char| !c.is_whitespace() && !c.is_control();
    let prior = shadow.get(..at.start).and_then(|text| text.chars().next_back());
    let prior = prior.filter(is_told);
    let next = shadow.get(at.end..).and_then(|text| text.chars().next()).filter(is_told);
    let mut letter = [0; 4];
    if let Some(c) = prior {
        out.add("at-left", c.encode_utf8(&mut letter));
    }
    if let Some(c) = next {
        out.add("at-right", c.encode_utf8(&mut letter));
    }
    // 拜登（10日）、岸田（11日）: the day of the one before it.
    let mut beside = stage.mentions.iter().filter(|mention| {
        let end = mention.evidence.span.end;
        // Two characters and the marks of a name are no longer than this.
        end <= at.start
            && at.start - end <= 24
            && crate::statement::gap(shadow, Span::new(end, at.start)) <= 2
    });
    let party = beside
        .next_back()
        .and_then(|mention| stage.entities[mention.entity.0 as usize].party.as_deref());
    if let Some(party) = party {
        let is_own = told.parties.iter().any(|known| known == party);
        let is_last = told.parties.last().is_some_and(|last| last == party);
        let whose = match (is_own, is_last) {
            (true, true) => "last",
            (true, false) => "own",
            _ => "other",
        };
        out.add("at-name", whose);
    }
    let rest = Span::new(at.end, tell::clause(stage, told.sentence, at).end);
    if words::has(stage.page, rest, &[words::Class::Hold]) {
        out.add_parts("at-hold", &[side, "/", count(clauses)]);
    }
}

/// Whether a surer entry of much the same parties has this day, or another.
fn taken(entries: &[Entry], at: usize, dating: &Dating, out: &mut Features) {
    let entry = &entries[at];
    let (mut same, mut other, mut undated) = (false, false, false);
    for (number, rival) in entries.iter().enumerate() {
        let (a, b) = (&rival.first.parties, &entry.first.parties);
        let both = a.iter().filter(|party| b.contains(party)).count();
        let is_like = both * 2 >= a.len() + b.len() - both;
        if number == at || rival.is_weak || !is_like {
            continue;
        }
        match (&rival.first.when, &dating.when) {
            (Some(a), Some(b))
                if a.from.starts_with(&b.from) || b.from.starts_with(&a.from) =>
            {
                same = true;
            }
            (Some(_), _) => other = true,
            (None, _) => undated = true,
        }
    }
    let how = entry.best().how;
    let by_rule = match (how, entry.is_weak) {
        (How::Rule, false) => "strong",
        (How::Rule, true) => "weak",
        _ => "guess",
    };
    let code = match (same, other, undated) {
        (true, ..) => "same",
        (_, true, _) => "other",
        (.., true) => "undated",
        _ => "free",
    };
    out.add_parts("taken", &[code, "/", by_rule, "/", dating.source.code()]);
    out.add_parts("taken-status", &[code, "/", entry.first.status.code()]);
    out.add_parts("taken-by", &[code, "/", by_rule]);
}

/// How often the article names both of the first two parties in one sentence.
fn together(stage: &Stage, told: &Telling, out: &mut Features) {
    let [one, other, ..] = &told.parties[..] else { return };
    let of = |mention: &record::Mention, party: &str| {
        stage.entities[mention.entity.0 as usize].party.as_deref() == Some(party)
    };
    let both = stage.page.sentences.iter().filter(|sentence| {
        let from = stage
            .mentions
            .partition_point(|m| m.evidence.span.start < sentence.span.start);
        let here = stage.mentions[from..]
            .iter()
            .take_while(|m| m.evidence.span.end <= sentence.span.end);
        here.clone().any(|m| of(m, one)) && here.clone().any(|m| of(m, other))
    });
    out.add("together", count(both.count()));
}

fn count(number: usize) -> &'static str {
    match number {
        0 => "0",
        1 => "1",
        2 => "2",
        3 => "3",
        4 | 5 => "4",
        _ => "many",
    }
}

fn flags(told: &Telling) -> impl Iterator<Item = &'static str> {
    [
        (told.is_held, "held"),
        (told.is_shown, "shown"),
        (told.is_dated_here, "dated-here"),
        (told.is_earlier, "earlier"),
        (told.is_further, "further"),
        (told.is_where, "where"),
        (told.is_back, "back"),
        (told.is_title, "title"),
        (told.when.is_some(), "dated"),
        (told.place.is_some(), "placed"),
        (told.level.is_some(), "level"),
    ]
    .into_iter()
    .filter_map(|(is, name)| is.then_some(name))
}

fn telling_words(entry: &Entry, out: &mut Features) {
    let best = entry.best();
    for told in &entry.tellings {
        out.add("any-class", told.class.code());
        flags(told).for_each(|flag| out.add("any", flag));
        out.add("any-status", told.status.code());
    }
    out.add("class", best.class.code());
    flags(best).for_each(|flag| out.add("flag", flag));
    flags(best).for_each(|flag| {
        out.add_parts("class-flag", &[best.class.code(), "/", flag]);
    });
    let held = if best.is_held { "held/" } else { "/" };
    let dated = if best.when.is_some() { "dated/" } else { "/" };
    let back = if best.is_back { "back" } else { "" };
    out.add_parts("shape", &[best.class.code(), "/", held, dated, back]);
    out.add("rule", if entry.is_weak { "weak" } else { "strong" });
    out.add_parts(
        "rule-class",
        &[if entry.is_weak { "weak/" } else { "strong/" }, best.class.code()],
    );
    out.add("tellings", count(entry.tellings.len()));
    out.add("status", entry.first.status.code());
    out.add_parts("status-class", &[entry.first.status.code(), "/", best.class.code()]);
    let format = entry.first.format.map_or("none", |format| format.code());
    out.add("format", format);
    out.add_parts("format-class", &[format, "/", best.class.code()]);
}

fn who(entry: &Entry, out: &mut Features) {
    let known = &entry.first;
    let bodies = known.parties.iter().filter(|party| is_body(party)).count();
    out.add("parties", count(known.parties.len()));
    out.add("bodies", count(bodies));
    out.add("people", count(known.people.len()));
    out.add_parts(
        "who",
        &[count(known.parties.len()), "/", count(bodies), "/", count(known.people.len())],
    );
    out.add_parts(
        "who-class",
        &[count(known.parties.len()), "/", count(bodies), "/", known.class.code()],
    );
}

/// How its parties were found, and what else its word may tell.
fn reading(stage: &Stage, entries: &[Entry], entry: &Entry, out: &mut Features) {
    let best = entry.best();
    out.add("how", best.how.code());
    out.add_parts("how-class", &[best.how.code(), "/", best.class.code()]);
    let of_word = |other: &&Entry| other.best().word == best.word;
    let by_rule = entries.iter().filter(of_word).find(|e| e.best().how == How::Rule);
    if best.how != How::Rule {
        let rule = match by_rule {
            None => "none",
            Some(entry) if entry.is_weak => "weak",
            Some(_) => "strong",
        };
        out.add_parts("how-rule", &[best.how.code(), "/", rule]);
        let told = entries.iter().any(|e| {
            e.tellings.iter().any(|t| t.word == best.word && t.how == How::Rule)
        });
        out.add_parts(
            "how-told",
            &[best.how.code(), "/", if told { "yes" } else { "no" }],
        );
    }
    let main = stage.main.iter().filter(|p| best.parties.contains(p)).count();
    out.add("main", count(main));
    out.add_parts("how-main", &[best.how.code(), "/", count(main)]);
    out.add_parts("how-who", &[best.how.code(), "/", count(best.people.len())]);
    let ahead = Span::new(best.sentence.start, best.word.start);
    let named = stage.participants(ahead, best.word);
    let clause = tell::clause(stage, best.sentence, best.word);
    let here = named.iter().filter(|s| s.phrase.start >= clause.start).count();
    out.add_parts(
        "named",
        &[best.how.code(), "/", count(here), "/", count(named.len() - here)],
    );
}

/// Whether the narration tells it or somebody's words do.
fn voice(stage: &Stage, told: &Telling, out: &mut Features) {
    let holds = |statement: &&record::Statement| {
        statement.content.iter().any(|part| part.span.contains(told.word))
    };
    let Some(statement) = stage.statements.iter().rfind(holds) else {
        out.add("voice", "narration");
        return;
    };
    let kind = match statement.kind {
        Kind::Direct => "direct",
        _ => "indirect",
    };
    let entity = &stage.entities[statement.speaker.0 as usize];
    let whose = match &entity.party {
        _ if entity.is_private => "private",
        Some(party) if told.parties.contains(party) => "own",
        Some(_) => "other",
        None => "nobody",
    };
    out.add("voice", kind);
    out.add_parts("voice-whose", &[kind, "/", whose]);
}

fn place_in_text(stage: &Stage, entry: &Entry, out: &mut Features) {
    let start = entry.best().word.start;
    let paragraphs = &stage.page.article.paragraphs;
    let is_body = |kind: ParagraphKind| kind.is_body();
    let before =
        paragraphs.iter().filter(|p| is_body(p.kind) && p.span.end <= start).count();
    let place = match before {
        0 => "first",
        1 | 2 => "lead",
        3..=6 => "middle",
        _ => "late",
    };
    out.add("para", place);
    if entry.tellings.iter().any(|told| told.is_title) {
        let only = entry.tellings.iter().all(|told| told.is_title);
        out.add("titles", if only { "only" } else { "too" });
    }
}

/// How other entries of the same parties stand to this one.
fn rivals(entries: &[Entry], at: usize, out: &mut Features) -> bool {
    let entry = &entries[at];
    let same = |other: &Entry| {
        let parties = &other.first.parties;
        parties.len() == entry.first.parties.len()
            && parties.iter().all(|party| entry.first.parties.contains(party))
    };
    let others =
        || entries.iter().enumerate().filter(|(n, other)| *n != at && same(other));
    let strong = others().filter(|(_, other)| !other.is_weak).count();
    out.add("rivals", count(strong));
    out.add_parts(
        "rule-rivals",
        &[if entry.is_weak { "weak/" } else { "strong/" }, count(strong)],
    );
    let is_first = others().all(|(n, _)| n > at);
    out.add("first", if is_first { "yes" } else { "no" });
    let dated = others().any(|(_, other)| other.first.when.is_some());
    if dated {
        out.add("rival", "dated");
    }
    strong > 0
}

fn beside(stage: &Stage, told: &Telling, out: &mut Features) {
    let page = stage.page;
    let word = told.word.of(page.shadow);
    out.add("word", word);
    let clause = tell::clause(stage, told.sentence, told.word);
    let before = Span::new(clause.start, told.word.start).of(page.shadow);
    let after = Span::new(told.word.end, clause.end).of(page.shadow);
    let mut back = before.char_indices().rev();
    if let Some((one, _)) = back.next() {
        out.add("left", &before[one..]);
        if let Some((two, _)) = back.next() {
            out.add("left2", &before[two..]);
        }
    } else {
        out.add("left", "edge");
    }
    let mut on = after.char_indices().skip(1);
    match on.next() {
        Some((one, _)) => {
            out.add("right", &after[..one]);
            let two = on.next().map_or(after.len(), |(two, _)| two);
            out.add("right2", &after[..two]);
        }
        None => out.add("right", if after.is_empty() { "edge" } else { after }),
    }
    for (_, word) in words::words(page, clause) {
        if !word.class.is_event() {
            out.add("has", word.class.code());
            out.add_light("mark", &word.text);
        }
    }
    for hit in page.hits.within(Table::Words, clause) {
        let class = page.lexicon.words[hit.row as usize].class.as_str();
        if matches!(
            class,
            "negation" | "condition" | "narration" | "hearsay" | "collective"
        ) {
            out.add("small", class);
        }
    }
    for hit in page.hits.within(Table::Calendar, clause) {
        let word = &page.lexicon.calendar[hit.row as usize];
        if word.class == crate::timex::Class::Future {
            out.add_light("future", &word.text);
            out.add("small", "future");
        }
    }
    for hit in page.hits.within(Table::Cues, clause) {
        if hit.span.end <= told.word.start {
            out.add("small", "cue");
        }
    }
    if crate::timex::is_ahead(page, told.word) {
        out.add("small", "ahead");
    }
    // Characters of the clause near the word.
    let near: Vec<char> = before.chars().rev().take(8).collect();
    for pair in near.windows(2) {
        let pair: String = [pair[1], pair[0]].iter().collect();
        out.add_light("before", &pair);
    }
    let near: Vec<char> = after.chars().take(6).collect();
    for pair in near.windows(2) {
        let pair: String = pair.iter().collect();
        out.add_light("after", &pair);
    }
}

fn date(
    stage: &Stage,
    entry: &Entry,
    dating: &Dating,
    has_rivals: bool,
    out: &mut Features,
) {
    let source = dating.source.code();
    let known = &entry.first;
    let best = entry.best();
    out.add("date", source);
    let with = |template, part: &str, out: &mut Features| {
        out.add_parts(template, &[source, "/", part]);
    };
    with("date-status", known.status.code(), out);
    with("date-class", best.class.code(), out);
    with("date-rule", if entry.is_weak { "weak" } else { "strong" }, out);
    with("date-rivals", if has_rivals { "some" } else { "none" }, out);
    with("date-tellings", count(entry.tellings.len()), out);
    for flag in flags(best) {
        with("date-flag", flag, out);
    }
    if known.is_earlier {
        with("date-flag", "was-earlier", out);
    }
    if crate::timex::is_ahead(stage.page, best.word) {
        with("date-flag", "ahead", out);
    }
    let Some(when) = &dating.when else { return };
    let precision = match when.from.len() {
        0..=4 => "year",
        5..=7 => "month",
        _ => "day",
    };
    let order = order(stage, &when.from);
    with("precision", precision, out);
    with("order", order, out);
    out.add_parts("date-when", &[source, "/", precision, "/", order]);
    out.add_parts("status-when", &[known.status.code(), "/", precision, "/", order]);
    if dating.source == Source::Own && known.status != Status::Held {
        with("planned", order, out);
    }
}

/// How a date stands to the publication.
fn order(stage: &Stage, from: &str) -> &'static str {
    let Some(published) = &stage.page.article.published_on else { return "unknown" };
    let published = published.value.as_str();
    let exact = from.len().min(published.len()).min(10);
    let (Some(a), Some(b)) = (from.get(..exact), published.get(..exact)) else {
        return "unknown";
    };
    match a.cmp(b) {
        std::cmp::Ordering::Greater => "ahead",
        std::cmp::Ordering::Equal if exact == 10 => "today",
        std::cmp::Ordering::Equal => "this",
        std::cmp::Ordering::Less if a.get(..4) != b.get(..4) => "other-year",
        std::cmp::Ordering::Less if a.get(..7) != b.get(..7) => "other-month",
        std::cmp::Ordering::Less => "past",
    }
}
