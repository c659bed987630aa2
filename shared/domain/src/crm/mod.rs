//! People who write to a business, and the names they are known by.

mod review;
mod spelling;

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

pub use self::{
    review::{Review, State as ReviewState, Verdict as ReviewVerdict, Why as ReviewReason},
    spelling::spellings,
};
use crate::{id::ContactId, locale::Locale, phone::Phone, text::Text, time::Timestamp};

/// What the sender of a message is to the business. Known from the registered phone, never from what the message says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SenderRole {
    /// Buys from it.
    #[default]
    #[serde(rename = "c")]
    Customer,
    /// Owns or runs it: sees values and reorder levels that customers do not.
    #[serde(rename = "o")]
    Owner,
}

/// A person who writes to a business.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The person's id.
    pub id: ContactId,
    /// The name of the person's profile.
    #[serde(rename = "nm", default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text<128>>,
    /// The phone, absent for people who write under a user name.
    #[serde(rename = "ph", default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
    /// The name the person goes by on WhatsApp: to be shown, never to find anybody by, for it can be given to somebody else.
    #[serde(rename = "un", default, skip_serializing_if = "Option::is_none")]
    pub username: Option<Text<64>>,
    /// The language the person last wrote in.
    #[serde(rename = "lo", default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<Locale>,
    /// When the person first wrote.
    #[serde(rename = "ca")]
    pub created_at: Timestamp,
}

/// A name a person is known by. One person may have several; each belongs to one person.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Alias {
    /// WhatsApp's `wa_id`: the digits of a phone number.
    #[serde(rename = "w")]
    WhatsApp(Phone),
    /// Meta's business-scoped user id, such as `IN.4410293847561`.
    #[serde(rename = "b")]
    BusinessScoped(BusinessScopedId),
}

impl Alias {
    /// How it is written down: `w` and digits, or `b` and the id.
    #[must_use]
    pub fn written(&self) -> String {
        match self {
            Self::WhatsApp(phone) => format!("w{}", phone.digits()),
            Self::BusinessScoped(id) => format!("b{}", id.as_str()),
        }
    }

    /// The account of WhatsApp it names, when it names one: a person has one, and a phone that comes with another has a new owner.
    #[must_use]
    pub fn account(&self) -> Option<&BusinessScopedId> {
        match self {
            Self::BusinessScoped(id) if !id.is_parent() => Some(id),
            Self::BusinessScoped(_) | Self::WhatsApp(_) => None,
        }
    }
}

/// Why a string is no alias.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is no name of a person")]
pub struct AliasError;

impl FromStr for Alias {
    type Err = AliasError;

    fn from_str(raw: &str) -> Result<Self, AliasError> {
        let phone = raw.strip_prefix('w').and_then(|digits| digits.parse().ok()).map(Self::WhatsApp);
        let scoped = || raw.strip_prefix('b').and_then(|id| BusinessScopedId::new(id).ok()).map(Self::BusinessScoped);
        phone.or_else(scoped).ok_or(AliasError)
    }
}

impl fmt::Debug for Alias {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WhatsApp(phone) => write!(formatter, "WhatsApp({phone:?})"),
            Self::BusinessScoped(id) => write!(formatter, "BusinessScoped({id:?})"),
        }
    }
}

/// Meta's business-scoped user id.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BusinessScopedId(String);

/// Why a string is no [`BusinessScopedId`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be 1 to 128 letters, digits, dots, hyphens or underscores")]
pub struct BusinessScopedIdError;

impl BusinessScopedId {
    /// Checks that the id may stand in a key.
    ///
    /// # Errors
    /// Refuses what is empty, longer than 128 characters, or holds other characters.
    pub fn new(raw: &str) -> Result<Self, BusinessScopedIdError> {
        let shaped = (1..=128).contains(&raw.len()) && raw.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'));
        shaped.then(|| Self(raw.to_owned())).ok_or(BusinessScopedIdError)
    }

    /// The id as Meta writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it names the person for a whole group of businesses (`IN.ENT.…`) and not for this one.
    #[must_use]
    pub fn is_parent(&self) -> bool {
        self.0.split('.').nth(1) == Some("ENT")
    }
}

impl TryFrom<String> for BusinessScopedId {
    type Error = BusinessScopedIdError;
    fn try_from(raw: String) -> Result<Self, BusinessScopedIdError> {
        Self::new(&raw)
    }
}

impl From<BusinessScopedId> for String {
    fn from(id: BusinessScopedId) -> Self {
        id.0
    }
}

impl fmt::Debug for BusinessScopedId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("BusinessScopedId(…)")
    }
}

/// Who sent a message, as the provider names the person. At least one of the two names is there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sender {
    /// `wa_id`, absent for people who write under a user name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
    /// The business-scoped user id, absent in older payloads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<BusinessScopedId>,
    /// The user id that a whole group of businesses sees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<BusinessScopedId>,
    /// The name of the profile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text<128>>,
    /// The user name, with its sign: `@asha.v`. To be shown, never to find anybody by: it can be given to somebody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<Text<64>>,
}

impl Sender {
    /// Every name of the person, the most lasting first.
    pub fn aliases(&self) -> impl Iterator<Item = Alias> + '_ {
        let scoped = [&self.user_id, &self.parent_id].into_iter().flatten().cloned().map(Alias::BusinessScoped);
        scoped.chain(self.phone.map(Alias::WhatsApp))
    }

    /// Where to answer: the phone when there is one, for every kind of message can be sent to it.
    #[must_use]
    pub fn recipient(&self) -> Option<Recipient> {
        let by_phone = self.phone.map(Recipient::Phone);
        by_phone.or_else(|| self.user_id.clone().map(Recipient::User))
    }

    /// What keeps a person's messages in order on a queue: the business-scoped id, else the phone.
    #[must_use]
    pub fn group(&self) -> String {
        match (&self.user_id, self.phone) {
            (Some(id), _) => id.as_str().to_owned(),
            (None, Some(phone)) => phone.digits(),
            (None, None) => String::new(),
        }
    }
}

/// Where a message goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Recipient {
    /// A phone: the field `to`.
    #[serde(rename = "p")]
    Phone(Phone),
    /// A business-scoped user id: the field `recipient`.
    #[serde(rename = "u")]
    User(BusinessScopedId),
}

/// What an alias leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// The person.
    #[serde(rename = "c")]
    pub contact: ContactId,
    /// What the person is to the business.
    #[serde(rename = "r", default)]
    pub role: SenderRole,
}

/// A name as it was found: whom it leads to, and which other names it has been seen with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Whom it leads to.
    pub known: Known,
    /// The names it came with before.
    pub beside: Vec<Alias>,
    /// Whether WhatsApp has said that the person goes by another phone now.
    pub left: bool,
}

impl Named {
    /// Whether a sender who uses this name now has another account of WhatsApp than whoever used it before: then the phone has perhaps
    /// changed hands, and nothing of its former owner may pass to the new one.
    #[must_use]
    pub fn has_new_owner(&self, sender: &Sender) -> bool {
        let before: Vec<&BusinessScopedId> = self.beside.iter().filter_map(Alias::account).collect();
        sender.user_id.as_ref().is_some_and(|now| !now.is_parent() && !before.is_empty() && !before.contains(&now))
    }
}

/// A change of names that WhatsApp tells of: what the person is called from now on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameChange {
    /// The new phone.
    #[serde(rename = "w", default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
    /// The new user id.
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<BusinessScopedId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(raw: &str) -> BusinessScopedId {
        BusinessScopedId::new(raw).unwrap()
    }

    #[test]
    fn a_phone_with_another_account_has_a_new_owner() {
        let known = Known { contact: crate::id::derived(&[b"a"]), role: SenderRole::Customer };
        let seen_with = |ids: &[&str]| Named { known, beside: ids.iter().map(|raw| Alias::BusinessScoped(id(raw))).collect(), left: false };
        let with = |raw: Option<&str>| Sender { user_id: raw.map(id), ..Sender::default() };
        assert!(seen_with(&["IN.1"]).has_new_owner(&with(Some("IN.2"))));
        assert!(!seen_with(&["IN.1"]).has_new_owner(&with(Some("IN.1"))));
        assert!(!seen_with(&["IN.1", "IN.2"]).has_new_owner(&with(Some("IN.2"))), "a change WhatsApp has told of");
        assert!(!seen_with(&[]).has_new_owner(&with(Some("IN.2"))), "the first account seen is no change");
        assert!(!seen_with(&["IN.1"]).has_new_owner(&with(None)));
        assert!(!seen_with(&["IN.ENT.9"]).has_new_owner(&with(Some("IN.2"))), "an id of the group is no account of this business");
    }

    #[test]
    fn names_read_back_as_they_are_written() {
        for alias in [Alias::WhatsApp("919876500001".parse().unwrap()), Alias::BusinessScoped(id("IN.ENT.44"))] {
            assert_eq!(alias.written().parse(), Ok(alias));
        }
        for bad in ["", "w", "wx", "b", "919876500001", "b a"] {
            assert_eq!(bad.parse::<Alias>(), Err(AliasError), "{bad}");
        }
    }
}
