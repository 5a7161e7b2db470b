//! A document's text with everything marked that was read in it.
//!
//! In: a stretch of an article and the marks that reach into it. Out: its paragraphs, cut
//! at every edge of a mark, each piece with the classes of the marks that cover it. Refuses
//! to know: what a mark means beyond its class; the notes beside the text say that.

use super::controls::visible;
use super::lines::tone;
use super::margin::Margin;
use super::{Asked, Shown};
use ledger::Mark;
use maud::{Markup, html};
use record::{Article, Paragraph, ParagraphKind, Span};
use std::collections::BTreeSet;

/// A run of text that the same marks cover.
#[derive(Debug, PartialEq, Eq)]
struct Piece {
    span: Span,
    /// Which marks cover it, the longest first.
    marks: Vec<usize>,
}

/// What is marked, and what was said of it.
pub(super) struct Marked<'a> {
    pub article: &'a Article,
    /// The stretch that is shown.
    pub stretch: Span,
    /// In text order, the longer ones first.
    pub marks: &'a [Mark],
    pub margin: &'a Margin<'a>,
}

impl Marked<'_> {
    /// The paragraphs in order; those that are not the article's own are folded away.
    pub fn text(&self, asked: &Asked) -> Shown<Markup> {
        let paragraphs = self.paragraphs();
        let mut anchors = BTreeSet::new();
        let mut sweep = Sweep { marks: self.marks, next: 0, open: Vec::new() };
        let mut shown = Vec::new();
        let mut at = 0;
        while at < paragraphs.len() {
            let is_read = paragraphs[at].0.is_read();
            let run = paragraphs[at..].iter().take_while(|p| p.0.is_read() == is_read);
            let run: Vec<&(ParagraphKind, Span)> = run.collect();
            at += run.len();
            let inside: Vec<Markup> = run
                .iter()
                .map(|(kind, span)| {
                    self.paragraph(
                        *kind,
                        &sweep.pieces(*span, &self.article.text),
                        &mut anchors,
                    )
                })
                .collect();
            shown.push(match is_read {
                true => html! { @for one in inside { (one) } },
                false => folded(asked, &run, &inside),
            });
        }
        Ok(html! {
            div.text lang=(self.article.language) {
                @for one in shown { (one) }
            }
        })
    }

    /// The paragraphs of the stretch, cut to it.
    fn paragraphs(&self) -> Vec<(ParagraphKind, Span)> {
        let within = |p: &Paragraph| {
            let (start, end) =
                (p.span.start.max(self.stretch.start), p.span.end.min(self.stretch.end));
            (start < end).then(|| (p.kind, Span::new(start, end)))
        };
        self.article.paragraphs.iter().filter_map(within).collect()
    }

    fn paragraph(
        &self,
        kind: ParagraphKind,
        pieces: &[Piece],
        anchors: &mut BTreeSet<usize>,
    ) -> Markup {
        let words = html! { @for piece in pieces { (self.piece(piece, anchors)) } };
        match kind {
            ParagraphKind::Title => html! { h2.headline dir="auto" { (words) } },
            ParagraphKind::Heading => html! { h3 dir="auto" { (words) } },
            ParagraphKind::Body => html! { p dir="auto" { (words) } },
            other => html! { p class=(other.code()) dir="auto" { (words) } },
        }
    }

    /// One piece: where an entry begins it can be linked to, where one ends stands the
    /// number of its note.
    fn piece(&self, piece: &Piece, anchors: &mut BTreeSet<usize>) -> Markup {
        let words = visible(piece.span.of(&self.article.text));
        let marks = || piece.marks.iter().map(|at| &self.marks[*at]);
        let mut begun: Vec<usize> = marks()
            .filter(|mark| is_entry(mark) && mark.span.start == piece.span.start)
            .map(|mark| mark.in_document.start)
            .filter(|start| anchors.insert(*start))
            .collect();
        let id = begun.pop().map(|start| format!("b{start}"));
        let mut classes: Vec<&str> = Vec::new();
        for class in marks().flat_map(classes_of).chain(id.is_some().then_some("mark")) {
            if !class.is_empty() && !classes.contains(&class) {
                classes.push(class);
            }
        }
        let class = (!classes.is_empty()).then(|| classes.join(" "));
        // Of a name in a time expression the inner one is the closer reading.
        let note = piece.marks.iter().rev().find_map(|at| self.margin.note_of(*at));
        let ended: BTreeSet<usize> = marks()
            .filter(|mark| is_entry(mark))
            .filter(|mark| mark.span.end.min(self.stretch.end) == piece.span.end)
            .filter_map(|mark| self.margin.number_of(mark))
            .collect();
        html! {
            @for start in begun { span id={ "b" (start) } {} }
            @match (&note, &class) {
                (Some(note), _) => a id=[id] class=[class] href={ "#" (note) } { (words) },
                (None, Some(class)) => span id=[id] class=(class) { (words) },
                (None, None) => (words),
            }
            @for number in ended { a.ref href={ "#n" (number) } { (number) } }
        }
    }
}

/// Whether a mark is the whole of a statement, a move or a meeting.
pub(super) fn is_entry(mark: &Mark) -> bool {
    mark.part == "whole"
        && matches!(mark.record.as_str(), "statement" | "move" | "meeting")
}

/// The classes that a mark gives the words under it.
fn classes_of(mark: &Mark) -> [&str; 2] {
    match (mark.record.as_str(), mark.part.as_str()) {
        ("mention", _) => ["who", ""],
        ("timex", _) => ["when", ""],
        ("statement", "whole") => ["said", ""],
        ("statement", part @ ("cue" | "content")) => [part, ""],
        ("move", "condition") => ["condition", ""],
        ("move", _) => ["done", tone(&mark.about)],
        // The sentence that tells of a meeting is long; its own word stands out.
        ("meeting", "mention") => ["met", ""],
        ("meeting", _) => ["told", ""],
        _ => ["", ""],
    }
}

fn folded(asked: &Asked, run: &[&(ParagraphKind, Span)], inside: &[Markup]) -> Markup {
    let kinds: BTreeSet<&str> = run.iter().map(|(kind, _)| kind.code()).collect();
    let kinds: Vec<String> = kinds
        .into_iter()
        .map(|kind| {
            asked.language.find(&format!("paragraph.{kind}")).unwrap_or(kind).to_owned()
        })
        .collect();
    html! {
        details.aside lang=(asked.language.tag()) {
            summary {
                (asked.language.number("n.paragraphs-left", run.len())) ": "
                (asked.language.list(&kinds))
            }
            @for one in inside { (one) }
        }
    }
}

/// Goes through the text once, from paragraph to paragraph, with the marks that are open.
struct Sweep<'a> {
    marks: &'a [Mark],
    next: usize,
    open: Vec<usize>,
}

impl Sweep<'_> {
    /// A paragraph in pieces. A mark that begins or ends within a character is left out.
    fn pieces(&mut self, paragraph: Span, text: &str) -> Vec<Piece> {
        self.open.retain(|at| self.marks[*at].span.end > paragraph.start);
        while let Some(mark) =
            self.marks.get(self.next).filter(|mark| mark.span.start < paragraph.end)
        {
            let fits = |at: usize| at <= text.len() && text.is_char_boundary(at);
            let reaches = mark.span.end > paragraph.start && !mark.span.is_empty();
            if reaches && fits(mark.span.start) && fits(mark.span.end) {
                self.open.push(self.next);
            }
            self.next += 1;
        }
        let mut edges = BTreeSet::from([paragraph.start, paragraph.end]);
        for at in &self.open {
            let span = self.marks[*at].span;
            edges.extend(
                [span.start, span.end].into_iter().filter(|at| paragraph.holds(*at)),
            );
        }
        let edges: Vec<usize> = edges.into_iter().collect();
        let mut pieces = Vec::new();
        let mut waiting = self.open.iter().copied().peekable();
        let mut over: Vec<usize> = Vec::new();
        for edge in edges.windows(2) {
            let span = Span::new(edge[0], edge[1]);
            over.retain(|at| self.marks[*at].span.end > span.start);
            while let Some(at) =
                waiting.next_if(|at| self.marks[*at].span.start <= span.start)
            {
                over.push(at);
            }
            let mut marks = over.clone();
            marks.sort_by_key(|at| std::cmp::Reverse(self.marks[*at].span.len()));
            pieces.push(Piece { span, marks });
        }
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(start: usize, end: usize) -> Mark {
        Mark {
            record: "statement".to_owned(),
            part: "whole".to_owned(),
            span: Span::new(start, end),
            in_document: Span::new(start, end),
            rules: Vec::new(),
            entry: None,
            about: String::new(),
            beside: None,
        }
    }

    fn cut(
        text: &str,
        marks: &[(usize, usize)],
        paragraph: (usize, usize),
    ) -> Vec<(String, Vec<usize>)> {
        let marks: Vec<Mark> =
            marks.iter().map(|(start, end)| mark(*start, *end)).collect();
        let mut sweep = Sweep { marks: &marks, next: 0, open: Vec::new() };
        let paragraph = Span::new(paragraph.0, paragraph.1);
        let pieces = sweep.pieces(paragraph, text);
        pieces
            .into_iter()
            .map(|piece| (piece.span.of(text).to_owned(), piece.marks))
            .collect()
    }

    #[test]
    fn marks_that_overlap_are_cut_at_every_edge() {
        let found = cut("abcdefgh", &[(0, 6), (1, 3), (2, 8)], (0, 8));
        let expected = [
            ("a", vec![0]),
            ("b", vec![0, 1]),
            ("c", vec![0, 2, 1]),
            ("def", vec![0, 2]),
            ("gh", vec![2]),
        ];
        let expected = expected.map(|(words, marks)| (words.to_owned(), marks));
        assert_eq!(found, expected);
    }

    #[test]
    fn pieces_rejoin_to_the_paragraph() {
        let found = cut("abcdefgh", &[(0, 2), (3, 3), (5, 99)], (1, 7));
        let words: String = found.iter().map(|piece| piece.0.as_str()).collect();
        assert_eq!(words, "bcdefg");
        assert_eq!(found.last().map(|piece| piece.1.clone()), Some(Vec::new()));
    }

    #[test]
    fn mark_within_a_character_is_left_out() {
        assert_eq!(cut("俄方", &[(1, 3)], (0, 6)), [("俄方".to_owned(), Vec::new())]);
    }

    #[test]
    fn mark_reaches_over_paragraphs() {
        let text = "abcd\nefgh";
        let marks = [mark(2, 7)];
        let mut sweep = Sweep { marks: &marks, next: 0, open: Vec::new() };
        assert_eq!(sweep.pieces(Span::new(0, 4), text).len(), 2);
        let second = sweep.pieces(Span::new(5, 9), text);
        assert_eq!(second[0].marks, [0]);
        assert!(second[1].marks.is_empty());
    }
}
