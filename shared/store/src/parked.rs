//! What nobody handles yet, or could not be applied: kept, counted, never dropped. Somebody may have it tried again or discard it; then
//! it is listed no more, and the row remembers what was decided, so that the same event, told once more, is not parked anew.

use domain::{
    id::{UserId, digest},
    page::{Cursor, Page, PageSize},
    tenant::NumberId,
    time::Timestamp,
};

use crate::{
    dead::{self, Fate},
    error::StoreError,
    expression::{Item, number, text},
    keys::{self, Primary},
    row,
    table::{Written, key_item},
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
    /// What tells it from everything else that is parked: when, what it is about, and a hash.
    pub id: String,
    /// The number or account it is about.
    pub about: NumberId,
    /// Which kind it is.
    pub kind: String,
    /// When it was parked.
    pub at: Timestamp,
    /// How much it says, in bytes; nothing is kept of it once it is decided.
    pub bytes: usize,
    /// What was decided.
    pub fate: Fate,
    /// Who decided, and when.
    pub decided: Option<(UserId, Timestamp)>,
}

/// Something that is parked, with what it says.
pub struct ParkedEvent {
    /// What may be shown of it.
    pub parked: Parked,
    /// What it says, as it came.
    pub raw: String,
    /// The provider's name of the field whose whole value that is.
    pub field: Option<String>,
    /// When it was told; when it was parked, if the provider did not say.
    pub told_at: Timestamp,
}

/// Where something that is parked comes from, so that it can be read again.
#[derive(Clone, Copy, Debug, Default)]
pub struct ParkedFrom<'a> {
    /// The provider's name of the field whose whole value it is.
    pub field: Option<&'a str>,
    /// When it was told, if the provider said so.
    pub told_at: Option<Timestamp>,
}

impl TenantStore {
    /// Parks an event as it came. The same event again changes nothing; the answer is whether it was new.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn park(&self, number_id: &NumberId, what: &str, raw: &str, now: Timestamp) -> Result<bool, StoreError> {
        self.park_from(number_id, what, raw, ParkedFrom::default(), now).await
    }

    /// The same, with where it comes from.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn park_from(
        &self,
        number_id: &NumberId,
        what: &str,
        raw: &str,
        from: ParkedFrom<'_>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
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
        if let Some(field) = from.field {
            item.insert("f".to_owned(), text(field));
        }
        if let Some(told_at) = from.told_at {
            item.insert("ta".to_owned(), number(told_at.as_millisecond()));
        }
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
        // The index may be a moment behind a decision.
        let waiting = items.iter().filter(|item| item.contains_key("GSI1SK"));
        let mut found = waiting
            .map(|item| {
                let id = row::string(item, "GSI1SK").unwrap_or_default().replace('#', "-");
                let (about, _) = self.parked_place(&id).ok_or_else(|| StoreError::corrupt(KIND, "the key does not read"))?;
                self.read_parked(item, id, about)
            })
            .collect::<Result<Vec<_>, StoreError>>()?;
        found.sort_by(|one, other| other.id.cmp(&one.id));
        Ok(Page { items: found, next: page.next })
    }

    /// One event that is parked, or was.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn parked_event(&self, id: &str) -> Result<Option<ParkedEvent>, StoreError> {
        let Some((about, place)) = self.parked_place(id) else { return Ok(None) };
        let Some(item) = self.table().get(&place, true).await? else { return Ok(None) };
        let parked = self.read_parked(&item, id.to_owned(), about)?;
        let kept = |name: &str| row::string(&item, name).map(ToOwned::to_owned);
        let told_at = row::integer(&item, "ta").and_then(|ms| Timestamp::from_millisecond(ms).ok());
        // What was parked at another time is another event.
        let same = id.starts_with(&format!("{:013}-", parked.at.as_millisecond().max(0)));
        let (raw, field, told_at) = (kept("b").unwrap_or_default(), kept("f"), told_at.unwrap_or(parked.at));
        Ok(same.then_some(ParkedEvent { parked, raw, field, told_at }))
    }

    /// Writes down what was decided, by whom and when: once. It is listed no more, and what it said is forgotten. The answer is
    /// whether it was still open.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn decide_parked(&self, id: &str, fate: Fate, user: UserId, now: Timestamp) -> Result<bool, StoreError> {
        let Some((_, place)) = self.parked_place(id) else { return Ok(false) };
        let change = dead::decision(fate, user, now).remove("GSI1PK").remove("GSI1SK").remove("b");
        Ok(matches!(self.table().update(&place, change).await?, Written::Done(_)))
    }

    /// What an id is about, and where it leads. In the list a `#` stands for the hyphen, which an address cannot carry.
    fn parked_place(&self, id: &str) -> Option<(NumberId, Primary)> {
        let sort = id.replace('-', "#");
        let (about, hash) = keys::parked_in(&sort)?;
        let place = self.scope().parked(&about, hash);
        Some((about, place))
    }

    fn read_parked(&self, item: &Item, id: String, about: NumberId) -> Result<Parked, StoreError> {
        row::check(item, self.scope(), KIND, 1)?;
        let at = row::integer(item, "at").and_then(|ms| Timestamp::from_millisecond(ms).ok());
        let (fate, decided) = dead::decided(item);
        Ok(Parked {
            id,
            about,
            kind: row::string(item, "w").unwrap_or_default().to_owned(),
            at: at.ok_or_else(|| StoreError::corrupt(KIND, "the time is missing"))?,
            bytes: row::string(item, "b").map_or(0, str::len),
            fate,
            decided,
        })
    }
}

/// What tells an event from every other of its number or account.
fn hash(what: &str, raw: &str) -> String {
    hex::encode(&digest(&[what.as_bytes(), raw.as_bytes()])[..16])
}
