//! The sentences behind a line, beside it.
//!
//! In: accounts. Out: each one's sentence in its own language and type, the words marked
//! that made the entry, then who published it, from whom, when. Refuses to know: what the
//! line says.

use super::{Asked, Place, Room, Shown};
use crate::{Passage, Passages};
use ledger::Account;
use maud::{Markup, html};
use std::collections::BTreeSet;

/// The most characters of one sentence that are shown.
const SENTENCE: usize = 260;

impl Room<'_> {
    /// The first `most` accounts in full, and how many more there are behind `all`. `words`
    /// are further words to mark.
    pub(super) fn evidence(
        &self,
        asked: &Asked,
        accounts: &[Account],
        words: &[&str],
        most: usize,
        all: Option<&Place>,
    ) -> Shown<Markup> {
        let mut passages = Passages::new(self.ledger, self.fold);
        let mut quotes = Vec::new();
        let mut seen = BTreeSet::new();
        let mut left = accounts.len();
        // One account of each origin comes before a second one of any.
        for account in first_of_origins(accounts) {
            if quotes.len() == most {
                break;
            }
            left -= 1;
            let passage = passages.of(account, words)?.within(SENTENCE);
            // Two acts that one sentence tells show it once.
            if seen.insert((account.document.as_str(), passage.text.clone())) {
                quotes.push(self.quote(asked, account, &passage));
            }
        }
        let more = left;
        Ok(html! {
            @for quote in quotes { (quote) }
            @if more > 0 {
                p.more {
                    @let words = asked.language.number("n.more-accounts", more);
                    @match all {
                        Some(place) => (asked.link(place, &words)),
                        None => (words),
                    }
                }
            }
        })
    }

    /// One account: its passage and where it stands.
    pub(super) fn quote(
        &self,
        asked: &Asked,
        account: &Account,
        passage: &Passage,
    ) -> Markup {
        html! {
            blockquote {
                (self.passage(passage))
                (self.citation(asked, account))
            }
        }
    }

    /// Words of an article in their own language, marked.
    pub(super) fn passage(&self, passage: &Passage) -> Markup {
        html! {
            p lang=(passage.language) dir="auto" {
                @for (is_marked, words) in passage.pieces() {
                    @if is_marked { mark { (words) } } @else { (words) }
                }
            }
        }
    }

    /// Who published an account, whom it has it from, when; a link to where it stands.
    pub(super) fn citation(&self, asked: &Asked, account: &Account) -> Markup {
        let outlet = account.outlet.as_deref().unwrap_or(asked.text("no-outlet"));
        let start = account.span.0;
        let part = super::parts::address(self, asked, &account.document, start);
        let at = format!("{part}#b{start}");
        html! {
            cite {
                a href=(at) { bdi { (outlet) } }
                @if account.outlet.as_deref() != Some(account.origin.as_str())
                    && account.outlet.is_some() {
                    (asked.language.with("from-origin", &[&account.origin]))
                }
                @if let Some(day) = &account.published {
                    (asked.text("comma")) (asked.short_date(day))
                }
            }
        }
    }
}

/// Accounts with the first of each origin before all others.
fn first_of_origins(accounts: &[Account]) -> Vec<&Account> {
    let mut seen = BTreeSet::new();
    let (mut first, rest): (Vec<&Account>, Vec<&Account>) =
        accounts.iter().partition(|account| seen.insert(account.origin.as_str()));
    first.extend(rest);
    first
}
