//! The ledger of a person's permissions: entries that are only ever added, and what they come to.

use serde::{Deserialize, Serialize};

use super::{ConsentChange, Permission};
use crate::{id::UserId, messaging::key::MessageKey, text::Text, time::Timestamp};

/// One change of permission, and everything that proves it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When it happened, and the hash of what caused it: the same cause makes the same entry.
    #[serde(rename = "y")]
    pub key: MessageKey,
    /// What changed.
    #[serde(rename = "c")]
    pub change: ConsentChange,
    /// How we know.
    #[serde(rename = "o")]
    pub source: Source,
    /// What was said, tapped or agreed to, word for word.
    #[serde(rename = "w", default, skip_serializing_if = "Option::is_none")]
    pub wording: Option<Text<512>>,
    /// The language of it, by its BCP 47 code.
    #[serde(rename = "l", default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Text<16>>,
    /// When it was entered.
    #[serde(rename = "e")]
    pub entered_at: Timestamp,
}

/// How a change of permission came to be known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// The person wrote one of the agreed words.
    #[serde(rename = "w")]
    Word,
    /// The person tapped a button that says so.
    #[serde(rename = "b")]
    Button,
    /// The person used WhatsApp's own switch for marketing (`user_preferences`).
    #[serde(rename = "p")]
    WhatsAppPreference,
    /// WhatsApp refused a message because the person had stopped marketing (131050).
    #[serde(rename = "f")]
    WhatsAppRefusal,
    /// A colleague entered it, with the name shown at the time.
    #[serde(rename = "u")]
    Colleague(UserId, Text<80>),
    /// It came with a list of contacts.
    #[serde(rename = "i")]
    Import,
    /// A program of the business entered it.
    #[serde(rename = "a")]
    Api,
}

impl Source {
    /// Its stable name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Button => "button",
            Self::WhatsAppPreference => "whatsapp_preference",
            Self::WhatsAppRefusal => "whatsapp_refusal",
            Self::Colleague(..) => "colleague",
            Self::Import => "import",
            Self::Api => "api",
        }
    }
}

/// The place of an entry among all of one person: by the time it happened, not the time it was heard of. Of two in the same moment the
/// refusal counts, for WhatsApp's clock has whole seconds and permission must not be had by accident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rank {
    at_ms: i64,
    refused: bool,
    cause: u64,
}

impl Rank {
    /// Written so that text order is the order of ranks.
    #[must_use]
    pub fn text(self) -> String {
        format!("{:013}#{}#{:016x}", self.at_ms, u8::from(self.refused), self.cause)
    }
}

impl Entry {
    /// Its place.
    #[must_use]
    pub fn rank(&self) -> Rank {
        Rank { at_ms: self.key.at().as_millisecond(), refused: self.change == ConsentChange::OptOut, cause: self.key.cause() }
    }
}

/// What a person has said about marketing, and since when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The permission.
    pub permission: Permission,
    /// When it was given or refused; `None` when the person was never asked.
    pub since: Option<Timestamp>,
    /// Until when WhatsApp holds marketing to this person back; it has nothing to do with what the person wants.
    pub held_until: Option<Timestamp>,
}

/// The permission after this change.
impl From<ConsentChange> for Permission {
    fn from(change: ConsentChange) -> Self {
        match change {
            ConsentChange::OptOut => Self::Refused,
            ConsentChange::OptIn => Self::Given,
        }
    }
}

/// What entries come to, in whatever order and however often they are told.
#[must_use]
pub fn fold<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Standing {
    match entries.into_iter().max_by_key(|entry| entry.rank()) {
        Some(last) => Standing { permission: last.change.into(), since: Some(last.key.at()), held_until: None },
        None => Standing::default(),
    }
}

/// Until when marketing is held back after WhatsApp's `times`-th refusal in a row (131049): a day, then two, four and eight.
#[must_use]
pub fn held_until(refused_at: Timestamp, times: u32) -> Timestamp {
    let days = 1_i64 << times.saturating_sub(1).min(3);
    refused_at.checked_add(crate::time::SignedDuration::from_hours(24 * days)).unwrap_or(refused_at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn entry(second: i64, cause: &str, change: ConsentChange) -> Entry {
        let at = Timestamp::from_second(1_793_500_000 + second).unwrap();
        let key = MessageKey::received(at, cause);
        Entry { key, change, source: Source::Word, wording: None, language: None, entered_at: at }
    }

    #[test]
    fn a_stop_that_comes_late_does_not_undo_a_later_start() {
        let (stop, start) = (entry(1, "stop", ConsentChange::OptOut), entry(2, "start", ConsentChange::OptIn));
        assert_eq!(fold([&start, &stop]).permission, Permission::Given);
        assert_eq!(fold([&stop]).permission, Permission::Refused);
        assert_eq!(fold([]), Standing::default());
        let same_second = entry(2, "stop again", ConsentChange::OptOut);
        assert_eq!(fold([&same_second, &start]).permission, Permission::Refused);
    }

    #[test]
    fn waits_grow_to_eight_days() {
        let at = Timestamp::from_second(1_793_500_000).unwrap();
        let days = |times| held_until(at, times).duration_since(at).as_hours() / 24;
        assert_eq!([0, 1, 2, 3, 4, 9].map(days), [1, 1, 2, 4, 8, 8]);
    }

    proptest! {
        /// The same entries in any order, and some of them twice, come to the same.
        #[test]
        fn order_and_repetition_do_not_matter(seconds in proptest::collection::vec((0i64..5, any::<bool>()), 1..8), twice in 0usize..8, turn in 0usize..8) {
            let change = |out| if out { ConsentChange::OptOut } else { ConsentChange::OptIn };
            let entries: Vec<Entry> =
                seconds.iter().enumerate().map(|(cause, (second, out))| entry(*second, &cause.to_string(), change(*out))).collect();
            let mut other: Vec<&Entry> = entries.iter().collect();
            other.push(&entries[twice % entries.len()]);
            let length = other.len();
            other.rotate_left(turn % length);
            prop_assert_eq!(fold(other), fold(&entries));
        }

        /// The written form sorts like the rank itself: the store compares the one, we the other.
        #[test]
        fn ranks_sort_as_they_are_written(a in (0i64..9_999_999_999_999, any::<bool>(), any::<u64>()), b in (0i64..9_999_999_999_999, any::<bool>(), any::<u64>())) {
            let rank = |(at_ms, refused, cause): (i64, bool, u64)| Rank { at_ms, refused, cause };
            prop_assert_eq!(rank(a).cmp(&rank(b)), rank(a).text().cmp(&rank(b).text()));
        }
    }
}
