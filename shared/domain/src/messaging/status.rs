//! How far a message got. Each stage keeps its own time, once; the state shown is computed from them, so that statuses may come
//! twice, late, or out of order.

use serde::{Deserialize, Serialize};

pub use crate::messaging::failure::Failure;
use crate::{text::Text, time::Timestamp};

/// A stage a sent message can reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Stage {
    /// Meta has passed it on.
    Sent,
    /// It lies on the phone.
    Delivered,
    /// It was seen.
    Read,
    /// The voice note was heard.
    Played,
    /// It will not arrive.
    Failed,
}

/// When each stage was reached; `None` when it was not, or not yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stages {
    /// Put on the books by us.
    pub queued: Option<Timestamp>,
    /// It could not go at once, and waits since then.
    pub waiting: Option<Timestamp>,
    /// The request to Meta was about to be made.
    pub sending: Option<Timestamp>,
    /// Meta answered with an id.
    pub accepted: Option<Timestamp>,
    /// Meta passed it on.
    pub sent: Option<Timestamp>,
    /// It lies on the phone.
    pub delivered: Option<Timestamp>,
    /// It was seen.
    pub read: Option<Timestamp>,
    /// The voice note was heard.
    pub played: Option<Timestamp>,
    /// It failed.
    pub failed: Option<Timestamp>,
}

/// The state a person is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Came in.
    Received,
    /// Lies on its queue.
    Queued,
    /// Waits for its turn, a limit, or the number.
    Waiting,
    /// Is being sent, or nobody knows whether it was.
    Sending,
    /// Taken by Meta.
    Accepted,
    /// Passed on.
    Sent,
    /// On the phone.
    Delivered,
    /// Seen, or heard.
    Read,
    /// Not delivered.
    Failed,
}

impl Stages {
    /// Whether anything shows that Meta has the message: then it must never be sent again.
    #[must_use]
    pub fn taken(&self) -> bool {
        let proofs = [self.accepted, self.sent, self.delivered, self.read, self.played, self.failed];
        proofs.iter().any(Option::is_some)
    }

    /// The state to show: the furthest stage; a failure shows only when nothing shows that it arrived.
    #[must_use]
    pub fn state(&self) -> State {
        let furthest = [
            (self.played.or(self.read), State::Read),
            (self.delivered, State::Delivered),
            (self.failed, State::Failed),
            (self.sent, State::Sent),
            (self.accepted, State::Accepted),
            (self.waiting, State::Waiting),
            (self.sending, State::Sending),
        ];
        furthest.iter().find(|(at, _)| at.is_some()).map_or(State::Queued, |(_, state)| *state)
    }
}

/// What is told of a message beside its stages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// What it is charged as.
    pub pricing: Option<Pricing>,
    /// What opened the conversation it is counted in; told for free entry points.
    pub origin: Option<Origin>,
    /// What it waits for, while it waits.
    pub waits: Option<Waiting>,
}

/// What a message waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Until when; `None` until a person does something.
    pub until: Option<Timestamp>,
    /// For what, by a stable name: `turn`, `throughput`, `provider`, `number`, `outcome`, or a reason of the send contract.
    pub why: Text<32>,
}

/// How a message is charged, in Meta's words: they are kept as told, for Meta adds to them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pricing {
    /// `marketing`, `utility`, `authentication`, `service`, …
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Text<32>>,
    /// `regular`, `free_customer_service`, `free_entry_point`, …
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Text<32>>,
    /// `PMP` (by message), or `CBP` (by conversation, before July 2025).
    #[serde(rename = "m", default, skip_serializing_if = "Option::is_none")]
    pub model: Option<Text<8>>,
}

impl Pricing {
    /// Whether it costs something. Every kind that is called free is; one nobody knows is charged, until it is known better.
    #[must_use]
    pub fn billable(&self) -> bool {
        !self.kind.as_ref().is_some_and(|kind| kind.as_str().starts_with("free_"))
    }
}

/// What opened the conversation Meta counts a message in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// `referral_conversion` for a free entry point, or a category.
    #[serde(rename = "o")]
    pub kind: Text<32>,
    /// When it ends.
    #[serde(rename = "x", default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
}

impl Origin {
    /// The end of the free entry point, when that is what it is: until then every message to the person is free.
    #[must_use]
    pub fn free_until(&self) -> Option<Timestamp> {
        self.expires_at.filter(|_| self.kind.as_str() == "referral_conversion")
    }
}

/// One status of one message, as a webhook told it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusUpdate {
    /// Meta's id of the message.
    pub wamid: Text<512>,
    /// The stage reached.
    pub stage: Stage,
    /// When, by Meta's clock.
    pub at: Timestamp,
    /// Why it failed, when it did; every error that was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
    /// How it is charged; told once or twice in the life of a message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pricing: Option<Pricing>,
    /// What opened the conversation it is counted in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
}

impl StatusUpdate {
    /// A status that tells the stage alone.
    #[must_use]
    pub fn new(wamid: Text<512>, stage: Stage, at: Timestamp) -> Self {
        Self { wamid, stage, at, failure: None, pricing: None, origin: None }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stages(times: [Option<i64>; 5]) -> Stages {
        let at = |seconds: Option<i64>| seconds.map(|s| Timestamp::from_second(s).unwrap());
        Stages {
            sent: at(times[0]),
            delivered: at(times[1]),
            read: at(times[2]),
            played: at(times[3]),
            failed: at(times[4]),
            ..Stages::default()
        }
    }

    #[test]
    fn a_failure_after_delivery_does_not_hide_the_delivery() {
        assert_eq!(stages([Some(1), Some(2), None, None, Some(3)]).state(), State::Delivered);
        assert_eq!(stages([Some(1), None, None, None, Some(3)]).state(), State::Failed);
        assert_eq!(stages([None, None, Some(2), None, None]).state(), State::Read, "read without delivered implies it");
        assert_eq!(Stages::default().state(), State::Queued);
    }

    #[test]
    fn what_is_called_free_is_free_and_the_unknown_is_charged() {
        let pricing = |kind: Option<&str>| Pricing { category: None, kind: kind.and_then(Text::cut), model: None };
        for (kind, billable) in [
            (Some("regular"), true),
            (Some("free_customer_service"), false),
            (Some("free_entry_point"), false),
            (Some("new"), true),
            (None, true),
        ] {
            assert_eq!(pricing(kind).billable(), billable, "{kind:?}");
        }
    }

    #[test]
    fn a_message_that_waits_says_so_until_something_is_known() {
        let waiting = Stages { queued: Some(Timestamp::UNIX_EPOCH), waiting: Some(Timestamp::UNIX_EPOCH), ..Stages::default() };
        assert_eq!(waiting.state(), State::Waiting);
        assert_eq!(Stages { sent: Some(Timestamp::UNIX_EPOCH), ..waiting }.state(), State::Sent);
    }

    proptest! {
        /// Adding a stage never moves the state backwards, whatever the order: the state is a join over what is known.
        #[test]
        fn more_knowledge_never_moves_the_state_back(times in proptest::array::uniform5(proptest::option::of(0i64..100)), more in 0usize..4) {
            let rank = |state: State| match state {
                State::Received | State::Queued => 0,
                State::Waiting | State::Sending => 1,
                State::Accepted => 2,
                State::Sent => 3,
                State::Failed => 4,
                State::Delivered => 5,
                State::Read => 6,
            };
            let before = rank(stages(times).state());
            let mut after = times;
            after[more] = after[more].or(Some(7));
            prop_assert!(rank(stages(after).state()) >= before);
        }
    }
}
