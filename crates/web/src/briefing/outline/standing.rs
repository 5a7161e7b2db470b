//! Positions and open items as tables of an outline.

use super::{Block, Column, Role, Run, SNIPPET, Style, Writer, passage_runs};
use crate::briefing::{OpenItem, Position};
use crate::words::*;

/// How wide the heads of rows are beside a column.
const HEADS: f32 = 1.15;

impl Writer<'_> {
    fn column(&self, head: &str, share: f32) -> Column {
        Column { head: vec![self.plain(head)], share }
    }

    /// A table of positions, issues by parties.
    pub(super) fn positions(&mut self) {
        let phrases = self.phrases;
        let table = phrases.position_table();
        self.heading(2, phrases.language.say(H_POSITIONS));
        if table.rows.is_empty() {
            self.say(Role::Body, NO_POSITIONS);
            return;
        }
        self.say(Role::Body, POSITIONS_NOTE);
        let mut columns = vec![self.column(phrases.language.say(ISSUE), HEADS)];
        let parties = table.parties.iter().map(|party| phrases.briefing.name(party));
        columns.extend(parties.map(|name| self.column(&name, 1.0)));
        let row = |(issue, cells): &(&str, Vec<Option<&Position>>)| {
            let head = std::iter::once(vec![self.plain(*issue)]);
            let cells = cells.iter();
            let cells = cells.map(|cell| cell.map_or(Vec::new(), |p| self.position(p)));
            head.chain(cells).collect()
        };
        let rows = table.rows.iter().map(row).collect();
        self.blocks.push(Block::Table { columns, has_row_heads: true, rows });
        if let Some(said) = phrases.positions_left_out(table.hidden) {
            self.sentences(Role::Soft, &[said]);
        }
    }

    fn position(&self, position: &Position) -> Vec<Run> {
        let phrases = self.phrases;
        let days = phrases.position_days(position).join(phrases.language.comma());
        let mut runs = vec![
            self.run(phrases.position_act(position), Style::Strong),
            self.plain(format!("\n{days}")),
        ];
        runs.extend(self.numbers(&position.accounts));
        runs
    }

    /// What is open, as a table.
    pub(super) fn open_items(&mut self) {
        let phrases = self.phrases;
        self.heading(2, phrases.language.say(H_OPEN));
        let (items, hidden) = phrases.open_items();
        if items.is_empty() {
            self.say(Role::Body, NO_OPEN);
            return;
        }
        self.sentences(Role::Body, &[phrases.open_summary()]);
        let heads = [(DUE_ON, 1.15), (WHAT, 2.45), (WHO, 1.2), (STATUS, 1.0)];
        let columns =
            heads.map(|(word, share)| self.column(phrases.language.say(word), share));
        let rows = items.into_iter().map(|item| self.open_item(item)).collect();
        let columns = columns.to_vec();
        self.blocks.push(Block::Table { columns, has_row_heads: false, rows });
        self.left_out(hidden);
    }

    fn open_item(&self, item: &OpenItem) -> Vec<Vec<Run>> {
        let phrases = self.phrases;
        let due = phrases.open_due(item);
        let mut when: Vec<Run> = due.iter().map(|due| self.plain(due)).collect();
        if let Some(since) = phrases.open_since(item) {
            let since = if when.is_empty() { since } else { format!("\n{since}") };
            when.push(self.run(since, Style::Soft));
        }
        let mut what = vec![self.plain(phrases.open_head(item))];
        if let Some(account) = item.accounts.first() {
            what.push(self.plain("\n"));
            what.extend(passage_runs(&account.passage, SNIPPET));
        }
        what.extend(self.numbers(&item.accounts));
        let mut status = vec![self.plain(phrases.open_status(item))];
        if let Some(account) = &item.closed_by {
            status.push(self.plain("\n"));
            status.extend(passage_runs(&account.passage, SNIPPET));
            status.extend(self.numbers(std::slice::from_ref(account)));
        }
        vec![when, what, vec![self.plain(phrases.open_sides(item))], status]
    }
}
