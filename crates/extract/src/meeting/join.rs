//! Which tellings are of one meeting.
//!
//! In: tellings in text order. Out: meetings, each with all its tellings. Refuses to know:
//! how a telling was found.

use super::{
    Stage,
    decide::Decided,
    guess::How,
    tell::Telling,
    words::{Class, words},
};
use record::{Evidence, Format, Level, Meeting, Span, Status, TimexKind};

/// A meeting while tellings join it.
pub(super) struct Entry {
    /// What is known of it by now.
    pub first: Telling,
    /// All that tell of it.
    pub tellings: Vec<Telling>,
    /// Whether no telling is enough for a meeting of its own by rule.
    pub is_weak: bool,
}

/// Makes entries of tellings; headlines come last, since the body tells more. What is not
/// enough for a meeting by rule makes weak entries, for the model to judge.
pub(super) fn entries(tellings: Vec<Telling>) -> Vec<Entry> {
    let (by_rule, guessed): (Vec<Telling>, Vec<Telling>) =
        tellings.into_iter().partition(|told| told.how == How::Rule);
    let (titles, body): (Vec<Telling>, Vec<Telling>) =
        by_rule.into_iter().partition(|told| told.is_title);
    let mut entries: Vec<Entry> = Vec::new();
    let mut left: Vec<Telling> = Vec::new();
    for told in body.into_iter().chain(titles) {
        let at = entries.iter().rposition(|entry| is_same(entry, &told)).or_else(|| {
            let fits = |entry: &Entry| told.is_title && is_headline_of(entry, &told);
            entries.iter().rposition(fits)
        });
        match at {
            Some(at) => entries[at].take(told),
            None if may_begin(&told) || is_first_told(&entries, &told) => {
                entries.push(Entry::of(told, false));
            }
            None => left.push(told),
        }
    }
    for told in left {
        let same = |entry: &Entry| entry.is_weak && is_same(entry, &told);
        match entries.iter().rposition(same) {
            Some(at) => entries[at].take(told),
            None => entries.push(Entry::of(told, true)),
        }
    }
    let known = entries.len();
    for told in guessed {
        // Another reading adds nothing to what is known by rule.
        if entries[..known].iter().any(|entry| is_same(entry, &told)) {
            continue;
        }
        match entries[known..].iter().rposition(|entry| is_same(entry, &told)) {
            Some(at) => entries[known + at].take(told),
            None => entries.push(Entry::of(told, true)),
        }
    }
    entries.sort_by_key(|entry| {
        entry.tellings.iter().map(|told| told.word.start).min().unwrap_or(0)
    });
    entries
}

/// Whether a telling is enough for a meeting of its own.
fn may_begin(told: &Telling) -> bool {
    let is_dated = told.when.is_some();
    if told.class == Class::Back {
        return false;
    }
    if told.is_back && !is_dated {
        return told.is_further && told.status != Status::Held;
    }
    if told.is_back && !(told.is_held || told.is_dated_here) {
        return false;
    }
    if told.is_where && !told.is_dated_here {
        return false;
    }
    match told.class {
        Class::Arrive if told.status == Status::Held => true,
        _ if told.parties.len() < 2 => told.is_held || (is_dated && told.is_shown),
        Class::Session if told.is_held => true,
        Class::Session | Class::Arrive => is_dated,
        Class::LooseTalk => told.is_shown,
        _ => true,
    }
}

/// Whether parties that only the context names meet here first: 双方第三轮会谈.
fn is_first_told(entries: &[Entry], told: &Telling) -> bool {
    let known = entries.iter().any(|entry| {
        told.parties.iter().all(|party| entry.first.parties.contains(party))
    });
    let is_talk = matches!(told.class, Class::Talk | Class::Call);
    !known && told.is_back && is_talk && told.is_held && told.parties.len() == 2
}

/// Whether a headline is about this meeting.
fn is_headline_of(entry: &Entry, told: &Telling) -> bool {
    let shared =
        told.parties.iter().filter(|party| entry.first.parties.contains(party)).count();
    shared * 2 >= told.parties.len()
}

/// Whether a telling is of this meeting: the same parties, and nothing that tells apart.
fn is_same(entry: &Entry, told: &Telling) -> bool {
    let known = &entry.first;
    let same = known.parties.len() == told.parties.len()
        && told.parties.iter().all(|party| known.parties.contains(party));
    if !same {
        return false;
    }
    if told.class == Class::Back {
        return true;
    }
    if told.is_further && told.when.is_none() && told.status != Status::Held {
        return known.is_further && known.status == told.status;
    }
    if is_apart(known, told) {
        return false;
    }
    match (&known.when, &told.when) {
        (Some(a), Some(b)) => a.from.starts_with(&b.from) || b.from.starts_with(&a.from),
        (None, None) => known.status == told.status || told.is_back,
        (Some(_), None) => {
            told.status == known.status || told.status == Status::Held || told.is_back
        }
        (None, Some(_)) => known.status == told.status,
    }
}

/// Whether how, where or with whom tells two meetings of the same parties apart.
fn is_apart(known: &Telling, told: &Telling) -> bool {
    let is_remote = |format: Format| matches!(format, Format::Phone | Format::Video);
    if let (Some(a), Some(b)) = (known.format, told.format)
        && is_remote(a) != is_remote(b)
    {
        return true;
    }
    if let (None, None, Some(a), Some(b)) =
        (&known.when, &told.when, &known.place, &told.place)
        && a != b
    {
        return true;
    }
    // 布林肯会见内塔尼亚胡 and 布林肯会见赫尔佐格 are two.
    let shared =
        told.people.iter().filter(|person| known.people.contains(person)).count();
    known.people.len() == 2 && told.people.len() == 2 && shared < 2
}

impl Entry {
    fn of(told: Telling, is_weak: bool) -> Entry {
        Entry { first: told.clone(), tellings: vec![told], is_weak }
    }

    /// The telling that says most.
    pub fn best(&self) -> &Telling {
        let most = self.tellings.iter().max_by_key(|told| {
            let dated = told.when.is_some();
            (!told.is_title, dated && told.is_shown, told.is_shown, !told.is_back)
        });
        most.unwrap_or(&self.first)
    }

    fn take(&mut self, told: Telling) {
        let known = &mut self.first;
        let is_closer = match (&known.when, &told.when) {
            (None, Some(_)) => true,
            (Some(a), Some(b)) => b.from.len() > a.from.len(),
            _ => false,
        };
        if is_closer {
            known.when = told.when.clone();
            known.status = told.status;
        }
        known.place = known.place.take().or_else(|| told.place.clone());
        known.format = known.format.or(told.format);
        known.level = known.level.or(told.level);
        for person in &told.people {
            if !known.people.contains(person) {
                known.people.push(*person);
            }
        }
        self.tellings.push(told);
    }
}

/// The meeting that an entry is, as decided.
pub(super) fn meeting(stage: &Stage, entry: &Entry, decided: Decided) -> Meeting {
    let known = &entry.first;
    let evidence = |told: &Telling| {
        let span = crate::statement::trim(stage.page.shadow, told.sentence, &[]);
        Evidence {
            document: stage.page.article.document,
            span,
            words: span.of(&stage.page.article.text).to_owned(),
            rules: told.rules.clone(),
        }
    };
    let when = decided.when;
    Meeting {
        parties: known.parties.clone(),
        participants: known.people.clone(),
        format: decided.format,
        level: known.level.unwrap_or(Level::Unknown),
        place: known.place.clone(),
        date: when.as_ref().map(|when| when.from.clone()),
        until: when.and_then(|when| when.until),
        status: decided.status,
        duration_minutes: entry.tellings.iter().find_map(|told| minutes(stage, told)),
        outcome: entry.tellings.iter().find_map(|told| outcome(stage, told)),
        track: None,
        evidence: evidence(entry.best()),
        mentions: entry.tellings.iter().map(evidence).collect(),
        confidence: decided.confidence,
    }
}

/// How long it lasted: a length of hours or minutes in the clause.
fn minutes(stage: &Stage, told: &Telling) -> Option<u32> {
    let clause = super::tell::clause(stage, told.sentence, told.word);
    let length = stage.timexes.iter().find(|timex| {
        timex.kind == TimexKind::Duration && clause.contains(timex.evidence.span)
    })?;
    let value = length.value.strip_prefix("PT")?;
    let of = |text: &str| text.parse::<u32>().ok();
    match (value.strip_suffix('H'), value.strip_suffix('M')) {
        (Some(hours), _) => of(hours)?.checked_mul(60),
        (_, Some(minutes)) => of(minutes),
        _ => None,
    }
}

/// What came of it: words of an outcome in the sentence after the word.
fn outcome(stage: &Stage, told: &Telling) -> Option<Evidence> {
    let rest = Span::new(told.word.end, told.sentence.end);
    let (span, word) = words(stage.page, rest)
        .into_iter()
        .find(|(_, word)| word.class == Class::Outcome)?;
    Some(Evidence {
        document: stage.page.article.document,
        span,
        words: span.of(&stage.page.article.text).to_owned(),
        rules: vec![word.rule.clone()],
    })
}

/// How a meeting is held when the text does not say: 会谈 and 峰会 face to face, 谈判 and
/// 对话 in any way.
pub(super) fn usual_format(known: &Telling) -> Format {
    match known.class {
        Class::LooseTalk | Class::Back if !known.is_held => Format::Unknown,
        Class::Session | Class::Summit if known.parties.len() != 2 => {
            Format::Multilateral
        }
        _ => Format::InPerson,
    }
}
