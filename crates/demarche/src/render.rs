//! One reading as a page for people.
//!
//! In: a reading. Out: title, outlet and date, then what was said, done, and who met, each
//! with its words and their place in the file. Refuses to know: the ledger.

use crate::print::{clean, day, width};
use record::{Evidence, Meeting, Move, Reading, Statement};
use std::io::{self, Write};
use unicode_width::UnicodeWidthChar;

/// Writes the page.
pub fn write(out: &mut dyn Write, path: &str, reading: &Reading) -> io::Result<()> {
    let page = Page { reading, width: width().min(110) };
    page.head(out, path)?;
    page.statements(out)?;
    page.moves(out)?;
    page.meetings(out)?;
    page.dates(out)?;
    page.doubts(out)?;
    writeln!(out)
}

struct Page<'a> {
    reading: &'a Reading,
    width: usize,
}

impl Page<'_> {
    fn head(&self, out: &mut dyn Write, path: &str) -> io::Result<()> {
        let article = &self.reading.article;
        let title = article.title.as_deref().unwrap_or("(no title)");
        self.wrap(out, "", title)?;
        let source = &article.source;
        let published = article.published_on.as_ref();
        let date = published.map(|published| {
            let inferred = if published.inferred { "inferred " } else { "" };
            format!("{} ({inferred}from {})", published.value, published.from)
        });
        let from = source.origin.as_ref().map(|origin| format!("after {origin}"));
        let parts = [source.outlet.clone(), date, from, Some(article.language.clone())];
        self.wrap(out, "", &parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))?;
        self.wrap(out, "", path)?;
        match &article.empty {
            Some(why) => self.wrap(out, "", &format!("there is no body: {why}")),
            None => Ok(()),
        }
    }

    fn statements(&self, out: &mut dyn Write) -> io::Result<()> {
        heading(out, "statements", self.reading.statements.len())?;
        for line in &self.reading.statements {
            self.wrap(out, "  ", &statement(self.reading, line))?;
            if let Some(first) = line.content.first() {
                self.place(out, first, line.confidence)?;
            }
        }
        Ok(())
    }

    fn moves(&self, out: &mut dyn Write) -> io::Result<()> {
        heading(out, "moves", self.reading.moves.len())?;
        for line in &self.reading.moves {
            let what = act(self.reading, line);
            self.entry(out, &what, &line.evidence, line.confidence)?;
        }
        Ok(())
    }

    fn meetings(&self, out: &mut dyn Write) -> io::Result<()> {
        heading(out, "meetings", self.reading.meetings.len())?;
        for line in &self.reading.meetings {
            let what = meeting(self.reading, line);
            self.entry(out, &what, &line.evidence, line.confidence)?;
        }
        Ok(())
    }

    fn dates(&self, out: &mut dyn Write) -> io::Result<()> {
        let dates: Vec<String> = self
            .reading
            .timexes
            .iter()
            .filter(|timex| timex.is_calendar())
            .map(|timex| format!("{} = {}", timex.evidence.words, timex.value))
            .collect();
        heading(out, "dates", dates.len())?;
        match dates.is_empty() {
            true => Ok(()),
            false => self.wrap(out, "  ", &dates.join(" · ")),
        }
    }

    fn doubts(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.reading.doubts.is_empty() {
            return Ok(());
        }
        heading(out, "doubts", self.reading.doubts.len())?;
        for doubt in &self.reading.doubts {
            let words = doubt.span.of(&self.reading.article.text);
            let shown: String = words.chars().take(40).collect();
            self.wrap(out, "  ", &format!("{}: {shown}", doubt.reason))?;
        }
        Ok(())
    }

    fn entry(
        &self,
        out: &mut dyn Write,
        what: &str,
        evidence: &Evidence,
        confidence: f64,
    ) -> io::Result<()> {
        self.wrap(out, "  ", what)?;
        self.wrap(out, "      ", &format!("“{}”", evidence.words))?;
        self.place(out, evidence, confidence)
    }

    fn place(
        &self,
        out: &mut dyn Write,
        evidence: &Evidence,
        confidence: f64,
    ) -> io::Result<()> {
        let span = self.reading.article.in_document(evidence.span);
        let rule = evidence.rules.first().map_or("", |rule| rule.as_str());
        let words =
            format!("bytes {}–{} · {confidence:.2} · {rule}", span.start, span.end);
        self.wrap(out, "      ", words.trim_end_matches(" · "))
    }

    fn wrap(&self, out: &mut dyn Write, indent: &str, words: &str) -> io::Result<()> {
        wrap(out, self.width, indent, words)
    }
}

/// A statement in one line: who, when, by which word, what.
pub fn statement(reading: &Reading, line: &Statement) -> String {
    let speaker = reading.entity(line.speaker);
    let words: Vec<String> =
        line.content.iter().map(|content| format!("“{}”", content.words)).collect();
    let cue = line.cue.as_ref().map_or("", |cue| cue.words.as_str());
    let said = line.said_on.as_deref().map(|said| format!(" on {}", day(Some(said))));
    let party = speaker.party.as_deref().map(|party| format!(" ({party})"));
    format!(
        "{}{}{} [{cue}] {}",
        speaker.name,
        party.unwrap_or_default(),
        said.unwrap_or_default(),
        words.join(" … ")
    )
}

/// A move in one line: who does what to whom, on what, through whom, until when, if what.
pub fn act(reading: &Reading, line: &Move) -> String {
    let mut what = format!("{} {}", line.actor.join(", "), line.act);
    if !line.recipient.is_empty() {
        what.push_str(&format!(" → {}", line.recipient.join(", ")));
    }
    let by = line.by.map(|id| format!("by {}", reading.entity(id).name));
    let due = line.due.as_ref().map(|due| format!("due {due}"));
    let condition = line.condition.as_ref().map(|c| format!("if “{}”", c.evidence.words));
    let parts = [line.issue.clone(), by, due, condition];
    for part in parts.into_iter().flatten() {
        what.push_str(&format!(" · {part}"));
    }
    what
}

/// A meeting in one line: when, who, what became of it, how high and how it is held.
pub fn meeting(reading: &Reading, line: &Meeting) -> String {
    let names: Vec<&str> =
        line.participants.iter().map(|&id| reading.entity(id).name.as_str()).collect();
    let parts = [
        line.date.clone().unwrap_or_else(|| "undated".to_owned()),
        line.parties.join(", "),
        line.status.to_string(),
        line.level.to_string(),
        line.format.to_string(),
        line.place.clone().unwrap_or_default(),
        names.join(", "),
    ];
    let parts: Vec<String> =
        parts.into_iter().filter(|part| !part.is_empty() && part != "unknown").collect();
    parts.join(" · ")
}

/// Writes words in lines no wider than `width`; Chinese may break anywhere.
pub fn wrap(
    out: &mut dyn Write,
    width: usize,
    indent: &str,
    words: &str,
) -> io::Result<()> {
    let mut line = indent.to_owned();
    let mut taken = indent.len();
    // Where the line may break: after a space or before a wide character.
    let mut gap = None;
    for c in clean(words).chars() {
        let wide = c.width().unwrap_or(0);
        if wide > 1 || c == ' ' {
            gap = Some(line.len());
        }
        if taken + wide > width {
            let rest = line.split_off(gap.unwrap_or(line.len()));
            writeln!(out, "{}", line.trim_end())?;
            line = format!("{indent}{}", rest.trim_start());
            taken = line.chars().filter_map(UnicodeWidthChar::width).sum();
            gap = None;
        }
        line.push(c);
        taken += wide;
    }
    writeln!(out, "{}", line.trim_end())
}

/// Writes how many entries of a kind follow.
pub fn heading(out: &mut dyn Write, name: &str, count: usize) -> io::Result<()> {
    match count {
        0 => writeln!(out, "\n{name}: none"),
        _ => writeln!(out, "\n{name}: {count}"),
    }
}
