//! Problems as RFC 9457 has them: what an API answers when it cannot do what was asked.

use domain::{
    class::{Class, Classify},
    locale::Locale,
    messaging::failure::Failure,
    tenant::onboarding::OfficeError,
};
use lambda_http::http::StatusCode;
use serde::Serialize;
use usecases::Error;

/// The media type of a [`Problem`].
pub const PROBLEM_JSON: &str = "application/problem+json";

/// What went wrong, for machines (`code`) and for people (`title`, `detail`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// A stable address for this kind of problem.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind of problem, in words.
    pub title: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// The stable name of the problem.
    pub code: &'static str,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The field that cannot be accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The request, for whoever looks into it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

impl Problem {
    /// A problem of this class.
    #[must_use]
    pub fn new(class: Class, code: &'static str, detail: Option<String>) -> Self {
        Self {
            kind: format!("urn:tarun:problem:{code}"),
            title: title(class),
            status: class.status(),
            code,
            detail,
            field: None,
            request_id: None,
        }
    }

    /// Its status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl From<&Error> for Problem {
    /// What people outside may know of a failure: our own mistakes and our neighbours' are not explained.
    fn from(error: &Error) -> Self {
        let class = error.class();
        let detail = match class {
            Class::Unavailable | Class::Bug => None,
            Class::Invalid | Class::Unauthenticated | Class::Forbidden | Class::NotFound | Class::Conflict | Class::RateLimited => {
                Some(wording(error))
            }
        };
        let mut problem = Self::new(class, error.code(), detail);
        problem.field = match error {
            Error::Invalid { field, .. } => Some((*field).to_owned()),
            Error::Template(faults) => faults.first().map(|fault| fault.place.clone()),
            Error::Store(_)
            | Error::Queue(_)
            | Error::Objects(_)
            | Error::NotFound(_)
            | Error::MayNotSend(_)
            | Error::DailyRoomUsedUp
            | Error::Office(_)
            | Error::NumberTaken
            | Error::ProviderRefused(_)
            | Error::CredentialsWrong
            | Error::SessionExpired
            | Error::Forbidden
            | Error::OutcomePending
            | Error::Busy
            | Error::ProviderUnavailable
            | Error::Misrouted
            | Error::Bug(_) => None,
        };
        problem
    }
}

fn wording(error: &Error) -> String {
    match error {
        Error::MayNotSend(verdict) => verdict.reason.sentence().to_owned(),
        Error::CredentialsWrong => "The e-mail address or the password is wrong.".to_owned(),
        Error::SessionExpired => "Log in again.".to_owned(),
        Error::Forbidden => "Your role does not allow this. Ask the owner of the business.".to_owned(),
        Error::Invalid { problem, .. } => problem.clone(),
        Error::Template(faults) => faults.to_string(),
        Error::ProviderRefused(failure) => refusal(failure),
        Error::DailyRoomUsedUp => "Your business has attached as many files today as it may. Try again tomorrow.".to_owned(),
        Error::Store(error) => error.to_string(),
        Error::Office(error) => office(error),
        Error::NumberTaken => "Another business has this number or its WhatsApp account. It has to be disconnected there first.".to_owned(),
        Error::Queue(_)
        | Error::Objects(_)
        | Error::NotFound(_)
        | Error::OutcomePending
        | Error::Busy
        | Error::ProviderUnavailable
        | Error::Misrouted
        | Error::Bug(_) => error.to_string(),
    }
}

/// What Meta said, and what to do about it.
fn refusal(failure: &Failure) -> String {
    let said = failure.details.as_ref().map(domain::text::Text::as_str).or_else(|| failure.title.as_ref().map(domain::text::Text::as_str));
    format!("WhatsApp says: {} ({}). {}", said.unwrap_or("no"), failure.code, failure.advice(Locale::English))
}

fn office(error: &OfficeError) -> String {
    match error {
        OfficeError::TokenRefused => "The provider does not accept this token. Make a new one there and enter it here.".to_owned(),
        OfficeError::NoSuchNumber => {
            "The provider does not show this number to this token. Compare the ids, and give the token access to the account.".to_owned()
        }
        OfficeError::NotInAccount => {
            "This number does not belong to this WhatsApp account. Compare both ids in WhatsApp Manager.".to_owned()
        }
        OfficeError::Denied { code, title } => format!("The provider refuses: {title} ({code})."),
        OfficeError::Impossible => "This provider offers no way to do that here. Do it on the provider's own pages.".to_owned(),
        OfficeError::Unavailable => error.to_string(),
    }
}

const fn title(class: Class) -> &'static str {
    match class {
        Class::Invalid => "The request cannot be accepted",
        Class::Unauthenticated => "Please log in",
        Class::Forbidden => "Not allowed",
        Class::NotFound => "Not found",
        Class::Conflict => "Somebody else was quicker",
        Class::RateLimited => "Too many requests",
        Class::Unavailable => "Not available just now",
        Class::Bug => "Something went wrong",
    }
}
