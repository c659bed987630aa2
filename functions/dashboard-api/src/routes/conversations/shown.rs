//! A conversation as the API shows it.

use serde::{
    Deserialize, Serialize,
    de::{IntoDeserializer as _, value},
};
use shared::{
    domain::{
        crm::Recipient,
        id::{ContactId, ConversationId, UserId},
        messaging::conversation::{self, LastMessage as Last, Status},
        time::Timestamp,
    },
    usecases::read_conversations::Listed,
};
use utoipa::ToSchema;

/// What a person is called who has neither a name nor a phone we know.
const NAMELESS: &str = "WhatsApp user";

/// The running thread of one customer on one number of the business.
#[derive(Serialize, ToSchema)]
pub struct Conversation {
    #[schema(value_type = String)]
    id: ConversationId,
    number: Number,
    contact: Contact,
    status: ConversationStatus,
    /// Who answers it.
    #[schema(required)]
    assignee: Option<Assignee>,
    last_message: LastMessage,
    /// When the customer last wrote.
    #[schema(required)]
    last_inbound_at: Option<Timestamp>,
    /// Up to when a colleague has read it.
    #[schema(required)]
    read_up_to: Option<Timestamp>,
    /// Whether something came in that nobody has read.
    unread: bool,
    /// Until when a free message may be sent; `null` when the customer never wrote.
    #[schema(required)]
    window_closes_at: Option<Timestamp>,
    /// How many messages have come in.
    lane: u64,
    marketing_opted_out: bool,
}

/// A number of the business.
#[derive(Serialize, ToSchema)]
struct Number {
    id: String,
    /// In E.164 with its plus sign.
    display_phone: String,
}

/// A customer.
#[derive(Serialize, ToSchema)]
struct Contact {
    #[schema(value_type = String)]
    id: ContactId,
    name: String,
    /// In E.164 with its plus sign; `null` for people who write under a user name.
    #[schema(required)]
    phone: Option<String>,
}

/// A colleague who answers.
#[derive(Serialize, ToSchema)]
struct Assignee {
    #[schema(value_type = String)]
    id: UserId,
    name: String,
}

/// What was said last.
#[derive(Serialize, ToSchema)]
struct LastMessage {
    /// The beginning of its words; empty when it has none, and its kind says all.
    preview: String,
    kind: MessageKind,
    direction: Direction,
    at: Timestamp,
    /// WhatsApp's code when it was not delivered; negative when the failure is not WhatsApp's.
    #[schema(required)]
    failure_code: Option<String>,
}

/// Where a conversation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConversationStatus {
    Open,
    Pending,
    Resolved,
    Spam,
}

/// Which way a message went, seen from the business.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    Inbound,
    Outbound,
}

/// What a message is. `unknown` is whatever WhatsApp invents after this was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MessageKind {
    Text,
    Image,
    Audio,
    Video,
    Document,
    Sticker,
    Location,
    Contacts,
    Reaction,
    Buttons,
    List,
    CtaUrl,
    Flow,
    LocationRequest,
    ContactInfoRequest,
    CallPermissionRequest,
    VoiceCall,
    Address,
    Product,
    ProductList,
    Catalog,
    MediaCarousel,
    ProductCarousel,
    OrderDetails,
    OrderStatus,
    ButtonReply,
    ListReply,
    Order,
    FormReply,
    CallPermission,
    System,
    Edit,
    Revoke,
    Welcome,
    Unsupported,
    Template,
    Unknown,
}

impl MessageKind {
    /// The kind of this name; the domain names more than one kind we do not show apart.
    pub fn named(name: &str) -> Self {
        let read: Result<Self, value::Error> = Self::deserialize(name.into_deserializer());
        read.unwrap_or(Self::Unknown)
    }
}

impl From<Status> for ConversationStatus {
    fn from(status: Status) -> Self {
        match status {
            Status::Open => Self::Open,
            Status::Pending => Self::Pending,
            Status::Resolved => Self::Resolved,
            Status::Spam => Self::Spam,
        }
    }
}

impl From<conversation::Direction> for Direction {
    fn from(direction: conversation::Direction) -> Self {
        match direction {
            conversation::Direction::Inbound => Self::Inbound,
            conversation::Direction::Outbound => Self::Outbound,
        }
    }
}

/// What to call the person of a conversation: the profile's name, else the phone.
pub fn contact_name(conversation: &conversation::Conversation) -> String {
    let name = conversation.contact_name.as_ref().map(ToString::to_string);
    name.or_else(|| phone(&conversation.recipient)).unwrap_or_else(|| NAMELESS.to_owned())
}

fn phone(recipient: &Recipient) -> Option<String> {
    match recipient {
        Recipient::Phone(phone) => Some(phone.to_string()),
        Recipient::User(_) => None,
    }
}

fn last_message(last: Option<&Last>, last_inbound_at: Option<Timestamp>, failure: Option<i64>) -> LastMessage {
    match last {
        Some(last) => LastMessage {
            preview: last.preview.as_ref().map_or_else(String::new, ToString::to_string),
            kind: MessageKind::named(last.kind.as_str()),
            direction: last.direction.into(),
            at: last.at,
            failure_code: failure.map(|code| code.to_string()),
        },
        // The message that makes a conversation is written with it, so nothing was ever said that could be missing here.
        None => LastMessage {
            preview: String::new(),
            kind: MessageKind::Unknown,
            direction: Direction::Inbound,
            at: last_inbound_at.unwrap_or(Timestamp::UNIX_EPOCH),
            failure_code: None,
        },
    }
}

impl From<Listed> for Conversation {
    fn from(listed: Listed) -> Self {
        let Listed { conversation, number, assignee } = listed;
        Self {
            id: conversation.id,
            number: Number {
                // A number the business has given up still has its threads; they go by its id.
                display_phone: number.map_or_else(|| conversation.number.to_string(), |number| number.display_phone.to_string()),
                id: conversation.number.to_string(),
            },
            contact: Contact { id: conversation.contact, name: contact_name(&conversation), phone: phone(&conversation.recipient) },
            status: conversation.standing.status.into(),
            assignee: assignee.map(|user| Assignee { id: user.id, name: user.name.to_string() }),
            last_message: last_message(conversation.last_message.as_ref(), conversation.last_inbound_at, conversation.last_failure),
            last_inbound_at: conversation.last_inbound_at,
            read_up_to: conversation.read_up_to,
            unread: conversation.unread(),
            window_closes_at: conversation.window_closes_at(),
            lane: conversation.lane,
            marketing_opted_out: conversation.standing.marketing_opted_out,
        }
    }
}

#[cfg(test)]
mod tests;
