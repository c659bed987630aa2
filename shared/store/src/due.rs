//! What is due at a minute: the task outbox, whose entries are due one minute after the change they belong to.
//!
//! Entries lie in partitions of a minute and a shard, outside tenants, so that one sweep costs the same for one tenant and for a
//! hundred thousand. An entry is written in the transaction of its change and struck off when its task has been announced; what the
//! sweep finds was left behind by a function that died between the two.

use domain::{
    id::{TenantId, digest},
    task::Task,
    time::{Timestamp, minute},
};

use crate::{
    error::StoreError,
    expression::{Change, Item, number, text},
    keys::{self, Primary},
    row,
    table::{Range, Table, Window, key_item},
    tenant::TenantStore,
};

/// How many shards a minute has.
pub const SHARDS: u8 = 16;
/// How many entries one read of a shard returns.
const SWEEP_PAGE: usize = 100;
/// After how many milliseconds an outbox entry is due.
const OUTBOX_DUE_MS: i64 = 60_000;
/// After how many seconds an entry that nobody struck off is removed.
const KEPT_SECONDS: i64 = 8 * 24 * 3600;

/// A task that is due.
#[derive(Clone, Debug)]
pub struct Entry {
    key: Primary,
    tenant: TenantId,
    task: String,
    ttl: i64,
}

impl Entry {
    /// The outbox entry of a task: the same task at the same time makes the same entry.
    pub(crate) fn outbox(tenant: TenantId, task: &Task, now: Timestamp) -> Result<Self, StoreError> {
        let due = Timestamp::from_millisecond(now.as_millisecond() + OUTBOX_DUE_MS).map_err(StoreError::unavailable)?;
        Self::at(tenant, task, due)
    }

    /// The timer of a task: the same task at the same time makes the same entry.
    fn at(tenant: TenantId, task: &Task, due: Timestamp) -> Result<Self, StoreError> {
        let due_ms = due.as_millisecond();
        let id = task.deduplication_id();
        let shard = digest(&[id.as_bytes()])[0] % SHARDS;
        Ok(Self {
            key: Primary { partition: keys::due_partition(minute(due), shard), sort: format!("{due_ms:013}#T#{tenant}#{id}") },
            tenant,
            task: serde_json::to_string(task).map_err(|error| StoreError::corrupt("task", error))?,
            ttl: due.as_second() + KEPT_SECONDS,
        })
    }

    pub(crate) fn to_item(&self) -> Item {
        let mut item = key_item(&self.key);
        item.insert("k".to_owned(), text("due"));
        item.insert("t".to_owned(), text(self.tenant.to_string()));
        item.insert("b".to_owned(), text(self.task.clone()));
        item.insert("ttl".to_owned(), number(self.ttl));
        item
    }

    fn from_item(item: &Item) -> Result<Self, StoreError> {
        let part = |name| row::string(item, name).map(ToOwned::to_owned);
        let tenant = row::string(item, "t").and_then(|raw| raw.parse().ok());
        let (Some(partition), Some(sort), Some(tenant), Some(task)) = (part("PK"), part("SK"), tenant, part("b")) else {
            return Err(StoreError::corrupt("due", "a part is missing"));
        };
        Ok(Self { key: Primary { partition, sort }, tenant, task, ttl: row::integer(item, "ttl").unwrap_or(0) })
    }

    /// The task.
    ///
    /// # Errors
    /// When it does not read, or names another tenant than its entry.
    pub fn task(&self) -> Result<Task, StoreError> {
        let task: Task = serde_json::from_str(&self.task).map_err(|error| StoreError::corrupt("task", error))?;
        if task.tenant() == self.tenant { Ok(task) } else { Err(StoreError::Foreign) }
    }
}

impl TenantStore {
    /// Has a task announced at a time that is to come. The same task at the same time is announced once, some seconds after it is due.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn schedule(&self, task: &Task, due: Timestamp) -> Result<(), StoreError> {
        let entry = Entry::at(self.id(), task, due)?;
        self.once(entry.to_item()).await.map(|_| ())
    }
}

/// Where a shard goes on.
#[derive(Clone, Debug)]
pub struct From(Item);

/// Some of what is due.
#[derive(Clone, Debug)]
pub struct Left {
    /// Entries that read.
    pub entries: Vec<Entry>,
    /// How many do not; they stay until their time to live is over.
    pub unreadable: usize,
    /// Where to go on, unless this was all.
    pub next: Option<From>,
}

/// The timers of all tenants: for the scheduler alone.
#[derive(Clone, Debug)]
pub struct Due(Table);

impl Table {
    /// The timers.
    #[must_use]
    pub fn due(&self) -> Due {
        Due(self.clone())
    }
}

impl Due {
    /// A page of what is left of one shard of a minute and due at `until`, from the start or from where the last page ended.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn left(&self, minute: i64, shard: u8, until: Timestamp, from: Option<From>) -> Result<Left, StoreError> {
        let partition = keys::due_partition(minute, shard);
        let start = from.map(|From(key)| key);
        let before = format!("{:013}$", until.as_millisecond());
        let range =
            Range { index: None, partition: &partition, window: Window::Before(&before), newest_first: false, limit: SWEEP_PAGE, start };
        let (items, last) = self.0.query(range).await?;
        let entries: Vec<Entry> = items.iter().filter_map(|item| Entry::from_item(item).ok()).collect();
        Ok(Left { unreadable: items.len() - entries.len(), entries, next: last.map(From) })
    }

    /// Strikes an entry off: its task lies on its queue.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn strike(&self, entry: &Entry) -> Result<(), StoreError> {
        self.0.delete(&entry.key).await
    }

    /// The first minute that has not been swept clean; `None` before the first sweep.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn swept_up_to(&self) -> Result<Option<i64>, StoreError> {
        Ok(self.0.get(&keys::due_cursor(), true).await?.and_then(|item| row::integer(&item, "m")))
    }

    /// Remembers it. It never goes back, whichever of two sweeps writes last.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn set_swept_up_to(&self, minute: i64) -> Result<(), StoreError> {
        let change = Change::default().set("m", number(minute)).when("attribute_not_exists(#m) OR #m < :m");
        self.0.update(&keys::due_cursor(), change).await.map(|_| ())
    }
}
