//! A verified webhook becomes durable: messages on their tiers, statuses on their rows, events on their queue, the rest parked. Knows no
//! business.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap, HashSet},
};

use domain::{
    class::Classify as _,
    id::TenantId,
    messaging::event::{EventBody, ProviderEvent, UnhandledKind},
    ports::TaskQueue,
    task::Task,
    tenant::NumberId,
    time::{Moment, SignedDuration, Timestamp, hour},
};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use providers::whatsapp::inbound::{About, Event, Part, Status, Webhook};
use store::{Owner, ParkedFrom, Table};

use crate::{
    enter_status,
    error::Error,
    memory::Memory,
    numbers,
    parked_events::{ACCOUNT_MISMATCH, FUTURE, UNREADABLE},
};

/// How far Meta's clock may be ahead of ours.
pub(crate) const AHEAD_MAX: SignedDuration = SignedDuration::from_hours(1);
/// How many rows are written at a time.
const WRITES_AT_ONCE: usize = 16;

/// What became of a webhook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// Parts whose number or account is known.
    pub known: usize,
    /// Parts whose number or account is not: nothing of them was stored.
    pub unknown: usize,
    /// Parts about a number that came for another account than the number's own: parked, and not believed.
    pub mismatched: usize,
    /// Messages and events put on a queue.
    pub tasks: usize,
    /// Statuses entered.
    pub statuses: usize,
    /// What was parked, by kind: nobody handles it yet, it did not read, or its message is not here.
    pub parked: BTreeMap<&'static str, usize>,
}

#[expect(clippy::large_enum_variant, reason = "most writes are statuses, and parking is rare")]
enum Write<'a> {
    Status(TenantId, NumberId, Status),
    Park(Park<'a>),
}

/// What is to be parked.
struct Park<'a> {
    tenant: TenantId,
    about: NumberId,
    kind: &'static str,
    raw: Cow<'a, str>,
    from: ParkedFrom<'a>,
}

/// What is to be done about a webhook.
#[derive(Default)]
struct Plan<'a> {
    tasks: Vec<Task>,
    /// The same message twice in one webhook is one task.
    seen: HashSet<String>,
    writes: Vec<Write<'a>>,
}

/// Makes a webhook durable. When it returns, it may be acknowledged.
///
/// # Errors
/// When anything could not be made durable: then the sender must send all of it again, which changes nothing that was stored.
pub async fn run(at: &Moment, table: &Table, memory: &Memory, queue: &dyn TaskQueue, webhook: &Webhook<'_>) -> Result<Receipt, Error> {
    let owners = owners(at, table, memory, webhook).await?;
    let mut receipt = Receipt::default();
    let mut plan = Plan::default();
    for part in &webhook.parts {
        let (Some(owner), Some(id)) = (owner(part, &owners), about(part)) else {
            receipt.unknown += 1;
            continue;
        };
        receipt.known += 1;
        if owner.account.is_some() && part.account.is_some() && owner.account != part.account {
            receipt.mismatched += 1;
            plan.park(owner.tenant, &id, ACCOUNT_MISMATCH, part.raw.into(), ParkedFrom::default());
        } else {
            plan.add(at, part, owner.tenant, &id);
        }
    }
    receipt.tasks = plan.tasks.len();
    queue.announce(&plan.tasks).await?;
    let writing: Vec<_> = plan.writes.into_iter().map(|write| write_one(at, table, write)).collect();
    let parked: Vec<Option<&str>> = stream::iter(writing).buffer_unordered(WRITES_AT_ONCE).try_collect().await?;
    for one in parked {
        match one {
            None => receipt.statuses += 1,
            Some(kind) => *receipt.parked.entry(kind).or_default() += 1,
        }
    }
    note_heard(at, table, memory, &owners).await;
    Ok(receipt)
}

/// Whose part it is. What is told to the partner who runs this program belongs to no business, and is kept apart from all.
fn owner(part: &Part<'_>, owners: &HashMap<About, Option<Owner>>) -> Option<Owner> {
    let known = owners.get(&part.about).cloned().flatten();
    known.or_else(|| part.platform.then(|| Owner { tenant: domain::id::platform(), account: None, heard: i64::MAX }))
}

fn about(part: &Part<'_>) -> Option<NumberId> {
    match &part.about {
        About::Number(id) => Some(id.clone()),
        About::Account(id) => id.clone(),
    }
}

/// Notes which numbers were heard, each once an hour. What could not be noted is noted by the next webhook.
async fn note_heard(at: &Moment, table: &Table, memory: &Memory, owners: &HashMap<About, Option<Owner>>) {
    for (about, owner) in owners {
        let (About::Number(id), Some(owner)) = (about, owner) else { continue };
        if owner.heard >= hour(at.now) {
            continue;
        }
        match numbers::hear::run(at, table, owner.tenant, id).await {
            Ok(()) => memory.owners.put((true, id.clone()), Some(Owner { heard: hour(at.now), ..owner.clone() }), at.now),
            Err(error) => tracing::warn!(code = error.code(), number = %id, "that a number was heard could not be noted"),
        }
    }
}

/// The businesses of everything the webhook is about.
async fn owners(at: &Moment, table: &Table, memory: &Memory, webhook: &Webhook<'_>) -> Result<HashMap<About, Option<Owner>>, Error> {
    let mut owners = HashMap::new();
    for part in &webhook.parts {
        let Some(id) = about(part).filter(|_| !owners.contains_key(&part.about)) else {
            continue;
        };
        let is_number = matches!(part.about, About::Number(_));
        let owner = if let Some(owner) = memory.owners.get(&(is_number, id.clone()), at.now) {
            owner
        } else {
            let directory = table.directory();
            let owner = if is_number { directory.owner_of_number(&id).await? } else { directory.owner_of_account(&id).await? };
            memory.owners.put((is_number, id), owner.clone(), at.now);
            owner
        };
        owners.insert(part.about.clone(), owner);
    }
    Ok(owners)
}

impl<'a> Plan<'a> {
    fn add(&mut self, at: &Moment, part: &'a Part<'a>, tenant: TenantId, id: &NumberId) {
        for event in &part.events {
            match event {
                // A message from the future would hold its conversation's window open until then.
                Event::Message(received) if received.at().duration_since(at.now) > AHEAD_MAX => {
                    let raw = serde_json::to_string(&received.of(tenant, id.clone())).unwrap_or_default();
                    self.park(tenant, id, FUTURE, raw.into(), ParkedFrom::default());
                }
                Event::Message(received) => {
                    self.announce(Task::InboundMessageV1(Box::new(received.of(tenant, id.clone()))));
                }
                Event::Status(status) => self.writes.push(Write::Status(tenant, id.clone(), status.clone())),
                Event::News { body, at: told_at } => self.news(at, part, tenant, id, body, *told_at),
                Event::Other(raw) => {
                    let from = ParkedFrom { field: whole(part, raw), told_at: None };
                    self.park(tenant, id, UnhandledKind::Unknown.name(), (*raw).into(), from);
                }
                Event::Unreadable(raw) => self.park(tenant, id, UNREADABLE, (*raw).into(), ParkedFrom::default()),
            }
        }
    }

    /// What nobody handles yet is parked at once; payments go the way they will go when somebody does.
    fn news(&mut self, at: &Moment, part: &'a Part<'a>, tenant: TenantId, id: &NumberId, body: &'a EventBody, told_at: Option<Timestamp>) {
        match body {
            EventBody::Unhandled(other) if other.kind != UnhandledKind::Payment => {
                let from = ParkedFrom { field: whole(part, &other.raw), told_at };
                self.park(tenant, id, other.kind.name(), other.raw.as_str().into(), from);
            }
            EventBody::Health { .. }
            | EventBody::Preference(_)
            | EventBody::Template(_)
            | EventBody::Phone(_)
            | EventBody::SavedContact(_)
            | EventBody::Unhandled(_) => {
                let event = ProviderEvent { tenant, about: id.clone(), at: told_at.unwrap_or(at.now), body: body.clone() };
                self.announce(Task::ProviderEventV1(Box::new(event)));
            }
        }
    }

    fn park(&mut self, tenant: TenantId, about: &NumberId, kind: &'static str, raw: Cow<'a, str>, from: ParkedFrom<'a>) {
        self.writes.push(Write::Park(Park { tenant, about: about.clone(), kind, raw, from }));
    }

    fn announce(&mut self, task: Task) {
        if self.seen.insert(task.deduplication_id()) {
            self.tasks.push(task);
        }
    }
}

/// The field of a part, when this is its whole value: then it can be read again.
fn whole<'a>(part: &'a Part<'_>, raw: &str) -> Option<&'a str> {
    (raw == part.raw).then_some(part.field.as_str())
}

/// Writes one thing; `None` when it was a status that found its message, else the kind that was parked.
async fn write_one(at: &Moment, table: &Table, write: Write<'_>) -> Result<Option<&'static str>, Error> {
    match write {
        Write::Status(tenant, number, status) => {
            let store = table.tenant(tenant);
            let entered = enter_status::run(at, &store, &number, status.message, &status.update).await?;
            Ok((entered == enter_status::Outcome::Kept).then_some(UnhandledKind::Status.name()))
        }
        Write::Park(Park { tenant, about, kind, raw, from }) => {
            table.tenant(tenant).park_from(&about, kind, &raw, from, at.now).await?;
            Ok(Some(kind))
        }
    }
}
