//! Full-text search: words of either script, shown as the document writes them.

use super::{Asked, Filter};
use crate::folded::{self, Phrase, Term};
use crate::{Error, Ledger};
use record::Span;
use rusqlite::{ToSql, params_from_iter};
use serde_json::{Value, json};

/// How many characters of the text stand before and after the first hit: few before it,
/// since a narrow screen shows only where the snippet begins.
const BEFORE: usize = 14;
const AFTER: usize = 50;

/// One document that holds all the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchHit {
    /// The document's id.
    pub document: String,
    /// Where it was captured.
    pub path: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// When.
    pub published: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Its language, BCP 47; not printed.
    pub language: String,
    /// The words around the first hit, as the document writes them.
    pub snippet: String,
    /// Where hits stand in the snippet.
    pub marks: Vec<Span>,
    /// Where all hits stand in the document's bytes.
    pub spans: Vec<(usize, usize)>,
}

impl SearchHit {
    /// The keys that the line prints with.
    pub const KEYS: &'static [&'static str] =
        &["document", "path", "outlet", "published", "title", "snippet", "hits", "spans"];

    /// The line as it is printed for programs.
    pub fn json(&self) -> Value {
        json!({
            "document": self.document,
            "path": self.path,
            "outlet": self.outlet,
            "published": self.published,
            "title": self.title,
            "snippet": self.snippet,
            "hits": self.spans.len(),
            "spans": self.spans.iter().map(|s| json!([s.0, s.1])).collect::<Vec<_>>(),
        })
    }
}

/// Of more documents than this the latest are found by walking back through all.
const MANY: usize = 500;

impl Ledger {
    /// The documents that hold every word of a folded query, newest first; `fold` folds a
    /// text as those of the ledger were folded, every offset staying the same place.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn search(
        &self,
        query: &str,
        filter: &Filter,
        fold: &dyn Fn(&str) -> String,
    ) -> Result<Vec<SearchHit>, Error> {
        self.search_after(0, query, filter, fold)
    }

    /// The same without the first `skipped` of them.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn search_after(
        &self,
        skipped: usize,
        query: &str,
        filter: &Filter,
        fold: &dyn Fn(&str) -> String,
    ) -> Result<Vec<SearchHit>, Error> {
        let phrases = folded::phrases(query);
        if phrases.is_empty() {
            return Ok(Vec::new());
        }
        let found = self
            .matching(&phrases, filter, skipped)
            .map_err(|cause| self.error("search", cause))?;
        let mut hits = Vec::with_capacity(found.len());
        for mut hit in found {
            if let Some(article) = self.article(&hit.document)? {
                let terms = folded::terms(&fold(&article.text));
                let places = places(&phrases, &terms);
                hit.spans = places
                    .iter()
                    .map(|&place| article.in_document(place))
                    .map(|span| (span.start, span.end))
                    .collect();
                show(&mut hit, &article, &places);
            }
            hits.push(hit);
        }
        Ok(hits)
    }

    /// Of readings the so many latest that meet the conditions, and all that were
    /// published when the last of these was.
    fn latest(
        &self,
        found: &[i64],
        asked: &Asked,
        limit: usize,
    ) -> rusqlite::Result<Vec<i64>> {
        let last = found.iter().copied().max().unwrap_or_default().max(0) as usize;
        let mut is_found = vec![false; last + 1];
        for &reading in found {
            is_found[reading.max(0) as usize] = true;
        }
        let mut rows = self.connection.prepare_cached(
            "SELECT reading, published_on FROM articles ORDER BY published_on DESC",
        )?;
        let sql = format!(
            "SELECT 1 FROM current c WHERE c.reading = ? AND {}",
            asked.conditions()
        );
        let mut meets = self.connection.prepare_cached(&sql)?;
        let mut rows = rows.query([])?;
        let mut latest: Vec<i64> = Vec::new();
        let mut on: Option<Option<String>> = None;
        while let Some(row) = rows.next()? {
            let reading: i64 = row.get(0)?;
            if !is_found.get(reading.max(0) as usize).is_some_and(|found| *found) {
                continue;
            }
            let values = std::iter::once(&reading as &dyn ToSql).chain(asked.values());
            if !meets.exists(params_from_iter(values))? {
                continue;
            }
            let published: Option<String> = row.get(1)?;
            if latest.len() >= limit && on.as_ref() != Some(&published) {
                break;
            }
            latest.push(reading);
            on = Some(published);
        }
        Ok(latest)
    }

    fn matching(
        &self,
        phrases: &[Phrase],
        filter: &Filter,
        skipped: usize,
    ) -> rusqlite::Result<Vec<SearchHit>> {
        let mut asked = Asked::new(filter);
        asked.between(filter, "c.published_on");
        if let Some(party) = &filter.party {
            asked.and(
                "EXISTS (SELECT 1 FROM entities e WHERE e.reading = c.reading \
                 AND e.party = ? COLLATE NOCASE)",
                [party],
            );
        }
        if let Some(issue) = &filter.issue {
            asked.and(
                "EXISTS (SELECT 1 FROM moves m WHERE m.reading = c.reading \
                 AND m.issue = ? COLLATE NOCASE)",
                [issue],
            );
        }
        let expression: Vec<String> = phrases.iter().map(Phrase::expression).collect();
        let expression = expression.join(" AND ");
        let found: Vec<i64> = self
            .connection
            .prepare_cached("SELECT rowid FROM search WHERE search MATCH ?1")?
            .query_map([&expression], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        // Of many the latest are found by walking back; of few each is looked at.
        let found = match filter.limit {
            Some(limit) if found.len() > MANY => {
                self.latest(&found, &asked, limit + skipped)?
            }
            _ => found,
        };
        let found = json!(found).to_string();
        let sql = format!(
            "SELECT c.document,
               (SELECT path FROM captures WHERE document = c.document_key
                ORDER BY path LIMIT 1),
               c.outlet, c.published_on, c.title, c.language
             FROM json_each(?) f CROSS JOIN current c ON c.reading = f.value
             WHERE {}
             ORDER BY c.published_on DESC NULLS LAST, c.document LIMIT {} OFFSET {skipped}",
            asked.conditions(),
            asked.limit
        );
        let values = std::iter::once(&found as &dyn ToSql).chain(asked.values());
        let mut rows = self.connection.prepare_cached(&sql)?;
        rows.query_map(params_from_iter(values), |row| {
            Ok(SearchHit {
                document: row.get(0)?,
                path: row.get(1)?,
                outlet: row.get(2)?,
                published: row.get(3)?,
                title: row.get(4)?,
                language: row.get(5)?,
                snippet: String::new(),
                marks: Vec::new(),
                spans: Vec::new(),
            })
        })?
        .collect()
    }
}

/// Where the phrases stand, in text order, no two overlapping.
fn places(phrases: &[Phrase], terms: &[Term]) -> Vec<Span> {
    let mut found: Vec<Span> = phrases.iter().flat_map(|p| p.find(terms)).collect();
    found.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut kept: Vec<Span> = Vec::new();
    for span in found {
        if kept.last().is_none_or(|last| last.end <= span.start) {
            kept.push(span);
        }
    }
    kept
}

/// Cuts the words around a hit out of its paragraph; one in the body tells more than one
/// in the headline, which stands beside it anyway.
fn show(hit: &mut SearchHit, article: &record::Article, places: &[Span]) {
    let is_body = |place: &&Span| {
        article.paragraph_at(place.start).is_some_and(|p| p.kind.is_body())
    };
    let Some(&first) = places.iter().find(is_body).or(places.first()) else { return };
    let Some(paragraph) = article.paragraph_at(first.start) else { return };
    let text = article.text.as_str();
    let start = text
        .get(paragraph.span.start..first.start)
        .and_then(|before| before.char_indices().rev().take(BEFORE).last())
        .map_or(first.start, |(at, _)| paragraph.span.start + at);
    let end = text
        .get(first.end..paragraph.span.end)
        .and_then(|after| after.char_indices().take(AFTER).last())
        .map_or(first.end, |(at, c)| first.end + at + c.len_utf8());
    let shown = Span::new(start, end);
    hit.snippet = shown.of(text).to_owned();
    hit.marks = places
        .iter()
        .filter(|place| shown.contains(**place))
        .map(|place| Span::new(place.start - start, place.end - start))
        .collect();
    if start > paragraph.span.start {
        hit.snippet.insert(0, '…');
        for mark in &mut hit.marks {
            *mark = Span::new(mark.start + '…'.len_utf8(), mark.end + '…'.len_utf8());
        }
    }
    if end < paragraph.span.end {
        hit.snippet.push('…');
    }
}
