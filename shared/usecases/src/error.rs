//! What can go wrong in a use case.

use domain::{
    class::{Class, Classify},
    messaging::{contract::Verdict, status::Failure, template::Faults},
    ports::{ObjectError, QueueError},
    tenant::onboarding::OfficeError,
};
use store::StoreError;

/// A failure of a use case.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
    /// A queue failed.
    #[error("a queue failed")]
    Queue(#[from] QueueError),
    /// The object store failed.
    #[error("the object store failed")]
    Objects(#[from] ObjectError),
    /// There is no such thing in this business.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// An input cannot be accepted.
    #[error("{field}: {problem}")]
    Invalid {
        /// The field.
        field: &'static str,
        /// What is wrong and what to do.
        problem: String,
    },
    /// The send contract says that it may not be sent now.
    #[error("the send contract forbids it: {}", .0.reason.code())]
    MayNotSend(Verdict),
    /// A template, or what is to fill it, breaks rules.
    #[error("{0}")]
    Template(#[from] Faults),
    /// The provider does not take what was to be written there.
    #[error("the provider refuses it")]
    ProviderRefused(Failure),
    /// The e-mail address or the password is wrong; which of them is not told.
    #[error("the e-mail address or the password is wrong")]
    CredentialsWrong,
    /// The session is over, or was never one.
    #[error("the session is over")]
    SessionExpired,
    /// The role does not allow it.
    #[error("the role does not allow it")]
    Forbidden,
    /// An earlier attempt to send is still unresolved: a status may yet show that it arrived.
    #[error("an earlier attempt to send is unresolved")]
    OutcomePending,
    /// The business has sent us as many files today as it may.
    #[error("today's room for files is used up")]
    DailyRoomUsedUp,
    /// The number or the provider is busy.
    #[error("the number is busy")]
    Busy,
    /// The provider could not be reached, or its answer was lost.
    #[error("the provider could not be reached")]
    ProviderUnavailable,
    /// The provider of a number did not do what it was asked.
    #[error("the provider of the number did not do it")]
    Office(#[from] OfficeError),
    /// Another business has the number, or the account it belongs to.
    #[error("another business has the number")]
    NumberTaken,
    /// A task on a queue that does not handle its kind.
    #[error("the task is on the wrong queue")]
    Misrouted,
    /// Something that cannot be.
    #[error("{0}")]
    Bug(&'static str),
}

impl Classify for Error {
    fn class(&self) -> Class {
        match self {
            Self::Store(error) => error.class(),
            Self::Queue(_) | Self::Objects(_) | Self::ProviderUnavailable | Self::Office(OfficeError::Unavailable) => Class::Unavailable,
            Self::NotFound(_) => Class::NotFound,
            Self::Invalid { .. }
            | Self::MayNotSend(_)
            | Self::Template(_)
            | Self::ProviderRefused(_)
            | Self::Misrouted
            | Self::Office(
                OfficeError::TokenRefused
                | OfficeError::NoSuchNumber
                | OfficeError::NotInAccount
                | OfficeError::Denied { .. }
                | OfficeError::Impossible,
            ) => Class::Invalid,
            Self::CredentialsWrong | Self::SessionExpired => Class::Unauthenticated,
            Self::Forbidden => Class::Forbidden,
            Self::OutcomePending | Self::NumberTaken => Class::Conflict,
            Self::Busy | Self::DailyRoomUsedUp => Class::RateLimited,
            Self::Bug(_) => Class::Bug,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Store(error) => error.code(),
            Self::Queue(_) => "queue_unavailable",
            Self::Objects(_) => "objects_unavailable",
            Self::DailyRoomUsedUp => "daily_room_used_up",
            Self::NotFound(_) => "not_found",
            Self::Invalid { .. } => "invalid",
            Self::MayNotSend(verdict) => verdict.reason.code(),
            Self::Template(_) => "template_invalid",
            Self::ProviderRefused(_) | Self::Office(OfficeError::Denied { .. }) => "provider_refused",
            Self::CredentialsWrong => "invalid_credentials",
            Self::SessionExpired => "session_expired",
            Self::Forbidden => "forbidden",
            Self::OutcomePending => "outcome_pending",
            Self::Busy => "busy",
            Self::ProviderUnavailable | Self::Office(OfficeError::Unavailable) => "provider_unavailable",
            Self::Office(OfficeError::TokenRefused) => "token_refused",
            Self::Office(OfficeError::NoSuchNumber) => "number_unreachable",
            Self::Office(OfficeError::NotInAccount) => "number_not_in_account",
            Self::Office(OfficeError::Impossible) => "not_at_this_provider",
            Self::NumberTaken => "number_taken",
            Self::Misrouted => "misrouted",
            Self::Bug(_) => "internal",
        }
    }
}
