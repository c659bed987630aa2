//! Messages: one row each, whose key comes from the cause alone, and whose stages keep their own times.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    id::ConversationId,
    messaging::{
        inbound::RawMessage,
        key::{CallbackData, MessageKey},
        message::{Author, Content, Message},
        status::{Failure, Stage, Stages, StatusUpdate},
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
const SHAPE: u16 = 1;

/// The attribute of the sealed value as the provider sent it.
const RAW: &str = "rw";

/// The condition that nothing shows that the provider has the message, or never will.
const NOT_TAKEN: &str = "attribute_not_exists(#aa) AND attribute_not_exists(#sa) AND attribute_not_exists(#da) \
                         AND attribute_not_exists(#ra) AND attribute_not_exists(#pa) AND attribute_not_exists(#fa)";

/// What became of the claim to send a message.
#[derive(Debug)]
pub enum Claim {
    /// It is ours to send.
    Ours,
    /// Somebody claimed it before: the message as it is.
    Earlier(Box<Message>),
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

    /// Claims a message for sending: writes it if it is not there, and that the request to the provider is about to be made.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn claim_sending(
        &self,
        conversation: ConversationId,
        key: MessageKey,
        content: &Content,
        author: &Author,
        now: Timestamp,
    ) -> Result<Claim, StoreError> {
        let change = Change::default()
            .set("t", text(self.id().to_string()))
            .set("k", text(KIND))
            .set("s", number(SHAPE))
            .set("b", row::value(KIND, content)?)
            .set("au", row::value(KIND, author)?)
            .set_once("qa", number(now.as_millisecond()))
            .set("ga", number(now.as_millisecond()))
            .when(&format!("attribute_not_exists(#ga) AND {NOT_TAKEN}"));
        self.claimed(conversation, key, change, now).await
    }

    /// Claims a message once more whose first attempt left no trace, and marks it as perhaps sent twice.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn claim_again(
        &self,
        conversation: ConversationId,
        key: MessageKey,
        first_attempt: Timestamp,
        now: Timestamp,
    ) -> Result<Claim, StoreError> {
        let change = Change::default()
            .set("ga", number(now.as_millisecond()))
            .set("tw", AttributeValue::Bool(true))
            .bind("first", number(first_attempt.as_millisecond()))
            .when(&format!("#ga = :first AND attribute_not_exists(#tw) AND {NOT_TAKEN}"));
        self.claimed(conversation, key, change, now).await
    }

    async fn claimed(&self, conversation: ConversationId, key: MessageKey, change: Change, now: Timestamp) -> Result<Claim, StoreError> {
        match self.table().update(&self.scope().message(conversation, key), change).await? {
            Written::Done(_) => Ok(Claim::Ours),
            Written::Refused(Some(item)) => {
                let found = self.read_message(&item)?;
                // A claim of this very moment is our own: its answer was lost, and the client asked again by itself.
                let ours = found.stages.sending.map(Timestamp::as_millisecond) == Some(now.as_millisecond()) && !found.stages.taken();
                Ok(if ours { Claim::Ours } else { Claim::Earlier(Box::new(found)) })
            }
            Written::Refused(None) => Err(StoreError::Conflict),
        }
    }

    /// Gives a claim back: the request certainly did not reach the provider.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn release_claim(&self, conversation: ConversationId, key: MessageKey, claimed_at: Timestamp) -> Result<(), StoreError> {
        let change = Change::default().remove("ga").bind("claimed", number(claimed_at.as_millisecond())).when("#ga = :claimed");
        self.table().update(&self.scope().message(conversation, key), change).await.map(|_| ())
    }

    /// Remembers that the provider took the message.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn record_accepted(&self, at: CallbackData, wamid: &Text<512>, now: Timestamp) -> Result<(), StoreError> {
        let change = Change::default()
            .set_once("aa", number(now.as_millisecond()))
            .set_once("w", text(wamid.as_str()))
            .when("attribute_exists(#PK)");
        self.table().update(&self.scope().message(at.conversation, at.message), change).await.map(|_| ())
    }

    /// Remembers that the message will not be sent, and why.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn record_failed(&self, at: CallbackData, failure: &Failure, now: Timestamp) -> Result<(), StoreError> {
        let change = Change::default()
            .set_once("fa", number(now.as_millisecond()))
            .set_once("er", row::value(KIND, failure)?)
            .when("attribute_exists(#PK)");
        self.table().update(&self.scope().message(at.conversation, at.message), change).await.map(|_| ())
    }

    /// Enters a status: the time of its stage, once. `false` when there is no such message.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn record_status(&self, at: CallbackData, status: &StatusUpdate) -> Result<bool, StoreError> {
        let failure = status.failure.as_ref().map(|failure| row::value(KIND, failure)).transpose()?;
        let mut change = Change::default()
            .set_once(attribute(status.stage), number(status.at.as_millisecond()))
            .set_once("w", text(status.wamid.as_str()))
            .when("attribute_exists(#PK) AND (attribute_not_exists(#w) OR #w = :w)");
        if let Some(failure) = failure {
            change = change.set_once("er", failure);
        }
        let written = self.table().update(&self.scope().message(at.conversation, at.message), change).await?;
        Ok(matches!(written, Written::Done(_)))
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
            marks: marks::read(item)?,
        })
    }
}

impl Transaction<'_> {
    /// Writes a message that is not there yet.
    pub fn create_message(self, conversation: ConversationId, message: &Message) -> Self {
        let item = message_item(self.scope(), conversation, message);
        self.create_item(item)
    }
}

/// The attribute of a stage's time.
const fn attribute(stage: Stage) -> &'static str {
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
    let numbers = [("ln", message.lane.map(number)), ("qa", stages.queued.map(|at| number(at.as_millisecond())))];
    for (name, value) in numbers {
        if let Some(value) = value {
            item.insert(name.to_owned(), value);
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
