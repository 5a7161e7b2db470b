//! `demarche serve`: the dossier in a browser, from this machine to this machine.
//!
//! In: a folder or a ledger. Out: a server that answers until it is interrupted. Refuses
//! to know: what a page shows, how a request is read.

use crate::dossier::{DossierArguments, Ready};
use crate::reader::Fold;
use crate::{Ended, add, print};
use anyhow::{Context, Result};
use clap::Args;
use exchange::{Feed, Telling};
use ledger::{Filter, Ledger};
use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr, TcpListener};
use web::Language;
use web::pages::{Both, Lens, Names};
use web::server::{Dossier, Extra};

/// `demarche serve`.
#[derive(Args)]
pub struct ServeArguments {
    /// What is shown.
    #[command(flatten)]
    pub dossier: DossierArguments,
    /// The port; 0 takes one that is free.
    #[arg(long, default_value_t = 7171)]
    pub port: u16,
    /// The address to listen on; one that others can reach shows them the ledger.
    #[arg(long, default_value = "127.0.0.1")]
    pub host: IpAddr,
}

/// Runs `demarche serve`.
///
/// # Errors
/// If there is nothing to show, or the port is taken.
pub fn run(asked: ServeArguments) -> Result<Ended> {
    let address = SocketAddr::new(asked.host, asked.port);
    // Before a folder is read, since that takes a while.
    let listener = TcpListener::bind(address).with_context(|| {
        format!("cannot listen on {address}; another port is given with --port")
    })?;
    let Ready { ledger, names, title } = asked.dossier.ready()?;
    // A folder that was read listens for interrupts already.
    let _ = add::stop_on_interrupt();
    let address = listener.local_addr().context("cannot tell the address")?;
    if !address.ip().is_loopback() {
        print::note("everybody who can reach this address can read the ledger");
    }
    print::note(&format!("the dossier is at http://{address}/ ; Ctrl-C ends it"));
    let fold = Fold::load();
    let tellings =
        [Language::En, Language::Zh].map(|language| telling(&names, &title, language));
    let dossier = Dossier {
        ledger: ledger.path(),
        wait: ledger.wait(),
        names,
        fold: Box::new(move |text| fold.apply(text)),
        title,
        extras: extras(&tellings),
    };
    web::server::serve(dossier, listener, add::is_stopped)?;
    Ok(Ended::Done)
}

/// How many entries a feed has.
const ENTRIES: usize = 100;
/// How many days before the latest document a feed looks back to.
const BACK: i64 = 30;

/// The names of the pages for the files beside them.
fn telling(names: &Names, title: &str, language: Language) -> Telling {
    let pick = |both: &Both| match language {
        Language::Zh if !both[1].is_empty() => both[1].clone(),
        _ => both[0].clone(),
    };
    Telling {
        language: match language {
            Language::En => exchange::Language::En,
            Language::Zh => exchange::Language::Zh,
        },
        title: Some(title.to_owned()),
        issues: names.issues.iter().map(|(id, both)| (id.clone(), pick(both))).collect(),
        parties: names
            .parties
            .iter()
            .map(|(code, both)| (code.clone(), pick(both)))
            .collect(),
        places: match language {
            Language::Zh => names.places.clone(),
            Language::En => BTreeMap::new(),
        },
    }
}

/// The calendar and the feed, for subscribing to.
fn extras(tellings: &[Telling; 2]) -> Vec<Extra> {
    let (calendar, feed) = (tellings.clone(), tellings.clone());
    vec![
        Extra {
            path: "/calendar.ics",
            kind: "text/calendar; charset=utf-8",
            make: Box::new(move |ledger, lens, language| {
                let mut out = Vec::new();
                exchange::ical(ledger, &lens.filter(), of(&calendar, language), &mut out)
                    .map_err(|cause| cause.to_string())?;
                Ok(out)
            }),
        },
        Extra {
            path: "/feed.atom",
            kind: "application/atom+xml; charset=utf-8",
            make: Box::new(move |ledger, lens, language| {
                let since = since(ledger, lens).map_err(|cause| cause.to_string())?;
                let filter = Filter { limit: Some(ENTRIES), ..lens.filter() };
                let telling = of(&feed, language);
                let mut out = Vec::new();
                exchange::atom(
                    ledger,
                    &filter,
                    &since,
                    telling,
                    Feed::default(),
                    &mut out,
                )
                .map_err(|cause| cause.to_string())?;
                Ok(out)
            }),
        },
    ]
}

fn of(tellings: &[Telling; 2], language: Language) -> &Telling {
    match language {
        Language::En => &tellings[0],
        Language::Zh => &tellings[1],
    }
}

/// The day that a feed looks back to: the one asked for, else a month before the latest
/// document.
fn since(ledger: &Ledger, lens: &Lens) -> Result<String, ledger::Error> {
    if let Some(since) = &lens.since {
        return Ok(since.clone());
    }
    let latest = match &lens.as_of {
        Some(day) => Some(day.clone()),
        None => ledger.latest_day()?,
    };
    let day = latest.and_then(|day| web::days_from(&day, -BACK));
    Ok(day.unwrap_or_else(|| "0001-01-01".to_owned()))
}
