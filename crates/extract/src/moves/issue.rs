//! Which issue an act is about.
//!
//! In: a clause. Out: the agenda's issue. Refuses to know: the act.

use super::{Room, voice::Voice};
use record::Span;

/// The agenda's issue of a clause, else of the statement or sentence around it.
pub fn of(_room: &Room, _clause: Span, _voice: &Voice) -> Option<String> {
    None
}
