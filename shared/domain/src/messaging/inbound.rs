//! What comes in: every type of WhatsApp message, in our words, with an arm for what Meta invents next.

use serde::{Deserialize, Serialize};

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
            InboundContent::Order { .. } => Tier::P1,
            InboundContent::Tapped { id, .. } if id.as_str().starts_with("p1:") => Tier::P1,
            InboundContent::Text { .. }
            | InboundContent::Tapped { .. }
            | InboundContent::Media { .. }
            | InboundContent::Location { .. }
            | InboundContent::Contacts { .. }
            | InboundContent::Reaction { .. }
            | InboundContent::System { .. }
            | InboundContent::Other { .. } => Tier::P2,
        }
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

/// What a person wrote or did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "y")]
pub enum InboundContent {
    /// Text.
    #[serde(rename = "t")]
    Text {
        /// What was written, cut at 4096 characters (Meta's own limit).
        #[serde(rename = "b")]
        body: Text<4096>,
    },
    /// A tap on a button or list row of ours, or on a quick reply of a template.
    #[serde(rename = "p")]
    Tapped {
        /// The id we gave the button or row.
        #[serde(rename = "i")]
        id: Text<256>,
        /// What stood on it.
        #[serde(rename = "n")]
        title: Text<256>,
        /// Which kind of thing was tapped.
        #[serde(rename = "w")]
        what: Tapped,
    },
    /// An image, a recording, a video, a document or a sticker.
    #[serde(rename = "m")]
    Media {
        /// Which of them.
        #[serde(rename = "k")]
        kind: MediaKind,
        /// Meta's id, good for seven days.
        #[serde(rename = "i")]
        id: Text<256>,
        /// The MIME type with its parameters.
        #[serde(rename = "m")]
        mime_type: Text<128>,
        /// SHA-256 in base64, as the webhook gives it.
        #[serde(rename = "h", default, skip_serializing_if = "Option::is_none")]
        sha256: Option<Text<64>>,
        /// What was written under it.
        #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
        caption: Option<Text<4096>>,
        /// The name of the file.
        #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
        filename: Option<Text<256>>,
    },
    /// A place.
    #[serde(rename = "l")]
    Location {
        /// Latitude and longitude as Meta wrote them, in degrees.
        #[serde(rename = "g")]
        coordinates: Text<64>,
        /// Name and address, for places that have one.
        #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
        name: Option<Text<256>>,
    },
    /// Cards of people.
    #[serde(rename = "c")]
    Contacts {
        /// Their names.
        #[serde(rename = "n")]
        names: Vec<Text<128>>,
    },
    /// An emoji put on a message, or taken back.
    #[serde(rename = "r")]
    Reaction {
        /// The message.
        #[serde(rename = "m")]
        wamid: Text<512>,
        /// The emoji; absent when taken back.
        #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
        emoji: Option<Text<16>>,
    },
    /// A cart sent from the catalogue.
    #[serde(rename = "o")]
    Order {
        /// How many lines it has.
        #[serde(rename = "l")]
        lines: u32,
        /// What was written with it.
        #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
        note: Option<Text<1024>>,
    },
    /// A notice of WhatsApp's own: the person changed number or identity.
    #[serde(rename = "s")]
    System {
        /// Meta's wording.
        #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
        body: Option<Text<1024>>,
    },
    /// A type we do not read: unsupported by WhatsApp's API, or newer than this program.
    #[serde(rename = "u")]
    Other {
        /// Meta's name of the type.
        #[serde(rename = "t")]
        name: Text<64>,
    },
}

/// What was tapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tapped {
    /// A reply button, or a quick reply of a template.
    #[serde(rename = "b")]
    Button,
    /// A row of a list.
    #[serde(rename = "r")]
    Row,
}

/// The kinds of media.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaKind {
    /// A picture.
    Image,
    /// A sound file or a voice note.
    Audio,
    /// A film.
    Video,
    /// A file.
    Document,
    /// A sticker.
    Sticker,
}

impl MediaKind {
    /// The name Meta and the API give it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Audio => "audio",
            Self::Video => "video",
            Self::Document => "document",
            Self::Sticker => "sticker",
        }
    }
}

impl InboundContent {
    /// The name of its kind in the API.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Tapped { what: Tapped::Button, .. } => "button_reply",
            Self::Tapped { what: Tapped::Row, .. } => "list_reply",
            Self::Media { kind, .. } => kind.name(),
            Self::Location { .. } => "location",
            Self::Contacts { .. } => "contacts",
            Self::Reaction { .. } => "reaction",
            Self::Order { .. } => "order",
            Self::System { .. } => "system",
            Self::Other { .. } => "unknown",
        }
    }

    /// What to show of it, in words.
    #[must_use]
    pub fn in_words(&self) -> String {
        let or = |text: Option<&str>, otherwise: &str| text.unwrap_or(otherwise).to_owned();
        match self {
            Self::Text { body } => body.as_str().to_owned(),
            Self::Tapped { title, .. } => title.as_str().to_owned(),
            Self::Media { kind, caption, filename, .. } => {
                let name = caption.as_ref().map(Text::as_str).or_else(|| filename.as_ref().map(Text::as_str));
                or(name, &format!("Sent: {}", kind.name()))
            }
            Self::Location { name, .. } => or(name.as_ref().map(Text::as_str), "Shared a location"),
            Self::Contacts { names } => {
                let names: Vec<&str> = names.iter().map(Text::as_str).collect();
                format!("Shared a contact: {}", names.join(", "))
            }
            Self::Reaction { emoji: Some(emoji), .. } => format!("Reacted {emoji}"),
            Self::Reaction { emoji: None, .. } => "Took a reaction back".to_owned(),
            Self::Order { lines, .. } => format!("Sent a cart of {lines} items"),
            Self::System { body } => or(body.as_ref().map(Text::as_str), "WhatsApp notice"),
            Self::Other { name } => format!("Sent something this screen cannot show ({name})"),
        }
    }
}
