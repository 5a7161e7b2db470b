//! An agenda's TOML, read with all its mistakes.
//!
//! In: the text. Out: the agenda, or every mistake with its line. Refuses to know: how the
//! phrases are looked for.

use super::distance::did_you_mean;
use super::phrases::{PhraseList, Speaks};
use super::{Agenda, Instrument, Issue, Labels, Names, Party, Person, Track};
use crate::error::Mistake;
use crate::shadow::FoldTable;
use crate::{Error, lexicon};
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

const TOP: &[&str] =
    &["title", "languages", "party", "issue", "track", "instrument", "person"];
const LANGUAGES: &[&str] = &["zh", "en", "ru"];

type Value<'v, 't> = &'v Spanned<DeValue<'t>>;

/// Reads an agenda.
pub(super) fn read_agenda(text: &str) -> Result<Agenda, Error> {
    let mut reader = Reading {
        text,
        mistakes: Vec::new(),
        fold: FoldTable::load(),
        phrases: PhraseList::default(),
        known: lexicon::party_codes(),
    };
    let (table, syntax) = DeTable::parse_recoverable(text);
    for mistake in syntax {
        let at = mistake.span().map_or(0, |span| span.start);
        reader.mistake(at, mistake.message().to_owned(), "mend the TOML there".into());
    }
    let mut agenda = Agenda::empty();
    // What does not parse as TOML lacks keys that its author wrote.
    if reader.mistakes.is_empty() {
        reader.read(table.get_ref(), &mut agenda);
    }
    let phrases = std::mem::take(&mut reader.phrases);
    match phrases.build(agenda.issues.len()) {
        Ok(phrases) => agenda.phrases = phrases,
        Err(problem) => reader.mistake(0, problem, "use fewer phrases".into()),
    }
    if reader.mistakes.is_empty() {
        return Ok(agenda);
    }
    reader.mistakes.sort_by_key(|mistake| mistake.line);
    Err(Error::Agenda { mistakes: reader.mistakes })
}

struct Reading<'t> {
    text: &'t str,
    mistakes: Vec<Mistake>,
    fold: FoldTable,
    phrases: PhraseList,
    known: BTreeSet<String>,
}

/// One table of a list: `[[issue]]`, where it starts and its keys.
struct Entry<'v, 't> {
    what: &'static str,
    at: usize,
    keys: &'v DeTable<'t>,
}

impl<'t> Reading<'t> {
    fn mistake(&mut self, at: usize, problem: String, help: String) {
        let before = self.text.as_bytes().iter().take(at);
        let line = before.filter(|byte| **byte == b'\n').count() + 1;
        self.mistakes.push(Mistake { line, problem, help });
    }

    fn read(&mut self, table: &DeTable<'t>, agenda: &mut Agenda) {
        self.check_keys(table, "an agenda", TOP);
        agenda.title = self.string(table, "title").unwrap_or_default();
        agenda.languages = self.strings(table, "languages");
        for entry in self.entries(table, "party") {
            agenda.parties.extend(self.party(&entry));
        }
        self.known.extend(agenda.parties.iter().map(|party| party.code.clone()));
        let mut ids = BTreeMap::new();
        for entry in self.entries(table, "issue") {
            let at = agenda.issues.len();
            agenda.issues.extend(self.issue(&entry, at, &mut ids));
        }
        let mut ids = BTreeMap::new();
        for entry in self.entries(table, "track") {
            let at = agenda.tracks.len();
            let issues: Vec<&str> = agenda.issues.iter().map(|i| i.id.as_str()).collect();
            let track = self.track(&entry, at, &mut ids, &issues);
            agenda.tracks.extend(track);
        }
        let mut ids = BTreeMap::new();
        for entry in self.entries(table, "instrument") {
            let at = agenda.instruments.len();
            agenda.instruments.extend(self.instrument(&entry, at, &mut ids));
        }
        for entry in self.entries(table, "person") {
            agenda.people.extend(self.person(&entry));
        }
    }

    fn check_keys(&mut self, table: &DeTable<'t>, what: &str, known: &[&str]) {
        for (key, _) in table {
            let word: &str = key.get_ref();
            if !known.contains(&word) {
                let help = did_you_mean(word, known.iter().copied(), "its keys");
                let problem = format!("{what} has no key {word:?}");
                self.mistake(key.span().start, problem, help);
            }
        }
    }

    /// The tables of a list `[[what]]`.
    fn entries<'v>(
        &mut self,
        table: &'v DeTable<'t>,
        what: &'static str,
    ) -> Vec<Entry<'v, 't>> {
        let Some(value) = table.get(what) else { return Vec::new() };
        let list: Vec<Value> = match value.get_ref() {
            DeValue::Array(list) => list.iter().collect(),
            _ => vec![value],
        };
        let mut entries = Vec::new();
        for value in list {
            match value.get_ref().as_table() {
                Some(keys) if is_list(table, what) => {
                    entries.push(Entry { what, at: value.span().start, keys });
                }
                _ => {
                    let help = format!("write [[{what}]] above its keys");
                    let problem = format!("{what:?} is no list of tables");
                    self.mistake(value.span().start, problem, help);
                }
            }
        }
        entries
    }

    fn party(&mut self, entry: &Entry<'_, 't>) -> Option<Party> {
        self.check_keys(entry.keys, "a party", &["code", "name", "names"]);
        let names = self.names(entry.keys);
        let name = self.string(entry.keys, "name");
        let code = self.required(entry, "code")?;
        if !self.known.contains(&code) && (name.is_none() || names == Names::default()) {
            let help = self.near_party(&code);
            let at = place(entry.keys, "code", entry.at);
            let help = format!("{help}, or give this party a name and names");
            self.mistake(at, format!("the party {code:?} is unknown"), help);
            return None;
        }
        Some(Party { name: name.unwrap_or_else(|| code.clone()), code, names })
    }

    fn issue(
        &mut self,
        entry: &Entry<'_, 't>,
        at: usize,
        ids: &mut BTreeMap<String, usize>,
    ) -> Option<Issue> {
        let keys = ["id", "label", "phrases", "all", "weight"];
        self.check_keys(entry.keys, "an issue", &keys);
        let id = self.id(entry, ids)?;
        let label = self.labels(entry.keys);
        let mut found = self.read_phrases(entry.keys, Speaks::Issue(at));
        found += self.conjunction(entry.keys, at);
        if found == 0 {
            self.no_phrases(entry, &id);
        }
        Some(Issue { id, label, weight: self.weight(entry.keys) })
    }

    fn track(
        &mut self,
        entry: &Entry<'_, 't>,
        at: usize,
        ids: &mut BTreeMap<String, usize>,
        issues: &[&str],
    ) -> Option<Track> {
        let keys = ["id", "label", "parties", "places", "phrases", "issues"];
        self.check_keys(entry.keys, "a track", &keys);
        let id = self.id(entry, ids)?;
        let label = self.labels(entry.keys);
        let parties = self.strings(entry.keys, "parties");
        for code in &parties {
            self.check_party(entry, "parties", code);
        }
        for issue in self.strings(entry.keys, "issues") {
            if !issues.contains(&issue.as_str()) {
                let help = did_you_mean(&issue, issues.iter().copied(), "issues");
                let at = place(entry.keys, "issues", entry.at);
                self.mistake(at, format!("there is no issue {issue:?}"), help);
            }
        }
        let places = self.strings(entry.keys, "places");
        let folded = |word: &String| word.chars().map(|c| self.fold.fold(c)).collect();
        let places = places.iter().map(folded).collect();
        let found = self.read_phrases(entry.keys, Speaks::Track(at));
        if found == 0 && parties.is_empty() {
            self.no_phrases(entry, &id);
        }
        Some(Track { id, label, parties, places })
    }

    fn instrument(
        &mut self,
        entry: &Entry<'_, 't>,
        at: usize,
        ids: &mut BTreeMap<String, usize>,
    ) -> Option<Instrument> {
        self.check_keys(entry.keys, "an instrument", &["id", "label", "phrases"]);
        let id = self.id(entry, ids)?;
        let label = self.labels(entry.keys);
        if self.read_phrases(entry.keys, Speaks::Instrument(at)) == 0 {
            self.no_phrases(entry, &id);
        }
        Some(Instrument { id, label })
    }

    fn person(&mut self, entry: &Entry<'_, 't>) -> Option<Person> {
        self.check_keys(entry.keys, "a person", &["name", "party", "role", "names"]);
        let party = self.string(entry.keys, "party");
        if let Some(code) = &party {
            self.check_party(entry, "party", code);
        }
        let role = self.string(entry.keys, "role");
        let names = self.names(entry.keys);
        let name = self.required(entry, "name")?;
        Some(Person { name, party, role, names })
    }

    fn no_phrases(&mut self, entry: &Entry<'_, 't>, id: &str) {
        let at = place(entry.keys, "phrases", entry.at);
        let problem = format!("the {} {id:?} has no phrase", entry.what);
        let help = "give it words that show it: phrases = { zh = [\"…\"] }".to_owned();
        self.mistake(at, problem, help);
    }

    fn check_party(&mut self, entry: &Entry<'_, 't>, key: &str, code: &str) {
        if !self.known.contains(code) {
            let help = self.near_party(code);
            let at = place(entry.keys, key, entry.at);
            self.mistake(at, format!("the party {code:?} is unknown"), help);
        }
    }

    fn near_party(&self, code: &str) -> String {
        let known = self.known.iter().map(String::as_str);
        match self.known.contains(&code.to_uppercase()) {
            true => format!("did you mean {:?}?", code.to_uppercase()),
            false => did_you_mean(code, known, "party codes (ISO 3166 alpha-3)"),
        }
    }

    fn id(
        &mut self,
        entry: &Entry<'_, 't>,
        ids: &mut BTreeMap<String, usize>,
    ) -> Option<String> {
        let id = self.required(entry, "id")?;
        let at = place(entry.keys, "id", entry.at);
        if ids.insert(id.clone(), at).is_some() {
            let problem = format!("the {} {id:?} stands twice", entry.what);
            self.mistake(at, problem, "give one of them another id".to_owned());
            return None;
        }
        let plain = |c: char| c.is_alphanumeric() || c == '-';
        if !id.chars().all(plain) {
            let problem = format!("{id:?} is no id");
            let help = "use letters, digits and hyphens: steel-tariffs".to_owned();
            self.mistake(at, problem, help);
        }
        Some(id)
    }

    fn required(&mut self, entry: &Entry<'_, 't>, key: &'static str) -> Option<String> {
        let found = self.string(entry.keys, key).filter(|word| !word.is_empty());
        if found.is_none() {
            let problem = format!("this {} has no {key}", entry.what);
            let at = place(entry.keys, key, entry.at);
            self.mistake(at, problem, format!("add {key} = \"…\""));
        }
        found
    }

    fn string(&mut self, table: &DeTable<'t>, key: &str) -> Option<String> {
        let value = table.get(key)?;
        let word = self.text_of(value, key)?;
        Some(word)
    }

    fn text_of(&mut self, value: Value, key: &str) -> Option<String> {
        match value.get_ref().as_str() {
            Some(word) => Some(word.trim().to_owned()),
            None => {
                let problem = format!("{key} is no text");
                let help = "put it in quotation marks".to_owned();
                self.mistake(value.span().start, problem, help);
                None
            }
        }
    }

    fn strings(&mut self, table: &DeTable<'t>, key: &str) -> Vec<String> {
        let Some(value) = table.get(key) else { return Vec::new() };
        let Some(list) = value.get_ref().as_array() else {
            let problem = format!("{key} is no list");
            let help = format!("write {key} = [\"…\"]");
            self.mistake(value.span().start, problem, help);
            return Vec::new();
        };
        list.iter().filter_map(|one| self.text_of(one, key)).collect()
    }

    fn table<'v>(
        &mut self,
        table: &'v DeTable<'t>,
        key: &str,
    ) -> Option<&'v DeTable<'t>> {
        let value = table.get(key)?;
        let Some(inner) = value.get_ref().as_table() else {
            let problem = format!("{key} is not by language");
            let help = format!("write {key} = {{ zh = …, en = … }}");
            self.mistake(value.span().start, problem, help);
            return None;
        };
        self.check_keys(inner, key, LANGUAGES);
        Some(inner)
    }

    fn labels(&mut self, keys: &DeTable<'t>) -> Labels {
        let Some(table) = self.table(keys, "label") else { return Labels::new() };
        let read = |language: &&str| {
            Some(((*language).to_owned(), self.string(table, language)?))
        };
        LANGUAGES.iter().filter_map(read).collect()
    }

    fn names(&mut self, keys: &DeTable<'t>) -> Names {
        let Some(table) = self.table(keys, "names") else { return Names::default() };
        Names {
            zh: self.strings(table, "zh"),
            en: self.strings(table, "en"),
            ru: self.strings(table, "ru"),
        }
    }

    /// Adds an entry's phrases in every language and tells how many there are.
    fn read_phrases(&mut self, keys: &DeTable<'t>, speaks: Speaks) -> usize {
        let Some(table) = self.table(keys, "phrases") else { return 0 };
        let mut count = 0;
        for language in LANGUAGES {
            let at = place(table, language, 0);
            let words = self.strings(table, language);
            if words.is_empty() && table.contains_key(*language) {
                let problem = format!("the list of phrases in {language} is empty");
                self.mistake(at, problem, "add a phrase or leave the list out".into());
            }
            count += words.len();
            words.iter().for_each(|word| self.phrase(at, word, speaks));
        }
        count
    }

    fn phrase(&mut self, at: usize, word: &str, speaks: Speaks) {
        let plain = word.trim_end_matches('*');
        if plain.is_empty() || plain.contains('*') || word.ends_with("**") {
            let problem = format!("{word:?} is no phrase");
            let help = "* stands once, after the beginning of a word".to_owned();
            self.mistake(at, problem, help);
            return;
        }
        self.phrases.add(&self.fold, word, speaks);
    }

    /// Adds the parts of `all = [["北约"], ["东扩", "扩员"]]` and tells how many there are.
    fn conjunction(&mut self, keys: &DeTable<'t>, issue: usize) -> usize {
        let Some(value) = keys.get("all") else { return 0 };
        let at = value.span().start;
        let parts: Vec<Value> =
            value.get_ref().as_array().into_iter().flat_map(|list| list.iter()).collect();
        let are_lists = parts.iter().all(|part| part.get_ref().is_array());
        if parts.len() < 2 || !are_lists {
            let help = "write all = [[\"…\"], [\"…\", \"…\"]]".to_owned();
            self.mistake(at, "all is no list of two lists or more".to_owned(), help);
            return 0;
        }
        for (number, part) in parts.iter().enumerate() {
            let words = part.get_ref().as_array().into_iter().flat_map(|l| l.iter());
            let words: Vec<String> =
                words.filter_map(|word| self.text_of(word, "all")).collect();
            if words.is_empty() {
                let help = "give it words or leave it out".to_owned();
                self.mistake(part.span().start, "this part of all is empty".into(), help);
            }
            for word in words {
                self.phrase(part.span().start, &word, Speaks::Part(issue, number));
            }
        }
        parts.len()
    }

    fn weight(&mut self, keys: &DeTable<'t>) -> u32 {
        let Some(value) = keys.get("weight") else { return 1 };
        let number = value.get_ref().as_integer();
        let number = number.and_then(|n| u32::from_str_radix(n.as_str(), n.radix()).ok());
        match number {
            Some(weight) if (1..=10).contains(&weight) => weight,
            _ => {
                let problem = "weight is no whole number from 1 to 10".to_owned();
                self.mistake(value.span().start, problem, "write weight = 2".to_owned());
                1
            }
        }
    }
}

/// Where the value of a key stands, otherwise where its table does.
fn place(table: &DeTable, key: &str, otherwise: usize) -> usize {
    table.get(key).map_or(otherwise, |value| value.span().start)
}

fn is_list(table: &DeTable, what: &str) -> bool {
    table.get(what).is_some_and(|value| value.get_ref().is_array())
}
