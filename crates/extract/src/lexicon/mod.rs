//! The language data, loaded once and scanned for in one pass.
//!
//! In: tables of words (`lexicon/`), an agenda's names. Out: the rows that match a text,
//! table by table. Refuses to know: what a match means; that is for the step that owns the
//! table. A new table is a file, a line in [`Table`], and typed rows in its step.

mod names;
mod table;
mod version;

pub use names::{Name, NameForm, Names, Party};
pub use table::{Rows, TsvRow};
pub use version::version;

use crate::{
    Ablation, Agenda, Error, article, meeting, mention,
    model::Model,
    moves,
    shadow::{FoldTable, MARKUP},
    statement, timex,
};
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder};
use record::{ActorType, Rule, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Which table a hit belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// States, organisations, people, places, outlets, the agenda's names.
    Names,
    /// Offices: 外长, 新闻秘书.
    Titles,
    /// Verbs that report: 表示, 说.
    Cues,
    /// Words that show an act: 要求, 拒绝.
    Triggers,
    /// Words of meetings: 会晤, 视频峰会.
    MeetingWords,
    /// Words of the calendar: 周一, 去年.
    Calendar,
    /// Small words by class: pronouns, negations, conditions, places of speech.
    Words,
}

macro_rules! lexicon_file {
    ($path:literal) => {
        Rows::parse(
            $path,
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/lexicon/", $path, ".tsv")),
        )
    };
}

const TABLES: usize = 7;

/// One place where a row's word stands in the shadow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Where; the same bytes in the text.
    pub span: Span,
    /// The row's number in its table.
    pub row: u32,
}

/// Every match in one text, table by table, ordered by start and then longest first.
#[derive(Debug, Default)]
pub struct Hits {
    tables: [Vec<Hit>; TABLES],
}

impl Hits {
    /// All hits of one table, those that overlap too.
    pub fn of(&self, table: Table) -> &[Hit] {
        &self.tables[table as usize]
    }
    /// The hits of one table that start in `span`.
    pub fn within(&self, table: Table, span: Span) -> &[Hit] {
        let hits = self.of(table);
        let from = hits.partition_point(|hit| hit.span.start < span.start);
        let to = hits.partition_point(|hit| hit.span.start < span.end);
        &hits[from..to]
    }
    /// The longest hit of one table that starts at a byte.
    pub fn at(&self, table: Table, start: usize) -> Option<Hit> {
        let hits = self.of(table);
        let from = hits.partition_point(|hit| hit.span.start < start);
        hits.get(from).copied().filter(|hit| hit.span.start == start)
    }
    /// The hits of one table read from the left, the longest at each place, none
    /// overlapping another.
    pub fn leftmost_longest(&self, table: Table) -> Vec<Hit> {
        let mut kept: Vec<Hit> = Vec::new();
        for &hit in self.of(table) {
            if kept.last().is_none_or(|last| last.span.end <= hit.span.start) {
                kept.push(hit);
            }
        }
        kept
    }
}

/// The language data, ready to scan with.
pub struct Lexicon {
    fold: FoldTable,
    automaton: CharwiseDoubleArrayAhoCorasick<u32>,
    /// For every pattern of the automaton the rows that it belongs to.
    patterns: Vec<Vec<(Table, u32)>>,
    /// Names of every kind.
    pub names: Names,
    /// `zh/titles.tsv`.
    pub titles: Vec<mention::Title>,
    /// `zh/cues.tsv`.
    pub cues: Vec<statement::Cue>,
    /// `zh/triggers.tsv`.
    pub triggers: Vec<moves::Trigger>,
    /// `zh/meetings.tsv`.
    pub meetings: Vec<meeting::MeetingWord>,
    /// `zh/calendar.tsv`.
    pub calendar: Vec<timex::CalendarWord>,
    /// `zh/words.tsv`.
    pub words: Vec<Word>,
    /// The models that decide where rules compete.
    pub models: Models,
    /// `zh/surnames.tsv`.
    pub surnames: mention::Surnames,
    /// `zh/syllables.tsv`.
    pub syllables: mention::Syllables,
    /// `shared/letters.tsv`, `zh/sounds.tsv` and `zh/variants.tsv`.
    pub sounds: mention::Sounds,
    /// `shared/given.tsv`, `shared/name-parts.tsv` and `zh/offices.tsv`.
    pub parts: mention::NameParts,
    /// Boilerplate, bylines, months and outlets, for the reading of articles.
    pub marks: article::Marks,
    /// Which characters tell Simplified from Traditional text.
    pub scripts: article::Scripts,
}

/// The models, each named by the step that asks it.
pub struct Models {
    /// Whether a party acts in a clause.
    pub moves: Model,
    /// Which act that is.
    pub acts: Model,
    /// Whether a cue reports something.
    pub cues: Model,
    /// Whether an indirect report ends at a place.
    pub ends: Model,
    /// Whether somebody is a cue's speaker.
    pub sources: Model,
    /// Whether what an article tells of is a meeting to list, on this day.
    pub meetings: Model,
}

impl Models {
    fn load() -> Result<Models, Error> {
        Ok(Models {
            moves: Model::load(&lexicon_file!("model/moves")?)?,
            acts: Model::load(&lexicon_file!("model/acts")?)?,
            cues: Model::load(&lexicon_file!("model/cues")?)?,
            ends: Model::load(&lexicon_file!("model/ends")?)?,
            sources: Model::load(&lexicon_file!("model/sources")?)?,
            meetings: Model::load(&lexicon_file!("model/meetings")?)?,
        })
    }
}

/// A small word and its class: 他 pronoun, 不会 negation, 如果 condition.
#[derive(Debug, Clone)]
pub struct Word {
    /// The word, folded.
    pub text: String,
    /// Its class, as `zh/words.tsv` names it.
    pub class: String,
    /// The row's address.
    pub rule: Rule,
}

impl Word {
    fn read(row: &TsvRow) -> Result<Word, Error> {
        Ok(Word {
            text: row.cell("word")?.to_owned(),
            class: row.cell("class")?.to_owned(),
            rule: row.rule(),
        })
    }
}

/// Collects words for the automaton while the tables load.
struct Patterns<'a> {
    fold: &'a FoldTable,
    rows: BTreeMap<String, Vec<(Table, u32)>>,
}

impl Patterns<'_> {
    fn add(&mut self, word: &str, table: Table, row: usize) {
        let word: String = word.chars().map(|c| self.fold.fold(c)).collect();
        if word.is_empty() {
            return;
        }
        let rows = self.rows.entry(word).or_default();
        if !rows.contains(&(table, row as u32)) {
            rows.push((table, row as u32));
        }
    }
}

/// The built-in tables' name for each party: its code, English and Chinese. It reads two
/// tables and nothing else, for commands that only show parties.
///
/// # Errors
/// If a row is malformed; names the table and the line.
pub fn party_names() -> Result<Vec<[String; 3]>, Error> {
    let mut names = Vec::new();
    for table in [lexicon_file!("shared/states")?, lexicon_file!("shared/organisations")?]
    {
        for row in table.iter() {
            let (id, party) = (row.cell("id")?, row.cell("party")?);
            // The row of the party itself, and not of one of its ministries.
            if id.split_once(':').is_some_and(|(_, own)| own.eq_ignore_ascii_case(party))
            {
                let chinese = row.list("zh")?.first().map_or("", |name| *name);
                names.push([party, row.cell("name")?, chinese].map(str::to_owned));
            }
        }
    }
    Ok(names)
}

/// The built-in table's places: English name and Chinese name, where it has both.
///
/// # Errors
/// If a row is malformed; names the table and the line.
pub fn place_names() -> Result<Vec<[String; 2]>, Error> {
    let mut names = Vec::new();
    for row in lexicon_file!("shared/places")?.iter() {
        if let Some(chinese) = row.list("zh")?.first() {
            names.push([row.cell("name")?, *chinese].map(str::to_owned));
        }
    }
    Ok(names)
}

/// The data of which no words are scanned for.
struct Rest {
    models: Models,
    surnames: mention::Surnames,
    syllables: mention::Syllables,
    marks: article::Marks,
    scripts: article::Scripts,
    sounds: mention::Sounds,
    parts: mention::NameParts,
}

impl Rest {
    fn load(fold: &FoldTable, names: &Names) -> Result<Rest, Error> {
        let marks = article::Marks::load(
            fold,
            names,
            &[
                lexicon_file!("shared/boilerplate")?,
                lexicon_file!("zh/boilerplate")?,
                lexicon_file!("en/boilerplate")?,
                lexicon_file!("ru/boilerplate")?,
            ],
            &[
                lexicon_file!("zh/bylines")?,
                lexicon_file!("en/bylines")?,
                lexicon_file!("ru/bylines")?,
            ],
            &lexicon_file!("shared/months")?,
            &lexicon_file!("shared/serials")?,
        )?;
        let scripts = article::Scripts::of(fold);
        let sounds = mention::Sounds::load(
            &lexicon_file!("shared/letters")?,
            &lexicon_file!("zh/sounds")?,
            &lexicon_file!("zh/variants")?,
        )?;
        let parts = mention::NameParts::load(
            [
                &lexicon_file!("shared/given")?,
                &lexicon_file!("shared/name-parts")?,
                &lexicon_file!("zh/offices")?,
            ],
            &sounds,
            fold,
        )?;
        Ok(Rest {
            models: Models::load()?,
            surnames: mention::Surnames::load(&lexicon_file!("zh/surnames")?, fold)?,
            syllables: mention::Syllables::load(&lexicon_file!("zh/syllables")?)?,
            marks,
            scripts,
            sounds,
            parts,
        })
    }
}

fn build(words: &[String]) -> Result<CharwiseDoubleArrayAhoCorasick<u32>, Error> {
    CharwiseDoubleArrayAhoCorasickBuilder::new()
        .build_with_values(words.iter().zip(0u32..))
        .map_err(|cause| Error::Automaton { problem: cause.to_string() })
}

impl Lexicon {
    /// Loads the built-in tables and adds an agenda's names, without what is left out.
    ///
    /// # Errors
    /// If a row is malformed; names the table and the line.
    pub fn load(agenda: &Agenda, ablation: Ablation) -> Result<Lexicon, Error> {
        let fold = FoldTable::load();
        let mut patterns = Patterns { fold: &fold, rows: BTreeMap::new() };
        let names = Names::load(
            &[
                lexicon_file!("shared/states")?,
                lexicon_file!("shared/organisations")?,
                lexicon_file!("shared/places")?,
                lexicon_file!("shared/outlets")?,
                lexicon_file!("shared/people")?,
            ],
            agenda,
            |kind| !(ablation.people && kind == ActorType::Person),
        )?;
        names.surfaces().for_each(|(word, row)| patterns.add(word, Table::Names, row));
        let titles = typed(&lexicon_file!("zh/titles")?, mention::Title::read)?;
        for (row, title) in titles.iter().enumerate() {
            patterns.add(&title.text, Table::Titles, row);
        }
        let cues = typed(&lexicon_file!("zh/cues")?, statement::Cue::read)?;
        for (row, cue) in cues.iter().enumerate() {
            patterns.add(&cue.text, Table::Cues, row);
        }
        let triggers = typed(&lexicon_file!("zh/triggers")?, moves::Trigger::read)?;
        for (row, trigger) in triggers.iter().enumerate() {
            patterns.add(&trigger.text, Table::Triggers, row);
        }
        let meetings = typed(&lexicon_file!("zh/meetings")?, meeting::MeetingWord::read)?;
        for (row, word) in meetings.iter().enumerate() {
            patterns.add(&word.text, Table::MeetingWords, row);
        }
        let calendar = typed(&lexicon_file!("zh/calendar")?, timex::CalendarWord::read)?;
        for (row, word) in calendar.iter().enumerate() {
            patterns.add(&word.text, Table::Calendar, row);
        }
        let words = typed(&lexicon_file!("zh/words")?, Word::read)?;
        for (row, word) in words.iter().enumerate() {
            patterns.add(&word.text, Table::Words, row);
        }
        let (words_of, rows): (Vec<String>, Vec<_>) = patterns.rows.into_iter().unzip();
        // Building the automaton is a third of the work, and the rest needs none of it.
        let (automaton, rest) = std::thread::scope(|scope| {
            let building = scope.spawn(|| build(&words_of));
            let rest = Rest::load(&fold, &names);
            (building.join(), rest)
        });
        let automaton = automaton.unwrap_or_else(|_| {
            let problem = "the thread that builds it has failed".to_owned();
            Err(Error::Automaton { problem })
        })?;
        let Rest { models, surnames, syllables, marks, scripts, sounds, parts } = rest?;
        Ok(Lexicon {
            models,
            marks,
            scripts,
            fold,
            automaton,
            patterns: rows,
            names,
            titles,
            cues,
            triggers,
            meetings,
            calendar,
            words,
            surnames,
            syllables,
            sounds,
            parts,
        })
    }

    /// The fold that the tables were folded with.
    pub fn fold(&self) -> &FoldTable {
        &self.fold
    }

    /// The cue that a rule's address names.
    pub fn cue_of(&self, rule: &Rule) -> Option<&statement::Cue> {
        self.cues.iter().find(|cue| cue.rule == *rule)
    }

    /// Finds every row whose word stands in the shadow, in one pass. Markup inside a name
    /// is read over: `[[zh:以色列]]总理` holds 以色列总理.
    pub fn scan(&self, shadow: &str) -> Hits {
        let mut hits = Hits::default();
        if shadow.contains(MARKUP) {
            let (plain, places) = without_markup(shadow);
            self.collect(&plain, &mut hits, |span| {
                let last = places.partition_point(|place| place.0 < span.end) - 1;
                let first = places.partition_point(|place| place.0 <= span.start) - 1;
                Span::new(span.start + places[first].1, span.end + places[last].1)
            });
        } else {
            self.collect(shadow, &mut hits, |span| span);
        }
        for table in &mut hits.tables {
            table.sort_unstable_by_key(|hit| {
                (hit.span.start, usize::MAX - hit.span.end, hit.row)
            });
        }
        hits
    }

    fn collect(&self, text: &str, hits: &mut Hits, place: impl Fn(Span) -> Span) {
        for found in self.automaton.find_overlapping_iter(text) {
            let span = place(Span::new(found.start(), found.end()));
            for &(table, row) in &self.patterns[found.value() as usize] {
                hits.tables[table as usize].push(Hit { span, row });
            }
        }
    }

    /// The hits of the small words of one class that start in `span`.
    pub fn word_hits<'h>(
        &'h self,
        hits: &'h Hits,
        class: &'h str,
        span: Span,
    ) -> impl Iterator<Item = Hit> + 'h {
        hits.within(Table::Words, span)
            .iter()
            .copied()
            .filter(move |hit| self.words[hit.row as usize].class == class)
    }

    /// The longest small word of a class that starts at a byte.
    pub fn word_starting(&self, hits: &Hits, class: &str, at: usize) -> Option<Hit> {
        self.word_hits(hits, class, Span::new(at, at + 1)).next()
    }

    /// The longest small word of a class that ends at a byte.
    pub fn word_ending(&self, hits: &Hits, class: &str, at: usize) -> Option<Hit> {
        const LONGEST: usize = 36;
        self.word_hits(hits, class, Span::new(at.saturating_sub(LONGEST), at))
            .find(|hit| hit.span.end == at)
    }
}

/// A shadow without its markup, and for every stretch of it `(offset there, bytes left
/// out before it)`.
fn without_markup(shadow: &str) -> (String, Vec<(usize, usize)>) {
    let mut plain = String::with_capacity(shadow.len());
    let mut places = vec![(0, 0)];
    let mut left_out = 0;
    for part in shadow.split_inclusive(MARKUP) {
        match part.strip_suffix(MARKUP) {
            Some(words) => {
                plain.push_str(words);
                left_out += MARKUP.len_utf8();
                match places.last_mut() {
                    Some(last) if last.0 == plain.len() => last.1 = left_out,
                    _ => places.push((plain.len(), left_out)),
                }
            }
            None => plain.push_str(part),
        }
    }
    (plain, places)
}

/// The party codes that the gazetteer knows: ISO 3166-1 alpha-3 and organisations' short
/// names.
pub(crate) fn party_codes() -> BTreeSet<String> {
    let tables = [lexicon_file!("shared/states"), lexicon_file!("shared/organisations")];
    let mut codes = BTreeSet::new();
    for table in tables.iter().flatten() {
        for row in table.iter() {
            codes.extend(row.cell("party").ok().filter(|c| !c.is_empty()));
        }
    }
    codes.into_iter().map(str::to_owned).collect()
}

fn typed<T>(
    rows: &Rows,
    read: impl Fn(&TsvRow) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    rows.iter().map(|row| read(&row)).collect()
}

#[cfg(test)]
mod tests;
