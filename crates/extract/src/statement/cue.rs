//! Which cues report something here.
//!
//! In: hits of the cue table. Out: those that are verbs of speech with words of their own.
//! Refuses to know: who speaks.

use super::{Room, clause};
use crate::{Error, lexicon::Table, lexicon::TsvRow};
use record::{Mention, MentionForm, Rule, Span};

/// What a cue does with what is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CueClass {
    /// A clause follows, behind a comma, a colon or nothing: 表示.
    Say,
    /// Reports only before a comma, a colon or a quotation: 解释.
    Strict,
    /// A noun for what was said; reports only before a colon or a quotation: 声明.
    Noun,
    /// An action follows: 要求.
    Ask,
    /// Whom or what one blames or praises follows: 指责.
    Judge,
    /// The hearer follows, then the words: 告诉.
    Tell,
    /// A name for something follows, mostly quoted: 称之为.
    Name,
    /// What it is about stands before it behind 对: 表示欢迎.
    Express,
    /// Stands behind the words only: 如是说.
    After,
}

impl CueClass {
    /// The name of the class, as `zh/cues.tsv` has it.
    pub fn code(self) -> &'static str {
        match self {
            CueClass::Say => "say",
            CueClass::Strict => "strict",
            CueClass::Noun => "noun",
            CueClass::Ask => "ask",
            CueClass::Judge => "judge",
            CueClass::Tell => "tell",
            CueClass::Name => "name",
            CueClass::Express => "express",
            CueClass::After => "after",
        }
    }
    /// Whether it is a plain verb of speech.
    pub fn is_say(self) -> bool {
        self == CueClass::Say
    }
}

/// A verb that reports: 表示, 说.
#[derive(Debug, Clone)]
pub struct Cue {
    /// The words.
    pub text: String,
    /// What it does with what is said.
    pub class: CueClass,
    /// The row's address.
    pub rule: Rule,
}

impl Cue {
    pub(crate) fn read(row: &TsvRow) -> Result<Cue, Error> {
        let class = match row.cell("class")? {
            "say" => CueClass::Say,
            "strict" => CueClass::Strict,
            "noun" => CueClass::Noun,
            "ask" => CueClass::Ask,
            "judge" => CueClass::Judge,
            "tell" => CueClass::Tell,
            "name" => CueClass::Name,
            "express" => CueClass::Express,
            "after" => CueClass::After,
            other => return Err(row.problem(format!("{other:?} is no class of cue"))),
        };
        Ok(Cue { text: row.cell("cue")?.to_owned(), class, rule: row.rule() })
    }
}

/// One cue in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cueing {
    /// The cue's words.
    pub span: Span,
    /// Past 了, 过 and markup behind it.
    pub end: usize,
    /// What it does.
    pub class: CueClass,
    /// Its row; none for a colon.
    pub row: Option<usize>,
    /// Whether the words around it let it report, as the rules see it.
    pub is_plain: bool,
}

/// The cues of a sentence, in order, those too that seem not to report.
pub fn find(room: &Room, sentence: Span) -> Vec<Cueing> {
    let page = room.page;
    let masks: Vec<Span> = page
        .lexicon
        .word_hits(page.hits, "no-cue", wider(sentence))
        .map(|h| h.span)
        .collect();
    let mut cueings: Vec<Cueing> = Vec::new();
    let mut done = sentence.start;
    for hit in page.hits.within(Table::Cues, sentence) {
        if hit.span.start < done {
            continue;
        }
        done = hit.span.end;
        let row = hit.row as usize;
        let class = page.lexicon.cues[row].class;
        let mask = masks
            .iter()
            .find(|mask| mask.len() > hit.span.len() && mask.contains(hit.span));
        // 的呼吁, 宣布的 seldom report; in 说服 there is no 说 at all.
        let loose = mask.is_some_and(|mask| {
            let words = mask.of(page.shadow);
            words.starts_with('的') || words.ends_with('的')
        });
        if mask.is_some() && !loose {
            // 说明 may be masked and still hold no 说.
            continue;
        }
        if in_name(room, hit.span) || room.in_quote(hit.span.start) {
            continue;
        }
        let mut end = hit.span.end;
        for particle in ["了", "过", "着", "\u{1}"] {
            if page.shadow[end..].starts_with(particle) {
                end += particle.len();
            }
        }
        let mut cueing =
            Cueing { span: hit.span, end, class, row: Some(row), is_plain: false };
        cueing.is_plain = !loose && reports(room, sentence, cueing);
        // 证实说, 发表评论指，称: the later of two cues side by side has the words.
        let beside = cueings.last().is_some_and(|last| {
            let between = page.shadow.get(last.end..hit.span.start).unwrap_or("x");
            last.class.is_say()
                && last.is_plain
                && between.chars().all(|c| matches!(c, '，' | ',' | '并' | '\u{1}'))
        });
        // “A，”外长表示，并重申B: two reports.
        let quoted = cueings.last().is_some_and(|last| {
            let sentence = Span::new(sentence.start, last.span.start);
            page.quotes.iter().any(|q| {
                q.depth == 0
                    && sentence.contains(q.span)
                    && q.span.end + 60 > sentence.end
            })
        });
        if beside && !quoted && class.is_say() && cueing.is_plain {
            cueings.pop();
        }
        cueings.push(cueing);
    }
    cueings
}

fn wider(sentence: Span) -> Span {
    Span::new(sentence.start.saturating_sub(12), sentence.end)
}

/// Whether the cue's letters are part of a name or of an office's phrase.
fn in_name(room: &Room, span: Span) -> bool {
    let near = Span::new(span.start.saturating_sub(60), span.end);
    // 声明称: the paper that speaks is part of the cue; 称他为: so is the pronoun, and it is
    // no name that the cue is part of.
    let is_paper = |m: &Mention| {
        m.evidence.span.start == span.start && m.form == MentionForm::Description
    };
    let is_inner = |named: Span| span.contains(named) && named.len() < span.len();
    room.heads_in(near).any(|m| {
        let named = m.evidence.span;
        m.phrase.overlaps(span)
            && named.overlaps(span)
            && !is_paper(m)
            && !is_inner(named)
    })
}

/// Whether the words around a cue let it report.
fn reports(room: &Room, sentence: Span, cueing: Cueing) -> bool {
    let shadow = room.page.shadow;
    let before =
        shadow[sentence.start..cueing.span.start].trim_end_matches(crate::shadow::MARKUP);
    let after = shadow.get(cueing.end..).unwrap_or("");
    let after = after.trim_start_matches([crate::shadow::MARKUP, ' ']);
    let says_of = before.ends_with("的话") || before.ends_with('所');
    // 俄方的要求, 这一要求, 一项声明: a noun.
    const NOUN_BEFORE: &[&str] =
        &["的", "一项", "这一", "该", "此", "份", "任何", "项", "其"];
    let of = before.ends_with('的') && !before.ends_with("目的");
    if !says_of && of && cueing.class != CueClass::Noun && !adverbial(before) {
        return false;
    }
    let noun = NOUN_BEFORE.iter().any(|word| before.ends_with(word));
    let nouny =
        matches!(cueing.class, CueClass::Ask | CueClass::Judge | CueClass::Strict);
    if nouny && noun && !adverbial(before) {
        return false;
    }
    // 要求的, 宣布的: a clause about something else.
    if after.starts_with('的')
        || nouny && after.starts_with(['、', '和', '与', '及', '书', '是', '。'])
    {
        return false;
    }
    let negated = room
        .page
        .lexicon
        .word_ending(room.page.hits, "negation", sentence.start + before.len())
        .is_some();
    let future =
        before.ends_with('将') || before.ends_with("可能") || before.ends_with('被');
    if negated || future && cueing.class != CueClass::Name {
        return false;
    }
    let at = clause::skip(shadow, cueing.end, &['，', ',', '：', ':', '\u{1}']);
    let marked = at > cueing.end
        && shadow[cueing.end..at].contains(['，', ',', '：', ':'])
        || room.quote_opening(at).is_some();
    let stops =
        after.is_empty() || after.starts_with(['。', '！', '？', '\n', '”', '）', '，']);
    let colon =
        shadow[cueing.end..at].contains(['：', ':']) || room.quote_opening(at).is_some();
    match cueing.class {
        CueClass::Noun => colon,
        CueClass::Name => {
            room.quote_opening(at).is_some() && !passive(room, sentence, cueing)
        }
        CueClass::Strict => marked,
        CueClass::Express | CueClass::After => true,
        CueClass::Say => {
            // 没有作出任何承诺。 is no report: a cue with nothing behind it needs its subject.
            marked || follows_subject(room, sentence.start + before.len())
        }
        CueClass::Ask | CueClass::Judge => {
            (!stops || marked) && follows_subject(room, sentence.start + before.len())
        }
        CueClass::Tell => true,
    }
}

/// Whether 被 stands before a cue in its clause: 被广泛描述为.
fn passive(room: &Room, sentence: Span, cueing: Cueing) -> bool {
    let clause = room.clauses.at(cueing.span.start);
    let from = clause.start.max(sentence.start);
    Span::new(from, cueing.span.start).of(room.page.shadow).contains('被')
}

/// Whether a verb can stand here: at a clause's start, behind a name, an adverb, a date or
/// the end of an adverbial. 制裁威胁 is none.
fn follows_subject(room: &Room, at: usize) -> bool {
    let shadow = room.page.shadow;
    let Some(before) = shadow[..at].chars().next_back() else { return true };
    if !crate::lang::zh::is_han(before) {
        return true;
    }
    const ENDS: &[char] = &[
        '后', '中', '时', '上', '前', '日', '间', '下', '并', '们', '式', '地', '月',
        '年',
    ];
    if ENDS.contains(&before) {
        return true;
    }
    let near = Span::new(at.saturating_sub(60), at);
    let named =
        room.heads_in(near).any(|m| m.phrase.end == at || m.evidence.span.end == at);
    let lexicon = room.page.lexicon;
    named
        || ["adverb", "conjunction", "pronoun", "honorific", "collective"]
            .iter()
            .any(|class| lexicon.word_ending(room.page.hits, class, at).is_some())
        || room.timexes.iter().any(|t| t.evidence.span.end == at)
}

/// 坚定地说, 明确地指出: 地 and 的 in an adverb. 目的 is no such.
fn adverbial(before: &str) -> bool {
    before.ends_with("坚定的") || before.ends_with("明确的") || before.ends_with("似的")
}
