//! What nobody handles yet, or could not be applied: kept, counted, never dropped.

use domain::{
    id::digest,
    page::{Cursor, Page, PageSize},
    tenant::NumberId,
    time::Timestamp,
};

use crate::{
    error::StoreError,
    expression::{number, text},
    keys::{self},
    row,
    table::key_item,
    tenant::TenantStore,
};

/// How long it is kept, in seconds: a month, well over the seven days for which Meta repeats itself.
const KEPT_SECONDS: i64 = 30 * 24 * 3600;
/// How much of it is kept, in bytes; a row may hold 400 KB.
const RAW_MAX: usize = 300_000;
const KIND: &str = "parked";

/// Something that is parked, without what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parked {
    /// What tells it from everything else that is parked.
    pub id: String,
    /// The number or account it is about.
    pub about: NumberId,
    /// Which kind it is.
    pub kind: String,
    /// When it was parked.
    pub at: Timestamp,
    /// How much it says, in bytes.
    pub bytes: usize,
}

impl TenantStore {
    /// Parks an event as it came. The same event again changes nothing; the answer is whether it was new.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn park(&self, number_id: &NumberId, what: &str, raw: &str, now: Timestamp) -> Result<bool, StoreError> {
        let hash = hash(what, raw);
        let mut item = key_item(&self.scope().parked(number_id, &hash));
        row::stamp(&mut item, self.scope(), KIND, 1);
        let listed = self.scope().parked_listed(now, number_id, &hash);
        item.insert("GSI1PK".to_owned(), text(listed.partition));
        item.insert("GSI1SK".to_owned(), text(listed.sort));
        item.insert("w".to_owned(), text(what));
        item.insert("at".to_owned(), number(now.as_millisecond()));
        item.insert("ttl".to_owned(), number(now.as_second() + KEPT_SECONDS));
        item.insert("b".to_owned(), text(&raw[..raw.floor_char_boundary(RAW_MAX)]));
        self.once(item).await
    }

    /// Takes away an event that has found its place by itself.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn unpark(&self, number_id: &NumberId, what: &str, raw: &str) -> Result<(), StoreError> {
        self.table().delete(&self.scope().parked(number_id, &hash(what, raw))).await
    }

    /// A page of what is parked, the newest first.
    ///
    /// # Errors
    /// [`StoreError::Cursor`] when the cursor is not one of this list.
    pub async fn parked(&self, size: PageSize, cursor: Option<&Cursor>) -> Result<Page<Parked>, StoreError> {
        let partition = self.scope().parked_all();
        let primary = |sort: &str| keys::parked_in(sort).map(|(about, hash)| self.scope().parked(&about, hash));
        let page = self.index_page(&partition, size, cursor, true, primary).await?;
        let keys: Vec<_> = page.items.iter().filter_map(|sort| primary(sort)).collect();
        let items = self.table().get_many(&keys).await?;
        let mut found = items
            .iter()
            .map(|item| {
                row::check(item, self.scope(), KIND, 1)?;
                let listed = row::string(item, "GSI1SK").unwrap_or_default();
                let (about, _) = keys::parked_in(listed).ok_or_else(|| StoreError::corrupt(KIND, "the key does not read"))?;
                let at = row::integer(item, "at").and_then(|ms| Timestamp::from_millisecond(ms).ok());
                Ok(Parked {
                    id: listed.to_owned(),
                    about,
                    kind: row::string(item, "w").unwrap_or_default().to_owned(),
                    at: at.ok_or_else(|| StoreError::corrupt(KIND, "the time is missing"))?,
                    bytes: row::string(item, "b").map_or(0, str::len),
                })
            })
            .collect::<Result<Vec<_>, StoreError>>()?;
        found.sort_by(|one, other| other.id.cmp(&one.id));
        Ok(Page { items: found, next: page.next })
    }
}

/// What tells an event from every other of its number or account.
fn hash(what: &str, raw: &str) -> String {
    hex::encode(&digest(&[what.as_bytes(), raw.as_bytes()])[..16])
}
