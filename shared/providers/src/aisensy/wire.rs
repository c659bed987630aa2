//! `AiSensy`'s JSON. Two forms of its webhooks have been seen, so what differs between them is looked for in both places.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::Value;

/// The answer to a message.
#[derive(Deserialize)]
pub(super) struct Answer {
    #[serde(default)]
    messages: Vec<Accepted>,
    id: Option<String>,
    #[serde(rename = "messageId")]
    message_id: Option<String>,
    pub(super) message: Option<String>,
}

#[derive(Deserialize)]
struct Accepted {
    id: String,
}

impl Answer {
    /// The id of the message, wherever it stands.
    pub(super) fn id(&self) -> Option<&str> {
        self.messages.first().map(|message| message.id.as_str()).or(self.message_id.as_deref()).or(self.id.as_deref())
    }
}

/// A webhook.
#[derive(Deserialize)]
pub(super) struct Event<'a> {
    #[serde(borrow)]
    pub(super) id: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    pub(super) topic: Cow<'a, str>,
    pub(super) created_at: Option<Value>,
    pub(super) data: Option<Value>,
}
