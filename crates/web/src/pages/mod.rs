//! The dossier: every page of it, for a server or a folder of files.
//!
//! In: a ledger, the names of one negotiation, an address. Out: a page of HTML. Refuses
//! to know: sockets, files, the clock. The same ledger and address give the same bytes.

mod actors;
mod captured;
mod controls;
mod disputes;
mod document;
mod documents;
mod entries;
mod evidence;
mod filters;
mod frame;
mod lens;
mod lines;
mod margin;
mod marked;
mod meetings;
mod names;
mod open_items;
mod parts;
mod place;
mod position;
mod positions;
mod room;
mod search;
mod sides;
mod sources;
mod timeline;
mod today;

pub use lens::Lens;
pub(crate) use lens::pairs;
pub use names::{Both, Names};
pub use place::Place;
pub use room::{Asked, Fold, Medium, Room, file};

use crate::Language;
use frame::Sheet;

/// Why there is no page.
#[derive(Debug)]
pub enum Refused {
    /// The ledger has nothing of this kind under this name: the key of the kind and the name.
    Unknown(&'static str, String),
    /// The ledger could not be asked.
    Ledger(ledger::Error),
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Refused::Unknown(kind, name) => {
                write!(
                    f,
                    "the ledger has no {} {name}",
                    Language::En.find(kind).unwrap_or(kind)
                )
            }
            Refused::Ledger(cause) => cause.fmt(f),
        }
    }
}

impl std::error::Error for Refused {}

impl From<ledger::Error> for Refused {
    fn from(cause: ledger::Error) -> Refused {
        Refused::Ledger(cause)
    }
}

/// What a page is made of, or why not.
type Shown<T> = Result<T, Refused>;

/// The page at an address.
///
/// # Errors
/// If the ledger has nothing under the name in the address, or cannot be read.
pub fn page(room: &Room<'_>, asked: &Asked) -> Result<String, Refused> {
    let sheet = match &asked.place {
        Place::Today => today::sheet(room, asked)?,
        Place::Positions => positions::sheet(room, asked, None)?,
        Place::Position(party, issue) => {
            positions::sheet(room, asked, Some((party, issue)))?
        }
        Place::Timeline(period) => timeline::sheet(room, asked, period.as_deref())?,
        Place::Party(code) => sides::party(room, asked, code)?,
        Place::Issue(id) => sides::issue(room, asked, id)?,
        Place::Meetings => meetings::sheet(room, asked)?,
        Place::Meeting(id) => meetings::one(room, asked, id)?,
        Place::Actors => actors::sheet(room, asked)?,
        Place::Actor(id) => actors::one(room, asked, id)?,
        Place::Statement(id) => entries::statement(room, asked, id)?,
        Place::Move(id) => entries::act(room, asked, id)?,
        Place::Open => open_items::sheet(room, asked)?,
        Place::Disputes => disputes::sheet(room, asked)?,
        Place::Documents => documents::sheet(room, asked)?,
        Place::Document(id) => document::sheet(room, asked, id)?,
        Place::Captured(id) => {
            return Ok(captured::page(room, asked, id)?.into_string());
        }
        Place::Sources => sources::sheet(room, asked)?,
        Place::Source(outlet) => sources::one(room, asked, outlet)?,
        Place::Search => search::sheet(room, asked)?,
    };
    Ok(frame::frame(room, asked, sheet)?.into_string())
}

/// A plain page that says why there is no other.
pub fn refusal(asked: &Asked, title: &str, refused: &Refused) -> String {
    frame::refusal(asked, title, refused).into_string()
}
