//! A verified webhook becomes durable: messages on their tiers, statuses on their rows, the rest parked. Knows no business.

use std::{borrow::Cow, collections::HashMap};

use domain::{
    id::TenantId,
    ports::TaskQueue,
    task::Task,
    tenant::NumberId,
    time::{Moment, SignedDuration},
};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use providers::whatsapp::inbound::{About, Event, Part, Status, Webhook};
use store::Table;

use crate::{error::Error, memory::Memory};

/// How far Meta's clock may be ahead of ours.
const AHEAD_MAX: SignedDuration = SignedDuration::from_hours(1);
/// How many rows are written at a time.
const WRITES_AT_ONCE: usize = 16;

/// What became of a webhook.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// Parts whose number or account is known.
    pub known: usize,
    /// Parts whose number or account is not: nothing of them was stored.
    pub unknown: usize,
    /// Messages put on a queue.
    pub messages: usize,
    /// Statuses entered.
    pub statuses: usize,
    /// Events parked, because nothing handles them yet, they did not read, or their message is not here.
    pub parked: usize,
}

enum Write<'a> {
    Status(TenantId, NumberId, Status),
    Park(TenantId, NumberId, &'a str, Cow<'a, str>),
}

/// Makes a webhook durable. When it returns, it may be acknowledged.
///
/// # Errors
/// When anything could not be made durable: then the sender must send all of it again, which changes nothing that was stored.
pub async fn run(at: &Moment, table: &Table, memory: &Memory, queue: &dyn TaskQueue, webhook: &Webhook<'_>) -> Result<Receipt, Error> {
    let owners = owners(at, table, memory, webhook).await?;
    let mut receipt = Receipt::default();
    let (mut tasks, mut writes) = (Vec::new(), Vec::new());
    for part in &webhook.parts {
        let Some(tenant) = owners.get(&part.about).copied().flatten() else {
            receipt.unknown += 1;
            continue;
        };
        receipt.known += 1;
        sort(at, part, tenant, &mut tasks, &mut writes);
    }
    receipt.messages = tasks.len();
    queue.announce(&tasks).await?;
    let writing: Vec<_> = writes.into_iter().map(|write| write_one(at, table, write)).collect();
    let written: Vec<Receipt> = stream::iter(writing).buffer_unordered(WRITES_AT_ONCE).try_collect().await?;
    for one in written {
        receipt.statuses += one.statuses;
        receipt.parked += one.parked;
    }
    Ok(receipt)
}

/// The businesses of everything the webhook is about.
async fn owners(at: &Moment, table: &Table, memory: &Memory, webhook: &Webhook<'_>) -> Result<HashMap<About, Option<TenantId>>, Error> {
    let mut owners = HashMap::new();
    for part in &webhook.parts {
        if owners.contains_key(&part.about) {
            continue;
        }
        let (is_number, id) = match &part.about {
            About::Number(id) => (true, id.clone()),
            About::Account(Some(id)) => (false, id.clone()),
            About::Account(None) => {
                owners.insert(part.about.clone(), None);
                continue;
            }
        };
        let owner = if let Some(owner) = memory.owners.get(&(is_number, id.clone()), at.now) {
            owner
        } else {
            let directory = table.directory();
            let owner = if is_number { directory.tenant_of_number(&id).await? } else { directory.tenant_of_account(&id).await? };
            memory.owners.put((is_number, id), owner, at.now);
            owner
        };
        owners.insert(part.about.clone(), owner);
    }
    Ok(owners)
}

fn sort<'a>(at: &Moment, part: &'a Part<'a>, tenant: TenantId, tasks: &mut Vec<Task>, writes: &mut Vec<Write<'a>>) {
    let (About::Number(id) | About::Account(Some(id))) = &part.about else {
        return;
    };
    for event in &part.events {
        match event {
            // A message from the future would hold its conversation's window open until then.
            Event::Message(received) if received.at().duration_since(at.now) > AHEAD_MAX => {
                let message = received.of(tenant, id.clone());
                let raw = serde_json::to_string(&message).unwrap_or_default();
                writes.push(Write::Park(tenant, id.clone(), &part.field, raw.into()));
            }
            Event::Message(received) => {
                let message = received.of(tenant, id.clone());
                tasks.push(Task::InboundMessageV1(Box::new(message)));
            }
            Event::Status(status) => writes.push(Write::Status(tenant, id.clone(), status.clone())),
            Event::Other(raw) | Event::Unreadable(raw) => writes.push(Write::Park(tenant, id.clone(), &part.field, Cow::Borrowed(raw))),
        }
    }
}

async fn write_one(at: &Moment, table: &Table, write: Write<'_>) -> Result<Receipt, Error> {
    match write {
        Write::Status(tenant, number, status) => {
            let store = table.tenant(tenant);
            if let Some(message) = status.message.filter(|place| place.message.is_ours())
                && store.record_status(message, &status.update).await?
            {
                return Ok(Receipt { statuses: 1, ..Receipt::default() });
            }
            let what = format!("status {:?} {}", status.update.stage, status.update.wamid);
            store.park(&number, "status", &what, at.now).await?;
        }
        Write::Park(tenant, number, field, raw) => {
            table.tenant(tenant).park(&number, field, &raw, at.now).await?;
        }
    }
    Ok(Receipt { parked: 1, ..Receipt::default() })
}
