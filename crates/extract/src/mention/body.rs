//! Bodies: 俄罗斯国防部, 英国政府, 外交部, 彼得森国际经济研究所.
//!
//! In: names and words for bodies. Out: bodies as namings, with their state's party.
//! Refuses to know: who speaks for them.

use super::found::{Around, Found, What};
use crate::{
    Page,
    lang::zh,
    lexicon::{Hit, Table},
};
use record::{ActorType, MentionForm, Span};

/// Longest name of an organisation before the word that says what it is, in characters.
const LONGEST: usize = 14;

/// Adds bodies: a state's, an organisation's or a leader's name with a word for a body
/// behind it, a word for a body alone, and organisations by the form of their names.
pub fn find(page: &Page, found: &mut Vec<Found>) {
    let around = Around::of(page);
    let mut bodies = Vec::new();
    for &hit in page.hits.of(Table::Words) {
        let word = &page.lexicon.words[hit.row as usize];
        let body = match word.class.as_str() {
            "body" | "government" if !is_held(found, hit.span) => {
                of_somebody(page, &around, found, hit)
            }
            "body-alone" if !is_held(found, hit.span) => alone(page, &around, hit),
            "body-tail" => by_form(page, &around, found, hit),
            _ => None,
        };
        bodies.extend(body);
    }
    bodies.sort_by_key(|body: &Found| (body.span.start, usize::MAX - body.span.end));
    bodies.dedup_by(|later, earlier| earlier.span.overlaps(later.span));
    found.retain(|f| !bodies.iter().any(|body| body.span.contains(f.span)));
    let spelt: Vec<Found> =
        bodies.iter().filter_map(|body| abbreviation(page, found, body)).collect();
    found.extend(bodies);
    found.extend(spelt);
    found.sort_by_key(|naming| (naming.span.start, naming.span.end));
}

fn is_held(found: &[Found], span: Span) -> bool {
    found.iter().any(|f| f.span.contains(span))
}

/// Whether the word is the start of an office: 外交部 in 外交部长, but not in
/// 外交部发言人, who speaks for a body.
fn is_cut(page: &Page, hit: Hit) -> bool {
    let near = Span::new(hit.span.start.saturating_sub(24), hit.span.end);
    let after = page.hits.at(Table::Titles, hit.span.end);
    let deputy = after.filter(|title| {
        let title = &page.lexicon.titles[title.row as usize];
        title.rank == "spokesperson" || title.text.starts_with(['副', '第'])
    });
    page.hits.within(Table::Titles, near).iter().any(|title| {
        title.span.overlaps(hit.span)
            && title.span.end > hit.span.end
            && deputy.is_none_or(|deputy| deputy.span.end != title.span.end)
    })
}

/// 俄罗斯国防部, 英国政府, 岸田内阁: the name before the word says whose body it is.
fn of_somebody(page: &Page, around: &Around, found: &[Found], hit: Hit) -> Option<Found> {
    let word = &page.lexicon.words[hit.row as usize];
    let end = around.skip_back(hit.span.start);
    let next = found.partition_point(|f| f.span.end < end);
    let owner = found.get(next).filter(|f| f.span.end == end)?;
    let government = word.class == "government";
    let leads = government || word.text == "内阁";
    let (kind, own) = match &owner.what {
        What::Known(row) => {
            let name = page.lexicon.names.row(*row);
            // 英国政府, 华盛顿方面 are the state itself; 英国国防部 is a body of its own.
            let own = match name.kind {
                ActorType::State => Some(*row),
                ActorType::Place => state_of(page, name.metonym.as_deref()),
                // 拜登政府 speaks for his state and is not 川普政府.
                _ => None,
            };
            (name.kind, own)
        }
        What::Person => (ActorType::Person, None),
        _ => return None,
    };
    let fits = match kind {
        ActorType::Person => leads,
        ActorType::State | ActorType::Organisation | ActorType::Place => true,
        ActorType::Outlet => false,
    };
    let office = government && is_office(page, around, hit);
    if !fits || is_cut(page, hit) || office || describes(page, around, hit) {
        return None;
    }
    let span = Span::new(owner.span.start, hit.span.end);
    let what = match own.filter(|_| government) {
        Some(row) => What::Known(row),
        None => What::Body,
    };
    let rules = vec![word.rule.clone()];
    let mut body = Found::bare(span, MentionForm::Name, what, rules);
    body.party = owner.party.clone();
    Some(body)
}

/// Whether 官方 only describes what follows: 中国官方媒体, 美国官方统计.
fn describes(page: &Page, around: &Around, hit: Hit) -> bool {
    let after = around.skip(hit.span.end);
    let next = around.next(after).map_or(' ', |next| next.0);
    let acts = [Table::Cues, Table::Triggers, Table::Calendar]
        .iter()
        .any(|table| page.hits.at(*table, after).is_some())
        || !page.hits.within(Table::Words, Span::new(after, after + 1)).is_empty();
    hit.span.of(page.shadow) == "官方"
        && zh::is_han(next)
        && !zh::is_particle(next)
        && !acts
}

fn state_of(page: &Page, party: Option<&str>) -> Option<usize> {
    page.lexicon.names.row_of_state(party?)
}

/// Whether an office follows at once: the phrase of 英国政府发言人 takes the state in.
fn is_office(page: &Page, around: &Around, hit: Hit) -> bool {
    let after = around.skip(hit.span.end);
    page.hits.at(Table::Titles, after).is_some()
}

/// 外交部, 国会: a body whose state the words before do not give.
fn alone(page: &Page, around: &Around, hit: Hit) -> Option<Found> {
    let word = &page.lexicon.words[hit.row as usize];
    let here = Span::new(hit.span.start, hit.span.start + 1);
    let masked = page
        .hits
        .within(Table::Words, here)
        .iter()
        .any(|w| w.span.len() > hit.span.len());
    let before = around.before(hit.span.start).map_or(' ', |b| b.0);
    // 中国会 is 中国 and 会, 副外交部 no body.
    let split = matches!(before, '中' | '副' | '美' | '全' | '法' | '英' | '德' | '韩');
    (!masked && !split && !is_cut(page, hit)).then(|| {
        let rules = vec![word.rule.clone()];
        Found::bare(hit.span, MentionForm::Name, What::Body, rules)
    })
}

/// 彼得森国际经济研究所: what stands between the start of a phrase and a word that says
/// what sort of organisation it is.
fn by_form(page: &Page, around: &Around, found: &[Found], hit: Hit) -> Option<Found> {
    let word = &page.lexicon.words[hit.row as usize];
    let named = found.iter().any(|f| f.span.end == hit.span.end);
    if named || is_cut(page, hit) || is_longer_word(page, hit) {
        return None;
    }
    let mut start = hit.span.start;
    let mut length = 0;
    let mut party = None;
    while let Some((c, from)) = around.before(start) {
        let here = around.skip_back(start);
        if let Some(naming) = ending(found, here) {
            if super::office::is_person(page, naming) {
                break;
            }
            // 美中关系全国委员会: a row of letters belongs to it as a whole.
            let letter = naming.form == MentionForm::Short;
            start = naming.span.start;
            party = naming.party.clone().filter(|_| party.is_none());
            match letter {
                true => continue,
                false => break,
            }
        }
        let inside = zh::is_han(c) || c.is_ascii_alphanumeric();
        if !inside
            || zh::is_particle(c)
            || "他她它我你其该此并没不这那".contains(c)
            || length >= LONGEST
            || ends_phrase(page, here)
        {
            break;
        }
        start = from;
        length += 1;
    }
    let span = Span::new(start, hit.span.end);
    let free = found
        .iter()
        .filter(|f| f.span.overlaps(span))
        .all(|f| span.contains(f.span) && f.span != span);
    let fits = (2..=LONGEST + 4).contains(&length) && free;
    fits.then(|| {
        let rules = vec![word.rule.clone()];
        let mut body = Found::bare(span, MentionForm::Name, What::Body, rules);
        body.party = party;
        body
    })
}

fn ending(found: &[Found], end: usize) -> Option<&Found> {
    let next = found.partition_point(|f| f.span.end < end);
    found.get(next).filter(|f| f.span.end == end)
}

/// Whether the word only starts a longer one: 银行 in 银行业, 大学 in 大学生.
fn is_longer_word(page: &Page, hit: Hit) -> bool {
    let starts = Span::new(hit.span.start, hit.span.end);
    page.hits.within(Table::Words, starts).iter().any(|other| {
        other.span.end > hit.span.end
            && matches!(
                page.lexicon.words[other.row as usize].class.as_str(),
                "no-name" | "body-tail"
            )
    })
}

/// Whether a word ends here that is in no organisation's name: a preposition, a
/// conjunction, a verb.
fn ends_phrase(page: &Page, at: usize) -> bool {
    const APART: &[&str] = &[
        "preposition",
        "conjunction",
        "adverb",
        "pronoun",
        "negation",
        "condition",
        "unnamed",
        "party-before",
        "place-before",
        "before-body",
        "collective",
    ];
    const REACH: usize = 24;
    let near = Span::new(at.saturating_sub(REACH), at);
    let ends = |hit: &&Hit| hit.span.end == at;
    let long = |hit: &&Hit| hit.span.of(page.shadow).chars().count() >= 2;
    // 经 in 经济文化代表处 is no preposition.
    let word = |hit: &Hit| {
        long(&hit)
            || "与和同跟及对向在从由被给让把据为等".contains(hit.span.of(page.shadow))
    };
    page.hits.within(Table::Words, near).iter().filter(ends).any(|hit| {
        let class = page.lexicon.words[hit.row as usize].class.as_str();
        word(hit) && APART.contains(&class)
    }) || [
        Table::Cues,
        Table::Triggers,
        Table::MeetingWords,
        Table::Calendar,
        Table::Titles,
    ]
    .iter()
    .any(|table| page.hits.within(*table, near).iter().filter(ends).any(|hit| long(&hit)))
}

/// 国际原子能机构(IAEA): the Latin name in brackets behind a body.
fn abbreviation(page: &Page, found: &[Found], body: &Found) -> Option<Found> {
    let rest = page.shadow.get(body.span.end..)?;
    let inner = rest.trim_start_matches([crate::shadow::MARKUP, ' ']);
    let inner = inner.strip_prefix(['（', '('])?;
    let inner = inner.trim_start_matches(['*', ' ']);
    let name = inner.split(['）', ')', '*', '，', ',']).next()?.trim_end();
    let start = body.span.end + (rest.len() - inner.len());
    let span = Span::new(start, start + name.len());
    let latin = name
        .chars()
        .all(|c| c.is_alphanumeric() && !zh::is_han(c) || " -&.'’".contains(c));
    let capital = name.chars().next().is_some_and(char::is_uppercase);
    let fits = latin && capital && (2..=80).contains(&name.len());
    (fits && !found.iter().any(|f| f.span.overlaps(span))).then(|| {
        let rules = vec![record::Rule::new("form:latin")];
        Found::bare(span, MentionForm::Name, What::Body, rules)
    })
}
