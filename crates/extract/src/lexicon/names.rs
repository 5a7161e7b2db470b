//! Names of states, organisations, people, places and outlets.
//!
//! All five tables in `lexicon/shared/` have the same columns, `|` between the parts of a
//! list: `id type party name zh zh-short metonym en ru domains`. Rows are sorted by id.

use super::Rows;
use crate::{Agenda, Error};
use record::{ActorType, Rule};

/// A party: ISO 3166-1 alpha-3, or an organisation's short name.
pub type Party = String;

/// One row of the gazetteer or agenda.
#[derive(Debug, Clone)]
pub struct Name {
    /// `state:RUS`, `person:sergei-ryabkov`, `place:geneva`.
    pub id: String,
    /// What it names.
    pub kind: ActorType,
    /// Whom it speaks for, or the state that a place lies in.
    pub party: Option<Party>,
    /// The usual English name.
    pub name: String,
    /// For a place: the party whose government it stands for (莫斯科: RUS).
    pub metonym: Option<Party>,
    /// An outlet's domains: `rfi.fr`.
    pub domains: Vec<String>,
    /// Surfaces in Chinese, as the row has them.
    pub zh: Vec<String>,
    /// Surfaces in Chinese that name it only in context: 俄, 美, 习.
    pub zh_short: Vec<String>,
    /// Names in English beside the usual one.
    pub en: Vec<String>,
    /// Names in Russian.
    pub ru: Vec<String>,
    /// The row's address.
    pub rule: Rule,
}

/// Which of a row's surfaces a hit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameForm {
    /// It names its entity wherever it stands.
    Full,
    /// It names its entity only in context.
    Short,
}

/// All rows, and the surfaces that the automaton looks for.
#[derive(Debug, Default)]
pub struct Names {
    rows: Vec<Name>,
    surfaces: Vec<(String, usize, NameForm)>,
}

impl Names {
    /// Reads the tables and adds an agenda's names; a row of the agenda adds its names to
    /// the gazetteer's row with the same id. Kinds of actor that are not kept are left out.
    pub(super) fn load(
        tables: &[Rows],
        agenda: &Agenda,
        is_kept: impl Fn(ActorType) -> bool,
    ) -> Result<Names, Error> {
        let mut names = Names::default();
        for table in tables {
            for row in table.iter() {
                let kind = row.cell("type")?;
                let Some(kind) = ActorType::from_code(kind) else {
                    return Err(row.problem(format!("{kind:?} is no type of actor")));
                };
                if !is_kept(kind) {
                    continue;
                }
                let own = |column| {
                    row.list(column)
                        .map(|list| list.into_iter().map(str::to_owned).collect())
                };
                let some = |cell: &str| (!cell.is_empty()).then(|| cell.to_owned());
                names.rows.push(Name {
                    id: row.cell("id")?.to_owned(),
                    kind,
                    party: some(row.cell("party")?),
                    name: row.cell("name")?.to_owned(),
                    metonym: some(row.cell("metonym")?),
                    domains: own("domains")?,
                    zh: own("zh")?,
                    zh_short: own("zh-short")?,
                    en: own("en")?,
                    ru: own("ru")?,
                    rule: row.rule(),
                });
            }
        }
        for name in agenda.names().into_iter().filter(|name| is_kept(name.kind)) {
            match names.rows.iter_mut().find(|row| row.id == name.id) {
                Some(row) => row.join(name),
                None => names.rows.push(name),
            }
        }
        for (at, row) in names.rows.iter().enumerate() {
            let full = row.zh.iter().flat_map(|word| with_either_point(word));
            let full = full.map(|word| (word, at, NameForm::Full));
            let latin = std::iter::once(&row.name)
                .chain(&row.en)
                .filter(|word| is_distinct(word))
                .map(|word| (word.clone(), at, NameForm::Full));
            let short =
                row.zh_short.iter().map(|word| (word.clone(), at, NameForm::Short));
            names.surfaces.extend(full.chain(latin).chain(short));
        }
        Ok(names)
    }

    /// Every surface with its number, for the automaton.
    pub(super) fn surfaces(&self) -> impl Iterator<Item = (&str, usize)> {
        self.surfaces.iter().enumerate().map(|(at, (word, ..))| (word.as_str(), at))
    }

    /// The row, its number and the form that a hit of the names table found.
    pub fn of_hit(&self, surface: u32) -> (&Name, usize, NameForm) {
        let (_, row, form) = &self.surfaces[surface as usize];
        (&self.rows[*row], *row, *form)
    }

    /// The number of the row of the state whose party code this is.
    pub fn row_of_state(&self, party: &str) -> Option<usize> {
        self.rows.iter().position(|row| {
            row.kind == ActorType::State && row.party.as_deref() == Some(party)
        })
    }

    /// The row with this number.
    pub fn row(&self, at: usize) -> &Name {
        &self.rows[at]
    }

    /// All rows.
    pub fn rows(&self) -> &[Name] {
        &self.rows
    }

    /// The row with this id.
    pub fn by_id(&self, id: &str) -> Option<&Name> {
        self.rows.iter().find(|row| row.id == id)
    }

    /// The outlet that publishes at this host (`www.rfi.fr`), if a row has its domain.
    pub fn outlet_of_host(&self, host: &str) -> Option<&Name> {
        self.rows.iter().find(|row| {
            row.domains.iter().any(|domain| {
                host == domain
                    || host
                        .strip_suffix(domain.as_str())
                        .is_some_and(|h| h.ends_with('.'))
            })
        })
    }
}

impl Name {
    /// Takes over what an agenda says of the same entity, keeping the names known before.
    fn join(&mut self, agenda: Name) {
        self.name = agenda.name;
        self.party = agenda.party.or(self.party.take());
        let lists = [
            (&mut self.zh, agenda.zh),
            (&mut self.en, agenda.en),
            (&mut self.ru, agenda.ru),
        ];
        for (known, added) in lists {
            for word in added {
                if !known.contains(&word) {
                    known.push(word);
                }
            }
        }
    }
}

/// Whether a Latin name is told from a word by its letters: G7, and no name of two letters.
fn is_distinct(word: &str) -> bool {
    let length = word.chars().count();
    length > 2 || length == 2 && word.ends_with(|c: char| c.is_ascii_digit())
}

/// A name as articles write it with either point between its parts: 谢尔盖·里亚布科夫 and
/// 谢尔盖‧里亚布科夫, to which the fold brings the other wide points.
fn with_either_point(word: &str) -> impl Iterator<Item = String> {
    let wide = word.contains('·').then(|| word.replace('·', "‧"));
    std::iter::once(word.to_owned()).chain(wide)
}
