//! Message templates of an account, and how its list was last read from the provider.

use domain::{
    messaging::template::{Status, Template, TemplateAccount, TemplateKey},
    page::{Cursor, Page, PageSize},
    tenant::NumberId,
    time::Timestamp,
};

use crate::{
    error::StoreError,
    expression::{Change, number},
    keys::{Primary, Scope},
    row::{self, Stored, Versioned, from_item, to_item},
    table::{Range, Window, key_item},
    tenant::{TenantStore, done},
};

/// How long a template that is gone is still shown, in seconds: as long as Meta keeps its name from being used again.
const KEPT_SECONDS: i64 = 30 * 24 * 3600;

impl Stored for Template {
    const KIND: &'static str = "template";
    type Id = TemplateKey;
    fn id(&self) -> TemplateKey {
        self.key.clone()
    }
    fn key(scope: Scope, id: &TemplateKey) -> Primary {
        scope.template(id)
    }
}

impl Stored for TemplateAccount {
    const KIND: &'static str = "template_account";
    type Id = NumberId;
    fn id(&self) -> NumberId {
        self.account.clone()
    }
    fn key(scope: Scope, id: &NumberId) -> Primary {
        scope.template_account(id)
    }
}

impl TenantStore {
    /// A template as it is at this moment.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn template(&self, key: &TemplateKey) -> Result<Option<Versioned<Template>>, StoreError> {
        let item = self.table().get(&self.scope().template(key), true).await?;
        item.map(|item| from_item(self.scope(), &item)).transpose()
    }

    /// A page of an account's templates, by name and language.
    ///
    /// # Errors
    /// [`StoreError::Cursor`] when the cursor is none of this list.
    pub async fn templates(
        &self,
        account: &NumberId,
        size: PageSize,
        cursor: Option<&Cursor>,
    ) -> Result<Page<Versioned<Template>>, StoreError> {
        let Primary { partition, .. } = self.scope().template_account(account);
        let start = cursor.map(|Cursor(sort)| {
            if sort.starts_with("T#") {
                Ok(key_item(&Primary { partition: partition.clone(), sort: sort.clone() }))
            } else {
                Err(StoreError::Cursor)
            }
        });
        let window = Window::Prefix("T#");
        let range = Range { index: None, partition: &partition, window, newest_first: false, limit: size.get(), start: start.transpose()? };
        let (items, last) = self.table().query(range).await?;
        let items = items.iter().map(|item| from_item(self.scope(), item)).collect::<Result<_, _>>()?;
        Ok(Page { items, next: last.as_ref().and_then(|key| row::string(key, "SK")).map(|sort| Cursor(sort.to_owned())) })
    }

    /// Writes a template: over the version that was read, or where there is none. One that is gone at the provider goes by itself.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when somebody else wrote first.
    pub async fn save_template(&self, template: &Template, seen: Option<u64>, now: Timestamp) -> Result<(), StoreError> {
        let item = to_item(self.scope(), template, seen.unwrap_or(0) + 1)?;
        let set = item.into_iter().filter(|(name, _)| !matches!(name.as_str(), "PK" | "SK"));
        let change = set.fold(Change::default(), |change, (name, value)| change.set(&name, value));
        let change = if template.status.value == Status::Deleted {
            change.set("ttl", number(now.as_second() + KEPT_SECONDS))
        } else {
            change.remove("ttl")
        };
        let change = match seen {
            Some(version) => change.bind("seen", number(version)).when("#v = :seen"),
            None => change.when("attribute_not_exists(#PK)"),
        };
        done(&self.table().update(&self.scope().template(&template.key), change).await?)
    }

    /// Takes a template away that nobody but us knows.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn forget_template(&self, key: &TemplateKey) -> Result<(), StoreError> {
        self.table().delete(&self.scope().template(key)).await
    }

    /// Writes how an account's list was last read, whatever was there.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn save_template_account(&self, account: &TemplateAccount) -> Result<(), StoreError> {
        self.table().put(to_item(self.scope(), account, 1)?).await
    }
}
