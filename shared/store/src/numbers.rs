//! Numbers with their credentials, which lie beside them sealed.

use domain::{
    page::{Cursor, PageSize},
    tenant::{Number, NumberId, doctor::Report},
};
use secrecy::{ExposeSecret as _, SecretString};

use crate::{
    error::StoreError,
    expression::{Change, number as numeric, text},
    row::{self, Stored as _, Versioned, from_item, to_item},
    tenant::{TenantStore, done},
};

/// The attribute of the sealed token.
const TOKEN: &str = "tk";
/// The attribute of the sealed secret by which a partner proves its webhooks.
const WEBHOOK_SECRET: &str = "ws";

/// What opens a number at its provider, and what its provider shows us.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// What we show the provider: a token, a key or a password.
    pub token: SecretString,
    /// What the provider shows us with each webhook, where it is not the platform's own app secret.
    pub webhook_secret: Option<SecretString>,
}

impl TenantStore {
    /// Writes a number that is not there yet, with its token.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is there.
    pub async fn create_number(&self, number: &Number, token: &str) -> Result<(), StoreError> {
        self.create_number_with(number, &Credentials { token: SecretString::from(token), webhook_secret: None }).await
    }

    /// Writes a number that is not there yet, with its credentials.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is there.
    pub async fn create_number_with(&self, number: &Number, credentials: &Credentials) -> Result<(), StoreError> {
        let mut item = to_item(self.scope(), number, 1)?;
        for (name, secret) in parts(credentials) {
            item.insert(name.to_owned(), text(self.sealed(&number.id, name, secret).await?));
        }
        done(&self.table().create(item).await?)
    }

    /// Writes a number over the version that was read, with new credentials. A webhook secret that is not given stays.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when somebody else wrote first.
    pub async fn update_number_with(&self, number: &Number, credentials: &Credentials, version: u64) -> Result<(), StoreError> {
        let mut change = self.body(number, version)?;
        for (name, secret) in parts(credentials) {
            change = change.set(name, text(self.sealed(&number.id, name, secret).await?));
        }
        done(&self.table().update(&Number::key(self.scope(), &number.id), change).await?)
    }

    /// Writes a number over the version that was read, and removes its credentials.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when somebody else wrote first.
    pub async fn update_number_without(&self, number: &Number, version: u64) -> Result<(), StoreError> {
        let change = self.body(number, version)?.remove(TOKEN).remove(WEBHOOK_SECRET);
        done(&self.table().update(&Number::key(self.scope(), &number.id), change).await?)
    }

    fn body(&self, number: &Number, version: u64) -> Result<Change, StoreError> {
        let set = to_item(self.scope(), number, version + 1)?.into_iter().filter(|(name, _)| !matches!(name.as_str(), "PK" | "SK"));
        let change = set.fold(Change::default(), |change, (name, value)| change.set(&name, value));
        Ok(change.bind("seen", numeric(version)).when("#v = :seen"))
    }

    async fn sealed(&self, id: &NumberId, attribute: &str, secret: &SecretString) -> Result<String, StoreError> {
        self.table().seal(self.scope(), &Number::key(self.scope(), id), attribute, secret.expose_secret()).await
    }

    /// Reads a number and opens its token; `None` for one that is not there or has been given up.
    ///
    /// # Errors
    /// [`StoreError::Sealed`] when the token does not open.
    pub async fn number_with_token(&self, id: &NumberId) -> Result<Option<(Number, SecretString)>, StoreError> {
        self.number_and(id, TOKEN).await
    }

    /// Reads a number and opens the secret by which its provider proves its webhooks; `None` when it has none.
    ///
    /// # Errors
    /// [`StoreError::Sealed`] when the secret does not open.
    pub async fn number_with_webhook_secret(&self, id: &NumberId) -> Result<Option<(Number, SecretString)>, StoreError> {
        self.number_and(id, WEBHOOK_SECRET).await
    }

    async fn number_and(&self, id: &NumberId, attribute: &str) -> Result<Option<(Number, SecretString)>, StoreError> {
        let key = Number::key(self.scope(), id);
        let Some(item) = self.table().get(&key, false).await? else {
            return Ok(None);
        };
        let number = from_item::<Number>(self.scope(), &item)?.body;
        let Some(sealed) = row::string(&item, attribute) else {
            return Ok(None);
        };
        let secret = self.table().open(self.scope(), &key, attribute, sealed).await?;
        Ok(Some((number, secret)))
    }

    /// Keeps what a check found, over what the one before did.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn keep_report(&self, report: &Report) -> Result<(), StoreError> {
        self.table().put(to_item(self.scope(), report, 1)?).await
    }

    /// All numbers of the business, in the order of their ids. Those given up are among them.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn numbers(&self) -> Result<Vec<Versioned<Number>>, StoreError> {
        let partition = self.scope().numbers();
        let mut ids = Vec::new();
        let mut cursor: Option<Cursor> = None;
        loop {
            let primary = |sort: &str| NumberId::new(sort).ok().map(|id| Number::key(self.scope(), &id));
            let page = self.index_page(&partition, PageSize::DEFAULT, cursor.as_ref(), false, primary).await?;
            ids.extend(page.items.iter().filter_map(|sort| NumberId::new(sort).ok()));
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        let keys: Vec<_> = ids.iter().map(|id| Number::key(self.scope(), id)).collect();
        let items = self.table().get_many(&keys).await?;
        let mut numbers = items.iter().map(|item| from_item::<Number>(self.scope(), item)).collect::<Result<Vec<_>, _>>()?;
        numbers.sort_by(|one, other| one.body.id.cmp(&other.body.id));
        Ok(numbers)
    }
}

fn parts(credentials: &Credentials) -> impl Iterator<Item = (&'static str, &SecretString)> {
    let secret = credentials.webhook_secret.as_ref().map(|secret| (WEBHOOK_SECRET, secret));
    std::iter::once((TOKEN, &credentials.token)).chain(secret)
}
