//! An annotation or a reading, as far as it is scored.
//!
//! In: JSON in the annotation guide's form. Out: an [`Annotation`]. Refuses to know: who
//! wrote it, a person or the reader; keys that are not scored.

use super::alike::plain;
use anyhow::{Context, Result};
use serde_json::Value;
use std::path::Path;

/// What one ID.json holds; a file that is missing counts as one that holds nothing.
#[derive(Debug, Default)]
pub struct Annotation {
    /// BCP 47, where the file says: `zh-Hans`.
    pub language: Option<String>,
    /// Who is named.
    pub actors: Vec<Actor>,
    /// Reported speech.
    pub statements: Vec<Said>,
    /// Talks.
    pub meetings: Vec<Talk>,
    /// Acts.
    pub moves: Vec<Deed>,
    /// Dates.
    pub dates: Vec<Dated>,
}

/// One actor; names and roles are in plain form.
#[derive(Debug)]
pub struct Actor {
    /// The usual English name.
    pub name: String,
    /// Whether it is an outlet, whose surfaces are not scored.
    pub is_outlet: bool,
    /// The office.
    pub role: Option<String>,
    /// More offices; an annotation gives none here.
    pub roles: Vec<String>,
    /// Distinct strings that name it.
    pub surfaces: Vec<String>,
}

/// One statement.
#[derive(Debug)]
pub struct Said {
    /// Whose words they are.
    pub speaker: Option<String>,
    /// The words that name the speaker.
    pub surface: Option<String>,
    /// The verb.
    pub cue: Option<String>,
    /// `direct`, `indirect` or `mixed`.
    pub kind: String,
    /// What was said, all parts joined.
    pub content: String,
    /// The same in plain form.
    pub plain: Vec<char>,
    /// How sure the reader was.
    pub confidence: Option<f64>,
}

/// One meeting.
#[derive(Debug)]
pub struct Talk {
    /// The parties.
    pub parties: Vec<String>,
    /// The first day.
    pub date: Option<String>,
    /// How it is held.
    pub format: Option<String>,
    /// What became of it.
    pub status: Option<String>,
    /// The best sentence.
    pub evidence: String,
    /// How sure the reader was.
    pub confidence: Option<f64>,
}

/// One move.
#[derive(Debug)]
pub struct Deed {
    /// The party, or several joined by `;`.
    pub actor: Option<String>,
    /// The PLOVER type.
    pub act: Option<String>,
    /// Towards whom.
    pub target: Vec<String>,
    /// The clause.
    pub evidence: String,
    /// The same in plain form.
    pub plain: Vec<char>,
    /// How sure the reader was.
    pub confidence: Option<f64>,
}

/// One time expression.
#[derive(Debug)]
pub struct Dated {
    /// Its words.
    pub text: String,
    /// The same in plain form.
    pub plain: Vec<char>,
    /// Its value.
    pub value: Option<String>,
}

impl Annotation {
    /// Reads one ID.json.
    pub fn load(path: &Path) -> Result<Annotation> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        let json: Value = serde_json::from_str(&text)
            .with_context(|| format!("{} is not JSON", path.display()))?;
        Ok(Annotation::read(&json))
    }

    /// Reads the keys that are scored; one that is missing is empty.
    pub fn read(json: &Value) -> Annotation {
        Annotation {
            language: text(json, "language"),
            actors: list(json, "actors").iter().map(Actor::read).collect(),
            statements: list(json, "statements").iter().map(Said::read).collect(),
            meetings: list(json, "meetings").iter().map(Talk::read).collect(),
            moves: list(json, "moves").iter().map(Deed::read).collect(),
            dates: list(json, "dates").iter().map(Dated::read).collect(),
        }
    }
}

impl Actor {
    fn read(json: &Value) -> Actor {
        let office = |words: String| (!words.is_empty()).then(|| plain(&words));
        Actor {
            name: plain(&text(json, "name").unwrap_or_default()),
            is_outlet: text(json, "type").as_deref() == Some("outlet"),
            role: text(json, "role").and_then(office),
            roles: texts(json, "roles").into_iter().filter_map(office).collect(),
            surfaces: texts(json, "surfaces").iter().map(|s| plain(s)).collect(),
        }
    }
}

impl Said {
    fn read(json: &Value) -> Said {
        let content = texts(json, "content").concat();
        Said {
            speaker: text(json, "speaker"),
            surface: text(json, "speaker_surface"),
            cue: text(json, "cue"),
            kind: text(json, "kind").unwrap_or_default(),
            plain: plain(&content).chars().collect(),
            content,
            confidence: json["confidence"].as_f64(),
        }
    }
}

impl Talk {
    fn read(json: &Value) -> Talk {
        Talk {
            parties: texts(json, "parties"),
            date: text(json, "date"),
            format: text(json, "format"),
            status: text(json, "status"),
            evidence: text(json, "evidence").unwrap_or_default(),
            confidence: json["confidence"].as_f64(),
        }
    }
}

impl Deed {
    fn read(json: &Value) -> Deed {
        let evidence = text(json, "evidence").unwrap_or_default();
        Deed {
            actor: text(json, "actor"),
            act: text(json, "act"),
            target: texts(json, "target"),
            plain: plain(&evidence).chars().collect(),
            evidence,
            confidence: json["confidence"].as_f64(),
        }
    }
}

impl Dated {
    fn read(json: &Value) -> Dated {
        let words = text(json, "text").unwrap_or_default();
        Dated {
            plain: plain(&words).chars().collect(),
            text: words,
            value: text(json, "value"),
        }
    }
}

fn list<'v>(json: &'v Value, key: &str) -> &'v [Value] {
    json[key].as_array().map_or(&[], Vec::as_slice)
}

fn text(json: &Value, key: &str) -> Option<String> {
    json[key].as_str().map(str::to_owned)
}

fn texts(json: &Value, key: &str) -> Vec<String> {
    list(json, key).iter().filter_map(Value::as_str).map(str::to_owned).collect()
}
