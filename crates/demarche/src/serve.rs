//! `demarche serve`: the dossier in a browser, from this machine to this machine.
//!
//! In: a folder or a ledger. Out: a server that answers until it is interrupted. Refuses
//! to know: what a page shows, how a request is read.

use crate::dossier::{DossierArguments, Ready};
use crate::reader::Fold;
use crate::{Ended, add, print};
use anyhow::{Context, Result};
use clap::Args;
use std::net::{IpAddr, SocketAddr, TcpListener};
use web::server::Dossier;

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
    let dossier = Dossier {
        ledger: ledger.path(),
        wait: ledger.wait(),
        names,
        fold: Box::new(move |text| fold.apply(text)),
        title,
        extras: Vec::new(),
    };
    web::server::serve(dossier, listener, add::is_stopped)?;
    Ok(Ended::Done)
}
