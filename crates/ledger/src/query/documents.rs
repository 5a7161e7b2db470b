//! Documents: who published what, when, and whose article it renders.

use super::{Asked, Filter, Lineage, is_rare, lineage, list};
use crate::{Error, Ledger};
use record::{Article, DocumentId, Form, Paragraph, ParagraphKind, Source, Span};
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};
use serde_json::{Value, json};

/// One document as a list shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentLine {
    /// The SHA-256 of its bytes.
    pub id: String,
    /// Where it was captured; the first in order where there are several places.
    pub path: String,
    /// Its address.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Who wrote and who translated it.
    pub byline: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// The language, without the script: `zh`.
    pub language: String,
    /// The script of Chinese: `Hans` or `Hant`.
    pub script: Option<String>,
    /// From what it derives.
    pub lineage: Vec<Lineage>,
    /// Who told first what it tells: the outlet at the end of its line of derivation.
    pub origin: Option<String>,
    /// How many statements, moves and meetings were read in it.
    pub counts: [usize; 3],
    /// Why it has no body.
    pub empty: Option<String>,
    /// What was read of it by which version.
    pub generated_by: String,
}

impl DocumentLine {
    /// The keys that the line prints with.
    pub const KEYS: &'static [&'static str] = &[
        "id",
        "path",
        "url",
        "outlet",
        "title",
        "byline",
        "published",
        "language",
        "script",
        "lineage",
        "origin",
        "independent",
        "statements",
        "moves",
        "meetings",
        "empty",
        "generated_by",
    ];

    /// Whether it renders nobody else's article.
    pub fn is_independent(&self) -> bool {
        self.lineage.iter().all(|lineage| lineage.kind == "cites")
    }

    /// The line as it is printed for programs.
    pub fn json(&self) -> Value {
        let lineage = |l: &Lineage| json!({"kind": l.kind, "to": l.to, "document": l.document, "confidence": l.confidence});
        json!({
            "id": self.id,
            "path": self.path,
            "url": self.url,
            "outlet": self.outlet,
            "title": self.title,
            "byline": self.byline,
            "published": self.published,
            "language": self.language,
            "script": self.script,
            "lineage": self.lineage.iter().map(lineage).collect::<Vec<_>>(),
            "origin": self.origin,
            "independent": self.is_independent(),
            "statements": self.counts[0],
            "moves": self.counts[1],
            "meetings": self.counts[2],
            "empty": self.empty,
            "generated_by": self.generated_by,
        })
    }
}

/// By publication, undated ones last.
const OLDEST_FIRST: &str = "c.published_on IS NULL, c.published_on, c.document";
/// Likewise; SQLite holds nothing to be less than any day.
const NEWEST_FIRST: &str = "c.published_on DESC, c.document";

impl Ledger {
    /// The documents that a filter wants, oldest first, undated ones last; a party keeps
    /// those that name it, an issue those that tell of acts on it.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn documents(&self, filter: &Filter) -> Result<Vec<DocumentLine>, Error> {
        self.listed(filter, OLDEST_FIRST, 0)
    }

    /// The documents that a filter wants, newest first, undated ones last, without the
    /// first `skipped` of them.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn newest_documents(
        &self,
        filter: &Filter,
        skipped: usize,
    ) -> Result<Vec<DocumentLine>, Error> {
        self.listed(filter, NEWEST_FIRST, skipped)
    }

    /// Picks the documents first, so that only of these is told what a line shows.
    fn listed(
        &self,
        filter: &Filter,
        order: &str,
        skipped: usize,
    ) -> Result<Vec<DocumentLine>, Error> {
        let mut asked = Asked::new(filter);
        asked.between(filter, "c.published_on");
        for party in [&filter.party, &filter.toward].into_iter().flatten() {
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
        asked.actor(filter, "", "e.reading = c.reading");
        if let Some(document) = &filter.document {
            asked.and("c.document = ?", [document]);
        }
        // A document that was published later shows in no line of derivation either.
        let told =
            if filter.as_of.is_some() { "q.published_on <= ? || '~'" } else { "1" };
        let lead = rare(&self.connection, filter)
            .map_err(|cause| self.error("list documents", cause))?;
        let (only, value) = match &lead {
            Some((tables, value)) => {
                (format!("o.reading IN (SELECT reading FROM {tables})"), Some(value))
            }
            None => ("1".to_owned(), None),
        };
        let first = order.replace("c.published_on", "o.published_on");
        // Which they are is told by few columns; the others are fetched of these alone.
        let sql = format!(
            "WITH p AS MATERIALIZED (
               SELECT c.reading FROM articles o{} CROSS JOIN current c
                 ON c.reading = o.reading
               WHERE {only} AND {}
               ORDER BY {first} LIMIT {} OFFSET {skipped})
             SELECT c.document,
               (SELECT path FROM captures WHERE document = c.document_key
                ORDER BY path LIMIT 1),
               coalesce(a.url, k.url), a.outlet, a.title, a.author, a.translator,
               a.published_on, a.language, a.origin, a.cites,
               (SELECT json_group_array(json_array(rel, url)) FROM links
                WHERE reading = c.reading),
               (SELECT count(*) FROM statements WHERE reading = c.reading),
               (SELECT count(*) FROM moves WHERE reading = c.reading),
               (SELECT count(*) FROM meetings WHERE reading = c.reading),
               a.empty, r.generated_by,
               (SELECT origin FROM origins o WHERE o.reading = c.reading),
               (SELECT json_group_array(json_array(kind, told, document, confidence))
                FROM (SELECT d.kind, d.confidence, q.document,
                        coalesce(q.outlet, substr(q.document, 1, 12)) AS told
                      FROM derivations d JOIN current q ON q.reading = d.parent
                      WHERE d.reading = c.reading AND d.stands AND {told}
                      ORDER BY d.rank))
             FROM p CROSS JOIN current c ON c.reading = p.reading
             JOIN readings r ON r.key = c.reading
             JOIN articles a ON a.reading = c.reading
             JOIN captures k ON k.key = r.capture
             ORDER BY {order}",
            if lead.is_some() || order != OLDEST_FIRST {
                ""
            } else {
                " INDEXED BY articles_order"
            },
            asked.conditions(),
            asked.limit
        );
        let list = || {
            let mut rows = self.connection.prepare_cached(&sql)?;
            let first = value.into_iter().map(|value| value as &dyn rusqlite::ToSql);
            let last = filter.as_of.iter().map(|day| day as &dyn rusqlite::ToSql);
            let values = first.chain(asked.values()).chain(last);
            rows.query_map(params_from_iter(values), line)?
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        list().map_err(|cause| self.error("list documents", cause))
    }

    /// How many bytes the text of a document has; nothing for one that the ledger lacks.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn text_size(&self, document: &str) -> Result<Option<usize>, Error> {
        self.connection
            .prepare_cached(
                "SELECT octet_length(a.text) FROM current c
                 JOIN articles a ON a.reading = c.reading WHERE c.document = ?1",
            )
            .and_then(|mut rows| {
                rows.query_row([document], |row| row.get::<_, i64>(0)).optional()
            })
            .map(|size| size.map(|size| size.max(0) as usize))
            .map_err(|cause| self.error("measure an article", cause))
    }

    /// How many documents the ledger holds.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn document_count(&self) -> Result<usize, Error> {
        self.connection
            .query_row("SELECT count(*) FROM documents", [], |row| row.get::<_, i64>(0))
            .map(|count| count.max(0) as usize)
            .map_err(|cause| self.error("count documents", cause))
    }

    /// How many documents had been published by a day.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn document_count_by(&self, day: &str) -> Result<usize, Error> {
        self.connection
            .prepare_cached(
                "SELECT count(*) FROM current WHERE published_on <= ?1 || '~'",
            )
            .and_then(|mut rows| rows.query_row([day], |row| row.get::<_, i64>(0)))
            .map(|count| count.max(0) as usize)
            .map_err(|cause| self.error("count documents", cause))
    }

    /// The bytes of a document as they were captured.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn bytes(&self, document: &str) -> Result<Option<Vec<u8>>, Error> {
        self.connection
            .prepare_cached("SELECT bytes FROM documents WHERE id = ?1")
            .and_then(|mut rows| rows.query_row([document], |row| row.get(0)).optional())
            .map_err(|cause| self.error("fetch a document", cause))
    }

    /// The article of a document as the reading that stands has it.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn article(&self, document: &str) -> Result<Option<Article>, Error> {
        let fetch = || {
            let mut rows = self.connection.prepare_cached(
                "SELECT a.*, c.document FROM current c
                 JOIN articles a ON a.reading = c.reading WHERE c.document = ?1",
            )?;
            let found = rows
                .query_row([document], |row| Ok((row.get::<_, i64>(0)?, article(row)?)))
                .optional()?;
            let Some((reading, mut article)) = found else { return Ok(None) };
            article.paragraphs = self.paragraphs(reading)?;
            article.links = self.links(reading)?;
            Ok(Some(article))
        };
        fetch().map_err(|cause| self.error("fetch an article", cause))
    }

    fn paragraphs(&self, reading: i64) -> rusqlite::Result<Vec<Paragraph>> {
        let mut rows = self.connection.prepare_cached(
            "SELECT kind, start, end, document_start, document_end, runs
             FROM paragraphs WHERE reading = ?1 ORDER BY number",
        )?;
        rows.query_map([reading], |row| {
            let kind: String = row.get(0)?;
            let runs: String = row.get(5)?;
            Ok(Paragraph {
                kind: ParagraphKind::from_code(&kind).unwrap_or(ParagraphKind::Debris),
                span: span(row, 1)?,
                document: span(row, 3)?,
                runs: serde_json::from_str(&runs).unwrap_or_default(),
            })
        })?
        .collect()
    }

    fn links(&self, reading: i64) -> rusqlite::Result<Vec<record::Link>> {
        let mut rows = self.connection.prepare_cached(
            "SELECT rel, url, words FROM links WHERE reading = ?1 ORDER BY number",
        )?;
        rows.query_map([reading], |row| {
            Ok(record::Link { rel: row.get(0)?, url: row.get(1)?, words: row.get(2)? })
        })?
        .collect()
    }
}

/// Of a party or issue that more entities or moves have than this, documents are found
/// soon one after the other; each that is looked up is a page of its own.
const FEW: i64 = 500;

/// Where the documents of a rare party or issue of a filter are looked up, and by what.
fn rare(at: &Connection, filter: &Filter) -> rusqlite::Result<Option<(String, String)>> {
    if let Some(document) = &filter.document {
        let tables = "(SELECT r.key AS reading FROM documents d
             JOIN readings r ON r.document = d.key WHERE d.id = ?)";
        return Ok(Some((tables.to_owned(), document.clone())));
    }
    let ways = [
        (&filter.party, "entities INDEXED BY entities_party", "party"),
        (&filter.toward, "entities INDEXED BY entities_party", "party"),
        (&filter.issue, "moves INDEXED BY moves_issue", "issue"),
    ];
    for (value, table, column) in ways {
        let Some(value) = value else { continue };
        let tables = format!("{table} WHERE {column} = ? COLLATE NOCASE");
        if is_rare(at, &tables, value, FEW)? {
            return Ok(Some((tables, value.clone())));
        }
    }
    Ok(None)
}

fn span(row: &Row<'_>, column: usize) -> rusqlite::Result<Span> {
    let (start, end): (i64, i64) = (row.get(column)?, row.get(column + 1)?);
    Ok(Span::new(start.max(0) as usize, end.max(0) as usize))
}

/// The article of a row of `articles`, its paragraphs and links still to come.
fn article(row: &Row<'_>) -> rusqlite::Result<Article> {
    let form: String = row.get("form")?;
    let cites: String = row.get("cites")?;
    let document: String = row.get("document")?;
    let published: Option<String> = row.get("published_on")?;
    let from: Option<String> = row.get("published_from")?;
    let inferred: Option<bool> = row.get("published_inferred")?;
    Ok(Article {
        document: DocumentId::parse(&document).unwrap_or_default(),
        form: Form::from_code(&form).unwrap_or(Form::Plain),
        charset: row.get("charset")?,
        language: row.get("language")?,
        title: row.get("title")?,
        source: Source {
            outlet: row.get("outlet")?,
            author: row.get("author")?,
            translator: row.get("translator")?,
            origin: row.get("origin")?,
            cites: serde_json::from_str(&cites).unwrap_or_default(),
        },
        published_on: published.map(|value| record::Published {
            value,
            from: from.unwrap_or_default(),
            inferred: inferred.unwrap_or_default(),
        }),
        dateline: row.get("dateline")?,
        url: row.get("url")?,
        links: Vec::new(),
        text: row.get("text")?,
        paragraphs: Vec::new(),
        empty: row.get("empty")?,
    })
}

fn line(row: &Row<'_>) -> rusqlite::Result<DocumentLine> {
    let author: Option<String> = row.get(5)?;
    let translator: Option<String> = row.get(6)?;
    let language: String = row.get(8)?;
    let outlet: Option<String> = row.get(3)?;
    let origin: Option<String> = row.get(9)?;
    let (language, script) = match language.split_once('-') {
        Some((language, script)) => (language.to_owned(), Some(script.to_owned())),
        None => (language, None),
    };
    let links: String = row.get(11)?;
    let links: Vec<(String, String)> = serde_json::from_str(&links).unwrap_or_default();
    let stated = lineage::lineage(&lineage::Said {
        origin: origin.as_deref(),
        is_translated: translator.is_some(),
        language: &language,
        links: &links,
        cites: &list(row, 10)?,
    });
    let found: String = row.get(18)?;
    let found: Vec<(String, String, String, f64)> =
        serde_json::from_str(&found).unwrap_or_default();
    let found = found.into_iter().map(|(kind, to, document, confidence)| Lineage {
        kind,
        to,
        document: Some(document),
        confidence,
    });
    let mut lineage: Vec<Lineage> = found.collect();
    for stated in stated {
        // What the texts show is known better than what the document says of itself.
        if !lineage.iter().any(|found| found.to == stated.to) {
            lineage.push(stated);
        }
    }
    let count = |column| row.get::<_, i64>(column).map(|count| count.max(0) as usize);
    Ok(DocumentLine {
        id: row.get(0)?,
        path: row.get(1)?,
        url: row.get(2)?,
        title: row.get(4)?,
        byline: match (author, translator) {
            (Some(author), Some(translator)) => Some(format!("{author}; {translator}")),
            (author, translator) => author.or(translator),
        },
        published: row.get(7)?,
        language,
        script,
        lineage,
        origin: row.get(17)?,
        outlet,
        counts: [count(12)?, count(13)?, count(14)?],
        empty: row.get(15)?,
        generated_by: row.get(16)?,
    })
}
