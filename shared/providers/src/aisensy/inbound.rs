//! `AiSensy`'s webhooks in the Cloud API's words.
//!
//! What the business says itself comes back too: by its API, which we know already, and by its people, which nothing reads yet.

use std::fmt::Write as _;

use domain::{id::digest, tenant::Number, time::Timestamp};
use serde_json::{Value, json};

use super::wire;
use crate::{
    signature::Verified,
    translated::{Translated, content_of, errors, saying},
    whatsapp::inbound::WebhookError,
};

/// Above this a whole number counts milliseconds: as seconds it would lie in the year 5138.
const SECONDS_MAX: i64 = 100_000_000_000;

/// Writes a webhook as the Cloud API would have.
///
/// # Errors
/// When it is not one of `AiSensy`'s.
pub fn translate<'a>(body: Verified<'a>, number: &Number, now: Timestamp) -> Result<Translated<'a>, WebhookError> {
    let event: wire::Event<'_> = serde_json::from_slice(body.bytes()).map_err(WebhookError::Malformed)?;
    let other = || Translated::other(&number.id, &event.topic, body.bytes());
    let Some(data) = &event.data else { return other() };
    // One form has the message in a field of its own, the other is the message.
    let told = if data["message"].is_object() { &data["message"] } else { data };
    match &*event.topic {
        "message.sender.user" | "message.created" => match told["sender"].as_str() {
            Some("USER") => match message(&event, told, body.bytes(), now) {
                Some(message) => Ok(Translated::message(&number.id, &event.topic, name(data, told), &message)),
                None => other(),
            },
            Some("API") => Ok(Translated::echo(&number.id, &event.topic)),
            Some(_) | None => other(),
        },
        "message.status.updated" => match status(&event, told, now) {
            Some(status) => Ok(Translated::status(&number.id, &event.topic, &status)),
            None => other(),
        },
        _ => other(),
    }
}

fn name<'v>(data: &'v Value, told: &'v Value) -> Option<&'v str> {
    let places = [&told["userName"], &told["user_name"], &data["contact"]["name"], &data["userName"]];
    places.into_iter().find_map(Value::as_str)
}

fn message(event: &wire::Event<'_>, told: &Value, raw: &[u8], now: Timestamp) -> Option<Value> {
    let from: String = told["phone_number"].as_str()?.chars().filter(char::is_ascii_digit).collect();
    // Without an id of its own a message is known by its bytes, which are the same when it is told again.
    let id = id(event, told).unwrap_or_else(|| {
        digest(&[raw]).iter().fold("body.".to_owned(), |mut id, byte| {
            let _ = write!(id, "{byte:02x}");
            id
        })
    });
    let message = json!({ "id": id, "from": from, "timestamp": time(event, told, now).to_string() });
    saying(message, &content(told, &id))
}

fn id(event: &wire::Event<'_>, told: &Value) -> Option<String> {
    let own = ["messageId", "message_id", "id", "_id"].iter().find_map(|name| told[*name].as_str()).map(ToOwned::to_owned);
    own.or_else(|| event.id.as_deref().map(ToOwned::to_owned))
}

fn content(told: &Value, id: &str) -> Value {
    let said = &told["message_content"];
    let kind = told["message_type"].as_str().unwrap_or_default().to_ascii_lowercase();
    match kind.as_str() {
        "text" => json!({ "type": "text", "text": { "body": said["text"] } }),
        "image" | "video" | "audio" | "voice" | "document" | "file" | "sticker" => {
            let kind = match kind.as_str() {
                "file" => "document",
                "voice" => "audio",
                kind => kind,
            };
            let mut media =
                json!({ "id": id, "mime_type": said["mime_type"].as_str().unwrap_or("application/octet-stream"), "url": said["url"] });
            for name in ["caption", "filename"] {
                if said[name].is_string() {
                    media[name] = said[name].clone();
                }
            }
            content_of(kind, media)
        }
        "interactive" if said["type"].is_string() => json!({ "type": "interactive", "interactive": said }),
        "button" | "quick_reply" => {
            let label = said["text"].as_str().unwrap_or_default();
            json!({ "type": "button", "button": { "payload": said["payload"].as_str().unwrap_or(label), "text": label } })
        }
        "location" => json!({ "type": "location", "location": said }),
        _ => json!({ "type": kind }),
    }
}

fn status(event: &wire::Event<'_>, told: &Value, now: Timestamp) -> Option<Value> {
    let stage = told["status"].as_str()?.to_ascii_lowercase();
    if !["sent", "delivered", "read", "played", "failed"].contains(&stage.as_str()) {
        return None;
    }
    let mut status = json!({ "id": id(event, told)?, "status": stage, "timestamp": time(event, told, now).to_string() });
    if stage == "failed" {
        let reason = &told["failure_response"];
        let title = ["reason", "title", "message"].iter().find_map(|name| reason[*name].as_str());
        status["errors"] = errors(&reason["code"], title.unwrap_or("AiSensy could not deliver the message"));
    }
    Some(status)
}

/// Seconds since 1970: of the time told with the message, in whichever of its forms, else now.
fn time(event: &wire::Event<'_>, told: &Value, now: Timestamp) -> i64 {
    let stage = told["status"].as_str().unwrap_or_default().to_ascii_lowercase();
    let of_stage = told[format!("{stage}_at").as_str()].clone();
    let places = [&of_stage, &told["sent_at"], &told["created_at"], &told["timestamp"]];
    let own = places.into_iter().find_map(seconds);
    own.or_else(|| event.created_at.as_ref().and_then(seconds)).unwrap_or_else(|| now.as_second())
}

fn seconds(value: &Value) -> Option<i64> {
    let count = value.as_i64().or_else(|| value.as_str()?.parse().ok());
    let scaled = count.map(|count| if count > SECONDS_MAX { count / 1_000 } else { count });
    scaled.or_else(|| value.as_str()?.parse::<Timestamp>().ok().map(Timestamp::as_second))
}
