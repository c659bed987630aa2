//! A colleague answers in the dashboard. The client makes the id and repeats the request with it; the message exists once.

use domain::{
    id::{ClientMessageId, ConversationId},
    messaging::{
        content::OutboundContent,
        inbound::Tier,
        key::MessageKey,
        marks::Marks,
        message::{Author, Content, Message},
        status::Stages,
    },
    ports::TaskQueue,
    task::{SendMessage, Task},
    tenant::User,
    time::{Moment, SignedDuration},
};
use store::{StoreError, Table, TenantStore};

use crate::error::Error;

/// How far the time in a client's id may lie from ours: phones and laptops are sometimes wrong, but not by more than this.
const CLOCK_ERROR_MAX: SignedDuration = SignedDuration::from_hours(24);

/// An answer to be sent.
#[derive(Debug)]
pub struct Reply<'a> {
    /// The conversation.
    pub conversation: ConversationId,
    /// The id the client made: of version 7, so it carries the time.
    pub id: ClientMessageId,
    /// What to say.
    pub text: &'a str,
}

/// What became of it.
#[derive(Debug)]
pub enum Taken {
    /// It is on its way.
    New(Box<Message>),
    /// It was taken before: the message as it is.
    Before(Box<Message>),
}

/// Takes an answer: stores it with the task that sends it, and announces the task.
///
/// # Errors
/// [`Error::WindowClosed`] when the person wrote too long ago, [`Error::Invalid`] when id or text cannot be accepted.
pub async fn run(
    at: &Moment,
    table: &Table,
    tenant: &TenantStore,
    queue: &dyn TaskQueue,
    user: &User,
    reply: &Reply<'_>,
) -> Result<Taken, Error> {
    let key = key(at, reply.id)?;
    let content = OutboundContent::text(reply.text).map_err(|error| Error::Invalid { field: "text", problem: error.to_string() })?;
    let conversation = tenant.conversation(reply.conversation).await?.ok_or(Error::NotFound("conversation"))?;
    if let Some(found) = tenant.message(reply.conversation, key).await? {
        return before(found, &content);
    }
    if !conversation.window_open(at.now) {
        return Err(Error::WindowClosed);
    }
    let author = Author::User(user.id, user.name.clone());
    let message = Message {
        key,
        content: Content::Outbound(content.clone()),
        author: author.clone(),
        lane: None,
        wamid: None,
        stages: Stages { queued: Some(at.now), ..Stages::default() },
        failure: None,
        possibly_twice: false,
        contract: None,
        marks: Marks::default(),
    };
    let task = Task::SendMessageV1(Box::new(SendMessage {
        tenant: tenant.id(),
        number: conversation.number,
        conversation: reply.conversation,
        key,
        recipient: conversation.recipient,
        content: content.clone(),
        author,
        tier: Tier::P2,
    }));
    match tenant.transact().create_message(reply.conversation, &message).announce(&task, at.now).commit().await {
        Ok(entries) => {
            queue.announce(std::slice::from_ref(&task)).await?;
            for entry in &entries {
                table.due().strike(entry).await?;
            }
            Ok(Taken::New(Box::new(message)))
        }
        Err(StoreError::Conflict) => {
            let found = tenant.message(reply.conversation, key).await?.ok_or(StoreError::Conflict)?;
            before(found, &content)
        }
        Err(error) => Err(error.into()),
    }
}

/// The message taken before under this id, if the client means the same one.
fn before(found: Message, content: &OutboundContent) -> Result<Taken, Error> {
    if found.content != Content::Outbound(content.clone()) {
        let problem = "was used for another text before: make a new one for every message".to_owned();
        return Err(Error::Invalid { field: "Idempotency-Key", problem });
    }
    Ok(Taken::Before(Box::new(found)))
}

fn key(at: &Moment, id: ClientMessageId) -> Result<MessageKey, Error> {
    let problem = "must be a UUID of version 7 made now: its time is more than a day off".to_owned();
    let key = MessageKey::composed(id).ok_or_else(|| Error::Invalid { field: "Idempotency-Key", problem: problem.clone() })?;
    if key.at().duration_since(at.now).abs() > CLOCK_ERROR_MAX {
        return Err(Error::Invalid { field: "Idempotency-Key", problem });
    }
    Ok(key)
}
