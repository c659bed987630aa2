//! What a shop is to be like.

use shared::domain::{
    access::Role,
    id::TenantId,
    locale::Locale,
    phone::Phone,
    tenant::{EmailAddress, NumberId},
    text::Text,
};

use crate::catalogue::Entry;

/// A shop to be written.
#[derive(Clone, Debug)]
pub struct Shop {
    /// Its id, from which all other ids follow.
    pub tenant: TenantId,
    /// What it is called.
    pub name: Text<80>,
    /// The language it answers in when a message shows none.
    pub locale: Locale,
    /// Meta's id of its number.
    pub number: NumberId,
    /// Meta's id of its account.
    pub account: NumberId,
    /// The number people see.
    pub display_phone: Phone,
    /// What opens Meta's API for it.
    pub access_token: String,
    /// Who works there.
    pub colleagues: Vec<Colleague>,
    /// What it sells.
    pub products: Vec<Entry>,
}

/// Somebody who works in a shop. With a phone, the person commands the shop by chat.
#[derive(Clone)]
pub struct Colleague {
    /// The name.
    pub name: Text<80>,
    /// The address to log in with.
    pub email: EmailAddress,
    /// What the person may do.
    pub role: Role,
    /// The phone to command the shop from.
    pub phone: Option<Phone>,
    /// The password.
    pub password: String,
}

impl std::fmt::Debug for Colleague {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Colleague({:?})", self.role)
    }
}
