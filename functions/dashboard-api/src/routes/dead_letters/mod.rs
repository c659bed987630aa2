//! Dead letters: what the queues of this business have given up.

mod decide;
mod list;
mod shown;

use std::sync::Arc;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::App;

/// The routes of dead letters.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list::list_dead_letters))
        .routes(routes!(decide::redrive_dead_letter))
        .routes(routes!(decide::discard_dead_letter))
}
