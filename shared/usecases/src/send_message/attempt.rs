//! The request: made at its moment, a few times if the provider is busy and the pause is short.

use std::time::Duration;

use domain::{
    messaging::{
        contract::Tally,
        failure::{Failure, pause},
    },
    ports::{Accepted, SendError},
    tenant::Number,
    time::{SignedDuration, Timestamp},
};
use secrecy::{ExposeSecret as _, SecretString};

use super::{Sending, slot};
use crate::{
    clock,
    send_with_files::{self, Way},
};

/// How long a provider that cannot be reached is left alone, in seconds; doubled each time.
const UNREACHED_FIRST: i64 = 30;
/// How often that is doubled: eight minutes at the most.
const UNREACHED_DOUBLED: u32 = 4;
/// How often it is tried at once, a moment apart, before that.
const UNREACHED_AT_ONCE: u32 = 2;
/// The moment.
const MOMENT: Duration = Duration::from_millis(250);

/// What became of the attempts.
pub(super) enum Outcome {
    /// The provider has it.
    Accepted(Accepted),
    /// It can never be sent like this, or was tried often enough.
    Failed(Failure),
    /// Nothing can go out from the number.
    NumberBroken(Failure),
    /// It certainly was not sent: again then, and why; so many attempts were refused.
    Later(Timestamp, &'static str, u32),
    /// Nobody knows.
    Unknown,
}

/// Makes the request. `counts`: it is one of those of which some are free each month.
pub(super) async fn attempt(sending: &Sending<'_>, number: &Number, token: &SecretString, before: u32, counts: bool) -> Outcome {
    if !counts {
        return request(sending, number, token, before).await;
    }
    // Counted before it goes, for the lease it goes with takes the count along; there may be no other for long.
    slot::count(sending, number, Tally::goes);
    let outcome = request(sending, number, token, before).await;
    match outcome {
        Outcome::Accepted(_) | Outcome::Unknown => {}
        Outcome::Failed(_) | Outcome::NumberBroken(_) | Outcome::Later(..) => slot::count(sending, number, Tally::stays),
    }
    outcome
}

async fn request(sending: &Sending<'_>, number: &Number, token: &SecretString, before: u32) -> Outcome {
    let (mut refused, mut unreached) = (before, 0);
    let way = Way {
        at: sending.at,
        tenant: sending.tenant,
        channel: sending.means.channel,
        files: &sending.means.files,
        number,
        token: token.expose_secret(),
    };
    loop {
        if let Err(until) = slot::wait(sending, number).await {
            return Outcome::Later(until, "throughput", refused);
        }
        let (failure, after) = match send_with_files::run(&way, sending.message).await {
            Ok(accepted) => return Outcome::Accepted(accepted),
            Err(SendError::Refused(failure)) => return Outcome::Failed(failure),
            Err(SendError::NumberBroken(failure)) => return Outcome::NumberBroken(failure),
            Err(SendError::OutcomeUnknown) => return Outcome::Unknown,
            Err(SendError::NotSent) if unreached < UNREACHED_AT_ONCE => {
                unreached += 1;
                clock::wait(MOMENT).await;
                continue;
            }
            Err(SendError::NotSent) => return Outcome::Later(back(sending), "provider", refused),
            Err(SendError::Later { failure, after }) => (failure, after),
        };
        refused = refused.saturating_add(1);
        let Some(pause) = pause(&failure, refused, after, sending.random()) else {
            return Outcome::Failed(failure);
        };
        let spent = sending.now().duration_since(sending.at.now);
        match Duration::try_from(pause) {
            Ok(short) if spent + pause < SignedDuration::try_from(slot::WAIT_MAX).unwrap_or_default() => clock::wait(short).await,
            Ok(_) | Err(_) => return Outcome::Later(later(sending, pause), "provider", refused),
        }
    }
}

/// When to try a provider again that could not be reached: it may be down for long, and that is nobody's failure.
fn back(sending: &Sending<'_>) -> Timestamp {
    let seconds = UNREACHED_FIRST << sending.message.attempt.min(UNREACHED_DOUBLED);
    later(sending, SignedDuration::from_secs(seconds))
}

fn later(sending: &Sending<'_>, pause: SignedDuration) -> Timestamp {
    let now = sending.now();
    now.checked_add(pause).unwrap_or(now)
}
