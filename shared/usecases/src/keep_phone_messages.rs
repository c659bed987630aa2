//! Messages of the app on the phone are kept: those a colleague writes there, and those from before the number was connected. They
//! notify nobody, reopen nothing and start nothing.

use domain::{
    id::ConversationId,
    messaging::{
        conversation::{Direction, LastMessage, conversation_of},
        event::{PhoneMessage, PhoneMessages},
        key::CallbackData,
        marks::{Marks, Quoted},
        media::ReceivedFile,
        message::{Author, Content, Message},
        status::Stages,
    },
    ports::TaskQueue,
    task::{FetchMedia, Task},
    tenant::NumberId,
    text::Text,
    time::{Moment, Timestamp},
};
use store::{Head, PhoneChat, TenantStore};

use crate::{
    enter_status,
    error::Error,
    identify,
    memory::Memory,
    resolve_reference::{self, Reference},
    shop,
};

/// Keeps them. Any number of times: each is there once.
///
/// # Errors
/// When the store fails.
pub(crate) async fn run(
    at: &Moment,
    tenant: &TenantStore,
    queue: &dyn TaskQueue,
    memory: &Memory,
    number: &NumberId,
    told: &PhoneMessages,
) -> Result<(), Error> {
    let Some(recipient) = told.person.recipient() else {
        return Ok(());
    };
    let Some(newest) = told.messages.iter().max_by_key(|message| (message.content.target().is_none(), message.at)) else {
        return Ok(());
    };
    let known = identify::run(at, tenant, memory, &told.person).await?;
    let shop = shop::run(at, tenant, memory).await?;
    let conversation = conversation_of(known.contact, number);
    let chat = PhoneChat {
        conversation,
        contact: known.contact,
        role: known.role,
        number,
        recipient: &recipient,
        contact_name: told.person.name.as_ref(),
        locale: shop.locale,
        last: &last_message(newest),
        written_at: if told.history { None } else { written_at(&told.messages) },
    };
    let head = tenant.keep_phone_chat(&chat).await?;
    // Before the rows: that those are there proves that all of it was done.
    let files: Vec<Task> = told.messages.iter().filter_map(|message| file(tenant, number, conversation, message)).collect();
    queue.announce(&files).await?;
    for message in &told.messages {
        keep(at, tenant, number, &head, message, told.history).await?;
    }
    Ok(())
}

async fn keep(
    at: &Moment,
    tenant: &TenantStore,
    number: &NumberId,
    head: &Head,
    message: &PhoneMessage,
    history: bool,
) -> Result<(), Error> {
    let conversation = head.conversation.id;
    let reference = Reference { number, conversation, key: message.key(), content: &message.content };
    // Old corrections and deletions have had their effect on the phone already; what is waited for is what is new.
    let applied_to = if history {
        resolve_reference::apply(tenant, &reference).await?
    } else {
        resolve_reference::apply_or_wait(at, tenant, &reference, head.waiting.len()).await?
    };
    let content = message.content.clone();
    let row = Message {
        key: message.key(),
        content: if message.ours { Content::Phone(content) } else { Content::Inbound(content) },
        author: if message.ours { Author::Phone } else { Author::Contact },
        lane: None,
        wamid: Some(message.wamid.clone()),
        stages: stages(message),
        failure: None,
        possibly_twice: false,
        contract: None,
        marks: Marks {
            circumstances: message.circumstances.clone(),
            applied_to,
            quoted: message.reply_to.clone().map(|wamid| Quoted { wamid, key: None }),
            history,
            placeholder: history && message.is_placeholder(),
            ..Marks::default()
        },
    };
    if history && !message.is_placeholder() {
        tenant.keep_old_message(conversation, &row, message.raw.as_ref()).await?;
    } else {
        tenant.keep_inbound(conversation, &row, message.raw.as_ref()).await?;
    }
    // After the row, which its statuses are to find: they bring nothing of ours. Those of old messages came long ago.
    if message.ours && !history {
        let place = CallbackData { conversation, message: message.key() };
        enter_status::name(at, tenant, number, place, &message.wamid).await?;
    }
    resolve_reference::settle(tenant, conversation, message.key(), &head.waiting_for(message.key())).await
}

/// The task that fetches the file of a message, when there is one.
fn file(tenant: &TenantStore, number: &NumberId, conversation: ConversationId, message: &PhoneMessage) -> Option<Task> {
    let file = ReceivedFile::of(&message.content)?;
    let (tenant, number, key) = (tenant.id(), number.clone(), message.key());
    Some(Task::FetchMediaV1(Box::new(FetchMedia { tenant, number, conversation, key, file, address: None, attempt: 0 })))
}

/// How far an old message had got; what a colleague writes now has been sent, for the phone says so.
fn stages(message: &PhoneMessage) -> Stages {
    let at = Some(message.at);
    let sent = Stages { accepted: at, sent: at, ..Stages::default() };
    match message.status.as_ref().map(Text::as_str) {
        _ if !message.ours => Stages::default(),
        Some("DELIVERED") => Stages { delivered: at, ..sent },
        Some("READ" | "PLAYED") => Stages { delivered: at, read: at, ..sent },
        Some("ERROR") => Stages { failed: at, ..Stages::default() },
        Some(_) | None => sent,
    }
}

fn written_at(messages: &[PhoneMessage]) -> Option<Timestamp> {
    messages.iter().filter(|message| message.ours).map(|message| message.at).max()
}

fn last_message(message: &PhoneMessage) -> LastMessage {
    LastMessage {
        preview: message.content.words().as_deref().and_then(Text::cut),
        kind: Text::cut(message.content.kind()).unwrap_or_else(Text::dash),
        direction: if message.ours { Direction::Outbound } else { Direction::Inbound },
        at: message.at,
    }
}
