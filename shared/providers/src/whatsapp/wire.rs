//! Meta's JSON, borrowed from the body where it can be. Every object ignores fields it does not know, every enum has an arm for what
//! Meta invents next, and whatever may be missing is optional.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

#[derive(Deserialize)]
pub(super) struct Envelope<'a> {
    #[serde(borrow, default)]
    pub(super) object: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) entry: Vec<Entry<'a>>,
}

#[derive(Deserialize)]
pub(super) struct Entry<'a> {
    #[serde(borrow, default)]
    pub(super) id: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) changes: Vec<Change<'a>>,
}

#[derive(Deserialize)]
pub(super) struct Change<'a> {
    #[serde(borrow, default)]
    pub(super) field: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) value: &'a RawValue,
}

#[derive(Deserialize)]
pub(super) struct Value<'a> {
    #[serde(borrow)]
    pub(super) metadata: Option<Metadata<'a>>,
    #[serde(borrow, default)]
    pub(super) contacts: Vec<Contact<'a>>,
    #[serde(borrow, default)]
    pub(super) messages: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) statuses: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
pub(super) struct Metadata<'a> {
    #[serde(borrow)]
    pub(super) phone_number_id: Cow<'a, str>,
}

#[derive(Deserialize)]
pub(super) struct Contact<'a> {
    #[serde(borrow)]
    pub(super) wa_id: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) user_id: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) profile: Option<Profile<'a>>,
}

#[derive(Deserialize)]
pub(super) struct Profile<'a> {
    #[serde(borrow)]
    pub(super) name: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
pub(super) struct Message<'a> {
    #[serde(borrow)]
    pub(super) id: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) from: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) from_user_id: Option<Cow<'a, str>>,
    #[serde(deserialize_with = "seconds")]
    pub(super) timestamp: i64,
    #[serde(borrow, rename = "type", default)]
    pub(super) kind: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) context: Option<Context<'a>>,
    #[serde(borrow)]
    pub(super) text: Option<Body<'a>>,
    #[serde(borrow)]
    pub(super) button: Option<TemplateButton<'a>>,
    #[serde(borrow)]
    pub(super) interactive: Option<Interactive<'a>>,
    #[serde(borrow)]
    pub(super) image: Option<Media<'a>>,
    #[serde(borrow)]
    pub(super) audio: Option<Media<'a>>,
    #[serde(borrow)]
    pub(super) video: Option<Media<'a>>,
    #[serde(borrow)]
    pub(super) document: Option<Media<'a>>,
    #[serde(borrow)]
    pub(super) sticker: Option<Media<'a>>,
    #[serde(borrow)]
    pub(super) location: Option<Location<'a>>,
    #[serde(borrow, default)]
    pub(super) contacts: Vec<Card<'a>>,
    #[serde(borrow)]
    pub(super) reaction: Option<Reaction<'a>>,
    #[serde(borrow)]
    pub(super) order: Option<Order<'a>>,
    #[serde(borrow)]
    pub(super) system: Option<System<'a>>,
}

#[derive(Deserialize)]
pub(super) struct Context<'a> {
    #[serde(borrow)]
    pub(super) id: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
pub(super) struct Body<'a> {
    #[serde(borrow, default)]
    pub(super) body: Cow<'a, str>,
}

#[derive(Deserialize)]
pub(super) struct TemplateButton<'a> {
    #[serde(borrow)]
    pub(super) payload: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) text: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
pub(super) struct Interactive<'a> {
    #[serde(borrow)]
    pub(super) button_reply: Option<Choice<'a>>,
    #[serde(borrow)]
    pub(super) list_reply: Option<Choice<'a>>,
}

#[derive(Deserialize)]
pub(super) struct Choice<'a> {
    #[serde(borrow, default)]
    pub(super) id: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) title: Cow<'a, str>,
}

#[derive(Deserialize)]
pub(super) struct Media<'a> {
    #[serde(borrow, default)]
    pub(super) id: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) mime_type: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) sha256: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) caption: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) filename: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
pub(super) struct Location<'a> {
    #[serde(borrow)]
    pub(super) latitude: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) longitude: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) name: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) address: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
pub(super) struct Card<'a> {
    #[serde(borrow)]
    pub(super) name: Option<CardName<'a>>,
}

#[derive(Deserialize)]
pub(super) struct CardName<'a> {
    #[serde(borrow)]
    pub(super) formatted_name: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
pub(super) struct Reaction<'a> {
    #[serde(borrow, default)]
    pub(super) message_id: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) emoji: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
pub(super) struct Order<'a> {
    #[serde(borrow)]
    pub(super) text: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    pub(super) product_items: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
pub(super) struct System<'a> {
    #[serde(borrow)]
    pub(super) body: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
pub(super) struct Status<'a> {
    #[serde(borrow)]
    pub(super) id: Cow<'a, str>,
    #[serde(borrow, rename = "status", default)]
    pub(super) stage: Cow<'a, str>,
    #[serde(deserialize_with = "seconds")]
    pub(super) timestamp: i64,
    #[serde(borrow, rename = "type")]
    pub(super) kind: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) biz_opaque_callback_data: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    pub(super) errors: Vec<Error<'a>>,
}

#[derive(Deserialize)]
pub(super) struct Error<'a> {
    #[serde(default)]
    pub(super) code: i64,
    #[serde(borrow)]
    pub(super) title: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) message: Option<Cow<'a, str>>,
    #[serde(borrow, rename = "error_data")]
    pub(super) data: Option<ErrorData<'a>>,
}

#[derive(Deserialize)]
pub(super) struct ErrorData<'a> {
    #[serde(borrow)]
    pub(super) details: Option<Cow<'a, str>>,
}

/// The answer to a message.
#[derive(Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    pub(super) messages: Vec<SentMessage>,
}

#[derive(Deserialize)]
pub(super) struct SentMessage {
    pub(super) id: String,
}

/// The answer that refuses one.
#[derive(Deserialize)]
pub(super) struct Refused<'a> {
    #[serde(borrow)]
    pub(super) error: Error<'a>,
}

/// Seconds since 1970, as a string in messages and as a number in some other places.
fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either<'a> {
        Number(i64),
        #[serde(borrow)]
        Text(Cow<'a, str>),
    }
    match Either::deserialize(deserializer)? {
        Either::Number(seconds) => Ok(seconds),
        Either::Text(digits) => digits.parse().map_err(serde::de::Error::custom),
    }
}
