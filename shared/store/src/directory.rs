//! What lies outside tenants because it leads to them: number → tenant, account → tenant, e-mail → user, connection → tenant.

use domain::{
    id::{TenantId, UserId},
    tenant::{EmailAddress, NumberId},
};

use crate::{
    error::StoreError,
    expression::{Change, Item, number, text},
    keys::{self, Primary},
    row,
    table::{Table, Written, key_item},
    tenant::done,
};

/// The attribute of the hour in which a number was last noted to be heard.
const HEARD: &str = "hr";

/// Reads and writes of the directory.
#[derive(Clone, Debug)]
pub struct Directory(Table);

/// Whose a number or an account is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The business.
    pub tenant: TenantId,
    /// The account of a number, where it is known: webhooks of the number come for no other.
    pub account: Option<NumberId>,
    /// The hour in which a number was last noted to be heard; zero when it was not, or when its next hearing is waited for.
    pub heard: i64,
}

/// Whom an e-mail address logs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Login {
    /// The business.
    pub tenant: TenantId,
    /// The colleague.
    pub user: UserId,
}

impl Table {
    /// The directory.
    #[must_use]
    pub fn directory(&self) -> Directory {
        Directory(self.clone())
    }
}

impl Directory {
    /// Whose number it is.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn owner_of_number(&self, id: &NumberId) -> Result<Option<Owner>, StoreError> {
        self.owner_at(&keys::number_entry(id)).await
    }

    /// Notes that a number was heard in this hour: a hint, so that it is noted once; what was heard when is the tenant's to know.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn note_heard(&self, id: &NumberId, owner: TenantId, hour: i64) -> Result<(), StoreError> {
        let change = Change::default().set(HEARD, number(hour)).bind("owner", text(owner.to_string())).when("#t = :owner");
        self.0.update(&keys::number_entry(id), change).await.map(|_| ())
    }

    /// Waits for the next hearing of a number, whatever was noted before.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn listen(&self, id: &NumberId, owner: TenantId) -> Result<(), StoreError> {
        let change = Change::default().remove(HEARD).bind("owner", text(owner.to_string())).when("#t = :owner");
        self.0.update(&keys::number_entry(id), change).await.map(|_| ())
    }

    /// Whose WhatsApp Business Account it is.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn owner_of_account(&self, id: &NumberId) -> Result<Option<Owner>, StoreError> {
        self.owner_at(&keys::account_entry(id)).await
    }

    /// The business of a live connection.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn tenant_of_connection(&self, connection: &str) -> Result<Option<TenantId>, StoreError> {
        self.tenant_at(&keys::connection_entry(connection)).await
    }

    /// The colleague of an e-mail address.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn login(&self, address: &EmailAddress) -> Result<Option<Login>, StoreError> {
        let Some(item) = self.0.get(&keys::email_entry(address), false).await? else {
            return Ok(None);
        };
        let user = row::string(&item, "u").and_then(|raw| raw.parse().ok());
        let (Some(tenant), Some(user)) = (tenant(&item), user) else {
            return Err(StoreError::corrupt("directory", "tenant or user is missing"));
        };
        Ok(Some(Login { tenant, user }))
    }

    /// Leads a number to a business. Saying it twice is no error; saying another business is.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the number leads to another business.
    pub async fn add_number(&self, id: &NumberId, tenant: TenantId) -> Result<(), StoreError> {
        self.add(&keys::number_entry(id), tenant, None).await
    }

    /// Leads a number of an account to a business; webhooks of the number that come for another account are not believed from then on.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the number leads to another business.
    pub async fn add_number_of(&self, id: &NumberId, account: &NumberId, tenant: TenantId) -> Result<(), StoreError> {
        self.add_number(id, tenant).await?;
        let change = Change::default().set("w", text(account.as_str())).bind("owner", text(tenant.to_string())).when("#t = :owner");
        done(&self.0.update(&keys::number_entry(id), change).await?)
    }

    /// Leads an account to a business.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it leads to another.
    pub async fn add_account(&self, id: &NumberId, tenant: TenantId) -> Result<(), StoreError> {
        self.add(&keys::account_entry(id), tenant, None).await
    }

    /// Leads a number to a business and says whether that is new.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the number leads to another business.
    pub async fn claim_number(&self, id: &NumberId, tenant: TenantId) -> Result<bool, StoreError> {
        self.claim(&keys::number_entry(id), tenant, None).await
    }

    /// Leads an account to a business and says whether that is new.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it leads to another.
    pub async fn claim_account(&self, id: &NumberId, tenant: TenantId) -> Result<bool, StoreError> {
        self.claim(&keys::account_entry(id), tenant, None).await
    }

    /// Leads a number nowhere, if it leads to this business.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn release_number(&self, id: &NumberId, tenant: TenantId) -> Result<(), StoreError> {
        self.0.delete_of(&keys::number_entry(id), tenant).await
    }

    /// Leads an account nowhere, if it leads to this business.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn release_account(&self, id: &NumberId, tenant: TenantId) -> Result<(), StoreError> {
        self.0.delete_of(&keys::account_entry(id), tenant).await
    }

    /// Leads an e-mail address to a colleague.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it leads to another business.
    pub async fn add_login(&self, address: &EmailAddress, login: Login) -> Result<(), StoreError> {
        self.add(&keys::email_entry(address), login.tenant, Some(login.user)).await
    }

    /// Leads a live connection to a business, until the time (seconds since 1970) when it is over at the latest.
    pub(crate) async fn add_connection(&self, connection: &str, tenant: TenantId, until: i64) -> Result<(), StoreError> {
        let mut item = entry(&keys::connection_entry(connection), tenant);
        item.insert("ttl".to_owned(), number(until));
        self.0.put(item).await
    }

    /// Forgets a live connection.
    pub(crate) async fn remove_connection(&self, connection: &str) -> Result<(), StoreError> {
        self.0.delete(&keys::connection_entry(connection)).await
    }

    async fn owner_at(&self, key: &Primary) -> Result<Option<Owner>, StoreError> {
        let Some(item) = self.0.get(key, false).await? else {
            return Ok(None);
        };
        let tenant = tenant(&item).ok_or_else(|| StoreError::corrupt("directory", "tenant is missing"))?;
        Ok(Some(Owner {
            tenant,
            account: row::string(&item, "w").and_then(|id| NumberId::new(id).ok()),
            heard: row::integer(&item, HEARD).unwrap_or(0),
        }))
    }

    async fn tenant_at(&self, key: &Primary) -> Result<Option<TenantId>, StoreError> {
        let Some(item) = self.0.get(key, false).await? else {
            return Ok(None);
        };
        tenant(&item).map(Some).ok_or_else(|| StoreError::corrupt("directory", "tenant is missing"))
    }

    async fn add(&self, key: &Primary, owner: TenantId, user: Option<UserId>) -> Result<(), StoreError> {
        self.claim(key, owner, user).await.map(|_| ())
    }

    async fn claim(&self, key: &Primary, owner: TenantId, user: Option<UserId>) -> Result<bool, StoreError> {
        let mut item = entry(key, owner);
        if let Some(user) = user {
            item.insert("u".to_owned(), text(user.to_string()));
        }
        match self.0.create(item).await? {
            Written::Refused(found) if found.as_ref().and_then(tenant) != Some(owner) => Err(StoreError::Conflict),
            Written::Done(_) => Ok(true),
            Written::Refused(_) => Ok(false),
        }
    }
}

fn entry(key: &Primary, tenant: TenantId) -> Item {
    let mut item = key_item(key);
    item.insert("k".to_owned(), text("directory"));
    item.insert("t".to_owned(), text(tenant.to_string()));
    item
}

fn tenant(item: &Item) -> Option<TenantId> {
    row::string(item, "t").and_then(|raw| raw.parse().ok())
}
