//! One tick: what was stored and never announced is announced.

use shared::{
    boot,
    domain::ports::TaskQueue,
    event::{Anything, Done},
    metrics::{self, Metric},
    store::Table,
    usecases::{Error, sweep_outbox},
};

/// What the function holds.
pub struct App {
    /// The table.
    pub table: Table,
    /// All tiers.
    pub queue: Box<dyn TaskQueue>,
}

/// Handles one tick.
///
/// # Errors
/// When the store or a queue fails; the next tick goes on where this one could not.
pub async fn handle(app: &App, _tick: Anything) -> Result<Done, Error> {
    let at = boot::moment();
    let swept = sweep_outbox::run(&at, &app.table.due(), app.queue.as_ref()).await?;
    metrics::count(Metric::Relayed, swept.relayed, at.now);
    if swept.unreadable > 0 {
        tracing::error!(entries = swept.unreadable, "due entries do not read");
    }
    Ok(Done::default())
}
