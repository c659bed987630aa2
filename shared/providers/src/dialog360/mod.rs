//! 360dialog: the Cloud API's bodies and webhooks at another address, opened by a key that belongs to one number.
//!
//! Shapes: <https://docs.360dialog.com>. It signs nothing, so its webhooks show a secret of ours in a header that we ask it to send.

use async_trait::async_trait;
use domain::{
    ports::{Accepted, MessageChannel, ReadRequest, SendError, SendRequest},
    tenant::Number,
};

use crate::{
    signature::Verified,
    whatsapp::{
        self,
        inbound::{self, About, Webhook, WebhookError},
    },
};

mod office;
mod wire;

/// The header that shows the key of a number.
const KEY: &str = "D360-API-KEY";
/// The header in which we have it show us our secret.
pub const SECRET_HEADER: &str = "x-webhook-secret";

/// 360dialog at one address, such as `https://waba-v2.360dialog.io`.
#[derive(Clone, Debug)]
pub struct Dialog360 {
    http: reqwest::Client,
    base: String,
}

impl Dialog360 {
    /// The API at this address.
    #[must_use]
    pub fn new(http: reqwest::Client, base: &str) -> Self {
        Self { http, base: base.trim_end_matches('/').to_owned() }
    }
}

#[async_trait]
impl MessageChannel for Dialog360 {
    async fn send(&self, token: &str, request: SendRequest<'_>) -> Result<Accepted, SendError> {
        let body = whatsapp::body(&request)?;
        whatsapp::exchange(self.http.post(format!("{}/messages", self.base)).header(KEY, token).json(&body)).await
    }

    async fn mark_read(&self, token: &str, request: ReadRequest<'_>) -> Result<(), SendError> {
        let body = whatsapp::read_body(&request);
        whatsapp::taken(self.http.post(format!("{}/messages", self.base)).header(KEY, token).json(&body)).await.map(|_| ())
    }
}

/// Reads a webhook that came on the address of this number. One that speaks of any other number or account is refused whole: the
/// address is the number's own.
///
/// # Errors
/// When it does not read, or is about somebody else.
pub fn read<'a>(body: Verified<'a>, number: &Number) -> Result<Webhook<'a>, WebhookError> {
    let webhook = inbound::read(body)?;
    let own = |about: &About| match about {
        About::Number(id) => *id == number.id,
        About::Account(id) => id.is_some() && *id == number.waba_id,
    };
    if webhook.parts.iter().all(|part| own(&part.about)) { Ok(webhook) } else { Err(WebhookError::NotOurs) }
}

#[cfg(test)]
mod tests;
