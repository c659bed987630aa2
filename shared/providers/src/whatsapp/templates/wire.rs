//! Meta's JSON of templates: one set of shapes for what is read and what is written. What Meta leaves out or adds is no error.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

/// A page of templates, each as it came: one odd template must not cost its neighbours.
#[derive(Deserialize)]
pub(super) struct Listing<'a> {
    #[serde(borrow, default)]
    pub(super) data: Vec<&'a RawValue>,
    pub(super) paging: Option<Paging>,
}

#[derive(Deserialize)]
pub(super) struct Paging {
    pub(super) cursors: Option<Cursors>,
    pub(super) next: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Cursors {
    pub(super) after: Option<String>,
}

/// What names a listed template, even if nothing else of it reads.
#[derive(Deserialize)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) language: String,
}

/// A listed template.
#[derive(Deserialize)]
pub(super) struct Item {
    #[serde(deserialize_with = "whole")]
    pub(super) id: u64,
    pub(super) name: String,
    pub(super) language: String,
    pub(super) status: String,
    pub(super) category: String,
    pub(super) sub_category: Option<String>,
    pub(super) parameter_format: Option<String>,
    #[serde(default)]
    pub(super) components: Vec<Component>,
    pub(super) quality_score: Option<QualityScore>,
    pub(super) rejected_reason: Option<String>,
    pub(super) message_send_ttl_seconds: Option<i32>,
}

#[derive(Deserialize)]
pub(super) struct QualityScore {
    #[serde(default)]
    pub(super) score: String,
}

/// What is sent to create or change a template.
#[derive(Serialize)]
pub(super) struct Submission<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) category: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sub_category: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) parameter_format: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) message_send_ttl_seconds: Option<i32>,
    pub(super) components: Vec<Component>,
}

#[derive(Default, Serialize, Deserialize)]
pub(super) struct Component {
    #[serde(rename = "type")]
    pub(super) kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) format: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) example: Option<Example>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) buttons: Option<Vec<Button>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cards: Option<Vec<Card>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) add_security_recommendation: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) code_expiration_minutes: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) limited_time_offer: Option<Offer>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Card {
    #[serde(default)]
    pub(super) components: Vec<Component>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Offer {
    #[serde(default)]
    pub(super) text: String,
    #[serde(default)]
    pub(super) has_expiration: bool,
}

#[derive(Default, Serialize, Deserialize)]
pub(super) struct Example {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) header_text: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) body_text: Option<Vec<Vec<String>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) header_text_named_params: Option<Vec<NamedExample>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) body_text_named_params: Option<Vec<NamedExample>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) header_handle: Option<Vec<String>>,
}

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct NamedExample {
    pub(super) param_name: String,
    pub(super) example: String,
}

#[derive(Default, Serialize, Deserialize)]
pub(super) struct Button {
    #[serde(rename = "type")]
    pub(super) kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) phone_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) example: Option<OneOrMany>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) otp_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) autofill_text: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) supported_apps: Vec<App>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) zero_tap_terms_accepted: Option<bool>,
    #[serde(default, deserialize_with = "digits", skip_serializing_if = "Option::is_none")]
    pub(super) flow_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) flow_action: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) navigate_screen: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct App {
    pub(super) package_name: String,
    pub(super) signature_hash: String,
}

/// Meta takes a string here for one kind of button and a list for another.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    pub(super) fn first(&self) -> Option<&str> {
        match self {
            Self::One(one) => Some(one),
            Self::Many(many) => many.first().map(String::as_str),
        }
    }
}

/// The answer to a template that was created.
#[derive(Deserialize)]
pub(super) struct Created {
    #[serde(deserialize_with = "whole")]
    pub(super) id: u64,
    #[serde(default)]
    pub(super) status: String,
    pub(super) category: Option<String>,
}

/// The answer to an upload that was begun.
#[derive(Deserialize)]
pub(super) struct Session {
    pub(super) id: String,
}

/// The answer to an upload that was made.
#[derive(Deserialize)]
pub(super) struct Uploaded {
    pub(super) h: String,
}

/// The answer that refuses something.
#[derive(Deserialize)]
pub(super) struct Refused {
    pub(super) error: Refusal,
}

#[derive(Deserialize)]
pub(super) struct Refusal {
    #[serde(default)]
    pub(super) code: i64,
    pub(super) error_subcode: Option<i64>,
    pub(super) message: Option<String>,
    pub(super) error_user_title: Option<String>,
    pub(super) error_user_msg: Option<String>,
    #[serde(default)]
    pub(super) is_transient: bool,
}

/// A webhook about a template. Fields of all four kinds, for Meta has been seen to name the field of one for another.
#[derive(Deserialize)]
#[expect(clippy::struct_field_names, reason = "the names are the provider's")]
pub(super) struct Event {
    #[serde(deserialize_with = "whole")]
    pub(super) message_template_id: u64,
    pub(super) message_template_name: String,
    pub(super) message_template_language: String,
    pub(super) message_template_category: Option<String>,
    pub(super) event: Option<String>,
    pub(super) reason: Option<String>,
    pub(super) rejection_info: Option<RejectionInfo>,
    pub(super) other_info: Option<OtherInfo>,
    pub(super) new_quality_score: Option<String>,
    pub(super) previous_quality_score: Option<String>,
    pub(super) new_category: Option<String>,
    pub(super) previous_category: Option<String>,
    pub(super) correct_category: Option<String>,
    #[serde(default, deserialize_with = "seconds")]
    pub(super) category_update_timestamp: Option<i64>,
}

#[derive(Deserialize)]
pub(super) struct RejectionInfo {
    pub(super) reason: Option<String>,
    pub(super) recommendation: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct OtherInfo {
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum NumberOrText {
    Number(u64),
    Text(String),
}

/// A whole number, which Meta writes as a number in one place and as a string in another.
fn whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    match NumberOrText::deserialize(deserializer)? {
        NumberOrText::Number(number) => Ok(number),
        NumberOrText::Text(digits) => digits.parse().map_err(serde::de::Error::custom),
    }
}

/// The digits of such a number, if there is one.
fn digits<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<NumberOrText>::deserialize(deserializer)?.map(|found| match found {
        NumberOrText::Number(number) => number.to_string(),
        NumberOrText::Text(digits) => digits,
    }))
}

/// Seconds since 1970, if there are any.
fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    Ok(digits(deserializer)?.and_then(|digits| digits.parse().ok()))
}
