//! How one party came to stand where it stands on one issue.
//!
//! In: a party and an issue. Out: its steps, each with its sentences and those of the step
//! that it changed. Refuses to know: the table beside it.

use super::{Asked, Place, Refused, Room, Shown, lines::tone, positions::change};
use ledger::{Filter, PositionLine, PositionStep};
use maud::{Markup, html};

/// The most steps that are shown in full; the ones before are counted.
const STEPS: usize = 24;
/// The most accounts of one step.
const ACCOUNTS: usize = 2;

/// The steps beside the table.
pub(super) fn beside(
    room: &Room<'_>,
    asked: &Asked,
    party: &str,
    issue: &str,
) -> Shown<Markup> {
    let filter = Filter {
        party: Some(party.to_owned()),
        issue: Some(issue.to_owned()),
        limit: Some(1),
        ..asked.lens.filter()
    };
    let Some(line) = room.ledger.positions(&filter)?.into_iter().next() else {
        let name = format!("{party}, {issue}");
        return Err(Refused::Unknown("a.position", name));
    };
    let hidden = line.history.len().saturating_sub(STEPS);
    let mut steps = Vec::new();
    for step in line.history.iter().skip(hidden) {
        steps.push(one(room, asked, step)?);
    }
    Ok(html! {
        h2 { (asked.language.with("position.title", &[
            room.names.party(party, asked.language), room.names.issue(issue, asked.language)])) }
        p.sum { (summary(asked, &line)) }
        @if hidden > 0 {
            p.more { (asked.language.number("n.earlier-steps", hidden)) }
        }
        ol.steps { @for step in steps { (step) } }
    })
}

fn summary(asked: &Asked, line: &PositionLine) -> String {
    let act = record::Act::from_code(&line.act).map(|act| asked.language.act(act));
    let since = asked.language.with("since", &[&asked.date(Some(&line.since))]);
    let again =
        line.history.iter().filter(|step| step.change.code() == "reaffirmed").count();
    let mut said = format!("{} {since}", act.unwrap_or(&line.act));
    if again > 0 {
        said.push_str(asked.text("list.comma"));
        said.push_str(&asked.language.number("n.reaffirmed", again));
    }
    said
}

fn one(room: &Room<'_>, asked: &Asked, step: &PositionStep) -> Shown<Markup> {
    let place = Place::Move(step.move_id.clone());
    let evidence = room.evidence(asked, &step.accounts, &[], ACCOUNTS, Some(&place))?;
    let before = match &step.compared {
        Some(before) if step.change.code() != "reaffirmed" => {
            let place = Place::Move(before.move_id.clone());
            let evidence =
                room.evidence(asked, &before.accounts, &[], 1, Some(&place))?;
            Some((before, evidence))
        }
        _ => None,
    };
    Ok(html! {
        li class=(tone(&step.act)) tabindex="0" {
            p.step {
                time { (asked.date(Some(&step.date))) } " "
                a href=(asked.to(&place)) { (room.act(asked, &step.act)) } " "
                span.change { (change(asked, step.change.code())) }
                @if step.is_conditional { " · " (asked.text("conditional")) }
                @if !step.toward.is_empty() { " → " (room.parties(asked, &step.toward)) }
                " · " (asked.language.number("n.origins", step.origins))
            }
            (evidence)
            @if let Some((before, evidence)) = before {
                div.before {
                    p.step {
                        (asked.text("position.before")) " " time { (asked.date(Some(&before.date))) }
                        " " (room.act(asked, &before.act))
                    }
                    (evidence)
                }
            }
        }
    })
}
