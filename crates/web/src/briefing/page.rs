//! A briefing as one HTML page that needs nothing beside it.
//!
//! In: a briefing. Out: HTML with its style and its picture inside, no script, no address
//! to fetch. Refuses to know: Markdown, servers.

mod standing;

use super::phrases::{Entry, Phrases, is_doubtful};
use super::{Account, Briefing, DocumentLine, Issue, MeetingLine, MoveLine, Speaker};
use crate::words::*;
use crate::{Passage, Tone, draw};
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// The most characters of one sentence that are shown.
const SENTENCE: usize = 240;
/// The most that are shown in the list by date.
const SNIPPET: usize = 36;
const STYLE: &str = include_str!("../../static/briefing.css");

/// Writes a briefing as a self-contained HTML page.
pub fn page(briefing: &Briefing, language: Language) -> String {
    let page = Page { phrases: &Phrases { briefing, language } };
    let is_read = briefing.documents.iter().any(|document| document.unread.is_none());
    let markup = html! {
        (DOCTYPE)
        html lang=(language.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (briefing.title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                (page.head(is_read))
                main {
                    @if is_read {
                        (page.meetings())
                        (page.positions())
                        (page.open_items())
                        (page.issues())
                        (page.dates())
                        (page.speakers())
                    }
                    (page.documents())
                }
                (page.foot())
            }
        }
    };
    markup.into_string()
}

struct Page<'a> {
    phrases: &'a Phrases<'a>,
}

impl Page<'_> {
    fn say(&self, word: Word) -> &'static str {
        self.phrases.language.say(word)
    }

    fn paragraph(&self, sentences: &[String]) -> Markup {
        html! { p { (sentences.join(self.phrases.language.space())) } }
    }

    fn head(&self, is_read: bool) -> Markup {
        let sections = [
            ("meetings", H_MEETINGS),
            ("positions", H_POSITIONS),
            ("open", H_OPEN),
            ("issues", H_ISSUES),
            ("dates", H_DATES),
            ("speakers", H_SPEAKERS),
            ("documents", H_DOCUMENTS),
        ];
        html! {
            header {
                h1 { (self.phrases.briefing.title) }
                @if let Some(as_of) = self.phrases.as_of() { p.soft { (as_of) } }
                div.lead { (self.paragraph(&self.phrases.headline())) }
                @if is_read {
                    (self.picture())
                    nav aria-label=(self.say(CONTENTS)) {
                        @for (id, word) in sections { a href={ "#" (id) } { (self.say(word)) } }
                    }
                }
            }
        }
    }

    fn picture(&self) -> Markup {
        let (dots, rings) = (self.phrases.dots(), self.phrases.rings());
        let language = self.phrases.language;
        let wide = draw(&dots, &rings, 960.0, language);
        let narrow = draw(&dots, &rings, 400.0, language);
        let legend = [
            ("asking", LEGEND_ASKING),
            ("conflict", LEGEND_CONFLICT),
            ("cooperation", LEGEND_COOPERATION),
            ("held", LEGEND_MEETING),
            ("open", LEGEND_PLANNED),
        ];
        html! {
            @if !wide.svg.is_empty() {
                figure {
                    div.wide { (PreEscaped(wide.svg)) }
                    div.narrow { (PreEscaped(narrow.svg)) }
                    figcaption {
                        @for (class, word) in legend {
                            span { i class={ "key " (class) } {} (self.say(word)) } " "
                        }
                        @if !wide.aside.is_empty() {
                            p { (language.fill(ASIDE, &[&wide.aside.join("; ")])) }
                        }
                    }
                }
            }
        }
    }

    fn meetings(&self) -> Markup {
        html! {
            section #meetings {
                h2 { (self.say(H_MEETINGS)) }
                (self.paragraph(&self.phrases.meeting_summary()))
                @if !self.phrases.briefing.meetings.is_empty() {
                    ul.lines {
                        @for meeting in self.phrases.briefing.meetings() { (self.meeting(meeting)) }
                    }
                }
            }
        }
    }

    fn meeting(&self, meeting: &MeetingLine) -> Markup {
        let phrases = self.phrases;
        let comma = phrases.language.comma();
        html! {
            li.line.doubt[is_doubtful(meeting.confidence)] {
                div.claim {
                    span.date { (phrases.date(meeting.start.as_deref(), UNDATED_MEETING)) }
                    span.sides { (phrases.meeting_head(meeting)) }
                    span.more { (phrases.meeting_qualities(meeting).join(comma)) }
                    @if !meeting.participants.is_empty() && !meeting.parties.is_empty() {
                        span.more { (phrases.language.list(&meeting.participants)) }
                    }
                }
                (self.evidence(&meeting.accounts, 2))
            }
        }
    }

    fn issues(&self) -> Markup {
        let briefing = self.phrases.briefing;
        html! {
            section #issues {
                h2 { (self.say(H_ISSUES)) }
                @if briefing.issues.is_empty() { p { (self.say(NO_MOVES)) } }
                @for issue in &briefing.issues { (self.issue(issue)) }
                @if !briefing.silent.is_empty() {
                    p.lead {
                        (self.phrases.language.fill(SILENT_ISSUES, &[&briefing.silent.join(", ")]))
                    }
                }
            }
        }
    }

    fn issue(&self, issue: &Issue) -> Markup {
        let (moves, hidden) = self.phrases.moves(issue);
        html! {
            h3 { (self.phrases.issue_label(issue)) }
            p.soft { (self.phrases.issue_summary(issue)) }
            ul.lines { @for line in moves { (self.one_move(line)) } }
            (self.left_out(hidden))
        }
    }

    fn left_out(&self, count: usize) -> Markup {
        html! {
            @if count > 0 {
                p.soft { (self.phrases.language.count(count, LEFT_OUT_LINES)) "." }
            }
        }
    }

    fn act(&self, line: &MoveLine) -> Markup {
        let class = Tone::of(line.act).class();
        html! { span class={ "act " (class) } { (self.phrases.language.act(line.act)) } }
    }

    fn one_move(&self, line: &MoveLine) -> Markup {
        let qualities = self.phrases.qualities(line);
        html! {
            li.line.doubt[is_doubtful(line.confidence)] {
                div class={ "claim " (Tone::of(line.act).class()) } {
                    span.date { (self.phrases.day(line.date.as_deref(), line.is_reported)) }
                    span.sides { (self.phrases.sides(line)) } " " (self.act(line))
                    @if !qualities.is_empty() {
                        span.more { (qualities.join(self.phrases.language.comma())) }
                    }
                }
                (self.evidence(&line.accounts, 3))
            }
        }
    }

    /// The sentences behind an entry, `most` of them in full, and who else tells it.
    fn evidence(&self, accounts: &[Account], most: usize) -> Markup {
        let (quoted, mut others) = self.phrases.briefing.quoted(accounts);
        others.extend(quoted.iter().skip(most));
        html! {
            div.evidence {
                @for account in quoted.iter().take(most) {
                    blockquote {
                        (passage(&account.passage))
                        span.who { (self.citation(account)) }
                    }
                }
                @if !others.is_empty() { (self.likewise(&others)) }
            }
        }
    }

    fn likewise(&self, others: &[&Account]) -> Markup {
        let cited: Vec<String> =
            others.iter().map(|account| self.citation(account).into_string()).collect();
        let comma = self.phrases.language.comma();
        // The pieces are markup already; only the phrase around them is filled in.
        let said = self.phrases.language.fill(LIKEWISE, &[&cited.join(comma)]);
        html! { span.who { (PreEscaped(said)) } }
    }

    fn citation(&self, account: &Account) -> Markup {
        let (number, bytes) = (account.document, account.bytes);
        html! {
            (self.phrases.outlet(account)) " "
            a href={ "#document-" (number) } { "[" (number) "]" } " "
            span.bytes { (bytes.start) "–" (bytes.end) }
        }
    }

    fn numbers(&self, accounts: &[Account]) -> Markup {
        let mut numbers: Vec<usize> = accounts.iter().map(|a| a.document).collect();
        numbers.sort_unstable();
        numbers.dedup();
        html! {
            span.who {
                @for number in numbers { " " a href={ "#document-" (number) } { "[" (number) "]" } }
            }
        }
    }

    fn dates(&self) -> Markup {
        let days = self.phrases.by_date();
        html! {
            section #dates {
                h2 { (self.say(H_DATES)) }
                @if days.is_empty() { p { (self.say(NO_DATES)) } }
                dl.days {
                    @for (day, entries) in &days {
                        dt { (day) }
                        dd { ul { @for entry in entries { li { (self.entry(entry)) } } } }
                    }
                }
            }
        }
    }

    fn entry(&self, entry: &Entry) -> Markup {
        let phrases = self.phrases;
        html! {
            @match entry {
                Entry::Meeting(meeting) => {
                    (self.say(MEETING)) ": " (phrases.meeting_parties(meeting)) ", "
                    (phrases.meeting_qualities(meeting).join(", "))
                    (self.numbers(&meeting.accounts))
                },
                Entry::Move(issue, line) => {
                    (phrases.sides(line)) " " (self.act(line))
                    @if let Some(issue) = issue { span.soft { " · " (issue) } }
                    @if let Some(account) = line.accounts.first() {
                        " " (snippet(&account.passage))
                    }
                    (self.numbers(&line.accounts))
                },
            }
        }
    }

    fn speakers(&self) -> Markup {
        let (main, rest) = self.phrases.main_speakers();
        html! {
            section #speakers {
                h2 { (self.say(H_SPEAKERS)) }
                @if self.phrases.briefing.speakers.is_empty() { p { (self.say(NO_STATEMENTS)) } }
                @for speaker in main { (self.speaker(speaker)) }
                @if let Some(rest) = rest { p.lead { (rest) } }
            }
        }
    }

    fn speaker(&self, speaker: &Speaker) -> Markup {
        let phrases = self.phrases;
        let standing = phrases.standing(speaker);
        let (shown, hidden) = phrases.shown_statements(speaker);
        html! {
            h3 { (speaker.name) }
            p.soft {
                @if !standing.is_empty() { (standing) " · " }
                (phrases.speaker_summary(speaker))
            }
            ul.lines {
                @for line in shown {
                    @let circumstances = phrases.circumstances(line);
                    li.line.doubt[is_doubtful(line.confidence)] {
                        div.claim {
                            @for (index, said) in circumstances.iter().enumerate() {
                                @if index == 0 { span.date { (said) } }
                                @else { span.more { (said) } }
                            }
                        }
                        (self.evidence(&line.accounts, 2))
                    }
                }
            }
            (self.left_out(hidden))
        }
    }

    fn documents(&self) -> Markup {
        let briefing = self.phrases.briefing;
        let unread = briefing.documents.iter().filter(|d| d.unread.is_some()).count();
        let count = self.phrases.language.count(unread, DOCUMENTS);
        let documents = || briefing.documents.iter().enumerate();
        html! {
            section #documents {
                h2 { (self.say(H_DOCUMENTS)) }
                ol.documents {
                    @for (index, document) in documents().filter(|(_, d)| d.unread.is_none()) {
                        li id={ "document-" (index + 1) } value=(index + 1) { (self.document(document)) }
                    }
                }
                @if unread > 0 {
                    p { (self.phrases.language.fill(SOME_NOT_READ, &[&count])) }
                    ol.documents {
                        @for (index, document) in documents().filter(|(_, d)| d.unread.is_some()) {
                            li id={ "document-" (index + 1) } value=(index + 1) {
                                code { (document.path) } ": "
                                @if let Some(why) = &document.unread { (why) }
                            }
                        }
                    }
                } @else if !briefing.documents.is_empty() {
                    p { (self.say(ALL_READ)) }
                }
            }
        }
    }

    fn document(&self, document: &DocumentLine) -> Markup {
        let outlet = document.outlet.as_deref();
        let title = document.title.as_deref().unwrap_or_else(|| self.say(NO_TITLE));
        // An address comes from the document, so only one that fetches a page is a link.
        let is_page =
            |url: &&String| url.starts_with("https://") || url.starts_with("http://");
        html! {
            cite lang=(document.language) {
                @if let Some(url) = document.url.as_ref().filter(is_page) {
                    a href=(url) rel="noreferrer" { (title) }
                } @else { (title) }
            }
            br;
            span.soft {
                (outlet.unwrap_or_else(|| self.say(NO_OUTLET))) " · "
                (self.phrases.published(document)) " · "
                (self.phrases.lineage(document, str::to_owned)) " · " code { (document.path) }
            }
        }
    }

    fn foot(&self) -> Markup {
        let notes =
            [CITATION_NOTE_PAGE, MARK_NOTE, DOUBT_NOTE].map(|note| self.say(note));
        html! { footer { p { (notes.join(self.phrases.language.space())) } } }
    }
}

/// The words of an entry in the list by date.
fn snippet(passage: &Passage) -> Markup {
    let cut = passage.within(SNIPPET);
    html! {
        q lang=(cut.language) {
            @for (is_marked, piece) in cut.pieces() {
                @if is_marked { mark { (piece) } } @else { (piece) }
            }
        }
    }
}

fn passage(passage: &Passage) -> Markup {
    let cut = passage.within(SENTENCE);
    html! {
        p lang=(cut.language) {
            @for (is_marked, piece) in cut.pieces() {
                @if is_marked { mark { (piece) } } @else { (piece) }
            }
        }
    }
}
