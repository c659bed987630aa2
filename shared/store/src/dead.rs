//! Dead letters: tasks a queue has given up, kept in the business they belong to until somebody decides.

use domain::{
    id::{UserId, digest},
    page::{Cursor, Page, PageSize},
    task::Task,
    time::Timestamp,
};

use crate::{
    error::StoreError,
    expression::{Change, Item, number, text},
    row,
    table::{Range, Window, Written, key_item},
    tenant::TenantStore,
};

const KIND: &str = "dead letter";
/// How long one is kept, in seconds.
const KEPT_SECONDS: i64 = 90 * 24 * 3600;
/// How much of a task is kept, in bytes.
const RAW_MAX: usize = 300_000;

/// What was decided about a dead letter, or about an event that is parked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Nothing yet.
    Waiting,
    /// It went on its way again.
    Redriven,
    /// It was thrown away.
    Discarded,
}

impl Fate {
    /// Its stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Redriven => "redriven",
            Self::Discarded => "discarded",
        }
    }

    fn named(name: &str) -> Self {
        [Self::Redriven, Self::Discarded].into_iter().find(|fate| fate.name() == name).unwrap_or(Self::Waiting)
    }
}

/// A dead letter.
#[derive(Clone, Debug)]
pub struct DeadLetter {
    /// Its place: when it was found, and what it is.
    pub id: String,
    /// The queue that gave it up.
    pub queue: String,
    /// The task; `None` when this release cannot read it.
    pub task: Option<Task>,
    /// When it was found.
    pub at: Timestamp,
    /// What was decided.
    pub fate: Fate,
    /// Who decided, and when.
    pub decided: Option<(UserId, Timestamp)>,
}

impl TenantStore {
    /// Keeps a task that a queue has given up. The same one again changes nothing; the answer is whether it was new.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn bury(&self, queue: &str, message_id: &str, raw: &str, at: Timestamp) -> Result<bool, StoreError> {
        let id = format!("{:013}-{}", at.as_millisecond(), hex::encode(&digest(&[queue.as_bytes(), message_id.as_bytes()])[..8]));
        let mut item = key_item(&self.scope().dead_letter(&id));
        row::stamp(&mut item, self.scope(), KIND, 1);
        item.insert("q".to_owned(), text(queue));
        item.insert("at".to_owned(), number(at.as_millisecond()));
        item.insert("b".to_owned(), text(raw.get(..RAW_MAX).unwrap_or(raw)));
        item.insert("ttl".to_owned(), number(at.as_second() + KEPT_SECONDS));
        self.once(item).await
    }

    /// A page of the dead letters of the business, the newest first.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn dead_letters(&self, size: PageSize, cursor: Option<&Cursor>) -> Result<Page<DeadLetter>, StoreError> {
        let partition = self.scope().dead_letters();
        let start = cursor.map(|Cursor(id)| key_item(&self.scope().dead_letter(id)));
        let window = Window::Prefix("D#");
        let range = Range { index: None, partition: &partition, window, newest_first: true, limit: size.get(), start };
        let (items, last) = self.table().query(range).await?;
        let items = items.iter().map(|item| self.read_dead_letter(item)).collect::<Result<_, _>>()?;
        let next = last.as_ref().and_then(|key| row::string(key, "SK")?.strip_prefix("D#").map(|id| Cursor(id.to_owned())));
        Ok(Page { items, next })
    }

    /// One dead letter.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn dead_letter(&self, id: &str) -> Result<Option<DeadLetter>, StoreError> {
        let item = self.table().get(&self.scope().dead_letter(id), true).await?;
        item.map(|item| self.read_dead_letter(&item)).transpose()
    }

    /// Writes down what was decided, by whom and when: once. The answer is whether it was still open.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn decide_dead_letter(&self, id: &str, fate: Fate, user: UserId, now: Timestamp) -> Result<bool, StoreError> {
        let change = decision(fate, user, now);
        Ok(matches!(self.table().update(&self.scope().dead_letter(id), change).await?, Written::Done(_)))
    }

    fn read_dead_letter(&self, item: &Item) -> Result<DeadLetter, StoreError> {
        row::check(item, self.scope(), KIND, 1)?;
        let id = row::string(item, "SK").and_then(|sort| sort.strip_prefix("D#")).unwrap_or_default();
        let (fate, decided) = decided(item);
        Ok(DeadLetter {
            id: id.to_owned(),
            queue: row::string(item, "q").unwrap_or_default().to_owned(),
            task: row::string(item, "b").and_then(|raw| serde_json::from_str(raw).ok()),
            at: time(item, "at").unwrap_or(Timestamp::UNIX_EPOCH),
            fate,
            decided,
        })
    }
}

/// The decision about something that waits for one: taken once.
pub(crate) fn decision(fate: Fate, user: UserId, now: Timestamp) -> Change {
    Change::default()
        .set("st", text(fate.name()))
        .set("by", text(user.to_string()))
        .set("dt", number(now.as_millisecond()))
        .when("attribute_exists(#PK) AND attribute_not_exists(#st)")
}

/// What was decided about it, by whom and when.
pub(crate) fn decided(item: &Item) -> (Fate, Option<(UserId, Timestamp)>) {
    let user = row::string(item, "by").and_then(|raw| raw.parse().ok());
    (row::string(item, "st").map_or(Fate::Waiting, Fate::named), user.zip(time(item, "dt")))
}

fn time(item: &Item, name: &str) -> Option<Timestamp> {
    row::integer(item, name).and_then(|ms| Timestamp::from_millisecond(ms).ok())
}
