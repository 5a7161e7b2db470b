//! What the words around an act say it is about.
//!
//! In: the places of a clause and of what surrounds it. Out: the issue, and where it is
//! named. Refuses to know: what is done about it.

use super::{Agenda, Issue};
use crate::lang::zh;
use record::Span;

/// A clause that shows an act and the words around it, as places in the shadow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passage {
    /// The clause.
    pub clause: Span,
    /// The sentence that it stands in.
    pub sentence: Span,
    /// The sentence before, if it stands in the same paragraph.
    pub before: Option<Span>,
    /// The report that it belongs to, part by part; empty for the narration.
    pub report: Vec<Span>,
    /// The heading above it.
    pub heading: Option<Span>,
}

impl Agenda {
    /// The issue of an act, and the words that name it: those nearest to the act that
    /// name one. They are its clause; what the report that it belongs to says in the same
    /// sentence; the sentence; the sentence before, if the clause points back (该协议); the
    /// rest of the report; the heading above.
    pub fn issue_at(&self, shadow: &str, passage: &Passage) -> Option<(&Issue, Span)> {
        let Passage { clause, sentence, before, .. } = *passage;
        let part = passage.report.iter().find(|part| part.overlaps(clause)).copied();
        let own = part.map(|part| {
            let end = part.end.min(sentence.end);
            Span::new(part.start.max(sentence.start).min(end), end)
        });
        let before = before.filter(|_| zh::points_back(clause.of(shadow)));
        let around = [Some(clause), own, Some(sentence), before, part, passage.heading];
        around.into_iter().flatten().find_map(|span| {
            let words = shadow.get(span.start..span.end)?;
            self.issue_of(words).map(|issue| (issue, span))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "甲国要求恢复渔业协议。乙国称该协议已死，但愿谈关税。丙国退出谈判。";

    fn place(words: &str) -> Span {
        let start = TEXT.find(words).expect("words of the text");
        Span::new(start, start + words.len())
    }

    fn issue(passage: &Passage) -> Option<String> {
        let agenda = Agenda::parse(
            "[[issue]]\nid = \"fish\"\nphrases = { zh = [\"渔业\"] }\n\
             [[issue]]\nid = \"tariffs\"\nphrases = { zh = [\"关税\"] }",
        )
        .expect("the text is an agenda");
        agenda.issue_at(TEXT, passage).map(|(issue, _)| issue.id.clone())
    }

    #[test]
    fn own_clause_comes_before_the_sentence() {
        let sentence = place("乙国称该协议已死，但愿谈关税");
        let before = Some(place("甲国要求恢复渔业协议"));
        let of = |clause| Passage { clause, sentence, before, ..Passage::default() };
        assert_eq!(issue(&of(place("但愿谈关税"))).as_deref(), Some("tariffs"));
        assert_eq!(issue(&of(place("乙国称该协议已死"))).as_deref(), Some("tariffs"));
    }

    #[test]
    fn clause_without_an_issue_may_point_back() {
        let clause = place("乙国称该协议已死");
        let before = Some(place("甲国要求恢复渔业协议"));
        let alone = Passage { clause, sentence: clause, ..Passage::default() };
        assert_eq!(issue(&alone), None);
        assert_eq!(issue(&Passage { before, ..alone }).as_deref(), Some("fish"));
        let clause = place("丙国退出谈判");
        let plain = Passage { clause, sentence: clause, before, ..Passage::default() };
        assert_eq!(issue(&plain), None, "nothing in the clause points back");
    }

    #[test]
    fn report_in_the_sentence_comes_before_the_rest_of_it() {
        let clause = place("乙国称该协议已死");
        let report = vec![place("渔业协议。乙国称该协议已死")];
        let passage = Passage { clause, sentence: clause, report, ..Passage::default() };
        assert_eq!(issue(&passage).as_deref(), Some("fish"));
    }
}
