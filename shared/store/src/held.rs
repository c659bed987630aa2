//! Messages of a stopped number: kept as tasks until somebody starts it.

use domain::{id::digest, task::Task, tenant::NumberId, time::Timestamp};

use crate::{
    error::StoreError,
    expression::{number, text},
    keys::Primary,
    row,
    table::{Range, Window, key_item},
    tenant::TenantStore,
};

const KIND: &str = "held";
/// How many are read at a time.
const PAGE: usize = 100;
/// How long one is kept, in seconds: a message waits seven days at the most.
const KEPT_SECONDS: i64 = 8 * 24 * 3600;

/// A task that is held.
#[derive(Clone, Debug)]
pub struct Held {
    key: Primary,
    /// The task; `None` when it does not read.
    pub task: Option<Task>,
}

impl TenantStore {
    /// Holds a task until its number is started. The same task again changes nothing.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn hold(&self, number_id: &NumberId, task: &Task, now: Timestamp) -> Result<(), StoreError> {
        let id = hex::encode(&digest(&[task.deduplication_id().as_bytes()])[..16]);
        let mut item = key_item(&self.scope().held(number_id, now, &id));
        row::stamp(&mut item, self.scope(), KIND, 1);
        item.insert("b".to_owned(), text(serde_json::to_string(task).map_err(|error| StoreError::corrupt(KIND, error))?));
        item.insert("ttl".to_owned(), number(now.as_second() + KEPT_SECONDS));
        self.once(item).await.map(|_| ())
    }

    /// The tasks that are held for a number, the oldest first: some of them.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn held(&self, number_id: &NumberId) -> Result<Vec<Held>, StoreError> {
        let partition = self.scope().number(number_id).partition;
        let range =
            Range { index: None, partition: &partition, window: Window::Prefix("H#"), newest_first: false, limit: PAGE, start: None };
        let (items, _) = self.table().query(range).await?;
        let read = |item| {
            let sort = row::string(item, "SK").unwrap_or_default().to_owned();
            row::check(item, self.scope(), KIND, 1)?;
            let task = row::string(item, "b").and_then(|raw| serde_json::from_str(raw).ok());
            Ok(Held { key: Primary { partition: partition.clone(), sort }, task })
        };
        items.iter().map(read).collect()
    }

    /// Forgets a held task: it lies on its queue.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn let_go(&self, held: &Held) -> Result<(), StoreError> {
        self.table().delete(&held.key).await
    }
}
