//! A business, its numbers and the people who work for it.

use serde::{Deserialize, Serialize};

use crate::{
    access::Role,
    id::{TenantId, UserId},
    locale::Locale,
    messaging::contract::{Billing, QuietHours},
    phone::Phone,
    rate::MarketingCap,
    text::Text,
};

pub mod doctor;
mod health;
mod number;
pub mod onboarding;
pub mod silence;

pub use health::{
    Alert, Ban, DailyLimit, HistoryProgress, NameDecision, News, Noted, NumberHealth, PaymentConfiguration, Restriction, Username,
};
pub use number::{HIGH_PER_SECOND, Number, NumberId, NumberIdError, NumberState, ProviderKind, STANDARD_PER_SECOND, StopReason};

/// A business.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tenant {
    /// Its id.
    pub id: TenantId,
    /// What customers call it: shown in menus and in the dashboard.
    #[serde(rename = "nm")]
    pub name: Text<80>,
    /// The language it answers in when a message does not show one.
    #[serde(rename = "lo")]
    pub locale: Locale,
    /// The hours in which it leaves people in peace, if it keeps any.
    #[serde(rename = "qh", default, skip_serializing_if = "Option::is_none")]
    pub quiet_hours: Option<QuietHours>,
    /// Whether it sends marketing only to people who said yes, and not also to those who never said no.
    #[serde(rename = "oi", default, skip_serializing_if = "std::ops::Not::not")]
    pub opt_in_needed: bool,
    /// How much promotion it sends to one person.
    #[serde(rename = "mc", default, skip_serializing_if = "is_default")]
    pub marketing_cap: MarketingCap,
    /// How WhatsApp bills its account.
    #[serde(rename = "bl", default, skip_serializing_if = "is_default")]
    pub billing: Billing,
}

impl Tenant {
    /// A business that has laid nothing down yet.
    #[must_use]
    pub fn new(id: TenantId, name: Text<80>, locale: Locale) -> Self {
        Self {
            id,
            name,
            locale,
            quiet_hours: None,
            opt_in_needed: false,
            marketing_cap: MarketingCap::default(),
            billing: Billing::default(),
        }
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A person who works for a business: logs in to the dashboard, or commands the business by chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// The person's id.
    pub id: UserId,
    /// The name colleagues see.
    #[serde(rename = "nm")]
    pub name: Text<80>,
    /// The address to log in with, in lower case; unique over all businesses.
    #[serde(rename = "em")]
    pub email: EmailAddress,
    /// What the person may do.
    #[serde(rename = "ro")]
    pub role: Role,
    /// The phone the person commands the business from.
    #[serde(rename = "ph", default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
    /// The password, hashed by Argon2id in PHC form.
    #[serde(rename = "pw")]
    pub password: PasswordHash,
}

/// An Argon2id hash in PHC string form; its `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PasswordHash(pub String);

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("PasswordHash(…)")
    }
}

/// An e-mail address in lower case; its `Debug` shows only the domain.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

/// Why a string is no e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be an e-mail address like priya@example.in, at most 254 characters")]
pub struct EmailAddressError;

impl EmailAddress {
    /// Checks the shape `something@domain.tld` without blanks; whether it exists shows when mail is sent to it.
    ///
    /// # Errors
    /// Refuses what has not that shape or is longer than the 254 characters of RFC 5321.
    pub fn new(raw: &str) -> Result<Self, EmailAddressError> {
        let address = raw.trim().to_lowercase();
        let parts = address.split_once('@').filter(|(local, domain)| {
            !local.is_empty() && domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.') && !domain.contains('@')
        });
        let plain = !address.chars().any(|c| c.is_whitespace() || c.is_control());
        if parts.is_none() || !plain || address.len() > 254 {
            return Err(EmailAddressError);
        }
        Ok(Self(address))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = EmailAddressError;
    fn try_from(raw: String) -> Result<Self, EmailAddressError> {
        Self::new(&raw)
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

impl std::fmt::Debug for EmailAddress {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "EmailAddress(…@{})", self.0.split_once('@').map_or("", |(_, domain)| domain))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_business_of_before_there_were_rules_reads() {
        let row = r#"{"id":"0190b5a1-7c00-7000-8000-00000000d3e0","nm":"Sharma Kirana","lo":"hi"}"#;
        let read: Tenant = serde_json::from_str(row).unwrap();
        assert_eq!((read.marketing_cap, read.billing), (MarketingCap::default(), Billing::default()));
        assert_eq!(serde_json::to_string(&read).unwrap(), row, "and is written as before");
        let ruled = Tenant { marketing_cap: MarketingCap::new(1, 48).unwrap(), billing: Billing::new(0, 0).unwrap(), ..read };
        assert_eq!(serde_json::from_str::<Tenant>(&serde_json::to_string(&ruled).unwrap()).unwrap(), ruled);
    }

    #[test]
    fn email_addresses_are_lowered_and_checked() {
        assert_eq!(EmailAddress::new(" Priya@Shop.Example ").unwrap().as_str(), "priya@shop.example");
        for bad in ["", "priya", "@shop.in", "priya@shop", "a b@shop.in", "a@b@c.in", "a@.in"] {
            assert!(EmailAddress::new(bad).is_err(), "{bad}");
        }
    }
}
