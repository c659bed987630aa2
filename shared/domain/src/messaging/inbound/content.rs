//! What a person wrote or did.

use serde::{Deserialize, Serialize};

use super::{CallPermission, Card, Form, Order, System};
use crate::text::Text;

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
        /// The second line of a row.
        #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
        description: Option<Text<128>>,
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
        /// Whether it was recorded in the chat.
        #[serde(rename = "v", default, skip_serializing_if = "is_false")]
        voice: bool,
        /// Whether a sticker moves.
        #[serde(rename = "a", default, skip_serializing_if = "is_false")]
        animated: bool,
    },
    /// A place.
    #[serde(rename = "l")]
    Location {
        /// Latitude and longitude as Meta wrote them, in degrees.
        #[serde(rename = "g")]
        coordinates: Text<64>,
        /// The name, for places that have one.
        #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
        name: Option<Text<256>>,
        /// The address, for places that have one.
        #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
        address: Option<Text<512>>,
        /// A page about it.
        #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
        url: Option<Text<1024>>,
    },
    /// Cards of people.
    #[serde(rename = "c")]
    Contacts {
        /// The cards.
        #[serde(rename = "n")]
        cards: Vec<Card>,
        /// Whether the person answered our request for the number.
        #[serde(rename = "q", default, skip_serializing_if = "is_false")]
        requested: bool,
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
    Order(Order),
    /// A form that was filled in.
    #[serde(rename = "f")]
    Form(Form),
    /// The answer to whether we may call.
    #[serde(rename = "k")]
    CallPermission(CallPermission),
    /// A notice of WhatsApp's own: the person changed number or identity.
    #[serde(rename = "s")]
    System(System),
    /// The person changed a message.
    #[serde(rename = "e")]
    Edit {
        /// The message.
        #[serde(rename = "m")]
        wamid: Text<512>,
        /// What it says now.
        #[serde(rename = "c")]
        content: Box<Self>,
    },
    /// The person deleted a message for everybody.
    #[serde(rename = "d")]
    Revoke {
        /// The message.
        #[serde(rename = "m")]
        wamid: Text<512>,
    },
    /// The person opened the chat for the first time.
    #[serde(rename = "w")]
    Welcome,
    /// What WhatsApp's API does not hand over, such as a poll or a live location.
    #[serde(rename = "x")]
    Unsupported {
        /// Meta's name of what it is, when it says so.
        #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
        name: Option<Text<64>>,
    },
    /// A type newer than this program.
    #[serde(rename = "u")]
    Other {
        /// Meta's name of the type.
        #[serde(rename = "t")]
        name: Text<64>,
    },
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
const fn is_false(flag: &bool) -> bool {
    !*flag
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
            Self::Order(_) => "order",
            Self::Form(_) => "form_reply",
            Self::CallPermission(_) => "call_permission",
            Self::System(_) => "system",
            Self::Edit { .. } => "edit",
            Self::Revoke { .. } => "revoke",
            Self::Welcome => "welcome",
            Self::Unsupported { .. } => "unsupported",
            Self::Other { .. } => "unknown",
        }
    }

    /// The words in it, the person's own or those of what was shared; `None` when it has none. What kind of thing it is, is for
    /// the screen to say, in the language of whoever looks.
    #[must_use]
    pub fn words(&self) -> Option<String> {
        let owned = |text: &Option<Text<1024>>| text.as_ref().map(|text| text.as_str().to_owned());
        match self {
            Self::Text { body } => Some(body.as_str().to_owned()),
            Self::Tapped { title, .. } => Some(title.as_str().to_owned()),
            Self::Media { caption, filename, .. } => {
                let caption = caption.as_ref().map(Text::as_str);
                caption.or_else(|| filename.as_ref().map(Text::as_str)).map(ToOwned::to_owned)
            }
            Self::Location { name, address, .. } => {
                let parts: Vec<&str> = name.iter().map(Text::as_str).chain(address.iter().map(Text::as_str)).collect();
                Some(parts.join(", ")).filter(|words| !words.is_empty())
            }
            Self::Contacts { cards, .. } => {
                let names: Vec<&str> = cards.iter().filter_map(Card::title).collect();
                Some(names.join(", ")).filter(|words| !words.is_empty())
            }
            Self::Reaction { emoji, .. } => emoji.as_ref().map(|emoji| emoji.as_str().to_owned()),
            Self::Order(order) => owned(&order.note),
            Self::Form(form) => owned(&form.body),
            Self::System(system) => owned(&system.body),
            Self::Edit { content, .. } => content.words(),
            Self::CallPermission(_) | Self::Revoke { .. } | Self::Welcome | Self::Unsupported { .. } | Self::Other { .. } => None,
        }
    }

    /// The message it is about, for what changes another message and is none by itself.
    #[must_use]
    pub const fn target(&self) -> Option<&Text<512>> {
        match self {
            Self::Reaction { wamid, .. } | Self::Edit { wamid, .. } | Self::Revoke { wamid } => Some(wamid),
            Self::Text { .. }
            | Self::Tapped { .. }
            | Self::Media { .. }
            | Self::Location { .. }
            | Self::Contacts { .. }
            | Self::Order(_)
            | Self::Form(_)
            | Self::CallPermission(_)
            | Self::System(_)
            | Self::Welcome
            | Self::Unsupported { .. }
            | Self::Other { .. } => None,
        }
    }
}

impl Card {
    /// What to call the person of the card: the name, else the first phone.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        let name = self.name.as_ref().map(Text::as_str);
        name.or_else(|| self.phones.first().map(|phone| phone.phone.as_str()))
    }
}
