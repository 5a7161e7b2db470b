//! Positions and open items in Markdown.

use super::{SNIPPET, Writer, escape, numbers, passage};
use crate::briefing::{OpenItem, Position};
use crate::words::*;

impl Writer<'_> {
    /// A table of positions, issues by parties.
    pub(super) fn positions(&mut self) {
        let phrases = self.phrases;
        let table = phrases.position_table();
        self.heading(2, phrases.language.say(H_POSITIONS));
        if table.rows.is_empty() {
            self.line(phrases.language.say(NO_POSITIONS));
            return;
        }
        self.paragraph(&[phrases.language.say(POSITIONS_NOTE).to_owned()]);
        self.gap();
        let parties = table.parties.iter().map(|party| phrases.briefing.name(party));
        let heads: Vec<String> = parties.map(|name| escape(&name)).collect();
        let issue = phrases.language.say(ISSUE);
        self.line(&format!("| {issue} | {} |", heads.join(" | ")));
        self.line(&format!("| --- {}|", "| --- ".repeat(heads.len())));
        for (issue, cells) in &table.rows {
            let cells: Vec<String> = cells
                .iter()
                .map(|cell| cell.map_or_else(String::new, |p| self.position(p)))
                .collect();
            self.line(&format!("| {} | {} |", escape(issue), cells.join(" | ")));
        }
        if let Some(said) = phrases.positions_left_out(table.hidden) {
            self.line(&format!("\n*{said}*"));
        }
    }

    fn position(&self, position: &Position) -> String {
        let phrases = self.phrases;
        let mut parts = vec![format!("**{}**", phrases.position_act(position))];
        parts.extend(phrases.position_days(position));
        let comma = phrases.language.comma();
        format!("{} {}", parts.join(comma), numbers(&position.accounts))
    }

    /// What is open, one line each.
    pub(super) fn open_items(&mut self) {
        let phrases = self.phrases;
        self.heading(2, phrases.language.say(H_OPEN));
        if phrases.briefing.open_items.is_empty() {
            self.line(phrases.language.say(NO_OPEN));
            return;
        }
        self.paragraph(&[phrases.open_summary()]);
        self.gap();
        let (items, hidden) = phrases.open_items();
        for item in items {
            let said = self.open_item(item);
            self.line(&said);
        }
        self.left_out(hidden);
    }

    fn open_item(&self, item: &OpenItem) -> String {
        let phrases = self.phrases;
        let mut parts = vec![
            format!("**{}**", phrases.open_status(item)),
            escape(&phrases.open_head(item)),
            escape(&phrases.open_sides(item)),
        ];
        if let Some(due) = phrases.open_due(item) {
            parts.push(phrases.language.fill(DUE, &[&due]));
        } else {
            parts.extend(phrases.open_since(item));
        }
        let words = item.accounts.first().map(|one| passage(&one.passage, SNIPPET));
        let closed = item.closed_by.as_slice();
        let closed = closed.iter().map(|one| {
            let cited = numbers(std::slice::from_ref(one));
            format!(" → {} {cited}", passage(&one.passage, SNIPPET))
        });
        format!(
            "- {} · {} {}{}",
            parts.join(" · "),
            words.unwrap_or_default(),
            numbers(&item.accounts),
            closed.collect::<String>()
        )
    }
}
