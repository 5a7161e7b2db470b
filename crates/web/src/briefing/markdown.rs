//! A briefing as Markdown that also reads well in a terminal.
//!
//! In: a briefing. Out: CommonMark text. Refuses to know: HTML, colours.

mod standing;

use super::phrases::{Entry, Phrases};
use super::{Account, Briefing, Issue, MeetingLine, MoveLine, Speaker};
use crate::Passage;
use crate::words::*;

/// The most characters of one sentence that are shown.
const SENTENCE: usize = 160;
/// The most that are shown in the list by date.
const SNIPPET: usize = 36;

/// Writes a briefing as Markdown.
pub fn markdown(briefing: &Briefing, language: Language) -> String {
    let phrases = Phrases { briefing, language };
    let mut out = String::new();
    let page = &mut Writer { out: &mut out, phrases: &phrases };
    page.head();
    if briefing.documents.iter().any(|document| document.unread.is_none()) {
        page.meetings();
        page.positions();
        page.open_items();
        page.issues();
        page.dates();
        page.speakers();
    }
    page.documents();
    out
}

struct Writer<'a> {
    out: &'a mut String,
    phrases: &'a Phrases<'a>,
}

impl Writer<'_> {
    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// Leaves one line empty, if none is.
    fn gap(&mut self) {
        if !self.out.ends_with("\n\n") {
            self.line("");
        }
    }

    fn heading(&mut self, level: usize, text: &str) {
        self.gap();
        self.line(&format!("{} {}", "#".repeat(level), escape(text)));
        self.line("");
    }

    fn head(&mut self) {
        let phrases = self.phrases;
        self.line(&format!("# {}", escape(&phrases.briefing.title)));
        self.line("");
        let mut sentences = phrases.headline();
        if let Some(as_of) = phrases.as_of() {
            let stop = if phrases.language == Language::Zh { "。" } else { "." };
            sentences.insert(0, as_of + stop);
        }
        self.paragraph(&sentences);
    }

    fn paragraph(&mut self, sentences: &[String]) {
        let sentences: Vec<String> = sentences.iter().map(|s| escape(s)).collect();
        self.line(&sentences.join(self.phrases.language.space()));
    }

    fn meetings(&mut self) {
        let phrases = self.phrases;
        self.heading(2, phrases.language.say(H_MEETINGS));
        self.paragraph(&phrases.meeting_summary());
        for meeting in phrases.briefing.meetings() {
            self.gap();
            self.meeting(meeting);
        }
    }

    fn meeting(&mut self, meeting: &MeetingLine) {
        let phrases = self.phrases;
        let date = phrases.date(meeting.start.as_deref(), UNDATED_MEETING);
        let mut parts = vec![
            format!("**{date}**"),
            format!("**{}**", escape(&phrases.meeting_head(meeting))),
        ];
        parts.extend(phrases.meeting_qualities(meeting).iter().map(|q| escape(q)));
        self.line(&format!("- {}", parts.join(" · ")));
        if !meeting.participants.is_empty() && !meeting.parties.is_empty() {
            let people = phrases.language.list(&meeting.participants);
            self.line(&format!("  {}", escape(&people)));
        }
        self.evidence(&meeting.accounts, 1);
    }

    fn issues(&mut self) {
        let phrases = self.phrases;
        self.heading(2, phrases.language.say(H_ISSUES));
        if phrases.briefing.issues.is_empty() {
            self.line(phrases.language.say(NO_MOVES));
        }
        for issue in &phrases.briefing.issues {
            self.issue(issue);
        }
        if !phrases.briefing.silent.is_empty() {
            let labels = phrases.briefing.silent.join(", ");
            let said = phrases.language.fill(SILENT_ISSUES, &[&escape(&labels)]);
            self.gap();
            self.line(&said);
        }
    }

    fn issue(&mut self, issue: &Issue) {
        let phrases = self.phrases;
        self.heading(3, phrases.issue_label(issue));
        self.paragraph(&[phrases.issue_summary(issue)]);
        let (moves, hidden) = phrases.moves(issue);
        for line in moves {
            self.gap();
            self.one_move(line);
        }
        self.left_out(hidden);
    }

    fn left_out(&mut self, count: usize) {
        if count > 0 {
            let said = self.phrases.language.count(count, LEFT_OUT_LINES);
            self.line(&format!("\n*{said}.*"));
        }
    }

    fn one_move(&mut self, line: &MoveLine) {
        let phrases = self.phrases;
        let mut parts = vec![
            phrases.day(line.date.as_deref(), line.is_reported),
            format!(
                "{} **{}**",
                escape(&phrases.sides(line)),
                phrases.language.act(line.act)
            ),
        ];
        parts.extend(phrases.qualities(line).iter().map(|quality| escape(quality)));
        self.line(&format!("- {}", parts.join(" · ")));
        self.evidence(&line.accounts, 3);
    }

    /// The sentences behind an entry, `most` of them in full, and who else tells it.
    fn evidence(&mut self, accounts: &[Account], most: usize) {
        let phrases = self.phrases;
        let (quoted, mut others) = phrases.briefing.quoted(accounts);
        others.extend(quoted.iter().skip(most));
        for (index, account) in quoted.iter().take(most).enumerate() {
            let mut cited = vec![self.citation(account)];
            let same = quoted[..quoted.len().min(most)].len() - 1 == index;
            if same && !others.is_empty() {
                let rest: Vec<String> =
                    others.iter().map(|account| self.citation(account)).collect();
                cited.push(phrases.language.fill(LIKEWISE, &[&rest.join(", ")]));
            }
            self.line(&format!("  > {}  ", passage(&account.passage, SENTENCE)));
            self.line(&format!("  > — {}", cited.join("; ")));
            if !same {
                self.line("  >");
            }
        }
    }

    fn citation(&self, account: &Account) -> String {
        let outlet = escape(&self.phrases.outlet(account));
        let (start, end) = (account.bytes.start, account.bytes.end);
        format!("{outlet} [{}:{start}–{end}]", account.document)
    }

    fn dates(&mut self) {
        let phrases = self.phrases;
        self.heading(2, phrases.language.say(H_DATES));
        let days = phrases.by_date();
        if days.is_empty() {
            self.line(phrases.language.say(NO_DATES));
        }
        for (index, (day, entries)) in days.iter().enumerate() {
            if index > 0 {
                self.line("");
            }
            self.line(&format!("**{day}**"));
            self.line("");
            for entry in entries {
                let said = self.entry(entry);
                self.line(&format!("- {said}"));
            }
        }
    }

    fn entry(&self, entry: &Entry) -> String {
        let phrases = self.phrases;
        match entry {
            Entry::Meeting(meeting) => {
                let qualities = phrases.meeting_qualities(meeting).join(", ");
                let who = phrases.meeting_parties(meeting);
                format!(
                    "{}: {}, {} {}",
                    phrases.language.say(MEETING),
                    escape(&who),
                    escape(&qualities),
                    numbers(&meeting.accounts)
                )
            }
            Entry::Move(issue, line) => {
                let issue = issue.map(|label| format!(" · {}", escape(label)));
                let words = line.accounts.first().map(|a| passage(&a.passage, SNIPPET));
                format!(
                    "{} **{}**{}: {} {}",
                    escape(&phrases.sides(line)),
                    phrases.language.act(line.act),
                    issue.unwrap_or_default(),
                    words.unwrap_or_default(),
                    numbers(&line.accounts)
                )
            }
        }
    }

    fn speakers(&mut self) {
        let phrases = self.phrases;
        self.heading(2, phrases.language.say(H_SPEAKERS));
        if phrases.briefing.speakers.is_empty() {
            self.line(phrases.language.say(NO_STATEMENTS));
        }
        let (main, rest) = phrases.main_speakers();
        for speaker in main {
            self.speaker(speaker);
        }
        if let Some(rest) = rest {
            self.line(&format!("\n{}", escape(&rest)));
        }
    }

    fn speaker(&mut self, speaker: &Speaker) {
        let phrases = self.phrases;
        self.heading(3, &speaker.name);
        let standing = phrases.standing(speaker);
        let summary = phrases.speaker_summary(speaker);
        let stop = if phrases.language == Language::Zh { "。" } else { ". " };
        let said = if standing.is_empty() { summary } else { standing + stop + &summary };
        self.paragraph(&[said]);
        let (shown, hidden) = phrases.shown_statements(speaker);
        for line in shown {
            let circumstances: Vec<String> =
                phrases.circumstances(line).iter().map(|c| escape(c)).collect();
            self.gap();
            self.line(&format!("- {}", circumstances.join(" · ")));
            self.evidence(&line.accounts, 2);
        }
        self.left_out(hidden);
    }

    fn documents(&mut self) {
        let phrases = self.phrases;
        self.heading(2, phrases.language.say(H_DOCUMENTS));
        let documents = || phrases.briefing.documents.iter().enumerate();
        for (index, document) in documents().filter(|(_, d)| d.unread.is_none()) {
            let outlet = document.outlet.as_deref();
            let title = document.title.as_deref();
            let parts = [
                escape(outlet.unwrap_or_else(|| phrases.language.say(NO_OUTLET))),
                escape(&phrases.published(document)),
                escape(title.unwrap_or_else(|| phrases.language.say(NO_TITLE))),
                phrases.lineage(document, escape),
                format!("`{}`", document.path.replace('`', "'")),
            ];
            self.line(&format!("- [{}] {}", index + 1, parts.join(" · ")));
        }
        self.gap();
        let unread: Vec<_> =
            documents().filter(|(_, document)| document.unread.is_some()).collect();
        if unread.is_empty() && !phrases.briefing.documents.is_empty() {
            self.line(phrases.language.say(ALL_READ));
        } else if !unread.is_empty() {
            let count = phrases.language.count(unread.len(), DOCUMENTS);
            self.line(&phrases.language.fill(SOME_NOT_READ, &[&count]));
            self.line("");
            for (index, document) in &unread {
                let why = document.unread.as_deref().unwrap_or_default();
                let path = document.path.replace('`', "'");
                self.line(&format!("- [{}] `{path}`: {}", index + 1, escape(why)));
            }
        }
        self.gap();
        let notes = [CITATION_NOTE, MARK_NOTE].map(|note| phrases.language.say(note));
        self.line(&notes.join(phrases.language.space()));
    }
}

/// `[3] [4]`: the documents that tell an entry.
fn numbers(accounts: &[Account]) -> String {
    let mut numbers: Vec<usize> = accounts.iter().map(|a| a.document).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let numbers: Vec<String> = numbers.iter().map(|n| format!("[{n}]")).collect();
    numbers.join(" ")
}

fn passage(passage: &Passage, limit: usize) -> String {
    let cut = passage.within(limit);
    let mut line = String::new();
    for (is_marked, piece) in cut.pieces() {
        let piece = escape(piece);
        if is_marked { line.push_str(&bold(&piece)) } else { line.push_str(&piece) }
    }
    let line = line.trim();
    // A sentence that opens with `-` or `1.` would open a list.
    let is_list = line.starts_with(['-', '+', '=', ':'])
        || line.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(['.', ')'])
            && line.starts_with(|c: char| c.is_ascii_digit());
    if is_list { format!("\u{200b}{line}") } else { line.to_owned() }
}

/// Asterisks around a piece, inside any punctuation at its ends: `**“不”**` would not be
/// read as emphasis between Han characters.
fn bold(piece: &str) -> String {
    let is_word = |c: char| c.is_alphanumeric();
    let Some(start) = piece.find(is_word) else { return piece.to_owned() };
    let end = piece.rfind(is_word).map_or(piece.len(), |at| {
        at + piece[at..].chars().next().map_or(0, char::len_utf8)
    });
    format!("{}**{}**{}", &piece[..start], &piece[start..end], &piece[end..])
}

/// Text with every sign that Markdown would read as markup made plain, on one line.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' => {
                escaped.push('\\');
                escaped.push(c);
            }
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_a_passage_stays_text() {
        assert_eq!(escape("a*b_c [x](y)\n# <b>"), "a\\*b\\_c \\[x\\](y) \\# \\<b\\>");
        let shown =
            passage(&Passage::marking("- 俄方“要求”答复", "zh-Hans", &["“要求”"]), 99);
        assert_eq!(shown, "\u{200b}- 俄方“**要求**”答复");
        let shown = passage(&Passage::marking("1. 先谈", "zh-Hans", &[]), 99);
        assert!(shown.starts_with('\u{200b}'));
    }
}
