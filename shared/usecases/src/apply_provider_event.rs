//! What a provider tells beside messages and statuses is applied, or parked where somebody can look at it.

use domain::{
    crm::{Contact, Sender},
    messaging::event::{EventBody, Preference, ProviderEvent, SavedContact, UnhandledKind},
    phone::Phone,
    ports::TaskQueue,
    tenant::{News, NumberHealth, NumberId},
    text::Text,
    time::{Moment, Timestamp},
};
use store::{ParkedFrom, StoreError, TenantStore};

use crate::{change_consent, error::Error, identify, keep_phone_messages, memory::Memory, templates};

/// How often a row is written again because somebody else wrote it meanwhile.
const ATTEMPTS_MAX: usize = 5;

/// What became of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// It was applied, or had been before.
    Done,
    /// Nobody handles it yet: it is kept.
    Parked(UnhandledKind),
}

/// Applies an event. Any number of times, in any order: the provider's clock decides.
///
/// # Errors
/// When the store fails; then it is to come again.
pub async fn run(
    at: &Moment,
    tenant: &TenantStore,
    queue: &dyn TaskQueue,
    memory: &Memory,
    event: &ProviderEvent,
) -> Result<Applied, Error> {
    match &event.body {
        EventBody::Health { phone, news } => note(tenant, &about(&event.about, *phone), news, event.at).await?,
        EventBody::Preference(wish) => prefer(at, tenant, memory, &event.about, wish).await?,
        EventBody::Phone(messages) => keep_phone_messages::run(at, tenant, queue, memory, &event.about, messages).await?,
        EventBody::SavedContact(saved) => name(at, tenant, memory, saved).await?,
        EventBody::Template(told) => templates::apply_event::run(at, tenant, queue, memory, told).await?,
        EventBody::Unhandled(other) => {
            let from = ParkedFrom { field: None, told_at: Some(event.at) };
            tenant.park_from(&event.about, other.kind.name(), &other.raw, from, at.now).await?;
            return Ok(Applied::Parked(other.kind));
        }
    }
    Ok(Applied::Done)
}

/// What the news are about: the number as people see it, where the provider says no more.
fn about(id: &NumberId, phone: Option<Phone>) -> NumberId {
    phone.and_then(|phone| NumberId::new(&phone.digits()).ok()).unwrap_or_else(|| id.clone())
}

/// Takes note of news of a number or an account.
pub(crate) async fn note(tenant: &TenantStore, id: &NumberId, news: &[News], at: Timestamp) -> Result<(), Error> {
    for _ in 0..ATTEMPTS_MAX {
        let read = tenant.get::<NumberHealth>(id).await?;
        let (mut health, version) = read.map_or_else(|| (NumberHealth::unknown(id.clone()), None), |read| (read.body, Some(read.version)));
        let before = health.clone();
        for news in news {
            health.note(news, at);
        }
        if version.is_some() && health == before {
            return Ok(());
        }
        let written = match version {
            Some(version) => tenant.update(&health, version).await,
            None => tenant.create(&health).await,
        };
        match written {
            Err(StoreError::Conflict) => {}
            other => return Ok(other?),
        }
    }
    Err(StoreError::Conflict.into())
}

/// A wish said in WhatsApp itself counts like a word in the chat.
async fn prefer(at: &Moment, tenant: &TenantStore, memory: &Memory, number: &NumberId, wish: &Preference) -> Result<(), Error> {
    let chosen = change_consent::Preference {
        number,
        sender: &wish.person,
        change: wish.change,
        at: wish.at,
        detail: wish.detail.as_ref().map(Text::as_str),
    };
    change_consent::by_preference(at, tenant, memory, &chosen).await
}

/// A person has the name under which the phone knows them, until the profile tells another.
async fn name(at: &Moment, tenant: &TenantStore, memory: &Memory, saved: &SavedContact) -> Result<(), Error> {
    if saved.removed {
        // Who is no longer in the book is still somebody who wrote.
        return Ok(());
    }
    let Sender { name: Some(name), .. } = &saved.person else {
        return Ok(());
    };
    let known = identify::run(at, tenant, memory, &saved.person).await?;
    for _ in 0..ATTEMPTS_MAX {
        let Some(read) = tenant.get::<Contact>(&known.contact).await? else {
            return Ok(());
        };
        if read.body.name.is_some() {
            return Ok(());
        }
        let contact = Contact { name: Some(name.clone()), ..read.body };
        match tenant.update(&contact, read.version).await {
            Err(StoreError::Conflict) => {}
            other => return Ok(other?),
        }
    }
    Err(StoreError::Conflict.into())
}
