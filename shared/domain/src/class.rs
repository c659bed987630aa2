//! What is to become of a failure: every error type of the workspace says it in the same eight words.

/// The kind of a failure, from which HTTP status, queue behaviour and log level follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// The input can never succeed as it is.
    Invalid,
    /// Nobody is known to be asking.
    Unauthenticated,
    /// Whoever asks may not.
    Forbidden,
    /// There is no such thing, or it belongs to somebody else.
    NotFound,
    /// Somebody else changed it first, or an earlier attempt is still under way.
    Conflict,
    /// Too much at once: try later.
    RateLimited,
    /// Something we depend on does not answer.
    Unavailable,
    /// Our mistake.
    Bug,
}

impl Class {
    /// Whether the same work may succeed later. Work that may not is parked, so that it does not hold up its group.
    #[must_use]
    pub const fn retryable(self) -> bool {
        match self {
            Self::Conflict | Self::RateLimited | Self::Unavailable | Self::Bug => true,
            Self::Invalid | Self::Unauthenticated | Self::Forbidden | Self::NotFound => false,
        }
    }

    /// The HTTP status of RFC 9110 that says it.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::Invalid => 422,
            Self::Unauthenticated => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Conflict => 409,
            Self::RateLimited => 429,
            Self::Unavailable => 503,
            Self::Bug => 500,
        }
    }
}

/// An error that knows its class and has a stable name.
pub trait Classify: std::error::Error + Send + Sync + 'static {
    /// What is to become of it.
    fn class(&self) -> Class;
    /// Stable machine-readable name, part of the public API.
    fn code(&self) -> &'static str;
}
