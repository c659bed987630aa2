//! The only way to consume a FIFO queue: groups side by side, one group in order. After a failure that may pass, that message and
//! the rest of its group are returned to the queue; what can never succeed is set aside, so that it does not hold up its group.

use std::{collections::HashMap, panic::AssertUnwindSafe};

use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent, SqsMessage};
use domain::{
    class::{Class, Classify},
    time::{SignedDuration, Timestamp},
};
use futures::{FutureExt as _, future::join_all};
use lambda_runtime::{Error, LambdaEvent, service_fn};
use serde::de::DeserializeOwned;

use crate::{
    boot,
    metrics::{self, Metric},
};

/// The part of an invocation's time in which no message is begun any more: what one message may need at the worst.
const RESERVE_PERCENT: i64 = 40;

/// One task, as the queue gave it.
#[derive(Clone, Debug)]
pub struct Delivery<M> {
    /// The task.
    pub task: M,
    /// How many messages came with it.
    pub batch: u32,
}

/// Consumes a queue for the life of the function.
///
/// # Errors
/// When the runtime ends.
pub async fn run_fifo<A, M, E, H>(app: &A, handle: H) -> Result<(), Error>
where
    M: DeserializeOwned,
    E: Classify,
    H: AsyncFn(&A, Delivery<M>) -> Result<(), E>,
{
    let handle = &handle;
    lambda_runtime::run(service_fn(move |event: LambdaEvent<SqsEvent>| async move {
        let until = stop_at(event.context.deadline, boot::now());
        consume(app, handle, event.payload, until).await
    }))
    .await
}

/// When to begin no more messages, given when the invocation is cut off (milliseconds since 1970).
fn stop_at(deadline_ms: u64, now: Timestamp) -> Timestamp {
    let left_ms = i64::try_from(deadline_ms).unwrap_or(i64::MAX).saturating_sub(now.as_millisecond()).max(0);
    let usable = SignedDuration::from_millis(left_ms / 100 * (100 - RESERVE_PERCENT));
    now.checked_add(usable).unwrap_or(Timestamp::MAX)
}

/// Consumes one batch until it is time to stop, and says which messages are to be delivered again.
///
/// # Errors
/// When a message has no id: it could not be reported, so the whole batch comes again.
pub async fn consume<A, M, E, H>(app: &A, handle: &H, event: SqsEvent, until: Timestamp) -> Result<SqsBatchResponse, Error>
where
    M: DeserializeOwned,
    E: Classify,
    H: AsyncFn(&A, Delivery<M>) -> Result<(), E>,
{
    if event.records.iter().any(|message| message.message_id.is_none()) {
        return Err("a message has no id".into());
    }
    let batch = u32::try_from(event.records.len()).unwrap_or(u32::MAX);
    let mut groups: HashMap<String, Vec<SqsMessage>> = HashMap::new();
    for message in event.records {
        let group = message.attributes.get("MessageGroupId").cloned().unwrap_or_default();
        groups.entry(group).or_default().push(message);
    }
    let mut response = SqsBatchResponse::default();
    for again in join_all(groups.into_values().map(|messages| one_group(app, handle, messages, batch, until))).await {
        for id in again {
            response.add_failure(id);
        }
    }
    Ok(response)
}

/// Ids to be delivered again: the first message that may succeed later, and all behind it.
async fn one_group<A, M, E, H>(app: &A, handle: &H, messages: Vec<SqsMessage>, batch: u32, until: Timestamp) -> Vec<String>
where
    M: DeserializeOwned,
    E: Classify,
    H: AsyncFn(&A, Delivery<M>) -> Result<(), E>,
{
    let mut messages = messages.into_iter();
    while let Some(message) = messages.next() {
        // Being cut off inside a call is worse than leaving the rest to the next invocation.
        let late = boot::now() >= until;
        if late || again(app, handle, &message, batch).await {
            return std::iter::once(message).chain(messages).filter_map(|message| message.message_id).collect();
        }
    }
    Vec::new()
}

/// Handles one message; the answer is whether it must come again.
async fn again<A, M, E, H>(app: &A, handle: &H, message: &SqsMessage, batch: u32) -> bool
where
    M: DeserializeOwned,
    E: Classify,
    H: AsyncFn(&A, Delivery<M>) -> Result<(), E>,
{
    let id = message.message_id.as_deref().unwrap_or_default();
    let Ok(task) = serde_json::from_str(message.body.as_deref().unwrap_or_default()) else {
        // A newer producer may have written it: it stays on the queue, then on the dead letters, until a reader for it is deployed.
        tracing::error!(task = id, "a task does not read");
        return true;
    };
    match AssertUnwindSafe(handle(app, Delivery { task, batch })).catch_unwind().await {
        Ok(Ok(())) => false,
        Ok(Err(error)) if error.class().retryable() => {
            report(id, &error);
            true
        }
        Ok(Err(error)) => {
            tracing::warn!(task = id, code = error.code(), "a task can never succeed and is set aside");
            metrics::count(Metric::TaskParked, 1, boot::now());
            false
        }
        Err(_) => true,
    }
}

/// Says that a task comes again: waiting for somebody else is no failure.
fn report<E: Classify>(id: &str, error: &E) {
    match error.class() {
        Class::Conflict | Class::RateLimited => tracing::info!(task = id, code = error.code(), "a task waits and comes again"),
        Class::Invalid | Class::Unauthenticated | Class::Forbidden | Class::NotFound | Class::Unavailable | Class::Bug => {
            tracing::error!(task = id, code = error.code(), chain = chain(error), "a task failed and will be tried again");
        }
    }
}

/// An error with everything below it, once.
#[must_use]
pub fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut below = error.source();
    while let Some(source) = below {
        text = format!("{text}: {source}");
        below = source.source();
    }
    text
}

#[cfg(test)]
mod tests;
