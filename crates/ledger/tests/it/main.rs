//! The ledger as its users meet it: append, ask, refuse, survive.

mod derived;
mod kept;
mod order;
mod query;
mod refuse;
mod sample;

use ledger::{Ledger, Outcome};
use std::path::Path;
use std::time::Duration;

const WAIT: Duration = Duration::from_millis(200);

fn create(path: &Path) -> Ledger {
    Ledger::create(path, WAIT).expect("a ledger in a fresh folder")
}

fn append(ledger: &mut Ledger, path: &str, wanted: &sample::Wanted) -> Outcome {
    let (document, reading) = sample::sample(path, wanted);
    let folded = sample::fold(&reading.article.text);
    ledger.append(&document, &reading, &folded, "test 1").expect("room to append")
}

fn dump(ledger: &Ledger) -> String {
    let mut bytes = Vec::new();
    ledger.dump(&mut bytes).expect("a ledger that can be read");
    String::from_utf8(bytes).expect("JSON is UTF-8")
}
