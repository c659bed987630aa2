//! Why a message was not delivered, and what is to be done about it: the one catalogue of WhatsApp's error codes.
//!
//! `codes.tsv` gives each code its class, its rule of retrying and its text; `advice.tsv` has the texts in English and Hindi. Meta's
//! HTTP status and wording decide nothing (Meta: error codes).

mod catalogue;

use serde::{Deserialize, Serialize};

use crate::{locale::Locale, ports::SendError, text::Text, time::SignedDuration};

pub use catalogue::Entry;

/// How many errors of one status are kept.
pub const FAILURES_MAX: usize = 5;

/// What a failure is a failure of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FailureClass {
    /// Passes by itself: the same request again, a few times.
    Transient,
    /// A limit: the same request when the limit lets it.
    Wait,
    /// The request is wrong: never again as it is.
    Fix,
    /// This person is not to be written to (like this): nothing again by itself.
    Stop,
    /// The number or its account is broken: nothing goes out from it until somebody mends it.
    Halt,
}

/// When to try again by oneself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// Never.
    Never,
    /// After `base` seconds, doubled each time, at most so many times more.
    Backoff {
        /// The first pause, in seconds.
        base: u32,
        /// How many attempts more.
        attempts: u8,
    },
    /// After `base` seconds, doubled each time up to `cap`: waiting for a limit is no failure, so it has no count.
    Wait {
        /// The first pause, in seconds.
        base: u32,
        /// The longest, in seconds.
        cap: u32,
    },
    /// After 4^X seconds: what Meta advises for the rate of one number to one person.
    Pair,
    /// No promotion to this person for a day, and longer each time.
    Pause,
    /// No promotion to this person until the person asks for them.
    Consent,
    /// When somebody has mended the number.
    Halt,
}

/// Failures that are ours and not Meta's. Their codes are negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ours {
    /// Nobody knows whether it arrived.
    OutcomeUnknown,
    /// It waited longer than it may.
    Expired,
    /// The send contract denied it.
    Contract,
    /// It failed again and again on our side.
    GivenUp,
    /// A colleague discarded it.
    Discarded,
    /// The shop's own cap of promotions to one person.
    MarketingCap,
    /// We made something that cannot be sent.
    Unsendable,
}

impl Ours {
    /// Its code.
    #[must_use]
    pub const fn code(self) -> i64 {
        match self {
            Self::OutcomeUnknown => -1,
            Self::Expired => -2,
            Self::Contract => -3,
            Self::GivenUp => -4,
            Self::Discarded => -5,
            Self::MarketingCap => -6,
            Self::Unsendable => -7,
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::OutcomeUnknown => "Outcome unknown",
            Self::Expired => "Waited too long",
            Self::Contract => "Not allowed",
            Self::GivenUp => "Given up",
            Self::Discarded => "Discarded",
            Self::MarketingCap => "Enough promotions",
            Self::Unsendable => "Cannot be sent",
        }
    }
}

/// Why a message failed, in Meta's words and numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Meta's error code; negative when the failure is not Meta's ([`Ours`]).
    #[serde(rename = "c")]
    pub code: i64,
    /// Meta's subcode: what became of a token.
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    pub subcode: Option<i64>,
    /// Meta's title.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Text<256>>,
    /// Meta's details.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub details: Option<Text<512>>,
    /// Meta's name of the request (`fbtrace_id`), for Meta's support.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub trace: Option<Text<64>>,
    /// What else was told in the same breath.
    #[serde(rename = "m", default, skip_serializing_if = "Vec::is_empty")]
    pub more: Vec<Self>,
}

impl Failure {
    /// A failure of Meta's with this code and title.
    #[must_use]
    pub fn new(code: i64, title: &str) -> Self {
        Self { code, title: Text::cut(title), ..Self::default() }
    }

    /// A failure of ours.
    #[must_use]
    pub fn ours(kind: Ours) -> Self {
        Self::new(kind.code(), kind.title())
    }

    /// The same with details.
    #[must_use]
    pub fn with_details(self, details: &str) -> Self {
        Self { details: Text::cut(details), ..self }
    }

    /// What the catalogue says of it.
    #[must_use]
    pub fn entry(&self) -> &'static Entry {
        catalogue::entry(self.code, self.subcode)
    }

    /// What it is a failure of.
    #[must_use]
    pub fn class(&self) -> FailureClass {
        self.entry().class
    }

    /// When to try again.
    #[must_use]
    pub fn retry(&self) -> Retry {
        self.entry().retry
    }

    /// What to do about it, in one or two sentences.
    #[must_use]
    pub fn advice(&self, locale: Locale) -> &'static str {
        let entry = self.entry();
        match locale {
            Locale::Hindi => entry.hindi,
            Locale::English | Locale::Hinglish => entry.english,
        }
    }

    /// Whether a person may be offered to send the same once more.
    #[must_use]
    pub fn send_again(&self) -> bool {
        self.entry().again
    }

    /// Meta's title, or a word for where there is none.
    #[must_use]
    pub fn title(&self) -> &str {
        self.title.as_ref().map_or("Error", Text::as_str)
    }
}

/// What to do about Meta's refusal of a request; `after` is what its `Retry-After` says.
#[must_use]
pub fn verdict(failure: Failure, after: Option<SignedDuration>) -> SendError {
    match failure.class() {
        FailureClass::Transient | FailureClass::Wait => SendError::Later { failure, after },
        FailureClass::Halt => SendError::NumberBroken(failure),
        FailureClass::Fix | FailureClass::Stop => SendError::Refused(failure),
    }
}

/// How long to wait before attempt `attempt` (the first repetition is 1), with up to a quarter more drawn by `random`, so that what
/// failed together does not come back together. `None`: not again by itself.
#[must_use]
pub fn pause(failure: &Failure, attempt: u32, after: Option<SignedDuration>, random: u32) -> Option<SignedDuration> {
    let times = attempt.saturating_sub(1).min(20);
    let seconds = match failure.retry() {
        Retry::Never | Retry::Pause | Retry::Consent | Retry::Halt => return None,
        Retry::Backoff { attempts, .. } if attempt > u32::from(attempts) => return None,
        Retry::Backoff { base, .. } => i64::from(base) << times,
        Retry::Wait { base, cap } => (i64::from(base) << times).min(i64::from(cap)),
        Retry::Pair => 4_i64.pow(attempt.clamp(1, 5)),
    };
    let ours = seconds.saturating_mul(1_000);
    let jitter = ours / 4 * i64::from(random % 1_000) / 1_000;
    let told = after.map_or(0, |after| i64::try_from(after.as_millis()).unwrap_or(i64::MAX));
    // What Meta asks for is a least: the jitter comes on top of it.
    Some(SignedDuration::from_millis(ours.max(told).saturating_add(jitter)))
}

#[cfg(test)]
mod tests;
