//! A tenant's data: the only way to it.

use aws_sdk_dynamodb::{
    operation::transact_write_items::TransactWriteItemsError,
    types::{Put, TransactWriteItem, Update},
};
use domain::{
    id::TenantId,
    page::{Cursor, Page, PageSize},
    task::Task,
    time::Timestamp,
};

use crate::{
    due,
    error::StoreError,
    expression::{Change, Item, number},
    keys::{Primary, Scope},
    row::{Stored, Versioned, from_item, to_item},
    table::{Range, Table, Window, Written, key_item},
};

/// One tenant's data. It cannot be pointed at another tenant.
#[derive(Clone, Debug)]
pub struct TenantStore {
    table: Table,
    scope: Scope,
}

impl TenantStore {
    pub(crate) fn new(table: Table, scope: Scope) -> Self {
        Self { table, scope }
    }

    /// The tenant.
    #[must_use]
    pub fn id(&self) -> TenantId {
        self.scope.tenant()
    }

    pub(crate) fn table(&self) -> &Table {
        &self.table
    }

    pub(crate) fn scope(&self) -> Scope {
        self.scope
    }

    /// Reads a thing; the answer may be a moment old.
    ///
    /// # Errors
    /// When the store does not answer, or what lies there is not what it should be.
    pub async fn get<T: Stored>(&self, id: &T::Id) -> Result<Option<Versioned<T>>, StoreError> {
        let item = self.table.get(&T::key(self.scope, id), false).await?;
        item.map(|item| from_item(self.scope, &item)).transpose()
    }

    /// Reads many things at once, in no particular order; those that are not there are left out.
    ///
    /// # Errors
    /// When the store does not answer, or something is not what it should be.
    pub async fn get_many<T: Stored>(&self, ids: &[T::Id]) -> Result<Vec<T>, StoreError> {
        let keys: Vec<_> = ids.iter().map(|id| T::key(self.scope, id)).collect();
        let items = self.table.get_many(&keys).await?;
        items.iter().map(|item| from_item(self.scope, item).map(|read: Versioned<T>| read.body)).collect()
    }

    /// Writes a thing that is not there yet.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is.
    pub async fn create<T: Stored>(&self, body: &T) -> Result<(), StoreError> {
        done(&self.table.create(to_item(self.scope, body, 1)?).await?)
    }

    /// Writes a thing over the version that was read.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when somebody else wrote first.
    pub async fn update<T: Stored>(&self, body: &T, version: u64) -> Result<(), StoreError> {
        let item = to_item(self.scope, body, version + 1)?;
        let set = item.into_iter().filter(|(name, _)| !matches!(name.as_str(), "PK" | "SK"));
        // What lies beside the body, such as a sealed token, stays.
        let change = set.fold(Change::default(), |change, (name, value)| change.set(&name, value));
        let change = change.bind("seen", number(version)).when("#v = :seen");
        done(&self.table.update(&T::key(self.scope, &body.id()), change).await?)
    }

    /// Writes what must be there once; the answer is whether this was the first time. That it is there already is no error: a
    /// cause that comes again has been seen.
    pub(crate) async fn once(&self, item: Item) -> Result<bool, StoreError> {
        Ok(matches!(self.table.create(item).await?, Written::Done(_)))
    }

    /// Several writes that happen together or not at all.
    pub fn transact(&self) -> Transaction<'_> {
        Transaction { store: self, items: Ok(Vec::new()), announced: Vec::new() }
    }

    /// Reads a page of an index partition: the sort keys, in order.
    pub(crate) async fn index_page(
        &self,
        partition: &str,
        size: PageSize,
        cursor: Option<&Cursor>,
        newest_first: bool,
        primary_of: impl Fn(&str) -> Option<crate::keys::Primary>,
    ) -> Result<Page<String>, StoreError> {
        let start = cursor
            .map(|Cursor(sort)| {
                let mut start: Item = crate::table::key_item(&primary_of(sort).ok_or(StoreError::Cursor)?);
                start.insert("GSI1PK".to_owned(), crate::expression::text(partition));
                start.insert("GSI1SK".to_owned(), crate::expression::text(sort));
                Ok::<_, StoreError>(start)
            })
            .transpose()?;
        let range = Range { index: Some("GSI1"), partition, window: Window::All, newest_first, limit: size.get(), start };
        let (items, last) = self.table.query(range).await?;
        let sort = |item: &Item| crate::row::string(item, "GSI1SK").map(ToOwned::to_owned);
        Ok(Page { items: items.iter().filter_map(sort).collect(), next: last.as_ref().and_then(sort).map(Cursor) })
    }
}

/// Turns a refusal into a conflict.
pub(crate) fn done(written: &Written) -> Result<(), StoreError> {
    match written {
        Written::Done(_) => Ok(()),
        Written::Refused(_) => Err(StoreError::Conflict),
    }
}

/// Writes that happen together, with the tasks that follow from them.
#[must_use = "a transaction does nothing until it is committed"]
pub struct Transaction<'a> {
    store: &'a TenantStore,
    items: Result<Vec<TransactWriteItem>, StoreError>,
    announced: Vec<due::Entry>,
}

impl Transaction<'_> {
    /// Writes a thing that is not there yet.
    pub fn create<T: Stored>(self, body: &T) -> Self {
        let item = to_item(self.store.scope, body, 1);
        self.create_item(item)
    }

    /// Stores a task with the change, to be announced after it; the sweep of timers announces it if we cannot.
    pub fn announce(mut self, task: &Task, now: Timestamp) -> Self {
        match due::Entry::outbox(self.store.id(), task, now) {
            Ok(entry) => {
                let item = entry.to_item();
                self.announced.push(entry);
                self.create_item(Ok(item))
            }
            Err(error) => Self { items: Err(error), ..self },
        }
    }

    pub(crate) fn scope(&self) -> Scope {
        self.store.scope
    }

    /// Changes an item in place, under the condition of the change.
    pub(crate) fn change_item(mut self, key: &Primary, change: Result<Change, StoreError>) -> Self {
        let update = change.and_then(|change| {
            let expression = change.expression();
            Update::builder()
                .table_name(self.store.table.name())
                .set_key(Some(key_item(key)))
                .update_expression(expression)
                .set_condition_expression(change.condition)
                .set_expression_attribute_names(Some(change.names))
                .set_expression_attribute_values(Some(change.values).filter(|values| !values.is_empty()))
                .build()
                .map_err(StoreError::unavailable)
        });
        self.items = self.items.and_then(|mut items| {
            items.push(TransactWriteItem::builder().update(update?).build());
            Ok(items)
        });
        self
    }

    pub(crate) fn create_item(mut self, item: Result<Item, StoreError>) -> Self {
        let put = item.and_then(|item| {
            let put = Put::builder().table_name(self.store.table.name()).set_item(Some(item));
            put.condition_expression("attribute_not_exists(PK)").build().map_err(StoreError::unavailable)
        });
        self.items = self.items.and_then(|mut items| {
            items.push(TransactWriteItem::builder().put(put?).build());
            Ok(items)
        });
        self
    }

    /// Changes an item in place.
    pub(crate) fn update_item(mut self, key: &Primary, change: Change) -> Self {
        let expression = change.expression();
        let update = Update::builder()
            .table_name(self.store.table.name())
            .set_key(Some(crate::table::key_item(key)))
            .update_expression(expression)
            .set_condition_expression(change.condition)
            .set_expression_attribute_names(Some(change.names))
            .set_expression_attribute_values(Some(change.values).filter(|values| !values.is_empty()))
            .build()
            .map_err(StoreError::unavailable);
        self.items = self.items.and_then(|mut items| {
            items.push(TransactWriteItem::builder().update(update?).build());
            Ok(items)
        });
        self
    }

    /// Makes all the writes, and returns the outbox entries to be struck off once their tasks are announced.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when a condition did not hold, or somebody else was writing the same items.
    pub async fn commit(self) -> Result<Vec<due::Entry>, StoreError> {
        let sent = self.store.table.client().transact_write_items().set_transact_items(Some(self.items?)).send().await;
        match sent {
            Ok(_) => Ok(self.announced),
            Err(error) if error.as_service_error().is_some_and(TransactWriteItemsError::is_transaction_canceled_exception) => {
                Err(StoreError::Conflict)
            }
            Err(error) => Err(StoreError::unavailable(error)),
        }
    }
}
