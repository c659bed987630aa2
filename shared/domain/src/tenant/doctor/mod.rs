//! Whether a number is connected as it must be: what its provider says of it is judged here, and each finding says what to click.
//!
//! Only an explicit word is taken for good or bad. What the provider did not say is unknown, and unknown is shown as that.

use serde::{Deserialize, Serialize};

use crate::{
    phone::Phone,
    tenant::{
        NumberId,
        silence::{Look, Pulse},
    },
    text::Text,
    time::{SignedDuration, Timestamp},
};

mod advice;

/// What a token must allow: to send and receive, and to look after account and templates.
const SCOPES: [(&str, Diagnosis); 2] =
    [("whatsapp_business_messaging", Diagnosis::MessagingMissing), ("whatsapp_business_management", Diagnosis::ManagementMissing)];
/// How fresh a sign of life must be to prove that webhooks arrive.
const FRESH: SignedDuration = SignedDuration::from_hours(1);

/// What a provider said to one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told<T> {
    /// It answered.
    Said(T),
    /// It refuses to answer, with this code.
    Denied(i64),
    /// It did not answer, or not in words that read.
    Silent,
}

impl<T> Told<T> {
    /// The answer, if there is one.
    pub fn said(&self) -> Option<&T> {
        match self {
            Self::Said(answer) => Some(answer),
            Self::Denied(_) | Self::Silent => None,
        }
    }
}

/// What is said of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenFacts {
    /// Whether it opens anything.
    pub valid: bool,
    /// What it allows; a partner's key has no such list.
    pub scopes: Option<Vec<String>>,
    /// The app it was made for.
    pub app: Option<Text<64>>,
}

/// Whether the number is on the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registration {
    /// It can send and receive.
    Registered,
    /// It has been added and not registered.
    NotRegistered,
    /// The provider has blocked, flagged or restricted it.
    Blocked,
}

/// What is said of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberFacts {
    /// The number people see.
    pub phone: Option<Phone>,
    /// Whether it is on the platform; `None` when that is not said.
    pub registration: Option<Registration>,
    /// Whether the phone's app uses it too, when that is said.
    pub coexistence: Option<bool>,
    /// What is let through in a second, when that is said.
    pub messages_per_second: Option<u16>,
}

/// Everything the provider said. A question that makes no sense for it is `None`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Of the token.
    pub token: Told<TokenFacts>,
    /// Of the number.
    pub number: Option<Told<NumberFacts>>,
    /// Which apps hear of the account.
    pub apps: Option<Told<Vec<Text<64>>>>,
    /// Where webhooks of the number go; `None` inside means nowhere.
    pub callback: Option<Told<Option<String>>>,
    /// Whether our app secret is that of the token's app.
    pub app_secret: Option<Told<bool>>,
}

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
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

impl Check {
    /// Its name in the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Scopes => "scopes",
            Self::Registration => "registration",
            Self::Subscription => "subscription",
            Self::Callback => "callback",
            Self::AppSecret => "app_secret",
            Self::RoundTrip => "round_trip",
        }
    }
}

/// How a check came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// As it must be.
    Ok,
    /// Not as it must be.
    Failed,
    /// It could not be told.
    Unknown,
}

macro_rules! diagnoses {
    ($($(#[$doc:meta])* $name:ident = $code:literal: $check:ident, $outcome:ident;)+) => {
        /// What was found.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Diagnosis {
            $($(#[$doc])* $name,)+
        }

        impl Diagnosis {
            /// Every one.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// What was looked at.
            #[must_use]
            pub const fn check(self) -> Check {
                match self { $(Self::$name => Check::$check,)+ }
            }

            /// How it came out.
            #[must_use]
            pub const fn outcome(self) -> Outcome {
                match self { $(Self::$name => Outcome::$outcome,)+ }
            }

            /// Its stable name.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }
        }
    };
}

diagnoses! {
    /// The token opens the API.
    TokenGood = "token_good": Token, Ok;
    /// The token is over, revoked, or not one.
    TokenRefused = "token_refused": Token, Failed;
    /// Nobody said.
    TokenUnknown = "token_unknown": Token, Unknown;
    /// The token allows everything we do.
    ScopesGood = "scopes_good": Scopes, Ok;
    /// It does not allow sending.
    MessagingMissing = "messaging_missing": Scopes, Failed;
    /// It does not allow looking after the account.
    ManagementMissing = "management_missing": Scopes, Failed;
    /// Nobody said.
    ScopesUnknown = "scopes_unknown": Scopes, Unknown;
    /// The number can send and receive.
    Registered = "registered": Registration, Ok;
    /// It was added and not registered.
    NotRegistered = "not_registered": Registration, Failed;
    /// The provider has blocked it.
    Blocked = "blocked": Registration, Failed;
    /// The token does not reach it.
    OutOfReach = "out_of_reach": Registration, Failed;
    /// Nobody said.
    RegistrationUnknown = "registration_unknown": Registration, Unknown;
    /// Our app hears of the account.
    Subscribed = "subscribed": Subscription, Ok;
    /// It does not: nothing will ever arrive.
    NotSubscribed = "not_subscribed": Subscription, Failed;
    /// Nobody said.
    SubscriptionUnknown = "subscription_unknown": Subscription, Unknown;
    /// Webhooks come here.
    CallbackOurs = "callback_ours": Callback, Ok;
    /// They go to another address.
    CallbackElsewhere = "callback_elsewhere": Callback, Failed;
    /// They go nowhere.
    CallbackMissing = "callback_missing": Callback, Failed;
    /// Nobody said.
    CallbackUnknown = "callback_unknown": Callback, Unknown;
    /// Webhooks are signed with the secret we know.
    SecretMatches = "secret_matches": AppSecret, Ok;
    /// The token belongs to another app, whose webhooks we would refuse.
    SecretDiffers = "secret_differs": AppSecret, Failed;
    /// Nobody said.
    SecretUnknown = "secret_unknown": AppSecret, Unknown;
    /// A proven webhook of the number arrived.
    Heard = "heard": RoundTrip, Ok;
    /// None has ever arrived.
    NeverHeard = "never_heard": RoundTrip, Unknown;
    /// None has arrived since the last check asked for one.
    NotHeardYet = "not_heard_yet": RoundTrip, Unknown;
    /// None has arrived for longer than is normal.
    LongSilent = "long_silent": RoundTrip, Failed;
}

impl Diagnosis {
    /// Whether we can mend it ourselves when somebody asks us to.
    #[must_use]
    pub const fn fixable(self) -> bool {
        matches!(self, Self::NotSubscribed | Self::CallbackElsewhere | Self::CallbackMissing)
    }
}

/// What was found of a number, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The number.
    pub id: NumberId,
    /// When it was looked at.
    #[serde(rename = "a")]
    pub at: Timestamp,
    /// What was found, in the order in which it should be mended.
    #[serde(rename = "f")]
    pub findings: Vec<Diagnosis>,
}

impl Report {
    /// The worst outcome in it: a failure, else something unknown, else all is well.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        let has = |outcome| self.findings.iter().any(|found| found.outcome() == outcome);
        if has(Outcome::Failed) {
            Outcome::Failed
        } else if has(Outcome::Unknown) {
            Outcome::Unknown
        } else {
            Outcome::Ok
        }
    }
}

/// Judges what the provider said and what was heard. `expected` is the address to which webhooks of the number must come.
#[must_use]
pub fn examine(facts: &Facts, expected: &str, pulse: Option<&Pulse>, now: Timestamp) -> Vec<Diagnosis> {
    let mut findings = vec![token(&facts.token)];
    findings.extend(scopes(&facts.token));
    findings.extend(facts.number.as_ref().map(registration));
    findings.extend(facts.apps.as_ref().map(|apps| subscription(apps, &facts.token)));
    findings.extend(facts.callback.as_ref().map(|callback| self::callback(callback, expected)));
    findings.extend(facts.app_secret.as_ref().map(|secret| match secret {
        Told::Said(true) => Diagnosis::SecretMatches,
        Told::Said(false) => Diagnosis::SecretDiffers,
        Told::Denied(_) | Told::Silent => Diagnosis::SecretUnknown,
    }));
    findings.push(round_trip(pulse, now));
    findings
}

fn token(token: &Told<TokenFacts>) -> Diagnosis {
    match token {
        Told::Said(TokenFacts { valid: true, .. }) => Diagnosis::TokenGood,
        Told::Said(TokenFacts { valid: false, .. }) | Told::Denied(_) => Diagnosis::TokenRefused,
        Told::Silent => Diagnosis::TokenUnknown,
    }
}

/// The first thing missing; nothing when there is no list to look at.
fn scopes(token: &Told<TokenFacts>) -> Option<Diagnosis> {
    let Told::Said(facts) = token else {
        return Some(Diagnosis::ScopesUnknown).filter(|_| *token == Told::Silent);
    };
    let scopes = facts.scopes.as_ref().filter(|_| facts.valid)?;
    let missing = SCOPES.iter().find(|(scope, _)| !scopes.iter().any(|given| given == scope));
    Some(missing.map_or(Diagnosis::ScopesGood, |(_, missing)| *missing))
}

fn registration(number: &Told<NumberFacts>) -> Diagnosis {
    match number {
        Told::Said(NumberFacts { registration: Some(Registration::Registered), .. }) => Diagnosis::Registered,
        Told::Said(NumberFacts { registration: Some(Registration::NotRegistered), .. }) => Diagnosis::NotRegistered,
        Told::Said(NumberFacts { registration: Some(Registration::Blocked), .. }) => Diagnosis::Blocked,
        Told::Denied(_) => Diagnosis::OutOfReach,
        Told::Said(NumberFacts { registration: None, .. }) | Told::Silent => Diagnosis::RegistrationUnknown,
    }
}

/// Our app is the token's. When that is not said, an account nobody hears of is still known to be unheard.
fn subscription(apps: &Told<Vec<Text<64>>>, token: &Told<TokenFacts>) -> Diagnosis {
    let ours = token.said().and_then(|facts| facts.app.as_ref());
    match (apps, ours) {
        (Told::Said(apps), Some(ours)) if apps.contains(ours) => Diagnosis::Subscribed,
        (Told::Said(apps), None) if !apps.is_empty() => Diagnosis::SubscriptionUnknown,
        (Told::Said(_), Some(_) | None) => Diagnosis::NotSubscribed,
        (Told::Denied(_) | Told::Silent, _) => Diagnosis::SubscriptionUnknown,
    }
}

fn callback(callback: &Told<Option<String>>, expected: &str) -> Diagnosis {
    match callback {
        Told::Said(Some(address)) if same_address(address, expected) => Diagnosis::CallbackOurs,
        Told::Said(Some(_)) => Diagnosis::CallbackElsewhere,
        Told::Said(None) => Diagnosis::CallbackMissing,
        Told::Denied(_) | Told::Silent => Diagnosis::CallbackUnknown,
    }
}

/// A slash at the end makes no difference to anybody.
fn same_address(one: &str, other: &str) -> bool {
    one.trim_end_matches('/') == other.trim_end_matches('/')
}

/// A webhook that arrived is the proof that address, secret and subscription are right together.
fn round_trip(pulse: Option<&Pulse>, now: Timestamp) -> Diagnosis {
    let Some(pulse) = pulse else { return Diagnosis::NeverHeard };
    let Some(last) = pulse.last_heard else { return Diagnosis::NeverHeard };
    if now.duration_since(last) <= FRESH || pulse.asked.is_some_and(|asked| last >= asked) {
        return Diagnosis::Heard;
    }
    match pulse.look(now) {
        Look::Silent => Diagnosis::LongSilent,
        Look::Fine { .. } | Look::Unpredictable => Diagnosis::NotHeardYet,
    }
}

#[cfg(test)]
mod tests;
