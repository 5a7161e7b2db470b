//! Calendar time in text, after TIMEX3 (ISO 24617-1).

use crate::Evidence;

codes! {
    /// The TIMEX3 type.
    TimexKind {
        /// 12月7日, 周一, 去年12月底.
        Date = "DATE",
        /// 5月19日晚.
        Time = "TIME",
        /// 两小时: kept, but no date.
        Duration = "DURATION",
        /// 每周一.
        Set = "SET",
    }
}

/// The day that a relative expression was counted from, and why that day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// ISO 8601.
    pub value: String,
    /// `publication`, `dateline`, `said` (the day of the words), `relied` (the day of the
    /// article relied on) or `text` (a date named before).
    pub why: String,
}

json_fields!(Anchor { value, why });

/// One time expression and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timex {
    /// The TIMEX3 type.
    pub kind: TimexKind,
    /// ISO 8601: `2022-01-10`, `2022-01`, `2014`, `2022-01-09/2022-01-10`, `PT2H`.
    pub value: String,
    /// `START`, `MID`, `END`, `APPROX`, `BEFORE` or `AFTER`.
    pub modifier: Option<String>,
    /// What a relative one was counted from.
    pub anchor: Option<Anchor>,
    /// The words and the row that read them.
    pub evidence: Evidence,
}

json_fields!(Timex { kind, value, modifier, anchor, evidence });

impl Timex {
    /// Whether it names a calendar time and not a length or a repetition.
    pub fn is_calendar(&self) -> bool {
        matches!(self.kind, TimexKind::Date | TimexKind::Time)
    }
}
