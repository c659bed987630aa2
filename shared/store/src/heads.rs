//! The head of a conversation: one update is both the write of what came in and the read of the session.

use std::collections::HashMap;

use domain::{
    crm::{Recipient, SenderRole},
    id::{ContactId, ConversationId},
    messaging::{
        conversation::{Applied, Conversation, Decision, Direction, LastMessage, Outcome, Slot, Standing},
        key::MessageKey,
    },
    rate::Pace,
    tenant::NumberId,
    text::Text,
    time::Timestamp,
};

use crate::{
    error::StoreError,
    expression::{Change, Item, number, text},
    pace::{last_failure, read_pace},
    references::{self, Waiting},
    row,
    table::Written,
    tenant::TenantStore,
};

pub(crate) const KIND: &str = "conversation";
pub(crate) const SHAPE: u16 = 1;

/// A message that came in, as its conversation sees it.
#[derive(Debug)]
pub struct Arrival<'a> {
    /// The conversation.
    pub conversation: ConversationId,
    /// The person.
    pub contact: ContactId,
    /// What the person is to the business.
    pub role: SenderRole,
    /// The number it came in on.
    pub number: &'a NumberId,
    /// Where to answer.
    pub recipient: &'a Recipient,
    /// The name of the person's profile.
    pub contact_name: Option<&'a Text<128>>,
    /// The message.
    pub key: MessageKey,
    /// Where its decision is kept.
    pub slot: &'a Slot,
    /// What the lists show of it.
    pub last: &'a LastMessage,
    /// Whether it opens the service window.
    pub opens_window: bool,
}

/// What the writer believes of the head.
#[derive(Clone, Copy, Debug)]
pub enum Belief<'a> {
    /// A guess: it does not exist, or is of this epoch and nothing as new has come in yet; and, where the message shows no language of
    /// its own, the conversation's is the guessed one.
    Guess {
        /// The epoch.
        epoch: u32,
        /// Whether the language was guessed too.
        locale_guessed: bool,
    },
    /// It was just read.
    Read(&'a Head),
}

/// A head as the table has it.
#[derive(Clone, Debug)]
pub struct Head {
    /// The conversation.
    pub conversation: Conversation,
    /// The decisions stored on it.
    pub applied: HashMap<String, Applied>,
    /// Reactions, corrections and deletions that wait for their message.
    pub waiting: Vec<Waiting>,
    /// When its next message may go.
    pub pace: Pace,
    /// Whether statuses are kept for messages of it that were not here.
    pub statuses_kept: bool,
}

impl Head {
    /// The decision about this message, if it is the last one of its slot.
    #[must_use]
    pub fn applied(&self, slot: &Slot, key: MessageKey) -> Option<&Applied> {
        self.applied.get(slot.as_str()).filter(|applied| applied.cause == key.cause())
    }

    /// Who waits for this message.
    #[must_use]
    pub fn waiting_for(&self, key: MessageKey) -> Vec<MessageKey> {
        self.waiting.iter().filter(|waiting| waiting.for_message(key)).map(|waiting| waiting.key).collect()
    }
}

/// What became of the write.
#[derive(Debug)]
pub enum Application {
    /// Written: the head as it is now.
    Written(Box<Head>),
    /// The belief was wrong: the head as it really is.
    Refused(Box<Head>),
}

impl TenantStore {
    /// Gives a message its place in the conversation and stores what was decided about it, in one conditional write.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the head vanished meanwhile.
    pub async fn apply(&self, arrival: &Arrival<'_>, outcome: &Outcome, belief: Belief<'_>) -> Result<Application, StoreError> {
        let change = self.arrival_change(arrival, outcome, belief)?;
        match self.table().update_and_read(&self.scope().conversation(arrival.conversation), change).await? {
            Written::Done(Some(item)) => Ok(Application::Written(Box::new(self.read_head(arrival.conversation, &item)?))),
            Written::Refused(Some(item)) => Ok(Application::Refused(Box::new(self.read_head(arrival.conversation, &item)?))),
            Written::Done(None) | Written::Refused(None) => Err(StoreError::Conflict),
        }
    }

    fn arrival_change(&self, arrival: &Arrival<'_>, outcome: &Outcome, belief: Belief<'_>) -> Result<Change, StoreError> {
        let at = arrival.last.at;
        let earlier = match belief {
            Belief::Guess { .. } => None,
            Belief::Read(head) => head.conversation.last_inbound_at.filter(|last| *last >= at),
        };
        let slot = format!("k{}", arrival.slot.as_str());
        let slot_lane = format!("l{}", arrival.slot.as_str());
        let slot_cause = format!("c{}", arrival.slot.as_str());
        let standing = outcome.standing;
        let index = self.scope().inbox(standing.status, earlier.unwrap_or(at), arrival.conversation);
        let mut change = Change::default()
            .set("t", text(self.id().to_string()))
            .set("k", text(KIND))
            .set("s", number(SHAPE))
            .set("ct", text(arrival.contact.to_string()))
            .set("ro", row::value(KIND, &arrival.role)?)
            .set("nb", text(arrival.number.as_str()))
            .assign("ln", "if_not_exists(#ln, :zero) + :one")
            .set("ep", number(standing.epoch))
            .set("st", row::value(KIND, &standing.status)?)
            .set("oo", aws_sdk_dynamodb::types::AttributeValue::Bool(standing.marketing_opted_out))
            .set_some("oc", standing.consent_at.map(|at| number(at.as_millisecond())))
            .set("lo", row::value(KIND, &outcome.decision.locale)?)
            .set("li", number(earlier.unwrap_or(at).as_millisecond()))
            .set(&slot, row::value(KIND, &outcome.decision)?)
            .set(&slot_cause, text(format!("{:016x}", arrival.key.cause())))
            .assign(&slot_lane, "if_not_exists(#ln, :zero) + :one")
            .set("GSI1PK", text(index.partition))
            .set("GSI1SK", text(index.sort))
            .bind("zero", number(0))
            .bind("one", number(1));
        if earlier.is_none() {
            // What comes late says neither where the person is now nor what was said last.
            change = with_last_message(change, arrival.last)?
                .set("rc", row::value(KIND, arrival.recipient)?)
                .set_some("nm", arrival.contact_name.map(|name| text(name.as_str())));
        }
        change = with_window(change, arrival, belief);
        Ok(match belief {
            Belief::Guess { epoch, locale_guessed } => {
                let locale = if locale_guessed { " AND #lo = :lo" } else { "" };
                let guess = format!("attribute_not_exists(#PK) OR (#li < :li AND #ep = :guess{locale})");
                change.bind("guess", number(epoch)).when(&guess)
            }
            Belief::Read(head) => change
                .bind("seen", number(head.conversation.lane))
                .bind("guess", number(head.conversation.standing.epoch))
                .when("#ln = :seen AND #ep = :guess"),
        })
    }

    /// The messages of a conversation that wait, in their order.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn line(&self, id: ConversationId) -> Result<Vec<MessageKey>, StoreError> {
        let item = self.table().get(&self.scope().conversation(id), true).await?;
        Ok(item.map(|item| read_pace(&item).line).unwrap_or_default())
    }

    /// Remembers until when messages to the person are free, because the person came by an advertisement; it never goes back.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn note_free_until(&self, id: ConversationId, until: Timestamp) -> Result<(), StoreError> {
        let change = Change::default()
            .set("fe", number(until.as_millisecond()))
            .when("attribute_exists(#PK) AND (attribute_not_exists(#fe) OR #fe < :fe)");
        self.table().update(&self.scope().conversation(id), change).await.map(|_| ())
    }

    /// Remembers up to when a colleague has read; it never goes back.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn mark_read(&self, id: ConversationId, up_to: Timestamp) -> Result<(), StoreError> {
        let change = Change::default()
            .set("ru", number(up_to.as_millisecond()))
            .when("attribute_exists(#PK) AND (attribute_not_exists(#ru) OR #ru < :ru)");
        self.table().update(&self.scope().conversation(id), change).await.map(|_| ())
    }

    /// Reads a conversation.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn conversation(&self, id: ConversationId) -> Result<Option<Conversation>, StoreError> {
        let item = self.table().get(&self.scope().conversation(id), true).await?;
        item.map(|item| self.read_head(id, &item).map(|head| head.conversation)).transpose()
    }

    /// Reads the head of a conversation, with the state of its sending.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn head(&self, id: ConversationId) -> Result<Option<Head>, StoreError> {
        let item = self.table().get(&self.scope().conversation(id), true).await?;
        item.map(|item| self.read_head(id, &item)).transpose()
    }

    pub(crate) fn read_head(&self, id: ConversationId, item: &Item) -> Result<Head, StoreError> {
        row::check(item, self.scope(), KIND, SHAPE)?;
        let time = |name| row::integer(item, name).and_then(|ms| Timestamp::from_millisecond(ms).ok());
        let missing = |name: &str| StoreError::corrupt(KIND, format!("{name} is missing"));
        let kept = |name: &str| row::string(item, name).and_then(Text::cut);
        let last_message = match (kept("lk"), time("la")) {
            (Some(kind), Some(at)) => Some(LastMessage {
                preview: row::string(item, "lp").and_then(Text::cut),
                kind,
                direction: row::body(KIND, item, "ld")?,
                at,
            }),
            _ => None,
        };
        let outbound = last_message.as_ref().is_some_and(|last: &LastMessage| last.direction == Direction::Outbound);
        let last_failure = last_failure(item).filter(|_| outbound);
        let conversation = Conversation {
            id,
            contact: row::string(item, "ct").and_then(|raw| raw.parse().ok()).ok_or_else(|| missing("contact"))?,
            role: row::optional(KIND, item, "ro")?.unwrap_or_default(),
            number: row::body(KIND, item, "nb")?,
            recipient: row::body(KIND, item, "rc")?,
            contact_name: row::string(item, "nm").and_then(Text::cut),
            standing: Standing {
                epoch: row::integer(item, "ep").and_then(|epoch| u32::try_from(epoch).ok()).unwrap_or(0),
                status: row::body(KIND, item, "st")?,
                marketing_opted_out: row::optional(KIND, item, "oo")?.unwrap_or(false),
                consent_at: time("oc"),
            },
            lane: row::integer(item, "ln").unwrap_or(0).unsigned_abs(),
            locale: row::body(KIND, item, "lo")?,
            assignee: row::string(item, "ag").and_then(|raw| raw.parse().ok()),
            last_inbound_at: time("li"),
            // Rows of earlier releases know only when something last came in.
            window_opened_at: time("wo").or_else(|| time("li")).filter(|at| *at > Timestamp::UNIX_EPOCH),
            free_until: time("fe"),
            last_message,
            read_up_to: time("ru"),
            phone_app_at: time("pa"),
            last_failure,
        };
        Ok(Head {
            conversation,
            applied: read_applied(item)?,
            waiting: references::waiting(item),
            pace: read_pace(item),
            statuses_kept: row::optional(KIND, item, "ps")?.unwrap_or(false),
        })
    }
}

/// The moment the window was opened by the person's last message; nought while nothing has opened it.
fn with_window(change: Change, arrival: &Arrival<'_>, belief: Belief<'_>) -> Change {
    let before = match belief {
        Belief::Guess { .. } if arrival.opens_window => None,
        // A notice of WhatsApp's own leaves the window as it is.
        Belief::Guess { .. } => return change.assign("wo", "if_not_exists(#wo, :zero)"),
        Belief::Read(head) => head.conversation.window_opened_at,
    };
    let opened = before.max(Some(arrival.last.at).filter(|_| arrival.opens_window));
    change.set("wo", number(opened.map_or(0, Timestamp::as_millisecond)))
}

pub(crate) fn with_last_message(change: Change, last: &LastMessage) -> Result<Change, StoreError> {
    let change = match &last.preview {
        Some(preview) => change.set("lp", text(preview.as_str())),
        None => change.remove("lp"),
    };
    Ok(change.set("lk", text(last.kind.as_str())).set("ld", row::value(KIND, &last.direction)?).set("la", number(last.at.as_millisecond())))
}

fn read_applied(item: &Item) -> Result<HashMap<String, Applied>, StoreError> {
    let slots = item.keys().filter_map(|name| name.strip_prefix('c')).filter(|slot| slot.len() == 5);
    slots
        .map(|slot| {
            let cause = row::string(item, &format!("c{slot}")).and_then(|raw| u64::from_str_radix(raw, 16).ok());
            let lane = row::integer(item, &format!("l{slot}")).map(i64::unsigned_abs);
            let (Some(cause), Some(lane)) = (cause, lane) else {
                return Err(StoreError::corrupt(KIND, "a decision is incomplete"));
            };
            let decision: Decision = row::body(KIND, item, &format!("k{slot}"))?;
            Ok((slot.to_owned(), Applied { cause, lane, decision }))
        })
        .collect()
}
