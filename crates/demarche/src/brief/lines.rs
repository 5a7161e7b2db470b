//! The ledger's rows as the lines of a briefing.
//!
//! In: a ledger and a filter. Out: a [`Briefing`] without title. Refuses to know: Markdown,
//! HTML, arguments.

use super::{Sources, join};
use ledger::{Actor, Filter, Ledger};
use record::{Act, Format, Kind, Level, Modality, Span, Status};
use std::collections::{BTreeMap, BTreeSet};
use web::{
    Account, Briefing, DocumentLine, Issue, Language, Lineage, MeetingLine, MoveLine,
    Passages, Speaker, StatementLine,
};

/// How alike the titles of a reprint and its source are.
const SAME_TITLE: f64 = 0.5;

/// Makes the lines of a briefing.
pub fn briefing(
    ledger: &Ledger,
    filter: &Filter,
    from: Sources<'_>,
    language: Language,
) -> Result<Briefing, ledger::Error> {
    let is_wanted =
        |id: &str| from.only.as_ref().is_none_or(|only| only.contains_key(id));
    let mut documents = ledger.documents(filter)?;
    documents.retain(|document| is_wanted(&document.id));
    let actors = ledger.actors(None, filter, from.fold)?;
    let mut room = Room {
        numbers: documents
            .iter()
            .zip(1..)
            .map(|(d, number)| (d.id.clone(), number))
            .collect(),
        passages: Passages::new(ledger, from.fold),
        people: people(&actors, language),
        fold: from.fold,
    };
    let issues = room.issues(ledger, filter, &from.issues)?;
    let touched: BTreeSet<&str> =
        issues.iter().filter_map(|issue| issue.label.as_deref()).collect();
    let silent = from.issues.iter().map(|(_, label)| label.clone());
    Ok(Briefing {
        as_of: filter.as_of.clone().or_else(|| last_published(&documents)),
        silent: silent.filter(|label| !touched.contains(label.as_str())).collect(),
        meetings: room.meetings(ledger, filter)?,
        positions: room.positions(ledger, filter, &from.issues)?,
        open_items: room.open_items(ledger, filter, &from.issues)?,
        speakers: room.speakers(ledger, filter)?,
        documents: document_lines(&documents, &from),
        names: from.names,
        issues,
        ..Briefing::default()
    })
}

/// The last day on which one of the documents was published.
fn last_published(documents: &[ledger::DocumentLine]) -> Option<String> {
    let days = documents.iter().filter_map(|d| d.published.as_deref());
    days.filter_map(|day| day.get(..10)).max().map(str::to_owned)
}

fn document_lines(
    documents: &[ledger::DocumentLine],
    from: &Sources<'_>,
) -> Vec<DocumentLine> {
    let fold = from.fold;
    let read = documents.iter().map(|document| {
        let tag = match &document.script {
            Some(script) => format!("{}-{script}", document.language),
            None => document.language.clone(),
        };
        let source = document.origin.as_ref().or(document.outlet.as_ref());
        let lineage = document.lineage.iter().map(|lineage| Lineage {
            kind: lineage.kind.to_owned(),
            to: lineage.to.clone(),
            document: source_document(document, &lineage.to, documents, fold),
        });
        DocumentLine {
            path: from
                .only
                .as_ref()
                .and_then(|only| only.get(&document.id))
                .unwrap_or(&document.path)
                .clone(),
            url: document.url.clone(),
            outlet: document.outlet.clone(),
            title: document.title.clone(),
            language: tag,
            published: document.published.clone(),
            inferred: false,
            lineage: lineage.collect(),
            origin: source.map_or(document.id.clone(), |source| fold(source)),
            unread: why_unread(document),
        }
    });
    let refused = from.refused.iter().map(|(path, reason)| DocumentLine {
        path: path.clone(),
        unread: Some(reason.clone()),
        ..DocumentLine::default()
    });
    read.chain(refused).collect()
}

/// Why a document has no lines of its own, if that is so.
fn why_unread(document: &ledger::DocumentLine) -> Option<String> {
    let is_silent = document.counts == [0, 0, 0];
    let is_foreign = !document.language.starts_with("zh");
    match &document.empty {
        Some(why) => Some(why.clone()),
        None if is_silent && is_foreign => {
            Some(format!("no reader for its language yet ({})", document.language))
        }
        None => None,
    }
}

/// The number of the document that another one copies: its outlet is the one named, and
/// the titles are alike.
fn source_document(
    document: &ledger::DocumentLine,
    to: &str,
    documents: &[ledger::DocumentLine],
    fold: &dyn Fn(&str) -> String,
) -> Option<usize> {
    let title = fold(document.title.as_deref()?);
    let is_source = |other: &ledger::DocumentLine| {
        let outlet = other.outlet.as_deref().map(fold);
        let likeness =
            other.title.as_deref().map(|other| join::likeness(&title, &fold(other)));
        other.id != document.id
            && outlet.is_some_and(|outlet| outlet == fold(to))
            && likeness.is_some_and(|likeness| likeness >= SAME_TITLE)
    };
    documents.iter().position(is_source).map(|at| at + 1)
}

fn name(actor: &Actor, language: Language) -> String {
    let chinese = || {
        let scripts = ["zh-Hans", "zh-Hant", "zh"];
        scripts.iter().find_map(|script| actor.names.get(*script)).cloned()
    };
    match language {
        Language::En => actor.name.clone(),
        Language::Zh => chinese().unwrap_or_else(|| actor.name.clone()),
    }
}

/// What is said of a person beside their words: name and office.
fn people(
    actors: &[Actor],
    language: Language,
) -> BTreeMap<String, (String, Option<String>)> {
    let people = actors.iter().map(|actor| {
        // The fullest of the offices that the texts give.
        let role = actor.roles.iter().map(|role| &role.text);
        let role = role.max_by_key(|text| text.chars().count()).cloned();
        (actor.name.clone(), (name(actor, language), role))
    });
    people.collect()
}

/// What lines are made with.
pub(super) struct Room<'a> {
    numbers: BTreeMap<String, usize>,
    passages: Passages<'a>,
    people: BTreeMap<String, (String, Option<String>)>,
    fold: &'a dyn Fn(&str) -> String,
}

impl Room<'_> {
    /// Whether one of the documents that are told of has an account.
    pub(super) fn has_any(&self, accounts: &[ledger::Account]) -> bool {
        accounts.iter().any(|account| self.numbers.contains_key(&account.document))
    }

    fn person(&self, name: &str) -> String {
        self.people.get(name).map_or_else(|| name.to_owned(), |(name, _)| name.clone())
    }

    /// Accounts with their sentences, in the order of their documents, one for a sentence.
    pub(super) fn accounts<'l>(
        &mut self,
        accounts: impl Iterator<Item = &'l ledger::Account>,
        marked: &[&str],
    ) -> Result<Vec<Account>, ledger::Error> {
        let mut lines: Vec<Account> = Vec::new();
        for account in accounts {
            let Some(number) = self.numbers.get(&account.document).copied() else {
                continue;
            };
            let passage = self.passages.of(account, marked)?;
            let is_told = lines
                .iter()
                .any(|line| line.document == number && line.passage.text == passage.text);
            if !is_told {
                let bytes = Span::new(account.span.0, account.span.1);
                lines.push(Account { document: number, bytes, passage });
            }
        }
        lines.sort_by_key(|line| (line.document, line.bytes));
        Ok(lines)
    }

    fn issues(
        &mut self,
        ledger: &Ledger,
        filter: &Filter,
        labels: &[(String, String)],
    ) -> Result<Vec<Issue>, ledger::Error> {
        let mut moves = ledger.moves(filter)?;
        moves.retain(|line| self.has_any(&line.accounts));
        let mut issues: BTreeMap<Option<String>, Vec<MoveLine>> = BTreeMap::new();
        for group in join::moves(moves, self.fold) {
            let label = group[0].issue.as_deref().map(|issue| label_of(labels, issue));
            if let Some(line) = self.one_move(&group)? {
                issues.entry(label).or_default().push(line);
            }
        }
        let mut issues: Vec<Issue> =
            issues.into_iter().map(|(label, moves)| Issue { label, moves }).collect();
        issues.sort_by_key(|issue| {
            (issue.label.is_none(), std::cmp::Reverse(issue.moves.len()))
        });
        Ok(issues)
    }

    fn one_move(
        &mut self,
        group: &[ledger::MoveLine],
    ) -> Result<Option<MoveLine>, ledger::Error> {
        let best = group.iter().max_by(|a, b| a.confidence.total_cmp(&b.confidence));
        let Some((best, act)) =
            best.and_then(|best| Some((best, Act::from_code(&best.act)?)))
        else {
            return Ok(None);
        };
        let mut target: Vec<String> = Vec::new();
        for party in group.iter().flat_map(|line| &line.target) {
            if !target.contains(party) {
                target.push(party.clone());
            }
        }
        let told = group.iter().find(|line| line.date().is_some()).unwrap_or(best);
        let dated = group.iter().find(|line| line.occurred_on.is_some()).unwrap_or(told);
        let accounts = group.iter().flat_map(|line| &line.accounts);
        Ok(Some(MoveLine {
            date: dated.date().map(str::to_owned),
            is_reported: dated.occurred_on.is_none(),
            actor: best.actor.clone(),
            by: group
                .iter()
                .find_map(|line| line.by.as_deref())
                .map(|by| self.person(by)),
            act,
            target,
            modality: Modality::from_code(&best.modality).unwrap_or(Modality::Actual),
            conditional: group.iter().any(|line| line.condition.is_some()),
            condition: group.iter().find_map(|line| line.condition.clone()),
            due: group.iter().find_map(|line| line.due.clone()),
            confidence: best.confidence,
            accounts: self.accounts(accounts, &[])?,
        }))
    }

    fn meetings(
        &mut self,
        ledger: &Ledger,
        filter: &Filter,
    ) -> Result<Vec<MeetingLine>, ledger::Error> {
        let mut meetings = ledger.meetings(filter)?;
        meetings.retain(|line| self.has_any(&line.accounts));
        meetings.iter().map(|line| self.meeting(std::slice::from_ref(line))).collect()
    }

    fn meeting(
        &mut self,
        group: &[ledger::MeetingLine],
    ) -> Result<MeetingLine, ledger::Error> {
        let statuses = group.iter().filter_map(|line| Status::from_code(&line.status));
        let status = statuses.min().unwrap_or(Status::Planned);
        let known = |line: &&ledger::MeetingLine| line.level != "unknown";
        let level =
            group.iter().find(known).and_then(|line| Level::from_code(&line.level));
        let known = |line: &&ledger::MeetingLine| line.format != "unknown";
        let format =
            group.iter().find(known).and_then(|line| Format::from_code(&line.format));
        let mut parties: Vec<String> = Vec::new();
        let mut participants: Vec<String> = Vec::new();
        for line in group {
            parties.extend(line.parties.iter().cloned());
            participants.extend(line.participants.iter().map(|name| self.person(name)));
        }
        let unique = |names: Vec<String>| -> Vec<String> {
            let mut seen = BTreeSet::new();
            names.into_iter().filter(|name| seen.insert(name.clone())).collect()
        };
        let minutes: BTreeSet<u32> =
            group.iter().filter_map(|line| line.duration_minutes).collect();
        // Those who tell that it took place before those who tell that it would.
        let held = group.iter().filter(|line| line.status == status.code());
        let other = group.iter().filter(|line| line.status != status.code());
        let mut accounts = self.accounts(held.flat_map(|line| &line.accounts), &[])?;
        accounts.extend(self.accounts(other.flat_map(|line| &line.accounts), &[])?);
        let confidence = group.iter().map(|line| line.confidence).fold(0.0, f64::max);
        Ok(MeetingLine {
            start: group.iter().find_map(|line| line.start.clone()),
            until: group.iter().find_map(|line| line.end.clone()),
            parties: unique(parties),
            participants: unique(participants),
            level: level.unwrap_or(Level::Unknown),
            format: format.unwrap_or(Format::Unknown),
            place: group.iter().find_map(|line| line.place.clone()),
            status,
            minutes: minutes.into_iter().collect(),
            confidence,
            accounts,
        })
    }

    fn speakers(
        &mut self,
        ledger: &Ledger,
        filter: &Filter,
    ) -> Result<Vec<Speaker>, ledger::Error> {
        let mut statements = ledger.statements(filter)?;
        statements.retain(|line| self.has_any(&line.accounts));
        let mut speakers: BTreeMap<String, Speaker> = BTreeMap::new();
        for line in &statements {
            let told = self.statement(std::slice::from_ref(line))?;
            let person = self.people.get(&line.speaker).cloned();
            let (name, role) = person.unwrap_or_else(|| (line.speaker.clone(), None));
            let speaker = speakers.entry(line.speaker.clone()).or_insert_with(|| {
                Speaker { name, role, party: line.party.clone(), statements: Vec::new() }
            });
            speaker.statements.push(told);
        }
        let mut speakers: Vec<Speaker> = speakers.into_values().collect();
        speakers.sort_by_key(|speaker| std::cmp::Reverse(speaker.statements.len()));
        Ok(speakers)
    }

    fn statement(
        &mut self,
        group: &[ledger::StatementLine],
    ) -> Result<StatementLine, ledger::Error> {
        let best = &group[0];
        let told = group.iter().find(|line| line.date().is_some()).unwrap_or(best);
        let dated = group.iter().find(|line| line.said_on.is_some()).unwrap_or(told);
        let cues: Vec<&str> =
            group.iter().filter_map(|line| line.cue.as_deref()).collect();
        let accounts = group.iter().flat_map(|line| &line.accounts);
        Ok(StatementLine {
            said_on: dated.date().map(str::to_owned),
            is_reported: dated.said_on.is_none(),
            cue: best.cue.clone(),
            kind: Kind::from_code(&best.kind).unwrap_or(Kind::Indirect),
            addressee: group.iter().find_map(|line| line.addressee.clone()),
            occasion: group.iter().find_map(|line| line.occasion.clone()),
            confidence: best.confidence,
            accounts: self.accounts(accounts, &cues)?,
        })
    }
}

/// The label of an issue.
pub(super) fn label_of(labels: &[(String, String)], issue: &str) -> String {
    let label = labels.iter().find(|(id, _)| id == issue);
    label.map_or_else(|| readable(issue), |(_, label)| label.clone())
}

/// An issue's id as words, where no agenda has a label for it: `nato-enlargement` gives
/// `NATO enlargement`.
fn readable(issue: &str) -> String {
    const CAPITALS: [&str; 12] = [
        "nato", "inf", "eu", "us", "usa", "un", "osce", "csto", "iaea", "jcpoa", "npt",
        "start",
    ];
    let mut words: Vec<String> = issue
        .split(['-', '_', ' '])
        .map(|word| match CAPITALS.contains(&word) {
            true => word.to_uppercase(),
            false => word.to_owned(),
        })
        .collect();
    if let Some(first) = words.first_mut() {
        let mut letters = first.chars();
        let capital = letters.next().map(|c| c.to_uppercase().to_string());
        *first = capital.unwrap_or_default() + letters.as_str();
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::readable;

    #[test]
    fn issue_without_a_label_is_readable() {
        assert_eq!(readable("nato-enlargement"), "NATO enlargement");
        assert_eq!(readable("nord-stream-2"), "Nord stream 2");
        assert_eq!(readable(""), "");
    }
}
