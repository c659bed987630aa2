//! `AiSensy`: the project API, whose messages are the Cloud API's without our callback data, and signed webhooks of its own.

use async_trait::async_trait;
use domain::{
    crm::Recipient,
    messaging::failure::{Failure, Ours},
    ports::{Accepted, MessageChannel, ReadRequest, SendError, SendRequest},
    text::Text,
};
use serde_json::Value;

use crate::whatsapp;

pub mod inbound;
mod office;
mod wire;

/// The header of a webhook's signature.
pub const SIGNATURE_HEADER: &str = "x-aisensy-signature";
/// The header that shows the password of a project.
const PASSWORD: &str = "X-AiSensy-Project-API-Pwd";
/// What the project API can send; it knows no reactions, no typing and no receipts.
const KINDS: [&str; 10] = ["text", "image", "video", "audio", "document", "sticker", "location", "contacts", "interactive", "template"];

/// `AiSensy` at one address, such as `https://apis.aisensy.com`.
#[derive(Clone, Debug)]
pub struct AiSensy {
    http: reqwest::Client,
    base: String,
}

impl AiSensy {
    /// The API at this address.
    #[must_use]
    pub fn new(http: reqwest::Client, base: &str) -> Self {
        Self { http, base: base.trim_end_matches('/').to_owned() }
    }

    #[expect(clippy::result_large_err, reason = "the failure is rare and goes straight to the row")]
    fn project(&self, request: &SendRequest<'_>) -> Result<String, SendError> {
        let project = request.number.project_id.as_ref();
        let project = project
            .ok_or_else(|| SendError::NumberBroken(Failure::ours(Ours::Unsendable).with_details("The number names no AiSensy project")))?;
        Ok(format!("{}/project-apis/v1/project/{project}", self.base))
    }
}

#[async_trait]
impl MessageChannel for AiSensy {
    async fn send(&self, token: &str, request: SendRequest<'_>) -> Result<Accepted, SendError> {
        let address = format!("{}/messages", self.project(&request)?);
        let body = body(&request)?;
        let answer = whatsapp::answered(self.http.post(address).header(PASSWORD, token).json(&body)).await?;
        let said: Option<wire::Answer> = serde_json::from_slice(&answer.body).ok();
        if answer.status.is_success() {
            let id = said.as_ref().and_then(wire::Answer::id).and_then(|id| Text::new(id).ok());
            return id.map(|wamid| Accepted { wamid }).ok_or(SendError::OutcomeUnknown);
        }
        // Where it hands Meta's own words on, Meta's code decides.
        if let Some(verdict) = whatsapp::refusal(&answer) {
            return Err(verdict);
        }
        let reason = said.and_then(|said| said.message).unwrap_or_else(|| "AiSensy's answer does not read".to_owned());
        Err(answer.verdict(&reason))
    }

    /// It has no call for that.
    async fn mark_read(&self, _token: &str, _request: ReadRequest<'_>) -> Result<(), SendError> {
        Ok(())
    }
}

/// A message in the project API's form.
#[expect(clippy::result_large_err, reason = "the failure is rare and goes straight to the row")]
fn body(request: &SendRequest<'_>) -> Result<Value, SendError> {
    if !matches!(request.recipient, Recipient::Phone(_)) {
        return Err(impossible("AiSensy sends to phone numbers only, and this person's number is hidden."));
    }
    let mut body = whatsapp::body(request)?;
    if !body["type"].as_str().is_some_and(|kind| KINDS.contains(&kind)) {
        return Err(impossible("AiSensy cannot send this kind of message. Use a text, media, buttons, a list or a template."));
    }
    let kept = ["image", "video", "audio", "document", "sticker"].iter().any(|kind| body[*kind]["id"].is_string());
    if kept {
        return Err(impossible("AiSensy sends media by link only."));
    }
    if let Some(fields) = body.as_object_mut() {
        fields.remove("biz_opaque_callback_data");
        fields.remove("messaging_product");
    }
    Ok(body)
}

fn impossible(reason: &str) -> SendError {
    SendError::Refused(Failure::ours(Ours::Unsendable).with_details(reason))
}

#[cfg(test)]
mod tests;
