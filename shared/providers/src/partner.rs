//! What the offices of partners have in common: a key that is accepted or not, and answers that say something or nothing.

use domain::{
    phone::Phone,
    tenant::{
        Number, ProviderKind,
        doctor::{Facts, TokenFacts, Told},
        onboarding::{OfficeError, partner_number, partner_number_id},
    },
};
use serde::de::DeserializeOwned;

use crate::whatsapp;

/// What a partner answered to one question.
pub(crate) enum Asked<T> {
    /// This.
    Said(T),
    /// It does not accept the key.
    KeyRefused(i64),
    /// It refuses for another reason: so it accepts the key.
    Refused(i64),
    /// Nothing that reads.
    Silent,
}

impl<T> Asked<T> {
    /// The answer, or why there is none.
    pub(crate) fn into_result(self) -> Result<T, OfficeError> {
        match self {
            Self::Said(answer) => Ok(answer),
            Self::KeyRefused(_) => Err(OfficeError::TokenRefused),
            Self::Refused(404) => Err(OfficeError::NoSuchNumber),
            Self::Refused(_) | Self::Silent => Err(OfficeError::Unavailable),
        }
    }
}

/// Asks.
pub(crate) async fn asked<T: DeserializeOwned>(request: reqwest::RequestBuilder) -> Asked<T> {
    let Ok(answer) = whatsapp::answered(request).await else { return Asked::Silent };
    let status = i64::from(answer.status.as_u16());
    match status {
        200..=299 => serde_json::from_slice(&answer.body).map_or(Asked::Silent, Asked::Said),
        401 | 403 => Asked::KeyRefused(status),
        400..=499 if status != 429 => Asked::Refused(status),
        _ => Asked::Silent,
    }
}

/// What an answer says of the key it was asked with.
pub(crate) fn key_facts<T>(answer: &Asked<T>) -> Told<TokenFacts> {
    let facts = |valid| TokenFacts { valid, scopes: None, app: None };
    match answer {
        Asked::Said(_) | Asked::Refused(_) => Told::Said(facts(true)),
        Asked::KeyRefused(_) => Told::Said(facts(false)),
        Asked::Silent => Told::Silent,
    }
}

/// All that is found out where nothing but the key can be tried.
pub(crate) fn key_alone<T>(answer: &Asked<T>) -> Facts {
    Facts { token: key_facts(answer), number: None, apps: None, callback: None, app_secret: None }
}

/// A number of a partner that tells nothing of it, not even an id.
pub(crate) fn known_by_phone(provider: ProviderKind, phone: Phone) -> Result<Number, OfficeError> {
    let id = partner_number_id(provider, phone).ok_or(OfficeError::Impossible)?;
    Ok(partner_number(id, provider, phone))
}

/// One thing an answer says.
pub(crate) fn told<T, U>(answer: &Asked<T>, of: impl FnOnce(&T) -> U) -> Told<U> {
    match answer {
        Asked::Said(answer) => Told::Said(of(answer)),
        Asked::KeyRefused(code) | Asked::Refused(code) => Told::Denied(*code),
        Asked::Silent => Told::Silent,
    }
}
