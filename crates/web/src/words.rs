//! Every word that a view says, in each language of the reader.
//!
//! In: nothing. Out: one table, English and Chinese side by side. Refuses to know: where a
//! word is used. `{0}` and `{1}` stand for what is filled in.

use ledger::{Change, OpenKind, OpenStatus};
use record::{Act, Format, Level, Modality, Status};

/// The language that a view is written in; passages keep their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Chinese in Simplified script.
    Zh,
}

/// A phrase in each language.
#[derive(Clone, Copy)]
pub(crate) struct Word {
    en: &'static str,
    zh: &'static str,
}

/// A counted noun: one, many, and Chinese with its measure word.
#[derive(Clone, Copy)]
pub(crate) struct Noun {
    one: &'static str,
    many: &'static str,
    zh: &'static str,
}

impl Language {
    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Zh => "zh-Hans",
        }
    }

    /// The language with a tag of `en` or `zh`.
    pub fn parse(tag: &str) -> Option<Language> {
        match tag.split('-').next()? {
            "en" => Some(Language::En),
            "zh" => Some(Language::Zh),
            _ => None,
        }
    }

    pub(crate) fn say(self, word: Word) -> &'static str {
        match self {
            Language::En => word.en,
            Language::Zh => word.zh,
        }
    }

    pub(crate) fn fill(self, word: Word, with: &[&str]) -> String {
        let mut phrase = String::new();
        let mut rest = self.say(word);
        // One pass, so that a `{0}` in what is filled in stays as it is.
        while let Some(at) = rest.find('{') {
            phrase.push_str(&rest[..at]);
            let slot = rest[at + 1..].chars().next().and_then(|c| c.to_digit(10));
            let value = slot.and_then(|slot| with.get(slot as usize));
            phrase.push_str(value.copied().unwrap_or_default());
            rest = &rest[at + 3..];
        }
        phrase + rest
    }

    pub(crate) fn count(self, number: usize, noun: Noun) -> String {
        match self {
            Language::En if number == 0 => format!("no {}", noun.many),
            Language::En if number == 1 => format!("1 {}", noun.one),
            Language::En => format!("{number} {}", noun.many),
            Language::Zh => format!("{number}{}", noun.zh),
        }
    }

    /// Joins names as a sentence does: `A, B and C`.
    pub(crate) fn list(self, names: &[String]) -> String {
        let (comma, and) = match self {
            Language::En => (", ", " and "),
            Language::Zh => ("、", "和"),
        };
        match names {
            [] => String::new(),
            [one] => one.clone(),
            [rest @ .., last] => format!("{}{and}{last}", rest.join(comma)),
        }
    }

    pub(crate) fn comma(self) -> &'static str {
        match self {
            Language::En => ", ",
            Language::Zh => "，",
        }
    }

    pub(crate) fn space(self) -> &'static str {
        match self {
            Language::En => " ",
            Language::Zh => "",
        }
    }
}

macro_rules! words {
    ($($name:ident: $en:literal, $zh:literal;)+) => {
        $(pub(crate) const $name: Word = Word { en: $en, zh: $zh };)+
    };
}

macro_rules! nouns {
    ($($name:ident: $one:literal, $many:literal, $zh:literal;)+) => {
        $(pub(crate) const $name: Noun = Noun { one: $one, many: $many, zh: $zh };)+
    };
}

nouns! {
    DOCUMENTS: "document", "documents", "篇文章";
    OUTLETS: "outlet", "outlets", "家媒体";
    ORIGINS: "independent origin", "independent origins", "个独立来源";
    MOVES: "move", "moves", "项举动";
    MEETINGS: "meeting", "meetings", "次会晤";
    ENTRIES: "entry", "entries", "项";
    STATEMENTS: "statement", "statements", "条发言";
    SPEAKERS: "speaker", "speakers", "位发言者";
    LEFT_OUT_LINES: "more line is left out here", "more lines are left out here",
        "条未在此列出";
    OTHER_POSITIONS: "more position is", "more positions are", "个立场";
    OTHER_DOCUMENTS: "more document", "more documents", "篇文章";
    OTHER_PARTIES: "other", "others", "方";
    OTHER_SPEAKERS: "other speaker is", "other speakers are", "位发言者";
}

words! {
    AS_OF: "As of {0}", "截至{0}";
    HEADLINE: "{0} by {1}, {2}; {3}.", "{0}，出自{1}，{2}；{3}。";
    HEADLINE_UNDATED: "{0} by {1}, {2}; none of them is dated.",
        "{0}，出自{1}，{2}；均无日期。";
    AND_OTHERS: "{0} and {1}", "{0}及另外{1}";
    FROM_TO: "{0} to {1}", "{0}至{1}";
    HEADLINE_HOLDS: "They tell of {0}, {1} and {2} by {3}.",
        "其中记有{0}、{1}，以及{3}的{2}。";
    ONE_ORIGIN_NOTE:
        "A reprint or a translation does not count as an origin of its own.",
        "转载与译文不另计来源。";
    UNREAD: "{0} could not be read; the list of documents says why.",
        "另有{0}未能读取，原因见文章列表。";
    NOTHING_READ: "No document could be read, so there is nothing to brief.",
        "没有可读的文章，因此无从写起。";

    H_MEETINGS: "Meetings", "会晤";
    H_ISSUES: "What was said and done, by issue", "按议题：各方的言与行";
    H_DATES: "By date", "按日期";
    H_SPEAKERS: "Who said what", "谁说了什么";
    H_DOCUMENTS: "Documents", "文章";

    LAST_MEETING: "Last held: {0}.", "最近一次：{0}。";
    NEXT_MEETING: "Next, as announced: {0}.", "接下来（据已公布的安排）：{0}。";
    NO_NEXT_MEETING: "None is announced for later.", "此后没有已公布的会晤。";
    NO_HELD_MEETING: "None is told of as held.", "没有一次写明已经举行。";
    NO_MEETINGS: "These documents tell of no meeting.", "这些文章没有提到会晤。";
    NO_ACCOUNT_OF_IT: "no account that it took place", "没有举行的记述";
    UNDATED_MEETING: "date not told", "日期未写明";

    H_POSITIONS: "Where the parties stand", "各方立场";
    POSITIONS_NOTE:
        "The act with which a party stands on an issue, since when, and what the last \
         that is told of it changed; [1] is the document that tells it.",
        "表中是各方在各议题上的现有立场、起始日期，以及最近一次的变化；[1] 为所据文章。";
    NO_POSITIONS: "These documents tell of no party's position on an issue.",
        "这些文章没有写明任何一方在某一议题上的立场。";
    POSITIONS_LEFT_OUT: "{0} left out here.", "另有{0}未在此列出。";
    ISSUE: "Issue", "议题";
    POSITION_CHANGE: "{0} {1}", "{1}{0}";
    IF_MET: "{0} (if)", "{0}（有条件）";
    H_OPEN: "Open items", "未决事项";
    NO_OPEN: "These documents leave nothing open that is asked, promised or planned.",
        "这些文章里没有尚待落实的要求、承诺或安排。";
    OPEN_SUMMARY: "{0} as of {1}.", "截至{1}，{0}。";
    WHAT: "What", "事项";
    WHO: "Who", "谁对谁";
    DUE_ON: "Due", "期限";
    STATUS: "Status", "状况";
    SINCE: "since {0}", "{0}起";

    NO_MOVES: "These documents tell of no move by a party.",
        "这些文章没有提到任何一方的举动。";
    ISSUE_SUMMARY: "{0} by {1}{2}; {3}.", "{1}的{0}{2}；{3}。";
    ISSUE_DATES: ", {0}", "，{0}";
    NO_ISSUE: "On no issue of the agenda", "不在议程各议题之内";
    SILENT_ISSUES: "No word in these documents on: {0}.", "这些文章未提到：{0}。";
    NO_PARTY: "a party that is not named", "未写明的一方";
    IF: "if: {0}", "条件：{0}";
    CONDITIONAL: "conditional", "有条件";
    DUE: "by {0}", "期限{0}";
    REPORTED: "reported {0}", "{0}报道";
    UNDATED: "Undated", "日期不明";
    UNDATED_LINE: "undated", "日期不明";
    MEETING: "Meeting", "会晤";
    NO_DATES: "Nothing in these documents is dated.", "这些文章里没有可定日期的事。";

    NO_STATEMENTS: "These documents report no words of a named speaker.",
        "这些文章没有转述任何具名者的话。";
    SPEAKER_SUMMARY: "{0} in {1}.", "{0}，见于{1}。";
    SPEAKER_LEFT_OUT: "{0} not quoted here: {1}.", "另有{0}未在此引述：{1}。";
    TO: "to {0}", "对{0}";

    CITATION_NOTE:
        "[3:120–180] is bytes 120 to 180 of document 3, as it was captured.",
        "[3:120–180] 指第3篇文章原始文件的第120至180字节。";
    CITATION_NOTE_PAGE:
        "After the number of a document stand the bytes of it, as it was captured, that hold the words.",
        "文章编号后的数字是这些字在原始文件中的字节位置。";
    OR: " or ", "或";
    OWN: "own account", "自采";
    REPRINT: "reprint of {0}", "转载自{0}";
    TRANSLATION: "translation of {0}", "译自{0}";
    DIGEST: "digest of {0}", "编自{0}";
    CITES: "cites {0}", "引用{0}";
    NO_OUTLET: "outlet not named", "媒体未写明";
    NO_TITLE: "no title", "无标题";
    NO_DATE: "no date", "无日期";
    INFERRED: "about {0}", "约{0}";
    ALL_READ: "Every document was read.", "每一篇都已读过。";
    SOME_NOT_READ: "{0} not read:", "{0}未读：";
    LIKEWISE: "likewise {0}", "{0}同";

    TIMELINE_LABEL: "Timeline: moves above the line, meetings below it",
        "时间线：线上为举动，线下为会晤";
    LEGEND_ASKING: "asking", "提出要求";
    LEGEND_CONFLICT: "conflict", "对立";
    LEGEND_COOPERATION: "co-operation", "合作";
    LEGEND_MEETING: "meeting held", "已举行的会晤";
    LEGEND_PLANNED: "meeting planned, or not held", "计划中或未举行的会晤";
    ASIDE: "Outside the picture: {0}.", "图外：{0}。";
    DOUBT_NOTE: "A dotted line: the reader's confidence is below 0.7.",
        "虚线：读取的把握低于0.7。";
    MARK_NOTE: "Marked words are those that made the entry.", "标出的字是据以入账的字。";
    LOW_CONFIDENCE: "uncertain", "存疑";
    CONTENTS: "Contents", "目录";
    HOURS: "{0}\u{a0}h", "{0}小时";
    MINUTES: "{0}\u{a0}min", "{0}分钟";
}

/// The months, in English.
pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The months in three letters.
pub(crate) const SHORT_MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Language {
    /// The word for an act: its code in English, the usual verb in Chinese.
    pub fn act(self, act: Act) -> &'static str {
        let zh = match act {
            Act::Agree => "同意",
            Act::Support => "支持",
            Act::Concede => "让步",
            Act::Cooperate => "合作",
            Act::Aid => "援助",
            Act::Retreat => "撤回",
            Act::Request => "要求",
            Act::Accuse => "指责",
            Act::Reject => "拒绝",
            Act::Threaten => "警告",
            Act::Protest => "抗议",
            Act::Sanction => "制裁",
            Act::Mobilize => "部署",
            Act::Coerce => "胁迫",
            Act::Assault => "攻击",
        };
        self.say(Word { en: act.code(), zh })
    }

    /// How real an act is told to be; nothing for one that is told as done.
    pub(crate) fn modality(self, modality: Modality) -> Option<&'static str> {
        let (en, zh) = match modality {
            Modality::Actual => return None,
            Modality::Historical => ("earlier", "此前"),
            Modality::Future => ("to come", "将要"),
            Modality::Hypothetical => ("hypothetical", "假设"),
            Modality::Negated => ("denied", "否定"),
        };
        Some(self.say(Word { en, zh }))
    }

    pub(crate) fn status(self, status: Status) -> &'static str {
        let (en, zh) = match status {
            Status::Held => ("held", "已举行"),
            Status::Planned => ("planned", "计划中"),
            Status::Proposed => ("proposed", "提议"),
            Status::Cancelled => ("cancelled", "取消"),
            Status::Refused => ("refused", "被拒绝"),
        };
        self.say(Word { en, zh })
    }

    /// What a step changed in a position.
    pub(crate) fn change(self, change: Change) -> &'static str {
        let (en, zh) = match change {
            Change::New => ("new", "新提出"),
            Change::Reaffirmed => ("reaffirmed", "重申"),
            Change::Hardened => ("hardened", "趋强硬"),
            Change::Softened => ("softened", "趋缓和"),
            Change::Withdrawn => ("withdrawn", "撤回"),
            Change::Reversed => ("reversed", "逆转"),
        };
        self.say(Word { en, zh })
    }

    /// What sort of thing is open.
    pub(crate) fn open_kind(self, kind: OpenKind) -> &'static str {
        let (en, zh) = match kind {
            OpenKind::Deadline => ("deadline", "限期要求"),
            OpenKind::Meeting => ("meeting", "会晤"),
            OpenKind::Promise => ("promise", "承诺"),
            OpenKind::Request => ("request", "要求"),
            OpenKind::Threat => ("threat", "警告"),
        };
        self.say(Word { en, zh })
    }

    /// What became of something open.
    pub(crate) fn open_status(self, status: OpenStatus) -> &'static str {
        let (en, zh) = match status {
            OpenStatus::Answered => ("answered", "已答复"),
            OpenStatus::Lapsed => ("lapsed", "已过期"),
            OpenStatus::Met => ("met", "已兑现"),
            OpenStatus::Open => ("open", "待落实"),
            OpenStatus::Standing => ("standing", "仍有效"),
        };
        self.say(Word { en, zh })
    }

    pub(crate) fn level(self, level: Level) -> Option<&'static str> {
        let (en, zh) = match level {
            Level::Leaders => ("leaders", "元首级"),
            Level::Ministers => ("ministers", "部长级"),
            Level::Deputies => ("deputies", "副部长级"),
            Level::Officials => ("officials", "官员级"),
            Level::Unknown => return None,
        };
        Some(self.say(Word { en, zh }))
    }

    pub(crate) fn format(self, format: Format) -> Option<&'static str> {
        let (en, zh) = match format {
            Format::InPerson => ("in person", "面对面"),
            Format::Video => ("by video", "视频"),
            Format::Phone => ("by telephone", "电话"),
            Format::Multilateral => ("multilateral", "多边"),
            Format::Written => ("in writing", "书面"),
            Format::Unknown => return None,
        };
        Some(self.say(Word { en, zh }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filled_text_is_not_filled_again() {
        let said = Language::En.fill(FROM_TO, &["{1}", "b"]);
        assert_eq!(said, "{1} to b");
    }

    #[test]
    fn nouns_are_counted() {
        assert_eq!(Language::En.count(1, DOCUMENTS), "1 document");
        assert_eq!(Language::En.count(0, DOCUMENTS), "no documents");
        assert_eq!(Language::Zh.count(3, DOCUMENTS), "3篇文章");
    }
}
