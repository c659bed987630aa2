//! What Meta sends: the challenge by which it knows the address is ours, and its webhooks.

use lambda_http::{
    Body, Request, RequestExt as _, Response,
    http::{Method, StatusCode},
};
use secrecy::ExposeSecret as _;
use shared::{
    domain::{id::digest, time::Moment},
    providers::{signature::verify_meta, whatsapp::inbound},
    usecases::receive_webhook,
};

use crate::{
    App,
    answer::{Refusal, answer, refuse, taken},
    body, header,
};

/// Answers one request.
pub async fn handle(app: &App, at: &Moment, request: &Request) -> Response<Body> {
    match *request.method() {
        Method::GET => challenge(app, at, request).await,
        Method::POST => match receive(app, at, request).await {
            Ok(()) => answer(StatusCode::OK, ""),
            Err(refusal) => refuse(&refusal, at),
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
    let body = body(request)?;
    let secret = app.app_secret.value(at.now).await;
    let signature = header(request, "x-hub-signature-256");
    let verified = verify_meta(body, signature, secret.expose_secret()).map_err(Refusal::Signature)?;
    let webhook = inbound::read(verified).map_err(Refusal::NoWebhook)?;
    let receipt = receive_webhook::run(at, &app.table, &app.memory, app.queue.as_ref(), &webhook).await.map_err(Refusal::NotDurable)?;
    taken(&receipt, at)
}
