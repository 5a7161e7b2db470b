//! What is still open: promises, deadlines, conditional threats, requests, meetings to come.
//!
//! In: what is told of acts, the tables `open` (what makes an item), `closings` (what
//! closes it), `deeds` (what can be promised, and how it is told once it is done) and
//! `hedges` (words with which nothing is promised). Out: items, and the act that closes
//! each. Refuses to know: where acts are kept, today's date.

use super::history::Told;
use super::planned::day;
use super::table::{Rule, Rules};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// What sort of thing is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OpenKind {
    /// Something is asked for by a day.
    Deadline,
    /// Talks are agreed and to come.
    Meeting,
    /// Something is to be done that can be seen when it is done.
    Promise,
    /// Something is asked for on an issue.
    Request,
    /// Something will befall the other side if it does what it should not.
    Threat,
}

impl OpenKind {
    /// The word that it prints as.
    pub fn code(self) -> &'static str {
        match self {
            OpenKind::Deadline => "deadline",
            OpenKind::Meeting => "meeting",
            OpenKind::Promise => "promise",
            OpenKind::Request => "request",
            OpenKind::Threat => "threat",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<OpenKind> {
        let all = [
            OpenKind::Deadline,
            OpenKind::Meeting,
            OpenKind::Promise,
            OpenKind::Request,
            OpenKind::Threat,
        ];
        all.into_iter().find(|kind| kind.code() == code)
    }
}

/// What became of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OpenStatus {
    /// The other side answered, with a yes or a no.
    Answered,
    /// Its day has passed with no account of it, or it was given up.
    Lapsed,
    /// It was done.
    Met,
    /// Nothing is known to have closed it.
    Open,
    /// A threat that still holds.
    Standing,
}

impl OpenStatus {
    /// The word that it prints as.
    pub fn code(self) -> &'static str {
        match self {
            OpenStatus::Answered => "answered",
            OpenStatus::Lapsed => "lapsed",
            OpenStatus::Met => "met",
            OpenStatus::Open => "open",
            OpenStatus::Standing => "standing",
        }
    }

    fn from_code(code: &str) -> Option<OpenStatus> {
        let all = [
            OpenStatus::Answered,
            OpenStatus::Lapsed,
            OpenStatus::Met,
            OpenStatus::Open,
            OpenStatus::Standing,
        ];
        all.into_iter().find(|status| status.code() == code)
    }
}

/// What is told of one act, with what an open item takes from it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Act {
    /// Whose act it is.
    pub party: String,
    /// What it is about.
    pub issue: Option<String>,
    /// By when.
    pub due: Option<String>,
    /// What it hangs on, in the text's words.
    pub condition: Option<String>,
    /// The words that tell it.
    pub words: String,
    /// The same words without the names in them: what it is about.
    pub matter: String,
    /// The sort of item that it makes, where that was noted when it was appended.
    pub noted: Option<OpenKind>,
    /// The act itself.
    pub told: Told,
}

/// One open item, before it is known what became of it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Item {
    /// What sort of thing it is.
    pub kind: OpenKind,
    /// Whose it is.
    pub party: String,
    /// Towards whom.
    pub toward: Vec<String>,
    /// What it is about.
    pub issue: Option<String>,
    /// By when.
    pub due: Option<String>,
    /// What it hangs on.
    pub condition: Option<String>,
    /// The row of `deeds` that tells it done.
    pub deed: Option<&'static str>,
    /// The day that it is first told of.
    pub date: String,
    /// What it is about, in the words that tell it first.
    pub matter: String,
    /// The numbers of the acts that tell it, oldest first.
    pub told: Vec<usize>,
}

/// The tables, read once.
pub(crate) struct OpenRules {
    open: Rules,
    closings: Rules,
    deeds: Rules,
    hedges: Rules,
}

/// The rules of open items.
pub(crate) static RULES: LazyLock<OpenRules> = LazyLock::new(|| OpenRules {
    open: Rules::parse(include_str!("../../rules/open.tsv")),
    closings: Rules::parse(include_str!("../../rules/closings.tsv")),
    deeds: Rules::parse(include_str!("../../rules/deeds.tsv")),
    hedges: Rules::parse(include_str!("../../rules/hedges.tsv")),
});

fn least(text: &str) -> Option<f64> {
    text.parse().ok()
}

fn has_one_of(words: &str, list: &str) -> bool {
    list.split(';').any(|one| words.contains(one))
}

fn fits(row: &Rule, told: &Told) -> bool {
    row.admits("act", &told.act) && row.admits("modality", &told.modality)
}

impl OpenRules {
    /// What can be seen when it is done, and is promised in these words.
    fn deed(&self, words: &str) -> Option<&'static str> {
        if self.hedges.iter().any(|row| words.contains(row.cell("word"))) {
            return None;
        }
        let found = self.deeds.iter().find(|row| {
            has_one_of(words, row.cell("thing")) && has_one_of(words, row.cell("promise"))
        });
        found.map(|row| row.cell("deed"))
    }

    /// Whether words tell a deed as done.
    fn is_done(&self, deed: &str, words: &str) -> bool {
        self.deeds.iter().filter(|row| row.cell("deed") == deed).any(|row| {
            has_one_of(words, row.cell("thing")) && has_one_of(words, row.cell("done"))
        })
    }

    /// What sort of item an act makes, if it makes one.
    pub fn kind(&self, act: &Act) -> Option<OpenKind> {
        let deed = self.deed(&act.words);
        let has = |part: &str| match part {
            "due" => act.due.is_some(),
            "deed" => deed.is_some(),
            "target" => !act.told.targets.is_empty(),
            _ => act.issue.is_some(),
        };
        let conditional = if act.told.is_conditional { "yes" } else { "no" };
        let row = self.open.iter().find(|row| {
            fits(row, &act.told)
                && row.admits("conditional", conditional)
                && row.cell("with").split(';').all(has)
                && act.told.confidence >= row.value("confidence", least)
        });
        row.filter(|_| act.told.is_own).map(|row| row.value("kind", OpenKind::from_code))
    }

    /// The items that acts make. What one party asks of or threatens the same party with
    /// on one issue is one item, however often it is said; threats must name a condition
    /// that is told alike.
    pub fn items(&self, acts: &[Act]) -> Vec<Item> {
        let mut order: Vec<usize> = (0..acts.len()).collect();
        order.sort_by(|a, b| {
            let (a, b) = (&acts[*a].told, &acts[*b].told);
            a.date.cmp(&b.date).then_with(|| a.id.cmp(&b.id))
        });
        let mut items: Vec<Item> = Vec::new();
        let mut alike: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for number in order {
            let act = &acts[number];
            let Some(kind) = act.noted.or_else(|| self.kind(act)) else { continue };
            let deed = match kind {
                OpenKind::Promise => self.deed(&act.words),
                _ => None,
            };
            let due = act.due.as_ref().filter(|_| kind != OpenKind::Threat);
            let key = (kind, &act.party, &act.issue, due, deed);
            let heads = alike.entry(key).or_default();
            let head = heads.iter().find(|head| items[**head].is_told_by(act));
            if let Some(head) = head {
                items[*head].told.push(number);
                continue;
            }
            heads.push(items.len());
            items.push(Item {
                kind,
                party: act.party.clone(),
                toward: act.told.targets.clone(),
                issue: act.issue.clone(),
                due: due.cloned(),
                condition: act.condition.clone(),
                deed,
                date: act.told.date.clone(),
                matter: act.matter.clone(),
                told: vec![number],
            });
        }
        items.sort_by(|a, b| place(a).cmp(&place(b)));
        items
    }

    /// The deeds that words tell as done.
    pub fn deeds_done(&self, words: &str) -> BTreeSet<&'static str> {
        let done = self.deeds.iter().filter(|row| {
            has_one_of(words, row.cell("thing")) && has_one_of(words, row.cell("done"))
        });
        done.map(|row| row.cell("deed")).collect()
    }

    /// The acts that can close an item of a sort, none where any can; and after how many
    /// days at most, none where that does not count.
    pub fn closers(
        &self,
        kind: OpenKind,
    ) -> (Option<BTreeSet<&'static str>>, Option<i64>) {
        let rows = || self.closings.iter().filter(|row| row.cell("kind") == kind.code());
        let acts = rows().flat_map(|row| row.cell("act").split(';')).collect();
        let days = rows().map(|row| row.cell("days").parse().ok());
        let days: Option<Vec<i64>> = days.collect();
        let is_any = rows().any(|row| row.cell("act") == "any");
        ((!is_any).then_some(acts), days.and_then(|days| days.into_iter().max()))
    }

    /// Whether an act, whatever its words, is one that can close an item.
    pub fn may_close(&self, item: &Item, act: &Act) -> bool {
        self.closings.iter().any(|row| {
            row.cell("kind") == item.kind.code()
                && item.is_closed_by(act, row.cell("by") == "other")
                && fits(&row, &act.told)
                && act.told.confidence >= row.value("confidence", least)
                && item.is_near(act, row.cell("days"))
        })
    }

    /// The first of later acts that closes an item, and what it makes of it; `later` is in
    /// order of time.
    pub fn closing(&self, item: &Item, later: &[Act]) -> Option<(OpenStatus, usize)> {
        later.iter().enumerate().find_map(|(number, act)| {
            let row = self.closings.iter().find(|row| {
                row.cell("kind") == item.kind.code()
                    && item.is_closed_by(act, row.cell("by") == "other")
                    && fits(row, &act.told)
                    && act.told.confidence >= row.value("confidence", least)
                    && item.is_near(act, row.cell("days"))
                    && (row.cell("alike") == "no"
                        || likeness(&item.matter, &act.matter) > 0.0)
            })?;
            // A promise that is made again is not kept by that.
            let is_done = match item.deed {
                Some(_) if self.kind(act) == Some(OpenKind::Promise) => false,
                Some(deed) => self.is_done(deed, &act.words),
                None => true,
            };
            is_done.then(|| (row.value("status", OpenStatus::from_code), number))
        })
    }
}

fn place(item: &Item) -> impl Ord + use<'_> {
    (
        item.day(),
        &item.date,
        item.kind,
        &item.party,
        &item.issue,
        &item.toward,
        &item.condition,
    )
}

impl Item {
    /// The day that it is due on, else first told of.
    pub fn day(&self) -> &str {
        self.due.as_ref().unwrap_or(&self.date)
    }

    /// Whose later acts can close it; nobody's where nothing says what it is about.
    pub fn closers(&self) -> Vec<&String> {
        match self.kind {
            _ if self.deed.is_none() && self.issue.is_none() => Vec::new(),
            OpenKind::Request | OpenKind::Deadline => self.toward.iter().collect(),
            _ => vec![&self.party],
        }
    }

    /// Whether an act says the same again.
    fn is_told_by(&self, act: &Act) -> bool {
        let shares = self.toward.iter().any(|party| act.told.targets.contains(party));
        let shares = shares || self.toward == act.told.targets;
        match (self.kind, &self.condition, &act.condition) {
            (OpenKind::Threat, Some(a), Some(b)) => shares && likeness(a, b) >= 0.4,
            (OpenKind::Threat, ..) => false,
            _ => shares,
        }
    }

    fn is_closed_by(&self, act: &Act, is_other: bool) -> bool {
        let (by, to) = (&act.party, &act.told.targets);
        let is_between = match is_other {
            true => {
                self.toward.contains(by) && (to.is_empty() || to.contains(&self.party))
            }
            false => *by == self.party && self.toward.iter().any(|one| to.contains(one)),
        };
        let is_on_issue = match (&self.deed, &self.issue) {
            (Some(_), _) => true,
            (None, issue) => issue.is_some() && *issue == act.issue,
        };
        is_between && is_on_issue && act.told.date > self.date
    }

    /// Whether an act follows within so many days; `-` for any number.
    fn is_near(&self, act: &Act, days: &str) -> bool {
        let apart = || Some(day(&act.told.date)? - day(&self.date)?);
        match days.parse::<i64>() {
            Ok(most) => apart().is_some_and(|apart| apart <= most),
            Err(_) => true,
        }
    }

    /// What became of it as of a day, where nothing closed it.
    pub fn standing(&self, as_of: Option<&str>) -> OpenStatus {
        let has_passed = |due: &str| {
            let last = due.rsplit('/').next().unwrap_or(due);
            as_of.is_some_and(|day| format!("{last}~").as_str() < day)
        };
        match self.kind {
            OpenKind::Threat => OpenStatus::Standing,
            _ if self.due.as_deref().is_some_and(has_passed) => OpenStatus::Lapsed,
            _ => OpenStatus::Open,
        }
    }
}

/// How alike two wordings are, 0 to 1: twice the shared pairs of neighbouring characters
/// over all of them (Dice).
fn likeness(a: &str, b: &str) -> f64 {
    let pairs = |text: &str| {
        let all: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
        all.windows(2).map(|pair| (pair[0], pair[1])).collect::<BTreeSet<_>>()
    };
    let (a, b) = (pairs(a), pairs(b));
    let shared = a.intersection(&b).count();
    2.0 * shared as f64 / (a.len() + b.len()).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn act(day: u8, party: &str, act: &str, words: &str) -> Act {
        Act {
            party: party.to_owned(),
            issue: Some("military-exercises".to_owned()),
            due: None,
            condition: None,
            words: words.to_owned(),
            matter: words.to_owned(),
            noted: None,
            told: Told {
                date: format!("2022-01-{day:02}"),
                act: act.to_owned(),
                modality: "actual".to_owned(),
                is_conditional: false,
                targets: vec![if party == "RUS" { "USA" } else { "RUS" }.to_owned()],
                confidence: 0.9,
                origin: "甲报".to_owned(),
                is_own: true,
                id: format!("{party} {act} {day}"),
            },
        }
    }

    fn threat(day: u8, condition: &str) -> Act {
        let mut one = act(day, "USA", "THREATEN", "美方警告");
        one.condition = Some(condition.to_owned());
        one.told.is_conditional = true;
        one
    }

    #[test]
    fn every_row_of_open_makes_its_item() {
        for row in RULES.open.iter() {
            for code in row.cell("act").split(';') {
                let has = |part: &str| row.cell("with").split(';').any(|one| one == part);
                let mut one = act(1, "RUS", code, "俄方将提交一份文件");
                one.told.modality =
                    row.cell("modality").split(';').next_back().unwrap().to_owned();
                one.told.is_conditional = row.cell("conditional") == "yes";
                one.told.confidence = row.value("confidence", least);
                one.due = has("due").then(|| "2022-02-01".to_owned());
                if !has("issue") {
                    one.issue = None;
                }
                let made = RULES.kind(&one).map(OpenKind::code);
                assert_eq!(made, Some(row.cell("kind")), "{code} {}", row.cell("with"));
                one.told.confidence -= 0.01;
                assert_eq!(RULES.kind(&one), None, "{code} {}", row.cell("with"));
            }
        }
    }

    #[test]
    fn every_deed_is_promised_and_done_in_its_examples() {
        for row in RULES.deeds.iter() {
            let deed = row.cell("deed");
            assert_eq!(RULES.deed(row.cell("promise_example")), Some(deed));
            assert!(RULES.is_done(deed, row.cell("done_example")), "{deed}");
        }
    }

    #[test]
    fn nothing_is_promised_with_a_hedge() {
        for row in RULES.hedges.iter() {
            let (word, example) = (row.cell("word"), row.cell("example"));
            assert!(example.contains(word), "{word}");
            assert_eq!(RULES.deed(example), None, "{word}");
        }
    }

    #[test]
    fn every_closing_closes_its_item() {
        for row in RULES.closings.iter() {
            let mut item = match row.cell("kind") {
                "promise" => act(1, "USA", "AGREE", "美方将提交一份文件"),
                "threat" => threat(1, "如果边界被越过"),
                _ => act(1, "USA", "REQUEST", "美方要求提交文件"),
            };
            item.due = (row.cell("kind") == "deadline").then(|| "2022-02-01".to_owned());
            let items = RULES.items(&[item]);
            assert_eq!(items[0].kind.code(), row.cell("kind"));
            let by = if row.cell("by") == "other" { "RUS" } else { "USA" };
            let code = row.cell("act").split(';').next().unwrap();
            let code = if code == "any" { "AGREE" } else { code };
            let later = act(2, by, code, "文件已经提交");
            let closed = RULES.closing(&items[0], std::slice::from_ref(&later));
            let status = closed.map(|(status, _)| status.code());
            assert_eq!(status, Some(row.cell("status")), "{}", row.cell("example"));
            let before = act(1, by, code, "文件已经提交");
            assert_eq!(RULES.closing(&items[0], &[before]), None);
            if row.cell("alike") == "yes" {
                let mut other = later.clone();
                other.matter = "释放人质".to_owned();
                assert_eq!(RULES.closing(&items[0], &[other]), None);
            }
            let mut elsewhere = later;
            elsewhere.told.targets = vec!["CHN".to_owned()];
            assert_eq!(RULES.closing(&items[0], &[elsewhere]), None);
        }
    }

    #[test]
    fn a_threat_is_one_item_while_its_condition_is_told_alike() {
        let all = [
            threat(1, "如果边界被越过"),
            threat(2, "一旦边界被越过"),
            threat(3, "如果谈判破裂"),
        ];
        let items = RULES.items(&all);
        let told: Vec<&[usize]> = items.iter().map(|one| one.told.as_slice()).collect();
        assert_eq!(told, [&[0, 1][..], &[2]]);
        assert_eq!(items[0].standing(Some("2023-01-01")), OpenStatus::Standing);
    }

    #[test]
    fn an_item_lapses_when_its_day_has_passed() {
        let mut one = act(1, "USA", "REQUEST", "美方要求答复");
        one.due = Some("2022-02".to_owned());
        let items = RULES.items(&[one]);
        assert_eq!(items[0].standing(Some("2022-02-28")), OpenStatus::Open);
        assert_eq!(items[0].standing(Some("2022-03-01")), OpenStatus::Lapsed);
        assert_eq!(items[0].standing(None), OpenStatus::Open);
    }
}
