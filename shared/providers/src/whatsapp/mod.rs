//! WhatsApp by Meta's Cloud API.
//!
//! Shapes: <https://developers.facebook.com/documentation/business-messaging/whatsapp>.

use async_trait::async_trait;
use bytes::Bytes;
use domain::{
    messaging::failure::{FAILURES_MAX, Failure, verdict},
    ports::{Accepted, MessageChannel, ReadRequest, SendError, SendRequest},
    tenant::NumberId,
    text::Text,
    time::SignedDuration,
};
use reqwest::header::RETRY_AFTER;
use serde::Serialize;

mod fields;
pub mod inbound;
mod media;
mod outbound;
pub mod templates;
mod wire;

/// How much of an answer is read, in bytes.
const ANSWER_MAX: usize = 64 * 1024;

/// Meta's Cloud API at one address, such as `https://graph.facebook.com/v24.0`.
#[derive(Clone, Debug)]
pub struct CloudApi {
    http: reqwest::Client,
    base: String,
    media_hosts: Vec<String>,
}

impl CloudApi {
    /// The API at this address.
    #[must_use]
    pub fn new(http: reqwest::Client, base: &str) -> Self {
        let media_hosts = media::MEDIA_HOSTS.map(ToOwned::to_owned).to_vec();
        Self { http, base: base.trim_end_matches('/').to_owned(), media_hosts }
    }
}

#[async_trait]
impl MessageChannel for CloudApi {
    async fn send(&self, token: &str, request: SendRequest<'_>) -> Result<Accepted, SendError> {
        accepted(&self.post(token, request.number, &outbound::body(&request)?).await?)
    }

    async fn mark_read(&self, token: &str, request: ReadRequest<'_>) -> Result<(), SendError> {
        self.post(token, request.number, &outbound::read(request.wamid.as_str(), request.typing)).await.map(|_| ())
    }
}

impl CloudApi {
    /// Posts a body to the number's messages, and gives the beginning of the answer when Meta took it.
    async fn post(&self, token: &str, number: &NumberId, body: &(impl Serialize + Sync)) -> Result<Bytes, SendError> {
        let address = format!("{}/{number}/messages", self.base);
        let sent = self.http.post(address).bearer_auth(token).json(body).send().await;
        let answer = match sent {
            Ok(answer) => answer,
            Err(error) if error.is_connect() || error.is_builder() => {
                return Err(SendError::NotSent);
            }
            // The request may have arrived: only a status can tell.
            Err(_) => return Err(SendError::OutcomeUnknown),
        };
        let (status, after) = (answer.status(), retry_after(&answer));
        let mut body = answer.bytes().await.map_err(|_| SendError::OutcomeUnknown)?;
        body.truncate(ANSWER_MAX);
        if status.is_success() {
            return Ok(body);
        }
        match serde_json::from_slice::<wire::Refused<'_>>(&body).ok().map(|refused| failure(&refused.error)) {
            Some(failure) => Err(verdict(failure, after)),
            // A gateway before Meta answered, not Meta: nobody can tell what Meta saw.
            None if status.is_server_error() => Err(SendError::OutcomeUnknown),
            None => Err(SendError::Refused(Failure::new(i64::from(status.as_u16()), "The provider's answer does not read"))),
        }
    }
}

fn accepted(body: &[u8]) -> Result<Accepted, SendError> {
    let sent: wire::Sent = serde_json::from_slice(body).map_err(|_| SendError::OutcomeUnknown)?;
    let wamid = sent.messages.first().and_then(|message| Text::new(&message.id).ok());
    Ok(Accepted { wamid: wamid.ok_or(SendError::OutcomeUnknown)? })
}

fn retry_after(answer: &reqwest::Response) -> Option<SignedDuration> {
    let seconds: u32 = answer.headers().get(RETRY_AFTER)?.to_str().ok()?.parse().ok()?;
    Some(SignedDuration::from_secs(i64::from(seconds.min(86_400))))
}

/// Meta's error in our words.
fn failure(error: &wire::Error<'_>) -> Failure {
    let title = error.title.as_deref().or(error.message.as_deref()).unwrap_or("Unknown error");
    Failure {
        subcode: error.subcode,
        details: error.data.as_ref().and_then(|data| data.details.as_deref()).and_then(Text::cut),
        trace: error.trace.as_deref().and_then(Text::cut),
        ..Failure::new(error.code, title)
    }
}

/// All of Meta's errors in our words: the first, with the others in it.
fn failures(errors: &[wire::Error<'_>]) -> Option<Failure> {
    let (first, others) = errors.split_first()?;
    Some(Failure { more: others.iter().take(FAILURES_MAX - 1).map(failure).collect(), ..failure(first) })
}

#[cfg(test)]
mod tests;
