//! Secrets of the platform, by name: fetched when a function starts, and again after a quarter of an hour, so that they can rotate.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use domain::time::{SignedDuration, Timestamp};
pub use secrecy::SecretString;

/// How long a secret is kept before it is fetched again.
const KEPT: SignedDuration = SignedDuration::from_mins(15);

/// After how long a failed fetch is tried again.
const AGAIN: SignedDuration = SignedDuration::from_mins(1);
/// How long an event waits for a fresh value while an old one is at hand.
const PATIENCE: Duration = Duration::from_secs(1);

/// A secret that cannot be had.
#[derive(Debug, thiserror::Error)]
#[error("the secret {name} cannot be read")]
pub struct SecretError {
    name: String,
    #[source]
    source: Box<dyn std::error::Error + Send + Sync>,
}

/// One secret, kept for a while.
pub struct Secret {
    source: Option<(aws_sdk_secretsmanager::Client, String)>,
    kept: Mutex<(Timestamp, SecretString)>,
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

impl Secret {
    /// Fetches a secret for the first time.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn fetch(client: aws_sdk_secretsmanager::Client, id: String, now: Timestamp) -> Result<Self, SecretError> {
        let value = fetch(&client, &id).await?;
        Ok(Self { source: Some((client, id)), kept: Mutex::new((now, value)) })
    }

    /// A secret that comes from nowhere and never changes.
    #[must_use]
    pub fn fixed(value: SecretString) -> Self {
        Self { source: None, kept: Mutex::new((Timestamp::MAX, value)) }
    }

    /// Its value. When it is time to fetch it again and that fails, the old value goes on serving.
    pub async fn value(&self, now: Timestamp) -> SecretString {
        let (since, value) = self.kept.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some((client, id)) = self.source.as_ref().filter(|_| now.duration_since(since) >= KEPT) else { return value };
        let late = |_| SecretError { name: id.clone(), source: "no answer in time".into() };
        match tokio::time::timeout(PATIENCE, fetch(client, id)).await.map_err(late).and_then(|fetched| fetched) {
            Ok(fresh) => {
                *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = (now, fresh.clone());
                fresh
            }
            Err(error) => {
                tracing::error!(%error, "a secret could not be fetched again; the old one goes on serving");
                // Asked again in a minute, not with every event.
                let since = now.checked_sub(KEPT - AGAIN).unwrap_or(now);
                *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = (since, value.clone());
                value
            }
        }
    }
}

async fn fetch(client: &aws_sdk_secretsmanager::Client, id: &str) -> Result<SecretString, SecretError> {
    let failed = |source: Box<dyn std::error::Error + Send + Sync>| SecretError { name: id.to_owned(), source };
    let answer = client.get_secret_value().secret_id(id).send().await.map_err(|error| failed(error.into()))?;
    answer.secret_string.map(SecretString::from).ok_or_else(|| failed("it has no text".into()))
}
