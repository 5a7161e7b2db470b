//! `demarche agenda draft`: an agenda proposed from a ledger.
//!
//! In: a ledger made with no fitting agenda. Out: a TOML file that can be used as it
//! stands and that a person edits. Refuses to know: how words become terms, which of the
//! proposals are right.

use super::issues::{self, Group};
use super::people;
use super::reach::{self, Caught, Reach};
use super::sources::{self, Names, Page};
use super::talks;
use super::term::{self, Bar};
use super::toml::Row;
use super::words::{Words, id};
use crate::Ended;
use crate::arguments::DraftArguments;
use crate::reader::Fold;
use anyhow::{Context, Result, ensure};
use extract::Agenda;
use ledger::Filter;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// What a term of an issue must have.
const BAR: Bar = Bar { sentences: 3, documents: 2, excess: 4.0 };

/// No more issues are looked for than somebody reads.
const MOST_ISSUES: usize = 40;

/// An issue is proposed outright that catches at least so many moves in so many documents.
const FEWEST_MOVES: usize = 4;
const FEWEST_DOCUMENTS: usize = 2;

/// How many documents a remark names.
const NAMED: usize = 3;

/// Runs `demarche agenda draft`.
pub fn run(asked: &DraftArguments) -> Result<Ended> {
    let ledger = asked.ledger.open()?;
    let filter = asked.filter();
    let fold = Fold::load();
    let mut pages = sources::pages(&ledger, &filter, &asked.about, &fold)?;
    let kept: BTreeSet<String> = pages.iter().map(|page| page.document.clone()).collect();
    let of_party = Filter { from: None, to: None, ..filter.clone() };
    let mut moves = ledger.moves(&of_party)?;
    let is_kept = |account: &ledger::Account| kept.contains(&account.document);
    moves.retain(|line| line.accounts.iter().any(is_kept));
    if filter.party.is_some() {
        let own: BTreeSet<(&str, usize)> = moves
            .iter()
            .flat_map(|line| &line.accounts)
            .map(|account| (account.document.as_str(), account.span.0))
            .collect();
        for page in &mut pages {
            let document = page.document.as_str();
            page.moves.retain(|told| own.contains(&(document, told.in_document.start)));
        }
    }
    ensure!(
        pages.iter().any(|page| !page.moves.is_empty()),
        "no document of {} tells of a move that was asked for: leave out a filter, or add \
         more documents",
        ledger.path().display()
    );
    let mut meetings = ledger.meetings(&Filter::default())?;
    meetings.retain(|meeting| meeting.accounts.iter().any(is_kept));
    let actors = ledger.actors(None, &filter, &|text| fold.apply(text))?;
    let known = people::party_names()?;
    let named: BTreeSet<String> =
        pages.iter().flat_map(Page::people).map(str::to_owned).collect();
    let words = Words::load();
    let uncut = sources::cut(&pages, Names::Kept, |_, _| true);
    let headed = talks::headed(&pages, &uncut, &words);
    let draft = Draft {
        head: head(&pages, asked),
        parties: people::parties(&people::deeds(&moves), moves.len(), &known),
        issues: issues(&pages, &words),
        tracks: talks::tracks(&meetings, &headed, &known, &words),
        instruments: talks::instruments(&headed, &words),
        people: people::people(&actors, &known, &|name| {
            named.contains(&fold.apply(name))
        }),
    };
    let text = draft.text();
    Agenda::parse(&text).context("the draft cannot be read; please report this")?;
    match &asked.out {
        None => crate::print::line(text.trim_end())?,
        Some(path) => {
            std::fs::write(path, &text)
                .with_context(|| format!("cannot write the draft {}", path.display()))?;
            crate::print::line(&format!("{}: {}", path.display(), draft.summary()))?;
        }
    }
    Ok(Ended::Done)
}

/// An agenda's rows, list by list.
struct Draft {
    head: String,
    parties: Vec<Row>,
    issues: Vec<Row>,
    tracks: Vec<Row>,
    instruments: Vec<Row>,
    people: Vec<Row>,
}

impl Draft {
    fn text(&self) -> String {
        let mut out = self.head.clone();
        for (title, rows) in [
            ("Parties, by how often they act or are acted towards", &self.parties),
            ("Issues, by how many moves they catch", &self.issues),
            ("Tracks, by how many meetings they have", &self.tracks),
            ("Instruments, by how many documents name them", &self.instruments),
            ("People, by how often they speak or act", &self.people),
        ] {
            if !rows.is_empty() {
                let _ = writeln!(out, "# {title} {}\n", "-".repeat(86 - title.len()));
                rows.iter().for_each(|row| row.write(&mut out));
            }
        }
        out
    }

    /// How many rows of each list are proposed outright.
    fn summary(&self) -> String {
        let count = |rows: &[Row]| rows.iter().filter(|row| row.is_sure).count();
        let [parties, issues, tracks, instruments, people] =
            [&self.parties, &self.issues, &self.tracks, &self.instruments, &self.people]
                .map(|rows| count(rows));
        format!(
            "{parties} parties, {issues} issues, {tracks} tracks, {instruments} instruments, \
             {people} people proposed"
        )
    }
}

fn head(pages: &[Page], asked: &DraftArguments) -> String {
    let moves: usize = pages.iter().map(|page| page.moves.len()).sum();
    let about = match asked.about.is_empty() {
        true => String::new(),
        false => format!(" about {}", asked.about.join(", ").replace('\n', " ")),
    };
    format!(
        "# A draft from {moves} moves in {} documents{about}. It can be used as it stands;\n\
         # it is better after ten minutes of editing: give it a title, take out issues that\n\
         # are none, put together those that are one, give them ids and labels that readers\n\
         # know, add phrases that are missing. What is uncertain is commented out: take the\n\
         # # away to use it. `demarche agenda check FILE --ledger LEDGER` says what it\n\
         # catches and misses. Numbers in remarks were counted when the draft was made.\n\n\
         title = \"Draft\"\nlanguages = [\"zh\"]\n\n",
        pages.len()
    )
}

/// The issues of an agenda, by how many moves they catch.
fn issues(pages: &[Page], words: &Words) -> Vec<Row> {
    let cuts = sources::cut(pages, Names::Cut, |_, _| true);
    let mut terms = term::mine(&cuts, pages.len(), words, BAR);
    // Where one spelling of a name was not seen to be one, its parts are no terms.
    let people: BTreeSet<&str> = pages.iter().flat_map(Page::people).collect();
    terms.retain(|term| !people.iter().any(|name| name.contains(&term.words)));
    let groups = named(issues::group(terms, MOST_ISSUES), words);
    let caught = caught(&groups, pages);
    let nothing = Caught::default();
    let of = |id: &str| caught.issues.get(id).unwrap_or(&nothing);
    let mut rows: Vec<(&Caught, &String, &Group)> =
        groups.iter().map(|(id, group)| (of(id), id, group)).collect();
    rows.sort_by(|a, b| b.0.moves.cmp(&a.0.moves).then_with(|| a.1.cmp(b.1)));
    rows.retain(|row| row.0.moves > 0);
    let names: BTreeSet<&str> = pages.iter().flat_map(Page::names).collect();
    let mut rows: Vec<Row> = rows
        .iter()
        .map(|(caught, id, group)| {
            let why = match group.terms.first() {
                Some(lead) if names.contains(lead.words.as_str()) => Some("a name"),
                Some(lead) if lead.is_verb => Some("a verb"),
                _ => None,
            };
            row(caught, id, group, pages, words, why)
        })
        .collect();
    rows.sort_by_key(|row| !row.is_sure);
    rows
}

/// Groups by their ids; two that come to the same id are told apart by a number.
fn named(groups: Vec<Group>, words: &Words) -> BTreeMap<String, Group> {
    let mut named: BTreeMap<String, Group> = BTreeMap::new();
    for group in groups {
        let id = id(group.lead(), words);
        match named.get_mut(&id) {
            // Two words with one English name are one issue: 反犹主义, 反犹太主义.
            Some(known) => known.terms.extend(group.terms),
            None if !id.is_empty() => drop(named.insert(id, group)),
            None => {}
        }
    }
    named
}

/// What the groups would catch as issues.
fn caught(groups: &BTreeMap<String, Group>, pages: &[Page]) -> Reach {
    let mut text = String::new();
    for (id, group) in groups {
        Row::new("issue", true)
            .text("id", id)
            .lists("phrases", &[("zh", &phrases(group))])
            .write(&mut text);
    }
    let agenda = Agenda::parse(&text).unwrap_or_else(|mistake| {
        debug_assert!(false, "terms make an agenda: {mistake}");
        Agenda::empty()
    });
    reach::reach(&agenda, pages)
}

fn phrases(group: &Group) -> Vec<String> {
    group.terms.iter().map(|term| term.words.clone()).collect()
}

fn row(
    caught: &Caught,
    id: &str,
    group: &Group,
    pages: &[Page],
    words: &Words,
    doubt: Option<&str>,
) -> Row {
    let Caught { moves, documents, .. } = caught;
    let is_sure =
        doubt.is_none() && *moves >= FEWEST_MOVES && documents.len() >= FEWEST_DOCUMENTS;
    let mut by: Vec<(&String, &usize)> = caught.phrases.iter().collect();
    by.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
    let by: Vec<String> =
        by.iter().map(|(phrase, count)| format!("{phrase} {count}")).collect();
    let named = documents.iter().take(NAMED).map(|at| &pages[*at].document[..8]);
    let note = format!(
        "{}{moves} moves in {} documents ({}): {}",
        doubt.map(|doubt| format!("{doubt}; ")).unwrap_or_default(),
        documents.len(),
        named.collect::<Vec<_>>().join(" "),
        by.join(", ")
    );
    Row::new("issue", is_sure)
        .note(&note)
        .text("id", id)
        .labels(
            "label",
            &[("en", words.english(group.lead()).unwrap_or("")), ("zh", group.lead())],
        )
        .lists("phrases", &[("zh", &phrases(group))])
}
