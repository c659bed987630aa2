//! WhatsApp by Meta's Cloud API.
//!
//! Shapes: <https://developers.facebook.com/documentation/business-messaging/whatsapp>.

use async_trait::async_trait;
use domain::{
    messaging::failure::{FAILURES_MAX, Failure, Ours, verdict},
    ports::{Accepted, MessageChannel, ReadRequest, SendError, SendRequest},
    tenant::Number,
    text::Text,
    time::SignedDuration,
};
use reqwest::header::RETRY_AFTER;
use serde::Serialize;

mod fields;
pub mod inbound;
mod management;
mod media;
mod outbound;
pub mod templates;
mod wire;

/// How much of an answer is read, in bytes.
const ANSWER_MAX: usize = 64 * 1024;
/// Meta's code for more requests than a number may make.
const BUSY: i64 = 130_429;
/// Meta's code for a token that does not open the number.
const TOKEN_REFUSED: i64 = 190;

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
        exchange(self.messages(token, request.number, &outbound::body(&request)?)).await
    }

    async fn mark_read(&self, token: &str, request: ReadRequest<'_>) -> Result<(), SendError> {
        taken(self.messages(token, request.number, &outbound::read(request.wamid.as_str(), request.typing))).await.map(|_| ())
    }
}

impl CloudApi {
    /// A body for the number's messages.
    fn messages(&self, token: &str, number: &Number, body: &impl Serialize) -> reqwest::RequestBuilder {
        self.http.post(format!("{}/{}/messages", self.base, number.id)).bearer_auth(token).json(body)
    }
}

/// A message as the Cloud API wants it, for partners whose own form comes from there.
#[expect(clippy::result_large_err, reason = "the failure is rare and goes straight to the row")]
pub(crate) fn body(request: &SendRequest<'_>) -> Result<serde_json::Value, SendError> {
    serde_json::to_value(outbound::body(request)?).map_err(|_| SendError::Refused(Failure::ours(Ours::Unsendable)))
}

/// That a message was read, as the Cloud API wants it.
pub(crate) fn read_body(request: &ReadRequest<'_>) -> impl Serialize {
    serde_json::to_value(outbound::read(request.wamid.as_str(), request.typing)).unwrap_or_default()
}

/// Makes a request and reads the id of the message it sent.
pub(crate) async fn exchange(request: reqwest::RequestBuilder) -> Result<Accepted, SendError> {
    accepted(&taken(request).await?)
}

/// Makes a request and gives the answer's body, if it was taken.
pub(crate) async fn taken(request: reqwest::RequestBuilder) -> Result<Vec<u8>, SendError> {
    let answer = answered(request).await?;
    if answer.status.is_success() {
        return Ok(answer.body);
    }
    Err(refusal(&answer).unwrap_or_else(|| answer.verdict("The provider's answer does not read")))
}

/// What to do about a refusal in Meta's own words; `None` when it is not in those.
pub(crate) fn refusal(answer: &Answer) -> Option<SendError> {
    let refused: wire::Refused<'_> = serde_json::from_slice(&answer.body).ok()?;
    Some(verdict(failure(&refused.error), answer.after))
}

/// What a provider answered.
pub(crate) struct Answer {
    /// The HTTP status.
    pub(crate) status: reqwest::StatusCode,
    /// How long to wait, when it said so.
    pub(crate) after: Option<SignedDuration>,
    /// The body, as far as it is read.
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// What to do about a refusal whose body says nothing more.
    pub(crate) fn verdict(&self, title: &str) -> SendError {
        // Said without Meta's codes, it is told with those that mean the same: what follows hangs on them.
        match self.status.as_u16() {
            // A gateway before the provider answered, not the provider: nobody can tell what the provider saw.
            500.. => SendError::OutcomeUnknown,
            429 => SendError::Later { failure: Failure::new(BUSY, title), after: self.after },
            401 | 403 => SendError::NumberBroken(Failure::new(TOKEN_REFUSED, title)),
            status => SendError::Refused(Failure::ours(Ours::Unsendable).with_details(&format!("{title} (HTTP {status})"))),
        }
    }
}

/// Makes a request. An error says whether it may have arrived.
pub(crate) async fn answered(request: reqwest::RequestBuilder) -> Result<Answer, SendError> {
    let answer = match request.send().await {
        Ok(answer) => answer,
        Err(error) if error.is_connect() || error.is_builder() => return Err(SendError::NotSent),
        // The request may have arrived: only a status can tell.
        Err(_) => return Err(SendError::OutcomeUnknown),
    };
    let (status, after) = (answer.status(), retry_after(&answer));
    let mut body = answer.bytes().await.map_err(|_| SendError::OutcomeUnknown)?.to_vec();
    body.truncate(ANSWER_MAX);
    Ok(Answer { status, after, body })
}

#[expect(clippy::result_large_err, reason = "the failure is rare and goes straight to the row")]
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
