//! An answer: what it says, of what kind, and what a browser may do with it.

use crate::Language;
use crate::pages::Lens;
use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, Response, StatusCode, header};
use ledger::Ledger;

/// Pages run the program's own script and nothing else, fetch nothing from elsewhere, and
/// are framed by none but themselves.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     connect-src 'self'; form-action 'self'; frame-src 'self'; frame-ancestors 'self'; base-uri 'none'";

/// What writes a file beside the pages from the ledger.
pub type Make = dyn Fn(&Ledger, &Lens, Language) -> Result<Vec<u8>, String> + Send + Sync;

/// A file beside the pages, made when it is asked for: a feed, a calendar.
pub struct Extra {
    /// Its path, `/feed.atom`.
    pub path: &'static str,
    /// Its media type.
    pub kind: &'static str,
    /// What writes it.
    pub make: Box<Make>,
}

/// What is sent back.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub status: StatusCode,
    pub kind: &'static str,
    pub policy: &'static str,
    pub body: Bytes,
}

impl Answer {
    /// A page.
    pub fn page(status: StatusCode, text: String) -> Answer {
        Answer {
            status,
            kind: "text/html; charset=utf-8",
            policy: POLICY,
            body: Bytes::from(text),
        }
    }

    /// One line for a program, or for a browser that asks for what there is not.
    pub fn plain(status: StatusCode, text: &str) -> Answer {
        let body = Bytes::from(format!("{text}\n"));
        Answer { status, kind: "text/plain; charset=utf-8", policy: POLICY, body }
    }

    /// A file of some kind.
    pub fn file(kind: &'static str, bytes: Vec<u8>) -> Answer {
        Answer { status: StatusCode::OK, kind, policy: POLICY, body: Bytes::from(bytes) }
    }

    /// What is said where the program itself is wrong.
    pub fn failed() -> Answer {
        Answer::plain(
            StatusCode::INTERNAL_SERVER_ERROR,
            "this page could not be made; please report its address",
        )
    }

    /// The answer as it goes out; `is_head` leaves the body out.
    pub fn into_response(self, is_head: bool) -> Response<Body> {
        let length = self.body.len();
        let body = if is_head { Body::empty() } else { Body::from(self.body) };
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        let fixed = [
            (header::CONTENT_TYPE, self.kind),
            (header::CONTENT_SECURITY_POLICY, self.policy),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::REFERRER_POLICY, "no-referrer"),
            (header::CACHE_CONTROL, "no-cache"),
            (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
        ];
        for (name, value) in fixed {
            headers.insert(name, HeaderValue::from_static(value));
        }
        if is_head {
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        }
        response
    }
}

/// The program's own files: name, media type, content.
pub const ASSETS: [(&str, &str, &str); 4] = [
    ("dossier.css", "text/css; charset=utf-8", include_str!("../../static/dossier.css")),
    (
        "dossier.js",
        "text/javascript; charset=utf-8",
        include_str!("../../static/dossier.js"),
    ),
    (
        "search.js",
        "text/javascript; charset=utf-8",
        include_str!("../../static/search.js"),
    ),
    ("mark.svg", "image/svg+xml", include_str!("../../static/mark.svg")),
];

/// The program's own file at a path; browsers ask for an icon of their own accord.
pub(super) fn asset(path: &str) -> Option<Answer> {
    let name = match path {
        "/favicon.ico" => "mark.svg",
        _ => path.strip_prefix("/static/")?,
    };
    let found = ASSETS.iter().find(|(one, ..)| *one == name);
    Some(match found {
        Some((_, kind, text)) => Answer {
            status: StatusCode::OK,
            kind,
            policy: POLICY,
            body: Bytes::from_static(text.as_bytes()),
        },
        None => Answer::plain(StatusCode::NOT_FOUND, "there is no such file"),
    })
}
