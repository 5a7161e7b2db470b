//! Pages that were just made, for whoever asks next.
//!
//! In: an address and the state that the ledger is in. Out: the answer as it was made, as
//! long as the ledger is in that state. Refuses to know: what an answer says.

use super::answer::Answer;
use super::ledgers::Stamp;
use std::collections::BTreeMap;
use std::sync::Mutex;

/// The most bytes that are kept.
const ROOM: usize = 32 << 20;

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
    answers: BTreeMap<String, (u64, Answer)>,
    /// Addresses by their last use.
    uses: BTreeMap<u64, String>,
}

impl Shelf {
    /// The answer to an address, if it was made in this state.
    pub fn get(&self, stamp: Stamp, address: &str) -> Option<Answer> {
        let mut held = self.held.lock().unwrap_or_else(|broken| broken.into_inner());
        if held.stamp != stamp {
            *held = Held { stamp, ..Held::default() };
            return None;
        }
        held.clock += 1;
        let clock = held.clock;
        let (used, answer) = held.answers.get_mut(address)?;
        let before = std::mem::replace(used, clock);
        let answer = answer.clone();
        held.uses.remove(&before);
        held.uses.insert(clock, address.to_owned());
        Some(answer)
    }

    /// Keeps an answer, and lets go of those not used for longest where there is no room.
    pub fn put(&self, stamp: Stamp, address: String, answer: &Answer) {
        let mut held = self.held.lock().unwrap_or_else(|broken| broken.into_inner());
        let size = answer.body.len() + address.len();
        if held.stamp != stamp || size > ROOM / 8 || held.answers.contains_key(&address) {
            return;
        }
        held.clock += 1;
        let clock = held.clock;
        held.bytes += size;
        held.uses.insert(clock, address.clone());
        held.answers.insert(address, (clock, answer.clone()));
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
    use axum::http::StatusCode;

    #[test]
    fn longest_unused_goes_first() {
        let shelf = Shelf::default();
        let stamp = Stamp::default();
        let big = Answer::page(StatusCode::OK, "x".repeat(ROOM / 8 - 100));
        for name in ["a", "b", "c", "d", "e", "f", "g", "h"] {
            assert!(shelf.get(stamp, name).is_none());
            shelf.put(stamp, name.to_owned(), &big);
        }
        assert!(shelf.get(stamp, "a").is_some());
        shelf.put(stamp, "i".to_owned(), &big);
        assert!(shelf.get(stamp, "a").is_some() && shelf.get(stamp, "i").is_some());
        assert!(shelf.get(stamp, "b").is_none());
    }
}
