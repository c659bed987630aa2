//! A WhatsApp number of a business.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::NumberHealth;
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

/// Who carries the messages of a number. Stored with the number; nothing else decides which adapter is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ProviderKind {
    /// Meta itself, by its Cloud API.
    #[default]
    #[serde(rename = "c")]
    CloudApi,
    /// 360dialog: the Cloud API's shapes at another address, with a key instead of a token.
    #[serde(rename = "d")]
    Dialog360,
    /// Interakt, with a JSON of its own.
    #[serde(rename = "i")]
    Interakt,
    /// `AiSensy`, by its project API.
    #[serde(rename = "a")]
    AiSensy,
}

impl ProviderKind {
    /// Every one, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::CloudApi, Self::Dialog360, Self::Interakt, Self::AiSensy];

    /// Its name in addresses and in the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CloudApi => "cloud_api",
            Self::Dialog360 => "dialog360",
            Self::Interakt => "interakt",
            Self::AiSensy => "aisensy",
        }
    }

    /// The one of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether its statuses bring our callback data back. Where they do not, the provider's id of a message leads to its row.
    #[must_use]
    pub const fn returns_callback_data(self) -> bool {
        match self {
            Self::CloudApi | Self::Dialog360 | Self::Interakt => true,
            Self::AiSensy => false,
        }
    }
}

/// A connected WhatsApp number. Its credentials lie beside it in the table, sealed, and are no part of this type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Number {
    /// Meta's id of it; for a partner that tells none, one derived from partner and phone.
    pub id: NumberId,
    /// Who carries its messages.
    #[serde(rename = "pv", default, skip_serializing_if = "is_cloud_api")]
    pub provider: ProviderKind,
    /// The WhatsApp Business Account it belongs to, where the provider tells.
    #[serde(rename = "wb", default, skip_serializing_if = "Option::is_none")]
    pub waba_id: Option<NumberId>,
    /// Meta's business portfolio, which shares one budget of people written to, when it is known.
    #[serde(rename = "pf", default, skip_serializing_if = "Option::is_none")]
    pub portfolio_id: Option<NumberId>,
    /// The partner's project, where its API asks for one.
    #[serde(rename = "pj", default, skip_serializing_if = "Option::is_none")]
    pub project_id: Option<NumberId>,
    /// The number people see.
    #[serde(rename = "ph")]
    pub display_phone: Phone,
    /// Messages a second Meta let through when it was last asked, sent and received together: 80 at first, 1000 after an upgrade. What
    /// counts is [`Number::rate`], for an upgrade is told by a webhook.
    #[serde(rename = "tp")]
    pub messages_per_second: u16,
    /// Whether the `WhatsApp` Business app on a phone uses the number too.
    #[serde(rename = "cx", default, skip_serializing_if = "is_false")]
    pub coexistence: bool,
    /// Whether we may send.
    #[serde(rename = "st")]
    pub state: NumberState,
    /// Why it is stopped, when it is.
    #[serde(rename = "sr", default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<StopReason>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
fn is_cloud_api(kind: &ProviderKind) -> bool {
    *kind == ProviderKind::CloudApi
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// What Meta lets through on a number shared with the phone's app, whatever else is said of it.
const COEXISTENCE_PER_SECOND: u16 = 20;
/// What it lets through on every other number until it is upgraded.
pub const STANDARD_PER_SECOND: u16 = 80;
/// What it lets through after the upgrade.
pub const HIGH_PER_SECOND: u16 = 1_000;

impl Number {
    /// A number of Meta's Cloud API, connected.
    #[must_use]
    pub fn cloud(id: NumberId, waba_id: NumberId, display_phone: Phone) -> Self {
        Self {
            id,
            provider: ProviderKind::CloudApi,
            waba_id: Some(waba_id),
            portfolio_id: None,
            project_id: None,
            display_phone,
            messages_per_second: STANDARD_PER_SECOND,
            coexistence: false,
            state: NumberState::Connected,
            stopped: None,
        }
    }

    /// How many messages a second it lets through, sent and received together: what was told of it last, by a webhook or by a check;
    /// where nothing was, what its provider said when it was connected.
    #[must_use]
    pub fn rate(&self, health: &NumberHealth) -> u16 {
        let told = health.high_throughput.as_ref().map(|told| if told.value { HIGH_PER_SECOND } else { STANDARD_PER_SECOND });
        let rate = told.unwrap_or(self.messages_per_second);
        if self.coexistence { rate.min(COEXISTENCE_PER_SECOND) } else { rate }
    }

    /// The number, stopped. One that is not in use stays as it is.
    #[must_use]
    pub fn stopped_by(self, reason: StopReason) -> Self {
        match self.state {
            NumberState::Connected => Self { state: NumberState::Stopped, stopped: Some(reason), ..self },
            NumberState::Stopped | NumberState::Disconnected => self,
        }
    }

    /// The number, in use again; `None` when it is disconnected and has no credentials to be used with.
    #[must_use]
    pub fn started(self) -> Option<Self> {
        match self.state {
            NumberState::Connected | NumberState::Stopped => Some(Self { state: NumberState::Connected, stopped: None, ..self }),
            NumberState::Disconnected => None,
        }
    }

    /// The number with a new token: what a refused token had stopped is in use again, what its owner stopped stays so.
    #[must_use]
    pub fn with_new_token(self) -> Self {
        match self.stopped {
            Some(StopReason::TokenRefused) => Self { state: NumberState::Connected, stopped: None, ..self },
            Some(StopReason::Owner) | None => self,
        }
    }

    /// The number, no longer ours. What was said on it stays.
    #[must_use]
    pub fn disconnected(self) -> Self {
        Self { state: NumberState::Disconnected, stopped: None, ..self }
    }
}

/// Whether a number is in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NumberState {
    /// Connected: receives and sends.
    #[serde(rename = "c")]
    Connected,
    /// Stopped by its owner, or after its token was refused: receives and does not send.
    #[serde(rename = "s")]
    Stopped,
    /// Given up: neither receives nor sends, and has no credentials here.
    #[serde(rename = "d")]
    Disconnected,
}

/// Why a number is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StopReason {
    /// Somebody in the business stopped it.
    #[serde(rename = "o")]
    Owner,
    /// The provider refused its token: it wants a new one.
    #[serde(rename = "t")]
    TokenRefused,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{tenant::News, time::Timestamp};

    fn number() -> Number {
        let id = |raw| NumberId::new(raw).unwrap();
        Number::cloud(id("210000000000009"), id("310000000000001"), "918047000123".parse().unwrap())
    }

    fn second(at: i64) -> Timestamp {
        Timestamp::from_second(at).unwrap()
    }

    fn told(high: bool, at: i64) -> NumberHealth {
        let mut health = NumberHealth::unknown(number().id);
        health.note(&News::HighThroughput(high), second(at));
        health
    }

    #[test]
    fn a_row_of_before_there_were_partners_reads() {
        let row = r#"{"id":"210000000000009","wb":"310000000000001","ph":"+918047000123","tp":80,"st":"c"}"#;
        let read: Number = serde_json::from_str(row).unwrap();
        assert_eq!(read, number());
        assert_eq!(serde_json::to_string(&read).unwrap(), row, "and is written as before");
    }

    #[test]
    fn the_phones_app_bounds_the_rate_whatever_meta_says_of_it() {
        let nothing = NumberHealth::unknown(number().id);
        assert_eq!(number().rate(&nothing), 80);
        assert_eq!(Number { coexistence: true, messages_per_second: 1_000, ..number() }.rate(&nothing), 20);
        assert_eq!(Number { messages_per_second: 1_000, ..number() }.rate(&nothing), 1_000);
        assert_eq!(Number { coexistence: true, ..number() }.rate(&told(true, 1)), 20);
    }

    #[test]
    fn what_was_told_last_of_the_throughput_counts() {
        assert_eq!(number().rate(&told(true, 1)), 1_000, "upgraded since it was connected");
        assert_eq!(Number { messages_per_second: 1_000, ..number() }.rate(&told(false, 1)), 80, "and back");
        let mut health = told(true, 2);
        health.note(&News::HighThroughput(false), second(1));
        assert_eq!(number().rate(&health), 1_000, "an older word that comes late does not count");
        health.note(&News::HighThroughput(false), second(3));
        assert_eq!(number().rate(&health), 80);
    }

    #[test]
    fn a_new_token_starts_what_the_old_one_stopped_and_nothing_else() {
        let refused = number().stopped_by(StopReason::TokenRefused);
        assert_eq!((refused.state, refused.stopped), (NumberState::Stopped, Some(StopReason::TokenRefused)));
        assert_eq!(refused.clone().stopped_by(StopReason::Owner), refused, "the first reason stays");
        assert_eq!(refused.with_new_token(), number());
        let owned = number().stopped_by(StopReason::Owner);
        assert_eq!(owned.clone().with_new_token(), owned);
        assert_eq!(owned.started(), Some(number()));
        assert_eq!(number().disconnected().started(), None);
    }

    #[test]
    fn every_provider_is_found_by_its_name() {
        for kind in ProviderKind::ALL {
            assert_eq!(ProviderKind::named(kind.name()), Some(kind));
        }
        assert_eq!(ProviderKind::named("Interakt"), None);
    }
}
