//! `demarche verify` and `demarche dump`: does the ledger hold what it should, and all of
//! what it says.
//!
//! In: a ledger. Out: what is wrong with it, or its canonical form. Refuses to know: what
//! is checked.

use crate::arguments::{DumpArguments, ReadFormat, VerifyArguments};
use crate::{Ended, print};
use anyhow::Result;
use indicatif::{ProgressBar, ProgressDrawTarget};
use ledger::Fault;
use serde_json::json;
use std::io::{BufWriter, Write};

/// Runs `demarche verify`.
pub fn run(asked: VerifyArguments) -> Result<Ended> {
    let mut ledger = asked.ledger.open()?;
    let bar = ProgressBar::new(0);
    bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(5));
    let faults = ledger.verify(asked.mend, &mut |seen, all| {
        bar.set_length(all as u64);
        bar.set_position(seen as u64);
    });
    bar.finish_and_clear();
    let faults = faults?;
    let documents = ledger.document_count()?;
    let path = asked.ledger.path();
    match asked.format {
        ReadFormat::Json => {
            let fault = |f: &Fault| json!({"kind": f.kind, "place": f.place, "problem": f.problem});
            print::line(
                &json!({
                    "ledger": path.display().to_string(),
                    "documents": documents,
                    "clean": faults.is_empty(),
                    "faults": faults.iter().map(fault).collect::<Vec<_>>(),
                })
                .to_string(),
            )?;
        }
        ReadFormat::Table => {
            for fault in &faults {
                print::line(&format!(
                    "{}: {}: {}",
                    fault.kind, fault.place, fault.problem
                ))?;
            }
            let said = match faults.len() {
                0 => "clean".to_owned(),
                1 => "1 fault".to_owned(),
                count => format!("{count} faults"),
            };
            print::line(&format!("{}: {documents} documents, {said}", path.display()))?;
        }
    }
    Ok(if faults.is_empty() { Ended::Done } else { Ended::Nothing })
}

/// Runs `demarche dump`.
pub fn dump(asked: DumpArguments) -> Result<Ended> {
    let ledger = asked.ledger.open()?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    ledger.dump(&mut out)?;
    out.flush()?;
    Ok(Ended::Done)
}
