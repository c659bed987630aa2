//! Files in messages: photos, recordings, films, documents and stickers, whoever sends them.
//!
//! A file that came in is fetched once and kept; a file a colleague attaches is checked once and kept. What a message says of it is
//! the [`MediaId`] alone; what became of it is said by its [`Media`].

pub mod accept;
pub mod chunks;
pub mod mime;
pub mod place;
pub mod received;
pub mod retry;
pub mod sniff;

use serde::{Deserialize, Serialize};

pub use self::{
    accept::{Refusal, accept, largest},
    chunks::{ChunkError, Chunks, Measured, Sha256Hash},
    mime::Mime,
    place::{ObjectKey, Shown},
    received::ReceivedFile,
};
use crate::{
    id::{ConversationId, MediaId, UserId, derived},
    messaging::{inbound::MediaKind, key::MessageKey},
    tenant::NumberId,
    text::Text,
    time::Timestamp,
};

/// A file and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// Its id.
    #[serde(rename = "i")]
    pub id: MediaId,
    /// What it is in a message.
    #[serde(rename = "k")]
    pub kind: MediaKind,
    /// Its type, as its sender says.
    #[serde(rename = "m")]
    pub mime: Mime,
    /// The name of the file.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub filename: Option<Text<256>>,
    /// How many bytes it has, once that is known.
    #[serde(rename = "z", default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// Its checksum, once that is known.
    #[serde(rename = "h", default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<Sha256Hash>,
    /// Where it comes from.
    #[serde(rename = "o")]
    pub origin: Origin,
    /// What became of it.
    #[serde(rename = "s")]
    pub state: State,
}

/// Where a file comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// A person sent it.
    #[serde(rename = "r")]
    Received {
        /// The conversation.
        #[serde(rename = "c")]
        conversation: ConversationId,
        /// The message.
        #[serde(rename = "k")]
        message: MessageKey,
        /// The number it came in on.
        #[serde(rename = "n")]
        number: NumberId,
    },
    /// A colleague attached it.
    #[serde(rename = "u")]
    Uploaded {
        /// Who.
        #[serde(rename = "u")]
        by: UserId,
    },
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// A colleague is about to send it to us.
    #[serde(rename = "e")]
    Expected {
        /// Since when.
        #[serde(rename = "a")]
        since: Timestamp,
    },
    /// It could not be fetched and is tried again.
    #[serde(rename = "w")]
    Waiting {
        /// How often it was tried.
        #[serde(rename = "n")]
        attempts: u32,
        /// What stood in the way.
        #[serde(rename = "r")]
        reason: Reason,
        /// When it is tried again.
        #[serde(rename = "a")]
        next: Timestamp,
    },
    /// It is kept.
    #[serde(rename = "s")]
    Stored {
        /// Since when.
        #[serde(rename = "a")]
        at: Timestamp,
    },
    /// It is not kept, and is not tried again by itself.
    #[serde(rename = "f")]
    Failed {
        /// How often it was tried.
        #[serde(rename = "n")]
        attempts: u32,
        /// Why.
        #[serde(rename = "r")]
        reason: Reason,
        /// When it was given up.
        #[serde(rename = "a")]
        at: Timestamp,
    },
}

/// Why a file is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The provider or our own store did not answer.
    Unreachable,
    /// The provider is busy.
    Busy,
    /// The provider does not have it, or not any more.
    Gone,
    /// What arrived is not what was announced: the checksum differs.
    Altered,
    /// It has more bytes than are taken.
    TooLarge,
    /// The number's token does not work.
    NumberBroken,
    /// The provider refuses to give it.
    Refused,
    /// The content is not of the type that was announced.
    WrongContent,
    /// WhatsApp keeps files for seven days, and those are over.
    Expired,
    /// It was announced by a colleague's browser and never arrived.
    NeverArrived,
}

impl Reason {
    /// The stable name, in the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Busy => "busy",
            Self::Gone => "gone",
            Self::Altered => "altered",
            Self::TooLarge => "too_large",
            Self::NumberBroken => "number_broken",
            Self::Refused => "refused",
            Self::WrongContent => "wrong_content",
            Self::Expired => "expired",
            Self::NeverArrived => "never_arrived",
        }
    }
}

impl Media {
    /// The id of the file of a message that came in: a pure function of the message, so that a message fetched twice is one file and
    /// the message need not be written again to name it.
    #[must_use]
    pub fn received_id(conversation: ConversationId, message: MessageKey) -> MediaId {
        derived(&[b"received media", conversation.as_bytes(), message.to_string().as_bytes()])
    }

    /// How often it was tried to fetch it.
    #[must_use]
    pub const fn attempts(&self) -> u32 {
        match self.state {
            State::Expected { .. } | State::Stored { .. } => 0,
            State::Waiting { attempts, .. } | State::Failed { attempts, .. } => attempts,
        }
    }

    /// Whether it is kept and can be shown and sent.
    #[must_use]
    pub const fn is_stored(&self) -> bool {
        matches!(self.state, State::Stored { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_a_message_has_one_id_and_another_message_another() {
        let conversation = derived(&[b"v"]);
        let key = |wamid| MessageKey::received(Timestamp::from_second(1_793_500_000).unwrap(), wamid);
        assert_eq!(Media::received_id(conversation, key("wamid.1")), Media::received_id(conversation, key("wamid.1")));
        assert_ne!(Media::received_id(conversation, key("wamid.1")), Media::received_id(conversation, key("wamid.2")));
        assert_ne!(Media::received_id(conversation, key("wamid.1")), Media::received_id(derived(&[b"w"]), key("wamid.1")));
    }
}
