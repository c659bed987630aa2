//! Numbers with their access tokens, which lie beside them sealed.

use domain::tenant::{Number, NumberId};
use secrecy::SecretString;

use crate::{
    error::StoreError,
    expression::text,
    row::{self, Stored as _, from_item, to_item},
    tenant::{TenantStore, done},
};

/// The attribute of the sealed token.
const TOKEN: &str = "tk";

impl TenantStore {
    /// Writes a number that is not there yet, with its token.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is there.
    pub async fn create_number(&self, number: &Number, token: &str) -> Result<(), StoreError> {
        let sealed = self.table().seal(self.scope(), &Number::key(self.scope(), &number.id), TOKEN, token).await?;
        let mut item = to_item(self.scope(), number, 1)?;
        item.insert(TOKEN.to_owned(), text(sealed));
        done(&self.table().create(item).await?)
    }

    /// Reads a number and opens its token.
    ///
    /// # Errors
    /// [`StoreError::Sealed`] when the token does not open.
    pub async fn number_with_token(&self, id: &NumberId) -> Result<Option<(Number, SecretString)>, StoreError> {
        let key = Number::key(self.scope(), id);
        let Some(item) = self.table().get(&key, false).await? else {
            return Ok(None);
        };
        let number = from_item::<Number>(self.scope(), &item)?.body;
        let sealed = row::string(&item, TOKEN).ok_or(StoreError::Sealed)?;
        let token = self.table().open(self.scope(), &key, TOKEN, sealed).await?;
        Ok(Some((number, token)))
    }
}
