//! A number as the API shows it. Nothing that opens it is ever shown.

use serde::{Deserialize, Serialize};
use shared::{
    domain::{
        locale::Locale,
        tenant::{self, doctor, silence::Quiet},
        time::Timestamp,
    },
    usecases::numbers::list::Listed,
};
use utoipa::ToSchema;

/// Who carries the messages of a number.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Provider {
    /// Meta's Cloud API.
    CloudApi,
    /// 360dialog.
    Dialog360,
    /// Interakt.
    Interakt,
    /// `AiSensy`.
    #[serde(rename = "aisensy")]
    AiSensy,
}

/// Whether a number is in use.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NumberState {
    /// Receives and sends.
    Connected,
    /// Receives and does not send.
    Stopped,
    /// Given up.
    Disconnected,
}

/// Why a number is stopped.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StopReason {
    /// Somebody in the business stopped it.
    Owner,
    /// The provider refused its token: it wants a new one.
    TokenRefused,
}

/// Whether a silence is told of.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NumberQuiet {
    /// A day after it was connected nothing has been heard of it.
    Never,
    /// It is silent for longer than its normal.
    Long,
}

/// A number.
#[derive(Serialize, ToSchema)]
pub struct WhatsAppNumber {
    /// Its id.
    id: String,
    provider: Provider,
    /// The number people see, in E.164.
    display_phone: String,
    /// The WhatsApp Business Account, where the provider tells.
    #[schema(required)]
    waba_id: Option<String>,
    /// Meta's business portfolio, when it is known.
    #[schema(required)]
    portfolio_id: Option<String>,
    /// Whether the phone's app uses it too.
    coexistence: bool,
    /// Messages a second, sent and received together.
    messages_per_second: u16,
    state: NumberState,
    #[schema(required)]
    stop_reason: Option<StopReason>,
    /// The address to which webhooks of the number must come.
    callback_url: String,
    /// When something was last heard of it, to the hour.
    #[schema(required)]
    last_heard_at: Option<Timestamp>,
    /// Set while it is silent and should not be.
    #[schema(required)]
    quiet: Option<NumberQuiet>,
    /// What the last check found; `null` before the first.
    #[schema(required)]
    report: Option<NumberReport>,
}

/// What a check found.
#[derive(Serialize, ToSchema)]
pub struct NumberReport {
    at: Timestamp,
    outcome: CheckOutcome,
    /// In the order in which it should be mended.
    findings: Vec<Finding>,
}

/// How a check came out.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CheckOutcome {
    /// As it must be.
    Ok,
    /// Not as it must be.
    Failed,
    /// It could not be told.
    Unknown,
}

/// One thing that was looked at.
#[derive(Serialize, ToSchema)]
pub struct Finding {
    /// What was looked at.
    check: NumberCheck,
    outcome: CheckOutcome,
    /// The stable name of what was found.
    code: &'static str,
    /// What it means and what to click.
    advice: Words,
    /// Whether `fix` can mend it.
    fixable: bool,
}

/// A text in the languages of the dashboard.
#[derive(Serialize, ToSchema)]
pub struct Words {
    /// English.
    en: String,
    /// Hindi.
    hi: String,
}

/// What is looked at.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NumberCheck {
    /// That the token opens the provider's API.
    Token,
    /// That it allows what we do with it.
    Scopes,
    /// That the number is on the platform.
    Registration,
    /// That our app hears of the account.
    Subscription,
    /// That webhooks come to us.
    Callback,
    /// That webhooks are signed with the secret we know.
    AppSecret,
    /// That one has come.
    RoundTrip,
}

impl WhatsAppNumber {
    /// A number whose webhooks must come to this address.
    pub fn of(listed: Listed, callback_url: String) -> Self {
        let Listed { number, health, pulse, report } = listed;
        let alarm = pulse.as_ref().and_then(|pulse| pulse.alarm);
        Self {
            provider: number.provider.into(),
            display_phone: number.display_phone.to_string(),
            waba_id: number.waba_id.as_ref().map(ToString::to_string),
            portfolio_id: number.portfolio_id.as_ref().map(ToString::to_string),
            coexistence: number.coexistence,
            messages_per_second: number.rate(&health),
            state: number.state.into(),
            stop_reason: number.stopped.map(Into::into),
            callback_url,
            last_heard_at: pulse.and_then(|pulse| pulse.last_heard),
            quiet: alarm.map(|alarm| match alarm.quiet {
                Quiet::Never => NumberQuiet::Never,
                Quiet::Long => NumberQuiet::Long,
            }),
            report: report.map(|report| NumberReport::of(&report, number.provider)),
            id: number.id.into(),
        }
    }
}

impl NumberReport {
    fn of(report: &doctor::Report, provider: tenant::ProviderKind) -> Self {
        let finding = |found: &doctor::Diagnosis| Finding {
            check: found.check().into(),
            outcome: found.outcome().into(),
            code: found.code(),
            advice: Words { en: found.advice(provider, Locale::English), hi: found.advice(provider, Locale::Hindi) },
            fixable: found.fixable(),
        };
        Self { at: report.at, outcome: report.outcome().into(), findings: report.findings.iter().map(finding).collect() }
    }
}

impl From<tenant::ProviderKind> for Provider {
    fn from(kind: tenant::ProviderKind) -> Self {
        match kind {
            tenant::ProviderKind::CloudApi => Self::CloudApi,
            tenant::ProviderKind::Dialog360 => Self::Dialog360,
            tenant::ProviderKind::Interakt => Self::Interakt,
            tenant::ProviderKind::AiSensy => Self::AiSensy,
        }
    }
}

impl From<tenant::NumberState> for NumberState {
    fn from(state: tenant::NumberState) -> Self {
        match state {
            tenant::NumberState::Connected => Self::Connected,
            tenant::NumberState::Stopped => Self::Stopped,
            tenant::NumberState::Disconnected => Self::Disconnected,
        }
    }
}

impl From<tenant::StopReason> for StopReason {
    fn from(reason: tenant::StopReason) -> Self {
        match reason {
            tenant::StopReason::Owner => Self::Owner,
            tenant::StopReason::TokenRefused => Self::TokenRefused,
        }
    }
}

impl From<doctor::Outcome> for CheckOutcome {
    fn from(outcome: doctor::Outcome) -> Self {
        match outcome {
            doctor::Outcome::Ok => Self::Ok,
            doctor::Outcome::Failed => Self::Failed,
            doctor::Outcome::Unknown => Self::Unknown,
        }
    }
}

impl From<doctor::Check> for NumberCheck {
    fn from(check: doctor::Check) -> Self {
        match check {
            doctor::Check::Token => Self::Token,
            doctor::Check::Scopes => Self::Scopes,
            doctor::Check::Registration => Self::Registration,
            doctor::Check::Subscription => Self::Subscription,
            doctor::Check::Callback => Self::Callback,
            doctor::Check::AppSecret => Self::AppSecret,
            doctor::Check::RoundTrip => Self::RoundTrip,
        }
    }
}

impl From<NumberCheck> for doctor::Check {
    fn from(check: NumberCheck) -> Self {
        match check {
            NumberCheck::Token => Self::Token,
            NumberCheck::Scopes => Self::Scopes,
            NumberCheck::Registration => Self::Registration,
            NumberCheck::Subscription => Self::Subscription,
            NumberCheck::Callback => Self::Callback,
            NumberCheck::AppSecret => Self::AppSecret,
            NumberCheck::RoundTrip => Self::RoundTrip,
        }
    }
}
