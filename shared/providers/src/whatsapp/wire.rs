//! Meta's JSON, borrowed from the body where it can be. Every object ignores fields it does not know, every enum has an arm for what
//! Meta invents next, and whatever may be missing is optional.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

#[derive(Deserialize)]
pub(super) struct Envelope<'a> {
    #[serde(borrow, default)]
    pub(super) object: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) entry: &'a RawValue,
}

#[derive(Deserialize)]
pub(super) struct Entry<'a> {
    #[serde(borrow, default)]
    pub(super) id: Word<'a>,
    #[serde(borrow)]
    pub(super) changes: Option<&'a RawValue>,
    /// When it was made; absent for messages.
    #[serde(borrow, default)]
    pub(super) time: Word<'a>,
}

#[derive(Deserialize)]
pub(super) struct Change<'a> {
    #[serde(borrow, default)]
    pub(super) field: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) value: &'a RawValue,
}

/// A string or a number, as text; anything else is empty.
#[derive(Default)]
pub(super) struct Word<'a>(pub(super) Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Word<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&'de RawValue>::deserialize(deserializer)?;
        Ok(Self(super::fields::word(raw).unwrap_or_default()))
    }
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
    #[serde(borrow)]
    pub(super) pricing: Option<Pricing<'a>>,
    #[serde(borrow)]
    pub(super) conversation: Option<Conversation<'a>>,
}

#[derive(Deserialize)]
#[expect(clippy::struct_field_names, reason = "the names are the provider's")]
pub(super) struct Pricing<'a> {
    #[serde(borrow)]
    pub(super) pricing_model: Option<Cow<'a, str>>,
    #[serde(borrow, rename = "type")]
    pub(super) kind: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) category: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
pub(super) struct Conversation<'a> {
    #[serde(borrow)]
    pub(super) origin: Option<ConversationOrigin<'a>>,
    #[serde(default, deserialize_with = "some_seconds")]
    pub(super) expiration_timestamp: Option<i64>,
}

#[derive(Deserialize)]
pub(super) struct ConversationOrigin<'a> {
    #[serde(borrow, rename = "type")]
    pub(super) kind: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
pub(super) struct Error<'a> {
    #[serde(default)]
    pub(super) code: i64,
    #[serde(rename = "error_subcode")]
    pub(super) subcode: Option<i64>,
    #[serde(borrow, rename = "fbtrace_id")]
    pub(super) trace: Option<Cow<'a, str>>,
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

/// The same where it may be missing.
fn some_seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    #[derive(Deserialize)]
    struct Told(#[serde(deserialize_with = "seconds")] i64);
    Ok(Option::<Told>::deserialize(deserializer)?.map(|Told(seconds)| seconds))
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
