//! Who wrote: the person behind the names a message comes with, made when nobody is.
//!
//! A message usually costs one read here, or none: the row of a name lists the other names it has come with, so that nothing about a
//! person who writes again needs to be looked up. What leads to two people is never settled here; a person is asked.

use domain::{
    crm::{Alias, Contact, Known, Named, Review, ReviewReason, Sender, SenderRole, spellings},
    id::ContactId,
    time::Moment,
};
use store::{StoreError, TenantStore};

use crate::{error::Error, memory::Memory};

/// How often a person is looked for while others make the same one.
const ATTEMPTS_MAX: usize = 5;

/// Finds the person, or makes one. A name that is new beside one that is known is added to that person.
///
/// # Errors
/// When the store fails.
pub async fn run(at: &Moment, tenant: &TenantStore, memory: &Memory, sender: &Sender) -> Result<Known, Error> {
    let aliases: Vec<Alias> = sender.aliases().collect();
    let key = (tenant.id(), aliases);
    if let Some(known) = memory.known.get(&key, at.now) {
        return Ok(known);
    }
    let known = look_up(at, tenant, sender, &key.1).await?;
    memory.known.put(key, known, at.now);
    Ok(known)
}

async fn look_up(at: &Moment, tenant: &TenantStore, sender: &Sender, aliases: &[Alias]) -> Result<Known, Error> {
    for attempt in 0..ATTEMPTS_MAX {
        let found = find(tenant, sender, aliases, attempt > 0).await?;
        if let Some((by, named)) = found.person {
            link(at, tenant, &by, &named, aliases).await?;
            return Ok(named.known);
        }
        match create(at, tenant, sender, aliases, found.contested).await {
            Ok(known) => return Ok(known),
            // Another message of the same person was quicker, or is about to be.
            Err(Error::Store(StoreError::Conflict)) => {}
            Err(error) => return Err(error),
        }
    }
    Err(StoreError::Conflict.into())
}

struct Found {
    /// The person, and the name that led there.
    person: Option<(Alias, Named)>,
    /// A phone that is known, but came with another account of WhatsApp: it has perhaps a new owner.
    contested: Option<(Alias, Named)>,
}

/// Looks for the person under every name, the most lasting first, and then under the other spelling of the phone.
async fn find(tenant: &TenantStore, sender: &Sender, aliases: &[Alias], now: bool) -> Result<Found, StoreError> {
    let mut contested = None;
    let spelled = sender.phone.into_iter().flat_map(|phone| spellings(phone).into_iter().skip(1)).map(Alias::WhatsApp);
    for alias in aliases.iter().cloned().chain(spelled) {
        let named = if now { tenant.named_now(&alias).await? } else { tenant.named(&alias).await? };
        let Some(named) = named else { continue };
        if matches!(alias, Alias::WhatsApp(_)) && named.has_new_owner(sender) {
            if aliases.contains(&alias) {
                contested = Some((alias, named));
            }
            continue;
        }
        return Ok(Found { person: Some((alias, named)), contested });
    }
    Ok(Found { person: None, contested })
}

/// Adds the names that are new beside the one that was found.
async fn link(at: &Moment, tenant: &TenantStore, by: &Alias, named: &Named, aliases: &[Alias]) -> Result<(), Error> {
    let new: Vec<Alias> = aliases.iter().filter(|alias| *alias != by && !named.beside.contains(alias)).cloned().collect();
    let mut own = Vec::new();
    for alias in &new {
        let taken = tenant.add_alias(alias, named.known, aliases).await?;
        if taken.named.known.contact == named.known.contact {
            own.push(alias.clone());
        } else {
            contest(at, tenant, alias, &taken.named, named.known.contact, ReviewReason::TwoPeople).await?;
        }
    }
    tenant.note_names(named.known.contact, &own).await?;
    // Last, and of all of them: it says that they have been dealt with.
    tenant.note_beside(by, &new).await?;
    Ok(())
}

/// Makes a person. A contested phone stays with whoever has it.
async fn create(
    at: &Moment,
    tenant: &TenantStore,
    sender: &Sender,
    aliases: &[Alias],
    contested: Option<(Alias, Named)>,
) -> Result<Known, Error> {
    let known = Known { contact: at.ids.next(), role: SenderRole::Customer };
    let contact = Contact {
        id: known.contact,
        name: sender.name.clone(),
        phone: sender.phone,
        username: sender.username.clone(),
        locale: None,
        created_at: at.now,
    };
    let own: Vec<Alias> = aliases.iter().filter(|alias| contested.as_ref().is_none_or(|(phone, _)| phone != *alias)).cloned().collect();
    tenant.create_contact(&contact, &own, known).await?;
    if let Some((phone, named)) = contested {
        contest(at, tenant, &phone, &named, known.contact, ReviewReason::NewOwner).await?;
    }
    Ok(known)
}

/// What becomes of a name that leads to somebody else. A phone whose holder has left it, as WhatsApp said, is free for whoever it comes
/// with now; what was agreed or owed under it stays with the former holder. Everything else is for a person to decide.
pub(crate) async fn contest(
    at: &Moment,
    tenant: &TenantStore,
    alias: &Alias,
    held: &Named,
    claimant: ContactId,
    why: ReviewReason,
) -> Result<(), Error> {
    if held.left && matches!(alias, Alias::WhatsApp(_)) {
        let owner = Known { contact: claimant, role: SenderRole::Customer };
        return match tenant.transact().move_alias(alias, held.known, owner).commit().await {
            // Somebody has moved it in the meantime, or is about to: whoever reads it next sees where it leads.
            Ok(_) | Err(StoreError::Conflict) => Ok(()),
            Err(error) => Err(error.into()),
        };
    }
    tenant.open_review(&Review::open(alias.clone(), held.known.contact, claimant, why, at.now)).await?;
    Ok(())
}
