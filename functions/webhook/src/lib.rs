//! The webhooks of WhatsApp: Meta's at the root, each partner's number at an address of its own.
//!
//! Every refusal stores nothing and says why in one line of the log, without content.

mod answer;
mod bsp;
mod meta;

use lambda_http::{Body, Request, Response};
use shared::{boot, domain::ports::TaskQueue, secrets::Secret, store::Table, usecases::memory::Memory};

use crate::answer::{BODY_MAX, Refusal};

/// What the function holds.
pub struct App {
    /// The table, with the keys that open the secrets of partners' webhooks.
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

/// Answers one request.
pub async fn handle(app: &App, request: Request) -> Response<Body> {
    let at = boot::moment();
    match bsp::address(request.uri().path()) {
        Some((kind, number)) => bsp::handle(app, &at, kind, &number, &request).await,
        None => meta::handle(app, &at, &request).await,
    }
}

/// The bytes that were sent, if there are not too many.
fn body(request: &Request) -> Result<&[u8], Refusal> {
    let body: &[u8] = match request.body() {
        Body::Text(text) => text.as_bytes(),
        Body::Binary(bytes) => bytes,
        Body::Empty | _ => &[],
    };
    if body.len() > BODY_MAX { Err(Refusal::TooLarge) } else { Ok(body) }
}

fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    request.headers().get(name).and_then(|value| value.to_str().ok())
}
