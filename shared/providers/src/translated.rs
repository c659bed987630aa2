//! What a partner's webhook says, written as the Cloud API would have written it, so that one reader reads them all.

use domain::tenant::NumberId;
use serde_json::{Value, json};

use crate::whatsapp::inbound::{self, About, Event, Part, Webhook, WebhookError};

/// Meta's code for an unknown error.
const UNKNOWN: i64 = 131_000;

/// What a message says, under the name of its kind.
pub(crate) fn content_of(kind: &str, said: Value) -> Value {
    let mut content = json!({ "type": kind });
    content[kind] = said;
    content
}

/// A message with what it says.
pub(crate) fn saying(mut message: Value, content: &Value) -> Option<Value> {
    for (key, value) in content.as_object()? {
        message[key] = value.clone();
    }
    Some(message)
}

/// Why a message failed. Partners write Meta's code as a number or a string, as it happens, or not at all.
pub(crate) fn errors(code: &Value, title: &str) -> Value {
    let code = code.as_i64().or_else(|| code.as_str()?.parse().ok());
    json!([{ "code": code.unwrap_or(UNKNOWN), "title": title }])
}

/// One webhook of a partner, in the Cloud API's words.
pub struct Translated<'a> {
    number: NumberId,
    field: String,
    said: Said<'a>,
}

enum Said<'a> {
    /// A message or a status: an envelope as the Cloud API sends it.
    Envelope(Vec<u8>),
    /// What nothing reads yet, as it came.
    Other(&'a str),
    /// Something we said ourselves and know already.
    Echo,
}

impl<'a> Translated<'a> {
    /// A message somebody wrote.
    pub(crate) fn message(number: &NumberId, field: &str, name: Option<&str>, message: &Value) -> Self {
        let contact = json!({ "profile": name.map(|name| json!({ "name": name })), "wa_id": message["from"] });
        Self::envelope(number, field, &json!({ "contacts": [contact], "messages": [message] }))
    }

    /// What became of a message of ours.
    pub(crate) fn status(number: &NumberId, field: &str, status: &Value) -> Self {
        Self::envelope(number, field, &json!({ "statuses": [status] }))
    }

    /// What nothing reads yet.
    pub(crate) fn other(number: &NumberId, field: &str, raw: &'a [u8]) -> Result<Self, WebhookError> {
        let raw = std::str::from_utf8(raw).map_err(|_| WebhookError::NotOurs)?;
        Ok(Self { number: number.clone(), field: field.to_owned(), said: Said::Other(raw) })
    }

    /// What we said ourselves.
    pub(crate) fn echo(number: &NumberId, field: &str) -> Self {
        Self { number: number.clone(), field: field.to_owned(), said: Said::Echo }
    }

    fn envelope(number: &NumberId, field: &str, value: &Value) -> Self {
        let mut value = value.clone();
        value["messaging_product"] = json!("whatsapp");
        value["metadata"] = json!({ "phone_number_id": number.as_str() });
        let envelope = json!({
            "object": "whatsapp_business_account",
            "entry": [{ "id": number.as_str(), "changes": [{ "field": "messages", "value": value }] }],
        });
        let said = Said::Envelope(envelope.to_string().into_bytes());
        Self { number: number.clone(), field: field.to_owned(), said }
    }

    /// The webhook.
    ///
    /// # Errors
    /// When what it says does not read.
    pub fn read(&self) -> Result<Webhook<'_>, WebhookError> {
        let (events, raw) = match &self.said {
            Said::Envelope(bytes) => return inbound::read_bytes(bytes),
            Said::Other(raw) => (vec![Event::Other(raw)], *raw),
            Said::Echo => (Vec::new(), ""),
        };
        Ok(Webhook {
            parts: vec![Part {
                about: About::Number(self.number.clone()),
                account: None,
                field: self.field.clone(),
                platform: false,
                events,
                raw,
            }],
        })
    }
}
