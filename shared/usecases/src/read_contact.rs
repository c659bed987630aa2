//! A colleague looks at a person: the names, and what the person has agreed to.

use domain::{
    access::Action,
    consent::{Entry, Standing},
    id::ContactId,
    page::{Cursor, Page, PageSize},
};
use store::{Person, TenantStore};

use crate::{authorise, error::Error, read_conversations::named, session::token::Identity};

/// How many entries an export holds at most; nobody says STOP and START a thousand times.
const EXPORT_MAX: usize = 1_000;

/// What a person has agreed to.
#[derive(Debug)]
pub struct Agreed {
    /// What it comes to.
    pub standing: Standing,
    /// The entries, what happened last first.
    pub entries: Page<Entry>,
}

/// What is kept of a person's names and permissions.
#[derive(Debug)]
pub struct Export {
    /// The person.
    pub person: Person,
    /// What all entries come to.
    pub standing: Standing,
    /// All entries, what happened last first.
    pub entries: Vec<Entry>,
}

/// A person with all names.
///
/// # Errors
/// [`Error::Forbidden`] when the role may not look, [`Error::NotFound`] when this business has no such contact.
pub async fn one(tenant: &TenantStore, identity: Identity, id: ContactId) -> Result<Person, Error> {
    authorise::role(identity, Action::ReadContacts)?;
    tenant.person(id).await?.ok_or(Error::NotFound("contact"))
}

/// What a person has agreed to, a page of the ledger with it.
///
/// # Errors
/// [`Error::Forbidden`] when the role may not look, [`Error::NotFound`] when this business has no such contact.
pub async fn consent(
    tenant: &TenantStore,
    identity: Identity,
    id: ContactId,
    size: PageSize,
    cursor: Option<&Cursor>,
) -> Result<Agreed, Error> {
    one(tenant, identity, id).await?;
    let standing = tenant.consent(id).await?;
    let entries = tenant.consent_entries(id, size, cursor).await.map_err(named)?;
    Ok(Agreed { standing, entries })
}

/// Everything that is kept of a person's names and permissions.
///
/// # Errors
/// [`Error::Forbidden`] when the role may not take it out, [`Error::NotFound`] when this business has no such contact.
pub async fn export(tenant: &TenantStore, identity: Identity, id: ContactId) -> Result<Export, Error> {
    authorise::colleague(tenant, identity, Action::ExportContacts).await?;
    let person = tenant.person(id).await?.ok_or(Error::NotFound("contact"))?;
    let standing = tenant.consent(id).await?;
    let (mut entries, mut cursor) = (Vec::new(), None);
    loop {
        let page = tenant.consent_entries(id, PageSize::MAX, cursor.as_ref()).await?;
        entries.extend(page.items);
        cursor = page.next;
        if cursor.is_none() || entries.len() >= EXPORT_MAX {
            return Ok(Export { person, standing, entries });
        }
    }
}
