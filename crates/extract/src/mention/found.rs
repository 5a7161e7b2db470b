//! What the parts of this room hand to each other: one naming, not yet anybody's.

use crate::Page;
use record::{MentionForm, Rule, Span};

/// One place where somebody or something is named, before entities are made.
#[derive(Debug, Clone)]
pub struct Found {
    /// The words of the name, title or pronoun itself.
    pub span: Span,
    /// The whole phrase, titles and all: 俄罗斯副外长谢尔盖·里亚布科夫.
    pub phrase: Span,
    /// How it names.
    pub form: MentionForm,
    /// Whom, as far as the words tell.
    pub what: What,
    /// The words of the office beside a name: 俄罗斯副外长.
    pub role: Option<Span>,
    /// Whether the office is an expert's, a journalist's or a private person's.
    pub is_private: bool,
    /// The party that the phrase gives: RUS for 俄罗斯副外长.
    pub party: Option<String>,
    /// The rows that found it.
    pub rules: Vec<Rule>,
}

/// Whom a naming means, as far as its words tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A row of the gazetteer or agenda.
    Known(usize),
    /// A person whom no row holds.
    Person,
    /// A body of a state: 俄罗斯国防部.
    Body,
    /// An office or description without a name: 泰国总理, 一名美国高级官员.
    Office,
    /// More than one: 双方, 两位外长.
    Collective,
    /// 他, 她, 它.
    Pronoun,
}

/// The rule of speakers that nothing but their place before a verb of speech shows.
pub const IMPLIED: &str = "form:before-cue";

impl Found {
    /// Whether nothing but its place before a verb of speech shows that somebody is meant.
    pub fn is_implied(&self) -> bool {
        self.what == What::Office
            && self.rules.iter().any(|rule| rule.as_str() == IMPLIED)
    }
    /// A naming with nothing around it.
    pub fn bare(span: Span, form: MentionForm, what: What, rules: Vec<Rule>) -> Found {
        Found {
            span,
            phrase: span,
            form,
            what,
            role: None,
            is_private: false,
            party: None,
            rules,
        }
    }
}

/// Reads characters of a shadow to both sides of a place, stepping over markup.
pub struct Around<'a> {
    shadow: &'a str,
}

impl<'a> Around<'a> {
    /// Reads in the page's shadow.
    pub fn of(page: &Page<'a>) -> Around<'a> {
        Around { shadow: page.shadow }
    }
    /// The place after any markup that starts at `at`.
    pub fn skip(&self, at: usize) -> usize {
        let rest = self.shadow.get(at..).unwrap_or("");
        at + (rest.len() - rest.trim_start_matches(crate::shadow::MARKUP).len())
    }
    /// The place before any markup that ends at `at`.
    pub fn skip_back(&self, at: usize) -> usize {
        let before = self.shadow.get(..at).unwrap_or("");
        before.trim_end_matches(crate::shadow::MARKUP).len()
    }
    /// The character after `at` and where it ends.
    pub fn next(&self, at: usize) -> Option<(char, usize)> {
        let from = self.skip(at);
        let c = self.shadow.get(from..)?.chars().next()?;
        Some((c, from + c.len_utf8()))
    }
    /// The character before `at` and where it starts.
    pub fn before(&self, at: usize) -> Option<(char, usize)> {
        let to = self.skip_back(at);
        let c = self.shadow.get(..to)?.chars().next_back()?;
        Some((c, to - c.len_utf8()))
    }
    /// Whether `words` stand right after `at`.
    pub fn is_next(&self, at: usize, words: &str) -> bool {
        self.shadow.get(self.skip(at)..).is_some_and(|rest| rest.starts_with(words))
    }
    /// Whether `words` stand right before `at`.
    pub fn is_before(&self, at: usize, words: &str) -> bool {
        self.shadow.get(..self.skip_back(at)).is_some_and(|text| text.ends_with(words))
    }
}
