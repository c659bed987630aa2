//! Ctrl-C, SIGTERM and SIGHUP: remembered here, obeyed by whoever waits.

use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context as _;

static REQUESTED: AtomicBool = AtomicBool::new(false);

/// Starts listening.
///
/// # Errors
/// When the signals cannot be caught.
pub fn listen() -> anyhow::Result<()> {
    ctrlc::set_handler(|| REQUESTED.store(true, Ordering::SeqCst)).context("signals cannot be caught")
}

/// Whether somebody wants us to stop.
pub fn requested() -> bool {
    REQUESTED.load(Ordering::SeqCst)
}

/// Fails when somebody wants us to stop.
///
/// # Errors
/// Then.
pub fn check() -> anyhow::Result<()> {
    anyhow::ensure!(!requested(), "stopped by a signal");
    Ok(())
}
