//! The key of a message: a pure function of what caused it, so that the same cause always makes the same row.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    id::{ClientMessageId, ConversationId, digest, made_at},
    time::Timestamp,
};

/// The place of a message in its thread. Sorts by the time of the cause; a reply sorts right after the message it answers.
///
/// Written `M#<milliseconds, 13 digits>#<hash of the cause, 16 hex digits>`, and `#<ordinal, 2 digits>` for what we send.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MessageKey {
    at_ms: i64,
    cause: u64,
    ordinal: Option<u8>,
}

/// Why a string is no [`MessageKey`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is no message key")]
pub struct MessageKeyError;

/// The latest time a key can carry: the end of the year 2286, when milliseconds need a fourteenth digit.
const LATEST_MS: i64 = 9_999_999_999_999;

impl MessageKey {
    /// The key of a message that came in: Meta's timestamp and the hash of its id.
    #[must_use]
    pub fn received(at: Timestamp, wamid: &str) -> Self {
        Self { at_ms: at.as_millisecond().clamp(0, LATEST_MS), cause: short_hash(wamid.as_bytes()), ordinal: None }
    }

    /// The key of our `ordinal`-th reply to the message of this key.
    #[must_use]
    pub fn reply(self, ordinal: u8) -> Self {
        Self { ordinal: Some(ordinal.min(99)), ..self }
    }

    /// The key of a message made by a client of the API: the id it made, with the time in it; `None` when the id carries no time.
    #[must_use]
    pub fn composed(id: ClientMessageId) -> Option<Self> {
        let at_ms = made_at(id)?.as_millisecond();
        let cause = short_hash(id.as_bytes());
        (0..=LATEST_MS).contains(&at_ms).then_some(Self { at_ms, cause, ordinal: Some(0) })
    }

    /// Whether it is the key of something we send: only such a message has statuses.
    #[must_use]
    pub fn is_ours(self) -> bool {
        self.ordinal.is_some()
    }

    /// Whether it may be the first of what we say to one thing that came in, or of what a colleague writes.
    #[must_use]
    pub fn is_first(self) -> bool {
        self.ordinal == Some(0)
    }

    /// The time of the cause.
    #[must_use]
    pub fn at(self) -> Timestamp {
        Timestamp::from_millisecond(self.at_ms).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// The hash of the cause: what tells one cause from another on the head of a conversation.
    #[must_use]
    pub fn cause(self) -> u64 {
        self.cause
    }
}

fn short_hash(cause: &[u8]) -> u64 {
    let mut first = [0; 8];
    first.copy_from_slice(&digest(&[cause])[..8]);
    u64::from_be_bytes(first)
}

impl fmt::Display for MessageKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "M#{:013}#{:016x}", self.at_ms, self.cause)?;
        match self.ordinal {
            Some(ordinal) => write!(formatter, "#{ordinal:02}"),
            None => Ok(()),
        }
    }
}

impl FromStr for MessageKey {
    type Err = MessageKeyError;

    fn from_str(raw: &str) -> Result<Self, MessageKeyError> {
        let mut parts = raw.split('#');
        let (Some("M"), Some(at), Some(cause)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(MessageKeyError);
        };
        let ordinal = parts.next();
        if parts.next().is_some() || at.len() != 13 || cause.len() != 16 || ordinal.is_some_and(|o| o.len() != 2) {
            return Err(MessageKeyError);
        }
        let key = Self {
            at_ms: at.parse().map_err(|_| MessageKeyError)?,
            cause: u64::from_str_radix(cause, 16).map_err(|_| MessageKeyError)?,
            ordinal: ordinal.map(str::parse).transpose().map_err(|_| MessageKeyError)?,
        };
        // Signs and capitals would parse too, but two spellings of one key must not exist.
        if key.to_string() == raw { Ok(key) } else { Err(MessageKeyError) }
    }
}

impl TryFrom<String> for MessageKey {
    type Error = MessageKeyError;
    fn try_from(raw: String) -> Result<Self, MessageKeyError> {
        raw.parse()
    }
}

impl From<MessageKey> for String {
    fn from(key: MessageKey) -> Self {
        key.to_string()
    }
}

/// What we hand Meta with a message and get back with each of its statuses (`biz_opaque_callback_data`, at most 512 characters):
/// enough to find the row, and not the tenant, which comes from the verified number alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallbackData {
    /// The conversation of the message.
    pub conversation: ConversationId,
    /// Its place there.
    pub message: MessageKey,
}

impl fmt::Display for CallbackData {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "1.{}.{}", self.conversation, self.message)
    }
}

impl FromStr for CallbackData {
    type Err = MessageKeyError;

    fn from_str(raw: &str) -> Result<Self, MessageKeyError> {
        let rest = raw.strip_prefix("1.").ok_or(MessageKeyError)?;
        let (conversation, message) = rest.split_once('.').ok_or(MessageKeyError)?;
        Ok(Self { conversation: conversation.parse().map_err(|_| MessageKeyError)?, message: message.parse()? })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::id;

    proptest! {
        #[test]
        fn keys_survive_writing(at_ms in 0..=LATEST_MS, wamid in ".{0,80}", ordinal in proptest::option::of(0u8..100)) {
            let received = MessageKey::received(Timestamp::from_millisecond(at_ms).unwrap(), &wamid);
            let key = ordinal.map_or(received, |n| received.reply(n));
            prop_assert_eq!(key.to_string().parse::<MessageKey>(), Ok(key));
            prop_assert_eq!(key.at().as_millisecond(), at_ms);
            let data = CallbackData { conversation: id::derived(&[wamid.as_bytes()]), message: key };
            prop_assert_eq!(data.to_string().parse::<CallbackData>(), Ok(data));
            prop_assert!(data.to_string().len() <= 512);
        }

        #[test]
        fn parsing_never_panics(raw in ".{0,60}") {
            if let Ok(key) = raw.parse::<MessageKey>() {
                prop_assert_eq!(key.to_string(), raw);
            }
        }

        #[test]
        fn text_order_is_time_order(a in 0..=LATEST_MS, b in 0..=LATEST_MS) {
            let key = |ms| MessageKey::received(Timestamp::from_millisecond(ms).unwrap(), "wamid.X").to_string();
            prop_assert_eq!(a.cmp(&b), key(a).cmp(&key(b)));
        }
    }

    #[test]
    fn a_reply_follows_its_cause() {
        let cause = MessageKey::received(Timestamp::from_second(1_793_500_000).unwrap(), "wamid.A");
        assert!(cause.to_string() < cause.reply(0).to_string());
        assert!(cause.reply(0).to_string() < cause.reply(1).to_string());
        assert_eq!(cause.reply(0).cause(), cause.cause());
    }
}
