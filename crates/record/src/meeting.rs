//! Talks, calls, summits, sessions.

use crate::{EntityId, Evidence};

codes! {
    /// How a meeting is held.
    Format {
        /// Face to face, two sides.
        InPerson = "in-person",
        /// By video.
        Video = "video",
        /// By telephone.
        Phone = "phone",
        /// A session of many parties.
        Multilateral = "multilateral",
        /// An exchange of letters or papers.
        Written = "written",
        /// The text does not say.
        Unknown = "unknown",
    }
}

codes! {
    /// The rank of those who meet.
    Level {
        /// Presidents, prime ministers.
        Leaders = "leaders",
        /// Foreign and other ministers.
        Ministers = "ministers",
        /// Deputy ministers.
        Deputies = "deputies",
        /// Envoys, delegations, experts.
        Officials = "officials",
        /// The text does not say.
        Unknown = "unknown",
    }
}

codes! {
    /// What became of a meeting by this account.
    Status {
        /// It took place.
        Held = "held",
        /// It is agreed and to come.
        Planned = "planned",
        /// One side would like it.
        Proposed = "proposed",
        /// It was called off.
        Cancelled = "cancelled",
        /// One side declined it.
        Refused = "refused",
    }
}

/// One talk, summit, call, session or visit between parties.
#[derive(Debug, Clone, PartialEq)]
pub struct Meeting {
    /// The parties, as ISO 3166-1 alpha-3 or short names, in order of naming.
    pub parties: Vec<String>,
    /// The persons named as taking part.
    pub participants: Vec<EntityId>,
    /// How it is held.
    pub format: Format,
    /// The rank of those who meet.
    pub level: Level,
    /// The place's usual English name.
    pub place: Option<String>,
    /// The first day, ISO 8601: `2022-01-10`, `2022-01` or `2022`.
    pub date: Option<String>,
    /// The last day of a meeting of several days.
    pub until: Option<String>,
    /// What became of it.
    pub status: Status,
    /// How long it lasted, in minutes.
    pub duration_minutes: Option<u32>,
    /// What came of it: 未发表联合声明.
    pub outcome: Option<Evidence>,
    /// The agenda's track that it belongs to.
    pub track: Option<String>,
    /// The best single sentence.
    pub evidence: Evidence,
    /// Every place that tells of it, the best one too.
    pub mentions: Vec<Evidence>,
    /// The probability that a careful reader would enter it so, 0 to 1.
    pub confidence: f64,
}

json_fields!(Meeting {
    parties,
    participants,
    format,
    level,
    place,
    date,
    until,
    status,
    duration_minutes,
    outcome,
    track,
    evidence,
    mentions,
    confidence,
});
