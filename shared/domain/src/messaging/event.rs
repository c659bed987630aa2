//! What a provider tells beside messages and their statuses: news of numbers and accounts, what was written in the app on the phone,
//! old messages, saved names, wishes about marketing; and, as it came, whatever nobody handles yet.

use serde::{Deserialize, Serialize};

use super::{
    inbound::{Circumstances, InboundContent, RawMessage, Tier},
    template::TemplateEvent,
};
use crate::{
    consent::ConsentChange,
    crm::Sender,
    id::{TenantId, digest},
    messaging::key::MessageKey,
    phone::Phone,
    tenant::{News, NumberId},
    text::Text,
    time::Timestamp,
};

/// One thing a provider tells, on its way from `webhook` to whoever applies it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderEvent {
    /// The business, found through the verified number or account.
    pub tenant: TenantId,
    /// The number, or the account if it names none.
    pub about: NumberId,
    /// When, by the provider's clock; when it came in, if the provider does not say.
    pub at: Timestamp,
    /// What.
    pub body: EventBody,
}

/// What a provider tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EventBody {
    /// How a number or an account stands.
    Health {
        /// The number as people see it, where the provider names it only so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        phone: Option<Phone>,
        /// The news.
        news: Vec<News>,
    },
    /// A person has said in WhatsApp itself whether marketing is welcome.
    Preference(Preference),
    /// What became of a template.
    Template(Box<TemplateEvent>),
    /// Messages written in the app on the phone, or before the number was connected.
    Phone(PhoneMessages),
    /// A name in the phone's address book.
    SavedContact(SavedContact),
    /// What nobody handles yet, as it came.
    Unhandled(Unhandled),
}

/// A wish about marketing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preference {
    /// The person.
    pub person: Sender,
    /// The wish.
    pub change: ConsentChange,
    /// Meta's words for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<Text<256>>,
    /// When the person said so.
    pub at: Timestamp,
}

/// Messages of one person's chat on the phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneMessages {
    /// The person.
    pub person: Sender,
    /// Whether they were written before the number was connected.
    pub history: bool,
    /// The messages.
    pub messages: Vec<PhoneMessage>,
}

/// A message of a chat on the phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneMessage {
    /// Meta's id of it.
    pub wamid: Text<512>,
    /// When it was written.
    pub at: Timestamp,
    /// Whether the business wrote it.
    pub ours: bool,
    /// What it says.
    pub content: InboundContent,
    /// The message it answers, when it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<Text<512>>,
    /// What else is known of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub circumstances: Option<Box<Circumstances>>,
    /// How far it had got, by Meta's name, for old messages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Text<16>>,
    /// The value as the provider sent it, only when the fields above do not carry all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw: Option<RawMessage>,
}

impl PhoneMessage {
    /// Its place in the thread.
    #[must_use]
    pub fn key(&self) -> MessageKey {
        MessageKey::received(self.at, self.wamid.as_str())
    }

    /// Whether it only stands for a file that comes later under the same id.
    #[must_use]
    pub fn is_placeholder(&self) -> bool {
        matches!(&self.content, InboundContent::Other { name } if name.as_str() == PLACEHOLDER)
    }
}

/// Meta's type of a message whose file comes later.
pub const PLACEHOLDER: &str = "media_placeholder";

/// A name in the phone's address book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedContact {
    /// The person, by phone and saved name.
    pub person: Sender,
    /// Whether it was taken out of the book.
    pub removed: bool,
}

/// What nobody handles yet.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unhandled {
    /// Which kind it is.
    pub kind: UnhandledKind,
    /// Meta's name of what happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what: Option<Text<64>>,
    /// Meta's id of what it happened to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Text<512>>,
    /// The value as it came.
    pub raw: String,
}

impl std::fmt::Debug for Unhandled {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Unhandled({:?}, {} bytes)", self.kind, self.raw.len())
    }
}

/// The kinds of what nobody handles yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnhandledKind {
    /// What became of a payment in the chat.
    Payment,
    /// A call, or what became of one.
    Call,
    /// A group.
    Group,
    /// A Flow's health.
    Flow,
    /// A template.
    Template,
    /// A partner's solution, or a partner's account.
    Partner,
    /// Errors that belong to no message.
    Errors,
    /// A status that is not one of ours, or of a stage we do not know.
    Status,
    /// A wish about something else than marketing.
    Preference,
    /// A field or a value that is newer than this program.
    Unknown,
}

impl UnhandledKind {
    /// Its name in metrics and in the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Payment => "payment",
            Self::Call => "call",
            Self::Group => "group",
            Self::Flow => "flow",
            Self::Template => "template",
            Self::Partner => "partner",
            Self::Errors => "errors",
            Self::Status => "status",
            Self::Preference => "preference",
            Self::Unknown => "unknown",
        }
    }
}

impl ProviderEvent {
    /// How urgent it is: payments before everything.
    #[must_use]
    pub fn tier(&self) -> Tier {
        match &self.body {
            EventBody::Unhandled(Unhandled { kind: UnhandledKind::Payment, .. }) => Tier::P0,
            EventBody::Health { .. }
            | EventBody::Preference(_)
            | EventBody::Template(_)
            | EventBody::Phone(_)
            | EventBody::SavedContact(_)
            | EventBody::Unhandled(_) => Tier::P2,
        }
    }

    /// What it must keep its order among, within its number: a person, or nothing in particular.
    #[must_use]
    pub fn group(&self) -> String {
        match &self.body {
            EventBody::Preference(preference) => preference.person.group(),
            EventBody::Phone(phone) => phone.person.group(),
            EventBody::SavedContact(saved) => saved.person.group(),
            EventBody::Template(event) => event.key.name.as_str().to_owned(),
            EventBody::Health { .. } => String::new(),
            EventBody::Unhandled(other) => other.subject.as_ref().map_or_else(String::new, |subject| subject.as_str().to_owned()),
        }
    }

    /// What tells it from every other event of its business: all of it, with its time, for the same may be true again later.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let body = serde_json::to_vec(&self.body).unwrap_or_default();
        hex::encode(&digest(&[self.about.as_str().as_bytes(), &self.at.as_millisecond().to_be_bytes(), &body])[..16])
    }
}
