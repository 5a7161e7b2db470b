//! Positions and open items on the page.

use super::{Page, snippet};
use crate::Tone;
use crate::briefing::{OpenItem, Position};
use crate::words::*;
use maud::{Markup, html};

impl Page<'_> {
    /// A table of positions, issues by parties.
    pub(super) fn positions(&self) -> Markup {
        let phrases = self.phrases;
        let table = phrases.position_table();
        html! {
            section #positions {
                h2 { (self.say(H_POSITIONS)) }
                @if table.rows.is_empty() { p { (self.say(NO_POSITIONS)) } }
                @else {
                    p { (self.say(POSITIONS_NOTE)) }
                    div.scroll {
                        table.standing {
                            thead { tr {
                                th scope="col" { (self.say(ISSUE)) }
                                @for party in &table.parties {
                                    th scope="col" { (phrases.briefing.name(party)) }
                                }
                            } }
                            tbody {
                                @for (issue, cells) in &table.rows {
                                    tr {
                                        th scope="row" { (issue) }
                                        @for cell in cells {
                                            td { @if let Some(position) = cell { (self.position(position)) } }
                                        }
                                    }
                                }
                            }
                        }
                    }
                    @if let Some(said) = phrases.positions_left_out(table.hidden) { p.soft { (said) } }
                }
            }
        }
    }

    fn position(&self, position: &Position) -> Markup {
        let days = self.phrases.position_days(position);
        html! {
            span class={ "act " (Tone::of(position.act).class()) } {
                (self.phrases.position_act(position))
            }
            span.more {
                (days.join(self.phrases.language.comma())) (self.numbers(&position.accounts))
            }
        }
    }

    /// What is open, as a table.
    pub(super) fn open_items(&self) -> Markup {
        let (items, hidden) = self.phrases.open_items();
        html! {
            section #open {
                h2 { (self.say(H_OPEN)) }
                @if items.is_empty() { p { (self.say(NO_OPEN)) } }
                @else {
                    p { (self.phrases.open_summary()) }
                    div.scroll {
                        table.standing {
                            thead { tr {
                                @for word in [DUE_ON, WHAT, WHO, STATUS] {
                                    th scope="col" { (self.say(word)) }
                                }
                            } }
                            tbody { @for item in items { (self.open_item(item)) } }
                        }
                    }
                    (self.left_out(hidden))
                }
            }
        }
    }

    fn open_item(&self, item: &OpenItem) -> Markup {
        let phrases = self.phrases;
        html! {
            tr {
                td.date {
                    @if let Some(due) = phrases.open_due(item) { (due) }
                    @if let Some(since) = phrases.open_since(item) { span.more { (since) } }
                }
                td {
                    (phrases.open_head(item))
                    @if let Some(account) = item.accounts.first() { br; (snippet(&account.passage)) }
                    (self.numbers(&item.accounts))
                }
                td { (phrases.open_sides(item)) }
                td {
                    (phrases.open_status(item))
                    @if let Some(account) = &item.closed_by {
                        span.more {
                            (snippet(&account.passage)) (self.numbers(std::slice::from_ref(account)))
                        }
                    }
                }
            }
        }
    }
}
