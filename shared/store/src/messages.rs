//! Messages: one row each, whose key comes from the cause alone, and whose stages keep their own times.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    id::ConversationId,
    messaging::{
        inbound::RawMessage,
        key::{CallbackData, MessageKey},
        marks::Marks,
        message::Message,
        status::{Report, Stage, Stages, StatusUpdate, Waiting},
    },
    page::{Cursor, Page, PageSize},
    text::Text,
    time::Timestamp,
};
use secrecy::SecretString;

use crate::{
    error::StoreError,
    expression::{Change, Item, number, text},
    keys::Scope,
    marks, row,
    table::{Range, Window, Written, key_item},
    tenant::{TenantStore, Transaction},
};

pub(crate) const KIND: &str = "message";
pub(crate) const SHAPE: u16 = 1;

/// The attribute of the sealed value as the provider sent it.
const RAW: &str = "rw";
/// How long a status without its message is kept, in seconds.
const STATUS_KEPT_SECONDS: i64 = 30 * 24 * 3600;

/// What became of a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entered {
    /// It is on its message.
    Done,
    /// Its message is not here, or not yet.
    Missing,
    /// The message at its place has another id of Meta's.
    Another,
}

impl TenantStore {
    /// Writes a message that came in. That it is there already is no error: it has been seen.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn keep_inbound(&self, conversation: ConversationId, message: &Message, raw: Option<&RawMessage>) -> Result<(), StoreError> {
        let item = self.inbound_item(conversation, message, raw).await?;
        self.once(item).await.map(|_| ())
    }

    /// Writes an old message whose file came late: it takes the place of what stood for it.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn keep_old_message(
        &self,
        conversation: ConversationId,
        message: &Message,
        raw: Option<&RawMessage>,
    ) -> Result<(), StoreError> {
        let item = self.inbound_item(conversation, message, raw).await?;
        let Written::Refused(Some(found)) = self.table().create(item.clone()).await? else {
            return Ok(());
        };
        if self.read_message(&found)?.marks.placeholder {
            let change =
                ["b", "cx", "rw"].into_iter().fold(Change::default(), |change, name| change.set_some(name, item.get(name).cloned()));
            self.table()
                .update(&self.scope().message(conversation, message.key), change.remove("ph").when("attribute_exists(#ph)"))
                .await?;
        }
        Ok(())
    }

    /// The value of a message as its provider sent it, where it was kept. No interface gives it out.
    ///
    /// # Errors
    /// [`StoreError::Sealed`] when it does not open.
    pub async fn raw_message(&self, conversation: ConversationId, key: MessageKey) -> Result<Option<SecretString>, StoreError> {
        let place = self.scope().message(conversation, key);
        let Some(item) = self.table().get(&place, true).await? else {
            return Ok(None);
        };
        row::check(&item, self.scope(), KIND, SHAPE)?;
        match row::string(&item, RAW) {
            Some(sealed) => self.table().open(self.scope(), &place, RAW, sealed).await.map(Some),
            None => Ok(None),
        }
    }

    async fn inbound_item(&self, conversation: ConversationId, message: &Message, raw: Option<&RawMessage>) -> Result<Item, StoreError> {
        let mut item = message_item(self.scope(), conversation, message)?;
        if let Some(raw) = raw {
            let place = self.scope().message(conversation, message.key);
            item.insert(RAW.to_owned(), text(self.table().seal(self.scope(), &place, RAW, raw.as_str()).await?));
        }
        Ok(item)
    }

    /// Reads one message, as it is at this moment.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn message(&self, conversation: ConversationId, key: MessageKey) -> Result<Option<Message>, StoreError> {
        let item = self.table().get(&self.scope().message(conversation, key), true).await?;
        item.map(|item| self.read_message(&item)).transpose()
    }

    /// A page of a thread, the newest first.
    ///
    /// # Errors
    /// [`StoreError::Cursor`] when the cursor is no message key.
    pub async fn messages(&self, id: ConversationId, size: PageSize, cursor: Option<&Cursor>) -> Result<Page<Message>, StoreError> {
        let start = cursor
            .map(|Cursor(sort)| {
                let key: MessageKey = sort.parse().map_err(|_| StoreError::Cursor)?;
                Ok::<_, StoreError>(key_item(&self.scope().message(id, key)))
            })
            .transpose()?;
        let partition = self.scope().conversation(id).partition;
        let range =
            Range { index: None, partition: &partition, window: Window::Prefix("M#"), newest_first: true, limit: size.get(), start };
        let (items, last) = self.table().query(range).await?;
        let items = items.iter().map(|item| self.read_message(item)).collect::<Result<_, _>>()?;
        Ok(Page { items, next: last.as_ref().and_then(|key| row::string(key, "SK")).map(|sort| Cursor(sort.to_owned())) })
    }

    /// Enters a status: the time of its stage, once, and what else it tells. One update, found without a read.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn enter_status(&self, at: CallbackData, status: &StatusUpdate) -> Result<Entered, StoreError> {
        let told = |name: &'static str, value: Option<AttributeValue>| value.map(|value| (name, value));
        let failure = status.failure.as_ref().map(|failure| row::value(KIND, failure)).transpose()?;
        let pricing = status.pricing.as_ref().map(|pricing| row::value(KIND, pricing)).transpose()?;
        let origin = status.origin.as_ref().map(|origin| row::value(KIND, origin)).transpose()?;
        let change = [told("er", failure), told("pr", pricing), told("cv", origin)]
            .into_iter()
            .flatten()
            .fold(Change::default(), |change, (name, value)| change.set_once(name, value))
            .set_once(attribute(status.stage), number(status.at.as_millisecond()))
            .set_once("w", text(status.wamid.as_str()))
            .when("attribute_exists(#PK) AND (attribute_not_exists(#w) OR #w = :w)");
        Ok(match self.table().update(&self.scope().message(at.conversation, at.message), change).await? {
            Written::Done(_) => Entered::Done,
            Written::Refused(Some(_)) => Entered::Another,
            Written::Refused(None) => Entered::Missing,
        })
    }

    /// Keeps a status whose message is not here yet, and marks its conversation, so that whoever writes the message enters it.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn keep_status(&self, at: CallbackData, status: &StatusUpdate, now: Timestamp) -> Result<(), StoreError> {
        let mut item = key_item(&self.scope().kept_status(at.conversation, at.message, attribute(status.stage)));
        row::stamp(&mut item, self.scope(), "status", SHAPE);
        item.insert("b".to_owned(), row::value("status", status)?);
        item.insert("ttl".to_owned(), number(now.as_second() + STATUS_KEPT_SECONDS));
        self.once(item).await?;
        let mark = Change::default().set("ps", AttributeValue::Bool(true)).when("attribute_exists(#PK)");
        self.table().update(&self.scope().conversation(at.conversation), mark).await.map(|_| ())
    }

    /// Enters what was kept for a conversation's messages; the answer is which messages it was for. What is still too early stays.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn enter_kept(&self, conversation: ConversationId) -> Result<Vec<MessageKey>, StoreError> {
        let partition = self.scope().conversation(conversation).partition;
        let range =
            Range { index: None, partition: &partition, window: Window::Prefix("S#"), newest_first: false, limit: 100, start: None };
        let (items, more) = self.table().query(range).await?;
        let (mut entered, mut all) = (Vec::new(), more.is_none());
        for item in &items {
            row::check(item, self.scope(), "status", SHAPE)?;
            let sort = row::string(item, "SK").unwrap_or_default();
            let key: Option<MessageKey> = sort.strip_prefix("S#").and_then(|rest| rest.rsplit_once('#')?.0.parse().ok());
            let key = key.ok_or_else(|| StoreError::corrupt("status", "the key does not read"))?;
            let status: StatusUpdate = row::body("status", item, "b")?;
            match self.enter_status(CallbackData { conversation, message: key }, &status).await? {
                Entered::Missing => all = false,
                Entered::Done | Entered::Another => {
                    self.table().delete(&self.scope().kept_status(conversation, key, attribute(status.stage))).await?;
                    entered.push(key);
                }
            }
        }
        if all {
            self.table().update(&self.scope().conversation(conversation), Change::default().remove("ps")).await?;
        }
        Ok(entered)
    }

    /// Enters a status; `false` when there is no such message.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn record_status(&self, at: CallbackData, status: &StatusUpdate) -> Result<bool, StoreError> {
        Ok(self.enter_status(at, status).await? == Entered::Done)
    }

    pub(crate) fn read_message(&self, item: &Item) -> Result<Message, StoreError> {
        row::check(item, self.scope(), KIND, SHAPE)?;
        let time = |name| row::integer(item, name).and_then(|ms| Timestamp::from_millisecond(ms).ok());
        let key = row::string(item, "SK").and_then(|raw| raw.parse().ok());
        Ok(Message {
            key: key.ok_or_else(|| StoreError::corrupt(KIND, "the key does not read"))?,
            content: row::body(KIND, item, "b")?,
            author: row::body(KIND, item, "au")?,
            lane: row::integer(item, "ln").map(i64::unsigned_abs),
            wamid: row::string(item, "w").and_then(Text::cut),
            stages: Stages {
                queued: time("qa"),
                waiting: time("ws"),
                sending: time("ga"),
                accepted: time("aa"),
                sent: time(attribute(Stage::Sent)),
                delivered: time(attribute(Stage::Delivered)),
                read: time(attribute(Stage::Read)),
                played: time(attribute(Stage::Played)),
                failed: time(attribute(Stage::Failed)),
            },
            failure: row::optional(KIND, item, "er")?,
            possibly_twice: row::optional(KIND, item, "tw")?.unwrap_or(false),
            contract: row::optional(KIND, item, "vd")?,
            marks: Marks { report: report(item)?, ..marks::read(item)? },
        })
    }
}

/// What is told of a message's sending.
fn report(item: &Item) -> Result<Report, StoreError> {
    let until = row::integer(item, "wu").and_then(|ms| Timestamp::from_millisecond(ms).ok());
    let why = row::string(item, "wr").and_then(Text::cut);
    Ok(Report {
        pricing: row::optional(KIND, item, "pr")?,
        origin: row::optional(KIND, item, "cv")?,
        waits: why.map(|why| Waiting { until, why }),
    })
}

impl Transaction<'_> {
    /// Writes a message that is not there yet.
    pub fn create_message(self, conversation: ConversationId, message: &Message) -> Self {
        let item = message_item(self.scope(), conversation, message);
        self.create_item(item)
    }
}

/// The attribute of a stage's time.
pub(crate) const fn attribute(stage: Stage) -> &'static str {
    match stage {
        Stage::Sent => "sa",
        Stage::Delivered => "da",
        Stage::Read => "ra",
        Stage::Played => "pa",
        Stage::Failed => "fa",
    }
}

fn message_item(scope: Scope, conversation: ConversationId, message: &Message) -> Result<Item, StoreError> {
    let mut item = key_item(&scope.message(conversation, message.key));
    row::stamp(&mut item, scope, KIND, SHAPE);
    item.insert("b".to_owned(), row::value(KIND, &message.content)?);
    item.insert("au".to_owned(), row::value(KIND, &message.author)?);
    let stages = &message.stages;
    if let Some(lane) = message.lane {
        item.insert("ln".to_owned(), number(lane));
    }
    // What was written elsewhere comes with how far it has got.
    let times = [
        ("qa", stages.queued),
        ("aa", stages.accepted),
        (attribute(Stage::Sent), stages.sent),
        (attribute(Stage::Delivered), stages.delivered),
        (attribute(Stage::Read), stages.read),
        (attribute(Stage::Played), stages.played),
        (attribute(Stage::Failed), stages.failed),
    ];
    for (name, at) in times {
        if let Some(at) = at {
            item.insert(name.to_owned(), number(at.as_millisecond()));
        }
    }
    if let Some(verdict) = &message.contract {
        item.insert("vd".to_owned(), row::value(KIND, verdict)?);
    }
    if let Some(wamid) = &message.wamid {
        item.insert("w".to_owned(), text(wamid.as_str()));
    }
    marks::write(&mut item, &message.marks)?;
    Ok(item)
}
