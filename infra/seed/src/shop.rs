//! What a shop is to be like.

use shared::domain::{
    access::Role,
    id::TenantId,
    locale::Locale,
    phone::Phone,
    tenant::{EmailAddress, NumberId},
    text::Text,
};

use crate::catalogue::{Entry, demo_catalogue};

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
    /// Whether the account is this shop's alone and so leads to it.
    pub owns_account: bool,
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

impl Shop {
    /// A shop of one test: the demo's products, an owner with a phone and an agent, nobody and nothing shared with another shop.
    /// The phones follow from the number's last nine digits; the password is the same for all.
    ///
    /// # Errors
    /// When the number's id has fewer than nine digits.
    pub fn of_test(tenant: TenantId, number: NumberId, access_token: &str) -> anyhow::Result<Self> {
        let digits = number.as_str();
        let tail = digits.get(digits.len().saturating_sub(9)..).filter(|tail| tail.len() == 9);
        let tail = tail.ok_or_else(|| anyhow::anyhow!("number {digits} must have at least nine digits"))?.to_owned();
        let colleague = |name: &str, role, phone: Option<Phone>| {
            let email = EmailAddress::new(&format!("{}@{tenant}.example", name.to_lowercase()))?;
            Ok::<_, anyhow::Error>(Colleague { name: Text::new(name)?, email, role, phone, password: PASSWORD_OF_TESTS.to_owned() })
        };
        Ok(Self {
            tenant,
            name: Text::new("Test Kirana")?,
            locale: Locale::English,
            account: NumberId::new(&format!("3{tail}"))?,
            owns_account: true,
            display_phone: format!("+918{tail}").parse()?,
            access_token: access_token.to_owned(),
            colleagues: vec![
                colleague("Owner", Role::Owner, Some(format!("+917{tail}").parse()?))?,
                colleague("Agent", Role::Agent, None)?,
            ],
            products: demo_catalogue()?,
            number,
        })
    }
}

/// What everybody in a test's shop logs in with.
const PASSWORD_OF_TESTS: &str = "password of a test";

#[cfg(test)]
mod tests {
    use shared::domain::id::derived;

    use super::*;

    #[test]
    fn shops_of_tests_share_nothing() {
        let shop = |tenant: &[u8], number| Shop::of_test(derived(&[tenant]), NumberId::new(number).unwrap(), "t").unwrap();
        let (one, other) = (shop(b"one", "220000000000001"), shop(b"other", "220000000000002"));
        assert_ne!(one.display_phone, other.display_phone);
        assert_ne!(one.account, other.account);
        assert_ne!(one.colleagues[0].phone, other.colleagues[0].phone);
        assert_ne!(one.colleagues[1].email, other.colleagues[1].email);
        assert!(Shop::of_test(derived(&[b"x"]), NumberId::new("123").unwrap(), "t").is_err());
    }
}
