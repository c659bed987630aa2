//! What the simulator is told at its start: which numbers exist, who their users are, and which secrets sign and open what.

use anyhow::{bail, ensure};
use serde::{Deserialize, Serialize};

/// Everything the simulator needs to know before it answers.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "a file of settings: each is on or off by itself, whatever the others are")]
pub struct Config {
    /// Port on 127.0.0.1; 0 takes a free one.
    #[serde(default)]
    pub port: u16,
    /// Where webhooks go; may be set later with `PUT /webhook-url`.
    #[serde(default)]
    pub webhook_url: Option<String>,
    /// Signs webhooks.
    pub app_secret: String,
    /// Sent when the webhook is verified by `POST /verify`.
    pub verify_token: String,
    /// The only bearer token the Graph API accepts.
    pub access_token: String,
    /// The `WhatsApp` business account all numbers belong to.
    pub waba_id: String,
    /// Business numbers.
    pub numbers: Vec<Number>,
    /// People with a phone of their own at `/phone`.
    #[serde(default)]
    pub personas: Vec<Persona>,
    /// Reads messages by itself right after delivery, for tests without a phone page.
    #[serde(default)]
    pub auto_read: bool,
    /// Pause before each of sent, delivered and read.
    #[serde(default = "default_status_delay_ms")]
    pub status_delay_ms: u64,
    /// How often one webhook is tried before it is given up.
    #[serde(default = "default_retry_attempts")]
    pub retry_attempts: u32,
    /// Pause before the second attempt; it doubles with each further one.
    #[serde(default = "default_retry_delay_ms")]
    pub retry_delay_ms: u64,
    /// Fails free-form messages (131047) more than 24 hours after the user's last one.
    #[serde(default = "enabled")]
    pub enforce_window: bool,
    /// Refuses messages made from templates that are not approved, or that do not fit them (132000 and others).
    #[serde(default = "enabled")]
    pub enforce_templates: bool,
    /// Fails messages (131026) to people who are no persona and never wrote.
    #[serde(default = "enabled")]
    pub enforce_recipients: bool,
}

/// A business number of the account.
#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Number {
    /// Meta's id of the number, as used in paths.
    pub phone_number_id: String,
    /// The number in digits, as Meta shows it in `metadata`.
    pub display_phone_number: String,
    /// The verified business name.
    pub name: String,
}

/// Somebody who chats with one of the business numbers.
#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Persona {
    /// Our own name for the persona, unique in the configuration.
    pub id: String,
    /// Profile name.
    pub name: String,
    /// Phone number in digits.
    pub wa_id: String,
    /// Business-scoped user id, where Meta has given one.
    #[serde(default)]
    pub user_id: Option<String>,
    /// What the persona is to the business.
    pub role: Role,
    /// The business number this persona chats with.
    pub phone_number_id: String,
}

/// What a persona is to the business.
#[derive(Clone, Copy, Deserialize, Serialize, PartialEq, Eq, Debug)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Runs the business.
    Owner,
    /// Buys from it.
    Customer,
}

impl Config {
    /// Checks that the parts fit together.
    pub(crate) fn check(&self) -> anyhow::Result<()> {
        ensure!(!self.app_secret.is_empty(), "app_secret is empty: give the secret that signs webhooks");
        ensure!(!self.access_token.is_empty(), "access_token is empty: give the token the platform sends");
        ensure!(!self.numbers.is_empty(), "numbers is empty: configure at least one business number");
        ensure!(self.retry_attempts >= 1, "retry_attempts is 0: at least one attempt is needed");
        for number in &self.numbers {
            ensure!(is_digits(&number.phone_number_id), "numbers[].phone_number_id {:?} is not in digits", number.phone_number_id);
        }
        for (index, persona) in self.personas.iter().enumerate() {
            if !is_digits(&persona.wa_id) {
                bail!("personas[{index}].wa_id {:?} is not in digits", persona.wa_id);
            }
            if self.number(&persona.phone_number_id).is_none() {
                bail!("personas[{index}].phone_number_id {} is not among numbers", persona.phone_number_id);
            }
            if self.personas.iter().take(index).any(|earlier| earlier.id == persona.id) {
                bail!("personas[{index}].id {:?} is used twice", persona.id);
            }
        }
        if let Some(url) = &self.webhook_url {
            check_webhook_url(url)?;
        }
        Ok(())
    }

    /// The business number with this id.
    pub(crate) fn number(&self, phone_number_id: &str) -> Option<&Number> {
        self.numbers.iter().find(|number| number.phone_number_id == phone_number_id)
    }

    /// The persona with this id.
    pub(crate) fn persona(&self, id: &str) -> Option<&Persona> {
        self.personas.iter().find(|persona| persona.id == id)
    }

    /// The persona who chats with this number under this phone number or user id.
    pub(crate) fn persona_of(&self, phone_number_id: &str, wa_id: Option<&str>, user_id: Option<&str>) -> Option<&Persona> {
        self.personas.iter().find(|persona| {
            let same_phone = wa_id.is_some_and(|wa_id| persona.wa_id == wa_id);
            let same_user = user_id.is_some() && persona.user_id.as_deref() == user_id;
            persona.phone_number_id == phone_number_id && (same_phone || same_user)
        })
    }
}

/// Checks that webhooks can be sent to `url`.
pub(crate) fn check_webhook_url(url: &str) -> anyhow::Result<()> {
    let parsed = reqwest::Url::parse(url)?;
    ensure!(matches!(parsed.scheme(), "http" | "https"), "webhook_url must start with http:// or https://");
    Ok(())
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn default_status_delay_ms() -> u64 {
    150
}

fn default_retry_attempts() -> u32 {
    6
}

fn default_retry_delay_ms() -> u64 {
    250
}

fn enabled() -> bool {
    true
}
