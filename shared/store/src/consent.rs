//! The consent ledger of a person: entries that are only added, and one row with what they come to.

use domain::{
    consent::{Entry, Permission, Source, Standing, held_until},
    id::{ContactId, ConversationId},
    page::{Cursor, Page, PageSize},
    text::Text,
    time::{SignedDuration, Timestamp},
};

use crate::{
    error::StoreError,
    expression::{Change, Item, number, text},
    row,
    table::{Range, Window, Written, key_item},
    tenant::TenantStore,
};

const KIND: &str = "consent";
const SHAPE: u16 = 2;
const SUM: &str = "permission";

/// After so long without a refusal, the next one counts as the first again.
const HELD_FORGOTTEN: SignedDuration = SignedDuration::from_hours(30 * 24);

impl TenantStore {
    /// Enters a change of consent, and brings what all entries come to up to date. Entering it again changes nothing, and an older entry
    /// that comes late is kept without changing what newer ones say.
    ///
    /// # Errors
    /// When the store does not answer; then it is to be entered again.
    pub async fn enter_consent(&self, contact: ContactId, entry: &Entry) -> Result<(), StoreError> {
        let mut item = key_item(&self.scope().consent(contact, entry.key));
        row::stamp(&mut item, self.scope(), KIND, SHAPE);
        item.insert("b".to_owned(), row::value(KIND, entry)?);
        self.once(item).await?;
        let change = self
            .sum()
            .set("pm", row::value(SUM, &Permission::from(entry.change))?)
            .set("pa", number(entry.key.at().as_millisecond()))
            .set("rk", text(entry.rank().text()))
            .when("attribute_not_exists(#rk) OR #rk < :rk");
        self.table().update(&self.scope().permission(contact), change).await.map(|_| ())
    }

    /// What a person has said about marketing, as it is at this moment.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn consent(&self, contact: ContactId) -> Result<Standing, StoreError> {
        match self.table().get(&self.scope().permission(contact), true).await? {
            Some(item) => self.read_sum(&item),
            None => Ok(Standing::default()),
        }
    }

    /// A page of a person's ledger, what happened last first.
    ///
    /// # Errors
    /// [`StoreError::Cursor`] when the cursor is none of this list.
    pub async fn consent_entries(&self, contact: ContactId, size: PageSize, cursor: Option<&Cursor>) -> Result<Page<Entry>, StoreError> {
        let start = cursor
            .map(|Cursor(sort)| {
                let key = sort.parse().map_err(|_| StoreError::Cursor)?;
                Ok::<_, StoreError>(key_item(&self.scope().consent(contact, key)))
            })
            .transpose()?;
        let partition = self.scope().contact(contact).partition;
        let range =
            Range { index: None, partition: &partition, window: Window::Prefix("K#"), newest_first: true, limit: size.get(), start };
        let (items, last) = self.table().query(range).await?;
        let items = items.iter().map(|item| self.read_entry(item)).collect::<Result<_, _>>()?;
        let next = last.as_ref().and_then(|key| row::string(key, "SK")).and_then(|sort| sort.strip_prefix("K#"));
        Ok(Page { items, next: next.map(|sort| Cursor(sort.to_owned())) })
    }

    /// Holds marketing to a person back because WhatsApp did (131049), each time for longer. A refusal heard of before, or an older one,
    /// changes nothing.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another refusal was entered meanwhile.
    pub async fn hold_marketing(&self, contact: ContactId, refused_at: Timestamp) -> Result<(), StoreError> {
        let key = self.scope().permission(contact);
        let found = self.table().get(&key, true).await?.unwrap_or_default();
        let last = row::integer(&found, "ha").and_then(|ms| Timestamp::from_millisecond(ms).ok());
        if last.is_some_and(|last| last >= refused_at) {
            return Ok(());
        }
        let in_a_row = last.filter(|last| refused_at.duration_since(*last) < HELD_FORGOTTEN).and(row::integer(&found, "hn"));
        let times = in_a_row.and_then(|times| u32::try_from(times).ok()).unwrap_or(0).saturating_add(1);
        let mut change = self
            .sum()
            .set("ha", number(refused_at.as_millisecond()))
            .set("hn", number(times))
            .set("hu", number(held_until(refused_at, times).as_millisecond()));
        change = match last {
            Some(last) => change.bind("last", number(last.as_millisecond())).when("#ha = :last"),
            None => change.when("attribute_not_exists(#ha)"),
        };
        match self.table().update(&key, change).await? {
            Written::Done(_) => Ok(()),
            Written::Refused(_) => Err(StoreError::Conflict),
        }
    }

    /// Shows on the head of a conversation what the person has said, unless something newer is shown there. A conversation that does not
    /// exist needs none.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn show_consent(&self, conversation: ConversationId, entry: &Entry) -> Result<(), StoreError> {
        let refused = Permission::from(entry.change) == Permission::Refused;
        let change = Change::default()
            .set("oo", aws_sdk_dynamodb::types::AttributeValue::Bool(refused))
            .set("oc", number(entry.key.at().as_millisecond()))
            .assign("ep", "if_not_exists(#ep, :zero) + :one")
            .bind("zero", number(0))
            .bind("one", number(1));
        let newer = if refused { "#oc <= :oc" } else { "#oc < :oc" };
        let change = change.when(&format!("attribute_exists(#PK) AND (attribute_not_exists(#oc) OR {newer})"));
        self.table().update(&self.scope().conversation(conversation), change).await.map(|_| ())
    }

    fn sum(&self) -> Change {
        Change::default().set("t", text(self.id().to_string())).set("k", text(SUM)).set("s", number(1))
    }

    fn read_sum(&self, item: &Item) -> Result<Standing, StoreError> {
        row::check(item, self.scope(), SUM, 1)?;
        let time = |name| row::integer(item, name).and_then(|ms| Timestamp::from_millisecond(ms).ok());
        Ok(Standing { permission: row::optional(SUM, item, "pm")?.unwrap_or_default(), since: time("pa"), held_until: time("hu") })
    }

    fn read_entry(&self, item: &Item) -> Result<Entry, StoreError> {
        row::check(item, self.scope(), KIND, SHAPE)?;
        if item.contains_key("b") {
            return row::body(KIND, item, "b");
        }
        // Shape 1 knew words alone.
        let key = row::string(item, "SK").and_then(|sort| sort.strip_prefix("K#")).and_then(|raw| raw.parse().ok());
        Ok(Entry {
            key: key.ok_or_else(|| StoreError::corrupt(KIND, "the key does not read"))?,
            change: row::body(KIND, item, "c")?,
            source: Source::Word,
            wording: row::string(item, "w").and_then(Text::cut),
            language: None,
            entered_at: row::integer(item, "at").and_then(|ms| Timestamp::from_millisecond(ms).ok()).unwrap_or_default(),
        })
    }
}
