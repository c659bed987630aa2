//! The table: the one place that calls DynamoDB.

use aws_sdk_dynamodb::{
    Client,
    error::{ProvideErrorMetadata, SdkError},
    operation::{
        delete_item::DeleteItemError,
        put_item::PutItemError,
        update_item::{UpdateItemError, builders::UpdateItemFluentBuilder},
    },
    types::{AttributeValue, KeysAndAttributes, ReturnValue, ReturnValuesOnConditionCheckFailure},
};
use domain::id::TenantId;

use crate::{
    error::StoreError,
    expression::{Change, Item, names, text},
    keys::{Primary, Scope},
    seal::Keyring,
    tenant::TenantStore,
};

/// How many items one batch read may ask for (DynamoDB).
const BATCH_READ_MAX: usize = 100;
/// How often what a batch left unread is asked for again.
const BATCH_ATTEMPTS: usize = 5;

/// The one table.
#[derive(Clone, Debug)]
pub struct Table {
    client: Client,
    name: String,
    keyring: Keyring,
}

/// What became of a conditional write.
#[derive(Debug)]
pub(crate) enum Written {
    /// Done; with the item afterwards when that was asked for.
    Done(Option<Item>),
    /// The condition did not hold; with the item as it is, unless there is none.
    Refused(Option<Item>),
}

/// Which sort keys of a partition to read.
#[derive(Clone, Copy)]
pub(crate) enum Window<'a> {
    /// All of them.
    All,
    /// Those that begin so.
    Prefix(&'a str),
    /// Those before this one.
    Before(&'a str),
}

/// Which part of a partition to read.
pub(crate) struct Range<'a> {
    pub(crate) index: Option<&'static str>,
    pub(crate) partition: &'a str,
    pub(crate) window: Window<'a>,
    pub(crate) newest_first: bool,
    pub(crate) limit: usize,
    pub(crate) start: Option<Item>,
}

impl Table {
    /// The table of this name, and the ring of tenants' keys for what is sealed in it.
    #[must_use]
    pub fn new(client: Client, name: String, keyring: Keyring) -> Self {
        Self { client, name, keyring }
    }

    /// The data of one tenant. Where the id may come from: a verified token, the directory behind a verified webhook, or a queue.
    #[must_use]
    pub fn tenant(&self, id: TenantId) -> TenantStore {
        TenantStore::new(self.clone(), Scope::of(id))
    }

    pub(crate) fn keyring(&self) -> &Keyring {
        &self.keyring
    }

    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) async fn get(&self, key: &Primary, consistent: bool) -> Result<Option<Item>, StoreError> {
        let answer = self
            .client
            .get_item()
            .table_name(&self.name)
            .set_key(Some(key_item(key)))
            .consistent_read(consistent)
            .send()
            .await
            .map_err(StoreError::unavailable)?;
        Ok(answer.item)
    }

    /// Reads many items at once, in no particular order; those that are not there are left out.
    pub(crate) async fn get_many(&self, keys: &[Primary]) -> Result<Vec<Item>, StoreError> {
        let mut found = Vec::with_capacity(keys.len());
        for chunk in keys.chunks(BATCH_READ_MAX) {
            let mut wanted: Vec<Item> = chunk.iter().map(key_item).collect();
            for _ in 0..BATCH_ATTEMPTS {
                let ask = KeysAndAttributes::builder().set_keys(Some(wanted)).build().map_err(StoreError::unavailable)?;
                let answer = self.client.batch_get_item().request_items(&self.name, ask).send().await;
                let answer = answer.map_err(StoreError::unavailable)?;
                found.extend(answer.responses.and_then(|mut tables| tables.remove(&self.name)).unwrap_or_default());
                wanted = answer.unprocessed_keys.and_then(|mut tables| tables.remove(&self.name)).map(|left| left.keys).unwrap_or_default();
                if wanted.is_empty() {
                    break;
                }
            }
            if !wanted.is_empty() {
                return Err(StoreError::unavailable("the store left part of a batch unread"));
            }
        }
        Ok(found)
    }

    pub(crate) async fn query(&self, range: Range<'_>) -> Result<(Vec<Item>, Option<Item>), StoreError> {
        let (partition, sort) = match range.index {
            None => ("PK", "SK"),
            Some("GSI1") => ("GSI1PK", "GSI1SK"),
            Some(_) => ("GSI2PK", "GSI2SK"),
        };
        let (condition, bound) = match range.window {
            Window::All => (format!("#{partition} = :partition"), None),
            Window::Prefix(prefix) => (format!("#{partition} = :partition AND begins_with(#{sort}, :bound)"), Some(prefix)),
            Window::Before(key) => (format!("#{partition} = :partition AND #{sort} < :bound"), Some(key)),
        };
        let mut request = self
            .client
            .query()
            .table_name(&self.name)
            .set_index_name(range.index.map(ToOwned::to_owned))
            .set_expression_attribute_names(Some(names(&condition)))
            .key_condition_expression(condition)
            .expression_attribute_values(":partition", text(range.partition))
            .scan_index_forward(!range.newest_first)
            .limit(i32::try_from(range.limit).unwrap_or(i32::MAX))
            .set_exclusive_start_key(range.start);
        if let Some(bound) = bound {
            request = request.expression_attribute_values(":bound", text(bound));
        }
        let answer = request.send().await.map_err(StoreError::unavailable)?;
        Ok((answer.items.unwrap_or_default(), answer.last_evaluated_key))
    }

    /// Writes an item where there is none.
    pub(crate) async fn create(&self, item: Item) -> Result<Written, StoreError> {
        let sent = self
            .client
            .put_item()
            .table_name(&self.name)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(PK)")
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .send()
            .await;
        match sent {
            Ok(_) => Ok(Written::Done(None)),
            Err(error) => refused(error, of_put),
        }
    }

    /// Writes an item, whatever was there.
    pub(crate) async fn put(&self, item: Item) -> Result<(), StoreError> {
        let sent = self.client.put_item().table_name(&self.name).set_item(Some(item)).send().await;
        sent.map(|_| ()).map_err(StoreError::unavailable)
    }

    pub(crate) async fn delete(&self, key: &Primary) -> Result<(), StoreError> {
        let sent = self.client.delete_item().table_name(&self.name).set_key(Some(key_item(key))).send().await;
        sent.map(|_| ()).map_err(StoreError::unavailable)
    }

    /// Deletes an item that is a tenant's; another's, and one that is not there, are left alone.
    pub(crate) async fn delete_of(&self, key: &Primary, owner: TenantId) -> Result<(), StoreError> {
        let sent = self
            .client
            .delete_item()
            .table_name(&self.name)
            .set_key(Some(key_item(key)))
            .condition_expression("#t = :owner")
            .expression_attribute_names("#t", "t")
            .expression_attribute_values(":owner", text(owner.to_string()))
            .send()
            .await;
        match sent {
            Ok(_) => Ok(()),
            Err(error) if error.as_service_error().is_some_and(DeleteItemError::is_conditional_check_failed_exception) => Ok(()),
            Err(error) => Err(StoreError::unavailable(error)),
        }
    }

    /// Changes an item in place.
    pub(crate) async fn update(&self, key: &Primary, change: Change) -> Result<Written, StoreError> {
        self.send_update(self.prepare(key, change)).await
    }

    /// Changes an item in place and returns all of it: the write is the read.
    pub(crate) async fn update_and_read(&self, key: &Primary, change: Change) -> Result<Written, StoreError> {
        self.send_update(self.prepare(key, change).return_values(ReturnValue::AllNew)).await
    }

    fn prepare(&self, key: &Primary, change: Change) -> UpdateItemFluentBuilder {
        let expression = change.expression();
        self.client
            .update_item()
            .table_name(&self.name)
            .set_key(Some(key_item(key)))
            .update_expression(expression)
            .set_condition_expression(change.condition)
            .set_expression_attribute_names(Some(change.names))
            .set_expression_attribute_values(Some(change.values).filter(|values| !values.is_empty()))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
    }

    async fn send_update(&self, request: UpdateItemFluentBuilder) -> Result<Written, StoreError> {
        match request.send().await {
            Ok(answer) => Ok(Written::Done(answer.attributes)),
            Err(error) => refused(error, of_update),
        }
    }
}

/// Tells a refusal by condition, which is an answer, from a failure.
fn refused<E>(error: SdkError<E>, item: impl FnOnce(&E) -> Option<Item>) -> Result<Written, StoreError>
where
    E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
{
    match error.as_service_error().and_then(item) {
        Some(item) => Ok(Written::Refused(Some(item).filter(|item| !item.is_empty()))),
        None => Err(StoreError::unavailable(error)),
    }
}

/// The item a refused put met, empty when there is none; `None` when it was not refused.
fn of_put(error: &PutItemError) -> Option<Item> {
    if let PutItemError::ConditionalCheckFailedException(refused) = error { Some(refused.item.clone().unwrap_or_default()) } else { None }
}

/// The item a refused update met, empty when there is none; `None` when it was not refused.
fn of_update(error: &UpdateItemError) -> Option<Item> {
    if let UpdateItemError::ConditionalCheckFailedException(refused) = error {
        Some(refused.item.clone().unwrap_or_default())
    } else {
        None
    }
}

/// The key as the SDK wants it.
pub(crate) fn key_item(key: &Primary) -> Item {
    Item::from([("PK".to_owned(), AttributeValue::S(key.partition.clone())), ("SK".to_owned(), AttributeValue::S(key.sort.clone()))])
}
