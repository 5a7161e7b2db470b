//! `demarche explain`: what made each entry of a reading.
//!
//! In: names. Out: every entry in one line, its words, and beneath them the rows of the
//! language data and the rules that made it, and what weighed with the models that decided
//! it. Refuses to know: what a row or a feature means; addresses and names say that.

use crate::arguments::{ExplainArguments, ReadFormat};
use crate::fetch::Item;
use crate::print::{out, width};
use crate::reader::Desk;
use crate::render::{self, heading, wrap};
use crate::{Ended, read};
use anyhow::Result;
use extract::Judgement;
use record::{Entity, Evidence, Meeting, Move, Reading, Span, Statement, Timex};
use serde_json::{Value, json};
use std::io::{self, Write};

/// How many features are shown for a decision and how many against it.
const FEW: usize = 4;

/// Runs `demarche explain`.
pub fn run(asked: ExplainArguments) -> Result<Ended> {
    let desk = Desk::open(asked.input.agenda.as_deref())?;
    read::each(&asked.input, &desk, |item, reading| {
        let judgements = desk.explain(item);
        let room = Room { reading, judgements: &judgements };
        let mut out = out();
        match asked.format {
            ReadFormat::Json => {
                let json = serde_json::to_string_pretty(&room.json(item))?;
                writeln!(out, "{json}")?;
            }
            ReadFormat::Table => room.write(&mut out, &item.document.path)?,
        }
        Ok(out.flush()?)
    })
}

/// A reading and what the models said on the way to it.
struct Room<'a> {
    reading: &'a Reading,
    judgements: &'a [Judgement],
}

/// One entry and what made it.
struct Entry<'a> {
    /// The entry in one line.
    line: String,
    /// Its words; none for an actor, who is the sum of its mentions.
    evidence: Option<&'a Evidence>,
    confidence: Option<f64>,
    made: Vec<Made<'a>>,
    judgements: Vec<&'a Judgement>,
}

/// Words of the text and the rows or rules that took them for what they are.
struct Made<'a> {
    /// What they are of the entry: `cue`, `speaker`, `trigger`.
    part: &'static str,
    words: &'a str,
    rules: Vec<&'a str>,
    /// How often they stand so.
    count: usize,
}

impl<'a> Made<'a> {
    fn of(part: &'static str, evidence: &'a Evidence) -> Made<'a> {
        let rules = evidence.rules.iter().map(|rule| rule.as_str()).collect();
        Made { part, words: &evidence.words, rules, count: 1 }
    }

    fn json(&self) -> Value {
        json!({
            "part": self.part,
            "words": self.words,
            "rules": self.rules,
            "count": self.count,
        })
    }
}

impl<'a> Room<'a> {
    fn kinds(&self) -> [(&'static str, Vec<Entry<'a>>); 5] {
        let reading = self.reading;
        [
            (
                "statements",
                reading.statements.iter().map(|s| self.statement(s)).collect(),
            ),
            ("moves", reading.moves.iter().map(|m| self.act(m)).collect()),
            ("meetings", reading.meetings.iter().map(|m| self.meeting(m)).collect()),
            ("actors", reading.entities.iter().map(|e| self.actor(e)).collect()),
            ("dates", reading.timexes.iter().map(date).collect()),
        ]
    }

    fn statement(&self, line: &'a Statement) -> Entry<'a> {
        let mut made: Vec<Made> = Vec::new();
        let parts = [
            ("speaker", &line.speaker_surface),
            ("cue", &line.cue),
            ("addressee", &line.addressee),
            ("occasion", &line.occasion),
        ];
        for (part, evidence) in parts {
            made.extend(evidence.iter().map(|evidence| Made::of(part, evidence)));
        }
        Entry {
            line: render::statement(self.reading, line),
            evidence: line.content.first(),
            confidence: Some(line.confidence),
            made,
            judgements: self.of_statement(line),
        }
    }

    /// What was said of a statement's cue, of whom it took for the speaker, and of the
    /// places up to where the report ends.
    fn of_statement(&self, line: &Statement) -> Vec<&'a Judgement> {
        let Some(cue) = &line.cue else { return Vec::new() };
        let asked = |model: &'static str| {
            self.judgements
                .iter()
                .filter(move |j| j.model == model && j.anchor == Some(cue.span))
        };
        let speaker = line.speaker_surface.as_ref().map(|surface| surface.span);
        let chosen = asked("sources")
            .filter(|j| speaker.map_or(j.span.is_empty(), |span| span == j.span))
            .max_by(|a, b| a.probability.total_cmp(&b.probability));
        let end = line.content.iter().map(|part| part.span.end).max().unwrap_or(0);
        let mut judgements: Vec<&Judgement> = Vec::new();
        judgements.extend(asked("cues").next_back());
        judgements.extend(chosen);
        judgements.extend(asked("ends").filter(|j| j.span.end <= end));
        judgements
    }

    fn act(&self, line: &'a Move) -> Entry<'a> {
        let mut made: Vec<Made> = Vec::new();
        if !line.evidence.rules.is_empty() {
            made.push(Made { words: "", ..Made::of("trigger", &line.evidence) });
        }
        if let Some(statement) =
            line.statement.and_then(|at| self.reading.statements.get(at))
        {
            let told = [("told by", &statement.speaker_surface), ("cue", &statement.cue)];
            for (part, evidence) in told {
                made.extend(evidence.iter().map(|evidence| Made::of(part, evidence)));
            }
        }
        made.extend(line.condition.iter().map(|c| Made::of("condition", &c.evidence)));
        Entry {
            line: render::act(self.reading, line),
            evidence: Some(&line.evidence),
            confidence: Some(line.confidence),
            made,
            judgements: self.of_move(line),
        }
    }

    /// Whether there is an act in the move's clause, and which.
    fn of_move(&self, line: &Move) -> Vec<&'a Judgement> {
        let last = line.evidence.span.end.saturating_sub(1);
        let asked = |model: &'static str| {
            self.judgements
                .iter()
                .filter(move |j| {
                    j.model == model && j.span.holds(last) && j.parties == line.actor
                })
                .max_by(|a, b| a.probability.total_cmp(&b.probability))
        };
        let act = self.judgements.iter().filter(|j| {
            j.model == "acts"
                && j.span.holds(last)
                && j.parties == line.actor
                && j.class == line.act.code()
        });
        let act = act.max_by(|a, b| a.probability.total_cmp(&b.probability));
        asked("moves").into_iter().chain(act).collect()
    }

    fn meeting(&self, line: &'a Meeting) -> Entry<'a> {
        let told = line.mentions.iter().filter(|m| m.span != line.evidence.span);
        let mut made = vec![Made { words: "", ..Made::of("words", &line.evidence) }];
        made.extend(told.map(|mention| Made::of("told again", mention)));
        made.extend(line.outcome.iter().map(|outcome| Made::of("outcome", outcome)));
        Entry {
            line: render::meeting(self.reading, line),
            evidence: Some(&line.evidence),
            confidence: Some(line.confidence),
            made,
            judgements: Vec::new(),
        }
    }

    /// An actor and every wording that is taken for it, with the rows that found them.
    fn actor(&self, line: &'a Entity) -> Entry<'a> {
        let mut made: Vec<Made> = Vec::new();
        for mention in self.reading.mentions.iter().filter(|m| m.entity == line.id) {
            let next = Made::of(mention.form.code(), &mention.evidence);
            let same = made.iter_mut().find(|made| {
                made.part == next.part
                    && made.words == next.words
                    && made.rules == next.rules
            });
            match same {
                Some(same) => same.count += 1,
                None => made.push(next),
            }
        }
        let role = line.roles.first().map(|role| role.text.clone());
        let parts = [
            Some(line.name.clone()),
            Some(line.kind.code().to_owned()),
            line.party.clone(),
            role,
            line.known.clone(),
        ];
        Entry {
            line: parts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
            evidence: None,
            confidence: None,
            made,
            judgements: Vec::new(),
        }
    }

    fn json(&self, item: &Item) -> Value {
        let mut page = json!({ "doc": item.name, "title": self.reading.article.title });
        for (kind, entries) in self.kinds() {
            let entries: Vec<Value> =
                entries.iter().map(|e| self.entry_json(e)).collect();
            page[kind] = Value::Array(entries);
        }
        page
    }

    fn entry_json(&self, entry: &Entry<'_>) -> Value {
        let place = |span: Span| {
            let span = self.reading.article.in_document(span);
            json!([span.start, span.end])
        };
        let features = |judgement: &Judgement, sign: f64| -> Value {
            weightiest(judgement, sign)
                .map(|(feature, weight)| json!({ "feature": feature, "weight": weight }))
                .collect()
        };
        let models = entry.judgements.iter().map(|judgement| {
            json!({
                "model": judgement.model,
                "class": judgement.class,
                "probability": judgement.probability,
                "words": judgement.span.of(&self.reading.article.text),
                "for": features(judgement, 1.0),
                "against": features(judgement, -1.0),
            })
        });
        json!({
            "entry": entry.line,
            "evidence": entry.evidence.map(|evidence| &evidence.words),
            "span": entry.evidence.map(|evidence| place(evidence.span)),
            "confidence": entry.confidence,
            "made": entry.made.iter().map(Made::json).collect::<Vec<_>>(),
            "models": models.collect::<Vec<_>>(),
        })
    }

    fn write(&self, out: &mut dyn Write, path: &str) -> io::Result<()> {
        let width = width().min(110);
        wrap(
            out,
            width,
            "",
            self.reading.article.title.as_deref().unwrap_or("(no title)"),
        )?;
        wrap(out, width, "", path)?;
        for (kind, entries) in self.kinds() {
            heading(out, kind, entries.len())?;
            for entry in &entries {
                self.write_entry(out, width, entry)?;
            }
        }
        writeln!(out)
    }

    fn write_entry(
        &self,
        out: &mut dyn Write,
        width: usize,
        entry: &Entry<'_>,
    ) -> io::Result<()> {
        wrap(out, width, "  ", &entry.line)?;
        if let (Some(evidence), Some(confidence)) = (entry.evidence, entry.confidence) {
            let span = self.reading.article.in_document(evidence.span);
            let at = format!("bytes {}–{} · {confidence:.2}", span.start, span.end);
            let sentence = self.sentence(evidence.span);
            wrap(out, width, "      ", &format!("“{}” {at}", sentence.trim()))?;
        }
        if entry.confidence.is_none() {
            let made: Vec<String> = entry.made.iter().map(short).collect();
            return wrap(out, width, "      ", &made.join(" · "));
        }
        for made in &entry.made {
            let words = match made.words {
                "" => String::new(),
                words => format!(" “{words}”"),
            };
            let rules = made.rules.join(" ");
            wrap(out, width, "      ", &format!("{}{words} {rules}", made.part))?;
        }
        for judgement in &entry.judgements {
            wrap(out, width, "      ", &self.said(judgement))?;
        }
        Ok(())
    }

    /// The sentence that words stand in.
    fn sentence(&self, span: Span) -> &'a str {
        let sentences = &self.reading.sentences;
        let holds = sentences.iter().find(|sentence| sentence.span.holds(span.start));
        holds.map_or(span, |sentence| sentence.span).of(&self.reading.article.text)
    }

    /// What a model said, in one line.
    fn said(&self, judgement: &Judgement) -> String {
        let listed = |sign: f64| -> String {
            weightiest(judgement, sign)
                .map(|(feature, weight)| format!(" {weight:+.2} {feature}"))
                .collect::<Vec<_>>()
                .join(",")
        };
        let Judgement { model, class, probability, span, .. } = judgement;
        let place = match *model {
            // Several places where one report may end: each is told by its last words.
            "ends" => {
                let words = span.of(&self.reading.article.text);
                let tail = words.char_indices().rev().nth(5).map_or(0, |(at, _)| at);
                format!(" after “…{}”", &words[tail..])
            }
            _ => String::new(),
        };
        format!(
            "model {model}{place}: {class} {probability:.2}; for{}; against{}",
            listed(1.0),
            listed(-1.0)
        )
    }
}

fn date(line: &Timex) -> Entry<'_> {
    let anchor = line.anchor.as_ref();
    let anchor = anchor.map(|anchor| format!(", from {} ({})", anchor.value, anchor.why));
    Entry {
        line: format!(
            "{} = {}{}",
            line.evidence.words,
            line.value,
            anchor.unwrap_or_default()
        ),
        evidence: Some(&line.evidence),
        confidence: None,
        made: vec![Made::of("words", &line.evidence)],
        judgements: Vec::new(),
    }
}

/// Words and rules as an actor's line lists them.
fn short(made: &Made<'_>) -> String {
    let times = match made.count {
        1 => String::new(),
        count => format!(" ×{count}"),
    };
    format!("{}{times} {}", made.words, made.rules.join(" "))
}

/// The few features that weighed most for a decision, or with `sign` -1 against it.
fn weightiest(judgement: &Judgement, sign: f64) -> impl Iterator<Item = &(String, f64)> {
    judgement.weights.iter().filter(move |(_, weight)| weight * sign > 0.0).take(FEW)
}
