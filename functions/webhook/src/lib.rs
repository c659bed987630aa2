//! WhatsApp's webhook: the challenge by which Meta knows the address is ours (GET), and what it has to tell (POST).
//!
//! Every refusal stores nothing and says why in one line of the log, without content.

use lambda_http::{
    Body, Request, RequestExt as _, Response,
    http::{Method, StatusCode},
};
use secrecy::ExposeSecret as _;
use shared::{
    boot,
    domain::{id::digest, ports::TaskQueue, time::Moment},
    metrics::{self, Metric},
    providers::{
        signature::{SignatureError, verify_meta},
        whatsapp::inbound::{self, WebhookError},
    },
    secrets::Secret,
    sqs::chain,
    store::Table,
    usecases::{self, memory::Memory, receive_webhook},
};

/// The largest body Meta sends, in bytes, and so the largest accepted.
const BODY_MAX: usize = 3 * 1024 * 1024;

/// What the function holds.
pub struct App {
    /// The table.
    pub table: Table,
    /// The tiers of what comes in.
    pub queue: Box<dyn TaskQueue>,
    /// What Meta signs with.
    pub app_secret: Secret,
    /// What Meta asks for when the address is registered.
    pub verify_token: Secret,
    /// What is remembered between invocations.
    pub memory: Memory,
}

/// Why a request is refused.
#[derive(Debug)]
enum Refusal {
    TooLarge,
    Signature(SignatureError),
    NoWebhook(WebhookError),
    NobodyKnown,
    NotDurable(usecases::Error),
}

/// Answers one request.
pub async fn handle(app: &App, request: Request) -> Response<Body> {
    let at = boot::moment();
    match *request.method() {
        Method::GET => challenge(app, &at, &request).await,
        Method::POST => match receive(app, &at, &request).await {
            Ok(()) => answer(StatusCode::OK, ""),
            Err(refusal) => refuse(&refusal, &at),
        },
        _ => answer(StatusCode::METHOD_NOT_ALLOWED, "use GET or POST"),
    }
}

/// Meta registers the address: it must know our token, and gets its challenge back word for word.
async fn challenge(app: &App, at: &Moment, request: &Request) -> Response<Body> {
    let query = request.query_string_parameters();
    let token = app.verify_token.value(at.now).await;
    let known =
        query.first("hub.mode") == Some("subscribe") && same(query.first("hub.verify_token").unwrap_or_default(), token.expose_secret());
    match query.first("hub.challenge") {
        Some(challenge) if known && challenge.len() <= 1024 => answer(StatusCode::OK, challenge),
        Some(_) | None => answer(StatusCode::FORBIDDEN, "the verify token is not ours"),
    }
}

/// Compares by hashes, so that the time it takes says nothing of how much is right.
fn same(given: &str, ours: &str) -> bool {
    digest(&[given.as_bytes()]) == digest(&[ours.as_bytes()])
}

async fn receive(app: &App, at: &Moment, request: &Request) -> Result<(), Refusal> {
    let body: &[u8] = match request.body() {
        Body::Text(text) => text.as_bytes(),
        Body::Binary(bytes) => bytes,
        Body::Empty | _ => &[],
    };
    if body.len() > BODY_MAX {
        return Err(Refusal::TooLarge);
    }
    let header = request.headers().get("x-hub-signature-256").and_then(|value| value.to_str().ok());
    let secret = app.app_secret.value(at.now).await;
    let verified = verify_meta(body, header, secret.expose_secret()).map_err(Refusal::Signature)?;
    let webhook = inbound::read(verified).map_err(Refusal::NoWebhook)?;
    let receipt = receive_webhook::run(at, &app.table, &app.memory, app.queue.as_ref(), &webhook).await.map_err(Refusal::NotDurable)?;
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

fn refuse(refusal: &Refusal, at: &Moment) -> Response<Body> {
    match refusal {
        Refusal::TooLarge => {
            tracing::warn!(limit_bytes = BODY_MAX, "a webhook is refused: its body is too large");
            answer(StatusCode::PAYLOAD_TOO_LARGE, "the body must have at most 3 MB")
        }
        Refusal::Signature(error) => {
            metrics::count_with(Metric::SignatureRefused, 1, Some(&format!("a webhook is refused: {error}")), at.now);
            answer(StatusCode::UNAUTHORIZED, "X-Hub-Signature-256 must be the HMAC-SHA256 of the body under the app secret")
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

fn answer(status: StatusCode, text: &str) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response
}
