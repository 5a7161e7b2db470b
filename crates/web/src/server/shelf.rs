//! Pages that were just made, for whoever asks next.
//!
//! In: an address and the state that the ledger is in. Out: the answer as it was made, as
//! long as the ledger is in that state. Refuses to know: what an answer says.

use super::answer::Answer;
use super::ledgers::Stamp;
use axum::body::Bytes;
use axum::http::StatusCode;
use flate2::Compression;
use flate2::read::{DeflateDecoder, DeflateEncoder};
use std::collections::BTreeMap;
use std::io::Read;
use std::sync::{Arc, Mutex};

/// The most bytes that are kept. Pages are kept packed, a tenth of their size, so that all
/// that a newsroom looks at in a day has room.
const ROOM: usize = 48 << 20;

#[derive(Default)]
pub(super) struct Shelf {
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    stamp: Stamp,
    bytes: usize,
    /// Counts up with every use.
    clock: u64,
    answers: BTreeMap<String, (u64, Packed)>,
    /// Addresses by their last use.
    uses: BTreeMap<u64, String>,
}

/// An answer as it is kept.
#[derive(Clone)]
struct Packed {
    status: StatusCode,
    kind: &'static str,
    policy: &'static str,
    /// How long the body is.
    length: usize,
    /// The body, DEFLATE (RFC 1951).
    body: Arc<[u8]>,
}

impl Packed {
    fn of(answer: &Answer) -> Option<Packed> {
        let mut body = Vec::new();
        let mut packing = DeflateEncoder::new(&answer.body[..], Compression::fast());
        packing.read_to_end(&mut body).ok()?;
        let Answer { status, kind, policy, .. } = *answer;
        Some(Packed {
            status,
            kind,
            policy,
            length: answer.body.len(),
            body: body.into(),
        })
    }

    fn answer(&self) -> Option<Answer> {
        let mut body = Vec::with_capacity(self.length);
        DeflateDecoder::new(&self.body[..]).read_to_end(&mut body).ok()?;
        let Packed { status, kind, policy, .. } = *self;
        Some(Answer { status, kind, policy, body: Bytes::from(body) })
    }
}

impl Shelf {
    /// The answer to an address, if it was made in this state.
    pub fn get(&self, stamp: Stamp, address: &str) -> Option<Answer> {
        let packed = self.find(stamp, address)?;
        packed.answer()
    }

    fn find(&self, stamp: Stamp, address: &str) -> Option<Packed> {
        let mut held = self.held.lock().unwrap_or_else(|broken| broken.into_inner());
        if held.stamp != stamp {
            *held = Held { stamp, ..Held::default() };
            return None;
        }
        held.clock += 1;
        let clock = held.clock;
        let (used, packed) = held.answers.get_mut(address)?;
        let before = std::mem::replace(used, clock);
        let packed = packed.clone();
        held.uses.remove(&before);
        held.uses.insert(clock, address.to_owned());
        Some(packed)
    }

    /// Keeps an answer, and lets go of those not used for longest where there is no room.
    pub fn put(&self, stamp: Stamp, address: String, answer: &Answer) {
        // Packing takes a while, and others may ask meanwhile.
        let Some(packed) = Packed::of(answer) else { return };
        let mut held = self.held.lock().unwrap_or_else(|broken| broken.into_inner());
        let size = packed.body.len() + address.len();
        if held.stamp != stamp || size > ROOM / 8 || held.answers.contains_key(&address) {
            return;
        }
        held.clock += 1;
        let clock = held.clock;
        held.bytes += size;
        held.uses.insert(clock, address.clone());
        held.answers.insert(address, (clock, packed));
        while held.bytes > ROOM {
            let Some((_, oldest)) = held.uses.pop_first() else { break };
            if let Some((_, gone)) = held.answers.remove(&oldest) {
                held.bytes -= gone.body.len() + oldest.len();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many bytes that do not pack.
    fn noise(length: usize) -> Vec<u8> {
        let mut state = 1u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 56) as u8
        };
        (0..length).map(|_| next()).collect()
    }

    #[test]
    fn a_page_comes_back_as_it_was() {
        let shelf = Shelf::default();
        let stamp = Stamp::default();
        let page = Answer::page(StatusCode::OK, "<p>北约</p>".repeat(9000));
        assert!(shelf.get(stamp, "a").is_none());
        shelf.put(stamp, "a".to_owned(), &page);
        let again = shelf.get(stamp, "a").unwrap();
        assert_eq!(
            (again.status, again.kind, again.policy),
            (page.status, page.kind, page.policy)
        );
        assert_eq!(again.body, page.body);
        assert!(shelf.held.lock().unwrap().bytes < page.body.len() / 10);
    }

    #[test]
    fn longest_unused_goes_first() {
        let shelf = Shelf::default();
        let stamp = Stamp::default();
        let big = Answer::file("text/plain", noise(ROOM / 10 + 1));
        for name in ["a", "b", "c", "d", "e", "f", "g", "h", "i"] {
            assert!(shelf.get(stamp, name).is_none());
            shelf.put(stamp, name.to_owned(), &big);
        }
        assert!(shelf.get(stamp, "a").is_some());
        shelf.put(stamp, "j".to_owned(), &big);
        assert!(shelf.get(stamp, "a").is_some() && shelf.get(stamp, "j").is_some());
        assert!(shelf.get(stamp, "b").is_none());
    }
}
