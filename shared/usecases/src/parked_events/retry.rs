//! Something that is parked is handed on again: a newer release may read it, its message may be here by now, or its cause was mended.

use std::borrow::Cow;

use domain::{
    messaging::{
        event::{EventBody, ProviderEvent, UnhandledKind},
        inbound::InboundMessage,
        status::StatusUpdate,
    },
    task::Task,
    time::Moment,
};
use providers::whatsapp::inbound::{self, Event, MESSAGES};
use serde::de::{DeserializeOwned, IgnoredAny};
use store::{Fate, Parked, ParkedEvent, TenantStore};

use super::{ACCOUNT_MISMATCH, FUTURE, TASK, UNREADABLE, refused, to_decide};
use crate::{
    dead_letters::drive,
    enter_status::{self, Outcome},
    error::Error,
    receive_webhook::AHEAD_MAX,
    session::token::Identity,
};

/// Hands it on again. What all of it was handed on of is taken off the list; the rest waits as before. Asked twice, it is applied once.
///
/// # Errors
/// [`Error::NotFound`] when this business has no such event, [`Error::Invalid`] when it was discarded or can never be handed on.
pub async fn run(at: &Moment, tenant: &TenantStore, identity: Identity, id: &str) -> Result<Parked, Error> {
    let (user, event) = to_decide(tenant, identity, id, Fate::Redriven).await?;
    if event.parked.fate == Fate::Redriven || !hand_on(at, tenant, &event).await? {
        return Ok(event.parked);
    }
    // The decision comes last: dying before it, it is handed on once more, which changes nothing.
    tenant.decide_parked(id, Fate::Redriven, user.id, at.now).await?;
    tracing::info!(event = id, kind = event.parked.kind, user = %user.id, "a parked event is applied");
    Ok(Parked { fate: Fate::Redriven, decided: Some((user.id, at.now)), ..event.parked })
}

/// Whether all of it was handed on.
async fn hand_on(at: &Moment, tenant: &TenantStore, event: &ParkedEvent) -> Result<bool, Error> {
    match event.parked.kind.as_str() {
        ACCOUNT_MISMATCH => Err(refused("came for another account than the number's own, and is not believed")),
        UNREADABLE => Err(refused("does not read: it can only be discarded")),
        TASK => {
            let task: Task = read(&event.raw)?;
            if task.tenant() != tenant.id() {
                return Err(Error::Bug("a task of another business is parked"));
            }
            drive(at, tenant, &task).await?;
            Ok(true)
        }
        FUTURE => {
            let message: InboundMessage = read(&event.raw)?;
            if message.at.duration_since(at.now) > AHEAD_MAX {
                return Ok(false);
            }
            tenant.schedule(&Task::InboundMessageV1(Box::new(message)), at.now).await?;
            Ok(true)
        }
        _ => match serde_json::from_str::<StatusUpdate>(&event.raw) {
            Ok(update) => Ok(enter_status::run(at, tenant, &event.parked.about, None, &update).await? == Outcome::Entered),
            Err(_) => read_again(at, tenant, event).await,
        },
    }
}

fn read<T: DeserializeOwned>(raw: &str) -> Result<T, Error> {
    serde_json::from_str(raw).map_err(|_| refused("was written by a newer release, or is not kept whole"))
}

/// Reads the value as a webhook is read, and hands on whatever somebody handles now.
async fn read_again(at: &Moment, tenant: &TenantStore, event: &ParkedEvent) -> Result<bool, Error> {
    let IgnoredAny = read(&event.raw)?;
    let Some((field, value)) = value(event) else {
        return Err(refused("was parked without what is needed to read it again"));
    };
    let mut whole = true;
    for found in inbound::read_value(&event.parked.about, field, &value, event.told_at) {
        whole &= hand_on_one(at, tenant, event, found).await?;
    }
    Ok(whole)
}

/// The field and its value. A status or a wish lies by itself, without the value it came in.
fn value(event: &ParkedEvent) -> Option<(&str, Cow<'_, str>)> {
    if let Some(field) = &event.field {
        return Some((field, Cow::Borrowed(&event.raw)));
    }
    let kind = event.parked.kind.as_str();
    let is = |one: UnhandledKind| kind == one.name();
    let (field, list) = if is(UnhandledKind::Payment) || is(UnhandledKind::Call) || is(UnhandledKind::Status) {
        (MESSAGES, "statuses")
    } else if is(UnhandledKind::Preference) {
        ("user_preferences", "user_preferences")
    } else {
        return None;
    };
    Some((field, Cow::Owned(format!(r#"{{"{list}":[{}]}}"#, event.raw))))
}

async fn hand_on_one(at: &Moment, tenant: &TenantStore, event: &ParkedEvent, found: Event<'_>) -> Result<bool, Error> {
    let about = &event.parked.about;
    let task = match found {
        Event::Message(received) => Task::InboundMessageV1(Box::new(received.of(tenant.id(), about.clone()))),
        Event::Status(status) => {
            return Ok(enter_status::run(at, tenant, about, status.message, &status.update).await? == Outcome::Entered);
        }
        // Nobody handles it yet.
        Event::Other(_) | Event::Unreadable(_) => return Ok(false),
        Event::News { body, .. } if matches!(*body, EventBody::Unhandled(_)) => return Ok(false),
        Event::News { body, at: told_at } => {
            let at = told_at.unwrap_or(event.told_at);
            Task::ProviderEventV1(Box::new(ProviderEvent { tenant: tenant.id(), about: about.clone(), at, body: *body }))
        }
    };
    tenant.schedule(&task, at.now).await?;
    Ok(true)
}
