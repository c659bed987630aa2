//! What the program is told at its start. Which table and key, and where AWS is, it reads from the environment like a function.

use anyhow::Context as _;
use serde::Deserialize;
use shared::domain::{
    access::Role,
    id::TenantId,
    locale::Locale,
    phone::Phone,
    tenant::{EmailAddress, NumberId},
    text::Text,
};

use crate::{
    catalogue::demo_catalogue,
    shop::{Colleague, Shop},
};

/// A shop with the demo's products.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    tenant: TenantId,
    name: Text<80>,
    phone_number_id: NumberId,
    waba_id: NumberId,
    display_phone: Phone,
    access_token: String,
    colleagues: Vec<ColleagueConfig>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ColleagueConfig {
    name: Text<80>,
    email: EmailAddress,
    role: Role,
    phone: Option<Phone>,
    password: String,
}

impl Config {
    /// The shop it describes.
    ///
    /// # Errors
    /// When it makes no sense.
    pub fn shop(self) -> anyhow::Result<Shop> {
        anyhow::ensure!(!self.access_token.is_empty(), "access_token is empty: give the token that Meta's API accepts");
        anyhow::ensure!(!self.colleagues.is_empty(), "colleagues is empty: somebody must be able to log in");
        let colleagues = self.colleagues.into_iter().map(|colleague| {
            let ColleagueConfig { name, email, role, phone, password } = colleague;
            Colleague { name, email, role, phone, password }
        });
        Ok(Shop {
            tenant: self.tenant,
            name: self.name,
            locale: Locale::Hinglish,
            number: self.phone_number_id,
            account: self.waba_id,
            display_phone: self.display_phone,
            access_token: self.access_token,
            colleagues: colleagues.collect(),
            products: demo_catalogue().context("the demo's products")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"{"tenant": "0190b5a1-7c00-7000-8000-00000000d3e0", "name": "Sharma Kirana", "phone_number_id": "210000000000009",
        "waba_id": "310000000000001", "display_phone": "+918047000123", "access_token": "EAAG", "colleagues": [
        {"name": "Priya Nair", "email": "priya@sharmakirana.example", "role": "agent", "phone": null, "password": "diwali-2026"}]}"#;

    #[test]
    fn a_configuration_becomes_a_shop() {
        let shop = serde_json::from_str::<Config>(GOOD).unwrap().shop().unwrap();
        assert_eq!((shop.colleagues.len(), shop.colleagues[0].role), (1, Role::Agent));
        let silent = GOOD.replace("EAAG", "");
        assert!(serde_json::from_str::<Config>(&silent).unwrap().shop().unwrap_err().to_string().contains("access_token"));
        let unknown = GOOD.replace("waba_id", "account");
        assert!(serde_json::from_str::<Config>(&unknown).is_err());
    }
}
