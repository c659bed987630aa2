//! The HTTP API of the dashboard: one file per verb under `routes`, each of them read, asked of a use case, and shown.
//!
//! Whatever goes wrong leaves as `application/problem+json`, and nothing of how it went wrong leaves at all.

mod envelope;
mod extract;
pub mod openapi;
mod page;
mod refusal;
mod routes;
mod time;

use std::sync::Arc;

use axum::{Router, extract::DefaultBodyLimit, middleware};
use shared::{
    domain::{
        ports::{ObjectStore, TaskQueue},
        time::Moment,
    },
    providers::{Offices, whatsapp::CloudApi},
    secrets::Secret,
    store::Table,
    usecases::{Error, memory::Memory, session::token::Tokens},
};

pub use routes::session::CookieReach;

/// The largest body accepted, in bytes: a text of 4096 characters takes a quarter of it in any script.
const BODY_MAX: usize = 64 * 1024;

/// What the function holds.
pub struct App {
    /// The table.
    pub table: Table,
    /// The tiers of what goes out.
    pub queue: Box<dyn TaskQueue>,
    /// Where templates are submitted.
    pub meta: Arc<CloudApi>,
    /// Where files are kept.
    pub objects: Box<dyn ObjectStore>,
    /// What tokens are signed with.
    pub key: Secret,
    /// Where live connections are opened.
    pub websocket_url: String,
    /// Where numbers are looked after.
    pub offices: Offices,
    /// The address of all webhooks.
    pub webhook_url: String,
    /// What Meta signs webhooks with.
    pub app_secret: Secret,
    /// What Meta asks for when an address is registered.
    pub verify_token: Secret,
    /// Where a browser may send the session's cookie.
    pub cookies: CookieReach,
    /// What the function remembers.
    pub memory: Memory,
}

impl App {
    /// Tokens under the key as it is now.
    async fn tokens(&self, at: &Moment) -> Result<Tokens, Error> {
        Tokens::new(&self.key.value(at.now).await)
    }
}

/// All routes, ready to be served.
pub fn router(app: App) -> Router {
    let (router, _) = routes::all().split_for_parts();
    router
        .fallback(refusal::unknown_path)
        .method_not_allowed_fallback(refusal::wrong_method)
        .layer(DefaultBodyLimit::max(BODY_MAX))
        .layer(middleware::from_fn(envelope::wrap))
        .with_state(Arc::new(app))
}

#[cfg(test)]
mod tests;
