//! Outlets: what is their own, and whose articles and words they carry.
//!
//! In: the documents that a filter wants. Out: one line an outlet. Refuses to know: how
//! good an outlet is.

use super::{Asked, Filter};
use crate::{Error, Ledger};
use rusqlite::params_from_iter;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// How often an outlet carries another's articles, or is carried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// The other outlet.
    pub outlet: String,
    /// `reprint`, `translation`, `digest` or `cites`.
    pub kind: String,
    /// How many documents.
    pub documents: usize,
}

/// How many statements of a party an outlet carries.
#[derive(Debug, Clone, PartialEq)]
pub struct Voice {
    /// The party; `?` for speakers of none.
    pub party: String,
    /// How many statements.
    pub statements: usize,
    /// Their share of all statements that the outlet carries, 0 to 1.
    pub share: f64,
}

/// One outlet.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceLine {
    /// Its name; the first digits of its id for a document that names none.
    pub outlet: String,
    /// How many documents it published.
    pub documents: usize,
    /// How many of them render nobody else's article.
    pub independent: usize,
    /// The first day of publication.
    pub first: Option<String>,
    /// The last one.
    pub last: Option<String>,
    /// Whose articles it carries, most first.
    pub from: Vec<Carried>,
    /// Who carries its articles, most first.
    pub to: Vec<Carried>,
    /// Whose words it carries, most first.
    pub voices: Vec<Voice>,
}

impl SourceLine {
    /// The keys that the line prints with.
    pub const KEYS: &'static [&'static str] =
        &["outlet", "documents", "independent", "first", "last", "from", "to", "voices"];

    /// The line as it is printed for programs.
    pub fn json(&self) -> Value {
        let carried = |all: &[Carried]| -> Value {
            let one = |c: &Carried| json!({"outlet": c.outlet, "kind": c.kind, "documents": c.documents});
            all.iter().map(one).collect()
        };
        let voice = |v: &Voice| json!({"party": v.party, "statements": v.statements, "share": v.share});
        json!({
            "outlet": self.outlet,
            "documents": self.documents,
            "independent": self.independent,
            "first": self.first,
            "last": self.last,
            "from": carried(&self.from),
            "to": carried(&self.to),
            "voices": self.voices.iter().map(voice).collect::<Vec<_>>(),
        })
    }

    fn of(outlet: &str) -> SourceLine {
        SourceLine {
            outlet: outlet.to_owned(),
            documents: 0,
            independent: 0,
            first: None,
            last: None,
            from: Vec::new(),
            to: Vec::new(),
            voices: Vec::new(),
        }
    }
}

impl Ledger {
    /// The outlets of the documents that a filter wants, and those whose articles these
    /// carry; the ones with most documents first.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn sources(&self, filter: &Filter) -> Result<Vec<SourceLine>, Error> {
        self.sources_in_one_script(filter, &|name| name.to_owned())
    }

    /// The same, where an outlet that only others name is one with that of the same folded
    /// name of which there are documents: 長橋新聞網 with 长桥新闻网.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn sources_in_one_script(
        &self,
        filter: &Filter,
        fold: &dyn Fn(&str) -> String,
    ) -> Result<Vec<SourceLine>, Error> {
        let all = Filter { limit: None, ..filter.clone() };
        let mut lines: BTreeMap<String, SourceLine> = BTreeMap::new();
        let mut flows: BTreeMap<(String, String, String), usize> = BTreeMap::new();
        let documents = self.documents(&all)?;
        let own = documents.iter().filter_map(|document| document.outlet.clone());
        let own: BTreeSet<String> = own.collect();
        let known: BTreeMap<String, &String> =
            own.iter().rev().map(|outlet| (fold(outlet), outlet)).collect();
        let called = |name: String| match known.get(&fold(&name)) {
            Some(outlet) if !own.contains(&name) => (*outlet).clone(),
            _ => name,
        };
        for document in documents {
            let name =
                document.outlet.clone().unwrap_or_else(|| document.id[..12].to_owned());
            let line = lines.entry(name.clone()).or_insert_with(|| SourceLine::of(&name));
            line.documents += 1;
            line.independent += usize::from(document.is_independent());
            let day = document.published.as_deref().map(|on| on.get(..10).unwrap_or(on));
            if let Some(day) = day {
                if line.first.as_deref().is_none_or(|first| day < first) {
                    line.first = Some(day.to_owned());
                }
                if line.last.as_deref().is_none_or(|last| day > last) {
                    line.last = Some(day.to_owned());
                }
            }
            // One document derives from an outlet once, whatever it calls it.
            let mut seen = BTreeSet::new();
            for from in document.lineage {
                let told = called(from.to);
                if seen.insert(told.clone()) {
                    *flows.entry((name.clone(), told, from.kind)).or_default() += 1;
                }
            }
        }
        for ((carrier, told, kind), documents) in flows {
            let carried = |outlet: &str| Carried {
                outlet: outlet.to_owned(),
                kind: kind.clone(),
                documents,
            };
            if let Some(line) = lines.get_mut(&carrier) {
                line.from.push(carried(&told));
            }
            let line = lines.entry(told.clone()).or_insert_with(|| SourceLine::of(&told));
            line.to.push(carried(&carrier));
        }
        self.voices(&all, &mut lines)
            .map_err(|cause| self.error("list sources", cause))?;
        let mut lines: Vec<SourceLine> = lines.into_values().collect();
        for line in &mut lines {
            line.from.sort_by_key(|other| std::cmp::Reverse(other.documents));
            line.to.sort_by_key(|other| std::cmp::Reverse(other.documents));
        }
        lines.sort_by(|a, b| {
            b.documents.cmp(&a.documents).then_with(|| a.outlet.cmp(&b.outlet))
        });
        lines.truncate(filter.limit.unwrap_or(usize::MAX));
        Ok(lines)
    }

    fn voices(
        &self,
        filter: &Filter,
        lines: &mut BTreeMap<String, SourceLine>,
    ) -> rusqlite::Result<()> {
        let mut asked = Asked::new(filter);
        asked.between(filter, "c.published_on");
        let sql = format!(
            "SELECT coalesce(c.outlet, substr(c.document, 1, 12)) AS told,
               coalesce(e.party, '?') AS party, count(*) AS said
             FROM current c JOIN statements s ON s.reading = c.reading
             JOIN entities e ON e.reading = s.reading AND e.number = s.speaker
             WHERE {} GROUP BY told, party ORDER BY told, said DESC, party",
            asked.conditions()
        );
        let mut rows = self.connection.prepare_cached(&sql)?;
        let mut rows = rows.query(params_from_iter(asked.values()))?;
        while let Some(row) = rows.next()? {
            let told: String = row.get(0)?;
            if let Some(line) = lines.get_mut(&told) {
                let statements = row.get::<_, i64>(2)?.max(0) as usize;
                line.voices.push(Voice { party: row.get(1)?, statements, share: 0.0 });
            }
        }
        for line in lines.values_mut() {
            let all: usize = line.voices.iter().map(|voice| voice.statements).sum();
            for voice in &mut line.voices {
                voice.share =
                    (1000.0 * voice.statements as f64 / all as f64).round() / 1000.0;
            }
        }
        Ok(())
    }
}
