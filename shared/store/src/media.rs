//! Files: what became of each, which ids the provider has given them, and how much a business has sent us today.

use domain::{
    id::{ConversationId, MediaId},
    messaging::{key::MessageKey, media::Media},
    tenant::NumberId,
    text::Text,
    time::Timestamp,
};

use crate::{
    error::StoreError,
    expression::{Change, Item, number, text},
    keys::{Primary, Scope},
    row::{self, Stored},
    table::Written,
    tenant::{TenantStore, done},
};

/// What the provider's own copy of a file is.
const COPY: &str = "media_copy";
/// How much of today's room is taken.
const QUOTA: &str = "media_quota";
/// How long a file that was announced and never came is remembered, in seconds.
const EXPECTED_KEPT_SECONDS: i64 = 2 * 24 * 3600;
/// How long a day's count is kept, in seconds.
const QUOTA_KEPT_SECONDS: i64 = 3 * 24 * 3600;

/// How much a business may send us in a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DailyRoom {
    /// Files.
    pub files: u32,
    /// Bytes.
    pub bytes: u64,
}

/// What the provider calls a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderCopy {
    /// The provider's id.
    pub id: Text<256>,
    /// Until when it is good.
    pub until: Timestamp,
}

impl Stored for Media {
    const KIND: &'static str = "media";
    type Id = MediaId;
    fn id(&self) -> MediaId {
        self.id
    }
    fn key(scope: Scope, id: &MediaId) -> Primary {
        scope.media(*id)
    }
}

impl TenantStore {
    /// Reads a file's row as it is at this moment, with the version to write over.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn media_now(&self, id: MediaId) -> Result<Option<row::Versioned<Media>>, StoreError> {
        let item = self.table().get(&self.scope().media(id), true).await?;
        item.map(|item| row::from_item(self.scope(), &item)).transpose()
    }

    /// Writes what became of a file: over the version that was read, or where there was none.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when somebody else wrote first.
    pub async fn keep_media(&self, media: &Media, version: Option<u64>) -> Result<(), StoreError> {
        let Some(seen) = version else { return self.create(media).await };
        let item = row::to_item(self.scope(), media, seen + 1)?;
        let set = item.into_iter().filter(|(name, _)| !matches!(name.as_str(), "PK" | "SK"));
        // Only what was announced and never came goes by itself.
        let change = set.fold(Change::default().remove("ttl"), |change, (name, value)| change.set(&name, value));
        let change = change.bind("seen", number(seen)).when("#v = :seen");
        done(&self.table().update(&self.scope().media(media.id), change).await?)
    }

    /// Marks the message of a file as changed, so that whoever looks at it hears of it. A message that is not written yet will be.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn touch_message(&self, conversation: ConversationId, key: MessageKey, now: Timestamp) -> Result<(), StoreError> {
        let change = Change::default().set("md", number(now.as_millisecond())).when("attribute_exists(#PK)");
        self.table().update(&self.scope().message(conversation, key), change).await.map(|_| ())
    }

    /// What the provider calls a file on this number, while that is good.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn provider_copy(&self, id: MediaId, on: &NumberId, now: Timestamp) -> Result<Option<ProviderCopy>, StoreError> {
        let item = self.table().get(&self.scope().media_copy(id, on), true).await?;
        let copy = item.map(|item| self.read_copy(&item)).transpose()?;
        Ok(copy.filter(|copy| now < copy.until))
    }

    /// Remembers what the provider calls a file on this number. Whoever says it first is right; the answer is what it is called.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn keep_provider_copy(
        &self,
        id: MediaId,
        on: &NumberId,
        copy: &ProviderCopy,
        now: Timestamp,
    ) -> Result<ProviderCopy, StoreError> {
        let change = Change::default()
            .set("t", text(self.id().to_string()))
            .set("k", text(COPY))
            .set("s", number(1))
            .set("i", text(copy.id.as_str()))
            .set("un", number(copy.until.as_millisecond()))
            .set("ttl", number(copy.until.as_second()))
            .bind("now", number(now.as_millisecond()))
            .when("attribute_not_exists(#PK) OR #un <= :now");
        match self.table().update(&self.scope().media_copy(id, on), change).await? {
            Written::Done(_) => Ok(copy.clone()),
            Written::Refused(Some(item)) => self.read_copy(&item),
            Written::Refused(None) => Err(StoreError::Conflict),
        }
    }

    /// Forgets what the provider called a file, if it still is that: the provider does not know it any more.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn forget_provider_copy(&self, id: MediaId, on: &NumberId, provider_id: &Text<256>) -> Result<(), StoreError> {
        let change = Change::default().set("un", number(0)).bind("known", text(provider_id.as_str())).when("#i = :known");
        self.table().update(&self.scope().media_copy(id, on), change).await.map(|_| ())
    }

    /// Announces a file that a colleague is about to send, and takes its room of today, together or not at all.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the file is there already, or today's room is not enough.
    pub async fn expect_media(&self, media: &Media, room: DailyRoom, now: Timestamp) -> Result<(), StoreError> {
        let size = media.size.unwrap_or(0);
        let mut item = row::to_item(self.scope(), media, 1)?;
        item.insert("ttl".to_owned(), number(now.as_second() + EXPECTED_KEPT_SECONDS));
        let day = now.as_second().div_euclid(86_400);
        let change = Change::default()
            .set("t", text(self.id().to_string()))
            .set("k", text(QUOTA))
            .set("s", number(1))
            .assign("fn", "if_not_exists(#fn, :none) + :one")
            .assign("by", "if_not_exists(#by, :none) + :size")
            .set("ttl", number(now.as_second() + QUOTA_KEPT_SECONDS))
            .bind("none", number(0))
            .bind("one", number(1))
            .bind("size", number(size))
            .bind("files", number(room.files))
            .bind("bytes", number(room.bytes.saturating_sub(size)))
            .when("attribute_not_exists(#PK) OR (#fn < :files AND #by <= :bytes)");
        self.transact().create_item(Ok(item)).update_item(&self.scope().media_quota(day), change).commit().await.map(|_| ())
    }

    fn read_copy(&self, item: &Item) -> Result<ProviderCopy, StoreError> {
        row::check(item, self.scope(), COPY, 1)?;
        let id = row::string(item, "i").and_then(|raw| Text::new(raw).ok());
        let until = row::integer(item, "un").and_then(|ms| Timestamp::from_millisecond(ms).ok());
        match (id, until) {
            (Some(id), Some(until)) => Ok(ProviderCopy { id, until }),
            (Some(_) | None, Some(_) | None) => Err(StoreError::corrupt(COPY, "id or end is missing")),
        }
    }
}
