//! What became of a message after it was written: a reaction on it, a correction, its deletion. Each comes as a message of its own,
//! twice, late or out of order; the provider's time decides, and so the order in which they are applied does not.

use serde::{Deserialize, Serialize};

use super::{
    inbound::{Circumstances, InboundContent},
    key::MessageKey,
    status::Report,
};
use crate::{text::Text, time::Timestamp};

/// What is known of a message beside what it says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Where it came from, and what Meta remarked on it.
    pub circumstances: Option<Box<Circumstances>>,
    /// What the person put on it last.
    pub reaction: Option<Reacted>,
    /// What the person made of it last; the message itself keeps what it said at first.
    pub edited: Option<Edited>,
    /// When the person deleted it for everybody.
    pub revoked_at: Option<Timestamp>,
    /// The message it has been applied to, when it is a reaction, a correction or a deletion.
    pub applied_to: Option<MessageKey>,
    /// The message it answers, which is shown above it.
    pub quoted: Option<Quoted>,
    /// Whether it was written before the number was connected, and is here for the record.
    pub history: bool,
    /// Whether it only stands for a file that comes later.
    pub placeholder: bool,
    /// What is told of its sending beside its stages.
    pub report: Report,
}

/// A message that another one answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quoted {
    /// The provider's id of it.
    #[serde(rename = "w")]
    pub wamid: Text<512>,
    /// Its place in the thread, where it is known.
    #[serde(rename = "k", default, skip_serializing_if = "Option::is_none")]
    pub key: Option<MessageKey>,
}

/// A reaction, or that it was taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reacted {
    /// The emoji; absent when it was taken back.
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    pub emoji: Option<Text<16>>,
    /// When, by Meta's clock.
    #[serde(rename = "t")]
    pub at: Timestamp,
}

/// What a message was changed into.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edited {
    /// What it says now.
    #[serde(rename = "c")]
    pub content: InboundContent,
    /// When it was changed, by Meta's clock.
    #[serde(rename = "t")]
    pub at: Timestamp,
}

/// One change of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A reaction was put on it or taken back.
    Reaction(Reacted),
    /// It says something else now.
    Edit(Edited),
    /// It was deleted.
    Revoke(Timestamp),
}

impl Mark {
    /// What a message of this content and time does to another one; `None` when it is none of those.
    #[must_use]
    pub fn of(content: &InboundContent, at: Timestamp) -> Option<Self> {
        match content {
            InboundContent::Reaction { emoji, .. } => Some(Self::Reaction(Reacted { emoji: emoji.clone(), at })),
            InboundContent::Edit { content, .. } => Some(Self::Edit(Edited { content: content.as_ref().clone(), at })),
            InboundContent::Revoke { .. } => Some(Self::Revoke(at)),
            InboundContent::Text { .. }
            | InboundContent::Tapped { .. }
            | InboundContent::Media { .. }
            | InboundContent::Location { .. }
            | InboundContent::Contacts { .. }
            | InboundContent::Order(_)
            | InboundContent::Form(_)
            | InboundContent::CallPermission(_)
            | InboundContent::System(_)
            | InboundContent::Welcome
            | InboundContent::Unsupported { .. }
            | InboundContent::Other { .. } => None,
        }
    }

    /// When, by Meta's clock.
    #[must_use]
    pub const fn at(&self) -> Timestamp {
        match self {
            Self::Reaction(reacted) => reacted.at,
            Self::Edit(edited) => edited.at,
            Self::Revoke(at) => *at,
        }
    }
}
