//! The rows of `meetings.tsv`.
//!
//! In: a table's cells. Out: words with a class, a format and a level. Refuses to know: who
//! meets.

use crate::{Error, Page, lexicon::Table, lexicon::TsvRow};
use record::{Format, Level, Rule, Span};

macro_rules! classes {
    ($($(#[$note:meta])* $class:ident = $code:literal),+ $(,)?) => {
        /// What a word tells of a meeting.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Class { $($(#[$note])* $class),+ }
        impl Class {
            fn from_code(code: &str) -> Option<Class> {
                match code { $($code => Some(Class::$class),)+ _ => None }
            }
            /// Its name in the table.
            pub fn code(self) -> &'static str {
                match self { $(Class::$class => $code),+ }
            }
        }
    };
}

classes! {
    /// 会谈: sides that talk.
    Talk = "talk",
    /// 谈判: a talk only where it is held or dated.
    LooseTalk = "loose-talk",
    /// 峰会: of two sides or of an organisation.
    Summit = "summit",
    /// 外长会议: a session of many, or of an organisation.
    Session = "session",
    /// 通话, 视频会晤.
    Call = "call",
    /// 致电 before the one called.
    CallTo = "call-to",
    /// 会见 before the one met.
    Meet = "meet",
    /// 访问 before the one visited.
    Visit = "visit",
    /// 国事访问 after 对 and the one visited.
    VisitTo = "visit-to",
    /// 访美: the one visited is the second character.
    VisitLetter = "visit-letter",
    /// 抵达 before the one visited.
    Arrive = "arrive",
    /// 赴美.
    ArriveLetter = "arrive-letter",
    /// 举行 before or after what is held.
    Hold = "hold",
    /// 会后, 此次会谈: points at a meeting told of before.
    Back = "back",
    /// 取消.
    Cancel = "cancel",
    /// 拒绝.
    Refuse = "refuse",
    /// 提议.
    Propose = "propose",
    /// 同意.
    Agree = "agree",
    /// 此前, 曾: it was not now.
    Earlier = "earlier",
    /// 就: what follows is talked about and does not talk.
    Topic = "topic",
    /// 危机 after a name: what is talked about.
    Matter = "matter",
    /// 与.
    Joining = "joining",
    /// 分别: each side by itself.
    Apart = "apart",
    /// 参加 before a session.
    Attend = "attend",
    /// 新一轮: another than the one told of.
    Further = "further",
    /// 之后: it does not share the day of what stands before.
    Later = "later",
    /// 视频形式: how it is held.
    Manner = "manner",
    /// 波罗的海三国: several parties in one word.
    Group = "group",
    /// 未发表联合声明: what came of it.
    Outcome = "outcome",
    /// 谈判桌: no meeting.
    NoMeeting = "no-meeting",
}

impl Class {
    /// Whether the word itself tells of a meeting.
    pub fn is_event(self) -> bool {
        use Class::*;
        matches!(
            self,
            Talk | LooseTalk
                | Summit
                | Session
                | Call
                | CallTo
                | Meet
                | Visit
                | VisitTo
                | VisitLetter
                | Arrive
                | ArriveLetter
        )
    }
    /// Whether somebody goes to somebody.
    pub fn is_visit(self) -> bool {
        use Class::*;
        matches!(self, Visit | VisitTo | VisitLetter | Arrive | ArriveLetter)
    }
}

/// A word of meetings: 会晤, 视频峰会.
#[derive(Debug, Clone)]
pub struct MeetingWord {
    /// The word.
    pub text: String,
    /// What it tells.
    pub(crate) class: Class,
    /// How the meeting is held, where the word says.
    pub format: Option<Format>,
    /// The rank of those who meet, where the word says.
    pub level: Option<Level>,
    /// The parties that the word names: 习普会.
    pub parties: Vec<String>,
    /// The row's address.
    pub rule: Rule,
}

impl MeetingWord {
    pub(crate) fn read(row: &TsvRow) -> Result<MeetingWord, Error> {
        let class = row.cell("class")?;
        let Some(class) = Class::from_code(class) else {
            return Err(row.problem(format!("{class:?} is no class of meeting words")));
        };
        let (format, level) = (row.cell("format")?, row.cell("level")?);
        let unknown = |what: &str, code: &str| {
            row.problem(format!("{code:?} is no {what} of a meeting"))
        };
        Ok(MeetingWord {
            text: row.cell("word")?.to_owned(),
            class,
            format: match format {
                "" => None,
                code => {
                    Some(Format::from_code(code).ok_or_else(|| unknown("format", code))?)
                }
            },
            level: match level {
                "" => None,
                code => {
                    Some(Level::from_code(code).ok_or_else(|| unknown("level", code))?)
                }
            },
            parties: row.list("parties")?.into_iter().map(str::to_owned).collect(),
            rule: row.rule(),
        })
    }
}

/// The words of meetings in a span, the longest at each place and none inside another.
pub(super) fn words<'p>(page: &'p Page, span: Span) -> Vec<(Span, &'p MeetingWord)> {
    let mut found: Vec<(Span, &MeetingWord)> = Vec::new();
    for hit in page.hits.within(Table::MeetingWords, span) {
        let free = found.last().is_none_or(|last| last.0.end <= hit.span.start);
        if free && hit.span.end <= span.end {
            found.push((hit.span, &page.lexicon.meetings[hit.row as usize]));
        }
    }
    found
}

/// Whether one of `classes` stands in a span.
pub(super) fn has(page: &Page, span: Span, classes: &[Class]) -> bool {
    words(page, span).iter().any(|(_, word)| classes.contains(&word.class))
}
