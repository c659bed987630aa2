//! The part of a conversation's head that says when its next message may go ([`domain::rate::Pace`]): one update both asks and reads.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    id::ConversationId,
    messaging::{conversation::LastMessage, key::MessageKey, status::Failure},
    rate::{LINE_MAX, Pace, PaceAsk},
    time::{SignedDuration, Timestamp},
};

use crate::{
    error::StoreError,
    expression::{Change, Item, number, text},
    heads::{Head, with_last_message},
    row,
    table::Written,
    tenant::TenantStore,
};

/// A message that passes its conversation's head on its way out.
#[derive(Debug)]
pub struct Passage<'a> {
    /// The conversation.
    pub conversation: ConversationId,
    /// What it asks.
    pub ask: &'a PaceAsk,
    /// The state after it.
    pub next: &'a Pace,
    /// What the lists show of it; `None` when something newer is there.
    pub last: Option<&'a LastMessage>,
    /// What the writer believes of the head: that nobody wrote to the person lately, or that it is of this version.
    pub seen: Option<u64>,
}

/// What became of it.
#[derive(Debug)]
pub enum Passing {
    /// It passed: the head as it is now.
    Passed(Box<Head>),
    /// The belief was wrong: the head as it really is.
    Refused(Box<Head>),
    /// There is no such conversation.
    Missing,
}

/// What became of the wish to wait in line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Queued {
    /// It has its place.
    InLine,
    /// Too many wait already.
    Full,
    /// There is no such conversation.
    Missing,
}

impl TenantStore {
    /// Lets a message pass its conversation's head, and shows it there as the last thing said.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn pass(&self, passage: &Passage<'_>) -> Result<Passing, StoreError> {
        let change = passage_change(passage)?;
        let key = self.scope().conversation(passage.conversation);
        Ok(match self.table().update_and_read(&key, change).await? {
            Written::Done(Some(item)) => Passing::Passed(Box::new(self.read_head(passage.conversation, &item)?)),
            Written::Refused(Some(item)) => Passing::Refused(Box::new(self.read_head(passage.conversation, &item)?)),
            Written::Done(None) | Written::Refused(None) => Passing::Missing,
        })
    }

    /// Gives a message its place among those of its conversation that wait. It has one place, however often it asks.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn join_line(&self, conversation: ConversationId, message: MessageKey) -> Result<Queued, StoreError> {
        let me = message.to_string();
        let change = bump(Change::default().assign("wl", "list_append(if_not_exists(#wl, :empty), :me)"))
            .bind("empty", AttributeValue::L(Vec::new()))
            .bind("me", AttributeValue::L(vec![text(me.clone())]))
            .bind("key", text(me))
            .bind("most", number(LINE_MAX))
            .when("attribute_exists(#PK) AND (attribute_not_exists(#wl) OR (size(#wl) < :most AND NOT contains(#wl, :key)))");
        Ok(match self.table().update(&self.scope().conversation(conversation), change).await? {
            Written::Done(_) => Queued::InLine,
            Written::Refused(None) => Queued::Missing,
            Written::Refused(Some(item)) => {
                if read_pace(&item).line.contains(&message) {
                    Queued::InLine
                } else {
                    Queued::Full
                }
            }
        })
    }

    /// Takes a message out of the line, wherever it stands; the answer is the head afterwards, if there is one.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when others keep changing the line.
    pub async fn leave_line(&self, conversation: ConversationId, message: MessageKey) -> Result<Option<Head>, StoreError> {
        let mut place = 0;
        for _ in 0..=LINE_MAX {
            let spot = format!("wl[{place}]");
            let change = bump(Change::default().remove(&spot)).bind("me", text(message.to_string())).when(&format!("#{spot} = :me"));
            match self.table().update_and_read(&self.scope().conversation(conversation), change).await? {
                Written::Done(Some(item)) => return self.read_head(conversation, &item).map(Some),
                Written::Done(None) | Written::Refused(None) => return Ok(None),
                Written::Refused(Some(item)) => {
                    let head = self.read_head(conversation, &item)?;
                    match head.pace.line.iter().position(|waiting| *waiting == message) {
                        Some(found) => place = found,
                        None => return Ok(Some(head)),
                    }
                }
            }
        }
        Err(StoreError::Conflict)
    }

    /// Shows on the head that the last thing said was not delivered; nothing when something was said since.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn show_failure(&self, conversation: ConversationId, message: MessageKey, failure: &Failure) -> Result<(), StoreError> {
        let change = Change::default().set("lf", number(failure.code)).bind("me", text(message.to_string())).when("#lm = :me");
        self.table().update(&self.scope().conversation(conversation), change).await.map(|_| ())
    }
}

fn bump(change: Change) -> Change {
    change.assign("pv", "if_not_exists(#pv, :zero) + :one").bind("zero", number(0)).bind("one", number(1))
}

fn passage_change(passage: &Passage<'_>) -> Result<Change, StoreError> {
    let (ask, next) = (passage.ask, passage.next);
    let now_ms = ask.now.as_millisecond();
    let mut change = bump(Change::default()).set_some("pc", next.pair.map(|at| number(at.as_millisecond())));
    if ask.marketing {
        let times = next.marketing.iter().map(|at| number(at.as_millisecond())).collect();
        change = change.set("mt", AttributeValue::L(times)).set("ml", number(now_ms));
    }
    if ask.initiates {
        change = change.set_some("bi", next.initiated.map(|at| number(at.as_millisecond())));
    }
    let mut condition = String::from("attribute_exists(#PK)");
    match passage.seen {
        Some(0) => condition.push_str(" AND attribute_not_exists(#pv)"),
        Some(version) => {
            change = change.bind("seen", number(version));
            condition.push_str(" AND #pv = :seen");
        }
        None => {
            change = change.bind("now", number(now_ms)).bind("none", number(0));
            condition.push_str(" AND (attribute_not_exists(#wl) OR size(#wl) = :none) AND (attribute_not_exists(#pc) OR #pc < :now)");
            if ask.marketing {
                change = change.bind("since", number(before(ask.now, ask.cap.within())));
                condition.push_str(" AND (attribute_not_exists(#ml) OR #ml <= :since)");
            }
            if ask.initiates {
                change = change.bind("day", number(before(ask.now, SignedDuration::from_hours(24))));
                condition.push_str(" AND (attribute_not_exists(#bi) OR #bi <= :day)");
            }
        }
    }
    if let Some(last) = passage.last {
        change = with_last_message(change, last)?.set("lm", text(ask.message.to_string())).remove("lf");
        condition.push_str(" AND (attribute_not_exists(#la) OR #la <= :la)");
    }
    Ok(change.when(&condition))
}

fn before(now: Timestamp, long: SignedDuration) -> i64 {
    now.checked_sub(long).unwrap_or(Timestamp::UNIX_EPOCH).as_millisecond()
}

/// The state on a head.
pub(crate) fn read_pace(item: &Item) -> Pace {
    let time = |name| row::integer(item, name).and_then(|ms| Timestamp::from_millisecond(ms).ok());
    let list = |name: &str| item.get(name).and_then(|found| found.as_l().ok()).map(Vec::as_slice).unwrap_or_default();
    Pace {
        pair: time("pc"),
        line: list("wl").iter().filter_map(|key| key.as_s().ok()?.parse().ok()).collect(),
        marketing: list("mt").iter().filter_map(|at| Timestamp::from_millisecond(at.as_n().ok()?.parse().ok()?).ok()).collect(),
        initiated: time("bi"),
        version: row::integer(item, "pv").map_or(0, i64::unsigned_abs),
    }
}

/// The code of the failure of the last thing said, unless something was said since.
pub(crate) fn last_failure(item: &Item) -> Option<i64> {
    row::integer(item, "lf")
}
