//! From Meta's webhook to our words. What does not read becomes [`Event::Unreadable`] and is parked by the caller: one odd message
//! must not cost its neighbours.

use std::cell::Cell;

use domain::{tenant::NumberId, time::Timestamp};
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
mod news;
mod phone;
mod status;

/// How many updates one webhook may hold (Meta: a thousand).
const UPDATES_MAX: usize = 1_000;

/// The field of messages and statuses.
pub const MESSAGES: &str = "messages";

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
    read_bytes(body.bytes())
}

/// Takes apart a body that was proven, or written here from one that was.
pub(crate) fn read_bytes(body: &[u8]) -> Result<Webhook<'_>, WebhookError> {
    let envelope: wire::Envelope<'_> = serde_json::from_slice(body).map_err(WebhookError::Malformed)?;
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

/// Reads once more what lies parked: the whole value of a field, as it came in a verified webhook about this number or account.
#[must_use]
pub fn read_value<'a>(about: &NumberId, field: &str, raw: &'a str, at: Timestamp) -> Vec<Event<'a>> {
    if field == MESSAGES {
        return messages(raw, place(raw).1);
    }
    news::read(Some(about), field, raw, Some(at)).events
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
    let (number, contacts) = place(raw);
    let about = number.map_or_else(|| About::Account(account.clone()), About::Number);
    if change.field == MESSAGES && matches!(about, About::Number(_)) {
        return Part { about, account, field, platform: false, events: messages(raw, contacts), raw };
    }
    let at = entry.time.0.parse().ok().and_then(|second| Timestamp::from_second(second).ok());
    let told = news::read(account.as_ref(), &field, raw, at);
    // What names another account than its envelope is about that one: the envelope is a partner's.
    let (about, account) = match told.account {
        Some(named) => (About::Account(Some(named.clone())), Some(named)),
        None => (about, account),
    };
    Part { about, account, field, platform: told.platform, events: told.events, raw }
}

/// The number a value is about, and the people it names.
fn place(raw: &str) -> (Option<NumberId>, Vec<&RawValue>) {
    let loss = Cell::new(false);
    let Some(mut value) = Fields::read(raw, &loss) else {
        return (None, Vec::new());
    };
    let number = value.object("metadata").and_then(|mut metadata| metadata.parsed("phone_number_id", |id| NumberId::new(id).ok()));
    (number, value.list("contacts", UPDATES_MAX))
}

/// Messages, statuses, and whatever else a value of messages holds.
fn messages<'a>(raw: &'a str, contacts: Vec<&'a RawValue>) -> Vec<Event<'a>> {
    let loss = Cell::new(false);
    let Some(mut value) = Fields::read(raw, &loss) else {
        return vec![Event::Unreadable(raw)];
    };
    value.skip(&["messaging_product", "metadata", "contacts"]);
    let around = Around { contacts: contacts.into_iter().map(Contact::read).collect(), errors: value.take("errors") };
    let (said, statuses) = (value.list("messages", UPDATES_MAX + 1), value.list("statuses", UPDATES_MAX + 1));
    let said = said.into_iter().map(|raw| match message(raw, &around) {
        Some(received) => Event::Message(Box::new(received)),
        None => Event::Unreadable(raw.get()),
    });
    let statuses = statuses.into_iter().map(|raw| match status(raw) {
        Event::Other(raw) => news::status(raw),
        known @ (Event::Message(_) | Event::Status(_) | Event::News { .. } | Event::Unreadable(_)) => known,
    });
    let mut events: Vec<Event<'_>> = said.chain(statuses).collect();
    let unknown = value.names().next().is_some();
    // A value that says nothing we know, or more than that, is looked at by a person.
    if events.is_empty() || unknown {
        events.push(news::left_over(raw, around.errors.is_some() && !unknown));
    }
    events
}
