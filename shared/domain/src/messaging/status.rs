//! How far a message got. Each stage keeps its own time, once; the state shown is computed from them, so that statuses may come
//! twice, late, or out of order.

use serde::{Deserialize, Serialize};

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
    /// Waits to be sent.
    Queued,
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
            (self.sending, State::Sending),
        ];
        furthest.iter().find(|(at, _)| at.is_some()).map_or(State::Queued, |(_, state)| *state)
    }
}

/// Why a message failed, in Meta's words and numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Meta's error code; 0 when the failure is not Meta's.
    #[serde(rename = "c")]
    pub code: i64,
    /// Meta's title.
    #[serde(rename = "t")]
    pub title: Text<256>,
    /// Meta's details.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub details: Option<Text<512>>,
}

/// One status of one message, as a webhook told it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusUpdate {
    /// Meta's id of the message.
    pub wamid: Text<512>,
    /// The stage reached.
    pub stage: Stage,
    /// When, by Meta's clock.
    pub at: Timestamp,
    /// Why it failed, when it did.
    pub failure: Option<Failure>,
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

    proptest! {
        /// Adding a stage never moves the state backwards, whatever the order: the state is a join over what is known.
        #[test]
        fn more_knowledge_never_moves_the_state_back(times in proptest::array::uniform5(proptest::option::of(0i64..100)), more in 0usize..4) {
            let rank = |state: State| match state {
                State::Received | State::Queued => 0,
                State::Sending => 1,
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
