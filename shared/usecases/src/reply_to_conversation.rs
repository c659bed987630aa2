//! A colleague writes in the dashboard: any kind of message. The client makes the id and repeats the request with it; the message
//! exists once.

use domain::{
    id::{ClientMessageId, ConversationId},
    messaging::{
        content::{ContentError, Emoji, OrderState, OrderStatus, OutboundContent, Reaction},
        contract::{Decision, Kind, Origin, Verdict},
        conversation::Conversation,
        inbound::Tier,
        key::MessageKey,
        marks::{Marks, Quoted},
        message::{Author, Content, Message},
        status::{Stages, State},
        template::Filling,
    },
    page::PageSize,
    ports::TaskQueue,
    task::{SendMessage, Task},
    tenant::{Number, User},
    text::Text,
    time::{Moment, SignedDuration},
};
use store::{StoreError, Table, TenantStore};

use crate::{
    attach_media,
    error::Error,
    memory::Memory,
    send_contract::{self, Asked},
    templates::compose,
};

/// How far the time in a client's id may lie from ours: phones and laptops are sometimes wrong, but not by more than this.
const CLOCK_ERROR_MAX: SignedDuration = SignedDuration::from_hours(24);
/// How far back the state of an order is looked for. What is older, Meta judges by itself.
const ORDER_LOOK_BACK: u32 = 100;

/// A message to be sent.
#[derive(Debug)]
pub struct Reply {
    /// The conversation.
    pub conversation: ConversationId,
    /// The id the client made: of version 7, so it carries the time.
    pub id: ClientMessageId,
    /// What to say.
    pub said: Said,
    /// The message of the thread it answers.
    pub reply_to: Option<MessageKey>,
}

/// What a colleague says.
#[derive(Debug)]
pub enum Said {
    /// A message.
    Content(Box<OutboundContent>),
    /// An approved template, filled.
    Template(Box<Filling>),
    /// An emoji on a message of the thread; none to take it back.
    Reaction {
        /// The message.
        message: MessageKey,
        /// The emoji.
        emoji: Option<Emoji>,
    },
    /// What an earlier message of ours said that failed, word for word.
    Again(MessageKey),
}

/// What became of it.
#[derive(Debug)]
pub enum Taken {
    /// It is on its way.
    New(Box<Message>),
    /// It was taken before: the message as it is.
    Before(Box<Message>),
}

/// What is to be written, with what it is about.
struct Written {
    content: OutboundContent,
    /// What the send contract is to look at.
    kind: Kind,
    marks: Marks,
}

impl Written {
    /// A message of our own words.
    const fn free(content: OutboundContent, marks: Marks) -> Self {
        Self { kind: Kind::Free(content.form()), content, marks }
    }
}

/// Takes a message: stores it with the task that sends it, and announces the task.
///
/// # Errors
/// [`Error::MayNotSend`] when the send contract says so, [`Error::Invalid`] when a part of it cannot be accepted.
pub async fn run(
    at: &Moment,
    table: &Table,
    tenant: &TenantStore,
    memory: &Memory,
    queue: &dyn TaskQueue,
    user: &User,
    reply: &Reply,
) -> Result<Taken, Error> {
    let (key, place) = (key(at, reply.id)?, reply.conversation);
    let conversation = tenant.conversation(place).await?.ok_or(Error::NotFound("conversation"))?;
    let found = tenant.message(place, key).await?;
    let written = write(at, tenant, &conversation, reply).await?;
    if let Some(found) = found {
        return before(found, &written);
    }
    let verdict = permission(at, tenant, memory, &conversation, written.kind).await?;
    check(at, tenant, place, &written.content).await?;
    let author = Author::User(user.id, user.name.clone());
    let task = Task::SendMessageV1(Box::new(task(tenant, &conversation, key, &written, author.clone())));
    let message = Message {
        key,
        content: Content::Outbound(written.content.clone()),
        author,
        lane: None,
        wamid: None,
        stages: Stages { queued: Some(at.now), ..Stages::default() },
        failure: None,
        possibly_twice: false,
        contract: Some(verdict),
        marks: written.marks.clone(),
    };
    match tenant.transact().create_message(place, &message).announce(&task, at.now).commit().await {
        Ok(entries) => {
            queue.announce(std::slice::from_ref(&task)).await?;
            for entry in &entries {
                table.due().strike(entry).await?;
            }
            Ok(Taken::New(Box::new(message)))
        }
        Err(StoreError::Conflict) => {
            let found = tenant.message(place, key).await?.ok_or(StoreError::Conflict)?;
            before(found, &written)
        }
        Err(error) => Err(error.into()),
    }
}

/// Asks the send contract; what may not go now is not taken.
async fn permission(at: &Moment, tenant: &TenantStore, memory: &Memory, conversation: &Conversation, kind: Kind) -> Result<Verdict, Error> {
    let number = tenant.get::<Number>(&conversation.number).await?.ok_or(Error::NotFound("number"))?.body;
    let asked = Asked::of(conversation, &number, kind, Origin::Colleague);
    let verdict = send_contract::run(at, tenant, memory, &asked).await?;
    if verdict.decision == Decision::Allow { Ok(verdict) } else { Err(Error::MayNotSend(verdict)) }
}

fn task(tenant: &TenantStore, conversation: &Conversation, key: MessageKey, written: &Written, author: Author) -> SendMessage {
    SendMessage {
        tenant: tenant.id(),
        number: conversation.number.clone(),
        conversation: conversation.id,
        key,
        recipient: conversation.recipient.clone(),
        content: written.content.clone(),
        author,
        tier: Tier::P2,
        reply_to: written.marks.quoted.as_ref().map(|quoted| quoted.wamid.clone()),
        attempt: 0,
    }
}

/// Turns what was said into a message: what it answers or reacts to is looked up in the thread, for only WhatsApp's ids of messages
/// mean something to WhatsApp.
async fn write(at: &Moment, tenant: &TenantStore, conversation: &Conversation, reply: &Reply) -> Result<Written, Error> {
    let quoted = match reply.reply_to {
        Some(key) => Some(quoted(tenant, reply.conversation, key, "reply_to").await?),
        None => None,
    };
    match &reply.said {
        Said::Content(content) => Ok(Written::free(content.as_ref().clone(), Marks { quoted, ..Marks::default() })),
        Said::Template(filling) => filled(tenant, conversation, filling.as_ref().clone(), Marks { quoted, ..Marks::default() }).await,
        Said::Again(_) if quoted.is_some() => Err(invalid("reply_to", "a message that is sent again answers what it answered before")),
        Said::Again(message) => again(tenant, conversation, *message).await,
        Said::Reaction { .. } if quoted.is_some() => Err(invalid("reply_to", "a reaction names its message by itself")),
        Said::Reaction { message, emoji } => {
            let target = quoted_wamid(tenant, reply.conversation, *message, "reaction.message").await?;
            let reaction = Reaction::new(target, message.at(), at.now, emoji.clone()).map_err(|error| part("reaction.message", &error))?;
            let marks = Marks { applied_to: Some(*message), ..Marks::default() };
            Ok(Written::free(OutboundContent::Reaction(reaction), marks))
        }
    }
}

/// A template as it is to be sent from the conversation's number.
async fn filled(tenant: &TenantStore, conversation: &Conversation, filling: Filling, marks: Marks) -> Result<Written, Error> {
    let number = tenant.get::<Number>(&conversation.number).await?.ok_or(Error::NotFound("number"))?.body;
    let (message, kind) = compose::prepare(tenant, &number, filling).await?;
    Ok(Written { content: OutboundContent::Template(Box::new(message)), kind, marks })
}

/// What a message said that failed. A template is filled anew, for it may have changed since.
async fn again(tenant: &TenantStore, conversation: &Conversation, key: MessageKey) -> Result<Written, Error> {
    let found = tenant.message(conversation.id, key).await?;
    let found = found.ok_or_else(|| invalid("again.message", "this conversation has no such message"))?;
    if found.state() != State::Failed {
        return Err(invalid("again.message", "has not failed: write a new message instead"));
    }
    let marks = Marks { quoted: found.marks.quoted, applied_to: found.marks.applied_to, ..Marks::default() };
    match found.content {
        Content::Outbound(OutboundContent::Template(message)) => filled(tenant, conversation, message.filling().clone(), marks).await,
        Content::Outbound(content) => Ok(Written::free(content, marks)),
        Content::Inbound(_) | Content::Phone(_) => Err(invalid("again.message", "is none of the messages sent from here")),
    }
}

async fn quoted(tenant: &TenantStore, place: ConversationId, key: MessageKey, field: &'static str) -> Result<Quoted, Error> {
    Ok(Quoted { wamid: quoted_wamid(tenant, place, key, field).await?, key: Some(key) })
}

/// WhatsApp's id of a message of the thread.
async fn quoted_wamid(tenant: &TenantStore, place: ConversationId, key: MessageKey, field: &'static str) -> Result<Text<512>, Error> {
    let message = tenant.message(place, key).await?.ok_or_else(|| invalid(field, "this conversation has no such message"))?;
    message.wamid.ok_or_else(|| invalid(field, "WhatsApp does not have this message yet: wait until it is sent"))
}

/// Checks what depends on the moment and on what was said before.
async fn check(at: &Moment, tenant: &TenantStore, place: ConversationId, content: &OutboundContent) -> Result<(), Error> {
    attach_media::check(tenant, content).await?;
    match content {
        OutboundContent::OrderDetails(order) => order.check_time(at.now).map_err(|error| part("order_details.expiration.at", &error)),
        OutboundContent::OrderStatus(status) => {
            let before = state_before(tenant, place, status).await?;
            status.check_after(before).map_err(|error| part("order_status.status", &error))
        }
        OutboundContent::Text(_)
        | OutboundContent::Preview(_)
        | OutboundContent::Media(_)
        | OutboundContent::Location(_)
        | OutboundContent::Contacts(_)
        | OutboundContent::Reaction(_)
        | OutboundContent::Buttons(_)
        | OutboundContent::List(_)
        | OutboundContent::CtaUrl(_)
        | OutboundContent::Flow(_)
        | OutboundContent::Request(_)
        | OutboundContent::VoiceCall(_)
        | OutboundContent::Address(_)
        | OutboundContent::Product(_)
        | OutboundContent::ProductList(_)
        | OutboundContent::Catalog(_)
        | OutboundContent::MediaCarousel(_)
        | OutboundContent::ProductCarousel(_) => Ok(()),
        OutboundContent::Template(template) => {
            let mut orders = template.orders();
            orders.try_for_each(|order| order.check_time(at.now)).map_err(|error| part("template.buttons", &error))
        }
    }
}

/// How far the thread last said the order is; a status that failed says nothing.
async fn state_before(tenant: &TenantStore, place: ConversationId, status: &OrderStatus) -> Result<Option<OrderState>, Error> {
    let size = PageSize::new(ORDER_LOOK_BACK).unwrap_or(PageSize::DEFAULT);
    let page = tenant.messages(place, size, None).await?;
    let told = page.items.iter().filter(|message| message.failure.is_none()).filter_map(|message| match &message.content {
        Content::Outbound(OutboundContent::OrderStatus(earlier)) if earlier.reference == status.reference => Some(earlier.state),
        Content::Outbound(_) | Content::Inbound(_) | Content::Phone(_) => None,
    });
    Ok(told.into_iter().next())
}

/// The message taken before under this id, if the client means the same one.
fn before(found: Message, written: &Written) -> Result<Taken, Error> {
    let same = found.content == Content::Outbound(written.content.clone()) && found.marks.quoted == written.marks.quoted;
    if !same {
        return Err(invalid("Idempotency-Key", "was used for another message before: make a new one for every message"));
    }
    Ok(Taken::Before(Box::new(found)))
}

fn key(at: &Moment, id: ClientMessageId) -> Result<MessageKey, Error> {
    let problem = "must be a UUID of version 7 made now: its time is more than a day off";
    let key = MessageKey::composed(id).ok_or_else(|| invalid("Idempotency-Key", problem))?;
    if key.at().duration_since(at.now).abs() > CLOCK_ERROR_MAX {
        return Err(invalid("Idempotency-Key", problem));
    }
    Ok(key)
}

fn part(field: &'static str, error: &ContentError) -> Error {
    Error::Invalid { field, problem: error.problem.to_string() }
}

fn invalid(field: &'static str, problem: &str) -> Error {
    Error::Invalid { field, problem: problem.to_owned() }
}
