//! The environment, read here and nowhere else. Errors name the variable, never its value.

use std::str::FromStr;

/// A variable that is missing or does not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// It is not set.
    #[error("the environment variable {0} is not set")]
    Missing(String),
    /// It does not read.
    #[error("the environment variable {0} does not read")]
    Unreadable(String),
}

/// A variable that must be there.
///
/// # Errors
/// When it is not set or does not read.
pub fn required<T: FromStr>(name: &str) -> Result<T, ConfigError> {
    optional(name)?.ok_or_else(|| ConfigError::Missing(name.to_owned()))
}

/// A variable that may be missing; empty counts as missing.
///
/// # Errors
/// When it does not read.
#[expect(clippy::disallowed_methods, reason = "this is the one place")]
pub fn optional<T: FromStr>(name: &str) -> Result<Option<T>, ConfigError> {
    let Ok(raw) = std::env::var(name) else {
        return Ok(None);
    };
    if raw.is_empty() {
        return Ok(None);
    }
    raw.parse().map(Some).map_err(|_| ConfigError::Unreadable(name.to_owned()))
}
