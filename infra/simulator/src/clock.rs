//! Time and chance of the outside world: the one place that reads the clock, waits and makes identifiers.
//!
//! The clock is the system's until somebody moves it: a simulator that plays a scenario stands still between one event and the next,
//! and a week passes at once. Requests and tasks see the clock of their own simulator.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use jiff::Timestamp;
use tokio::task::JoinHandle;
use uuid::Uuid;

tokio::task_local! {
    static CLOCK: Clock;
}

/// The clock of one simulator. Clones are the same clock.
#[derive(Clone, Default)]
pub(crate) struct Clock(Arc<Inner>);

#[derive(Default)]
struct Inner {
    stands: AtomicBool,
    /// Where it stands, or how far ahead of the system's it goes; in microseconds.
    micros: AtomicI64,
}

impl Clock {
    /// What it shows.
    pub(crate) fn now(&self) -> Timestamp {
        let micros = self.0.micros.load(Ordering::Acquire);
        let shown = if self.0.stands.load(Ordering::Acquire) { micros } else { system().as_microsecond().saturating_add(micros) };
        Timestamp::from_microsecond(shown).unwrap_or(Timestamp::MAX)
    }

    /// Stops it at this time, or moves it there.
    pub(crate) fn stand_at(&self, at: Timestamp) {
        self.0.micros.store(at.as_microsecond(), Ordering::Release);
        self.0.stands.store(true, Ordering::Release);
    }

    /// Moves it ahead.
    pub(crate) fn advance(&self, by: Duration) {
        self.0.micros.fetch_add(i64::try_from(by.as_micros()).unwrap_or(i64::MAX / 4), Ordering::AcqRel);
    }

    /// Lets it go with the system's again.
    pub(crate) fn reset(&self) {
        self.0.stands.store(false, Ordering::Release);
        self.0.micros.store(0, Ordering::Release);
    }

    /// Does something that sees this clock.
    pub(crate) fn within<T>(self, work: impl FnOnce() -> T) -> T {
        CLOCK.sync_scope(self, work)
    }

    /// Runs something that sees this clock.
    pub(crate) async fn run<F: Future>(self, work: F) -> F::Output {
        CLOCK.scope(self, work).await
    }
}

/// Lets a request see the clock of its simulator.
pub(crate) async fn for_request(State(clock): State<Clock>, request: Request, next: Next) -> Response {
    clock.run(next.run(request)).await
}

/// Starts a task that sees the clock of whoever starts it.
pub(crate) fn spawn<F>(work: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let clock = CLOCK.try_with(Clone::clone).unwrap_or_default();
    tokio::spawn(clock.run(work))
}

/// The current time.
pub(crate) fn now() -> Timestamp {
    CLOCK.try_with(Clock::now).unwrap_or_else(|_| system())
}

#[expect(clippy::disallowed_methods, reason = "the simulator plays the world outside, which has a clock of its own")]
fn system() -> Timestamp {
    Timestamp::now()
}

/// Waits, where waiting is what the simulated party does.
#[expect(clippy::disallowed_methods, reason = "back-off and status delays are the simulated behaviour; nobody bills for them")]
pub(crate) async fn pause(duration: Duration) {
    if !duration.is_zero() {
        tokio::time::sleep(duration).await;
    }
}

/// A new message id. It carries `+`, `/` and `=` as Meta's base64 ids do, so that nobody takes it for a plain word.
pub(crate) fn wamid() -> String {
    format!("wamid.HBgM{}+/A=", random().simple().to_string().to_uppercase())
}

/// A new trace id for error answers.
pub(crate) fn trace_id() -> String {
    format!("A{}", random().simple().to_string().split_at(10).0)
}

/// A new media id: digits, as Meta's are.
pub(crate) fn media_id() -> String {
    format!("{}", 1_000_000_000_000_000 + random().as_u128() % 9_000_000_000_000_000)
}

#[expect(clippy::disallowed_methods, reason = "ids of the outside world owe nothing to the platform's id rules")]
fn random() -> Uuid {
    Uuid::new_v4()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_clock_that_stands_is_moved_and_shared_with_tasks() {
        let clock = Clock::default();
        let start = Timestamp::from_second(1_793_500_000).unwrap();
        clock.stand_at(start);
        let week = Duration::from_hours(7 * 24);
        let seen = clock
            .clone()
            .run(async {
                clock.advance(week);
                spawn(async { now() }).await.unwrap()
            })
            .await;
        assert_eq!(seen, start.checked_add(week).unwrap());
        clock.reset();
        assert!(clock.now() > start.checked_add(week).unwrap() || clock.now() < start.checked_add(week).unwrap());
        assert_ne!(clock.now(), seen);
    }
}
