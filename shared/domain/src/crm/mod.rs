//! People who write to a business, and the names they are known by.

use std::fmt;

use serde::{Deserialize, Serialize};

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
    /// The name of the profile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text<128>>,
    /// The user name, with its sign: `@asha.v`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<Text<64>>,
    /// The person's id in the whole portfolio of the business, for portfolios that have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<BusinessScopedId>,
}

impl Sender {
    /// Every name of the person, the most lasting first.
    pub fn aliases(&self) -> impl Iterator<Item = Alias> + '_ {
        let scoped = self.user_id.clone().map(Alias::BusinessScoped);
        scoped.into_iter().chain(self.phone.map(Alias::WhatsApp))
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
