//! WhatsApp says that a person has a new phone or a new id: the new names are added, the old ones stay.

use domain::{
    crm::{Alias, Known, NameChange, ReviewReason, Sender},
    time::{Moment, Timestamp},
};
use store::{StoreError, TenantStore};

use crate::{error::Error, identify::contest};

/// How often the person is written again because somebody else wrote it meanwhile.
const ATTEMPTS_MAX: usize = 3;

/// Adds the new names to the person, who is known by the old ones. A name that leads to somebody else is for a person to look at.
///
/// # Errors
/// When the store fails; then it is to be done again, which changes nothing that was done.
pub async fn run(
    at: &Moment,
    tenant: &TenantStore,
    known: Known,
    sender: &Sender,
    change: &NameChange,
    said_at: Timestamp,
) -> Result<(), Error> {
    let scoped = change.user_id.clone().map(Alias::BusinessScoped);
    let new: Vec<Alias> = scoped.into_iter().chain(change.phone.map(Alias::WhatsApp)).collect();
    let mut own = Vec::new();
    for alias in &new {
        let taken = tenant.add_alias(alias, known, &new).await?;
        if taken.named.known.contact == known.contact {
            own.push(alias.clone());
            tenant.note_left(alias, known.contact, false, said_at).await?;
        } else {
            contest(at, tenant, alias, &taken.named, known.contact, ReviewReason::Moved).await?;
        }
    }
    tenant.note_names(known.contact, &own).await?;
    if let Some(phone) = sender.phone {
        let old = Alias::WhatsApp(phone);
        // The account that comes next with the old phone may still be this person's, and no new owner's.
        tenant.note_beside(&old, &own).await?;
        if change.phone.is_some_and(|new| new != phone) {
            tenant.note_left(&old, known.contact, true, said_at).await?;
        }
    }
    move_phone(tenant, known, sender, change).await
}

/// Writes the new phone as the person's, if the old one still is: a notice that comes late moves nobody back.
async fn move_phone(tenant: &TenantStore, known: Known, sender: &Sender, change: &NameChange) -> Result<(), Error> {
    let Some(phone) = change.phone else { return Ok(()) };
    for _ in 0..ATTEMPTS_MAX {
        let Some(person) = tenant.person(known.contact).await? else { return Ok(()) };
        let mut contact = person.contact.body;
        if contact.phone == Some(phone) || contact.phone != sender.phone {
            return Ok(());
        }
        contact.phone = Some(phone);
        match tenant.update(&contact, person.contact.version).await {
            Ok(()) => return Ok(()),
            Err(StoreError::Conflict) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(StoreError::Conflict.into())
}
