//! Interakt: messages in a JSON of its own, webhooks signed under a secret of the number's.

use async_trait::async_trait;
use domain::{
    messaging::failure::{Failure, Ours},
    ports::{Accepted, MessageChannel, ReadRequest, SendError, SendRequest},
    text::Text,
};

use crate::whatsapp;

pub mod inbound;
mod office;
mod outbound;
mod wire;

/// The header of a webhook's signature.
pub const SIGNATURE_HEADER: &str = "interakt-signature";

/// Meta's code for a message outside the 24-hour window, which Interakt says in words.
const WINDOW_CLOSED: i64 = 131_047;

/// Interakt at one address, such as `https://api.interakt.ai/v1/public`.
#[derive(Clone, Debug)]
pub struct Interakt {
    http: reqwest::Client,
    base: String,
}

impl Interakt {
    /// The API at this address.
    #[must_use]
    pub fn new(http: reqwest::Client, base: &str) -> Self {
        Self { http, base: base.trim_end_matches('/').to_owned() }
    }

    fn post(&self, key: &str) -> reqwest::RequestBuilder {
        self.http.post(format!("{}/message/", self.base)).header(reqwest::header::AUTHORIZATION, format!("Basic {key}"))
    }
}

#[async_trait]
impl MessageChannel for Interakt {
    async fn send(&self, token: &str, request: SendRequest<'_>) -> Result<Accepted, SendError> {
        let body = outbound::body(&request)?;
        let answer = whatsapp::answered(self.post(token).json(&body)).await?;
        let said: Option<wire::Answer> = serde_json::from_slice(&answer.body).ok();
        match said {
            Some(wire::Answer { result: true, id: Some(id), .. }) if answer.status.is_success() => {
                Ok(Accepted { wamid: Text::new(&id).map_err(|_| SendError::OutcomeUnknown)? })
            }
            Some(wire::Answer { result: false, message, .. }) if !answer.status.is_server_error() => Err(refused(&answer, &message)),
            // A success without an id, or an answer that does not read: it may have been taken.
            Some(_) | None if answer.status.is_success() => Err(SendError::OutcomeUnknown),
            Some(_) | None => Err(answer.verdict("Interakt's answer does not read")),
        }
    }

    /// It has no call for that.
    async fn mark_read(&self, _token: &str, _request: ReadRequest<'_>) -> Result<(), SendError> {
        Ok(())
    }
}

/// What to do about a refusal, by what Interakt says of it.
fn refused(answer: &whatsapp::Answer, message: &str) -> SendError {
    if message.contains("24 hour") {
        return SendError::Refused(Failure::new(WINDOW_CLOSED, message));
    }
    match answer.verdict(message) {
        // Told with a success that it was not taken, we know that it was not.
        SendError::OutcomeUnknown => SendError::Refused(Failure::ours(Ours::Unsendable).with_details(message)),
        other @ (SendError::Refused(_) | SendError::Later { .. } | SendError::NumberBroken(_) | SendError::NotSent) => other,
    }
}

#[cfg(test)]
mod tests;
