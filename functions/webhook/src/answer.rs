//! What a caller is told, and what the log is told beside it. A refusal has stored nothing.

use lambda_http::{Body, Response, http::StatusCode};
use shared::{
    domain::time::Moment,
    metrics::{self, Metric},
    providers::{signature::SignatureError, whatsapp::inbound::WebhookError},
    sqs::chain,
    usecases::{self, receive_webhook::Receipt},
};

/// The largest body Meta sends, in bytes, and so the largest accepted.
pub const BODY_MAX: usize = 3 * 1024 * 1024;

/// Why a request is refused.
#[derive(Debug)]
pub enum Refusal {
    /// It is too long.
    TooLarge,
    /// Its sender is not proven.
    Signature(SignatureError),
    /// It is no webhook.
    NoWebhook(WebhookError),
    /// No business has a number it speaks of.
    NobodyKnown,
    /// It could not be stored.
    NotDurable(usecases::Error),
}

/// Counts what became of a webhook that was taken.
pub fn taken(receipt: &Receipt, at: &Moment) -> Result<(), Refusal> {
    let nobody_known = receipt.known == 0 && receipt.unknown > 0;
    let reason = nobody_known.then_some("a webhook is refused: no number in it is known");
    metrics::count_with(Metric::UnknownNumber, receipt.unknown, reason, at.now);
    let mismatch = (receipt.mismatched > 0).then_some("a number came for another account than its own: it is not believed");
    metrics::count_with(Metric::AccountMismatch, receipt.mismatched, mismatch, at.now);
    for (kind, count) in &receipt.parked {
        metrics::count_of_kind(Metric::Parked, kind, *count, at.now);
    }
    if nobody_known { Err(Refusal::NobodyKnown) } else { Ok(()) }
}

/// Answers a request that is refused.
pub fn refuse(refusal: &Refusal, at: &Moment) -> Response<Body> {
    match refusal {
        Refusal::TooLarge => {
            tracing::warn!(limit_bytes = BODY_MAX, "a webhook is refused: its body is too large");
            answer(StatusCode::PAYLOAD_TOO_LARGE, "the body must have at most 3 MB")
        }
        Refusal::Signature(error) => {
            metrics::count_with(Metric::SignatureRefused, 1, Some(&format!("a webhook is refused: {error}")), at.now);
            answer(StatusCode::UNAUTHORIZED, "the signature must be the HMAC-SHA256 of the body under the secret of this webhook")
        }
        Refusal::NoWebhook(error) => {
            tracing::warn!(reason = %error, "a webhook is refused: its body");
            answer(StatusCode::BAD_REQUEST, "the body must be a WhatsApp webhook in JSON")
        }
        Refusal::NobodyKnown => answer(StatusCode::UNAUTHORIZED, "no number in the body is known here"),
        Refusal::NotDurable(error) => {
            tracing::error!(chain = chain(error), "a webhook could not be made durable; the sender will send it again");
            answer(StatusCode::SERVICE_UNAVAILABLE, "try again")
        }
    }
}

/// A short answer in plain text.
pub fn answer(status: StatusCode, text: &str) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response
}
