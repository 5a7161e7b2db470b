//! Every word that an export says, English and Chinese side by side.
//!
//! In: a code of the ledger. Out: a word. Refuses to know: where it is used.

use crate::telling::Language;

/// A word in each language.
#[derive(Clone, Copy)]
pub(crate) struct Word(&'static str, &'static str);

impl Language {
    /// The word in this language.
    pub(crate) fn say(self, Word(en, zh): Word) -> &'static str {
        match self {
            Language::En => en,
            Language::Zh => zh,
        }
    }

    /// The word for a code; a code without one stands for itself, `unknown` for nothing.
    pub(crate) fn code(self, code: &str) -> &str {
        if code == "unknown" {
            return "";
        }
        let found = CODES.iter().find(|(known, _)| *known == code);
        found.map_or(code, |(_, word)| self.say(*word))
    }

    /// Joins what is not empty.
    pub(crate) fn join(self, parts: &[&str]) -> String {
        let parts: Vec<&str> =
            parts.iter().filter(|part| !part.is_empty()).copied().collect();
        parts.join(match self {
            Language::En => ", ",
            Language::Zh => "，",
        })
    }

    /// A label and what it stands before.
    pub(crate) fn labelled(self, label: Word, value: &str) -> String {
        match self {
            Language::En => format!("{}: {value}", label.0),
            Language::Zh => format!("{}：{value}", label.1),
        }
    }
}

macro_rules! words {
    ($($name:ident: $en:literal, $zh:literal;)+) => {
        $(pub(crate) const $name: Word = Word($en, $zh);)+
    };
}

words! {
    TALKS: "Talks", "谈判";
    CHANGES: "Changes", "变动";
    SOMEBODY: "a party that is not named", "未写明的一方";
    PARTICIPANTS: "Taking part", "参加者";
    OUTCOME: "Outcome", "结果";
    DATE_TOLD: "The date is told only as", "日期仅写作";
    NO_ACCOUNT: "No account tells that it took place.", "没有举行的记述。";
    DUE: "Due", "到期";
    CONDITION: "If", "条件";
    CLOSED_BY: "Closed by", "了结";
    MORE: "More accounts", "其余记述";
    NEW: "new", "新增";
    CHANGED: "changed", "有变";
    WAS: "was", "原为";
    MEETINGS: "Meetings", "会晤";
    MOVES: "Moves", "举动";
    UNTITLED: "no title", "无标题";
    ON: "on", "就";
}

/// The words for the codes of the ledger.
const CODES: &[(&str, Word)] = &[
    ("held", Word("held", "已举行")),
    ("planned", Word("planned", "计划中")),
    ("proposed", Word("proposed", "提议")),
    ("cancelled", Word("cancelled", "取消")),
    ("refused", Word("refused", "被拒绝")),
    ("leaders", Word("leaders", "元首级")),
    ("ministers", Word("ministers", "部长级")),
    ("deputies", Word("deputies", "副部长级")),
    ("officials", Word("officials", "官员级")),
    ("in-person", Word("in person", "面对面")),
    ("video", Word("by video", "视频")),
    ("phone", Word("by telephone", "电话")),
    ("multilateral", Word("multilateral", "多边")),
    ("written", Word("in writing", "书面")),
    ("promise", Word("promise", "承诺")),
    ("deadline", Word("deadline", "期限")),
    ("threat", Word("threat", "威胁")),
    ("request", Word("request", "要求")),
    ("meeting", Word("meeting", "会晤")),
    ("move", Word("move", "举动")),
    ("statement", Word("statement", "发言")),
    ("document", Word("document", "文章")),
    ("position", Word("position", "立场")),
    ("open", Word("open", "未了")),
    ("met", Word("met", "已兑现")),
    ("lapsed", Word("lapsed", "已过期")),
    ("standing", Word("standing", "仍有效")),
    ("answered", Word("answered", "已答复")),
    ("historical", Word("earlier", "此前")),
    ("future", Word("to come", "将要")),
    ("hypothetical", Word("hypothetical", "假设")),
    ("negated", Word("denied", "否定")),
    ("AGREE", Word("AGREE", "同意")),
    ("SUPPORT", Word("SUPPORT", "支持")),
    ("CONCEDE", Word("CONCEDE", "让步")),
    ("COOPERATE", Word("COOPERATE", "合作")),
    ("AID", Word("AID", "援助")),
    ("RETREAT", Word("RETREAT", "撤回")),
    ("REQUEST", Word("REQUEST", "要求")),
    ("ACCUSE", Word("ACCUSE", "指责")),
    ("REJECT", Word("REJECT", "拒绝")),
    ("THREATEN", Word("THREATEN", "警告")),
    ("PROTEST", Word("PROTEST", "抗议")),
    ("SANCTION", Word("SANCTION", "制裁")),
    ("MOBILIZE", Word("MOBILIZE", "部署")),
    ("COERCE", Word("COERCE", "胁迫")),
    ("ASSAULT", Word("ASSAULT", "攻击")),
];

#[cfg(test)]
mod tests {
    use super::*;
    use record::{Act, Format, Level, Modality, Status};

    #[test]
    fn every_code_of_the_record_has_a_word() {
        let acts = Act::ALL.iter().map(|act| act.code());
        let formats = Format::ALL.iter().map(|format| format.code());
        let levels = Level::ALL.iter().map(|level| level.code());
        let modalities = Modality::ALL.iter().map(|modality| modality.code());
        let statuses = Status::ALL.iter().map(|status| status.code());
        let codes = acts.chain(formats).chain(levels).chain(modalities).chain(statuses);
        for code in codes.filter(|code| !["unknown", "actual"].contains(code)) {
            assert_ne!(Language::Zh.code(code), code, "{code}");
        }
    }
}
