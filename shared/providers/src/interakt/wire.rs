//! Interakt's JSON.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::{Value, value::RawValue};

/// A message to be sent.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Message {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) country_code: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) phone_number: Option<String>,
    /// Instead of the two above, where the country is not obvious from the digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) full_phone_number: Option<String>,
    pub(super) callback_data: String,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) data: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) template: Option<Value>,
}

/// The answer to one.
#[derive(Deserialize)]
pub(super) struct Answer {
    #[serde(default)]
    pub(super) result: bool,
    #[serde(default)]
    pub(super) message: String,
    pub(super) id: Option<String>,
}

/// A webhook.
#[derive(Deserialize)]
pub(super) struct Event<'a> {
    #[serde(borrow, rename = "type")]
    pub(super) kind: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) timestamp: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) data: Option<&'a RawValue>,
}

#[derive(Deserialize)]
pub(super) struct Data<'a> {
    #[serde(borrow)]
    pub(super) customer: Option<Customer<'a>>,
    #[serde(borrow)]
    pub(super) message: Told<'a>,
}

#[derive(Deserialize)]
pub(super) struct Customer<'a> {
    #[serde(borrow)]
    pub(super) channel_phone_number: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) phone_number: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) country_code: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) traits: Option<Traits<'a>>,
}

#[derive(Deserialize)]
pub(super) struct Traits<'a> {
    #[serde(borrow)]
    pub(super) name: Option<Cow<'a, str>>,
}

/// A message Interakt tells of: somebody's, or one of ours.
#[derive(Deserialize)]
pub(super) struct Told<'a> {
    #[serde(borrow)]
    pub(super) id: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) chat_message_type: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) message_content_type: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) message: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) media_url: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) received_at_utc: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) delivered_at_utc: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) seen_at_utc: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) channel_failure_reason: Option<Cow<'a, str>>,
    /// A number or a string, as it happens.
    pub(super) channel_error_code: Option<Value>,
    pub(super) meta_data: Option<MetaData>,
}

#[derive(Deserialize)]
pub(super) struct MetaData {
    pub(super) source_data: Option<SourceData>,
    /// A button's payload: an object, or one written as a string.
    pub(super) button_payload: Option<Value>,
}

#[derive(Deserialize)]
pub(super) struct SourceData {
    pub(super) callback_data: Option<String>,
}
