//! One tick: what is due is announced, again and again for most of a minute; what the queues have given up is taken into the
//! businesses it belongs to.

use std::time::Duration;

use shared::{
    boot,
    domain::{
        ports::{DeadLetters, TaskQueue},
        time::SignedDuration,
    },
    event::{Anything, Done},
    metrics::{self, Metric},
    store::Table,
    usecases::{
        Error,
        clock::{self, Stopwatch},
        dead_letters::bury,
        sweep_outbox,
    },
};

/// How often a tick sweeps: a message that waits comes back this late at most.
const STEP: Duration = Duration::from_secs(5);
/// How long it goes on; then the next tick takes over.
const GOES_ON: SignedDuration = SignedDuration::from_secs(44);

/// What the function holds.
pub struct App {
    /// The table.
    pub table: Table,
    /// All queues.
    pub queue: Box<dyn TaskQueue>,
    /// Where they put what they have given up.
    pub dead_letters: Box<dyn DeadLetters>,
}

/// Handles a tick to its end.
///
/// # Errors
/// When the store or a queue fails; the next tick goes on where this one could not.
pub async fn keep(app: &App, tick: Anything) -> Result<Done, Error> {
    let watch = Stopwatch::start(boot::now());
    let start = watch.now();
    Box::pin(bury_dead_letters(app)).await?;
    loop {
        let done = Box::pin(handle(app, tick)).await?;
        if watch.now().duration_since(start) >= GOES_ON {
            return Ok(done);
        }
        clock::wait(STEP).await;
    }
}

/// Announces what is due now.
///
/// # Errors
/// When the store or a queue fails.
pub async fn handle(app: &App, _tick: Anything) -> Result<Done, Error> {
    let at = boot::moment();
    let swept = sweep_outbox::run(&at, &app.table.due(), app.queue.as_ref()).await?;
    metrics::count(Metric::Relayed, swept.relayed, at.now);
    if swept.unreadable > 0 {
        tracing::error!(entries = swept.unreadable, "due entries do not read");
    }
    Ok(Done::default())
}

async fn bury_dead_letters(app: &App) -> Result<(), Error> {
    let at = boot::moment();
    let buried = bury::run(&at, &app.table, app.dead_letters.as_ref()).await?;
    metrics::count(Metric::DeadLetter, buried.buried, at.now);
    metrics::count(Metric::DeadLetterNameless, buried.nameless, at.now);
    Ok(())
}
