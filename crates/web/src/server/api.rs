//! The rows of the list commands, for programs.
//!
//! In: a path below `/api` and a query. Out: the same JSON that the commands print, and
//! its description as OpenAPI. Refuses to know: how a row came about.

use super::Desk;
use super::answer::Answer;
use crate::pages::{Lens, Refused};
use axum::http::StatusCode;
use ledger::{
    Actor, ChangeLine, DisputeLine, DocumentLine, Event, Filter, Ledger, MeetingLine,
    MoveLine, OpenLine, PositionLine, SearchHit, SourceLine, StatementLine,
};
use serde_json::{Value, json};

/// How many rows are given unless more are asked for, and the most.
const ROWS: usize = 100;
const MOST: usize = 1000;

/// One list: its path, what it holds, the keys of its rows, the parameters that it needs.
struct List {
    path: &'static str,
    about: &'static str,
    keys: &'static [&'static str],
    needs: Option<(&'static str, &'static str)>,
}

const LISTS: [List; 12] = [
    list(
        "documents",
        "Documents: who published what, when, and whose article it renders.",
        DocumentLine::KEYS,
    ),
    list(
        "actors",
        "Who is named, with every spelling; `q` looks a name up.",
        Actor::KEYS,
    ),
    list(
        "statements",
        "What was said, by whom, to whom, in which words.",
        StatementLine::KEYS,
    ),
    list(
        "moves",
        "What parties asked, offered, refused, threatened or did.",
        MoveLine::KEYS,
    ),
    list(
        "meetings",
        "Talks, calls, summits and sessions, held and planned.",
        MeetingLine::KEYS,
    ),
    list("timeline", "Meetings and moves by date.", Event::KEYS),
    list(
        "positions",
        "Where each party stands on each issue, step by step.",
        PositionLine::KEYS,
    ),
    list(
        "open",
        "Promises, deadlines, threats, requests and meetings to come.",
        OpenLine::KEYS,
    ),
    list(
        "disputes",
        "Where accounts cannot all be true, or one is odd.",
        DisputeLine::KEYS,
    ),
    list(
        "sources",
        "The outlets: what is their own, whose articles they carry.",
        SourceLine::KEYS,
    ),
    List {
        needs: Some(("q", "the words")),
        ..list(
            "search",
            "Documents by their words, in either Chinese script.",
            SearchHit::KEYS,
        )
    },
    List {
        needs: Some(("since", "the day, 2022-01-10")),
        ..list("diff", "What is new or otherwise since a day.", ChangeLine::KEYS)
    },
];

const fn list(
    path: &'static str,
    about: &'static str,
    keys: &'static [&'static str],
) -> List {
    List { path, about, keys, needs: None }
}

/// What can be asked of every list.
const PARAMETERS: [(&str, &str); 10] = [
    ("party", "the party that speaks, acts, meets or is named: RUS, NATO"),
    ("toward", "the party that an act is directed at"),
    ("issue", "the issue: nato-enlargement"),
    ("outlet", "the outlet that published it"),
    ("from", "the first day: 2022-01-10, 2022-01 or 2022"),
    ("to", "the last day, likewise"),
    ("as_of", "only what had been published by this day"),
    ("id", "only the entry with this id (statements, moves, meetings)"),
    ("min_confidence", "the least confidence, 0 to 1"),
    ("limit", "at most so many rows: 100 unless told otherwise, 1000 at most"),
];

impl Desk {
    /// The answer to a path below `/api`; none for any other path.
    pub(super) fn api(&self, path: &str, query: &str) -> Option<Answer> {
        let name = path.strip_prefix("/api")?;
        let name = match name.strip_prefix('/') {
            Some(name) => name.trim_end_matches('/'),
            None if name.is_empty() => "",
            None => return None,
        };
        if name.is_empty() || name == "openapi.json" {
            return Some(said(StatusCode::OK, &description()));
        }
        let Some(list) = LISTS.iter().find(|list| list.path == name) else {
            let known: Vec<&str> = LISTS.iter().map(|list| list.path).collect();
            let problem =
                format!("there is no list {name:?}; there are {}", known.join(", "));
            return Some(refused(StatusCode::NOT_FOUND, &problem));
        };
        let lens = Lens::parse(query);
        if let Some((key, value)) = lens.refused.first() {
            let problem = format!("{key}: {value:?} is no date; write 2022-01-13");
            return Some(refused(StatusCode::BAD_REQUEST, &problem));
        }
        let filter = match filter(&lens, query) {
            Ok(filter) => filter,
            Err(problem) => return Some(refused(StatusCode::BAD_REQUEST, &problem)),
        };
        if let Some((key, about)) = list.needs
            && lens.pairs().iter().all(|(one, _)| *one != key)
        {
            let problem = format!("{name} needs {key}: {about}");
            return Some(refused(StatusCode::BAD_REQUEST, &problem));
        }
        let fold = &*self.dossier.fold;
        let rows = self.ledgers.with(|ledger| rows(ledger, name, &lens, &filter, fold));
        Some(match rows {
            Ok(rows) => said(StatusCode::OK, &Value::Array(rows)),
            Err(cause) => refused(StatusCode::SERVICE_UNAVAILABLE, &cause.to_string()),
        })
    }
}

/// The filter of a query: that of a page, and what only programs ask for.
fn filter(lens: &Lens, query: &str) -> Result<Filter, String> {
    let mut filter = Filter { limit: Some(ROWS), ..lens.filter() };
    for (key, value) in super::super::pages::pairs(query) {
        match key.as_str() {
            "limit" => match value.parse::<usize>() {
                Ok(limit) => filter.limit = Some(limit.min(MOST)),
                Err(_) => return Err(format!("limit: {value:?} is no number")),
            },
            "min_confidence" => match value.parse::<f64>() {
                Ok(least) if (0.0..=1.0).contains(&least) => {
                    filter.min_confidence = Some(least);
                }
                _ => return Err(format!("min_confidence: {value:?} is not from 0 to 1")),
            },
            "toward" => filter.toward = Some(value),
            "id" => filter.only = Some(vec![value]),
            _ => {}
        }
    }
    Ok(filter)
}

fn rows(
    ledger: &Ledger,
    name: &str,
    lens: &Lens,
    filter: &Filter,
    fold: &dyn Fn(&str) -> String,
) -> Result<Vec<Value>, Refused> {
    fn all<T>(rows: &[T], json: impl Fn(&T) -> Value) -> Vec<Value> {
        rows.iter().map(json).collect()
    }
    let words = lens.words.as_deref();
    Ok(match name {
        "documents" => all(&ledger.documents(filter)?, DocumentLine::json),
        "actors" => all(&ledger.actors(words, filter, fold)?, Actor::json),
        "statements" => all(&ledger.statements(filter)?, StatementLine::json),
        "moves" => all(&ledger.moves(filter)?, MoveLine::json),
        "meetings" => all(&ledger.meetings(filter)?, MeetingLine::json),
        "timeline" => all(&ledger.timeline(filter, false)?, Event::json),
        "positions" => all(&ledger.positions(filter)?, PositionLine::json),
        "open" => all(&ledger.open_items(filter)?, OpenLine::json),
        "disputes" => all(&ledger.disputes(filter, fold)?, DisputeLine::json),
        "sources" => all(&ledger.sources(filter)?, SourceLine::json),
        "search" => {
            all(&ledger.search(words.unwrap_or_default(), filter, fold)?, SearchHit::json)
        }
        "diff" => all(
            &ledger.changes(lens.since.as_deref().unwrap_or_default(), filter)?,
            ChangeLine::json,
        ),
        _ => Vec::new(),
    })
}

fn said(status: StatusCode, value: &Value) -> Answer {
    let mut answer =
        Answer::file("application/json; charset=utf-8", value.to_string().into_bytes());
    answer.status = status;
    answer
}

fn refused(status: StatusCode, problem: &str) -> Answer {
    said(status, &json!({ "error": problem }))
}

/// What can be asked, as OpenAPI 3.1.
fn description() -> Value {
    let parameter = |name: &str, about: &str, is_required: bool| {
        json!({
            "name": name, "in": "query", "description": about, "required": is_required,
            "schema": { "type": "string" },
        })
    };
    let mut paths = serde_json::Map::new();
    for list in &LISTS {
        let mut parameters: Vec<Value> =
            list.needs.iter().map(|(name, about)| parameter(name, about, true)).collect();
        parameters
            .extend(PARAMETERS.iter().map(|(name, about)| parameter(name, about, false)));
        let keys = list.keys.iter().map(|key| ((*key).to_owned(), json!({})));
        let row = json!({
            "type": "object",
            "properties": keys.collect::<serde_json::Map<String, Value>>(),
        });
        let answer = |about: &str, schema: Value| json!({ "description": about, "content": { "application/json": { "schema": schema } } });
        let error = || json!({ "type": "object", "properties": { "error": { "type": "string" } } });
        paths.insert(
            format!("/api/{}", list.path),
            json!({ "get": {
                "operationId": list.path,
                "summary": list.about,
                "parameters": parameters,
                "responses": {
                    "200": answer("the rows", json!({ "type": "array", "items": row })),
                    "400": answer("what of the query makes no sense", error()),
                    "503": answer("why the ledger cannot be read", error()),
                },
            } }),
        );
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Demarche",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "The rows of a ledger of diplomatic talks, as the commands print \
                them with --format json. Dates are ISO 8601, parties ISO 3166 alpha-3 or short \
                names; a span is bytes of the document as it was captured. It is only read.",
        },
        "paths": paths,
    })
}
