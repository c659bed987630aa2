//! The routes: one folder per noun, one file per verb.

mod contacts;
mod contract;
mod conversations;
mod dead_letters;
mod media;
mod messages;
mod numbers;
mod parked_events;
mod realtime;
mod sending_rules;
pub mod session;
mod templates;

use std::sync::Arc;

use utoipa::OpenApi as _;
use utoipa_axum::router::OpenApiRouter;

use crate::{App, openapi::Api};

/// Every route with its documentation.
pub fn all() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::with_openapi(Api::openapi())
        .merge(session::routes())
        .merge(conversations::routes())
        .merge(contacts::routes())
        .merge(messages::routes())
        .merge(media::routes())
        .merge(numbers::routes())
        .merge(parked_events::routes())
        .merge(templates::routes())
        .merge(sending_rules::routes())
        .merge(realtime::routes())
        .merge(dead_letters::routes())
}
