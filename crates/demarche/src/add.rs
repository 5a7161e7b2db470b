//! `demarche add`: documents fetched, read side by side, and appended batch by batch.
//!
//! In: names. Out: rows in the ledger and a summary. Refuses to know: SQL, file systems.
//!
//! A batch is stored whole or not at all, and what is stored is known the next time: a run
//! that was interrupted, killed or out of room goes on where it stopped when the same
//! command is given again. No more than two batches are in memory: one is stored while the
//! next one is read.

use crate::arguments::{AddArguments, ReadFormat};
use crate::fetch::{self, Item, Refusal};
use crate::reader::Desk;
use crate::{Ended, print};
use anyhow::{Context, Result, ensure};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use ledger::{Entry, Ledger, Name, Outcome, Read, Standing};
use record::Reading;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::Duration;

/// A batch holds no more documents and no more bytes than this.
const BATCH: usize = 1024;
const BATCH_BYTES: usize = 8 << 20;

/// Set when the user wants to stop.
static STOPPED: AtomicBool = AtomicBool::new(false);

/// What became of the documents.
#[derive(Default)]
pub struct Summary {
    added: usize,
    superseded: usize,
    known: usize,
    /// What could not be read.
    pub refused: Vec<Refusal>,
    /// The documents that are in the ledger now, id and path, where they are asked for.
    pub kept: Option<BTreeMap<String, String>>,
}

/// Runs `demarche add`.
pub fn run(asked: AddArguments) -> Result<Ended> {
    stop_on_interrupt()?;
    let path = asked.ledger.path();
    let mut ledger = Ledger::create(&path, asked.ledger.wait())?;
    let desk = Desk::open(asked.agenda.as_deref())?;
    let bar = bar(&asked);
    let mut summary = Summary::default();
    let ended = add_all(&mut ledger, &desk, &asked, &bar, &mut summary);
    bar.finish_and_clear();
    // Also after an error: what was stored before it is stored.
    let is_stopped = STOPPED.load(Ordering::Relaxed);
    report(&summary, &asked, is_stopped)?;
    ended?;
    let done = summary.added + summary.superseded + summary.known;
    Ok(match (is_stopped, done, summary.refused.len()) {
        (true, ..) => Ended::Interrupted,
        (_, 0, _) => Ended::Nothing,
        (_, _, refused) if refused > 0 && asked.strict => Ended::Partly,
        _ => Ended::Done,
    })
}

/// Adds the documents and says which ones the ledger holds then, without a report.
///
/// # Errors
/// If the ledger cannot be written to, or the user interrupts.
pub fn gather(ledger: &mut Ledger, asked: &AddArguments) -> Result<Summary> {
    stop_on_interrupt()?;
    let desk = Desk::open(asked.agenda.as_deref())?;
    let bar = bar(asked);
    let mut summary = Summary { kept: Some(BTreeMap::new()), ..Summary::default() };
    let ended = add_all(ledger, &desk, asked, &bar, &mut summary);
    bar.finish_and_clear();
    ended?;
    ensure!(!STOPPED.load(Ordering::Relaxed), "interrupted; what was read is kept");
    Ok(summary)
}

fn add_all(
    ledger: &mut Ledger,
    desk: &Desk,
    asked: &AddArguments,
    bar: &ProgressBar,
    summary: &mut Summary,
) -> Result<()> {
    let (to_desk, unread) = mpsc::sync_channel::<Vec<Fetched>>(1);
    let (to_ledger, read) = mpsc::sync_channel::<Vec<Done>>(1);
    std::thread::scope(|scope| {
        // While one batch is stored, which takes one thread, the next one is read.
        scope.spawn(move || {
            for batch in unread {
                if to_ledger.send(read_batch(desk, batch)).is_err() {
                    break;
                }
            }
        });
        let signature = desk.signature();
        store_all(ledger, &signature, (to_desk, read), asked, bar, summary)
    })
}

/// Sends documents to the desk and stores what comes back, batch by batch.
fn store_all(
    ledger: &mut Ledger,
    signature: &str,
    (to_desk, read): (mpsc::SyncSender<Vec<Fetched>>, mpsc::Receiver<Vec<Done>>),
    asked: &AddArguments,
    bar: &ProgressBar,
    summary: &mut Summary,
) -> Result<()> {
    let mut fetched = fetch::fetch(asked.files.clone(), Some(asked.ledger.path()));
    let mut at_desk = 0;
    let mut stored = 0;
    loop {
        // Who wants to stop still gets what is being read.
        let items = match STOPPED.load(Ordering::Relaxed) {
            true => Vec::new(),
            false => next_batch(&mut fetched, asked, bar, summary),
        };
        let is_over = items.is_empty();
        if !is_over && to_desk.send(stood(ledger, items, asked.again, signature)?).is_ok()
        {
            at_desk += 1;
        }
        if is_over && at_desk == 0 {
            if stored > 0 {
                ledger.keep_histories()?;
            }
            return Ok(());
        }
        if is_over || at_desk > 1 {
            // No answer comes only from a thread that has panicked, as this one then does.
            let Ok(batch) = read.recv() else { return Ok(()) };
            at_desk -= 1;
            store_batch(ledger, batch, signature, bar, summary)?;
            stored += 1;
        }
    }
}

/// What was read of a document, its text in one script, and how its entities are compared.
type Told = (Reading, String, Vec<Name>);

/// A document, and whether it is to be read.
type Fetched = (Item, bool);

/// A document and what was read of it, none where it is known, or why it cannot be read.
type Done = (Item, Result<Option<Told>, Refusal>);

/// The next documents that are stored together; none at the end.
fn next_batch(
    fetched: &mut impl Iterator<Item = Result<Item, Refusal>>,
    asked: &AddArguments,
    bar: &ProgressBar,
    summary: &mut Summary,
) -> Vec<Item> {
    let mut items = Vec::new();
    let mut bytes = 0;
    while items.len() < BATCH && bytes < BATCH_BYTES {
        match fetched.next() {
            Some(Ok(mut item)) => {
                let hint = &mut item.document.published_hint;
                *hint = hint.take().or_else(|| asked.published.clone());
                bytes += item.document.bytes.len();
                items.push(item);
            }
            Some(Err(refusal)) => refuse(refusal, bar, summary),
            None => break,
        }
    }
    items
}

/// Which documents are to be read: those that are not known, or all where `again`.
fn stood(
    ledger: &Ledger,
    items: Vec<Item>,
    again: bool,
    signature: &str,
) -> Result<Vec<Fetched>> {
    let stood = |item: Item| {
        let standing = ledger.standing(&item.document, &item.given, signature)?;
        Ok((item, again || standing != Standing::Known))
    };
    items.into_iter().map(stood).collect()
}

fn read_batch(desk: &Desk, batch: Vec<Fetched>) -> Vec<Done> {
    let unread: Vec<&Item> =
        batch.iter().filter(|(_, is_unread)| *is_unread).map(|(item, _)| item).collect();
    let mut readings = desk.read_all(&unread).into_iter();
    let mut told = Vec::with_capacity(batch.len());
    for (_, is_unread) in &batch {
        let reading = if *is_unread { readings.next() } else { None };
        told.push(match reading {
            Some(reading) => reading.map(|reading| {
                let folded = desk.fold(&reading.article.text);
                let names = desk.names(&reading);
                Some((reading, folded, names))
            }),
            None => Ok(None),
        });
    }
    batch.into_iter().map(|(item, _)| item).zip(told).collect()
}

fn store_batch(
    ledger: &mut Ledger,
    batch: Vec<Done>,
    signature: &str,
    bar: &ProgressBar,
    summary: &mut Summary,
) -> Result<()> {
    let mut kept: Vec<(Item, Option<Told>)> = Vec::with_capacity(batch.len());
    for (item, told) in batch {
        match told {
            Ok(told) => kept.push((item, told)),
            Err(refusal) => refuse(refusal, bar, summary),
        }
    }
    let entries: Vec<Entry<'_>> = kept
        .iter()
        .map(|(item, read)| Entry {
            document: &item.document,
            given: &item.given,
            read: read.as_ref().map(|(reading, folded, names)| Read {
                reading,
                folded,
                names,
            }),
        })
        .collect();
    if let Some(all) = &mut summary.kept {
        all.extend(
            entries.iter().map(|entry| {
                (entry.document.id.to_string(), entry.document.path.clone())
            }),
        );
    }
    for outcome in ledger.append_all(&entries, signature)? {
        match outcome {
            Outcome::Added => summary.added += 1,
            Outcome::Superseded => summary.superseded += 1,
            Outcome::Known => summary.known += 1,
        }
        bar.inc(1);
    }
    Ok(())
}

fn refuse(refusal: Refusal, bar: &ProgressBar, summary: &mut Summary) {
    bar.suspend(|| {
        print::note(&format!("refused: {}: {}", refusal.name, refusal.reason));
    });
    bar.inc(1);
    summary.refused.push(refusal);
}

/// Whether the user wants to stop.
pub fn is_stopped() -> bool {
    STOPPED.load(Ordering::Relaxed)
}

/// Notes when the user wants to stop; a second wish ends the program at once.
///
/// # Errors
/// If the system does not let a program listen for it, or it is listened for already.
pub fn stop_on_interrupt() -> Result<()> {
    ctrlc::set_handler(|| {
        if STOPPED.swap(true, Ordering::Relaxed) {
            // Asked twice: batches that are not stored yet are lost, the ledger is not.
            std::process::exit(130);
        }
        print::note(
            "\nstopping when what has begun is done; press again to stop at once",
        );
    })
    .context("cannot listen for interrupts")
}

fn bar(asked: &AddArguments) -> ProgressBar {
    // Counting walks the folders once more; nobody should wait for it who sees no bar.
    let is_seen = std::io::IsTerminal::is_terminal(&std::io::stderr());
    let path = asked.ledger.path();
    let count = if is_seen { fetch::count(&asked.files, Some(&path)) } else { None };
    let bar = match count {
        Some(count) => ProgressBar::new(count).with_style(style(
            "{bar:32} {human_pos}/{human_len} documents · {per_sec} · {eta} left",
        )),
        None => ProgressBar::new_spinner()
            .with_style(style("{spinner} {human_pos} documents · {per_sec}")),
    };
    bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(5));
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template)
        .unwrap_or_else(|_| ProgressStyle::default_spinner())
}

fn report(summary: &Summary, asked: &AddArguments, is_stopped: bool) -> Result<()> {
    if asked.format == ReadFormat::Json {
        let refused =
            |refusal: &Refusal| json!({"name": refusal.name, "reason": refusal.reason});
        return print::line(
            &json!({
                "ledger": asked.ledger.path().display().to_string(),
                "added": summary.added,
                "read_again": summary.superseded,
                "already_known": summary.known,
                "refused": summary.refused.iter().map(refused).collect::<Vec<_>>(),
                "interrupted": is_stopped,
            })
            .to_string(),
        );
    }
    let mut parts = vec![
        format!("{} added", summary.added),
        format!("{} already known", summary.known),
    ];
    if summary.superseded > 0 {
        parts.push(format!("{} read again", summary.superseded));
    }
    parts.push(format!("{} refused", summary.refused.len()));
    let path = asked.ledger.path();
    print::line(&format!("{}: {}", path.display(), parts.join(", ")))?;
    if is_stopped {
        print::note("interrupted; give the same command again and it goes on from here");
    }
    Ok(())
}
