//! Time and chance of the outside world: the one place that reads the clock, waits and makes identifiers.

use std::time::Duration;

use jiff::Timestamp;
use uuid::Uuid;

/// The current time.
#[expect(clippy::disallowed_methods, reason = "the simulator plays the world outside, which has a clock of its own")]
pub(crate) fn now() -> Timestamp {
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
