//! The inbox: conversations of one status, the one whose person wrote last first.
//!
//! The index knows the hour only, so that a lively conversation costs one index write an hour. The exact order inside an hour comes from
//! the heads: the index keys of whole hours are read until a page is full, at most [`WINDOW_MAX`] of them, and their heads sorted.

use std::cmp::Reverse;

use domain::{
    id::ConversationId,
    messaging::conversation::{Conversation, Status},
    page::{Cursor, Page, PageSize},
    time::{Timestamp, hour},
};

use crate::{
    error::StoreError,
    expression::Item,
    heads::KIND,
    row,
    table::{Range, Window},
    tenant::TenantStore,
};

/// How many index keys one page looks at. In an hour with more conversations than this the order is exact within each so many.
const WINDOW_MAX: usize = 500;
/// How many index keys are read at a time.
const READ_AT_ONCE: usize = 100;

/// The place of a conversation in the list: when its person last wrote, in milliseconds, and its id.
type Place = (i64, ConversationId);

/// Where a page begins.
#[derive(Clone, Debug, Default)]
struct Start {
    /// Only index keys before this one.
    before: Option<String>,
    /// Only conversations behind this place.
    behind: Option<Place>,
}

impl TenantStore {
    /// A page of the conversations of this status, the one whose person wrote last first.
    ///
    /// # Errors
    /// [`StoreError::Cursor`] when the cursor is not one of this list.
    pub async fn conversations(&self, status: Status, size: PageSize, cursor: Option<&Cursor>) -> Result<Page<Conversation>, StoreError> {
        let start = cursor.map(Start::read).transpose()?.unwrap_or_default();
        let partition = self.scope().inbox_of(status);
        let (mut found, mut open, mut looked_at, mut before) = (Vec::new(), Vec::new(), 0, start.before.clone());
        let last_key = loop {
            let (keys, more) = self.inbox_keys(&partition, before.as_deref()).await?;
            looked_at += keys.len();
            open.extend(keys);
            let ended = !more || looked_at >= WINDOW_MAX;
            // The last hour may go on behind what was read.
            let whole = if ended { open.len() } else { hours_begin(&open) };
            before = open.last().cloned();
            let closed: Vec<String> = open.drain(..whole).collect();
            found.extend(self.heads_of(&closed, start.behind).await?);
            if ended || found.len() >= size.get() {
                break if more { closed.last().cloned().or(before) } else { None };
            }
        };
        found.sort_by_key(|conversation| Reverse(place(conversation)));
        let cut = found.len() > size.get();
        found.truncate(size.get());
        let next = match (found.last(), last_key) {
            (Some(last), _) if cut => Some(Start::behind(last)),
            (_, key) => key.map(|key| Start { before: Some(key), behind: None }),
        };
        Ok(Page { items: found, next: next.map(|start| start.write()) })
    }

    async fn inbox_keys(&self, partition: &str, before: Option<&str>) -> Result<(Vec<String>, bool), StoreError> {
        let window = before.map_or(Window::All, Window::Before);
        let range = Range { index: Some("GSI1"), partition, window, newest_first: true, limit: READ_AT_ONCE, start: None };
        let (items, last) = self.table().query(range).await?;
        let sort = |item: &Item| row::string(item, "GSI1SK").map(ToOwned::to_owned);
        Ok((items.iter().filter_map(sort).collect(), last.is_some()))
    }

    async fn heads_of(&self, sorts: &[String], behind: Option<Place>) -> Result<Vec<Conversation>, StoreError> {
        let keys: Vec<_> = sorts.iter().filter_map(|sort| conversation_in(sort)).map(|id| self.scope().conversation(id)).collect();
        let items = self.table().get_many(&keys).await?;
        let heads = items.iter().map(|item| {
            let id = row::string(item, "PK").and_then(|raw| raw.rsplit('#').next()).and_then(|raw| raw.parse().ok());
            self.read_head(id.ok_or_else(|| StoreError::corrupt(KIND, "key is not a conversation's"))?, item)
        });
        let conversations = heads.map(|head| head.map(|head| head.conversation)).collect::<Result<Vec<_>, _>>()?;
        Ok(conversations.into_iter().filter(|found| behind.is_none_or(|behind| place(found) < behind)).collect())
    }
}

fn place(conversation: &Conversation) -> Place {
    (conversation.last_inbound_at.map_or(0, Timestamp::as_millisecond), conversation.id)
}

/// Where the last hour of these keys begins.
fn hours_begin(keys: &[String]) -> usize {
    let hour_of = |key: &String| key.split('#').next().map(ToOwned::to_owned);
    let last = keys.last().and_then(hour_of);
    keys.iter().position(|key| hour_of(key) == last).unwrap_or(0)
}

impl Start {
    /// The page that goes on behind this conversation: from the beginning of its hour, without what stood before it.
    fn behind(last: &Conversation) -> Self {
        // A tilde sorts behind every id, so the whole hour comes before this key.
        let before = last.last_inbound_at.map(|at| format!("{:08}#~", hour(at)));
        Self { before, behind: Some(place(last)) }
    }

    fn write(&self) -> Cursor {
        let before = self.before.as_deref().unwrap_or_default();
        Cursor(match self.behind {
            Some((at, id)) => format!("{before}|{at}|{id}"),
            None => format!("{before}|"),
        })
    }

    fn read(Cursor(raw): &Cursor) -> Result<Self, StoreError> {
        let (before, rest) = raw.split_once('|').ok_or(StoreError::Cursor)?;
        let behind = match rest.split_once('|') {
            Some((at, id)) => Some((at.parse().map_err(|_| StoreError::Cursor)?, id.parse().map_err(|_| StoreError::Cursor)?)),
            None if rest.is_empty() => None,
            None => return Err(StoreError::Cursor),
        };
        let shaped = before.is_empty() || before.len() <= 64 && before.split_once('#').is_some_and(|(hour, _)| digits(hour));
        if shaped { Ok(Self { before: Some(before.to_owned()).filter(|key| !key.is_empty()), behind }) } else { Err(StoreError::Cursor) }
    }
}

/// The conversation in a sort key of the inbox, `<hour>#<conversation>`.
fn conversation_in(sort: &str) -> Option<ConversationId> {
    let (hour, id) = sort.split_once('#')?;
    digits(hour).then(|| id.parse().ok()).flatten()
}

fn digits(hour: &str) -> bool {
    hour.len() == 8 && hour.bytes().all(|b| b.is_ascii_digit())
}
