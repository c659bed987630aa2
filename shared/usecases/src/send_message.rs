//! A message goes out: claimed on its row before the request is made, so that it is never lost, and sent twice only when we were
//! killed inside the request and no status shows that it arrived.

use std::{
    sync::{Arc, PoisonError},
    time::Duration,
};

use domain::{
    messaging::{
        conversation::{Direction, LastMessage},
        inbound::Tier,
        key::CallbackData,
        message::{Content, Message},
        status::Failure,
    },
    ports::{MessageChannel, SendError, SendRequest, UploadedMedia},
    rate::{Lease, Limits, lease_size},
    task::SendMessage,
    tenant::{Number, NumberState},
    text::Text,
    time::{Moment, SignedDuration, Timestamp},
};
use secrecy::{ExposeSecret as _, SecretString};
use store::{Claim, Leasing, TenantStore};

use crate::{
    clock::{self, Stopwatch},
    error::Error,
    memory::Memory,
    receive_message::dash,
};

/// The longest wait for a number's rate inside one invocation; what takes longer goes back to the queue.
const WAIT_MAX: Duration = Duration::from_secs(1);
/// How often a busy provider is asked within one invocation.
const TRIES_MAX: u32 = 2;

/// What sending needs.
pub struct Means<'a> {
    /// What the function remembers.
    pub memory: &'a Memory,
    /// The way to people.
    pub channel: &'a dyn MessageChannel,
    /// How long to wait for a status after an answer was lost.
    pub outcome_wait: SignedDuration,
    /// How many messages came with this one: a busy sender leases in blocks.
    pub waiting: u32,
}

/// Sends a message. Any number of times: it goes out once.
///
/// # Errors
/// When it is to be tried again later.
pub async fn run(at: &Moment, tenant: &TenantStore, means: &Means<'_>, message: &SendMessage) -> Result<(), Error> {
    let place = CallbackData { conversation: message.conversation, message: message.key };
    let (number, token) = number(at, tenant, means.memory, message).await?;
    if !claim(at, tenant, means, message).await? {
        return show(at, tenant, message).await;
    }
    let sent = match number.state {
        NumberState::Connected => attempt(at, tenant, means, message, &number, &token).await,
        NumberState::Stopped => Err(SendError::NumberBroken(stopped())),
    };
    match sent {
        Ok(accepted) => {
            tenant.record_accepted(place, &accepted.wamid, at.now).await?;
            show(at, tenant, message).await
        }
        Err(SendError::Refused(failure) | SendError::NumberBroken(failure)) => {
            tracing::warn!(code = failure.code, number = %message.number, "the provider refuses a message");
            tenant.record_failed(place, &failure, at.now).await?;
            show(at, tenant, message).await
        }
        Err(SendError::Later { .. }) => {
            tenant.release_claim(message.conversation, message.key, at.now).await?;
            Err(Error::Busy)
        }
        Err(SendError::NotSent) => {
            tenant.release_claim(message.conversation, message.key, at.now).await?;
            Err(Error::ProviderUnavailable)
        }
        // The claim stays: the next delivery finds it and waits for a status.
        Err(SendError::OutcomeUnknown) => Err(Error::ProviderUnavailable),
    }
}

/// Claims the message; `false` when nothing is left to do but to show it.
async fn claim(at: &Moment, tenant: &TenantStore, means: &Means<'_>, message: &SendMessage) -> Result<bool, Error> {
    let content = Content::Outbound(message.content.clone());
    match tenant.claim_sending(message.conversation, message.key, &content, &message.author, at.now).await? {
        Claim::Ours => Ok(true),
        Claim::Earlier(found) if found.stages.taken() => Ok(false),
        Claim::Earlier(found) => resolve(at, tenant, means, message, &found).await,
    }
}

/// Decides about a message whose earlier attempt left neither an answer nor a status.
async fn resolve(at: &Moment, tenant: &TenantStore, means: &Means<'_>, message: &SendMessage, found: &Message) -> Result<bool, Error> {
    let Some(first) = found.stages.sending else {
        return Err(Error::OutcomePending);
    };
    if at.now.duration_since(first) < means.outcome_wait {
        return Err(Error::OutcomePending);
    }
    if found.possibly_twice || message.tier == Tier::P3 {
        let place = CallbackData { conversation: message.conversation, message: message.key };
        tenant.record_failed(place, &lost(), at.now).await?;
        return Ok(false);
    }
    match tenant.claim_again(message.conversation, message.key, first, at.now).await? {
        Claim::Ours => Ok(true),
        Claim::Earlier(found) if found.stages.taken() => Ok(false),
        Claim::Earlier(_) => Err(Error::OutcomePending),
    }
}

/// The failure of a message whose number has been stopped.
fn stopped() -> Failure {
    let details = Text::cut("This WhatsApp number has been stopped. Connect it again, then send the message once more.");
    Failure { code: 0, title: Text::cut("Number stopped").unwrap_or_else(dash), details }
}

/// The failure of a message of which nobody knows whether it arrived.
fn lost() -> Failure {
    let details =
        Text::cut("The connection to WhatsApp broke while the message was on its way, and no status has come. It may have arrived.");
    Failure { code: 0, title: Text::cut("Outcome unknown").unwrap_or_else(dash), details }
}

/// Makes the request, a few times if the provider is busy, within the number's rate.
async fn attempt(
    at: &Moment,
    tenant: &TenantStore,
    means: &Means<'_>,
    message: &SendMessage,
    number: &Number,
    token: &SecretString,
) -> Result<domain::ports::Accepted, SendError> {
    let callback = CallbackData { conversation: message.conversation, message: message.key };
    let watch = Stopwatch::start(at.now);
    for attempt in 1..=TRIES_MAX {
        if !token_of_rate(&watch, tenant, means, message, number).await {
            return Err(SendError::NotSent);
        }
        let request = SendRequest {
            number: &number.id,
            recipient: &message.recipient,
            content: &message.content,
            callback,
            reply_to: message.reply_to.as_ref(),
            media: &UploadedMedia::new(),
        };
        let refused = match means.channel.send(token.expose_secret(), request).await {
            Err(SendError::Later { failure, after }) => (failure, after),
            other => return other,
        };
        let (failure, after) = refused;
        let pause = after.and_then(|after| Duration::try_from(after).ok()).unwrap_or(Duration::from_millis(250 << attempt));
        if attempt == TRIES_MAX || pause > WAIT_MAX {
            return Err(SendError::Later { failure, after });
        }
        clock::wait(pause).await;
    }
    Err(SendError::NotSent)
}

/// Takes one message off the number's lease, leasing more when it is used up; `false` when the rate is exhausted for longer than we
/// may wait, or the store does not answer.
async fn token_of_rate(watch: &Stopwatch, tenant: &TenantStore, means: &Means<'_>, message: &SendMessage, number: &Number) -> bool {
    let key = (tenant.id(), number.id.clone());
    let limits = Limits { per_second: number.messages_per_second };
    for _ in 0..TRIES_MAX {
        let turn = means.memory.leasing.lock().await;
        if take(means.memory, &key, watch.now()) {
            return true;
        }
        let leasing = tenant.lease(&number.id, limits, message.tier, lease_size(means.waiting), watch.now()).await;
        let microseconds = match leasing {
            Ok(Leasing::Leased(lease)) => {
                means.memory.leases.lock().unwrap_or_else(PoisonError::into_inner).insert(key.clone(), lease);
                return take(means.memory, &key, watch.now());
            }
            Ok(Leasing::Wait(microseconds)) => microseconds,
            Err(_) => return false,
        };
        // Others may try while we wait.
        drop(turn);
        let pause = Duration::from_micros(microseconds.unsigned_abs());
        if pause > WAIT_MAX {
            return false;
        }
        clock::wait(pause).await;
    }
    take(means.memory, &key, watch.now())
}

fn take(memory: &Memory, key: &(domain::id::TenantId, domain::tenant::NumberId), now: Timestamp) -> bool {
    let mut leases = memory.leases.lock().unwrap_or_else(PoisonError::into_inner);
    match leases.get_mut(key) {
        Some(Lease { tokens, until }) if *tokens > 0 && now < *until => {
            *tokens -= 1;
            true
        }
        Some(_) | None => false,
    }
}

/// The number with its token, opened.
async fn number(
    at: &Moment,
    tenant: &TenantStore,
    memory: &Memory,
    message: &SendMessage,
) -> Result<(Arc<Number>, Arc<SecretString>), Error> {
    let key = (tenant.id(), message.number.clone());
    if let Some(found) = memory.numbers.get(&key, at.now) {
        return Ok(found);
    }
    let (number, token) = tenant.number_with_token(&message.number).await?.ok_or(Error::NotFound("number"))?;
    let found = (Arc::new(number), Arc::new(token));
    memory.numbers.put(key, found.clone(), at.now);
    Ok(found)
}

/// Shows what was sent as the last thing said.
async fn show(at: &Moment, tenant: &TenantStore, message: &SendMessage) -> Result<(), Error> {
    let last = LastMessage {
        preview: Text::cut(&message.content.preview()),
        kind: Text::cut(message.content.kind().name()).unwrap_or_else(dash),
        direction: Direction::Outbound,
        at: at.now,
    };
    tenant.show_last_message(message.conversation, &last).await?;
    Ok(())
}
