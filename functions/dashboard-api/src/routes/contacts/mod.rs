//! The people who write, and what they have agreed to.

mod consent;
mod export;
mod get;
mod record;
mod resolve;
mod reviews;
mod shown;

use std::sync::Arc;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::App;

/// The routes of contacts.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(reviews::list_reviews))
        .routes(routes!(resolve::resolve_review))
        .routes(routes!(get::read_contact))
        .routes(routes!(consent::read_consent, record::record_consent))
        .routes(routes!(export::export_contact))
}
