//! Waiting is not failing. A message that cannot go now gets a timer, a place in its conversation's line, and a row that says why and
//! until when; then its task is acknowledged. What comes after it for the same person lines up behind it.
//!
//! The timer is written first: dying after any of the writes leaves a message that comes again by its queue, by its timer, or both.

use std::time::Duration;

use domain::{
    messaging::{
        failure::{Failure, Ours},
        key::MessageKey,
    },
    task::{SendMessage, Task},
    time::{SignedDuration, Timestamp},
};
use store::{Queued, TenantStore, Waits};

use super::{Sending, Sent, gate::Open, outcome};
use crate::error::Error;

/// How long after its cause a message may wait; a free one is denied by the contract long before.
const LIFE: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How soon a message asks whether those before it are gone, in seconds; doubled each time. Usually it is called before.
const TURN_FIRST: i64 = 60;
/// How often that is doubled.
const TURN_DOUBLED: u32 = 5;
/// How long after its time a message that should have come is called by one that waits behind it.
const OVERDUE: SignedDuration = SignedDuration::from_mins(10);

/// Whether the claim on the row stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    /// It does: nobody knows whether the request arrived.
    Claim,
    /// It does not: the request certainly was not made, or was refused.
    Nothing,
}

/// Waits until then.
pub(super) async fn until(sending: &Sending<'_>, until: Timestamp, why: &str, keep: Keep, attempts: u32) -> Result<Sent, Error> {
    let message = sending.message;
    let end = message.key.at().checked_add(LIFE).unwrap_or(Timestamp::MAX);
    if keep == Keep::Nothing && until > end {
        return outcome::failed(sending, &Open::default(), &Failure::ours(Ours::Expired)).await;
    }
    sending.tenant.schedule(&sending.again(), until).await?;
    line_up(sending, Some(until), why, keep, attempts).await
}

/// Waits until the number is started again.
pub(super) async fn hold(sending: &Sending<'_>) -> Result<Sent, Error> {
    sending.tenant.hold(&sending.message.number, &sending.again(), sending.now()).await?;
    line_up(sending, None, "number", Keep::Nothing, 0).await
}

/// Waits for its turn.
pub(super) async fn behind(sending: &Sending<'_>) -> Result<Sent, Error> {
    if sending.message.attempt > 0 {
        clear(sending).await?;
    }
    let seconds = TURN_FIRST << sending.message.attempt.min(TURN_DOUBLED);
    let now = sending.now();
    let turn = now.checked_add(Duration::from_secs(seconds.unsigned_abs())).unwrap_or(now);
    sending.tenant.schedule(&sending.again(), turn).await?;
    line_up(sending, Some(turn), "turn", Keep::Nothing, 0).await
}

async fn line_up(sending: &Sending<'_>, until: Option<Timestamp>, why: &str, keep: Keep, attempts: u32) -> Result<Sent, Error> {
    let message = sending.message;
    if sending.tenant.join_line(message.conversation, message.key).await? == Queued::Full {
        return Err(Error::Busy);
    }
    let claimed = (keep == Keep::Nothing).then_some(sending.at.now);
    let waits = Waits { since: sending.now(), until, why, attempts, claimed };
    sending.tenant.keep_waiting(sending.place(), message, &waits).await?;
    sending.means.memory.paces.forget(&message.conversation);
    Ok(Sent::Waits)
}

/// The message is settled: it leaves the line, and the next one is called.
pub(super) async fn done(sending: &Sending<'_>, open: &Open) -> Result<Sent, Error> {
    // Nobody waits: most messages go this way, without a write.
    if open.head.as_ref().is_some_and(|head| head.pace.line.is_empty()) {
        return Ok(Sent::Settled);
    }
    sending.means.memory.paces.forget(&sending.message.conversation);
    leave(sending.tenant, sending.message, sending.now()).await?;
    Ok(Sent::Settled)
}

/// Takes a message out of its line and calls the next.
pub(super) async fn leave(tenant: &TenantStore, message: &SendMessage, now: Timestamp) -> Result<(), Error> {
    take_out(tenant, message, message.key, now).await
}

async fn take_out(tenant: &TenantStore, neighbour: &SendMessage, key: MessageKey, now: Timestamp) -> Result<(), Error> {
    let left = tenant.leave_line(neighbour.conversation, key).await?;
    match left.and_then(|head| head.pace.line.first().copied()) {
        Some(next) => call(tenant, neighbour, next, now).await,
        None => Ok(()),
    }
}

/// Has a waiting message of the same conversation announced now.
async fn call(tenant: &TenantStore, neighbour: &SendMessage, key: MessageKey, now: Timestamp) -> Result<(), Error> {
    let found = tenant.waiting(neighbour.conversation, key, &neighbour.number, &neighbour.recipient).await?;
    if let Some(waiting) = found {
        tenant.schedule(&Task::SendMessageV1(Box::new(waiting.message)), now).await?;
    }
    Ok(())
}

/// Looks after the first of the line: one that is settled is taken out, one that should have come is called.
async fn clear(sending: &Sending<'_>) -> Result<(), Error> {
    let (tenant, message, now) = (sending.tenant, sending.message, sending.now());
    let Some(first) = tenant.line(message.conversation).await?.first().copied() else { return Ok(()) };
    match tenant.waiting(message.conversation, first, &message.number, &message.recipient).await? {
        None => take_out(tenant, message, first, now).await,
        Some(waiting) if waiting.until.is_some_and(|until| now.duration_since(until) > OVERDUE) => call(tenant, message, first, now).await,
        Some(_) => Ok(()),
    }
}
