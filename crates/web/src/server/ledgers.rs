//! Open ledgers, one for each page that is being made.
//!
//! In: a path. Out: a ledger that nobody else is asking. Refuses to know: what is asked.
//! A ledger that another program appends to shows what it holds now; one that was replaced
//! by another file is opened anew.

use crate::pages::Refused;
use ledger::Ledger;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, SystemTime};

/// How many stay open between pages.
const KEPT: usize = 4;

/// What tells one state of a ledger's file from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Stamp {
    file: Option<(u64, u64, SystemTime)>,
    log: Option<(u64, SystemTime)>,
}

pub(super) struct Ledgers {
    path: PathBuf,
    log: PathBuf,
    wait: Duration,
    /// Open ledgers, with the number of the file that they are.
    idle: Mutex<Vec<(u64, Ledger)>>,
}

impl Ledgers {
    pub fn new(path: PathBuf, wait: Duration) -> Ledgers {
        let mut log = path.clone().into_os_string();
        log.push("-wal");
        Ledgers { path, log: log.into(), wait, idle: Mutex::new(Vec::new()) }
    }

    /// The state that the ledger's file is in.
    pub fn stamp(&self) -> Stamp {
        let of = |path: &Path| std::fs::metadata(path).ok();
        let changed =
            |about: &Metadata| about.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        Stamp {
            file: of(&self.path)
                .map(|about| (number(&about), about.len(), changed(&about))),
            log: of(&self.log)
                .filter(|about| about.len() > 0)
                .map(|about| (about.len(), changed(&about))),
        }
    }

    /// Asks a ledger, an open one where there is one.
    pub fn with<T>(
        &self,
        ask: impl FnOnce(&Ledger) -> Result<T, Refused>,
    ) -> Result<T, Refused> {
        let now = std::fs::metadata(&self.path).map(|about| number(&about)).unwrap_or(0);
        let idle = {
            let mut idle = self.idle.lock().unwrap_or_else(|broken| broken.into_inner());
            idle.retain(|(file, _)| *file == now);
            idle.pop()
        };
        let ledger = match idle {
            Some((_, ledger)) => ledger,
            None => Ledger::open(&self.path, self.wait)?,
        };
        let answer = ask(&ledger);
        let mut idle = self.idle.lock().unwrap_or_else(|broken| broken.into_inner());
        // One that just failed may be a file that is no longer what it was.
        if idle.len() < KEPT && !matches!(answer, Err(Refused::Ledger(_))) {
            idle.push((now, ledger));
        }
        answer
    }
}

/// What tells a file from another one put in its place.
#[cfg(unix)]
fn number(about: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(about)
}

#[cfg(not(unix))]
fn number(about: &Metadata) -> u64 {
    about
        .created()
        .ok()
        .and_then(|at| at.duration_since(SystemTime::UNIX_EPOCH).ok())
        .map_or(0, |since| since.as_nanos() as u64)
}
