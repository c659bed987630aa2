//! A reaction, a correction or a deletion finds the message it is about.
//!
//! The message is looked for among the last [`store::REFERENCES_MAX`] of the conversation, and then by its id. If it is not there, it
//! may yet come: the head of the conversation remembers who waits for it, so that its arrival settles the matter without a read, and a
//! timer looks again for what arrives in other ways.

use domain::{
    id::ConversationId,
    messaging::{
        inbound::InboundContent,
        key::{CallbackData, MessageKey},
        marks::Mark,
        message::{Content, Message},
    },
    task::{ResolveReference, Task},
    tenant::NumberId,
    text::Text,
    time::{Moment, SignedDuration},
};
use store::TenantStore;

use crate::error::Error;

/// After how long a message that is not here is looked for again; Meta repeats itself for seven days.
const LOOKS_AGAIN: [SignedDuration; 5] = [
    SignedDuration::from_mins(1),
    SignedDuration::from_mins(10),
    SignedDuration::from_hours(1),
    SignedDuration::from_hours(24),
    SignedDuration::from_hours(7 * 24),
];
/// How many references of one conversation may wait on its head at a time.
const WAITING_MAX: usize = 8;

/// A message that changes another one.
pub(crate) struct Reference<'a> {
    pub(crate) number: &'a NumberId,
    pub(crate) conversation: ConversationId,
    pub(crate) key: MessageKey,
    pub(crate) content: &'a InboundContent,
}

impl Reference<'_> {
    fn parts(&self) -> Option<(&Text<512>, Mark)> {
        Some((self.content.target()?, Mark::of(self.content, self.key.at())?))
    }
}

/// Applies it to its message and tells which that is; `None` when it changes nothing, or its message is not here yet.
pub(crate) async fn apply(tenant: &TenantStore, reference: &Reference<'_>) -> Result<Option<MessageKey>, Error> {
    let Some((wamid, mark)) = reference.parts() else {
        return Ok(None);
    };
    let Some(target) = target(tenant, reference, wamid).await? else {
        return Ok(None);
    };
    put(tenant, reference.conversation, target, &mark, reference.key).await
}

/// The message it is about: among the last ones, else by the provider's id, where that is remembered.
async fn target(tenant: &TenantStore, reference: &Reference<'_>, wamid: &Text<512>) -> Result<Option<MessageKey>, Error> {
    if let Some(found) = tenant.message_of_wamid(reference.conversation, wamid).await? {
        return Ok(Some(found));
    }
    let named = tenant.place_of_wamid(reference.number, wamid.as_str()).await?;
    Ok(named.filter(|place| place.conversation == reference.conversation).map(|place| place.message))
}

/// Applies it, or has it wait for its message.
pub(crate) async fn apply_or_wait(
    at: &Moment,
    tenant: &TenantStore,
    reference: &Reference<'_>,
    waiting: usize,
) -> Result<Option<MessageKey>, Error> {
    let Some((wamid, _)) = reference.parts() else {
        return Ok(None);
    };
    let found = apply(tenant, reference).await?;
    if found.is_none() {
        if waiting < WAITING_MAX {
            tenant.wait_for_message(reference.conversation, wamid, reference.key).await?;
        }
        look_again(at, tenant, reference.number, reference.conversation, reference.key, 0).await?;
    }
    Ok(found)
}

/// A message has arrived that others wait for: they are applied to it.
pub(crate) async fn settle(
    tenant: &TenantStore,
    conversation: ConversationId,
    arrived: MessageKey,
    waiting: &[MessageKey],
) -> Result<(), Error> {
    for key in waiting {
        if let Some(message) = tenant.message(conversation, *key).await?
            && let Some(mark) = mark_of(&message)
            && put(tenant, conversation, arrived, &mark, *key).await?.is_some()
        {
            tenant.reference_applied(conversation, *key, arrived).await?;
        }
        tenant.wait_no_more(conversation, arrived, *key).await?;
    }
    Ok(())
}

/// Looks again for the message of a reference that waits.
///
/// # Errors
/// When the store fails.
pub async fn run(at: &Moment, tenant: &TenantStore, asked: &ResolveReference) -> Result<(), Error> {
    let Some(message) = tenant.message(asked.conversation, asked.key).await? else {
        return Ok(());
    };
    let (Content::Inbound(content) | Content::Phone(content)) = &message.content else {
        return Ok(());
    };
    if message.marks.applied_to.is_some() {
        return Ok(());
    }
    let reference = Reference { number: &asked.number, conversation: asked.conversation, key: asked.key, content };
    match apply(tenant, &reference).await? {
        Some(target) => Ok(tenant.reference_applied(asked.conversation, asked.key, target).await?),
        None => look_again(at, tenant, &asked.number, asked.conversation, asked.key, asked.attempt.saturating_add(1)).await,
    }
}

async fn look_again(
    at: &Moment,
    tenant: &TenantStore,
    number: &NumberId,
    conversation: ConversationId,
    key: MessageKey,
    attempt: u32,
) -> Result<(), Error> {
    let wait = usize::try_from(attempt).ok().and_then(|attempt| LOOKS_AGAIN.get(attempt));
    if let Some(due) = wait.and_then(|wait| at.now.checked_add(*wait).ok()) {
        let task = ResolveReference { tenant: tenant.id(), number: number.clone(), conversation, key, attempt };
        tenant.schedule(&Task::ResolveReferenceV1(Box::new(task)), due).await?;
    }
    Ok(())
}

async fn put(
    tenant: &TenantStore,
    conversation: ConversationId,
    target: MessageKey,
    mark: &Mark,
    cause: MessageKey,
) -> Result<Option<MessageKey>, Error> {
    let there = tenant.mark_message(CallbackData { conversation, message: target }, mark, cause).await?;
    Ok(there.then_some(target))
}

fn mark_of(message: &Message) -> Option<Mark> {
    match &message.content {
        Content::Inbound(content) | Content::Phone(content) => Mark::of(content, message.key.at()),
        Content::Outbound(_) => None,
    }
}
