//! A WhatsApp number of a business.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::phone::Phone;

/// The provider's id of a number (Meta: `phone_number_id`): digits, opaque to us.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NumberId(String);

/// Why a string is no [`NumberId`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be 1 to 32 letters or digits")]
pub struct NumberIdError;

impl NumberId {
    /// Checks that the id may stand in a key.
    ///
    /// # Errors
    /// Refuses what is empty, longer than 32 characters, or holds anything but ASCII letters and digits.
    pub fn new(raw: &str) -> Result<Self, NumberIdError> {
        let shaped = (1..=32).contains(&raw.len()) && raw.bytes().all(|b| b.is_ascii_alphanumeric());
        shaped.then(|| Self(raw.to_owned())).ok_or(NumberIdError)
    }

    /// The id as the provider writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for NumberId {
    type Error = NumberIdError;
    fn try_from(raw: String) -> Result<Self, NumberIdError> {
        Self::new(&raw)
    }
}

impl From<NumberId> for String {
    fn from(id: NumberId) -> Self {
        id.0
    }
}

impl fmt::Display for NumberId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A connected WhatsApp number. Its access token lies beside it in the table, sealed, and is no part of this type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Number {
    /// The provider's id.
    pub id: NumberId,
    /// The WhatsApp Business Account it belongs to.
    #[serde(rename = "wb")]
    pub waba_id: NumberId,
    /// The number people see.
    #[serde(rename = "ph")]
    pub display_phone: Phone,
    /// Messages a second Meta lets through, sent and received together: 80 at first, 20 with the phone app, 1000 after an upgrade.
    #[serde(rename = "tp")]
    pub messages_per_second: u16,
    /// Whether we may send.
    #[serde(rename = "st")]
    pub state: NumberState,
}

/// Whether a number is in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NumberState {
    /// Connected: receives and sends.
    #[serde(rename = "c")]
    Connected,
    /// Stopped by its owner, or after Meta refused its token.
    #[serde(rename = "s")]
    Stopped,
}
