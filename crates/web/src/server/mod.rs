//! The dossier served: requests in, pages out.
//!
//! In: a ledger's path, names, a socket that listens. Out: answers. Refuses to know: what
//! a page shows; how a ledger came about. It only reads, and nothing that a document
//! brought along is ever run.

mod answer;
mod api;
mod ledgers;
mod shelf;

pub use answer::{ASSETS, Extra};

use crate::Language;
use crate::pages::{
    Asked, Fold, Lens, Medium, Names, Place, Refused, Room, page, refusal,
};
use answer::Answer;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Method, Request, Response, StatusCode, header};
use ledgers::Ledgers;
use shelf::Shelf;
use std::net::{SocketAddr, TcpListener};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// How many pages are made at one time; the rest wait.
const AT_ONCE: usize = 4;
/// The longest address that is answered, in bytes.
const LONGEST: usize = 4096;

/// What is served.
pub struct Dossier {
    /// The ledger's file.
    pub ledger: PathBuf,
    /// How long to wait where another program writes to it.
    pub wait: Duration,
    /// What codes are called.
    pub names: Names,
    /// Brings words to one script.
    pub fold: Box<Fold>,
    /// What the negotiation is called.
    pub title: String,
    /// Files beside the pages: feeds, calendars.
    pub extras: Vec<Extra>,
}

/// All that an answer needs.
struct Desk {
    dossier: Dossier,
    ledgers: Ledgers,
    shelf: Shelf,
    places: Semaphore,
    /// Names of this machine that a request may be for; none: any.
    hosts: Option<Vec<String>>,
}

/// How often it is looked whether to stop.
const LOOK: Duration = Duration::from_millis(100);

/// Serves until `is_over` says so; answers that have begun are finished.
///
/// # Errors
/// If the ledger cannot be opened, or the socket cannot be used.
pub fn serve(
    dossier: Dossier,
    listener: TcpListener,
    is_over: impl Fn() -> bool + Send + 'static,
) -> Result<(), Error> {
    let ledgers = Ledgers::new(dossier.ledger.clone(), dossier.wait);
    ledgers.with(|_| Ok::<(), Refused>(())).map_err(Error::Page)?;
    let address = listener.local_addr().map_err(Error::Socket)?;
    listener.set_nonblocking(true).map_err(Error::Socket)?;
    let desk = Arc::new(Desk {
        dossier,
        ledgers,
        shelf: Shelf::default(),
        places: Semaphore::new(AT_ONCE),
        hosts: hosts(address),
    });
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(Error::Socket)?;
    runtime.block_on(async move {
        let listener =
            tokio::net::TcpListener::from_std(listener).map_err(Error::Socket)?;
        let warm = Arc::clone(&desk);
        tokio::task::spawn_blocking(move || warm.prepare());
        let router = Router::new().fallback(respond).with_state(desk);
        axum::serve(listener, router)
            .with_graceful_shutdown(async move {
                while !is_over() {
                    tokio::time::sleep(LOOK).await;
                }
            })
            .await
            .map_err(Error::Socket)
    })
}

/// Why nothing is served.
#[derive(Debug)]
pub enum Error {
    /// The ledger could not be opened.
    Page(Refused),
    /// The socket could not be used.
    Socket(std::io::Error),
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Error::Page(cause) => cause.fmt(f),
            Error::Socket(cause) => write!(f, "cannot serve: {cause}"),
        }
    }
}

impl std::error::Error for Error {}

/// A page of another site must not reach what is served on this machine by having a name
/// of its own lead here, so only the machine's own names are answered. On an address that
/// others can reach anyway every name is.
fn hosts(address: SocketAddr) -> Option<Vec<String>> {
    let port = address.port();
    address.ip().is_loopback().then(|| {
        ["localhost", "127.0.0.1", "[::1]"]
            .iter()
            .flat_map(|host| [(*host).to_owned(), format!("{host}:{port}")])
            .collect()
    })
}

async fn respond(
    State(desk): State<Arc<Desk>>,
    request: Request<Body>,
) -> Response<Body> {
    let is_head = request.method() == Method::HEAD;
    let answer = if !matches!(*request.method(), Method::GET | Method::HEAD) {
        Answer::plain(StatusCode::METHOD_NOT_ALLOWED, "the dossier is only read: use GET")
    } else if !desk.is_for_us(&request) {
        Answer::plain(
            StatusCode::FORBIDDEN,
            "this address is answered under the names of this machine only",
        )
    } else if request.uri().to_string().len() > LONGEST {
        Answer::plain(StatusCode::URI_TOO_LONG, "the address is too long")
    } else {
        let path = request.uri().path().to_owned();
        let query = request.uri().query().unwrap_or_default().to_owned();
        // While it waits for its turn nothing is held but the request itself.
        let turn = desk.places.acquire().await;
        let work = Arc::clone(&desk);
        let made = tokio::task::spawn_blocking(move || work.answer(&path, &query)).await;
        drop(turn);
        made.unwrap_or_else(|_| Answer::failed())
    };
    answer.into_response(is_head)
}

impl Desk {
    fn is_for_us(&self, request: &Request<Body>) -> bool {
        let Some(hosts) = &self.hosts else { return true };
        let host =
            request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
        host.is_some_and(|host| hosts.iter().any(|one| one.eq_ignore_ascii_case(host)))
    }

    fn answer(&self, path: &str, query: &str) -> Answer {
        if let Some(asset) = answer::asset(path) {
            return asset;
        }
        let stamp = self.ledgers.stamp();
        let key = format!("{path}?{query}");
        if let Some(answer) = self.shelf.get(stamp, &key) {
            return answer;
        }
        // A mistake of the program on one page must not end the others.
        let made = catch_unwind(AssertUnwindSafe(|| self.make(path, query)));
        let answer = made.unwrap_or_else(|_| Answer::failed());
        if answer.status == StatusCode::OK {
            self.shelf.put(stamp, key, &answer);
        }
        answer
    }

    fn make(&self, path: &str, query: &str) -> Answer {
        if let Some(answer) = self.api(path, query) {
            return answer;
        }
        let lens = Lens::parse(query);
        if let Some(answer) = self.extra(path, &lens) {
            return answer;
        }
        let found = Place::parse(path);
        let (language, place) = found.clone().unwrap_or((Language::En, Place::Today));
        let asked = Asked { place, lens, language, medium: Medium::Server };
        let made = match found {
            None => Err(Refused::Unknown("a.page", path.chars().take(120).collect())),
            Some(_) => self.ledgers.with(|ledger| page(&self.room(ledger), &asked)),
        };
        match made {
            Ok(text) => Answer::page(StatusCode::OK, text),
            Err(refused) => {
                let status = match refused {
                    Refused::Unknown(..) => StatusCode::NOT_FOUND,
                    Refused::Ledger(_) => StatusCode::SERVICE_UNAVAILABLE,
                };
                Answer::page(status, refusal(&asked, &self.dossier.title, &refused))
            }
        }
    }

    /// A file beside the pages; below `/zh` it is told in Chinese.
    fn extra(&self, path: &str, lens: &Lens) -> Option<Answer> {
        let (language, path) = match path.strip_prefix("/zh") {
            Some(rest) => (Language::Zh, rest),
            None => (Language::En, path),
        };
        let extra = self.dossier.extras.iter().find(|extra| extra.path == path)?;
        let made = self.ledgers.with(|ledger| Ok((extra.make)(ledger, lens, language)));
        Some(match made {
            Ok(Ok(bytes)) => Answer::file(extra.kind, bytes),
            Ok(Err(problem)) => Answer::plain(StatusCode::SERVICE_UNAVAILABLE, &problem),
            Err(cause) => {
                Answer::plain(StatusCode::SERVICE_UNAVAILABLE, &cause.to_string())
            }
        })
    }

    fn room<'a>(&'a self, ledger: &'a ledger::Ledger) -> Room<'a> {
        Room {
            ledger,
            names: &self.dossier.names,
            fold: &*self.dossier.fold,
            title: &self.dossier.title,
        }
    }

    /// Makes the pages that are asked for first, so that they are there.
    fn prepare(&self) {
        for (place, _) in Place::BAR {
            for folder in ["/", "/zh/"] {
                self.answer(&format!("{folder}{}", place.path()), "");
            }
        }
    }
}
