//! Messages on their way out: claimed, waiting, taken by the provider, or failed.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    crm::Recipient,
    id::ConversationId,
    messaging::{
        contract::Verdict,
        failure::{Failure, Ours},
        inbound::Tier,
        key::{CallbackData, MessageKey},
        message::{Author, Content, Message},
    },
    task::SendMessage,
    tenant::NumberId,
    text::Text,
    time::Timestamp,
};

use crate::{
    error::StoreError,
    expression::{Change, Item, number, text},
    messages::{KIND, SHAPE},
    row,
    table::Written,
    tenant::TenantStore,
};

/// The condition that nothing shows that the provider has the message, or never will.
const NOT_TAKEN: &str = "attribute_not_exists(#aa) AND attribute_not_exists(#sa) AND attribute_not_exists(#da) \
                         AND attribute_not_exists(#ra) AND attribute_not_exists(#pa) AND attribute_not_exists(#fa)";

/// What became of the claim to send a message.
#[derive(Debug)]
pub enum Claim {
    /// It is ours to send.
    Ours {
        /// How many attempts the provider has refused before.
        attempts: u32,
    },
    /// Somebody claimed it before: the message as it is.
    Earlier(Box<Message>),
}

/// Why a message waits.
#[derive(Clone, Copy, Debug)]
pub struct Waits<'a> {
    /// Since when.
    pub since: Timestamp,
    /// Until when; `None` until a person does something.
    pub until: Option<Timestamp>,
    /// For what.
    pub why: &'a str,
    /// How many attempts the provider has refused.
    pub attempts: u32,
    /// The claim that is given back, by its time; `None` when it stays.
    pub claimed: Option<Timestamp>,
}

/// A message that waits.
#[derive(Clone, Debug)]
pub struct WaitingMessage {
    /// The task that brings it back.
    pub message: SendMessage,
    /// Until when it waits.
    pub until: Option<Timestamp>,
}

impl TenantStore {
    /// Claims a message for sending: writes it if it is not there, and that the request to the provider is about to be made.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn claim_sending(
        &self,
        at: CallbackData,
        content: &Content,
        author: &Author,
        verdict: Option<&Verdict>,
        now: Timestamp,
    ) -> Result<Claim, StoreError> {
        let change = self
            .written(content, author, now)?
            .set_some("vd", verdict.map(|verdict| row::value(KIND, verdict)).transpose()?)
            .set("ga", number(now.as_millisecond()))
            .remove("ws")
            .remove("wu")
            .remove("wr")
            .when(&format!("attribute_not_exists(#ga) AND {NOT_TAKEN}"));
        self.claimed(at, change, now).await
    }

    /// Claims a message once more whose first attempt left no trace, and marks it as perhaps sent twice.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn claim_again(&self, at: CallbackData, first_attempt: Timestamp, now: Timestamp) -> Result<Claim, StoreError> {
        let change = Change::default()
            .set("ga", number(now.as_millisecond()))
            .set("tw", AttributeValue::Bool(true))
            .remove("ws")
            .remove("wu")
            .remove("wr")
            .bind("first", number(first_attempt.as_millisecond()))
            .when(&format!("#ga = :first AND attribute_not_exists(#tw) AND {NOT_TAKEN}"));
        self.claimed(at, change, now).await
    }

    async fn claimed(&self, at: CallbackData, change: Change, now: Timestamp) -> Result<Claim, StoreError> {
        match self.table().update_and_read(&self.scope().message(at.conversation, at.message), change).await? {
            Written::Done(item) => Ok(Claim::Ours { attempts: item.as_ref().map_or(0, attempts) }),
            Written::Refused(Some(item)) => {
                let found = self.read_message(&item)?;
                // A claim of this very moment is our own: its answer was lost, and the client asked again by itself.
                let ours = found.stages.sending.map(Timestamp::as_millisecond) == Some(now.as_millisecond()) && !found.stages.taken();
                Ok(if ours { Claim::Ours { attempts: attempts(&item) } } else { Claim::Earlier(Box::new(found)) })
            }
            Written::Refused(None) => Err(StoreError::Conflict),
        }
    }

    /// Notes that a message waits, writing it if it is not there. Nothing happens to one that is settled or claimed by somebody else.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn keep_waiting(&self, at: CallbackData, message: &SendMessage, waits: &Waits<'_>) -> Result<(), StoreError> {
        let content = Content::Outbound(message.content.clone());
        let mut change = self
            .written(&content, &message.author, waits.since)?
            .set_once("ws", number(waits.since.as_millisecond()))
            .set("wr", text(waits.why))
            .set("ti", row::value(KIND, &message.tier)?)
            .set("na", number(message.attempt.saturating_add(1)))
            .set_some("rq", message.reply_to.as_ref().map(|wamid| text(wamid.as_str())));
        change = match waits.until {
            Some(until) => change.set("wu", number(until.as_millisecond())),
            None => change.remove("wu"),
        };
        if waits.attempts > 0 {
            change = change.set("n", number(waits.attempts));
        }
        change = match waits.claimed {
            Some(claimed) => change
                .remove("ga")
                .bind("claimed", number(claimed.as_millisecond()))
                .when(&format!("(attribute_not_exists(#ga) OR #ga = :claimed) AND {NOT_TAKEN}")),
            None => change.when(NOT_TAKEN),
        };
        self.table().update(&self.scope().message(at.conversation, at.message), change).await.map(|_| ())
    }

    /// A message that waits, as the task that brings it back; `None` when it is settled, or not there.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn waiting(
        &self,
        conversation: ConversationId,
        key: MessageKey,
        number: &NumberId,
        recipient: &Recipient,
    ) -> Result<Option<WaitingMessage>, StoreError> {
        let Some(item) = self.table().get(&self.scope().message(conversation, key), true).await? else { return Ok(None) };
        let found = self.read_message(&item)?;
        let Content::Outbound(content) = found.content else { return Ok(None) };
        if found.stages.taken() {
            return Ok(None);
        }
        let message = SendMessage {
            tenant: self.id(),
            number: number.clone(),
            conversation,
            key,
            recipient: recipient.clone(),
            content,
            author: found.author,
            tier: row::optional(KIND, &item, "ti")?.unwrap_or(Tier::P2),
            reply_to: row::string(&item, "rq").and_then(Text::cut),
            attempt: row::integer(&item, "na").and_then(|count| u32::try_from(count).ok()).unwrap_or(1),
        };
        let until = row::integer(&item, "wu").and_then(|ms| Timestamp::from_millisecond(ms).ok());
        Ok(Some(WaitingMessage { message, until }))
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

    /// The same for a message that may not be there yet, with what the contract said.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn keep_failed(
        &self,
        at: CallbackData,
        message: &SendMessage,
        failure: &Failure,
        verdict: Option<&Verdict>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let change = self
            .written(&Content::Outbound(message.content.clone()), &message.author, now)?
            .set_some("vd", verdict.map(|verdict| row::value(KIND, verdict)).transpose()?)
            .set_once("fa", number(now.as_millisecond()))
            .set_once("er", row::value(KIND, failure)?)
            .when(NOT_TAKEN);
        self.table().update(&self.scope().message(at.conversation, at.message), change).await.map(|_| ())
    }

    /// Lets a message that was given up go once more: it forgets that it failed. Nothing happens to one that failed otherwise.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn revive(&self, at: CallbackData) -> Result<(), StoreError> {
        let change = Change::default()
            .remove("fa")
            .remove("er")
            .bind("given", number(Ours::GivenUp.code()))
            .when("#er.#c = :given AND attribute_not_exists(#aa) AND attribute_not_exists(#sa) AND attribute_not_exists(#da)");
        self.table().update(&self.scope().message(at.conversation, at.message), change).await.map(|_| ())
    }

    /// What every row of a message has, whoever writes it first.
    fn written(&self, content: &Content, author: &Author, now: Timestamp) -> Result<Change, StoreError> {
        Ok(Change::default()
            .set("t", text(self.id().to_string()))
            .set("k", text(KIND))
            .set("s", number(SHAPE))
            .set("b", row::value(KIND, content)?)
            .set("au", row::value(KIND, author)?)
            .set_once("qa", number(now.as_millisecond())))
    }
}

fn attempts(item: &Item) -> u32 {
    row::integer(item, "n").and_then(|count| u32::try_from(count).ok()).unwrap_or(0)
}
