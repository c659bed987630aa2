//! What nobody handles yet, or could not be applied.

mod discard;
mod list;
mod retry;
mod shown;

use std::sync::Arc;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::App;

/// The routes of parked events.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list::list_parked_events))
        .routes(routes!(retry::retry_parked_event))
        .routes(routes!(discard::discard_parked_event))
}
