//! What lies on the queues. A variant carries its version: a task already on a queue is read by the next release too, so a change of
//! meaning is a new variant, and consumers are deployed before producers.

use serde::{Deserialize, Serialize};

use crate::{
    crm::Recipient,
    id::{ConversationId, TenantId, digest},
    messaging::{
        content::OutboundContent,
        inbound::{InboundMessage, Tier},
        key::MessageKey,
        message::Author,
    },
    tenant::NumberId,
};

/// A piece of work on a queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum Task {
    /// A person wrote: `webhook` → `dispatch`.
    InboundMessageV1(Box<InboundMessage>),
    /// Something is to be sent: `dispatch`, `dashboard-api`, `scheduler` → `outbound`.
    SendMessageV1(Box<SendMessage>),
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
}

/// Which queue a task belongs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Destination {
    /// A tier of what came in.
    Inbound(Tier),
    /// A tier of what goes out.
    Outbound(Tier),
}

impl Task {
    /// Its business.
    #[must_use]
    pub fn tenant(&self) -> TenantId {
        match self {
            Self::InboundMessageV1(message) => message.tenant,
            Self::SendMessageV1(message) => message.tenant,
        }
    }

    /// The queue it belongs on.
    #[must_use]
    pub fn destination(&self) -> Destination {
        match self {
            Self::InboundMessageV1(message) => Destination::Inbound(message.tier()),
            Self::SendMessageV1(message) => Destination::Outbound(message.tier),
        }
    }

    /// What it must keep its order among: a person on a number. Never a business as a whole, for a queue works on as many groups at a
    /// time as there are.
    #[must_use]
    pub fn group(&self) -> String {
        let hash = match self {
            Self::InboundMessageV1(message) => digest(&[message.number.as_str().as_bytes(), message.sender.group().as_bytes()]),
            Self::SendMessageV1(message) => digest(&[message.number.as_str().as_bytes(), message.conversation.as_bytes()]),
        };
        hex::encode(&hash[..16])
    }

    /// What tells it from every other task: the queue drops the same again within five minutes. The truth is in the table.
    #[must_use]
    pub fn deduplication_id(&self) -> String {
        let (kind, id): (&[u8], String) = match self {
            Self::InboundMessageV1(message) => (b"inbound", format!("{}|{}", message.number, message.wamid)),
            Self::SendMessageV1(message) => (b"send", format!("{}|{}", message.conversation, message.key)),
        };
        hex::encode(&digest(&[kind, self.tenant().as_bytes(), id.as_bytes()])[..16])
    }
}
