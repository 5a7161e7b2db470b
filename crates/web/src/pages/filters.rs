//! The fields that narrow a list: outlet, party, issue, days.
//!
//! In: what the list is narrowed to now. Out: a form that asks for the same page again.
//! Refuses to know: the list. Files cannot be asked and have no form.

use super::{Asked, Medium, Room};
use crate::Language;
use maud::{Markup, html};

/// What a form asks for beside the common fields.
pub(super) struct Fields {
    /// The key of the phrase on its button.
    pub button: &'static str,
    /// Whether words are asked for.
    pub has_words: bool,
}

impl Room<'_> {
    /// The form over a list.
    pub(super) fn filters(&self, asked: &Asked, fields: &Fields) -> Markup {
        if asked.medium == Medium::Files {
            return html! {};
        }
        let lens = &asked.lens;
        html! {
            form.filters method="get" action=(asked.through(&asked.place, &Default::default())) {
                @if let Some(day) = &lens.as_of { input type="hidden" name="as_of" value=(day); }
                @if fields.has_words {
                    label { (asked.text("filter.words")) br;
                        input name="q" type="search" value=[lens.words.as_deref()] size="24" maxlength="200"; }
                }
                label { (asked.text("filter.outlet")) br;
                    input name="outlet" value=[lens.outlet.as_deref()] size="14" maxlength="200"; }
                label { (asked.text("filter.party")) br; (self.party_field(asked)) }
                label { (asked.text("filter.issue")) br; (self.issue_field(asked)) }
                (day_field(asked, "from", "filter.from", lens.from.as_deref()))
                (day_field(asked, "to", "filter.to", lens.to.as_deref()))
                button { (asked.text(fields.button)) }
            }
        }
    }

    /// All parties by name; one that is asked for and unknown too.
    fn party_field(&self, asked: &Asked) -> Markup {
        let chosen = asked.lens.party.as_deref();
        let names = self
            .names
            .parties
            .keys()
            .map(|code| (self.names.party(code, asked.language), code.as_str()));
        let mut names: Vec<(&str, &str)> = names.collect();
        names.sort_unstable();
        // Chinese names have no order that is looked up by ear; codes have.
        if asked.language == Language::Zh {
            names.sort_unstable_by_key(|(_, code)| *code);
        }
        choice("party", chosen, &names, asked)
    }

    fn issue_field(&self, asked: &Asked) -> Markup {
        let names: Vec<(&str, &str)> = self
            .names
            .issues
            .iter()
            .map(|(id, _)| (self.names.issue(id, asked.language), id.as_str()))
            .collect();
        choice("issue", asked.lens.issue.as_deref(), &names, asked)
    }
}

fn choice(
    key: &str,
    chosen: Option<&str>,
    names: &[(&str, &str)],
    asked: &Asked,
) -> Markup {
    let is_chosen =
        |value: &str| chosen.is_some_and(|chosen| chosen.eq_ignore_ascii_case(value));
    let is_known = names.iter().any(|(_, value)| is_chosen(value));
    html! {
        select name=(key) {
            option value="" { (asked.text("filter.any")) }
            @if let Some(other) = chosen.filter(|_| !is_known) {
                option value=(other) selected { (other) }
            }
            @for (name, value) in names {
                option value=(value) selected[is_chosen(value)] { (name) }
            }
        }
    }
}

fn day_field(
    asked: &Asked,
    key: &'static str,
    label: &'static str,
    value: Option<&str>,
) -> Markup {
    html! {
        label { (asked.text(label)) br;
            input name=(key) value=[value] size="10" autocomplete="off"
                placeholder=(asked.text("filter.day")); }
    }
}
