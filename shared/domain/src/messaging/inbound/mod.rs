//! What comes in: every type of WhatsApp message, in our words, with an arm for what Meta invents next.

mod circumstances;
mod content;
mod order;
mod parts;

use serde::{Deserialize, Serialize};

pub use self::{
    circumstances::{Circumstances, Forwarded, Referral, ReferralMedia, ReferredProduct},
    content::{InboundContent, MediaKind, Tapped},
    order::{Order, OrderItem, Price},
    parts::{Answer, Answers, CallPermission, Card, CardPhone, Form, FormKind, System, SystemChange},
};
use crate::{crm::Sender, id::TenantId, messaging::key::MessageKey, tenant::NumberId, text::Text, time::Timestamp};

/// One message from a person, verified and typed, on its way from `webhook` to `dispatch`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboundMessage {
    /// The business, found through the verified number.
    pub tenant: TenantId,
    /// The number it came in on.
    pub number: NumberId,
    /// Meta's id of the message: opaque, the same on every delivery of it.
    pub wamid: Text<512>,
    /// Meta's timestamp, in whole seconds.
    pub at: Timestamp,
    /// Who wrote.
    pub sender: Sender,
    /// What was written.
    pub content: InboundContent,
    /// The message it answers, when it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<Text<512>>,
    /// What is known of it beside what it says; absent for most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub circumstances: Option<Box<Circumstances>>,
    /// Where its file lies for five minutes. Never stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_url: Option<Text<2048>>,
    /// The value as the provider sent it, only when the fields above do not carry all of it. Stored sealed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw: Option<RawMessage>,
}

/// A message as the provider sent it. Its `Debug` shows the length only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RawMessage(String);

impl RawMessage {
    /// The longest that is kept, in bytes: sealed it must fit a row of 400 KB.
    const BYTES_MAX: usize = 256 * 1024;

    /// Keeps a value, or as much of its beginning as a row can hold.
    #[must_use]
    pub fn new(mut value: String) -> Self {
        value.truncate(value.floor_char_boundary(Self::BYTES_MAX));
        Self(value)
    }

    /// The value.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for RawMessage {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "RawMessage({} bytes)", self.0.len())
    }
}

impl InboundMessage {
    /// Its place in the thread.
    #[must_use]
    pub fn key(&self) -> MessageKey {
        MessageKey::received(self.at, self.wamid.as_str())
    }

    /// How urgent it is, from what it is alone.
    #[must_use]
    pub fn tier(&self) -> Tier {
        match &self.content {
            InboundContent::Order(_) => Tier::P1,
            InboundContent::Tapped { id, .. } if id.as_str().starts_with("p1:") => Tier::P1,
            InboundContent::Text { .. }
            | InboundContent::Tapped { .. }
            | InboundContent::Media { .. }
            | InboundContent::Location { .. }
            | InboundContent::Contacts { .. }
            | InboundContent::Reaction { .. }
            | InboundContent::Form(_)
            | InboundContent::CallPermission(_)
            | InboundContent::System(_)
            | InboundContent::Edit { .. }
            | InboundContent::Revoke { .. }
            | InboundContent::Welcome
            | InboundContent::Unsupported { .. }
            | InboundContent::Other { .. } => Tier::P2,
        }
    }

    /// Whether it was written in a group: such a message is kept and never answered by a program.
    #[must_use]
    pub fn in_group(&self) -> bool {
        self.circumstances.as_ref().is_some_and(|known| known.group.is_some())
    }
}

/// How urgent a thing is. P0 payments, P1 orders, P2 whatever else a person writes, P3 campaigns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Tier {
    /// Provider payment events.
    P0,
    /// Orders, and taps on our own order and payment buttons.
    P1,
    /// Conversation.
    P2,
    /// Campaigns and bulk.
    P3,
}

impl Tier {
    /// All four, the most urgent first.
    pub const ALL: [Self; 4] = [Self::P0, Self::P1, Self::P2, Self::P3];

    /// Its number, 0 to 3.
    #[must_use]
    pub const fn index(self) -> usize {
        match self {
            Self::P0 => 0,
            Self::P1 => 1,
            Self::P2 => 2,
            Self::P3 => 3,
        }
    }
}
