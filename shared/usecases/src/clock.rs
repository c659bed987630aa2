//! Time that goes on while a use case works. A use case gets its time as an argument; what it waits for in between is counted here, so
//! that a test can put a simulated clock in the place of the system's and let a week go by without waiting for it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant},
};

use domain::time::Timestamp;

tokio::task_local! {
    static SIMULATED: Simulated;
}

/// A clock that stands still until it is moved, by a test or by a use case that waits. Clones are the same clock.
#[derive(Clone, Debug)]
pub struct Simulated(Arc<AtomicI64>);

impl Simulated {
    /// A clock that stands at this time.
    #[must_use]
    pub fn at(start: Timestamp) -> Self {
        Self(Arc::new(AtomicI64::new(start.as_microsecond())))
    }

    /// What it shows.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::Relaxed)).unwrap_or(Timestamp::MAX)
    }

    /// Moves it to this time; it never goes back.
    pub fn move_to(&self, to: Timestamp) {
        self.0.fetch_max(to.as_microsecond(), Ordering::Relaxed);
    }

    fn pass(&self, time: Duration) {
        self.0.fetch_add(i64::try_from(time.as_micros()).unwrap_or(i64::MAX), Ordering::Relaxed);
    }

    /// Runs something that sees this clock and no other.
    pub async fn run<F: Future>(&self, work: F) -> F::Output {
        SIMULATED.scope(self.clone(), work).await
    }
}

/// The simulated time, where there is one: for the one place that reads the system's clock.
#[must_use]
pub fn simulated() -> Option<Timestamp> {
    SIMULATED.try_with(Simulated::now).ok()
}

/// Waits. A simulated clock is moved instead.
#[expect(clippy::disallowed_methods, reason = "short waits only: for a rate, where another delivery would cost more")]
pub async fn wait(pause: Duration) {
    if SIMULATED.try_with(|clock| clock.pass(pause)).is_err() {
        tokio::time::sleep(pause).await;
    }
}

/// The time of an invocation, going on while it works: a wait that does not move it would be in vain.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch {
    start: Timestamp,
    since: Instant,
}

impl Stopwatch {
    /// Starts at the time of the invocation.
    #[must_use]
    pub fn start(at: Timestamp) -> Self {
        Self { start: at, since: Instant::now() }
    }

    /// The time now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        simulated().unwrap_or_else(|| self.start.checked_add(self.since.elapsed()).unwrap_or(self.start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_simulated_wait_takes_no_time_and_moves_the_clock() {
        let start = Timestamp::from_second(1_793_500_000).unwrap();
        let clock = Simulated::at(start);
        let shown = clock
            .run(async {
                let watch = Stopwatch::start(start);
                wait(Duration::from_hours(48)).await;
                (watch.now(), simulated())
            })
            .await;
        let later = start.checked_add(Duration::from_hours(48)).unwrap();
        assert_eq!(shown, (later, Some(later)));
        assert_eq!(simulated(), None, "nobody else sees it");
        clock.move_to(start);
        assert_eq!(clock.now(), later, "it never goes back");
    }
}
