//! Meta's JSON about tokens, numbers and accounts.

use domain::text::Text;
use serde::Deserialize;

/// A number.
#[derive(Deserialize)]
#[expect(clippy::struct_field_names, reason = "the names are the provider's")]
pub(super) struct Number {
    pub(super) display_phone_number: Option<String>,
    pub(super) status: Option<String>,
    pub(super) platform_type: Option<String>,
    pub(super) throughput: Option<Throughput>,
    pub(super) is_on_biz_app: Option<bool>,
    pub(super) webhook_configuration: Option<WebhookConfiguration>,
}

#[derive(Deserialize)]
pub(super) struct Throughput {
    #[serde(default)]
    pub(super) level: String,
}

#[derive(Deserialize)]
pub(super) struct WebhookConfiguration {
    pub(super) phone_number: Option<String>,
    pub(super) whatsapp_business_account: Option<String>,
    pub(super) application: Option<String>,
}

/// Anything that has an id.
#[derive(Deserialize)]
pub(super) struct Named {
    pub(super) id: String,
}

#[derive(Deserialize)]
pub(super) struct List<T> {
    #[serde(default = "Vec::new")]
    pub(super) data: Vec<T>,
}

/// An app that hears of an account.
#[derive(Deserialize)]
pub(super) struct Subscription {
    #[serde(rename = "whatsapp_business_api_data")]
    pub(super) app: Named,
}

/// What a token is.
#[derive(Deserialize)]
pub(super) struct Debugged {
    pub(super) data: Token,
}

#[derive(Deserialize)]
pub(super) struct Token {
    #[serde(default)]
    pub(super) is_valid: bool,
    pub(super) scopes: Option<Vec<String>>,
    pub(super) app_id: Option<Id>,
}

/// An id, in digits or as a number.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Id {
    Digits(String),
    Number(u64),
}

impl Id {
    pub(super) fn text(&self) -> Option<Text<64>> {
        match self {
            Self::Digits(digits) => Text::cut(digits),
            Self::Number(number) => Text::cut(&number.to_string()),
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Done {
    #[serde(default)]
    pub(super) success: bool,
}

#[derive(Deserialize)]
pub(super) struct Refused {
    pub(super) error: Refusal,
}

#[derive(Deserialize)]
pub(super) struct Refusal {
    #[serde(default)]
    pub(super) code: i64,
    #[serde(default)]
    pub(super) message: String,
}
