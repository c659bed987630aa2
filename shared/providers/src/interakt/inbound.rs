//! Interakt's webhooks in the Cloud API's words.
//!
//! Only what a customer wrote is a message: Interakt tells of what the business says too, and taking that for a customer's would
//! answer it.

use domain::{
    tenant::Number,
    time::{TimeZone, Timestamp, civil},
};
use serde_json::{Value, json};

use super::wire;
use crate::{
    signature::Verified,
    translated::{Translated, content_of, errors, saying},
    whatsapp::inbound::WebhookError,
};

/// Writes a webhook as the Cloud API would have.
///
/// # Errors
/// When it is not one of Interakt's.
pub fn translate<'a>(body: Verified<'a>, number: &Number, now: Timestamp) -> Result<Translated<'a>, WebhookError> {
    let event: wire::Event<'_> = serde_json::from_slice(body.bytes()).map_err(WebhookError::Malformed)?;
    let other = || Translated::other(&number.id, &event.kind, body.bytes());
    let Some(data) = event.data.and_then(|data| serde_json::from_str::<wire::Data<'_>>(data.get()).ok()) else {
        return other();
    };
    let told = &data.message;
    let stage = match &*event.kind {
        "message_received" if told.chat_message_type.as_deref() == Some("CustomerMessage") => {
            return match message(&event, &data, now) {
                Some(message) => {
                    let name =
                        data.customer.as_ref().and_then(|customer| customer.traits.as_ref()).and_then(|traits| traits.name.as_deref());
                    Ok(Translated::message(&number.id, &event.kind, name, &message))
                }
                None => other(),
            };
        }
        "message_api_sent" => "sent",
        "message_api_delivered" => "delivered",
        "message_api_read" => "read",
        "message_api_failed" => "failed",
        _ => return other(),
    };
    match status(&event, told, stage, now) {
        Some(status) => Ok(Translated::status(&number.id, &event.kind, &status)),
        None => other(),
    }
}

fn message(event: &wire::Event<'_>, data: &wire::Data<'_>, now: Timestamp) -> Option<Value> {
    let told = &data.message;
    let at = time(told.received_at_utc.as_deref(), event, now);
    let message = json!({ "id": told.id.as_deref()?, "from": phone(data.customer.as_ref()?)?, "timestamp": at.to_string() });
    saying(message, &content(told))
}

/// The digits of whoever wrote: whole where Interakt gives them so, else put together.
fn phone(customer: &wire::Customer<'_>) -> Option<String> {
    let whole = customer.channel_phone_number.as_deref().map(ToOwned::to_owned);
    let joined = || Some(format!("{}{}", customer.country_code.as_deref()?, customer.phone_number.as_deref()?));
    let digits: String = whole.or_else(joined)?.chars().filter(char::is_ascii_digit).collect();
    Some(digits).filter(|digits| !digits.is_empty())
}

fn content(told: &wire::Told<'_>) -> Value {
    let text = told.message.as_deref().unwrap_or_default();
    if let Some(tapped) = tapped(told, text) {
        return tapped;
    }
    let kind = told.message_content_type.as_deref().unwrap_or("Text").to_ascii_lowercase();
    match (kind.as_str(), told.media_url.as_deref()) {
        ("text", _) => json!({ "type": "text", "text": { "body": text } }),
        ("image" | "video" | "audio" | "document" | "sticker", Some(url)) => {
            let mut media = json!({ "id": told.id, "mime_type": mime(&kind), "url": url });
            if !text.is_empty() {
                media["caption"] = json!(text);
            }
            content_of(&kind, media)
        }
        // Whatever else carries words is read as what it says; the rest by its name alone.
        _ if !text.is_empty() => json!({ "type": "text", "text": { "body": text } }),
        _ => json!({ "type": kind }),
    }
}

/// A tap on a button or row: written as JSON in the message itself, or beside it, by the kind of button.
fn tapped(told: &wire::Told<'_>, text: &str) -> Option<Value> {
    let written = Some(text).filter(|text| text.trim_start().starts_with('{')).and_then(|text| serde_json::from_str::<Value>(text).ok());
    for kind in ["button_reply", "list_reply"] {
        if let Some(reply) = written.as_ref().map(|written| &written[kind]).filter(|reply| reply["id"].is_string()) {
            return Some(content_of("interactive", content_of(kind, reply.clone())));
        }
    }
    let beside = told.meta_data.as_ref().and_then(|meta| meta.button_payload.as_ref())?;
    let beside = match beside.as_str() {
        Some(raw) => serde_json::from_str(raw).ok()?,
        None => beside.clone(),
    };
    let label = beside["payload"]["text"].as_str().or_else(|| Some(text).filter(|text| !text.is_empty()))?;
    let payload = beside["payload"]["payload"].as_str().or_else(|| beside["payload"]["id"].as_str()).unwrap_or(label);
    Some(json!({ "type": "button", "button": { "payload": payload, "text": label } }))
}

fn mime(kind: &str) -> &'static str {
    match kind {
        "image" => "image/jpeg",
        "video" => "video/mp4",
        "audio" => "audio/ogg",
        "sticker" => "image/webp",
        _ => "application/octet-stream",
    }
}

fn status(event: &wire::Event<'_>, told: &wire::Told<'_>, stage: &str, now: Timestamp) -> Option<Value> {
    let told_at = match stage {
        "delivered" => told.delivered_at_utc.as_deref(),
        "read" => told.seen_at_utc.as_deref(),
        _ => None,
    };
    let mut status = json!({ "id": told.id.as_deref()?, "status": stage, "timestamp": time(told_at, event, now).to_string() });
    let callback = told.meta_data.as_ref().and_then(|meta| meta.source_data.as_ref()).and_then(|source| source.callback_data.as_deref());
    if let Some(callback) = callback {
        status["biz_opaque_callback_data"] = json!(callback);
    }
    if stage == "failed" {
        let reason = told.channel_failure_reason.as_deref().unwrap_or("Interakt could not deliver the message");
        status["errors"] = errors(told.channel_error_code.as_ref().unwrap_or(&Value::Null), reason);
    }
    Some(status)
}

/// How far India's clocks are ahead of UTC, in seconds.
const INDIA_AHEAD: i64 = 19_800;

/// Seconds since 1970: of the time told in UTC, else of the webhook's own, which is India's, else now.
fn time(utc: Option<&str>, event: &wire::Event<'_>, now: Timestamp) -> i64 {
    let zoned = |raw: &str| raw.parse::<Timestamp>().ok().map(Timestamp::as_second);
    let civil = |raw: &str| raw.parse::<civil::DateTime>().ok()?.to_zoned(TimeZone::UTC).ok().map(|at| at.timestamp().as_second());
    let told = utc.and_then(|raw| zoned(raw).or_else(|| civil(raw)));
    let own = || event.timestamp.as_deref().and_then(|raw| zoned(raw).or_else(|| civil(raw).map(|at| at - INDIA_AHEAD)));
    told.or_else(own).unwrap_or_else(|| now.as_second())
}
