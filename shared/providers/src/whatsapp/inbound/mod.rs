//! From Meta's webhook to our words. What does not read becomes [`Event::Unreadable`] and is parked by the caller: one odd message
//! must not cost its neighbours.

use domain::tenant::NumberId;

pub use self::{
    event::{About, Event, Part, Webhook},
    message::Received,
    status::Status,
};
use self::{message::message, status::status};
use super::wire;
use crate::signature::Verified;

mod event;
mod message;
mod status;

/// How many updates one webhook may hold (Meta: a thousand).
const UPDATES_MAX: usize = 1_000;

/// Why a verified body is no webhook.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// It is not JSON of the right shape.
    #[error("the body is not a WhatsApp webhook")]
    Malformed(#[source] serde_json::Error),
    /// It is about something else, or holds more than Meta ever sends.
    #[error("the body is not a WhatsApp webhook of at most {UPDATES_MAX} updates")]
    NotOurs,
}

/// Takes a verified body apart.
///
/// # Errors
/// When it is not a WhatsApp webhook at all.
pub fn read(body: Verified<'_>) -> Result<Webhook<'_>, WebhookError> {
    let envelope: wire::Envelope<'_> = serde_json::from_slice(body.bytes()).map_err(WebhookError::Malformed)?;
    if envelope.object != "whatsapp_business_account" {
        return Err(WebhookError::NotOurs);
    }
    let mut parts = Vec::new();
    let mut updates = 0;
    for entry in &envelope.entry {
        for change in &entry.changes {
            if let Some(part) = part(&entry.id, change)? {
                updates += part.events.len();
                parts.push(part);
            }
            if updates > UPDATES_MAX {
                return Err(WebhookError::NotOurs);
            }
        }
    }
    Ok(Webhook { parts })
}

fn part<'a>(account: &str, change: &wire::Change<'a>) -> Result<Option<Part<'a>>, WebhookError> {
    let field = change.field.to_string();
    if change.field != "messages" {
        let about = NumberId::new(account).ok().map(About::Account);
        return Ok(about.map(|about| Part { about, field, events: vec![Event::Other(change.value.get())] }));
    }
    let value: wire::Value<'_> = serde_json::from_str(change.value.get()).map_err(WebhookError::Malformed)?;
    let number = value.metadata.as_ref().and_then(|metadata| NumberId::new(&metadata.phone_number_id).ok());
    let Some(number) = number else {
        return Ok(None);
    };
    let messages = value.messages.iter().map(|raw| match message(raw, &value.contacts) {
        Some(received) => Event::Message(Box::new(received)),
        None => Event::Unreadable(raw.get()),
    });
    let statuses = value.statuses.iter().map(|raw| status(raw));
    let mut events: Vec<Event<'_>> = messages.chain(statuses).collect();
    if events.is_empty() {
        events.push(Event::Other(change.value.get()));
    }
    Ok(Some(Part { about: About::Number(number), field, events }))
}
