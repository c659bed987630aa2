//! What lies on the queues. A variant carries its version: a task already on a queue is read by the next release too, so a change of
//! meaning is a new variant, and consumers are deployed before producers.

use serde::{Deserialize, Serialize};

use crate::{
    crm::Recipient,
    id::{ConversationId, TenantId, digest},
    messaging::{
        content::OutboundContent,
        event::ProviderEvent,
        inbound::{InboundMessage, Tier},
        key::{CallbackData, MessageKey},
        media::ReceivedFile,
        message::Author,
    },
    tenant::NumberId,
    text::Text,
    time::Timestamp,
};

/// How long a provider shows that an answer is being written.
const TYPING_SHOWN_SECONDS: i64 = 25;

/// A piece of work on a queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum Task {
    /// A person wrote: `webhook` → `dispatch`.
    InboundMessageV1(Box<InboundMessage>),
    /// Something is to be sent: `dispatch`, `dashboard-api`, `scheduler` → `outbound`.
    SendMessageV1(Box<SendMessage>),
    /// A provider tells something beside messages and statuses: `webhook` → `channel`, payments → `dispatch`.
    ProviderEventV1(Box<ProviderEvent>),
    /// The message that a reaction, a correction or a deletion is about is looked for again: `scheduler` → `channel`.
    ResolveReferenceV1(Box<ResolveReference>),
    /// A file that came in is to be fetched from the provider: `dispatch`, `dashboard-api`, `scheduler` → `channel`.
    FetchMediaV1(Box<FetchMedia>),
    /// The templates of an account are to be read anew from the provider: `channel`, `dashboard-api`, `scheduler` → `channel`.
    SyncTemplatesV1(Box<SyncTemplates>),
    /// A colleague has read what a person wrote: `dashboard-api` → `outbound`.
    MarkReadV1(Box<MarkRead>),
    /// A number was started, and what was held for it goes out: `dashboard-api`, `scheduler` → `channel`.
    ReleaseHeldV1(Box<ReleaseHeld>),
    /// A number is to be looked at, whether it is silent for longer than its normal: `scheduler` → `channel`.
    WatchNumberV1(Box<WatchNumber>),
}

/// A look at a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WatchNumber {
    /// The business.
    pub tenant: TenantId,
    /// The number.
    pub number: NumberId,
    /// When the look is due, which tells it from one that was put off.
    pub due: Timestamp,
}

/// A person is to be told that a message was read, and perhaps that an answer is being written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkRead {
    /// The business.
    pub tenant: TenantId,
    /// The number it came in on.
    pub number: NumberId,
    /// The conversation it belongs to.
    pub conversation: ConversationId,
    /// The provider's id of the message.
    pub wamid: Text<512>,
    /// Whether an answer is being written.
    #[serde(default)]
    pub typing: bool,
    /// When a colleague read it: what is told much later helps nobody.
    pub at: Timestamp,
}

/// A message that changes another one which was not here yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResolveReference {
    /// The business.
    pub tenant: TenantId,
    /// The number.
    pub number: NumberId,
    /// The conversation.
    pub conversation: ConversationId,
    /// The reaction, correction or deletion.
    pub key: MessageKey,
    /// How often its message has been looked for by a timer before.
    pub attempt: u32,
}

/// A file to be fetched while the provider keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FetchMedia {
    /// The business.
    pub tenant: TenantId,
    /// The number it came in on.
    pub number: NumberId,
    /// The conversation of the message.
    pub conversation: ConversationId,
    /// The message it belongs to.
    pub key: MessageKey,
    /// What the message says of it.
    pub file: ReceivedFile,
    /// Where it lay when the message came; good for five minutes. It opens the file, so it is shown nowhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Text<2048>>,
    /// How often it has been tried before.
    #[serde(default)]
    pub attempt: u32,
}

/// The templates of an account, to be read anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncTemplates {
    /// The business.
    pub tenant: TenantId,
    /// The WhatsApp Business Account.
    pub account: NumberId,
    /// A number of it, whose token is used.
    pub number: NumberId,
    /// What asked for it: the same cause asks once.
    pub cause: Text<64>,
    /// Where the reading goes on, when it did not fit into one piece of work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Text<1024>>,
    /// When the reading began, when this goes on with one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Timestamp>,
}

/// A message on its way out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendMessage {
    /// The business.
    pub tenant: TenantId,
    /// The number it goes out from.
    pub number: NumberId,
    /// The conversation it belongs to.
    pub conversation: ConversationId,
    /// Its place there.
    pub key: MessageKey,
    /// Where it goes.
    pub recipient: Recipient,
    /// What it says.
    pub content: OutboundContent,
    /// Who wrote it.
    pub author: Author,
    /// How urgent it is.
    pub tier: Tier,
    /// The provider's id of the message it answers, which is then shown above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<Text<512>>,
    /// How often it has come back after waiting.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub attempt: u32,
}

impl SendMessage {
    /// Where it lies, as the provider gives it back.
    #[must_use]
    pub const fn place(&self) -> CallbackData {
        CallbackData { conversation: self.conversation, message: self.key }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
const fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// What was held for a number is to go out: it has been started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseHeld {
    /// The business.
    pub tenant: TenantId,
    /// The number.
    pub number: NumberId,
    /// What started it: the same cause asks once.
    pub cause: Text<64>,
}

/// Which queue a task belongs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Destination {
    /// A tier of what came in.
    Inbound(Tier),
    /// A tier of what goes out.
    Outbound(Tier),
    /// What a provider tells of numbers, accounts and templates, and work at the provider that nobody waits for.
    Channel,
    /// Files to be fetched.
    Media,
}

impl Task {
    /// Its kind, by a stable name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::InboundMessageV1(_) => "inbound_message",
            Self::SendMessageV1(_) => "send_message",
            Self::FetchMediaV1(_) => "fetch_media",
            Self::SyncTemplatesV1(_) => "sync_templates",
            Self::ReleaseHeldV1(_) => "release_held",
            Self::WatchNumberV1(_) => "watch_number",
            Self::MarkReadV1(_) => "mark_read",
            Self::ProviderEventV1(_) => "provider_event",
            Self::ResolveReferenceV1(_) => "resolve_reference",
        }
    }

    /// Its business.
    #[must_use]
    pub fn tenant(&self) -> TenantId {
        match self {
            Self::InboundMessageV1(message) => message.tenant,
            Self::SendMessageV1(message) => message.tenant,
            Self::ProviderEventV1(event) => event.tenant,
            Self::ResolveReferenceV1(reference) => reference.tenant,
            Self::FetchMediaV1(file) => file.tenant,
            Self::SyncTemplatesV1(sync) => sync.tenant,
            Self::MarkReadV1(read) => read.tenant,
            Self::ReleaseHeldV1(release) => release.tenant,
            Self::WatchNumberV1(watch) => watch.tenant,
        }
    }

    /// The queue it belongs on.
    #[must_use]
    pub fn destination(&self) -> Destination {
        match self {
            Self::InboundMessageV1(message) => Destination::Inbound(message.tier()),
            Self::SendMessageV1(message) => Destination::Outbound(message.tier),
            // Payments overtake everything; nothing else of a provider's is in anybody's way.
            Self::ProviderEventV1(event) if event.tier() == Tier::P0 => Destination::Inbound(Tier::P0),
            Self::ProviderEventV1(_)
            | Self::ResolveReferenceV1(_)
            | Self::SyncTemplatesV1(_)
            | Self::ReleaseHeldV1(_)
            | Self::WatchNumberV1(_) => Destination::Channel,
            Self::FetchMediaV1(_) => Destination::Media,
            // A courtesy: whatever else goes out goes first.
            Self::MarkReadV1(_) => Destination::Outbound(Tier::P3),
        }
    }

    /// What it must keep its order among: a person on a number. Never a business as a whole, for a queue works on as many groups at a
    /// time as there are.
    #[must_use]
    pub fn group(&self) -> String {
        let hash = match self {
            Self::InboundMessageV1(message) => digest(&[message.number.as_str().as_bytes(), message.sender.group().as_bytes()]),
            Self::SendMessageV1(message) => digest(&[message.number.as_str().as_bytes(), message.conversation.as_bytes()]),
            Self::ProviderEventV1(event) => digest(&[event.about.as_str().as_bytes(), event.group().as_bytes()]),
            Self::ResolveReferenceV1(reference) => digest(&[reference.conversation.as_bytes(), b"reference"]),
            // Every file by itself: a large one must not hold up the next.
            Self::FetchMediaV1(file) => digest(&[file.conversation.as_bytes(), file.key.to_string().as_bytes()]),
            Self::MarkReadV1(read) => digest(&[read.number.as_str().as_bytes(), read.conversation.as_bytes(), b"read"]),
            Self::SyncTemplatesV1(sync) => digest(&[sync.tenant.as_bytes(), sync.account.as_str().as_bytes()]),
            Self::ReleaseHeldV1(release) => digest(&[release.tenant.as_bytes(), release.number.as_str().as_bytes()]),
            Self::WatchNumberV1(watch) => digest(&[b"watch", watch.number.as_str().as_bytes()]),
        };
        hex::encode(&hash[..16])
    }

    /// What tells it from every other task: the queue drops the same again within five minutes. The truth is in the table.
    #[must_use]
    pub fn deduplication_id(&self) -> String {
        let (kind, id): (&[u8], String) = match self {
            Self::InboundMessageV1(message) => (b"inbound", format!("{}|{}", message.number, message.wamid)),
            Self::ProviderEventV1(event) => (b"event", event.fingerprint()),
            Self::ResolveReferenceV1(reference) => {
                (b"reference", format!("{}|{}|{}", reference.conversation, reference.key, reference.attempt))
            }
            Self::SendMessageV1(message) if message.attempt == 0 => (b"send", format!("{}|{}", message.conversation, message.key)),
            // It comes back within five minutes of the last time, and is not the same again.
            Self::SendMessageV1(message) => (b"send", format!("{}|{}#{}", message.conversation, message.key, message.attempt)),
            Self::FetchMediaV1(file) => (b"media", format!("{}|{}|{}", file.conversation, file.key, file.attempt)),
            // A person may be told anew that an answer is being written, but not more often than it is shown.
            Self::MarkReadV1(read) => {
                let moment = if read.typing { read.at.as_second() / TYPING_SHOWN_SECONDS } else { 0 };
                (b"read", format!("{}|{}|{moment}", read.number, read.wamid))
            }
            Self::SyncTemplatesV1(sync) => {
                let after = sync.after.as_ref().map_or_else(String::new, |after| format!("|{after}"));
                (b"templates", format!("{}|{}{after}", sync.account, sync.cause))
            }
            Self::ReleaseHeldV1(release) => (b"release", format!("{}|{}", release.number, release.cause)),
            Self::WatchNumberV1(watch) => (b"watch", format!("{}|{}", watch.number, watch.due.as_millisecond())),
        };
        hex::encode(&digest(&[kind, self.tenant().as_bytes(), id.as_bytes()])[..16])
    }
}
