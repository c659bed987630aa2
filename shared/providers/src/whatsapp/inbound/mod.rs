//! From Meta's webhook to our words. What does not read becomes [`Event::Unreadable`] and is parked by the caller: one odd message
//! must not cost its neighbours.

use std::cell::Cell;

use domain::tenant::NumberId;
use serde_json::value::RawValue;

pub use self::{
    event::{About, Event, Part, Webhook},
    message::Received,
    status::Status,
};
use self::{
    message::{Around, Contact, message},
    status::status,
};
use super::{
    fields::{self, Fields},
    wire,
};
use crate::signature::Verified;

mod cards;
mod content;
mod event;
mod form;
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
    let mut webhook = Webhook { parts: Vec::new() };
    let mut left = UPDATES_MAX;
    for entry in whole(envelope.entry.get())? {
        let entry: wire::Entry<'_> = serde_json::from_str(entry.get()).map_err(WebhookError::Malformed)?;
        for change in whole(entry.changes.map_or("[]", RawValue::get))? {
            let change: wire::Change<'_> = serde_json::from_str(change.get()).map_err(WebhookError::Malformed)?;
            let part = part(&entry, &change);
            left = left.checked_sub(part.events.len()).ok_or(WebhookError::NotOurs)?;
            webhook.parts.push(part);
        }
    }
    Ok(webhook)
}

/// The elements of a list of the envelope: as few as one webhook may hold, or it is none.
fn whole(raw: &str) -> Result<Vec<&RawValue>, WebhookError> {
    let (found, whole) = fields::list(raw, UPDATES_MAX);
    if whole { Ok(found) } else { Err(WebhookError::NotOurs) }
}

fn part<'a>(entry: &wire::Entry<'a>, change: &wire::Change<'a>) -> Part<'a> {
    let account = NumberId::new(&entry.id.0).ok();
    let field = change.field.to_string();
    let raw = change.value.get();
    let loss = Cell::new(false);
    let read = Fields::read(raw, &loss);
    let unread = |about| Part { about, account: account.clone(), field: field.clone(), events: vec![Event::Unreadable(raw)] };
    let Some(mut value) = read else {
        return unread(About::Account(account.clone()));
    };
    let number = value.object("metadata").and_then(|mut metadata| metadata.parsed("phone_number_id", |id| NumberId::new(id).ok()));
    let about = number.map_or_else(|| About::Account(account.clone()), About::Number);
    if change.field != "messages" || matches!(about, About::Account(_)) {
        return Part { about, account, field, events: vec![Event::Other(raw)] };
    }
    let around =
        Around { contacts: value.list("contacts", UPDATES_MAX).into_iter().map(Contact::read).collect(), errors: value.take("errors") };
    let (messages, statuses) = (value.list("messages", UPDATES_MAX + 1), value.list("statuses", UPDATES_MAX + 1));
    let messages = messages.into_iter().map(|raw| match message(raw, &around) {
        Some(received) => Event::Message(Box::new(received)),
        None => Event::Unreadable(raw.get()),
    });
    let mut events: Vec<Event<'_>> = messages.chain(statuses.into_iter().map(status)).collect();
    value.skip(&["messaging_product"]);
    // A value that says nothing we know, or more than that, is looked at by a person.
    if events.is_empty() || value.names().next().is_some() {
        events.push(Event::Other(raw));
    }
    Part { about, account, field, events }
}
