//! A message as it is kept and shown.

use serde::{Deserialize, Serialize};

use crate::{
    id::{ConversationId, MediaId, UserId},
    messaging::{
        content::{MediaSource, OutboundContent},
        contract::Verdict,
        conversation::Direction,
        inbound::InboundContent,
        key::MessageKey,
        marks::Marks,
        media::Media,
        status::{Failure, Stages, State},
    },
    text::Text,
};

/// A message in a thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its place.
    pub key: MessageKey,
    /// What it says.
    pub content: Content,
    /// Who wrote it.
    pub author: Author,
    /// The place in the order of the conversation; only what came in has one.
    pub lane: Option<u64>,
    /// Meta's id, once there is one.
    pub wamid: Option<Text<512>>,
    /// How far it got.
    pub stages: Stages,
    /// Why it failed, when it did.
    pub failure: Option<Failure>,
    /// Whether it may have arrived twice: it was sent again after nobody could tell whether the first attempt arrived.
    pub possibly_twice: bool,
    /// What the send contract said of it when it was last asked; what came in has none.
    pub contract: Option<Verdict>,
    /// What is known of it beside what it says.
    pub marks: Marks,
}

/// What a message says, by direction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Content {
    /// From the person.
    #[serde(rename = "i")]
    Inbound(InboundContent),
    /// From the business.
    #[serde(rename = "o")]
    Outbound(OutboundContent),
    /// From the business, written in the WhatsApp app on its phone.
    #[serde(rename = "p")]
    Phone(InboundContent),
}

/// Who wrote a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Author {
    /// The person.
    #[serde(rename = "c")]
    Contact,
    /// Tarun, for the business.
    #[serde(rename = "b")]
    Bot,
    /// A colleague, with the name shown at the time.
    #[serde(rename = "u")]
    User(UserId, Text<80>),
    /// Whoever holds the phone of the business.
    #[serde(rename = "p")]
    Phone,
}

impl Message {
    /// Which way it went.
    #[must_use]
    pub const fn direction(&self) -> Direction {
        match self.content {
            Content::Inbound(_) => Direction::Inbound,
            Content::Outbound(_) | Content::Phone(_) => Direction::Outbound,
        }
    }

    /// The files in it, in the order of the message.
    #[must_use]
    pub fn files(&self, conversation: ConversationId) -> Vec<MediaId> {
        match &self.content {
            Content::Inbound(InboundContent::Media { .. }) | Content::Phone(InboundContent::Media { .. }) => {
                vec![Media::received_id(conversation, self.key)]
            }
            Content::Inbound(_) | Content::Phone(_) => Vec::new(),
            Content::Outbound(content) => content.media().into_iter().filter_map(MediaSource::stored).collect(),
        }
    }

    /// The state to show.
    #[must_use]
    pub fn state(&self) -> State {
        match self.direction() {
            Direction::Inbound => State::Received,
            Direction::Outbound => self.stages.state(),
        }
    }
}
