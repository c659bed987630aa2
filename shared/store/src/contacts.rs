//! People and the names they are known by.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    consent::ConsentChange,
    crm::{Alias, Contact, Known},
    id::ContactId,
    messaging::key::MessageKey,
    time::Timestamp,
};

use crate::{
    error::StoreError,
    expression::{Item, number, text},
    row,
    table::{Written, key_item},
    tenant::TenantStore,
};

impl TenantStore {
    /// Whom an alias leads to.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn known(&self, alias: &Alias) -> Result<Option<Known>, StoreError> {
        self.known_at(alias, false).await
    }

    /// Whom an alias leads to at this moment, whatever was written before.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn known_now(&self, alias: &Alias) -> Result<Option<Known>, StoreError> {
        self.known_at(alias, true).await
    }

    async fn known_at(&self, alias: &Alias, consistent: bool) -> Result<Option<Known>, StoreError> {
        let item = self.table().get(&self.scope().alias(alias), consistent).await?;
        item.map(|item| self.read_alias(&item)).transpose()
    }

    /// Writes a new person with all names, together or not at all.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when one of the names leads to somebody already.
    pub async fn create_contact(&self, contact: &Contact, aliases: &[Alias], known: Known) -> Result<(), StoreError> {
        let mut transaction = self.transact().create(contact);
        for alias in aliases {
            transaction = transaction.create_item(self.alias_item(alias, known));
        }
        transaction.commit().await.map(|_| ())
    }

    /// Adds a name to a person; the answer is whom the name leads to afterwards, which is somebody else if it was taken.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn add_alias(&self, alias: &Alias, known: Known) -> Result<Known, StoreError> {
        match self.table().create(self.alias_item(alias, known)?).await? {
            Written::Done(_) => Ok(known),
            Written::Refused(Some(item)) => self.read_alias(&item),
            Written::Refused(None) => Err(StoreError::Conflict),
        }
    }

    /// Enters a change of consent in the ledger. The key is the message that caused it: entering it again changes nothing.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn record_consent(
        &self,
        contact: ContactId,
        cause: MessageKey,
        change: ConsentChange,
        wording: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let mut item = key_item(&self.scope().consent(contact, cause));
        row::stamp(&mut item, self.scope(), "consent", 1);
        item.insert("c".to_owned(), row::value("consent", &change)?);
        item.insert("w".to_owned(), text(wording));
        item.insert("at".to_owned(), number(at.as_millisecond()));
        item.insert("sr".to_owned(), text("message"));
        self.once(item).await.map(|_| ())
    }

    fn alias_item(&self, alias: &Alias, known: Known) -> Result<Item, StoreError> {
        let mut item = key_item(&self.scope().alias(alias));
        row::stamp(&mut item, self.scope(), "alias", 1);
        let body: AttributeValue = row::value("alias", &known)?;
        item.insert("b".to_owned(), body);
        Ok(item)
    }

    fn read_alias(&self, item: &Item) -> Result<Known, StoreError> {
        row::check(item, self.scope(), "alias", 1)?;
        row::body("alias", item, "b")
    }
}
