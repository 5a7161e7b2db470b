//! Meetings, moves, statements and documents as blocks of an outline.

use super::{
    Block, Link, Role, Run, SENTENCE, SNIPPET, Style, Writer, one_line, passage_runs,
};
use crate::briefing::phrases::Entry;
use crate::briefing::{Account, DocumentLine, Issue, MeetingLine, MoveLine, Speaker};
use crate::words::*;

impl Writer<'_> {
    pub(super) fn meetings(&mut self) {
        let phrases = self.phrases;
        self.heading(2, phrases.language.say(H_MEETINGS));
        self.sentences(Role::Body, &phrases.meeting_summary());
        for meeting in phrases.briefing.meetings() {
            self.meeting(meeting);
        }
    }

    fn meeting(&mut self, meeting: &MeetingLine) {
        let phrases = self.phrases;
        let date = phrases.date(meeting.start.as_deref(), UNDATED_MEETING);
        let mut runs = vec![
            self.run(date, Style::Soft),
            self.plain(" · "),
            self.run(phrases.meeting_head(meeting), Style::Strong),
        ];
        self.add_more(&mut runs, &phrases.meeting_qualities(meeting));
        if !meeting.participants.is_empty() && !meeting.parties.is_empty() {
            let people = phrases.language.list(&meeting.participants);
            self.add_more(&mut runs, &[people]);
        }
        self.paragraph(Role::Claim, runs);
        self.evidence(&meeting.accounts, 2);
    }

    fn add_more(&self, runs: &mut Vec<Run>, more: &[String]) {
        runs.extend(more.iter().map(|said| self.plain(format!(" · {said}"))));
    }

    pub(super) fn issues(&mut self) {
        let phrases = self.phrases;
        self.heading(2, phrases.language.say(H_ISSUES));
        if phrases.briefing.issues.is_empty() {
            self.say(Role::Body, NO_MOVES);
        }
        for issue in &phrases.briefing.issues {
            self.issue(issue);
        }
        if !phrases.briefing.silent.is_empty() {
            let comma = if phrases.language == Language::Zh { "、" } else { ", " };
            let labels = phrases.briefing.silent.join(comma);
            let said = phrases.language.fill(SILENT_ISSUES, &[&labels]);
            self.sentences(Role::Soft, &[said]);
        }
    }

    fn issue(&mut self, issue: &Issue) {
        let phrases = self.phrases;
        self.heading(3, phrases.issue_label(issue));
        self.sentences(Role::Soft, &[phrases.issue_summary(issue)]);
        let (moves, hidden) = phrases.moves(issue);
        for line in moves {
            self.one_move(line);
        }
        self.left_out(hidden);
    }

    fn one_move(&mut self, line: &MoveLine) {
        let phrases = self.phrases;
        let day = phrases.day(line.date.as_deref(), line.is_reported);
        let mut runs = vec![
            self.run(day, Style::Soft),
            self.plain(format!(" · {} ", phrases.sides(line))),
            self.run(phrases.language.act(line.act), Style::Strong),
        ];
        self.add_more(&mut runs, &phrases.qualities(line));
        self.paragraph(Role::Claim, runs);
        self.evidence(&line.accounts, 3);
    }

    /// The sentences behind an entry, `most` of them in full, and who else tells it.
    fn evidence(&mut self, accounts: &[Account], most: usize) {
        let (quoted, mut others) = self.phrases.briefing.quoted(accounts);
        others.extend(quoted.iter().skip(most));
        let shown = quoted.len().min(most);
        for (index, account) in quoted.into_iter().take(most).enumerate() {
            let mut runs = passage_runs(&account.passage, SENTENCE);
            runs.push(self.run("\n— ", Style::Soft));
            runs.extend(self.citation(account));
            if index + 1 == shown && !others.is_empty() {
                runs.extend(self.likewise(&others));
            }
            self.paragraph(Role::Quote, runs);
        }
    }

    /// `长桥新闻网 [1] 1000–1054`.
    fn citation(&self, account: &Account) -> Vec<Run> {
        let outlet = one_line(&self.phrases.outlet(account));
        let (start, end) = (account.bytes.start, account.bytes.end);
        vec![
            self.run(format!("{outlet}\u{a0}"), Style::Soft),
            self.cited(account.document),
            self.run(format!("\u{a0}{start}–{end}"), Style::Soft),
        ]
    }

    fn likewise(&self, others: &[&Account]) -> Vec<Run> {
        // The phrase has one place, for the citations.
        let said = self.phrases.language.fill(LIKEWISE, &["\n"]);
        let (before, after) = said.split_once('\n').unwrap_or((&said, ""));
        let stop = if self.phrases.language == Language::Zh { "；" } else { "; " };
        let mut runs = vec![self.run(format!("{stop}{before}"), Style::Soft)];
        for (index, account) in others.iter().enumerate() {
            if index > 0 {
                runs.push(self.run(self.phrases.language.comma(), Style::Soft));
            }
            runs.extend(self.citation(account));
        }
        runs.push(self.run(after, Style::Soft));
        runs
    }

    pub(super) fn dates(&mut self) {
        let phrases = self.phrases;
        self.heading(2, phrases.language.say(H_DATES));
        let days = phrases.by_date();
        if days.is_empty() {
            self.say(Role::Body, NO_DATES);
        }
        for (day, entries) in &days {
            self.sentences(Role::Day, std::slice::from_ref(day));
            let items = entries.iter().map(|entry| self.entry(entry)).collect();
            self.blocks.push(Block::List(items));
        }
    }

    fn entry(&self, entry: &Entry) -> Vec<Run> {
        let phrases = self.phrases;
        match entry {
            Entry::Meeting(meeting) => {
                let l = phrases.language;
                let said = [
                    phrases.meeting_parties(meeting),
                    phrases.meeting_qualities(meeting).join(l.comma()),
                ];
                let word = l.say(MEETING);
                let colon = if l == Language::Zh { "：" } else { ": " };
                let said = format!("{word}{colon}{}", said.join(l.comma()));
                let mut runs = vec![self.plain(said)];
                runs.extend(self.numbers(&meeting.accounts));
                runs
            }
            Entry::Move(issue, line) => {
                let mut runs = vec![
                    self.plain(format!("{} ", phrases.sides(line))),
                    self.run(phrases.language.act(line.act), Style::Strong),
                ];
                let issue = issue.map(|label| format!(" · {label}"));
                runs.push(self.plain(issue.unwrap_or_default() + " · "));
                if let Some(account) = line.accounts.first() {
                    runs.extend(passage_runs(&account.passage, SNIPPET));
                }
                runs.extend(self.numbers(&line.accounts));
                runs
            }
        }
    }

    pub(super) fn speakers(&mut self) {
        let phrases = self.phrases;
        self.heading(2, phrases.language.say(H_SPEAKERS));
        if phrases.briefing.speakers.is_empty() {
            self.say(Role::Body, NO_STATEMENTS);
        }
        let (main, rest) = phrases.main_speakers();
        for speaker in main {
            self.speaker(speaker);
        }
        if let Some(rest) = rest {
            self.sentences(Role::Soft, &[rest]);
        }
    }

    fn speaker(&mut self, speaker: &Speaker) {
        let phrases = self.phrases;
        self.heading(3, &speaker.name);
        let standing = phrases.standing(speaker);
        let summary = phrases.speaker_summary(speaker);
        let said = match standing.is_empty() {
            true => summary,
            false => format!("{standing} · {summary}"),
        };
        self.sentences(Role::Soft, &[said]);
        let (shown, hidden) = phrases.shown_statements(speaker);
        for line in shown {
            let circumstances = phrases.circumstances(line);
            let Some((day, more)) = circumstances.split_first() else { continue };
            let mut runs = vec![self.run(day, Style::Soft)];
            self.add_more(&mut runs, more);
            self.paragraph(Role::Claim, runs);
            self.evidence(&line.accounts, 2);
        }
        self.left_out(hidden);
    }

    /// The list of documents that citations lead to, and how to read them.
    pub(super) fn documents(&mut self) {
        let phrases = self.phrases;
        let (briefing, l) = (phrases.briefing, phrases.language);
        self.heading(2, l.say(H_DOCUMENTS));
        let numbered = || (1..).zip(&briefing.documents);
        for (number, document) in numbered().filter(|(_, d)| d.unread.is_none()) {
            let runs = self.document(document);
            self.blocks.push(Block::Document { number, runs });
        }
        let unread = briefing.documents.iter().filter(|d| d.unread.is_some()).count();
        if unread > 0 {
            let count = l.count(unread, DOCUMENTS);
            self.sentences(Role::Body, &[l.fill(SOME_NOT_READ, &[&count])]);
        } else if !briefing.documents.is_empty() {
            self.say(Role::Body, ALL_READ);
        }
        for (number, document) in numbered() {
            let Some(why) = &document.unread else { continue };
            let path = self.run(one_line(&document.path), Style::Code);
            let runs = vec![path, self.plain(format!(": {}", one_line(why)))];
            self.blocks.push(Block::Document { number, runs });
        }
        let notes = [CITATION_NOTE_PAGE, MARK_NOTE].map(|note| l.say(note).to_owned());
        self.sentences(Role::Note, &notes);
    }

    fn document(&self, document: &DocumentLine) -> Vec<Run> {
        let phrases = self.phrases;
        let none = |word| phrases.language.say(word).to_owned();
        let title = match &document.title {
            Some(title) => Run {
                language: document.language.clone(),
                ..self.run(one_line(title), Style::Strong)
            },
            None => self.run(none(NO_TITLE), Style::Strong),
        };
        // An address comes from the document, so only one that fetches a page is a link.
        let is_page =
            |url: &&String| url.starts_with("https://") || url.starts_with("http://");
        let link = document.url.as_ref().filter(is_page).cloned().map(Link::Address);
        let outlet = document.outlet.as_deref().map(one_line);
        let said = [
            outlet.unwrap_or_else(|| none(NO_OUTLET)),
            phrases.published(document),
            phrases.lineage(document, one_line),
        ];
        vec![
            Run { link, ..title },
            self.run(format!("\n{} · ", said.join(" · ")), Style::Soft),
            self.run(one_line(&document.path), Style::Code),
        ]
    }
}
