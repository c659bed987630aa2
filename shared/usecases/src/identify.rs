//! Who wrote: the person behind the names a message comes with, made when nobody is.

use domain::{
    crm::{Alias, Contact, Known, Sender, SenderRole},
    time::Moment,
};
use store::{StoreError, TenantStore};

use crate::{error::Error, memory::Memory};

/// Finds the person, or makes one. A name that is new beside one that is known is added to that person.
///
/// # Errors
/// When the store fails.
pub async fn run(at: &Moment, tenant: &TenantStore, memory: &Memory, sender: &Sender) -> Result<Known, Error> {
    let aliases: Vec<Alias> = sender.aliases().collect();
    for (position, alias) in aliases.iter().enumerate() {
        if let Some(known) = look_up(at, tenant, memory, alias).await? {
            for new in &aliases[..position] {
                let owner = tenant.add_alias(new, known).await?;
                memory.known.put((tenant.id(), new.clone()), owner, at.now);
            }
            return Ok(known);
        }
    }
    let known = Known { contact: at.ids.next(), role: SenderRole::Customer };
    let contact = Contact { id: known.contact, name: sender.name.clone(), phone: sender.phone, locale: None, created_at: at.now };
    match tenant.create_contact(&contact, &aliases, known).await {
        Ok(()) => {
            remember(at, tenant, memory, &aliases, known);
            Ok(known)
        }
        // Another message of the same person was quicker: the person exists now.
        Err(StoreError::Conflict) => {
            for alias in &aliases {
                if let Some(known) = tenant.known_now(alias).await? {
                    return Ok(known);
                }
            }
            Err(StoreError::Conflict.into())
        }
        Err(error) => Err(error.into()),
    }
}

async fn look_up(at: &Moment, tenant: &TenantStore, memory: &Memory, alias: &Alias) -> Result<Option<Known>, Error> {
    let key = (tenant.id(), alias.clone());
    if let Some(known) = memory.known.get(&key, at.now) {
        return Ok(Some(known));
    }
    let known = tenant.known(alias).await?;
    if let Some(known) = known {
        memory.known.put(key, known, at.now);
    }
    Ok(known)
}

fn remember(at: &Moment, tenant: &TenantStore, memory: &Memory, aliases: &[Alias], known: Known) {
    for alias in aliases {
        memory.known.put((tenant.id(), alias.clone()), known, at.now);
    }
}
